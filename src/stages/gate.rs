//! One gate on one day: what is met, what is missing.

use serde::Serialize;

use crate::model::{Date, StageRecord, Study, TemplateStage};

/// How far a stage has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StageState {
    /// Every criterion of its gate has evidence.
    Reached,
    /// Somebody says that it is done, but evidence is missing.
    Claimed,
    /// Some evidence is there.
    Begun,
    /// Nothing is known.
    Open,
}

/// A criterion that has evidence, or a part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Met {
    /// Id of the criterion.
    pub criterion: String,
    /// The criterion in words.
    pub text: String,
    /// Since when.
    pub dated: Date,
    /// Id of the source.
    pub source: String,
    /// What the evidence is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether it covers only a part, so that the criterion stays open.
    pub partial: bool,
}

/// A criterion without evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    /// Id of the criterion.
    pub criterion: String,
    /// The criterion in words.
    pub text: String,
}

/// The gate at the end of a stage, as it stands on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gate {
    /// Id of the stage in its template.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// Phase of a line's life: idea, study, design, works, service.
    pub phase: String,
    /// How far it has come.
    pub state: StageState,
    /// Criteria with evidence.
    pub met: Vec<Met>,
    /// Criteria without.
    pub missing: Vec<Missing>,
    /// Id of the claim that says that it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<String>,
    /// When it is expected to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Date>,
    /// Id of the source of the expected date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_source: Option<String>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Gate {
    /// The gate of `stage` on `day`, by the study's record of it.
    pub(super) fn on(
        study: &Study,
        stage: &TemplateStage,
        record: Option<&StageRecord>,
        day: Date,
    ) -> Self {
        let evidence = record.map_or(&[][..], |record| &record.evidence);
        let (mut met, mut missing) = (Vec::new(), Vec::new());
        for criterion in &stage.criteria {
            let known =
                |e: &&crate::model::Evidence| e.criterion == criterion.id && e.dated.is_by(day);
            let all = || evidence.iter().filter(known);
            // Whole evidence counts before partial; the earliest of it.
            let best = all().min_by_key(|evidence| (evidence.partial, evidence.dated));
            met.extend(best.map(|evidence| Met {
                criterion: criterion.id.clone(),
                text: criterion.text.clone(),
                dated: evidence.dated,
                source: evidence.source.clone(),
                note: evidence.note.clone(),
                partial: evidence.partial,
            }));
            if best.is_none_or(|evidence| evidence.partial) {
                missing.push(Missing {
                    criterion: criterion.id.clone(),
                    text: criterion.text.clone(),
                });
            }
        }
        let claimed_by = record
            .and_then(|record| record.claimed_by.clone())
            .filter(|id| study.claims_known_by(day).any(|claim| claim.id == *id));
        let state = if missing.is_empty() {
            StageState::Reached
        } else if claimed_by.is_some() {
            StageState::Claimed
        } else if !met.is_empty() {
            StageState::Begun
        } else {
            StageState::Open
        };
        let expected = record.filter(|record| was_said_by(study, record, day));
        Self {
            stage: stage.id.clone(),
            name: stage.name.en.clone(),
            phase: stage.phase.clone(),
            state,
            met,
            missing,
            claimed_by,
            expected: expected.and_then(|record| record.expected),
            expected_source: expected.and_then(|record| record.expected_source.clone()),
            note: record.and_then(|record| record.note.clone()),
        }
    }
}

/// Whether the source of the expected date was published by the day, as far as it is dated.
fn was_said_by(study: &Study, record: &StageRecord, day: Date) -> bool {
    let source = record.expected_source.as_ref().and_then(|id| study.source(id));
    source.and_then(|source| source.dated).is_none_or(|dated| dated.is_by(day))
}
