//! A file read into rows; what is neither read nor of no account is noted.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::read_task::Reader;
use super::rows::{ProjectRow, TaskRow};
use super::xml::{Source, child, list, text};
use super::{read_calendar, told};
use crate::error::{Error, Result};
use crate::exchange::note::Notes;

/// No file may have more tasks.
const MOST_TASKS: usize = 500_000;

/// Elements of a project that say nothing of dates: names, money, defaults for what a user adds
/// next.
const OF_NO_ACCOUNT: &[&str] = &[
    "SaveVersion",
    "BuildNumber",
    "UID",
    "Name",
    "GUID",
    "Subject",
    "Category",
    "Company",
    "Manager",
    "Author",
    "CreationDate",
    "Revision",
    "LastSaved",
    "FYStartDate",
    "CriticalSlackLimit",
    "CurrencyDigits",
    "CurrencySymbol",
    "CurrencyCode",
    "CurrencySymbolPosition",
    "DefaultStartTime",
    "DefaultFinishTime",
    "MinutesPerDay",
    "MinutesPerWeek",
    "DaysPerMonth",
    "DefaultTaskType",
    "DefaultFixedCostAccrual",
    "DefaultStandardRate",
    "DefaultOvertimeRate",
    "DurationFormat",
    "WorkFormat",
    "EditableActualCosts",
    "HonorConstraints",
    "EarnedValueMethod",
    "InsertedProjectsLikeSummary",
    "MultipleCriticalPaths",
    "NewTasksEffortDriven",
    "NewTasksEstimated",
    "SplitsInProgressTasks",
    "SpreadActualCost",
    "SpreadPercentComplete",
    "TaskUpdatesResource",
    "FiscalYearStart",
    "WeekStartDay",
    "MoveCompletedEndsBack",
    "MoveRemainingStartsBack",
    "MoveRemainingStartsForward",
    "MoveCompletedEndsForward",
    "BaselineForEarnedValue",
    "AutoAddNewResourcesAndTasks",
    "MicrosoftProjectServerURL",
    "Autolink",
    "NewTaskStartDate",
    "NewTasksAreManual",
    "DefaultTaskEVMethod",
    "ProjectExternallyEdited",
    "ExtendedCreationDate",
    "ActualsInSync",
    "RemoveFileProperties",
    "AdminProject",
    "BaselineCalendar",
    "UpdateManuallyScheduledTasksWhenEditingLinks",
    "KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled",
    "Views",
    "Filters",
    "Groups",
    "Tables",
    "Maps",
    "Reports",
    "Drawings",
    "DataLinks",
    "VBAProjects",
    "WBSMasks",
];
/// Elements that are read.
const READ: &[&str] = &[
    "Title",
    "StartDate",
    "FinishDate",
    "ScheduleFromStart",
    "StatusDate",
    "CurrentDate",
    "CalendarUID",
    "ExtendedAttributes",
    "Calendars",
    "Tasks",
    "Resources",
    "Assignments",
];

/// The rows of a file.
pub(super) fn project(source: &Source<'_>, notes: &mut Notes) -> Result<ProjectRow> {
    let root = source.document.root_element();
    if root.tag_name().name() != "Project" {
        let problem = format!("the file begins with <{}>", root.tag_name().name());
        let hint = "it should begin with <Project>, as Microsoft Project's XML does";
        return Err(source.wrong(root.range().start, problem, hint));
    }
    let moment = |name: &str| match child(root, name) {
        Some(node) => source.moment(node),
        None => Ok(None),
    };
    let number = |name: &str| child(root, name).map(|node| source.number(node)).transpose();
    let flag = |name: &str| child(root, name).map(|node| source.flag(node)).transpose();
    let mut reader = Reader::new(source, root)?;
    let (mut tasks, mut told) = (Vec::new(), String::new());
    for node in list(root, "Tasks", "Task") {
        if tasks.len() >= MOST_TASKS {
            return Err(Error::Limit {
                item: "a file of a schedule".to_owned(),
                needed: format!("more than {MOST_TASKS} tasks"),
                limit: format!("{MOST_TASKS} tasks"),
                hint: "split the project".to_owned(),
            });
        }
        if let Some(notes) = reader.of_project(node)? {
            told = notes;
        } else if let Some(task) = reader.task(node, notes)? {
            tasks.push(task);
        }
    }
    if !told.is_empty() && told::ToldProject::read(&told).is_none() {
        source.note(notes, root.range().start, "ProjectNotes", || {
            "notes of the project are not kept".to_owned()
        });
    }
    let start = moment("StartDate")?;
    let first = tasks.iter().filter_map(|task: &TaskRow| task.start).min();
    let start = start.or(first).ok_or_else(|| {
        let hint = "give it a StartDate, or one of its tasks a Start";
        source.wrong(root.range().start, "the project has no start".to_owned(), hint)
    })?;
    let calendar_uid = number("CalendarUID")?.unwrap_or(-1);
    let used: BTreeSet<i64> = tasks.iter().map(|task| task.calendar_uid).collect();
    let calendars = read_calendar::calendars(source, root, calendar_uid, &used, notes)?;
    others(source, root, notes);
    Ok(ProjectRow {
        title: child(root, "Title").map(text).unwrap_or_default(),
        start,
        finish: moment("FinishDate")?,
        is_from_finish: flag("ScheduleFromStart")? == Some(false),
        status: moment("StatusDate")?,
        current: moment("CurrentDate")?,
        calendar_uid: calendars.project,
        calendars: calendars.rows,
        tasks,
        told,
    })
}

/// Notes of what stands beside tasks and calendars.
fn others(source: &Source<'_>, root: Node<'_, '_>, notes: &mut Notes) {
    // Resource 0 stands for none, and so does a name that is empty.
    let is_named =
        |node: &Node<'_, '_>| child(*node, "Name").is_some_and(|name| !text(name).is_empty());
    for node in list(root, "Resources", "Resource").filter(is_named) {
        source.note(notes, node.range().start, "Resource", || {
            "resources are not kept, nor what they are levelled to".to_owned()
        });
    }
    // Work that nobody does is assigned to -65535.
    let is_given = |node: &Node<'_, '_>| {
        child(*node, "ResourceUID").is_some_and(|uid| !text(uid).trim().starts_with('-'))
    };
    for node in list(root, "Assignments", "Assignment").filter(is_given) {
        source.note(notes, node.range().start, "Assignment", || {
            "assignments of resources to tasks are not kept".to_owned()
        });
    }
    let is_other = |node: &Node<'_, '_>| {
        let name = node.tag_name().name();
        node.is_element() && !OF_NO_ACCOUNT.contains(&name) && !READ.contains(&name)
    };
    for node in root.children().filter(is_other) {
        let is_empty = !node.has_children() || text(node).trim() == "0";
        let name = node.tag_name().name();
        if !is_empty {
            source.note(notes, node.range().start, name, || format!("{name} is not kept"));
        }
    }
}
