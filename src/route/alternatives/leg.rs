//! The alternatives of every leg of a study, named.

use super::by_levels::LevelWays;
use super::name::{Named, Naming, name};
use super::overlap::Plan;
use super::ways::Cell;
use super::{Alternative, AlternativeOptions, select};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;
use crate::model::{Station, Study};
use crate::parallel::each;
use crate::route::search::{Leg, cell, ground, leg_cells, legs, named};
use crate::route::segment_route::route;
use crate::route::stops::stops;
use crate::route::{IsOver, LevelPath, Options, Pass, SegmentRoute, passes};
use crate::terrain::Grid;
use crate::unit::km_words;

/// A place makes a way if it lies so near it and so far from the best, in distances that count as
/// beside.
const AT_PLACE: f64 = 2.5;

/// The ways of a leg that really differ.
#[derive(Debug, Clone, PartialEq)]
pub struct LegAlternatives {
    /// Id of the segment.
    pub segment: String,
    /// Id of the station where the leg begins.
    pub from: String,
    /// Id of the station where it ends.
    pub to: String,
    /// The best way first, the others in the order of their cost.
    pub ways: Vec<RouteAlternative>,
    /// Whether the search was over before all were looked for; none may have been found then.
    pub was_stopped: bool,
}

/// A way of a leg that differs from all better ones, as a route.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteAlternative {
    /// What makes it: `western saddle 1,457 m`, `southern valley 936 m, by Rozanak`.
    pub name: String,
    /// The pass that it takes; `None` if it runs in valleys or through a tunnel elsewhere.
    pub pass: Option<Pass>,
    /// Where that pass is.
    pub pass_place: Option<LonLat>,
    /// Its place that is farthest from all better ways; for the best, the one in the middle.
    pub via: LonLat,
    /// Where the name belongs: at the pass or the highest ground, for a valley at `via`.
    pub name_place: LonLat,
    /// The route, measured as that of the best.
    pub route: SegmentRoute,
    /// The largest share of its length within reach of one better way; 0 for the best.
    pub shared_share: f64,
    /// Its cost over that of the best; 1 for the best.
    pub detour_ratio: f64,
}

/// Ways that really differ for every leg of a study: of each segment from its first station to its
/// last or, if the line must pass the stations between, from each station to the next; points that
/// zones fix are stops too.
///
/// With the feature `parallel` on several threads, with the same result.
///
/// # Errors
/// Those of [`search`](crate::route::search) and of
/// [`level_alternatives`](crate::route::level_alternatives).
pub fn alternatives(
    study: &Study,
    grid: &Grid,
    options: &Options,
    choice: &AlternativeOptions,
) -> Result<Vec<LegAlternatives>> {
    alternatives_until(study, grid, options, choice, &|| false)
}

/// As [`alternatives`], until it is over: then with those that were found by then.
///
/// # Errors
/// Those of [`alternatives`].
pub fn alternatives_until(
    study: &Study,
    grid: &Grid,
    options: &Options,
    choice: &AlternativeOptions,
    is_over: &IsOver<'_>,
) -> Result<Vec<LegAlternatives>> {
    let ground = ground(study, grid, options)?;
    let passes = passes(&ground, choice.pass_depth_m);
    let plan = Plan::new(ground.cells());
    let naming = Naming::new(&plan, &passes, &options.levels, choice);
    let stops = stops(study, options);
    let one = |leg: &Leg<'_>| {
        let searched = leg_cells(grid, &ground, options, leg)?;
        let &(segment, from, to) = leg;
        let (ground, levels, passes) = (&ground, &options.levels, &passes);
        let ends = searched.ends;
        let ways = LevelWays { ground, ends, levels, passes, is_over };
        let found = match select::alternatives(&ways, choice) {
            Err(Error::Stopped { .. }) => Vec::new(),
            found => found.map_err(|error| named(error, from, to))?,
        };
        let along_leg =
            |one: Alternative<LevelPath>| Alternative { way: searched.along_leg(one.way), ..one };
        let found: Vec<Alternative<LevelPath>> = found.into_iter().map(along_leg).collect();
        let best = found.first().map(|best| &best.way);
        let mut ways: Vec<RouteAlternative> = Vec::new();
        for (place, one) in found.iter().enumerate() {
            let best = best.filter(|_| place > 0);
            let Named { mut name, pass, cell } =
                name(&naming, &one.way, best.map(|best| (best, one.via)));
            let apart = best.and_then(|best| by_place(study, grid, &naming, one, best));
            if let Some(station) = apart {
                name = format!("{name}, by {}", station.name.en);
            }
            let route = route(segment, grid, ground, options, &[(from, to, &one.way)]);
            if ways.iter().any(|other| other.name == name) {
                name = format!("{name}, {}", km_words(route.length_m / 1e3));
            }
            ways.push(RouteAlternative {
                name,
                pass,
                pass_place: pass.map(|pass| grid.place(pass.cell.0, pass.cell.1)),
                via: grid.place(one.via.0, one.via.1),
                name_place: cell.map_or_else(
                    || grid.place(one.via.0, one.via.1),
                    |cell| grid.place(cell.0, cell.1),
                ),
                route,
                shared_share: one.shared_share,
                detour_ratio: one.detour_ratio,
            });
        }
        Ok(LegAlternatives {
            segment: segment.id.clone(),
            from: from.id.clone(),
            to: to.id.clone(),
            ways,
            was_stopped: is_over(),
        })
    };
    each(&legs(&stops), one).into_iter().collect()
}

/// The place of the study on a way, far from the best one and nearest to the via cell.
fn by_place<'a>(
    study: &'a Study,
    grid: &Grid,
    naming: &Naming<'_>,
    one: &Alternative<LevelPath>,
    best: &LevelPath,
) -> Option<&'a Station> {
    let cells = |path: &LevelPath| {
        path.nodes.iter().map(|node| (node.row, node.col)).collect::<Vec<Cell>>()
    };
    let (own, best) = (cells(&one.way), cells(best));
    let near_m = AT_PLACE * naming.beside_m;
    let from_m = |cell: Cell, way: &[Cell]| {
        let (east_m, south_m) = naming.plan.off_way_m(cell, way);
        east_m.hypot(south_m)
    };
    let apart = |station: &'a Station| {
        let place = LonLat::new(station.lon_deg, station.lat_deg).ok()?;
        let at = cell(grid, station).ok().filter(|_| grid.height_at_m(place).is_some())?;
        let makes = from_m(at, &own) <= near_m && from_m(at, &best) > near_m;
        makes.then(|| (naming.plan.distance_m(at, one.via), station))
    };
    let places = study.stations.iter().filter_map(apart);
    places.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, station)| station)
}
