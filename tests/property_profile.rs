//! What must hold of cheapest profiles on any ground.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::design::{
    CheapestProfile, CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule,
    ProfileProblem, Works, cheapest_profile, profile_bound,
};
use railcorridor::geometry::Rounding;

/// A number between two, in steps of 2^-16 of their distance.
fn between(u: &mut Unstructured, low: f64, high: f64) -> Result<f64> {
    let share = f64::from(u.arbitrary::<u16>()?) / f64::from(u16::MAX);
    Ok(low + (high - low) * share)
}

fn way(works: Works, points: &[(f64, f64)]) -> HeightCost {
    let point = |&(height_m, cost_usd_per_m)| CostPoint { height_m, cost_usd_per_m };
    HeightCost { works, points: points.iter().map(point).collect() }
}

/// Earthworks whose cuts and fills cost so much a metre of height, and more below 10 m.
fn earthworks(cut: f64, fill: f64) -> HeightCost {
    let points = [
        (-60.0, 2.5 * 50.0 * cut + 10.0 * cut),
        (-10.0, 10.0 * cut),
        (0.0, 0.0),
        (10.0, 10.0 * fill),
        (60.0, 2.5 * 50.0 * fill + 10.0 * fill),
    ];
    way(Works::Earthworks, &points)
}

/// Bridges and tunnels that are dearer than low earthworks, and cheaper than high ones.
fn structures() -> Vec<HeightCost> {
    vec![
        way(Works::Bridge, &[(4.0, 1200.0), (80.0, 2600.0)]),
        way(Works::Tunnel, &[(-150.0, 2200.0), (-9.0, 1900.0)]),
    ]
}

/// Ground that wanders, stations at uneven distances, limits that any level line keeps.
fn problem(u: &mut Unstructured, stations: usize) -> Result<ProfileProblem> {
    let (mut at_m, mut ground_m) = (0.0, 500.0);
    let mut problem = ProfileProblem::default();
    for _ in 0..stations {
        problem.distances_m.push(at_m);
        problem.ground_m.push(ground_m);
        at_m += between(u, 20.0, 60.0)?;
        ground_m = (ground_m + between(u, -3.0, 3.0)?).clamp(475.0, 525.0);
    }
    let range = |u: &mut Unstructured| {
        let (fall, rise) = (between(u, 8.0, 25.0)?, between(u, 8.0, 25.0)?);
        Ok(GradientRange { least_permille: -fall, most_permille: rise })
    };
    problem.gradients = (1..stations).map(|_| range(u)).collect::<Result<_>>()?;
    problem.radius_m = (0..stations).map(|_| between(u, 1000.0, 8000.0)).collect::<Result<_>>()?;
    problem.cost_set = vec![0; stations];
    let earth = earthworks(between(u, 40.0, 90.0)?, between(u, 40.0, 90.0)?);
    problem.cost_sets = vec![CostSet { ways: vec![earth] }];
    Ok(problem)
}

fn set_ways(problem: &mut ProfileProblem, ways: Vec<HeightCost>) {
    problem.cost_sets = vec![CostSet { ways }];
}

/// The greatest breach of gradients (in metres of rise), radii (as changes of gradient) and levels.
fn breach(problem: &ProfileProblem, levels_m: &[f64]) -> f64 {
    let steps_m: Vec<f64> = problem.distances_m.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let rises_m: Vec<f64> = levels_m.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut worst = 0.0_f64;
    for ((rise_m, step_m), range) in rises_m.iter().zip(&steps_m).zip(&problem.gradients) {
        worst = worst.max(rise_m - 1e-3 * range.most_permille * step_m);
        worst = worst.max(1e-3 * range.least_permille * step_m - rise_m);
    }
    for station in 1..steps_m.len() {
        let before = rises_m[station - 1] / steps_m[station - 1];
        let after = rises_m[station] / steps_m[station];
        let mean_m = 0.5 * (steps_m[station - 1] + steps_m[station]);
        worst = worst.max((after - before).abs() - mean_m / problem.radius_m[station]);
    }
    for limit in &problem.levels {
        let over_m = levels_m[limit.station] - limit.level_m;
        worst = worst.max(match limit.rule {
            LevelRule::AtLeast => -over_m,
            LevelRule::AtMost => over_m,
            LevelRule::Exactly => over_m.abs(),
        });
    }
    worst
}

/// What levels cost with the cheapest way at each station, by plain interpolation.
fn cost_usd(problem: &ProfileProblem, levels_m: &[f64]) -> f64 {
    let at = &problem.distances_m;
    let mut sum = 0.0;
    for (station, level_m) in levels_m.iter().enumerate() {
        let before_m = if station == 0 { at[0] } else { at[station - 1] };
        let after_m = at.get(station + 1).copied().unwrap_or(at[station]);
        let height_m = level_m - problem.ground_m[station];
        let mut least = f64::INFINITY;
        for way in &problem.cost_sets[problem.cost_set[station]].ways {
            // A micrometre outside is rounding.
            let (first_m, last_m) =
                (way.points[0].height_m, way.points[way.points.len() - 1].height_m);
            let inside_m = height_m.clamp(first_m, last_m);
            if (inside_m - height_m).abs() > 1e-6 {
                continue;
            }
            for pair in way.points.windows(2) {
                if pair[0].height_m <= inside_m && inside_m <= pair[1].height_m {
                    let share =
                        (inside_m - pair[0].height_m) / (pair[1].height_m - pair[0].height_m);
                    let slope = pair[1].cost_usd_per_m - pair[0].cost_usd_per_m;
                    least = least.min(pair[0].cost_usd_per_m + share * slope);
                }
            }
        }
        sum += 0.5 * (after_m - before_m) * least;
    }
    sum
}

/// The cheapest levels on a lattice of steps, by trying for each pair of levels of two neighbours
/// every level of the next station. `slack_m` is by how much limits may be broken.
#[allow(clippy::needless_range_loop, reason = "numbers of levels, each used in three places")]
fn exhaustive(problem: &ProfileProblem, step_m: f64, range: i32, slack_m: f64) -> f64 {
    let count = (2 * range + 1) as usize;
    let base_m = (problem.ground_m[0] / step_m).round() * step_m;
    let level_m = |number: usize| base_m + (number as f64 - f64::from(range)) * step_m;
    let at = &problem.distances_m;
    let stations = at.len();
    let single = |station: usize, number: usize| {
        let mut levels_m = problem.ground_m.clone();
        levels_m[station] = level_m(number);
        let mut alone = problem.clone();
        alone
            .cost_sets
            .push(CostSet { ways: vec![way(Works::Earthworks, &[(-1e3, 0.0), (1e3, 0.0)])] });
        alone.cost_set = vec![1; stations];
        alone.cost_set[station] = 0;
        cost_usd(&alone, &levels_m)
    };
    let costs: Vec<Vec<f64>> = (0..stations)
        .map(|station| (0..count).map(|number| single(station, number)).collect())
        .collect();
    let may_rise = |station: usize, from: usize, to: usize| {
        let (rise_m, run_m) = (level_m(to) - level_m(from), at[station + 1] - at[station]);
        let range = problem.gradients[station];
        rise_m <= 1e-3 * range.most_permille * run_m + slack_m + 1e-9
            && rise_m >= 1e-3 * range.least_permille * run_m - slack_m - 1e-9
    };
    let may_bend = |station: usize, before: usize, here: usize, after: usize| {
        let (d0_m, d1_m) = (at[station] - at[station - 1], at[station + 1] - at[station]);
        let bend =
            (level_m(after) - level_m(here)) / d1_m - (level_m(here) - level_m(before)) / d0_m;
        let most = 0.5 * (d0_m + d1_m) / problem.radius_m[station];
        bend.abs() <= most + slack_m * (1.0 / d0_m + 1.0 / d1_m) + 1e-12
    };
    let mut best = vec![vec![f64::INFINITY; count]; count];
    for from in 0..count {
        for to in 0..count {
            if may_rise(0, from, to) {
                best[from][to] = costs[0][from] + costs[1][to];
            }
        }
    }
    for station in 1..stations - 1 {
        let mut next = vec![vec![f64::INFINITY; count]; count];
        for before in 0..count {
            for here in 0..count {
                if best[before][here].is_finite() {
                    for after in 0..count {
                        if may_rise(station, here, after) && may_bend(station, before, here, after)
                        {
                            let sum = best[before][here] + costs[station + 1][after];
                            next[here][after] = next[here][after].min(sum);
                        }
                    }
                }
            }
        }
        best = next;
    }
    best.into_iter().flatten().fold(f64::INFINITY, f64::min)
}

/// How steep costs are at most.
fn steepest(problem: &ProfileProblem) -> f64 {
    let ways = problem.cost_sets.iter().flat_map(|set| &set.ways);
    let pairs = ways.flat_map(|way| way.points.windows(2));
    let slope = |pair: &[CostPoint]| {
        (pair[1].cost_usd_per_m - pair[0].cost_usd_per_m).abs()
            / (pair[1].height_m - pair[0].height_m)
    };
    pairs.map(slope).fold(0.0, f64::max)
}

#[test]
fn the_optimum_lies_between_two_exhaustive_searches() {
    property(|u| {
        let problem = problem(u, 6)?;
        let bound = profile_bound(&problem).expect("level lines keep all limits");
        assert!(breach(&problem, &bound.levels_m) < 1e-9);
        let own_usd = cost_usd(&problem, &bound.levels_m);
        assert!((bound.cost_usd - own_usd).abs() <= 1e-9 * own_usd + 1e-6);
        assert!(bound.bound_usd <= bound.cost_usd + 1e-9 * own_usd);
        assert!(bound.bound_usd >= bound.cost_usd * (1.0 - 1e-7) - 1.0);
        // Levels of the lattice that keep all limits cost no less; and the optimum, rounded to the
        // lattice, breaks limits by a step at most and costs little more.
        let (step_m, range) = (0.5, 20);
        let above_usd = exhaustive(&problem, step_m, range, 0.0);
        let below_usd = exhaustive(&problem, step_m, range, step_m);
        let length_m = problem.distances_m[5];
        let rounding_usd = 0.5 * step_m * steepest(&problem) * length_m;
        assert!(bound.cost_usd <= above_usd + 1e-6, "{} {above_usd}", bound.cost_usd);
        assert!(bound.cost_usd >= below_usd - rounding_usd, "{} {below_usd}", bound.cost_usd);
        Ok(())
    })
    .budget_ms(2000);
}

#[test]
fn no_exhaustive_search_undercuts_the_bound_of_several_ways() {
    property(|u| {
        let mut problem = problem(u, 6)?;
        for ground_m in &mut problem.ground_m {
            *ground_m += *u.choose(&[-14.0, 0.0, 0.0, 14.0])?;
        }
        let mut ways = structures();
        ways.push(earthworks(60.0, 70.0));
        set_ways(&mut problem, ways);
        let bound = profile_bound(&problem).expect("some way is allowed everywhere");
        let above_usd = exhaustive(&problem, 1.0, 20, 0.0);
        assert!(bound.bound_usd <= above_usd * (1.0 + 1e-9), "{} {above_usd}", bound.bound_usd);
        assert!(bound.bound_usd > 0.0);
        Ok(())
    })
    .budget_ms(2000);
}

#[test]
fn cheaper_rates_and_wider_limits_never_cost_more() {
    property(|u| {
        let stations = u.int_in_range(2..=40)?;
        let problem = problem(u, stations)?;
        let cost_usd = profile_bound(&problem).expect("sound").cost_usd;
        let no_more = |other: &ProfileProblem| {
            let other_usd = profile_bound(other).expect("wider").cost_usd;
            assert!(other_usd <= cost_usd * (1.0 + 1e-8) + 1e-3, "{other_usd} {cost_usd}");
        };
        let mut wider = problem.clone();
        let range = u.choose_iter(wider.gradients.iter_mut())?;
        range.most_permille += 3.0;
        no_more(&wider);
        let mut rounder = problem.clone();
        rounder.radius_m.iter_mut().for_each(|radius_m| *radius_m *= 0.7);
        no_more(&rounder);
        let mut cheaper = problem.clone();
        for point in &mut cheaper.cost_sets[0].ways[0].points {
            if point.height_m < 0.0 {
                point.cost_usd_per_m *= 0.8;
            }
        }
        no_more(&cheaper);
        let mut more = problem.clone();
        more.cost_sets[0].ways.extend(structures());
        no_more(&more);
        Ok(())
    })
    .budget_ms(2000);
}

#[test]
fn the_way_back_costs_the_same() {
    property(|u| {
        let stations = u.int_in_range(2..=60)?;
        let there = problem(u, stations)?;
        let back = there.clone().reversed();
        let there_usd = profile_bound(&there).expect("sound").cost_usd;
        let back_usd = profile_bound(&back).expect("sound").cost_usd;
        assert!((there_usd - back_usd).abs() <= 1e-8 * there_usd + 1e-3, "{there_usd} {back_usd}");
        Ok(())
    })
    .budget_ms(2000);
}

/// A line with structures that a profile with breaks of gradient every 300 m can follow.
fn wavy(u: &mut Unstructured) -> Result<ProfileProblem> {
    let stations = u.int_in_range(30..=120)?;
    let waves: Vec<[f64; 3]> = (0..4)
        .map(|_| Ok([between(u, 600.0, 4000.0)?, between(u, 0.0, 9.0)?, between(u, 0.0, 6.3)?]))
        .collect::<Result<_>>()?;
    let ground_m = |at_m: f64| -> f64 {
        let height_m =
            |[length_m, high_m, phase]: &[f64; 3]| (at_m / length_m * 6.3 + phase).sin() * high_m;
        300.0 + waves.iter().map(height_m).sum::<f64>()
    };
    let mut problem = ProfileProblem::default();
    let mut at_m = 0.0;
    for _ in 0..stations {
        problem.distances_m.push(at_m);
        problem.ground_m.push(ground_m(at_m));
        at_m += between(u, 25.0, 50.0)?;
    }
    let limit = |station: usize, rule, level_m| LevelLimit {
        station,
        rule,
        level_m,
        reason: "as asked".to_owned(),
    };
    problem.levels.push(limit(0, LevelRule::Exactly, problem.ground_m[0] + 1.0));
    if u.arbitrary()? {
        let station = stations / 2;
        problem.levels.push(limit(station, LevelRule::AtLeast, problem.ground_m[station] + 2.0));
    }
    problem.gradients =
        vec![GradientRange { least_permille: -20.0, most_permille: 17.0 }; stations - 1];
    // A flatter stretch, as in a station.
    for range in problem.gradients.iter_mut().skip(stations / 3).take(8) {
        *range = GradientRange::both(4.0);
    }
    problem.radius_m = vec![between(u, 2000.0, 6000.0)?; stations];
    problem.cost_set = vec![0; stations];
    let mut ways = structures();
    ways.push(earthworks(60.0, 70.0));
    set_ways(&mut problem, ways);
    problem.least_bridge_m = 60.0;
    problem.least_tunnel_m = 200.0;
    problem.least_break_distance_m = 300.0;
    problem.least_even_m = 40.0;
    Ok(problem)
}

/// Everything that a profile must keep, computed from its points alone.
fn keeps_all(problem: &ProfileProblem, cheapest: &CheapestProfile) {
    let points = &cheapest.points;
    let last = points.len() - 1;
    let gradients: Vec<f64> = points
        .windows(2)
        .map(|pair| {
            (pair[1].height_m - pair[0].height_m) / (pair[1].distance_m - pair[0].distance_m)
        })
        .collect();
    let mut curves = vec![0.0; points.len()];
    for number in 1..last {
        let Rounding::Parabola { radius_m } = points[number].rounding else {
            panic!("no curve at {:?}", points[number]);
        };
        assert!(radius_m >= problem.radius_m[0] * (1.0 - 1e-9), "{radius_m}");
        curves[number] = radius_m * (gradients[number] - gradients[number - 1]).abs();
    }
    for number in 0..last {
        let leg_m = points[number + 1].distance_m - points[number].distance_m;
        let is_inner = number > 0 && number + 1 < last;
        assert!(!is_inner || leg_m >= problem.least_break_distance_m - 1e-6, "{leg_m}");
        let even_m = leg_m - 0.5 * (curves[number] + curves[number + 1]);
        assert!(!is_inner || even_m >= problem.least_even_m - 1e-5, "{even_m}");
    }
    for (at_m, level_m) in problem.distances_m.iter().zip(&cheapest.levels_m) {
        let own_m = cheapest.profile.at(*at_m).expect("on the profile").height_m;
        assert!((own_m - level_m).abs() < 1e-6, "{own_m} {level_m}");
    }
    // Gradients everywhere, not only where they are sought.
    for (station, range) in problem.gradients.iter().enumerate() {
        let (from_m, to_m) = (problem.distances_m[station], problem.distances_m[station + 1]);
        for part in 0..=10 {
            let at_m = from_m + (to_m - from_m) * f64::from(part) / 10.0;
            let permille = 1e3 * cheapest.profile.at(at_m).expect("on the profile").gradient_ratio;
            // At an end the profile tells the gradient ahead, which is the next interval's.
            if part < 10 {
                assert!(permille <= range.most_permille + 1e-5, "{permille} at {at_m}");
                assert!(permille >= range.least_permille - 1e-5, "{permille} at {at_m}");
            }
        }
    }
    assert!(breach(problem, &cheapest.levels_m) < 1e-6, "{}", breach(problem, &cheapest.levels_m));
    for structure in &cheapest.structures {
        let length_m = structure.to_m - structure.from_m;
        let least_m = match structure.works {
            Works::Bridge => problem.least_bridge_m,
            Works::Tunnel => problem.least_tunnel_m,
            Works::Earthworks => panic!("earthworks are no structure"),
        };
        assert!(length_m >= least_m - 1e-5, "{structure:?}");
    }
}

#[test]
fn profiles_keep_every_limit_and_cost_no_less_than_the_bound() {
    let (mut done, mut refused) = (0, 0);
    property(|u| {
        let problem = wavy(u)?;
        match cheapest_profile(&problem) {
            Ok(cheapest) => {
                done += 1;
                keeps_all(&problem, &cheapest);
                let own_usd = cost_usd(&problem, &cheapest.levels_m);
                assert!(
                    cheapest.cost_usd >= own_usd * (1.0 - 1e-9),
                    "cheaper than the cheapest way"
                );
                assert!(cheapest.bound_usd <= cheapest.cost_usd * (1.0 + 1e-9));
                // The works that it names are what it costs.
                let mut named = problem.clone();
                named.cost_sets = problem.cost_sets[0]
                    .ways
                    .iter()
                    .map(|way| CostSet { ways: vec![way.clone()] })
                    .collect();
                let number = |works: &Works| {
                    problem.cost_sets[0].ways.iter().position(|way| way.works == *works)
                };
                named.cost_set =
                    cheapest.works.iter().map(|works| number(works).expect("a way")).collect();
                let named_usd = cost_usd(&named, &cheapest.levels_m);
                assert!(
                    (named_usd - cheapest.cost_usd).abs() <= 1e-6 * named_usd + 1.0,
                    "{named_usd} {}",
                    cheapest.cost_usd
                );
            }
            Err(error) => {
                refused += 1;
                let text = error.to_string();
                let is_named = text.contains("least_break_distance_m") || text.contains(" at ");
                assert!(is_named, "{text}");
            }
        }
        Ok(())
    })
    .budget_ms(3000);
    assert!(done > 4 * refused, "{done} done, {refused} refused");
}
