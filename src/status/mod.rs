//! Claims resolved, checked and assessed at a date: what is known, how sure it is, what changed, and
//! how far stages and works have come since.

mod assess;
mod baseline_value;
mod changes;
mod checks;
mod gate_progress;
mod gauge;
mod lengths;
mod milestones;
mod money;
mod resolve;
mod slip;
pub(crate) mod words;
mod works_done;

pub use assess::{ParameterStatus, SegmentStatus, Status, assess};
pub use baseline_value::{BaselineValue, GroupValue, baseline_value};
pub use changes::{Change, changes};
pub use checks::{RULES, Rule, check};
pub use gate_progress::{GateCount, GateProgress, gate_progress};
pub use gauge::{BreakOfGauge, breaks_of_gauge};
pub use lengths::{LengthRow, lengths};
pub use milestones::{MilestoneStatus, milestones};
pub use money::{MoneyStatus, amount_usd, money};
pub use resolve::{Loser, Preference, Resolved, Spread, resolve};
pub use slip::{Slip, slips};
pub use works_done::{Said, WorkDone, works_done};
