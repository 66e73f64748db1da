//! Moves from a cell to its neighbours.

use super::{Ground, LevelOptions, Remainder};

/// How many neighbours a cell has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Neighbours {
    /// The four sides and the four corners; ways are up to 8.2 % too long on squares.
    Eight,
    /// Knight moves too; up to 2.7 % on squares, 3.7 % on cells of 777 x 924 m.
    #[default]
    Sixteen,
    /// Moves of three cells too; up to 1.3 % on squares, 1.8 % on cells of 777 x 924 m. For
    /// surfaces; searches over levels take no more than sixteen.
    ThirtyTwo,
}

impl Neighbours {
    /// Rows down and columns right to each neighbour.
    pub(super) fn steps(self) -> &'static [(i8, i8)] {
        let count = match self {
            Self::Eight => 8,
            Self::Sixteen => 16,
            Self::ThirtyTwo => 32,
        };
        STEPS.get(..count).unwrap_or(&STEPS)
    }
}

/// Rows down and columns right; the opposite of move i is move i + 1 for even i.
const STEPS: [(i8, i8); 32] = [
    (0, 1),
    (0, -1),
    (1, 0),
    (-1, 0),
    (1, 1),
    (-1, -1),
    (1, -1),
    (-1, 1),
    (1, 2),
    (-1, -2),
    (2, 1),
    (-2, -1),
    (1, -2),
    (-1, 2),
    (2, -1),
    (-2, 1),
    (1, 3),
    (-1, -3),
    (3, 1),
    (-3, -1),
    (1, -3),
    (-1, 3),
    (3, -1),
    (-3, 1),
    (2, 3),
    (-2, -3),
    (3, 2),
    (-3, -2),
    (2, -3),
    (-2, 3),
    (3, -2),
    (-3, 2),
];

/// Units of cost in a metre: fine enough that a move of 100 m is right to 5e-6.
pub(super) const UNITS_PER_M: f64 = 1024.0;

/// One move from the cells of a row.
#[derive(Clone, Copy)]
pub(super) struct Move {
    /// To add to a cell's index.
    pub(super) offset: isize,
    pub(super) rows: isize,
    pub(super) cols: isize,
    /// Its length, metres.
    pub(super) length_m: f64,
}

impl Move {
    fn turned(self) -> Self {
        Self { offset: -self.offset, rows: -self.rows, cols: -self.cols, ..self }
    }

    /// How many such moves lie between the first cell of the ground and a cell, along the move.
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
    fn steps_along(self, row: usize, col: usize) -> f64 {
        let (down, right) = (self.rows as f64, self.cols as f64);
        (row as f64 * down + col as f64 * right) / (down * down + right * right)
    }
}

/// The moves of every row.
pub(super) struct Moves {
    by_row: Vec<Vec<Option<Move>>>,
    cols: usize,
}

impl Moves {
    pub(super) fn new(ground: &Ground, neighbours: Neighbours) -> Self {
        let steps = neighbours.steps();
        let cols = ground.cols();
        let of_row = |row: usize| {
            let one = |&(down, right): &(i8, i8)| {
                let to_row =
                    row.checked_add_signed(isize::from(down)).filter(|to| *to < ground.rows())?;
                let across = usize::from(right.unsigned_abs());
                Some(Move {
                    offset: isize::from(down) * cols.cast_signed() + isize::from(right),
                    rows: isize::from(down),
                    cols: isize::from(right),
                    length_m: ground.length_m((row, 0), (to_row, across)),
                })
            };
            steps.iter().map(one).collect()
        };
        Self { by_row: (0..ground.rows()).map(of_row).collect(), cols }
    }

    /// The moves from a cell that stay on the ground, each with its number and the cell entered.
    pub(super) fn from(&self, cell: usize) -> impl Iterator<Item = (usize, usize, &Move)> {
        let (row, col) = (cell / self.cols, cell % self.cols);
        let moves = self.by_row.get(row).map_or(&[][..], Vec::as_slice);
        moves.iter().enumerate().filter_map(move |(number, one)| {
            let one = one.as_ref()?;
            col.checked_add_signed(one.cols).filter(|to| *to < self.cols)?;
            Some((number, cell.checked_add_signed(one.offset)?, one))
        })
    }

    /// By move: how many levels the gradient lets it rise or fall.
    pub(super) fn reach(&self, cell: usize, options: &LevelOptions) -> [u8; 16] {
        let mut reach = [0; 16];
        for (number, to, one) in self.from(cell) {
            let levels = options.gradient_permille / 1e3 * one.length_m / options.level_step_m;
            let allowed = match options.remainder {
                Remainder::Floored => levels.floor(),
                // Both directions of a move are counted at the end where its even twin begins.
                Remainder::Carried => {
                    let (start, twin) =
                        if number % 2 == 0 { (cell, *one) } else { (to, one.turned()) };
                    let along = twin.steps_along(start / self.cols, start % self.cols);
                    ((along + 1.0) * levels).floor() - (along * levels).floor()
                }
            };
            if let Some(slot) = reach.get_mut(number) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "clamped"
                )]
                let count = allowed.clamp(0.0, 63.0) as u8;
                *slot = count;
            }
        }
        reach
    }
}

/// Numbers of the two moves to the cells that a knight move runs between; `None` for the others.
pub(super) fn between(number: usize) -> Option<[usize; 2]> {
    const BETWEEN: [[usize; 2]; 8] =
        [[0, 4], [1, 5], [2, 4], [3, 5], [1, 6], [0, 7], [2, 6], [3, 7]];
    BETWEEN.get(number.checked_sub(8)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knight_moves_run_between_their_cells() {
        for (number, (down, right)) in STEPS.iter().enumerate() {
            assert_eq!(STEPS[number ^ 1], (-down, -right));
            let Some([a, b]) = between(number) else { continue };
            // The two together lead where the knight goes.
            assert_eq!((STEPS[a].0 + STEPS[b].0, STEPS[a].1 + STEPS[b].1), (*down, *right));
        }
    }
}
