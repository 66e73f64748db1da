//! A bound of the cost that is left, for a search with one end.

use super::padded::Padded;
use super::range::Range;
use super::{Cells, Neighbours};

/// A lower bound of what is left to a cell: the way over level ground at the cheapest metre.
pub(super) struct Goal {
    padded: Padded,
    to: (usize, usize),
    /// By wedge between two moves: units for each row and each column.
    wedges: [(u32, u32); 8],
}

impl Goal {
    pub(super) fn new(
        range: &Range,
        cells: &Cells,
        padded: Padded,
        neighbours: Neighbours,
        to: (usize, usize),
        units_per_m: f64,
    ) -> Self {
        let (dx_m, dy_m) = cells.least_m();
        // Edges come from floats of 24 bits.
        let ratio = range.cheapest_ratio * units_per_m * (1.0 - 5e-7);
        let mut moves: Vec<(f64, f64)> = neighbours
            .steps()
            .iter()
            .filter(|(down, right)| *down >= 0 && *right >= 0)
            .map(|&(down, right)| (f64::from(down), f64::from(right)))
            .collect();
        moves.sort_by(|a, b| (a.0 * b.1).total_cmp(&(b.0 * a.1)));
        let length = |(down, right): (f64, f64)| (down * dy_m).hypot(right * dx_m);
        let wedge = |(a, b): (&(f64, f64), &(f64, f64))| {
            // The two numbers that give both moves their lengths.
            let (of_a, of_b) = (length(*a), length(*b));
            let area = a.0 * b.1 - b.0 * a.1;
            let by_row = (of_a * b.1 - of_b * a.1) / area;
            let by_col = (a.0 * of_b - b.0 * of_a) / area;
            // A unit less for each row and column: edges are rounded, and the bound may not fall
            // along one by more than its cost.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates"
            )]
            let whole = |units: f64| (units * ratio) as u32;
            (whole(by_row).saturating_sub(1), whole(by_col).saturating_sub(1))
        };
        let mut wedges = [(0, 0); 8];
        for (slot, pair) in wedges.iter_mut().zip(moves.iter().zip(moves.iter().skip(1))) {
            *slot = wedge(pair);
        }
        Self { padded, to, wedges }
    }

    /// With `N` neighbours; a quarter as many wedges.
    #[inline(always)]
    pub(super) fn left<const N: usize>(&self, node: u32) -> u32 {
        let (row, col) = self.padded.cell(node);
        #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^31 cells")]
        let (rows, cols) = (row.abs_diff(self.to.0) as u32, col.abs_diff(self.to.1) as u32);
        // Below 2^31: the cheapest way across the grid is.
        let mut most = 0;
        for (by_row, by_col) in self.wedges.into_iter().take(N / 4) {
            most = most.max(rows.wrapping_mul(by_row).wrapping_add(cols.wrapping_mul(by_col)));
        }
        most
    }
}
