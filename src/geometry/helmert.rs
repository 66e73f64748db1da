//! The Helmert curve: curvature grows along two parabolas.

use super::{Ramp, Transition};
use crate::Result;

impl Transition {
    /// A Helmert curve, also called Schramm's: f(t) = 2 t^2 up to the half, from there
    /// 1 - 2 (1 - t)^2.
    ///
    /// IFC 4.3 (ISO 16739-1:2024) calls it HELMERTCURVE, LandXML 1.2 `biquadratic`.
    ///
    /// # Errors
    ///
    /// As [`clothoid`](Self::clothoid).
    ///
    /// # Example
    ///
    /// At a quarter of its length it has 2/16 = 1/8 of the curvature, at three quarters 7/8:
    ///
    /// ```
    /// use railcorridor::geometry::Transition;
    ///
    /// let entry = Transition::helmert(100.0, 0.0, 0.004)?;
    /// assert!((entry.at(25.0)?.curvature_per_m - 0.0005).abs() < 1e-18);
    /// assert!((entry.at(75.0)?.curvature_per_m - 0.0035).abs() < 1e-18);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn helmert(
        length_m: f64,
        curvature_from_per_m: f64,
        curvature_to_per_m: f64,
    ) -> Result<Self> {
        Self::new(Ramp::Helmert, length_m, curvature_from_per_m, curvature_to_per_m)
    }
}

// The first half; the second follows by symmetry.

pub(super) fn value(t: f64) -> f64 {
    2.0 * t * t
}

pub(super) fn slope(t: f64) -> f64 {
    4.0 * t
}

pub(super) fn area(t: f64) -> f64 {
    2.0 / 3.0 * t * t * t
}
