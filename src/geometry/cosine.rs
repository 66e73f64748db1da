//! The cosine curve: curvature grows along half a wave.

use std::f64::consts::PI;

use super::{Ramp, Transition};
use crate::Result;

impl Transition {
    /// A cosine curve: f(t) = (1 - cos(pi t)) / 2, half a wave from trough to crest.
    ///
    /// IFC 4.3 (ISO 16739-1:2024) calls it COSINECURVE, LandXML 1.2 `cosine`.
    ///
    /// # Errors
    ///
    /// As [`clothoid`](Self::clothoid).
    ///
    /// # Example
    ///
    /// At a third of its length it has (1 - 1/2) / 2 = 1/4 of the curvature:
    ///
    /// ```
    /// use railcorridor::geometry::Transition;
    ///
    /// let entry = Transition::cosine(90.0, 0.0, 0.004)?;
    /// assert!((entry.at(30.0)?.curvature_per_m - 0.001).abs() < 1e-17);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn cosine(
        length_m: f64,
        curvature_from_per_m: f64,
        curvature_to_per_m: f64,
    ) -> Result<Self> {
        Self::new(Ramp::Cosine, length_m, curvature_from_per_m, curvature_to_per_m)
    }
}

/// (1 - cos a) / 2 = sin^2(a / 2), which keeps its digits near 0.
pub(super) fn value(t: f64) -> f64 {
    let half = (0.5 * PI * t).sin();
    half * half
}

pub(super) fn slope(t: f64) -> f64 {
    0.5 * PI * (PI * t).sin()
}

pub(super) fn area(t: f64) -> f64 {
    0.5 * t - (PI * t).sin() / (2.0 * PI)
}
