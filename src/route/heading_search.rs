//! The cheapest way over cells, levels and headings, where curves need room and cost rise.
//!
//! A state is a cell, a level, the move that leaves it, and how much of the straight run that
//! begins there is free for the tangent of a curve, in half moves. States are settled backwards
//! from the end, led by the exact costs of the search without headings from the start, which goes
//! on as far as it is asked.
//!
//! Cells wait in the queue, each by the least that a way through one of its pending states costs.
//! When its turn comes, all of its states that would soon come out enter the cells before it
//! together, since they share the moves and most of the levels that these reach; the few that are
//! improved later do so again. The search ends when nothing that waits can be cheaper than the way
//! that it has.

use std::ops::ControlFlow;

use super::Progress;
use super::cell_queue::CellQueue;
use super::curves::Curves;
use super::heading_entry::{END, Offer, Source};
use super::heading_table::{Heading, HeadingTable};
use super::level_states::{End, Search, check_memory};
use super::pages::UNKNOWN;

use crate::error::Result;

/// How much farther than asked the guide goes at once, in units of cost: 4,096 m. Cells wait for
/// it, so that short strides wake them often; long ones settle states that are never asked for.
const STRIDE: u32 = 1 << 22;

/// Settled states between two looks at the watch.
const BETWEEN_LOOKS: usize = 1 << 15;

pub(super) struct HeadingSearch<'a> {
    pub(super) guide: Search<'a>,
    pub(super) curves: Curves,
    pub(super) table: HeadingTable,
    /// Cells by the least that a way through a pending state of theirs costs.
    pub(super) queue: CellQueue,
    /// The cheapest way from the start so far: its cost and how it leaves.
    pub(super) first: Option<(u32, Heading)>,
    pub(super) batch: Vec<Source>,
    pub(super) offers: Vec<Offer>,
    /// How much later a state may come out and be taken along: the longest move.
    ahead: u32,
    settled_count: usize,
}

impl<'a> HeadingSearch<'a> {
    /// A search that a search between the same ends leads.
    pub(super) fn new(guide: Search<'a>, curves: Curves) -> Self {
        let table = HeadingTable::new(guide.levels.count(), curves.most);
        let queue = CellQueue::new(guide.frontier, guide.most, 0);
        let (batch, offers) = (Vec::new(), Vec::new());
        let ahead = guide.moves.longest();
        Self { guide, curves, table, queue, first: None, batch, offers, ahead, settled_count: 0 }
    }

    /// Settles states until a way from the start is the cheapest.
    pub(super) fn run(
        &mut self,
        watch: &mut impl FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<End> {
        if self.guide.first == self.guide.last {
            return Ok(End::Reached);
        }
        let (page, level) = self.guide.last;
        if let Some(height) = self.height(page, level) {
            self.batch.push(Source { height, cost: 0, leaving: END, free: 0 });
            self.enter_before(page, self.guide.frontier);
        }
        let mut next_look = BETWEEN_LOOKS;
        while let Some((key, page)) = self.queue.pop() {
            if self.first.is_some_and(|(cost, _)| cost <= key) {
                return Ok(End::Reached);
            }
            if self.guide.frontier <= key {
                self.guide.advance(key.saturating_add(STRIDE));
            }
            self.gather(page, key);
            if !self.batch.is_empty() {
                self.settled_count += self.batch.len();
                self.enter_before(page, key);
            }
            if self.all_settled() >= next_look {
                next_look = self.all_settled() + BETWEEN_LOOKS;
                let cells = self.guide.pages.heads.len();
                check_memory(self.bytes(), cells, self.guide.options)?;
                if watch(&self.progress(key)).is_break() {
                    return Ok(End::Stopped { key });
                }
            }
        }
        Ok(if self.first.is_some() { End::Reached } else { End::Exhausted })
    }

    /// The pending states of a cell whose keys are not much above this one, by height; the cell
    /// waits on for the others.
    fn gather(&mut self, page: usize, key: u32) {
        self.batch.clear();
        let soon = key.saturating_add(self.ahead);
        let Some(ground) = self.guide.pages.heads.get(page).map(|head| head.ground) else { return };
        let lowest = self.guide.levels.lowest(ground);
        self.guide.finish(page);
        let finals = self.guide.table.finals_of(page);
        let mut rest = UNKNOWN;
        for heading in self.table.headings(page) {
            let Some(place) = self.table.known(heading) else { continue };
            let Some(block) = self.table.blocks.get(place) else { continue };
            let (mut open, mut pending) = (block.pending, 0);
            while open != 0 {
                let level = open.trailing_zeros() as usize;
                open &= open - 1;
                let cost = self.table.costs.get(place * self.table.levels + level).copied();
                let Some(cost) = cost else { continue };
                let (least, most) = match finals.cost(level) {
                    Some(so_far) => (cost.saturating_add(so_far), soon),
                    // Each way through a state that the guide has not settled costs at least this.
                    None => (self.guide.frontier, key),
                };
                if least > most {
                    pending |= 1 << level;
                    rest = rest.min(least);
                } else if !self.table.is_dominated(heading, level, cost) {
                    let height = lowest + self.guide.levels.offset(level);
                    self.batch.push(Source::new(heading, height, cost));
                }
            }
            if let Some(block) = self.table.blocks.get_mut(place) {
                block.pending = pending;
            }
        }
        self.batch.sort_unstable_by_key(|source| (source.height, source.cost));
        self.queue.wait(page, rest);
    }

    /// Height of a level of a cell, in parts of a level step.
    pub(super) fn height(&self, page: usize, level: usize) -> Option<i32> {
        let ground = self.guide.pages.heads.get(page)?.ground;
        Some(self.guide.levels.lowest(ground) + self.guide.levels.offset(level))
    }

    /// States settled, with those of the search that leads this one.
    pub(super) fn all_settled(&self) -> usize {
        self.guide.settled_count + self.settled_count
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
