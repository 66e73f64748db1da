//! A cell that a search has reached: which of its levels wait to enter the neighbours, and which
//! have a final cost.

use super::Ground;
use super::bound::Bound;
use super::level_entry::Source;
use super::level_states::Search;
use super::level_table::Table;
use super::levels::Levels;
use super::pages::{Head, UNKNOWN};

impl Search<'_> {
    /// The levels of a cell that wait to enter its neighbours and whose keys are not much above
    /// this one, the cheapest first; the cell waits on for the others.
    pub(super) fn gather(&mut self, page: usize, place: usize, key: u32) {
        self.batch.clear();
        let (Some(head), Some(own)) =
            (self.pages.heads.get(page), self.table.reached.get_mut(place))
        else {
            return;
        };
        let soon = key.saturating_add(self.ahead).min(self.most);
        let cell = Cell::new(self.ground, head, place);
        let lowest = self.levels.lowest(head.ground);
        let first = place * self.table.levels;
        let costs = self.table.costs.get(first..first + self.table.levels).unwrap_or_default();
        let mut rest = UNKNOWN;
        for (level, &cost) in costs.iter().enumerate() {
            if cost == UNKNOWN || own.expanded >> level & 1 == 1 {
                continue;
            }
            let height = lowest + self.levels.offset(level);
            let left = cell.left(height, self.levels, &self.pages.bound);
            let least = cost.saturating_add(left);
            // No way goes on beyond its end.
            let is_last = (page, level) == self.last;
            if is_last && least <= key {
                self.is_reached = true;
                own.expanded |= 1 << level;
            } else if is_last || least > soon {
                rest = rest.min(least);
            } else {
                own.expanded |= 1 << level;
                self.batch.push(Source { cost, height });
            }
        }
        self.batch.sort_unstable();
        self.queue.wait(page, rest);
    }

    /// Sees which costs of a cell are final by now.
    pub(super) fn finish(&mut self, page: usize) {
        if let (Some(head), Some(place)) = (self.pages.heads.get(page), self.table.known(page)) {
            let cell = Cell::new(self.ground, head, place);
            cell.finish(&mut self.table, self.levels, &self.pages.bound, self.frontier);
        }
    }
}

/// A cell in the table.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// Its place in the table.
    pub(super) place: usize,
    /// Height of its ground, in parts of a level step.
    pub(super) ground: i32,
    /// Least cost to the end over cells alone.
    pub(super) to_go: u32,
    /// Factor of the cost of a metre, in units of 2^-20.
    pub(super) friction: u32,
}

impl Cell {
    /// A cell by its head.
    fn new(ground: &Ground, head: &Head, place: usize) -> Self {
        let friction = ground.friction(head.cell as usize);
        Self { place, ground: head.ground, to_go: head.to_go, friction }
    }

    /// The least that a way from a height of its rails on costs: what has been paid for the depth
    /// there, the bound need not count once more.
    #[inline]
    pub(super) fn left(&self, height: i32, levels: &Levels, bound: &Bound<'_>) -> u32 {
        let metre = levels.metre(height - self.ground);
        self.to_go.saturating_sub(bound.owed(metre, self.friction))
    }

    /// Takes the costs for final through which a way may cost no more than this, since nothing that
    /// waits has a lower key.
    pub(super) fn finish(&self, table: &mut Table, levels: &Levels, bound: &Bound<'_>, key: u32) {
        let first = self.place * table.levels;
        let (Some(finals), Some(costs)) =
            (table.finals.get_mut(self.place), table.costs.get(first..first + table.levels))
        else {
            return;
        };
        if finals.as_of == key {
            return;
        }
        finals.as_of = key;
        let lowest = levels.lowest(self.ground);
        for (level, &cost) in costs.iter().enumerate() {
            if cost != UNKNOWN && finals.levels >> level & 1 == 0 {
                let left = self.left(lowest + levels.offset(level), levels, bound);
                finals.levels |= u64::from(cost.saturating_add(left) <= key) << level;
            }
        }
    }
}
