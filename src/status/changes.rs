//! What changed between two days.

use serde::Serialize;

use super::words::{money_state, property_words, value_words};
use super::{Resolved, Status, assess};
use crate::error::Result;
use crate::model::{Date, Study};
use crate::stages::SegmentStages;
use crate::unit::money_words;

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// When it became known, if the study says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated: Option<Date>,
    /// What it is about.
    pub subject: String,
    /// What changed, in words.
    pub what: String,
    /// What stood there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands there now.
    pub after: String,
    /// Ids of the claims behind it.
    pub claims: Vec<String>,
    /// Ids of the sources behind it.
    pub sources: Vec<String>,
}

/// What became known after `from` and by `to`, oldest first; what has no date, last.
///
/// # Errors
/// As [`assess`].
pub fn changes(study: &Study, from: Date, to: Date) -> Result<Vec<Change>> {
    let (before, after) = (assess(study, from)?, assess(study, to)?);
    let mut all = values(study, &before, &after);
    for (old, new) in before.segments.iter().zip(&after.segments) {
        stages(&mut all, &old.stages, &new.stages);
    }
    dates(&mut all, &before, &after);
    sums(study, &mut all, &before, &after);
    // What has no date comes last: nobody knows when it was said.
    let key = |change: &Change| (change.dated.is_none(), change.dated);
    all.sort_by(|a, b| (key(a), &a.subject, &a.what).cmp(&(key(b), &b.subject, &b.what)));
    Ok(all)
}

fn values(study: &Study, before: &Status, after: &Status) -> Vec<Change> {
    let mut all = Vec::new();
    for new in &after.resolved {
        let same = |old: &&Resolved| old.subject == new.subject && old.property == new.property;
        let old = before.resolved.iter().find(same);
        if old.is_some_and(|old| (&old.value, &old.currency) == (&new.value, &new.currency)) {
            continue;
        }
        let Some(claim) = study.claim(&new.claim) else { continue };
        let show = |value: &Resolved| {
            value_words(study, &value.property, &value.value, value.currency.as_deref())
        };
        all.push(Change {
            dated: claim.dated,
            subject: new.subject.clone(),
            what: property_words(&new.property),
            before: old.map(show),
            after: show(new),
            claims: vec![new.claim.clone()],
            sources: vec![claim.source.clone()],
        });
    }
    all
}

/// New evidence, and gates that it opened.
fn stages(all: &mut Vec<Change>, before: &SegmentStages, after: &SegmentStages) {
    for (old, new) in before.gates.iter().zip(&after.gates) {
        for met in new.met.iter().filter(|met| !old.met.contains(met)) {
            let part = if met.partial { ", in part" } else { "" };
            all.push(Change {
                dated: Some(met.dated),
                subject: after.subject.clone(),
                what: format!("evidence for {}", new.name.to_lowercase()),
                before: None,
                after: format!("{}{part}", met.text),
                claims: Vec::new(),
                sources: vec![met.source.clone()],
            });
        }
        if old.state != new.state && new.state == crate::stages::StageState::Reached {
            all.push(Change {
                dated: new.met.iter().map(|met| met.dated).max(),
                subject: after.subject.clone(),
                what: "stage reached".to_owned(),
                before: None,
                after: new.name.clone(),
                claims: Vec::new(),
                sources: new.met.iter().map(|met| met.source.clone()).collect(),
            });
        }
    }
    for new in &after.parts {
        if let Some(old) = before.parts.iter().find(|old| old.subject == new.subject) {
            stages(all, old, new);
        }
    }
}

fn dates(all: &mut Vec<Change>, before: &Status, after: &Status) {
    for new in &after.milestones {
        let old = before.milestones.iter().find(|old| old.id == new.id);
        let entry = [&new.actual, &new.forecast, &new.planned].into_iter().flatten().next();
        let (Some(entry), Some(date)) = (entry, new.date()) else { continue };
        let was_actual = old.is_some_and(|old| old.actual.is_some());
        if old.and_then(super::MilestoneStatus::date) == Some(date)
            && was_actual == new.actual.is_some()
        {
            continue;
        }
        let kind = if new.actual.is_some() { "happened" } else { "expected" };
        all.push(Change {
            dated: Some(entry.dated),
            subject: new.subject.clone(),
            what: new.name.clone(),
            before: old.and_then(super::MilestoneStatus::date).map(Date::words),
            after: format!("{kind} {}", date.words()),
            claims: Vec::new(),
            sources: vec![entry.source.clone()],
        });
    }
}

fn sums(study: &Study, all: &mut Vec<Change>, before: &Status, after: &Status) {
    for new in &after.money {
        let old = before.money.iter().find(|old| old.id == new.id);
        if old.is_some_and(|old| old.newest == new.newest) {
            continue;
        }
        let state = |money: &super::MoneyStatus| {
            let entry = &money.newest;
            let amount = money_words(&entry.currency, entry.amount);
            format!("{amount} ({})", money_state(entry.state))
        };
        all.push(Change {
            dated: Some(new.newest.dated),
            subject: new.subject.clone(),
            what: format!("money from {}", study.subject_name(&new.party)),
            before: old.map(state),
            after: state(new),
            claims: Vec::new(),
            sources: vec![new.newest.source.clone()],
        });
    }
}
