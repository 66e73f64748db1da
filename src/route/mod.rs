//! The way that a railway takes: an exact search over cells and height levels.
//!
//! Rails leave the ground: they run in cuts and on fills, over bridges and through tunnels. A
//! search that locks them to the ground finds ways that nobody would build, so the states of
//! [`level_search`] are pairs of a cell and a height.

mod alternatives;
mod around;
mod blocked;
mod bound;
mod bucket_ring;
mod built_length;
mod by_cell;
mod cell_queue;
mod cells;
mod climb;
mod corridor;
mod cost_band;
mod cost_graph;
mod cost_model;
mod curves;
mod direction;
mod entering;
mod forecast;
mod goal;
mod ground;
mod guide;
mod heading_entry;
mod heading_path;
mod heading_search;
mod heading_table;
mod isotropic;
mod kernel;
mod labels;
mod level_batch;
mod level_cell;
mod level_entry;
mod level_least;
mod level_options;
mod level_path;
mod level_price;
mod level_search;
mod level_states;
mod level_table;
mod levels;
mod metre_rows;
mod move_costs;
mod moves;
mod padded;
mod pages;
mod pair_costs;
mod pass;
mod priced;
mod queue;
mod range;
mod refusal;
mod route_figures;
mod search;
mod segment_route;
mod sensitivity;
mod shorten;
mod sloped;
mod smoothing;
mod spread;
mod stops;
mod structures;
mod surface;
mod terrain_lengths;
mod tunnel_policy;
mod turning;
mod turns;
mod window;
mod workspace;

pub use alternatives::{
    Alternative, AlternativeOptions, LegAlternatives, RouteAlternative, alternatives,
    alternatives_until, cell_alternatives, level_alternatives,
};
pub use blocked::{Blockage, blockage, explained};
pub use built_length::{BuiltLength, BuiltLengthModel, Course};
pub use cells::Cells;
pub use corridor::Corridor;
pub use cost_band::{CostBand, cost_band};
pub use cost_graph::CostGraph;
pub use cost_model::CostModel;
pub use forecast::{Forecast, ForecastOptions, forecast};
pub use ground::Ground;
pub use level_options::{Certificate, LevelOptions};
pub use level_path::{LevelPath, Node};
pub use level_search::{
    IsOver, Progress, largest_memory_bytes, level_search, level_search_watched,
};
pub use levels::LevelLattice;
pub use move_costs::{MoveCosts, Step};
pub use moves::Neighbours;
pub use pass::{Pass, passes};
pub use route_figures::RouteFigures;
pub use search::{LegProgress, Options, Watch, search, search_watched};
pub use segment_route::{RoutePoint, SegmentRoute};
pub use sensitivity::{LegSensitivity, SensitivityRow, sensitivity, sensitivity_until};
pub use structures::{DepthClass, GradientClass, Structures};
pub use surface::{Surface, Way};
pub use terrain_lengths::TerrainLengths;
pub use tunnel_policy::TunnelPolicy;
pub use turning::TurningSearch;
pub use turns::TurnRule;
pub use window::{needed_detour_ratio, search_bounds};
pub use workspace::Workspace;
