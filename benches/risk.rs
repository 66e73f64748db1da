//! Simulated networks: `cargo bench --bench risk`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::civil::date;
use railcorridor::schedule::{
    Activity, ActivityRisk, Calendar, Distribution, Link, LinkKind, Network, RiskEvent, RiskModel,
    RiskOptions, WorkingWeek, simulate,
};

fn main() {
    divan::main();
}

/// Activities with two links each to some of the twenty before, of three kinds, with lags.
fn network(activities: u64, calendars: u64) -> Network {
    let site = Calendar::new("site", WorkingWeek::FRIDAY_OFF);
    let mut network = Network::new(date(2027, 1, 1), site);
    network.calendars.push(Calendar::new("works", WorkingWeek::EVERY_DAY));
    let kinds = [
        LinkKind::FinishStart,
        LinkKind::FinishStart,
        LinkKind::StartStart,
        LinkKind::FinishFinish,
    ];
    let mut state = 1_u64;
    let mut pick = move |below: u64| {
        // Knuth's linear congruence; any numbers will do.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    for number in 0..activities {
        let activity = Activity::task(format!("a{number}"), 10.0);
        let is_works = calendars > 1 && number % 3 == 0;
        network.activities.push(if is_works { activity.in_calendar("works") } else { activity });
        for _ in 0..if number == 0 { 0 } else { 2 } {
            let from = number - 1 - pick(number.min(20));
            let kind = kinds.get(usize::try_from(pick(4)).unwrap_or(0)).expect("one of four");
            let link = Link::new(format!("a{from}"), format!("a{number}"), *kind);
            network.links.push(link.lag_days(i32::try_from(pick(4)).unwrap_or(0)));
        }
    }
    network
}

/// A distribution of its own for each activity, and ten events.
fn model(activities: u64, draw: fn(f64) -> Distribution) -> RiskModel {
    let one = |number: u64| ActivityRisk {
        activity: format!("a{number}"),
        duration: draw(number as f64 / activities as f64),
        loadings: Vec::new(),
        fixed_usd: 0.0,
        cost_usd_per_day: 0.0,
    };
    let event = |number: u64| RiskEvent {
        id: format!("e{number}"),
        event_probability: 0.2,
        impact: Distribution::Triangular { low: 1.0, mode: 5.0, high: 20.0 },
        activities: vec![format!("a{number}"), format!("a{}", number + 5)],
        cost: None,
    };
    RiskModel {
        activities: (0..activities).map(one).collect(),
        events: (0..10).map(event).collect(),
        ..RiskModel::default()
    }
}

fn triangle(at: f64) -> Distribution {
    Distribution::Triangular { low: 5.0, mode: 8.0 + at, high: 30.0 }
}

fn pert(at: f64) -> Distribution {
    Distribution::BetaPert { low: 5.0, mode: 8.0 + at, high: 30.0, weight: 4.0 }
}

fn times(
    bencher: Bencher,
    activities: u64,
    calendars: u64,
    iterations: u32,
    draw: fn(f64) -> Distribution,
) {
    let (network, model) = (network(activities, calendars), model(activities, draw));
    let compiled = network.compile().expect("a network");
    let options = RiskOptions { iterations, seed: 1 };
    bencher
        .counter(ItemsCount::new(iterations))
        .bench(|| simulate(&compiled, &model, &options).expect("a simulation"));
}

/// Criticality, events and the tornado included; one calendar.
#[divan::bench(args = [(300, 100_000), (1_000, 100_000)], sample_count = 10)]
fn triangular(bencher: Bencher, (activities, iterations): (u64, u32)) {
    times(bencher, activities, 1, iterations, triangle);
}

#[divan::bench(args = [(300, 100_000), (1_000, 100_000)], sample_count = 10)]
fn beta_pert(bencher: Bencher, (activities, iterations): (u64, u32)) {
    times(bencher, activities, 1, iterations, pert);
}

/// Two calendars, so that each start is looked up in one.
#[divan::bench(args = [(300, 10_000)], sample_count = 10)]
fn two_calendars(bencher: Bencher, (activities, iterations): (u64, u32)) {
    times(bencher, activities, 2, iterations, triangle);
}

/// What it takes before the first iteration.
#[divan::bench(args = [300, 1_000], sample_count = 10)]
fn one_iteration_of_beta_pert(bencher: Bencher, activities: u64) {
    times(bencher, activities, 1, 1, pert);
}
