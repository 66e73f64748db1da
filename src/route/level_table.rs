//! The cells that a search has reached, each with the costs of its levels.

use std::ops::Range;

use super::level_least::LevelCosts;
use super::pages::UNKNOWN;

/// A page and a level of it.
pub(super) type State = (usize, usize);

/// Which levels of a cell have a final cost.
#[derive(Clone, Copy, Default)]
pub(super) struct FinalLevels {
    /// As bits.
    pub(super) levels: u64,
    /// What the least key of all that waited was when they were taken for final.
    pub(super) as_of: u32,
}

/// The costs of a cell that are final.
#[derive(Clone, Copy, Default)]
pub(super) struct Finals<'a> {
    /// Their levels, as bits.
    levels: u64,
    costs: &'a [u32],
}

impl Finals<'_> {
    /// Cost of a level, if it is final.
    #[inline]
    pub(super) fn cost(&self, level: usize) -> Option<u32> {
        if self.levels >> level & 1 == 1 { self.costs.get(level).copied() } else { None }
    }
}

/// Costs of so many levels are compared at once.
const LANES: usize = 8;

/// The cells that were reached, each with the costs of its levels.
pub(super) struct Table {
    levels: usize,
    /// Costs of a page, with those that fill up the last lanes and are no levels.
    lanes: usize,
    /// By page.
    finals: Vec<FinalLevels>,
    /// By page, as bits: levels that have become cheaper since they last entered the neighbours.
    waiting: Vec<u64>,
    /// By page and level: cost from the start.
    costs: Vec<u32>,
}

impl Table {
    pub(super) fn new(levels: usize) -> Self {
        let lanes = levels.next_multiple_of(LANES);
        Self { levels, lanes, finals: Vec::new(), waiting: Vec::new(), costs: Vec::new() }
    }

    /// Makes room for so many pages.
    #[inline]
    pub(super) fn hold(&mut self, pages: usize) {
        while self.waiting.len() < pages {
            self.waiting.push(0);
            self.finals.push(FinalLevels::default());
            let len = self.costs.len();
            self.costs.resize(len + self.levels, UNKNOWN);
            // Nothing is cheaper than what is no level.
            self.costs.resize(len + self.lanes, 0);
        }
    }

    pub(super) fn cost(&self, (page, level): State) -> Option<u32> {
        self.costs_of(page).get(level).copied()
    }

    /// The costs of a page, by level.
    #[inline]
    fn costs_of(&self, page: usize) -> &[u32] {
        let first = page * self.lanes;
        self.costs.get(first..first + self.levels).unwrap_or_default()
    }

    /// Those of some levels of a page, as bits, that cost more than this much beyond what each costs
    /// at least.
    #[inline]
    pub(super) fn dearer(&self, page: usize, among: u64, cost: u32, least: &LevelCosts) -> u64 {
        let first = page * self.lanes;
        let known = self.costs.get(first..first + self.lanes).unwrap_or_default();
        let (known, least) = (known.as_chunks::<LANES>().0, least.as_chunks::<LANES>().0);
        let chunks = chunks(among);
        let (Some(known), Some(least)) = (known.get(chunks.clone()), least.get(chunks.clone()))
        else {
            return 0;
        };
        // Both are halves at most: their sum is a whole number still.
        let cost = cost.min(UNKNOWN / 2);
        let mut of_lane = [0_u32; LANES];
        for ((known, least), chunk) in known.iter().zip(least).zip(chunks) {
            for (bits, (known, least)) in of_lane.iter_mut().zip(known.iter().zip(least)) {
                *bits |= u32::from(*known > least.wrapping_add(cost)) << chunk;
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "there are eight chunks at most")]
        let dearer = transposed(u64::from_le_bytes(of_lane.map(|bits| bits as u8)));
        dearer & among
    }

    /// The costs of a page that are final.
    #[inline]
    pub(super) fn finals_of(&self, page: usize) -> Finals<'_> {
        let levels = self.finals.get(page).map_or(0, |finals| finals.levels);
        Finals { levels, costs: self.costs_of(page) }
    }

    /// Which costs of a page are final, and all of them.
    #[inline]
    pub(super) fn finals_and_costs(&mut self, page: usize) -> Option<(&mut FinalLevels, &[u32])> {
        let first = page * self.lanes;
        Some((self.finals.get_mut(page)?, self.costs.get(first..first + self.levels)?))
    }

    /// The levels of a page that wait, and the costs of all.
    #[inline]
    pub(super) fn waiting_and_costs(&mut self, page: usize) -> Option<(&mut u64, &mut [u32])> {
        let first = page * self.lanes;
        Some((self.waiting.get_mut(page)?, self.costs.get_mut(first..first + self.levels)?))
    }

    pub(super) fn bytes(&self) -> usize {
        4 * self.costs.capacity()
            + size_of::<FinalLevels>() * self.finals.capacity()
            + 8 * self.waiting.capacity()
    }
}

/// The lanes that hold some levels.
#[inline]
fn chunks(among: u64) -> Range<usize> {
    let last = (u64::BITS - among.leading_zeros()) as usize;
    (among.trailing_zeros() as usize).min(last) / LANES..last.div_ceil(LANES)
}

/// Bit 8 i + j becomes bit 8 j + i (Warren, Hacker's Delight, 7-3).
#[inline]
fn transposed(mut bits: u64) -> u64 {
    for (by, among) in
        [(7, 0x00AA_00AA_00AA_00AA), (14, 0x0000_CCCC_0000_CCCC), (28, 0x0000_0000_F0F0_F0F0)]
    {
        let changed = (bits ^ (bits >> by)) & among;
        bits ^= changed ^ (changed << by);
    }
    bits
}

/// The most bytes of what is known of a cell with so many levels, with its key in the queue.
pub(super) fn bytes_of_cell(levels: usize) -> usize {
    8 + size_of::<FinalLevels>() + 4 * (levels.next_multiple_of(LANES) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::levels::MOST_LEVELS;

    #[test]
    fn dearer_levels_are_those_that_cost_more_one_by_one() {
        let mut table = Table::new(MOST_LEVELS);
        table.hold(2);
        let costs = |seed: u32| (0..64_u32).map(move |level| (level * seed) % 97 * 10_000_000);
        for (slot, cost) in table.waiting_and_costs(1).unwrap().1.iter_mut().zip(costs(31)) {
            *slot = cost;
        }
        let mut least = [0; MOST_LEVELS + 1];
        for (slot, cost) in least.iter_mut().zip(costs(17)) {
            *slot = cost / 2;
        }
        for among in [u64::MAX, 0, 1, 1 << 62, 0xFF00, 0x0FFF_FFFF_0000_0000, 0x1_8000] {
            let expect = (0..MOST_LEVELS)
                .filter(|level| among >> level & 1 == 1)
                .filter(|level| table.cost((1, *level)).unwrap() > least[*level] + 1_000)
                .fold(0, |bits, level| bits | 1_u64 << level);
            assert_eq!(table.dearer(1, among, 1_000, &least), expect, "{among:x}");
            let all = among & (u64::MAX >> 1);
            assert_eq!(table.dearer(0, among, 1_000, &least), all, "{among:x}");
        }
    }
}
