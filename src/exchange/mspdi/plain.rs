//! What rows say plainly, to any program.

use jiff::civil;

use super::codes::{self, ELAPSED_DAY_TENTHS, Unit};
use super::hours::{DAY_SECONDS, day_ended};
use super::rows::{CalendarRow, LinkRow, TaskRow};
use crate::schedule::{
    ActivityKind, Calendar, Constraint, Duration, Holiday, LagUnit, Progress, WorkingWeek,
};

/// A calendar: its week and shifts, days off, and days worked besides.
pub(super) fn calendar(row: &CalendarRow) -> Calendar {
    let worked = row.week_seconds.map(|seconds| seconds > 0);
    let week = WorkingWeek { worked, shifts_per_day: row.shifts_per_day() };
    let mut calendar = Calendar::new(&row.name, week);
    for exception in &row.exceptions {
        let (first, last) = (exception.first, exception.last);
        if exception.seconds > 0 {
            let days = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
            calendar.worked_days.extend(days.filter(|day| !week.is_worked(day.weekday())));
        } else if first == last {
            calendar.holidays.push(Holiday::Day(first));
        } else {
            calendar.holidays.push(Holiday::Days { first, last });
        }
    }
    calendar
}

/// Seconds of a day in which a task's duration counts: all of them if it counts all hours.
pub(super) fn day_seconds(task: &TaskRow, calendar: &CalendarRow) -> i64 {
    let is_elapsed = codes::unit(task.format) == Some(Unit::Elapsed);
    if is_elapsed { DAY_SECONDS } else { calendar.day_seconds() }
}

/// Work or a moment: in the morning, or from noon on in the evening.
pub(super) fn kind(task: &TaskRow) -> ActivityKind {
    if !task.is_milestone || task.seconds != 0 {
        return ActivityKind::Task;
    }
    let is_morning = task.start.is_some_and(|start| start.time() < civil::time(12, 0, 0, 0));
    if is_morning { ActivityKind::StartMilestone } else { ActivityKind::FinishMilestone }
}

/// A quantity and a rate, if the fields have them.
pub(super) fn quantity(task: &TaskRow) -> Option<Duration> {
    let (quantity, rate_per_shift) = (task.fields.quantity?, task.fields.rate_per_shift?);
    let crews = task.fields.crews.unwrap_or(1.0);
    let is_count = crews.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&crews);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just checked")]
    is_count.then_some(Duration::Quantity { quantity, rate_per_shift, crews: crews as u16 })
}

/// How long a task takes and how far it has come.
pub(super) fn time(task: &TaskRow, day_seconds: i64, shifts_per_day: u8) -> (Duration, Progress) {
    let days = |seconds: i64| to_f64(seconds) / to_f64(day_seconds);
    let kind = kind(task);
    let finish = task.actual_finish.map(|finish| match kind {
        ActivityKind::StartMilestone => finish.date(),
        _ => day_ended(finish),
    });
    let start = task.actual_start.filter(|_| kind == ActivityKind::Task).map(|start| start.date());
    let left = task.remaining_seconds.filter(|_| start.is_some() && finish.is_none());
    let progress =
        Progress { actual_start: start, actual_finish: finish, remaining_days: left.map(days) };
    let given = Duration::Given { duration_days: days(task.seconds) };
    let whole = |duration: &Duration| duration.whole_days("", shifts_per_day).ok();
    let fits =
        |duration: &Duration| whole(duration).is_some_and(|days| Some(days) == whole(&given));
    let is_open = start.is_none() && finish.is_none();
    let duration = quantity(task).filter(|duration| is_open && fits(duration)).unwrap_or(given);
    (duration, progress)
}

/// The dates that a task is held to; a deadline delays nothing, as "no later" does.
pub(super) fn held(task: &TaskRow) -> Vec<Constraint> {
    let day = task.constraint_date.map(|date| {
        if codes::is_of_finish(task.constraint) { day_ended(date) } else { date.date() }
    });
    let constraint = day.and_then(|day| codes::constraint(task.constraint, day));
    let deadline = task.deadline.map(|date| Constraint::FinishNoLater(day_ended(date)));
    constraint.into_iter().chain(deadline).collect()
}

/// Days of a lag, and what they are; per cent are of the predecessor's duration.
///
/// Parts of a day make it a day longer: a lag is the least time between.
pub(super) fn lag(
    link: &LinkRow,
    predecessor_seconds: i64,
    successor_day_seconds: i64,
) -> (f64, LagUnit) {
    let lag = to_f64(link.lag_tenths);
    let working_day_tenths = to_f64(successor_day_seconds) / 6.0;
    let of_predecessor = lag / 100.0 * to_f64(predecessor_seconds) / 6.0;
    let elapsed_day_tenths = to_f64(ELAPSED_DAY_TENTHS);
    match codes::unit(link.format) {
        Some(Unit::Elapsed) => (lag / elapsed_day_tenths, LagUnit::Elapsed),
        Some(Unit::Percent) => (of_predecessor / working_day_tenths, LagUnit::Working),
        Some(Unit::ElapsedPercent) => (of_predecessor / elapsed_day_tenths, LagUnit::Elapsed),
        Some(Unit::Working) | None => (lag / working_day_tenths, LagUnit::Working),
    }
}

/// Whole numbers of seconds and tenths of minutes, which a float of 53 bits holds.
#[expect(clippy::cast_precision_loss, reason = "seconds of a thousand years take 35 bits")]
pub(super) fn to_f64(number: i64) -> f64 {
    number as f64
}
