//! What a move costs at least, whatever heights the rails have in the cells that it joins.
//!
//! The depth in a cell is shared by two moves: each pays for a part of it in the cell that it leaves,
//! of a length that is the same for all moves, and for the rest in the cell that it enters.
//!
//! What depths cost at least hangs on the height that the gradient does not climb and, for a knight move
//! that pays half-way, on how high the ground lies there. The greater of two bounds is taken, each of
//! one of these heights alone: so they are looked up in short tables. All three depths together
//! would be a closer bound, of which hardly two moves have the same.

use super::levels::{CLOSED, COST_BITS, DEAREST_RATIO, LEVEL, Levels};
use super::moves::{FIRST_KNIGHT_KIND, KINDS, Moves, mean_metre};
use super::pages::UNKNOWN;

/// A move from a cell into another.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    /// The ground of the cell left above that of the cell entered.
    pub(super) rise: i32,
    /// What a knight move passes half-way above that of the cell entered, if that is paid for.
    pub(super) half_way: Option<i32>,
    /// Which of the moves of about one length.
    pub(super) kind: usize,
    /// Length of the move.
    pub(super) units: u32,
    /// What it may rise or fall.
    pub(super) reach: i32,
}

/// Factors of the cost of a metre at the places of a move, in units of 2^-20.
#[derive(Clone, Copy)]
pub(super) struct Frictions {
    pub(super) left: u32,
    pub(super) entered: u32,
    /// Half-way, if that is paid for.
    pub(super) passed: Option<u32>,
}

/// Least costs of pairs of cells, where levels are counted from the ground.
pub(super) struct PairCosts<'a> {
    levels: &'a Levels,
    /// What a metre costs at the deepest level beyond one of level ground, as a ratio.
    deepest: f32,
    /// The length that each move pays for in the cell that it leaves: half of the shortest that any
    /// move pays for in the cell that it enters.
    half: u32,
    kinds: [Kind; KINDS],
}

impl<'a> PairCosts<'a> {
    /// `None` where levels are not counted from the ground.
    pub(super) fn new(levels: &'a Levels, moves: &Moves, is_charged_between: bool) -> Option<Self> {
        let metres = levels.depths()?.map(|depth| beyond_level(levels.metre(depth)));
        let deepest = metres.fold(0.0, f32::max);
        let half = moves.shortest_entering(is_charged_between) / 2;
        let kinds = std::array::from_fn(|kind| {
            let [shortest, longest] = moves.lengths_of_kind(kind);
            Kind {
                entered: [shortest, longest].map(|units| {
                    let is_shared = is_charged_between && kind >= FIRST_KNIGHT_KIND;
                    if is_shared { units / 2 } else { units }.saturating_sub(half)
                }),
                passed: [shortest, longest].map(|units| units / 2),
                shortest,
                of_a_unit: 1.0 / as_f32((longest - shortest).max(1)),
                beyond_reach: ByHeight::new(levels),
                half_way: if kind < FIRST_KNIGHT_KIND {
                    ByHeight::NONE
                } else {
                    ByHeight::new(levels)
                },
            }
        });
        Some(Self { levels, deepest, half, kinds })
    }

    /// The length that each move pays for in the cell that it leaves, in units.
    pub(super) fn half(&self) -> u32 {
        self.half
    }

    /// Bytes that each bound takes at most.
    pub(super) const BYTES: usize = (2 * KINDS - FIRST_KNIGHT_KIND) * ByHeight::BYTES;

    /// The least that a move costs over all pairs of heights within its reach, or a little less, where a
    /// metre costs the same everywhere; [`UNKNOWN`] if none are.
    #[inline(always)]
    pub(super) fn plain(&mut self, pair: &Pair) -> u32 {
        let depths = self.depths(pair);
        if depths >= TOO_DEEP_UNITS {
            UNKNOWN
        } else {
            plain_units(pair.units).saturating_add(whole(depths))
        }
    }

    /// The same where it does not.
    pub(super) fn weighted(&mut self, pair: &Pair, frictions: &Frictions) -> u32 {
        let Frictions { left, entered, passed } = *frictions;
        let depths = self.depths(pair);
        if depths >= TOO_DEEP_UNITS {
            return UNKNOWN;
        }
        let least = self.factor(left).min(self.factor(entered));
        let least = passed.map_or(least, |passed| least.min(self.factor(passed)));
        let metre = mean_metre(entered, passed);
        let level = (u64::from(pair.units) * u64::from(metre)) >> COST_BITS;
        let level = u32::try_from(level).unwrap_or(UNKNOWN);
        // Half a unit of the fixed point for each factor too.
        let slack = 2 * plain_slack_units(pair.units) + (pair.units >> COST_BITS);
        level.saturating_sub(slack).saturating_add(whole(depths * least))
    }

    /// What depths cost a move at least.
    #[inline(always)]
    fn depths(&mut self, pair: &Pair) -> f32 {
        let Pair { rise, half_way, kind, units, reach } = *pair;
        let Some(kind) = self.kinds.get_mut(kind) else { return 0.0 };
        let along = as_f32(units.saturating_sub(kind.shortest)) * kind.of_a_unit;
        // How far rails at the ground left and within reach stay above that of the cell entered, or
        // below it.
        let beyond = (rise - reach).max(0) + (rise + reach).min(0);
        let least = kind.beyond_reach.at(beyond, along, |beyond| {
            kind.entered.map(|entered| least_within(self.levels, beyond, [self.half, entered]))
        });
        let Some(half_way) = half_way else { return least };
        // Only what is nearer to the ground on the way costs less for all lower heights.
        let is_exact = kind.half_way.shift == 0;
        let on_the_way = kind.half_way.at(half_way, along, |half_way| {
            let lengths = [0, 1].map(|end| [kind.passed[end], kind.entered[end]]);
            lengths.map(|lengths| {
                if is_exact {
                    least_of_two(self.levels, half_way, lengths)
                } else {
                    least_within(self.levels, half_way, lengths)
                }
            })
        });
        if least < on_the_way { on_the_way } else { least }
    }

    /// How many times as much a depth costs at least where a metre costs so many times as much.
    fn factor(&self, friction: u32) -> f32 {
        let friction = as_f32(friction) / as_f32(LEVEL);
        // No metre costs more than the dearest.
        let rest = (DEAREST - friction).max(0.0);
        if friction * self.deepest <= rest { friction } else { rest / self.deepest }
    }
}

/// Moves of about one length, with what depths cost them at least.
struct Kind {
    /// What the shortest and the longest pay for in the cell entered and half-way, in units.
    entered: [u32; 2],
    passed: [u32; 2],
    /// The shortest, in units, and the share of the way to the longest that a unit is.
    shortest: u32,
    of_a_unit: f32,
    /// By the height that is beyond reach: costs in the cell left and in the one entered.
    beyond_reach: ByHeight,
    /// By the height of the ground half-way: costs there and in the cell entered.
    half_way: ByHeight,
}

/// Costs of the shortest and the longest move of a kind by a height, made when first needed.
struct ByHeight {
    /// By height, that above the ground first: the cost of the shortest and how much more that of the
    /// longest is; noughts where they were not made.
    costs: Vec<[f32; 2]>,
    /// Binary logarithm of the heights that share a place.
    shift: u32,
}

impl ByHeight {
    /// For moves that pay for nothing there.
    const NONE: Self = Self { costs: Vec::new(), shift: 0 };

    fn new(levels: &Levels) -> Self {
        let most = levels.depth_range().unsigned_abs();
        let shift = (most / PLACES).checked_ilog2().map_or(0, |log| log + 1);
        let places = 2 * ((most >> shift) as usize + 1);
        // Noughts, for which a system takes no memory before they are written.
        Self { costs: vec![[0.0; 2]; places], shift }
    }

    /// Cost at a height, or a little less, for a move between the shortest and the longest. The cost of
    /// a length grows slower the longer it is, so that the chord lies below it.
    #[inline(always)]
    fn at(&mut self, height: i32, along: f32, ends: impl Fn(i32) -> [f32; 2]) -> f32 {
        // Heights nearer to nought cost less.
        let steps = height.unsigned_abs() >> self.shift;
        let place = 2 * steps as usize + usize::from(height < 0);
        let Some(slot) = self.costs.get_mut(place) else { return CLOSED_RATIO };
        if slot[0] == 0.0 {
            make(slot, height.signum() * (steps << self.shift).cast_signed(), ends);
        }
        slot[0] + along * slot[1]
    }

    /// The most bytes that one takes.
    const BYTES: usize = 2 * (PLACES as usize + 1) * size_of::<[f32; 2]>();
}

/// Places for heights above the ground, and as many for those below.
const PLACES: u32 = 1 << 12;

#[cold]
#[inline(never)]
fn make(slot: &mut [f32; 2], height: i32, ends: impl Fn(i32) -> [f32; 2]) {
    let [shortest, longest] = ends(height);
    // More than nothing, which says that it was made.
    *slot = [shortest.max(f32::MIN_POSITIVE), longest - shortest];
}

/// What the depths of rails on one height cost at least over two grounds, the first so much above the
/// second, on a length of each.
fn least_of_two(levels: &Levels, height: i32, lengths: [u32; 2]) -> f32 {
    least_by(levels, height, lengths, |depth| depth - height)
}

/// The same where rails over the first may be nearer to its ground.
fn least_within(levels: &Levels, height: i32, lengths: [u32; 2]) -> f32 {
    least_by(levels, height, lengths, |depth| {
        if height > 0 { (depth - height).min(0) } else { (depth - height).max(0) }
    })
}

/// The least cost of two depths on a length of each over the levels of the second between the two
/// grounds, and the next ones: all others are farther from both.
fn least_by(levels: &Levels, height: i32, lengths: [u32; 2], first: impl Fn(i32) -> i32) -> f32 {
    let [of_first, of_second] = lengths.map(as_f32);
    let metre = |depth: i32| beyond_level(levels.metre(depth));
    let Some(mut depths) = levels.depths() else { return CLOSED_RATIO };
    let lowest = depths.next().unwrap_or_default();
    let (before, beyond) = levels.ranks(height.min(0) - lowest, height.max(0) - lowest);
    let before = before.saturating_sub(1);
    let depths = std::iter::once(lowest).chain(depths).skip(before).take(beyond + 1 - before);
    let costs = depths.map(|depth| of_first * metre(first(depth)) + of_second * metre(depth));
    costs.fold(f32::MAX, f32::min)
}

/// A cost in whole units, rounded down.
#[inline(always)]
fn whole(cost: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let units = (cost * ROUNDED_DOWN) as u32;
    units
}

/// Units by which the rounded costs of a move and its two ends may be below exact ones, where a metre
/// costs the same everywhere: half a unit of the fixed point for the mean of two metres, and a unit
/// for each end.
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
    use crate::route::moves::{KIND, Side, between, half_way};
    use crate::route::pages::{Exits, Weights, weighted};
    use crate::route::{Ground, LevelOptions};

    /// What the two ends of a move count for their depths, as the bound does it.
    fn owed(levels: &Levels, half: u32, depth: i32, friction: u32) -> u64 {
        let metre = weighted(levels.metre(depth), friction);
        (u64::from(half) * u64::from(metre.saturating_sub(friction))) >> COST_BITS
    }

    #[test]
    fn no_pair_of_heights_costs_less_and_one_hardly_more() {
        // Heights of the second are no whole metres, so that several share a place in the tables.
        for (level_step_m, above_m) in [(0.5, 0.0), (4.0, 0.0), (0.5, 0.3)] {
            let heights = (0..25_u16).map(|cell| above_m + f32::from(cell % 7)).collect();
            let ground =
                Ground::new(5, vec![800.0, 810.0, 820.0, 830.0, 840.0], vec![900.0; 4], heights);
            let ground = ground.unwrap();
            let options = LevelOptions { level_step_m, ..LevelOptions::default() };
            let levels = Levels::new(&options, &ground);
            let moves = Moves::new(ground.cells(), &options, &levels);
            let mut pairs = PairCosts::new(&levels, &moves, true).unwrap();
            let half = pairs.half();
            let half_metres = levels.parts(0.5);
            let depths: Vec<i32> = levels.depths().unwrap().collect();
            let mut next = 1_u32;
            let mut random = |most: u32| {
                next = next.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (next >> 8) % most
            };
            let (mut shut, mut gentle, mut exact_of_gentle) = (0, 0, 0);
            for number in (0..16).cycle().take(800) {
                let mut exits =
                    Exits { next: [0; 16], ground: [0; 16], to_go: [0; 16], stations: 0, row: 2 };
                let mut weights = Weights { friction: [LEVEL; 16], crossing: [0; 16] };
                // Mostly gentle, now and then beyond all levels.
                let range = [20, 200, 1_500][random(3) as usize];
                for at in 0..16 {
                    exits.ground[at] = half_metres * (random(range) as i32 - range as i32 / 2);
                    if range == 200 {
                        weights.friction[at] = LEVEL / 2 + random(40 * LEVEL);
                    }
                }
                let own = Side { ground: 0, friction: LEVEL };
                let side =
                    |at: usize| Side { ground: exits.ground[at], friction: weights.friction[at] };
                let (one, entered) = (moves.of_row(2)[number], side(number));
                let passed = between(number).map(|[a, b]| half_way(side(a), side(b)));
                let pair = Pair {
                    rise: own.ground - entered.ground,
                    half_way: passed.map(|passed| passed.ground - entered.ground),
                    kind: KIND[number],
                    units: one.units,
                    reach: one.reach,
                };
                let frictions = Frictions {
                    left: own.friction,
                    entered: entered.friction,
                    passed: passed.map(|passed| passed.friction),
                };
                let mut least = pairs.weighted(&pair, &frictions);
                if range != 200 {
                    // The same but for what factors may lose to rounding.
                    let plain = pairs.plain(&pair);
                    assert!(plain - least <= plain_slack_units(one.units) + 4, "{plain} {least}");
                    least = plain;
                }
                let price = Entering::new(&levels, &exits, Some(&weights), number, one.units, true);
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
                if range == 20 && passed.is_none() {
                    // Heights between the levels of the cell left may come cheaper.
                    let near = exact - exact / 50;
                    assert!(u64::from(least) >= near, "{least} far below {exact}: {number}");
                }
                if range == 20 {
                    (gentle, exact_of_gentle) =
                        (gentle + u64::from(least), exact_of_gentle + exact);
                }
            }
            assert!(shut > 0);
            // Where a move is paid for half-way, the greater of two bounds is a little less.
            assert!(gentle >= exact_of_gentle - exact_of_gentle / 50, "{gentle} {exact_of_gentle}");
        }
    }
}
