//! The rows of the Gantt chart: what stands in each, and fewer of them where there are too many.

use jiff::civil::Date;

use crate::model::{CORRIDOR, Study};
use crate::report::words::{sentence, work_words};
use crate::schedule::Dates;
use crate::stages::{ItemKind, Plan, PlanItem};

/// So many rows fit onto a page: three segments with every stage and kind of work that a plan knows.
const MOST_ROWS: usize = 64;

/// A row of the chart.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) kind: RowKind,
}

pub(super) enum RowKind {
    /// The name of a segment.
    Heading,
    /// Work, in one piece or more.
    Bars(Vec<Piece>),
    /// An opening: the place of the activity.
    Opening(usize),
    /// What was left out.
    Rest,
}

/// A piece of work of a row.
pub(super) struct Piece {
    pub(super) words: String,
    pub(super) start: Date,
    pub(super) finish: Date,
    pub(super) late_finish: Date,
    pub(super) is_critical: bool,
}

/// How much stands in a row.
#[derive(Clone, Copy, PartialEq)]
enum Detail {
    /// Each stage and kind of work.
    Work,
    /// All preparation of a segment, and all its works.
    Kind,
    /// The whole of a segment.
    Segment,
}

/// The rows of a plan, in as much detail as a page holds.
pub(super) fn rows(study: &Study, plan: &Plan, dates: &Dates<'_>) -> Vec<Row> {
    let mut found = Vec::new();
    for detail in [Detail::Work, Detail::Kind, Detail::Segment] {
        found = rows_of(study, plan, dates, detail);
        if found.len() <= MOST_ROWS {
            return found;
        }
    }
    let left_out = found.len() - (MOST_ROWS - 1);
    found.truncate(MOST_ROWS - 1);
    let label = format!("and {left_out} rows more, which are in the table");
    found.push(Row { label, kind: RowKind::Rest });
    found
}

fn rows_of(study: &Study, plan: &Plan, dates: &Dates<'_>, detail: Detail) -> Vec<Row> {
    let mut rows = Vec::new();
    for id in segments(study, plan) {
        let own = || plan.items.iter().enumerate().filter(|(_, item)| item.segment == id);
        let name = sentence(&study.subject_name(id));
        if detail != Detail::Segment && id != CORRIDOR {
            rows.push(Row { label: name.clone(), kind: RowKind::Heading });
        }
        rows.extend(bars(study, plan, dates, detail, id));
        let is_opening = |item: &PlanItem| item.kind == ItemKind::Opening;
        for (place, _) in own().filter(|(_, item)| is_opening(item)) {
            let is_of_all = id == CORRIDOR;
            let label = if is_of_all { format!("{name}: opening") } else { "Opening".to_owned() };
            rows.push(Row { label, kind: RowKind::Opening(place) });
        }
    }
    rows
}

/// The rows of work of a segment: as they begin, those that begin together as the plan lists them.
fn bars(study: &Study, plan: &Plan, dates: &Dates<'_>, detail: Detail, id: &str) -> Vec<Row> {
    let mut bars: Vec<(String, Vec<Piece>)> = Vec::new();
    for (place, item) in plan.items.iter().enumerate() {
        if item.segment != id || item.kind == ItemKind::Opening {
            continue;
        }
        let label = match (detail, item.kind) {
            (Detail::Work, _) => work_name(study, item),
            (Detail::Kind, ItemKind::Preparation) if item.from_m.is_none() && !is_trial(item) => {
                "Studies, money, tender".to_owned()
            }
            (Detail::Kind, _) => "Works and trial running".to_owned(),
            (Detail::Segment, _) => sentence(&study.subject_name(id)),
        };
        let activity = plan.network.activities.get(place);
        let piece = Piece {
            words: activity.map_or_else(String::new, |activity| activity.name.clone()),
            start: dates.early_start(place),
            finish: dates.early_finish(place),
            late_finish: dates.late_finish(place),
            is_critical: dates.is_critical(place),
        };
        match bars.iter_mut().find(|(known, _)| *known == label) {
            Some((_, pieces)) => pieces.push(piece),
            None => bars.push((label, vec![piece])),
        }
    }
    if detail == Detail::Work {
        bars.sort_by_key(|(_, pieces)| pieces.iter().map(|piece| piece.start).min());
    } else {
        bars.iter_mut().for_each(|(label, pieces)| *pieces = vec![whole(label, pieces)]);
    }
    let row = |(label, pieces)| Row { label, kind: RowKind::Bars(pieces) };
    bars.into_iter().map(row).collect()
}

/// One piece from the first start to the last finish; critical if one of them is.
fn whole(label: &str, pieces: &[Piece]) -> Piece {
    let starts = pieces.iter().map(|piece| piece.start).min();
    Piece {
        words: label.to_owned(),
        start: starts.unwrap_or_default(),
        finish: pieces.iter().map(|piece| piece.finish).max().unwrap_or_default(),
        late_finish: pieces.iter().map(|piece| piece.late_finish).max().unwrap_or_default(),
        is_critical: pieces.iter().any(|piece| piece.is_critical),
    }
}

/// The segments of the plan in the order of the study, then what is of none.
fn segments<'a>(study: &'a Study, plan: &'a Plan) -> Vec<&'a str> {
    let has = |id: &str| plan.items.iter().any(|item| item.segment == id);
    let mut ids: Vec<&str> = Vec::new();
    let of_study = study.segments.iter().map(|segment| segment.id.as_str());
    let of_plan = plan.items.iter().map(|item| item.segment.as_str());
    for id in of_study.chain(of_plan) {
        if has(id) && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn is_trial(item: &PlanItem) -> bool {
    item.work == "trial-running"
}

/// What a stage or a kind of work is called.
fn work_name(study: &Study, item: &PlanItem) -> String {
    let templates = study.stages.iter().filter(|record| record.segment == item.segment);
    let template = templates.map(|record| record.template.as_str()).next().unwrap_or("cis");
    let stage = study.template(template).ok().and_then(|template| template.stage(&item.work));
    match stage {
        Some((_, stage)) if item.kind == ItemKind::Preparation => stage.name.en.clone(),
        _ => work_words(&item.work),
    }
}
