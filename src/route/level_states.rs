//! States of a search, settled in the order of the least that a way through them costs.

use std::ops::ControlFlow;

use super::bound::Bound;
use super::cell_queue::CellQueue;
use super::entering::Entering;
use super::level_batch::Batch;
use super::level_entry::{Entry, climb_cost};
use super::level_least::LeastCosts;
use super::level_table::{State, Table};
use super::levels::Levels;
use super::metre_rows::MetreRows;
use super::moves::{Moves, UNITS_PER_M};
use super::pages::{Pages, UNKNOWN};
use super::{Ground, LevelOptions, Progress};
use crate::error::{Error, Result};

/// Expanded states between two looks at the watch.
const BETWEEN_LOOKS: usize = 1 << 15;

/// More cells than these cannot be told apart by a number.
const MOST_PAGES: usize = u32::MAX as usize - (1 << 20);

/// How a search ended.
pub(super) enum End {
    /// The last state is settled.
    Reached,
    /// No state is left.
    Exhausted,
    /// The watch stopped it; no way costs less than this key.
    Stopped { key: u32 },
}

/// A search between two cells.
///
/// Cells come out of the queue in the order of the least that a way through one of their waiting
/// levels costs. All of its levels that would soon come out enter the neighbours together, since
/// what costs time is to look at sixteen neighbours, not to compare levels; the few among them
/// that are improved later do so again. A cost is final once nothing that waits has a lower key
/// than its own.
pub(super) struct Search<'a> {
    pub(super) ground: &'a Ground,
    pub(super) levels: &'a Levels,
    pub(super) moves: &'a Moves,
    pub(super) options: &'a LevelOptions,
    pub(super) pages: Pages<'a>,
    pub(super) queue: CellQueue,
    pub(super) table: Table,
    /// What moves cost at least.
    least: LeastCosts,
    metres: MetreRows,
    /// What the machine has to compare several levels at once.
    arch: pulp::Arch,
    pub(super) batch: Batch,
    /// How much later a level may come out and be taken along.
    pub(super) ahead: u32,
    pub(super) climb: u64,
    /// States beyond this cost are of no use.
    pub(super) most: u32,
    /// No way through a state that is not final costs less.
    pub(super) frontier: u32,
    pub(super) first: State,
    pub(super) last: State,
    /// Whether the last state is final.
    pub(super) is_reached: bool,
    pub(super) settled_count: usize,
}

impl<'a> Search<'a> {
    /// A search between two cells; `None` if one of them cannot be entered or no way over cells
    /// leads from one to the other.
    pub(super) fn new(
        ground: &'a Ground,
        options: &'a LevelOptions,
        levels: &'a Levels,
        moves: &'a Moves,
        (start, end): (usize, usize),
        most: u32,
    ) -> Option<Self> {
        let bound = Bound::new(ground, levels, moves, options.charge_between, (start, end));
        let mut pages = Pages::new(ground, levels, moves, bound);
        // The ends have the first pages.
        let (first, last) = (pages.index(start)?, pages.index(end)?);
        pages.stations = if first == last { 1 } else { 2 };
        let level = |page: usize| levels.at_ground(pages.heads.get(page)?.ground);
        let (first, last) = ((first, level(first)?), (last, level(last)?));
        let least = pages.heads.get(first.0)?.to_go;
        if least == UNKNOWN {
            return None;
        }
        // In narrower steps cells far apart take turns, in wider ones more of them come out again.
        let queue = CellQueue::new(least, most, (moves.longest() / 8).max(1).ilog2());
        let mut search = Self {
            ground,
            levels,
            moves,
            options,
            pages,
            frontier: queue.floor(least),
            queue,
            table: Table::new(levels.count()),
            least: LeastCosts::new(levels, options.charge_between, ground.rows()),
            metres: MetreRows::new(),
            arch: pulp::Arch::new(),
            batch: Batch::new(),
            // Within four times the longest move few are improved later, and most have come together.
            ahead: moves.longest().saturating_mul(4),
            climb: climb_units(options, levels),
            most,
            first,
            last,
            is_reached: false,
            settled_count: 0,
        };
        search.table.hold(search.pages.heads.len());
        let (waiting, costs) = search.table.waiting_and_costs(first.0)?;
        *costs.get_mut(first.1)? = 0;
        *waiting |= 1 << first.1;
        search.queue.wait(first.0, least);
        Some(search)
    }

    /// Settles states until the last.
    pub(super) fn run(
        &mut self,
        watch: &mut impl FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<End> {
        let mut next_look = BETWEEN_LOOKS;
        while self.settle_next(UNKNOWN) {
            if self.is_reached {
                return Ok(End::Reached);
            }
            if self.settled_count >= next_look {
                next_look = self.settled_count + BETWEEN_LOOKS;
                check_memory(self.bytes(), self.pages.heads.len(), self.options)?;
                if watch(&self.progress(self.frontier)).is_break() {
                    return Ok(End::Stopped { key: self.frontier });
                }
            }
        }
        Ok(if self.is_reached { End::Reached } else { End::Exhausted })
    }

    /// Settles all states through which a way may cost no more than this.
    pub(super) fn advance(&mut self, key: u32) {
        while self.settle_next(key) {}
    }

    /// Settles the next cell's states, unless every way through them costs more than this.
    fn settle_next(&mut self, most: u32) -> bool {
        let next = self.queue.pop();
        self.frontier = next.map_or(UNKNOWN, |(key, _)| key);
        if self.cost(self.last).is_some_and(|cost| cost < UNKNOWN && cost <= self.frontier) {
            self.is_reached = true;
        }
        let Some((key, page)) = next else { return false };
        if key > most {
            self.queue.wait(page, key);
            return false;
        }
        self.prefetch_next();
        self.gather(page, key);
        if self.batch.len() > 0 {
            self.settled_count += self.batch.len();
            self.enter_neighbours(page, key);
        }
        true
    }

    /// Brings near what the next cells need: memory is slow, and they lie here and there in it.
    #[inline(always)]
    fn prefetch_next(&self) {
        if let Some(page) = self.queue.soon(0) {
            self.table.prefetch(page);
            self.pages.prefetch_exits(page);
        }
        if let Some(page) = self.queue.soon(1) {
            self.pages.prefetch_head(page);
        }
    }

    /// Enters the neighbours of a cell from the levels of the batch.
    fn enter_neighbours(&mut self, page: usize, key: u32) {
        if self.pages.expand(page).is_none() {
            return;
        }
        self.table.hold(self.pages.heads.len());
        let Some((exits, weights)) = self.pages.exits_of(page) else { return };
        let row = exits.row as usize;
        let Some(least) = self.least.of_row(row, self.moves) else { return };
        self.arch.dispatch(Entry {
            levels: self.levels,
            bound: &self.pages.bound,
            climb: self.climb,
            is_charged_between: self.options.charge_between,
            key,
            batch: &self.batch,
            exits,
            weights,
            moves: self.moves.of_row(row),
            least,
            metres: &mut self.metres,
            table: &mut self.table,
            queue: &mut self.queue,
        });
    }

    /// Cost of a move out of a page into a level of its neighbour, if the gradient allows it.
    pub(super) fn step(
        &self,
        (index, level): State,
        number: usize,
        (next, entered): State,
    ) -> Option<u32> {
        let (exits, weights) = self.pages.exits_of(index)?;
        if *exits.next.get(number)? as usize != next {
            return None;
        }
        let head = self.pages.heads.get(index)?;
        let from = self.levels.lowest(head.ground) + self.levels.offset(level);
        let to = self.levels.lowest(*exits.ground.get(number)?) + self.levels.offset(entered);
        let one = self.moves.of_row(exits.row as usize).get(number)?;
        if (to - from).abs() > exits.reach(number, one) {
            return None;
        }
        let charged = self.options.charge_between;
        let entering = Entering::new(self.levels, exits, weights, number, one.units, charged);
        Some(entering.cost(to).saturating_add(climb_cost(self.climb, to - from)))
    }

    /// Cost from the start to a state, as far as is known.
    pub(super) fn cost(&self, state: State) -> Option<u32> {
        self.table.cost(state)
    }

    pub(super) fn progress(&self, key: u32) -> Progress {
        Progress {
            lower_bound_m: f64::from(key) / UNITS_PER_M,
            best_m: (self.most < UNKNOWN - 1).then(|| f64::from(self.most) / UNITS_PER_M),
            settled_count: self.settled_count,
            memory_bytes: self.bytes(),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        let kept = self.least.bytes() + self.metres.bytes();
        self.pages.bytes() + self.table.bytes() + self.queue.bytes() + kept
    }
}

/// # Errors
/// [`Error::Limit`] if a search holds more than it may, or more cells than it can tell apart.
pub(super) fn check_memory(bytes: usize, pages: usize, options: &LevelOptions) -> Result<()> {
    let limit = if bytes > options.largest_memory_bytes {
        format!("{} bytes", options.largest_memory_bytes)
    } else if pages > MOST_PAGES {
        format!("{MOST_PAGES} cells")
    } else {
        return Ok(());
    };
    Err(Error::Limit {
        item: "search over height levels".to_owned(),
        needed: format!("more than {bytes} bytes"),
        limit,
        hint: "search leg by leg through places, or with fewer levels".to_owned(),
    })
}

/// What a part of a level step upwards costs, in units times 2^16.
fn climb_units(options: &LevelOptions, levels: &Levels) -> u64 {
    let units = options.climb_ratio * levels.height_m(1) * UNITS_PER_M * 65_536.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    let units = units.round() as u64;
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_machines_find_the_same() {
        for ground in &crate::route::ground::hills() {
            for climb_ratio in [0.0, 20.0] {
                let options = LevelOptions { climb_ratio, ..LevelOptions::default() };
                let levels = Levels::new(&options, ground);
                let moves = Moves::new(ground.cells(), &options, &levels);
                let found = [pulp::Arch::new(), pulp::Arch::Scalar].map(|arch| {
                    let search =
                        Search::new(ground, &options, &levels, &moves, (21, 378), UNKNOWN - 1);
                    let mut search = Search { arch, ..search.unwrap() };
                    search.run(&mut |_| ControlFlow::Continue(())).unwrap();
                    (search.cost(search.last), search.settled_count)
                });
                assert_eq!(found[0], found[1]);
                assert!(found[0].0.is_some_and(|cost| cost < UNKNOWN));
            }
        }
    }
}
