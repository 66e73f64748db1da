//! A part of each year that is closed to a kind of work.

use super::DayOfYear;

/// A part of each year in which some work cannot be done: earthworks in frost, concrete in heat.
///
/// It may pass over the end of the year: from 10 December to 20 February.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// What it is called: `frost`.
    pub name: String,
    /// The kind of work that it is closed to, as activities name theirs; `None` closes it to all.
    pub closed_to: Option<String>,
    /// Its first day.
    pub first: DayOfYear,
    /// Its last day.
    pub last: DayOfYear,
}

impl Season {
    /// Whether some work cannot be done in it.
    #[must_use]
    pub fn closes(&self, work: &str) -> bool {
        self.closed_to.as_deref().is_none_or(|closed| closed == work)
    }
}
