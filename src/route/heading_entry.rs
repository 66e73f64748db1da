//! How the states of a cell enter the cells before it.

use super::curves::{Turn, turn};
use super::entering::Entering;
use super::heading_search::HeadingSearch;
use super::heading_table::{Heading, MOST_VALUES};
use super::level_entry::climb_cost;
use super::level_states::Search;
use super::moves::Side;
use super::pages::{NONE, UNKNOWN, crossing_units};

/// A state of a cell whose way enters the cells before it.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) height: i32,
    pub(super) cost: u32,
    /// The move that leaves it; [`END`] for the end, which has none.
    pub(super) leaving: u8,
    pub(super) free: i8,
}

impl Source {
    /// A state at a height, as its heading says.
    pub(super) fn new(heading: Heading, height: i32, cost: u32) -> Self {
        let leaving = u8::try_from(heading.leaving).unwrap_or(END);
        Self { height, cost, leaving, free: i8::try_from(heading.free).unwrap_or(i8::MIN) }
    }
}

/// The move that leaves the end.
pub(super) const END: u8 = 16;

/// What a state offers to the levels of the cell before it that it reaches.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    /// Cost of the way from there, but for climbing.
    through: u32,
    height: i32,
    /// Rise that the curve loses.
    lost: i32,
    free: i32,
}

/// The twin of a move out of a page, which enters it, and what that crosses.
pub(super) fn twin<'a>(
    guide: &'a Search<'_>,
    page: usize,
    number: usize,
) -> Option<(Entering<'a>, u32)> {
    let (exits, weights) = guide.pages.exits_of(page)?;
    let one = guide.moves.of_row(exits.row as usize).get(number)?;
    let head = guide.pages.heads.get(page)?;
    let own = Side { ground: head.ground, friction: guide.ground.friction(head.cell as usize) };
    let charged = guide.options.charge_between;
    let entering = Entering::new(guide.levels, exits, weights, number, one.units, charged);
    let from = guide.pages.heads.get(*exits.next.get(number)? as usize)?.cell as usize;
    Some((entering.back(own), crossing_units(guide.ground, from, number ^ 1)))
}

impl HeadingSearch<'_> {
    /// Offers the batch, by height and cost, to the cells from which a move enters this one.
    pub(super) fn enter_before(&mut self, page: usize, key: u32) {
        if self.guide.pages.expand(page).is_none() {
            return;
        }
        let Some(next) = self.guide.pages.exits_of(page).map(|(exits, _)| exits.next) else {
            return;
        };
        for (number, next) in next.into_iter().enumerate().filter(|(_, next)| *next != NONE) {
            if let Some(reach) = self.offer(page, number) {
                self.take(next as usize, number ^ 1, reach, key);
            }
        }
    }

    /// Makes the offers of the batch by a move back, the cheapest first; tells what a move may rise.
    fn offer(&mut self, page: usize, number: usize) -> Option<i32> {
        let guide = &self.guide;
        let (exits, _) = guide.pages.exits_of(page)?;
        let row = exits.row as usize;
        let reach = exits.reach(number, guide.moves.of_row(row).get(number)?);
        let (entering, crossing) = twin(guide, page, number)?;
        let (leaving, most) = (number ^ 1, i32::from(self.curves.most));
        let curves = self.curves.of(row, leaving)?;
        self.offers.clear();
        let (mut height, mut step) = (None, UNKNOWN);
        let mut least_lost = [i32::MAX; MOST_VALUES];
        for source in &self.batch {
            if height != Some(source.height) {
                height = Some(source.height);
                step = entering.cost(source.height).saturating_add(crossing);
                least_lost = [i32::MAX; MOST_VALUES];
            }
            let after = (usize::from(source.leaving), i32::from(source.free));
            let Some(Turn { free, lost }) = turn(curves, (leaving, most), after) else { continue };
            // A cheaper one at this height reaches as far and leaves as much free.
            let freer =
                least_lost.get(self.table.value(free)..self.table.values).unwrap_or_default();
            if step == UNKNOWN || lost > reach || freer.iter().any(|other| *other <= lost) {
                continue;
            }
            if let Some(least) = least_lost.get_mut(self.table.value(free)) {
                *least = lost;
            }
            let through = source.cost.saturating_add(step);
            self.offers.push(Offer { through, height: source.height, lost, free });
        }
        self.offers.sort_unstable_by_key(|offer| offer.through);
        Some(reach)
    }

    /// Takes the offers into the levels of a cell that a move leaves, each where no cheaper one
    /// reaches.
    fn take(&mut self, page: usize, leaving: usize, reach: i32, key: u32) {
        self.guide.finish(page);
        let guide = &self.guide;
        let (levels, climb) = (guide.levels, guide.climb);
        let Some(ground) = guide.pages.heads.get(page).map(|head| head.ground) else { return };
        let lowest = levels.lowest(ground);
        let finals = guide.table.finals_of(page);
        let mut soonest = UNKNOWN;
        let mut by_batch = [(0_u64, None); MOST_VALUES];
        for offer in &self.offers {
            let heading = Heading { page, leaving, free: offer.free };
            let Some(place) = self.table.place(heading) else { continue };
            let Some(slot) = by_batch.get_mut(self.table.value(offer.free)) else { continue };
            let first = place * self.table.levels;
            let (Some(block), Some(costs)) = (
                self.table.blocks.get_mut(place),
                self.table.costs.get_mut(first..first + self.table.levels),
            ) else {
                continue;
            };
            let (by_batch, dearest) = (&mut slot.0, *slot.1.get_or_insert(block.dearest));
            let above = offer.height - lowest;
            let far = reach - offer.lost;
            let cheaper = if offer.through < dearest { *by_batch } else { block.covered };
            let mut open = levels.between(above - far, above + far) & !cheaper;
            if open == 0 {
                continue;
            }
            // Where climbing costs, a dearer but lower level may be cheaper for what lies below.
            let kept = if climb == 0 { open } else { open & levels.between(above, i32::MAX / 2) };
            block.covered |= kept;
            *by_batch |= kept;
            block.dearest = block.dearest.max(offer.through);
            while open != 0 {
                let level = open.trailing_zeros() as usize;
                open &= open - 1;
                let rise = above - levels.offset(level);
                let through = offer.through.saturating_add(climb_cost(climb, rise));
                let Some(known) = costs.get_mut(level).filter(|known| through < **known) else {
                    continue;
                };
                let so_far = finals.cost(level);
                let least = so_far.map_or(guide.frontier, |so_far| through.saturating_add(so_far));
                if least > guide.most {
                    continue;
                }
                *known = through;
                block.pending |= 1 << level;
                soonest = soonest.min(least.max(key));
                if (page, level) == guide.first
                    && offer.free >= 0
                    && self.first.is_none_or(|(cost, _)| through < cost)
                {
                    self.first = Some((through, heading));
                }
            }
        }
        self.queue.wait(page, soonest);
    }
}
