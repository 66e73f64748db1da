//! Ways for machines: GeoJSON lines, and their figures.

use serde_json::{Map, Value, json};

use super::alternatives::leg_words;
use crate::geodesy::LonLat;
use crate::model::Study;
use crate::route::{LegAlternatives, LegSensitivity, Pass, RouteAlternative, SegmentRoute};

/// The ways as GeoJSON (RFC 7946): one line a segment, heights of the rails as third ordinate.
#[must_use]
pub fn routes_geojson(study: &Study, routes: &[SegmentRoute]) -> Value {
    let features = routes.iter().map(|route| {
        let mut properties = properties(study, route);
        properties.insert("name".to_owned(), study.subject_name(&route.segment).into());
        feature(route, properties)
    });
    json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() })
}

/// Alternatives as GeoJSON (RFC 7946): one line a way, with its name and its rank from 1.
#[must_use]
pub fn alternatives_geojson(study: &Study, legs: &[LegAlternatives]) -> Value {
    let features = legs.iter().flat_map(|leg| {
        leg.ways.iter().enumerate().map(|(place, way)| {
            let mut properties = properties(study, &way.route);
            properties.extend(alternative(leg, place, way));
            properties.insert("leg".to_owned(), leg_words(study, &leg.from, &leg.to).into());
            feature(&way.route, properties)
        })
    });
    json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() })
}

fn feature(route: &SegmentRoute, properties: Map<String, Value>) -> Value {
    let points: Vec<Value> = route
        .points
        .iter()
        .map(|point| {
            json!([
                round(point.place.lon_deg, 1e6),
                round(point.place.lat_deg, 1e6),
                round(point.height_m, 1e2)
            ])
        })
        .collect();
    json!({
        "type": "Feature",
        "properties": properties,
        "geometry": { "type": "LineString", "coordinates": points },
    })
}

fn properties(study: &Study, route: &SegmentRoute) -> Map<String, Value> {
    let built = &route.figures.built_length;
    map(json!({
        "segment": route.segment,
        "line": study.subject_name(&route.segment),
        "length_m": round(route.length_m, 1e1),
        "built_length_m": round(built.expected_m, 1.0),
        "built_length_low_m": round(built.low_m, 1.0),
        "built_length_high_m": round(built.high_m, 1.0),
        "cost_m": round(route.cost_m, 1e1),
        "climb_m": round(route.climb_m, 1e1),
        "descent_m": round(route.descent_m, 1e1),
        "deepest_cut_m": round(route.deepest_cut_m, 1e1),
        "highest_fill_m": round(route.highest_fill_m, 1e1),
    }))
}

/// What makes a way an alternative.
fn alternative(leg: &LegAlternatives, place: usize, way: &RouteAlternative) -> Map<String, Value> {
    map(json!({
        "from": leg.from,
        "to": leg.to,
        "rank": place + 1,
        "name": way.name,
        "pass": pass(way.pass, way.pass_place),
        "shared_share": way.shared_share,
        "detour_ratio": way.detour_ratio,
    }))
}

fn pass(pass: Option<Pass>, place: Option<LonLat>) -> Value {
    let Some((pass, place)) = pass.zip(place) else { return Value::Null };
    json!({
        "lon_deg": place.lon_deg,
        "lat_deg": place.lat_deg,
        "height_m": pass.height_m,
        "depth_m": pass.depth_m,
    })
}

/// The figures of some ways; their lines are in the GeoJSON.
#[must_use]
pub fn routes_json(study: &Study, routes: &[SegmentRoute]) -> Value {
    routes.iter().map(|route| Value::Object(figures(study, route))).collect()
}

/// The figures of the ways of each leg.
#[must_use]
pub fn alternatives_json(study: &Study, legs: &[LegAlternatives]) -> Value {
    let leg = |leg: &LegAlternatives| {
        let ways = leg.ways.iter().enumerate().map(|(place, way)| {
            let mut figures = figures(study, &way.route);
            figures.extend(alternative(leg, place, way));
            Value::Object(figures)
        });
        json!({
            "segment": leg.segment, "from": leg.from, "to": leg.to,
            "ways": ways.collect::<Vec<_>>(),
        })
    };
    legs.iter().map(leg).collect()
}

/// The best way of each leg under each ruling gradient; `null` where there is none.
#[must_use]
pub fn sensitivity_json(study: &Study, legs: &[LegSensitivity]) -> Value {
    let leg = |leg: &LegSensitivity| {
        let rows = leg.rows.iter().map(|row| {
            json!({
                "gradient_permille": row.gradient_permille,
                "name": row.name,
                "pass": pass(row.pass, row.pass_place),
                "is_unchanged": row.is_unchanged,
                "route": row.route.as_ref().map(|route| figures(study, route)),
            })
        });
        json!({
            "segment": leg.segment, "from": leg.from, "to": leg.to,
            "rows": rows.collect::<Vec<_>>(),
        })
    };
    legs.iter().map(leg).collect()
}

fn figures(study: &Study, route: &SegmentRoute) -> Map<String, Value> {
    let certificate = |one: &crate::route::Certificate| {
        json!({
            "cost_m": one.cost_m,
            "lower_bound_m": one.lower_bound_m,
            "recost_m": one.recost_m,
            "is_proven": one.is_proven(),
            "settled_count": one.settled_count,
            "memory_bytes": one.memory_bytes,
        })
    };
    map(json!({
        "segment": route.segment,
        "line": study.subject_name(&route.segment),
        "length_m": route.length_m,
        "cost_m": route.cost_m,
        "climb_m": route.climb_m,
        "descent_m": route.descent_m,
        "summit_m": route.summit().map(|summit| summit.height_m),
        "steepest_permille": route.steepest_permille,
        "deepest_cut_m": route.deepest_cut_m,
        "highest_fill_m": route.highest_fill_m,
        "figures": route.figures,
        "certificates": route.certificates.iter().map(certificate).collect::<Vec<_>>(),
    }))
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn round(value: f64, per_unit: f64) -> f64 {
    (value * per_unit).round() / per_unit
}
