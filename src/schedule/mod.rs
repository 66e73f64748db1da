//! What is built when: calendars and networks of activities, crews along the line, railheads,
//! earned value, risk. It knows lengths, days and money, but no study.
//!
//! A planner writes a [`Network`]; [`Network::compile`] checks it and lays it out as arrays;
//! [`Compiled::dates`] runs the passes. Whoever needs many passes with other durations calls
//! [`Compiled::forward`] and [`Compiled::backward`] with their own.
//! [`linear_schedule`] sends crews along the line, [`railhead_plan`] says from where to lay it, and
//! [`earned_value`] holds what is done against what was planned, [`simulate`] tells how sure a finish is.

mod activity;
mod beta;
mod calendar;
mod compile;
mod compiled;
mod confidence;
mod constraint;
mod counted;
mod crew;
mod dates;
mod day_of_year;
mod distribution;
mod draw_table;
mod driver;
mod duration;
mod earned_schedule;
mod earned_value;
mod explain;
mod front;
mod hammock;
mod hijri;
mod holiday;
mod horizon;
mod ids;
mod lanes;
mod levelling;
mod linear;
mod link;
mod network;
pub(crate) mod normal;
mod order;
mod passes;
mod path;
mod percentiles;
mod progress;
mod quality;
mod railhead;
mod railhead_search;
pub(crate) mod random;
mod reason;
mod resource;
mod resource_bound;
mod resource_chance;
mod resource_order;
mod resource_pass;
mod resource_profile;
mod resource_search;
mod resource_setup;
mod resource_turns;
mod resource_wait;
mod risk;
mod risk_clock;
mod risk_draw;
mod risk_length;
mod risk_model;
mod risk_pass;
mod risk_run;
mod risk_setup;
mod rule;
mod season;
mod work_item;
mod working_days;
mod working_week;

pub use activity::{Activity, ActivityKind};
pub use calendar::{Calendar, Rotation};
pub use compiled::{Compiled, LinkInto, Span};
pub use confidence::{Convergence, percentile_days, percentile_error_days};
pub use constraint::Constraint;
pub use crew::{ClosedZone, Crew, Direction, Follow, RateRange};
pub use dates::Dates;
pub use day_of_year::DayOfYear;
pub use distribution::Distribution;
pub use driver::Driver;
pub use duration::{Duration, MAX_DURATION_DAYS};
pub use earned_schedule::EarnedSchedule;
pub use earned_value::{EarnedValue, Remaining};
pub use explain::Explanation;
pub use front::{Front, FrontPoint, HeldBy};
pub use hammock::{Hammock, HammockDates};
pub use hijri::{HijriDate, day_from_text, with_hijri_days};
pub use holiday::Holiday;
pub(crate) use horizon::days_between;
pub use horizon::{BEYOND, Horizon};
pub use levelling::{Levelled, LevellingOptions};
pub use linear::linear_schedule;
pub use link::{LagCalendar, LagUnit, Link, LinkKind};
pub use network::{HORIZON_YEARS, Network, ProjectStartFloor};
pub use passes::last_finish;
pub use path::Path;
pub use percentiles::Percentiles;
pub use progress::{OutOfSequence, Progress};
pub use quality::{QualityPoint, QualityState, quality};
pub use railhead::{
    FromOne, LaidStretch, LayingJob, Railhead, RailheadPlan, RailheadWork, railhead_finish,
    railhead_plan,
};
pub use resource::{Demand, MAX_UNITS, Resource, ResourcePlan};
pub use resource_turns::Turn;
pub use resource_wait::{NotMet, ResourceWait};
pub use risk::{
    ActivityOutcome, DatedPercentiles, EventOutcome, MilestoneRisk, RiskOutcome, RiskWatch,
    simulate, simulate_watched,
};
pub use risk_length::{ActivityLength, LengthReached, simulate_lengths, simulate_lengths_watched};
pub use risk_model::{ActivityRisk, CostRisk, Loading, RiskEvent, RiskModel, RiskOptions};
pub use rule::Rule;
pub use season::Season;
pub use work_item::{ItemValue, PlanPoint, QuantityDone, ValueOnDay, WorkItem, earned_value};
pub use working_days::WorkingDays;
pub use working_week::WorkingWeek;
