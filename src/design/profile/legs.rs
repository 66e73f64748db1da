//! Where gradients meet, how long the curves there are, and the programme of the heights there.

use super::problem::{LevelRule, ProfileProblem, ROUNDING_M, Works};
use super::reach::{Levels, TOUCHING_M};
use super::rows::{CostLine, Programme, Row};
use super::works_costs::{Detail, WorksCosts, number};

/// Points where gradients meet, with the beginning and the end of the line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Legs {
    pub(super) at_m: Vec<f64>,
    /// The length of the curve at each, 0 at both ends.
    pub(super) curve_m: Vec<f64>,
}

impl Legs {
    /// A point at each station, with curves that touch: all that radii allow.
    pub(super) fn at_stations(problem: &ProfileProblem) -> Self {
        Self::with_even(problem, problem.distances_m.clone(), 0.0)
    }

    /// Points at these distances, with curves as long as they may have to be and as leave room for
    /// even gradient between them.
    pub(super) fn new(problem: &ProfileProblem, at_m: Vec<f64>) -> Self {
        Self::with_even(problem, at_m, problem.least_even_m)
    }

    fn with_even(problem: &ProfileProblem, at_m: Vec<f64>, even_m: f64) -> Self {
        let range = |range: &super::GradientRange| range.most_permille - range.least_permille;
        let most = 1e-3 * problem.gradients.iter().map(range).fold(0.0, f64::max);
        let radius_m = problem.radius_m.iter().copied().fold(0.0, f64::max);
        let mut curve_m: Vec<f64> = at_m
            .windows(3)
            .map(|three| match *three {
                [before_m, here_m, after_m] => {
                    let room_m = (here_m - before_m).min(after_m - here_m) - even_m;
                    room_m.min(most * radius_m) - ROUNDING_M
                }
                _ => 0.0,
            })
            .collect();
        curve_m.insert(0, 0.0);
        curve_m.push(0.0);
        Self { at_m, curve_m }
    }

    fn point_m(&self, number: usize) -> f64 {
        self.at_m.get(number).copied().unwrap_or_default()
    }

    /// The length of the leg from a point to the next.
    fn leg_m(&self, number: usize) -> f64 {
        self.point_m(number + 1) - self.point_m(number)
    }

    pub(super) fn half_m(&self, number: usize) -> f64 {
        0.5 * self.curve_m.get(number).copied().unwrap_or_default()
    }

    /// How the gradient changes at a point, by the heights of it and its neighbours.
    fn bend(&self, number: usize) -> [f64; 3] {
        let (before, after) = (1.0 / self.leg_m(number - 1), 1.0 / self.leg_m(number));
        [before, -before - after, after]
    }

    /// The height at a distance on the leg that begins at a point, by the heights of three points.
    pub(super) fn height(&self, leg: usize, distance_m: f64) -> (usize, [f64; 3]) {
        let along_m = distance_m - self.point_m(leg);
        let share = along_m / self.leg_m(leg);
        let rest_m = self.leg_m(leg) - along_m;
        let (half_m, next_half_m) = (self.half_m(leg), self.half_m(leg + 1));
        let lift = |half_m: f64, off_m: f64| (half_m - off_m) * (half_m - off_m) / (4.0 * half_m);
        if along_m < half_m {
            let bend = self.bend(leg).map(|bend| bend * lift(half_m, along_m));
            (leg - 1, [bend[0], bend[1] + 1.0 - share, bend[2] + share])
        } else if rest_m < next_half_m {
            let bend = self.bend(leg + 1).map(|bend| bend * lift(next_half_m, rest_m));
            (leg, [bend[0] + 1.0 - share, bend[1] + share, bend[2]])
        } else {
            (leg, [1.0 - share, share, 0.0])
        }
    }

    /// The levels at stations for heights of the points.
    pub(super) fn levels_m(&self, distances_m: &[f64], heights_m: &[f64]) -> Vec<f64> {
        let mut leg = 0;
        let level = |&distance_m: &f64| {
            leg = self.leg_at(leg, distance_m);
            let (first, a) = self.height(leg, distance_m);
            Row::limit(first, a, (0.0, 0.0)).product(heights_m)
        };
        distances_m.iter().map(level).collect()
    }

    /// The leg at a distance, not before another.
    fn leg_at(&self, mut leg: usize, distance_m: f64) -> usize {
        while leg + 2 < self.at_m.len() && self.point_m(leg + 1) < distance_m {
            leg += 1;
        }
        leg
    }

    /// The least radius allowed on the curve at a point: the greatest that its stations ask for.
    pub(super) fn radius_m(&self, problem: &ProfileProblem, number: usize) -> f64 {
        let (at_m, half_m) = (self.point_m(number), self.half_m(number));
        let from = problem.distances_m.partition_point(|&distance_m| distance_m <= at_m - half_m);
        let to = problem.distances_m.partition_point(|&distance_m| distance_m < at_m + half_m);
        let covered =
            problem.radius_m.get(from.saturating_sub(1)..(to + 1).min(problem.radius_m.len()));
        covered.unwrap_or_default().iter().copied().fold(0.0, f64::max)
    }
}

/// What a metre off a level that is given between the ends counts, in metres of line outside of what
/// works allow: more than that of all the line that could come nearer to the ground for it.
const EXACT_RATIO: f64 = 1000.0;

/// The levels that the limits of levels alone leave at each station.
pub(super) fn level_limits(problem: &ProfileProblem) -> Vec<Levels> {
    let open = Levels { low_m: f64::NEG_INFINITY, high_m: f64::INFINITY };
    let mut limits = vec![open; problem.distances_m.len()];
    for limit in &problem.levels {
        let Some(levels) = limits.get_mut(limit.station) else { continue };
        if limit.rule != LevelRule::AtMost {
            levels.low_m = levels.low_m.max(limit.level_m);
        }
        if limit.rule != LevelRule::AtLeast {
            levels.high_m = levels.high_m.min(limit.level_m);
        }
    }
    limits
}

/// The programme of the heights of points, with the works of each station chosen.
pub(super) fn programme(
    costs: &WorksCosts<'_>,
    works: &[Works],
    limits: &[Levels],
    legs: &Legs,
    (levels_m, detail): (&[f64], Detail),
) -> Programme {
    let problem = costs.problem;
    let mut programme = Programme::default();
    start(problem, limits, legs, levels_m, &mut programme);
    let mut ranges = vec![[None; 3]; problem.cost_sets.len()];
    let exact = programme.lines.len();
    let fine = costs.outside_usd_per_m;
    programme.lines.extend([-fine, fine].map(|slope| CostLine { slope, intercept: 0.0 }));
    let weights_m = problem.weights_m();
    let mut leg = 0;
    for (station, ((&distance_m, &weight), (works, limit))) in
        problem.distances_m.iter().zip(&weights_m).zip(works.iter().zip(limits)).enumerate()
    {
        leg = legs.leg_at(leg, distance_m);
        let (first, a) = legs.height(leg, distance_m);
        let ground_m = problem.ground_m.get(station).copied().unwrap_or_default();
        let none = (f64::NEG_INFINITY, f64::INFINITY);
        let set = problem.cost_set.get(station).copied().unwrap_or_default();
        let range = ranges.get_mut(set).and_then(|ranges| ranges.get_mut(number(*works)));
        let lines = match range {
            Some(Some(lines)) => *lines,
            Some(range) => {
                *range.insert(add_lines(costs, (station, *works), detail, &mut programme.lines))
            }
            None => (0, 0),
        };
        programme.rows.push(Row { offset: ground_m, lines, weight, ..Row::limit(first, a, none) });
        if limit.high_m - limit.low_m <= TOUCHING_M {
            // Exactly: off it costs, since a range without room has no inside to come from.
            let lines = (exact, exact + 2);
            let level_m = 0.5 * (limit.low_m + limit.high_m);
            // What moves a level between the ends lifts the line for kilometres; ends are not free.
            let is_end = station == 0 || station + 1 == weights_m.len();
            let weight = weight.max(1.0) * if is_end { 10.0 } else { EXACT_RATIO };
            programme.rows.push(Row {
                offset: level_m,
                lines,
                weight,
                ..Row::limit(first, a, none)
            });
        } else if limit.low_m.is_finite() || limit.high_m.is_finite() {
            programme.rows.push(Row::limit(first, a, (limit.low_m, limit.high_m)));
        }
    }
    for number in 0..legs.at_m.len() - 1 {
        gradient_rows(problem, legs, number, &mut programme.rows);
        if let Some(rise) = &problem.rise {
            rise.add(&mut programme, number, legs.leg_m(number));
        }
    }
    for number in 1..legs.at_m.len() - 1 {
        let scale_m = 0.5 * (legs.leg_m(number - 1).min(legs.leg_m(number)));
        let most =
            legs.curve_m.get(number).copied().unwrap_or_default() / legs.radius_m(problem, number);
        let a = legs.bend(number).map(|bend| bend * scale_m);
        programme.rows.push(Row::limit(number - 1, a, (-most * scale_m, most * scale_m)));
    }
    programme
}

/// Heights to begin with; ends whose level is given keep it.
fn start(
    problem: &ProfileProblem,
    limits: &[Levels],
    legs: &Legs,
    levels_m: &[f64],
    programme: &mut Programme,
) {
    for &at_m in &legs.at_m {
        let after = problem.distances_m.partition_point(|&distance_m| distance_m < at_m);
        let level_m = levels_m.get(after).or(levels_m.last()).copied().unwrap_or_default();
        programme.start.push(level_m);
        programme.is_free.push(true);
    }
    let last = legs.at_m.len() - 1;
    for (end, limit) in [(0, limits.first()), (last, limits.last())] {
        let fixed = limit.filter(|limit| limit.high_m - limit.low_m <= TOUCHING_M);
        if let (Some(limit), Some(start), Some(is_free)) =
            (fixed, programme.start.get_mut(end), programme.is_free.get_mut(end))
        {
            (*start, *is_free) = (0.5 * (limit.low_m + limit.high_m), false);
        }
    }
    programme.start.extend([0.0; 2]);
}

/// The lines of works at a station, with those that keep the line within what they allow.
fn add_lines(
    costs: &WorksCosts<'_>,
    (station, works): (usize, Works),
    detail: Detail,
    lines: &mut Vec<CostLine>,
) -> (usize, usize) {
    let from = lines.len();
    let corners = costs.some_corners(station, works, detail);
    if corners.len() > 1 {
        lines.extend(super::hull::lines(corners));
    }
    let fine = costs.outside_usd_per_m;
    for (corner, slope) in [(corners.first(), -fine), (corners.last(), fine)] {
        if let Some(corner) = corner {
            let intercept = corner.cost_usd_per_m - slope * corner.height_m;
            lines.push(CostLine { slope, intercept });
        }
    }
    (from, lines.len())
}

/// Limits of the gradient of a leg: on its even part by the ranges that it lies in, and within the
/// curve at its end wherever the range changes.
fn gradient_rows(problem: &ProfileProblem, legs: &Legs, leg: usize, rows: &mut Vec<Row>) {
    let (from_m, to_m) = (legs.point_m(leg), legs.point_m(leg + 1));
    let even_from_m = from_m + legs.half_m(leg);
    let even_to_m = (to_m - legs.half_m(leg + 1)).max(even_from_m);
    let intervals = |from_m: f64, to_m: f64| {
        let first = problem.distances_m.partition_point(|&at_m| at_m <= from_m).saturating_sub(1);
        let end = problem.distances_m.partition_point(|&at_m| at_m < to_m);
        first..end.max(first + 1).min(problem.gradients.len())
    };
    let (mut least, mut most) = (f64::NEG_INFINITY, f64::INFINITY);
    for range in problem.gradients.get(intervals(even_from_m, even_to_m)).unwrap_or_default() {
        least = least.max(1e-3 * range.least_permille);
        most = most.min(1e-3 * range.most_permille);
    }
    let leg_m = to_m - from_m;
    rows.push(Row::limit(leg, [-1.0, 1.0, 0.0], (least * leg_m, most * leg_m)));
    let curve_m = legs.curve_m.get(leg + 1).copied().unwrap_or_default();
    if curve_m <= 0.0 {
        return;
    }
    let within = intervals(even_to_m, even_to_m + curve_m);
    for station in within.start + 1..within.end {
        let (Some(before), Some(after)) =
            (problem.gradients.get(station - 1), problem.gradients.get(station))
        else {
            continue;
        };
        if before == after {
            continue;
        }
        let at_m = problem.distances_m.get(station).copied().unwrap_or_default();
        let share = (at_m - even_to_m) / curve_m;
        let next_m = legs.leg_m(leg + 1);
        let (of_leg, of_next) = ((1.0 - share) / leg_m, share / next_m);
        let scale_m = leg_m.min(next_m);
        let a = [-of_leg, of_leg - of_next, of_next].map(|a| a * scale_m);
        let least = before.least_permille.max(after.least_permille);
        let most = before.most_permille.min(after.most_permille);
        rows.push(Row::limit(leg, a, (1e-3 * least * scale_m, 1e-3 * most * scale_m)));
    }
}
