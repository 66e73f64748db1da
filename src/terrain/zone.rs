//! Zones: where a line must not go, should rather go or not, and what it crosses.

use super::map_feature::checked_line;
use super::polygon::wrong;
use super::zone_rule::crossing_cost_m;
use super::{Drainage, Grid, MapFeature, Polygon, ZoneKind, ZoneRule, read_geojson};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// A line that is charged where it is crossed.
#[derive(Debug, Clone, PartialEq)]
pub struct River {
    /// Its course.
    pub places: Vec<LonLat>,
    /// What crossing it costs, metres of level line.
    pub cost_m: f64,
}

/// What a zone is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum ZoneShape {
    /// Areas that close the ground.
    Forbidden(Vec<Polygon>),
    /// Areas where a metre costs `factor_ratio` metres.
    Factor {
        /// Above 1 to avoid, below to prefer.
        factor_ratio: f64,
        /// Whether the metres within are reported.
        is_hazard: bool,
        /// The areas.
        polygons: Vec<Polygon>,
    },
    /// Lines charged once where they are crossed; a move pays for the dearest of one zone.
    Rivers(Vec<River>),
    /// Points that the line must pass.
    FixedPoints(Vec<LonLat>),
}

/// A zone, checked and ready to be laid on a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    id: String,
    shape: ZoneShape,
}

impl Zone {
    /// A zone from some features of a map, all under one rule.
    ///
    /// Rivers take the cost of the rule; if it has none, that of the feature's own
    /// `crossing_cost_m`, `crossing_class` or `drainage_area_km2`.
    ///
    /// # Errors
    /// [`Error::Zone`] if the rule is refused, there is no feature, or one has a geometry that the
    /// kind cannot use: areas need polygons, rivers lines, fixed points points.
    pub fn new(id: &str, rule: &ZoneRule, features: Vec<MapFeature>) -> Result<Self> {
        let of = |index: Option<usize>| move |error| named(error, id, index);
        rule.check().map_err(of(None))?;
        if features.is_empty() {
            return Err(of(None)(wrong("has no feature", "give it a polygon, line or point")));
        }
        let mut all = MapFeature::default();
        let mut rivers = Vec::new();
        for feature in features {
            let index = feature.index;
            check_kind(rule.kind, &feature).map_err(of(Some(index)))?;
            if rule.kind == ZoneKind::River {
                let cost_m = river_cost_m(rule, &feature).map_err(of(Some(index)))?;
                let river = |places| River { places, cost_m };
                rivers.extend(feature.lines.into_iter().map(river));
            }
            all.polygons.extend(feature.polygons);
            all.points.extend(feature.points);
        }
        let factor = |is_hazard, polygons| ZoneShape::Factor {
            factor_ratio: rule.factor_ratio.unwrap_or(1.0),
            is_hazard,
            polygons,
        };
        let shape = match rule.kind {
            ZoneKind::Forbidden => ZoneShape::Forbidden(all.polygons),
            ZoneKind::Avoid | ZoneKind::Prefer => factor(false, all.polygons),
            ZoneKind::Geohazard => factor(true, all.polygons),
            ZoneKind::River => ZoneShape::Rivers(rivers),
            ZoneKind::FixedPoint => ZoneShape::FixedPoints(all.points),
        };
        Ok(Self { id: id.to_owned(), shape })
    }

    /// A zone under one rule from polygons made before.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_polygons(id: &str, rule: &ZoneRule, polygons: Vec<Polygon>) -> Result<Self> {
        Self::new(id, rule, vec![MapFeature { polygons, ..MapFeature::default() }])
    }

    /// A zone under one rule from a line.
    ///
    /// # Errors
    /// As [`new`](Self::new), and if the line is shorter than two places or leaves the earth.
    pub fn of_line(id: &str, rule: &ZoneRule, line: Vec<LonLat>) -> Result<Self> {
        let lines = vec![checked_line(line).map_err(|error| named(error, id, None))?];
        Self::new(id, rule, vec![MapFeature { lines, ..MapFeature::default() }])
    }

    /// The streams of a terrain with so large a drainage area or a larger one, as one zone of
    /// rivers, charged by [`crossing_cost_m`] of the area at the end of each reach.
    ///
    /// # Errors
    /// [`Error::Zone`] if there is none.
    pub fn of_streams(
        id: &str,
        grid: &Grid,
        drainage: &Drainage,
        least_area_km2: f64,
    ) -> Result<Self> {
        let place = |&(row, col): &(usize, usize)| grid.place(row, col);
        let streams = drainage.streams(least_area_km2).into_iter();
        let rivers: Vec<River> = streams
            .filter(|stream| stream.nodes.len() > 1)
            .map(|stream| River {
                places: stream.nodes.iter().map(place).collect(),
                cost_m: crossing_cost_m(stream.area_km2),
            })
            .collect();
        if rivers.is_empty() {
            let problem = format!("no stream of the terrain drains {least_area_km2} km2 or more");
            let hint = "take a smaller area, or leave the zone out";
            return Err(named(wrong(problem, hint), id, None));
        }
        Ok(Self { id: id.to_owned(), shape: ZoneShape::Rivers(rivers) })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is made of.
    #[must_use]
    pub fn shape(&self) -> &ZoneShape {
        &self.shape
    }

    /// Its places: corners, courses, points.
    pub(super) fn places(&self) -> Vec<LonLat> {
        match &self.shape {
            ZoneShape::Forbidden(polygons) | ZoneShape::Factor { polygons, .. } => {
                polygons.iter().flat_map(|polygon| polygon.exterior().to_vec()).collect()
            }
            ZoneShape::Rivers(rivers) => {
                rivers.iter().flat_map(|river| river.places.clone()).collect()
            }
            ZoneShape::FixedPoints(points) => points.clone(),
        }
    }
}

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
    for feature in read_geojson(bytes, name)? {
        let in_file = |error: Error| named(error, name, Some(feature.index));
        let properties = serde_json::Value::Object(feature.properties.clone());
        let rule: ZoneRule = serde_json::from_value(properties)
            .map_err(|error| in_file(wrong(error.to_string(), "a zone needs a kind")))?;
        rule.check().map_err(in_file)?;
        let id = match feature.properties.get("id") {
            Some(serde_json::Value::String(id)) => id.clone(),
            _ => format!("{name}-{}", feature.index),
        };
        // The costs of rivers stay with their features; the rest must agree.
        let rule = match rule.kind {
            ZoneKind::River => ZoneRule { kind: rule.kind, ..ZoneRule::default() },
            _ => rule,
        };
        match groups.iter_mut().find(|(other, ..)| *other == id) {
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

/// The error with the zone's id, and the number of the feature if it has one.
pub(super) fn named(error: Error, id: &str, index: Option<usize>) -> Error {
    match error {
        Error::Zone { item, problem, hint } if item.is_empty() => {
            let feature = index.map(|index| format!(", feature {index}")).unwrap_or_default();
            Error::Zone { item: format!("{id}{feature}"), problem, hint }
        }
        other => other,
    }
}

fn check_kind(kind: ZoneKind, feature: &MapFeature) -> Result<()> {
    let kinds = [
        ("polygons", !feature.polygons.is_empty()),
        ("lines", !feature.lines.is_empty()),
        ("points", !feature.points.is_empty()),
    ];
    let needed = match kind {
        ZoneKind::River => "lines",
        ZoneKind::FixedPoint => "points",
        _ => "polygons",
    };
    if kinds.iter().all(|(name, given)| *given == (*name == needed)) {
        return Ok(());
    }
    let given: Vec<&str> =
        kinds.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    let problem =
        format!("has {}", if given.is_empty() { "nothing".into() } else { given.join(" and ") });
    Err(wrong(problem, &format!("its kind needs {needed}, and nothing else")))
}

fn river_cost_m(rule: &ZoneRule, feature: &MapFeature) -> Result<f64> {
    if let Some(cost_m) = rule.cost_m() {
        return Ok(cost_m);
    }
    let mut properties = feature.properties.clone();
    properties.insert("kind".to_owned(), "river".into());
    let own: ZoneRule =
        serde_json::from_value(serde_json::Value::Object(properties)).map_err(|error| {
            wrong(error.to_string(), "crossing_cost_m and drainage_area_km2 are numbers")
        })?;
    let own = ZoneRule { factor_ratio: None, ..own };
    own.check()?;
    own.cost_m().ok_or_else(|| {
        let hint = "give crossing_cost_m, crossing_class or drainage_area_km2";
        wrong("nothing says what crossing it costs", hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn streams_become_rivers() {
        let grid = crate::terrain::waves(200, 150, 30.0).unwrap();
        let drainage = Drainage::of(&grid).unwrap();
        let zone = Zone::of_streams("streams", &grid, &drainage, 0.5).unwrap();
        let ZoneShape::Rivers(rivers) = zone.shape() else { panic!("{zone:?}") };
        assert!(rivers.iter().all(|river| river.cost_m >= crossing_cost_m(0.5)));
        assert!(Zone::of_streams("streams", &grid, &drainage, 1e9).is_err());
    }
}
