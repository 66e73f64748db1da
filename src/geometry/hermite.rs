//! The clothoid that joins two places in given bearings.

use std::f64::consts::{PI, TAU};

use super::quadrature::{integrals, panels};
use super::{Transition, limits};
use crate::error::{Error, Result, within};
use crate::geodesy::Coord;

/// Newton's method doubles the digits at each step; six are mostly enough.
const STEPS: usize = 30;

impl Transition {
    /// The clothoid from one place and bearing to another: the one without a loop, which is the
    /// shortest.
    ///
    /// With the chord turned into the axis, the bearing along the curve is
    /// A t^2 + (d - A) t + a, where a and b are the bearings at both ends off the chord, d = b - a
    /// and t = s / L. Where the integral of its sine is 0 the curve ends on the chord, and the
    /// integral of its cosine is chord / L (E. Bertolazzi and M. Frego, "G1 fitting with clothoids",
    /// Mathematical Methods in the Applied Sciences 38, 2015). The first guess is A = 3 (a + b), which
    /// is exact for small angles.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a number is not finite, the places coincide, or a bearing points
    /// straight away from the other place, so that there is no curve without a loop.
    ///
    /// # Example
    ///
    /// Eastwards at the origin, northwards 100 m on and 100 m aside: a quarter of a circle.
    ///
    /// ```
    /// use std::f64::consts::{FRAC_PI_2, PI};
    ///
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::Transition;
    ///
    /// let (from, to) = (Coord { e_m: 0.0, n_m: 0.0 }, Coord { e_m: 100.0, n_m: 100.0 });
    /// let curve = Transition::between(from, 0.0, to, FRAC_PI_2)?;
    /// assert!((curve.length_m() - 50.0 * PI).abs() < 1e-9);
    /// assert!((curve.curvature_from_per_m() - 0.01).abs() < 1e-12);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn between(
        from: Coord,
        bearing_from_rad: f64,
        to: Coord,
        bearing_to_rad: f64,
    ) -> Result<Self> {
        limits::bearing("bearing_from_rad", bearing_from_rad)?;
        limits::bearing("bearing_to_rad", bearing_to_rad)?;
        let chord_m = from.distance_m(to);
        let range = (1e-9, limits::MOST_LENGTH_M);
        within(
            || "distance of the places in metres".to_owned(),
            chord_m,
            range,
            "give two places",
        )?;
        let chord_rad = from.bearing_rad(to);
        let start_rad = half_turn_rad(bearing_from_rad - chord_rad);
        let end_rad = half_turn_rad(bearing_to_rad - chord_rad);
        let (bow_rad, cosine) = bow(start_rad, end_rad)?;
        let length_m = chord_m / cosine;
        let turn_rad = end_rad - start_rad;
        Self::clothoid(length_m, (turn_rad - bow_rad) / length_m, (turn_rad + bow_rad) / length_m)
    }
}

/// An angle from -pi to pi.
pub(crate) fn half_turn_rad(angle_rad: f64) -> f64 {
    let turned_rad = angle_rad.rem_euclid(TAU);
    if turned_rad > PI { turned_rad - TAU } else { turned_rad }
}

/// The number A for bearings off the chord, and the integral of the cosine.
fn bow(start_rad: f64, end_rad: f64) -> Result<(f64, f64)> {
    let turn_rad = end_rad - start_rad;
    let mut bow_rad = 3.0 * (start_rad + end_rad);
    for _ in 0..STEPS {
        let values = |t: f64| {
            let bearing_rad = (bow_rad * t + (turn_rad - bow_rad)) * t + start_rad;
            let (sine, cosine) = bearing_rad.sin_cos();
            [sine, cosine, cosine * (t * t - t)]
        };
        let [sine, cosine, slope] =
            integrals(values, (0.0, 1.0), panels(turn_rad.abs() + bow_rad.abs()));
        let step_rad = sine / slope;
        if sine.abs() <= 1e-15 || step_rad.abs() <= 1e-15 * bow_rad.abs() {
            // A curve that comes back has a loop.
            if cosine > 1e-6 {
                return Ok((bow_rad, cosine));
            }
            break;
        }
        if !step_rad.is_finite() || step_rad.abs() > 1e3 {
            break;
        }
        bow_rad -= step_rad;
    }
    Err(Error::OutOfRange {
        item: "bearings off the chord".to_owned(),
        value: start_rad.to_degrees(),
        limit: format!("a curve to an end that runs {:.3} degrees off it", end_rad.to_degrees()),
        hint: "let the line run towards the other place, or put a place between".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_curve_is_refused() {
        let at = |e_m, n_m| Coord { e_m, n_m };
        let (here, there) = (at(0.0, 0.0), at(100.0, 0.0));
        assert!(Transition::between(here, 0.0, here, 0.0).is_err());
        assert!(Transition::between(here, f64::NAN, there, 0.0).is_err());
        assert!(Transition::between(here, 0.0, at(f64::INFINITY, 0.0), 0.0).is_err());
        // Backwards at both ends: half of a figure of eight, if there is an answer at all.
        if let Ok(curve) = Transition::between(here, PI, there, PI) {
            assert!(curve.length_m() > 100.0 && curve.length_m() < 1000.0);
        }
        let straight = Transition::between(here, 0.0, there, TAU).unwrap();
        assert!((straight.length_m() - 100.0).abs() < 1e-12);
        assert!(straight.curvature_to_per_m().abs() < 1e-15);
    }
}
