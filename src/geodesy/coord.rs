//! A place on a projected plane.

use serde::{Deserialize, Serialize};

/// A place on a projected plane: easting and northing.
///
/// Which plane it is on is known to the projection that made it, not to the coordinate.
///
/// # Units
///
/// Metres on the grid, which is not metres on the ground: see
/// [`GridFactors::scale_ratio`](crate::geodesy::GridFactors::scale_ratio).
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::Coord;
///
/// let from = Coord { e_m: 500_000.0, n_m: 3_900_000.0 };
/// let to = Coord { e_m: 500_300.0, n_m: 3_900_400.0 };
/// assert_eq!(from.distance_m(to), 500.0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coord {
    /// Easting: along the grid, to the east.
    pub e_m: f64,
    /// Northing: along the grid, to the north.
    pub n_m: f64,
}

impl Coord {
    /// The straight distance on the plane.
    pub fn distance_m(self, other: Self) -> f64 {
        (other.e_m - self.e_m).hypot(other.n_m - self.n_m)
    }

    /// The place so much of the straight way to another: 0 is here, 1 is there.
    pub(crate) fn toward(self, other: Self, share: f64) -> Self {
        Self {
            e_m: self.e_m + share * (other.e_m - self.e_m),
            n_m: self.n_m + share * (other.n_m - self.n_m),
        }
    }

    /// The bearing of another place on the plane, from east anticlockwise, -pi to pi.
    pub(crate) fn bearing_rad(self, to: Self) -> f64 {
        (to.n_m - self.n_m).atan2(to.e_m - self.e_m)
    }
}
