//! Stages between two days: without evidence in between only time passes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod plain;

use std::sync::LazyLock;

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use jiff::civil;
use plain::{open_line, three_stations};
use railcorridor::model::{Claim, Date, Evidence, StageRecord, Study, Value};
use railcorridor::route::{Options, SegmentRoute, search};
use railcorridor::stages::{Plan, PlanOptions, plan};
use railcorridor::status::{gate_progress, slips, works_done};
use railcorridor::terrain::{Grid, plane};

/// A plain of 60 km; rails arrive at the first station.
fn study() -> Study {
    Study { connections: vec![open_line("a")], ..three_stations(ground(), 60) }
}

fn ground() -> &'static Grid {
    static GROUND: LazyLock<Grid> = LazyLock::new(|| plane(11, 61, 1_000.0, 2.0, 0.0).unwrap());
    &GROUND
}

/// The ways over it, which no evidence changes.
fn routes() -> &'static [SegmentRoute] {
    static ROUTES: LazyLock<Vec<SegmentRoute>> =
        LazyLock::new(|| search(&study(), ground(), &Options::default()).unwrap());
    &ROUTES
}

fn planned(study: &Study, day: Date) -> Plan {
    plan(study, routes(), ground(), &PlanOptions::new(day)).unwrap()
}

fn some_day(u: &mut Unstructured<'_>, first: i16, last: i16) -> Result<Date> {
    let (year, month) = (u.int_in_range(first..=last)?, u.int_in_range(1..=12)?);
    Ok(civil::date(year, month, u.int_in_range(1..=28)?).into())
}

/// A study with evidence for some criteria of some gates.
fn with_evidence(u: &mut Unstructured<'_>) -> Result<Study> {
    let mut study = study();
    let stages = study.template("cis").unwrap().stages.clone();
    for segment in ["ab", "bc"] {
        for stage in &stages {
            let mut evidence = Vec::new();
            for criterion in &stage.criteria {
                for _ in 0..u.int_in_range(0..=2)? {
                    evidence.push(Evidence {
                        criterion: criterion.id.clone(),
                        dated: some_day(u, 2024, 2026)?,
                        source: "doc".into(),
                        note: None,
                        partial: u.ratio(1, 3)?,
                    });
                }
            }
            study.stages.push(StageRecord {
                segment: segment.into(),
                template: "cis".into(),
                stage: stage.id.clone(),
                evidence,
                ..StageRecord::default()
            });
        }
    }
    Ok(study)
}

#[test]
fn evidence_never_delays_and_only_it_changes_a_plan() {
    property(|u| {
        let study = with_evidence(u)?;
        let (since, day) = (some_day(u, 2024, 2025)?, some_day(u, 2026, 2027)?);
        let between = |evidence: &Evidence| evidence.dated > since && evidence.dated.is_by(day);
        let came_in = study.stages.iter().flat_map(|record| &record.evidence).any(between);
        let gates = gate_progress(&study, since, day).unwrap();
        assert_eq!(gates.len(), 2 * study.template("cis").unwrap().stages.len());
        for gate in &gates {
            let [then, now] = [&gate.then, &gate.now];
            assert!(then.met_count <= now.met_count && now.met_count <= gate.criteria_count);
            assert!(gate.evidence.iter().all(|met| met.dated > since && met.dated.is_by(day)));
            if gate.evidence.is_empty() {
                assert_eq!(then, now);
            }
        }
        for slip in slips(&planned(&study, since), &planned(&study, day)).unwrap() {
            let Some(waited_days) = slip.waited_days() else { panic!("{slip:?}") };
            assert!(waited_days >= 0, "{slip:?}");
            match slip.evidence_days() {
                Some(evidence_days) => {
                    assert!(evidence_days <= 0, "{slip:?}");
                    assert!(came_in || evidence_days == 0, "{slip:?}");
                    assert_eq!(slip.slip_days(), Some(waited_days + evidence_days));
                }
                None => assert!(came_in && slip.now.is_none(), "{slip:?}"),
            }
        }
        Ok(())
    })
    .budget_ms(5_000);
}

/// Without days off and frost a plan that waits is later by the days waited. The first stages, which
/// have but Fridays off, are so within a day off.
#[test]
fn waiting_moves_the_first_stage_by_the_days_waited() {
    let study = study();
    let (since, day) = ("2025-06-30".parse().unwrap(), "2026-01-31".parse().unwrap());
    let all = slips(&planned(&study, since), &planned(&study, day)).unwrap();
    let first = all.iter().find(|slip| slip.work == "pre-feasibility").unwrap();
    assert!((first.waited_days().unwrap() - since.days_until(day)).abs() <= 1, "{first:?}");
    assert_eq!(first.evidence_days(), Some(0));
}

#[test]
fn days_in_the_wrong_order_are_refused() {
    let [early, late] = ["2025-06", "2026-01"].map(|text| text.parse::<Date>().unwrap());
    for (since, day) in [(late, early), (early, early)] {
        let told = gate_progress(&study(), since, day).unwrap_err().to_string();
        assert!(told.contains("let the earlier day be before"), "{told}");
    }
}

#[test]
fn what_is_done_keeps_to_its_whole() {
    let claim = |id: &str, property: &str, value: f64, of: Option<&str>, dated: &str| Claim {
        id: id.into(),
        subject: "ab".into(),
        property: property.into(),
        value: Value::Number(value),
        of: of.map(Into::into),
        dated: Some(dated.parse().unwrap()),
        source: "doc".into(),
        ..Claim::default()
    };
    let mut study = study();
    study.claims = vec![
        claim("l", "length_km", 30.0, None, "2024"),
        claim("c1", "construction_progress_percent", 20.0, Some("section 1"), "2025-01"),
        claim("c2", "construction_progress_percent", 35.0, Some("section 1"), "2025-09"),
        claim("c3", "construction_progress_percent", 60.0, None, "2025-10"),
        claim("t", "track_laid_km", 12.5, None, "2025-11"),
        claim("later", "track_laid_km", 15.0, None, "2026-06"),
    ];
    let works = works_done(&study, "2025-06".parse().unwrap(), "2026-01".parse().unwrap());
    let seen: Vec<(Option<&str>, Option<&str>, &str)> = works
        .iter()
        .map(|work| {
            let then = work.then.as_ref().map(|said| said.claim.as_str());
            (work.of.as_deref(), then, work.now.claim.as_str())
        })
        .collect();
    assert_eq!(
        seen,
        [(Some("section 1"), Some("c1"), "c2"), (None, None, "c3"), (None, None, "t")]
    );
    assert_eq!(works[2].of_km, Some(30.0));
}
