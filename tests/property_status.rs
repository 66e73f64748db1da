//! What must hold for the status of any valid study: the corridor's own, with its dates, values,
//! places, stages and money changed at random.

#![cfg(feature = "turgundi")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod mutation;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use mutation::{any_date, mutate};
use railcorridor::model::{FinancingEntry, MoneyState, Study, Waiver};
use railcorridor::status::{assess, changes, check};
use serde_json::Value;

/// How long each property is tried; a case takes some milliseconds.
const BUDGET_MS: u64 = 3_000;

/// The corridor's study after up to 40 changes; `None` if they broke a rule of the format.
fn study(u: &mut Unstructured<'_>) -> Result<Option<Study>> {
    let mut study = Study::turgundi().unwrap();
    for _ in 0..u.int_in_range(1..=40)? {
        mutate(u, &mut study)?;
    }
    Ok(study.check().is_ok().then_some(study))
}

#[test]
fn any_valid_study_has_a_status_on_any_day() {
    let (tried, valid) = (Cell::new(0_u32), Cell::new(0_u32));
    property(|u| {
        tried.set(tried.get() + 1);
        let Some(study) = study(u)? else { return Ok(()) };
        valid.set(valid.get() + 1);
        let (day, later) = (any_date(u)?, any_date(u)?);
        let status = assess(&study, day).unwrap();
        assert_eq!(status.segments.len(), study.segments.len());
        assert_eq!(status.lengths.len(), study.segments.len() + 1);
        assert_eq!(assess(&study, day).unwrap(), status, "the same twice");
        changes(&study, day, later).unwrap();

        let ids: BTreeSet<&str> = status.findings.iter().map(|found| found.id.as_str()).collect();
        assert_eq!(ids.len(), status.findings.len(), "a finding is there once");
        for found in &status.findings {
            assert!(found.claims.iter().all(|id| study.claim(id).is_some()), "{found:?}");
        }
        for resolved in &status.resolved {
            let known = study.claims_known_by(day).any(|claim| claim.id == resolved.claim);
            assert!(known, "{} is used before its day", resolved.claim);
        }
        finite("status", &serde_json::to_value(&status).unwrap());
        Ok(())
    })
    .budget_ms(BUDGET_MS);
    let (tried, valid) = (tried.get(), valid.get());
    assert!(valid * 2 > tried, "only {valid} of {tried} studies were valid");
}

/// Every number is one, also inside of words. A number that is none becomes null in JSON, and
/// absent values are left out.
fn finite(path: &str, value: &Value) {
    match value {
        Value::Null => panic!("{path} is no number"),
        Value::Array(values) => values.iter().for_each(|value| finite(path, value)),
        Value::Object(values) => {
            values.iter().for_each(|(key, value)| finite(&format!("{path}.{key}"), value));
        }
        Value::String(text) => {
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            assert!(!words.any(|word| word == "inf" || word == "NaN"), "{path}: {text}");
        }
        Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn any_valid_study_survives_being_written_and_read() {
    property(|u| {
        let Some(study) = study(u)? else { return Ok(()) };
        let again = Study::from_toml_str(&study.to_toml()).unwrap();
        let (left, right) = (format!("{again:#?}"), format!("{study:#?}"));
        let differ = left.lines().zip(right.lines()).find(|(left, right)| left != right);
        assert_eq!(differ, None);
        assert_eq!(again, study);
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

/// Lines lost, doubled or exchanged: either an error, or a study that has a status.
#[test]
fn a_torn_file_is_refused_or_assessed() {
    let text = Study::turgundi().unwrap().to_toml();
    property(|u| {
        let mut lines: Vec<&str> = text.lines().collect();
        for _ in 0..u.int_in_range(1..=4)? {
            let (a, b) = (u.choose_index(lines.len())?, u.choose_index(lines.len())?);
            match u.int_in_range(0..=2)? {
                0 => drop(lines.remove(a)),
                1 => lines.insert(a, lines[b]),
                _ => lines.swap(a, b),
            }
        }
        match Study::from_toml_str(&lines.join("\n")) {
            Ok(study) => drop(assess(&study, any_date(u)?).unwrap()),
            Err(error) => assert!(error.to_string().contains("study.toml"), "{error}"),
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

/// A document that is named in one place only is used, whichever place that is.
#[test]
fn every_key_that_names_a_source_uses_it() {
    let study = Study::turgundi().unwrap();
    let mut json = serde_json::to_value(&study).unwrap();
    let lone = serde_json::json!({ "id": "lone", "title": "Lone", "publisher": "Nobody" });
    json["source"].as_array_mut().unwrap().push(lone);
    // Keys that the corridor's study leaves out.
    for kind in ["exchange_rate", "risk"] {
        json[kind][0]["source"] = json["source"][0]["id"].clone();
    }
    let unused = |json: &Value| {
        let study: Study = serde_json::from_value(json.clone()).unwrap();
        study.check().unwrap();
        let findings = check(&study, "2026-01-31".parse().unwrap()).unwrap();
        findings.iter().any(|found| found.id == "source-unused:lone")
    };
    assert!(unused(&json), "nothing names it yet");
    let mut places = BTreeMap::new();
    named(&json, String::new(), String::new(), &mut places);
    assert!(places.len() >= 11, "{places:?}");
    for (kind, pointer) in places {
        let mut changed = json.clone();
        *changed.pointer_mut(&pointer).unwrap() = "lone".into();
        assert!(!unused(&changed), "{kind}");
    }
}

/// A place of each kind of key that names a source: keys without indices, JSON pointer.
fn named(value: &Value, kind: String, pointer: String, places: &mut BTreeMap<String, String>) {
    match value {
        Value::Array(values) => values.iter().enumerate().for_each(|(index, value)| {
            named(value, kind.clone(), format!("{pointer}/{index}"), places);
        }),
        Value::Object(values) => values.iter().for_each(|(key, value)| {
            named(value, format!("{kind}.{key}"), format!("{pointer}/{key}"), places);
        }),
        Value::String(_) if kind.ends_with(".source") || kind.ends_with(".expected_source") => {
            places.insert(kind, pointer);
        }
        _ => {}
    }
}

/// Money that becomes firmer twice on one day, each time without a document, gives one finding
/// twice; its waiver must cover both.
#[test]
fn a_waived_finding_has_no_twin_that_is_not() {
    let mut study = Study::turgundi().unwrap();
    let financing = study.financing.first_mut().unwrap();
    let entry = financing.history.first().unwrap().clone();
    let firmer = [MoneyState::Memorandum, MoneyState::Agreed];
    financing.history =
        firmer.map(|state| FinancingEntry { state, evidence: None, ..entry.clone() }).into();
    let finding = format!("money-without-evidence:{}:{}", financing.id, entry.dated);
    let waiver = Waiver { finding, reason: "tried".to_owned(), dated: entry.dated };
    study.waivers.push(waiver.clone());
    study.check().unwrap();
    let findings = check(&study, "2026-01-31".parse().unwrap()).unwrap();
    let found: Vec<_> = findings.iter().filter(|found| found.id == waiver.finding).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found.iter().all(|found| found.waiver.is_some()));
}
