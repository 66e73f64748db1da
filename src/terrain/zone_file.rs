//! Zones that say in a GeoJSON file themselves what they are.

use std::collections::BTreeMap;
use std::path::Path;

use super::map_feature::{MapFeature, read_geojson, read_map};
use super::polygon::wrong;
use super::{Zone, ZoneKind, ZoneRule};
use crate::error::{Error, Result};

/// Reads zones from a GeoJSON text whose features say themselves what they are.
///
/// Each feature has the properties `kind` (`forbidden`, `avoid`, `prefer`, `geohazard`, `river`,
/// `fixed-point`) and, as its kind needs them, `factor_ratio`, `crossing_cost_m`, `crossing_class`
/// (`stream`, `river`, `large-river`, `canal`, `road`, `railway`) or `drainage_area_km2`; `id` or
/// else its number names it. Features of one id are one zone.
///
/// # Errors
/// As [`read_geojson`] and [`Zone::new`], with the number of the feature.
///
/// ```
/// use railcorridor::terrain::{ZoneShape, read_zones};
///
/// let text = br#"{"type": "Feature",
///     "properties": {"id": "hari-rud", "kind": "river", "crossing_class": "river"},
///     "geometry": {"type": "LineString", "coordinates": [[62.0, 34.3], [62.5, 34.3]]}}"#;
/// let zones = read_zones(text, "rivers.geojson")?;
/// assert_eq!(zones[0].id(), "hari-rud");
/// let ZoneShape::Rivers(rivers) = zones[0].shape() else { panic!() };
/// assert_eq!(rivers[0].cost_m, 1000.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn read_zones(bytes: &[u8], name: &str) -> Result<Vec<Zone>> {
    let mut groups: Vec<(String, ZoneRule, Vec<MapFeature>)> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for feature in read_geojson(bytes, name)? {
        let in_file = |error: Error| error.of_zone(name, Some(feature.index));
        let properties = serde_json::Value::Object(feature.properties.clone());
        let rule: ZoneRule = serde_json::from_value(properties)
            .map_err(|error| in_file(wrong(error.to_string(), "a zone needs a kind")))?;
        rule.check().map_err(in_file)?;
        let id = match feature.properties.get("id") {
            Some(serde_json::Value::String(id)) => id.clone(),
            Some(serde_json::Value::Number(id)) => id.to_string(),
            _ => format!("{name}-{}", feature.index),
        };
        // The costs of rivers stay with their features; the rest must agree.
        let rule = match rule.kind {
            ZoneKind::River => ZoneRule { kind: rule.kind, ..ZoneRule::default() },
            _ => rule,
        };
        let number = *numbers.entry(id.clone()).or_insert(groups.len());
        match groups.get_mut(number) {
            Some((_, other, features)) if *other == rule => features.push(feature),
            Some((id, ..)) => {
                let problem = format!("is of zone {id}, whose other features have another rule");
                return Err(in_file(wrong(problem, "give it an id of its own")));
            }
            None => groups.push((id, rule, vec![feature])),
        }
    }
    groups.into_iter().map(|(id, rule, features)| Zone::new(&id, &rule, features)).collect()
}

/// Reads zones from a GeoJSON file; see [`read_zones`].
///
/// # Errors
/// [`Error::Io`], and those of [`read_zones`].
pub fn open_zones(path: &Path) -> Result<Vec<Zone>> {
    read_zones(&read_map(path)?, &path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terrain::ZoneShape;

    fn feature(properties: &str, geometry: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type": "Feature", "properties": {{{properties}}},
                "geometry": {{"type": "{geometry}", "coordinates": {coordinates}}}}}"#
        )
    }

    fn read(features: &[String]) -> Result<Vec<Zone>> {
        let features = features.join(",");
        let text = format!(r#"{{"type": "FeatureCollection", "features": [{features}]}}"#);
        read_zones(text.as_bytes(), "zones.geojson")
    }

    const RING: &str = "[[[60,30],[61,30],[61,31],[60,30]]]";
    const LINE: &str = "[[60,30],[61,31]]";

    #[test]
    fn features_say_what_they_are() {
        let zones = read(&[
            feature(r#""kind": "forbidden", "id": "mines""#, "Polygon", RING),
            feature(r#""kind": "avoid", "factor_ratio": 4"#, "Polygon", RING),
            feature(r#""kind": "geohazard", "factor_ratio": 1.5, "name": 7"#, "Polygon", RING),
            feature(r#""kind": "forbidden", "id": "mines""#, "Polygon", RING),
            feature(r#""kind": "river", "id": "r", "drainage_area_km2": 1000"#, "LineString", LINE),
            feature(r#""kind": "river", "id": "r", "crossing_class": "canal""#, "LineString", LINE),
            feature(r#""kind": "fixed-point""#, "Point", "[60, 30]"),
        ])
        .unwrap();
        let ids: Vec<&str> = zones.iter().map(Zone::id).collect();
        assert_eq!(ids, ["mines", "zones.geojson-1", "zones.geojson-2", "r", "zones.geojson-6"]);
        assert!(matches!(zones[0].shape(), ZoneShape::Forbidden(polygons) if polygons.len() == 2));
        let factor = |zone: &Zone| match zone.shape() {
            ZoneShape::Factor { factor_ratio, is_hazard, .. } => Some((*factor_ratio, *is_hazard)),
            _ => None,
        };
        assert_eq!(factor(&zones[1]), Some((4.0, false)));
        assert_eq!(factor(&zones[2]), Some((1.5, true)));
        let ZoneShape::Rivers(rivers) = zones[3].shape() else { panic!("{:?}", zones[3]) };
        assert_eq!(rivers[0].cost_m.round(), 555.0);
        assert_eq!(rivers[1].cost_m, 300.0);
    }

    #[test]
    fn rules_that_cannot_be_are_refused_with_their_feature() {
        for (properties, geometry, coordinates, words) in [
            (
                r#""kind": "avoid", "factor_ratio": 0"#,
                "Polygon",
                RING,
                "factor_ratio = 0 is outside",
            ),
            (r#""kind": "avoid", "factor_ratio": -3"#, "Polygon", RING, "is outside 1 to 1000"),
            (r#""kind": "avoid", "factor_ratio": 0.5"#, "Polygon", RING, "above 1"),
            (r#""kind": "prefer", "factor_ratio": 0.1"#, "Polygon", RING, "outside 0.2 to 1"),
            (r#""kind": "prefer", "factor_ratio": 2"#, "Polygon", RING, "outside 0.2 to 1"),
            (r#""kind": "avoid""#, "Polygon", RING, "has no factor_ratio"),
            (r#""kind": "forbidden", "factor_ratio": 2"#, "Polygon", RING, "does not use"),
            (r#""kind": "avoid", "factor_ratio": "two""#, "Polygon", RING, "invalid type"),
            (r#""kind": "swamp""#, "Polygon", RING, "unknown variant"),
            (r#""kind": "forbidden""#, "LineString", LINE, "its kind needs polygons"),
            (r#""kind": "river", "crossing_cost_m": 1"#, "Polygon", RING, "its kind needs lines"),
            (r#""kind": "river""#, "LineString", LINE, "nothing says what crossing it costs"),
            (r#""kind": "river", "crossing_cost_m": -1"#, "LineString", LINE, "outside 0 to"),
            (r#""kind": "fixed-point""#, "LineString", LINE, "its kind needs points"),
            (r#""id": "x""#, "Point", "[60, 30]", "missing field `kind`"),
        ] {
            let bad = feature(properties, geometry, coordinates);
            let good = feature(r#""kind": "forbidden""#, "Polygon", RING);
            let message = read(&[good, bad]).unwrap_err().to_string();
            assert!(message.contains(words), "\"{words}\" is not in: {message}");
            let of_feature = message.contains("feature 1") || message.contains("zones.geojson-1");
            assert!(of_feature, "{message}");
        }
        let infinite = ZoneRule { kind: ZoneKind::Avoid, ..ZoneRule::default() };
        for factor in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(ZoneRule { factor_ratio: Some(factor), ..infinite }.check().is_err());
        }
    }

    #[test]
    fn one_zone_has_one_rule() {
        let message = read(&[
            feature(r#""kind": "avoid", "factor_ratio": 2, "id": "a""#, "Polygon", RING),
            feature(r#""kind": "avoid", "factor_ratio": 3, "id": "a""#, "Polygon", RING),
        ])
        .unwrap_err()
        .to_string();
        assert!(message.contains("feature 1") && message.contains("another rule"), "{message}");
    }
}
