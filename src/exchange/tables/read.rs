//! Tables of tasks and links read into a network.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::rows::{Row, Rows};
use super::words::{self, KINDS, LAG_CALENDARS, LAG_UNITS, LINK_KINDS};
use super::{LINK_COLUMNS, TASK_COLUMNS};
use crate::error::Result;
use crate::exchange::length::m_of_km;
use crate::exchange::mspdi::{FileDates, Imported};
use crate::exchange::note::Notes;
use crate::exchange::outline::{Outline, Place, SegmentName};
use crate::schedule::{
    Activity, ActivityKind, Duration, LagCalendar, LagUnit, Link, LinkKind, Network, Progress,
};

/// What a cell of a day should be.
const DAY: &str = "a day such as 2026-01-05";
/// What a cell of a number should be.
const NUMBER: &str = "a number with a point, such as 2.5";

/// Tasks and links out of two tables, put into a network that has calendars and a start.
///
/// Columns may lie in any order and be left out, but for `id` of tasks, `from` and `to` of links.
/// What is not said is usual: a task, FS, no lag, working days of the predecessor's calendar. Dates
/// and floats are computed and not read, but for `early_start` and `early_finish`, which are passed
/// on as dates of the file.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::exchange::from_csv;
/// use railcorridor::schedule::{Calendar, Network, WorkingWeek};
///
/// let site = Calendar::new("site", WorkingWeek::FRIDAY_OFF);
/// let empty = Network::new(date(2026, 1, 5), site);
/// let tasks = "id,duration_days\nfill,9\nballast,4\n";
/// let links = "from,to,lag\nfill,ballast,2\n";
/// let network = from_csv(tasks, links, empty)?.network;
/// // Two days of lag behind Wednesday 14 January: Thursday, Saturday; Sunday to Wednesday.
/// assert_eq!(network.compile()?.dates()?.finish(), date(2026, 1, 21));
/// # Ok::<(), railcorridor::Error>(())
/// ```
///
/// # Errors
/// [`Error::Exchange`](crate::Error::Exchange) with table and line for a column that is missing and
/// a cell that cannot be read; [`Error::Limit`](crate::Error::Limit) for tables that are too large.
/// Names of calendars and activities are looked up by [`Network::compile`].
pub fn from_csv(tasks: &str, links: &str, empty: Network) -> Result<Imported> {
    let mut notes = Notes::default();
    let mut network = empty;
    let (mut outline, mut file_dates) = (Outline::default(), Vec::new());
    (network.activities, network.links) = (Vec::new(), Vec::new());
    let mut rows = Rows::new("tasks", tasks, &TASK_COLUMNS, &["id"], &mut notes)?;
    rows.each(|row| {
        network.activities.push(activity(row)?);
        outline.places.push(place(row)?);
        let (start, finish) = (row.maybe("early_start", DAY)?, row.maybe("early_finish", DAY)?);
        file_dates.push(FileDates { start, finish });
        Ok(())
    })?;
    let mut rows = Rows::new("links", links, &LINK_COLUMNS, &["from", "to"], &mut notes)?;
    rows.each(|row| {
        network.links.push(link(row)?);
        Ok(())
    })?;
    let mut seen = BTreeSet::from([""]);
    for place in &outline.places {
        if seen.insert(&place.segment) {
            let id = place.segment.clone();
            outline.segments.push(SegmentName { name: id.clone(), id });
        }
    }
    if outline.places.iter().all(|place| *place == Place::default()) {
        outline.places.clear();
    }
    Ok(Imported { network, outline, file_dates, notes: notes.into_list() })
}

fn activity(row: &Row<'_>) -> Result<Activity> {
    let id = row.text("id");
    if id.is_empty() {
        return Err(row.wrong("a task without id".to_owned(), "give each an id of its own"));
    }
    let kind = row.maybe_with("kind", &words::known(&KINDS), |word| words::thing(&KINDS, word))?;
    let constraints = "such as start-no-earlier 2026-03-01; finish-no-later 2026-06-30";
    let constraints = row.maybe_with("constraints", constraints, words::constraints)?;
    Ok(Activity {
        name: row.text("name").to_owned(),
        kind: kind.unwrap_or(ActivityKind::Task),
        calendar: row.text("calendar").to_owned(),
        work: row.text("work").to_owned(),
        duration: duration(row)?,
        constraints: constraints.unwrap_or_default(),
        progress: Progress {
            actual_start: row.maybe::<Date>("actual_start", DAY)?,
            actual_finish: row.maybe::<Date>("actual_finish", DAY)?,
            remaining_days: row.maybe("remaining_days", NUMBER)?,
        },
        ..Activity::task(id, 0.0)
    })
}

/// A quantity and a rate go before the days that follow from them.
fn duration(row: &Row<'_>) -> Result<Duration> {
    let number = |column: &str| row.maybe::<f64>(column, NUMBER);
    if let (Some(quantity), Some(rate_per_shift)) = (number("quantity")?, number("rate_per_shift")?)
    {
        let crews = row.maybe("crews", "a whole number from 1 to 65,535")?.unwrap_or(1);
        return Ok(Duration::Quantity { quantity, rate_per_shift, crews });
    }
    Ok(Duration::Given { duration_days: number("duration_days")?.unwrap_or(0.0) })
}

fn place(row: &Row<'_>) -> Result<Place> {
    let km = |column: &str| {
        let length_m = row.maybe_with(column, NUMBER, m_of_km)?;
        match length_m {
            Some(length_m) if !length_m.is_finite() => {
                Err(row.wrong(format!("{column} is no length"), NUMBER))
            }
            other => Ok(other),
        }
    };
    let segment = row.text("segment").to_owned();
    Ok(Place { segment, from_m: km("km_from")?, to_m: km("km_to")? })
}

fn link(row: &Row<'_>) -> Result<Link> {
    let kind =
        row.maybe_with("kind", "FS, SS, FF or SF", |word| words::thing(&LINK_KINDS, word))?;
    let unit = words::known(&LAG_UNITS);
    let unit = row.maybe_with("lag_unit", &unit, |word| words::thing(&LAG_UNITS, word))?;
    let calendar = words::known(&LAG_CALENDARS);
    let calendar =
        row.maybe_with("lag_calendar", &calendar, |word| words::thing(&LAG_CALENDARS, word))?;
    let kind = kind.unwrap_or(LinkKind::FinishStart);
    Ok(Link {
        lag_days: row.maybe("lag", "whole days, such as 2 or -1")?.unwrap_or(0),
        lag_unit: unit.unwrap_or(LagUnit::Working),
        lag_calendar: calendar.unwrap_or(LagCalendar::Predecessor),
        ..Link::new(row.text("from"), row.text("to"), kind)
    })
}
