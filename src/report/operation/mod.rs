//! Trains on lines for a reader: runs, loads, capacity, graphs of a day; tables and pictures.

mod by_gradient;
mod capacity_tables;
mod graph_tables;
mod json;
mod load_tables;
mod pictures;
mod run_tables;
mod transit_tables;

pub use by_gradient::{GradientService, service_by_gradient_table};
pub use capacity_tables::{capacity_table, loop_plan_table, section_capacity_table};
pub use graph_tables::{graph_table, occupation_table, train_findings_table};
pub use json::service_json;
pub use load_tables::{load_by_gradient_table, momentum_loads_table, section_loads_table};
pub use pictures::{
    effort_picture, load_picture, occupation_picture, service_by_gradient_picture, speed_picture,
    train_graph_picture, transit_picture,
};
pub use run_tables::{
    SavedWay, allowance_table, limit_costs_table, runs_table, stalls_table, trains_table,
};
pub use transit_tables::{transit_parts_table, transit_table};
