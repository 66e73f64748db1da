//! Moves from a cell to its neighbours.

use super::levels::{COST_BITS, Levels};
use super::{Cells, LevelOptions};

/// How many neighbours a cell has.
///
/// A way over a lattice is too long where no move leads straight on: at worst by
/// `1 / cos(half the widest angle between two moves) - 1`. The figures that are quoted hold for
/// squares; cells of a grid of longitude and latitude are no squares:
///
/// | neighbours | squares | cells of 777 x 924 m |
/// | --- | --: | --: |
/// | 8 | 8.24 % | 10.31 % |
/// | 16 | 2.75 % | 3.71 % |
/// | 32 | 1.31 % | 1.81 % |
///
/// [`CostGraph::shortened`](super::CostGraph::shortened) takes the excess away afterwards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Neighbours {
    /// The four sides and the four corners.
    Eight,
    /// Knight moves too.
    #[default]
    Sixteen,
    /// Moves of three cells too. For surfaces; searches over levels take no more than sixteen.
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
pub(super) const STEPS: [(i8, i8); 32] = [
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

/// Number of the move by so many rows down and columns right; `None` if it is none of the sixteen.
pub(super) fn number_of(down: isize, right: isize) -> Option<usize> {
    let is_this = |step: &(i8, i8)| (isize::from(step.0), isize::from(step.1)) == (down, right);
    Neighbours::Sixteen.steps().iter().position(is_this)
}

/// Units of cost in a metre: fine enough that a move of 100 m is right to 5e-6.
pub(super) const UNITS_PER_M: f64 = 1024.0;

/// One move from the cells of a row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Move {
    /// Its length in units of cost; 0 if it leaves the grid.
    pub(super) units: u32,
    /// What it may rise or fall, in parts of a level step.
    pub(super) reach: i32,
    /// The same where it begins or ends in a station.
    pub(super) station_reach: i32,
}

/// By move: the one that leads as far down and to the right as it does up or to the left, and is as
/// long from the row where the other ends.
const ALIKE: [usize; 16] = [0, 0, 2, 2, 4, 4, 4, 4, 8, 8, 10, 10, 8, 8, 10, 10];

/// Moves of about one length: to the sides, up and down, to the corners, and those of a knight.
pub(super) const KINDS: usize = 5;

/// The first kind of the moves of a knight.
pub(super) const FIRST_KNIGHT_KIND: usize = 3;

/// The kind of each move.
pub(super) const KIND: [usize; 16] = [0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4];

/// The moves of every row.
pub(super) struct Moves {
    by_row: Vec<[Move; 16]>,
    steps: &'static [(i8, i8)],
    /// By move: how many cells farther on it leads, row by row.
    offsets: [isize; 16],
    cols: usize,
}

impl Moves {
    /// Moves over cells under the gradients of options that have been checked.
    pub(super) fn new(cells: &Cells, options: &LevelOptions, levels: &Levels) -> Self {
        let steps = options.neighbours.steps().get(..16).unwrap_or(options.neighbours.steps());
        let of_step = |row: usize, step: (i8, i8)| {
            let length_m = cells.span_m(row, step);
            if !length_m.is_finite() {
                return Move::default();
            }
            let ruling = options.gradient_permille / 1e3;
            let yard_m = options.station_length_m.min(length_m);
            let yard = (options.station_gradient_permille / 1e3).min(ruling);
            Move {
                units: units(length_m),
                reach: levels.rise(ruling * length_m),
                station_reach: levels.rise(yard * yard_m + ruling * (length_m - yard_m)),
            }
        };
        let mut by_row: Vec<[Move; 16]> = Vec::with_capacity(cells.rows());
        for row in 0..cells.rows() {
            let mut moves = [Move::default(); 16];
            for (number, step) in steps.iter().enumerate() {
                let (like, up) = (ALIKE[number], usize::from(step.0.min(0).unsigned_abs()));
                moves[number] = match row.checked_sub(up) {
                    Some(_) if like == number => of_step(row, *step),
                    Some(_) if up == 0 => moves[like],
                    Some(above) => by_row[above][like],
                    None => Move::default(),
                };
            }
            by_row.push(moves);
        }
        let cols = cells.cols();
        let mut offsets = [0; 16];
        for (offset, &(down, right)) in offsets.iter_mut().zip(steps) {
            *offset = isize::from(down) * cols.cast_signed() + isize::from(right);
        }
        Self { by_row, steps, offsets, cols }
    }

    /// The moves of a row.
    #[inline]
    pub(super) fn of_row(&self, row: usize) -> &[Move; 16] {
        static NONE: [Move; 16] = [Move { units: 0, reach: 0, station_reach: 0 }; 16];
        self.by_row.get(row).unwrap_or(&NONE)
    }

    /// The shortest move, in units.
    pub(super) fn shortest(&self) -> u32 {
        self.all().map(|(_, one)| one.units).min().unwrap_or_default()
    }

    /// The longest move, in units.
    pub(super) fn longest(&self) -> u32 {
        self.all().map(|(_, one)| one.units).max().unwrap_or_default()
    }

    /// The shortest and the longest move of a kind, in units; noughts if there is none.
    pub(super) fn lengths_of_kind(&self, kind: usize) -> [u32; 2] {
        let lengths =
            || self.all().filter(|(number, _)| KIND[*number] == kind).map(|one| one.1.units);
        [lengths().min(), lengths().max()].map(Option::unwrap_or_default)
    }

    /// The shortest length that any move pays for in the cell that it enters, in units.
    pub(super) fn shortest_entering(&self, is_charged_between: bool) -> u32 {
        let entering = |(number, one): (usize, &Move)| {
            if is_charged_between && between(number).is_some() { one.units / 2 } else { one.units }
        };
        self.all().map(entering).min().unwrap_or_default()
    }

    fn all(&self) -> impl Iterator<Item = (usize, &Move)> {
        let all = self.by_row.iter().flat_map(|row| row.iter().enumerate());
        all.filter(|(_, one)| one.units > 0)
    }

    /// The moves from a cell that stay on the ground, each with its number and the cell entered.
    pub(super) fn from(&self, cell: usize) -> impl Iterator<Item = (usize, usize, &Move)> {
        let (row, col) = (cell / self.cols, cell % self.cols);
        // None leads farther than two cells.
        let is_inner = (2..self.cols.saturating_sub(2)).contains(&col);
        let moves = self.of_row(row).iter().zip(self.steps.iter().zip(&self.offsets)).enumerate();
        moves.filter_map(move |(number, (one, (&(_, right), &offset)))| {
            let is_on =
                is_inner || col.checked_add_signed(right.into()).is_some_and(|to| to < self.cols);
            // Rows that are none have no length.
            (one.units > 0 && is_on).then(|| (number, cell.wrapping_add_signed(offset), one))
        })
    }

    /// How many cells farther on each move leads, from a cell that has all sixteen neighbours.
    #[inline]
    pub(super) fn all_from(&self, row: usize, col: usize) -> Option<&[isize; 16]> {
        let is_inner = |at: usize, count: usize| at >= 2 && at + 2 < count;
        let has_all = is_inner(row, self.by_row.len()) && is_inner(col, self.cols);
        (has_all && self.steps.len() == 16).then_some(&self.offsets)
    }

    /// Row and column that a move leads to, which must not lead off the ground.
    #[inline]
    pub(super) fn place(&self, row: usize, col: usize, number: usize) -> (usize, usize) {
        let (down, right) = self.steps.get(number).copied().unwrap_or_default();
        (row.wrapping_add_signed(down.into()), col.wrapping_add_signed(right.into()))
    }

    /// The cell that a move from a cell leads to, which it must not lead off the ground from.
    #[inline]
    pub(super) fn to(&self, cell: usize, number: usize) -> usize {
        cell.wrapping_add_signed(self.offsets.get(number).copied().unwrap_or_default())
    }
}

/// A length in whole units of cost.
fn units(length_m: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell's size")]
    let units = (length_m * UNITS_PER_M).round().clamp(1.0, f64::from(u32::MAX)) as u32;
    units
}

/// Ground and cost of a place that a move passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    /// Height of the ground, in parts of a level step.
    pub(super) ground: i32,
    /// Factor of the cost of a metre, in units of 2^-20.
    pub(super) friction: u32,
}

/// What a knight move passes half-way: its line runs midway between two cells, over the mean of
/// their ground.
#[inline]
pub(super) fn half_way(a: Side, b: Side) -> Side {
    Side {
        ground: i32::midpoint(a.ground, b.ground),
        friction: u32::midpoint(a.friction, b.friction),
    }
}

/// The mean cost of a metre of a move: half in the cell entered, half as it is half-way there.
#[inline]
pub(super) fn mean_metre(entered: u32, half_way: Option<u32>) -> u32 {
    half_way.map_or(entered, |half_way| u32::midpoint(entered, half_way))
}

/// The cost of a move in units: its length times the cost of a metre in 2^-20.
#[inline]
pub(super) fn move_cost(length_units: u32, metre: u32) -> u32 {
    let product = u64::from(length_units) * u64::from(metre);
    u32::try_from((product + (1 << (COST_BITS - 1))) >> COST_BITS).unwrap_or(u32::MAX)
}

/// Number of the first knight move.
pub(super) const FIRST_KNIGHT: usize = 8;

/// Numbers of the two moves to the cells that a knight move runs between; `None` for the others.
#[inline]
pub(super) fn between(number: usize) -> Option<[usize; 2]> {
    const BETWEEN: [[usize; 2]; 8] =
        [[0, 4], [1, 5], [2, 4], [3, 5], [1, 6], [0, 7], [2, 6], [3, 7]];
    BETWEEN.get(number.checked_sub(FIRST_KNIGHT)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knight_moves_run_between_their_cells() {
        for (number, (down, right)) in STEPS.iter().enumerate() {
            assert_eq!(STEPS[number ^ 1], (-down, -right));
            if let Some(alike) = ALIKE.get(number) {
                assert_eq!(STEPS[*alike], (down.abs(), right.abs()));
            }
            let Some([a, b]) = between(number) else { continue };
            // The two together lead where the knight goes.
            assert_eq!((STEPS[a].0 + STEPS[b].0, STEPS[a].1 + STEPS[b].1), (*down, *right));
        }
    }
}
