//! The plan of what is still to be done: tables and the time-location chart; how sure it is.

mod activities_json;
mod outside_view;
mod quality;
mod risk_json;
mod risk_tables;
mod tables;
mod time_location;

pub use activities_json::activities_json;
pub use outside_view::{built_lines_table, outside_view_table};
pub use quality::quality_table;
pub use risk_json::risk_json;
pub use risk_tables::{
    convergence_table, critical_table, joint_table, movers_table, risk_events_table,
    risk_milestones_table,
};
pub use tables::{assumptions_table, openings_table, schedule_table, tornado_table};
pub use time_location::time_location_svg;
