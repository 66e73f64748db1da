//! A line as it would be built, with what it takes.

use serde::Serialize;

use super::{
    Bill, Compliance, CurveClass, Earth, MassHaul, OperatingCost, StreamCrossing, Structure,
    VolumeBand, Works,
};
use crate::finding::Finding;
use crate::geodesy::LonLat;
use crate::geometry::Line;
use crate::terrain::{HazardLength, TerrainClass};

/// Seed of the draws that spread costs; the same for all lines, so that they compare.
const SEED: u64 = 1;

/// A place of a designed line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackPoint {
    /// Distance along the plan.
    pub distance_m: f64,
    /// Where.
    pub place: LonLat,
    /// The ground.
    pub ground_m: f64,
    /// The formation.
    pub level_m: f64,
    /// What carries the rails.
    pub works: Works,
    /// The ground's class.
    pub class: TerrainClass,
    /// What a metre of earthworks, bridge or tunnel costs here, by the profile's prices.
    pub works_usd_per_m: f64,
    /// What is cut and filled from here to the next point.
    pub earth: Earth,
}

/// A round of the search: plan, then profile.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DesignRound {
    /// Length of the plan.
    pub length_m: f64,
    /// Curves of the plan.
    pub curve_count: usize,
    /// What line and profile cost with it, before haul and what is reckoned on top.
    pub cost_usd: f64,
}

/// A segment as it would be built.
#[derive(Debug, Clone)]
pub struct Track {
    /// Id of the segment.
    pub segment: String,
    /// Plan, profile, cant, speeds, in a zone of UTM.
    pub line: Line,
    /// The class of each curve.
    pub curves: Vec<CurveClass>,
    /// Stations of computation along the line.
    pub points: Vec<TrackPoint>,
    /// Bridges over valleys and tunnels.
    pub structures: Vec<Structure>,
    /// Streams that are crossed on a bridge.
    pub crossings: Vec<StreamCrossing>,
    /// Middles of crossing loops between the ends, by distance.
    pub loops_m: Vec<f64>,
    /// How far the line runs in each geohazard among the zones, along the plan.
    pub hazards: Vec<HazardLength>,
    /// Cut and fill.
    pub earth: Earth,
    /// Where the earth goes, between the middles of the points' intervals.
    pub haul: MassHaul,
    /// What is built, and what it costs.
    pub bill: Bill,
    /// What follows from how little the terrain is known.
    pub band: VolumeBand,
    /// What profile and line cost for this plan, before haul and what is reckoned on top; with what
    /// rises cost to run, as far as that weighed.
    pub cost_usd: f64,
    /// No profile on this plan costs less: proved.
    pub bound_usd: f64,
    /// The rounds of the search; the last one that was cheaper was kept.
    pub rounds: Vec<DesignRound>,
    /// Whether it was stopped before it ended by itself.
    pub was_stopped: bool,
    /// How it keeps the standard.
    pub compliance: Compliance,
    /// What a reader must know, besides what breaks the standard.
    pub findings: Vec<Finding>,
    /// What it costs to run over the years, if that was asked for.
    pub operation: Option<OperatingCost>,
}

impl Track {
    /// Length along the plan.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.line.length_m()
    }

    /// By how much the profile may be dearer than the cheapest one on this plan, as a share of it.
    #[must_use]
    pub fn gap_ratio(&self) -> f64 {
        if self.bound_usd > 0.0 { (self.cost_usd / self.bound_usd - 1.0).max(0.0) } else { 0.0 }
    }

    /// Sum of all rises, and of all falls.
    #[must_use]
    pub fn climbs_m(&self) -> [f64; 2] {
        let steps = self.points.iter().zip(self.points.iter().skip(1));
        steps.fold([0.0, 0.0], |[up_m, down_m], (a, b)| {
            let rise_m = b.level_m - a.level_m;
            [up_m + rise_m.max(0.0), down_m + (-rise_m).max(0.0)]
        })
    }

    /// The highest place of the line.
    #[must_use]
    pub fn summit(&self) -> Option<TrackPoint> {
        self.points.iter().copied().max_by(|a, b| a.level_m.total_cmp(&b.level_m))
    }

    /// All that the line turns, in radians.
    #[must_use]
    pub fn turn_rad(&self) -> f64 {
        self.line.alignment.horizontal().turn_rad()
    }

    /// The smallest radius, if there is a curve.
    #[must_use]
    pub fn least_radius_m(&self) -> Option<f64> {
        self.curves.iter().map(|curve| curve.radius_m).reduce(f64::min)
    }

    /// Together, and how many: structures of a kind.
    #[must_use]
    pub fn structures_of(&self, works: Works) -> (usize, f64) {
        let of = self.structures.iter().filter(|structure| structure.works == works);
        of.fold((0, 0.0), |(count, length_m), structure| {
            (count + 1, length_m + structure.to_m - structure.from_m)
        })
    }

    /// What earthworks, bridges and tunnels cost along the line: from, to, million dollars a
    /// kilometre, in stretches of a kilometre or more.
    #[must_use]
    pub fn works_musd_per_km(&self) -> Vec<(f64, f64, f64)> {
        const MOST_STRETCHES: f64 = 400.0;
        let stretch_m = (self.length_m() / MOST_STRETCHES).max(1000.0);
        let mut stretches: Vec<(f64, f64, f64)> = Vec::new();
        let (mut from_m, mut usd) = (0.0, 0.0);
        let mut close = |from_m: f64, to_m: f64, usd: f64| {
            if to_m > from_m {
                stretches.push((from_m, to_m, usd / (to_m - from_m) / 1000.0));
            }
        };
        for (a, b) in self.points.iter().zip(self.points.iter().skip(1)) {
            usd += 0.5 * (a.works_usd_per_m + b.works_usd_per_m) * (b.distance_m - a.distance_m);
            if b.distance_m - from_m >= stretch_m {
                close(from_m, b.distance_m, usd);
                (from_m, usd) = (b.distance_m, 0.0);
            }
        }
        close(from_m, self.length_m(), usd);
        stretches
    }

    /// What breaks the standard, then what is doubtful besides.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.compliance.findings.iter().chain(&self.findings)
    }

    /// Costs that are not exceeded in such shares of the draws, with the spread of all rates and of
    /// the ground that the terrain may stand for.
    #[must_use]
    pub fn quantiles_usd(&self, shares: &[f64]) -> Vec<f64> {
        self.bill.quantiles_usd(SEED, &self.band.cost_ratios(), shares)
    }

    /// What it costs to build, and to run by a weight.
    ///
    /// A dollar of operation counts as so many of construction; nothing if operation was not
    /// looked at.
    #[must_use]
    pub fn whole_life_usd(&self, weight_ratio: f64) -> f64 {
        let operation = self.operation.unwrap_or_default();
        self.bill.total_usd() + weight_ratio * operation.total_usd()
    }

    /// Million dollars a kilometre.
    #[must_use]
    pub fn musd_per_km(&self) -> f64 {
        self.bill.total_usd() / 1e6 / (self.length_m() / 1000.0)
    }
}
