//! A part of each year that is closed to a kind of work.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DayOfYear;

/// A part of each year in which some work cannot be done: earthworks in frost, concrete in heat.
///
/// It may pass over the end of the year: from 10 December to 20 February.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Whether a day lies in it.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use railcorridor::schedule::{DayOfYear, Season};
    ///
    /// let (first, last) = (DayOfYear { month: 12, day: 10 }, DayOfYear { month: 2, day: 20 });
    /// let frost = Season { name: "frost".into(), closed_to: None, first, last };
    /// assert!(frost.holds(date(2026, 2, 20)) && frost.holds(date(2026, 12, 10)));
    /// assert!(!frost.holds(date(2026, 2, 21)));
    /// ```
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        let today = DayOfYear { month: day.month(), day: day.day() };
        if self.first <= self.last {
            self.first <= today && today <= self.last
        } else {
            self.first <= today || today <= self.last
        }
    }
}
