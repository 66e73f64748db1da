//! Every rule of the claim checks fires where it should and is silent where it should be; then
//! waivers, the resolver, and what changes between two days.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod changes;
mod dates;
mod documents;
mod lengths;
mod money;
mod progress;
mod resolver;
mod stages;
mod study_text;
mod technical;
mod waivers;

use std::collections::BTreeSet;

use railcorridor::Finding;
use railcorridor::model::Date;
use railcorridor::status::{self, RULES};
use study_text::study;

/// A study in which a rule finds exactly these items, and a near one in which it finds nothing.
struct Case {
    rule: &'static str,
    items: &'static [&'static str],
    fires: String,
    silent: String,
    day: &'static str,
}

/// A case on the last day of January 2026.
fn case(
    rule: &'static str,
    items: &'static [&'static str],
    fires: impl Into<String>,
    silent: impl Into<String>,
) -> Case {
    Case { rule, items, fires: fires.into(), silent: silent.into(), day: "2026-01-31" }
}

impl Case {
    fn on(self, day: &'static str) -> Self {
        Self { day, ..self }
    }
}

fn cases() -> Vec<Case> {
    [
        lengths::cases(),
        money::cases(),
        progress::cases(),
        technical::cases(),
        dates::cases(),
        stages::cases(),
        documents::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn findings(pieces: &str, on: &str) -> Vec<Finding> {
    status::check(&study(pieces), day(on)).unwrap()
}

/// Ids of what a rule finds.
fn found(rule: &str, pieces: &str, on: &str) -> BTreeSet<String> {
    let findings = findings(pieces, on).into_iter();
    findings.filter(|finding| finding.rule == rule).map(|finding| finding.id).collect()
}

#[test]
fn no_rule_is_without_a_case_and_no_case_without_a_rule() {
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(rules.len(), RULES.len(), "a rule stands twice in the table");
    let tried: BTreeSet<&str> = cases().iter().map(|case| case.rule).collect();
    assert_eq!(rules, tried);
}

#[test]
fn every_rule_fires_on_its_item_and_is_silent_beside_it() {
    let mut wrong = Vec::new();
    for case in cases() {
        let expected: BTreeSet<String> =
            case.items.iter().map(|item| format!("{}:{item}", case.rule)).collect();
        assert!(!expected.is_empty(), "{}: a case without an item cannot fail", case.rule);
        let fires = found(case.rule, &case.fires, case.day);
        if fires != expected {
            wrong.push(format!("expected {expected:?}, found {fires:?} in{}", case.fires));
        }
        let silent = found(case.rule, &case.silent, case.day);
        if !silent.is_empty() {
            wrong.push(format!("expected no {}, found {silent:?} in{}", case.rule, case.silent));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_finding_is_whole() {
    for case in cases() {
        let study = study(&case.fires);
        for finding in status::check(&study, day(case.day)).unwrap() {
            let rule = RULES.iter().find(|rule| rule.id == finding.rule).unwrap();
            assert_eq!((finding.severity, finding.limit.as_str()), (rule.severity, rule.asks));
            assert!(finding.id.starts_with(&format!("{}:", rule.id)), "{}", finding.id);
            for text in [&finding.subject, &finding.value, &finding.message] {
                assert!(!text.trim().is_empty(), "{finding:?}");
            }
            for id in &finding.claims {
                assert!(study.claim(id).is_some(), "{}: no claim {id}", finding.id);
            }
        }
    }
}

#[test]
fn findings_are_the_worst_first_and_each_once() {
    for case in cases() {
        let findings = findings(&case.fires, case.day);
        let ids: BTreeSet<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
        assert_eq!(ids.len(), findings.len(), "{}: an id stands twice", case.rule);
        for pair in findings.windows(2) {
            let rank = |f: &Finding| (f.waiver.is_some(), std::cmp::Reverse(f.severity));
            assert!(rank(&pair[0]) <= rank(&pair[1]), "{}", case.rule);
        }
    }
}
