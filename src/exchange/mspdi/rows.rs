//! What a file says, row by row, between its XML and a network.

use jiff::civil::{Date, DateTime};

use super::hours::{Hours, SHIFT_SECONDS};
use crate::exchange::print::print;
use crate::schedule::LinkKind;

/// The project.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ProjectRow {
    pub(super) title: String,
    pub(super) start: DateTime,
    /// Written for readers; read only where the schedule counts back from it.
    pub(super) finish: Option<DateTime>,
    pub(super) is_from_finish: bool,
    pub(super) status: Option<DateTime>,
    /// The day on which the file was saved, in place of a status date.
    pub(super) current: Option<DateTime>,
    pub(super) calendar_uid: i64,
    pub(super) calendars: Vec<CalendarRow>,
    pub(super) tasks: Vec<TaskRow>,
    /// What the notes of the project's own task tell our own reader.
    pub(super) told: String,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CalendarRow {
    pub(super) uid: i64,
    pub(super) name: String,
    /// Whether tasks may have it, which is not so for the calendar of a resource.
    pub(super) is_base: bool,
    /// Seconds worked on each day of the week, Monday first.
    pub(super) week_seconds: [i64; 7],
    pub(super) exceptions: Vec<ExceptionRow>,
}

/// Days on end that are not as the week says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ExceptionRow {
    pub(super) first: Date,
    pub(super) last: Date,
    /// None for days off.
    pub(super) seconds: i64,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct TaskRow {
    /// Where it begins in the file, bytes.
    pub(super) at: usize,
    pub(super) uid: i64,
    pub(super) name: String,
    pub(super) level: i64,
    pub(super) is_summary: bool,
    pub(super) is_milestone: bool,
    /// Scheduled by hand: it stays where it is.
    pub(super) is_manual: bool,
    pub(super) start: Option<DateTime>,
    pub(super) finish: Option<DateTime>,
    pub(super) seconds: i64,
    pub(super) format: i64,
    pub(super) percent: i64,
    pub(super) actual_start: Option<DateTime>,
    pub(super) actual_finish: Option<DateTime>,
    pub(super) remaining_seconds: Option<i64>,
    pub(super) constraint: i64,
    pub(super) constraint_date: Option<DateTime>,
    pub(super) deadline: Option<DateTime>,
    /// Below zero for that of the project.
    pub(super) calendar_uid: i64,
    pub(super) links: Vec<LinkRow>,
    pub(super) fields: Fields,
    pub(super) computed: Option<Computed>,
}

/// A link, at its successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkRow {
    /// Where it begins in the file, bytes.
    pub(super) at: usize,
    pub(super) from_uid: i64,
    pub(super) kind: LinkKind,
    /// Tenths of a minute, or per cent, as the format says.
    pub(super) lag_tenths: i64,
    pub(super) format: i64,
}

/// Custom fields of a task.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Fields {
    pub(super) id: String,
    pub(super) work: String,
    pub(super) told: String,
    pub(super) from_m: Option<f64>,
    pub(super) to_m: Option<f64>,
    pub(super) quantity: Option<f64>,
    pub(super) rate_per_shift: Option<f64>,
    pub(super) crews: Option<f64>,
}

/// What is computed, and written for those who do not compute it themselves.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Computed {
    pub(super) outline_number: String,
    pub(super) early_start: DateTime,
    pub(super) early_finish: DateTime,
    pub(super) late_start: DateTime,
    pub(super) late_finish: DateTime,
    pub(super) free_slack_tenths: i64,
    pub(super) total_slack_tenths: i64,
    pub(super) is_critical: bool,
    pub(super) actual_seconds: i64,
}

impl CalendarRow {
    /// Seconds of its day: of most days of its week, of more where as many have more.
    pub(super) fn day_seconds(&self) -> i64 {
        let worked = || self.week_seconds.iter().copied().filter(|seconds| *seconds > 0);
        let often = |seconds: i64| worked().filter(|other| *other == seconds).count();
        worked().max_by_key(|seconds| (often(*seconds), *seconds)).unwrap_or(SHIFT_SECONDS)
    }

    /// Shifts of its day, one to three.
    pub(super) fn shifts_per_day(&self) -> u8 {
        let shifts = (self.day_seconds() + SHIFT_SECONDS / 2) / SHIFT_SECONDS;
        u8::try_from(shifts.clamp(1, 3)).unwrap_or(1)
    }

    /// The hours of its shifts.
    pub(super) fn hours(&self) -> Hours {
        Hours::of_shifts(self.shifts_per_day())
    }

    /// A print of its name and days, by which it is known whether another program changed them.
    pub(super) fn print(&self) -> String {
        let mut text = format!("{} {:?}", self.name, self.week_seconds);
        for ExceptionRow { first, last, seconds } in &self.exceptions {
            text.push_str(&format!(" {first} {last} {seconds}"));
        }
        print(&text)
    }
}

impl TaskRow {
    /// A print of its duration, calendar and progress.
    pub(super) fn time_print(&self) -> String {
        print(&format!(
            "{} {} {} {} {} {} {}",
            self.is_milestone,
            self.seconds,
            self.percent,
            moment(self.actual_start),
            moment(self.actual_finish),
            self.remaining_seconds.unwrap_or(self.seconds),
            self.calendar_uid,
        ))
    }

    /// A print of the dates that it is held to.
    pub(super) fn held_print(&self) -> String {
        let (date, deadline) = (moment(self.constraint_date), moment(self.deadline));
        print(&format!("{} {date} {deadline}", self.constraint))
    }

    /// A print of the links into it.
    pub(super) fn links_print(&self) -> String {
        let mut text = self.uid.to_string();
        for LinkRow { from_uid, kind, lag_tenths, format, .. } in &self.links {
            text.push_str(&format!(" {from_uid} {} {lag_tenths} {format}", kind.letters()));
        }
        print(&text)
    }
}

impl ProjectRow {
    /// A print of what holds for all of it.
    pub(super) fn print(&self) -> String {
        print(&format!("{} {}", self.start, moment(self.status)))
    }

    /// The calendar of a uid; that of the project if it is below zero.
    pub(super) fn calendar(&self, uid: i64) -> Option<&CalendarRow> {
        let uid = if uid < 0 { self.calendar_uid } else { uid };
        self.calendars.iter().find(|calendar| calendar.uid == uid)
    }
}

fn moment(moment: Option<DateTime>) -> String {
    moment.map_or_else(|| "-".to_owned(), |moment| moment.to_string())
}
