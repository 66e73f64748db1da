//! A line for simulations of traffic: RailJSON, the format of OSRD.

use serde_json::{Value, json};

use super::geojson::position;
use super::map_drawing::Drawing;
use super::print::print;
use crate::error::Result;
use crate::geometry::{Element, Horizontal, Line, Profile, Range};

/// The version of the schema.
const VERSION: &str = "3.4.12";

/// Gradients on a vertical curve differ by no more than that from one piece to the next, permille.
const STEP_PERMILLE: f64 = 1.0;

/// Pieces of a transition are no longer.
const PIECE_M: f64 = 20.0;

/// No vertical curve has more pieces.
const MOST_PIECES: f64 = 1e4;

/// A line as an infrastructure of OSRD: one track section with its gradients, radii and course, its
/// speed limits, and a buffer stop at either end.
///
/// Lengths are those of the plan. A gradient, in metres a kilometre, is the mean over its range, so
/// that heights at both ends of each range are exact: a grade is one range, a vertical curve is cut
/// into even pieces over which the gradient changes by a permille at most. A radius is without sign
/// and the mean of its range, its length by its turning: an arc is one range, a transition is cut
/// into even pieces of 20 m at most; straight pieces have none. Speeds are in metres a second, both
/// ways. There are no stations, switches, signals or routes.
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
    let drawing = Drawing::new(line, tolerance_m)?;
    let coordinates: Vec<Value> = drawing.vertices().map(|vertex| position(&vertex)).collect();
    let (length_m, key) = (line.length_m(), print(&line.name));
    let track = format!("track-{key}");
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
        "speed_sections": speeds(line, &track, &key),
        "operational_points": [],
        "routes": [],
        "switches": [],
        "extended_switch_types": [],
        "electrifications": [],
        "signals": [],
        "detectors": [],
        "neutral_sections": [],
    });
    Ok(infrastructure.to_string())
}

/// Gradients by ranges, as far as the plan reaches.
fn slopes(profile: &Profile, length_m: f64) -> Result<Vec<Value>> {
    let mut ranges = Vec::new();
    for (element, begin_m) in profile.elements().iter().zip(profile.joints_m()) {
        let end_m = (begin_m + element.length_m()).min(length_m);
        let begin_m = begin_m.max(0.0);
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

fn speeds(line: &Line, track: &str, key: &str) -> Vec<Value> {
    let Some(speeds) = &line.speeds_kmh else { return Vec::new() };
    let length_m = line.length_m();
    let on_line = speeds.between(0.0, length_m).filter(|range| range.value > 0.0);
    let section = |(number, range): (usize, &Range<f64>)| {
        json!({
            "id": format!("speed-{number}-{key}"),
            "speed_limit": range.value / 3.6,
            "speed_limit_by_tag": {},
            "track_ranges": [{
                "track": track,
                "begin": range.from_m.max(0.0),
                "end": range.to_m.min(length_m),
                "applicable_directions": "BOTH",
            }],
        })
    };
    on_line.enumerate().map(section).collect()
}
