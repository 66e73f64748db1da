//! What a planner asks of a route: curves, gradients, depths, structures, terrain, cost, length.

use serde::Serialize;

use super::built_length::freed_m;
use super::smoothing::{length_and_turning, smoothed};
use super::structures::{depth_classes, gradient_classes, tunnels_and_bridges};
use super::{
    BuiltLength, BuiltLengthModel, CostBand, CostModel, Course, DepthClass, GradientClass, Node,
    RoutePoint, Structures, TerrainLengths, cost_band,
};
use crate::geodesy::LonLat;
use crate::terrain::{Grid, HazardLength, Zone, hazard_lengths};

/// Figures of a route, ready for JSON.
///
/// ```
/// use railcorridor::geodesy::LonLat;
/// use railcorridor::model::{Segment, Station, Study};
/// use railcorridor::route::{Options, search};
/// use railcorridor::terrain::Grid;
///
/// // Along the equator over a plain: no curve, no cut, no gradient; all of it is level and flat.
/// let corner = LonLat::new(60.0, 0.05)?;
/// let grid = Grid::new(41, corner, 0.01, 0.01, vec![100.0; 41 * 11])?;
/// let at = |id: &str, lon_deg| Station { id: id.into(), lon_deg, ..Station::default() };
/// let segment =
///     Segment { id: "s".into(), from: "a".into(), to: "b".into(), ..Segment::default() };
/// let study = Study {
///     stations: vec![at("a", 60.1), at("b", 60.3)],
///     segments: vec![segment],
///     ..Study::default()
/// };
/// let options = Options { through_places: true, ..Options::default() };
/// let route = &search(&study, &grid, &options)?[0];
/// let figures = &route.figures;
/// assert!((route.length_m - 22_263.9).abs() < 0.1); // 0.2 degrees x pi/180 x 6,378,137 m
/// assert!(figures.turning_deg_per_km < 1e-6);
/// assert!((figures.gradients[0].rising_m - route.length_m).abs() < 1e-6);
/// assert!((figures.terrain.flat_m - route.length_m).abs() < 1e-6);
/// assert_eq!((figures.tunnels.count, figures.bridges.count, figures.crossings), (0, 0, 0));
/// // 1.087 x 22.2639 + 2 = 26.20 km as built.
/// assert!((figures.built_length.expected_m - 26_200.8).abs() < 1.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RouteFigures {
    /// Length at each gradient, gentle to steep.
    pub gradients: Vec<GradientClass>,
    /// Length at each height above the ground, deep to high.
    pub depths: Vec<DepthClass>,
    /// Sum of all turns to both sides by the length, degrees a kilometre.
    ///
    /// The way runs by cells, whose steps are no curves: it is cut into pieces of half a cell, and
    /// each point replaced by the mean over three cells, before its turns are measured.
    pub turning_deg_per_km: f64,
    /// Tunnels: where one is cheaper than a cut.
    pub tunnels: Structures,
    /// Bridges: where one is cheaper than a fill.
    pub bridges: Structures,
    /// How often the route crosses a river or the like of [`Options::zones`](super::Options::zones).
    pub crossings: usize,
    /// How far it runs within each geohazard of the zones, in their order.
    pub hazards: Vec<HazardLength>,
    /// Length by terrain.
    pub terrain: TerrainLengths,
    /// Length as the mean over five points half a cell apart, metres: a track may lie anywhere in
    /// its cells.
    pub freed_m: f64,
    /// Length as it would be built, by the default [`BuiltLengthModel`], if the gradient of the
    /// search is the line's.
    pub built_length: BuiltLength,
    /// Cost of that length on such terrain.
    pub cost: CostBand,
}

/// What the figures of a route rest on.
pub(super) struct Surveyed<'a> {
    pub(super) points: &'a [RoutePoint],
    /// One a point.
    pub(super) nodes: &'a [Node],
    pub(super) grid: &'a Grid,
    pub(super) cost: &'a CostModel,
    pub(super) geodesic_m: f64,
    pub(super) legs: usize,
    pub(super) knows_places: bool,
    pub(super) crossings: usize,
    pub(super) zones: &'a [Zone],
}

pub(super) fn figures(of: &Surveyed<'_>) -> RouteFigures {
    let Surveyed { points, nodes, grid, cost, .. } = *of;
    // The cells midway along the route; they change by a few percent over it.
    let row = nodes.get(nodes.len() / 2).map_or(0, |node| node.row);
    let cell_m = 0.5 * (grid.dx_m(row) + grid.dy_m(row));
    let (length_m, turning_deg) = length_and_turning(&smoothed(points, 0.5 * cell_m, 3));
    let (tunnels, bridges) = tunnels_and_bridges(points, cost);
    let places: Vec<LonLat> = points.iter().map(|point| point.place).collect();
    let terrain = TerrainLengths::along(points, nodes, grid, cost);
    let freed_m = freed_m(points, cell_m);
    let built_length = BuiltLengthModel::default().length(&Course {
        freed_m,
        geodesic_m: of.geodesic_m,
        legs: of.legs,
        knows_places: of.knows_places,
        terrain: terrain.class(),
    });
    RouteFigures {
        gradients: gradient_classes(points),
        depths: depth_classes(points),
        turning_deg_per_km: if length_m > 0.0 { turning_deg / (length_m / 1e3) } else { 0.0 },
        tunnels,
        bridges,
        crossings: of.crossings,
        hazards: hazard_lengths(of.zones, &places),
        cost: cost_band(&terrain, built_length.expected_m),
        terrain,
        freed_m,
        built_length,
    }
}
