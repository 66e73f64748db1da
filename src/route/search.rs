//! The way of every segment of a study.

use std::ops::ControlFlow;

use super::direction::SearchedEnds;
use super::segment_route::route;
use super::stops::{Stops, stops};
use super::{
    Ground, LevelOptions, LevelPath, Progress, SegmentRoute, level_search, level_search_watched,
};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;
use crate::model::{Segment, Station, Study};
use crate::parallel::each;
use crate::terrain::{Grid, Zone, ZoneRaster, ZoneShape};

/// What a search of a study may do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Gradient, levels and costs.
    pub levels: LevelOptions,
    /// Whether the line must pass the stations between a segment's ends.
    pub through_places: bool,
    /// Zones on the terrain: forbidden, avoided and preferred ground, geohazards, rivers to be
    /// crossed, points to be passed. Those of a study come from [`Study::zones_on_terrain`].
    pub zones: Vec<Zone>,
}

/// The cheapest way of every segment of a study over a terrain.
///
/// Each leg is searched by [`level_search`] from its northern end, so that the way back is the same
/// way, unless [`LevelOptions::climb_ratio`] tells climbs from falls; with the feature `parallel` on
/// several threads, with the same result.
///
/// # Errors
/// [`Error::OutOfRange`] for a station outside of the terrain or in a void of it; [`Error::Zone`]
/// for one in a forbidden zone, for a zone of the study that is not among the options, and those of
/// [`ZoneRaster::new`]; the errors of [`level_search`].
///
/// ```
/// use railcorridor::geodesy::LonLat;
/// use railcorridor::model::{Segment, Station, Study};
/// use railcorridor::route::{Options, search};
/// use railcorridor::terrain::{Grid, read_zones};
///
/// // A plain on the equator, and a slide of a tenth of a degree across it at half as much again.
/// let grid = Grid::new(41, LonLat::new(60.0, 0.05)?, 0.01, 0.01, vec![100.0; 41 * 11])?;
/// let at = |id: &str, lon_deg| Station { id: id.into(), lon_deg, ..Station::default() };
/// let segment =
///     Segment { id: "s".into(), from: "a".into(), to: "b".into(), ..Segment::default() };
/// let study = Study {
///     stations: vec![at("a", 60.1), at("b", 60.3)],
///     segments: vec![segment],
///     ..Study::default()
/// };
/// let zones = br#"{"type": "Feature",
///     "properties": {"id": "slide", "kind": "geohazard", "factor_ratio": 1.5},
///     "geometry": {"type": "Polygon", "coordinates": [[[60.145, -1], [60.245, -1],
///         [60.245, 1], [60.145, 1], [60.145, -1]]]}}"#;
/// let options = Options { zones: read_zones(zones, "zones.geojson")?, ..Options::default() };
/// let route = &search(&study, &grid, &options)?[0];
/// assert!((route.length_m - 22_263.9).abs() < 0.1); // 0.2 degrees x pi/180 x 6,378,137 m
/// assert!((route.figures.hazards[0].length_m - 11_131.9).abs() < 0.1); // 0.1 degrees of it
/// assert!((route.cost_m - 22_263.9 - 0.5 * 11_131.9).abs() < 1.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn search(study: &Study, grid: &Grid, options: &Options) -> Result<Vec<SegmentRoute>> {
    all(study, grid, options, None)
}

/// How far the search of a leg has come.
#[derive(Debug, Clone, Copy)]
pub struct LegProgress<'a> {
    /// Where the leg begins.
    pub from: &'a Station,
    /// Where it ends.
    pub to: &'a Station,
    /// How far its search has come.
    pub progress: Progress,
}

/// What looks at the searches of all legs, perhaps from several threads, and may stop each.
pub type Watch<'a> = dyn Fn(&LegProgress<'_>) -> ControlFlow<()> + Sync + 'a;

/// As [`search`], with a watch that is shown the progress of each leg and may stop it.
///
/// Each leg is searched by [`level_search_watched`]: one that is stopped once it has a way keeps
/// it, and its certificate says how far from the cheapest it may be.
///
/// # Errors
/// Those of [`search`]; [`Error::Stopped`] if a leg is stopped before it has any way.
pub fn search_watched(
    study: &Study,
    grid: &Grid,
    options: &Options,
    watch: &Watch<'_>,
) -> Result<Vec<SegmentRoute>> {
    all(study, grid, options, Some(watch))
}

fn all(
    study: &Study,
    grid: &Grid,
    options: &Options,
    watch: Option<&Watch<'_>>,
) -> Result<Vec<SegmentRoute>> {
    let ground = ground(study, grid, options)?;
    let segments: Vec<&Segment> = study.segments.iter().collect();
    routes(study, &segments, grid, &ground, options, watch)
}

/// The ground of a terrain with the zones on it, those of the study among them.
pub(super) fn ground(study: &Study, grid: &Grid, options: &Options) -> Result<Ground> {
    check_zones(study, options)?;
    let ground = Ground::of_grid(grid)?;
    if options.zones.is_empty() {
        return Ok(ground);
    }
    ground.with_zones(&ZoneRaster::new(grid, &options.zones)?)
}

/// A stretch of a segment from a stop to a stop.
pub(super) type Leg<'a> = (&'a Segment, &'a Station, &'a Station);

/// All stretches between some stops.
pub(super) fn legs<'a>(stops: &'a [Stops<'_>]) -> Vec<Leg<'a>> {
    let of_segment =
        |stops: &'a Stops<'_>| stops.legs().map(|(from, to)| (stops.segment, from, to));
    stops.iter().flat_map(of_segment).collect()
}

/// The cells of the two stops of a leg, as its ways are searched.
pub(super) fn leg_cells(
    grid: &Grid,
    ground: &Ground,
    options: &Options,
    &(_, from, to): &Leg<'_>,
) -> Result<SearchedEnds> {
    let cell = |station| open_cell(grid, ground, options, station);
    Ok(SearchedEnds::new((cell(from)?, cell(to)?), &options.levels))
}

/// The cheapest way of some segments of a study.
pub(super) fn routes(
    study: &Study,
    segments: &[&Segment],
    grid: &Grid,
    ground: &Ground,
    options: &Options,
    watch: Option<&Watch<'_>>,
) -> Result<Vec<SegmentRoute>> {
    let mut stops = stops(study, options);
    stops.retain(|stops| segments.iter().any(|segment| segment.id == stops.segment.id));
    let legs = legs(&stops);
    let one = |leg: &Leg<'_>| {
        let searched = leg_cells(grid, ground, options, leg)?;
        let (start, end) = searched.ends;
        let &(_, from, to) = leg;
        let levels = &options.levels;
        let found = match watch {
            None => level_search(ground, start, end, levels),
            Some(watch) => level_search_watched(ground, start, end, levels, &mut |progress| {
                watch(&LegProgress { from, to, progress: *progress })
            }),
        };
        let found = found.map_err(|error| beside_zones(named(error, from, to), options))?;
        Ok(searched.along_leg(found))
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
    let (limit, hint) = match grid.nearest(place) {
        Some((row, col)) if grid.height_m(row, col).is_some() => return Ok((row, col)),
        Some(_) => {
            let hint = "a void lies there: name another terrain too, or move the station";
            ("what is known of the terrain".to_owned(), hint)
        }
        None => {
            let (first, last) = (grid.place(0, 0), grid.place(grid.rows() - 1, grid.cols() - 1));
            let limit = format!(
                "the terrain, {:.3} to {:.3} E and {:.3} to {:.3} N",
                first.lon_deg, last.lon_deg, last.lat_deg, first.lat_deg
            );
            (limit, "give a terrain that covers the station")
        }
    };
    let Station { id, lon_deg, lat_deg, .. } = station;
    let item = format!("place of station {id} [{lon_deg}, {lat_deg}]: lat_deg");
    Err(Error::OutOfRange { item, value: *lat_deg, limit, hint: hint.to_owned() })
}

/// The cell nearest to a place, if no zone closes it.
fn open_cell(
    grid: &Grid,
    ground: &Ground,
    options: &Options,
    station: &Station,
) -> Result<(usize, usize)> {
    let (row, col) = cell(grid, station)?;
    if ground.height_m(row, col).is_some() {
        return Ok((row, col));
    }
    for zone in &options.zones {
        if zone.closes(grid, (row, col))? {
            let Station { id, lon_deg, lat_deg, .. } = station;
            return Err(Error::Zone {
                item: zone.id().to_owned(),
                problem: format!(
                    "is forbidden, and touches the cell of {id} [{lon_deg}, {lat_deg}]"
                ),
                hint: "move the place or the zone, or take a finer terrain".to_owned(),
            });
        }
    }
    Ok((row, col))
}

/// Refuses a study whose own zones are not laid on the terrain: a search that left them out would
/// look as if it had kept to them.
fn check_zones(study: &Study, options: &Options) -> Result<()> {
    let laid = |id: &str| options.zones.iter().any(|zone| zone.id() == id);
    match study.zones.iter().find(|zone| !laid(&zone.id)) {
        Some(zone) => Err(Error::Zone {
            item: zone.id.clone(),
            problem: "is a zone of the study, but not laid on the terrain".to_owned(),
            hint: "add Study::zones_on_terrain to Options::zones, or take it out of the study"
                .to_owned(),
        }),
        None => Ok(()),
    }
}

/// The error, with the forbidden zones that may be what closes the way.
fn beside_zones(error: Error, options: &Options) -> Error {
    let forbidden = |zone: &&Zone| matches!(zone.shape(), ZoneShape::Forbidden(_));
    let ids: Vec<&str> = options.zones.iter().filter(forbidden).map(Zone::id).collect();
    match error {
        Error::NoRoute { from, to, problem, hint } if !ids.is_empty() => {
            const SHOWN: usize = 5;
            let more = if ids.len() > SHOWN { ", ..." } else { "" };
            let shown = ids.get(..SHOWN).unwrap_or(&ids).join(", ");
            let hint = format!("{hint}, or open a forbidden zone: {shown}{more}");
            Error::NoRoute { from, to, problem, hint }
        }
        other => other,
    }
}

/// The error with the stations' ids instead of cells.
pub(super) fn named(error: Error, start: &Station, end: &Station) -> Error {
    match error {
        Error::NoRoute { problem, hint, .. } => {
            Error::NoRoute { from: start.id.clone(), to: end.id.clone(), problem, hint }
        }
        Error::Stopped { item } => {
            Error::Stopped { item: format!("{item} from {} to {}", start.id, end.id) }
        }
        other => other,
    }
}
