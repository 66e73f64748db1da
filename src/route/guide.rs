//! What a way to a cell costs at least, whatever ground lies between.

use super::Ground;
use super::moves::{Moves, UNITS_PER_M};

/// The least that ways to a cell cost, over cells as small as the smallest and as cheap as the
/// cheapest.
///
/// At best a way of so many rows and columns is made of moves in two directions next to each other, and
/// its cost grows evenly with rows and columns from one direction to the next. Of these four sums the
/// greatest is the cost, since no move is shorter than any of them says; where knights do not move, ways
/// cost more.
pub(super) struct Guide {
    row: usize,
    col: usize,
    /// Units of cost of a row and of a column, between each two directions.
    slopes: [[f64; 2]; 4],
}

impl Guide {
    pub(super) fn new(ground: &Ground, moves: &Moves, cell: usize) -> Self {
        let (dx_m, dy_m) = ground.cells().least_m();
        // Less by eight units a move and four in a million of its length, which is more than what
        // pairs of heights cost is rounded down by, so that nothing turns the order of cells round.
        let rounded = 8.0 / f64::from(moves.shortest().max(8)) + 4e-6;
        let units = UNITS_PER_M * (ground.least_friction_ratio() - rounded).max(0.0);
        let length = |down: f64, right: f64| f64::hypot(down * dy_m, right * dx_m) * units;
        let (side, flat, corner) = (length(0.0, 1.0), length(1.0, 2.0), length(1.0, 1.0));
        let (steep, down) = (length(2.0, 1.0), length(1.0, 0.0));
        let slopes = [
            [flat - 2.0 * side, side],
            [2.0 * corner - flat, flat - corner],
            [steep - corner, 2.0 * corner - steep],
            [down, steep - 2.0 * down],
        ];
        let cols = ground.cols();
        Self { row: cell / cols, col: cell % cols, slopes }
    }

    /// From a cell, in units of cost.
    #[inline(always)]
    pub(super) fn left(&self, (row, col): (usize, usize)) -> u32 {
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
        let apart = |a: usize, b: usize| a.abs_diff(b) as f64;
        let (rows, cols) = (apart(row, self.row), apart(col, self.col));
        let sums = self.slopes.map(|[of_row, of_col]| rows * of_row + cols * of_col);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let units = sums.into_iter().fold(0.0, f64::max) as u32;
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::LevelOptions;
    use crate::route::levels::Levels;

    #[test]
    fn it_is_the_shortest_way_over_flat_ground() {
        for (dx_m, dy_m) in [(700.0, 900.0), (900.0, 700.0), (500.0, 500.0), (300.0, 900.0)] {
            let ground = Ground::new(13, vec![dx_m; 13], vec![dy_m; 12], vec![0.0; 169]).unwrap();
            let options = LevelOptions::default();
            let moves = Moves::new(ground.cells(), &options, &Levels::new(&options, &ground));
            let guide = Guide::new(&ground, &moves, 6 * 13 + 5);
            let mut units = [u32::MAX; 169];
            units[6 * 13 + 5] = 0;
            // No way has more moves than there are cells to pass.
            for _ in 0..13 {
                for cell in 0..169 {
                    for (_, to, one) in moves.from(cell) {
                        units[to] = units[to].min(units[cell].saturating_add(one.units));
                    }
                }
            }
            for (cell, units) in units.into_iter().enumerate() {
                let left = guide.left((cell / 13, cell % 13));
                assert!(left <= units, "{cell} {left} {units}");
                assert!(f64::from(left) >= f64::from(units) * (1.0 - 5e-5) - 2.0, "{cell}");
            }
        }
    }
}
