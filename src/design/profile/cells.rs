//! What a station costs at least by cells of levels.

use super::lattice::Tilt;
use super::problem::{HeightCost, ProfileProblem};
use super::reach::Levels;

/// Cells of levels, each a step high: number k holds the levels from k to k + 1 steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cells {
    /// The number of the lowest.
    pub(super) lowest: f64,
    pub(super) count: usize,
}

impl Cells {
    /// All that touch a range of levels.
    pub(super) fn over(levels: Option<&Levels>, step_m: f64) -> Self {
        let Some(levels) = levels else { return Self { lowest: 0.0, count: 1 } };
        let lowest = (levels.low_m / step_m).floor();
        let highest = (levels.high_m / step_m).floor().max(lowest);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of cells of heights on earth, whole and not negative"
        )]
        let count = (highest - lowest) as usize + 1;
        Self { lowest, count }
    }

    /// The number of one of them, counted from the lowest.
    #[expect(clippy::cast_precision_loss, reason = "counts of a list, far below 2^53")]
    pub(super) fn number(&self, cell: usize) -> f64 {
        self.lowest + cell as f64
    }
}

/// The least cost of each cell of a station, tilted; infinite where nothing can be built.
///
/// Costs are straight between points, so the least of a cell lies at a point within it or where it
/// meets the next, or at an end of the levels that can be reached.
pub(super) fn cells(
    problem: &ProfileProblem,
    reach: &[Levels],
    (station, weight_m): (usize, f64),
    tilt: Tilt<'_>,
    (cells, step_m): (Cells, f64),
) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; cells.count];
    let Some(levels) = reach.get(station) else { return least };
    let at = |list: &[f64]| list.get(station).copied().unwrap_or_default();
    let ground_m = at(&problem.ground_m);
    let tilt_usd_per_m = tilt.share * at(tilt.usd_per_m);
    let reference_m = at(tilt.levels_m);
    let cost = |level_m: f64, usd_per_m: f64| {
        weight_m * usd_per_m + tilt_usd_per_m * (level_m - reference_m)
    };
    for way in problem.ways(station) {
        for point in &way.points {
            let level_m = point.height_m + ground_m;
            if levels.low_m <= level_m && level_m <= levels.high_m {
                let cell = (level_m / step_m).floor() - cells.lowest;
                lower(&mut least, cell, cost(level_m, point.cost_usd_per_m));
            }
        }
        for end_m in [levels.low_m, levels.high_m] {
            if let Some(usd_per_m) = way.cost_usd_per_m(end_m - ground_m) {
                lower(&mut least, (end_m / step_m).floor() - cells.lowest, cost(end_m, usd_per_m));
            }
        }
        edges(way, ground_m, levels, (cells, step_m), |edge, level_m, usd_per_m| {
            let cost = cost(level_m, usd_per_m);
            lower(&mut least, edge - 1.0, cost);
            lower(&mut least, edge, cost);
        });
    }
    least
}

/// Tells the edges between cells at which a way can be built, with level and cost.
fn edges(
    way: &HeightCost,
    ground_m: f64,
    levels: &Levels,
    (cells, step_m): (Cells, f64),
    mut tell: impl FnMut(f64, f64, f64),
) {
    for pair in way.points.windows(2) {
        let [from, to] = pair else { continue };
        let slope = (to.cost_usd_per_m - from.cost_usd_per_m) / (to.height_m - from.height_m);
        let low_m = (from.height_m + ground_m).max(levels.low_m);
        let high_m = (to.height_m + ground_m).min(levels.high_m);
        let mut edge = (low_m / step_m).ceil();
        while edge * step_m <= high_m {
            let level_m = edge * step_m;
            let usd_per_m = from.cost_usd_per_m + slope * (level_m - ground_m - from.height_m);
            tell(edge - cells.lowest, level_m, usd_per_m);
            edge += 1.0;
        }
    }
}

/// Lowers the cost of a cell, if there is such a cell.
fn lower(least: &mut [f64], cell: f64, cost: f64) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number; a negative one has no cell"
    )]
    let here = if cell >= 0.0 { least.get_mut(cell as usize) } else { None };
    if let Some(here) = here {
        *here = here.min(cost);
    }
}
