//! A task written as XML: the same fields for activities, moments, summaries and hammocks, since
//! readers fall over those that are missing.

use super::codes::{self, Field};
use super::rows::{LinkRow, TaskRow};
use super::write::flag;
use crate::error::Result;
use crate::exchange::elements::Elements;
use crate::exchange::length::km_text;

/// A task, by its number in the list; the project's own has what is told to our own reader.
pub(super) fn task(
    out: &mut Elements,
    task: &TaskRow,
    number: i64,
    told: Option<&str>,
) -> Result<()> {
    out.within("Task", |out| {
        out.leaf("UID", &task.uid.to_string())?;
        out.leaf("ID", &number.to_string())?;
        out.leaf("Name", &task.name)?;
        out.leaf("Active", "1")?;
        out.leaf("Manual", "0")?;
        out.leaf("Type", "1")?;
        out.leaf("IsNull", "0")?;
        outline(out, task)?;
        dates(out, task)?;
        progress(out, task)?;
        out.leaf("ConstraintType", &task.constraint.to_string())?;
        out.leaf("CalendarUID", &task.calendar_uid.to_string())?;
        out.moment("ConstraintDate", task.constraint_date)?;
        out.moment("Deadline", task.deadline)?;
        out.leaf("IgnoreResourceCalendar", "0")?;
        if let Some(told) = told {
            let words = "The line below is for railcorridor, which wrote this file:";
            out.leaf("Notes", &format!("{words}\n{told}"))?;
        }
        task.links.iter().try_for_each(|one| link(out, one))?;
        values(task).into_iter().try_for_each(|(field, value)| {
            out.within("ExtendedAttribute", |out| {
                out.leaf("FieldID", &field.id.to_string())?;
                out.leaf("Value", &value)
            })
        })
    })
}

fn outline(out: &mut Elements, task: &TaskRow) -> Result<()> {
    let number = task.computed.as_ref().map_or("", |computed| &computed.outline_number);
    out.leaf("WBS", number)?;
    out.leaf("OutlineNumber", number)?;
    out.leaf("OutlineLevel", &task.level.to_string())?;
    out.leaf("Priority", "500")
}

fn dates(out: &mut Elements, task: &TaskRow) -> Result<()> {
    out.moment("Start", task.start)?;
    out.moment("Finish", task.finish)?;
    out.duration("Duration", task.seconds)?;
    out.leaf("DurationFormat", &task.format.to_string())?;
    out.duration("Work", 0)?;
    out.leaf("EffortDriven", "0")?;
    out.leaf("Recurring", "0")?;
    out.leaf("OverAllocated", "0")?;
    out.leaf("Estimated", "0")?;
    out.leaf("Milestone", flag(task.is_milestone))?;
    out.leaf("Summary", flag(task.is_summary))?;
    let Some(computed) = &task.computed else { return Ok(()) };
    out.leaf("Critical", flag(computed.is_critical))?;
    out.leaf("IsSubproject", "0")?;
    out.leaf("IsSubprojectReadOnly", "0")?;
    out.leaf("ExternalTask", "0")?;
    out.moment("EarlyStart", Some(computed.early_start))?;
    out.moment("EarlyFinish", Some(computed.early_finish))?;
    out.moment("LateStart", Some(computed.late_start))?;
    out.moment("LateFinish", Some(computed.late_finish))?;
    out.leaf("FreeSlack", &computed.free_slack_tenths.to_string())?;
    out.leaf("TotalSlack", &computed.total_slack_tenths.to_string())?;
    out.leaf("FixedCost", "0")?;
    // Prorated, the default.
    out.leaf("FixedCostAccrual", "3")
}

fn progress(out: &mut Elements, task: &TaskRow) -> Result<()> {
    out.leaf("PercentComplete", &task.percent.to_string())?;
    out.leaf("PercentWorkComplete", &task.percent.to_string())?;
    out.moment("ActualStart", task.actual_start)?;
    out.moment("ActualFinish", task.actual_finish)?;
    let actual_seconds = task.computed.as_ref().map_or(0, |computed| computed.actual_seconds);
    out.duration("ActualDuration", actual_seconds)?;
    out.duration("RemainingDuration", task.remaining_seconds.unwrap_or(task.seconds))
}

fn link(out: &mut Elements, link: &LinkRow) -> Result<()> {
    out.within("PredecessorLink", |out| {
        out.leaf("PredecessorUID", &link.from_uid.to_string())?;
        out.leaf("Type", &codes::link_code(link.kind).to_string())?;
        out.leaf("CrossProject", "0")?;
        out.leaf("LinkLag", &link.lag_tenths.to_string())?;
        out.leaf("LagFormat", &link.format.to_string())
    })
}

/// The custom fields of a task that say something.
pub(super) fn values(task: &TaskRow) -> Vec<(&'static Field, String)> {
    let fields = &task.fields;
    let texts =
        [(&codes::ID, &fields.id), (&codes::WORK, &fields.work), (&codes::TOLD, &fields.told)];
    let numbers = [
        (&codes::QUANTITY, fields.quantity),
        (&codes::RATE, fields.rate_per_shift),
        (&codes::CREWS, fields.crews),
    ];
    let kilometres = [(&codes::KM_FROM, fields.from_m), (&codes::KM_TO, fields.to_m)];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let kilometres = kilometres.into_iter().filter_map(|(field, m)| Some((field, km_text(m?))));
    let numbers =
        numbers.into_iter().filter_map(|(field, value)| Some((field, value?.to_string())));
    texts.map(|(field, text)| (field, text.clone())).chain(kilometres).chain(numbers).collect()
}
