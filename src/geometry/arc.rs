//! A piece of a circle.

use super::{Pose, limits};
use crate::Result;
use crate::error::Error;
use crate::geodesy::Coord;

/// A piece of a circle of curvature k: the bearing grows by k s, and
/// x = s sinc(k s), y = (k s^2 / 2) sinc^2(k s / 2) with sinc(a) = sin(a) / a.
///
/// That is the circle x = R sin(s / R), y = R (1 - cos(s / R)) in a form that keeps its digits
/// where the radius is large.
///
/// # Example
///
/// A quarter of a circle of 200 m to the right ends 200 m ahead and 200 m to the right:
///
/// ```
/// use railcorridor::geometry::Arc;
///
/// let quarter = Arc::new(100.0 * std::f64::consts::PI, -200.0)?;
/// let end = quarter.at(quarter.length_m())?;
/// assert!((end.coord.e_m - 200.0).abs() < 1e-12 && (end.coord.n_m + 200.0).abs() < 1e-12);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arc {
    length_m: f64,
    curvature_per_m: f64,
}

impl Arc {
    /// An arc of a length and a radius, positive to the left.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless the length is 1e-12 m to 10,000 km, the radius finite
    /// and at least a millimetre, and the arc at most 10,000 rad.
    pub fn new(length_m: f64, radius_m: f64) -> Result<Self> {
        if radius_m == 0.0 || !radius_m.is_finite() {
            return Err(no_arc("radius_m of an arc", radius_m));
        }
        Self::with_curvature(length_m, 1.0 / radius_m)
    }

    /// An arc of a length and a curvature, positive to the left.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); a curvature of 0 is refused.
    pub fn with_curvature(length_m: f64, curvature_per_m: f64) -> Result<Self> {
        limits::length(length_m)?;
        limits::curvature(curvature_per_m)?;
        limits::turn(length_m * curvature_per_m.abs())?;
        if curvature_per_m == 0.0 {
            return Err(no_arc("curvature_per_m of an arc", curvature_per_m));
        }
        Ok(Self { length_m, curvature_per_m })
    }

    /// Its length.
    #[must_use]
    pub fn length_m(self) -> f64 {
        self.length_m
    }

    /// Its curvature, the same all along.
    #[must_use]
    pub fn curvature_per_m(self) -> f64 {
        self.curvature_per_m
    }

    /// Its radius, positive to the left.
    #[must_use]
    pub fn radius_m(self) -> f64 {
        1.0 / self.curvature_per_m
    }

    /// The pose at a distance, from the origin eastwards.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the distance is not on the element.
    pub fn at(self, distance_m: f64) -> Result<Pose> {
        limits::distance(distance_m, self.length_m)?;
        let turn_rad = self.curvature_per_m * distance_m;
        let half = sinc(0.5 * turn_rad);
        let coord = Coord {
            e_m: distance_m * sinc(turn_rad),
            n_m: 0.5 * distance_m * turn_rad * half * half,
        };
        Ok(Pose { coord, bearing_rad: turn_rad, curvature_per_m: self.curvature_per_m })
    }
}

/// sin(a) / a.
fn sinc(angle_rad: f64) -> f64 {
    if angle_rad == 0.0 { 1.0 } else { angle_rad.sin() / angle_rad }
}

fn no_arc(item: &str, value: f64) -> Error {
    Error::OutOfRange {
        item: item.to_owned(),
        value,
        limit: "positive to the left, negative to the right".to_owned(),
        hint: "what is straight is a tangent".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_arc_is_refused() {
        for (length_m, radius_m) in [
            (100.0, 0.0),
            (100.0, f64::INFINITY),
            (100.0, f64::NAN),
            (100.0, 1e-4),
            (-100.0, 300.0),
            (f64::NAN, 300.0),
            (1e6, 1.0),
        ] {
            assert!(Arc::new(length_m, radius_m).is_err(), "{length_m} {radius_m}");
        }
        assert!(Arc::with_curvature(100.0, 0.0).is_err());
        assert!(Arc::with_curvature(100.0, f64::NAN).is_err());
        let text = Arc::new(100.0, 0.0).unwrap_err().to_string();
        assert!(text.contains("radius_m of an arc = 0") && text.contains("a tangent"), "{text}");
    }

    #[test]
    fn a_nearly_straight_arc_keeps_its_digits() {
        // y = s^2 / 2R, to the last digits, at a radius of a light-second.
        let arc = Arc::new(1000.0, 3e8).unwrap();
        let end = arc.at(1000.0).unwrap();
        assert!((end.coord.n_m / (1e6 / 6e8) - 1.0).abs() < 1e-12);
        assert!((end.coord.e_m - 1000.0).abs() < 1e-8);
    }
}
