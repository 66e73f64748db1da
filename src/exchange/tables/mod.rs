//! A schedule as two tables with commas between: its tasks and its links.

mod read;
mod rows;
mod words;
mod write;

pub use read::from_csv;
pub use write::{links_csv, tasks_csv};

/// Columns of the table of tasks. Those from `early_start` on are computed, and not read back.
const TASK_COLUMNS: [&str; 23] = [
    "id",
    "name",
    "segment",
    "kind",
    "work",
    "km_from",
    "km_to",
    "duration_days",
    "quantity",
    "rate_per_shift",
    "crews",
    "calendar",
    "constraints",
    "actual_start",
    "actual_finish",
    "remaining_days",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "total_float_days",
    "free_float_days",
    "is_critical",
];

/// Columns of the table of links.
const LINK_COLUMNS: [&str; 6] = ["from", "to", "kind", "lag", "lag_unit", "lag_calendar"];
