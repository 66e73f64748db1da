//! Stages, milestones, money, risks and waivers: known ids, and what each must say.

use super::Check;
use super::claims::is_code;
use crate::model::problem::shown;
use crate::model::{Financing, StageRecord};

pub(super) fn check(check: &mut Check<'_>) {
    let study = check.study;
    for (index, stage) in study.stages.iter().enumerate() {
        stage_record(check, index, stage);
    }
    milestones(check);
    for (index, party) in study.parties.iter().enumerate() {
        check.source(
            format!("party[{index}].source"),
            format!("party {}", party.id),
            &party.source,
        );
    }
    for (index, financing) in study.financing.iter().enumerate() {
        money(check, index, financing);
    }
    exchange_rates(check);
    risks(check);
    for (index, waiver) in study.waivers.iter().enumerate() {
        let (path, item) =
            (format!("waiver[{index}]"), format!("waiver {}", shown(&waiver.finding)));
        check.text(format!("{path}.reason"), &item, "reason", &waiver.reason);
        if !waiver.finding.contains(':') {
            check.add(
                format!("{path}.finding"),
                item,
                format!("\"{}\" is no id of a finding", shown(&waiver.finding)),
                "copy the id from `corridor check`: rule:item",
            );
        }
    }
}

fn stage_record<'a>(check: &mut Check<'a>, index: usize, record: &'a StageRecord) {
    let study = check.study;
    let item = format!("stage {} of {}", shown(&record.stage), shown(&record.segment));
    let at = |key: &str| format!("stage[{index}].{key}");
    check.subject(at("segment"), item.clone(), &record.segment);
    if let Some(claim) = &record.claimed_by {
        check.claim(at("claimed_by"), item.clone(), claim);
    }
    if let Some(source) = &record.expected_source {
        check.source(at("expected_source"), item.clone(), source);
    }
    for (place, evidence) in record.evidence.iter().enumerate() {
        check.source(at(&format!("evidence[{place}].source")), item.clone(), &evidence.source);
    }
    let Ok(template) = study.template(&record.template) else {
        let ids = study.templates().map(|template| template.id.as_str());
        check.known(at("template"), item, "stage template", &record.template, ids);
        return;
    };
    let Some((_, stage)) = template.stage(&record.stage) else {
        let ids = template.stages.iter().map(|stage| stage.id.as_str());
        check.known(at("stage"), item, "stage", &record.stage, ids);
        return;
    };
    for (place, evidence) in record.evidence.iter().enumerate() {
        let ids = stage.criteria.iter().map(|criterion| criterion.id.as_str());
        let path = at(&format!("evidence[{place}].criterion"));
        check.known(path, item.clone(), "criterion", &evidence.criterion, ids);
    }
    let same = |other: &StageRecord| {
        (&other.segment, &other.template, &other.stage)
            == (&record.segment, &record.template, &record.stage)
    };
    if study.stages.iter().take(index).any(same) {
        check.add(
            at("stage"),
            item,
            "is recorded twice",
            "put all its evidence into one [[stage]]",
        );
    }
}

fn milestones(check: &mut Check<'_>) {
    let study = check.study;
    for (index, milestone) in study.milestones.iter().enumerate() {
        let item = format!("milestone {}", shown(&milestone.id));
        check.subject(format!("milestone[{index}].subject"), item.clone(), &milestone.subject);
        if milestone.entries.is_empty() {
            check.add(
                format!("milestone[{index}].entries"),
                item.clone(),
                "has no entries",
                "add entries = [{ kind = \"planned\", date = ..., dated = ..., source = \"...\" }]",
            );
        }
        for (place, entry) in milestone.entries.iter().enumerate() {
            let path = format!("milestone[{index}].entries[{place}].source");
            check.source(path, item.clone(), &entry.source);
        }
    }
}

fn money(check: &mut Check<'_>, index: usize, financing: &Financing) {
    let study = check.study;
    let item = format!("financing {}", shown(&financing.id));
    check.subject(format!("financing[{index}].subject"), item.clone(), &financing.subject);
    let parties = study.parties.iter().map(|party| party.id.as_str());
    check.known(
        format!("financing[{index}].party"),
        item.clone(),
        "party",
        &financing.party,
        parties,
    );
    if financing.history.is_empty() {
        check.add(
            format!("financing[{index}].history"),
            item.clone(),
            "has no history",
            "add what was said",
        );
    }
    for (place, entry) in financing.history.iter().enumerate() {
        let at = |key: &str| format!("financing[{index}].history[{place}].{key}");
        check.source(at("source"), item.clone(), &entry.source);
        check.range(at("amount"), &item, "amount", entry.amount, [0.0, 1e15]);
        if !is_code(&entry.currency) {
            let message = format!("currency \"{}\" is no code", shown(&entry.currency));
            check.add(
                at("currency"),
                item.clone(),
                message,
                "write three capital letters (ISO 4217)",
            );
        }
    }
}

fn exchange_rates(check: &mut Check<'_>) {
    let study = check.study;
    for (index, rate) in study.exchange_rates.iter().enumerate() {
        let item = format!("exchange rate {}", shown(&rate.currency));
        let at = |key: &str| format!("exchange_rate[{index}].{key}");
        check.range(at("per_usd"), &item, "per_usd", rate.per_usd, [1e-3, 1e9]);
        if !is_code(&rate.currency) {
            let message = format!("currency \"{}\" is no code", shown(&rate.currency));
            check.add(
                at("currency"),
                item.clone(),
                message,
                "write three capital letters (ISO 4217)",
            );
        }
        match &rate.source {
            Some(source) => check.source(at("source"), item, source),
            None if rate.reason.is_none() => {
                check.add(at("currency"), item, "has neither source nor reason", "add one of them");
            }
            None => {}
        }
    }
}

fn risks(check: &mut Check<'_>) {
    let study = check.study;
    for (index, risk) in study.risks.iter().enumerate() {
        let item = format!("risk {}", shown(&risk.id));
        check.subject(format!("risk[{index}].subject"), item.clone(), &risk.subject);
        match &risk.source {
            Some(source) => check.source(format!("risk[{index}].source"), item, source),
            None if risk.reason.is_none() => check.add(
                format!("risk[{index}].name"),
                item,
                "has neither source nor reason",
                "add one of them",
            ),
            None => {}
        }
    }
}
