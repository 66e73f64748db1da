//! The line over five hills, priced and checked by plain code that shares nothing with the search.

#[path = "../examples/yardstick/problem.rs"]
mod problem;
#[path = "../examples/yardstick/task.rs"]
mod task;
mod yardstick;

use std::ops::ControlFlow;

use problem::{END, FiveHills};
use railcorridor::design::{
    Ground as _, JointDesign, JointOptions, LineTask, design_line, design_line_watched,
    improve_line,
};
use railcorridor::geodesy::Coord;
use task::task;
use yardstick::by_hand;

/// Goes along the elements by steps of half a metre, each along its mean bearing: shows the middle
/// of each with its distance, its length and its bearing, and ends where the line does.
fn walk(design: &JointDesign, mut seen: impl FnMut(f64, f64, Coord, f64)) -> (f64, Coord) {
    let plan = design.line.horizontal();
    let (mut at, mut bearing_rad, mut gone_m) = (plan.start(), plan.start_bearing_rad(), 0.0);
    for element in plan.elements() {
        let steps = (2.0 * element.length_m()).ceil();
        let step_m = element.length_m() / steps;
        let (from, to) = (element.curvature_from_per_m(), element.curvature_to_per_m());
        let mut step = 0.0;
        while step < steps {
            let middle = from + (to - from) * (step + 0.5) / steps;
            let half_way_rad = bearing_rad + 0.5 * step_m * middle;
            let half = Coord {
                e_m: at.e_m + 0.5 * step_m * half_way_rad.cos(),
                n_m: at.n_m + 0.5 * step_m * half_way_rad.sin(),
            };
            seen(gone_m + 0.5 * step_m, step_m, half, half_way_rad);
            at.e_m += step_m * half_way_rad.cos();
            at.n_m += step_m * half_way_rad.sin();
            bearing_rad += step_m * middle;
            gone_m += step_m;
            step += 1.0;
        }
    }
    (gone_m, at)
}

/// Points of the profile, with its ends.
fn profile(design: &JointDesign) -> Vec<(f64, f64)> {
    let task = task();
    let inner = design.draft.grade_points.iter().map(|point| (point.distance_m, point.height_m));
    let end = (design.line.horizontal().length_m(), task.to.height_m);
    [(0.0, task.from.height_m)].into_iter().chain(inner).chain([end]).collect()
}

/// Height and gradient: that of the polygon, and near its corners that of the parabola.
fn level(profile: &[(f64, f64)], at_m: f64) -> (f64, f64) {
    let slope = |k: usize| (profile[k + 1].1 - profile[k].1) / (profile[k + 1].0 - profile[k].0);
    let leg =
        (0..profile.len() - 2).find(|&k| at_m <= profile[k + 1].0).unwrap_or(profile.len() - 2);
    let (mut height_m, mut gradient) =
        (profile[leg].1 + slope(leg) * (at_m - profile[leg].0), slope(leg));
    for three in profile.windows(3) {
        let [before, corner, after] = [three[0], three[1], three[2]];
        let from = (corner.1 - before.1) / (corner.0 - before.0);
        let change = (after.1 - corner.1) / (after.0 - corner.0) - from;
        let half_m = 5000.0 * change.abs();
        let into_m = at_m - (corner.0 - half_m);
        if (0.0..=2.0 * half_m).contains(&into_m) {
            let begin_m = corner.1 - from * half_m;
            gradient = from + change.signum() * into_m / 10_000.0;
            height_m = begin_m + from * into_m + change.signum() * into_m * into_m / 20_000.0;
        }
    }
    (height_m, gradient)
}

/// The cost by strips of 1.5 cm across, in sections 8 m apart.
fn cost_by_strips(design: &JointDesign) -> f64 {
    let profile = profile(design);
    let strip_m = 7.58 / 500.0;
    let (mut fill, mut rock, mut soil, mut beside) = (0.0, 0.0, 0.0, 0.0);
    let (mut steps, mut taken_m) = (0, 0.0);
    walk(design, |at_m, step_m, coord, bearing_rad| {
        taken_m += step_m;
        steps += 1;
        if steps % 16 != 8 {
            return;
        }
        let (height_m, gradient) = level(&profile, at_m);
        let depth = |left_m: f64| {
            let place = Coord {
                e_m: coord.e_m - left_m * bearing_rad.sin(),
                n_m: coord.n_m + left_m * bearing_rad.cos(),
            };
            FiveHills.at(place).height_m - height_m
        };
        let (mut filled, mut rocky, mut soily, mut width_m) = (0.0, 0.0, 0.0, 15.16);
        let mut cut = |depth_m: f64| {
            rocky += (depth_m - 3.0).max(0.0) * strip_m;
            soily += depth_m.clamp(0.0, 3.0) * strip_m;
        };
        for strip in 0..1000 {
            let depth_m = depth(-7.58 + (f64::from(strip) + 0.5) * strip_m);
            cut(depth_m);
            filled += (-depth_m).max(0.0) * strip_m;
        }
        for side in [-1.0, 1.0] {
            let is_cut = depth(side * 7.58) > 0.0;
            for strip in 0.. {
                let out_m = (f64::from(strip) + 0.5) * strip_m;
                let depth_m = depth(side * (7.58 + out_m));
                let left_m = if is_cut {
                    depth_m - 0.78_f64.tan() * out_m
                } else {
                    -depth_m - 0.59_f64.tan() * out_m
                };
                if left_m <= 0.0 {
                    break;
                }
                assert!(out_m <= 25.0, "a slope does not meet the ground at {at_m} m");
                width_m += strip_m;
                if is_cut { cut(left_m) } else { filled += left_m * strip_m }
            }
        }
        let along = gradient.hypot(1.0);
        fill += filled * taken_m;
        rock += rocky * taken_m;
        soil += soily * taken_m;
        beside += taken_m * (7.0 * (width_m + 6.0) + along * (0.6 * width_m + 650.0));
        taken_m = 0.0;
    });
    // The last metres have no section, and cost like the bare formation.
    beside += taken_m * (7.0 * 21.16 + 0.6 * 15.16 + 650.0);
    let usable = 0.97 * rock + 0.76 * soil;
    let used = f64::min(fill, usable);
    let waste = 0.0375 * rock + 0.0625 * soil + 1.25 / 0.9 * (usable - used);
    5.0 * rock + 2.0 * soil + 1.1 * used + 4.5 * (fill - used) + 2.0 * waste + beside
}

/// Every limit, as the task states it.
fn assert_limits(design: &JointDesign) {
    let plan = design.line.horizontal();
    let mut before = 0.0;
    let last = plan.elements().len() - 1;
    for (number, element) in plan.elements().iter().enumerate() {
        let (from, to) = (element.curvature_from_per_m(), element.curvature_to_per_m());
        assert!((from - before).abs() < 1e-9, "element {number}: the curvature jumps");
        assert!(from.abs().max(to.abs()) <= 1.0 / 250.0, "element {number}: too sharp");
        before = to;
        let length_m = element.length_m();
        if from != to {
            assert!(length_m >= 80.0 - 1e-9, "transition {number}: {length_m}");
        } else if from != 0.0 {
            assert!(length_m >= 100.0, "arc {number}: {length_m}");
        } else if number > 0 && number < last {
            assert!((222.0..=1321.0).contains(&length_m), "tangent {number}: {length_m}");
        }
    }
    let profile = profile(design);
    let legs: Vec<(f64, f64)> = profile
        .windows(2)
        .map(|pair| (pair[1].0 - pair[0].0, (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0)))
        .collect();
    let half = |k: usize| {
        if k == 0 || k == legs.len() { 0.0 } else { 5000.0 * (legs[k].1 - legs[k - 1].1).abs() }
    };
    for (number, &(length_m, gradient)) in legs.iter().enumerate() {
        assert!((0.005..=0.05).contains(&gradient.abs()), "grade {number}: {gradient}");
        let even_m = length_m - half(number) - half(number + 1);
        assert!(even_m >= 225.0, "grade {number}: {even_m} m between curves");
    }
    let (length_m, end) = walk(design, |_, _, _, _| {});
    assert!((length_m - plan.length_m()).abs() < 1e-6);
    assert!(end.distance_m(END) < 0.01, "ends {} m off", end.distance_m(END));
}

#[test]
fn a_draft_by_hand_becomes_a_line_cheaper_than_the_published_one() {
    let design = improve_line(&FiveHills, &task(), &by_hand(), &JointOptions::default()).unwrap();
    assert_limits(&design);
    let cost_usd = design.cost.total_usd;
    assert!(cost_usd < 3_425_000.0, "{cost_usd}");
    assert!(design.bound_usd <= cost_usd);
    let strips_usd = cost_by_strips(&design);
    assert!((strips_usd / cost_usd - 1.0).abs() < 1e-4, "{cost_usd} against {strips_usd}");
}

/// Fewer sections, so that it takes no longer than a test may.
fn quick() -> JointOptions {
    JointOptions { coarse_step_m: 120.0, fine_step_m: 40.0, ..JointOptions::default() }
}

#[test]
fn a_search_without_a_draft_finds_a_line_below_the_aim() {
    // A watch that ends it after the first of three rounds.
    let options = JointOptions { rounds: 3, ..quick() };
    let mut asked = Vec::new();
    let design = design_line_watched(&FiveHills, &task(), &options, &mut |rounds| {
        asked.push(rounds);
        ControlFlow::Break(())
    });
    let design = design.unwrap();
    assert_eq!((asked, design.drafts), (vec![1], 40));
    assert_limits(&design);
    assert!(design.cost.total_usd < 3_430_000.0, "{}", design.cost.total_usd);
    assert!(design.bound_usd <= design.cost.total_usd);
}

#[cfg(feature = "parallel")]
#[test]
fn threads_change_nothing_and_a_gap_ends_the_search() {
    // A tenth above the bound is enough, and reached by the first round.
    let options = JointOptions { rounds: 3, gap_ratio: 0.1, ..quick() };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| design_line(&FiveHills, &task(), &options).unwrap())
    };
    let (one, two) = (on(1), on(2));
    assert_eq!(one.drafts, 40);
    assert_eq!(one.draft, two.draft);
    assert_eq!(one.cost, two.cost);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let refused = |task: LineTask, options: JointOptions| {
        let text = design_line(&FiveHills, &task, &options).unwrap_err().to_string();
        let improved = improve_line(&FiveHills, &task, &by_hand(), &options).unwrap_err();
        assert_eq!(improved.to_string(), text);
        text
    };
    let plain = JointOptions::default();
    let with = |change: fn(&mut LineTask)| {
        let mut task = task();
        change(&mut task);
        task
    };
    for (task, options, word) in [
        (with(|task| task.to = task.from), plain, "distance_m of the ends"),
        (with(|task| task.from.height_m = f64::NAN), plain, "from.height_m"),
        (with(|task| task.limits.greatest_gradient_ratio = 0.001), plain, "least_gradient_ratio"),
        (with(|task| task.limits.transition_m = 0.0), plain, "transition_m"),
        (with(|task| task.formation.cut_rise_ratio = -1.0), plain, "cut_rise_ratio"),
        (with(|task| task.prices.land_usd_per_m2 = -1.0), plain, "land_usd_per_m2"),
        (task(), JointOptions { fine_step_m: 0.0, ..plain }, "fine_step_m"),
        (task(), JointOptions { gap_ratio: f64::NAN, ..plain }, "gap_ratio"),
    ] {
        let text = refused(task, options);
        assert!(text.contains(word), "{text}");
    }
}

#[test]
fn a_task_without_a_line_is_told() {
    // 600 m up over 4 km at 50 permille at most.
    let mut task = task();
    task.to.height_m += 600.0;
    let text = improve_line(&FiveHills, &task, &by_hand(), &quick()).unwrap_err().to_string();
    assert!(text.contains("keeps every limit"), "{text}");
}
