//! The route of a segment: its points and what they say.

use super::route_figures::{Surveyed, figures};
use super::structures::{bridge_stretches, tunnel_stretches};
use super::{Certificate, CostModel, Ground, LevelPath, Node, Options, RouteFigures};
use crate::geodesy::{LonLat, distance_m, polyline_length_m};
use crate::model::{Segment, Station};
use crate::terrain::Grid;

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
    /// Gradients, depths, curves, structures, terrain, length as built and cost.
    pub figures: RouteFigures,
    /// One for each leg: from station to station if the line must pass them, else one.
    pub certificates: Vec<Certificate>,
}

impl SegmentRoute {
    /// The highest point.
    #[must_use]
    pub fn summit(&self) -> Option<RoutePoint> {
        self.points.iter().copied().max_by(|a, b| a.height_m.total_cmp(&b.height_m))
    }

    /// Its tunnels with this cost, each from where to where, metres along the points.
    #[must_use]
    pub fn tunnels_m(&self, cost: &CostModel) -> Vec<(f64, f64)> {
        tunnel_stretches(&self.points, cost)
    }

    /// Its bridges with this cost, each from where to where, metres along the points.
    #[must_use]
    pub fn bridges_m(&self, cost: &CostModel) -> Vec<(f64, f64)> {
        bridge_stretches(&self.points, cost)
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

/// The route of a segment out of the ways of its legs.
pub(super) fn route(
    segment: &Segment,
    grid: &Grid,
    ground: &Ground,
    options: &Options,
    legs: &[(&Station, &Station, &LevelPath)],
) -> SegmentRoute {
    let paths = || legs.iter().map(|(.., path)| *path);
    let (points, nodes) = points_and_nodes(grid, paths());
    let figures = figures(&Surveyed {
        points: &points,
        nodes: &nodes,
        grid,
        cost: &options.levels.cost,
        geodesic_m: polyline_length_m(&places(legs)),
        legs: legs.len(),
        knows_places: options.through_places,
        crossings: paths().map(|path| crossings(ground, &path.nodes)).sum(),
        zones: &options.zones,
    });
    let mut route = SegmentRoute {
        segment: segment.id.clone(),
        length_m: points.last().map_or(0.0, |last| last.chainage_m),
        cost_m: paths().map(|leg| leg.certificate.cost_m).sum(),
        climb_m: 0.0,
        descent_m: 0.0,
        steepest_permille: 0.0,
        deepest_cut_m: 0.0,
        highest_fill_m: 0.0,
        tunnel_m: figures.tunnels.length_m,
        bridge_m: figures.bridges.length_m,
        figures,
        certificates: paths().map(|leg| leg.certificate).collect(),
        points,
    };
    measure_heights(&mut route);
    route
}

fn points_and_nodes<'a>(
    grid: &Grid,
    legs: impl Iterator<Item = &'a LevelPath>,
) -> (Vec<RoutePoint>, Vec<Node>) {
    let mut points: Vec<RoutePoint> = Vec::new();
    let mut nodes = Vec::new();
    for (place, leg) in legs.enumerate() {
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
            nodes.push(*node);
        }
    }
    (points, nodes)
}

/// The stations at the ends of the legs.
fn places(legs: &[(&Station, &Station, &LevelPath)]) -> Vec<LonLat> {
    let first = legs.first().map(|(from, ..)| *from);
    let place = |station: &Station| LonLat { lon_deg: station.lon_deg, lat_deg: station.lat_deg };
    first.into_iter().chain(legs.iter().map(|(_, to, _)| *to)).map(place).collect()
}

/// How often a way crosses something; what runs through its nodes is crossed by two moves.
fn crossings(ground: &Ground, nodes: &[Node]) -> usize {
    let cell = |node: &Node| (node.row, node.col);
    let pairs = nodes.iter().zip(nodes.iter().skip(1));
    let crossed: f64 = pairs.map(|(a, b)| ground.crossed_share(cell(a), cell(b))).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let crossed = crossed.round() as usize;
    crossed
}

fn measure_heights(route: &mut SegmentRoute) {
    for (a, b) in route.points.iter().zip(route.points.iter().skip(1)) {
        let (run_m, rise_m) = (b.chainage_m - a.chainage_m, b.height_m - a.height_m);
        route.climb_m += rise_m.max(0.0);
        route.descent_m += (-rise_m).max(0.0);
        if run_m > 0.0 {
            route.steepest_permille = route.steepest_permille.max((rise_m / run_m * 1e3).abs());
        }
    }
    for point in &route.points {
        let above_m = point.height_m - point.ground_m;
        route.deepest_cut_m = route.deepest_cut_m.max(-above_m);
        route.highest_fill_m = route.highest_fill_m.max(above_m);
    }
}
