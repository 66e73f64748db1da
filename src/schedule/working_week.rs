//! Which days of a week are worked, and in how many shifts.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// Which days of a week are worked, and in how many shifts.
///
/// ```
/// use jiff::civil::Weekday;
/// use railcorridor::schedule::WorkingWeek;
///
/// let week = WorkingWeek::FRIDAY_OFF;
/// assert!(week.is_worked(Weekday::Sunday) && !week.is_worked(Weekday::Friday));
/// assert_eq!(week.days_worked(), 6);
/// assert_eq!(WorkingWeek::MONDAY_TO_FRIDAY.days_worked(), 5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkingWeek {
    /// Whether each day is worked, Monday first.
    pub worked: [bool; 7],
    /// Shifts on a worked day: a rate given by the shift is multiplied with it.
    pub shifts_per_day: u8,
}

impl WorkingWeek {
    /// All seven days.
    pub const EVERY_DAY: Self = Self { worked: [true; 7], shifts_per_day: 1 };
    /// Saturday to Thursday, as in Afghanistan and Iran.
    pub const FRIDAY_OFF: Self =
        Self { worked: [true, true, true, true, false, true, true], shifts_per_day: 1 };
    /// Monday to Friday.
    pub const MONDAY_TO_FRIDAY: Self =
        Self { worked: [true, true, true, true, true, false, false], shifts_per_day: 1 };
    /// Monday to Saturday.
    pub const SUNDAY_OFF: Self =
        Self { worked: [true, true, true, true, true, true, false], shifts_per_day: 1 };

    /// The same days in so many shifts.
    #[must_use]
    pub const fn with_shifts(self, shifts_per_day: u8) -> Self {
        Self { shifts_per_day, ..self }
    }

    /// Whether a day of the week is worked.
    #[must_use]
    pub fn is_worked(&self, weekday: Weekday) -> bool {
        let place = usize::try_from(weekday.to_monday_zero_offset());
        place.ok().and_then(|place| self.worked.get(place)).copied().unwrap_or(false)
    }

    /// How many days of the week are worked.
    #[must_use]
    pub fn days_worked(&self) -> usize {
        self.worked.iter().filter(|worked| **worked).count()
    }
}
