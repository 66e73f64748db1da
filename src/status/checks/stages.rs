//! Stages, gates and their evidence.

use super::context::Context;
use crate::error::Result;
use crate::stages::{SegmentStages, StageState, segment_stages};

pub(super) fn check(context: &mut Context<'_>) -> Result<()> {
    let study = context.study;
    for segment in &study.segments {
        let stages = segment_stages(study, &segment.id, context.day)?;
        of_subject(context, &stages);
        for part in &stages.parts {
            of_subject(context, part);
        }
    }
    Ok(())
}

fn of_subject(context: &mut Context<'_>, stages: &SegmentStages) {
    let study = context.study;
    let subject = stages.subject.as_str();
    for (place, gate) in stages.gates.iter().enumerate() {
        let item = format!("{subject}:{}", gate.stage);
        let claim = gate.claimed_by.as_ref().and_then(|id| study.claim(id));
        if let (StageState::Claimed, Some(claim)) = (gate.state, claim) {
            let missing: Vec<&str> =
                gate.missing.iter().map(|missing| missing.text.as_str()).collect();
            let message = format!(
                "\"{}\" is claimed, but nothing shows that {}",
                gate.name,
                missing.join("; ")
            );
            context.find("stage-only-claimed", &item, subject, "claimed", message, &[claim]);
        }
        let open_before =
            stages.gates.iter().take(place).find(|before| before.state != StageState::Reached);
        // A record of a stretch begins where its own records begin.
        let has_own_start =
            subject.contains("..") && open_before.is_some_and(|gate| gate.met.is_empty());
        if let Some(before) = open_before
            && gate.met.iter().any(|met| !met.partial)
            && !has_own_start
        {
            let message = format!(
                "\"{}\" has evidence, but \"{}\" before it is not passed",
                gate.name, before.name
            );
            context.find("gate-skipped", &item, subject, before.name.clone(), message, &[]);
            context.rests_on(gate.met.iter().map(|met| &met.source));
        }
        for met in gate.met.iter().filter(|met| met.partial) {
            let note = met.note.as_deref().unwrap_or("a part");
            let message = format!("{}: {} only in part: {note}", gate.name, met.text);
            let item = format!("{item}:{}", met.criterion);
            context.find("gate-half-open", &item, subject, "part", message, &[]);
            context.rests_on([&met.source]);
        }
        if let Some(expected) = gate.expected
            && gate.state != StageState::Reached
            && expected.days_until(context.day) > 0
        {
            let message =
                format!("{} was expected by {} and is not reached", gate.name, expected.words());
            context.find("stage-overdue", &item, subject, expected.to_string(), message, &[]);
            context.rests_on(&gate.expected_source);
        }
    }
    if stages.stalled
        && let Some(newest) = stages.newest_evidence
    {
        let months = newest.days_until(context.day) / 30;
        let message = format!("no new evidence since {}, {months} months", newest.words());
        context.find("stalled", subject, subject, format!("{months} months"), message, &[]);
        let met = stages.gates.iter().flat_map(|gate| &gate.met);
        context.rests_on(met.filter(|met| met.dated == newest).map(|met| &met.source));
    }
}
