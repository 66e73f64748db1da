//! Rings of a zone, laid from longitude and latitude into a plane.

use crate::error::Result;
use crate::geodesy::{LonLat, TransverseMercator, UtmZone};
use crate::terrain::Bounds;

/// Sides are straight in longitude and latitude, and bent in the plane: by tan(latitude) s^2 / 8 R on
/// a length s, which is 2 mm on 250 m at 60 degrees.
const PIECE_M: f64 = 250.0;

/// Metres of a degree of latitude, near enough to count pieces.
const DEGREE_M: f64 = 111_000.0;

/// How far beyond the ground of a line zones are kept, degrees.
const BEYOND_DEG: f64 = 0.1;

/// The part of the earth in which zones are laid on a plane; what lies outside is drawn in to its
/// edge, so that a ring stays a ring and its inside stays its inside.
pub(super) struct Frame {
    bounds: Bounds,
}

impl Frame {
    /// The frame about some corners of the plane.
    pub(super) fn about(zone: &UtmZone, corners: [[f64; 2]; 2]) -> Self {
        let [[west_m, south_m], [east_m, north_m]] = corners;
        let middle_m = 0.5 * (south_m + north_m);
        // Parallels are bent in the plane, so the middles of the edges count too.
        let all = [south_m, middle_m, north_m]
            .map(|n_m| [west_m, 0.5 * (west_m + east_m), east_m].map(|e_m| (e_m, n_m)));
        let mut bounds: Option<Bounds> = None;
        for (e_m, n_m) in all.into_iter().flatten() {
            let Ok(place) = zone.inverse(crate::geodesy::Coord { e_m, n_m }) else { continue };
            let old = bounds.unwrap_or(Bounds {
                west_deg: place.lon_deg,
                south_deg: place.lat_deg,
                east_deg: place.lon_deg,
                north_deg: place.lat_deg,
            });
            bounds = Some(Bounds {
                west_deg: old.west_deg.min(place.lon_deg),
                south_deg: old.south_deg.min(place.lat_deg),
                east_deg: old.east_deg.max(place.lon_deg),
                north_deg: old.north_deg.max(place.lat_deg),
            });
        }
        let meridian_deg = zone.projection().central_meridian_deg();
        let most_deg = TransverseMercator::MAX_FROM_MERIDIAN_DEG - 0.01;
        let found = bounds.unwrap_or(Bounds {
            west_deg: meridian_deg,
            south_deg: 0.0,
            east_deg: meridian_deg,
            north_deg: 0.0,
        });
        let bounds = Bounds {
            west_deg: (found.west_deg - BEYOND_DEG).max(meridian_deg - most_deg),
            south_deg: (found.south_deg - BEYOND_DEG).max(-90.0),
            east_deg: (found.east_deg + BEYOND_DEG).min(meridian_deg + most_deg),
            north_deg: (found.north_deg + BEYOND_DEG).min(90.0),
        };
        Self { bounds }
    }

    /// Whether a ring lies all on one side of the frame.
    pub(super) fn misses(&self, ring: &[LonLat]) -> bool {
        let Bounds { west_deg, south_deg, east_deg, north_deg } = self.bounds;
        ring.iter().all(|at| at.lon_deg < west_deg)
            || ring.iter().all(|at| at.lon_deg > east_deg)
            || ring.iter().all(|at| at.lat_deg < south_deg)
            || ring.iter().all(|at| at.lat_deg > north_deg)
    }

    /// A closed ring in the plane, in pieces that stay within millimetres of its sides.
    pub(super) fn lay(&self, zone: &UtmZone, ring: &[LonLat]) -> Result<Vec<[f64; 2]>> {
        let mut laid: Vec<[f64; 2]> = Vec::with_capacity(ring.len());
        let mut put = |place: LonLat| -> Result<()> {
            let at = zone.forward(self.drawn_in(place))?;
            if laid.last() != Some(&[at.e_m, at.n_m]) {
                laid.push([at.e_m, at.n_m]);
            }
            Ok(())
        };
        for pair in ring.windows(2) {
            let [a, b] = pair else { continue };
            put(*a)?;
            if self.misses(pair) {
                continue;
            }
            let degrees = (b.lon_deg - a.lon_deg).hypot(b.lat_deg - a.lat_deg);
            let pieces = (degrees * DEGREE_M / PIECE_M).ceil();
            let mut piece = 1.0;
            while piece < pieces {
                let share = piece / pieces;
                put(LonLat {
                    lon_deg: a.lon_deg + share * (b.lon_deg - a.lon_deg),
                    lat_deg: a.lat_deg + share * (b.lat_deg - a.lat_deg),
                })?;
                piece += 1.0;
            }
        }
        if let Some(last) = ring.last() {
            put(*last)?;
        }
        Ok(laid)
    }

    fn drawn_in(&self, place: LonLat) -> LonLat {
        let Bounds { west_deg, south_deg, east_deg, north_deg } = self.bounds;
        LonLat {
            lon_deg: place.lon_deg.clamp(west_deg, east_deg.max(west_deg)),
            lat_deg: place.lat_deg.clamp(south_deg, north_deg.max(south_deg)),
        }
    }
}
