//! How the levels of a cell enter those of a neighbour.

use super::bound::Bound;
use super::entering::Entering;
use super::level_cell::Cell;
use super::level_table::Table;
use super::levels::Levels;
use super::pages::UNKNOWN;

/// A level of a cell that enters the neighbours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    pub(super) cost: u32,
    pub(super) height: i32,
}

/// A neighbour that a batch enters.
pub(super) struct Neighbour<'a> {
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
    /// How much later finals may be looked at again.
    pub(super) ahead: u32,
    /// The dearest level that has entered the neighbours before this batch.
    pub(super) dearest: u32,
    /// Least and greatest height of the batch.
    pub(super) lowest: i32,
    pub(super) highest: i32,
}

impl Entry<'_> {
    /// Enters a neighbour at each level where the batch comes cheaper than what is known; tells the
    /// least key of those levels.
    #[inline]
    pub(super) fn enter(
        &self,
        neighbour: &Neighbour<'_>,
        batch: &[Source],
        covered: &mut u64,
        table: &mut Table,
    ) -> u32 {
        let (levels, cell) = (self.levels, &neighbour.cell);
        if self.is_due(table, cell) {
            cell.finish(table, levels, self.bound, self.key);
        }
        let lowest = levels.lowest(cell.ground);
        let first = cell.place * table.levels;
        let mut soonest = UNKNOWN;
        let (Some(finals), Some(costs), Some(reached)) = (
            table.finals.get(cell.place).map(|finals| finals.levels),
            table.costs.get_mut(first..first + table.levels),
            table.reached.get_mut(cell.place),
        ) else {
            return soonest;
        };
        let (mut by_batch, reach) = (0, neighbour.reach);
        let reached_by_any =
            levels.between(self.lowest - lowest - reach, self.highest - lowest + reach) & !finals;
        for &Source { cost, height } in batch {
            if cost >= self.dearest && reached_by_any & !*covered == 0 {
                break;
            }
            let above = height - lowest;
            let within = levels.between(above - reach, above + reach);
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
                let left = cell.left(to, levels, self.bound);
                soonest = soonest.min(through.saturating_add(left));
            }
        }
        soonest.max(self.key)
    }

    /// Whether the finals of a cell are older than what is taken along.
    #[inline]
    fn is_due(&self, table: &Table, cell: &Cell) -> bool {
        let finals = table.finals.get(cell.place);
        finals.is_some_and(|finals| self.key.saturating_sub(finals.as_of) > self.ahead)
    }
}

/// Cost of a rise; a fall costs nothing.
#[inline]
pub(super) fn climb_cost(climb: u64, rise: i32) -> u32 {
    let rise = u64::try_from(rise).unwrap_or(0);
    u32::try_from((rise * climb) >> 16).unwrap_or(u32::MAX)
}
