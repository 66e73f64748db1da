//! How far an activity has come on the data date.

use jiff::civil::Date;

/// How far an activity has come on the data date.
///
/// Facts lie before the data date; what remains to be done lies on it or after.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Progress {
    /// The day on which it was begun.
    pub actual_start: Option<Date>,
    /// The day on which it was finished.
    pub actual_finish: Option<Date>,
    /// Working days that remain from the data date on. If an activity that was begun tells none,
    /// what is left of its duration remains, and one day at least.
    pub remaining_days: Option<f64>,
}

/// What becomes of links into an activity that was begun before they allowed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OutOfSequence {
    /// What remains of it waits until they hold: "retained logic".
    #[default]
    Wait,
    /// They count no longer: "progress override".
    GoOn,
}
