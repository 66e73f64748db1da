//! Cheapest profiles: exact optima of the reference cases, and a line of 950 km with bridges and
//! tunnels: `cargo bench --bench profile`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use divan::Bencher;
use railcorridor::design::{
    CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule, ProfileProblem, Works,
    cheapest_profile, profile_bound,
};

fn main() {
    divan::main();
}

fn way(works: Works, points: impl IntoIterator<Item = (f64, f64)>) -> HeightCost {
    let point = |(height_m, cost_usd_per_m)| CostPoint { height_m, cost_usd_per_m };
    HeightCost { works, points: points.into_iter().map(point).collect() }
}

/// The reference case with so many stations every 20 m.
fn reference(stations: usize) -> ProfileProblem {
    let text = include_str!("../tests/reference/alignment/vertical_lp_large.json");
    let cases: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let cases = cases.as_array().expect("a list");
    let ground = |case: &serde_json::Value| -> Vec<f64> {
        let ground = case["ground"].as_array().expect("a list");
        ground.iter().map(|height| height.as_f64().expect("a number")).collect()
    };
    let of_size = |case: &&serde_json::Value| ground(case).len() == stations;
    let case = cases.iter().find(of_size).expect("a case of that size");
    let number = |name: &str| case[name].as_f64().expect("a number");
    let per_m = |name: &str| 500.0 * number(name) * number("width");
    let (cut, fill) = (per_m("cost_cut"), per_m("cost_fill"));
    let earth = way(Works::Earthworks, [(-500.0, cut), (0.0, 0.0), (500.0, fill)]);
    ProfileProblem {
        distances_m: (0..stations).map(|station| number("ds") * station as f64).collect(),
        ground_m: ground(case),
        cost_set: vec![0; stations],
        cost_sets: vec![CostSet { ways: vec![earth] }],
        gradients: vec![GradientRange::both(1e3 * number("max_grade")); stations - 1],
        radius_m: vec![number("min_vertical_radius"); stations],
        ..ProfileProblem::default()
    }
}

/// A line with stations every 100 m over hills of 0.5 to 100 km, some of which take tunnels.
fn line(stations: usize) -> ProfileProblem {
    let waves = (0..60).map(|wave| {
        let share = |step: f64| (f64::from(wave) * step).fract();
        let length_m = 500.0 * 200_f64.powf(share(0.754_877_666_246_693));
        (length_m, 0.0006 * length_m, 6.3 * share(0.569_840_290_998_053))
    });
    let waves: Vec<_> = waves.collect();
    let ground_m = |station: usize| {
        let at_m = 100.0 * station as f64;
        let rough = 0.35 + 0.65 * (at_m / 95_000.0).sin().abs();
        let height_m = |(length_m, high_m, phase): &(f64, f64, f64)| {
            high_m * (6.3 * at_m / length_m + phase).sin()
        };
        1000.0 + rough * waves.iter().map(height_m).sum::<f64>()
    };
    let ground_m: Vec<f64> = (0..stations).map(ground_m).collect();
    let earth = (-25..=20).map(|height| {
        let h = f64::from(height);
        (h, 300.0 + if h < 0.0 { 6.0 * (h * h - 8.0 * h) } else { 4.0 * (1.5 * h * h + 7.0 * h) })
    });
    let bridge = (1..=12).map(|number| {
        let h = 5.0 * f64::from(number);
        (h, 9000.0 + 120.0 * h + 2.0 * h * h)
    });
    let tunnel = [(-400.0, 17_000.0), (-60.0, 15_000.0), (-12.0, 15_000.0)];
    let ways =
        vec![way(Works::Earthworks, earth), way(Works::Bridge, bridge), way(Works::Tunnel, tunnel)];
    let end = |station: usize| LevelLimit {
        station,
        rule: LevelRule::Exactly,
        level_m: ground_m[station],
        reason: "end of the line".to_owned(),
    };
    ProfileProblem {
        distances_m: (0..stations).map(|station| 100.0 * station as f64).collect(),
        cost_set: vec![0; stations],
        cost_sets: vec![CostSet { ways }],
        gradients: vec![GradientRange::both(18.0); stations - 1],
        radius_m: vec![10_000.0; stations],
        levels: vec![end(0), end(stations - 1)],
        ground_m,
        rise: None,
        least_bridge_m: 100.0,
        least_tunnel_m: 300.0,
        least_break_distance_m: 400.0,
        least_even_m: 50.0,
    }
}

#[divan::bench(args = [1000, 5000, 20_000], sample_count = 10)]
fn exact_optimum_of_the_reference(bencher: Bencher, stations: usize) {
    let problem = reference(stations);
    bencher.bench_local(|| profile_bound(&problem).expect("a profile"));
}

#[divan::bench(args = [1000, 9500], sample_count = 3)]
fn bound_with_bridges_and_tunnels(bencher: Bencher, stations: usize) {
    let problem = line(stations);
    bencher.bench_local(|| profile_bound(&problem).expect("a profile"));
}

#[divan::bench(args = [1000, 9500], sample_count = 3)]
fn profile_with_bridges_and_tunnels(bencher: Bencher, stations: usize) {
    let problem = line(stations);
    let cheapest = cheapest_profile(&problem).expect("a profile");
    let above_percent = 100.0 * (cheapest.cost_usd / cheapest.bound_usd - 1.0);
    let metres = |works: Works| 100 * cheapest.works.iter().filter(|at| **at == works).count();
    println!(
        "{stations} stations: {above_percent:.1} % above the bound, {} m of tunnels, {} m of bridges",
        metres(Works::Tunnel),
        metres(Works::Bridge)
    );
    bencher.bench_local(|| cheapest_profile(&problem).expect("a profile"));
}
