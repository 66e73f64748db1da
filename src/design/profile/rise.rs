//! What rises and falls cost whatever carries the rails: the work of trains.

use serde::{Deserialize, Serialize};

use super::rows::{CostLine, Programme, Row};

/// What a line costs by how much it rises and falls.
///
/// From one station to the next, so far away as `d`, a rise or fall of `h` costs
/// `usd_per_m max(0, |h| - free_permille d / 1000)`: trains of one way climb it, and those of the other
/// way get their height back as far as it falls no steeper than their resistance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiseCost {
    /// A metre of rise or fall beyond what is free.
    pub usd_per_m: f64,
    /// Gradients up to this cost nothing.
    pub free_permille: f64,
}

impl RiseCost {
    /// The metres of rise and fall that cost something, between stations with these levels.
    ///
    /// ```
    /// use railcorridor::design::RiseCost;
    ///
    /// let rise = RiseCost { usd_per_m: 1000.0, free_permille: 2.0 };
    /// // 5 m up and 1 m down over 500 m each, of which 1 m is free: 4 m and nothing.
    /// assert_eq!(rise.paid_m(&[0.0, 500.0, 1000.0], &[10.0, 15.0, 14.0]), 4.0);
    /// ```
    #[must_use]
    pub fn paid_m(&self, distances_m: &[f64], levels_m: &[f64]) -> f64 {
        let steps = distances_m.windows(2).zip(levels_m.windows(2));
        let paid_m = steps.map(|(at, level)| match (at, level) {
            ([from_m, to_m], [low_m, high_m]) => {
                ((high_m - low_m).abs() - self.free_m(to_m - from_m)).max(0.0)
            }
            _ => 0.0,
        });
        paid_m.sum()
    }

    /// What costs nothing over a length of line.
    pub(super) fn free_m(&self, length_m: f64) -> f64 {
        self.free_permille / 1e3 * length_m
    }

    /// Adds the cost of the rise from an unknown to the next, so far away.
    pub(super) fn add(&self, programme: &mut Programme, first: usize, length_m: f64) {
        let from = programme.lines.len();
        let intercept = -self.usd_per_m * self.free_m(length_m);
        let line = |slope: f64, intercept: f64| CostLine { slope, intercept };
        let lines =
            [line(-self.usd_per_m, intercept), line(0.0, 0.0), line(self.usd_per_m, intercept)];
        programme.lines.extend(lines);
        let none = (f64::NEG_INFINITY, f64::INFINITY);
        let lines = (from, programme.lines.len());
        programme.rows.push(Row {
            lines,
            weight: 1.0,
            ..Row::limit(first, [-1.0, 1.0, 0.0], none)
        });
    }
}
