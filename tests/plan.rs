//! The plan of a corridor: gates, lots, railheads, and that an opening moves when a gate slips.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod plain;

use plain::joined_plain;
use railcorridor::model::{Evidence, Risk, RiskDelay, StageRecord, Study};
use railcorridor::route::{Options, SegmentRoute, search};
use railcorridor::schedule::{Duration, RiskOptions, simulate};
use railcorridor::stages::{
    ItemKind, Plan, PlanItem, PlanOptions, Quantities, QuantityRange, RailheadChoice,
    SegmentQuantities, WorkRates, gains, plan, plan_of_quantities, quantities_of_routes,
};
use railcorridor::terrain::{Grid, plane};

fn ground() -> Grid {
    plane(11, 121, 1_000.0, 2.0, 0.0).unwrap()
}

fn routes(study: &Study, grid: &Grid) -> Vec<SegmentRoute> {
    search(study, grid, &Options::default()).unwrap()
}

fn choice() -> PlanOptions {
    PlanOptions::new("2026-01-31".parse().unwrap())
}

fn planned(study: &Study, choice: &PlanOptions) -> Plan {
    let grid = ground();
    plan(study, &routes(study, &grid), &grid, choice).unwrap()
}

/// Days from the start of the network to an opening.
fn opening_days(plan: &Plan, segment: &str) -> i32 {
    let compiled = plan.network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let opening = dates.early_finish(plan.opening(segment).unwrap());
    plan.network.start.until(opening).unwrap().get_days()
}

#[test]
fn lots_hold_the_line_as_it_would_be_built() {
    let grid = ground();
    let study = joined_plain(&grid);
    let routes = routes(&study, &grid);
    let plan = plan(&study, &routes, &grid, &choice()).unwrap();
    assert_eq!(plan.lots.len(), 2);
    for (own, route) in plan.lots.iter().zip(&routes) {
        let built_m = route.figures.built_length.expected_m;
        assert_eq!(own.segment, route.segment);
        assert_eq!(own.lots.len(), (built_m / 25e3).ceil() as usize);
        let parts: f64 = own
            .lots
            .iter()
            .map(|lot| lot.amounts.open_line_m() + lot.amounts.bridge_m + lot.amounts.tunnel_m)
            .sum();
        assert!((parts - built_m).abs() < 1e-6 * built_m, "{parts} {built_m}");
        assert!((own.lots.last().unwrap().to_m - built_m).abs() < 1e-6);
    }
}

#[test]
fn track_is_laid_from_the_railhead_and_over_what_was_laid() {
    let grid = ground();
    let study = joined_plain(&grid);
    let plan = planned(&study, &choice());
    let compiled = plan.network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let track: Vec<usize> =
        (0..plan.items.len()).filter(|place| plan.items[*place].work == "track").collect();
    assert_eq!(plan.items[track[0]].segment, "ab");
    for pair in track.windows(2) {
        assert!(dates.early_start(pair[1]) > dates.early_finish(pair[0]));
    }
    // No lot's track before its own earth.
    for place in &track {
        let item = &plan.items[*place];
        let earth = item.activity.replace("track", "earthworks");
        let earth = plan.items.iter().position(|one| one.activity == earth).unwrap();
        assert!(dates.early_finish(earth) < dates.early_start(*place));
    }
    // From the other end if rails arrive there: the last lot first.
    let mut other = study.clone();
    other.connections[0].at = "c".into();
    let plan = planned(&other, &choice());
    let first = plan.items.iter().find(|item| item.work == "track").unwrap();
    assert_eq!((first.segment.as_str(), first.from_m > Some(0.0)), ("bc", true));
    // Of another gauge no rails arrive, and the plan says so.
    let mut broad = study;
    broad.connections[0].gauge_mm = 1676;
    let plan = planned(&broad, &choice());
    let said = |words: &str| plan.assumptions.iter().any(|one| one.reason.contains(words));
    assert!(said("rails by road"), "{:?}", plan.assumptions);
}

/// What the evidence shows is not done again; what it does not show takes its time.
#[test]
fn an_opening_moves_when_a_gate_slips() {
    let grid = ground();
    let mut study = joined_plain(&grid);
    let nothing = planned(&study, &choice());
    let record = |stage: &str, criteria: &[&str]| StageRecord {
        segment: "ab".into(),
        template: "cis".into(),
        stage: stage.into(),
        evidence: criteria
            .iter()
            .map(|criterion| Evidence {
                criterion: (*criterion).into(),
                dated: "2025-01-01".parse().unwrap(),
                source: "s".into(),
                note: None,
                partial: false,
            })
            .collect(),
        ..StageRecord::default()
    };
    study.stages = vec![
        record("proposal", &["line-named", "parties-agreed"]),
        record("pre-feasibility", &["report-complete"]),
        record("feasibility", &["contract-signed"]),
    ];
    let some = planned(&study, &choice());
    let has = |plan: &Plan, id: &str| plan.items.iter().any(|item| item.activity == id);
    assert!(has(&nothing, "ab/pre-feasibility") && !has(&some, "ab/pre-feasibility"));
    // A third of the criteria of the feasibility study has evidence: two thirds of 12 months are
    // left, and six months of the study before it are gone.
    let saved = opening_days(&nothing, "ab") - opening_days(&some, "ab");
    assert!((270..=330).contains(&saved), "{saved} days");
    // Another three months of design come out at the opening, or later for winter's sake.
    let mut slow = choice();
    let design = slow.rates.preparation.iter_mut().find(|one| one.stage == "design").unwrap();
    design.likely_months += 3.0;
    let slipped = opening_days(&planned(&study, &slow), "ab") - opening_days(&some, "ab");
    assert!((80..=160).contains(&slipped), "{slipped} days");
}

#[test]
fn a_risk_of_the_study_delays_what_it_names() {
    let grid = ground();
    let mut study = joined_plain(&grid);
    let delay = |work: &str| RiskDelay {
        work: work.into(),
        event_probability: 1.0,
        low_months: 6.0,
        likely_months: 6.0,
        high_months: 6.0,
    };
    let options = RiskOptions { iterations: 2_000, seed: 7 };
    let p50 = |plan: &Plan| {
        let compiled = plan.network.compile().unwrap();
        simulate(&compiled, &plan.risk, &options).unwrap().finish.days.p50
    };
    let without = p50(&planned(&study, &choice()));
    let risk = |work: &str| Risk {
        id: "closed".into(),
        subject: "corridor".into(),
        delay: Some(delay(work)),
        ..Risk::default()
    };
    study.risks = vec![risk("pre-feasibility")];
    let later = p50(&planned(&study, &choice())) - without;
    assert!((130.0..=230.0).contains(&later), "{later} days");
    study.risks = vec![risk("fesibility")];
    let problem = plan(&study, &routes(&study, &grid), &grid, &choice()).unwrap_err();
    assert!(problem.to_string().contains("fesibility"), "{problem}");
}

#[test]
fn choices_without_sense_are_refused() {
    let grid = ground();
    let study = joined_plain(&grid);
    let routes = routes(&study, &grid);
    for bad in [
        PlanOptions { longest_lot_m: f64::NAN, ..choice() },
        PlanOptions { longest_lot_m: 0.0, ..choice() },
        PlanOptions { earthworks_crews: 0, ..choice() },
        PlanOptions { clearance_crews: usize::MAX, ..choice() },
        PlanOptions { rates: WorkRates::default(), ..choice() },
    ] {
        assert!(plan(&study, &routes, &grid, &bad).is_err(), "{bad:?}");
    }
    // Without routes there is nothing to do, and that is no error.
    let empty = plan(&study, &[], &grid, &choice()).unwrap();
    assert!(empty.items.is_empty() && empty.opening("ab").is_none());
}

#[test]
fn the_corridor_opens_with_its_last_segment() {
    let grid = ground();
    let plan = planned(&joined_plain(&grid), &choice());
    let last = opening_days(&plan, "ab").max(opening_days(&plan, "bc"));
    assert_eq!(opening_days(&plan, "corridor"), last);
    let openings = plan.items.iter().filter(|item| item.kind == ItemKind::Opening).count();
    assert_eq!((openings, plan.items.len()), (3, plan.network.activities.len()));
}

/// A railhead that is offered is used if it opens the last segment earlier, and only then.
#[test]
fn more_railheads_never_make_a_plan_later() {
    let grid = ground();
    let study = joined_plain(&grid);
    let at = |station: &str, open: Option<&str>| RailheadChoice {
        station: station.into(),
        open: open.map(|day| day.parse().unwrap()),
    };
    let days = |railheads: &[RailheadChoice]| {
        let choice = PlanOptions { railheads: railheads.to_vec(), ..choice() };
        opening_days(&planned(&study, &choice), "corridor")
    };
    let (one, far, middle) = (days(&[]), days(&[at("c", None)]), days(&[at("b", None)]));
    let both = days(&[at("c", None), at("b", None)]);
    assert!(far < one && middle < one, "{one} {far} {middle}");
    assert!(both <= far.min(middle), "{both} {far} {middle}");
    // Rails that come when all is laid change nothing.
    assert_eq!(days(&[at("c", Some("2060-01-01"))]), one);
    // Half of the line from each end: track and ballast are over in half of the time.
    let plan = planned(&study, &PlanOptions { railheads: vec![at("c", None)], ..choice() });
    let (backwards, forwards): (Vec<&PlanItem>, Vec<&PlanItem>) =
        plan.items.iter().filter(|item| item.work == "track").partition(|item| item.is_backwards);
    let lots = plan.lots.iter().map(|own| own.lots.len()).sum::<usize>();
    assert!(backwards.len().abs_diff(forwards.len()) <= 1, "{lots}");
    assert!(plan.assumptions.iter().any(|one| one.subject == "railheads"), "{plan:?}");
    let choice = PlanOptions { railheads: vec![at("d", None)], ..choice() };
    let problem = plan_of_quantities(&study, &[], &choice).unwrap_err().to_string();
    assert!(problem.contains('d'), "{problem}");
}

#[test]
fn every_change_is_a_plan_of_its_own() {
    let grid = ground();
    let study = joined_plain(&grid);
    let quantities = quantities_of_routes(&routes(&study, &grid), &grid, &choice()).unwrap();
    let gains = gains(&study, &quantities, &choice()).unwrap();
    assert_eq!((gains[0].what.as_str(), gains[0].earlier_days), ("as planned", 0));
    let of = |words: &str| gains.iter().find(|gain| gain.what.contains(words)).unwrap();
    assert!(of("at c too").earlier_days > 0 && of("shortest").earlier_days > 0);
    assert!(!gains.iter().any(|gain| gain.what.contains("at a too")), "rails are there");
    let all = of("together").earlier_days;
    assert!(gains.iter().all(|gain| gain.earlier_days <= all), "{gains:?}");
    // Twice the crews where they hold nothing up bring nothing.
    let mut slow = choice();
    for rate in slow.rates.work.iter_mut().filter(|rate| rate.id == "track") {
        rate.per_day = Quantities::of_line(50.0);
    }
    let gains = railcorridor::stages::gains(&study, &quantities, &slow).unwrap();
    assert_eq!(gains.iter().find(|gain| gain.what.contains("twice")).unwrap().earlier_days, 0);
}

/// What a design counts takes the place of what a search guesses.
#[test]
fn quantities_may_come_from_elsewhere() {
    let grid = ground();
    let study = joined_plain(&grid);
    let amounts = Quantities { flat_m: 50_000.0, earth_m3: 1e6, ..Quantities::default() };
    let range = QuantityRange { from_m: 0.0, to_m: 50_000.0, amounts };
    let own = SegmentQuantities {
        segment: "ab".into(),
        length_m: 50_000.0,
        ranges: vec![range],
        costs: None,
    };
    let plan = plan_of_quantities(&study, &[own], &choice()).unwrap();
    // Two lots of 25 km with half a million cubic metres each, 5,000 a day.
    let earth = plan.items.iter().position(|item| item.activity == "ab/earthworks/2").unwrap();
    assert_eq!(plan.network.activities[earth].duration, Duration::Given { duration_days: 100.0 });
    assert!(!plan.items.iter().any(|item| item.work == "culverts" || item.segment == "bc"));
}
