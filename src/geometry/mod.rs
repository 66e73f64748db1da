//! The exact line: tangents, arcs and transitions, by distance along them.
//!
//! An [`Element`] is one piece of a plan: a [`Tangent`], an [`Arc`] or a [`Transition`], whose
//! curvature runs from one value to another after a [`Ramp`]: clothoid, Bloss, cosine, sine,
//! Helmert or Viennese. Each answers `at(distance_m)` with a [`Pose`]: where, in which bearing,
//! with which curvature.
//!
//! A [`Horizontal`] chains elements to a plan: from a list of them, through points of
//! intersection, or a clothoid between two poses. It answers the way back, too: the nearest place
//! of the line, and all feet of perpendiculars. A [`Profile`] and a [`Cant`] follow the same
//! distance; the three together are an [`Alignment`], which knows lengths in plan, on the ellipsoid
//! and on the ground. What stands on the posts is a [`Chainage`], with its jumps; what holds only
//! from here to there is [`Along`] the line. A [`Line`] is all that with its name, as files hold it.
//!
//! # Conventions
//!
//! Bearings count from east, anticlockwise, in radians, and run on beyond a whole turn, so that
//! they are continuous along a line. Curvatures and offsets are positive to the left of the line
//! in the direction in which distances count.
//!
//! # Example
//!
//! A clothoid of 100 m from a tangent into a curve of 500 m to the left turns by
//! L / 2R = 0.1 rad, and leaves the tangent by about L^2 / 6R = 3.33 m:
//!
//! ```
//! use railcorridor::geometry::Transition;
//!
//! let entry = Transition::clothoid(100.0, 0.0, 1.0 / 500.0)?;
//! let end = entry.at(100.0)?;
//! assert!((end.bearing_rad - 0.1).abs() < 1e-15);
//! assert!((end.coord.n_m - 3.33).abs() < 0.005);
//! # Ok::<(), railcorridor::Error>(())
//! ```

mod alignment;
mod along;
mod arc;
mod bloss;
mod boxes;
mod cant;
mod chainage;
mod clothoid;
mod cosine;
mod curve_cant;
mod drawing;
mod element;
mod fitting;
mod foot;
mod ground;
mod helmert;
mod hermite;
mod horizontal;
mod intersections;
mod leaf;
mod limits;
mod line;
mod look_up;
mod marks;
mod panel;
mod picket;
mod piece;
mod pose;
mod profile;
mod pvi;
mod quadrature;
mod ramp;
mod sine;
mod sum;
mod tangent;
mod transition;
mod vertical_element;
mod viennese;
mod walk;

pub use alignment::{Alignment, AlignmentPoint};
pub use along::{Along, Range};
pub use arc::Arc;
pub(crate) use cant::GRAVITY_MPS2;
pub use cant::{Balance, Banking, Cant, CantPoint, cant_constant_mm};
pub use chainage::{Chainage, Equation, Section};
pub use curve_cant::CurveCant;
pub(crate) use curve_cant::curve_spans;
pub use element::Element;
pub use foot::Foot;
pub use ground::Lengths;
pub(crate) use hermite::half_turn_rad;
pub use horizontal::Horizontal;
pub use intersections::Intersection;
pub use line::Line;
pub use marks::Mark;
pub use picket::Notation;
pub use pose::Pose;
pub use profile::Profile;
pub use pvi::{Pvi, Rounding};
pub use ramp::Ramp;
pub use tangent::Tangent;
pub use transition::Transition;
pub use vertical_element::{Level, VerticalElement, VerticalShape};
pub use viennese::Roll;
pub use walk::Walk;
