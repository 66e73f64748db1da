//! How far a segment has come, and what is still to be done: gates passed by evidence, the plan of
//! preparation and works, and how long built lines took.

mod front_plan;
mod gain;
mod gate;
mod lot;
mod machine;
mod machine_plan;
mod overrun_class;
mod plan;
mod plan_assumptions;
mod plan_costs;
mod plan_network;
mod plan_risks;
mod progress;
mod quantity;
mod quantity_of_track;
mod railhead_choice;
mod railhead_order;
mod reference_class;
mod segment_costs;
mod track_order;
mod work_rates;

pub use gain::{Gain, gains};
pub use gate::{Gate, Met, Missing, StageState};
pub use lot::Lot;
pub use machine::Machine;
pub use machine_plan::{MachinePlan, MachineTurn, MachineWait, OpeningMoved};
pub use overrun_class::{FigureState, MeanOverrun, OverrunClass, Uplift};
pub use plan::{
    Assumption, ItemKind, Plan, PlanItem, PlanOptions, SegmentLots, plan, plan_of_quantities,
    quantities_of_routes,
};
pub use progress::{STALLED_AFTER_DAYS, SegmentStages, segment_stages};
pub use quantity::{Quantities, QuantityRange, SegmentQuantities};
pub use railhead_choice::RailheadChoice;
pub use reference_class::{
    PaceRange, ReferenceLine, reference_lines, works_at_pace_of_built_lines,
};
pub use segment_costs::{CostRange, CostSpread, SegmentCosts};
pub use work_rates::{Density, Payment, Preparation, WorkRate, WorkRates};
