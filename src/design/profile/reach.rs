//! The levels that can be reached under the limits of levels and gradients.

use super::problem::{LevelRule, ProfileProblem};
use crate::error::{Error, Result};

/// Limits that contradict one another by less are rounding.
pub(super) const TOUCHING_M: f64 = 1e-9;

/// A range of levels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Levels {
    pub(super) low_m: f64,
    pub(super) high_m: f64,
}

impl Levels {
    /// Both ends where they belong, even if rounding crossed them.
    fn settled(self) -> Self {
        if self.low_m <= self.high_m {
            return self;
        }
        let middle_m = 0.5 * (self.low_m + self.high_m);
        Self { low_m: middle_m, high_m: middle_m }
    }
}

/// The levels that each station allows by itself: what costs are given for, and its own limits.
///
/// # Errors
///
/// [`Error::OutOfRange`] if a station allows none.
pub(super) fn allowed(problem: &ProfileProblem) -> Result<Vec<Levels>> {
    let ends = |set: &super::CostSet| {
        let (mut low_m, mut high_m) = (f64::INFINITY, f64::NEG_INFINITY);
        for point in set.ways.iter().flat_map(|way| &way.points) {
            low_m = low_m.min(point.height_m);
            high_m = high_m.max(point.height_m);
        }
        Levels { low_m, high_m }
    };
    let sets: Vec<Levels> = problem.cost_sets.iter().map(ends).collect();
    let mut boxes: Vec<Levels> = problem
        .cost_set
        .iter()
        .zip(&problem.ground_m)
        .filter_map(|(set, ground_m)| {
            let Levels { low_m, high_m } = sets.get(*set)?;
            Some(Levels { low_m: low_m + ground_m, high_m: high_m + ground_m })
        })
        .collect();
    let mut limits: Vec<_> = problem.levels.iter().collect();
    limits.sort_by_key(|limit| limit.station);
    for limit in limits {
        let Some(levels) = boxes.get_mut(limit.station) else { continue };
        let is_low = limit.rule != LevelRule::AtMost;
        let is_high = limit.rule != LevelRule::AtLeast;
        let before = *levels;
        if is_low {
            levels.low_m = levels.low_m.max(limit.level_m);
        }
        if is_high {
            levels.high_m = levels.high_m.min(limit.level_m);
        }
        if levels.low_m - levels.high_m > TOUCHING_M {
            return Err(Error::OutOfRange {
                item: format!("level_m of {}", at(problem, limit.station, &limit.reason)),
                value: limit.level_m,
                limit: format!("{:.3} to {:.3}", before.low_m, before.high_m),
                hint: "the other limits there, and the heights that costs are given for, leave only that range"
                    .to_owned(),
            });
        }
        *levels = levels.settled();
    }
    Ok(boxes)
}

/// The levels of each station from which a way leads to both ends under the gradients.
///
/// # Errors
///
/// [`Error::OutOfRange`] with the two places that are too far apart in height, the gradient that it
/// takes between them, and the one allowed.
pub(super) fn reachable(problem: &ProfileProblem, allowed: &[Levels]) -> Result<Vec<Levels>> {
    let mut reach = allowed.to_vec();
    // Where the lowest and the highest level of the station before come from.
    let (mut low_from, mut high_from) = (0, 0);
    let mut before: Option<Levels> = None;
    for (station, levels) in reach.iter_mut().enumerate() {
        if let Some(before) = before {
            let [down_m, up_m] = rise_m(problem, station - 1);
            let (low_m, high_m) = (before.low_m + down_m, before.high_m + up_m);
            if low_m - levels.high_m > TOUCHING_M {
                return Err(apart(problem, allowed, (low_from, station), true));
            }
            if levels.low_m - high_m > TOUCHING_M {
                return Err(apart(problem, allowed, (high_from, station), false));
            }
            if low_m >= levels.low_m {
                levels.low_m = low_m;
            } else {
                low_from = station;
            }
            if high_m <= levels.high_m {
                levels.high_m = high_m;
            } else {
                high_from = station;
            }
            *levels = levels.settled();
        }
        before = Some(*levels);
    }
    let mut after: Option<Levels> = None;
    for (station, levels) in reach.iter_mut().enumerate().rev() {
        if let Some(after) = after {
            let [down_m, up_m] = rise_m(problem, station);
            levels.low_m = levels.low_m.max(after.low_m - up_m);
            levels.high_m = levels.high_m.min(after.high_m - down_m);
            *levels = levels.settled();
        }
        after = Some(*levels);
    }
    Ok(reach)
}

/// The least and the most that the line may rise from a station to the next.
pub(super) fn rise_m(problem: &ProfileProblem, station: usize) -> [f64; 2] {
    let range = problem.gradients.get(station);
    let step_m = step_m(problem, station);
    range.map_or([0.0; 2], |range| {
        [range.least_permille, range.most_permille].map(|permille| permille * 1e-3 * step_m)
    })
}

/// The distance from a station to the next.
pub(super) fn step_m(problem: &ProfileProblem, station: usize) -> f64 {
    match problem.distances_m.get(station..station + 2) {
        Some([from_m, to_m]) => to_m - from_m,
        _ => 0.0,
    }
}

/// Two stations between which the line cannot fall, or rise, as much as it must.
fn apart(
    problem: &ProfileProblem,
    allowed: &[Levels],
    (from, to): (usize, usize),
    is_falling: bool,
) -> Error {
    let level_m = |station: usize, is_low: bool| {
        let levels = allowed.get(station).copied();
        levels.map_or(f64::NAN, |levels| if is_low { levels.low_m } else { levels.high_m })
    };
    let (from_m, to_m) = (level_m(from, is_falling), level_m(to, !is_falling));
    let run_m = (from..to).map(|station| step_m(problem, station)).sum::<f64>();
    let side = usize::from(!is_falling);
    let rise_m: f64 =
        (from..to).filter_map(|station| rise_m(problem, station).get(side).copied()).sum();
    let (needed, may) = (1e3 * (to_m - from_m) / run_m, 1e3 * rise_m / run_m);
    let (verb, bound) = if is_falling { ("fall", "at least") } else { ("rise", "at most") };
    let ends = [(from, is_falling), (to, !is_falling)]
        .map(|(station, is_low)| why(problem, station, is_low, level_m(station, is_low)));
    let [start, end] = ends;
    Error::OutOfRange {
        item: format!("gradient_permille from {start} to {end}"),
        value: (needed * 1e3).round() / 1e3,
        limit: format!("{bound} {may:.3} on average there"),
        hint: format!(
            "the line would have to {verb} by {:.2} m over {run_m:.0} m and may by {:.2} m: allow \
             {needed:.2} permille, move a level, or lengthen the line",
            (to_m - from_m).abs(),
            rise_m.abs()
        ),
    }
}

/// A station with what holds the line at its level.
fn why(problem: &ProfileProblem, station: usize, is_low: bool, level_m: f64) -> String {
    let other = if is_low { LevelRule::AtMost } else { LevelRule::AtLeast };
    let limit = problem.levels.iter().find(|limit| {
        limit.station == station
            && limit.rule != other
            && (limit.level_m - level_m).abs() <= TOUCHING_M
    });
    let reason = match limit {
        Some(limit) => limit.reason.as_str(),
        None if is_low => "deepest that costs are given for",
        None => "highest that costs are given for",
    };
    format!("{level_m:.2} m {}", at(problem, station, reason))
}

fn at(problem: &ProfileProblem, station: usize, reason: &str) -> String {
    let distance_m = problem.distances_m.get(station).copied().unwrap_or(f64::NAN);
    format!("at {distance_m} m ({reason})")
}
