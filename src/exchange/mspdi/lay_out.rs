//! A network and its dates laid out in rows: activities below their segments, then hammocks.

use jiff::civil::Date;

use super::calendars::{self, Laid};
use super::hours::Hours;
use super::rows::{CalendarRow, ProjectRow};
use super::told::{FORMAT, ToldHammock, ToldProject, ToldTask};
use super::{links, summaries};
use crate::error::{Error, Result};
use crate::exchange::note::Notes;
use crate::exchange::outline::Outline;
use crate::schedule::{Compiled, Dates, Network, OutOfSequence, ProjectStartFloor, WorkingDays};

/// All that is needed to lay out one activity.
pub(super) struct Sheet<'a> {
    pub(super) network: &'a Network,
    pub(super) compiled: &'a Compiled<'a>,
    pub(super) dates: &'a Dates<'a>,
    pub(super) calendars: &'a Laid,
    /// The hours whose end is the latest of all calendars: a moment in the evening lies there.
    pub(super) latest: Hours,
    pub(super) project_days: WorkingDays,
}

/// The rows of a network with its dates, and what other programs will not know of it.
pub(super) fn lay_out(network: &Network, outline: &Outline) -> Result<(ProjectRow, Notes)> {
    if !outline.places.is_empty() && outline.places.len() != network.activities.len() {
        return Err(Error::Exchange {
            place: "outline".to_owned(),
            problem: format!(
                "{} places for {} activities",
                outline.places.len(),
                network.activities.len()
            ),
            hint: "give each activity its place, or none of them".to_owned(),
        });
    }
    let lengths = outline.places.iter().flat_map(|place| [place.from_m, place.to_m]);
    if let Some(length_m) = lengths.flatten().find(|length_m| !length_m.is_finite()) {
        return Err(Error::OutOfRange {
            item: "from_m or to_m of a place".to_owned(),
            value: length_m,
            limit: "finite numbers".to_owned(),
            hint: "correct the outline".to_owned(),
        });
    }
    let compiled = network.compile()?;
    let dates = compiled.dates()?;
    let (first, last) = ends(network, &dates);
    let mut notes = Notes::default();
    let window = calendars::window(dates.horizon(), first, last);
    let calendars = calendars::laid(network, dates.horizon(), window, &mut notes)?;
    let hours = calendars.rows.iter().map(CalendarRow::hours);
    let latest = hours.max().unwrap_or(Hours::One);
    let project_days = match network.calendars.first() {
        Some(calendar) => WorkingDays::new(calendar, "", dates.horizon())?,
        None => WorkingDays::every_day(dates.horizon()),
    };
    let (compiled, dates, calendars) = (&compiled, &dates, &calendars);
    let sheet = Sheet { network, compiled, dates, calendars, latest, project_days };
    let mut tasks = Vec::with_capacity(network.activities.len());
    let mut told = Vec::with_capacity(network.activities.len());
    for (place, activity) in network.activities.iter().enumerate() {
        let (task, known) = sheet.task(place, activity, outline, &mut notes)?;
        tasks.push(task);
        told.push(known);
    }
    let lag_calendar = links::lay(&sheet, &mut tasks, &mut told, &mut notes)?;
    for (task, told) in tasks.iter_mut().zip(&told) {
        if *told != ToldTask::default() {
            task.fields.told = json(told)?;
        }
    }
    let mut project = sheet.project(outline, lag_calendar, last)?;
    project.tasks = summaries::in_outline(&sheet, outline, tasks, &project)?;
    Ok((project, notes))
}

/// The first and the last day that the dates of a network speak of.
fn ends(network: &Network, dates: &Dates<'_>) -> (Date, Date) {
    let days = (0..network.activities.len()).flat_map(|place| {
        let facts = network.activities.get(place).and_then(|one| one.progress.actual_start);
        let starts = [dates.early_start(place), dates.late_start(place)];
        starts.into_iter().chain([dates.early_finish(place), dates.late_finish(place)]).chain(facts)
    });
    let start = network.start;
    let ends = days
        .chain(network.data_date)
        .fold((start, start), |(first, last), day| (first.min(day), last.max(day)));
    (ends.0, ends.1.max(dates.finish()))
}

impl Sheet<'_> {
    /// What holds for the whole, without tasks.
    fn project(&self, outline: &Outline, lag_calendar: char, last: Date) -> Result<ProjectRow> {
        let network = self.network;
        let calendar = self.calendars.rows.first();
        let hours = calendar.map_or(Hours::One, CalendarRow::hours);
        // Status is taken in the evening, the data date is a morning.
        let status =
            network.data_date.map(|day| Hours::One.evening(day.yesterday().unwrap_or(day)));
        let mut project = ProjectRow {
            title: outline.title.clone(),
            start: hours.morning(network.start)?,
            finish: Some(self.latest.evening(self.dates.finish().min(last))?),
            is_from_finish: false,
            status: status.transpose()?,
            current: None,
            calendar_uid: calendar.map_or(-1, |calendar| calendar.uid),
            calendars: self.calendars.rows.clone(),
            tasks: Vec::new(),
            told: String::new(),
        };
        let first_uid = network.activities.len() + 1;
        let hammocks = (first_uid..).zip(&network.hammocks).map(|(uid, hammock)| ToldHammock {
            uid: i64::try_from(uid).unwrap_or(i64::MAX),
            id: hammock.id.clone(),
            name: hammock.name.clone(),
            calendar: hammock.calendar.clone(),
            over: hammock.over.clone(),
        });
        let told = ToldProject {
            railcorridor: FORMAT,
            print: project.print(),
            data_date: network.data_date,
            finish_by: network.finish_by,
            start_floor_is_msp: network.start_floor == ProjectStartFloor::Msp,
            out_of_sequence_goes_on: network.out_of_sequence == OutOfSequence::GoOn,
            horizon_years: network.horizon_years,
            lag_calendar,
            calendars: self.calendars.told.clone(),
            hammocks: hammocks.collect(),
        };
        project.told = json(&told)?;
        Ok(project)
    }
}

fn json<T: serde::Serialize>(told: &T) -> Result<String> {
    serde_json::to_string(told).map_err(|error| Error::Exchange {
        place: "what is told to our own reader".to_owned(),
        problem: error.to_string(),
        hint: "write finite numbers only".to_owned(),
    })
}
