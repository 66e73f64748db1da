//! How a curvature or a cant passes from one value to another.

use serde::{Deserialize, Serialize};

use super::{bloss, clothoid, cosine, helmert, sine, viennese};

/// The shape of a passage from one value to another: f(0) = 0, f(1) = 1, and f(1 - t) = 1 - f(t).
///
/// A [`Transition`](super::Transition) lets its curvature follow it, a cant its height; the same
/// shape in both keeps the lateral acceleration in step. Each shape is described in the
/// constructor of the transition that follows it.
///
/// # Example
///
/// All are half-way at the half, and only the straight ramp of the clothoid begins abruptly:
///
/// ```
/// use railcorridor::geometry::Ramp;
///
/// for ramp in Ramp::ALL {
///     assert!((ramp.value_share(0.5) - 0.5).abs() < 1e-15);
///     assert_eq!(ramp.slope_ratio(0.0) != 0.0, ramp == Ramp::Clothoid);
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ramp {
    /// Straight: f = t.
    Clothoid,
    /// f = 3 t^2 - 2 t^3.
    Bloss,
    /// f = (1 - cos(pi t)) / 2.
    Cosine,
    /// f = t - sin(2 pi t) / 2 pi.
    Sine,
    /// Two parabolas: f = 2 t^2 up to the half, then 1 - 2 (1 - t)^2.
    Helmert,
    /// f = 35 t^4 - 84 t^5 + 70 t^6 - 20 t^7.
    Viennese,
}

impl Ramp {
    /// All shapes.
    pub const ALL: [Self; 6] =
        [Self::Clothoid, Self::Bloss, Self::Cosine, Self::Sine, Self::Helmert, Self::Viennese];

    /// Its value f(t), a share of the whole change, at a share t of the length.
    #[must_use]
    pub fn value_share(self, along_share: f64) -> f64 {
        self.between(0.0, 1.0, along_share)
    }

    /// A value at a share t of the length of a passage from one to another; meets both ends
    /// exactly.
    #[must_use]
    pub(super) fn between(self, from: f64, to: f64, along_share: f64) -> f64 {
        // From the nearer end.
        if along_share > 0.5 {
            return to - (to - from) * self.early_value(1.0 - along_share);
        }
        from + (to - from) * self.early_value(along_share)
    }

    fn early_value(self, t: f64) -> f64 {
        match self {
            Self::Clothoid => clothoid::value(t),
            Self::Bloss => bloss::value(t),
            Self::Cosine => cosine::value(t),
            Self::Sine => sine::value(t),
            Self::Helmert => helmert::value(t),
            Self::Viennese => viennese::value(t),
        }
    }

    /// Its slope f'(t), in changes per length: at most 1 for the straight ramp, 2.19 for the
    /// Viennese.
    #[must_use]
    pub fn slope_ratio(self, along_share: f64) -> f64 {
        let t = along_share.min(1.0 - along_share);
        match self {
            Self::Clothoid => clothoid::slope(t),
            Self::Bloss => bloss::slope(t),
            Self::Cosine => cosine::slope(t),
            Self::Sine => sine::slope(t),
            Self::Helmert => helmert::slope(t),
            Self::Viennese => viennese::slope(t),
        }
    }

    /// The largest slope, that in the middle.
    pub(super) fn most_slope_ratio(self) -> f64 {
        self.slope_ratio(0.5)
    }

    /// The area F(t) under it from the beginning on; F(1) = 1/2.
    #[must_use]
    pub fn area_ratio(self, along_share: f64) -> f64 {
        if along_share > 0.5 {
            // By the symmetry of f.
            return self.early_area(1.0 - along_share) + (along_share - 0.5);
        }
        self.early_area(along_share)
    }

    /// The degree of the area as a polynomial of t, on each half; a large number where it is none.
    pub(super) fn area_degree(self) -> usize {
        match self {
            Self::Clothoid => 2,
            Self::Helmert => 3,
            Self::Bloss => 4,
            Self::Viennese => 8,
            Self::Cosine | Self::Sine => usize::MAX - 1,
        }
    }

    fn early_area(self, t: f64) -> f64 {
        match self {
            Self::Clothoid => clothoid::area(t),
            Self::Bloss => bloss::area(t),
            Self::Cosine => cosine::area(t),
            Self::Sine => sine::area(t),
            Self::Helmert => helmert::area(t),
            Self::Viennese => viennese::area(t),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_symmetry() {
        for ramp in Ramp::ALL {
            assert_eq!(ramp.value_share(0.0), 0.0, "{ramp:?}");
            assert_eq!(ramp.value_share(1.0), 1.0, "{ramp:?}");
            assert_eq!(ramp.area_ratio(0.0), 0.0, "{ramp:?}");
            assert_eq!(ramp.area_ratio(1.0), 0.5, "{ramp:?}");
            assert!((ramp.value_share(0.5) - 0.5).abs() < 1e-15, "{ramp:?}");
        }
    }

    #[test]
    fn slope_and_area_are_derivative_and_integral_of_the_value() {
        for ramp in Ramp::ALL {
            for step in 1..200 {
                let (t, h) = (f64::from(step) / 200.0, 1e-4);
                let slope = (ramp.value_share(t + h) - ramp.value_share(t - h)) / (2.0 * h);
                // A difference over 2h is off by f''' h^2 / 6; at the kink of Helmert by h.
                assert!((slope - ramp.slope_ratio(t)).abs() < 3e-4, "{ramp:?} {t}");
                let value = (ramp.area_ratio(t + h) - ramp.area_ratio(t - h)) / (2.0 * h);
                assert!((value - ramp.value_share(t)).abs() < 1e-6, "{ramp:?} {t}");
            }
        }
    }
}
