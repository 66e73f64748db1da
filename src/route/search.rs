//! The way of every segment of a study.

use super::{Certificate, Ground, LevelOptions, LevelPath, level_search};
use crate::error::{Error, Result};
use crate::geodesy::{LonLat, distance_m};
use crate::model::{Segment, Station, Study};
use crate::terrain::Grid;

/// What a search of a study may do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Gradient, levels and costs.
    pub levels: LevelOptions,
    /// Whether the line must pass the stations between a segment's ends.
    pub through_places: bool,
}

/// A point of a route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoutePoint {
    /// Distance from the start of the segment, metres.
    pub chainage_m: f64,
    /// Where.
    pub place: LonLat,
    /// Height of the rails, metres.
    pub height_m: f64,
    /// Height of the ground, metres.
    pub ground_m: f64,
}

/// The cheapest way of a segment, with what can be said of it on this terrain.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentRoute {
    /// Id of the segment.
    pub segment: String,
    /// From the first station to the last.
    pub points: Vec<RoutePoint>,
    /// Length along the points, on the ellipsoid, metres.
    pub length_m: f64,
    /// Cost in metres of level line.
    pub cost_m: f64,
    /// Sum of all rises, metres.
    pub climb_m: f64,
    /// Sum of all falls, metres.
    pub descent_m: f64,
    /// Steepest gradient between two points, permille.
    pub steepest_permille: f64,
    /// Deepest cut, metres; 0 if there is none.
    pub deepest_cut_m: f64,
    /// Highest fill or bridge, metres; 0 if there is none.
    pub highest_fill_m: f64,
    /// Length where a tunnel is cheaper than a cut, metres.
    pub tunnel_m: f64,
    /// Length where a bridge is cheaper than a fill, metres.
    pub bridge_m: f64,
    /// One for each leg: from station to station if the line must pass them, else one.
    pub certificates: Vec<Certificate>,
}

impl SegmentRoute {
    /// The highest point.
    #[must_use]
    pub fn summit(&self) -> Option<RoutePoint> {
        self.points.iter().copied().max_by(|a, b| a.height_m.total_cmp(&b.height_m))
    }

    /// States that were settled to find it and prove it.
    #[must_use]
    pub fn settled_count(&self) -> usize {
        self.certificates.iter().map(|certificate| certificate.settled_count).sum()
    }

    /// Greatest memory of a search, bytes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.certificates
            .iter()
            .map(|certificate| certificate.memory_bytes)
            .max()
            .unwrap_or_default()
    }
}

/// The cheapest way of every segment of a study over a terrain.
///
/// Each leg is searched by [`level_search`]; with the feature `parallel` on several threads, with
/// the same result.
///
/// # Errors
/// [`Error::OutOfRange`] for a station outside of the terrain, and the errors of [`level_search`].
pub fn search(study: &Study, grid: &Grid, options: &Options) -> Result<Vec<SegmentRoute>> {
    let ground = Ground::of_grid(grid)?;
    let mut legs = Vec::new();
    for segment in &study.segments {
        for (from, to) in leg_ends(study, segment, options.through_places) {
            legs.push((segment, from, to));
        }
    }
    let one = |&(_, from, to): &(&Segment, &Station, &Station)| {
        let (start, end) = (cell(grid, from)?, cell(grid, to)?);
        level_search(&ground, start, end, &options.levels).map_err(|error| named(error, from, to))
    };
    #[cfg(feature = "parallel")]
    let paths: Result<Vec<LevelPath>> = {
        use rayon::prelude::*;
        legs.par_iter().map(one).collect()
    };
    #[cfg(not(feature = "parallel"))]
    let paths: Result<Vec<LevelPath>> = legs.iter().map(one).collect();
    let paths = paths?;
    let of_segment = |segment: &Segment| {
        let own = legs.iter().zip(&paths).filter(|((other, ..), _)| other.id == segment.id);
        route(segment, grid, options, &own.map(|(_, path)| path).collect::<Vec<_>>())
    };
    Ok(study.segments.iter().map(of_segment).collect())
}

fn leg_ends<'a>(
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
fn cell(grid: &Grid, station: &Station) -> Result<(usize, usize)> {
    let place = LonLat::new(station.lon_deg, station.lat_deg)?;
    let (row, col) = grid.row_col_cells(place);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast out of range saturates"
    )]
    let cell = ((row.round().max(0.0)) as usize, (col.round().max(0.0)) as usize);
    if row >= -0.5 && col >= -0.5 && grid.height_m(cell.0, cell.1).is_some() {
        return Ok(cell);
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
fn named(error: Error, start: &Station, end: &Station) -> Error {
    match error {
        Error::NoRoute { problem, hint, .. } => {
            Error::NoRoute { from: start.id.clone(), to: end.id.clone(), problem, hint }
        }
        other => other,
    }
}

fn route(segment: &Segment, grid: &Grid, options: &Options, legs: &[&LevelPath]) -> SegmentRoute {
    let mut points: Vec<RoutePoint> = Vec::new();
    for (place, leg) in legs.iter().enumerate() {
        // Where legs meet, the node stands in both.
        for node in leg.nodes.iter().skip(usize::from(place > 0)) {
            let at = grid.place(node.row, node.col);
            let chainage_m =
                points.last().map_or(0.0, |last| last.chainage_m + distance_m(last.place, at));
            points.push(RoutePoint {
                chainage_m,
                place: at,
                height_m: node.height_m,
                ground_m: node.ground_m,
            });
        }
    }
    let mut route = SegmentRoute {
        segment: segment.id.clone(),
        length_m: points.last().map_or(0.0, |last| last.chainage_m),
        cost_m: legs.iter().map(|leg| leg.certificate.cost_m).sum(),
        climb_m: 0.0,
        descent_m: 0.0,
        steepest_permille: 0.0,
        deepest_cut_m: 0.0,
        highest_fill_m: 0.0,
        tunnel_m: 0.0,
        bridge_m: 0.0,
        certificates: legs.iter().map(|leg| leg.certificate).collect(),
        points,
    };
    measure(&mut route, options);
    route
}

fn measure(route: &mut SegmentRoute, options: &Options) {
    let cost = options.levels.cost;
    let pairs: Vec<(RoutePoint, RoutePoint)> =
        route.points.iter().copied().zip(route.points.iter().copied().skip(1)).collect();
    for (a, b) in pairs {
        let (run_m, rise_m) = (b.chainage_m - a.chainage_m, b.height_m - a.height_m);
        route.climb_m += rise_m.max(0.0);
        route.descent_m += (-rise_m).max(0.0);
        if run_m > 0.0 {
            route.steepest_permille = route.steepest_permille.max((rise_m / run_m * 1e3).abs());
        }
        let above_m = b.height_m - b.ground_m;
        if cost.is_tunnel(above_m) {
            route.tunnel_m += run_m;
        } else if cost.is_bridge(above_m) {
            route.bridge_m += run_m;
        }
    }
    for point in &route.points {
        let above_m = point.height_m - point.ground_m;
        route.deepest_cut_m = route.deepest_cut_m.max(-above_m);
        route.highest_fill_m = route.highest_fill_m.max(above_m);
    }
}
