//! What a move costs at least, by the level at which it ends.

use super::levels::{ByLevel, COST_BITS, LEVEL, Levels, MOST_LEVELS};
use super::moves::{FIRST_KNIGHT_KIND, KIND, KINDS, Moves, mean_metre, move_cost};
use super::pages::{DEAREST, UNKNOWN};

/// A cost for each level of a cell, and for what fills up the last lanes.
pub(super) type LevelCosts = ByLevel<u32>;

/// Rows whose moves share their least costs: cells are wider by a thousandth at most so much farther
/// south, and what is shared stays in the nearest cache.
const ROWS: usize = 16;

/// Least costs by kind of move.
pub(super) type LeastByKind = [LevelCosts; KINDS];

/// Least costs of a move, by level.
#[inline(always)]
pub(super) fn least_of(least: &LeastByKind, number: usize) -> &LevelCosts {
    &least[KIND[number % 16]]
}

/// Least costs of moves near every row that was asked for, on ground where a metre costs no more than
/// its depth makes it.
///
/// Levels that are counted from the ground lie as deep in every cell, so that what a move pays for
/// in the cell that it enters is the same all along a row; half-way it pays for level ground at
/// least.
pub(super) struct LeastCosts {
    /// Of a metre.
    metre: LevelCosts,
    is_charged_between: bool,
    by_rows: Vec<Option<Box<LeastByKind>>>,
}

impl LeastCosts {
    pub(super) fn new(levels: &Levels, is_charged_between: bool, rows: usize) -> Self {
        let metre = levels.metres().copied().unwrap_or([LEVEL; MOST_LEVELS + 1]);
        let by_rows = std::iter::repeat_with(|| None).take(rows.div_ceil(ROWS)).collect();
        Self { metre, is_charged_between, by_rows }
    }

    /// By kind of move out of the cells of a row.
    #[inline]
    pub(super) fn of_row(&mut self, row: usize, moves: &Moves) -> Option<&LeastByKind> {
        let slot = self.by_rows.get_mut(row / ROWS)?;
        if slot.is_none() {
            *slot = Some(of_rows(&self.metre, self.is_charged_between, row / ROWS * ROWS, moves));
        }
        slot.as_deref()
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        let made = self.by_rows.iter().flatten().count();
        made * size_of::<LeastByKind>() + self.by_rows.capacity() * size_of::<usize>()
    }

    /// The most bytes of so many rows.
    pub(super) fn bytes_of(rows: usize) -> usize {
        rows.div_ceil(ROWS).saturating_mul(size_of::<LeastByKind>() + size_of::<usize>())
    }
}

/// Least costs of the moves out of some rows from a first one on.
fn of_rows(
    metre: &LevelCosts,
    is_charged_between: bool,
    first: usize,
    moves: &Moves,
) -> Box<LeastByKind> {
    let mut shortest = [u32::MAX; KINDS];
    for row in first..first + ROWS {
        for (kind, one) in KIND.iter().zip(moves.of_row(row)) {
            if one.units > 0 {
                shortest[*kind] = shortest[*kind].min(one.units);
            }
        }
    }
    let mut least = Box::new([[0; MOST_LEVELS + 1]; KINDS]);
    for ((kind, units), costs) in shortest.into_iter().enumerate().zip(&mut *least) {
        let half_way = (kind >= FIRST_KNIGHT_KIND && is_charged_between).then_some(LEVEL);
        for (cost, metre) in costs.iter_mut().zip(metre) {
            *cost = move_cost(units, mean_metre(*metre, half_way)).min(UNKNOWN / 2);
        }
    }
    least
}

/// Least costs of a move of so many units where a metre costs no less than so many times as much, in
/// units of 2^-20.
pub(super) fn scaled(least: &LevelCosts, friction: u32, units: u32) -> LevelCosts {
    // What rounding the metre and its mean may take, and the dearest metre on half of a move.
    let rounded = (u64::from(units) >> COST_BITS) + 2;
    let most = ((u64::from(units) * DEAREST) >> (COST_BITS + 1)).min(u64::from(UNKNOWN / 2));
    least.map(|least| {
        let scaled = (u64::from(least) * u64::from(friction)) >> COST_BITS;
        u32::try_from(scaled.min(most).saturating_sub(rounded)).unwrap_or_default()
    })
}
