//! How exact percentiles are, against many seeds; what holds together, against plain counting; and
//! the tables that show it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod plain;

use jiff::civil::date;
use plain::three_stations;
use railcorridor::model::{Risk, RiskDelay, Study};
use railcorridor::report::{
    Table, convergence_table, critical_table, joint_table, movers_table, outside_view_table,
    risk_events_table, risk_json, risk_milestones_table,
};
use railcorridor::route::{Options, search};
use railcorridor::schedule::{
    Activity, ActivityRisk, Calendar, Distribution, Link, Network, RiskModel, RiskOptions,
    RiskOutcome, WorkingWeek, percentile_days, percentile_error_days, simulate,
};
use railcorridor::stages::{ItemKind, Plan, PlanOptions, plan};
use railcorridor::terrain::plane;

/// Three activities, two of them side by side.
fn network() -> Network {
    let mut network = Network::new(date(2027, 1, 1), Calendar::new("all", WorkingWeek::EVERY_DAY));
    network.activities = ["a", "b", "c"].map(|id| Activity::task(id, 50.0)).into();
    network.activities.push(Activity::finish_milestone("m"));
    network.activities.push(Activity::finish_milestone("n"));
    network.links = [("a", "c"), ("b", "c"), ("c", "m"), ("b", "n")]
        .map(|(from, to)| Link::finish_start(from, to))
        .into();
    network
}

fn model() -> RiskModel {
    let one = |id: &str| ActivityRisk {
        activity: id.into(),
        duration: Distribution::Triangular { low: 30.0, mode: 40.0, high: 120.0 },
        loadings: Vec::new(),
        fixed_usd: 0.0,
        cost_usd_per_day: 0.0,
    };
    RiskModel { activities: ["a", "b", "c"].map(one).into(), ..RiskModel::default() }
}

fn outcome(seed: u64, iterations: u32) -> RiskOutcome {
    let network = network();
    let options = RiskOptions { iterations, seed };
    simulate(&network.compile().unwrap(), &model(), &options).unwrap()
}

/// The deviation of P80 over 300 seeds is what a single one says of its error. The deviation of 300
/// draws is itself known within 4 %, so a fifth is five times that.
#[test]
fn the_error_of_a_percentile_is_its_deviation_over_seeds() {
    let (mut values, mut errors) = (Vec::new(), 0.0);
    for seed in 0..300 {
        let outcome = outcome(seed, 2_000);
        values.push(outcome.finish.days.p80);
        errors += percentile_error_days(&outcome.finish_days, 0.8).unwrap();
    }
    let mean = values.iter().sum::<f64>() / 300.0;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let (deviation, error) = ((squares / 299.0).sqrt(), errors / 300.0);
    assert!((error / deviation - 1.0).abs() < 0.2, "{error} against {deviation}");
}

/// The same for the shift of an activity: its deviation over seeds is its standard error, or less,
/// since the part of the spread that it explains itself does not move the difference.
#[test]
fn the_error_of_a_shift_is_no_less_than_its_deviation_over_seeds() {
    let (mut values, mut errors) = (Vec::new(), 0.0);
    for seed in 0..300 {
        let outcome = outcome(seed, 2_000);
        values.push(outcome.activities[0].shift_days.unwrap());
        errors += outcome.shift_error_days(0.5).unwrap();
    }
    let mean = values.iter().sum::<f64>() / 300.0;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let (deviation, error) = ((squares / 299.0).sqrt(), errors / 300.0);
    assert!(deviation < 1.1 * error && deviation > 0.5 * error, "{error} against {deviation}");
}

#[test]
fn what_holds_together_is_counted() {
    let outcome = outcome(5, 3_000);
    let [m, n] = &outcome.milestones[..] else { panic!("two milestones") };
    let limits = [("m", m.reached.days.p80), ("n", n.reached.days.p50)];
    let both = m.reached_days.iter().zip(&n.reached_days);
    let counted = both
        .filter(|(m, n)| f64::from(**m) <= limits[0].1 && f64::from(**n) <= limits[1].1)
        .count();
    let share = outcome.together_share(&limits).unwrap();
    assert!((share - counted as f64 / 3_000.0).abs() < 1e-12);
    assert!(share <= 0.5 + 1e-9);
    assert_eq!(outcome.together_share(&[("x", 1.0)]), None);
    assert_eq!(m.reached_days, outcome.finish_days);
    assert_eq!(percentile_days(&m.reached_days, 0.8), Some(m.reached.days.p80));
}

#[test]
fn a_simulation_that_grows_begins_with_the_shorter_one() {
    let whole = outcome(9, 12_345);
    let looks = whole.convergence();
    let counts: Vec<usize> = looks.iter().map(|look| look.iterations).collect();
    assert_eq!(counts, [1_000, 3_000, 10_000, 12_345]);
    for look in &looks {
        let short = outcome(9, u32::try_from(look.iterations).unwrap());
        assert_eq!(look.p50_days, short.finish.days.p50);
        assert_eq!(look.p80_days, short.finish.days.p80);
        assert_eq!(look.p80_error_days, percentile_error_days(&short.finish_days, 0.8));
    }
    assert_eq!(outcome(9, 1).convergence()[0].p80_error_days, None);
}

/// A plan of two short lines, with a risk.
fn planned() -> (Study, Plan) {
    let grid = plane(11, 61, 1_000.0, 2.0, 0.0).unwrap();
    let delay = RiskDelay {
        work: "financing".into(),
        event_probability: 0.5,
        low_months: 3.0,
        likely_months: 6.0,
        high_months: 12.0,
    };
    let study = Study {
        risks: vec![Risk {
            id: "late-money".into(),
            subject: "corridor".into(),
            name: "the money is late".into(),
            delay: Some(delay),
            ..Risk::default()
        }],
        ..three_stations(&grid, 60)
    };
    let routes = search(&study, &grid, &Options::default()).unwrap();
    let choice = PlanOptions::new("2026-01-31".parse().unwrap());
    let plan = plan(&study, &routes, &grid, &choice).unwrap();
    (study, plan)
}

fn texts(table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect()
}

#[test]
fn the_tables_say_what_the_simulation_says() {
    let (study, mut plan) = planned();
    let options = RiskOptions { iterations: 4_000, seed: 1 };
    let gates = plan.items.iter().filter(|item| item.kind == ItemKind::Preparation);
    plan.risk.finishes = gates.map(|item| item.activity.clone()).collect();
    let compiled = plan.network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let outcome = simulate(&compiled, &plan.risk, &options).unwrap();

    let milestones = risk_milestones_table(&study, &plan, &dates, &outcome);
    assert_eq!(milestones.rows.len(), plan.risk.finishes.len() + 3);
    let joint = joint_table(&study, &plan, &outcome);
    assert!(joint.note.contains("no costs"), "{}", joint.note);
    let shares: Vec<[f64; 2]> =
        texts(&joint).iter().map(|row| [1, 2].map(|at| row[at].parse().unwrap())).collect();
    assert_eq!(shares.len(), 3);
    assert!(shares.iter().all(|[alone, together]| together <= alone), "{shares:?}");
    let events = texts(&risk_events_table(&study, &plan, &outcome));
    assert_eq!(events.len(), 1);
    assert_eq!(events[0][0], "The money is late");
    assert!((events[0][3].parse::<f64>().unwrap() - 50.0).abs() < 5.0, "{events:?}");
    let outside = outside_view_table(&plan, &outcome);
    let known: Vec<Vec<String>> = texts(&outside);
    assert_eq!(known.len(), 5);
    assert!(known.iter().all(|row| row[5].contains("not checked")), "{known:?}");
    assert!(outside.note.contains("never added"));
    assert!(!texts(&critical_table(&study, &plan, &dates, &outcome)).is_empty());
    assert!(!texts(&movers_table(&plan, &outcome)).is_empty());
    assert_eq!(convergence_table(&plan, &outcome).rows.len(), 3);

    let json = risk_json(&plan, &outcome, &options);
    assert!(json["cost_usd"].is_null());
    assert_eq!(json["activities"].as_array().unwrap().len(), plan.items.len());
    assert_eq!(json["milestones"].as_array().unwrap().len(), outcome.milestones.len());
    let mean_shift = json["events"][0]["shift_days"].as_f64().unwrap();
    assert_eq!(Some(mean_shift), outcome.events[0].shift_days);
}

/// Once a plan has costs, time and money are looked at together.
#[test]
fn money_is_shown_where_there_is_any() {
    let (study, mut plan) = planned();
    for activity in &mut plan.risk.activities {
        activity.cost_usd_per_day = 10_000.0;
    }
    let compiled = plan.network.compile().unwrap();
    let options = RiskOptions { iterations: 4_000, seed: 1 };
    let outcome = simulate(&compiled, &plan.risk, &options).unwrap();
    let joint = joint_table(&study, &plan, &outcome);
    let rows = texts(&joint);
    assert_eq!(rows.len(), 6);
    for (row, wanted) in rows.iter().skip(3).zip([50.0, 80.0, 90.0]) {
        assert!(row[0].contains("for no more than USD"), "{row:?}");
        assert_eq!(row[1].parse::<f64>().unwrap(), wanted);
        assert!(row[2].parse::<f64>().unwrap() <= wanted, "{row:?}");
    }
    assert!(outside_view_table(&plan, &outcome).note.contains("hold risks of their own"));
    assert!(risk_json(&plan, &outcome, &options)["cost_usd"]["p80"].as_f64().unwrap() > 0.0);
}
