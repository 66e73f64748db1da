//! What stands in the way where gradients alone do not.

use super::interior;
use super::problem::ProfileProblem;
use super::rows::{CostLine, Programme, Row};
use crate::error::Error;

/// The limit that has to give most.
pub(super) struct Breach {
    /// The first of the unknowns that it is about.
    pub(super) first: usize,
    /// The value that comes nearest to it, and the limit.
    pub(super) value: f64,
    pub(super) limit: f64,
}

/// The limit that has to give most, by its own size, where a programme has no solution; `None` if it
/// has one after all.
///
/// The same programme without costs, in which what a row of limits exceeds costs 1: its optimum
/// breaks as few limits as little as it can.
pub(super) fn breach(mut programme: Programme, is_soft: impl Fn(&Row) -> bool) -> Option<Breach> {
    let mut limits = Vec::with_capacity(programme.rows.len());
    for row in &mut programme.rows {
        let is_soft = is_soft(row);
        (row.lines, row.weight) = ((0, 0), 0.0);
        let limit = is_soft.then_some((row.low, row.high));
        limits.push(limit);
        if let Some((low, high)) = limit {
            let from = programme.lines.len();
            programme.lines.push(CostLine { slope: 0.0, intercept: 0.0 });
            if high.is_finite() {
                programme.lines.push(CostLine { slope: 1.0, intercept: -high });
            }
            if low.is_finite() {
                programme.lines.push(CostLine { slope: -1.0, intercept: low });
            }
            row.lines = (from, programme.lines.len());
            row.weight = 1.0;
            (row.low, row.high) = (f64::NEG_INFINITY, f64::INFINITY);
        }
    }
    let optimum = interior::solve(&programme, 1e-6);
    let excess = |(row, limit): (&Row, &Option<(f64, f64)>)| {
        let (low, high) = (*limit)?;
        let value = row.value(&optimum.unknowns);
        let limit = if value > high { high } else { low };
        let excess = (value - high).max(low - value);
        Some((excess, Breach { first: row.first, value, limit }))
    };
    let breaches = programme.rows.iter().zip(&limits).filter_map(excess);
    let (excess, breach) = breaches.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (optimum.is_solved && excess > TOUCHING).then_some(breach)
}

/// Limits that are broken by less are kept.
const TOUCHING: f64 = 1e-7;

/// The radius that would have to give, where a programme of levels has no solution although levels
/// can be reached under the gradients.
pub(super) fn blocked(problem: &ProfileProblem, programme: Programme) -> Error {
    let Some(breach) = breach(programme, |row| row.a[2] != 0.0) else { return too_close() };
    let station = breach.first + 1;
    let at_m = problem.distances_m.get(station).copied().unwrap_or(f64::NAN);
    let limit_m = problem.radius_m.get(station).copied().unwrap_or(f64::NAN);
    let radius_m = (limit_m * breach.limit / breach.value).floor();
    Error::OutOfRange {
        item: format!("radius_m of the vertical curve at {at_m} m"),
        value: radius_m,
        limit: format!("{limit_m} and more"),
        hint: format!(
            "levels and gradients around it leave no room for more: allow {radius_m} m there, move \
             a level, or allow steeper gradients"
        ),
    }
}

/// Limits that leave hardly any room to search in.
pub(super) fn too_close() -> Error {
    Error::Limit {
        item: "the cheapest profile".to_owned(),
        needed: "more iterations".to_owned(),
        limit: format!("{} iterations", interior::MOST_ITERATIONS),
        hint: "limits nearly contradict one another; widen them a little".to_owned(),
    }
}
