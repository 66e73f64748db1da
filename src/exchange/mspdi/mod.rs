//! Microsoft Project's XML, MSPDI: what most programs of the trade read and write.
//!
//! A file is read into rows and a network made of them; a network is laid out in rows and these
//! are written. So what a row says plainly is known on both sides, and only what it cannot say is
//! told besides, in custom fields and in the notes of the project's own task. What is told holds as
//! long as the row is as it was written; where another program changed it, the row counts.

mod activity_in;
mod calendars;
mod codes;
mod hours;
mod lay_out;
mod lay_task;
mod links;
mod links_in;
mod network;
mod plain;
mod read;
mod read_calendar;
mod read_task;
mod recurring;
mod rows;
mod summaries;
mod told;
mod tree;
mod write;
mod write_task;
mod xml;

use jiff::civil::Date;

use super::note::Note;
use super::outline::Outline;
use crate::error::Result;
use crate::schedule::Network;

/// A network as a file of another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text of the file.
    pub text: String,
    /// What the other program cannot keep or will count otherwise.
    pub notes: Vec<Note>,
}

/// A network out of a file of another program.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Activities, links and calendars.
    pub network: Network,
    /// Its title, and where each activity is.
    pub outline: Outline,
    /// The dates of each activity in the file, in the order of the network.
    pub file_dates: Vec<FileDates>,
    /// What the file says and a network cannot hold, with its place in the file.
    pub notes: Vec<Note>,
}

/// When a file says that an activity is begun and finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileDates {
    /// The day of its start, if the file has one.
    pub start: Option<Date>,
    /// The day of its finish.
    pub finish: Option<Date>,
}

/// A network, with the dates that it computes to, as XML for Microsoft Project and all who read
/// the same.
///
/// Every segment becomes a summary task and each activity a task below it; kilometres are in the
/// custom fields `Number1` and `Number2`. A calendar is written as its week and, day by day up to
/// five years after the finish, what differs from it: holidays, rotations, closed seasons. Work of
/// a kind that a season closes gets a calendar of its own.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::exchange::{Outline, from_mspdi, to_mspdi};
/// use railcorridor::schedule::{Activity, Calendar, Link, Network, WorkingWeek};
///
/// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::FRIDAY_OFF));
/// network.activities = vec![Activity::task("fill", 9.0), Activity::task("ballast", 4.0)];
/// network.links = vec![Link::finish_start("fill", "ballast").lag_days(-2)];
/// let file = to_mspdi(&network, &Outline::default())?;
/// // Nine days of eight hours from Monday, Friday off; two days of eight hours in tenths of minutes.
/// assert!(file.text.contains("<Finish>2026-01-14T17:00:00</Finish>"));
/// assert!(file.text.contains("<LinkLag>-9600</LinkLag>"));
/// assert_eq!(from_mspdi(&file.text)?.network, network);
/// # Ok::<(), railcorridor::Error>(())
/// ```
///
/// # Errors
/// Those of [`Network::compile`] and [`Compiled::dates`](crate::schedule::Compiled::dates);
/// [`Error::Exchange`](crate::Error::Exchange) for a text that no XML holds, a date outside 1984 to
/// 2149, and a lag that 32 bits of tenths of a minute do not hold.
pub fn to_mspdi(network: &Network, outline: &Outline) -> Result<Written> {
    let (project, notes) = lay_out::lay_out(network, outline)?;
    let text = write::text(&project)?;
    Ok(Written { text, notes: notes.into_list() })
}

/// A network out of XML of Microsoft Project, and what of the file it cannot hold.
///
/// Durations and lags are counted in working days of the task's calendar, whose hours a day may
/// differ from eight; a lag counts in the calendar of the successor, as Microsoft Project counts.
/// Links of summary tasks are spread over the tasks below them. A task that is scheduled by hand
/// must start on its day, a deadline is a finish "no later".
///
/// # Errors
/// [`Error::Exchange`](crate::Error::Exchange), with line and column, for what is no such file, a
/// document type, a number, date or unit that is none, a task that is named and not there;
/// [`Error::Limit`](crate::Error::Limit) for a file that is too large. Cycles are found by
/// [`Network::compile`].
pub fn from_mspdi(text: &str) -> Result<Imported> {
    let document = super::xml::document(text, &xml::KIND)?;
    let source = xml::Source::new(&document);
    let mut notes = super::note::Notes::default();
    let project = read::project(&source, &mut notes)?;
    network::imported(&source, &project, notes)
}
