//! Points where gradients meet, chosen so that straight legs come close to given levels.

use super::layout::leg_m;
use super::problem::{ProfileProblem, Works};
use super::works_costs::WorksCosts;

/// A leg is so many times as long as the shortest at most, where it is not the last.
const LONGEST: f64 = 8.0;

/// Distances of stations, no closer to one another than points may be, between which straight legs
/// cost the least more than the levels themselves: by dynamic programming over the stations.
///
/// What a metre off costs is taken as the cost of a metre up or down, whichever is more.
pub(super) fn fitted(costs: &WorksCosts<'_>, works: &[Works], levels_m: &[f64]) -> Vec<f64> {
    let problem = costs.problem;
    let at_m = &problem.distances_m;
    let (Some(&start_m), Some(&end_m)) = (at_m.first(), at_m.last()) else { return Vec::new() };
    let leg_m = leg_m(problem, end_m - start_m);
    let sums = Moments::new(costs, works, levels_m);
    let mut best: Vec<(f64, usize)> = vec![(0.0, 0)];
    for (to, &to_m) in at_m.iter().enumerate().skip(1) {
        let nearest = at_m.partition_point(|&from_m| to_m - from_m >= leg_m - 1e-6);
        let farthest = at_m.partition_point(|&from_m| to_m - from_m > LONGEST * leg_m);
        let mut here = (f64::INFINITY, 0);
        for from in farthest..nearest {
            let before = best.get(from).map_or(f64::INFINITY, |best| best.0);
            if before < here.0 {
                let sum = before + sums.off(problem, levels_m, (from, to));
                if sum < here.0 {
                    here = (sum, from);
                }
            }
        }
        best.push(here);
    }
    let mut points = Vec::new();
    let mut station = at_m.len() - 1;
    while station > 0 {
        points.extend(at_m.get(station));
        match best.get(station) {
            Some((sum, from)) if sum.is_finite() => station = *from,
            // Nearer to the beginning than a leg is long.
            _ => break,
        }
    }
    points.push(start_m);
    points.reverse();
    points
}

/// What a metre off costs at each station.
struct Moments {
    usd_per_m: Vec<f64>,
}

impl Moments {
    fn new(costs: &WorksCosts<'_>, works: &[Works], levels_m: &[f64]) -> Self {
        let places = works.iter().zip(levels_m).zip(&costs.problem.ground_m);
        let usd_per_m = places.zip(costs.problem.weights_m()).enumerate();
        let usd_per_m = usd_per_m.map(|(station, (((works, level_m), ground_m), weight_m))| {
            let height_m = level_m - ground_m;
            let of = |height_m| costs.cost_usd_per_m(station, *works, height_m, 0.0).unwrap_or(0.0);
            let here = of(height_m);
            let more = (of(height_m + 1.0) - here).abs().max((of(height_m - 1.0) - here).abs());
            weight_m * more
        });
        Self { usd_per_m: usd_per_m.collect() }
    }

    /// What the levels between two stations differ from a straight leg, by cost.
    fn off(&self, problem: &ProfileProblem, levels_m: &[f64], (from, to): (usize, usize)) -> f64 {
        let at = |list: &[f64], station: usize| list.get(station).copied().unwrap_or_default();
        let (from_m, low_m) = (at(&problem.distances_m, from), at(levels_m, from));
        let slope = (at(levels_m, to) - low_m) / (at(&problem.distances_m, to) - from_m);
        let mut sum = 0.0;
        let places = problem.distances_m.get(from..to).unwrap_or_default().iter();
        let levels = levels_m.get(from..to).unwrap_or_default();
        let costs = self.usd_per_m.get(from..to).unwrap_or_default();
        for ((at_m, level_m), usd_per_m) in places.zip(levels).zip(costs) {
            sum += usd_per_m * (low_m + slope * (at_m - from_m) - level_m).abs();
        }
        sum
    }
}
