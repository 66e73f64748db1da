//! The plan of what is still to be done: tables and the time-location chart.

mod activities_json;
mod quality;
mod tables;
mod time_location;

pub use activities_json::activities_json;
pub use quality::quality_table;
pub use tables::{assumptions_table, gains_table, openings_table, schedule_table, tornado_table};
pub use time_location::time_location_svg;
