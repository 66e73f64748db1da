//! From a way to a line that can be built: earth, its haul, and the limits of a standard.
//!
//! A [`Section`] tells how much earth lies between two places of a line; [`mass_haul`] where it
//! goes. [`check()`] goes over a whole [`Line`](crate::geometry::Line) with a
//! [`Standard`](crate::model::Standard) and tells for each limit the worst place and every place
//! where it is not kept, as a [`Finding`](crate::Finding).

mod check;
mod curve_class;
mod haul;
mod plan;
mod plane_ground;
mod section;

pub use check::{CheckOptions, Compliance, ComplianceRow, Verdict, WorstPlace, check};
pub use curve_class::CurveClass;
pub use haul::{HaulRates, MassHaul, mass_haul};
pub use plan::{GuidePoint, PlaceCost, PlanChoice, PlanProblem, choose_plan};
pub use plane_ground::PlaneGround;
pub use section::{Earth, Section};
