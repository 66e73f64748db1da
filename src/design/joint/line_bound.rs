//! What no line costs less than.

use super::LineTask;

/// A bound from below to the cost of every line of a task: the straight line at the least cost of a
/// metre.
///
/// No line is shorter than the straight one, no section narrower than its formation, and no metre
/// along the slope shorter than one in plan. Earth costs nothing at least: for any price between
/// those of borrowing and of dumping, its cost is at least the linear form at that price, and at the
/// price nearest to 0 no factor of that form is negative.
pub(super) fn line_bound_usd(task: &LineTask) -> f64 {
    let prices = &task.prices;
    let width_m = 2.0 * task.formation.half_width_m;
    let least_usd_per_m = (width_m + prices.land_margin_m) * prices.land_usd_per_m2
        + width_m * prices.clearing_usd_per_m2
        + prices.track_usd_per_m
        + prices.upkeep_usd_per_m;
    task.from.coord.distance_m(task.to.coord) * least_usd_per_m
}
