//! Days off that no week tells: feasts, and breaks of the works.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DayOfYear;

/// Days off.
///
/// Feasts of the lunar year are announced for each year, so they are written as days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holiday {
    /// One day.
    Day(Date),
    /// Several days on end, both ends included.
    Days {
        /// The first day off.
        first: Date,
        /// The last day off.
        last: Date,
    },
    /// The same day of each Gregorian year, such as 1 May.
    EveryYear(DayOfYear),
    /// The same day of each Solar Hijri year, such as the new year on 1 Hamal.
    ///
    /// A day that a year lacks, 30 Hut, is not taken in it.
    EveryHijriYear {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
}
