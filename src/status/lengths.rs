//! How long each segment is: on the ellipsoid, along its places, and as published.

use serde::Serialize;

use super::{Preference, Resolved, resolve};
use crate::error::Result;
use crate::geodesy::{self, LonLat};
use crate::model::{CORRIDOR, Date, Station, Study};

/// The lengths of a segment, or of the whole corridor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LengthRow {
    /// Id of the segment, or `corridor`.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// Geodesic between its ends, kilometres; for the corridor the sum over its segments.
    pub geodesic_km: f64,
    /// Geodesics from place to place, kilometres.
    pub way_points_km: f64,
    /// The published length that is used, kilometres; for the corridor the sum, if every segment
    /// has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_km: Option<f64>,
    /// Published length over geodesic; absent where the ends are one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sinuosity_ratio: Option<f64>,
    /// Least published length between the same ends, kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_low_km: Option<f64>,
    /// Greatest published length between the same ends, kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_high_km: Option<f64>,
    /// Number of documents that give one.
    pub sources_count: usize,
    /// The claims behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Resolved>,
}

/// The lengths of every segment and of the corridor, as known on a day.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for a station that is nowhere on earth.
pub fn lengths(study: &Study, day: Date) -> Result<Vec<LengthRow>> {
    let mut rows = Vec::new();
    for segment in &study.segments {
        let places = places(study, segment.station_ids())?;
        let ends =
            [places.first(), places.last()].into_iter().flatten().copied().collect::<Vec<_>>();
        let geodesic_km = geodesy::polyline_length_m(&ends) / 1e3;
        let resolved = resolve(study, &segment.id, "length_km", day, Preference::default());
        let published_km = resolved.as_ref().and_then(|resolved| resolved.value.number());
        let spread = resolved.as_ref().and_then(|resolved| resolved.spread);
        rows.push(LengthRow {
            subject: segment.id.clone(),
            name: study.subject_name(&segment.id),
            geodesic_km,
            way_points_km: geodesy::polyline_length_m(&places) / 1e3,
            published_km,
            sinuosity_ratio: sinuosity_ratio(published_km, geodesic_km),
            published_low_km: spread.map(|spread| spread.low),
            published_high_km: spread.map(|spread| spread.high),
            sources_count: resolved.as_ref().map_or(0, |resolved| resolved.sources_count),
            resolved,
        });
    }
    rows.push(total(study, &rows));
    Ok(rows)
}

fn total(study: &Study, rows: &[LengthRow]) -> LengthRow {
    let sum = |value: fn(&LengthRow) -> Option<f64>| rows.iter().map(value).sum::<Option<f64>>();
    let geodesic_km = rows.iter().map(|row| row.geodesic_km).sum();
    let published_km = sum(|row| row.published_km);
    LengthRow {
        subject: CORRIDOR.to_owned(),
        name: study.subject_name(CORRIDOR),
        geodesic_km,
        way_points_km: rows.iter().map(|row| row.way_points_km).sum(),
        published_km,
        sinuosity_ratio: sinuosity_ratio(published_km, geodesic_km),
        published_low_km: sum(|row| row.published_low_km),
        published_high_km: sum(|row| row.published_high_km),
        sources_count: rows.iter().map(|row| row.sources_count).sum(),
        resolved: None,
    }
}

/// Published length over geodesic; none between two stations that stand in one place.
fn sinuosity_ratio(published_km: Option<f64>, geodesic_km: f64) -> Option<f64> {
    published_km.filter(|_| geodesic_km > 0.0).map(|km| km / geodesic_km)
}

/// The places of stations, in order.
pub(super) fn places<'a>(study: &Study, ids: impl Iterator<Item = &'a str>) -> Result<Vec<LonLat>> {
    let place = |station: &Station| LonLat::new(station.lon_deg, station.lat_deg);
    ids.filter_map(|id| study.station(id)).map(place).collect()
}
