//! The cheapest profile for a given plan.
//!
//! [`profile_bound`] finds the cheapest levels at stations exactly and proves that nothing is
//! cheaper; [`cheapest_profile`] makes of it grades and vertical curves with bridges and tunnels.

mod band;
mod blocked;
mod bound;
mod cells;
mod cheapest;
mod draft;
mod fit;
mod hull;
mod interior;
mod lattice;
mod layout;
mod legs;
mod problem;
mod reach;
mod rise;
mod rows;
mod slack;
mod sound;
mod ways;
mod window;
mod works_costs;

pub(super) use bound::near_levels;
pub use bound::{ProfileBound, profile_bound};
pub(super) use cheapest::from_end_m;
pub use cheapest::{CheapestProfile, Structure, cheapest_profile};
pub use problem::{
    CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule, ProfileProblem, Works,
};
pub use rise::RiseCost;
