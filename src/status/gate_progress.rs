//! How far each gate has come between two days, by evidence.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::model::{Date, Study};
use crate::stages::{Gate, Met, SegmentStages, StageState, segment_stages};

/// The criteria of a gate that have evidence on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GateCount {
    /// How far the stage has come.
    pub state: StageState,
    /// Criteria with evidence for the whole of them.
    pub met_count: usize,
    /// Criteria with evidence for a part, which stay open.
    pub partial_count: usize,
}

/// A gate on two days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GateProgress {
    /// Id of the segment, or a stretch.
    pub subject: String,
    /// Id of the stage in its template.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// Of how many criteria.
    pub criteria_count: usize,
    /// On the earlier day.
    pub then: GateCount,
    /// On the later day.
    pub now: GateCount,
    /// Evidence that came in between.
    pub evidence: Vec<Met>,
}

impl GateProgress {
    /// Whether anything is known of it, on either day.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        self.now.state != StageState::Open || self.then.state != StageState::Open
    }
}

/// Every gate of every segment, and of stretches with records of their own, on two days.
///
/// # Errors
/// [`Error::OutOfRange`] unless the first day is before the second; those of [`segment_stages`].
pub fn gate_progress(study: &Study, since: Date, day: Date) -> Result<Vec<GateProgress>> {
    in_order(since, day)?;
    let mut all = Vec::new();
    for segment in &study.segments {
        let then = segment_stages(study, &segment.id, since)?;
        let now = segment_stages(study, &segment.id, day)?;
        compare(&mut all, &then, &now);
        for (then, now) in then.parts.iter().zip(&now.parts) {
            compare(&mut all, then, now);
        }
    }
    Ok(all)
}

/// Refuses a span of days that does not run forwards.
pub(super) fn in_order(since: Date, day: Date) -> Result<()> {
    let days = since.days_until(day);
    if days > 0 {
        return Ok(());
    }
    #[expect(clippy::cast_precision_loss, reason = "days")]
    Err(Error::OutOfRange {
        item: format!("days from {since} to {day}"),
        value: days as f64,
        limit: "1 and more".to_owned(),
        hint: "let the earlier day be before the day of the status".to_owned(),
    })
}

fn compare(all: &mut Vec<GateProgress>, then: &SegmentStages, now: &SegmentStages) {
    for (old, new) in then.gates.iter().zip(&now.gates) {
        let is_new = |met: &&Met| !old.met.contains(met);
        all.push(GateProgress {
            subject: now.subject.clone(),
            stage: new.stage.clone(),
            name: new.name.clone(),
            criteria_count: new.missing.len() + whole(new),
            then: counted(old),
            now: counted(new),
            evidence: new.met.iter().filter(is_new).cloned().collect(),
        });
    }
}

fn counted(gate: &Gate) -> GateCount {
    let met_count = whole(gate);
    GateCount { state: gate.state, met_count, partial_count: gate.met.len() - met_count }
}

fn whole(gate: &Gate) -> usize {
    gate.met.iter().filter(|met| !met.partial).count()
}
