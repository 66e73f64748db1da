//! One piece of a plan, of any kind.

use super::{Arc, Pose, Tangent, Transition};
use crate::Result;

/// One piece of a plan.
///
/// # Example
///
/// ```
/// use railcorridor::geometry::{Arc, Element, Transition};
///
/// let curve: [Element; 2] = [
///     Transition::clothoid(60.0, 0.0, 1.0 / 300.0)?.into(),
///     Arc::new(120.0, 300.0)?.into(),
/// ];
/// let turn_rad: f64 = curve.iter().map(Element::turn_rad).sum();
/// assert!((turn_rad - (0.1 + 0.4)).abs() < 1e-15);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Element {
    /// Straight.
    Tangent(Tangent),
    /// A piece of a circle.
    Arc(Arc),
    /// From one curvature to another.
    Transition(Transition),
}

impl Element {
    /// Its length.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        match self {
            Self::Tangent(tangent) => tangent.length_m(),
            Self::Arc(arc) => arc.length_m(),
            Self::Transition(transition) => transition.length_m(),
        }
    }

    /// The pose at a distance, from the origin eastwards.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if the distance is not on the element.
    pub fn at(&self, distance_m: f64) -> Result<Pose> {
        match self {
            Self::Tangent(tangent) => tangent.at(distance_m),
            Self::Arc(arc) => arc.at(distance_m),
            Self::Transition(transition) => transition.at(distance_m),
        }
    }

    /// By how much the bearing grows over all of it.
    #[must_use]
    pub fn turn_rad(&self) -> f64 {
        self.turn_at_rad(self.length_m())
    }

    /// The curvature where it begins.
    #[must_use]
    pub fn curvature_from_per_m(&self) -> f64 {
        match self {
            Self::Tangent(_) => 0.0,
            Self::Arc(arc) => arc.curvature_per_m(),
            Self::Transition(transition) => transition.curvature_from_per_m(),
        }
    }

    /// The curvature where it ends.
    #[must_use]
    pub fn curvature_to_per_m(&self) -> f64 {
        match self {
            Self::Transition(transition) => transition.curvature_to_per_m(),
            Self::Tangent(_) | Self::Arc(_) => self.curvature_from_per_m(),
        }
    }

    /// By how much the bearing has grown at a distance.
    pub(super) fn turn_at_rad(&self, distance_m: f64) -> f64 {
        match self {
            Self::Tangent(_) => 0.0,
            Self::Arc(arc) => arc.curvature_per_m() * distance_m,
            Self::Transition(transition) => transition.turn_rad(distance_m),
        }
    }

    /// The degree of the turn as a polynomial of the distance, on each half of a transition; a large
    /// number where it is none.
    pub(super) fn turn_degree(&self) -> usize {
        match self {
            Self::Tangent(_) => 0,
            Self::Arc(_) => 1,
            Self::Transition(transition) => transition.ramp().area_degree(),
        }
    }

    /// The curvature at a distance.
    #[must_use]
    pub fn curvature_per_m(&self, distance_m: f64) -> f64 {
        match self {
            Self::Tangent(_) => 0.0,
            Self::Arc(arc) => arc.curvature_per_m(),
            Self::Transition(transition) => transition.curvature_per_m(distance_m),
        }
    }

    /// A curvature that it nowhere exceeds between two distances.
    pub(crate) fn most_curvature_per_m(&self, from_m: f64, to_m: f64) -> f64 {
        match self {
            Self::Transition(transition) if transition.sway_m() == 0.0 => {
                // It only grows or only falls.
                let [from, to] = [from_m, to_m].map(|at_m| transition.curvature_per_m(at_m).abs());
                from.max(to)
            }
            Self::Transition(transition) => transition.most_curvature_per_m(),
            Self::Tangent(_) | Self::Arc(_) => self.curvature_from_per_m().abs(),
        }
    }

    /// A change of curvature that it nowhere exceeds.
    pub(super) fn most_sharpness_per_m2(&self) -> f64 {
        match self {
            Self::Tangent(_) | Self::Arc(_) => 0.0,
            Self::Transition(transition) => transition.most_sharpness_per_m2(),
        }
    }

    /// The change of curvature a metre at a distance.
    #[must_use]
    pub fn sharpness_per_m2(&self, distance_m: f64) -> f64 {
        match self {
            Self::Tangent(_) | Self::Arc(_) => 0.0,
            Self::Transition(transition) => transition.sharpness_per_m2(distance_m),
        }
    }
}

impl From<Tangent> for Element {
    fn from(tangent: Tangent) -> Self {
        Self::Tangent(tangent)
    }
}

impl From<Arc> for Element {
    fn from(arc: Arc) -> Self {
        Self::Arc(arc)
    }
}

impl From<Transition> for Element {
    fn from(transition: Transition) -> Self {
        Self::Transition(transition)
    }
}
