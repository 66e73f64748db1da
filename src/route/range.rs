//! What moves cost at least and at most, for the choice of units and buckets.

use super::{Cells, MoveCosts, Neighbours};

/// The cheapest and the dearest move of a grid, metres of level line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    cheapest_m: f64,
    dearest_m: f64,
    /// The cheapest metre.
    pub(super) cheapest_ratio: f64,
    mean_ratio: f64,
}

impl Range {
    pub(super) fn of(costs: &MoveCosts<'_>, neighbours: Neighbours) -> Self {
        let cells = costs.cells();
        let mut range = Self {
            cheapest_m: f64::INFINITY,
            dearest_m: 0.0,
            cheapest_ratio: 0.0,
            mean_ratio: 0.0,
        };
        let (mut sum, mut count) = (0.0, 0.0);
        if let Some(span) = costs.span() {
            let (width_m, height_m) = cells.least_m();
            let least_m = width_m.min(height_m);
            // No move passes more than six sides of cells.
            let (most_m, mean_m) = costs.climb().map_or((0.0, 0.0), |climb| {
                let (most_m, mean_m) = climb.rises_m(cells.cols());
                let ratio = climb.up_ratio.max(climb.down_ratio);
                (6.0 * most_m * ratio, mean_m * ratio)
            });
            return Self {
                cheapest_m: span.cheapest_ratio * least_m,
                dearest_m: span.dearest_ratio * cells.longest_m(neighbours) + most_m,
                cheapest_ratio: span.cheapest_ratio,
                mean_ratio: span.mean_ratio + mean_m / least_m,
            };
        }
        let every = (0..cells.rows()).flat_map(|row| (0..cells.cols()).map(move |col| (row, col)));
        for from in every {
            for step in neighbours.steps().iter().filter_map(|step| cells.step(from, *step)) {
                let Some(cost_m) = costs.step_m(&step) else { continue };
                range.cheapest_m = range.cheapest_m.min(cost_m);
                range.dearest_m = range.dearest_m.max(cost_m);
                (sum, count) = (sum + cost_m / step.length_m, count + 1.0);
            }
        }
        range.mean_ratio = if count > 0.0 { sum / count } else { 1.0 };
        range
    }

    /// Units of cost in a metre, a power of two: fine, but so that way across the grid at the mean
    /// cost is well below 2^31.
    pub(super) fn finest_units_per_m(&self, cells: &Cells) -> f64 {
        let across_m = self.mean_ratio * cells.half_edge_m();
        (30.0 - across_m.log2().ceil()).clamp(-60.0, 60.0).exp2()
    }

    /// The cheapest and the dearest move in units.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    pub(super) fn units(&self, units_per_m: f64) -> (u32, u32) {
        let cheapest = (self.cheapest_m * units_per_m * (1.0 - 1e-6)) as u32;
        (cheapest, (self.dearest_m * units_per_m * (1.0 + 1e-6)).ceil() as u32)
    }

    /// Whether a straight line's bound would leave out many cells: most cost little more than the
    /// cheapest.
    pub(super) fn is_even(&self) -> bool {
        self.mean_ratio < 3.0 * self.cheapest_ratio
    }
}
