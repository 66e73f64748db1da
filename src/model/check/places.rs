//! Stations and segments: positions that can be, and a line that hangs together.

use super::Check;
use crate::model::{Certainty, Segment, Station};

pub(super) fn check(check: &mut Check<'_>) {
    let study = check.study;
    for (index, station) in study.stations.iter().enumerate() {
        position(check, index, station);
        if let Some(source) = &station.source {
            check.source(
                format!("station[{index}].source"),
                format!("station {}", station.id),
                source,
            );
        }
    }
    for (index, segment) in study.segments.iter().enumerate() {
        segment_stations(check, index, segment);
    }
    for (index, pair) in study.segments.windows(2).enumerate() {
        if let [before, after] = pair
            && before.to != after.from
        {
            check.add(
                format!("segment[{}].from", index + 1),
                format!("segment {}", after.id),
                format!("from = \"{}\" does not continue segment {}", after.from, before.id),
                format!("segments follow one another: from = \"{}\"", before.to),
            );
        }
    }
    for (index, connection) in study.connections.iter().enumerate() {
        let item = format!("connection {}", connection.id);
        let path = format!("connection[{index}]");
        check.station(format!("{path}.at"), item.clone(), &connection.at);
        check.station(format!("{path}.to"), item.clone(), &connection.to);
        check.source(format!("{path}.source"), item.clone(), &connection.source);
        gauge(check, format!("{path}.gauge_mm"), &item, connection.gauge_mm);
    }
}

fn gauge(check: &mut Check<'_>, path: String, item: &str, gauge_mm: u32) {
    check.range(path, item, "gauge_mm", f64::from(gauge_mm), [600.0, 1_676.0]);
}

fn position(check: &mut Check<'_>, index: usize, station: &Station) {
    let item = format!("station {}", station.id);
    let at = |key: &str| format!("station[{index}].{key}");
    let (lon_deg, lat_deg) = (station.lon_deg, station.lat_deg);
    let mut outside = |key: &str, value: f64, limit: f64, other: f64| {
        if value.is_finite() && value.abs() > limit {
            let swapped = value.abs() <= 180.0 && other.abs() <= 90.0 && key == "lat_deg";
            let hint = if swapped { "are lon_deg and lat_deg swapped?" } else { "degrees, WGS 84" };
            check.add(
                at(key),
                item.clone(),
                format!("{key} = {value} is outside {} to {limit}", -limit),
                hint,
            );
        }
    };
    outside("lon_deg", lon_deg, 180.0, lat_deg);
    outside("lat_deg", lat_deg, 90.0, lon_deg);
    if looks_swapped(check, index) {
        check.add(
            at("lon_deg"),
            item.clone(),
            format!("lon_deg = {lon_deg}, lat_deg = {lat_deg} lies far from all other stations"),
            format!("are they swapped? lon_deg = {lat_deg}, lat_deg = {lon_deg} would be near"),
        );
    }
    if let Some(height_m) = station.height_m {
        check.range(at("height_m"), &item, "height_m", height_m, [-430.0, 6_000.0]);
    }
    if let Some(within_m) = station.position_within_m {
        check.range(
            at("position_within_m"),
            &item,
            "position_within_m",
            within_m,
            [0.1, 200_000.0],
        );
    }
    for (place, gauge_mm) in station.gauges_mm.iter().enumerate() {
        gauge(check, at(&format!("gauges_mm[{place}]")), &item, *gauge_mm);
    }
    if station.position == Certainty::Assumed
        && (station.reason.is_none() || station.position_within_m.is_none())
    {
        check.add(
            at("position"),
            item,
            "position is assumed, but not why or how far it may be off",
            "add reason = \"...\" and position_within_m = ...",
        );
    }
}

/// Whether a station lies more than 10 degrees from the middle of all stations, and would be
/// nearer than that if its coordinates were exchanged.
fn looks_swapped(check: &Check<'_>, index: usize) -> bool {
    const FAR_DEG: f64 = 10.0;
    let stations = &check.study.stations;
    let Some(this) = stations.get(index) else {
        return false;
    };
    let middle = |value: fn(&Station) -> f64| {
        let mut values: Vec<f64> = stations.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let (lon_deg, lat_deg) = (middle(|s| s.lon_deg), middle(|s| s.lat_deg));
    let near =
        |lon: f64, lat: f64| (lon - lon_deg).abs() < FAR_DEG && (lat - lat_deg).abs() < FAR_DEG;
    stations.len() > 2 && !near(this.lon_deg, this.lat_deg) && near(this.lat_deg, this.lon_deg)
}

fn segment_stations(check: &mut Check<'_>, index: usize, segment: &Segment) {
    let item = format!("segment {}", segment.id);
    check.station(format!("segment[{index}].from"), item.clone(), &segment.from);
    check.station(format!("segment[{index}].to"), item.clone(), &segment.to);
    for (place, via) in segment.via.iter().enumerate() {
        check.station(format!("segment[{index}].via[{place}]"), item.clone(), via);
    }
    for (key, bearing_deg) in
        [("from_bearing_deg", segment.from_bearing_deg), ("to_bearing_deg", segment.to_bearing_deg)]
    {
        let outside = |deg: &f64| deg.is_finite() && !(0.0..=360.0).contains(deg);
        if let Some(deg) = bearing_deg.filter(outside) {
            check.add(
                format!("segment[{index}].{key}"),
                item.clone(),
                format!("{key} = {deg} is outside 0 to 360"),
                "degrees clockwise from true north, in the direction of the segment",
            );
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for id in segment.station_ids() {
        if seen.contains(&id) {
            check.add(
                format!("segment[{index}].from"),
                item.clone(),
                format!("passes station \"{id}\" twice"),
                "each station of a segment is named once",
            );
        }
        seen.push(id);
    }
}
