//! The plan of what is still to be done: its tables and pictures; how sure it is.

mod activities_json;
mod amount_frame;
mod costs;
mod gantt;
mod gate_board;
mod machines;
mod money_picture;
mod outside_view;
mod quality;
mod risk_json;
mod risk_tables;
mod s_curve;
mod tables;
mod time_axis;
mod time_location;
mod tornado_picture;

pub use activities_json::activities_json;
pub use costs::{costs_table, spending_table};
pub use gantt::gantt_picture;
pub use gate_board::gate_board_picture;
pub use machines::{machine_wait_words, machines_json, machines_tables};
pub use money_picture::money_picture;
pub use outside_view::{built_lines_table, outside_view_table};
pub use quality::quality_table;
pub use risk_json::risk_json;
pub use risk_tables::{
    convergence_table, critical_table, joint_table, movers_table, risk_events_table,
    risk_milestones_table,
};
pub use s_curve::{s_curve_picture, track_lengths_m};
pub use tables::{assumptions_table, gains_table, openings_table, schedule_table, tornado_table};
pub use time_location::time_location_picture;
pub use tornado_picture::tornado_picture;
