//! The cheapest profile for a given plan.
//!
//! [`profile_bound`] finds the cheapest levels at stations exactly and proves that nothing is
//! cheaper.

mod band;
mod blocked;
mod bound;
mod hull;
mod interior;
mod problem;
mod reach;
mod rows;
mod slack;
mod sound;

pub use bound::{ProfileBound, profile_bound};
pub use problem::{
    CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule, ProfileProblem, Works,
};
