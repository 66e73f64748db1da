//! The cheapest way over cells, levels and headings, where curves need room and cost rise.
//!
//! A state is a cell, a level, the move that leaves it, and how much of the straight run that
//! begins there is free for the tangent of a curve, in half moves. States are settled backwards
//! from the end, led by the exact costs of the search without headings from the start, which goes
//! on as far as it is asked.

use std::ops::ControlFlow;

use super::Progress;
use super::curves::Curves;
use super::entering::Entering;
use super::level_entry::climb_cost;
use super::level_path::Found;
use super::level_states::{End, Search, check_memory};
use super::level_table::{State, Table, state_number, state_of};
use super::moves::Side;
use super::pages::{NONE, UNKNOWN, crossing_units};
use super::queue::Queue;
use crate::error::Result;

/// How much farther than asked the guide goes at once, in units of cost: 256 m.
const STRIDE: u32 = 1 << 18;

/// Settled states between two looks at the watch.
const BETWEEN_LOOKS: usize = 1 << 15;

/// Where a way stands: a cell, the move that leaves it, and the free part of its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Heading {
    page: usize,
    leaving: usize,
    /// Half moves of the run that are free; below zero what the run still owes.
    free: i32,
}

pub(super) struct HeadingSearch<'a> {
    pub(super) guide: Search<'a>,
    curves: Curves,
    table: Table,
    queue: Queue,
    /// How the way leaves the start, once it is found.
    first: Option<Heading>,
    settled_count: usize,
}

impl<'a> HeadingSearch<'a> {
    /// A search that a search between the same ends leads.
    pub(super) fn new(guide: Search<'a>, curves: Curves) -> Self {
        let table = Table::new(guide.levels.count());
        let queue = Queue::new(guide.frontier, 14);
        Self { guide, curves, table, queue, first: None, settled_count: 0 }
    }

    /// Settles states until a way from the start is complete.
    pub(super) fn run(
        &mut self,
        watch: &mut impl FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<End> {
        if self.guide.first == self.guide.last {
            return Ok(End::Reached);
        }
        self.leave(self.guide.last, 0, None, self.guide.frontier);
        let mut next_look = BETWEEN_LOOKS;
        while let Some((key, number)) = self.queue.pop() {
            let (block, level) = state_of(number);
            let Some(place) = self.table.place(block) else { continue };
            if self.table.finals.get(place).is_none_or(|finals| finals >> level & 1 == 1) {
                continue;
            }
            let heading = self.heading(block);
            let Some(cost) = self.table.cost((block, level)) else { continue };
            if self.guide.frontier <= key {
                self.guide.advance(key.saturating_add(STRIDE));
            }
            let least = self.least_through((heading.page, level), cost);
            if least > key {
                if least != UNKNOWN {
                    self.queue.push(least, number);
                }
                continue;
            }
            if let Some(finals) = self.table.finals.get_mut(place) {
                *finals |= 1 << level;
            }
            if (heading.page, level) == self.guide.first && heading.free >= 0 {
                self.first = Some(heading);
                return Ok(End::Reached);
            }
            if self.is_dominated(heading, level) {
                continue;
            }
            self.settled_count += 1;
            self.leave((heading.page, level), cost, Some(heading), key);
            if self.all_settled() >= next_look {
                next_look = self.all_settled() + BETWEEN_LOOKS;
                check_memory(self.bytes(), self.table_pages(), self.guide.options)?;
                if watch(&self.progress(key)).is_break() {
                    return Ok(End::Stopped { key });
                }
            }
        }
        Ok(End::Exhausted)
    }

    /// Offers a state, or the end without a heading, to the cells from which a move enters it.
    fn leave(&mut self, state: State, cost: u32, heading: Option<Heading>, key: u32) {
        let (page, level) = state;
        if self.guide.pages.expand(page).is_none() {
            return;
        }
        let Some(height) = self.height(page, level) else { return };
        for number in 0..16 {
            let Some(before) = self.before(page, number, heading) else { continue };
            let Some((low, high)) = self.rise(page, number, heading) else { continue };
            let Some(step) = self.step(page, number, height) else { continue };
            let block = self.block(before);
            let Some(place) = self.table.place(block) else { continue };
            let ground = self.guide.pages.heads.get(before.page).map_or(0, |head| head.ground);
            let lowest = self.guide.levels.lowest(ground);
            let above = height - lowest;
            let finals = self.table.finals.get(place).copied().unwrap_or(u64::MAX);
            let mut open = self.guide.levels.between(above + low, above + high) & !finals;
            let through = cost.saturating_add(step);
            while open != 0 {
                let from = open.trailing_zeros() as usize;
                open &= open - 1;
                let rise = above - self.guide.levels.offset(from);
                let through = through.saturating_add(climb_cost(self.guide.climb, rise));
                let slot = self.table.costs.get_mut(place * self.table.levels + from);
                let Some(known) = slot.filter(|known| through < **known) else { continue };
                *known = through;
                let least = self.least_through((before.page, from), through).max(key);
                if least != UNKNOWN {
                    self.queue.push(least, state_number((block, from)));
                }
            }
        }
    }

    /// The heading of a move into a page, before the curve to the heading there; `None` if the
    /// move cannot be made or the curve has no room. `number` leads back.
    fn before(&self, page: usize, number: usize, heading: Option<Heading>) -> Option<Heading> {
        let (exits, _) = self.guide.pages.exits_of(page)?;
        let next = exits.next.get(number).copied().filter(|next| *next != NONE)?;
        let (leaving, most) = (number ^ 1, i32::from(self.curves.most));
        let free = match heading {
            None => 2,
            Some(heading) if heading.leaving == leaving => heading.free + 2,
            Some(heading) => {
                let curve = self.curves.get(exits.row as usize, leaving, heading.leaving)?;
                if heading.free < i32::from(curve.after) {
                    return None;
                }
                2 - i32::from(curve.before)
            }
        };
        Some(Heading { page: next as usize, leaving, free: free.min(most) })
    }

    /// The least and the greatest rise out of a page by a move back, as the gradient and the curve
    /// allow.
    fn rise(&self, page: usize, number: usize, heading: Option<Heading>) -> Option<(i32, i32)> {
        let (exits, _) = self.guide.pages.exits_of(page)?;
        let one = self.guide.moves.of_row(exits.row as usize).get(number)?;
        let is_station = exits.stations >> number & 1 == 1;
        let reach = if is_station { one.station_reach } else { one.reach };
        let lost = match heading {
            Some(heading) => self.curves.get(exits.row as usize, number ^ 1, heading.leaving)?.lost,
            None => 0,
        };
        (reach >= lost).then_some((lost - reach, reach - lost))
    }

    /// What the twin of a move costs that enters a page at a height, but for climbing.
    fn step(&self, page: usize, number: usize, height: i32) -> Option<u32> {
        let guide = &self.guide;
        let (exits, weights) = guide.pages.exits_of(page)?;
        let one = guide.moves.of_row(exits.row as usize).get(number)?;
        let head = guide.pages.heads.get(page)?;
        let own = Side { ground: head.ground, friction: guide.ground.friction(head.cell as usize) };
        let charged = guide.options.charge_between;
        let entering =
            Entering::new(guide.levels, exits, weights, number, one.units, charged).back(own);
        let from = guide.pages.heads.get(*exits.next.get(number)? as usize)?.cell as usize;
        let crossing = crossing_units(guide.ground, from, number ^ 1);
        let cost = entering.cost(height).saturating_add(crossing);
        (cost != UNKNOWN).then_some(cost)
    }

    /// The least that a way through a state costs, as far as is known.
    fn least_through(&self, state: State, cost: u32) -> u32 {
        match self.guide.table.final_cost(state) {
            Some(so_far) => cost.saturating_add(so_far),
            // Each way through a state that the guide has not settled costs at least this.
            None => self.guide.frontier,
        }
    }

    /// Whether a state with more free tangent, and else the same, was settled before.
    fn is_dominated(&self, heading: Heading, level: usize) -> bool {
        (heading.free + 1..=i32::from(self.curves.most)).any(|free| {
            self.table.final_cost((self.block(Heading { free, ..heading }), level)).is_some()
        })
    }

    /// The way that was found, walked from the start by costs that add up exactly.
    pub(super) fn found(&self) -> Option<Found> {
        let mut states = vec![self.guide.first];
        let mut at = self.first.map(|first| (first, self.guide.first.1));
        let cost = match at {
            Some((heading, level)) => self.table.cost((self.block(heading), level))?,
            None => 0,
        };
        while let Some((heading, level)) = at {
            let (next, state) = self.after(heading, level)?;
            states.push(state);
            at = next.map(|next| (next, state.1));
        }
        Some(Found { states, cost, settled_count: self.all_settled(), memory_bytes: self.bytes() })
    }

    /// Where the cheapest way from a state goes next, and how it leaves from there unless it ends.
    fn after(&self, heading: Heading, level: usize) -> Option<(Option<Heading>, State)> {
        let cost = self.table.cost((self.block(heading), level))?;
        let low = self.height(heading.page, level)?;
        // The twin of the move that leaves leads back here.
        let (exits, _) = self.guide.pages.exits_of(heading.page)?;
        let (page, back) = (*exits.next.get(heading.leaving)? as usize, heading.leaving ^ 1);
        let fits = |next: Option<Heading>, to: usize| {
            if self.before(page, back, next)? != heading {
                return None;
            }
            let high = self.height(page, to)?;
            let (least, most) = self.rise(page, back, next)?;
            let left = match next {
                Some(next) => self.table.cost((self.block(next), to)).filter(|c| *c != UNKNOWN)?,
                None => 0,
            };
            let climb = climb_cost(self.guide.climb, high - low);
            let through = left.checked_add(self.step(page, back, high)?)?.checked_add(climb)?;
            let is_next = (least..=most).contains(&(low - high)) && through == cost;
            is_next.then_some((next, (page, to)))
        };
        let is_last = page == self.guide.last.0;
        let end = is_last.then(|| fits(None, self.guide.last.1)).flatten();
        end.or_else(|| {
            let levels = 0..self.guide.levels.count();
            self.headings(page).find_map(|next| levels.clone().find_map(|to| fits(Some(next), to)))
        })
    }

    fn height(&self, page: usize, level: usize) -> Option<i32> {
        let ground = self.guide.pages.heads.get(page)?.ground;
        Some(self.guide.levels.lowest(ground) + self.guide.levels.offset(level))
    }

    fn headings(&self, page: usize) -> impl Iterator<Item = Heading> {
        let most = i32::from(self.curves.most);
        (0..16).flat_map(move |leaving| {
            (2 - most..=most).map(move |free| Heading { page, leaving, free })
        })
    }

    /// Values that the free part of a run may have.
    fn values(&self) -> usize {
        2 * usize::from(self.curves.most) - 1
    }

    /// The place of a heading in the table.
    fn block(&self, heading: Heading) -> usize {
        let value = heading.free - 2 + i32::from(self.curves.most);
        let value = usize::try_from(value).unwrap_or_default();
        (heading.page * 16 + heading.leaving) * self.values() + value
    }

    fn heading(&self, block: usize) -> Heading {
        let values = self.values();
        let value = i32::try_from(block % values).unwrap_or_default();
        let (page, leaving) = (block / values / 16, block / values % 16);
        Heading { page, leaving, free: value + 2 - i32::from(self.curves.most) }
    }

    /// States settled, with those of the search that leads this one.
    fn all_settled(&self) -> usize {
        self.guide.settled_count + self.settled_count
    }

    fn table_pages(&self) -> usize {
        self.guide.pages.heads.len() * 16 * self.values()
    }

    fn progress(&self, key: u32) -> Progress {
        Progress {
            settled_count: self.all_settled(),
            memory_bytes: self.bytes(),
            ..self.guide.progress(key)
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.guide.bytes() + self.table.bytes() + self.queue.bytes() + self.curves.bytes()
    }
}
