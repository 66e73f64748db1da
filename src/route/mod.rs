//! The way that a railway takes: an exact search over cells and height levels.
//!
//! Rails leave the ground: they run in cuts and on fills, over bridges and through tunnels. A
//! search that locks them to the ground finds ways that nobody would build, so the states of
//! [`level_search`] are pairs of a cell and a height.

mod bound;
mod cells;
mod cost_graph;
mod cost_model;
mod entering;
mod goal;
mod ground;
mod isotropic;
mod labels;
mod level_options;
mod level_path;
mod level_search;
mod levels;
mod move_costs;
mod moves;
mod padded;
mod pages;
mod priced;
mod queue;
mod range;
mod search;
mod surface;
mod turning;
mod turns;

pub use cells::Cells;
pub use cost_graph::CostGraph;
pub use cost_model::CostModel;
pub use ground::{Crossing, Ground};
pub use level_options::{Certificate, LevelOptions};
pub use level_path::{LevelPath, Node};
pub use level_search::{Progress, largest_memory_bytes, level_search, level_search_watched};
pub use levels::LevelLattice;
pub use move_costs::{MoveCosts, Step};
pub use moves::Neighbours;
pub use search::{Options, RoutePoint, SegmentRoute, search};
pub use surface::{Surface, Way};
pub use turning::TurningSearch;
pub use turns::TurnRule;
