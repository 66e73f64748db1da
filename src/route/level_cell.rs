//! A cell that a search has reached: which of its levels wait to enter the neighbours, and which
//! have a final cost.

use super::Ground;
use super::bound::Bound;
use super::level_states::Search;
use super::levels::{Levels, of_level};
use super::pages::{Head, UNKNOWN};

impl Search<'_> {
    /// The levels of a cell that wait to enter its neighbours and whose keys are not much above
    /// this one; the cell waits on for the others.
    pub(super) fn gather(&mut self, page: usize, key: u32) {
        let Some(head) = self.pages.heads.get(page) else { return };
        self.batch.clear();
        let lowest = self.levels.lowest(head.ground);
        let Some((waiting, costs)) = self.table.waiting_and_costs(page) else { return };
        let soon = key.saturating_add(self.ahead).min(self.most);
        let cell = Cell::new(self.ground, head);
        let mut rest = UNKNOWN;
        let mut open = *waiting;
        while open != 0 {
            let level = open.trailing_zeros() as usize;
            open &= open - 1;
            let Some(&mut cost) = costs.get_mut(level) else { continue };
            let left = cell.left_from(level, self.levels, &self.pages.bound);
            let least = cost.saturating_add(left);
            if least > soon {
                rest = rest.min(least);
                continue;
            }
            *waiting &= !(1 << level);
            // No way goes on beyond its end.
            if (page, level) != self.last {
                self.batch.push(lowest + self.levels.offset(level), cost);
            }
        }
        self.queue.wait(page, rest);
    }

    /// Sees which costs of a cell are final by now: those through which a way may cost no more than
    /// the least key of all that waits.
    pub(super) fn finish(&mut self, page: usize) {
        let Some(head) = self.pages.heads.get(page) else { return };
        let Some((finals, costs)) = self.table.finals_and_costs(page) else { return };
        if finals.as_of == self.frontier {
            return;
        }
        finals.as_of = self.frontier;
        let cell = Cell::new(self.ground, head);
        for (level, &cost) in costs.iter().enumerate() {
            if cost != UNKNOWN && finals.levels >> level & 1 == 0 {
                let left = cell.left_from(level, self.levels, &self.pages.bound);
                finals.levels |= u64::from(cost.saturating_add(left) <= self.frontier) << level;
            }
        }
    }
}

/// What a search asks of a cell.
#[derive(Clone, Copy)]
struct Cell {
    /// Height of its ground, in parts of a level step.
    ground: i32,
    /// Least cost to the end over cells alone.
    to_go: u32,
    /// Factor of the cost of a metre, in units of 2^-20.
    friction: u32,
}

impl Cell {
    /// A cell by its head.
    fn new(ground: &Ground, head: &Head) -> Self {
        let friction = ground.friction(head.cell as usize);
        Self { ground: head.ground, to_go: head.to_go, friction }
    }

    /// The least that a way on costs from a level: what has been paid for the depth there, the bound
    /// need not count once more.
    fn left_from(&self, level: usize, levels: &Levels, bound: &Bound<'_>) -> u32 {
        let owed = match bound.owed_by_level() {
            Some(owed) => of_level(owed, level),
            None => {
                let height = levels.lowest(self.ground) + levels.offset(level);
                bound.owed(levels.metre_of(level, height - self.ground), self.friction)
            }
        };
        self.to_go.saturating_sub(owed)
    }
}
