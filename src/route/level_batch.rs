//! The levels of a cell that enter its neighbours together.

use std::ops::Range;

use super::level_entry::climb_cost;
use super::level_table::{LANES, Lanes, any, mask};
use super::levels::{ByLevel, MOST_LEVELS};
use super::pages::UNKNOWN;

/// Levels of a cell with their costs, from the lowest to the highest.
pub(super) struct Batch {
    heights: ByLevel<i32>,
    costs: ByLevel<u32>,
    count: usize,
    /// The cheapest, of several the lowest: its place, height and cost.
    place: usize,
    cheapest_height: i32,
    cheapest: u32,
}

impl Batch {
    pub(super) fn new() -> Self {
        let (heights, costs) = ([0; MOST_LEVELS + 1], [UNKNOWN; MOST_LEVELS + 1]);
        Self { heights, costs, count: 0, place: 0, cheapest_height: 0, cheapest: UNKNOWN }
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        (self.count, self.cheapest) = (0, UNKNOWN);
    }

    /// Adds a level above those added before.
    #[inline]
    pub(super) fn push(&mut self, height: i32, cost: u32) {
        if let (Some(to), Some(slot)) =
            (self.heights.get_mut(self.count), self.costs.get_mut(self.count))
        {
            (*to, *slot) = (height, cost);
            if cost < self.cheapest {
                (self.place, self.cheapest_height, self.cheapest) = (self.count, height, cost);
            }
            self.count += 1;
        }
    }

    /// Number of levels.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Heights of the lowest and of the highest level.
    #[inline]
    pub(super) fn span(&self) -> (i32, i32) {
        let last = self.heights.get(self.count.saturating_sub(1));
        (self.heights[0], last.copied().unwrap_or_default())
    }

    /// The cheapest level's cost.
    #[inline]
    pub(super) fn cheapest(&self) -> u32 {
        self.cheapest
    }

    /// The least costs within reach of some heights, from the lowest to the highest; [`UNKNOWN`] where
    /// there are none, and perhaps where none is asked for.
    #[inline(always)]
    pub(super) fn cheapest_within(
        &self,
        heights: &Lanes<i32>,
        reach: i32,
        is_asked: &Lanes,
    ) -> Lanes {
        let mut cheapest = [UNKNOWN; LANES];
        let mut is_open = [0; LANES];
        for lane in 0..LANES {
            let rise = heights[lane].wrapping_sub(self.cheapest_height);
            let is_beyond = mask(is_beyond(rise.wrapping_add(reach), reach));
            cheapest[lane] = self.cheapest | is_beyond;
            is_open[lane] = is_beyond & is_asked[lane];
        }
        if any(&is_open) {
            // None but those between the cheapest and a height beyond its reach reach that height.
            if heights[LANES - 1] > self.cheapest_height + reach {
                let above = self.place + 1..self.count;
                cheapest = self.cheapest_of(above, &cheapest, heights, reach, |cost, _| cost);
            }
            if heights[0] < self.cheapest_height - reach {
                let below = 0..self.place;
                cheapest = self.cheapest_of(below, &cheapest, heights, reach, |cost, _| cost);
            }
        }
        cheapest
    }

    /// The least of some costs and of those of some levels within reach of some heights, each with its
    /// rise.
    #[inline(always)]
    fn cheapest_of(
        &self,
        levels: Range<usize>,
        others: &Lanes,
        heights: &Lanes<i32>,
        reach: i32,
        risen: impl Fn(u32, i32) -> u32,
    ) -> Lanes {
        let mut cheapest = *others;
        let mut highest_from = [0; LANES];
        for lane in 0..LANES {
            highest_from[lane] = heights[lane].wrapping_add(reach);
        }
        let (Some(from), Some(costs)) = (self.heights.get(levels.clone()), self.costs.get(levels))
        else {
            return cheapest;
        };
        // Written so that it becomes instructions for all lanes: no choices, but masks.
        for (from, cost) in from.iter().zip(costs) {
            for lane in 0..LANES {
                let rise_and_reach = highest_from[lane].wrapping_sub(*from);
                let risen = risen(*cost, rise_and_reach.wrapping_sub(reach));
                cheapest[lane] = cheapest[lane].min(risen | mask(is_beyond(rise_and_reach, reach)));
            }
        }
        cheapest
    }

    /// The same with what the climb costs, by the cost of a part of a level step.
    #[inline(always)]
    pub(super) fn cheapest_climb(&self, heights: &Lanes<i32>, reach: i32, climb: u64) -> Lanes {
        let within = self.within(heights[0] - reach, heights[LANES - 1] + reach);
        self.cheapest_of(within, &[UNKNOWN; LANES], heights, reach, |cost, rise| {
            cost.saturating_add(climb_cost(climb, rise))
        })
    }

    /// Places of the levels between two heights.
    #[inline(always)]
    fn within(&self, lowest: i32, highest: i32) -> Range<usize> {
        let heights = self.heights.get(..self.count).unwrap_or_default();
        let first = heights.partition_point(|height| *height < lowest);
        let above = heights.get(first..).unwrap_or_default();
        first..first + above.partition_point(|height| *height <= highest)
    }
}

/// Whether a rise or fall is beyond reach, by the rise from as far below as the reach.
#[inline(always)]
fn is_beyond(rise_and_reach: i32, reach: i32) -> bool {
    rise_and_reach.cast_unsigned() > reach.cast_unsigned() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_within_reach_is_that_of_all_looked_at() {
        let mut batch = Batch::new();
        for spacing in [1_i32, 3, 7] {
            batch.clear();
            let chosen: Vec<(i32, u32)> = (-20..i32::try_from(MOST_LEVELS).unwrap() - 20)
                .step_by(2)
                .map(|step| (step * spacing, (step + 20).unsigned_abs() * 7_919 % 101))
                .collect();
            for (height, cost) in &chosen {
                batch.push(*height, *cost);
            }
            assert_eq!(batch.len(), chosen.len());
            assert_eq!(Some(batch.cheapest()), chosen.iter().map(|(_, cost)| *cost).min());
            assert_eq!(batch.span(), (chosen[0].0, chosen[chosen.len() - 1].0));
            for first in (-400..400).step_by(13) {
                for (reach, climb) in [(0, 1 << 16), (5, 0), (31, 3 << 16), (400, 1 << 14)] {
                    let heights: [i32; LANES] =
                        std::array::from_fn(|lane| first + i32::try_from(lane * lane).unwrap());
                    let plain = batch.cheapest_within(&heights, reach, &[u32::MAX; LANES]);
                    let climbed = batch.cheapest_climb(&heights, reach, climb);
                    for (lane, to) in heights.into_iter().enumerate() {
                        let near = chosen.iter().filter(|(height, _)| (to - height).abs() <= reach);
                        let costs = near.clone().map(|(_, cost)| *cost);
                        assert_eq!(plain[lane], costs.min().unwrap_or(UNKNOWN), "{to} {reach}");
                        let costs =
                            near.map(|(height, cost)| cost + climb_cost(climb, to - height));
                        assert_eq!(climbed[lane], costs.min().unwrap_or(UNKNOWN), "{to} {reach}");
                    }
                }
            }
        }
    }
}
