//! The cells that a search has reached, each with the costs of its levels.

use prefetch_index::prefetch_index;

use super::levels::{ByLevel, MOST_LEVELS};
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

/// So many levels are compared at once.
pub(super) const LANES: usize = 8;

/// Values of so many levels.
pub(super) type Lanes<T = u32> = [T; LANES];

/// Eights of levels of a cell.
const EIGHTS: usize = (MOST_LEVELS + 1) / LANES;

/// Costs of the levels of a cell, in whole lines of memory.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct CellCosts([Lanes; EIGHTS]);

/// Levels whose costs share a line of memory.
const LINE: usize = 16;

/// Cells of a piece.
const PIECE: usize = 1 << 8;

/// The cells that were reached, each with the costs of its levels.
pub(super) struct Table {
    levels: usize,
    /// Of a cell that was just reached.
    none: CellCosts,
    /// By page.
    finals: Vec<FinalLevels>,
    /// By page, as bits: levels that have become cheaper since they last entered the neighbours.
    waiting: Vec<u64>,
    /// By page: costs from the start, in pieces, so that none is moved when more are reached.
    costs: Vec<Vec<CellCosts>>,
}

impl Table {
    pub(super) fn new(levels: usize) -> Self {
        // Nothing is cheaper than what is no level.
        let mut none = CellCosts([[0; LANES]; EIGHTS]);
        none.0.as_flattened_mut().iter_mut().take(levels).for_each(|cost| *cost = UNKNOWN);
        Self { levels, none, finals: Vec::new(), waiting: Vec::new(), costs: Vec::new() }
    }

    /// Makes room for so many pages.
    #[inline]
    pub(super) fn hold(&mut self, pages: usize) {
        while self.waiting.len() < pages {
            if self.waiting.len().is_multiple_of(PIECE) {
                self.costs.push(Vec::with_capacity(PIECE));
            }
            if let Some(piece) = self.costs.last_mut() {
                piece.push(self.none);
            }
            self.waiting.push(0);
            self.finals.push(FinalLevels::default());
        }
    }

    pub(super) fn cost(&self, (page, level): State) -> Option<u32> {
        self.costs_of(page)?.get(level).copied()
    }

    /// The costs of a page, by level.
    #[inline(always)]
    fn costs_of(&self, page: usize) -> Option<&[u32]> {
        self.lanes_of(page)?.as_flattened().get(..self.levels)
    }

    #[inline(always)]
    fn lanes_of(&self, page: usize) -> Option<&[Lanes; EIGHTS]> {
        self.costs.get(page / PIECE)?.get(page % PIECE).map(|costs| &costs.0)
    }

    /// The costs of a page that are final.
    #[inline]
    pub(super) fn finals_of(&self, page: usize) -> Finals<'_> {
        let levels = self.finals.get(page).map_or(0, |finals| finals.levels);
        Finals { levels, costs: self.costs_of(page).unwrap_or_default() }
    }

    /// Which costs of a page are final, and all of them.
    #[inline]
    pub(super) fn finals_and_costs(&mut self, page: usize) -> Option<(&mut FinalLevels, &[u32])> {
        let costs = self.costs.get(page / PIECE)?.get(page % PIECE)?.0.as_flattened();
        Some((self.finals.get_mut(page)?, costs.get(..self.levels)?))
    }

    /// The levels of a page that wait, and the costs of all.
    #[inline]
    pub(super) fn waiting_and_costs(&mut self, page: usize) -> Option<(&mut u64, &mut [u32])> {
        let levels = self.levels;
        let (waiting, lanes) = self.waiting_and_lanes(page)?;
        Some((waiting, lanes.as_flattened_mut().get_mut(..levels)?))
    }

    /// The same, with the costs of eight levels at once.
    #[inline]
    pub(super) fn waiting_and_lanes(
        &mut self,
        page: usize,
    ) -> Option<(&mut u64, &mut [Lanes; EIGHTS])> {
        let costs = self.costs.get_mut(page / PIECE)?.get_mut(page % PIECE)?;
        Some((self.waiting.get_mut(page)?, &mut costs.0))
    }

    /// Brings all that is known of a page near.
    #[inline(always)]
    pub(super) fn prefetch(&self, page: usize) {
        prefetch_index(&self.waiting, page);
        self.prefetch_costs(page, [0, LINE, 2 * LINE, 3 * LINE]);
    }

    /// Brings the costs near some levels of a page near.
    #[inline(always)]
    pub(super) fn prefetch_costs<const N: usize>(&self, page: usize, levels: [usize; N]) {
        if let Some(lanes) = self.lanes_of(page) {
            for level in levels {
                prefetch_index(lanes.as_flattened(), level);
            }
        }
    }

    pub(super) fn bytes(&self) -> usize {
        size_of::<CellCosts>() * PIECE * self.costs.len()
            + size_of::<FinalLevels>() * self.finals.capacity()
            + 8 * self.waiting.capacity()
    }
}

/// Values by level, eight at once.
#[inline(always)]
pub(super) fn by_lanes<T>(values: &ByLevel<T>) -> &[Lanes<T>] {
    values.as_chunks::<LANES>().0
}

/// All bits of a lane, or none.
#[inline(always)]
pub(super) fn mask(is: bool) -> u32 {
    0_u32.wrapping_sub(is.into())
}

/// Whether any bit is set in any lane.
#[inline(always)]
pub(super) fn any(masks: &Lanes) -> bool {
    let mut any = 0;
    for mask in masks {
        any |= mask;
    }
    any != 0
}

/// The lowest bit of each lane, that of the first the lowest.
#[inline(always)]
pub(super) fn bits(masks: &Lanes) -> u64 {
    let mut bits = 0;
    for (lane, mask) in masks.iter().enumerate() {
        bits |= (mask & 1) << lane;
    }
    bits.into()
}

/// The most bytes of what is known of a cell, with its key in the queue.
pub(super) const BYTES_OF_CELL: usize = 8 + size_of::<FinalLevels>() + size_of::<CellCosts>() + 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_the_costs_of_a_page_and_nothing_beyond_them_is_dear() {
        let mut table = Table::new(MOST_LEVELS);
        table.hold(PIECE + 2);
        // In the second piece.
        let page = PIECE + 1;
        for (level, slot) in table.waiting_and_costs(page).unwrap().1.iter_mut().enumerate() {
            *slot = u32::try_from(level).unwrap();
        }
        let (_, lanes) = table.waiting_and_lanes(page).unwrap();
        assert_eq!(lanes.as_flattened()[..MOST_LEVELS], (0..63).collect::<Vec<u32>>());
        assert_eq!(lanes.as_flattened()[MOST_LEVELS..], [0]);
        assert_eq!([1, page].map(|page| table.cost((page, 62))), [Some(UNKNOWN), Some(62)]);
        assert_eq!([(page, 63), (page + 1, 0)].map(|state| table.cost(state)), [None, None]);
        assert_eq!(table.bytes() / size_of::<CellCosts>() / PIECE, 2);
        let masks = [true, false, true, false, false, false, false, true].map(mask);
        assert_eq!((bits(&masks), any(&masks)), (0b1000_0101, true));
        assert_eq!((bits(&[0; LANES]), any(&[0; LANES])), (0, false));
    }
}
