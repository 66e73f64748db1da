//! Where the stations and way points lie, and who says so.

use super::sources::number;
use super::table::{Cell, Mark, Table};
use super::words::{grouped, plain, role};
use crate::geodesy::{LonLat, distance_m};
use crate::model::{Certainty, Station, Study};

/// Every place of the study with its position and the document that gives it: what the geodesics
/// and the map rest on.
///
/// Kilometres are geodesics from place to place along the line; places beside it have none.
#[must_use]
pub fn places_table(study: &Study) -> Table {
    let note = "Positions on WGS 84, as the documents give them; lengths by places and the map rest \
                on them. Km: from place to place along the line.";
    let headings = [
        "Place",
        "It is",
        ">Km",
        ">Longitude, deg",
        ">Latitude, deg",
        ">Height, m",
        ">Gauges, mm",
        "Position",
    ];
    let mut table = Table::new("places", "Places", note, &headings);
    let chainages = chainages_km(study);
    let beside =
        study.stations.iter().filter(|station| chainages.iter().all(|(id, _)| *id != station.id));
    let on_the_line = chainages.iter().filter_map(|(id, km)| Some((study.station(id)?, Some(*km))));
    for (station, km) in on_the_line.chain(beside.map(|station| (station, None))) {
        table.rows.push(row(study, station, km));
    }
    table
}

fn row(study: &Study, station: &Station, km: Option<f64>) -> Vec<Cell> {
    let mut name = station.name.en.clone();
    if !station.name.aliases.is_empty() {
        name.push_str(&format!(" (also {})", station.name.aliases.join(", ")));
    }
    let gauges: Vec<String> = station.gauges_mm.iter().map(ToString::to_string).collect();
    let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    vec![
        name.into(),
        role(station.role).into(),
        km.map_or("-".to_owned(), |km| grouped(km, 1)).into(),
        format!("{}", station.lon_deg).into(),
        format!("{}", station.lat_deg).into(),
        station.height_m.map_or("-".to_owned(), plain).into(),
        or_dash(gauges.join(", ")).into(),
        position(study, station),
    ]
}

fn position(study: &Study, station: &Station) -> Cell {
    let source = station.source.as_ref().and_then(|id| number(study, id));
    let reason = station.reason.clone().unwrap_or_default();
    let within = station
        .position_within_m
        .map_or(String::new(), |within_m| format!("within {} km", plain(within_m / 1e3)));
    let words: Vec<&str> =
        [within.as_str(), reason.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    match (station.position, words.is_empty()) {
        (Certainty::Assumed, _) => Cell::marked(words.join("; "), Mark::Assumed),
        (Certainty::Published, true) => "as published".into(),
        (Certainty::Published, false) => words.join("; ").into(),
    }
    .with_sources(source)
}

/// Stations along the line with their distance from its beginning, kilometres.
fn chainages_km(study: &Study) -> Vec<(&str, f64)> {
    let mut all: Vec<(&str, f64)> = Vec::new();
    let mut before: Option<LonLat> = None;
    let mut along_m = 0.0;
    for id in study.segments.iter().flat_map(|segment| segment.station_ids()) {
        let Some(station) = study.station(id) else { continue };
        let Ok(place) = LonLat::new(station.lon_deg, station.lat_deg) else { continue };
        along_m += before.map_or(0.0, |before| distance_m(before, place));
        before = Some(place);
        if all.last().is_none_or(|(last, _)| *last != id) {
            all.push((id, along_m / 1e3));
        }
    }
    all
}
