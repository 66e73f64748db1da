//! What a planner writes: the study, as plain data, with its reading and its checking.
//!
//! Nothing is computed here. A [`Study`] comes from one TOML file ([`Study::from_path`],
//! [`Study::from_toml_str`]) or is built in Rust from plain structs and checked with
//! [`Study::check`]; both ways meet the same rules, and all problems come back at once.

mod baseline;
mod check;
mod claim;
mod cost_item;
mod date;
mod financing;
mod limit_rule;
mod line_file;
mod milestone;
mod name;
mod parameter;
mod place_speed;
pub(crate) mod problem;
mod property;
pub(crate) mod read;
mod record;
mod repair;
mod risk;
mod rolling_stock;
mod running_law;
mod segment;
mod shoe_brake;
mod source;
mod sourced;
mod stage;
mod standard;
mod station;
mod study;
mod suggest;
mod template;
mod unit_costs;
mod value;
mod zone;

pub use baseline::{Baseline, BaselineActivity, BaselineGroup, PlannedShare, WorkReport};
pub use claim::{Claim, Grade};
pub use cost_item::{CostGroup, CostItem};
pub use date::Date;
pub use financing::{ExchangeRate, Financing, FinancingEntry, MoneyState, Party, PartyRole};
pub use limit_rule::LimitRule;
pub use line_file::{CurveEntry, GradeEntry, LineFile, SpeedEntry, StationEntry};
pub use milestone::{EntryKind, Milestone, MilestoneEntry};
pub use name::Name;
pub use parameter::{PARAMETERS, Parameter, ParameterKind, parameter_kind};
pub use place_speed::{PlaceSpeed, SpeedPlace};
pub use problem::{Problem, Problems};
pub use property::{PROPERTIES, Property, PropertyKind, property};
pub use record::{Choice, Waiver};
pub use risk::{Level, Risk, RiskDelay};
pub use rolling_stock::{Locomotive, LocomotiveGroup, RollingStock, TrainSet, Wagon, WagonGroup};
pub use running_law::{
    AdhesionLaw, CurveAdhesion, GRAVITY_MPS2, Rails, ResistanceLaw, Resistances, TrackResistance,
    TunnelLaw, WagonResistance,
};
pub use segment::{Connection, LineState, Neighbour, Segment};
pub use shoe_brake::ShoeBrake;
pub use source::Source;
pub use sourced::{Sourced, ValueState};
pub use stage::{Evidence, StageRecord};
pub use standard::{CurveCompensation, Limit, LimitWeight, Reading, Standard};
pub use station::{Certainty, Role, Station};
pub use study::{CORRIDOR, FORMAT, Study};
pub use suggest::nearest;
pub use template::{Criterion, Months, Template, TemplateStage};
pub use unit_costs::{GroundRules, RateState, UnitCost, UnitCosts};
pub use value::Value;
pub use zone::Zone;
