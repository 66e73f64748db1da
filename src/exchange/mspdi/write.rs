//! Rows written as XML, in the order of elements that the schema asks for.

use std::collections::BTreeSet;

use super::codes::FIELDS;
use super::hours::{Hours, SHIFT_SECONDS};
use super::rows::{CalendarRow, ExceptionRow, ProjectRow};
use super::write_task;
use crate::error::Result;
use crate::exchange::elements::{self, Elements};
use jiff::civil::{DateTime, Time};

/// The namespace of the format.
const NAMESPACE: &str = "http://schemas.microsoft.com/project";

/// The whole file.
pub(super) fn text(project: &ProjectRow) -> Result<String> {
    elements::file("Project", &[("xmlns", NAMESPACE)], |out| rows(out, project))
}

fn rows(out: &mut Elements, project: &ProjectRow) -> Result<()> {
    head(out, project)?;
    fields(out, project)?;
    out.within("Calendars", |out| project.calendars.iter().try_for_each(|one| calendar(out, one)))?;
    out.within("Tasks", |out| {
        let mut numbers = 0_i64..;
        project.tasks.iter().zip(&mut numbers).try_for_each(|(task, number)| {
            let told = (task.uid == 0).then_some(project.told.as_str());
            write_task::task(out, task, number, told)
        })
    })?;
    out.within("Resources", |_| Ok(()))?;
    out.within("Assignments", |_| Ok(()))
}

fn head(out: &mut Elements, project: &ProjectRow) -> Result<()> {
    let minutes = SHIFT_SECONDS / 60;
    // 14 is Project 2010: the first that knows tasks by hand, written here as scheduled.
    out.leaf("SaveVersion", "14")?;
    if !project.title.is_empty() {
        out.leaf("Title", &project.title)?;
    }
    out.leaf("ScheduleFromStart", "1")?;
    out.moment("StartDate", Some(project.start))?;
    out.moment("FinishDate", project.finish)?;
    out.leaf("CriticalSlackLimit", "0")?;
    out.leaf("CalendarUID", &project.calendar_uid.to_string())?;
    let hours = project.calendar(-1).map_or(Hours::One, CalendarRow::hours).spans();
    let edge = |span: Option<&(Time, Time)>, is_end: bool| {
        let time = span.map_or(Time::midnight(), |span| if is_end { span.1 } else { span.0 });
        time.to_string()
    };
    out.leaf("DefaultStartTime", &edge(hours.first(), false))?;
    out.leaf("DefaultFinishTime", &edge(hours.last(), true))?;
    out.leaf("MinutesPerDay", &minutes.to_string())?;
    let worked = project
        .calendar(-1)
        .map_or(5, |calendar| calendar.week_seconds.iter().filter(|seconds| **seconds > 0).count());
    let worked = i64::try_from(worked).unwrap_or(5);
    out.leaf("MinutesPerWeek", &(minutes * worked).to_string())?;
    out.leaf("DaysPerMonth", "20")?;
    // Fixed duration: no resource makes a task shorter.
    out.leaf("DefaultTaskType", "1")?;
    out.leaf("DurationFormat", "7")?;
    out.leaf("HonorConstraints", "1")?;
    out.leaf("NewTasksEffortDriven", "0")?;
    out.leaf("NewTasksEstimated", "0")?;
    out.moment("StatusDate", project.status)?;
    out.leaf("NewTasksAreManual", "0")
}

/// The custom fields that some task has.
fn fields(out: &mut Elements, project: &ProjectRow) -> Result<()> {
    let used: BTreeSet<i64> =
        project.tasks.iter().flat_map(write_task::values).map(|(field, _)| field.id).collect();
    out.within("ExtendedAttributes", |out| {
        FIELDS.iter().filter(|field| used.contains(&field.id)).try_for_each(|field| {
            out.within("ExtendedAttribute", |out| {
                out.leaf("FieldID", &field.id.to_string())?;
                out.leaf("FieldName", field.name)?;
                out.leaf("Alias", field.alias)
            })
        })
    })
}

/// A calendar: its week, and what differs from it twice, as programs before and after 2007 read it.
fn calendar(out: &mut Elements, calendar: &CalendarRow) -> Result<()> {
    let hours = calendar.hours();
    out.within("Calendar", |out| {
        out.leaf("UID", &calendar.uid.to_string())?;
        out.leaf("Name", &calendar.name)?;
        out.leaf("IsBaseCalendar", "1")?;
        out.leaf("BaseCalendarUID", "-1")?;
        out.within("WeekDays", |out| {
            // 1 is Sunday.
            for (day_type, place) in (1..=7).zip([6_usize, 0, 1, 2, 3, 4, 5]) {
                let seconds = calendar.week_seconds.get(place).copied().unwrap_or(0);
                out.within("WeekDay", |out| {
                    out.leaf("DayType", &day_type.to_string())?;
                    working(out, hours, seconds)
                })?;
            }
            calendar.exceptions.iter().try_for_each(|one| {
                out.within("WeekDay", |out| {
                    out.leaf("DayType", "0")?;
                    out.leaf("DayWorking", flag(one.seconds > 0))?;
                    period(out, one)?;
                    times(out, hours, one.seconds)
                })
            })
        })?;
        if calendar.exceptions.is_empty() {
            return Ok(());
        }
        out.within("Exceptions", |out| {
            calendar.exceptions.iter().try_for_each(|one| exception(out, one, hours))
        })
    })
}

fn exception(out: &mut Elements, one: &ExceptionRow, hours: Hours) -> Result<()> {
    out.within("Exception", |out| {
        out.leaf("EnteredByOccurrences", "0")?;
        period(out, one)?;
        let days = one.last.duration_since(one.first).as_hours() / 24 + 1;
        out.leaf("Occurrences", &days.to_string())?;
        let word = if one.seconds > 0 { "worked" } else { "off" };
        out.leaf("Name", &format!("{word} {}", one.first))?;
        // Every day of the period.
        out.leaf("Type", "1")?;
        working(out, hours, one.seconds)
    })
}

fn period(out: &mut Elements, one: &ExceptionRow) -> Result<()> {
    out.within("TimePeriod", |out| {
        out.leaf("FromDate", &format!("{}T00:00:00", one.first))?;
        out.leaf("ToDate", &format!("{}T23:59:00", one.last))
    })
}

fn working(out: &mut Elements, hours: Hours, seconds: i64) -> Result<()> {
    out.leaf("DayWorking", flag(seconds > 0))?;
    times(out, hours, seconds)
}

fn times(out: &mut Elements, hours: Hours, seconds: i64) -> Result<()> {
    if seconds == 0 {
        return Ok(());
    }
    out.within("WorkingTimes", |out| {
        hours.spans().iter().try_for_each(|(from, to)| {
            out.within("WorkingTime", |out| {
                out.leaf("FromTime", &from.to_string())?;
                out.leaf("ToTime", &to.to_string())
            })
        })
    })
}

/// 1 or 0.
pub(super) const fn flag(is_so: bool) -> &'static str {
    if is_so { "1" } else { "0" }
}

impl Elements {
    /// A date and time, if there is one.
    pub(super) fn moment(&mut self, name: &str, moment: Option<DateTime>) -> Result<()> {
        moment.map_or(Ok(()), |moment| self.leaf(name, &moment.to_string()))
    }

    /// Hours, minutes and seconds of work.
    pub(super) fn duration(&mut self, name: &str, seconds: i64) -> Result<()> {
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        self.leaf(name, &format!("PT{hours}H{minutes}M{rest}S"))
    }
}
