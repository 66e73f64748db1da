//! The rules of a standard: units that fit, values that are none of toys, sources.

use std::collections::BTreeSet;

use super::{ids, place_speeds, values};
use crate::model::problem::{Problem, shown};
use crate::model::{CurveCompensation, FORMAT, Limit, Standard};

/// All problems of a standard.
pub(in crate::model) fn problems(standard: &Standard, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |path: &str, message: String, hint: String| {
        problems.push(Problem::new(path, "standard", message, hint));
    };
    if standard.format != FORMAT {
        let message = format!("format = {} is not known", standard.format);
        add("format", message, format!("this version reads format = {FORMAT}"));
    }
    if standard.name.en.trim().is_empty() {
        add("name", "name is empty".to_owned(), "say for what lines it is".to_owned());
    }
    if standard.limits.is_empty() && lost_ids.is_empty() {
        let hint = "add [[limit]] tables with rule, value, unit and source".to_owned();
        add("name", "a standard needs at least one limit".to_owned(), hint);
    }
    let slow_kmh = standard.slow_speed_kmh.unwrap_or(standard.speed_kmh);
    let curve = match standard.curve_compensation {
        CurveCompensation::Radius(permille_m) => permille_m,
        CurveCompensation::None | CurveCompensation::Roeckl => 0.0,
    };
    for (key, value, (low, high), hint) in [
        ("gauge_mm", f64::from(standard.gauge_mm), (300.0, 3000.0), "1520, 1435, 1676, ..."),
        (
            "rail_head_distance_mm",
            standard.rail_head_distance_mm,
            (f64::from(standard.gauge_mm), 3000.0),
            "it is wider than the gauge: 1600 on 1520 mm, 1500 on 1435 mm",
        ),
        ("speed_kmh", standard.speed_kmh, (1.0, 600.0), "give kilometres an hour"),
        ("slow_speed_kmh", slow_kmh, (0.0, standard.speed_kmh), "not above speed_kmh"),
        ("curve_compensation", curve, (0.0, 10_000.0), "about 700 permille times metres"),
    ] {
        if value.is_finite() && !(low..=high).contains(&value) {
            add(key, format!("{key} = {value} is outside {low} to {high}"), hint.to_owned());
        }
    }
    let id = std::iter::once(("standard", 0, standard.id.as_str()));
    let before = problems.len();
    ids::shape_and_unique(&mut problems, id);
    for problem in problems.iter_mut().skip(before) {
        problem.path = "id".to_owned();
    }
    for (place, limit) in standard.limits.iter().enumerate() {
        check_limit(&mut problems, place, limit);
    }
    place_speeds::check(&mut problems, &standard.speeds);
    values::check(&mut problems, standard, "standard");
    problems
}

fn check_limit(problems: &mut Vec<Problem>, place: usize, limit: &Limit) {
    let item = format!("limit {}", limit.rule.id());
    let mut add = |key: &str, message: String, hint: &str| {
        problems.push(Problem::new(format!("limit[{place}].{key}"), item.clone(), message, hint));
    };
    let unit = limit.rule.unit();
    if limit.unit != unit {
        let message = format!("unit = \"{}\" is not that of the rule", shown(&limit.unit));
        add("unit", message, &format!("give the value in {unit}"));
    }
    if limit.source.trim().is_empty() {
        add("source", "source is empty".to_owned(), "say where the limit stands, or who set it");
    }
    let is_constant = limit.per_kmh == 0.0 && limit.per_kmh2 == 0.0 && limit.per_radius_m == 0.0;
    if is_constant && !(0.0..=1e6).contains(&limit.value) && limit.value.is_finite() {
        add("value", format!("value = {} is outside 0 to 1000000", limit.value), "mind the unit");
    }
    for (key, range) in [("speeds_kmh", limit.speeds_kmh), ("radii_m", limit.radii_m)] {
        let Some([low, high]) = range else { continue };
        if low.is_finite() && high.is_finite() && !(0.0 <= low && low < high) {
            let message = format!("{key} = [{low}, {high}] is no range");
            add(key, message, "give two numbers from 0 on, the smaller first");
        }
    }
    let base_m = limit.base_m.unwrap_or(1.0);
    if base_m.is_finite() && !(0.1..=1e5).contains(&base_m) {
        add("base_m", format!("base_m = {base_m} is outside 0.1 to 100000"), "give metres");
    }
}
