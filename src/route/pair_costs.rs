//! What a move costs at least, whatever heights the rails have in the cells that it joins.
//!
//! The depth in a cell is shared by two moves: each pays for a part of it in the cell that it leaves,
//! of a length that is the same for all moves, and for the rest in the cell that it enters.

use std::ops::RangeInclusive;

use super::level_table::{LANES, Lanes, by_lanes, mask};
use super::levels::{ByLevel, CLOSED, COST_BITS, DEAREST_RATIO, LEVEL, Levels, MOST_LEVELS};
use super::metre_rows::MetreRows;
use super::moves::{Moves, Side};
use super::pages::UNKNOWN;

/// Two cells with a move from one into the other.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) left: Side,
    pub(super) entered: Side,
    /// What a knight move passes half-way, if that is paid for.
    pub(super) passed: Option<Side>,
    /// Length of the move.
    pub(super) units: u32,
    /// What it may rise or fall.
    pub(super) reach: i32,
}

/// Least costs of pairs of cells, where levels are counted from the ground.
pub(super) struct PairCosts<'a> {
    levels: &'a Levels,
    /// Heights of the levels above the ground, from the lowest up.
    depths: Box<ByLevel<i32>>,
    lowest: i32,
    /// What a metre costs at each beyond one of level ground, as a ratio.
    metres: Box<ByLevel<f32>>,
    /// The greatest of these.
    deepest: f32,
    /// The same, by how high the lowest level lies above other ground.
    rows: MetreRows<f32>,
    /// The length that each move pays for in the cell that it leaves: half of the shortest that any
    /// move pays for in the cell that it enters.
    half: u32,
}

impl<'a> PairCosts<'a> {
    /// `None` where levels are not counted from the ground.
    pub(super) fn new(levels: &'a Levels, moves: &Moves, is_charged_between: bool) -> Option<Self> {
        let mut depths = Box::new([i32::MAX / 2; MOST_LEVELS + 1]);
        let mut metres = Box::new([CLOSED_RATIO; MOST_LEVELS + 1]);
        let mut deepest = 0.0_f32;
        for ((slot, metre), depth) in depths.iter_mut().zip(&mut *metres).zip(levels.depths()?) {
            (*slot, *metre) = (depth, beyond_level(levels.metre(depth)));
            deepest = deepest.max(*metre);
        }
        Some(Self {
            levels,
            lowest: depths[0],
            depths,
            metres,
            deepest,
            rows: MetreRows::new(beyond_level),
            half: moves.shortest_entering(is_charged_between) / 2,
        })
    }

    /// The length that each move pays for in the cell that it leaves, in units.
    pub(super) fn half(&self) -> u32 {
        self.half
    }

    /// Bytes that each bound takes.
    pub(super) const BYTES: usize =
        MetreRows::<f32>::BYTES + size_of::<ByLevel<i32>>() + size_of::<ByLevel<f32>>();

    /// The least that a move costs over all pairs of heights within its reach, or a little less;
    /// [`UNKNOWN`] if none are.
    #[inline(always)]
    pub(super) fn least(&mut self, pair: &Pair) -> u32 {
        let Pair { left, entered, passed, units, reach } = *pair;
        // All heights are above the ground entered. Rails at the ground left reach from low to high.
        let rise = left.ground - entered.ground;
        let (low, high) = (rise - reach, rise + reach);
        let half_way = passed.map_or(0, |passed| passed.ground - entered.ground);
        let level = level_units(pair).saturating_sub(slack_units(pair));
        if half_way == 0 && low <= 0 && high >= 0 {
            return level;
        }
        let of_left = self.factor(self.half, left);
        let least = match passed {
            None => {
                let of_entered = self.factor(units.saturating_sub(self.half), entered);
                self.least_of_two(low, high, [of_left, of_entered])
            }
            Some(passed) => {
                let of_entered = self.factor((units / 2).saturating_sub(self.half), entered);
                let of_passed = self.factor(units / 2, passed);
                self.least_of_three(low, high, half_way, [of_left, of_entered, of_passed])
            }
        };
        if least >= TOO_DEEP_UNITS {
            return UNKNOWN;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let depths = (least * ROUNDED_DOWN) as u32;
        level.saturating_add(depths)
    }

    /// What depths in two cells cost at least, where rails at the ground of the one do not reach that
    /// of the other, but from a low height or up to a high one.
    #[inline(always)]
    fn least_of_two(&mut self, low: i32, high: i32, [of_left, of_entered]: [f32; 2]) -> f32 {
        let (edge, flip) = if low > 0 { (low, 0) } else { (high, u32::MAX) };
        let eights = self.eights(edge.min(0), edge.max(0));
        let left = by_lanes(self.rows.row(self.levels, self.lowest - edge));
        let mut least = [f32::MAX; LANES];
        for eight in eights {
            let (left, metres) = (&left[eight], &by_lanes(&self.metres)[eight]);
            let depths = &by_lanes(&self.depths)[eight];
            for lane in 0..LANES {
                let left = left[lane].to_bits() & (mask(depths[lane] < edge) ^ flip);
                let cost = of_left * f32::from_bits(left) + of_entered * metres[lane];
                least[lane] = smaller(least[lane], cost);
            }
        }
        least_lane(&least)
    }

    /// The same with a place that is passed half-way.
    #[inline(always)]
    fn least_of_three(
        &mut self,
        low: i32,
        high: i32,
        half_way: i32,
        [of_left, of_entered, of_passed]: [f32; 3],
    ) -> f32 {
        let cheapest = 0.clamp(low, high);
        let (lowest, highest) = (cheapest.min(half_way).min(0), cheapest.max(half_way).max(0));
        let eights = self.eights(lowest, highest);
        // Rails at the ground left may not reach, if a way may be cheapest there.
        let (is_up, is_down) = (lowest < low, highest > high);
        let below = self.lowest - if is_up { low } else { 0 };
        let above = self.lowest - if is_down { high } else { 0 };
        let low = if is_up { low } else { i32::MIN };
        let high = if is_down { high } else { i32::MAX };
        let ground = [below, above, self.lowest - half_way];
        let [below, above, passed] = self.rows.rows(self.levels, ground).map(by_lanes);
        let mut least = [f32::MAX; LANES];
        for eight in eights {
            let (below, above) = (&below[eight], &above[eight]);
            let (metres, passed) = (&by_lanes(&self.metres)[eight], &passed[eight]);
            let depths = &by_lanes(&self.depths)[eight];
            for lane in 0..LANES {
                let below = below[lane].to_bits() & mask(depths[lane] < low);
                let above = above[lane].to_bits() & mask(depths[lane] > high);
                let left = of_left * f32::from_bits(below | above);
                let cost = left + of_entered * metres[lane] + of_passed * passed[lane];
                least[lane] = smaller(least[lane], cost);
            }
        }
        least_lane(&least)
    }

    /// The eights of levels between two heights above the ground, and the next ones. Beyond all of
    /// the heights that cells ask for, each pays more the farther off.
    #[inline(always)]
    fn eights(&self, lowest: i32, highest: i32) -> RangeInclusive<usize> {
        let (first, beyond) = self.levels.ranks(lowest - self.lowest, highest - self.lowest);
        first.saturating_sub(1) / LANES..=(beyond / LANES).min(MOST_LEVELS / LANES)
    }

    /// What a metre of depth costs on so many units of length.
    #[inline(always)]
    fn factor(&self, units: u32, side: Side) -> f32 {
        if side.friction == LEVEL {
            return as_f32(units);
        }
        let friction = as_f32(side.friction) / as_f32(LEVEL);
        // No metre costs more than the dearest.
        let rest = (DEAREST - friction).max(0.0);
        let is_within = friction * self.deepest <= rest;
        as_f32(units) * if is_within { friction } else { rest / self.deepest }
    }
}

/// What a move costs over level ground, in units.
#[inline(always)]
fn level_units(pair: &Pair) -> u32 {
    let friction = match pair.passed {
        Some(passed) => u32::midpoint(pair.entered.friction, passed.friction),
        None => pair.entered.friction,
    };
    let units = (u64::from(pair.units) * u64::from(friction)) >> COST_BITS;
    u32::try_from(units).unwrap_or(UNKNOWN)
}

/// Units by which the rounded costs of a move and its two ends may be below exact ones.
#[inline(always)]
fn slack_units(pair: &Pair) -> u32 {
    let is_level = |side: Side| side.friction == LEVEL;
    let is_plain = is_level(pair.left) && is_level(pair.entered);
    if is_plain && pair.passed.is_none_or(is_level) {
        return plain_slack_units(pair.units);
    }
    // Half a unit of the fixed point for each factor too.
    2 * plain_slack_units(pair.units) + (pair.units >> COST_BITS)
}

/// The same where a metre costs the same everywhere: half a unit of the fixed point for the mean of
/// two metres, and a unit for each end.
#[inline(always)]
fn plain_slack_units(units: u32) -> u32 {
    2 + (units >> HALVES_BITS)
}

/// What a move of so many units costs at least where a metre costs the same everywhere, less what is
/// lost to rounding.
#[inline(always)]
pub(super) fn plain_units(units: u32) -> u32 {
    units.saturating_sub(plain_slack_units(units))
}

/// Fixed point of half the cost of a metre.
const HALVES_BITS: u32 = COST_BITS + 1;

/// The dearest metre.
#[expect(clippy::cast_possible_truncation, reason = "4,000")]
const DEAREST: f32 = DEAREST_RATIO as f32;

/// More than any depth costs, and less than where rails cannot run.
const TOO_DEEP_UNITS: f32 = 1e20;

/// Costs a metre where rails cannot run, as a ratio.
const CLOSED_RATIO: f32 = 1e25;

/// More than sums of three products lose to rounding.
const ROUNDED_DOWN: f32 = 1.0 - 1e-6;

/// The least of eight.
#[inline(always)]
fn least_lane(lanes: &Lanes<f32>) -> f32 {
    let mut lanes = *lanes;
    for half in [4, 2, 1] {
        for lane in 0..half {
            lanes[lane] = smaller(lanes[lane], lanes[lane + half]);
        }
    }
    lanes[0]
}

#[inline(always)]
fn smaller(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

/// What a metre costs beyond one of level ground, as a ratio.
fn beyond_level(metre: u32) -> f32 {
    if metre == CLOSED { CLOSED_RATIO } else { as_f32(metre - LEVEL) / as_f32(LEVEL) }
}

#[expect(clippy::cast_precision_loss, reason = "to a part in ten million")]
#[inline(always)]
fn as_f32(number: u32) -> f32 {
    // Signed numbers become floating ones by one instruction.
    i32::try_from(number).map_or_else(|_| number as f32, |number| number as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::entering::Entering;
    use crate::route::moves::half_way;
    use crate::route::pages::{Exits, UNKNOWN, Weights, weighted};
    use crate::route::{Ground, LevelOptions};

    /// What the two ends of a move count for their depths, as the bound does it.
    fn owed(levels: &Levels, half: u32, depth: i32, friction: u32) -> u64 {
        let metre = weighted(levels.metre(depth), friction);
        (u64::from(half) * u64::from(metre.saturating_sub(friction))) >> COST_BITS
    }

    #[test]
    fn no_pair_of_heights_costs_less_and_one_hardly_more() {
        let heights = (0..25_u16).map(|cell| f32::from(cell % 7)).collect();
        let ground = Ground::new(5, vec![800.0; 5], vec![900.0; 4], heights).unwrap();
        for level_step_m in [0.5, 4.0] {
            let options = LevelOptions { level_step_m, ..LevelOptions::default() };
            let levels = Levels::new(&options, &ground);
            let moves = Moves::new(ground.cells(), &options, &levels);
            let mut pairs = PairCosts::new(&levels, &moves, true).unwrap();
            let half = pairs.half();
            let depths: Vec<i32> = levels.depths().unwrap().collect();
            let mut next = 1_u32;
            let mut random = |most: u32| {
                next = next.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (next >> 8) % most
            };
            let mut shut = 0;
            for number in (0..16).cycle().take(800) {
                let mut exits =
                    Exits { next: [0; 16], ground: [0; 16], to_go: [0; 16], stations: 0, row: 2 };
                let mut weights = Weights { friction: [LEVEL; 16], crossing: [0; 16] };
                // Mostly gentle, now and then beyond all levels.
                let range = [20, 200, 1_500][random(3) as usize];
                for at in 0..16 {
                    exits.ground[at] = random(range) as i32 - range as i32 / 2;
                    if range == 200 {
                        weights.friction[at] = LEVEL / 2 + random(40 * LEVEL);
                    }
                }
                let own = Side { ground: 0, friction: LEVEL };
                let side =
                    |at: usize| Side { ground: exits.ground[at], friction: weights.friction[at] };
                let one = moves.of_row(2)[number];
                let passed = crate::route::moves::between(number);
                let pair = Pair {
                    left: own,
                    entered: side(number),
                    passed: passed.map(|[a, b]| half_way(side(a), side(b))),
                    units: one.units,
                    reach: one.reach,
                };
                let least = pairs.least(&pair);
                let price = Entering::new(&levels, &exits, Some(&weights), number, one.units, true);
                let entered = side(number);
                let mut exact = u64::MAX;
                for left in &depths {
                    for depth in &depths {
                        let height = entered.ground + depth;
                        let cost = price.cost(height);
                        if (height - left).abs() > one.reach || cost == UNKNOWN {
                            continue;
                        }
                        let cost = u64::from(cost) + owed(&levels, half, *left, own.friction);
                        exact = exact.min(cost - owed(&levels, half, *depth, entered.friction));
                    }
                }
                if exact == u64::MAX {
                    // The levels left at a height between two are none, but may be thought of.
                    shut += 1;
                    continue;
                }
                assert!(u64::from(least) <= exact, "{least} above {exact}: {number}");
                if range == 20 {
                    // Heights between the levels of the cell left may come cheaper.
                    let near = exact - exact / 50;
                    assert!(u64::from(least) >= near, "{least} far below {exact}: {number}");
                }
            }
            assert!(shut > 0);
        }
    }
}
