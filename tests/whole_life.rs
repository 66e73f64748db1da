//! Operation over the years in the choice of profiles and of whole lines.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod oblique;

use std::ops::ControlFlow;

use chance::property;
use railcorridor::design::{
    CostPoint, CostSet, DesignOptions, GradientRange, HeightCost, ProfileProblem, RiseCost, Track,
    WholeLife, Works, cheapest_profile, design, profile_bound,
};
use railcorridor::model::Standard;
use railcorridor::terrain::{Grid, ridge_with_saddle};

/// Cut and fill at 100 dollars a metre of line and of height.
fn earth() -> CostSet {
    let point = |height_m: f64| CostPoint { height_m, cost_usd_per_m: 100.0 * height_m.abs() };
    let points = vec![point(-200.0), point(0.0), point(200.0)];
    CostSet { ways: vec![HeightCost { works: Works::Earthworks, points }] }
}

fn over(ground_m: Vec<f64>, step_m: f64, most_permille: f64) -> ProfileProblem {
    let count = ground_m.len();
    ProfileProblem {
        distances_m: (0..count).map(|number| step_m * number as f64).collect(),
        ground_m,
        cost_set: vec![0; count],
        cost_sets: vec![earth()],
        gradients: vec![GradientRange::both(most_permille); count - 1],
        radius_m: vec![1.0; count],
        ..ProfileProblem::default()
    }
}

#[test]
fn a_ridge_is_cut_once_climbing_it_costs_more_than_cutting() {
    // 10 m of ridge between stations 100 m apart. Its middle stands for 100 m of line: a metre off
    // it costs 10,000 and saves climbing on either side. 1 m of each step, at 10 permille, is free.
    let ridge = over(vec![10.0, 20.0, 10.0], 100.0, 200.0);
    for (usd_per_m, expected_usd) in
        [(0.0, 0.0), (4_000.0, 2.0 * 4_000.0 * 9.0), (6_000.0, 9.0 * 10_000.0)]
    {
        let rise = Some(RiseCost { usd_per_m, free_permille: 10.0 });
        let bound = profile_bound(&ProfileProblem { rise, ..ridge.clone() }).unwrap();
        assert!((bound.cost_usd - expected_usd).abs() < 1e-2, "{usd_per_m}: {bound:?}");
        assert!((bound.bound_usd - expected_usd).abs() < 1e-2, "{usd_per_m}: {bound:?}");
    }
}

#[test]
fn dearer_rises_are_never_climbed_more_and_bounds_hold() {
    property(|u| {
        let count = u.int_in_range(8..=60)?;
        let mut ground_m = vec![100.0];
        for _ in 1..count {
            let by_m = f64::from(u.int_in_range(-30..=30)?) / 10.0;
            ground_m.push(ground_m[ground_m.len() - 1] + by_m);
        }
        let free_permille = f64::from(u.int_in_range(0..=60)?) / 10.0;
        let plain = over(ground_m, 100.0, 25.0);
        let mut last_m = f64::INFINITY;
        for usd_per_m in [1_000.0, 5_000.0, 20_000.0, 100_000.0] {
            let rise = RiseCost { usd_per_m, free_permille };
            let problem = ProfileProblem { rise: Some(rise), ..plain.clone() };
            let found = profile_bound(&problem).unwrap();
            let paid_m = rise.paid_m(&problem.distances_m, &found.levels_m);
            // The optimum is known to 1e-9 of what it costs, and so what rises are.
            let off_usd = 1e-6 * found.cost_usd.max(1.0);
            assert!(paid_m <= last_m + off_usd / 1_000.0, "{usd_per_m}: {paid_m} after {last_m}");
            last_m = paid_m;
            assert!(found.bound_usd <= found.cost_usd + off_usd);
            assert!(found.bound_usd >= found.cost_usd - off_usd, "{found:?}");
            // What is built costs no less, and is what it says: works and rises.
            let built = cheapest_profile(&problem).unwrap();
            assert!(built.cost_usd >= built.bound_usd - off_usd);
            let weight_m = |station: usize| {
                if station == 0 || station + 1 == count { 50.0 } else { 100.0 }
            };
            let heights = built.levels_m.iter().zip(&problem.ground_m).enumerate();
            let works_usd: f64 = heights
                .map(|(station, (level_m, ground_m))| {
                    weight_m(station) * 100.0 * (level_m - ground_m).abs()
                })
                .sum();
            let rises_usd = usd_per_m * rise.paid_m(&problem.distances_m, &built.levels_m);
            let off_usd = (built.cost_usd - works_usd - rises_usd).abs();
            assert!(off_usd < 1e-6 * built.cost_usd.max(1.0), "{off_usd}");
        }
        Ok(())
    })
    .budget_ms(2_000);
}

/// The line over a ridge from the south-west of the middle to the north-east of it.
fn designed(grid: &Grid, gradient_permille: f64, whole_life: Option<WholeLife>) -> Track {
    let standard = Standard::builtin_called("1520-mixed-120").unwrap();
    let options = DesignOptions {
        gradient_permille,
        whole_life,
        // What is compared shows in the first rounds.
        rounds: 3,
        ..DesignOptions::of_standard(standard).unwrap()
    };
    let route = oblique::way(grid, [0.1, 0.15], &options);
    design(&route, grid, None, &options, &|_| ControlFlow::Continue(())).unwrap()
}

#[test]
fn operation_without_weight_changes_nothing_and_with_more_it_never_costs_more() {
    for (height_m, saddle_m, gradient_permille) in [(500.0, 300.0, 15.0), (300.0, 260.0, 9.0)] {
        let grid = ridge_with_saddle(61, 61, 900.0, height_m, saddle_m).unwrap();
        let plain = designed(&grid, gradient_permille, None);
        assert!(plain.operation.is_none());
        let weighed = |weight: f64| {
            designed(&grid, gradient_permille, Some(WholeLife::of_weight(weight).unwrap()))
        };
        let none = weighed(0.0);
        assert_eq!(none.points, plain.points);
        assert_eq!(none.bill, plain.bill);
        assert_eq!((none.cost_usd, none.bound_usd), (plain.cost_usd, plain.bound_usd));
        let mut last_usd = none.operation.unwrap().total_usd();
        for weight in [1.0, 3.0] {
            let track = weighed(weight);
            let cost = track.operation.unwrap();
            assert!(track.cost_usd >= track.bound_usd * (1.0 - 1e-9));
            assert!(cost.total_usd() <= last_usd * (1.0 + 1e-9), "{weight}: {cost:?}");
            last_usd = cost.total_usd();
        }
    }
}
