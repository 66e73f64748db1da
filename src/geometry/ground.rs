//! Lengths of a line on the plane, on the ellipsoid and on the ground.

use super::quadrature::try_integrals;
use super::{Alignment, limits};
use crate::error::{Result, within};
use crate::geodesy::{Coord, Ellipsoid, TransverseMercator};

/// Lengths of the same stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lengths {
    /// On the plane of the projection, which is the difference of the distances.
    pub plan_m: f64,
    /// On the ellipsoid: without the scale of the projection.
    pub ellipsoid_m: f64,
    /// Of the rails: at their height and along their slope; nothing without a profile.
    pub ground_m: Option<f64>,
}

/// The scale of a projection changes so slowly that one panel of the rule holds ten kilometres.
const PANEL_M: f64 = 10_000.0;

impl Alignment {
    /// Lengths between two distances, on the plane of a projection and without it.
    ///
    /// On the ellipsoid a piece ds of the plane is ds / k long, with k the scale of the projection
    /// there; at a height h it is longer by 1 + h / R, with R the mean radius of curvature of the
    /// ellipsoid at that latitude, sqrt(M N); along a gradient it is the hypotenuse. Heights count
    /// from the ellipsoid: with those above the sea, a geoid 30 m off is 5 mm a kilometre.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if a distance is not on the line, the second
    /// is less than the first, or the line leaves the zone of the projection.
    ///
    /// # Example
    ///
    /// On the meridian of UTM all is drawn by 0.9996, so 10 km of the plane are 4 m more on the
    /// ellipsoid; 1000 m up they are 1.6 m more again:
    ///
    /// ```
    /// use railcorridor::geodesy::{Coord, UtmZone};
    /// use railcorridor::geometry::{Alignment, Horizontal, Profile, Tangent, VerticalElement};
    ///
    /// let start = Coord { e_m: 500_000.0, n_m: 3_800_000.0 };
    /// let north_rad = 0.5 * std::f64::consts::PI;
    /// let plan = Horizontal::new(start, north_rad, vec![Tangent::new(10_000.0)?.into()])?;
    /// let level = Profile::new(0.0, 1000.0, vec![VerticalElement::grade(10_000.0, 0.0)?])?;
    /// let line = Alignment::new(plan, Some(level), None)?;
    /// let zone = UtmZone::from_epsg(32641)?;
    /// let lengths = line.lengths(0.0, 10_000.0, zone.projection())?;
    /// assert!((lengths.ellipsoid_m - 10_004.0).abs() < 0.01);
    /// assert!(lengths.ground_m.is_some_and(|ground_m| (ground_m - 10_005.57).abs() < 0.01));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn lengths(
        &self,
        from_m: f64,
        to_m: f64,
        projection: &TransverseMercator,
    ) -> Result<Lengths> {
        let length_m = self.horizontal().length_m();
        limits::distance(from_m, length_m)?;
        limits::distance(to_m, length_m)?;
        let item = || format!("distance in metres from {from_m} m on");
        within(item, to_m - from_m, (0.0, f64::MAX), "lengths count forwards")?;
        let stretches = |at_m: f64| self.stretches(at_m, projection);
        let mut totals = [0.0; 2];
        // Gradients jump where elements of the profile meet; there the rule begins anew.
        for (begin_m, end_m) in self.stretches_between(from_m, to_m) {
            let panels = ((end_m - begin_m) / PANEL_M).ceil().max(1.0);
            let parts = try_integrals(stretches, (begin_m, end_m), panels)?;
            totals = [totals[0] + parts[0], totals[1] + parts[1]];
        }
        Ok(Lengths {
            plan_m: to_m - from_m,
            ellipsoid_m: totals[0],
            ground_m: self.profile().map(|_| totals[1]),
        })
    }

    /// By how much a piece of the plane is longer on the ellipsoid, and on the ground.
    fn stretches(&self, distance_m: f64, projection: &TransverseMercator) -> Result<[f64; 2]> {
        let length_m = self.horizontal().length_m();
        let point = self.at(distance_m.clamp(0.0, length_m))?;
        let Coord { e_m, n_m } = point.pose.coord;
        let place = projection.inverse(Coord { e_m, n_m })?;
        let on_ellipsoid = 1.0 / projection.grid_factors(place)?.scale_ratio;
        let Some(level) = point.level else { return Ok([on_ellipsoid, 0.0]) };
        let raised = on_ellipsoid * (1.0 + level.height_m / mean_radius_m(place.lat_deg));
        Ok([on_ellipsoid, raised.hypot(level.gradient_ratio)])
    }

    /// A range cut where elements of the profile meet.
    fn stretches_between(&self, from_m: f64, to_m: f64) -> Vec<(f64, f64)> {
        let mut cuts = vec![from_m];
        if let Some(profile) = self.profile() {
            let inside = profile.joints_m().filter(|&at_m| at_m > from_m && at_m < to_m);
            cuts.extend(inside);
        }
        cuts.push(to_m);
        cuts.iter().copied().zip(cuts.iter().copied().skip(1)).collect()
    }
}

/// The mean radius of curvature at a latitude, a sqrt(1 - e^2) / (1 - e^2 sin^2).
fn mean_radius_m(lat_deg: f64) -> f64 {
    let earth = Ellipsoid::WGS84;
    let square = earth.eccentricity_squared_ratio();
    let sine = lat_deg.to_radians().sin();
    earth.equatorial_radius_m * (1.0 - square).sqrt() / (1.0 - square * sine * sine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::UtmZone;
    use crate::geometry::{Horizontal, Tangent};

    #[test]
    fn a_line_that_leaves_its_zone_is_refused() {
        let start = Coord { e_m: 500_000.0, n_m: 3_800_000.0 };
        let plan = Horizontal::new(start, 0.0, vec![Tangent::new(3e6).unwrap().into()]).unwrap();
        let line = Alignment::new(plan, None, None).unwrap();
        let zone = UtmZone::from_epsg(32_641).unwrap();
        assert!(line.lengths(0.0, 3e6, zone.projection()).is_err());
        let lengths = line.lengths(0.0, 1e5, zone.projection()).unwrap();
        assert_eq!((lengths.plan_m, lengths.ground_m), (1e5, None));
        assert!(line.lengths(1e5, 0.0, zone.projection()).is_err());
    }

    #[test]
    fn a_tangent_is_as_long_on_the_ellipsoid_as_its_geodesic() {
        // 10 km due north on the central meridian, where the plane's line is the geodesic.
        let start = Coord { e_m: 500_000.0, n_m: 3_800_000.0 };
        let north_rad = 0.5 * std::f64::consts::PI;
        let tangent = Tangent::new(10_000.0).unwrap();
        let plan = Horizontal::new(start, north_rad, vec![tangent.into()]).unwrap();
        let end = plan.at(10_000.0).unwrap().coord;
        let zone = UtmZone::from_epsg(32_641).unwrap();
        let places = [start, end].map(|coord| zone.inverse(coord).unwrap());
        let geodesic_m = crate::geodesy::distance_m(places[0], places[1]);
        let line = Alignment::new(plan, None, None).unwrap();
        let lengths = line.lengths(0.0, 10_000.0, zone.projection()).unwrap();
        assert!((lengths.ellipsoid_m - geodesic_m).abs() < 1e-7);
    }
}
