//! A task of a file read into a row.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::codes::{self, Field};
use super::rows::{LinkRow, TaskRow};
use super::xml::{Source, child, list, text};
use crate::error::Result;
use crate::exchange::length::m_of_km;
use crate::exchange::note::Notes;

/// Elements of a task that say nothing besides what is read: numbers in lists, what follows from
/// dates and durations, how it is drawn.
const OF_NO_ACCOUNT: &[&str] = &[
    "GUID",
    "ID",
    "Type",
    "CreateDate",
    "WBSLevel",
    "OutlineNumber",
    "EffortDriven",
    "Estimated",
    "OverAllocated",
    "DisplayAsSummary",
    "DisplayOnTimeline",
    "Critical",
    "IsSubprojectReadOnly",
    "EarlyStart",
    "EarlyFinish",
    "LateStart",
    "LateFinish",
    "StartVariance",
    "FinishVariance",
    "WorkVariance",
    "FreeSlack",
    "TotalSlack",
    "StartSlack",
    "FinishSlack",
    "FixedCostAccrual",
    "PercentWorkComplete",
    "ActualDuration",
    "Stop",
    "Resume",
    "ResumeValid",
    "LevelAssignments",
    "LevelingCanSplit",
    "LevelingDelayFormat",
    "PreLeveledStart",
    "PreLeveledFinish",
    "IgnoreResourceCalendar",
    "HideBar",
    "Rollup",
    "BCWS",
    "BCWP",
    "ACWP",
    "CV",
    "EarnedValueMethod",
    "IsPublished",
    "CommitmentType",
    "WBS",
    "StartText",
    "FinishText",
    "DurationText",
    "ManualStart",
    "ManualFinish",
    "ManualDuration",
    "RegularWork",
    "Work",
    "RemainingWork",
    "ActualWork",
    "GroupBySummary",
    "StatusManager",
];

/// Reads tasks: it knows which custom field is what.
pub(super) struct Reader<'d> {
    source: &'d Source<'d>,
    /// Our fields by their ids in this file.
    fields: BTreeMap<i64, &'static Field>,
}

/// What of a task is not in its row.
#[derive(Default)]
struct Besides {
    is_active: Option<bool>,
    is_null: bool,
    is_external: bool,
    subproject: Option<String>,
}

impl<'d> Reader<'d> {
    /// For the tasks of a project, whose custom fields are known by their aliases.
    pub(super) fn new(source: &'d Source<'d>, root: Node<'_, '_>) -> Result<Self> {
        let mut fields = BTreeMap::new();
        for node in list(root, "ExtendedAttributes", "ExtendedAttribute") {
            let alias = child(node, "Alias").map(text).unwrap_or_default();
            let field = codes::FIELDS.into_iter().find(|field| field.alias == alias.trim());
            if let Some((field, id)) = field.zip(child(node, "FieldID")) {
                fields.insert(source.number(id)?, field);
            }
        }
        Ok(Self { source, fields })
    }

    /// The notes of the project's own task, if this is it.
    pub(super) fn of_project(&self, node: Node<'_, '_>) -> Result<Option<String>> {
        let number =
            |name: &str| child(node, name).map(|node| self.source.number(node)).transpose();
        let is_own = number("UID")? == Some(0) || number("OutlineLevel")? == Some(0);
        Ok(is_own.then(|| child(node, "Notes").map(text).unwrap_or_default()))
    }

    /// The row of a task; none for blank lines and what is not to be scheduled.
    pub(super) fn task(
        &mut self,
        node: Node<'_, '_>,
        notes: &mut Notes,
    ) -> Result<Option<TaskRow>> {
        let at = node.range().start;
        let mut task = TaskRow { at, uid: i64::MIN, level: 1, format: 7, ..TaskRow::default() };
        task.calendar_uid = -1;
        let mut besides = Besides::default();
        for part in node.children().filter(Node::is_element) {
            if !self.of_row(part, &mut task, notes)? && !self.besides(part, &mut besides)? {
                self.other(part, &task, notes);
            }
        }
        if besides.is_null {
            return Ok(None);
        }
        if task.uid == i64::MIN {
            let hint = "give each task a UID of its own";
            return Err(self.source.wrong(at, "a task without UID".to_owned(), hint));
        }
        let name = task.name.clone();
        let mut note = |kind: &str, text: &str| {
            self.source.note(notes, at, kind, || format!("task \"{name}\" {text}"));
        };
        if besides.is_active == Some(false) {
            note("Active", "is inactive; it is left out, with its links");
            return Ok(None);
        }
        if besides.is_external {
            note("ExternalTask", "belongs to another project; it is left out, with its links");
            return Ok(None);
        }
        if let Some(file) = besides.subproject.filter(|_| !task.is_summary) {
            note("IsSubproject", &format!("is a project of its own ({file}), which is not read"));
        }
        if task.is_manual && !task.is_summary {
            note("Manual", "is scheduled by hand: it must start on its day, whatever its links");
        }
        if task.constraint == codes::AS_LATE_AS_POSSIBLE {
            note("ALAP", "is to be as late as possible; it is as early as possible here");
        }
        if task.is_milestone && task.seconds > 0 {
            note("LongMilestone", "is a milestone that takes time; it is a task here");
        }
        facts(&mut task, &mut note);
        Ok(Some(task))
    }

    /// Takes an element that goes into the row; whether it is one.
    fn of_row(&self, part: Node<'_, '_>, task: &mut TaskRow, notes: &mut Notes) -> Result<bool> {
        let source = self.source;
        match part.tag_name().name() {
            "UID" => task.uid = source.number(part)?,
            "Name" => task.name = text(part),
            "OutlineLevel" => task.level = source.number(part)?,
            "Summary" => task.is_summary = source.flag(part)?,
            "Milestone" => task.is_milestone = source.flag(part)?,
            "Manual" => task.is_manual = source.flag(part)?,
            "Start" => task.start = source.moment(part)?,
            "Finish" => task.finish = source.moment(part)?,
            "Duration" => task.seconds = source.seconds(part)?,
            "DurationFormat" => task.format = self.format(part)?,
            "PercentComplete" => task.percent = source.number(part)?,
            "ActualStart" => task.actual_start = source.moment(part)?,
            "ActualFinish" => task.actual_finish = source.moment(part)?,
            "RemainingDuration" => task.remaining_seconds = Some(source.seconds(part)?),
            "ConstraintType" => task.constraint = self.constraint(part)?,
            "ConstraintDate" => task.constraint_date = source.moment(part)?,
            "Deadline" => task.deadline = source.moment(part)?,
            "CalendarUID" => task.calendar_uid = source.number(part)?,
            "PredecessorLink" => task.links.extend(self.link(part, notes)?),
            "ExtendedAttribute" => self.field(part, task, notes)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn besides(&self, part: Node<'_, '_>, besides: &mut Besides) -> Result<bool> {
        match part.tag_name().name() {
            "Active" => besides.is_active = Some(self.source.flag(part)?),
            "IsNull" => besides.is_null = self.source.flag(part)?,
            "ExternalTask" => besides.is_external = self.source.flag(part)?,
            "IsSubproject" => {
                let is_one = self.source.flag(part)?;
                besides.subproject =
                    is_one.then(|| "no name".to_owned()).or(besides.subproject.take());
            }
            "SubprojectName" => besides.subproject = Some(text(part)),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Notes an element that is not read and says something.
    fn other(&self, part: Node<'_, '_>, task: &TaskRow, notes: &mut Notes) {
        let name = part.tag_name().name();
        let value = text(part);
        let value = value.trim();
        let is_nothing = ["", "0", "0.00", "false", "PT0H0M0S", "NA"].contains(&value);
        let is_usual = OF_NO_ACCOUNT.contains(&name) || (name == "Priority" && value == "500");
        let has_parts = part.children().any(|child| child.is_element());
        if is_usual || (is_nothing && !has_parts) {
            return;
        }
        self.source.note(notes, part.range().start, name, || match name {
            "LevelingDelay" => format!(
                "task \"{}\" is delayed by levelling of resources; it is as early as its links let it",
                task.name
            ),
            "TimephasedData" => "work spread over time, and splits, are not kept".to_owned(),
            _ => format!("{name} of task \"{}\" is not kept", task.name),
        });
    }

    fn format(&self, part: Node<'_, '_>) -> Result<i64> {
        let format = self.source.number(part)?;
        let is_of_time = !matches!(
            codes::unit(format),
            None | Some(codes::Unit::Percent | codes::Unit::ElapsedPercent)
        );
        if is_of_time {
            return Ok(format);
        }
        let hint = "7 is days, 8 elapsed days";
        Err(self.source.wrong(
            part.range().start,
            format!("no unit of durations is {format}"),
            hint,
        ))
    }

    fn constraint(&self, part: Node<'_, '_>) -> Result<i64> {
        let code = self.source.number(part)?;
        if (0..=7).contains(&code) {
            return Ok(code);
        }
        let problem = format!("no constraint is of type {code}");
        Err(self.source.wrong(part.range().start, problem, "types are 0 to 7"))
    }

    fn link(&self, node: Node<'_, '_>, notes: &mut Notes) -> Result<Option<LinkRow>> {
        let (source, at) = (self.source, node.range().start);
        let number = |name: &str| child(node, name).map(|node| source.number(node)).transpose();
        let is_cross = child(node, "CrossProject").map(|node| source.flag(node)).transpose()?;
        if is_cross == Some(true) {
            source.note(notes, at, "CrossProject", || {
                "a link to a task of another project is left out".to_owned()
            });
            return Ok(None);
        }
        let Some(from_uid) = number("PredecessorUID")? else {
            let problem = "a link without PredecessorUID".to_owned();
            return Err(source.wrong(at, problem, "name the task that it starts from"));
        };
        let code = number("Type")?.unwrap_or(1);
        let Some(kind) = codes::link_kind(code) else {
            let hint = "types are 0 for FF, 1 for FS, 2 for SF, 3 for SS";
            return Err(source.wrong(at, format!("no link is of type {code}"), hint));
        };
        let (lag_tenths, format) =
            (number("LinkLag")?.unwrap_or(0), number("LagFormat")?.unwrap_or(7));
        if codes::unit(format).is_none() {
            let hint = "7 is days, 8 elapsed days, 19 per cent";
            return Err(source.wrong(at, format!("no unit of lags is {format}"), hint));
        }
        Ok(Some(LinkRow { at, from_uid, kind, lag_tenths, format }))
    }

    fn field(&self, node: Node<'_, '_>, task: &mut TaskRow, notes: &mut Notes) -> Result<()> {
        let id = child(node, "FieldID").map(|node| self.source.number(node)).transpose()?;
        let value = child(node, "Value").map(text).unwrap_or_default();
        let Some(field) = id.and_then(|id| self.fields.get(&id)) else {
            self.source.note(notes, node.range().start, "field", || {
                format!("custom fields are not kept, as that of {value:.60} is not")
            });
            return Ok(());
        };
        let number = || {
            let number = value.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            number.ok_or_else(|| {
                let problem = format!("{} is \"{value:.40}\"", field.alias);
                self.source.wrong(node.range().start, problem, "write a number")
            })
        };
        let length_m = || m_of_km(&value).map_or_else(number, Ok);
        let fields = &mut task.fields;
        match field.id {
            id if id == codes::ID.id => fields.id = value,
            id if id == codes::WORK.id => fields.work = value,
            id if id == codes::TOLD.id => fields.told = value,
            id if id == codes::KM_FROM.id => fields.from_m = Some(length_m()?),
            id if id == codes::KM_TO.id => fields.to_m = Some(length_m()?),
            id if id == codes::QUANTITY.id => fields.quantity = Some(number()?),
            id if id == codes::RATE.id => fields.rate_per_shift = Some(number()?),
            _ => fields.crews = Some(number()?),
        }
        Ok(())
    }
}

/// Makes progress whole: what is begun has a start, what is done a finish.
fn facts(task: &mut TaskRow, note: &mut impl FnMut(&str, &str)) {
    if task.is_summary {
        return;
    }
    let is_done = task.percent >= 100 || task.actual_finish.is_some();
    if is_done && task.actual_finish.is_none() {
        note("ActualFinish", "is done and has no actual finish; its finish is taken");
        task.actual_finish = task.finish;
    }
    let is_begun = task.percent > 0 || is_done;
    if is_begun && task.actual_start.is_none() {
        note("ActualStart", "is begun and has no actual start; its start is taken");
        task.actual_start = task.start;
    }
    let is_moment = task.is_milestone && task.seconds == 0;
    if is_moment && task.actual_start.is_some() && task.actual_finish.is_none() {
        task.actual_finish = task.actual_start;
    }
    let is_open = task.actual_start.is_some() && task.actual_finish.is_none();
    if is_open && task.remaining_seconds.is_none() {
        note("RemainingDuration", "is begun and does not say what remains; its share is taken");
        task.remaining_seconds = Some(task.seconds * (100 - task.percent.clamp(0, 100)) / 100);
    }
}
