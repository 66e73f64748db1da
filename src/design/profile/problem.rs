//! What a profile is asked for: ground, costs by height, limits.

use serde::{Deserialize, Serialize};

use super::RiseCost;

/// What carries the rails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Works {
    /// A cutting or an embankment.
    Earthworks,
    /// A bridge or a viaduct.
    Bridge,
    /// A tunnel.
    Tunnel,
}

impl Works {
    /// Its name in a sentence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Earthworks => "earthworks",
            Self::Bridge => "bridge",
            Self::Tunnel => "tunnel",
        }
    }
}

/// What a metre of line costs at a height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostPoint {
    /// Height of the rails above the ground, negative in cuttings and tunnels.
    pub height_m: f64,
    /// Cost of a metre of line there.
    pub cost_usd_per_m: f64,
}

/// A way to build, and what it costs by the height of the rails above the ground.
///
/// Between points costs are interpolated; outside of them the way cannot be built, so the first and
/// the last say how deep and how high it goes. Points may lie in any shape; the optimum computes
/// with the greatest convex cost below them, and costs of a profile are those of the points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeightCost {
    /// What is built.
    pub works: Works,
    /// Costs by rising height, one point or more.
    pub points: Vec<CostPoint>,
}

impl HeightCost {
    /// What a metre costs at a height; `None` where it cannot be built. A micrometre beyond the first
    /// or the last point is that point.
    #[must_use]
    pub fn cost_usd_per_m(&self, height_m: f64) -> Option<f64> {
        let (first, last) = (self.points.first()?, self.points.last()?);
        let inside_m = height_m.clamp(first.height_m, last.height_m);
        if !((height_m - inside_m).abs() <= ROUNDING_M) {
            return None;
        }
        let after = self.points.partition_point(|point| point.height_m < inside_m);
        let next = self.points.get(after)?;
        let Some(before) = after.checked_sub(1).and_then(|before| self.points.get(before)) else {
            return Some(next.cost_usd_per_m);
        };
        let share = (inside_m - before.height_m) / (next.height_m - before.height_m);
        Some(before.cost_usd_per_m + share * (next.cost_usd_per_m - before.cost_usd_per_m))
    }
}

/// Heights that differ by less are the same.
pub(super) const ROUNDING_M: f64 = 1e-6;

/// The ways to build at a station.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostSet {
    /// One or more, in any order.
    pub ways: Vec<HeightCost>,
}

/// How a level is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelRule {
    /// Not below it, as over water.
    AtLeast,
    /// Not above it, as under a road.
    AtMost,
    /// Nowhere else, as where the line joins another.
    Exactly,
}

/// A level that the rails must keep at a station.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelLimit {
    /// Number of the station, from 0.
    pub station: usize,
    /// On which side of the level.
    pub rule: LevelRule,
    /// The level.
    pub level_m: f64,
    /// Why, in words for whom it stands in the way of: `clearance over the Hari Rud`.
    pub reason: String,
}

/// The gradients allowed between two stations, positive where the line rises.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradientRange {
    /// The least: -12 where the line may fall by 12 permille.
    pub least_permille: f64,
    /// The most.
    pub most_permille: f64,
}

impl GradientRange {
    /// As steep up as down.
    ///
    /// ```
    /// use railcorridor::design::GradientRange;
    /// assert_eq!(GradientRange::both(12.0).least_permille, -12.0);
    /// ```
    #[must_use]
    pub fn both(most_permille: f64) -> Self {
        Self { least_permille: -most_permille, most_permille }
    }
}

/// A plan whose heights are sought: what lies along it, by stations.
///
/// A station stands for half of the line to the stations beside it. Compensation for curves, and
/// flatter gradients in stations, are for the caller to put into the ranges.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileProblem {
    /// Distances of the stations along the plan, rising, evenly or not.
    pub distances_m: Vec<f64>,
    /// The ground at each station.
    pub ground_m: Vec<f64>,
    /// Which of the cost sets holds at each station, counted from 0.
    pub cost_set: Vec<usize>,
    /// The sets.
    pub cost_sets: Vec<CostSet>,
    /// The gradients allowed from each station to the next, one fewer than stations.
    pub gradients: Vec<GradientRange>,
    /// The least radius of a vertical curve at each station; at the ends it does not count.
    pub radius_m: Vec<f64>,
    /// Levels to keep.
    pub levels: Vec<LevelLimit>,
    /// What rises and falls cost besides; nothing if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rise: Option<RiseCost>,
    /// The least length of a bridge.
    pub least_bridge_m: f64,
    /// The least length of a tunnel.
    pub least_tunnel_m: f64,
    /// The least distance between points where gradients meet.
    pub least_break_distance_m: f64,
    /// The least length of even gradient between two vertical curves.
    pub least_even_m: f64,
}

impl ProfileProblem {
    /// The length of line that each station stands for.
    pub(in crate::design) fn weights_m(&self) -> Vec<f64> {
        let steps = || {
            self.distances_m.windows(2).map(|pair| match pair {
                [from_m, to_m] => 0.5 * (to_m - from_m),
                _ => 0.0,
            })
        };
        let before = std::iter::once(0.0).chain(steps());
        before.zip(steps().chain([0.0])).map(|(before_m, after_m)| before_m + after_m).collect()
    }

    /// What rises and falls cost between levels at its stations.
    pub(in crate::design) fn rises_usd(&self, levels_m: &[f64]) -> f64 {
        self.rise.map_or(0.0, |rise| rise.usd_per_m * rise.paid_m(&self.distances_m, levels_m))
    }

    /// The same line from its end to its beginning.
    ///
    /// ```
    /// use railcorridor::design::{GradientRange, LevelLimit, LevelRule, ProfileProblem};
    ///
    /// let level = LevelLimit {
    ///     station: 0,
    ///     rule: LevelRule::Exactly,
    ///     level_m: 97.0,
    ///     reason: "a line that is there".to_owned(),
    /// };
    /// let there = ProfileProblem {
    ///     distances_m: vec![0.0, 30.0, 100.0],
    ///     ground_m: vec![97.0, 98.0, 96.0],
    ///     gradients: vec![GradientRange { least_permille: -4.0, most_permille: 9.0 }; 2],
    ///     levels: vec![level],
    ///     ..ProfileProblem::default()
    /// };
    /// let back = there.clone().reversed();
    /// assert_eq!(back.distances_m, [0.0, 70.0, 100.0]);
    /// assert_eq!(back.ground_m, [96.0, 98.0, 97.0]);
    /// assert_eq!((back.gradients[0].least_permille, back.gradients[0].most_permille), (-9.0, 4.0));
    /// assert_eq!(back.levels[0].station, 2);
    /// assert_eq!(back.reversed(), there);
    /// ```
    #[must_use]
    pub fn reversed(mut self) -> Self {
        let ends_m = self.distances_m.first().zip(self.distances_m.last());
        let ends_m = ends_m.map_or(0.0, |(from_m, to_m)| from_m + to_m);
        self.distances_m.reverse();
        for distance_m in &mut self.distances_m {
            *distance_m = ends_m - *distance_m;
        }
        self.ground_m.reverse();
        self.cost_set.reverse();
        self.gradients.reverse();
        for range in &mut self.gradients {
            let GradientRange { least_permille, most_permille } = *range;
            *range =
                GradientRange { least_permille: -most_permille, most_permille: -least_permille };
        }
        self.radius_m.reverse();
        let last = self.distances_m.len().saturating_sub(1);
        for limit in &mut self.levels {
            // A station that is none stays none.
            limit.station = last.checked_sub(limit.station).unwrap_or(limit.station);
        }
        self
    }

    /// The ways to build at a station.
    pub(super) fn ways(&self, station: usize) -> &[HeightCost] {
        let set = self.cost_set.get(station).and_then(|set| self.cost_sets.get(*set));
        set.map_or(&[], |set| &set.ways)
    }
}
