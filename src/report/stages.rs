//! Where each segment stands.

use super::sources::number;
use super::table::{Cell, Mark, Table};
use super::words::{day_words, sentence};
use crate::model::Study;
use crate::stages::{Gate, SegmentStages, StageState};
use crate::status::{SegmentStatus, Status};

/// One row a segment: stage reached, what is under way, what comes next, when.
#[must_use]
pub fn status_table(study: &Study, status: &Status) -> Table {
    let note = "A stage counts as reached only when every criterion of its gate, and of all gates \
                before it, has evidence. What is under way, or only claimed, stands beside it. Pace: the published \
                length at that of Hairatan-Mazar, Zhezkazgan-Beyneu and Arkalyk-Shubarkol, in easier \
                ground.";
    let headings = [
        "Segment",
        "Reached",
        "Furthest sign of work",
        "Next gate",
        "Expected",
        "Works at the pace of built lines",
        "Newest evidence",
    ];
    let mut table = Table::new("status", "Where each segment stands", note, &headings);
    for segment in &status.segments {
        let mut cells = row(study, &sentence(&segment.name), &segment.stages);
        cells.insert(PACE_COLUMN, pace(segment).into());
        table.rows.push(cells);
        for part in &segment.stages.parts {
            let name = format!("of it: {}", study.subject_name(&part.subject));
            // A stretch has records of its own works only; the rest is its segment's.
            let mut cells = row(study, &name, part);
            for place in [1, 3] {
                if let Some(cell) = cells.get_mut(place) {
                    *cell = "as its segment".into();
                }
            }
            cells.insert(PACE_COLUMN, "-".into());
            table.rows.push(cells);
        }
    }
    table
}

/// Where the pace of built lines stands.
const PACE_COLUMN: usize = 5;

/// Months of works at the pace of built lines of the region.
fn pace(segment: &SegmentStatus) -> String {
    segment.works_of_built_lines.as_ref().map_or("-".to_owned(), |range| {
        format!("{:.0}-{:.0} months", range.low_months, range.high_months)
    })
}

fn row(study: &Study, name: &str, stages: &SegmentStages) -> Vec<Cell> {
    let reached = stages.reached_gate().map_or(Cell::marked("", Mark::Open), |gate| {
        Cell::from(gate.name.clone()).with_sources(sources(study, gate))
    });
    let furthest = stages.furthest_gate().map_or("none".into(), |gate| {
        let part = if in_part(gate) { ", in part" } else { "" };
        Cell { mark: Some(mark(gate.state)), ..Cell::from(format!("{}{part}", gate.name)) }
            .with_sources(sources(study, gate))
    });
    let next = stages.next_gate().map_or("done".into(), |gate| Cell::from(gate.name.clone()));
    let expected = stages.gates.iter().rev().find(|gate| gate.expected.is_some());
    let newest = stages.newest_evidence.map_or("none".to_owned(), day_words);
    vec![
        name.into(),
        reached,
        furthest,
        next,
        expected.map_or("not published".into(), |gate| expectation(study, gate)),
        if stages.stalled { Cell::marked(newest, Mark::Overdue) } else { newest.into() },
    ]
}

/// Whether all that is known of a gate holds for a part alone.
pub(super) fn in_part(gate: &Gate) -> bool {
    gate.claimed_by.is_none() && !gate.met.is_empty() && gate.met.iter().all(|met| met.partial)
}

fn expectation(study: &Study, gate: &Gate) -> Cell {
    let day = gate.expected.map(day_words).unwrap_or_default();
    let source = gate.expected_source.as_ref().and_then(|id| number(study, id));
    Cell::from(format!("{}: {day}", gate.name)).with_sources(source)
}

/// Documents behind a gate's evidence.
fn sources(study: &Study, gate: &Gate) -> Vec<usize> {
    let claim = gate.claimed_by.as_ref().and_then(|id| study.claim(id)).map(|claim| &claim.source);
    let evidence = gate.met.iter().map(|met| &met.source);
    evidence.chain(claim).filter_map(|id| number(study, id)).collect()
}

/// The mark of a state.
pub(super) fn mark(state: StageState) -> Mark {
    match state {
        StageState::Reached => Mark::Reached,
        StageState::Claimed => Mark::Claimed,
        StageState::Begun => Mark::Begun,
        StageState::Open => Mark::Open,
    }
}

/// One row a segment, one column a gate.
#[must_use]
pub fn gates_table(study: &Study, status: &Status) -> Table {
    let note = "Reached: every criterion has evidence. Claimed: somebody says so, evidence is \
                missing. Begun: some evidence. Open: nothing is known.";
    let template =
        status.segments.first().and_then(|segment| study.template(&segment.stages.template).ok());
    let mut headings = vec!["Segment"];
    headings.extend(
        template.iter().flat_map(|template| &template.stages).map(|stage| stage.name.en.as_str()),
    );
    let mut table = Table::new("gates", "Gates", note, &headings);
    for SegmentStatus { name, stages, .. } in &status.segments {
        let is_shown = |stages: &SegmentStages| stages.gates.len() + 1 == headings.len();
        let named = std::iter::once((sentence(name), stages)).chain(
            stages
                .parts
                .iter()
                .map(|part| (format!("of it: {}", study.subject_name(&part.subject)), part)),
        );
        for (name, stages) in named.filter(|(_, stages)| is_shown(stages)) {
            let mut row: Vec<Cell> = vec![name.into()];
            let is_part = stages.subject.contains("..");
            row.extend(stages.gates.iter().map(|gate| match gate.state {
                StageState::Open if is_part => "-".into(),
                _ => gate_cell(study, gate),
            }));
            table.rows.push(row);
        }
    }
    table
}

fn gate_cell(study: &Study, gate: &Gate) -> Cell {
    let whole = gate.met.iter().filter(|met| !met.partial).count();
    let all = whole + gate.missing.len();
    let text = if gate.met.is_empty() { String::new() } else { format!("{whole}/{all}") };
    Cell { mark: Some(mark(gate.state)), ..Cell::from(text) }.with_sources(sources(study, gate))
}

/// What is missing at the next gate, and at every gate that was begun or claimed.
#[must_use]
pub fn missing_table(study: &Study, status: &Status) -> Table {
    let note = "The next gate of each segment, and every gate that work has touched.";
    let headings = ["Segment", "Gate", "There is", "Missing"];
    let mut table = Table::new("missing", "What is there and what is missing", note, &headings);
    for segment in &status.segments {
        let all = std::iter::once(&segment.stages).chain(&segment.stages.parts);
        for stages in all {
            for (place, gate) in stages.gates.iter().enumerate() {
                let is_next = stages.next == Some(place) && !stages.subject.contains("..");
                if !is_next && !matches!(gate.state, StageState::Begun | StageState::Claimed) {
                    continue;
                }
                table.rows.push(vec![
                    sentence(&study.subject_name(&stages.subject)).into(),
                    Cell { mark: Some(mark(gate.state)), ..Cell::from(gate.name.clone()) },
                    there(study, gate),
                    gate.missing
                        .iter()
                        .map(|missing| missing.text.as_str())
                        .collect::<Vec<_>>()
                        .join("; ")
                        .into(),
                ]);
            }
        }
    }
    table
}

fn there(study: &Study, gate: &Gate) -> Cell {
    let words = |met: &crate::stages::Met| {
        let part = if met.partial { "in part: " } else { "" };
        let note = met.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        format!("{part}{}, {}{note}", met.text, day_words(met.dated))
    };
    let mut all: Vec<String> = gate.met.iter().map(words).collect();
    all.extend(gate.note.clone());
    let text = if all.is_empty() { "nothing".to_owned() } else { all.join("; ") };
    Cell::from(text).with_sources(sources(study, gate))
}
