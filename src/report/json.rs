//! Everything as JSON; the keys are those of the library's structs, units in their names.

use serde_json::{Value, json};

use super::Report;

/// Version of the layout, raised when a key changes its meaning or goes.
const FORMAT: u32 = 1;

pub(super) fn report(report: &Report<'_>) -> Value {
    let changes =
        report.changes.map(|(since, changes)| json!({ "since": since, "changes": changes }));
    json!({
        "format": FORMAT,
        "study": report.study,
        "status": report.status,
        "changes": changes,
        "routes": report.routes.map(|(gradient_permille, routes)| json!({
            "gradient_permille": gradient_permille,
            "routes": super::routes_json(report.study, routes),
            "geojson": super::routes_geojson(report.study, routes),
        })),
        "alternatives": report.alternatives.map(|(gradient_permille, _, legs)| json!({
            "gradient_permille": gradient_permille,
            "legs": super::alternatives_json(report.study, legs),
            "geojson": super::alternatives_geojson(report.study, legs),
        })),
        "sensitivity": super::sensitivity_json(report.study, report.sensitivity),
    })
}
