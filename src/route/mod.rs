//! The way that a railway takes: an exact search over cells and height levels.
//!
//! Rails leave the ground: they run in cuts and on fills, over bridges and through tunnels. A
//! search that locks them to the ground finds ways that nobody would build, so the states of
//! [`level_search`] are pairs of a cell and a height.

mod bound;
mod cost_model;
mod level_path;
mod level_search;
mod moves;
mod pages;
mod profile_ground;
mod queue;
mod search;

pub use cost_model::CostModel;
pub use level_path::{LevelPath, Node};
pub use level_search::{Certificate, LevelOptions, Remainder, level_search};
pub use moves::Neighbours;
pub use profile_ground::Ground;
pub use search::{Options, RoutePoint, SegmentRoute, search};
