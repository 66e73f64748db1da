//! Lines on maps: GeoJSON (RFC 7946), from which the same line is read again.

mod agree;
mod record;

use record::Record;
use serde_json::{Value, json};

use super::element_word::element_word;
use super::map_drawing::{Drawing, Vertex};
use crate::error::{Error, Result};
use crate::geometry::Line;

/// A line as a GeoJSON file: one feature for the line, one for each element of its plan.
///
/// Each is a LineString whose chords leave the line by no more than the tolerance, on a map of
/// degrees as on the ground; heights stand as the third number if they are known, above the sea as
/// the line has them. Longitudes and latitudes are written to 1e-9 degrees (0.1 mm), heights to 0.1
/// mm. The feature of the line holds, as its property `line`, every number from which
/// [`from_geojson_line`] makes the same line again: its start on the plane, elements, profile, cant,
/// chainages, speeds.
///
/// # Errors
///
/// [`Error::Exchange`] if the plane of the line is not known or it crosses the meridian of 180
/// degrees, [`Error::Unknown`] if its plane is no zone of UTM, [`Error::OutOfRange`] if the tolerance
/// is not 0.1 mm to 10 km, [`Error::Limit`] if it takes more than two million places.
///
/// # Complexity
///
/// Linear in the elements and in the places drawn.
///
/// # Example
///
/// A kilometre on the middle meridian of zone 41, due north, is two places, 1000 / 0.9996 m apart:
///
/// ```
/// use railcorridor::exchange::{from_geojson_line, to_geojson_line};
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Line, Tangent};
///
/// let start = Coord { e_m: 500_000.0, n_m: 3_800_000.0 };
/// let plan = Horizontal::new(start, std::f64::consts::FRAC_PI_2, vec![Tangent::new(1000.0)?.into()])?;
/// let mut line = Line::new("meridian", Alignment::new(plan, None, None)?)?;
/// line.epsg = Some(32641);
/// let text = to_geojson_line(&line, 0.1)?;
/// assert_eq!(text.matches("63.0,34.3").count(), 4); // the line's two places, and its element's
/// let back = from_geojson_line(&text)?;
/// assert_eq!(back.alignment.horizontal().start(), start);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn to_geojson_line(line: &Line, tolerance_m: f64) -> Result<String> {
    Ok(collection(line, tolerance_m)?.to_string())
}

/// A line out of a GeoJSON file that [`to_geojson_line`] wrote: the same to the last digit.
///
/// Programs of maps may add to it and round its places to a centimetre. What they change else is
/// refused: a file whose drawing and whose numbers disagree is two lines, and neither is known to be
/// meant. A LineString of another program is refused too: it has kinks and no curvature.
///
/// # Errors
///
/// [`Error::Exchange`] with where it is; errors of what makes a line, if its numbers are none;
/// [`Error::Limit`] for files of more than 256 MB.
pub fn from_geojson_line(text: &str) -> Result<Line> {
    if text.len() > MOST_BYTES {
        return Err(Error::Limit {
            item: "the GeoJSON file".to_owned(),
            needed: format!("{} MB", text.len() >> 20),
            limit: format!("{} MB", MOST_BYTES >> 20),
            hint: "a file holds one line".to_owned(),
        });
    }
    let hint = "write it with to_geojson_line";
    let text = text.trim_start_matches('\u{feff}');
    let file: Value =
        serde_json::from_str(text).map_err(|error| wrong(error.to_string(), "is it JSON?"))?;
    let listed = file.get("features").and_then(Value::as_array);
    let features = listed.map_or(std::slice::from_ref(&file), Vec::as_slice);
    let record = |feature: &Value| feature.get("properties")?.get("line").cloned();
    let mut records = features.iter().filter_map(record);
    let record = records.next().ok_or_else(|| nothing(features))?;
    if records.next().is_some() {
        return Err(wrong("there is more than one line in it".to_owned(), "read one at a time"));
    }
    let record: Record = serde_json::from_value(record)
        .map_err(|error| wrong(format!("the property line: {error}"), hint))?;
    let (line, drawn_to_m) = record.line()?;
    let written = collection(&line, drawn_to_m)?;
    match agree::difference(&written, &file, "file") {
        None => Ok(line),
        Some(what) => {
            let hint = "the property line says otherwise; change the line and write it again";
            Err(wrong(format!("it was changed after it was written: {what}"), hint))
        }
    }
}

/// No file may be larger.
const MOST_BYTES: usize = 256 << 20;

fn wrong(problem: String, hint: &str) -> Error {
    Error::Exchange { place: "the GeoJSON file".to_owned(), problem, hint: hint.to_owned() }
}

/// The error for a file without a line of ours.
fn nothing(features: &[Value]) -> Error {
    let is_drawn = |feature: &Value| {
        let shape = feature.get("geometry").unwrap_or(feature);
        let kind = shape.get("type").and_then(Value::as_str);
        kind.is_some_and(|kind| kind.ends_with("LineString"))
    };
    if features.iter().any(is_drawn) {
        let hint = "lay curves into its corners with Horizontal::through";
        let problem = "it has a drawn line only, with kinks and without curvature";
        return wrong(problem.to_owned(), hint);
    }
    wrong("there is no line in it".to_owned(), "write it with to_geojson_line")
}

/// The whole file.
fn collection(line: &Line, tolerance_m: f64) -> Result<Value> {
    let drawing = Drawing::new(line, tolerance_m)?;
    let record = serde_json::to_value(Record::new(line, tolerance_m))
        .map_err(|error| wrong(error.to_string(), "give finite numbers"))?;
    let mut features = Vec::with_capacity(drawing.elements.len() + 1);
    let whole: Vec<Vertex> = drawing.vertices().collect();
    features.push(feature(&whole, &json!({"name": line.name, "line": record})));
    let plan = line.alignment.horizontal();
    let pieces = plan.pieces().zip(&drawing.elements);
    for (number, ((element, (from_m, to_m)), vertices)) in pieces.enumerate() {
        let properties = json!({
            "element": element_word(element),
            "number": number,
            "from_m": from_m,
            "to_m": to_m,
            "curvature_from_per_m": element.curvature_from_per_m(),
            "curvature_to_per_m": element.curvature_to_per_m(),
        });
        features.push(feature(vertices, &properties));
    }
    Ok(json!({"type": "FeatureCollection", "features": features}))
}

fn feature(vertices: &[Vertex], properties: &Value) -> Value {
    let coordinates: Vec<Value> = vertices.iter().map(position).collect();
    json!({
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "LineString", "coordinates": coordinates},
    })
}

/// Longitude, latitude and the height if it is known, without digits that say nothing.
pub(super) fn position(vertex: &Vertex) -> Value {
    let degrees = |deg: f64| (deg * 1e9).round() / 1e9;
    let (lon_deg, lat_deg) = (degrees(vertex.place.lon_deg), degrees(vertex.place.lat_deg));
    match vertex.height_m {
        Some(height_m) => json!([lon_deg, lat_deg, (height_m * 1e4).round() / 1e4]),
        None => json!([lon_deg, lat_deg]),
    }
}
