//! Where a line crosses streams.

use serde::Serialize;

use super::PlaneGround;
use crate::geodesy::Coord;
use crate::terrain::{Drainage, river_bed_m};

/// A stream that a line crosses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StreamCrossing {
    /// Where, by distance along the line.
    pub distance_m: f64,
    /// What drains to that place.
    pub area_km2: f64,
    /// How wide its bed is: see [`river_bed_m`].
    pub bed_m: f64,
    /// Whether its basin may reach beyond the terrain, so that area and bed are too small.
    pub is_cut: bool,
}

/// The streams that drain so much and are crossed by a line through some places.
///
/// Nodes of the terrain under the line that hang together and carry a stream count once, where it
/// drains most: a line that runs along a stream for a while crosses it once there, as far as the
/// terrain can tell.
pub(super) fn stream_crossings(
    ground: &PlaneGround<'_>,
    drainage: &Drainage,
    places: &[(f64, Coord)],
    least_km2: f64,
) -> Vec<StreamCrossing> {
    let mut crossings: Vec<StreamCrossing> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let mut is_open = false;
    for (distance_m, coord) in places {
        let Some((row, col)) = ground.node(*coord) else {
            is_open = false;
            continue;
        };
        if last == Some((row, col)) {
            continue;
        }
        last = Some((row, col));
        let area_km2 = drainage.area_km2(row, col).unwrap_or_default();
        if area_km2 < least_km2 {
            is_open = false;
            continue;
        }
        let (bed_m, is_cut) = (river_bed_m(area_km2), drainage.is_cut(row, col));
        let found = StreamCrossing { distance_m: *distance_m, area_km2, bed_m, is_cut };
        match crossings.last_mut() {
            Some(open) if is_open => {
                if area_km2 > open.area_km2 {
                    *open = found;
                }
            }
            _ => crossings.push(found),
        }
        is_open = true;
    }
    crossings
}
