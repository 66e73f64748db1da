//! The sine curve: a straight ramp less a whole wave.

use std::f64::consts::PI;

use super::{Ramp, Transition};
use crate::Result;

impl Transition {
    /// A sine curve: f(t) = t - sin(2 pi t) / 2 pi, a straight ramp less a whole wave, which
    /// begins and ends without a jump of the slope's change either.
    ///
    /// IFC 4.3 (ISO 16739-1:2024) calls it SINECURVE, LandXML 1.2 `sinusoid`.
    ///
    /// # Errors
    ///
    /// As [`clothoid`](Self::clothoid).
    ///
    /// # Example
    ///
    /// At a quarter of its length it has 1/4 - 1 / 2 pi = 0.0908 of the curvature:
    ///
    /// ```
    /// use railcorridor::geometry::Transition;
    ///
    /// let entry = Transition::sine(100.0, 0.0, 0.01)?;
    /// assert!((entry.at(25.0)?.curvature_per_m - 0.000_908).abs() < 1e-6);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn sine(length_m: f64, curvature_from_per_m: f64, curvature_to_per_m: f64) -> Result<Self> {
        Self::new(Ramp::Sine, length_m, curvature_from_per_m, curvature_to_per_m)
    }
}

pub(super) fn value(t: f64) -> f64 {
    t - (2.0 * PI * t).sin() / (2.0 * PI)
}

/// 1 - cos a = 2 sin^2(a / 2).
pub(super) fn slope(t: f64) -> f64 {
    let half = (PI * t).sin();
    2.0 * half * half
}

pub(super) fn area(t: f64) -> f64 {
    let half = (PI * t).sin() / PI;
    0.5 * (t - half) * (t + half)
}
