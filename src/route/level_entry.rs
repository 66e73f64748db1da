//! How the levels of a cell enter those of its neighbours, eight of them at once.
//!
//! Most visits better little. So the known costs of eight levels are first compared with the least
//! that any of the batch might bring; only where one of them is higher are the eight priced, and only
//! where one is higher still is the cheapest level of the batch within the reach of each looked for.

use std::ops::Range;

use super::bound::Bound;
use super::cell_queue::CellQueue;
use super::level_batch::Batch;
use super::level_least::{LeastByKind, least_of, scaled};
use super::level_price::{Price, saturated};
use super::level_table::{LANES, Lanes, Table, any, bits, by_lanes, mask};
use super::levels::{LEVEL, Levels};
use super::metre_rows::MetreRows;
use super::moves::{FIRST_KNIGHT, Move, Side, between, half_way};
use super::pages::{Exits, NONE, UNKNOWN, Weights};

/// A batch that is to enter the neighbours of its cell: a type of its own, since a closure would not
/// be built for wide registers.
pub(super) struct Entry<'a> {
    pub(super) levels: &'a Levels,
    pub(super) bound: &'a Bound<'a>,
    /// What a part of a level step upwards costs, in units times 2^16.
    pub(super) climb: u64,
    pub(super) is_charged_between: bool,
    /// By which the cell waited.
    pub(super) key: u32,
    pub(super) batch: &'a Batch,
    pub(super) exits: &'a Exits,
    pub(super) weights: Option<&'a Weights>,
    pub(super) moves: &'a [Move; 16],
    /// What each move costs at least.
    pub(super) least: &'a LeastByKind,
    pub(super) metres: &'a mut MetreRows,
    pub(super) table: &'a mut Table,
    pub(super) queue: &'a mut CellQueue,
}

impl pulp::NullaryFnOnce for Entry<'_> {
    type Output = ();

    #[inline(always)]
    fn call(mut self) {
        let eights = self.eights();
        // Built once for moves that pay for nothing half-way, and once for those that do.
        let first_paying = if self.is_charged_between { FIRST_KNIGHT } else { MOVES };
        for number in 0..first_paying {
            if let Some((page, soonest)) = self.enter::<false>(number, &eights) {
                self.queue.wait(page, soonest);
            }
        }
        for number in first_paying..MOVES {
            if let Some((page, soonest)) = self.enter::<true>(number, &eights) {
                self.queue.wait(page, soonest);
            }
        }
    }
}

/// Number of moves.
const MOVES: usize = 16;

/// What a move leads to.
struct Target {
    page: usize,
    /// Least cost from there to the end over cells alone.
    to_go: u32,
    /// Height of the lowest level.
    lowest: i32,
    entered: Side,
    /// What a knight move passes half-way, if that is paid for.
    passed: Option<Side>,
    /// What the move may rise or fall.
    reach: i32,
}

impl Entry<'_> {
    /// By move: the first eight of levels that the batch reaches, and the one beyond the last. Asks memory
    /// for what is known of all of them at once.
    #[inline(always)]
    fn eights(&self) -> [(usize, usize); MOVES] {
        let (low, high) = self.batch.span();
        let mut eights = [(0, 0); MOVES];
        for (number, (slot, one)) in eights.iter_mut().zip(self.moves).enumerate() {
            let lowest = self.levels.lowest(self.exits.ground[number]);
            let reach = self.exits.reach(number, one);
            let (first, beyond) = self.levels.ranks(low - lowest - reach, high - lowest + reach);
            let page = self.exits.next[number] as usize;
            self.table.prefetch_costs(page, [first, beyond]);
            *slot = (first / LANES, beyond.div_ceil(LANES));
        }
        eights
    }

    /// Enters the neighbour that a move leads to wherever the batch comes cheaper than what is known;
    /// tells its page and the least key of those levels.
    #[inline(always)]
    fn enter<const IS_PAID: bool>(
        &mut self,
        number: usize,
        eights: &[(usize, usize); MOVES],
    ) -> Option<(usize, u32)> {
        let one = &self.moves[number % MOVES];
        let target = self.target::<IS_PAID>(number, one)?;
        let friction = target.passed.map_or(u32::MAX, |side| side.friction);
        let friction = friction.min(target.entered.friction);
        let scaled_least;
        let least = if friction == LEVEL {
            least_of(self.least, number)
        } else {
            scaled_least = scaled(least_of(self.least, number), friction, one.units);
            &scaled_least
        };
        let (_, known) = self.table.waiting_and_lanes(target.page)?;
        let (first, beyond) = eights[number % MOVES];
        let mut eights = first..beyond.min(known.len());
        let (least, cheapest) = (by_lanes(least), self.batch.cheapest());
        while !any(&are_above(known.get(eights.start)?, &least[eights.start], cheapest)) {
            eights.start += 1;
            if eights.is_empty() {
                return None;
            }
        }
        let soonest = self.improve::<IS_PAID>((number, one.units), &target, eights, least);
        Some((target.page, soonest.max(self.key)))
    }

    /// What a move leads to, unless no way goes on from there.
    #[inline(always)]
    fn target<const IS_PAID: bool>(&self, number: usize, one: &Move) -> Option<Target> {
        let exits = self.exits;
        let (page, to_go) = (*exits.next.get(number)?, *exits.to_go.get(number)?);
        if page == NONE || to_go == UNKNOWN {
            return None;
        }
        let entered = self.side(number);
        let passed = if IS_PAID { between(number) } else { None };
        Some(Target {
            page: page as usize,
            to_go,
            lowest: self.levels.lowest(entered.ground),
            entered,
            passed: passed.map(|[a, b]| half_way(self.side(a), self.side(b))),
            reach: exits.reach(number, one),
        })
    }

    /// Betters what is known of some levels of a neighbour; tells the least key of those that become
    /// cheaper.
    #[inline(always)]
    fn improve<const IS_PAID: bool>(
        &mut self,
        (number, units): (usize, u32),
        target: &Target,
        eights: Range<usize>,
        least: &[Lanes],
    ) -> u32 {
        let (levels, batch) = (self.levels, self.batch);
        let Target { lowest, entered, passed, reach, .. } = *target;
        let own_metres;
        let metres = match levels.metres() {
            Some(metres) => metres,
            None => {
                own_metres = *self.metres.row(levels, lowest - entered.ground);
                &own_metres
            }
        };
        let half_way =
            passed.filter(|_| IS_PAID).map(|side| self.metres.row(levels, lowest - side.ground));
        let of_passed = passed.map_or(LEVEL, |side| side.friction);
        let frictions = self.weights.map(|_| [entered.friction, of_passed]);
        let crossing = self.weights.map_or(0, |weights| weights.crossing[number]);
        let price = Price { units, crossing, frictions };
        let Some((waiting, known)) = self.table.waiting_and_lanes(target.page) else {
            return UNKNOWN;
        };
        let mut soonest = [UNKNOWN; LANES];
        for eight in eights {
            let known = &mut known[eight];
            let is_dear = are_above(known, &least[eight], batch.cheapest());
            if !any(&is_dear) {
                continue;
            }
            let metres = &by_lanes(metres)[eight];
            let costs = price.costs(metres, half_way.map(|half_way| &by_lanes(half_way)[eight]));
            let is_dear = are_above(known, &costs, batch.cheapest());
            if !any(&is_dear) {
                continue;
            }
            let mut heights = by_lanes(levels.offsets())[eight];
            for height in &mut heights {
                *height += lowest;
            }
            let cheapest = if self.climb == 0 {
                batch.cheapest_within(&heights, reach, &is_dear)
            } else {
                batch.cheapest_climb(&heights, reach, self.climb)
            };
            let mut through = [UNKNOWN; LANES];
            let mut is_better = [0; LANES];
            for lane in 0..LANES {
                through[lane] = costs[lane].saturating_add(cheapest[lane]);
                is_better[lane] = mask(through[lane] < known[lane]);
            }
            if !any(&is_better) {
                continue;
            }
            let owed = match self.bound.owed_by_level() {
                Some(owed) => by_lanes(owed)[eight],
                None => self.bound.owed_at(metres, entered.friction),
            };
            for lane in 0..LANES {
                let key = through[lane].saturating_add(target.to_go.saturating_sub(owed[lane]));
                soonest[lane] = soonest[lane].min(key | !is_better[lane]);
                known[lane] = known[lane].min(through[lane]);
            }
            *waiting |= bits(&is_better) << (eight * LANES);
        }
        let mut least = UNKNOWN;
        for soonest in soonest {
            least = least.min(soonest);
        }
        least
    }

    /// The ground of a neighbour and the factor of its metres.
    #[inline(always)]
    fn side(&self, number: usize) -> Side {
        let friction = self.weights.and_then(|weights| weights.friction.get(number));
        let ground = self.exits.ground.get(number);
        Side {
            ground: ground.copied().unwrap_or_default(),
            friction: friction.copied().unwrap_or(LEVEL),
        }
    }
}

/// Which costs are more than so much above others.
#[inline(always)]
fn are_above(known: &Lanes, others: &Lanes, cost: u32) -> Lanes {
    // Of two halves at most the sum is a whole number still.
    let cost = cost.min(UNKNOWN / 2);
    let mut are_above = [0; LANES];
    for lane in 0..LANES {
        are_above[lane] = mask(known[lane] > others[lane].min(UNKNOWN / 2).wrapping_add(cost));
    }
    are_above
}

/// Cost of a rise by the cost of a part of a level step, below 2^48; a fall costs nothing.
#[inline(always)]
pub(super) fn climb_cost(climb: u64, rise: i32) -> u32 {
    // In halves, so that it becomes instructions for several rises at once.
    let (whole, rest) = ((climb >> 16) & 0xffff_ffff, climb & 0xffff);
    let rise = u64::from(rise.max(0).cast_unsigned());
    saturated(rise * whole + ((rise * rest) >> 16))
}
