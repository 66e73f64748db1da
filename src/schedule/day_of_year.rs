//! A day that comes back each year.

use jiff::civil::{self, Date};
use serde::{Deserialize, Serialize};

/// A month and a day of it, in the Gregorian calendar.
///
/// 29 February falls on 28 February where a year has no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayOfYear {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

impl DayOfYear {
    /// The day in a year; `None` if no year has such a day.
    ///
    /// ```
    /// use railcorridor::schedule::DayOfYear;
    ///
    /// let leap = DayOfYear { month: 2, day: 29 };
    /// assert_eq!(leap.in_year(2027).map(|day| day.to_string()), Some("2027-02-28".into()));
    /// assert_eq!(DayOfYear { month: 6, day: 31 }.in_year(2027), None);
    /// ```
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Date> {
        let is_leap_day = (self.month, self.day) == (2, 29);
        let day = Date::new(year, self.month, self.day).ok();
        day.or_else(|| is_leap_day.then(|| civil::date(year, 2, 28)))
    }
}
