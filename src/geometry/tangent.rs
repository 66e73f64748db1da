//! A straight piece of line.

use super::{Pose, limits};
use crate::Result;
use crate::geodesy::Coord;

/// A straight piece: x = s, y = 0.
///
/// # Example
///
/// ```
/// use railcorridor::geometry::Tangent;
///
/// let tangent = Tangent::new(250.0)?;
/// assert_eq!(tangent.at(100.0)?.coord.e_m, 100.0);
/// assert!(Tangent::new(-1.0).is_err());
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tangent {
    length_m: f64,
}

impl Tangent {
    /// A tangent of a length.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) unless the length is 1e-12 m to
    /// 10,000 km.
    pub fn new(length_m: f64) -> Result<Self> {
        limits::length(length_m)?;
        Ok(Self { length_m })
    }

    /// Its length.
    #[must_use]
    pub fn length_m(self) -> f64 {
        self.length_m
    }

    /// The pose at a distance, from the origin eastwards.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if the distance is not on the element.
    pub fn at(self, distance_m: f64) -> Result<Pose> {
        limits::distance(distance_m, self.length_m)?;
        let coord = Coord { e_m: distance_m, n_m: 0.0 };
        Ok(Pose { coord, bearing_rad: 0.0, curvature_per_m: 0.0 })
    }
}
