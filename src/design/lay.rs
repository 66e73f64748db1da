//! A plan laid on the ground: its stations, and the profile that is asked for.

use super::loops::loops_m;
use super::passes::Passes;
use super::plan::{GuidePoint, PlanChoice};
use super::profile::from_end_m;
use super::streams::stream_crossings;
use super::{
    DesignOptions, GradientRange, LevelLimit, LevelRule, PlaneGround, PlaneZones, ProfileProblem,
    StreamCrossing, WayCost,
};
use crate::error::{Error, Result};
use crate::geodesy::Coord;
use crate::geometry::{Horizontal, curve_spans};
use crate::terrain::{Drainage, TerrainClass};

/// Stations of computation lie so far apart, at least and at most.
const STEP_M: [f64; 2] = [20.0, 100.0];

/// So many stations are aimed at.
const STATIONS: f64 = 2000.0;

/// The share of what can be reached under the gradients that a crossing may ask for.
const REACHED: f64 = 0.9;

/// The ground that a design stands on.
pub(super) struct Site<'a> {
    pub ground: &'a PlaneGround<'a>,
    pub drainage: Option<&'a Drainage>,
    /// The cost of a metre of line by the class of the ground.
    pub ways: [WayCost; 4],
    pub options: &'a DesignOptions,
    /// What the line must pass.
    pub passes: Passes,
    /// Areas that weigh on the line; none if no zone of the options is one.
    pub zones: Option<PlaneZones>,
}

impl Site<'_> {
    /// What a metre costs in a class of ground.
    pub(super) fn way(&self, class: TerrainClass) -> &WayCost {
        let [flat, rolling, hilly, mountain] = &self.ways;
        match class {
            TerrainClass::Flat => flat,
            TerrainClass::Rolling => rolling,
            TerrainClass::Hilly => hilly,
            TerrainClass::Mountain => mountain,
        }
    }
}

/// A plan on the ground.
#[derive(Clone)]
pub(super) struct Laid {
    pub choice: PlanChoice,
    pub plan: Horizontal,
    pub distances_m: Vec<f64>,
    pub coords: Vec<Coord>,
    pub ground_m: Vec<f64>,
    pub classes: Vec<TerrainClass>,
    pub crossings: Vec<StreamCrossing>,
    /// Crossings whose bridge cannot rise as high as it should.
    pub low_crossings_m: Vec<f64>,
    pub loops_m: Vec<f64>,
    pub fixed_levels: Vec<FixedLevel>,
    pub problem: ProfileProblem,
}

/// A level that rails must have.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FixedLevel {
    pub station: usize,
    pub level_m: f64,
    pub reason: String,
}

impl Laid {
    /// Lays a plan; `climb_permille` tells how steep the line was about a place before, so that
    /// loops find flat ground.
    pub(super) fn new(
        site: &Site<'_>,
        choice: PlanChoice,
        climb_permille: &dyn Fn(f64) -> f64,
    ) -> Result<Self> {
        let plan = choice.horizontal()?;
        let options = site.options;
        let length_m = plan.length_m();
        let step_m = (length_m / STATIONS).clamp(STEP_M[0], STEP_M[1]);
        let count = (length_m / step_m).ceil().max(1.0);
        let mut laid = Self {
            loops_m: loops_m(&plan, &options.loop_rules(), climb_permille),
            choice,
            plan,
            distances_m: Vec::new(),
            coords: Vec::new(),
            ground_m: Vec::new(),
            classes: Vec::new(),
            crossings: Vec::new(),
            low_crossings_m: Vec::new(),
            fixed_levels: Vec::new(),
            problem: ProfileProblem::default(),
        };
        let mut stations_m = Vec::new();
        let mut number = 0.0;
        while number <= count {
            stations_m.push((number * length_m / count).min(length_m));
            number += 1.0;
        }
        laid.fix_levels(&site.passes, &mut stations_m)?;
        for distance_m in stations_m {
            let coord = laid.plan.at(distance_m)?.coord;
            let ground_m = site.ground.height_m(coord).ok_or_else(|| void(distance_m, coord))?;
            laid.distances_m.push(distance_m);
            laid.coords.push(coord);
            laid.ground_m.push(ground_m);
            laid.classes.push(site.ground.class(coord));
        }
        if let Some(drainage) = site.drainage {
            let places: Vec<(f64, Coord)> =
                laid.distances_m.iter().copied().zip(laid.coords.iter().copied()).collect();
            let least_km2 = options.costs.ground.least_bridged_km2;
            laid.crossings = stream_crossings(site.ground, drainage, &places, least_km2);
        }
        laid.ask(site)?;
        Ok(laid)
    }

    /// The same line from its end to its beginning.
    pub(super) fn reversed(mut self) -> Result<Self> {
        self.choice = self.choice.reversed();
        self.plan = self.choice.horizontal()?;
        let length_m = self.plan.length_m();
        for distances_m in [&mut self.distances_m, &mut self.loops_m, &mut self.low_crossings_m] {
            distances_m.reverse();
            for distance_m in distances_m {
                *distance_m = from_end_m(length_m, *distance_m);
            }
        }
        // The plan is as long both ways but for rounding, and ends at a station.
        if let Some(last_m) = self.distances_m.last_mut() {
            *last_m = length_m;
        }
        self.coords.reverse();
        self.ground_m.reverse();
        self.classes.reverse();
        self.crossings.reverse();
        for crossing in &mut self.crossings {
            crossing.distance_m = from_end_m(length_m, crossing.distance_m);
        }
        let last = self.distances_m.len().saturating_sub(1);
        for fixed in &mut self.fixed_levels {
            fixed.station = last.saturating_sub(fixed.station);
        }
        self.problem = self.problem.reversed();
        self.problem.distances_m.clone_from(&self.distances_m);
        Ok(self)
    }

    /// Moves stations to the places whose levels are fixed, and notes these.
    fn fix_levels(&mut self, passes: &Passes, stations_m: &mut [f64]) -> Result<()> {
        for pass in &passes.between {
            let Some(level_m) = pass.level_m else { continue };
            let at_m = self.plan.nearest(pass.coord)?.distance_m;
            let off_m = |station: &(usize, &mut f64)| (*station.1 - at_m).abs();
            let last = stations_m.len().saturating_sub(1);
            let inner = stations_m.iter_mut().enumerate().take(last).skip(1);
            let nearest = inner.min_by(|a, b| off_m(a).total_cmp(&off_m(b)));
            if let Some((station, place_m)) = nearest {
                *place_m = at_m;
                let reason = pass.name.clone();
                self.fixed_levels.push(FixedLevel { station, level_m, reason });
            }
        }
        Ok(())
    }

    /// Writes down what the profile is to keep.
    fn ask(&mut self, site: &Site<'_>) -> Result<()> {
        let options = site.options;
        let mut gradients = Vec::with_capacity(self.distances_m.len());
        for pair in self.distances_m.windows(2) {
            let [from_m, to_m] = pair else { continue };
            let places = [*from_m, 0.5 * (from_m + to_m), *to_m];
            let mut curve_permille = 0.0_f64;
            for at_m in places {
                let curvature_per_m = self.plan.at(at_m)?.curvature_per_m;
                let compensation = options.standard.curve_compensation;
                curve_permille =
                    curve_permille.max(compensation.resistance_permille(curvature_per_m));
            }
            let open_permille = (options.gradient_permille - curve_permille).max(0.0);
            let permille = if self.is_station(options, *from_m, *to_m) {
                open_permille.min(options.station_gradient_permille)
            } else {
                open_permille
            };
            gradients.push(GradientRange::both(permille));
        }
        let count = self.distances_m.len();
        let ground = &options.costs.ground;
        self.problem = ProfileProblem {
            distances_m: self.distances_m.clone(),
            ground_m: self.ground_m.clone(),
            cost_set: self.classes.iter().map(|class| *class as usize).collect(),
            cost_sets: site.ways.iter().map(WayCost::stand_in).collect(),
            gradients,
            radius_m: vec![options.least_vertical_radius_m; count],
            levels: Vec::new(),
            rise: options.weighed_operating().map(|(_, prices)| prices.rise()),
            least_bridge_m: ground.least_bridge_m,
            least_tunnel_m: ground.least_tunnel_m,
            least_break_distance_m: options.least_break_distance_m,
            least_even_m: 0.0,
        };
        self.keep_levels(ground.bridge_clearance_m);
        Ok(())
    }

    /// Takes the costs of the site anew.
    pub(super) fn reprice(&mut self, site: &Site<'_>) {
        self.problem.cost_sets = site.ways.iter().map(WayCost::stand_in).collect();
    }

    /// The problem with all ways to build, instead of one cost in their place.
    pub(super) fn with_all_ways(&self, site: &Site<'_>) -> ProfileProblem {
        let cost_sets = site.ways.iter().map(WayCost::set).collect();
        ProfileProblem { cost_sets, ..self.problem.clone() }
    }

    /// Both ends on the ground, and rails above the water of streams.
    fn keep_levels(&mut self, clearance_m: f64) {
        let last = self.ground_m.len().saturating_sub(1);
        let exactly = |station: usize, level_m: f64| LevelLimit {
            station,
            rule: LevelRule::Exactly,
            level_m,
            reason: "the station at the end".to_owned(),
        };
        let ground_at = |station: usize| self.ground_m.get(station).copied().unwrap_or_default();
        let mut levels = vec![exactly(0, ground_at(0)), exactly(last, ground_at(last))];
        for fixed in &self.fixed_levels {
            let limit = exactly(fixed.station, fixed.level_m);
            levels.push(LevelLimit { reason: fixed.reason.clone(), ..limit });
        }
        for crossing in &self.crossings {
            let station = self.nearest(crossing.distance_m);
            let is_fixed = self.fixed_levels.iter().any(|fixed| fixed.station == station);
            if station == 0 || station == last || is_fixed {
                continue;
            }
            let wanted_m = ground_at(station) + clearance_m;
            let most_m = self.highest_m(station);
            // What the gradients from the ends do not let rails reach is no reason to give up.
            if wanted_m > most_m {
                self.low_crossings_m.push(crossing.distance_m);
                continue;
            }
            levels.push(LevelLimit {
                station,
                rule: LevelRule::AtLeast,
                level_m: wanted_m,
                reason: format!("the stream of {:.0} km2", crossing.area_km2),
            });
        }
        self.problem.levels = levels;
    }

    /// How high rails can lie at a station, from either end and from the levels that are fixed.
    fn highest_m(&self, station: usize) -> f64 {
        let rise_m = |range: std::ops::Range<usize>| {
            let steps = self.distances_m.windows(2).zip(&self.problem.gradients);
            let steps = steps.skip(range.start).take(range.len());
            let rise = steps.map(|(pair, range)| match pair {
                [from_m, to_m] => (to_m - from_m) * range.most_permille / 1000.0,
                _ => 0.0,
            });
            rise.sum::<f64>()
        };
        let last = self.ground_m.len() - 1;
        let end =
            |station: usize| (station, self.ground_m.get(station).copied().unwrap_or_default());
        // Vertical curves take from it, twice half the radius times the gradient squared.
        let gradients = self.problem.gradients.iter().map(|range| range.most_permille / 1000.0);
        let gradient = gradients.fold(0.0, f64::max);
        let radius_m = self.problem.radius_m.iter().copied().fold(0.0, f64::max);
        let rounded_m = radius_m * gradient * gradient;
        let fixed = self.fixed_levels.iter().map(|fixed| (fixed.station, fixed.level_m));
        let known = [end(0), end(last)].into_iter().chain(fixed);
        let highest_m = known.map(|(from, level_m)| {
            level_m + REACHED * rise_m(from.min(station)..from.max(station))
        });
        highest_m.fold(f64::INFINITY, f64::min) - rounded_m
    }

    /// Number of the station nearest to a distance.
    pub(super) fn nearest(&self, distance_m: f64) -> usize {
        let after = self.distances_m.partition_point(|at_m| *at_m < distance_m);
        let gap = |station: usize| {
            self.distances_m.get(station).map_or(f64::INFINITY, |at_m| (at_m - distance_m).abs())
        };
        let before = after.saturating_sub(1);
        if gap(before) <= gap(after) { before } else { after }
    }

    /// Whether any part of a stretch lies in a station or loop.
    fn is_station(&self, options: &DesignOptions, from_m: f64, to_m: f64) -> bool {
        let half_m = 0.5 * options.station_length_m;
        let length_m = self.plan.length_m();
        from_m < half_m
            || to_m > length_m - half_m
            || self.loops_m.iter().any(|at_m| from_m < at_m + half_m && to_m > at_m - half_m)
    }

    /// The line as a guide for another plan: its polygon of tangents, a point each so many metres,
    /// with levels from the profile beside.
    pub(super) fn guide(&self, levels_m: &[f64], spacing_m: f64) -> Vec<GuidePoint> {
        let corners: Vec<Coord> = std::iter::once(self.choice.from)
            .chain(self.choice.intersections.iter().map(|point| point.coord))
            .chain([self.choice.to])
            .collect();
        let middles_m = self.middles_m();
        let needed_m = self.needed_m(levels_m);
        let mut done_m = 0.0;
        let mut guide = Vec::new();
        let legs = corners.iter().zip(corners.iter().skip(1));
        let spans = middles_m.iter().zip(middles_m.iter().skip(1));
        for ((a, b), (from_m, to_m)) in legs.zip(spans) {
            let pieces = (a.distance_m(*b) / spacing_m).round().max(1.0);
            let mut piece = 0.0;
            while piece < pieces {
                let share = piece / pieces;
                let coord = a.toward(*b, share);
                let at_m = from_m + share * (to_m - from_m);
                let level_m = self.level_m(levels_m, at_m);
                // Legs meet outside of the curve between them, so they are longer than the line.
                let longer_ratio = a.distance_m(*b) / (to_m - from_m).max(1.0);
                let so_far_m = self.level_m(&needed_m, at_m);
                guide.push(GuidePoint {
                    coord,
                    level_m,
                    needs_m: longer_ratio.max(1.0) * (so_far_m - done_m),
                });
                done_m = so_far_m;
                piece += 1.0;
            }
        }
        let level_m = levels_m.last().copied().unwrap_or_default();
        let needs_m = needed_m.last().copied().unwrap_or_default() - done_m;
        guide.push(GuidePoint { coord: self.choice.to, level_m, needs_m });
        guide
    }

    /// The length of line that rails need to climb from the beginning to each station, as steep as
    /// they may be in curves, loops and between: all of the line where levels keep to the gradient.
    fn needed_m(&self, levels_m: &[f64]) -> Vec<f64> {
        let mut sum_m = 0.0;
        let mut needed_m = vec![sum_m];
        for (pair, range) in levels_m.windows(2).zip(&self.problem.gradients) {
            if let [low_m, high_m] = pair {
                sum_m += 1000.0 * (high_m - low_m).abs() / range.most_permille.max(1e-3);
            }
            needed_m.push(sum_m);
        }
        needed_m
    }

    /// The beginning of the plan, the middle of each of its curves, and its end, by distance.
    fn middles_m(&self) -> Vec<f64> {
        let mut middles_m = vec![0.0];
        middles_m
            .extend(curve_spans(&self.plan).iter().map(|span| 0.5 * (span.from_m + span.to_m)));
        middles_m.push(self.plan.length_m());
        middles_m
    }

    /// A level between two stations.
    pub(super) fn level_m(&self, levels_m: &[f64], distance_m: f64) -> f64 {
        let after = self.distances_m.partition_point(|at_m| *at_m <= distance_m).max(1);
        let after = after.min(self.distances_m.len().saturating_sub(1));
        let before = after.saturating_sub(1);
        let at = |list: &[f64], place: usize| list.get(place).copied().unwrap_or_default();
        let (low_m, high_m) = (at(&self.distances_m, before), at(&self.distances_m, after));
        let (low, high) = (at(levels_m, before), at(levels_m, after));
        if high_m > low_m {
            low + (high - low) * ((distance_m - low_m) / (high_m - low_m)).clamp(0.0, 1.0)
        } else {
            low
        }
    }
}

fn void(distance_m: f64, at: Coord) -> Error {
    Error::OutOfRange {
        item: format!("ground at {distance_m:.0} m of the line, {:.0} E, {:.0} N", at.e_m, at.n_m),
        value: f64::NAN,
        limit: "what the terrain knows".to_owned(),
        hint: "fill the voids of the terrain, or give a larger one".to_owned(),
    }
}
