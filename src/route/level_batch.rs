//! The levels of a cell that enter its neighbours together.

use std::ops::Range;

use super::levels::{Levels, MOST_LEVELS};
use super::pages::UNKNOWN;

/// Rows of least costs: 2^5 levels and fewer.
const ROWS: usize = MOST_LEVELS.ilog2() as usize + 1;

/// Levels of a cell with their costs, from the lowest to the highest.
///
/// The cheapest of any range of them is the cheaper of two ranges of 2^k levels, whose least costs
/// are kept (Bender and Farach-Colton 2000).
pub(super) struct Batch {
    /// Height of the cell's lowest level.
    base: i32,
    /// The lowest of the batch, and the one above its highest.
    first: usize,
    beyond: usize,
    count: usize,
    /// By k and level: the least cost of 2^k levels from this one on.
    least: [[u32; MOST_LEVELS + 1]; ROWS],
}

impl Batch {
    pub(super) fn new() -> Self {
        let least = [[UNKNOWN; MOST_LEVELS + 1]; ROWS];
        Self { base: 0, first: 0, beyond: 0, count: 0, least }
    }

    /// Begins anew for a cell whose lowest level lies so high.
    pub(super) fn clear(&mut self, base: i32) {
        (self.base, self.first, self.beyond, self.count) = (base, 0, 0, 0);
    }

    /// Adds a level above those added before.
    #[inline]
    pub(super) fn push(&mut self, level: usize, cost: u32) {
        if self.count == 0 {
            self.first = level;
        }
        let costs = &mut self.least[0];
        if let Some(between) = costs.get_mut(self.beyond.max(self.first)..level) {
            between.fill(UNKNOWN);
        }
        if let Some(slot) = costs.get_mut(level) {
            *slot = cost;
        }
        self.beyond = level + 1;
        self.count += 1;
    }

    /// Makes ready what is asked of a whole batch.
    pub(super) fn close(&mut self) {
        for row in 1..ROWS {
            let half = 1 << (row - 1);
            let (below, above) = self.least.split_at_mut(row);
            let (Some(halves), Some(least)) = (below.last(), above.first_mut()) else { return };
            let end = (self.beyond + 1).saturating_sub(2 * half);
            let (Some(least), Some(a), Some(b)) = (
                least.get_mut(self.first..end),
                halves.get(self.first..end),
                halves.get(self.first + half..end + half),
            ) else {
                return;
            };
            for ((least, a), b) in least.iter_mut().zip(a).zip(b) {
                *least = *a.min(b);
            }
        }
    }

    /// Number of levels.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Heights of the lowest and of the highest level.
    pub(super) fn span(&self, levels: &Levels) -> (i32, i32) {
        let height = |level: usize| self.base + levels.offset(level);
        (height(self.first), height(self.beyond.saturating_sub(1)))
    }

    /// The cheapest level's cost.
    pub(super) fn cheapest(&self) -> u32 {
        self.cheapest_of(self.first, self.beyond)
    }

    /// The least cost of those within reach of a height; [`UNKNOWN`] if there are none.
    #[inline]
    pub(super) fn cheapest_within(&self, levels: &Levels, height: i32, reach: i32) -> u32 {
        let within = self.reached(levels, height, reach);
        self.cheapest_of(within.start, within.end)
    }

    /// The levels within reach of a height, each with its height and cost.
    pub(super) fn within<'a>(
        &'a self,
        levels: &'a Levels,
        height: i32,
        reach: i32,
    ) -> impl Iterator<Item = (i32, u32)> + 'a {
        let within = self.reached(levels, height, reach);
        let costs = self.least[0].iter().enumerate();
        let of_batch =
            costs.filter(move |(level, cost)| within.contains(level) && **cost != UNKNOWN);
        of_batch.map(|(level, cost)| (self.base + levels.offset(level), *cost))
    }

    /// From the first level within reach of a height to beyond the last one.
    #[inline]
    fn reached(&self, levels: &Levels, height: i32, reach: i32) -> Range<usize> {
        let above = height - self.base;
        let (from, to) = levels.ranks(above - reach, above + reach);
        from.max(self.first)..to.min(self.beyond)
    }

    #[inline]
    fn cheapest_of(&self, from: usize, to: usize) -> u32 {
        if from >= to {
            return UNKNOWN;
        }
        let row = (to - from).ilog2() as usize;
        let least = self.least.get(row).unwrap_or(&self.least[0]);
        let of = |level: usize| least.get(level).copied().unwrap_or(UNKNOWN);
        of(from).min(of(to - (1 << row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{Ground, LevelOptions};

    #[test]
    fn the_cheapest_within_reach_is_that_of_all_looked_at() {
        let ground = Ground::new(1, vec![900.0], Vec::new(), vec![0.0]).unwrap();
        let levels = Levels::new(&LevelOptions::default(), &ground);
        let base = levels.lowest(0);
        let mut batch = Batch::new();
        for (round, spacing) in [1_usize, 3, 7].into_iter().enumerate() {
            batch.clear(base);
            let chosen: Vec<(usize, u32)> = (5 + round..levels.count())
                .step_by(spacing)
                .map(|level| (level, u32::try_from(level * 7_919 % 101).unwrap()))
                .collect();
            for (level, cost) in &chosen {
                batch.push(*level, *cost);
            }
            batch.close();
            assert_eq!(batch.len(), chosen.len());
            assert_eq!(Some(batch.cheapest()), chosen.iter().map(|(_, cost)| *cost).min());
            for height in (-800..800).step_by(13) {
                for reach in [0, 5, 31, 400] {
                    let near = |level: usize| (base + levels.offset(level) - height).abs() <= reach;
                    let all =
                        chosen.iter().filter(|(level, _)| near(*level)).map(|(_, cost)| *cost);
                    let found = batch.cheapest_within(&levels, height, reach);
                    assert_eq!(found, all.clone().min().unwrap_or(UNKNOWN), "{height} {reach}");
                    let within = batch.within(&levels, height, reach).map(|(_, cost)| cost);
                    assert!(within.eq(all), "{height} {reach}");
                }
            }
        }
    }
}
