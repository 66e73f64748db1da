//! A segment's way through the stages of its template.

use serde::Serialize;

use super::{Gate, StageState};
use crate::error::{Error, Result};
use crate::model::{Date, Segment, StageRecord, Study};

/// A segment without new evidence for so long is called stalled, days.
pub const STALLED_AFTER_DAYS: i64 = 365;

/// How far a segment, or a stretch of it, has come on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SegmentStages {
    /// Id of the segment, or a stretch.
    pub subject: String,
    /// Id of the stage template.
    pub template: String,
    /// All gates, in order.
    pub gates: Vec<Gate>,
    /// Index of the last gate up to which all are reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<usize>,
    /// Index of the first gate that is not reached: what comes next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<usize>,
    /// Index of the furthest gate with any evidence or claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub furthest: Option<usize>,
    /// Date of the newest evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest_evidence: Option<Date>,
    /// Whether it is not finished and had no new evidence for [`STALLED_AFTER_DAYS`].
    pub stalled: bool,
    /// The same for stretches of the segment that have records of their own.
    pub parts: Vec<SegmentStages>,
}

impl SegmentStages {
    /// The stage that the segment counts as being in: the last reached in unbroken order.
    #[must_use]
    pub fn reached_gate(&self) -> Option<&Gate> {
        self.gates.get(self.reached?)
    }

    /// The gate that comes next.
    #[must_use]
    pub fn next_gate(&self) -> Option<&Gate> {
        self.gates.get(self.next?)
    }

    /// The furthest gate that anything is known of.
    #[must_use]
    pub fn furthest_gate(&self) -> Option<&Gate> {
        self.gates.get(self.furthest?)
    }

    /// The furthest gate with a claim, or with evidence for more than a part of it: what holds
    /// for the whole of the segment.
    #[must_use]
    pub fn furthest_gate_of_whole(&self) -> Option<&Gate> {
        let of_whole =
            |gate: &&Gate| gate.claimed_by.is_some() || gate.met.iter().any(|met| !met.partial);
        self.gates.iter().rfind(of_whole)
    }
}

/// How far a segment has come on a day, with its stretches.
///
/// A stage is *reached* only if every criterion of its gate has evidence dated by then. The
/// template is the one of the segment's first record, or `cis`.
///
/// # Errors
/// [`Error::Unknown`] for a segment or template that the study does not have.
pub fn segment_stages(study: &Study, segment: &str, day: Date) -> Result<SegmentStages> {
    let Some(found) = study.segment(segment) else {
        let known: Vec<&str> = study.segments.iter().map(|segment| segment.id.as_str()).collect();
        return Err(Error::Unknown {
            what: "segment",
            name: segment.to_owned(),
            hint: format!("known are {}", known.join(", ")),
        });
    };
    let mut stages = of_subject(study, segment, day)?;
    for record in study.stages.iter().filter(|record| is_part(&record.segment, found)) {
        if stages.parts.iter().all(|part| part.subject != record.segment) {
            stages.parts.push(of_subject(study, &record.segment, day)?);
        }
    }
    Ok(stages)
}

/// Whether a stretch `from..to` lies on the segment.
fn is_part(subject: &str, segment: &Segment) -> bool {
    let on = |id: &str| segment.station_ids().any(|station| station == id);
    Study::stretch(subject).is_some_and(|(from, to)| on(from) && on(to))
}

fn of_subject(study: &Study, subject: &str, day: Date) -> Result<SegmentStages> {
    let records = || study.stages.iter().filter(|record| record.segment == subject);
    let template_id = records().next().map_or("cis", |record| record.template.as_str());
    let template = study.template(template_id)?;
    let record_of = |id: &str| -> Option<&StageRecord> {
        records().find(|record| record.template == template.id && record.stage == id)
    };
    let gates: Vec<Gate> = template
        .stages
        .iter()
        .map(|stage| Gate::on(study, stage, record_of(&stage.id), day))
        .collect();
    let next = gates.iter().position(|gate| gate.state != StageState::Reached);
    let newest_evidence = gates.iter().flat_map(|gate| &gate.met).map(|met| met.dated).max();
    let silent = newest_evidence.is_some_and(|newest| newest.days_until(day) > STALLED_AFTER_DAYS);
    Ok(SegmentStages {
        subject: subject.to_owned(),
        template: template.id.clone(),
        reached: next.unwrap_or(gates.len()).checked_sub(1),
        next,
        furthest: gates.iter().rposition(|gate| gate.state != StageState::Open),
        newest_evidence,
        stalled: silent && next.is_some(),
        gates,
        parts: Vec::new(),
    })
}
