//! Documents behind the figures.

use std::collections::BTreeSet;

use super::context::Context;
use super::rules::rule;
use crate::finding::Finding;
use crate::model::{CORRIDOR, Claim, Grade, Study, Waiver};
use crate::status::resolve::{Preference, resolve};
use crate::status::words::{claim_value, property_words};

/// What a decision rests on.
const KEY_PROPERTIES: [&str; 5] =
    ["length_km", "gauge_mm", "construction_cost", "total_cost", "design_cost"];

pub(super) fn check(context: &mut Context<'_>) {
    let study = context.study;
    let subjects = study.segments.iter().map(|segment| segment.id.as_str()).chain([CORRIDOR]);
    for subject in subjects {
        for name in KEY_PROPERTIES {
            key_figure(context, subject, name);
        }
    }
    let used = used_sources(study);
    for source in &study.sources {
        if source.url.is_none() {
            let message = format!("\"{}\" has no address", source.title);
            context.find(
                "source-without-address",
                &source.id,
                CORRIDOR,
                source.title.clone(),
                message,
                &[],
            );
            context.rests_on([&source.id]);
        }
        if !used.contains(source.id.as_str()) {
            let message = format!("nothing in the study rests on \"{}\"", source.title);
            context.find("source-unused", &source.id, CORRIDOR, source.title.clone(), message, &[]);
            context.rests_on([&source.id]);
        }
    }
}

/// Ids of the documents that anything in the study rests on.
fn used_sources(study: &Study) -> BTreeSet<&str> {
    let stages = study.stages.iter().flat_map(|stage| {
        let evidence = stage.evidence.iter().map(|evidence| &evidence.source);
        evidence.chain(&stage.expected_source)
    });
    let milestones = study.milestones.iter().flat_map(|milestone| &milestone.entries);
    let financing = study.financing.iter().flat_map(|financing| &financing.history);
    let always = study
        .claims
        .iter()
        .map(|claim| &claim.source)
        .chain(study.connections.iter().map(|connection| &connection.source))
        .chain(study.parties.iter().map(|party| &party.source))
        .chain(milestones.map(|entry| &entry.source))
        .chain(financing.map(|entry| &entry.source));
    always
        .chain(stages)
        .chain(study.stations.iter().filter_map(|station| station.source.as_ref()))
        .chain(study.parameters.iter().filter_map(|parameter| parameter.source.as_ref()))
        .chain(study.exchange_rates.iter().filter_map(|rate| rate.source.as_ref()))
        .chain(study.risks.iter().filter_map(|risk| risk.source.as_ref()))
        .map(String::as_str)
        .collect()
}

fn key_figure(context: &mut Context<'_>, subject: &str, name: &str) {
    let study: &Study = context.study;
    let Some(used) = resolve(study, subject, name, context.day, Preference::default()) else {
        return;
    };
    let Some(claim) = study.claim(&used.claim) else { return };
    let label = property_words(name);
    let item = format!("{subject}:{name}");
    let about = |other: &&Claim| other.subject == subject && other.property == name;
    let official = context
        .claims
        .iter()
        .filter(|claim| about(claim))
        .any(|claim| matches!(claim.grade, Grade::Official | Grade::Contract));
    let value = claim_value(study, claim);
    if !official {
        let message = format!("{label}: {value} comes from the press alone");
        context.find("news-only", &item, subject, value.clone(), message, &[claim]);
    }
    if used.sources_count == 1 {
        let message = format!("{label}: {value} rests on one document");
        context.find("single-source", &item, subject, value, message, &[claim]);
    }
}

/// A waiver of something that is not found.
pub(super) fn needless_waiver(waiver: &Waiver) -> Finding {
    let rule = rule("waiver-needless");
    Finding {
        rule: rule.id,
        id: format!("{}:{}", rule.id, waiver.finding),
        severity: rule.severity,
        subject: CORRIDOR.to_owned(),
        chainage_m: None,
        value: waiver.finding.clone(),
        limit: rule.asks.to_owned(),
        message: format!("{} is waived, but not found", waiver.finding),
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    }
}
