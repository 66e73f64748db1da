//! A network and its dates laid out in rows: activities below their segments, then hammocks.

use jiff::civil::{Date, DateTime};

use super::calendars::{self, Laid};
use super::codes::{self, FORMAT_DAYS, FORMAT_HOURS};
use super::hours::Hours;
use super::rows::{CalendarRow, Computed, Fields, ProjectRow, TaskRow};
use super::told::{FORMAT, ToldHammock, ToldHeld, ToldProject, ToldTask, ToldTime};
use super::{links, plain, summaries};
use crate::error::{Error, Result};
use crate::exchange::note::Notes;
use crate::exchange::outline::Outline;
use crate::schedule::{
    Activity, ActivityKind, Compiled, Dates, Duration, Network, OutOfSequence, ProjectStartFloor, WorkingDays,
};

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
    let ends = days.chain(network.data_date).fold((start, start), |(first, last), day| {
        (first.min(day), last.max(day))
    });
    (ends.0, ends.1.max(dates.finish()))
}

impl Sheet<'_> {
    /// What holds for the whole, without tasks.
    fn project(&self, outline: &Outline, lag_calendar: char, last: Date) -> Result<ProjectRow> {
        let network = self.network;
        let calendar = self.calendars.rows.first();
        let hours = calendar.map_or(Hours::One, CalendarRow::hours);
        // Status is taken in the evening, the data date is a morning.
        let status = network.data_date.map(|day| Hours::One.evening(day.yesterday().unwrap_or(day)));
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

    /// The row of an activity without links, and what it does not say.
    fn task(
        &self,
        place: usize,
        activity: &Activity,
        outline: &Outline,
        notes: &mut Notes,
    ) -> Result<(TaskRow, ToldTask)> {
        let found = self.calendars.of(self.network, &activity.calendar, &activity.work);
        let (calendar, calendar_uid) = found.ok_or_else(|| Error::Unknown {
            what: "calendar",
            name: activity.calendar.clone(),
            hint: format!("activity {} names it", activity.id),
        })?;
        let kind = activity.kind;
        let (morning, evening) = self.edges(kind, calendar);
        let mut task = TaskRow {
            uid: i64::try_from(place).unwrap_or(0) + 1,
            name: if activity.name.is_empty() { &activity.id } else { &activity.name }.clone(),
            is_milestone: kind != ActivityKind::Task,
            format: if calendar.hours() == Hours::One { FORMAT_DAYS } else { FORMAT_HOURS },
            calendar_uid,
            fields: fields(activity, outline, place),
            ..TaskRow::default()
        };
        self.time(&mut task, place, activity, (calendar, morning, evening))?;
        held(&mut task, activity, morning, evening)?;
        let told = self.told(&task, activity, calendar, notes);
        Ok((task, told))
    }

    /// When days begin and end for an activity: a moment of the evening has no morning.
    fn edges(&self, kind: ActivityKind, calendar: &CalendarRow) -> (Edge, Edge) {
        let hours = calendar.hours();
        match kind {
            ActivityKind::Task => (Edge::Morning(hours), Edge::Evening(hours)),
            ActivityKind::StartMilestone => (Edge::Morning(hours), Edge::Morning(hours)),
            ActivityKind::FinishMilestone => {
                (Edge::Evening(self.latest), Edge::Evening(self.latest))
            }
        }
    }

    /// Dates, duration and progress.
    fn time(
        &self,
        task: &mut TaskRow,
        place: usize,
        activity: &Activity,
        (calendar, morning, evening): (&CalendarRow, Edge, Edge),
    ) -> Result<()> {
        let Sheet { compiled, dates, .. } = self;
        let position = compiled.positions().get(place).map_or(usize::MAX, |at| *at as usize);
        let days = compiled.durations_days().get(position).copied().unwrap_or(0);
        let number = compiled.calendar_numbers().get(position).copied().unwrap_or(0);
        let worked = |first: Date, after: Date| {
            let before = |day: Date| {
                compiled.calendar(number).map_or(0, |days| days.before(dates.horizon().morning(day)))
            };
            i64::from((before(after) - before(first)).max(0))
        };
        let day_seconds = calendar.day_seconds();
        let is_work = kind_is_work(activity);
        // A task without days begins and ends on a morning, as a moment does.
        let at_end = |day: Date, has_days: bool| {
            if has_days || !is_work { evening.of(day) } else { morning.of(day) }
        };
        let progress = &activity.progress;
        let mut actual_days = 0;
        task.seconds = i64::from(days) * day_seconds;
        let mut first = dates.early_start(place);
        if let Some(start) = progress.actual_start.or(progress.actual_finish) {
            first = if is_work { start } else { progress.actual_finish.unwrap_or(start) };
            task.actual_start = Some(morning.of(first)?);
            let after = progress.actual_finish.map(|day| day.tomorrow().unwrap_or(day));
            if is_work {
                actual_days = worked(first, after.or(self.network.data_date).unwrap_or(first));
            }
            let left = if progress.actual_finish.is_some() { 0 } else { i64::from(days) };
            task.seconds = (actual_days + left) * day_seconds;
            task.remaining_seconds = Some(left * day_seconds);
            // What is begun and not finished is never done in full.
            let percent = (100 * actual_days).checked_div(actual_days + left);
            task.percent = percent.unwrap_or(0).min(99);
        }
        let last = progress.actual_finish.unwrap_or(dates.early_finish(place));
        let has_days = task.seconds > 0;
        let finish = at_end(last, has_days || progress.actual_finish.is_some())?;
        task.start = Some(morning.of(first)?);
        task.finish = Some(finish);
        if progress.actual_finish.is_some() {
            task.actual_finish = Some(finish);
            task.percent = 100;
        }
        let tenths = |days: i32| i64::from(days).saturating_mul(day_seconds / 6);
        task.computed = Some(Computed {
            outline_number: String::new(),
            early_start: morning.of(first)?,
            early_finish: finish,
            late_start: morning.of(dates.late_start(place))?,
            late_finish: at_end(dates.late_finish(place), has_days)?,
            free_slack_tenths: tenths(dates.free_float_days(place)),
            total_slack_tenths: tenths(dates.total_float_days(place)),
            is_critical: dates.is_critical(place),
            actual_seconds: actual_days * day_seconds,
        });
        Ok(())
    }

    /// What the row does not say of the activity.
    fn told(
        &self,
        task: &TaskRow,
        activity: &Activity,
        calendar: &CalendarRow,
        notes: &mut Notes,
    ) -> ToldTask {
        let mut told = ToldTask { named: activity.name == activity.id, ..ToldTask::default() };
        told.named = told.named && !activity.name.is_empty();
        let shifts = calendar.shifts_per_day();
        let (duration, progress) = plain::time(task, calendar.day_seconds(), shifts);
        let id = if task.calendar_uid < 0 { "" } else { self.calendars.id(task.calendar_uid) };
        let is_plain = (duration, progress) == (activity.duration, activity.progress)
            && plain::kind(task) == activity.kind
            && id == activity.calendar;
        if !is_plain {
            let days = match activity.duration {
                Duration::Given { duration_days } => Some(duration_days.to_string()),
                Duration::Quantity { .. } => None,
            };
            told.time = Some(ToldTime {
                print: task.time_print(),
                kind: kind_letter(activity.kind),
                cal: activity.calendar.clone(),
                days,
                begun: activity.progress.actual_start,
                done: activity.progress.actual_finish,
                left: activity.progress.remaining_days.map(|days| days.to_string()),
            });
        }
        if plain::held(task) != activity.constraints {
            let date = |one: &crate::schedule::Constraint| (codes::constraint_code(*one), one.day());
            let dates = activity.constraints.iter().map(date).collect();
            told.held = Some(ToldHeld { print: task.held_print(), dates });
            if activity.constraints.len() > 1 + usize::from(task.deadline.is_some()) {
                notes.add(
                    "constraints",
                    || None,
                    || {
                        format!(
                            "activity {} is held to more dates than a constraint and a deadline; \
                             the others hold in our own reader alone",
                            activity.id
                        )
                    },
                );
            }
        }
        told
    }
}

/// Constraint and deadline.
fn held(task: &mut TaskRow, activity: &Activity, morning: Edge, evening: Edge) -> Result<()> {
    let mut left = activity.constraints.iter();
    if let Some(first) = left.next() {
        task.constraint = codes::constraint_code(*first);
        let edge = if codes::is_of_finish(task.constraint) { evening } else { morning };
        task.constraint_date = Some(edge.of(first.day())?);
    }
    let no_later = |one: &&crate::schedule::Constraint| {
        matches!(one, crate::schedule::Constraint::FinishNoLater(_))
    };
    task.deadline = left.find(no_later).map(|one| evening.of(one.day())).transpose()?;
    Ok(())
}

/// Where on a day something lies.
#[derive(Debug, Clone, Copy)]
enum Edge {
    Morning(Hours),
    Evening(Hours),
}

impl Edge {
    fn of(self, day: Date) -> Result<DateTime> {
        match self {
            Self::Morning(hours) => hours.morning(day),
            Self::Evening(hours) => hours.evening(day),
        }
    }
}

fn fields(activity: &Activity, outline: &Outline, place: usize) -> Fields {
    let at = outline.place(place);
    let mut fields = Fields {
        id: activity.id.clone(),
        work: activity.work.clone(),
        from_m: at.and_then(|at| at.from_m),
        to_m: at.and_then(|at| at.to_m),
        ..Fields::default()
    };
    if let Duration::Quantity { quantity, rate_per_shift, crews } = activity.duration {
        fields.quantity = Some(quantity);
        fields.rate_per_shift = Some(rate_per_shift);
        fields.crews = Some(f64::from(crews));
    }
    fields
}

fn kind_is_work(activity: &Activity) -> bool {
    activity.kind == ActivityKind::Task
}

/// The letter by which our own reader knows a kind.
pub(super) const fn kind_letter(kind: ActivityKind) -> char {
    match kind {
        ActivityKind::Task => 't',
        ActivityKind::StartMilestone => 's',
        ActivityKind::FinishMilestone => 'f',
    }
}

fn json<T: serde::Serialize>(told: &T) -> Result<String> {
    serde_json::to_string(told).map_err(|error| Error::Exchange {
        place: "what is told to our own reader".to_owned(),
        problem: error.to_string(),
        hint: "write finite numbers only".to_owned(),
    })
}

