//! A line that can be built: held against the limits of a standard.
//!
//! [`check()`] goes over a whole [`Line`](crate::geometry::Line) with a
//! [`Standard`](crate::model::Standard) and tells for each limit the worst place and every place
//! where it is not kept, as a [`Finding`](crate::Finding). [`profile_bound`] finds the cheapest
//! levels along a plan.

mod check;
mod profile;

pub use check::{CheckOptions, Compliance, ComplianceRow, Verdict, WorstPlace, check};
pub use profile::{
    CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule, ProfileBound,
    ProfileProblem, Works, profile_bound,
};
