//! Trains on a single track with loops: how many fit, where they meet, what they carry.
//!
//! Everything here begins with running times over sections ([`TrainClass::runs`]), wherever they
//! come from, and with what stations are ([`TrackLine`]). [`line_capacity`] says how many pairs of
//! trains a day fit and which section is the tightest, [`year_load`] what they carry in a year,
//! [`place_loops`] where loops must be for a wanted number.

mod capacity;
mod class;
mod consistent;
mod day_use;
mod line;
mod loops;
mod scheme;
mod spacing;
mod stretch;
mod tonnes;

pub use capacity::{LineCapacity, SectionCapacity, line_capacity};
pub use class::{PlannedStop, SectionRun, TrainClass};
pub use day_use::{DayUse, Removal, freight_pairs_per_day};
pub use line::{MAX_RUN_S, MAX_STATIONS, TrackLine, TrackStation};
pub use loops::{LoopPlan, place_loops};
pub use scheme::{Passing, Scheme, period_s};
pub use spacing::{EvenLine, longest_spacing_m};
pub use tonnes::{LoadBasis, YearLoad, year_load};
