//! How far a line runs within geohazards.

use serde::Serialize;

use super::{Zone, ZoneShape};
use crate::geodesy::{LonLat, distance_m};

/// How far a line runs within a geohazard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HazardLength {
    /// Id of the zone.
    pub zone: String,
    /// Length within it on the ellipsoid, metres.
    pub length_m: f64,
}

/// Length of a line within each geohazard, by zone in the order given; exact for the polygons as
/// drawn, whatever the grid. Polygons of one zone that overlap count once.
///
/// ```
/// use railcorridor::geodesy::LonLat;
/// use railcorridor::terrain::{Polygon, Zone, ZoneKind, ZoneRule, hazard_lengths};
///
/// let at = |lon_deg, lat_deg| LonLat { lon_deg, lat_deg };
/// let ring = vec![at(0.0, -1.0), at(1.0, -1.0), at(1.0, 1.0), at(0.0, 1.0), at(0.0, -1.0)];
/// let kind = ZoneKind::Geohazard;
/// let rule = ZoneRule { kind, factor_ratio: Some(1.5), ..ZoneRule::default() };
/// let slide = Zone::of_polygons("slide", &rule, vec![Polygon::new(ring, Vec::new())?])?;
/// // Along the equator from 1 W to 2 E: one degree of three lies within, 111.32 km.
/// let lengths = hazard_lengths(&[slide], &[at(-1.0, 0.0), at(2.0, 0.0)]);
/// assert_eq!(lengths[0].zone, "slide");
/// assert!((lengths[0].length_m - 111_319.491).abs() < 0.001);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn hazard_lengths(zones: &[Zone], line: &[LonLat]) -> Vec<HazardLength> {
    let mut lengths = Vec::new();
    for zone in zones {
        let ZoneShape::Factor { is_hazard: true, polygons, .. } = zone.shape() else { continue };
        let mut length_m = 0.0;
        for (from, to) in line.iter().zip(line.iter().skip(1)) {
            let parts = polygons.iter().flat_map(|polygon| polygon.inside_parts(*from, *to));
            let share = joined_share(parts.collect());
            if share > 0.0 {
                length_m += share * distance_m(*from, *to);
            }
        }
        lengths.push(HazardLength { zone: zone.id().to_owned(), length_m });
    }
    lengths
}

/// How much some parts of a line cover together, each from a share of it to a share.
fn joined_share(mut parts: Vec<(f64, f64)>) -> f64 {
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut covered, mut reached) = (0.0, 0.0_f64);
    for (from, to) in parts {
        covered += (to - from.max(reached)).max(0.0);
        reached = reached.max(to);
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terrain::{Polygon, ZoneKind, ZoneRule};

    /// The box of a zone between two meridians, about the equator.
    fn between(west_deg: f64, east_deg: f64) -> Polygon {
        let corners = [(west_deg, -1.0), (east_deg, -1.0), (east_deg, 1.0), (west_deg, 1.0)];
        let ring = corners.iter().chain(corners.first());
        Polygon::new(ring.map(|&(lon, lat)| at(lon, lat)).collect(), Vec::new()).unwrap()
    }

    fn at(lon_deg: f64, lat_deg: f64) -> LonLat {
        LonLat { lon_deg, lat_deg }
    }

    fn zone(id: &str, kind: ZoneKind, polygons: Vec<Polygon>) -> Zone {
        let rule = ZoneRule { kind, factor_ratio: Some(2.0), ..ZoneRule::default() };
        Zone::of_polygons(id, &rule, polygons).unwrap()
    }

    #[test]
    fn polygons_that_overlap_count_once_and_other_kinds_do_not() {
        let slides = vec![between(1.0, 3.0), between(2.0, 4.0), between(2.5, 2.6)];
        let zones = [
            zone("slides", ZoneKind::Geohazard, slides),
            zone("marsh", ZoneKind::Avoid, vec![between(0.0, 9.0)]),
            zone("flood", ZoneKind::Geohazard, vec![between(6.5, 8.0)]),
            zone("far", ZoneKind::Geohazard, vec![between(50.0, 51.0)]),
        ];
        let line = [at(0.0, 0.0), at(5.0, 0.0), at(7.0, 0.0), at(5.0, 0.0)];
        let lengths = hazard_lengths(&zones, &line);
        let degree_m = distance_m(at(0.0, 0.0), at(1.0, 0.0));
        // Slides from 1 to 4; the flood for half a degree there and back.
        for (found, (id, degrees)) in
            lengths.iter().zip([("slides", 3.0), ("flood", 1.0), ("far", 0.0)])
        {
            assert_eq!(found.zone, id);
            assert!((found.length_m / degree_m - degrees).abs() < 1e-9, "{found:?}");
        }
        assert_eq!(lengths.len(), 3);
    }
}
