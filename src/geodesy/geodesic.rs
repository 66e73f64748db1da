//! Shortest lines on the ellipsoid, by geographiclib (Karney 2013, doi:10.1007/s00190-012-0578-z).

use std::sync::LazyLock;

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

use super::LonLat;

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// Length of the geodesic between two places, metres.
///
/// ```
/// use railcorridor::geodesy::{LonLat, distance_m};
///
/// // The quarter meridian of WGS 84 is 10 001 965.729 m.
/// let (equator, pole) = (LonLat::new(62.0, 0.0)?, LonLat::new(62.0, 90.0)?);
/// assert!((distance_m(equator, pole) - 10_001_965.729).abs() < 1e-3);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    InverseGeodesic::<f64>::inverse(&*WGS84, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg)
}

/// Direction of the geodesic at its start, degrees clockwise from north, 0 to 360.
#[must_use]
pub fn azimuth_deg(from: LonLat, to: LonLat) -> f64 {
    let (_, start_deg, _, _): (f64, f64, f64, f64) =
        WGS84.inverse(from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg);
    start_deg.rem_euclid(360.0)
}

/// The place at a distance in a direction.
#[must_use]
pub fn destination(from: LonLat, azimuth_deg: f64, distance_m: f64) -> LonLat {
    let (lat_deg, lon_deg): (f64, f64) =
        WGS84.direct(from.lat_deg, from.lon_deg, azimuth_deg, distance_m);
    LonLat { lon_deg, lat_deg }
}

/// The place at a share (0 to 1) of the way along the geodesic.
#[must_use]
pub fn point_at(from: LonLat, to: LonLat, share_ratio: f64) -> LonLat {
    destination(from, azimuth_deg(from, to), distance_m(from, to) * share_ratio)
}

/// Length of the geodesics from place to place, metres.
#[must_use]
pub fn length_m(places: &[LonLat]) -> f64 {
    places.iter().zip(places.iter().skip(1)).map(|(from, to)| distance_m(*from, *to)).sum()
}
