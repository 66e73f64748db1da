//! The terrain that a search needs, out of the files named, and the zones on it.

use std::path::Path;

use railcorridor::Error;
use railcorridor::model::Study;
use railcorridor::route::{
    self, AlternativeOptions, LegAlternatives, LegSensitivity, Options, SegmentRoute,
    needed_detour_ratio, search_bounds,
};
use railcorridor::terrain::{Grid, Mosaic, Zone, ZoneRaster, open_zones};

use crate::arguments::{Search, Show};
use crate::output::Failure;
use crate::watch::Watch;

/// Ways up to so many times the straight line are looked at first.
const FIRST_RATIO: f64 = 2.0;

/// Memory that reading a terrain may take, bytes.
const TERRAIN_BYTES: u64 = 1 << 30;

/// The zones of the study and of the files named.
pub fn zones(study: &Study, show: &Show, arguments: &Search) -> Result<Vec<Zone>, Failure> {
    let folder = Path::new(&show.study).parent().unwrap_or(Path::new("."));
    let mut zones = study.zones_on_terrain(folder)?;
    for file in &arguments.zones {
        refuse_study(&file.display().to_string(), "--zones FILE.geojson")?;
        zones.extend(open_zones(file)?);
    }
    Ok(zones)
}

/// The cheapest way of each segment, with as much of the terrain as it needed.
///
/// If the way found is so dear that one beyond what was read might be cheaper, more is read and the
/// search is done again.
pub fn search(
    study: &Study,
    arguments: &Search,
    options: &Options,
    watch: &Watch,
) -> Result<(Grid, Vec<SegmentRoute>), Failure> {
    let search = |grid: &Grid| {
        let routes = watch.search(study, grid, options)?;
        let needed = needed_detour_ratio(study, options, &routes);
        Ok((routes, needed))
    };
    let (grid, found) = widened(study, arguments, options, watch, search)?;
    let routes = found.map_err(|error| route::explained(error, study, &grid, options))?;
    Ok((grid, routes))
}

/// The best ways under each of some gradients, over the terrain that the flattest one needs.
pub fn by_gradient(
    study: &Study,
    arguments: &Search,
    options: &Options,
    gradients_permille: &[f64],
    watch: &Watch,
) -> Result<Vec<LegSensitivity>, Failure> {
    let is_over = || watch.is_over(|| "ways under each gradient".to_owned());
    let search = |grid: &Grid| {
        let legs = route::sensitivity_until(study, grid, options, gradients_permille, &is_over)?;
        let needed = match flattest(&legs) {
            // Without time no wider terrain is of use.
            _ if was_stopped(&legs) => 0.0,
            Some(routes) => needed_detour_ratio(study, options, &routes),
            None => f64::INFINITY,
        };
        Ok((legs, needed))
    };
    let (_, legs) = widened(study, arguments, options, watch, search)?;
    watch.clear();
    let legs = legs?;
    if was_stopped(&legs) {
        anstream::eprintln!("note: stopped before all gradients were searched");
    }
    Ok(legs)
}

fn was_stopped(legs: &[LegSensitivity]) -> bool {
    legs.iter().flat_map(|leg| &leg.rows).any(|row| row.was_stopped)
}

/// The way of each segment under the flattest gradient, if there is one.
fn flattest(legs: &[LegSensitivity]) -> Option<Vec<SegmentRoute>> {
    let mut routes: Vec<SegmentRoute> = Vec::new();
    for leg in legs {
        let route = leg.rows.first()?.route.clone()?;
        match routes.iter_mut().find(|known| known.segment == route.segment) {
            Some(known) => known.certificates.extend(route.certificates),
            None => routes.push(route),
        }
    }
    Some(routes)
}

/// The ways that really differ, or those found until the time was over: if none were, the tables
/// say so.
pub fn alternatives(
    study: &Study,
    grid: &Grid,
    options: &Options,
    choice: &AlternativeOptions,
    watch: &Watch,
) -> Result<Vec<LegAlternatives>, Failure> {
    let is_over = || watch.is_over(|| "ways that differ".to_owned());
    let legs = route::alternatives_until(study, grid, options, choice, &is_over)?;
    watch.clear();
    for leg in legs.iter().filter(|leg| leg.was_stopped) {
        let count = leg.ways.len();
        anstream::eprintln!(
            "note: {}: stopped with {count} {} found; there may be others",
            leg.segment,
            if count == 1 { "way" } else { "ways" }
        );
    }
    Ok(legs)
}

/// Searches a window of the terrain, and again a wider one, until it holds all that might be
/// cheaper than what was found; the search tells how long ways may be, by their straight line.
fn widened<T>(
    study: &Study,
    arguments: &Search,
    options: &Options,
    watch: &Watch,
    search: impl Fn(&Grid) -> railcorridor::Result<(T, f64)>,
) -> Result<(Grid, railcorridor::Result<T>), Failure> {
    let mosaic = mosaic(study, arguments)?;
    let mut ratio = FIRST_RATIO;
    let mut bounds = search_bounds(study, options, ratio)?;
    loop {
        let grid = mosaic.window(bounds, arguments.terrain_step, TERRAIN_BYTES)?;
        watch.expect(&grid, &options.levels)?;
        let found = search(&grid);
        let needed = match &found {
            Ok((_, needed)) => *needed,
            Err(Error::NoRoute { .. }) => f64::INFINITY,
            Err(_) => return Ok((grid, found.map(|(found, _)| found))),
        };
        if watch.is_stopped() || needed <= ratio || bounds.holds(mosaic.bounds()) {
            note_beyond(&grid, &options.zones)?;
            return Ok((grid, found.map(|(found, _)| found)));
        }
        ratio = 1.01 * needed;
        // What no box can hold is all that there is.
        bounds = search_bounds(study, options, ratio).unwrap_or_else(|_| mosaic.bounds());
    }
}

/// Says which zones have no say: a planner who draws one wants to know.
fn note_beyond(grid: &Grid, zones: &[Zone]) -> Result<(), Failure> {
    if !zones.is_empty() {
        for id in ZoneRaster::new(grid, zones)?.beyond {
            anstream::eprintln!("note: zone {id} lies beyond the ground that was searched");
        }
    }
    Ok(())
}

fn mosaic(study: &Study, arguments: &Search) -> Result<Mosaic, Failure> {
    for name in &arguments.terrain {
        refuse_study(name, "--terrain FILE...")?;
    }
    let names = if arguments.terrain.is_empty() { &study.terrain } else { &arguments.terrain };
    if names.is_empty() {
        return Err(Failure::usage("the study has no terrain; name one with --terrain FILE"));
    }
    Ok(Mosaic::open(names)?)
}

/// A list of files takes a study that comes after it for one of them.
fn refuse_study(name: &str, option: &str) -> Result<(), Failure> {
    if name.to_ascii_lowercase().ends_with(".toml") {
        let words = format!("{name} is a study: name it first, corridor route {name} {option}");
        return Err(Failure::Usage(words));
    }
    Ok(())
}
