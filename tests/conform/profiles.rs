//! Cases of profiles: vertical curves and whole profiles.

use railcorridor::geometry::{Profile, Pvi, Rounding, VerticalElement, VerticalShape};
use serde_json::Value;

use super::csv::{each_row, named};
use super::json::{list, number, numbers};
use super::{CaseFile, Kind, Report};

/// Single vertical curves.
pub const CURVES: Kind = Kind {
    name: "vertical curves",
    json_kinds: &[],
    files: &[("alignment", "vertical_segments.csv")],
    run: curves,
};

/// Profiles as points of vertical intersection.
pub const DEFINITIONS: Kind = Kind {
    name: "profiles",
    json_kinds: &[],
    files: &[("alignment", "vertical_defs.json")],
    run: definitions,
};

/// Heights and gradients on them.
pub const POINTS: Kind = Kind {
    name: "profiles",
    json_kinds: &[],
    files: &[("alignment", "vertical_points.csv")],
    run: points,
};

fn curves(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    each_row(file, report, |row, report| {
        let shape = match row.text("type")? {
            "ParabolicArc" => VerticalShape::Parabola,
            "CircularArc" => VerticalShape::Circle,
            other => return Err(format!("no shape {other}")),
        };
        let (from_ratio, to_ratio) = (row.number("g0")?, row.number("g1")?);
        let length_m = row.number("horizontal_length")?;
        let curve = VerticalElement::new(shape, length_m, from_ratio, to_ratio);
        let curve = curve.map_err(|error| error.to_string())?;
        let level = curve.at(row.number("dist_along_horizontal")?);
        let level = level.map_err(|error| error.to_string())?;
        let height_m = row.number("z0")? + level.height_m;
        report.case("height, m", row.line, height_m - row.number("z")?, 1e-10);
        let gradient_ratio = row.number("gradient")?;
        report.case("gradient, ratio", row.line, level.gradient_ratio - gradient_ratio, 1e-12);
        Ok(())
    })
}

/// The profiles of a file, each with its name and the distance of its last point.
fn profiles(file: &CaseFile) -> Result<Vec<(String, f64, Profile)>, String> {
    let profiles = file.json()?;
    list(&profiles)?.iter().map(profile).collect()
}

fn profile(value: &Value) -> Result<(String, f64, Profile), String> {
    let name = value["name"].as_str().ok_or("a profile without a name")?.to_owned();
    let mut points = Vec::new();
    for point in list(&value["pvi"])? {
        let [distance_m, height_m, radius_m] = numbers(point)?[..] else {
            return Err(format!("{point} is not a point"));
        };
        let rounding = match value["kind"].as_str() {
            _ if radius_m == 0.0 => Rounding::None,
            Some("circular") => Rounding::Circle { radius_m },
            Some("parabolic") => Rounding::Parabola { radius_m },
            _ => return Err(format!("{name}: no kind of rounding")),
        };
        points.push(Pvi { distance_m, height_m, rounding });
    }
    let profile = Profile::through(&points).map_err(|error| format!("{name}: {error}"))?;
    let end_m = number(&value["pvi"][points.len() - 1][0])?;
    Ok((name, end_m, profile))
}

fn definitions(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    for (place, (_, end_m, profile)) in (1..).zip(profiles(file)?) {
        report.case("end, m", place, profile.end_m() - end_m, 1e-9);
    }
    Ok(())
}

fn points(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let profiles = profiles(&file.beside("vertical_defs.json"))?;
    each_row(file, report, |row, report| {
        let profile = named(&profiles, row.text("name")?)?;
        let level = profile.at(row.number("station")?).map_err(|error| error.to_string())?;
        report.case("height, m", row.line, level.height_m - row.number("z")?, 1e-9);
        let gradient_ratio = row.number("gradient")?;
        report.case("gradient, ratio", row.line, level.gradient_ratio - gradient_ratio, 1e-12);
        Ok(())
    })
}
