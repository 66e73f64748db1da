//! From a way to a line: plan and profile in turn.

use std::ops::ControlFlow;

use super::amounts::{amounts, haul_rates};
use super::direction::Direction;
use super::finish::finished;
use super::lay::{Laid, Site};
use super::notes::note_missed;
use super::passes::{Passes, missed};
use super::plan::{FORBIDDEN_USD_PER_M, GuidePoint, PlanPass, PlanProblem, choose_plan};
use super::profile::near_levels;
use super::{
    CurveClass, DesignOptions, DesignRound, PlaneGround, PlaneZones, Track, WayCost, Works,
};
use crate::error::{Error, Result};
use crate::geodesy::{Coord, UtmZone};
use crate::parallel::each;
use crate::route::{RoutePoint, SegmentRoute};
use crate::terrain::{Drainage, Grid, TerrainClass};

/// How far beside the guide tangents may meet, in each round.
const OFFSETS_M: [[f64; 4]; 6] = [
    [-500.0, -250.0, 250.0, 500.0],
    [-600.0, -200.0, 200.0, 600.0],
    [-240.0, -80.0, 80.0, 240.0],
    [-100.0, -30.0, 30.0, 100.0],
    [-40.0, -12.0, 12.0, 40.0],
    [-16.0, -5.0, 5.0, 16.0],
];

/// How far apart the points of a guide lie, in each round.
const SPACING_M: [f64; 6] = [1000.0, 1000.0, 900.0, 800.0, 700.0, 600.0];

/// What a line that must climb costs for each metre that it is pulled shorter than the gradient
/// allows, in metres of level line. In narrow valleys nothing but tunnels makes up for it.
const LIFT_RATIO: f64 = 60.0;

/// Turning by a radian takes the work of 0.7 m of climb on 1520 mm, which at 700 / R permille does
/// not depend on the radius; what a metre of climb is worth over the years is assumed.
const TURN_USD_PER_RAD: f64 = 20_000.0;

/// A round that is cheaper by less gains nothing.
const LEAST_GAIN: f64 = 1e-4;

/// How near the cheapest levels come to it in a round: nearer than a round may gain.
const ROUND_GAP: f64 = 1e-6;

/// So many rounds that gain nothing are the last ones; each looks closer beside the line.
const MOST_IDLE: usize = 2;

/// Ground beside the way that tangents may reach.
const MARGIN_M: f64 = 12_000.0;

/// How far a design has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignProgress {
    /// Rounds that are done.
    pub rounds_done: usize,
    /// Rounds at most.
    pub rounds: usize,
    /// What line and profile cost so far.
    pub cost_usd: Option<f64>,
}

/// A plan with its cheapest levels.
pub(super) struct Levelled {
    pub laid: Laid,
    pub levels_m: Vec<f64>,
    pub cost_usd: f64,
    /// The same with the weights of zones and of operation: what rounds are compared by.
    pub weighed_usd: f64,
}

impl Levelled {
    fn new(site: &Site<'_>, laid: Laid) -> Result<Self> {
        let (levels_m, _) = near_levels(&laid.problem, ROUND_GAP)?;
        let [cost_usd, weighed_usd] = costs_usd(site, &laid, &levels_m)?;
        Ok(Self { laid, levels_m, cost_usd, weighed_usd })
    }
}

/// Designs a line along a way.
///
/// In each round tangents and curves are chosen beside the last line
/// ([`choose_plan`]), and the cheapest levels for them, as
/// [`profile_bound`](super::profile_bound) finds them; rounds end with the second that gains less
/// than a ten-thousandth, and the cheapest plan is kept. Its profile is then made of gradients and vertical curves
/// ([`cheapest_profile`](super::cheapest_profile)), and everything is counted and held against the
/// standard.
///
/// The first place and the last are those of the way, or of a [tie-in](super::TieIn); rails lie on
/// the ground there. Fixed points among the zones lie on tangents, and their levels are kept.
///
/// The line is sought from the northern end of the way and turned round where the way runs the other
/// way, so that it is the same whichever end is the beginning; if that leads to none, from the
/// southern end. Errors are those of the way as it runs.
///
/// Where operation weighs ([`WholeLife`](super::WholeLife)), the line is sought once with it and once
/// without, and the one that costs less over the years is kept.
///
/// # Errors
///
/// [`Error::OutOfRange`] for options that are none of a railway, a way outside of the terrain or
/// over voids of it, and limits that no line can keep there, with the place and by how much;
/// [`Error::Unknown`] for a code that is none of a zone;
/// [`Error::NoRoute`] if no tangents and curves lead along the way, naming the places to pass between
/// which there are none; [`Error::Stopped`] if the watch
/// stops the search before there is a line.
pub fn design(
    route: &SegmentRoute,
    grid: &Grid,
    drainage: Option<&Drainage>,
    options: &DesignOptions,
    watch: &dyn Fn(&DesignProgress) -> ControlFlow<()>,
) -> Result<Track> {
    options.check()?;
    let track = line_along(route, grid, drainage, options, watch)?;
    let Some((weight_ratio, _)) = options.weighed_operating() else { return Ok(track) };
    if track.was_stopped {
        return Ok(track);
    }
    let plain = line_along(route, grid, drainage, &options.without_weight(), watch);
    let all_usd = |track: &Track| track.whole_life_usd(weight_ratio);
    Ok(plain.ok().filter(|plain| all_usd(plain) < all_usd(&track)).unwrap_or(track))
}

/// The line that is found from one end of a way, or else from the other.
fn line_along(
    route: &SegmentRoute,
    grid: &Grid,
    drainage: Option<&Drainage>,
    options: &DesignOptions,
    watch: &dyn Fn(&DesignProgress) -> ControlFlow<()>,
) -> Result<Track> {
    let sought = |direction| rounds_along((route, direction), grid, drainage, options, watch);
    let first = Direction::first(route);
    let problem = match sought(first) {
        Err(problem) if !matches!(problem, Error::Stopped { .. }) => problem,
        ended => return ended,
    };
    // Where the line is not possible is counted from the beginning of the way.
    match sought(first.other()) {
        Err(Error::Stopped { item }) => Err(Error::Stopped { item }),
        Err(_) if first == Direction::Ahead => Err(problem),
        other => other,
    }
}

/// The line that rounds of plan and profile come to, sought from one end of the way.
fn rounds_along(
    (route, direction): (&SegmentRoute, Direction),
    grid: &Grid,
    drainage: Option<&Drainage>,
    options: &DesignOptions,
    watch: &dyn Fn(&DesignProgress) -> ControlFlow<()>,
) -> Result<Track> {
    let points = direction.points(route);
    let zone = match options.epsg {
        Some(code) => UtmZone::from_epsg(code)?,
        None => zone_of(&route.segment, &points)?,
    };
    let climb_permille = options.climb_ratio() * options.gradient_permille;
    let passes = Passes::of(route, grid, &zone, options)?;
    let passes = if direction == Direction::Back { passes.reversed() } else { passes };
    let guide = guide_of(&points, &zone, climb_permille)?;
    let (mut guide, mut passed) = passes.lead(guide, Some(climb_permille));
    let coords: Vec<Coord> = guide.iter().map(|point| point.coord).collect();
    let ground = PlaneGround::new(grid, &zone, &coords, MARGIN_M)?;
    let zones = PlaneZones::new(&options.zones, &zone, &coords, MARGIN_M)?;
    let zones = Some(zones).filter(|zones| !zones.is_empty());
    let mut site =
        Site { ground: &ground, drainage, ways: ways(options, 0.0)?, options, passes, zones };
    let curves =
        CurveClass::of_standard(&options.standard, options.least_radius_m, options.speed_kmh)?;
    let mut best: Option<Levelled> = None;
    let mut rounds: Vec<DesignRound> = Vec::new();
    let (mut was_stopped, mut idle) = (false, 0);
    for number in 0..options.rounds.max(1) {
        let cost_usd = best.as_ref().map(|best| best.cost_usd);
        let progress =
            DesignProgress { rounds_done: number, rounds: options.rounds.max(1), cost_usd };
        if watch(&progress).is_break() {
            was_stopped = true;
            break;
        }
        let found = match round(&site, &curves, (&guide, &passed), number, best.as_ref()) {
            Ok(found) => found,
            Err(_) if best.is_some() => break,
            Err(problem) => return Err(problem),
        };
        rounds.push(DesignRound {
            length_m: found.laid.plan.length_m(),
            curve_count: found.laid.choice.curves.len(),
            cost_usd: found.cost_usd,
        });
        let last_usd = best.as_ref().map_or(f64::INFINITY, |best| best.weighed_usd);
        let is_first = best.is_none();
        let gains = found.weighed_usd < last_usd * (1.0 - LEAST_GAIN);
        if found.weighed_usd < last_usd {
            best = Some(found);
        }
        idle = if gains || is_first { 0 } else { idle + 1 };
        match best {
            Some(mut first) if is_first => {
                // Now that it is known how much earth is lacking or left over, what a cubic metre
                // of it is worth goes into the costs, and the first plan is priced by them too.
                let worth = earth_usd_per_m3(&site, &first.laid, &first.levels_m)?;
                site.ways = ways(options, worth)?;
                first.laid.reprice(&site);
                best = Some(Levelled::new(&site, first.laid)?);
            }
            _ if idle == MOST_IDLE => break,
            _ => {}
        }
        if let Some(best) = &best {
            let line = best.laid.guide(&best.levels_m, spacing_m(number + 1));
            (guide, passed) = site.passes.lead(line, None);
        }
    }
    let Some(best) = best else {
        return Err(Error::Stopped { item: format!("the design of {}", route.segment) });
    };
    finished((route, direction), &site, &zone, best.laid, rounds, was_stopped)
}

/// Designs a line along each of some ways, as [`design`] does; with the feature `parallel` on several
/// threads, with the same result. The watch is told whose progress it sees. A fixed point that none of
/// the ways passes is a finding of the line nearest to it, which says how far off it lies.
///
/// # Errors
///
/// The first of those of [`design`], in the order of the ways.
pub fn designs(
    routes: &[SegmentRoute],
    grid: &Grid,
    drainage: Option<&Drainage>,
    options: &DesignOptions,
    watch: &(dyn Fn(&SegmentRoute, &DesignProgress) -> ControlFlow<()> + Sync),
) -> Result<Vec<Track>> {
    let one = |route: &SegmentRoute| {
        design(route, grid, drainage, options, &|progress| watch(route, progress))
    };
    let mut tracks = each(routes, one).into_iter().collect::<Result<Vec<Track>>>()?;
    for (zone, place) in missed(routes, grid, options) {
        note_missed(&mut tracks, zone, place);
    }
    Ok(tracks)
}

fn spacing_m(round: usize) -> f64 {
    SPACING_M.get(round).or(SPACING_M.last()).copied().unwrap_or(1000.0)
}

/// One plan and its cheapest levels.
fn round(
    site: &Site<'_>,
    curves: &[CurveClass],
    (guide, passed): (&[GuidePoint], &[PlanPass]),
    number: usize,
    last: Option<&Levelled>,
) -> Result<Levelled> {
    let options = site.options;
    let offsets_m = OFFSETS_M.get(number).or(OFFSETS_M.last()).copied().unwrap_or_default();
    let [run_usd_per_m, turn_usd_per_rad] = run_usd(options);
    let cost = |coord: Coord, level_m: f64| {
        let (ground_m, class) = site.ground.height_and_class(coord)?;
        Some(site.way(class).usd_per_m(level_m - ground_m) + run_usd_per_m)
    };
    let half_m = 0.5 * options.station_length_m;
    let curve_m_per_rad = options.standard.curve_compensation.climb_m_per_rad();
    let line_usd_per_m = site.way(TerrainClass::Flat).usd_per_m(0.0);
    let choice = choose_plan(&PlanProblem {
        guide: guide.to_vec(),
        offsets_m: offsets_m.to_vec(),
        curves: curves.to_vec(),
        least_straight_m: options.least_straight_m,
        least_arc_m: 50.0,
        end_straight_m: [half_m, half_m],
        gradient_permille: options.gradient_permille
            * if last.is_none() { options.climb_ratio() } else { 1.0 },
        cost_usd_per_m: &cost,
        level_usd_per_m: line_usd_per_m,
        turn_usd_per_rad,
        // Once levels were sought for a plan, they hold what its curves and stations take.
        curve_m_per_rad: if last.is_none() { curve_m_per_rad } else { 0.0 },
        lift_usd_per_m: LIFT_RATIO * (line_usd_per_m + run_usd_per_m)
            / (options.gradient_permille / 1000.0),
        sample_m: 250.0,
        zones: site.zones.as_ref(),
        passes: passed.to_vec(),
    })?;
    let climb_permille = |at_m: f64| {
        let Some(last) = last else { return 0.0 };
        let end_m = last.laid.plan.length_m();
        let (from_m, to_m) = ((at_m - half_m).max(0.0), (at_m + half_m).min(end_m));
        let rise_m =
            last.laid.level_m(&last.levels_m, to_m) - last.laid.level_m(&last.levels_m, from_m);
        rise_m / (to_m - from_m).max(1.0) * 1000.0
    };
    let laid = Laid::new(site, choice, &climb_permille)?;
    Levelled::new(site, laid)
}

/// What a metre of line costs to run, and a radian of turning, as far as operation weighs. What
/// turning is assumed to be worth gives way to what it costs.
fn run_usd(options: &DesignOptions) -> [f64; 2] {
    let Some((weight, prices)) = options.weighed_operating() else {
        return [0.0, TURN_USD_PER_RAD];
    };
    let assumed = (1.0 - weight).max(0.0) * TURN_USD_PER_RAD;
    [prices.length_usd_per_m, assumed + prices.turn_usd_per_rad]
}

/// What a laid line costs as rounds compare it: the cheapest way to build at its levels, metre by
/// metre, and its turns; without the weights of zones and of operation, and with them.
fn costs_usd(site: &Site<'_>, laid: &Laid, levels_m: &[f64]) -> Result<[f64; 2]> {
    let heights = levels_m.iter().zip(&laid.ground_m).zip(&laid.classes);
    let usd_per_m: Vec<f64> = heights
        .map(|((level_m, ground_m), class)| site.way(*class).usd_per_m(level_m - ground_m))
        .collect();
    let steps = laid.distances_m.windows(2).zip(usd_per_m.windows(2));
    let steps = steps.map(|(at, usd_per_m)| match (at, usd_per_m) {
        ([from_m, to_m], [from, to]) => (0.5 * (from + to) * (to_m - from_m), to_m - from_m),
        _ => (0.0, 0.0),
    });
    let turns_usd = TURN_USD_PER_RAD * laid.plan.turn_rad();
    let [run_usd_per_m, turn_usd_per_rad] = run_usd(site.options);
    let weighed_turns_usd =
        turn_usd_per_rad * laid.plan.turn_rad() + laid.problem.rises_usd(levels_m);
    let Some(zones) = &site.zones else {
        let line_usd = steps.map(|(usd, _)| usd).sum::<f64>();
        let run_usd = run_usd_per_m * laid.plan.length_m();
        return Ok([line_usd + turns_usd, line_usd + weighed_turns_usd + run_usd]);
    };
    let (mut line_usd, mut weighed_usd) = (0.0, 0.0);
    for ((usd, step_m), ends) in steps.zip(laid.coords.windows(2)) {
        let [from, to] = ends else { continue };
        line_usd += usd;
        let weighed = usd + run_usd_per_m * step_m;
        weighed_usd += weighed * zones.mean_ratio(&zones.stretches(*from, *to), [0.0, 1.0]);
    }
    let forbidden_usd = FORBIDDEN_USD_PER_M * zones.forbidden_m(&laid.plan)?;
    let level_usd_per_m = site.way(TerrainClass::Flat).usd_per_m(0.0);
    let crossings_usd = level_usd_per_m * zones.crossing_m(&laid.coords);
    Ok([line_usd + turns_usd, weighed_usd + weighed_turns_usd + forbidden_usd + crossings_usd])
}

/// What a metre of line costs in each class of ground.
fn ways(options: &DesignOptions, earth_usd_per_m3: f64) -> Result<[WayCost; 4]> {
    let way = |class| WayCost::new(&options.costs, class, earth_usd_per_m3);
    Ok([
        way(TerrainClass::Flat)?,
        way(TerrainClass::Rolling)?,
        way(TerrainClass::Hilly)?,
        way(TerrainClass::Mountain)?,
    ])
}

/// What a cubic metre of earth is worth on a line: what borrowing costs by the share that is
/// borrowed, less what wasting costs by the share that is wasted.
fn earth_usd_per_m3(site: &Site<'_>, laid: &Laid, levels_m: &[f64]) -> Result<f64> {
    let works = vec![Works::Earthworks; levels_m.len()];
    let counted = amounts(site, laid, (levels_m, &works, &[]))?;
    let rates = haul_rates(&site.options.costs);
    let moved_m3 = (counted.earth.cut_m3 + counted.earth.fill_m3).max(1.0);
    let borrowed = rates.borrow_usd_per_m3 * counted.haul.borrow_m3();
    let wasted = rates.waste_usd_per_m3 * counted.haul.waste_m3();
    Ok((borrowed - wasted) / moved_m3)
}

/// The zone of UTM in whose plane a segment is designed: that of its middle.
fn zone_of(segment: &str, points: &[RoutePoint]) -> Result<UtmZone> {
    let middle = points.get(points.len() / 2).map(|point| point.place);
    let middle = middle.ok_or_else(|| Error::NoRoute {
        from: segment.to_owned(),
        to: segment.to_owned(),
        problem: "the way has no points".to_owned(),
        hint: "search a way first".to_owned(),
    })?;
    UtmZone::of(middle)
}

/// The points of a way in a plane, each once.
fn guide_of(
    points: &[RoutePoint],
    zone: &UtmZone,
    gradient_permille: f64,
) -> Result<Vec<GuidePoint>> {
    let mut guide: Vec<GuidePoint> = Vec::with_capacity(points.len());
    for point in points {
        let coord = zone.forward(point.place)?;
        if guide.last().is_none_or(|last| last.coord.distance_m(coord) > 1.0) {
            guide.push(GuidePoint::after(guide.last(), coord, point.height_m, gradient_permille));
        }
    }
    Ok(guide)
}
