//! When so much of a line is done: against the dates of the passes and against sums by plain code.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use jiff::civil::date;
use railcorridor::schedule::{
    Activity, ActivityLength, ActivityRisk, Calendar, Distribution, LengthReached, Link, Network,
    RiskModel, RiskOptions, RiskOutcome, WorkingWeek, simulate, simulate_lengths,
};

const OPTIONS: RiskOptions = RiskOptions { iterations: 2_000, seed: 5 };

fn network(week: WorkingWeek) -> Network {
    Network::new(date(2027, 1, 2), Calendar::new("site", week))
}

fn triangle(activity: &str, low: f64, mode: f64, high: f64) -> ActivityRisk {
    ActivityRisk {
        activity: activity.to_owned(),
        duration: Distribution::Triangular { low, mode, high },
        loadings: Vec::new(),
        fixed_usd: 0.0,
        cost_usd_per_day: 0.0,
    }
}

fn length(activity: &str, length_m: f64) -> ActivityLength {
    ActivityLength { activity: activity.to_owned(), length_m }
}

fn run(
    network: &Network,
    model: &RiskModel,
    lengths: &[ActivityLength],
    reached_m: &[f64],
) -> (RiskOutcome, Vec<LengthReached>) {
    simulate_lengths(&network.compile().unwrap(), model, &OPTIONS, lengths, reached_m).unwrap()
}

/// Some activities in chains and side by side, each with a length, a few of no duration.
fn any(u: &mut Unstructured<'_>) -> Result<(Network, Vec<ActivityLength>)> {
    let mut network =
        network(if u.ratio(1, 2)? { WorkingWeek::FRIDAY_OFF } else { WorkingWeek::EVERY_DAY });
    let mut lengths = Vec::new();
    for number in 0..u.int_in_range(1..=7_usize)? {
        let id = format!("a{number}");
        network.activities.push(Activity::task(&id, f64::from(u.int_in_range(0..=30_u16)?)));
        if number > 0 && u.ratio(2, 3)? {
            let from = format!("a{}", u.int_in_range(0..=number - 1)?);
            let lag = u.int_in_range(0..=40)?;
            network.links.push(Link::finish_start(&from, &id).lag_days(lag));
        }
        lengths.push(length(&id, f64::from(u.int_in_range(1..=9_000_u16)?)));
    }
    Ok((network, lengths))
}

/// On the day on which a length is reached, that much is done by the early dates: added up apart.
#[test]
fn as_planned_the_lengths_of_the_early_dates_add_up() {
    chance::property(|u| {
        let (network, lengths) = any(u)?;
        let total_m: f64 = lengths.iter().map(|one| one.length_m).sum();
        let mut asked: Vec<f64> = Vec::new();
        for _ in 0..u.int_in_range(1..=5)? {
            asked.push(total_m * f64::from(u.int_in_range(1..=64_u8)?) / 64.0);
        }
        let (_, reached) = run(&network, &RiskModel::default(), &lengths, &asked);
        let compiled = network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        let done_m = |day: f64| -> f64 {
            let part = |(place, one): (usize, &ActivityLength)| {
                let days = |to| network.start.until(to).unwrap().get_days();
                let start = f64::from(days(dates.early_start(place)));
                let finish = f64::from(days(dates.early_finish(place)) + 1);
                let is_moment = network.activities[place].duration
                    == railcorridor::schedule::Duration::Given { duration_days: 0.0 };
                let share = if is_moment {
                    f64::from(u8::from(day >= start - 1e-2))
                } else {
                    ((day - start) / (finish - start)).clamp(0.0, 1.0)
                };
                one.length_m * share
            };
            lengths.iter().enumerate().map(part).sum()
        };
        for (one, asked_m) in reached.iter().zip(&asked) {
            assert_eq!(one.length_m, *asked_m);
            let (before, after) =
                (one.reached.planned_days - 0.02, one.reached.planned_days + 0.02);
            assert!(done_m(before) <= asked_m + 1.0, "{} m before {before}", done_m(before));
            assert!(done_m(after) >= asked_m - 1.0, "{} m after {after}", done_m(after));
            // Nothing is uncertain, so all iterations are the plan.
            let (p50, planned_days) = (one.reached.days.p50, one.reached.planned_days);
            assert!(
                (p50 - planned_days).abs() < 0.02,
                "{p50} {planned_days} {asked_m} {network:?} {lengths:?}"
            );
            assert_eq!(
                (one.reached.days.p10, one.reached.by_plan_share),
                (one.reached.days.p90, 1.0)
            );
        }
        Ok(())
    });
}

/// Two fronts are done with the later of them: the last metre has the percentiles of the finish.
#[test]
fn the_last_metre_is_the_finish_of_all() {
    let mut network = network(WorkingWeek::EVERY_DAY);
    network.activities = vec![Activity::task("north", 50.0), Activity::task("south", 50.0)];
    let model = RiskModel {
        activities: vec![triangle("north", 20.0, 50.0, 90.0), triangle("south", 30.0, 50.0, 80.0)],
        ..RiskModel::default()
    };
    let lengths = [length("north", 5_000.0), length("south", 7_000.0)];
    let (outcome, reached) = run(&network, &model, &lengths, &[12_000.0, 6_000.0]);
    let (last, half) = (&reached[0].reached, &reached[1].reached);
    for (at, finish) in [
        (last.days.p10, outcome.finish.days.p10),
        (last.days.p50, outcome.finish.days.p50),
        (last.days.p90, outcome.finish.days.p90),
    ] {
        assert!((at - finish).abs() < 1e-3, "{at} {finish}");
    }
    assert!(half.days.p50 < last.days.p50 && half.days.p90 < last.days.p90);
    // What is asked besides changes nothing.
    assert_eq!(simulate(&network.compile().unwrap(), &model, &OPTIONS).unwrap(), outcome);
}

/// One front: half the length takes half the time, iteration by iteration.
#[test]
fn half_the_length_takes_half_the_time() {
    let mut network = network(WorkingWeek::EVERY_DAY);
    network.activities = vec![Activity::task("track", 50.0)];
    let model =
        RiskModel { activities: vec![triangle("track", 20.0, 50.0, 90.0)], ..RiskModel::default() };
    let (outcome, reached) = run(&network, &model, &[length("track", 8_000.0)], &[4_000.0]);
    let (half, whole) = (reached[0].reached.days, outcome.finish.days);
    assert!((2.0 * half.p10 - whole.p10).abs() < 1e-3 && (2.0 * half.p80 - whole.p80).abs() < 1e-3);
}

/// A front that waits for the one before it: at its own end the first stands, however long the gap.
#[test]
fn a_gap_between_two_fronts_is_not_waited_for() {
    let mut network = network(WorkingWeek::EVERY_DAY);
    network.activities = vec![Activity::task("first", 10.0), Activity::task("second", 10.0)];
    network.links = vec![Link::finish_start("first", "second").lag_days(500)];
    let lengths = [length("first", 1_234.567_8), length("second", 100.0)];
    let (_, reached) = run(&network, &RiskModel::default(), &lengths, &[1_234.567_8, 1_235.0]);
    assert!((reached[0].reached.planned_days - 10.0).abs() < 1e-3);
    assert!(reached[1].reached.planned_days > 510.0);
}

#[test]
fn lengths_without_sense_are_refused() {
    let mut network = network(WorkingWeek::EVERY_DAY);
    network.activities = vec![Activity::task("track", 50.0)];
    let compiled = network.compile().unwrap();
    let none = RiskModel::default();
    for (lengths, reached_m) in [
        (vec![length("trak", 1.0)], 1.0),
        (vec![length("track", -1.0)], 1.0),
        (vec![length("track", f64::NAN)], 1.0),
        (vec![length("track", 1.0)], 1.1),
        (vec![length("track", 1.0)], 0.0),
        (vec![length("track", 1.0)], f64::NAN),
        (vec![], 1.0),
    ] {
        let asked = simulate_lengths(&compiled, &none, &OPTIONS, &lengths, &[reached_m]);
        assert!(asked.is_err(), "{lengths:?} {reached_m}");
    }
    let (_, nothing) = simulate_lengths(&compiled, &none, &OPTIONS, &[], &[]).unwrap();
    assert!(nothing.is_empty());
}
