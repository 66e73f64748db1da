//! How the levels of a cell enter those of a neighbour.

use super::bound::Bound;
use super::entering::Entering;
use super::level_table::{Table, state_number};
use super::levels::Levels;
use super::queue::Queue;

/// A level of a cell that enters the neighbours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    pub(super) cost: u32,
    pub(super) height: i32,
}

/// A neighbour that a batch enters.
pub(super) struct Neighbour<'a> {
    pub(super) next: usize,
    /// Its place in the table.
    pub(super) there: usize,
    pub(super) to_go: u32,
    pub(super) ground: i32,
    pub(super) reach: i32,
    pub(super) entering: Entering<'a>,
    pub(super) friction: u32,
}

/// What is the same for all neighbours of a batch.
pub(super) struct Entry<'a> {
    pub(super) levels: &'a Levels,
    pub(super) bound: &'a Bound<'a>,
    pub(super) climb: u64,
    pub(super) key: u32,
    pub(super) most: u32,
    /// The dearest level that has entered the neighbours before this batch.
    pub(super) dearest: u32,
}

impl Entry<'_> {
    #[inline]
    pub(super) fn enter(
        &self,
        neighbour: &Neighbour<'_>,
        batch: &[Source],
        covered: &mut u64,
        table: &mut Table,
        queue: &mut Queue,
    ) {
        let (levels, there) = (self.levels, neighbour.there);
        let lowest = levels.lowest(neighbour.ground);
        let first = there * table.levels;
        let (Some(finals), Some(costs), Some(reached)) = (
            table.finals.get(there).copied(),
            table.costs.get_mut(first..first + table.levels),
            table.reached.get_mut(there),
        ) else {
            return;
        };
        let mut by_batch = 0;
        for &Source { cost, height } in batch {
            let above = height - lowest;
            let within = levels.between(above - neighbour.reach, above + neighbour.reach);
            // Batches come in the order of whole ways: one may hold a cheaper level than those
            // before, which covers anew.
            let cheaper = if cost < self.dearest { by_batch } else { *covered };
            let mut open = within & !finals & !cheaper;
            if open == 0 {
                continue;
            }
            // Where climbing costs, a dearer but higher level may reach what lies above cheaper.
            let dearer = if self.climb == 0 { 0 } else { !levels.between(0, above) };
            *covered |= open & !dearer;
            by_batch |= open & !dearer;
            let least = cost.saturating_add(neighbour.entering.least());
            while open != 0 {
                let entered = open.trailing_zeros() as usize;
                open &= open - 1;
                let Some(known) = costs.get_mut(entered).filter(|known| least < **known) else {
                    continue;
                };
                let to = lowest + levels.offset(entered);
                let climb = climb_cost(self.climb, to - height);
                let through =
                    cost.saturating_add(neighbour.entering.cost(to)).saturating_add(climb);
                if through >= *known {
                    continue;
                }
                *known = through;
                reached.expanded &= !(1 << entered);
                let metre = levels.metre(to - neighbour.ground);
                let owed = self.bound.owed(metre, neighbour.friction);
                let least = through.saturating_add(neighbour.to_go.saturating_sub(owed));
                if least <= self.most {
                    queue.push(least.max(self.key), state_number((neighbour.next, entered)));
                }
            }
        }
    }
}

/// Cost of a rise; a fall costs nothing.
#[inline]
pub(super) fn climb_cost(climb: u64, rise: i32) -> u32 {
    let rise = u64::try_from(rise).unwrap_or(0);
    u32::try_from((rise * climb) >> 16).unwrap_or(u32::MAX)
}
