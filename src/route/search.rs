//! The way of every segment of a study.

use super::parallel::each;
use super::segment_route::route;
use super::{Ground, LevelOptions, LevelPath, SegmentRoute, level_search};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;
use crate::model::{Segment, Station, Study};
use crate::terrain::{Crossing, Grid};

/// What a search of a study may do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Gradient, levels and costs.
    pub levels: LevelOptions,
    /// Whether the line must pass the stations between a segment's ends.
    pub through_places: bool,
    /// Moves that cross a river, a road or a railway, each with its cost, by the cells of the
    /// terrain.
    pub crossings: Vec<Crossing>,
}

/// The cheapest way of every segment of a study over a terrain.
///
/// Each leg is searched by [`level_search`]; with the feature `parallel` on several threads, with
/// the same result.
///
/// # Errors
/// [`Error::OutOfRange`] for a station outside of the terrain, and the errors of [`level_search`].
pub fn search(study: &Study, grid: &Grid, options: &Options) -> Result<Vec<SegmentRoute>> {
    let ground = ground(grid, options)?;
    let segments: Vec<&Segment> = study.segments.iter().collect();
    routes(study, &segments, grid, &ground, options)
}

/// The ground of a terrain with what is crossed on it.
pub(super) fn ground(grid: &Grid, options: &Options) -> Result<Ground> {
    Ground::of_grid(grid)?.with_crossings(&options.crossings)
}

/// A stretch of a segment from a station to a station.
pub(super) type Leg<'a> = (&'a Segment, &'a Station, &'a Station);

/// The cheapest way of some segments of a study.
pub(super) fn routes(
    study: &Study,
    segments: &[&Segment],
    grid: &Grid,
    ground: &Ground,
    options: &Options,
) -> Result<Vec<SegmentRoute>> {
    let mut legs: Vec<Leg<'_>> = Vec::new();
    for segment in segments {
        for (from, to) in leg_ends(study, segment, options.through_places) {
            legs.push((segment, from, to));
        }
    }
    let one = |&(_, from, to): &Leg<'_>| {
        let (start, end) = (cell(grid, from)?, cell(grid, to)?);
        level_search(ground, start, end, &options.levels).map_err(|error| named(error, from, to))
    };
    let paths = each(&legs, one).into_iter().collect::<Result<Vec<LevelPath>>>()?;
    let of_segment = |segment: &&Segment| {
        let own = legs.iter().zip(&paths).filter(|((other, ..), _)| other.id == segment.id);
        let own: Vec<_> = own.map(|(&(_, from, to), path)| (from, to, path)).collect();
        route(segment, grid, ground, options, &own)
    };
    Ok(segments.iter().map(of_segment).collect())
}

/// The stations at the ends of each leg of a segment.
pub(super) fn leg_ends<'a>(
    study: &'a Study,
    segment: &'a Segment,
    through: bool,
) -> Vec<(&'a Station, &'a Station)> {
    let stations: Vec<&Station> =
        segment.station_ids().filter_map(|id| study.station(id)).collect();
    match (through, stations.first(), stations.last()) {
        (false, Some(first), Some(last)) => vec![(*first, *last)],
        _ => stations.iter().copied().zip(stations.iter().copied().skip(1)).collect(),
    }
}

/// The cell nearest to a station.
pub(super) fn cell(grid: &Grid, station: &Station) -> Result<(usize, usize)> {
    let place = LonLat::new(station.lon_deg, station.lat_deg)?;
    if let Some((row, col)) = grid.nearest(place)
        && grid.height_m(row, col).is_some()
    {
        return Ok((row, col));
    }
    Err(Error::OutOfRange {
        item: format!("lat_deg of station {}", station.id),
        value: station.lat_deg,
        limit: "the terrain".to_owned(),
        hint: "the station lies outside of the terrain or in a void; give a terrain that covers it"
            .to_owned(),
    })
}

/// The error with the stations' ids instead of cells.
pub(super) fn named(error: Error, start: &Station, end: &Station) -> Error {
    match error {
        Error::NoRoute { problem, hint, .. } => {
            Error::NoRoute { from: start.id.clone(), to: end.id.clone(), problem, hint }
        }
        other => other,
    }
}
