//! The calendars of a file read into rows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Time;
use roxmltree::Node;

use super::hours::{DAY_SECONDS, SHIFT_SECONDS};
use super::recurring::Pattern;
use super::rows::{CalendarRow, ExceptionRow};
use super::xml::{Source, child, list, text};
use crate::error::{Error, Result};
use crate::exchange::note::Notes;

/// No file may have more calendars that tasks use.
const MOST_CALENDARS: usize = 2_000;
/// Days that all exceptions of a file may be looked at on.
const MOST_DAYS: i64 = 5_000_000;
/// How many calendars may rest upon one another.
const DEEP: usize = 8;

/// What of a week a base calendar says and another that rests on it may leave open.
type OpenWeek = [Option<i64>; 7];

/// The calendars that tasks may have.
pub(super) struct Calendars {
    pub(super) rows: Vec<CalendarRow>,
    /// Uid of the calendar of the project.
    pub(super) project: i64,
}

/// The base calendars of a file, and others that tasks use; that of the project comes first.
pub(super) fn calendars(
    source: &Source<'_>,
    root: Node<'_, '_>,
    project: i64,
    used: &BTreeSet<i64>,
    notes: &mut Notes,
) -> Result<Calendars> {
    let number = |node: Node<'_, '_>, name: &str| {
        child(node, name).map(|one| source.number(one)).transpose()
    };
    let mut nodes = BTreeMap::new();
    let mut uids = Vec::new();
    for node in list(root, "Calendars", "Calendar") {
        let uid = number(node, "UID")?.unwrap_or(-1);
        let is_base = child(node, "IsBaseCalendar").map(|one| source.flag(one)).transpose()?;
        nodes.insert(uid, node);
        if uid >= 0 && (is_base != Some(false) || used.contains(&uid) || uid == project) {
            uids.push((uid, is_base != Some(false)));
        }
    }
    if uids.len() > MOST_CALENDARS {
        return Err(limit(&format!("{} calendars", uids.len()), &MOST_CALENDARS.to_string()));
    }
    let mut read = CalendarReader { source, nodes, days_left: MOST_DAYS };
    let mut rows = Vec::with_capacity(uids.len().max(1));
    for (uid, is_base) in uids {
        if rows.iter().any(|row: &CalendarRow| row.uid == uid) {
            continue;
        }
        rows.push(read.row(uid, is_base, notes)?);
    }
    if let Some(place) = rows.iter().position(|row| row.uid == project) {
        if let Some(front) = rows.get_mut(..=place) {
            front.rotate_right(1);
        }
    } else {
        let at = root.range().start;
        source.note(notes, at, "Calendars", || {
            "the project names no calendar of the file; one from Monday to Friday stands for it"
                .to_owned()
        });
        let taken: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let name = if taken.contains(&"Standard") { "Monday to Friday" } else { "Standard" };
        let week_seconds = usual_week();
        let exceptions = Vec::new();
        let uid = rows.iter().map(|row| row.uid).max().unwrap_or(0).saturating_add(1);
        let row =
            CalendarRow { uid, name: name.to_owned(), is_base: true, week_seconds, exceptions };
        rows.insert(0, row);
    }
    named(&mut rows);
    Ok(Calendars { project: rows.first().map_or(-1, |row| row.uid), rows })
}

/// Gives each calendar a name of its own.
fn named(rows: &mut [CalendarRow]) {
    let mut names = BTreeSet::new();
    for row in rows {
        if row.name.is_empty() {
            row.name = format!("calendar {}", row.uid);
        }
        while !names.insert(row.name.clone()) {
            row.name = format!("{} ({})", row.name, row.uid);
        }
    }
}

/// Monday to Friday.
fn usual_week() -> [i64; 7] {
    [SHIFT_SECONDS, SHIFT_SECONDS, SHIFT_SECONDS, SHIFT_SECONDS, SHIFT_SECONDS, 0, 0]
}

struct CalendarReader<'a, 'd> {
    source: &'a Source<'d>,
    nodes: BTreeMap<i64, Node<'a, 'd>>,
    days_left: i64,
}

impl<'a, 'd> CalendarReader<'a, 'd> {
    fn row(&mut self, uid: i64, is_base: bool, notes: &mut Notes) -> Result<CalendarRow> {
        let mut row = CalendarRow {
            uid,
            name: String::new(),
            is_base,
            week_seconds: usual_week(),
            exceptions: Vec::new(),
        };
        let (mut open, mut next): (OpenWeek, i64) = ([None; 7], uid);
        for depth in 0..DEEP {
            let Some(node) = self.nodes.get(&next).copied() else { break };
            if depth == 0 {
                row.name = child(node, "Name").map(text).unwrap_or_default();
                others(self.source, node, notes);
            }
            self.week(node, &mut open)?;
            self.exceptions(node, &mut row.exceptions, notes)?;
            let base = child(node, "BaseCalendarUID").map(|one| self.source.number(one));
            next = base.transpose()?.unwrap_or(-1);
            if next < 0 {
                break;
            }
        }
        for (day, open) in row.week_seconds.iter_mut().zip(open) {
            *day = open.unwrap_or(*day);
        }
        let day_seconds = row.day_seconds();
        let is_other = |seconds: &i64| *seconds != 0 && *seconds != day_seconds;
        let exceptions = row.exceptions.iter().map(|one| &one.seconds);
        if row.week_seconds.iter().chain(exceptions).any(is_other)
            && let Some(node) = self.nodes.get(&uid)
        {
            self.source.note(notes, node.range().start, "hours", || {
                format!(
                    "calendar {} has days of several lengths; each is a whole day here",
                    row.name
                )
            });
        }
        Ok(row)
    }

    /// The days of a week that are still open.
    fn week(&self, node: Node<'_, '_>, open: &mut OpenWeek) -> Result<()> {
        for day in list(node, "WeekDays", "WeekDay") {
            let kind = child(day, "DayType").map(|one| self.source.number(one)).transpose()?;
            // 1 is Sunday, the last day of our week.
            let place = kind.filter(|kind| (1..=7).contains(kind)).map(|kind| (kind + 5) % 7);
            let place = place.and_then(|place| usize::try_from(place).ok());
            if let Some(slot) = place.and_then(|place| open.get_mut(place))
                && slot.is_none()
            {
                *slot = Some(self.worked(day)?);
            }
        }
        Ok(())
    }

    /// Seconds worked on a day of the week, or of an exception.
    fn worked(&self, day: Node<'_, '_>) -> Result<i64> {
        let is_working = child(day, "DayWorking").map(|one| self.source.flag(one)).transpose()?;
        if is_working == Some(false) {
            return Ok(0);
        }
        let (mut seconds, mut has_times) = (0, false);
        for time in list(day, "WorkingTimes", "WorkingTime") {
            let edge = |name: &str| child(time, name).map(|one| self.source.time(one)).transpose();
            let (Some(from), Some(to)) = (edge("FromTime")?, edge("ToTime")?) else { continue };
            has_times = true;
            let end = if to == Time::midnight() { DAY_SECONDS } else { of_day(to) };
            seconds += (end - of_day(from)).max(0);
        }
        let unsaid = if is_working == Some(true) { SHIFT_SECONDS } else { 0 };
        Ok(if has_times { seconds.min(DAY_SECONDS) } else { unsaid })
    }

    /// The exceptions of a calendar; those that are written as days of the week only where the
    /// file has no others.
    fn exceptions(
        &mut self,
        node: Node<'_, '_>,
        found: &mut Vec<ExceptionRow>,
        notes: &mut Notes,
    ) -> Result<()> {
        let new: Vec<Node<'_, '_>> = list(node, "Exceptions", "Exception").collect();
        let is_old = |day: &Node<'_, '_>| child(*day, "TimePeriod").is_some();
        let old = list(node, "WeekDays", "WeekDay").filter(is_old);
        let all: Vec<Node<'_, '_>> = if new.is_empty() { old.collect() } else { new };
        for one in all {
            let Some(period) = child(one, "TimePeriod") else { continue };
            let day = |name: &str| child(period, name).map(|one| self.source.day(one)).transpose();
            let (Some(first), Some(last)) = (day("FromDate")?, day("ToDate")?) else { continue };
            let pattern = self.pattern(one)?;
            let at = one.range().start;
            if !pattern.is_known() {
                self.source.note(notes, at, "Exception", || {
                    format!("exceptions of type {} are left out", pattern.kind)
                });
                continue;
            }
            let seconds = self.worked(one)?;
            let days = last.duration_since(first).as_hours() / 24 + 1;
            if pattern.is_daily() && seconds == 0 {
                found.extend((first <= last).then_some(ExceptionRow { first, last, seconds }));
                continue;
            }
            self.days_left -= days.max(1);
            if self.days_left < 0 {
                return Err(limit("looking at more days", &format!("{MOST_DAYS} days")));
            }
            let series = first.series(1.day()).take_while(|day| *day <= last);
            for day in series.filter(|day| pattern.holds(first, *day)) {
                let before = day.yesterday().ok();
                match found.last_mut() {
                    Some(run) if run.seconds == seconds && Some(run.last) == before => {
                        run.last = day
                    }
                    _ => found.push(ExceptionRow { first: day, last: day, seconds }),
                }
            }
        }
        Ok(())
    }

    fn pattern(&self, node: Node<'_, '_>) -> Result<Pattern> {
        let number = |name: &str, unsaid: i64| {
            let found = child(node, name).map(|one| self.source.number(one)).transpose();
            found.map(|found| found.unwrap_or(unsaid))
        };
        Ok(Pattern {
            kind: number("Type", 1)?,
            period: number("Period", 1)?,
            days_of_week: number("DaysOfWeek", 0)?,
            month_item: number("MonthItem", 0)?,
            month_position: number("MonthPosition", 0)?,
            month: number("Month", 0)?,
            month_day: number("MonthDay", 0)?,
        })
    }
}

/// Notes of what a calendar says besides.
fn others(source: &Source<'_>, node: Node<'_, '_>, notes: &mut Notes) {
    let has_period = |week: &Node<'_, '_>| child(*week, "TimePeriod").is_some();
    for week in list(node, "WorkWeeks", "WorkWeek").filter(has_period) {
        source.note(notes, week.range().start, "WorkWeek", || {
            "weeks of a calendar that hold for a time only are left out".to_owned()
        });
    }
}

fn of_day(time: Time) -> i64 {
    3_600 * i64::from(time.hour()) + 60 * i64::from(time.minute()) + i64::from(time.second())
}

fn limit(needed: &str, limit: &str) -> Error {
    Error::Limit {
        item: "a file of a schedule".to_owned(),
        needed: needed.to_owned(),
        limit: limit.to_owned(),
        hint: "take out calendars that no task uses".to_owned(),
    }
}
