//! The clothoid: curvature grows evenly.

use super::{Ramp, Transition};
use crate::Result;

impl Transition {
    /// A clothoid, whose curvature grows evenly: f(t) = t, t = s / L.
    ///
    /// In a curve of its own kind the parameter A with A^2 = R L; IFC 4.3 (ISO 16739-1:2024) calls
    /// it CLOTHOID, LandXML 1.2 `clothoid`.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) unless the length is 1e-12 m to
    /// 10,000 km, both curvatures at most 1,000 per metre, and the turn at most 10,000 rad.
    ///
    /// # Example
    ///
    /// From a tangent into 300 m over 60 m: the bearing grows by L / 2R = 0.1 rad, a quarter of
    /// that over the first half.
    ///
    /// ```
    /// use railcorridor::geometry::Transition;
    ///
    /// let entry = Transition::clothoid(60.0, 0.0, 1.0 / 300.0)?;
    /// assert!((entry.at(60.0)?.bearing_rad - 0.1).abs() < 1e-15);
    /// assert!((entry.at(30.0)?.bearing_rad - 0.025).abs() < 1e-15);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn clothoid(
        length_m: f64,
        curvature_from_per_m: f64,
        curvature_to_per_m: f64,
    ) -> Result<Self> {
        Self::new(Ramp::Clothoid, length_m, curvature_from_per_m, curvature_to_per_m)
    }
}

pub(super) fn value(t: f64) -> f64 {
    t
}

pub(super) fn slope(_: f64) -> f64 {
    1.0
}

pub(super) fn area(t: f64) -> f64 {
    0.5 * t * t
}
