//! Trains on a single track with loops: how many fit, where they meet, what they carry.
//!
//! Everything here begins with running times over sections ([`TrainClass::runs`]), wherever they
//! come from, and with what stations are ([`TrackLine`]). [`line_capacity`] says how many pairs of
//! trains a day fit and which section is the tightest, [`year_load`] what they carry in a year,
//! [`place_loops`] where loops must be for a wanted number. [`train_graph`] runs the trains of a day
//! without conflicts, and [`string_lines`] is what a picture of that shows;
//! [`occupation`] says how full its sections are. [`break_load`] and [`transit_time`] tell what breaks of
//! gauge take on the way from end to end.

mod bound;
mod capacity;
mod class;
mod consistent;
mod day_use;
mod dispatch;
mod gauge_break;
mod graph;
mod itinerary;
mod line;
mod loops;
mod occupancy;
mod occupation;
mod priority_search;
mod scheme;
mod spacing;
mod stretch;
mod string_lines;
mod task;
mod tonnes;
mod train;
mod transit;
mod transit_plan;

pub use capacity::{LineCapacity, SectionCapacity, line_capacity};
pub use class::{PlannedStop, SectionRun, TrainClass};
pub use day_use::{DayUse, Removal, freight_pairs_per_day};
pub use gauge_break::{BreakLoad, GaugeBreak, Handling, break_load};
pub use graph::{Call, GraphOptions, GraphResult, TrainGraph, TrainRun, train_graph};
pub use line::{MAX_RUN_S, MAX_STATIONS, TrackLine, TrackStation};
pub use loops::{LoopPlan, place_loops};
pub use occupation::{SectionOccupation, occupation};
pub use scheme::{Passing, Scheme, period_s};
pub use spacing::{EvenLine, longest_spacing_m};
pub use string_lines::{StringLine, StringLines, StringPoint, StringStation, string_lines};
pub use tonnes::{LoadBasis, YearLoad, year_load};
pub use train::{Closure, DailyTrains, GraphTrain, MAX_TRAINS, day_of_trains};
pub use transit::{LegRun, TransitPart, TransitTime, transit_time};
pub use transit_plan::TransitPlan;
