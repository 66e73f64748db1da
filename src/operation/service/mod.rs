//! What a line does for trains as a whole: how long a train it lets through, how long that runs,
//! what it burns, how many fit, what they carry.
//!
//! A [`ServiceLine`] is a segment with its stations, from a designed track or from a way as
//! searched; [`line_service`] puts a train of the choice on it. Lines that follow one another are
//! one line too ([`ServiceLine::joined`]), over which trains run through.

mod choice;
mod consist;
mod findings;
mod line;
mod line_service;
mod momentum;
mod passing;
mod place_limits;
mod section_load;
mod stations;

pub use choice::{Intervals, ServiceChoice};
pub use consist::LoadLimit;
pub use findings::{crowding_finding, no_wagon_finding, stall_finding};
pub use line::{ServiceLine, ServicePlace};
pub use line_service::{LineService, ServiceFigures, WayService, line_service};
pub use momentum::{MomentumLoad, momentum_loads};
pub use section_load::{SectionLoad, section_loads};
