//! How the levels of a cell enter those of its neighbours.
//!
//! Most visits better little. So the costs of all levels of a neighbour are first compared at once
//! with the least that any of the batch might bring, and only those that cost more are priced.

use super::bound::Bound;
use super::entering::Entering;
use super::level_batch::Batch;
use super::level_cell::Cell;
use super::level_least::{LevelCosts, scaled};
use super::level_table::Table;
use super::levels::{LEVEL, Levels};
use super::moves::Move;
use super::pages::{Exits, NONE, UNKNOWN, Weights};

/// A neighbour that a batch enters.
pub(super) struct Neighbour<'a> {
    pub(super) page: usize,
    pub(super) cell: Cell,
    pub(super) reach: i32,
    pub(super) entering: Entering<'a>,
}

/// What is the same for all neighbours of a batch.
pub(super) struct Entry<'a> {
    pub(super) levels: &'a Levels,
    pub(super) bound: &'a Bound<'a>,
    pub(super) climb: u64,
    pub(super) key: u32,
}

impl Entry<'_> {
    /// By move out of a cell: the levels that the cheapest of a batch might enter cheaper than what
    /// is known, if it lay anywhere between the lowest and the highest of them.
    pub(super) fn wanted(
        &self,
        table: &Table,
        batch: &Batch,
        (exits, weights): (&Exits, Option<&Weights>),
        (moves, least): (&[Move; 16], &[LevelCosts; 16]),
    ) -> [u64; 16] {
        let levels = self.levels;
        let (cheapest, (lowest, highest)) = (batch.cheapest(), batch.span(levels));
        let mut wanted = [0; 16];
        let by_move = exits.next.iter().zip(&exits.ground).zip(moves.iter().zip(least));
        for (number, (((&next, &ground), (one, least)), slot)) in
            by_move.zip(&mut wanted).enumerate()
        {
            if next == NONE {
                continue;
            }
            let (reach, base) = (exits.reach(number, one), levels.lowest(ground));
            let within = levels.between(lowest - base - reach, highest - base + reach);
            let friction = weights.map_or(LEVEL, |weights| weights.least_friction(number));
            *slot = if friction == LEVEL {
                table.dearer(next as usize, within, cheapest, least)
            } else {
                let least = scaled(least, friction, one.units);
                table.dearer(next as usize, within, cheapest, &least)
            };
        }
        wanted
    }

    /// Enters a neighbour at those of some levels where the batch comes cheaper than what is known;
    /// tells the least key of those levels.
    #[inline]
    pub(super) fn enter(
        &self,
        neighbour: &Neighbour<'_>,
        batch: &Batch,
        mut wanted: u64,
        table: &mut Table,
    ) -> u32 {
        let (levels, cell, reach) = (self.levels, &neighbour.cell, neighbour.reach);
        let lowest = levels.lowest(cell.ground);
        let (mut soonest, cheapest_of_all) = (UNKNOWN, batch.cheapest());
        let Some((waiting, costs)) = table.waiting_and_costs(neighbour.page) else {
            return soonest;
        };
        while wanted != 0 {
            let level = wanted.trailing_zeros() as usize;
            wanted &= wanted - 1;
            let Some(known) = costs.get_mut(level) else { continue };
            let to = lowest + levels.offset(level);
            let metre = levels.metre_of(level, to - cell.ground);
            let entering = neighbour.entering.cost_at(to, metre);
            // What a way to this cell may cost to be cheaper than what is known.
            let useful = known.saturating_sub(entering);
            if cheapest_of_all >= useful {
                continue;
            }
            let cheapest = if self.climb == 0 {
                batch.cheapest_within(levels, to, reach)
            } else {
                let climbed = |(height, cost): (i32, u32)| {
                    cost.saturating_add(climb_cost(self.climb, to - height))
                };
                batch.within(levels, to, reach).map(climbed).min().unwrap_or(UNKNOWN)
            };
            if cheapest >= useful {
                continue;
            }
            *known = cheapest + entering;
            *waiting |= 1 << level;
            soonest = soonest.min(known.saturating_add(cell.left(metre, self.bound)));
        }
        soonest.max(self.key)
    }
}

/// Cost of a rise; a fall costs nothing.
#[inline]
pub(super) fn climb_cost(climb: u64, rise: i32) -> u32 {
    let rise = u64::try_from(rise).unwrap_or(0);
    u32::try_from((rise * climb) >> 16).unwrap_or(u32::MAX)
}
