//! One piece of a profile: a grade, or a curve between two.

use serde::{Deserialize, Serialize};

use super::limits;
use super::quadrature::integrals;
use crate::error::{Result, within};

/// Height and gradient at a place of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Height, from wherever the profile counts them.
    pub height_m: f64,
    /// Gradient by horizontal distance, positive upwards: 0.01 is 10 permille.
    pub gradient_ratio: f64,
    /// Change of the gradient a metre, positive in a sag: 1 / radius where the line is level.
    pub gradient_change_per_m: f64,
}

/// The shape of a vertical curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerticalShape {
    /// The gradient changes evenly by horizontal distance.
    Parabola,
    /// A piece of a circle.
    Circle,
}

/// A piece of a profile by horizontal distance x.
///
/// Parabola (a grade if both gradients are the same): g = g0 + (g1 - g0) x / L,
/// z = x (g0 + g) / 2. Circle, with a = atan(g): sin a = sin a0 + x / R,
/// R = L / (sin a1 - sin a0), z = x (sin a + sin a0) / (cos a + cos a0), which is
/// R (cos a0 - cos a) in a form that keeps its digits on large radii.
///
/// # Example
///
/// A sag from 10 permille down to 10 permille up over 200 m has its lowest place in the middle,
/// 0.01 * 100 / 2 = 0.5 m below both ends:
///
/// ```
/// use railcorridor::geometry::VerticalElement;
///
/// let sag = VerticalElement::parabola(200.0, -0.01, 0.01)?;
/// let lowest = sag.at(100.0)?;
/// assert!((lowest.height_m + 0.5).abs() < 1e-15 && lowest.gradient_ratio == 0.0);
/// assert_eq!(sag.at(200.0)?.height_m, 0.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VerticalElement {
    shape: VerticalShape,
    length_m: f64,
    gradient_from_ratio: f64,
    gradient_to_ratio: f64,
}

impl VerticalElement {
    /// Steeper than any railway; beyond it a height hardly depends on the distance.
    const MOST_GRADIENT_RATIO: f64 = 10.0;

    /// A piece of even gradient.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) unless the length is 1e-12 m to 10,000 km and
    /// the gradient -10 to 10.
    pub fn grade(length_m: f64, gradient_ratio: f64) -> Result<Self> {
        Self::parabola(length_m, gradient_ratio, gradient_ratio)
    }

    /// A parabola over a horizontal length.
    ///
    /// # Errors
    ///
    /// As [`grade`](Self::grade).
    pub fn parabola(
        length_m: f64,
        gradient_from_ratio: f64,
        gradient_to_ratio: f64,
    ) -> Result<Self> {
        Self::new(VerticalShape::Parabola, length_m, gradient_from_ratio, gradient_to_ratio)
    }

    /// A piece of a circle over a horizontal length.
    ///
    /// # Errors
    ///
    /// As [`grade`](Self::grade).
    pub fn circle(length_m: f64, gradient_from_ratio: f64, gradient_to_ratio: f64) -> Result<Self> {
        Self::new(VerticalShape::Circle, length_m, gradient_from_ratio, gradient_to_ratio)
    }

    /// A piece of any shape.
    ///
    /// # Errors
    ///
    /// As [`grade`](Self::grade).
    pub fn new(
        shape: VerticalShape,
        length_m: f64,
        gradient_from_ratio: f64,
        gradient_to_ratio: f64,
    ) -> Result<Self> {
        limits::length(length_m)?;
        let range = (-Self::MOST_GRADIENT_RATIO, Self::MOST_GRADIENT_RATIO);
        for gradient_ratio in [gradient_from_ratio, gradient_to_ratio] {
            let item = || "gradient_ratio".to_owned();
            within(item, gradient_ratio, range, "10 permille are 0.01")?;
        }
        Ok(Self { shape, length_m, gradient_from_ratio, gradient_to_ratio })
    }

    /// Its shape; a grade counts as a parabola.
    #[must_use]
    pub fn shape(&self) -> VerticalShape {
        self.shape
    }

    /// Its horizontal length.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    /// The gradient where it begins.
    #[must_use]
    pub fn gradient_from_ratio(&self) -> f64 {
        self.gradient_from_ratio
    }

    /// The gradient where it ends.
    #[must_use]
    pub fn gradient_to_ratio(&self) -> f64 {
        self.gradient_to_ratio
    }

    /// The radius: of a circle its own, of a parabola L / (g1 - g0); positive in a sag, nothing on
    /// a grade.
    #[must_use]
    pub fn radius_m(&self) -> Option<f64> {
        let change = match self.shape {
            VerticalShape::Parabola => self.gradient_to_ratio - self.gradient_from_ratio,
            VerticalShape::Circle => sine(self.gradient_to_ratio) - sine(self.gradient_from_ratio),
        };
        (change != 0.0).then(|| self.length_m / change)
    }

    /// Height above its beginning and gradient, at a horizontal distance from it.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if the distance is not on the element.
    pub fn at(&self, distance_m: f64) -> Result<Level> {
        limits::distance(distance_m, self.length_m)?;
        Ok(self.level(distance_m))
    }

    pub(super) fn level(&self, distance_m: f64) -> Level {
        let (from_ratio, to_ratio) = (self.gradient_from_ratio, self.gradient_to_ratio);
        let share = distance_m / self.length_m;
        match self.shape {
            VerticalShape::Parabola => {
                let gradient_ratio = from_ratio + (to_ratio - from_ratio) * share;
                Level {
                    height_m: 0.5 * distance_m * (from_ratio + gradient_ratio),
                    gradient_ratio,
                    gradient_change_per_m: (to_ratio - from_ratio) / self.length_m,
                }
            }
            VerticalShape::Circle => {
                let (sine_from, sine_to) = (sine(from_ratio), sine(to_ratio));
                // Rounding at an end cannot lead beyond the vertical.
                let sine = (sine_from + (sine_to - sine_from) * share).clamp(-0.999, 0.999);
                let [cosine_from, cosine] =
                    [sine_from, sine].map(|sine| ((1.0 - sine) * (1.0 + sine)).sqrt());
                let curvature_per_m = (sine_to - sine_from) / self.length_m;
                Level {
                    height_m: distance_m * (sine + sine_from) / (cosine + cosine_from),
                    gradient_ratio: sine / cosine,
                    gradient_change_per_m: curvature_per_m / (cosine * cosine * cosine),
                }
            }
        }
    }

    /// The length up to a distance measured along the slope instead of horizontally.
    pub(super) fn slope_length_m(&self, distance_m: f64) -> f64 {
        // On curves of railways one panel is exact; gradients up to 10 take a few more.
        let change = (self.gradient_to_ratio - self.gradient_from_ratio).abs();
        let stretch = |at_m: f64| [1.0_f64.hypot(self.level(at_m).gradient_ratio)];
        let [length_m] = integrals(stretch, (0.0, distance_m), (4.0 * change).ceil().max(1.0));
        length_m
    }
}

/// The sine of the angle whose tangent is a gradient.
fn sine(gradient_ratio: f64) -> f64 {
    gradient_ratio / 1.0_f64.hypot(gradient_ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_a_slope_and_its_length() {
        // From level to 45 degrees on a circle of 1000 m: sin 45 by R, R (1 - cos 45), R pi / 4.
        let half = 0.5_f64.sqrt();
        let bend = VerticalElement::circle(1000.0 * half, 0.0, 1.0).unwrap();
        let end = bend.at(1000.0 * half).unwrap();
        assert!((end.height_m - 1000.0 * (1.0 - half)).abs() < 1e-12);
        assert!((bend.radius_m().unwrap() - 1000.0).abs() < 1e-12);
        let along_m = bend.slope_length_m(1000.0 * half);
        assert!((along_m - 250.0 * std::f64::consts::PI).abs() < 1e-11, "{along_m}");
    }

    #[test]
    fn a_grade_is_as_long_as_pythagoras_says() {
        let grade = VerticalElement::grade(400.0, 0.75).unwrap();
        assert!((grade.slope_length_m(400.0) - 500.0).abs() < 1e-12);
        assert_eq!(grade.radius_m(), None);
        assert_eq!(grade.at(400.0).unwrap().height_m, 300.0);
    }

    #[test]
    fn what_is_no_gradient_is_refused() {
        assert!(VerticalElement::grade(100.0, 12.5).is_err()); // meant in permille
        assert!(VerticalElement::grade(100.0, f64::NAN).is_err());
        assert!(VerticalElement::grade(0.0, 0.01).is_err());
        assert!(VerticalElement::grade(100.0, 0.01).unwrap().at(101.0).is_err());
    }
}
