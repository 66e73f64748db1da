//! Where a line is at one place of it, and how it runs there.

use serde::{Deserialize, Serialize};

use crate::geodesy::Coord;

/// A place on a line, the direction of the line there, and how sharply it bends.
///
/// # Example
///
/// Bearings count from east, anticlockwise; an azimuth counts from grid north, clockwise:
///
/// ```
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::Pose;
///
/// let coord = Coord { e_m: 0.0, n_m: 0.0 };
/// let north_west = Pose { coord, bearing_rad: 0.75 * std::f64::consts::PI, curvature_per_m: 0.0 };
/// assert_eq!(north_west.azimuth_deg(), 315.0);
/// assert_eq!(north_west.radius_m(), None); // straight
/// let left = north_west.beside(10.0); // ten metres to the left: south-west of the place
/// assert!((left.e_m + 50.0_f64.sqrt()).abs() < 1e-12 && (left.n_m + 50.0_f64.sqrt()).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pose {
    /// Where it is.
    pub coord: Coord,
    /// In which direction the line runs, from east anticlockwise; beyond a whole turn it runs on.
    pub bearing_rad: f64,
    /// How sharply it bends, positive to the left; 0 where it is straight.
    pub curvature_per_m: f64,
}

impl Pose {
    /// The direction from grid north clockwise, from 0 to below 360.
    #[must_use]
    pub fn azimuth_deg(self) -> f64 {
        let azimuth_deg = (90.0 - self.bearing_rad.to_degrees()).rem_euclid(360.0);
        // The remainder of a tiny negative angle rounds to the whole turn.
        if azimuth_deg < 360.0 { azimuth_deg } else { 0.0 }
    }

    /// The radius, positive to the left; nothing where the line is straight.
    #[must_use]
    pub fn radius_m(self) -> Option<f64> {
        (self.curvature_per_m != 0.0).then(|| 1.0 / self.curvature_per_m)
    }

    /// The place so far beside the line, at a right angle; positive to the left.
    #[must_use]
    pub fn beside(self, offset_m: f64) -> Coord {
        let (sine, cosine) = self.bearing_rad.sin_cos();
        Coord { e_m: self.coord.e_m - offset_m * sine, n_m: self.coord.n_m + offset_m * cosine }
    }
}
