//! A line that can be built: held against the limits of a standard.
//!
//! [`check()`] goes over a whole [`Line`](crate::geometry::Line) with a
//! [`Standard`](crate::model::Standard) and tells for each limit the worst place and every place
//! where it is not kept, as a [`Finding`](crate::Finding). [`cheapest_profile`] finds
//! a cheap profile for a plan, and [`profile_bound`] what none can undercut.

mod check;
mod profile;

pub use check::{CheckOptions, Compliance, ComplianceRow, Verdict, WorstPlace, check};
pub use profile::{
    CheapestProfile, CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule,
    ProfileBound, ProfileProblem, Structure, Works, cheapest_profile, profile_bound,
};
