//! Everything that is known about the corridor on a day.

use std::collections::BTreeSet;

use serde::Serialize;

use super::gauge::segment_gauge_mm;
use super::{
    BreakOfGauge, LengthRow, MilestoneStatus, MoneyStatus, Preference, Resolved, breaks_of_gauge,
    check, lengths, milestones, money, resolve,
};
use crate::error::Result;
use crate::finding::Finding;
use crate::model::{Certainty, Date, PARAMETERS, PROPERTIES, Risk, Study, Value};
use crate::stages::{PaceRange, SegmentStages, segment_stages, works_at_pace_of_built_lines};

/// The state of the corridor on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// The day.
    pub day: Date,
    /// Every segment, in order.
    pub segments: Vec<SegmentStatus>,
    /// Lengths by segment, and the total last.
    pub lengths: Vec<LengthRow>,
    /// Technical parameters, in the order of [`PARAMETERS`].
    pub parameters: Vec<ParameterStatus>,
    /// Every property that anybody claims anything of, resolved.
    pub resolved: Vec<Resolved>,
    /// Dates that matter.
    pub milestones: Vec<MilestoneStatus>,
    /// Who pays, and how firmly.
    pub money: Vec<MoneyStatus>,
    /// Where gauges break.
    pub breaks_of_gauge: Vec<BreakOfGauge>,
    /// What may go wrong, the worst first.
    pub risks: Vec<Risk>,
    /// What does not fit together, the worst first.
    pub findings: Vec<Finding>,
}

/// The state of a segment on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SegmentStatus {
    /// Id of the segment.
    pub segment: String,
    /// Its name.
    pub name: String,
    /// Its gates.
    pub stages: SegmentStages,
    /// Its gauge, millimetres; absent while it is not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gauge_mm: Option<f64>,
    /// Months of works at the pace of built lines, by its published length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub works_of_built_lines: Option<PaceRange>,
}

/// A technical parameter on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParameterStatus {
    /// Its name, with the unit.
    pub name: String,
    /// Its words.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// `corridor`, or the id of a segment.
    pub subject: String,
    /// The value.
    pub value: Value,
    /// Published, or assumed; what was published after the day counts as assumed on it.
    pub state: Certainty,
    /// Id of the claim that publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// Id of a source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why it is assumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What is known about the corridor on a day; any day will do.
///
/// # Errors
/// [`Error::Unknown`](crate::Error::Unknown) or
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for a study that does not pass
/// [`Study::check`].
pub fn assess(study: &Study, day: Date) -> Result<Status> {
    let lengths = lengths(study, day)?;
    let mut segments = Vec::new();
    for segment in &study.segments {
        let row = lengths.iter().find(|row| row.subject == segment.id);
        let length_km = row.and_then(|row| row.published_km);
        segments.push(SegmentStatus {
            segment: segment.id.clone(),
            name: study.subject_name(&segment.id),
            stages: segment_stages(study, &segment.id, day)?,
            gauge_mm: segment_gauge_mm(study, &segment.id, day),
            works_of_built_lines: length_km.and_then(works_at_pace_of_built_lines),
        });
    }
    let mut risks = study.risks.clone();
    risks.sort_by_key(|risk| std::cmp::Reverse(risk.likelihood as u8 * 2 + risk.impact as u8 * 3));
    Ok(Status {
        day,
        segments,
        lengths,
        parameters: parameters(study, day),
        resolved: all_resolved(study, day),
        milestones: milestones(study, day),
        money: money(study, day),
        breaks_of_gauge: breaks_of_gauge(study, day),
        risks,
        findings: check(study, day)?,
    })
}

fn parameters(study: &Study, day: Date) -> Vec<ParameterStatus> {
    let mut all = Vec::new();
    for kind in PARAMETERS {
        for parameter in study.parameters.iter().filter(|parameter| parameter.name == kind.name) {
            let known = parameter
                .claim
                .as_ref()
                .is_none_or(|id| study.claims_known_by(day).any(|claim| claim.id == *id));
            all.push(ParameterStatus {
                name: parameter.name.clone(),
                label: kind.label.to_owned(),
                unit: kind.unit.to_owned(),
                subject: parameter.subject.clone(),
                value: parameter.value.clone(),
                state: if known { parameter.state } else { Certainty::Assumed },
                claim: parameter.claim.clone().filter(|_| known),
                source: parameter.source.clone(),
                reason: match known {
                    true => parameter.reason.clone(),
                    false => Some("published later".to_owned()),
                },
            });
        }
    }
    all
}

/// Every pair of subject and property with a claim: the line's own subjects first, in the order
/// of the study; properties in the order of [`PROPERTIES`].
fn all_resolved(study: &Study, day: Date) -> Vec<Resolved> {
    let mut subjects: Vec<&str> = vec![crate::model::CORRIDOR];
    subjects.extend(study.segments.iter().map(|segment| segment.id.as_str()));
    // Few of all pairs are claimed, and each that is resolved looks through all claims.
    let mut claimed: BTreeSet<(&str, &str)> = BTreeSet::new();
    for claim in &study.claims {
        claimed.insert((&claim.subject, &claim.property));
        if !subjects.contains(&claim.subject.as_str()) {
            subjects.push(&claim.subject);
        }
    }
    let mut all = Vec::new();
    for subject in subjects {
        let names = PROPERTIES.iter().map(|property| property.name);
        let names = names.filter(|name| claimed.contains(&(subject, *name)));
        all.extend(
            names.filter_map(|name| resolve(study, subject, name, day, Preference::default())),
        );
    }
    all
}
