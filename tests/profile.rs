//! Cheapest profiles: what stands in the way is named, bad numbers are refused, known answers.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use railcorridor::design::{
    CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule, ProfileProblem, Works,
    cheapest_profile, profile_bound,
};

fn way(works: Works, points: &[(f64, f64)]) -> HeightCost {
    let point = |&(height_m, cost_usd_per_m)| CostPoint { height_m, cost_usd_per_m };
    HeightCost { works, points: points.iter().map(point).collect() }
}

/// A plane with stations every 100 m, 12 permille, 5,000 m, cuts and fills to 30 m.
fn plane(stations: usize) -> ProfileProblem {
    let earth = way(Works::Earthworks, &[(-30.0, 3000.0), (0.0, 0.0), (30.0, 3000.0)]);
    ProfileProblem {
        distances_m: (0..stations).map(|station| 100.0 * station as f64).collect(),
        ground_m: vec![800.0; stations],
        cost_set: vec![0; stations],
        cost_sets: vec![CostSet { ways: vec![earth] }],
        gradients: vec![GradientRange::both(12.0); stations - 1],
        radius_m: vec![5000.0; stations],
        ..ProfileProblem::default()
    }
}

fn level(station: usize, rule: LevelRule, level_m: f64, reason: &str) -> LevelLimit {
    LevelLimit { station, rule, level_m, reason: reason.to_owned() }
}

fn refusal(problem: &ProfileProblem) -> String {
    let text = profile_bound(problem).expect_err("refused").to_string();
    assert_eq!(cheapest_profile(problem).expect_err("refused").to_string(), text);
    text
}

#[test]
fn a_rise_that_is_too_steep_names_both_ends_and_the_gradient_it_takes() {
    let mut problem = plane(51);
    problem.levels.push(level(10, LevelRule::Exactly, 800.0, "Herat station"));
    problem.levels.push(level(20, LevelRule::AtLeast, 813.2, "clearance over the Hari Rud"));
    let text = refusal(&problem);
    // 13.2 m over 1,000 m.
    for word in
        ["1000 m (Herat station)", "2000 m (clearance over the Hari Rud)", "= 13.2 ", "12.000"]
    {
        assert!(text.contains(word), "{word}: {text}");
    }
    problem.gradients[10..20].fill(GradientRange::both(13.3));
    assert!(profile_bound(&problem).is_ok());
    // The same down.
    problem.levels[1] = level(20, LevelRule::AtMost, 786.0, "under the road");
    let text = refusal(&problem);
    for word in ["Herat station", "under the road", "= -14 ", "at least -13.300"] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn ground_that_is_too_steep_names_what_costs_allow() {
    let mut problem = plane(51);
    problem.ground_m[25..].fill(900.0);
    let text = refusal(&problem);
    assert!(text.contains("highest that costs are given for"), "{text}");
    assert!(text.contains("deepest that costs are given for"), "{text}");
}

#[test]
fn levels_that_contradict_one_another_at_a_station() {
    let mut problem = plane(11);
    problem.levels.push(level(5, LevelRule::AtLeast, 806.0, "over the stream"));
    problem.levels.push(level(5, LevelRule::AtMost, 805.0, "under the line of wires"));
    let text = refusal(&problem);
    assert!(text.contains("500 m (under the line of wires) = 805 "), "{text}");
}

#[test]
fn a_curve_without_room_names_its_radius() {
    let mut problem = plane(21);
    // Up 1 m and down again within 200 m needs a crest of 100 m / 0.02 = 5,000 m at most; with the
    // feet of the hill held at both sides there is none of 8,000 m.
    for (station, level_m) in [(8, 800.0), (9, 800.0), (10, 801.0), (11, 800.0), (12, 800.0)] {
        problem.levels.push(level(station, LevelRule::Exactly, level_m, "as it is"));
    }
    assert!(profile_bound(&problem).is_ok());
    problem.radius_m.fill(8000.0);
    let text = refusal(&problem);
    assert!(text.contains("radius_m of the vertical curve at 1000 m = 5000 "), "{text}");
}

#[test]
fn without_costs_there_is_a_profile_all_the_same() {
    let mut problem = plane(60);
    set(&mut problem, vec![way(Works::Earthworks, &[(-30.0, 0.0), (30.0, 0.0)])]);
    problem
        .ground_m
        .iter_mut()
        .enumerate()
        .for_each(|(station, ground_m)| *ground_m += (station % 7) as f64);
    let bound = profile_bound(&problem).unwrap();
    assert_eq!((bound.cost_usd, bound.bound_usd), (0.0, 0.0));
    let cheapest = cheapest_profile(&problem).unwrap();
    assert_eq!(cheapest.cost_usd, 0.0);
    for (level_m, ground_m) in cheapest.levels_m.iter().zip(&problem.ground_m) {
        assert!((level_m - ground_m).abs() <= 30.0);
    }
}

fn set(problem: &mut ProfileProblem, ways: Vec<HeightCost>) {
    problem.cost_sets = vec![CostSet { ways }];
}

#[test]
fn numbers_that_are_none_are_refused_with_their_place() {
    type Spoil = fn(&mut ProfileProblem);
    let cases: [(Spoil, &str); 16] = [
        (|p| p.ground_m[7] = f64::NAN, "ground_m at 700 m"),
        (|p| p.distances_m[7] = 600.0, "station 7"),
        (|p| p.distances_m[7] = f64::NAN, "distance_m of station 7"),
        (|p| p.distances_m.clear(), "number of stations"),
        (|p| p.distances_m.truncate(1), "number of stations"),
        (|p| p.ground_m.truncate(3), "number of ground_m"),
        (|p| p.cost_set[3] = 4, "cost_set of station 3"),
        (|p| p.cost_sets[0].ways.clear(), "number of ways"),
        (|p| p.cost_sets[0].ways[0].points.clear(), "number of points"),
        (|p| p.cost_sets[0].ways[0].points[1].cost_usd_per_m = -1.0, "cost_usd_per_m at 0 m"),
        (|p| p.cost_sets[0].ways[0].points[1].height_m = -40.0, "height"),
        (|p| p.radius_m[2] = 0.0, "radius_m at 200 m"),
        (|p| p.radius_m[2] = f64::INFINITY, "radius_m at 200 m"),
        (
            |p| p.gradients[2] = GradientRange { least_permille: 3.0, most_permille: 2.0 },
            "most_permille",
        ),
        (|p| p.levels.push(level(99, LevelRule::Exactly, 0.0, "far")), "\"far\""),
        (|p| p.least_even_m = -1.0, "least_even_m"),
    ];
    for (spoil, words) in cases {
        let mut problem = plane(11);
        spoil(&mut problem);
        let text = refusal(&problem);
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn two_stations_and_ranges_without_room() {
    let problem = plane(2);
    let cheapest = cheapest_profile(&problem).unwrap();
    assert!(cheapest.cost_usd.abs() < 1e-3 && cheapest.points.len() == 2);
    // A level stretch, and a fixed slope.
    let mut problem = plane(31);
    problem.gradients[10..15].fill(GradientRange::both(0.0));
    problem.gradients[20..30].fill(GradientRange { least_permille: 2.0, most_permille: 2.0 });
    let bound = profile_bound(&problem).unwrap();
    assert!((bound.levels_m[15] - bound.levels_m[10]).abs() < 1e-9);
    assert!((bound.levels_m[30] - bound.levels_m[20] - 2.0).abs() < 1e-9);
    // The slope's middle lies on the ground: 20 stations of 100 m and its ends, 1 m off at most.
    assert!(bound.cost_usd - bound.bound_usd <= 1e-6 * bound.cost_usd);
    assert!(cheapest_profile(&problem).is_ok());
}

#[test]
fn a_finer_lattice_of_stations_converges() {
    // One hill, 20 m high and 4 km wide.
    let cost_usd = |steps: usize| {
        let mut problem = plane(steps + 1);
        let step_m = 4000.0 / steps as f64;
        for station in 0..=steps {
            let at_m = step_m * station as f64;
            problem.distances_m[station] = at_m;
            problem.ground_m[station] = 800.0 + 20.0 * (at_m / 4000.0 * std::f64::consts::PI).sin();
        }
        profile_bound(&problem).unwrap().cost_usd
    };
    // Half the step, half the error or less.
    let fine_usd = cost_usd(1280);
    for steps in [40, 80, 160, 320] {
        let error_usd = (cost_usd(steps) - fine_usd).abs();
        assert!(error_usd < 2e4 / steps as f64, "{error_usd} of {fine_usd} at {steps}");
    }
}

#[test]
fn a_tunnel_goes_through_a_ridge_and_is_no_shorter_than_it_must_be() {
    let mut problem = plane(101);
    for (station, ground_m) in problem.ground_m.iter_mut().enumerate() {
        *ground_m += (60.0 - 12.0 * (station as f64 - 50.0).abs()).max(0.0);
    }
    let tunnel = way(Works::Tunnel, &[(-200.0, 2500.0), (-10.0, 2500.0)]);
    problem.cost_sets[0].ways.push(tunnel);
    problem.least_break_distance_m = 400.0;
    let free = cheapest_profile(&problem).unwrap();
    let [tunnel] = free.structures[..] else { panic!("{:?}", free.structures) };
    assert_eq!(tunnel.works, Works::Tunnel);
    assert!(tunnel.from_m < 5000.0 && 5000.0 < tunnel.to_m);
    problem.least_tunnel_m = 2.0 * (tunnel.to_m - tunnel.from_m);
    if let Ok(longer) = cheapest_profile(&problem) {
        assert!(longer.cost_usd >= free.cost_usd * (1.0 - 1e-6));
        for tunnel in &longer.structures {
            assert!(tunnel.to_m - tunnel.from_m >= problem.least_tunnel_m - 1e-6, "{tunnel:?}");
        }
    }
}
