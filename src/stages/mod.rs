//! How far a segment has come, and what is still to be done: gates passed by evidence, the plan of
//! preparation and works, and how long built lines took.

mod gate;
mod lot;
mod overrun_class;
mod plan;
mod plan_network;
mod progress;
mod railhead_order;
mod reference_class;
mod work_rates;

pub use gate::{Gate, Met, Missing, StageState};
pub use lot::Lot;
pub use overrun_class::{FigureState, MeanOverrun, OverrunClass, Uplift};
pub use plan::{Assumption, ItemKind, Plan, PlanItem, PlanOptions, SegmentLots, plan};
pub use progress::{STALLED_AFTER_DAYS, SegmentStages, segment_stages};
pub use reference_class::{
    PaceRange, ReferenceLine, reference_lines, works_at_pace_of_built_lines,
};
pub use work_rates::{Preparation, WorkRate, WorkRates};
