//! Features of a GeoJSON file: polygons, lines and points with their properties.

use std::path::Path;

use geojson::GeometryValue;
use serde::de::Deserializer as _;

use super::feature_collection::Collection;
use super::polygon::{MOST_CORNERS, Polygon, check_places, wrong};
use crate::bounded;
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// A larger file is not read: the outline of a country at 1:1,000,000 has a few megabytes.
const LARGEST_FILE_BYTES: usize = 32 << 20;

/// One feature of a map, its geometry sorted by kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MapFeature {
    /// Its number in the file, from 0.
    pub index: usize,
    /// Its areas.
    pub polygons: Vec<Polygon>,
    /// Its lines, each of two places at least.
    pub lines: Vec<Vec<LonLat>>,
    /// Its points.
    pub points: Vec<LonLat>,
    /// What the file says of it.
    pub properties: serde_json::Map<String, serde_json::Value>,
}

/// Reads the features of a GeoJSON text (RFC 7946: WGS 84, longitude first); `name` stands for the
/// file in errors.
///
/// Collections of geometries are taken apart; heights are left out.
///
/// # Errors
/// [`Error::Limit`] above 32 MB. [`Error::Zone`] with the number of the feature if the text is no
/// GeoJSON, holds no geometry, if a place is not on earth, a line shorter than two places or across
/// the antimeridian, or a polygon is refused by [`Polygon::new`].
///
/// ```
/// let text = br#"{"type": "Feature", "properties": {"name": "ford"},
///     "geometry": {"type": "Point", "coordinates": [62.2, 34.3]}}"#;
/// let features = railcorridor::terrain::read_geojson(text, "ford.geojson")?;
/// assert_eq!(features[0].points[0].lat_deg, 34.3);
/// assert_eq!(features[0].properties["name"], "ford");
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn read_geojson(bytes: &[u8], name: &str) -> Result<Vec<MapFeature>> {
    if bytes.len() > LARGEST_FILE_BYTES {
        return Err(Error::Limit {
            item: format!("map {name}"),
            needed: format!("{} bytes", bytes.len()),
            limit: format!("{LARGEST_FILE_BYTES} bytes"),
            hint: "cut it to the corridor, or simplify its outlines".to_owned(),
        });
    }
    let in_file = |index, error: Error| error.of_zone(name, index);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let mut visitor = Collection::default();
    let read = reader.deserialize_map(&mut visitor).and_then(|()| reader.end());
    if let Err(error) = read {
        let index = visitor.features.as_ref().map(|_| visitor.next);
        let error = wrong(error.to_string(), "a GeoJSON FeatureCollection is needed (RFC 7946)");
        return Err(in_file(index, error));
    }
    let features = match (visitor.kind.as_deref(), visitor.features) {
        (Some("FeatureCollection"), Some(features)) => features,
        (Some("FeatureCollection"), None) => Vec::new(),
        (Some("Feature"), _) => serde_json::from_slice(bytes)
            .map(|feature| vec![feature])
            .map_err(|error| in_file(Some(0), wrong(error.to_string(), "see RFC 7946, 3.2")))?,
        (Some(_), _) => serde_json::from_slice::<geojson::Geometry>(bytes)
            .map(|geometry| vec![geojson::Feature::from(geometry.value)])
            .map_err(|error| in_file(Some(0), wrong(error.to_string(), "see RFC 7946, 3.1")))?,
        (None, _) => {
            let hint = "a GeoJSON FeatureCollection is needed (RFC 7946)";
            return Err(in_file(None, wrong("has no \"type\"", hint)));
        }
    };
    let read = |(index, feature)| of_feature(index, feature).map_err(|e| in_file(Some(index), e));
    let features: Vec<MapFeature> =
        features.into_iter().enumerate().map(read).collect::<Result<_>>()?;
    if features.is_empty() {
        return Err(in_file(None, wrong("holds no feature", "draw one, or leave the file out")));
    }
    Ok(features)
}

/// Reads the features of a GeoJSON file.
///
/// # Errors
/// [`Error::Io`], and those of [`read_geojson`].
pub fn open_geojson(path: &Path) -> Result<Vec<MapFeature>> {
    read_geojson(&read_map(path)?, &path.display().to_string())
}

/// The bytes of a file; of one that is too long a byte more than is allowed, so that it is refused.
pub(super) fn read_map(path: &Path) -> Result<Vec<u8>> {
    bounded::file(path, LARGEST_FILE_BYTES as u64)
}

fn of_feature(index: usize, feature: geojson::Feature) -> Result<MapFeature> {
    let properties = feature.properties.unwrap_or_default();
    let mut read = MapFeature { index, properties, ..MapFeature::default() };
    let hint = "give it a polygon, a line or a point";
    let geometry = feature.geometry.ok_or_else(|| wrong("has no geometry", hint))?;
    add(&mut read, geometry.value)?;
    if read.polygons.is_empty() && read.lines.is_empty() && read.points.is_empty() {
        return Err(wrong("its geometry is empty", hint));
    }
    Ok(read)
}

/// Sorts a geometry by kind; collections within collections are as deep as the text may be.
fn add(read: &mut MapFeature, geometry: GeometryValue) -> Result<()> {
    match geometry {
        GeometryValue::Point { coordinates } => read.points.extend(places(&[coordinates])?),
        GeometryValue::MultiPoint { coordinates } => read.points.extend(places(&coordinates)?),
        GeometryValue::LineString { coordinates } => read.lines.push(line(&coordinates)?),
        GeometryValue::MultiLineString { coordinates } => {
            for one in coordinates {
                read.lines.push(line(&one)?);
            }
        }
        GeometryValue::Polygon { coordinates } => read.polygons.push(polygon(&coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for one in coordinates {
                read.polygons.push(polygon(&one)?);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for one in geometries {
                add(read, one.value)?;
            }
        }
    }
    Ok(())
}

/// Places as they stand; whether they are on the earth is checked with the shape.
fn raw(positions: &[geojson::Position]) -> Result<Vec<LonLat>> {
    let place = |position: &geojson::Position| match *position.as_slice() {
        [lon_deg, lat_deg, ..] => Ok(LonLat { lon_deg, lat_deg }),
        _ => Err(wrong("a place has fewer than two numbers", "[longitude, latitude]")),
    };
    positions.iter().map(place).collect()
}

fn places(positions: &[geojson::Position]) -> Result<Vec<LonLat>> {
    let places = raw(positions)?;
    // One by one: a step between points may cross the antimeridian.
    places.chunks(1).try_for_each(check_places)?;
    Ok(places)
}

fn line(positions: &[geojson::Position]) -> Result<Vec<LonLat>> {
    checked_line(raw(positions)?)
}

/// A line of two places at least that can be drawn.
pub(super) fn checked_line(line: Vec<LonLat>) -> Result<Vec<LonLat>> {
    if line.len() < 2 {
        return Err(wrong("a line has fewer than two places", "a single place is a Point"));
    }
    if line.len() > MOST_CORNERS {
        let problem = format!("a line has {} places, {MOST_CORNERS} at most", line.len());
        return Err(wrong(problem, "simplify it"));
    }
    check_places(&line)?;
    Ok(line)
}

fn polygon(rings: &[Vec<geojson::Position>]) -> Result<Polygon> {
    let mut rings = rings.iter().map(|ring| raw(ring));
    let exterior = rings.next().transpose()?.unwrap_or_default();
    Polygon::new(exterior, rings.collect::<Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(features: &str) -> String {
        format!(r#"{{"type": "FeatureCollection", "features": [{features}]}}"#)
    }

    fn feature(kind: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type": "Feature", "properties": null,
                "geometry": {{"type": "{kind}", "coordinates": {coordinates}}}}}"#
        )
    }

    fn refusal(text: &str) -> String {
        read_geojson(text.as_bytes(), "map.geojson").unwrap_err().to_string()
    }

    const POINT: &str = r#"{"type": "Feature", "properties": {"a": 1},
        "geometry": {"type": "Point", "coordinates": [60.0, 30.0, 512.0]}}"#;

    #[test]
    fn every_kind_of_geometry_is_read() {
        let ring = "[[60,30],[61,30],[61,31],[60,30]]";
        let features = [
            POINT.to_owned(),
            feature("MultiPoint", "[[179,0],[-179,0]]"),
            feature("LineString", "[[60,30],[61,31]]"),
            feature("MultiLineString", "[[[60,30],[61,31]],[[60,30],[61,32]]]"),
            feature("Polygon", &format!("[{ring}]")),
            feature("MultiPolygon", &format!("[[{ring}],[{ring}]]")),
            r#"{"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": [
                {"type": "Point", "coordinates": [60, 30]},
                {"type": "LineString", "coordinates": [[60, 30], [61, 31]]}]}}"#
                .to_owned(),
        ];
        let read = read_geojson(collection(&features.join(",")).as_bytes(), "map").unwrap();
        let counts = |f: &MapFeature| (f.polygons.len(), f.lines.len(), f.points.len());
        let expected =
            [(0, 0, 1), (0, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (2, 0, 0), (0, 1, 1)];
        assert_eq!(read.iter().map(counts).collect::<Vec<_>>(), expected);
        let bare = r#"{"type": "Point", "coordinates": [60, 30]}"#;
        assert_eq!(read_geojson(bare.as_bytes(), "map").unwrap().len(), 1);
        assert_eq!(read_geojson(POINT.as_bytes(), "map").unwrap()[0].properties["a"], 1);
    }

    #[test]
    fn what_is_wrong_is_said_of_its_feature() {
        for (bad, words) in [
            (feature("Point", "[NaN, 30]"), "expected value"),
            (feature("Point", "[1e999, 30]"), "out of range"),
            (feature("Point", "[60]"), "two or more"),
            (feature("Point", "[34, 162]"), "are they swapped?"),
            (feature("Point", "[190, 30]"), "[190, 30] is no place on earth"),
            (feature("LineString", "[[60, 30]]"), "fewer than two places"),
            (feature("LineString", "[[179, 30], [-179, 30]]"), "antimeridian"),
            (feature("LineString", "[]"), "fewer than two places"),
            (feature("MultiPoint", "[]"), "its geometry is empty"),
            (feature("Polygon", "[]"), "empty ring"),
            (feature("Polygon", "[[[60,30],[61,30],[61,31]]]"), "a ring is open"),
            (feature("Polygon", "[[[60,30],[61,31],[61,30],[60,31],[60,30]]]"), "crosses itself"),
            (feature("Circle", "[60, 30]"), "unknown variant"),
            (r#"{"type": "Feature", "geometry": null}"#.to_owned(), "has no geometry"),
            ("7".to_owned(), "invalid type"),
        ] {
            let message = refusal(&collection(&format!("{POINT}, {bad}, {POINT}")));
            assert!(message.contains("zone map.geojson, feature 1: "), "{message}");
            assert!(message.contains(words), "\"{words}\" is not in: {message}");
        }
    }

    #[test]
    fn what_is_no_map_is_refused() {
        for (text, words) in [
            ("", "EOF"),
            ("[]", "a GeoJSON object"),
            ("{}", "has no \"type\""),
            (r#"{"type": "FeatureCollection"}"#, "holds no feature"),
            (r#"{"type": "FeatureCollection", "features": []}"#, "holds no feature"),
            (r#"{"type": "Topology", "objects": {}}"#, "Topology"),
            (r#"{"type": "FeatureCollection", "features": []} x"#, "trailing"),
        ] {
            let message = refusal(text);
            assert!(message.contains(words), "\"{words}\" is not in: {message}");
        }
        let deep = "[".repeat(100_000);
        assert!(refusal(&collection(&feature("Polygon", &deep))).contains("recursion limit"));
        let long = " ".repeat(LARGEST_FILE_BYTES + 1);
        assert!(refusal(&long).contains("the limit is 33554432 bytes"));
    }

    #[test]
    fn cut_and_changed_texts_never_panic() {
        let ring = "[[60,30],[61,30],[61,31],[60,30]]";
        let text = collection(&[POINT, &feature("Polygon", &format!("[{ring}]"))].join(","));
        chance::property(|u| {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..u.int_in_range(1..=4)? {
                let at = u.choose_index(bytes.len())?;
                if u.arbitrary()? {
                    bytes[at] = u.arbitrary()?;
                } else {
                    bytes.remove(at);
                }
            }
            let _ = read_geojson(&bytes, "map").map_err(|error| error.to_string());
            Ok(())
        })
        .budget_ms(500);
    }
}
