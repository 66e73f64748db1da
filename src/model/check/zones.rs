//! Zones: one shape each, a rule that suits the kind, and a source or a reason.

use super::Check;
use crate::error::Error;
use crate::model::Zone;
use crate::model::problem::shown;
use crate::terrain::ZoneKind;

pub(super) fn check(check: &mut Check<'_>) {
    let study = check.study;
    for (index, zone) in study.zones.iter().enumerate() {
        let item = format!("zone {}", shown(&zone.id));
        let at = |key: &str| format!("zone[{index}].{key}");
        match &zone.source {
            Some(source) => check.source(at("source"), item.clone(), source),
            None if zone.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) => {
                check.add(
                    at("kind"),
                    item.clone(),
                    "has neither source nor reason",
                    "add one of them",
                );
            }
            None => {}
        }
        if !has_finite_figures(zone) {
            continue; // said with all values
        }
        if let Err(Error::Zone { problem, hint, .. }) = zone.rule().check() {
            let keys = ["factor_ratio", "bearing_deg", "level_m"];
            let key = keys.into_iter().find(|key| problem.contains(key)).unwrap_or("kind");
            check.add(at(key), item, problem, hint);
            continue;
        }
        if let Some((key, message, hint)) = shape_problem(zone) {
            check.add(at(key), item, message, hint);
        }
    }
}

fn has_finite_figures(zone: &Zone) -> bool {
    let figures = [
        zone.factor_ratio,
        zone.crossing_cost_m,
        zone.drainage_area_km2,
        zone.bearing_deg,
        zone.level_m,
    ];
    let places = zone.polygon_deg.iter().chain(&zone.line_deg).chain(&zone.point_deg);
    figures.into_iter().flatten().chain(places.copied().flatten()).all(f64::is_finite)
}

/// What is wrong with the shape of a zone: key, message, hint.
fn shape_problem(zone: &Zone) -> Option<(&'static str, String, String)> {
    let shapes = [
        ("polygon_deg", !zone.polygon_deg.is_empty()),
        ("line_deg", !zone.line_deg.is_empty()),
        ("point_deg", zone.point_deg.is_some()),
        ("file", zone.file.is_some()),
    ];
    let given: Vec<&'static str> =
        shapes.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect();
    let needed = match zone.kind {
        ZoneKind::River => "line_deg",
        ZoneKind::FixedPoint => "point_deg",
        _ => "polygon_deg",
    };
    let key = match given.as_slice() {
        [key] => *key,
        several => {
            let message = match several {
                [] => "has no shape".to_owned(),
                _ => format!("has several shapes: {}", several.join(", ")),
            };
            return Some(("kind", message, format!("give it {needed}, or a file")));
        }
    };
    if key == "file" {
        return file_problem(zone);
    }
    if zone.drainage_area_property.is_some() {
        let message = "has a drainage_area_property, but no file".to_owned();
        return Some(("drainage_area_property", message, "write drainage_area_km2".to_owned()));
    }
    match zone.drawn() {
        Ok(_) => None,
        Err(Error::Zone { problem, hint, .. }) => Some((key, problem, hint)),
        Err(error) => Some((key, error.to_string(), "[longitude, latitude], degrees".to_owned())),
    }
}

/// What is wrong with the name of a zone's file; what the file holds is read with the terrain.
fn file_problem(zone: &Zone) -> Option<(&'static str, String, String)> {
    let file = zone.file.as_deref().unwrap_or_default();
    let is_plain = !file.is_empty()
        && !file.contains(['\\', ':'])
        && !file.starts_with('/')
        && file.split('/').all(|part| !part.is_empty() && part != "..");
    (!is_plain).then(|| {
        let message = format!("file \"{}\" does not lie beside the study", shown(file));
        ("file", message, "write a path below the folder of the study".to_owned())
    })
}
