//! A line for simulations of traffic: RailJSON, the format of OSRD.

use serde_json::{Value, json};

use super::geojson::position;
use super::map_drawing::Drawing;
use super::print::print;
use crate::error::{Result, within};
use crate::geometry::{Element, Horizontal, Line, Profile};
use crate::operation::SpeedLimit;
use crate::operation::service::ServicePlace;

/// The version of the schema.
const VERSION: &str = "3.4.12";

/// Gradients on a vertical curve differ by no more than that from one piece to the next, permille.
const STEP_PERMILLE: f64 = 1.0;

/// Pieces of a transition are no longer.
const PIECE_M: f64 = 20.0;

/// No vertical curve has more pieces.
const MOST_PIECES: f64 = 1e4;

/// A place on a line by its name: a station, a crossing loop.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePlace {
    /// What it is called.
    pub name: String,
    /// Its distance along the line.
    pub at_m: f64,
}

impl From<&ServicePlace> for LinePlace {
    fn from(place: &ServicePlace) -> Self {
        Self { name: place.label(), at_m: place.at_m }
    }
}

/// A line as an infrastructure of OSRD: one track section with its gradients, radii and course, its
/// speed limits, a buffer stop at either end, and a route from each of them to the other.
///
/// Lengths are those of the plan. A gradient, in metres a kilometre, is the mean over its range, so
/// that heights at both ends of each range are exact: a grade is one range, a vertical curve is cut
/// into even pieces over which the gradient changes by a permille at most. A radius is without sign
/// and the mean of its range, its length by its turning: an arc is one range, a transition is cut
/// into even pieces of 20 m at most; straight pieces have none. Speeds are in metres a second, both
/// ways. There are no stations ([`to_railjson_with`] takes them), switches, signals or detectors.
///
/// # Errors
///
/// As [`to_geojson_line`](super::to_geojson_line).
///
/// # Example
///
/// A kilometre with 12 permille, and 90 km/h on its first half:
///
/// ```
/// use railcorridor::exchange::to_railjson;
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{
///     Alignment, Along, Horizontal, Line, Profile, Range, Tangent, VerticalElement,
/// };
///
/// let start = Coord { e_m: 500_000.0, n_m: 3_800_000.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(1000.0)?.into()])?;
/// let profile = Profile::new(0.0, 900.0, vec![VerticalElement::grade(1000.0, 0.012)?])?;
/// let mut line = Line::new("short", Alignment::new(plan, Some(profile), None)?)?;
/// line.epsg = Some(32641);
/// line.speeds_kmh = Some(Along::new(vec![Range { from_m: 0.0, to_m: 500.0, value: 90.0 }])?);
/// let text = to_railjson(&line, 1.0)?;
/// assert!(text.contains(r#""slopes":[{"begin":0.0,"end":1000.0,"gradient":12.0}]"#));
/// assert!(text.contains(r#""speed_limit":25.0"#)); // 90 / 3.6
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn to_railjson(line: &Line, tolerance_m: f64) -> Result<String> {
    to_railjson_with(line, &[], &[], tolerance_m)
}

/// As [`to_railjson`], with stations as operational points, and with limits of speed besides those of
/// the line.
///
/// A station is a point of the one track: its loops are none of the infrastructure. Its name stands
/// in the extension `identifier`, beside a UIC code of 0, since it has none.
///
/// # Errors
///
/// As [`to_railjson`], and [`Error::OutOfRange`](crate::Error::OutOfRange) if a station does not lie
/// on the line.
///
/// ```
/// use railcorridor::exchange::{LinePlace, to_railjson_with};
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Line, Tangent};
///
/// let start = Coord { e_m: 500_000.0, n_m: 3_800_000.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(1000.0)?.into()])?;
/// let mut line = Line::new("short", Alignment::new(plan, None, None)?)?;
/// line.epsg = Some(32641);
/// let place = |at_m| LinePlace { name: "Herat".into(), at_m };
/// let text = to_railjson_with(&line, &[place(400.0)], &[], 1.0)?;
/// assert!(text.contains(r#""position":400.0"#) && text.contains(r#""name":"Herat""#));
/// assert!(to_railjson_with(&line, &[place(1400.0)], &[], 1.0).is_err());
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn to_railjson_with(
    line: &Line,
    stations: &[LinePlace],
    limits: &[SpeedLimit],
    tolerance_m: f64,
) -> Result<String> {
    let drawing = Drawing::new(line, tolerance_m)?;
    let coordinates: Vec<Value> = drawing.vertices().map(|vertex| position(&vertex)).collect();
    let (length_m, key) = (line.length_m(), print(&line.name));
    let track = track_id(line);
    let slopes = match line.alignment.profile() {
        Some(profile) => slopes(profile, length_m)?,
        None => Vec::new(),
    };
    let buffer = |name: &str, at_m: f64| json!({"id": format!("{name}-{key}"), "track": track, "position": at_m});
    let infrastructure = json!({
        "version": VERSION,
        "track_sections": [{
            "id": track,
            "length": length_m,
            "geo": {"type": "LineString", "coordinates": coordinates},
            "slopes": slopes,
            "curves": curves(line.alignment.horizontal()),
            "loading_gauge_limits": [],
            "extensions": {"source": {"id": line.name, "name": "railcorridor"}},
        }],
        "buffer_stops": [buffer("start", 0.0), buffer("end", length_m)],
        "speed_sections": speeds(line, limits, &track, &key),
        "operational_points": operational_points(line, stations, &track)?,
        "routes": [
            route("there", &key, ["start", "end"], "START_TO_STOP"),
            route("back", &key, ["end", "start"], "STOP_TO_START"),
        ],
        "switches": [],
        "extended_switch_types": [],
        "electrifications": [],
        "signals": [],
        "detectors": [],
        "neutral_sections": [],
    });
    Ok(infrastructure.to_string())
}

/// The id of the track section of a line.
pub(super) fn track_id(line: &Line) -> String {
    format!("track-{}", print(&line.name))
}

fn operational_points(line: &Line, stations: &[LinePlace], track: &str) -> Result<Vec<Value>> {
    let key = print(&line.name);
    let point = |(number, station): (usize, &LinePlace)| {
        let item = || format!("at_m of station {}", station.name);
        let hint = "give the distance along the line";
        within(item, station.at_m, (0.0, line.length_m()), hint)?;
        Ok(json!({
            "id": format!("station-{number}-{key}"),
            "parts": [{"track": track, "position": station.at_m}],
            "extensions": {"identifier": {"name": station.name, "uic": 0}},
        }))
    };
    stations.iter().enumerate().map(point).collect()
}

/// From one buffer stop to the other.
fn route(name: &str, key: &str, [from, to]: [&str; 2], direction: &str) -> Value {
    let buffer_stop = |end: &str| json!({"type": "BufferStop", "id": format!("{end}-{key}")});
    json!({
        "id": format!("route-{name}-{key}"),
        "entry_point": buffer_stop(from),
        "entry_point_direction": direction,
        "exit_point": buffer_stop(to),
        "release_detectors": [],
        "switches_directions": {},
    })
}

/// Gradients by ranges, as far as the plan reaches.
fn slopes(profile: &Profile, length_m: f64) -> Result<Vec<Value>> {
    let mut ranges = Vec::new();
    // Where one ends the next one begins, to the last digit.
    let ends_m = profile.joints_m().skip(1);
    for ((element, begin_m), end_m) in profile.elements().iter().zip(profile.joints_m()).zip(ends_m)
    {
        let (begin_m, end_m) = (begin_m.max(0.0), end_m.min(length_m));
        if !(end_m > begin_m) {
            continue;
        }
        let change = (element.gradient_to_ratio() - element.gradient_from_ratio()).abs();
        let count = (change * 1e3 / STEP_PERMILLE - 1e-9).ceil().clamp(1.0, MOST_PIECES);
        for (from_m, to_m) in pieces(begin_m, end_m, count) {
            // Rounding of sums cannot lead off the profile.
            let height_m = |at_m: f64| profile.at(at_m.min(profile.end_m())).map(|l| l.height_m);
            let gradient = if change == 0.0 {
                element.gradient_from_ratio()
            } else {
                (height_m(to_m)? - height_m(from_m)?) / (to_m - from_m)
            };
            ranges.push(json!({"begin": from_m, "end": to_m, "gradient": gradient * 1e3}));
        }
    }
    Ok(ranges)
}

/// Radii by ranges; straight ones have none.
fn curves(plan: &Horizontal) -> Vec<Value> {
    let mut ranges = Vec::new();
    for (element, (begin_m, end_m)) in plan.pieces() {
        let count = match element {
            Element::Transition(_) => ((end_m - begin_m) / PIECE_M).ceil().max(1.0),
            Element::Tangent(_) | Element::Arc(_) => 1.0,
        };
        for (from_m, to_m) in pieces(begin_m, end_m, count) {
            let mean_per_m = match element {
                Element::Transition(transition) => {
                    let turn_rad = |at_m: f64| transition.turn_rad(at_m - begin_m);
                    (turn_rad(to_m) - turn_rad(from_m)) / (to_m - from_m)
                }
                Element::Tangent(_) | Element::Arc(_) => element.curvature_from_per_m(),
            };
            let radius_m = 1.0 / mean_per_m.abs();
            if radius_m <= MOST_RADIUS_M {
                ranges.push(json!({"begin": from_m, "end": to_m, "radius": radius_m}));
            }
        }
    }
    ranges
}

/// What bends less is straight to a train.
const MOST_RADIUS_M: f64 = 1e7;

/// Even pieces of a range.
fn pieces(begin_m: f64, end_m: f64, count: f64) -> Vec<(f64, f64)> {
    let (mut done, mut from_m, mut pieces) = (0.0, begin_m, Vec::new());
    while done < count {
        done += 1.0;
        let to_m = if done < count { begin_m + (end_m - begin_m) * done / count } else { end_m };
        if to_m > from_m {
            pieces.push((from_m, to_m));
        }
        from_m = to_m;
    }
    pieces
}

fn speeds(line: &Line, limits: &[SpeedLimit], track: &str, key: &str) -> Vec<Value> {
    let length_m = line.length_m();
    let own = line.speeds_kmh.iter().flat_map(|speeds| speeds.between(0.0, length_m));
    let own = own.map(|range| ([range.from_m, range.to_m], range.value));
    let more = limits.iter().map(|limit| ([limit.from_m, limit.to_m], limit.speed_kmh));
    let all = own
        .chain(more)
        .map(|([from_m, to_m], speed_kmh)| ([from_m.max(0.0), to_m.min(length_m)], speed_kmh));
    let on_line = all.filter(|([from_m, to_m], speed_kmh)| from_m < to_m && *speed_kmh > 0.0);
    let section = |(number, ([begin_m, end_m], speed_kmh)): (usize, ([f64; 2], f64))| {
        json!({
            "id": format!("speed-{number}-{key}"),
            "speed_limit": speed_kmh / 3.6,
            "speed_limit_by_tag": {},
            "track_ranges": [{
                "track": track,
                "begin": begin_m,
                "end": end_m,
                "applicable_directions": "BOTH",
            }],
        })
    };
    on_line.enumerate().map(section).collect()
}
