//! What stands in the way where gradients alone do not.

use super::bound::FREE;
use super::interior;
use super::problem::ProfileProblem;
use super::rows::{CostLine, Programme};
use crate::error::Error;

/// The radius that would have to give, where a programme has no solution although levels can be
/// reached under the gradients.
///
/// The same programme without costs, in which what a radius row exceeds its limit by costs 1: its
/// optimum breaks as few limits as little as it can.
pub(super) fn blocked(problem: &ProfileProblem, mut programme: Programme) -> Error {
    for row in &mut programme.rows {
        row.lines = (0, 0);
        row.weight = 0.0;
        let is_radius = row.a[2] != 0.0;
        if is_radius {
            let from = programme.lines.len();
            let above = CostLine { slope: 1.0, intercept: -row.high };
            let below = CostLine { slope: -1.0, intercept: row.low };
            programme.lines.extend([FREE, above, below]);
            row.lines = (from, from + 3);
            row.weight = 1.0;
            (row.low, row.high) = (f64::NEG_INFINITY, f64::INFINITY);
        }
    }
    let optimum = interior::solve(&programme, 1e-6);
    let excess = |row: &super::rows::Row| {
        let line = programme.lines(row).get(1)?;
        let most = -line.intercept;
        Some((row.first + 1, row.value(&optimum.unknowns).abs() / most))
    };
    let worst = programme.rows.iter().filter_map(excess).max_by(|a, b| a.1.total_cmp(&b.1));
    let (station, times) = worst.unwrap_or((0, 1.0));
    let at_m = problem.distances_m.get(station).copied().unwrap_or(f64::NAN);
    let radius_m = problem.radius_m.get(station).copied().unwrap_or(f64::NAN);
    if !optimum.is_solved || times < 1.0 + 1e-6 {
        return Error::Limit {
            item: "the cheapest profile".to_owned(),
            needed: "more iterations".to_owned(),
            limit: format!("{} iterations", optimum.iterations),
            hint: "limits nearly contradict one another; widen them a little".to_owned(),
        };
    }
    Error::OutOfRange {
        item: format!("radius_m of the vertical curve at {at_m} m"),
        value: (radius_m / times).floor(),
        limit: format!("{radius_m} and more"),
        hint: format!(
            "levels and gradients around it leave no room for more: allow {:.0} m there, move a \
             level, or allow steeper gradients",
            (radius_m / times).floor()
        ),
    }
}
