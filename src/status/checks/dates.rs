//! Dates: missing, impossible, past.

use std::collections::BTreeMap;

use super::context::Context;
use crate::model::{Claim, Date, EntryKind, Value};
use crate::status::milestones::milestones;
use crate::status::words::{claim_value, property_words};

/// A date that moved by less is no slip.
const SLIP_DAYS: i64 = 90;

/// Two dates of opening that are nearer are one.
const SAME_OPENING_DAYS: i64 = 2 * 365;

pub(super) fn check(context: &mut Context<'_>) {
    for claim in context.claims.clone() {
        publication(context, claim);
    }
    milestone_dates(context);
    openings(context);
    one_source(context);
}

fn publication(context: &mut Context<'_>, claim: &Claim) {
    let subject = claim.subject.as_str();
    match claim.dated {
        None => {
            let message = format!(
                "{}, {}: nobody says when",
                property_words(&claim.property),
                claim_value(context.study, claim)
            );
            context.find("undated", &claim.id, subject, claim.value.to_string(), message, &[claim]);
        }
        Some(dated) if dated.to_string().len() == 4 => {
            let message = format!(
                "{}, {}: known only to be of {dated}, so it counts from the end of that year",
                property_words(&claim.property),
                claim_value(context.study, claim)
            );
            context.find("dated-by-year", &claim.id, subject, dated.to_string(), message, &[claim]);
        }
        Some(_) => {}
    }
    if let (Some(kept), Some(dated)) = (context.study.kept_to, claim.dated)
        && dated.first_day() > kept.last_day()
    {
        let message =
            format!("published {}, but the study is kept to {}", dated.words(), kept.words());
        context.find(
            "read-after-keeping",
            &claim.id,
            subject,
            dated.to_string(),
            message,
            &[claim],
        );
    }
    if let (Some(valid_on), Some(dated)) = (claim.valid_on, claim.dated)
        && valid_on.first_day() > dated.last_day()
    {
        let message =
            format!("speaks of {}, but was published {}", valid_on.words(), dated.words());
        context.find(
            "event-after-publication",
            &claim.id,
            subject,
            valid_on.to_string(),
            message,
            &[claim],
        );
    }
}

fn milestone_dates(context: &mut Context<'_>) {
    let study = context.study;
    for milestone in &study.milestones {
        for entry in milestone.entries.iter().filter(|entry| entry.kind == EntryKind::Actual) {
            if entry.date.first_day() > entry.dated.last_day() {
                let message = format!(
                    "{}: reported {} as done on {}",
                    milestone.name,
                    entry.dated.words(),
                    entry.date.words()
                );
                let item = format!("{}:{}", milestone.id, entry.dated);
                context.find(
                    "event-after-publication",
                    &item,
                    &milestone.subject,
                    entry.date.to_string(),
                    message,
                    &[],
                );
                context.rests_on([&entry.source]);
            }
        }
    }
    for status in milestones(study, context.day) {
        let date = status.date().map(Date::words).unwrap_or_default();
        let entries = [&status.planned, &status.forecast, &status.actual];
        let sources = entries.into_iter().flatten().map(|entry| &entry.source);
        if status.overdue {
            let message =
                format!("{} was expected for {date}; nothing says that it happened", status.name);
            context.find(
                "opening-not-reported",
                &status.id,
                &status.subject,
                date.clone(),
                message,
                &[],
            );
            context.rests_on(sources.clone());
        }
        if let Some(days) = status.slip_days.filter(|days| *days > SLIP_DAYS) {
            let planned = status.planned.as_ref().map(|entry| entry.date.words());
            let planned = planned.unwrap_or_default();
            let message = format!("{} moved from {planned} to {date}, {days} days", status.name);
            context.find(
                "forecast-slipped",
                &status.id,
                &status.subject,
                format!("{days} days"),
                message,
                &[],
            );
            context.rests_on(sources);
        }
    }
}

fn openings(context: &mut Context<'_>) {
    for ((subject, property), claims) in context.groups() {
        if property != "opened" {
            continue;
        }
        let mut dated: Vec<_> =
            claims.iter().filter_map(|claim| Some((claim.value.date()?, *claim))).collect();
        dated.sort_by_key(|(date, claim)| (*date, claim.id.as_str()));
        if let (Some((first, a)), Some((last, b))) = (dated.first(), dated.last())
            && first.days_until(*last) > SAME_OPENING_DAYS
        {
            let message =
                format!("said to have been opened in {} and in {}", first.words(), last.words());
            context.find(
                "opened-twice",
                subject,
                subject,
                format!("{first}, {last}"),
                message,
                &[a, b],
            );
        }
    }
}

/// Two values of one property of one subject out of one document.
fn one_source(context: &mut Context<'_>) {
    let mut groups: BTreeMap<(&str, &str, &str), Vec<&Claim>> = BTreeMap::new();
    for claim in &context.claims {
        if matches!(claim.value, Value::Text(_) | Value::List(_)) && claim.value.date().is_none() {
            continue; // words may complete each other
        }
        let key = (claim.subject.as_str(), claim.property.as_str(), claim.source.as_str());
        groups.entry(key).or_default().push(claim);
    }
    for ((subject, property, source), claims) in groups {
        // Figures of another extent or another day may differ; shares of it may not.
        let same_thing = |a: &Claim, b: &Claim| {
            (&a.of, &a.between, a.valid_on) == (&b.of, &b.between, b.valid_on)
                || property.ends_with("percent")
        };
        let differ = |a: &Claim, b: &Claim| {
            same_thing(a, b) && (&a.value, &a.currency) != (&b.value, &b.currency)
        };
        let two = claims
            .iter()
            .enumerate()
            .any(|(place, a)| claims.iter().skip(place + 1).any(|b| differ(a, b)));
        if two {
            let figure = |claim: &&Claim| claim_value(context.study, claim);
            let values = claims.iter().map(figure).collect::<Vec<_>>().join(" and ");
            let message = format!("{}: one document gives {values}", property_words(property));
            let item = format!("{subject}:{property}:{source}");
            context.find("one-source-two-figures", &item, subject, values, message, &claims);
        }
    }
}
