//! What a move into a cell costs at eight levels at once, as [`Entering`](super::entering::Entering)
//! says it of one.

use super::level_table::{LANES, Lanes, mask};
use super::levels::{CLOSED, COST_BITS};
use super::pages::DEAREST;

/// A move into a cell.
pub(super) struct Price {
    /// Its length, in units.
    pub(super) units: u32,
    /// What it crosses, in units.
    pub(super) crossing: u32,
    /// Factors of the cost of a metre in the cell and half-way there, in units of 2^-20, where metres
    /// do not cost the same everywhere.
    pub(super) frictions: Option<[u32; 2]>,
}

impl Price {
    /// Costs of the move, but for climbing, by what a metre costs in the cell and, if that is paid
    /// for, half-way there; [`UNKNOWN`](super::pages::UNKNOWN) where one of them is closed.
    #[inline(always)]
    pub(super) fn costs(&self, entered: &Lanes, half_way: Option<&Lanes>) -> Lanes {
        let (mut metres, mut passed) = (*entered, half_way.copied());
        let mut is_closed = [0; LANES];
        for lane in 0..LANES {
            is_closed[lane] = mask(metres[lane] == CLOSED);
        }
        if let Some(passed) = &passed {
            for lane in 0..LANES {
                is_closed[lane] |= mask(passed[lane] == CLOSED);
            }
        }
        if let Some([own, of_passed]) = self.frictions {
            metres = weighted(&metres, own);
            passed = passed.map(|passed| weighted(&passed, of_passed));
        }
        if let Some(passed) = &passed {
            metres = means(&metres, passed);
        }
        let mut costs = self.of_metres(&metres);
        for lane in 0..LANES {
            costs[lane] |= is_closed[lane];
        }
        costs
    }

    #[inline(always)]
    fn of_metres(&self, metres: &Lanes) -> Lanes {
        let mut costs = [0; LANES];
        for (cost, metre) in costs.iter_mut().zip(metres) {
            let product = u64::from(self.units) * u64::from(*metre);
            *cost = saturated((product + HALF) >> COST_BITS).saturating_add(self.crossing);
        }
        costs
    }
}

/// Means, rounded down.
#[inline(always)]
fn means(these: &Lanes, those: &Lanes) -> Lanes {
    let mut means = [0; LANES];
    for lane in 0..LANES {
        let (a, b) = (these[lane], those[lane]);
        means[lane] = (a & b) + ((a ^ b) >> 1);
    }
    means
}

/// Half of a unit of the fixed point.
const HALF: u64 = 1 << (COST_BITS - 1);

/// Costs of a metre times a factor, both in units of 2^-20.
#[inline(always)]
pub(super) fn weighted(metres: &Lanes, friction: u32) -> Lanes {
    let mut weighted = [0; LANES];
    for (weighted, metre) in weighted.iter_mut().zip(metres) {
        let product = (u64::from(*metre) * u64::from(friction) + HALF) >> COST_BITS;
        *weighted = saturated(product.min(DEAREST));
    }
    weighted
}

/// A whole number below 2^63, or the greatest of 32 bits.
#[inline(always)]
pub(super) fn saturated(number: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "no more than fits")]
    let saturated = number.min(u32::MAX.into()) as u32;
    saturated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::entering::Entering;
    use crate::route::levels::{LEVEL, Levels};
    use crate::route::pages::{Exits, UNKNOWN, Weights};
    use crate::route::{Ground, LevelOptions};

    #[test]
    fn eight_at_once_cost_what_each_costs() {
        let ground = Ground::new(1, vec![900.0], Vec::new(), vec![0.0]).unwrap();
        let levels = Levels::new(&LevelOptions::default(), &ground);
        let mut exits =
            Exits { next: [0; 16], ground: [0; 16], to_go: [0; 16], stations: 0, row: 0 };
        let mut weights = Weights { friction: [LEVEL; 16], crossing: [0; 16] };
        for number in 0..16 {
            exits.ground[number] = i32::try_from(number * number).unwrap() * 7 - 800;
            weights.friction[number] = LEVEL / 2 + u32::try_from(number).unwrap() * 77_777;
            weights.crossing[number] = 1_000 * u32::try_from(number).unwrap();
        }
        let mut closed = 0;
        for number in 0..16 {
            for (weights, units) in
                [(None, 900 << 10), (Some(&weights), 2_000 << 10), (Some(&weights), u32::MAX)]
            {
                let one = Entering::new(&levels, &exits, weights, number, units, true);
                let (entered, passed) = one.sides();
                let price = Price {
                    units,
                    crossing: weights.map_or(0, |weights| weights.crossing[number]),
                    frictions: weights
                        .map(|_| [entered.friction, passed.map_or(LEVEL, |side| side.friction)]),
                };
                for first in (-2_000..2_000).step_by(LANES) {
                    let height = |lane: usize| first + i32::try_from(lane).unwrap();
                    let metres = |ground: i32| -> Lanes {
                        std::array::from_fn(|lane| levels.metre(height(lane) - ground))
                    };
                    let half_way = passed.map(|side| metres(side.ground));
                    let costs = price.costs(&metres(entered.ground), half_way.as_ref());
                    for (lane, cost) in costs.into_iter().enumerate() {
                        assert_eq!(cost, one.cost(height(lane)), "{number} {units} {first}");
                        closed += usize::from(cost == UNKNOWN);
                    }
                }
            }
        }
        assert!(closed > 0);
    }
}
