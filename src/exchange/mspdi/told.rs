//! What MSPDI has no word for, told to our own reader in JSON, beside what the file says plainly.
//!
//! Each part carries a print of the rows that it belongs to. A part whose print no longer fits is
//! not taken: another program changed the row, and what it says now counts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::schedule::{
    ActivityKind, Calendar, Constraint, Duration, LagCalendar, OutOfSequence, Progress,
    ProjectStartFloor,
};

/// Version of what is told.
pub(super) const FORMAT: u32 = 1;

/// What is told of the network as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ToldProject {
    pub(super) railcorridor: u32,
    pub(super) print: String,
    pub(super) data_date: Option<Date>,
    pub(super) finish_by: Option<Date>,
    pub(super) start_floor_is_msp: bool,
    pub(super) out_of_sequence_goes_on: bool,
    pub(super) horizon_years: i16,
    /// The letter of the calendar of most lags.
    pub(super) lag_calendar: char,
    pub(super) calendars: Vec<ToldCalendar>,
    pub(super) hammocks: Vec<ToldHammock>,
}

/// A calendar as a planner wrote it, or for whose work another one was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ToldCalendar {
    pub(super) uid: i64,
    pub(super) print: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) calendar: Option<Calendar>,
    /// Id of the calendar that it is a copy of, with the seasons closed to some work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) copy_of: Option<String>,
}

/// A hammock; its task is one of many to other programs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ToldHammock {
    pub(super) uid: i64,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) calendar: String,
    pub(super) over: Vec<String>,
}

/// What is told of a task.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct ToldTask {
    /// Its name is its id and not none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) named: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<ToldTime>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) held: Option<ToldHeld>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) links: Option<ToldLinks>,
}

/// Calendar, duration and progress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ToldTime {
    pub(super) print: String,
    pub(super) kind: char,
    /// Id of the calendar, empty for that of the project.
    pub(super) cal: String,
    /// Days as text, to the last digit; none if the fields tell a quantity and a rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) days: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) begun: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) done: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) left: Option<String>,
}

/// Dates that it is held to: a code and a day each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ToldHeld {
    pub(super) print: String,
    pub(super) dates: Vec<(i64, Date)>,
}

/// For each link the letter of its calendar, before it its number in the network, behind it a `w`
/// if it counts working days of a calendar of all days: `12p`, `3hw`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ToldLinks {
    pub(super) print: String,
    pub(super) list: String,
}

impl ToldHeld {
    /// Its constraints, if all codes are known.
    pub(super) fn constraints(&self) -> Option<Vec<Constraint>> {
        self.dates.iter().map(|(code, day)| super::codes::constraint(*code, *day)).collect()
    }
}

impl ToldTime {
    /// Duration and progress as told; the quantity comes from the fields.
    pub(super) fn duration(&self, quantity: Option<Duration>) -> Option<(Duration, Progress)> {
        let days = |text: &String| text.parse::<f64>().ok();
        let duration = match &self.days {
            Some(text) => Duration::Given { duration_days: days(text)? },
            None => quantity?,
        };
        let remaining_days = match &self.left {
            Some(text) => Some(days(text)?),
            None => None,
        };
        let (actual_start, actual_finish) = (self.begun, self.done);
        Some((duration, Progress { actual_start, actual_finish, remaining_days }))
    }
}

/// The letter of a kind.
pub(super) const fn kind_letter(kind: ActivityKind) -> char {
    match kind {
        ActivityKind::Task => 't',
        ActivityKind::StartMilestone => 's',
        ActivityKind::FinishMilestone => 'f',
    }
}

/// The kind of a letter.
pub(super) const fn kind_of(letter: char) -> ActivityKind {
    match letter {
        's' => ActivityKind::StartMilestone,
        'f' => ActivityKind::FinishMilestone,
        _ => ActivityKind::Task,
    }
}

/// The letter of a calendar of lags.
pub(super) const fn lag_letter(calendar: LagCalendar) -> char {
    match calendar {
        LagCalendar::Predecessor => 'p',
        LagCalendar::Successor => 's',
        LagCalendar::Project => 'j',
        LagCalendar::TwentyFourHours => 'h',
    }
}

/// The calendar of lags of a letter.
pub(super) const fn lag_calendar(letter: char) -> Option<LagCalendar> {
    match letter {
        'p' => Some(LagCalendar::Predecessor),
        's' => Some(LagCalendar::Successor),
        'j' => Some(LagCalendar::Project),
        'h' => Some(LagCalendar::TwentyFourHours),
        _ => None,
    }
}

impl ToldProject {
    /// What may lie before the start.
    pub(super) const fn start_floor(&self) -> ProjectStartFloor {
        if self.start_floor_is_msp { ProjectStartFloor::Msp } else { ProjectStartFloor::P6 }
    }

    /// What becomes of links that progress has overtaken.
    pub(super) const fn out_of_sequence(&self) -> OutOfSequence {
        if self.out_of_sequence_goes_on { OutOfSequence::GoOn } else { OutOfSequence::Wait }
    }

    /// Out of the notes of the project's own task, whatever words stand before it.
    pub(super) fn read(notes: &str) -> Option<Self> {
        let json = notes.get(notes.find('{')?..)?;
        let told: Self = serde_json::from_str(json.trim_end()).ok()?;
        (told.railcorridor == FORMAT).then_some(told)
    }
}
