//! What a search over headings knows of its cells: costs by heading and level.

use super::curves::MOST_HALVES;
use super::pages::{NONE, UNKNOWN};

/// Where a way stands: a cell, the move that leaves it, and the free part of its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) page: usize,
    pub(super) leaving: usize,
    /// Half moves of the run that are free; below zero what the run still owes.
    pub(super) free: i32,
}

/// The levels of one heading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// Levels whose cost has sunk since they entered their neighbours.
    pub(super) pending: u64,
    /// Levels that a way of no more than [`dearest`](Self::dearest) has reached.
    pub(super) covered: u64,
    pub(super) dearest: u32,
}

/// The most bytes of what is known of a cell with so many levels, of which so many half moves may be
/// free.
pub(super) fn bytes_of_headings(levels: usize, most: u8) -> usize {
    4 + 16 * values(most) * (4 + size_of::<Block>() + 4 * levels)
}

/// Values that the free part of a run may have, if so many half moves are the most.
const fn values(most: u8) -> usize {
    2 * most as usize - 1
}

/// The most values that the free part of a run may have.
pub(super) const MOST_VALUES: usize = values(MOST_HALVES);

/// Costs by heading and level of the cells that were reached.
pub(super) struct HeadingTable {
    pub(super) levels: usize,
    /// The most half moves that may be free.
    most: i32,
    /// Values that the free part of a run may have.
    pub(super) values: usize,
    /// By heading: its place in the others, or [`NONE`].
    places: Vec<u32>,
    pub(super) blocks: Vec<Block>,
    /// By place and level: cost to the end.
    pub(super) costs: Vec<u32>,
}

impl HeadingTable {
    pub(super) fn new(levels: usize, most: u8) -> Self {
        let (places, blocks, costs) = (Vec::new(), Vec::new(), Vec::new());
        Self { levels, most: most.into(), values: values(most), places, blocks, costs }
    }

    /// The headings that a cell may have.
    pub(super) fn headings(&self, page: usize) -> impl Iterator<Item = Heading> + use<> {
        let most = self.most;
        (0..16).flat_map(move |leaving| {
            (2 - most..=most).map(move |free| Heading { page, leaving, free })
        })
    }

    /// Number of a free part among those that may be.
    pub(super) fn value(&self, free: i32) -> usize {
        usize::try_from(free - 2 + self.most).unwrap_or_default()
    }

    fn index(&self, heading: Heading) -> usize {
        (heading.page * 16 + heading.leaving) * self.values + self.value(heading.free)
    }

    /// The place of a heading, made if need be.
    #[inline]
    pub(super) fn place(&mut self, heading: Heading) -> Option<usize> {
        let index = self.index(heading);
        if index >= self.places.len() {
            let next = Heading { page: heading.page + 1, leaving: 0, free: 2 - self.most };
            self.places.resize(self.index(next), NONE);
        }
        let place = self.places.get_mut(index)?;
        if *place == NONE {
            *place = u32::try_from(self.blocks.len()).ok()?;
            self.blocks.push(Block { pending: 0, covered: 0, dearest: 0 });
            self.costs.resize(self.costs.len() + self.levels, UNKNOWN);
        }
        Some(*place as usize)
    }

    /// The place of a heading that was reached.
    #[inline]
    pub(super) fn known(&self, heading: Heading) -> Option<usize> {
        let place = self.places.get(self.index(heading)).copied();
        place.filter(|place| *place != NONE).map(|place| place as usize)
    }

    /// Cost of a level of a heading, as far as is known.
    pub(super) fn cost(&self, heading: Heading, level: usize) -> Option<u32> {
        let cost = self.costs.get(self.known(heading)? * self.levels + level).copied();
        cost.filter(|cost| *cost != UNKNOWN)
    }

    /// Whether another heading with more free tangent, and else the same, costs no more.
    pub(super) fn is_dominated(&self, heading: Heading, level: usize, cost: u32) -> bool {
        let mut freer = heading.free + 1..=self.most;
        freer.any(|free| {
            self.cost(Heading { free, ..heading }, level).is_some_and(|other| other <= cost)
        })
    }

    pub(super) fn bytes(&self) -> usize {
        4 * (self.places.capacity() + self.costs.capacity())
            + size_of::<Block>() * self.blocks.capacity()
    }
}
