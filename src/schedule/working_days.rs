//! Working days counted: from a moment to a working day and back, each by one look into a table.

use std::fmt;

use jiff::civil::Date;

use super::horizon::{BEYOND, Horizon};
use super::{Calendar, HijriDate, Holiday};
use crate::error::{Error, Result};

/// The working days of a calendar on a horizon, counted from 0.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::schedule::{Calendar, Horizon, WorkingDays, WorkingWeek};
///
/// // 5 January 2026 is a Monday.
/// let horizon = Horizon::new(date(2026, 1, 5), date(2026, 12, 31))?;
/// let site = Calendar::new("site", WorkingWeek::FRIDAY_OFF);
/// let days = WorkingDays::new(&site, "", horizon)?;
/// // Nine working days from Monday on end on Wednesday of the next week, 14 January.
/// assert_eq!(horizon.day(days.end_of(9) - 1), date(2026, 1, 14));
/// // What ends on Thursday, the fourth working day, is followed on Saturday.
/// assert_eq!(horizon.day(days.start_of(4)), date(2026, 1, 10));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct WorkingDays {
    /// Working days before each moment of the horizon.
    before: Vec<i32>,
    /// The morning of each working day.
    mornings: Vec<i32>,
}

impl WorkingDays {
    /// The days of a calendar on which some kind of work is done.
    ///
    /// # Errors
    /// [`Error::Schedule`] if there is none, or if the calendar names a day that no year has.
    pub fn new(calendar: &Calendar, work: &str, horizon: Horizon) -> Result<Self> {
        let days = Self::even_none(calendar, work, horizon)?;
        if days.mornings.is_empty() {
            let kind = if work.is_empty() { "" } else { " for " };
            return Err(wrong(
                calendar,
                format!(
                    "no working day{kind}{work} from {} to {}",
                    horizon.first(),
                    horizon.last()
                ),
                "let its week have a day, and its seasons leave some open",
            ));
        }
        Ok(days)
    }

    /// The same of a calendar that may have none, as long as nobody works by it as it is.
    pub(crate) fn even_none(calendar: &Calendar, work: &str, horizon: Horizon) -> Result<Self> {
        Ok(Self::of(&worked(calendar, work, horizon)?))
    }

    /// All days of a horizon.
    #[must_use]
    pub fn every_day(horizon: Horizon) -> Self {
        Self { before: (0..=horizon.days()).collect(), mornings: (0..horizon.days()).collect() }
    }

    fn of(worked: &[bool]) -> Self {
        let mut before = Vec::with_capacity(worked.len() + 1);
        let mut mornings = Vec::with_capacity(worked.len());
        let mut count = 0;
        for (morning, worked) in (0..).zip(worked) {
            before.push(count);
            if *worked {
                mornings.push(morning);
                count += 1;
            }
        }
        before.push(count);
        Self { before, mornings }
    }

    /// How many working days lie before a moment: also the working day that begins at it or next.
    #[must_use]
    pub fn before(&self, moment: i32) -> i32 {
        entry(&self.before, moment)
    }

    /// The moment at which a working day begins.
    #[must_use]
    pub fn start_of(&self, working_day: i32) -> i32 {
        entry(&self.mornings, working_day)
    }

    /// The mornings of so many working days from one on; fewer where the horizon ends.
    pub(super) fn mornings_from(&self, working_day: i32, days: i32) -> &[i32] {
        let first = usize::try_from(working_day).unwrap_or(usize::MAX).min(self.mornings.len());
        let last = first.saturating_add(usize::try_from(days).unwrap_or(0));
        self.mornings.get(first..last.min(self.mornings.len())).unwrap_or_default()
    }

    /// The earliest moment before which so many working days lie.
    #[must_use]
    pub fn end_of(&self, working_days: i32) -> i32 {
        self.start_of(working_days - 1) + 1
    }

    /// The earliest moment so many working days after (or, negative, before) another.
    ///
    /// With no days at all it is the end of the last working day before.
    #[must_use]
    pub fn later(&self, moment: i32, lag_days: i32) -> i32 {
        self.end_of(self.before(moment) + lag_days)
    }

    /// The latest moment from which [`later`](Self::later) leads no further than to `moment`.
    #[must_use]
    pub fn earlier(&self, moment: i32, lag_days: i32) -> i32 {
        self.start_of(self.before(moment) - lag_days)
    }
}

/// Counts only: a table has a line for each day.
impl fmt::Debug for WorkingDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.before.len().saturating_sub(1);
        write!(f, "WorkingDays({} of {days})", self.mornings.len())
    }
}

/// An entry of a table, or what lies beyond its ends.
fn entry(table: &[i32], place: i32) -> i32 {
    let inside = usize::try_from(place).ok().and_then(|place| table.get(place));
    inside.copied().unwrap_or(if place < 0 { -BEYOND } else { BEYOND })
}

/// Whether each day of the horizon is worked.
fn worked(calendar: &Calendar, work: &str, horizon: Horizon) -> Result<Vec<bool>> {
    let days = usize::try_from(horizon.days()).unwrap_or(0);
    let first = horizon.first().weekday().to_monday_zero_offset();
    let week = calendar.week.worked.iter().cycle().skip(usize::try_from(first).unwrap_or(0));
    let mut worked: Vec<bool> = week.copied().take(days).collect();
    if let Some(rotation) = calendar.rotation {
        let turn = i32::from(rotation.days_on) + i32::from(rotation.days_off);
        let begins = horizon.morning(rotation.begins);
        for (day, worked) in (0..).zip(&mut worked) {
            let into: i32 = day - begins;
            let on = into.checked_rem_euclid(turn).is_some_and(|n| n < rotation.days_on.into());
            *worked = *worked && on;
        }
    }
    for holiday in &calendar.holidays {
        for (first, last) in days_off(calendar, holiday, horizon)? {
            mark(&mut worked, horizon, first, last, false);
        }
    }
    for day in &calendar.worked_days {
        mark(&mut worked, horizon, *day, *day, true);
    }
    for season in calendar.seasons.iter().filter(|season| season.closes(work)) {
        for year in years(horizon) {
            let days = (season.first.in_year(year), season.last.in_year(year));
            let (Some(first), Some(last)) = days else {
                let name = &season.name;
                return Err(no_day(calendar, &format!("season {name}")));
            };
            if first <= last {
                mark(&mut worked, horizon, first, last, false);
            } else {
                mark(&mut worked, horizon, first, first.last_of_year(), false);
                mark(&mut worked, horizon, last.first_of_year(), last, false);
            }
        }
    }
    Ok(worked)
}

/// The days of a holiday on a horizon, as first and last of each break.
fn days_off(calendar: &Calendar, holiday: &Holiday, horizon: Horizon) -> Result<Vec<(Date, Date)>> {
    match *holiday {
        Holiday::Day(day) => Ok(vec![(day, day)]),
        Holiday::Days { first, last } if first <= last => Ok(vec![(first, last)]),
        Holiday::Days { first, last } => Err(wrong(
            calendar,
            format!("a holiday from {first} to {last} ends before it begins"),
            "let the first day come first",
        )),
        Holiday::EveryYear(day) => years(horizon)
            .map(|year| {
                let day = day.in_year(year).ok_or_else(|| no_day(calendar, "a holiday"))?;
                Ok((day, day))
            })
            .collect(),
        Holiday::EveryHijriYear { month, day } => hijri_days(calendar, month, day, horizon),
    }
}

/// A day of each Solar Hijri year, in those years that have it.
fn hijri_days(
    calendar: &Calendar,
    month: u8,
    day: u8,
    horizon: Horizon,
) -> Result<Vec<(Date, Date)>> {
    // 1403 is a leap year: it has every day that any year has.
    if HijriDate::new(1403, month, day).is_err() {
        return Err(no_day(calendar, "a holiday of the Solar Hijri calendar"));
    }
    // A Gregorian year ends 621 years before the Solar Hijri one that begins in it.
    let years = years(horizon).flat_map(|year| [year - 622, year - 621]);
    let mut days: Vec<Date> = years
        .filter_map(|year| HijriDate::new(year, month, day).ok())
        .map(HijriDate::gregorian)
        .collect();
    days.dedup();
    Ok(days.into_iter().map(|day| (day, day)).collect())
}

fn mark(worked: &mut [bool], horizon: Horizon, first: Date, last: Date, is_worked: bool) {
    let place = |moment: i32| usize::try_from(moment.max(0)).unwrap_or(0).min(worked.len());
    let days = place(horizon.morning(first))..place(horizon.morning(last) + 1);
    if let Some(days) = worked.get_mut(days) {
        days.fill(is_worked);
    }
}

fn years(horizon: Horizon) -> impl Iterator<Item = i16> {
    horizon.first().year()..=horizon.last().year()
}

fn no_day(calendar: &Calendar, what: &str) -> Error {
    wrong(
        calendar,
        format!("{what} names a day that no year has"),
        "write a month from 1 to 12 and a day of that month",
    )
}

fn wrong(calendar: &Calendar, problem: String, hint: &str) -> Error {
    Error::Schedule { item: format!("calendar {}", calendar.id), problem, hint: hint.to_owned() }
}
