//! What works cost at a station by the height of the rails.

use std::collections::BTreeSet;

use super::hull::{fewer, hull};
use super::problem::{CostPoint, CostSet, HeightCost, ProfileProblem, ROUNDING_M, Works};

/// All works, in the order in which they are counted.
pub(super) const ALL: [Works; 3] = [Works::Earthworks, Works::Bridge, Works::Tunnel];

/// The number of works in [`ALL`].
pub(super) fn number(works: Works) -> usize {
    match works {
        Works::Earthworks => 0,
        Works::Bridge => 1,
        Works::Tunnel => 2,
    }
}

/// How exactly costs are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Every corner.
    All,
    /// Only so many that costs are right to [`ROUGH`], in half the time and less.
    Rough,
}

/// How much too high a rough cost may be.
const ROUGH: f64 = 0.02;

/// A metre too deep or too high counts so many times the steepest cost of all, so that the optimum
/// keeps within what works allow wherever it can.
const OUTSIDE: f64 = 100.0;

/// The costs of each works in each set.
pub(super) struct WorksCosts<'a> {
    pub(super) problem: &'a ProfileProblem,
    /// Of each set and works the corners of the greatest convex cost below.
    hulls: Vec<[Vec<CostPoint>; 3]>,
    /// The same with fewer corners.
    rough: Vec<[Vec<CostPoint>; 3]>,
    /// What a metre outside counts.
    pub(super) outside_usd_per_m: f64,
    /// Works that led nowhere at a station.
    banned: BTreeSet<(usize, Works)>,
}

impl<'a> WorksCosts<'a> {
    pub(super) fn new(problem: &'a ProfileProblem) -> Self {
        let of_set = |set: &CostSet| {
            ALL.map(|works| {
                let of_works = |way: &&HeightCost| way.works == works;
                hull(&set.ways.iter().filter(of_works).cloned().collect::<Vec<_>>())
            })
        };
        let hulls: Vec<_> = problem.cost_sets.iter().map(of_set).collect();
        let rough = hulls.iter().map(|hulls| hulls.each_ref().map(|hull| fewer(hull, ROUGH)));
        let rough = rough.collect();
        let slope = |pair: &[CostPoint]| match *pair {
            [from, to] => {
                (to.cost_usd_per_m - from.cost_usd_per_m).abs() / (to.height_m - from.height_m)
            }
            _ => 0.0,
        };
        let slopes = hulls.iter().flatten().flat_map(|corners| corners.windows(2)).map(slope);
        let outside_usd_per_m = OUTSIDE * slopes.fold(1.0, f64::max);
        Self { problem, hulls, rough, outside_usd_per_m, banned: BTreeSet::new() }
    }

    /// The corners of the convex cost of works at a station; none where they cannot be built.
    pub(super) fn corners(&self, station: usize, works: Works) -> &[CostPoint] {
        self.some_corners(station, works, Detail::All)
    }

    /// The corners of works at a station, or the most important of them.
    pub(super) fn some_corners(
        &self,
        station: usize,
        works: Works,
        detail: Detail,
    ) -> &[CostPoint] {
        let hulls = match detail {
            Detail::All => &self.hulls,
            Detail::Rough => &self.rough,
        };
        let set = self.problem.cost_set.get(station).and_then(|set| hulls.get(*set));
        set.and_then(|hulls| hulls.get(number(works))).map_or(&[], Vec::as_slice)
    }

    /// Bans works from a station.
    pub(super) fn ban(&mut self, station: usize, works: Works) {
        self.banned.insert((station, works));
    }

    /// Whether works may be chosen at a station.
    pub(super) fn is_open(&self, station: usize, works: Works) -> bool {
        !self.banned.contains(&(station, works))
    }

    /// The height nearest to one at which works can be built; `None` if they cannot at all.
    pub(super) fn inside_m(&self, station: usize, works: Works, height_m: f64) -> Option<f64> {
        let corners = self.corners(station, works);
        Some(height_m.clamp(corners.first()?.height_m, corners.last()?.height_m))
    }

    /// What a metre costs at a height by the cheapest way of these works, and a fine for each metre
    /// that the height is outside; `None` if they cannot be built.
    pub(super) fn cost_usd_per_m(
        &self,
        station: usize,
        works: Works,
        height_m: f64,
        fine_usd_per_m: f64,
    ) -> Option<f64> {
        let inside_m = self.inside_m(station, works, height_m)?;
        let ways = self.problem.ways(station).iter().filter(|way| way.works == works);
        let costs = ways.filter_map(|way| way.cost_usd_per_m(inside_m));
        let cost = costs.reduce(f64::min).unwrap_or(self.outside_usd_per_m);
        Some(cost + fine_usd_per_m * (height_m - inside_m).abs())
    }

    /// What levels cost with works chosen.
    pub(super) fn of_levels(&self, works: &[Works], levels_m: &[f64]) -> LevelsCost {
        let mut cost = LevelsCost::default();
        let places = levels_m.iter().zip(&self.problem.ground_m).zip(self.problem.weights_m());
        for (station, (((level_m, ground_m), weight_m), works)) in places.zip(works).enumerate() {
            let height_m = level_m - ground_m;
            let inside_m = self.inside_m(station, *works, height_m).unwrap_or(f64::INFINITY);
            let outside_m = (height_m - inside_m).abs();
            cost.see_outside(station, outside_m);
            let usd_per_m = self.cost_usd_per_m(station, *works, inside_m, 0.0);
            cost.usd += weight_m * usd_per_m.unwrap_or(f64::INFINITY);
            cost.fine_usd += weight_m * self.outside_usd_per_m * outside_m;
        }
        cost.usd += self.problem.rises_usd(levels_m);
        cost
    }
}

/// What levels cost.
#[derive(Debug, Clone, Default)]
pub(super) struct LevelsCost {
    pub(super) usd: f64,
    /// What metres outside of what works allow count.
    pub(super) fine_usd: f64,
    /// The stations outside, and how far.
    pub(super) outside: Vec<(usize, f64)>,
}

impl LevelsCost {
    /// Notes how far a station lies outside.
    pub(super) fn see_outside(&mut self, station: usize, outside_m: f64) {
        if outside_m > ROUNDING_M {
            self.outside.push((station, outside_m));
        }
    }

    /// Cost and fine.
    pub(super) fn total_usd(&self) -> f64 {
        self.usd + self.fine_usd
    }
}
