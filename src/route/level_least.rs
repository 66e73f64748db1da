//! What a move costs at least, by the level at which it ends.

use super::levels::{COST_BITS, LEVEL, Levels, MOST_LEVELS};
use super::moves::{Moves, between, mean_metre, move_cost};
use super::pages::{DEAREST, UNKNOWN};

/// A cost for each level of a cell, and for what fills up the last lanes.
pub(super) type LevelCosts = [u32; MOST_LEVELS + 1];

/// Least costs of the moves of every row that was asked for, on ground where a metre costs no more
/// than its depth makes it.
///
/// Levels that are counted from the ground lie as deep in every cell, so that what a move pays for
/// in the cell that it enters is the same all along a row; half-way it pays for level ground at
/// least.
pub(super) struct LeastCosts {
    /// Of a metre.
    metre: LevelCosts,
    is_charged_between: bool,
    by_row: Vec<Option<Box<[LevelCosts; 16]>>>,
}

impl LeastCosts {
    pub(super) fn new(levels: &Levels, is_charged_between: bool, rows: usize) -> Self {
        let mut metre = [LEVEL; MOST_LEVELS + 1];
        for (slot, known) in metre.iter_mut().zip(levels.metres()) {
            *slot = *known;
        }
        let by_row = std::iter::repeat_with(|| None).take(rows).collect();
        Self { metre, is_charged_between, by_row }
    }

    /// By move of a row.
    #[inline]
    pub(super) fn of_row(&mut self, row: usize, moves: &Moves) -> Option<&[LevelCosts; 16]> {
        let (metre, is_charged_between) = (&self.metre, self.is_charged_between);
        let slot = self.by_row.get_mut(row)?;
        let made = slot.get_or_insert_with(|| {
            let mut least = Box::new([[0; MOST_LEVELS + 1]; 16]);
            for ((number, one), costs) in moves.of_row(row).iter().enumerate().zip(&mut *least) {
                let half_way = between(number).filter(|_| is_charged_between).map(|_| LEVEL);
                for (cost, metre) in costs.iter_mut().zip(metre) {
                    *cost = move_cost(one.units, mean_metre(*metre, half_way)).min(UNKNOWN / 2);
                }
            }
            least
        });
        Some(made)
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        let made = self.by_row.iter().flatten().count();
        made * size_of::<[LevelCosts; 16]>() + self.by_row.capacity() * size_of::<usize>()
    }

    /// The most bytes of a row.
    pub(super) const BYTES_OF_ROW: usize = size_of::<[LevelCosts; 16]>() + size_of::<usize>();
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
