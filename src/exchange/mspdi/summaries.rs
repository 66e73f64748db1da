//! The rows in the order of the file: the project's own task, segments with their tasks, hammocks.

use super::codes::FORMAT_DAYS;
use super::hours::Hours;
use super::lay_out::Sheet;
use super::rows::{CalendarRow, Computed, Fields, ProjectRow, TaskRow};
use crate::error::Result;
use crate::exchange::outline::Outline;
use crate::schedule::Hammock;

/// All rows in the order of the file, each with its level.
pub(super) fn in_outline(
    sheet: &Sheet<'_>,
    outline: &Outline,
    tasks: Vec<TaskRow>,
    project: &ProjectRow,
) -> Result<Vec<TaskRow>> {
    let mut uid = i64::try_from(tasks.len() + sheet.network.hammocks.len()).unwrap_or(0);
    let (mut rows, mut number) = (Vec::with_capacity(tasks.len() + 8), 0_usize);
    let mut whole = tasks.clone();
    let mut tasks: Vec<Option<TaskRow>> = tasks.into_iter().map(Some).collect();
    for (id, name) in segments(outline) {
        let is_in = |place: usize| outline.place(place).is_some_and(|one| one.segment == id);
        let own = tasks.iter_mut().enumerate().filter(|(place, _)| is_in(*place));
        let mut own: Vec<TaskRow> = own.filter_map(|(_, task)| task.take()).collect();
        if own.is_empty() {
            continue;
        }
        (uid, number) = (uid + 1, number + 1);
        for (task, place) in own.iter_mut().zip(1_usize..) {
            numbered(task, 2, format!("{number}.{place}"));
        }
        let mut summary = summary(sheet, uid, name, &own);
        summary.fields.id = id.to_owned();
        numbered(&mut summary, 1, number.to_string());
        rows.push(summary);
        rows.extend(own);
    }
    let hammocks = sheet.network.hammocks.iter().enumerate();
    let hammocks =
        hammocks.map(|(place, one)| hammock(sheet, place, one)).collect::<Result<Vec<_>>>()?;
    whole.extend(hammocks.iter().flatten().cloned());
    for mut task in tasks.into_iter().flatten().chain(hammocks.into_iter().flatten()) {
        number += 1;
        numbered(&mut task, 1, number.to_string());
        rows.push(task);
    }
    let mut own = summary(sheet, 0, &project.title, &whole);
    numbered(&mut own, 0, "0".to_owned());
    rows.insert(0, own);
    Ok(rows)
}

/// The segments named, then those that only places name.
fn segments(outline: &Outline) -> Vec<(&str, &str)> {
    let mut all: Vec<(&str, &str)> = Vec::new();
    let named = outline.segments.iter().map(|one| (one.id.as_str(), one.name.as_str()));
    let placed =
        outline.places.iter().map(|place| (place.segment.as_str(), place.segment.as_str()));
    let mut seen = std::collections::BTreeSet::from([""]);
    all.extend(named.chain(placed).filter(|(id, _)| seen.insert(id)));
    all
}

fn numbered(task: &mut TaskRow, level: i64, outline_number: String) {
    task.level = level;
    if let Some(computed) = &mut task.computed {
        computed.outline_number = outline_number;
    }
}

/// The task that stands for all of some, with every field that they have.
fn summary(sheet: &Sheet<'_>, uid: i64, name: &str, tasks: &[TaskRow]) -> TaskRow {
    let calendar = sheet.calendars.rows.first();
    let day_seconds = calendar.map_or(super::hours::SHIFT_SECONDS, CalendarRow::day_seconds);
    let computed = || tasks.iter().filter_map(|task| task.computed.as_ref());
    let start = tasks.iter().filter_map(|task| task.start).min();
    let finish = tasks.iter().filter_map(|task| task.finish).max();
    // The days of the project between the first start and the last finish.
    let days = start.zip(finish).map_or(0, |(start, finish)| {
        let horizon = sheet.dates.horizon();
        let (first, last) = (start.date(), super::hours::day_ended(finish));
        let before = |moment: i32| sheet.project_days.before(moment);
        i64::from((before(horizon.morning(last) + 1) - before(horizon.morning(first))).max(0))
    });
    let is_done = tasks.iter().all(|task| task.actual_finish.is_some());
    let (worked, all) = (
        computed().map(|one| one.actual_seconds).sum::<i64>(),
        tasks.iter().map(|task| task.seconds).sum::<i64>(),
    );
    let seconds = days * day_seconds;
    let percent = if is_done && !tasks.is_empty() {
        100
    } else {
        (100 * worked).checked_div(all).unwrap_or(0).min(99)
    };
    let start_of_all = sheet.network.start.to_datetime(jiff::civil::Time::midnight());
    let least = |of: fn(&Computed) -> i64| computed().map(of).min().unwrap_or(0);
    TaskRow {
        uid,
        name: name.to_owned(),
        is_summary: true,
        start: start.or(Some(start_of_all)),
        finish: finish.or(Some(start_of_all)),
        seconds,
        format: FORMAT_DAYS,
        percent,
        actual_start: tasks.iter().filter_map(|task| task.actual_start).min(),
        actual_finish: finish.filter(|_| is_done),
        remaining_seconds: Some(seconds - seconds * percent / 100),
        calendar_uid: -1,
        fields: Fields::default(),
        computed: Some(Computed {
            outline_number: String::new(),
            early_start: computed().map(|one| one.early_start).min().unwrap_or(start_of_all),
            early_finish: computed().map(|one| one.early_finish).max().unwrap_or(start_of_all),
            late_start: computed().map(|one| one.late_start).min().unwrap_or(start_of_all),
            late_finish: computed().map(|one| one.late_finish).max().unwrap_or(start_of_all),
            free_slack_tenths: least(|one| one.free_slack_tenths),
            total_slack_tenths: least(|one| one.total_slack_tenths),
            is_critical: computed().any(|one| one.is_critical),
            actual_seconds: seconds * percent / 100,
        }),
        ..TaskRow::default()
    }
}

/// A hammock as a task of its days, which starts no earlier than those that it lasts for.
fn hammock(sheet: &Sheet<'_>, place: usize, hammock: &Hammock) -> Result<Option<TaskRow>> {
    let Some(dates) = sheet.dates.hammock(place) else { return Ok(None) };
    let found = sheet.calendars.of(sheet.network, &hammock.calendar, "");
    let Some((calendar, calendar_uid)) = found else { return Ok(None) };
    let hours: Hours = calendar.hours();
    let last = dates.early_finish.max(dates.early_start);
    let start = hours.morning(dates.early_start)?;
    let finish = hours.evening(last)?;
    let uid = sheet.network.activities.len() + 1 + place;
    Ok(Some(TaskRow {
        uid: i64::try_from(uid).unwrap_or(0),
        name: if hammock.name.is_empty() { &hammock.id } else { &hammock.name }.clone(),
        start: Some(start),
        finish: Some(finish),
        seconds: i64::from(dates.duration_days.max(0)) * calendar.day_seconds(),
        format: if hours == Hours::One { FORMAT_DAYS } else { super::codes::FORMAT_HOURS },
        constraint: 4,
        constraint_date: Some(start),
        calendar_uid,
        fields: Fields { id: hammock.id.clone(), ..Fields::default() },
        computed: Some(Computed {
            outline_number: String::new(),
            early_start: start,
            early_finish: finish,
            late_start: hours.morning(dates.late_start)?,
            late_finish: hours.evening(dates.late_finish)?,
            free_slack_tenths: 0,
            total_slack_tenths: 0,
            is_critical: false,
            actual_seconds: 0,
        }),
        ..TaskRow::default()
    }))
}
