//! Trains on the line: how fast they run, what they use, how much they pull, how many fit and what
//! they carry ([`traffic`]); all of that for a line with its stations ([`service`]).
//!
//! [`run`] is the kernel: a [`RunLine`] and a [`Train`], both plain numbers, to a [`Run`] with time
//! and energy. Trains come from files of rolling stock ([`crate::model::RollingStock`]), lines from
//! a designed track ([`RunLine::from_track`]) or from arrays ([`RunLine::new`]).

mod allowance;
mod below;
mod braking;
mod ceiling;
mod cells;
mod coast;
mod coast_curve;
mod coast_drive;
mod creep;
mod drive;
mod effort;
mod keep;
mod line;
mod load_table;
mod root;
mod run;
mod series;
mod series_law;
pub mod service;
mod speed;
mod track_line;
mod traction;
pub mod traffic;
mod trailing_load;
mod train;

pub use crate::model::GRAVITY_MPS2;
pub use allowance::{Allowance, AllowedRun, Fuel, allowed_run};
pub use braking::{Stop, emergency_stop, even_stop, service_mps2};
pub use coast::{CoastedRun, coasted_run};
pub use effort::Effort;
pub use line::{RunBend, RunLine, RunSegment};
pub use load_table::{LOOP_MARGIN_M, LoadRow, load_table, most_wagons_by_running};
pub use run::{Regime, Run, RunOptions, RunPoint, RunStop, run};
pub use speed::{
    LimitCost, SpeedLimit, SpeedReason, curve_limits, curve_speed_kmh, limit_costs,
    most_deficiency_mm,
};
pub use track_line::TrackRules;
pub use trailing_load::{
    Hold, LOAD_STEP_T, Pulling, PullingCase, TrailingLoad, ruling_permille,
    rulings_by_radius_permille,
};
pub use train::Train;
