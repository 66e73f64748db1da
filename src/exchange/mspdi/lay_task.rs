//! An activity and its dates laid out as a row.

use jiff::civil::{Date, DateTime};

use super::codes::{self, FORMAT_DAYS, FORMAT_HOURS};
use super::hours::Hours;
use super::lay_out::Sheet;
use super::plain;
use super::rows::{CalendarRow, Computed, Fields, TaskRow};
use super::told::{ToldHeld, ToldTask, ToldTime, kind_letter};
use crate::error::{Error, Result};
use crate::exchange::note::Notes;
use crate::exchange::outline::Outline;
use crate::schedule::{Activity, ActivityKind, Constraint, Duration};

/// Where on a day something lies.
#[derive(Debug, Clone, Copy)]
enum Edge {
    Morning(Hours),
    Evening(Hours),
}

/// Where a day begins and ends for an activity, and how long it is.
#[derive(Debug, Clone, Copy)]
struct Day {
    morning: Edge,
    evening: Edge,
    seconds: i64,
}

impl Sheet<'_> {
    /// The row of an activity without links, and what it does not say.
    pub(super) fn task(
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
        let day = self.day(kind, calendar);
        let mut task = TaskRow {
            uid: i64::try_from(place).unwrap_or(0) + 1,
            name: if activity.name.is_empty() { &activity.id } else { &activity.name }.clone(),
            is_milestone: kind != ActivityKind::Task,
            format: if calendar.hours() == Hours::One { FORMAT_DAYS } else { FORMAT_HOURS },
            calendar_uid,
            fields: fields(activity, outline, place),
            ..TaskRow::default()
        };
        self.time(&mut task, place, activity, day)?;
        held(&mut task, activity, day)?;
        let told = self.told(&task, activity, calendar, notes);
        Ok((task, told))
    }

    /// When days begin and end for an activity: a moment of the evening has no morning.
    fn day(&self, kind: ActivityKind, calendar: &CalendarRow) -> Day {
        let hours = calendar.hours();
        let (morning, evening) = match kind {
            ActivityKind::Task => (Edge::Morning(hours), Edge::Evening(hours)),
            ActivityKind::StartMilestone => (Edge::Morning(hours), Edge::Morning(hours)),
            ActivityKind::FinishMilestone => {
                (Edge::Evening(self.latest), Edge::Evening(self.latest))
            }
        };
        Day { morning, evening, seconds: calendar.day_seconds() }
    }

    /// Dates and duration; of what is begun, what has happened.
    fn time(&self, task: &mut TaskRow, place: usize, activity: &Activity, day: Day) -> Result<()> {
        let (compiled, dates) = (self.compiled, self.dates);
        let position = compiled.positions().get(place).map_or(usize::MAX, |at| *at as usize);
        let days = compiled.durations_days().get(position).copied().unwrap_or(0);
        task.seconds = i64::from(days) * day.seconds;
        let actual_seconds = self.progress(task, position, activity, day)?;
        let facts = activity.progress;
        let is_work = activity.kind == ActivityKind::Task;
        let first = match (facts.actual_start, facts.actual_finish) {
            (Some(start), _) if is_work => start,
            (_, Some(finish)) => finish,
            _ => dates.early_start(place),
        };
        // A task without days begins and ends on a morning, as a moment does.
        let has_days = task.seconds > 0 || facts.actual_finish.is_some() || !is_work;
        let end = if has_days { day.evening } else { day.morning };
        let finish = end.of(facts.actual_finish.unwrap_or(dates.early_finish(place)))?;
        task.start = Some(day.morning.of(first)?);
        task.finish = Some(finish);
        task.actual_finish = facts.actual_finish.map(|_| finish);
        let tenths = |days: i32| i64::from(days).saturating_mul(day.seconds / 6);
        task.computed = Some(Computed {
            outline_number: String::new(),
            early_start: day.morning.of(first)?,
            early_finish: finish,
            late_start: day.morning.of(dates.late_start(place))?,
            late_finish: end.of(dates.late_finish(place))?,
            free_slack_tenths: tenths(dates.free_float_days(place)),
            total_slack_tenths: tenths(dates.total_float_days(place)),
            is_critical: dates.is_critical(place),
            actual_seconds,
        });
        Ok(())
    }

    /// What has happened on the data date: the duration is what was worked and what remains.
    fn progress(
        &self,
        task: &mut TaskRow,
        position: usize,
        activity: &Activity,
        day: Day,
    ) -> Result<i64> {
        let facts = activity.progress;
        let is_work = activity.kind == ActivityKind::Task;
        let start = if is_work { facts.actual_start } else { facts.actual_finish };
        let Some(start) = start.or(facts.actual_finish) else { return Ok(0) };
        let number = self.compiled.calendar_numbers().get(position).copied().unwrap_or(0);
        let before = |day: Date| {
            let moment = self.dates.horizon().morning(day);
            self.compiled.calendar(number).map_or(0, |days| days.before(moment))
        };
        let after = facts.actual_finish.map(|day| day.tomorrow().unwrap_or(day));
        let after = after.or(self.network.data_date).unwrap_or(start);
        let worked_days = if is_work { (before(after) - before(start)).max(0) } else { 0 };
        let worked = i64::from(worked_days) * day.seconds;
        let left = if facts.actual_finish.is_some() { 0 } else { task.seconds };
        task.actual_start = Some(day.morning.of(start)?);
        task.seconds = worked + left;
        task.remaining_seconds = Some(left);
        // What is begun and not finished is never done in full.
        let percent = (100 * worked).checked_div(worked + left).unwrap_or(0).min(99);
        task.percent = if facts.actual_finish.is_some() { 100 } else { percent };
        Ok(worked)
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
            let date = |one: &Constraint| (codes::constraint_code(*one), one.day());
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
fn held(task: &mut TaskRow, activity: &Activity, day: Day) -> Result<()> {
    let mut left = activity.constraints.iter();
    if let Some(first) = left.next() {
        task.constraint = codes::constraint_code(*first);
        let is_of_finish = codes::is_of_finish(task.constraint);
        let edge = if is_of_finish { day.evening } else { day.morning };
        task.constraint_date = Some(edge.of(first.day())?);
    }
    let no_later = |one: &&Constraint| matches!(one, Constraint::FinishNoLater(_));
    task.deadline = left.find(no_later).map(|one| day.evening.of(one.day())).transpose()?;
    Ok(())
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
