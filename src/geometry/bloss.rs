//! The Bloss curve: curvature grows along a cubic without a kink.

use super::{Ramp, Transition};
use crate::Result;

impl Transition {
    /// A Bloss curve: f(t) = 3 t^2 - 2 t^3, which begins and ends without a kink of the cant.
    ///
    /// IFC 4.3 (ISO 16739-1:2024) calls it BLOSSCURVE, LandXML 1.2 `bloss`.
    ///
    /// # Errors
    ///
    /// As [`clothoid`](Self::clothoid).
    ///
    /// # Example
    ///
    /// At a quarter of its length it has 3/16 - 2/64 = 5/32 of the curvature:
    ///
    /// ```
    /// use railcorridor::geometry::Transition;
    ///
    /// let entry = Transition::bloss(100.0, 0.0, 0.0032)?;
    /// assert!((entry.at(25.0)?.curvature_per_m - 0.0005).abs() < 1e-18);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn bloss(
        length_m: f64,
        curvature_from_per_m: f64,
        curvature_to_per_m: f64,
    ) -> Result<Self> {
        Self::new(Ramp::Bloss, length_m, curvature_from_per_m, curvature_to_per_m)
    }
}

pub(super) fn value(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

pub(super) fn slope(t: f64) -> f64 {
    6.0 * t * (1.0 - t)
}

pub(super) fn area(t: f64) -> f64 {
    t * t * t * (1.0 - 0.5 * t)
}
