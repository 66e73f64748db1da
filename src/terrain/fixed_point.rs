//! Points that a line must pass.

use super::polygon::{words, wrong};
use super::{Grid, Zone};
use crate::error::Result;
use crate::geodesy::LonLat;

/// A point that the line must pass, with the node nearest to it.
#[derive(Debug, Clone, PartialEq)]
pub struct FixedPoint {
    /// Id of its zone.
    pub zone: String,
    /// Where it was drawn.
    pub place: LonLat,
    /// Row of the nearest node.
    pub row: usize,
    /// Column of the nearest node.
    pub col: usize,
}

/// The point on a grid whose forbidden cells are infinite.
pub(super) fn on_grid(
    grid: &Grid,
    friction_ratio: &[f32],
    zone: &Zone,
    place: LonLat,
) -> Result<FixedPoint> {
    let refused = |where_: &str, hint: &str| {
        let problem = format!("the point {} lies {where_}", words(place));
        wrong(problem, hint).of_zone(zone.id(), None)
    };
    let Some((row, col)) = grid.nearest(place) else {
        let hint = "are longitude and latitude swapped? else give a terrain that covers it";
        return Err(refused("outside of the terrain", hint));
    };
    if grid.height_m(row, col).is_none() {
        let hint = "fill the void from another terrain, or move the point";
        return Err(refused("in a void of the terrain", hint));
    }
    if friction_ratio.get(row * grid.cols() + col).is_some_and(|ratio| ratio.is_infinite()) {
        return Err(refused("in a forbidden zone", "move the point or the zone"));
    }
    Ok(FixedPoint { zone: zone.id().to_owned(), place, row, col })
}
