//! Claims resolved, checked and assessed at a date: what is known, how sure it is, what changed.

mod assess;
mod changes;
mod checks;
mod gauge;
mod lengths;
mod milestones;
mod money;
mod resolve;
pub(crate) mod words;

pub use assess::{ParameterStatus, SegmentStatus, Status, assess};
pub use changes::{Change, changes};
pub use checks::{RULES, Rule, check};
pub use gauge::{BreakOfGauge, breaks_of_gauge};
pub use lengths::{LengthRow, lengths};
pub use milestones::{MilestoneStatus, milestones};
pub use money::{MoneyStatus, amount_usd, money};
pub use resolve::{Loser, Preference, Resolved, Spread, resolve};
