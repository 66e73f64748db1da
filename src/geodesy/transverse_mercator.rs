//! The projection of railways' plans: a cylinder laid along a meridian.

use std::f64::consts::FRAC_PI_2;

use super::krueger::{Complex, Krueger};
use super::{Coord, Ellipsoid, LonLat, lon_lat::wrap_deg};
use crate::error::within;
use crate::{Error, Result};

/// A transverse Mercator projection of the WGS 84 ellipsoid.
///
/// Conformal: angles at a point are true, and lengths in all directions are multiplied by the
/// same [scale](GridFactors::scale_ratio), which grows with the distance from the central
/// meridian. The method is Krueger's series; see Karney, "Transverse Mercator with an accuracy of
/// a few nanometers", Journal of Geodesy 85 (2011), 475-485, whose notation the code follows.
///
/// # Accuracy and range
///
/// Within 5e-9 m, both ways, of points computed in 45 digits
/// (`tests/reference/geodesy/TM-1000.dat`) up to [`MAX_FROM_MERIDIAN_DEG`] either side of the
/// central meridian. A place farther away is refused: scale is 1.1 % there, and no plan should be
/// drawn on such a grid.
///
/// [`MAX_FROM_MERIDIAN_DEG`]: TransverseMercator::MAX_FROM_MERIDIAN_DEG
///
/// # Example
///
/// On the central meridian northing is the length of the meridian times the scale there:
///
/// ```
/// use railcorridor::geodesy::{LonLat, TransverseMercator};
///
/// let grid = TransverseMercator::new(63.0, 0.9996, 500_000.0, 0.0)?;
/// let pole = grid.forward(LonLat::new(63.0, 90.0)?)?;
/// assert_eq!(pole.e_m, 500_000.0);
/// assert!((pole.n_m - 0.9996 * 10_001_965.729).abs() < 0.001);
/// let scale_ratio = grid.grid_factors(LonLat::new(63.0, 35.0)?)?.scale_ratio;
/// assert!((scale_ratio - 0.9996).abs() < 1e-15);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TransverseMercator {
    central_meridian_deg: f64,
    scale_ratio: f64,
    false_easting_m: f64,
    false_northing_m: f64,
    krueger: Krueger,
}

/// How the grid turns and stretches at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridFactors {
    /// Meridian convergence: the bearing of grid north, clockwise from true north.
    pub convergence_deg: f64,
    /// Length on the grid by length on the ellipsoid.
    pub scale_ratio: f64,
}

/// A place on the conformal sphere, turned so that the central meridian is its equator.
struct Conformal {
    /// xi', along the central meridian.
    north_rad: f64,
    /// eta', across it, in isometric measure.
    east_rad: f64,
    /// sin and cos of twice xi' + i eta'.
    sin2: Complex,
    cos2: Complex,
    /// The turn of this first step: its cosine and sine, times the same factor.
    turn: Complex,
    /// The stretch of this first step, on an ellipsoid of equatorial radius 1.
    scale_ratio: f64,
}

impl TransverseMercator {
    /// How far from the central meridian a place may lie.
    pub const MAX_FROM_MERIDIAN_DEG: f64 = 8.5;

    /// Largest |eta| that can lie within the range; on the equator it is 0.149.
    const MAX_ETA_RAD: f64 = 0.15;

    /// A projection about `central_meridian_deg`, with the scale on it and the coordinates of the
    /// point where it meets the equator.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the meridian lies outside -180 to 180, the scale outside 0.5 to 2,
    /// or a false coordinate beyond 1e8 m (where a double no longer keeps 10 nm).
    pub fn new(
        central_meridian_deg: f64,
        scale_ratio: f64,
        false_easting_m: f64,
        false_northing_m: f64,
    ) -> Result<Self> {
        let check = |item: &str, value: f64, least: f64, most: f64| {
            let hint = "UTM uses 6 degree zones, 0.9996, 500000 m and 0 or 10000000 m";
            within(|| item.to_owned(), value, (least, most), hint)
        };
        check("central_meridian_deg", central_meridian_deg, -180.0, 180.0)?;
        check("scale_ratio", scale_ratio, 0.5, 2.0)?;
        check("false_easting_m", false_easting_m, -1e8, 1e8)?;
        check("false_northing_m", false_northing_m, -1e8, 1e8)?;
        Ok(Self {
            central_meridian_deg,
            scale_ratio,
            false_easting_m,
            false_northing_m,
            krueger: Krueger::new(Ellipsoid::WGS84),
        })
    }

    /// The meridian that becomes a straight line in the middle of the grid.
    pub fn central_meridian_deg(&self) -> f64 {
        self.central_meridian_deg
    }

    /// The scale on the central meridian, k0.
    pub fn central_scale_ratio(&self) -> f64 {
        self.scale_ratio
    }

    /// The same projection in the language of PROJ, for files that name their system.
    ///
    /// # Example
    ///
    /// ```
    /// use railcorridor::geodesy::TransverseMercator;
    ///
    /// let text = TransverseMercator::new(63.0, 0.9996, 500_000.0, 0.0)?.proj_string();
    /// assert!(text.starts_with("+proj=tmerc +lat_0=0 +lon_0=63 +k_0=0.9996 +x_0=500000 +y_0=0"));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn proj_string(&self) -> String {
        format!(
            "+proj=tmerc +lat_0=0 +lon_0={} +k_0={} +x_0={} +y_0={} +datum=WGS84 +units=m",
            self.central_meridian_deg,
            self.scale_ratio,
            self.false_easting_m,
            self.false_northing_m
        )
    }

    /// The place on the grid.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the place lies farther than
    /// [`MAX_FROM_MERIDIAN_DEG`](Self::MAX_FROM_MERIDIAN_DEG) from the central meridian.
    pub fn forward(&self, place: LonLat) -> Result<Coord> {
        let conformal = self.conformal(place)?;
        let (north_rad, east_rad) = self.krueger.to_rectifying(conformal.sin2, conformal.cos2);
        let radius_m = self.radius_m();
        Ok(Coord {
            e_m: self.false_easting_m + radius_m * (conformal.east_rad + east_rad),
            n_m: self.false_northing_m + radius_m * (conformal.north_rad + north_rad),
        })
    }

    /// The place on the ellipsoid.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the point is not the image of a place within
    /// [`MAX_FROM_MERIDIAN_DEG`](Self::MAX_FROM_MERIDIAN_DEG) of the central meridian.
    pub fn inverse(&self, coord: Coord) -> Result<LonLat> {
        let radius_m = self.radius_m();
        let xi = (coord.n_m - self.false_northing_m) / radius_m;
        let eta = (coord.e_m - self.false_easting_m) / radius_m;
        // A nanometre beyond the pole is still the pole.
        if !(xi.abs() <= FRAC_PI_2 + 1e-15) {
            return Err(self.no_such_point("n_m", coord.n_m));
        }
        if !(eta.abs() <= Self::MAX_ETA_RAD) {
            return Err(self.no_such_point("e_m", coord.e_m));
        }
        let (sin2xi, cos2xi) = (2.0 * xi).sin_cos();
        let (sinh2eta, cosh2eta) = sinh_cosh(2.0 * eta);
        let (north, east) = self.krueger.to_conformal(
            (sin2xi * cosh2eta, cos2xi * sinh2eta),
            (cos2xi * cosh2eta, -sin2xi * sinh2eta),
        );
        let (sin_xi, cos_xi) = (xi - north).sin_cos();
        let (sinh_eta, _) = sinh_cosh(eta - east);
        // Karney 2011, eqs 17 and 18, and the conformal latitude chi from its tangent.
        let square = sinh_eta * sinh_eta + cos_xi * cos_xi;
        let chi = sin_xi.atan2(square.sqrt());
        let norm = square + sin_xi * sin_xi;
        let sin2chi = 2.0 * sin_xi * square.sqrt() / norm;
        let cos2chi = (square - sin_xi * sin_xi) / norm;
        let lat_deg =
            (chi + self.krueger.to_geodetic(sin2chi, cos2chi)).to_degrees().clamp(-90.0, 90.0);
        let lon_deg = sinh_eta.atan2(cos_xi).to_degrees();
        // In metres, since longitude means nothing near the pole; a place on the limit must come
        // back in spite of rounding.
        let beyond_deg = (lon_deg.abs() - Self::MAX_FROM_MERIDIAN_DEG) * square.sqrt();
        if beyond_deg > 1e-12 {
            return Err(self.no_such_point("e_m", coord.e_m));
        }
        LonLat::new(wrap_deg(self.central_meridian_deg + lon_deg), lat_deg)
    }

    /// Convergence and scale of the grid at a place (Karney 2011, eqs 23-28).
    ///
    /// # Errors
    ///
    /// As [`forward`](Self::forward).
    ///
    /// # Example
    ///
    /// North of the equator and east of the central meridian, grid north points east of true
    /// north, by about the difference of longitude times the sine of the latitude:
    ///
    /// ```
    /// use railcorridor::geodesy::{LonLat, TransverseMercator};
    ///
    /// let grid = TransverseMercator::new(63.0, 0.9996, 500_000.0, 0.0)?;
    /// let factors = grid.grid_factors(LonLat::new(64.0, 30.0)?)?;
    /// assert!((factors.convergence_deg - 0.5).abs() < 1e-4);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn grid_factors(&self, place: LonLat) -> Result<GridFactors> {
        let conformal = self.conformal(place)?;
        let (re, im) = self.krueger.derivative(conformal.cos2);
        let first_rad = conformal.turn.1.atan2(conformal.turn.0);
        let sin_lat = place.lat_deg.to_radians().sin();
        let normal = (1.0 - self.krueger.eccentricity_squared_ratio * sin_lat * sin_lat).sqrt();
        let second = self.radius_m() / Ellipsoid::WGS84.equatorial_radius_m * re.hypot(im);
        Ok(GridFactors {
            convergence_deg: (first_rad - im.atan2(re)).to_degrees(),
            scale_ratio: normal * conformal.scale_ratio * second,
        })
    }

    /// First step: the ellipsoid to the conformal sphere, and that turned (eqs 7-11, 23 and 24).
    fn conformal(&self, place: LonLat) -> Result<Conformal> {
        let east_deg = place.east_of_deg(self.central_meridian_deg);
        if !(east_deg.abs() <= Self::MAX_FROM_MERIDIAN_DEG) {
            return Err(self.too_far(east_deg));
        }
        let LonLat { lon_deg, lat_deg } = place;
        if !(lat_deg.abs() <= 90.0) {
            LonLat::new(lon_deg, lat_deg)?;
        }
        let (sin_lat, cos_lat) = lat_deg.to_radians().sin_cos();
        let (sin_lon, cos_lon) = east_deg.to_radians().sin_cos();
        let sin = self.krueger.conformal_sin(sin_lat);
        let (u, v) = (cos_lat * cos_lon, cos_lat * sin_lon);
        let square = sin * sin + u * u;
        let norm = (square + v * v).sqrt();
        let inverse_square = 1.0 / square;
        let scale_ratio = inverse_square.sqrt();
        // sinh and cosh of eta', and all functions of twice the angles, follow without a call.
        let (sinh, cosh) = (v * scale_ratio, norm * scale_ratio);
        let (sin2xi, cos2xi) =
            (2.0 * sin * u * inverse_square, (u * u - sin * sin) * inverse_square);
        let (sinh2eta, cosh2eta) = (2.0 * sinh * cosh, 1.0 + 2.0 * sinh * sinh);
        // asinh, from the cosh that is known; even about the meridian to the last bit.
        let east_rad = (sinh.abs() + sinh * sinh / (1.0 + cosh)).ln_1p();
        Ok(Conformal {
            north_rad: sin.atan2(u),
            east_rad: east_rad.copysign(sinh),
            sin2: (sin2xi * cosh2eta, cos2xi * sinh2eta),
            cos2: (cos2xi * cosh2eta, -sin2xi * sinh2eta),
            turn: (norm * cos_lon, sin * sin_lon),
            scale_ratio,
        })
    }

    /// Radius of the rectifying sphere on the grid.
    fn radius_m(&self) -> f64 {
        self.scale_ratio * self.krueger.rectifying_radius_m
    }

    fn too_far(&self, east_deg: f64) -> Error {
        let limit_deg = Self::MAX_FROM_MERIDIAN_DEG;
        Error::OutOfRange {
            item: format!(
                "longitude from the central meridian {} deg, in deg",
                self.central_meridian_deg
            ),
            value: east_deg,
            limit: format!("-{limit_deg} to {limit_deg}"),
            hint: "choose a zone whose central meridian is nearer".to_owned(),
        }
    }

    fn no_such_point(&self, item: &str, value: f64) -> Error {
        Error::OutOfRange {
            item: item.to_owned(),
            value,
            limit: format!(
                "the grid within {} deg of the meridian {} deg",
                Self::MAX_FROM_MERIDIAN_DEG,
                self.central_meridian_deg
            ),
            hint: "check that easting comes first, and the zone".to_owned(),
        }
    }
}

/// sinh and cosh from one call; expm1 keeps the digits of a small sinh.
fn sinh_cosh(x: f64) -> (f64, f64) {
    let growth = x.exp_m1();
    let sinh = 0.5 * (growth + growth / (growth + 1.0));
    (sinh, growth + 1.0 - sinh)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{destination, distance_m};

    fn grid() -> TransverseMercator {
        TransverseMercator::new(63.0, 0.9996, 500_000.0, 0.0).unwrap()
    }

    fn place(lon_deg: f64, lat_deg: f64) -> LonLat {
        LonLat::new(lon_deg, lat_deg).unwrap()
    }

    #[test]
    fn northing_on_the_meridian_is_the_geodesic() {
        for lat_deg in [-89.0, -35.0, 0.0, 1e-6, 34.34817, 60.0, 90.0] {
            let n_m = grid().forward(place(63.0, lat_deg)).unwrap().n_m;
            let meridian_m = distance_m(place(63.0, 0.0), place(63.0, lat_deg));
            assert!((n_m.abs() - 0.9996 * meridian_m).abs() < 5e-9, "{lat_deg}");
        }
    }

    #[test]
    fn the_poles_and_the_limit_come_back() {
        for (lon_deg, lat_deg) in [(63.0, 90.0), (63.0, -90.0), (71.5, 0.0), (54.5, -60.0)] {
            let there = grid().forward(place(lon_deg, lat_deg)).unwrap();
            let back = grid().inverse(there).unwrap();
            assert!(distance_m(back, place(lon_deg, lat_deg)) < 5e-9);
        }
    }

    #[test]
    fn refuses_what_lies_too_far() {
        for lon_deg in [54.499, 71.501, -117.0, 180.0, -180.0] {
            assert!(grid().forward(place(lon_deg, 35.0)).is_err(), "{lon_deg}");
            assert!(grid().grid_factors(place(lon_deg, 35.0)).is_err());
        }
        let bad = |e_m, n_m| grid().inverse(Coord { e_m, n_m }).is_err();
        assert!(bad(f64::NAN, 0.0) && bad(0.0, f64::NAN) && bad(f64::INFINITY, 0.0));
        assert!(bad(500_000.0, 9_998_000.0) && bad(1e300, 1e300) && bad(3e6, 1e6));
        assert!(bad(900_000.0, 9_500_000.0)); // within eta, but 40 degrees of longitude away
        assert!(!bad(900_000.0, 3_900_000.0));
    }

    #[test]
    fn refuses_a_place_made_without_its_constructor() {
        for (lon_deg, lat_deg) in [(f64::NAN, 0.0), (63.0, f64::NAN), (63.0, 91.0)] {
            assert!(grid().forward(LonLat { lon_deg, lat_deg }).is_err());
        }
    }

    #[test]
    fn refuses_constants_that_make_no_grid() {
        let bad = |lon, k, e, n| TransverseMercator::new(lon, k, e, n).is_err();
        assert!(bad(181.0, 1.0, 0.0, 0.0) && bad(f64::NAN, 1.0, 0.0, 0.0));
        assert!(bad(0.0, 0.0, 0.0, 0.0) && bad(0.0, f64::NAN, 0.0, 0.0));
        assert!(bad(0.0, 1.0, 1e9, 0.0) && bad(0.0, 1.0, 0.0, f64::INFINITY));
    }

    #[test]
    fn factors_are_the_derivatives_of_the_grid() {
        // 100 m due north on the ellipsoid, against what the grid makes of it.
        let here = place(66.5, 31.0);
        let factors = grid().grid_factors(here).unwrap();
        let [behind, ahead] = [-50.0, 50.0].map(|by_m| {
            let there = destination(here, 0.0, by_m).unwrap();
            grid().forward(there).unwrap()
        });
        let (de_m, dn_m) = (ahead.e_m - behind.e_m, ahead.n_m - behind.n_m);
        assert!((de_m.hypot(dn_m) / 100.0 - factors.scale_ratio).abs() < 1e-9);
        // True north seen from grid north lies to the left, by the convergence.
        let bearing_deg = de_m.atan2(dn_m).to_degrees();
        assert!((bearing_deg + factors.convergence_deg).abs() < 1e-7);
    }

    #[test]
    fn the_date_line_is_no_border() {
        let fiji = TransverseMercator::new(177.0, 0.9996, 500_000.0, 0.0).unwrap();
        let there = fiji.forward(place(-179.0, -18.0)).unwrap();
        let here = grid().forward(place(67.0, -18.0)).unwrap();
        assert!(there.distance_m(here) < 1e-8);
        assert!((fiji.inverse(there).unwrap().lon_deg + 179.0).abs() < 1e-13);
    }
}
