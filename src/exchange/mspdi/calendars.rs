//! Calendars of a network laid out as weeks and what differs from them.

use jiff::civil::Date;

use super::hours::Hours;
use super::rows::{CalendarRow, ExceptionRow};
use super::told::ToldCalendar;
use crate::error::Result;
use crate::exchange::note::Notes;
use crate::schedule::{Activity, Calendar, Horizon, Network, WorkingDays};

/// Years after the finish for which calendars are written out.
const YEARS_AFTER: i16 = 5;

/// Calendars as they are written, and what each is.
pub(super) struct Laid {
    pub(super) rows: Vec<CalendarRow>,
    pub(super) told: Vec<ToldCalendar>,
    /// The calendar and the kind of work of each copy.
    copies: Vec<(usize, String)>,
}

/// The days on which a calendar must be right: from the first that matters to some years after the
/// finish.
pub(super) fn window(horizon: Horizon, first: Date, last: Date) -> (Date, Date) {
    let year = last.year().saturating_add(YEARS_AFTER).min(2149);
    let last = Date::new(year, 12, 31).unwrap_or(last).min(horizon.last());
    let first = first.first_of_year().max(horizon.first());
    (first.max(jiff::civil::date(1984, 1, 1)), last)
}

/// All calendars of a network; copies for kinds of work come behind them.
pub(super) fn laid(
    network: &Network,
    horizon: Horizon,
    window: (Date, Date),
    notes: &mut Notes,
) -> Result<Laid> {
    let mut laid = Laid { rows: Vec::new(), told: Vec::new(), copies: Vec::new() };
    for calendar in &network.calendars {
        let days = WorkingDays::even_none(calendar, "", horizon)?;
        let row = laid.row(calendar, calendar.id.clone(), &days, horizon, window);
        let (uid, print) = (row.uid, row.print());
        let is_plain = super::plain::calendar(&row) == *calendar;
        laid.rows.push(row);
        let calendar = Some(calendar.clone()).filter(|_| !is_plain);
        laid.told.push(ToldCalendar { uid, print, calendar, copy_of: None });
    }
    for activity in &network.activities {
        let Some(number) = number(network, &activity.calendar) else { continue };
        let Some(calendar) = network.calendars.get(number) else { continue };
        if laid.copy(number, &activity.work).is_some() || !is_closed(calendar, activity) {
            continue;
        }
        let days = WorkingDays::new(calendar, &activity.work, horizon)?;
        let name = format!("{} ({})", calendar.id, activity.work);
        let row = laid.row(calendar, name, &days, horizon, window);
        let (uid, print) = (row.uid, row.print());
        laid.rows.push(row);
        let copy_of = Some(calendar.id.clone());
        laid.told.push(ToldCalendar { uid, print, calendar: None, copy_of });
        laid.copies.push((number, activity.work.clone()));
        notes.add(
            "copies",
            || None,
            || {
                format!(
                    "a season of calendar {} is closed to {} alone; that work has a calendar of \
                     its own, called {} ({})",
                    calendar.id, activity.work, calendar.id, activity.work
                )
            },
        );
    }
    Ok(laid)
}

/// Whether an activity finds other days in a calendar than one of no kind of work.
fn is_closed(calendar: &Calendar, activity: &Activity) -> bool {
    calendar.seasons.iter().any(|season| season.closes(&activity.work) != season.closes(""))
}

/// The number of a calendar; the first for none.
fn number(network: &Network, id: &str) -> Option<usize> {
    if id.is_empty() {
        return Some(0);
    }
    network.calendars.iter().position(|calendar| calendar.id == id)
}

impl Laid {
    /// The row of an activity's calendar, and the uid by which the task names it.
    pub(super) fn of(
        &self,
        network: &Network,
        id: &str,
        work: &str,
    ) -> Option<(&CalendarRow, i64)> {
        let number = number(network, id)?;
        let copy = self.copy(number, work);
        let row = self.rows.get(copy.unwrap_or(number))?;
        let is_of_project = copy.is_none() && id.is_empty();
        Some((row, if is_of_project { -1 } else { row.uid }))
    }

    /// The id of the calendar that a uid stands for.
    pub(super) fn id(&self, uid: i64) -> &str {
        let told = self.told.iter().find(|told| told.uid == uid);
        let row = self.rows.iter().find(|row| row.uid == uid);
        let copied = told.and_then(|told| told.copy_of.as_deref());
        copied.or(row.map(|row| row.name.as_str())).unwrap_or("")
    }

    fn copy(&self, number: usize, work: &str) -> Option<usize> {
        let is_it = |copy: &(usize, String)| copy.0 == number && copy.1 == work;
        let place = self.copies.iter().position(is_it)?;
        Some(self.rows.len() - self.copies.len() + place)
    }

    fn row(
        &self,
        calendar: &Calendar,
        name: String,
        days: &WorkingDays,
        horizon: Horizon,
        window: (Date, Date),
    ) -> CalendarRow {
        let seconds = Hours::of_shifts(calendar.week.shifts_per_day).seconds();
        CalendarRow {
            uid: i64::try_from(self.rows.len()).unwrap_or(0) + 1,
            name,
            is_base: true,
            week_seconds: calendar.week.worked.map(|worked| if worked { seconds } else { 0 }),
            exceptions: exceptions(calendar, days, horizon, window, seconds),
        }
    }
}

/// Days on end that differ from the week; days off reach over those that the week has off anyway.
fn exceptions(
    calendar: &Calendar,
    days: &WorkingDays,
    horizon: Horizon,
    (first, last): (Date, Date),
    seconds: i64,
) -> Vec<ExceptionRow> {
    let mut found: Vec<ExceptionRow> = Vec::new();
    // Whether the last exception found may still grow: every day since is as it is.
    let mut is_open = false;
    for moment in horizon.morning(first)..=horizon.morning(last) {
        let day = horizon.day(moment);
        let is_worked = days.before(moment + 1) > days.before(moment);
        let differs = is_worked != calendar.week.is_worked(day.weekday());
        let seconds = if is_worked { seconds } else { 0 };
        match found.last_mut().filter(|last| is_open && last.seconds == seconds) {
            Some(last) if differs => last.last = day,
            None if differs => {
                found.push(ExceptionRow { first: day, last: day, seconds });
                is_open = true;
            }
            Some(last) => is_open = last.seconds == 0,
            None => is_open = false,
        }
    }
    found
}
