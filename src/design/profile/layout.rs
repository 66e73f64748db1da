//! Where gradients may meet.

use super::problem::ProfileProblem;

/// Gradient ranges that differ by more, in permille, have a point of their own between them.
const APART_PERMILLE: f64 = 2.0;

/// Distances of points, as close to one another as they may be: evenly between the ends of
/// stretches whose gradients are limited otherwise, and twice evenly from the beginning on, shifted
/// by parts of a leg.
pub(super) fn layouts(problem: &ProfileProblem) -> Vec<Vec<f64>> {
    let (Some(&start_m), Some(&end_m)) = (problem.distances_m.first(), problem.distances_m.last())
    else {
        return Vec::new();
    };
    let leg_m = leg_m(problem, end_m - start_m);
    let mut layouts = vec![anchored(problem, (start_m, end_m), leg_m)];
    for shift in [1.0 / 3.0, 2.0 / 3.0] {
        let first_m = start_m + leg_m * (1.0 + shift);
        let points = from(first_m, leg_m).take_while(|at_m| at_m + leg_m <= end_m);
        let points = [start_m].into_iter().chain(points).chain([end_m]);
        layouts.push(points.collect());
    }
    layouts
}

/// Distances in even steps.
fn from(first_m: f64, step_m: f64) -> impl Iterator<Item = f64> {
    (0_u32..).map(move |number| first_m + step_m * f64::from(number))
}

/// The shortest leg: what limits ask for, and no shorter than stations are apart.
#[expect(clippy::cast_precision_loss, reason = "counts of a list, far below 2^53")]
pub(super) fn leg_m(problem: &ProfileProblem, length_m: f64) -> f64 {
    let steps = problem.gradients.len().max(1) as f64;
    (length_m / steps).max(problem.least_break_distance_m).max(2.0 * problem.least_even_m)
}

/// Points beside the ends of flatter stretches, where the curve leads out of them, and evenly
/// between.
fn anchored(problem: &ProfileProblem, (start_m, end_m): (f64, f64), leg_m: f64) -> Vec<f64> {
    let mut anchors = vec![start_m];
    let pairs = problem.gradients.windows(2).zip(problem.distances_m.iter().skip(1));
    for ((pair, &at_m), radius_m) in pairs.zip(problem.radius_m.iter().skip(1)) {
        let [before, after] = pair else { continue };
        let rising = after.most_permille - before.most_permille;
        let falling = before.least_permille - after.least_permille;
        if rising.abs().max(falling.abs()) <= APART_PERMILLE {
            continue;
        }
        let bend = 1e-3 * rising.abs().max(falling.abs());
        let half_m = 0.5 * (leg_m - problem.least_even_m).min(radius_m * bend);
        let point_m = if rising + falling > 0.0 { at_m + half_m } else { at_m - half_m };
        let last_m = anchors.last().copied().unwrap_or(start_m);
        if point_m - last_m >= leg_m && end_m - point_m >= leg_m {
            anchors.push(point_m);
        }
    }
    let mut points = Vec::new();
    for (index, &from_m) in anchors.iter().enumerate() {
        let to_m = anchors.get(index + 1).copied().unwrap_or(end_m);
        let count = ((to_m - from_m) / leg_m + 1e-9).floor().max(1.0);
        let step_m = (to_m - from_m) / count;
        points.extend(from(from_m, step_m).take_while(|at_m| at_m + 0.5 * step_m < to_m));
    }
    points.push(end_m);
    points
}
