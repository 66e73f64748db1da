//! On which days work is done: the week, its exceptions, and closed seasons.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Holiday, Season, WorkingWeek};

/// On which days work is done.
///
/// A day is worked if the week says so (and the rotation, if there is one) and it is no holiday;
/// or if it is listed as worked nevertheless. A closed season goes before all of that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its id, as activities name it.
    pub id: String,
    /// The days of a week, and shifts a day.
    pub week: WorkingWeek,
    /// Days on and off in turn, besides the week.
    pub rotation: Option<Rotation>,
    /// Days off.
    pub holidays: Vec<Holiday>,
    /// Days worked nevertheless, such as the Friday before a handover.
    pub worked_days: Vec<Date>,
    /// Seasons closed to some work.
    pub seasons: Vec<Season>,
}

/// A crew that works so many days and then rests so many: 28 days on, 14 off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// A day on which a turn of work begins.
    pub begins: Date,
    /// Days of work, one at least.
    pub days_on: u16,
    /// Days of rest.
    pub days_off: u16,
}

impl Calendar {
    /// A calendar of a week alone.
    #[must_use]
    pub fn new(id: impl Into<String>, week: WorkingWeek) -> Self {
        Self {
            id: id.into(),
            week,
            rotation: None,
            holidays: Vec::new(),
            worked_days: Vec::new(),
            seasons: Vec::new(),
        }
    }
}
