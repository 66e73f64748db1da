//! The rules of a line: what can be said of its numbers before it is built, and then the line
//! itself.

use std::collections::BTreeSet;

use super::values;
use crate::error::Error;
use crate::model::problem::Problem;
use crate::model::{FORMAT, LineFile};

/// All problems of a line.
pub(in crate::model) fn problems(file: &LineFile, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |path: &str, item: String, message: String, hint: &str| {
        problems.push(Problem::new(path, item, message, hint));
    };
    if file.format != FORMAT {
        let message = format!("format = {} is not known", file.format);
        add("format", "line".to_owned(), message, &format!("this version reads format = {FORMAT}"));
    }
    if file.name.trim().is_empty() {
        add("name", "line".to_owned(), "name is empty".to_owned(), "say which line it is");
    }
    for (place, curve) in file.curves.iter().enumerate() {
        let item = || format!("curve {}", place + 1);
        let lengths = [
            ("radius_m", Some(curve.radius_m), 1.0, "positive to both hands: the points say where"),
            ("transition_m", curve.transition_m, 0.0, "a length, or leave it out"),
            ("entry_m", curve.entry_m, 0.0, "a length, or leave it out"),
            ("exit_m", curve.exit_m, 0.0, "a length, or leave it out"),
        ];
        for (key, value, low, hint) in lengths {
            let Some(value) = value.filter(|value| value.is_finite()) else { continue };
            if !(low..=1e6).contains(&value) {
                let message = format!("{key} = {value} is outside {low} to 1000000");
                add(&format!("curve[{place}].{key}"), item(), message, hint);
            }
        }
        let cant_mm = curve.cant_mm.unwrap_or(0.0);
        if cant_mm.is_finite() && !(-500.0..=500.0).contains(&cant_mm) {
            let message = format!("cant_mm = {cant_mm} is outside -500 to 500");
            add(&format!("curve[{place}].cant_mm"), item(), message, "give millimetres");
        }
    }
    let last = file.grades.len().saturating_sub(1);
    for (place, grade) in file.grades.iter().enumerate() {
        if grade.distance_m.is_none() && place < last {
            let (path, item) = (format!("grade[{place}]"), format!("grade {}", place + 1));
            let hint = "only the last may leave it out, for the end of the line";
            add(&path, item, "distance_m is missing".to_owned(), hint);
        }
    }
    values::check(&mut problems, file, "line");
    if problems.is_empty() && lost_ids.is_empty() {
        let built = file.line().and_then(|_| file.station_ranges());
        problems.extend(built.err().map(|error| of_geometry(file, &error)));
    }
    problems
}

/// What the line says against being built.
fn of_geometry(file: &LineFile, error: &Error) -> Problem {
    match error {
        Error::OutOfRange { item, value, limit, hint } => {
            let message = format!("{item} = {value} is outside {limit}");
            Problem::new(path(file, item), "line", message, hint.as_str())
        }
        other => Problem::new("start", "line", other.to_string(), ""),
    }
}

/// Where the value that an error names stands in the file: points of intersection are counted from
/// 1, and grades are known by their distances.
fn path(file: &LineFile, item: &str) -> String {
    let behind = |word: &str| {
        let rest = item.split_once(word)?.1;
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        rest.get(..end.unwrap_or(rest.len()))?.parse::<f64>().ok()
    };
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let curve = |number: f64| (0..file.curves.len()).find(|place| (place + 1) as f64 == number);
    if let Some(place) = behind("point ").or_else(|| behind("curve ")).and_then(curve) {
        return format!("curve[{place}]");
    }
    let is_there = |at_m: f64| file.grades.iter().position(|grade| grade.distance_m == Some(at_m));
    let grade = behind(" at ").or_else(|| behind(" from ")).and_then(is_there);
    grade.map_or_else(|| "start".to_owned(), |place| format!("grade[{place}]"))
}
