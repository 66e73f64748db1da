//! Distances between ways, and how much of one lies beside another.

use super::ways::Cell;
use crate::route::Cells;

/// The cells on a plane for distances between ways: rows at their true distance, columns as wide
/// as between the rows that are compared.
pub(in crate::route) struct Plan {
    cols: usize,
    /// Distance from the first row, by row, metres.
    south_m: Vec<f64>,
    /// Width of a cell, by row, metres.
    width_m: Vec<f64>,
}

impl Plan {
    pub(in crate::route) fn new(cells: &Cells) -> Self {
        let mut south_m = vec![0.0];
        for row in 1..cells.rows() {
            let above_m = south_m.last().copied().unwrap_or_default();
            south_m.push(above_m + cells.length_m((row - 1, 0), (row, 0)));
        }
        let width_m = (0..cells.rows()).map(|row| cells.width_m(row)).collect();
        Self { cols: cells.cols(), south_m, width_m }
    }

    /// How far east and south a cell lies from another, metres.
    #[expect(clippy::cast_precision_loss, reason = "columns of a grid in memory")]
    pub(in crate::route) fn offset_m(&self, from: Cell, to: Cell) -> (f64, f64) {
        let at = |list: &[f64], row: usize| list.get(row).copied().unwrap_or_default();
        let width_m = 0.5 * (at(&self.width_m, from.0) + at(&self.width_m, to.0));
        let east_m = (to.1 as f64 - from.1 as f64) * width_m;
        (east_m, at(&self.south_m, to.0) - at(&self.south_m, from.0))
    }

    pub(in crate::route) fn distance_m(&self, a: Cell, b: Cell) -> f64 {
        let (east_m, south_m) = self.offset_m(a, b);
        east_m.hypot(south_m)
    }

    pub(super) fn length_m(&self, way: &[Cell]) -> f64 {
        way.iter().zip(way.iter().skip(1)).map(|(a, b)| self.distance_m(*a, *b)).sum()
    }

    /// The nearest place of a way: how far east and south the cell lies from it, metres.
    pub(in crate::route) fn off_way_m(&self, cell: Cell, way: &[Cell]) -> (f64, f64) {
        let mut nearest = (f64::INFINITY, f64::INFINITY);
        for (a, b) in way.iter().zip(way.iter().skip(1).chain(way.last())) {
            let ((run_e, run_s), (to_e, to_s)) = (self.offset_m(*a, *b), self.offset_m(*a, cell));
            let square = run_e * run_e + run_s * run_s;
            let along = if square > 0.0 { (run_e * to_e + run_s * to_s) / square } else { 0.0 };
            let along = along.clamp(0.0, 1.0);
            let off = (to_e - along * run_e, to_s - along * run_s);
            if off.0.hypot(off.1) < nearest.0.hypot(nearest.1) {
                nearest = off;
            }
        }
        nearest
    }

    /// Distance of each cell of a way from another way, metres.
    pub(super) fn apart_m(&self, way: &[Cell], other: &[Cell]) -> Vec<f64> {
        let one = |cell: &Cell| {
            let (east_m, south_m) = self.off_way_m(*cell, other);
            east_m.hypot(south_m)
        };
        way.iter().map(one).collect()
    }

    /// The share of a way's length that lies within a distance of another: of every move the
    /// half towards an end counts with that end.
    pub(super) fn shared_share(&self, way: &[Cell], other: &[Cell], beside_m: f64) -> f64 {
        let beside: Vec<bool> =
            self.apart_m(way, other).iter().map(|apart_m| *apart_m <= beside_m).collect();
        let (mut shared_m, mut length_m) = (0.0, 0.0);
        for (ends, beside) in way.windows(2).zip(beside.windows(2)) {
            let ([a, b], [at_a, at_b]) = (ends, beside) else { continue };
            let step_m = self.distance_m(*a, *b);
            length_m += step_m;
            shared_m += step_m * 0.5 * (f64::from(u8::from(*at_a)) + f64::from(u8::from(*at_b)));
        }
        if length_m > 0.0 { shared_m / length_m } else { 1.0 }
    }

    /// Calls for every cell within a distance of a cell.
    pub(super) fn around(&self, cell: Cell, within_m: f64, mut call: impl FnMut(usize)) {
        let side = |by: isize| {
            let rows = (1..).map(move |step| by * step);
            rows.map_while(|step| {
                cell.0.checked_add_signed(step).filter(|row| *row < self.south_m.len())
            })
            .take_while(|row| self.distance_m(cell, (*row, cell.1)) <= within_m)
        };
        for row in side(-1).chain([cell.0]).chain(side(1)) {
            let (_, south_m) = self.offset_m(cell, (row, cell.1));
            let (one_m, _) = self.offset_m((row, 0), (row, 1));
            let reach_m = (within_m * within_m - south_m * south_m).max(0.0).sqrt();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates"
            )]
            let reach = (reach_m / one_m.max(1e-9)) as usize;
            let most = self.cols.saturating_sub(1);
            for col in cell.1.saturating_sub(reach)..=cell.1.saturating_add(reach).min(most) {
                call(row * self.cols + col);
            }
        }
    }

    /// Calls for every cell within a distance of a way's cells; some more than once.
    pub(super) fn along(&self, way: &[Cell], within_m: f64, mut call: impl FnMut(usize)) {
        for cell in way {
            self.around(*cell, within_m, &mut call);
        }
    }

    /// One factor beside a way, another elsewhere.
    pub(super) fn band(&self, way: &[Cell], within_m: f64, beside: f32, else_: f32) -> Vec<f32> {
        let mut factors = vec![else_; self.south_m.len() * self.cols];
        self.along(way, within_m, |cell| {
            if let Some(slot) = factors.get_mut(cell) {
                *slot = beside;
            }
        });
        factors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_by_length() {
        let plan = Plan::new(&Cells::even(9, 21, 100.0, 100.0).unwrap());
        let straight: Vec<Cell> = (0..=20).map(|col| (4, col)).collect();
        // Half of it on the other way, half of it 300 m off.
        let other: Vec<Cell> = (0..=10).map(|col| (4, col)).collect();
        assert_eq!(plan.length_m(&straight), 2_000.0);
        assert_eq!(plan.shared_share(&straight, &other, 50.0), 0.525);
        assert_eq!(plan.shared_share(&straight, &straight, 0.0), 1.0);
        assert_eq!(plan.off_way_m((1, 5), &straight), (0.0, -300.0));
        let band = plan.band(&[(4, 4)], 200.0, 1.0, 0.0);
        // A circle of radius two: 1 + 3 + 5 + 3 + 1 cells.
        assert_eq!(band.iter().filter(|factor| **factor == 1.0).count(), 13);
    }
}
