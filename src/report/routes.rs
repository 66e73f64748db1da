//! The ways that the search found.

use serde_json::{Value, json};

use super::table::{Cell, Table};
use super::words::sentence;
use crate::model::{CORRIDOR, Study};
use crate::route::SegmentRoute;
use crate::status::Status;
use crate::unit::grouped;

/// One row a segment: length and cost of the cheapest way, beside what was published.
#[must_use]
pub fn routes_table(
    study: &Study,
    status: &Status,
    routes: &[SegmentRoute],
    gradient_permille: f64,
) -> Table {
    let title = format!("Cheapest way at {gradient_permille} permille");
    let note = "Searched over cells and height levels of the terrain and proven cheapest on them; \
                cuts, fills, bridges and tunnels by an assumed cost model. Curves are not yet \
                counted: the built line will be longer. Cost: in kilometres of level line.";
    let headings = [
        "Segment",
        ">Length, km",
        ">Published, km",
        ">Cost, km",
        ">Climb, m",
        ">Fall, m",
        ">Summit, m",
        ">Deepest cut, m",
        ">Highest fill, m",
        ">Bridges, km",
        ">Tunnels, km",
        ">States",
    ];
    let mut table = Table::new("routes", &title, note, &headings);
    for route in routes {
        let row = status.lengths.iter().find(|row| row.subject == route.segment);
        let published = row.and_then(|row| row.published_km);
        let summit = route.summit().map_or("-".to_owned(), |summit| grouped(summit.height_m, 0));
        table.rows.push(vec![
            sentence(&study.subject_name(&route.segment)).into(),
            grouped(route.length_m / 1e3, 1).into(),
            published.map_or("-".to_owned(), |km| grouped(km, 1)).into(),
            grouped(route.cost_m / 1e3, 1).into(),
            grouped(route.climb_m, 0).into(),
            grouped(route.descent_m, 0).into(),
            summit.into(),
            grouped(route.deepest_cut_m, 0).into(),
            grouped(route.highest_fill_m, 0).into(),
            grouped(route.bridge_m / 1e3, 1).into(),
            grouped(route.tunnel_m / 1e3, 1).into(),
            grouped_count(route.settled_count()).into(),
        ]);
    }
    table.rows.push(total(study, routes));
    table
}

fn total(study: &Study, routes: &[SegmentRoute]) -> Vec<Cell> {
    let sum = |value: fn(&SegmentRoute) -> f64| routes.iter().map(value).sum::<f64>();
    let states = routes.iter().map(SegmentRoute::settled_count).sum();
    vec![
        sentence(&study.subject_name(CORRIDOR)).into(),
        grouped(sum(|route| route.length_m) / 1e3, 1).into(),
        "-".into(),
        grouped(sum(|route| route.cost_m) / 1e3, 1).into(),
        grouped(sum(|route| route.climb_m), 0).into(),
        grouped(sum(|route| route.descent_m), 0).into(),
        "-".into(),
        "-".into(),
        "-".into(),
        grouped(sum(|route| route.bridge_m) / 1e3, 1).into(),
        grouped(sum(|route| route.tunnel_m) / 1e3, 1).into(),
        grouped_count(states).into(),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "a count of states")]
fn grouped_count(count: usize) -> String {
    grouped(count as f64, 0)
}

/// Length by gradient, one row a gradient, one column a segment.
#[must_use]
pub fn sweep_table(study: &Study, by_gradient_permille: &[(f64, Vec<SegmentRoute>)]) -> Table {
    let names: Vec<String> = study
        .segments
        .iter()
        .map(|segment| format!(">{}, km", study.subject_name(&segment.id)))
        .collect();
    let mut headings = vec![">Gradient, permille"];
    headings.extend(names.iter().map(String::as_str));
    headings.extend([">Sum, km", ">Cost, km"]);
    let note = "Length of the cheapest way by ruling gradient; cost in kilometres of level line.";
    let mut table = Table::new("sweep", "Length by ruling gradient", note, &headings);
    for (gradient_permille, routes) in by_gradient_permille {
        let mut row: Vec<Cell> = vec![format!("{gradient_permille}").into()];
        row.extend(routes.iter().map(|route| Cell::from(grouped(route.length_m / 1e3, 1))));
        let sum = |value: fn(&SegmentRoute) -> f64| routes.iter().map(value).sum::<f64>() / 1e3;
        row.push(grouped(sum(|route| route.length_m), 1).into());
        row.push(grouped(sum(|route| route.cost_m), 1).into());
        table.rows.push(row);
    }
    table
}

/// The ways as GeoJSON (RFC 7946): one line a segment, heights of the rails as third ordinate.
#[must_use]
pub fn routes_geojson(study: &Study, routes: &[SegmentRoute]) -> Value {
    let feature = |route: &SegmentRoute| {
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
            "properties": {
                "segment": route.segment,
                "name": study.subject_name(&route.segment),
                "length_m": round(route.length_m, 1e1),
                "cost_m": round(route.cost_m, 1e1),
                "climb_m": round(route.climb_m, 1e1),
                "descent_m": round(route.descent_m, 1e1),
                "deepest_cut_m": round(route.deepest_cut_m, 1e1),
                "highest_fill_m": round(route.highest_fill_m, 1e1),
            },
            "geometry": { "type": "LineString", "coordinates": points },
        })
    };
    json!({ "type": "FeatureCollection", "features": routes.iter().map(feature).collect::<Vec<_>>() })
}

fn round(value: f64, per_unit: f64) -> f64 {
    (value * per_unit).round() / per_unit
}
