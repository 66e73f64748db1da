//! Cases of whole lines: chained elements forwards and back.

use railcorridor::geodesy::Coord;
use railcorridor::geometry::{Arc, Element, Horizontal, Tangent, Transition};
use serde_json::Value;

use super::csv::{each_row, named};
use super::json::{list, number};
use super::transitions::{off_m, ramp};
use super::{CaseFile, Kind, Report};

/// Lines as lists of elements.
pub const DEFINITIONS: Kind = Kind {
    name: "lines",
    json_kinds: &[],
    files: &[("alignment", "alignment_defs.json")],
    run: definitions,
};

/// Places on them by distance.
pub const POINTS: Kind = Kind {
    name: "lines",
    json_kinds: &[],
    files: &[("alignment", "alignment_points.csv")],
    run: points,
};

/// Places beside them, and where those lie along them.
pub const PROJECTIONS: Kind = Kind {
    name: "places beside lines",
    json_kinds: &[],
    files: &[("alignment", "alignment_projection.csv")],
    run: projections,
};

/// The lines of a file, each with its name and the length that it should have.
fn lines(file: &CaseFile) -> Result<Vec<(String, f64, Horizontal)>, String> {
    let lines = file.json()?;
    list(&lines)?.iter().map(line).collect()
}

fn line(value: &Value) -> Result<(String, f64, Horizontal), String> {
    let name = value["name"].as_str().ok_or("a line without a name")?.to_owned();
    let mut elements = Vec::new();
    for part in list(&value["elements"])? {
        elements.push(element(part).map_err(|problem| format!("{name}: {problem}"))?);
    }
    let start = Coord { e_m: number(&value["easting0"])?, n_m: number(&value["northing0"])? };
    let line = Horizontal::new(start, number(&value["theta0"])?, elements);
    let line = line.map_err(|error| format!("{name}: {error}"))?;
    Ok((name, number(&value["total_length"])?, line))
}

fn element(value: &Value) -> Result<Element, String> {
    let (length_m, from_per_m) = (number(&value["L"])?, number(&value["k0"])?);
    let element = match value["type"].as_str().ok_or("an element without a type")? {
        "line" => Tangent::new(length_m).map(Element::from),
        "arc" => Arc::with_curvature(length_m, from_per_m).map(Element::from),
        shape => Transition::new(ramp(shape)?, length_m, from_per_m, number(&value["k1"])?)
            .map(Element::from),
    };
    element.map_err(|error| error.to_string())
}

fn definitions(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    for (place, (_, length_m, line)) in (1..).zip(lines(file)?) {
        report.case("length, m", place, line.length_m() - length_m, 1e-9);
    }
    Ok(())
}

fn points(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let lines = lines(&file.beside("alignment_defs.json"))?;
    each_row(file, report, |row, report| {
        let line = named(&lines, row.text("name")?)?;
        let pose = line.at(row.number("s")?).map_err(|error| error.to_string())?;
        report.case("place, m", row.line, off_m(pose, row, ("easting", "northing"))?, 2e-9);
        report.case("bearing, rad", row.line, pose.bearing_rad - row.number("theta")?, 1e-12);
        let curvature_per_m = row.number("kappa")?;
        report.case("curvature, 1/m", row.line, pose.curvature_per_m - curvature_per_m, 1e-15);
        Ok(())
    })
}

fn projections(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let lines = lines(&file.beside("alignment_defs.json"))?;
    each_row(file, report, |row, report| {
        let line = named(&lines, row.text("name")?)?;
        let coord = row.coord(("easting", "northing"))?;
        let (distance_m, offset_m) =
            (row.number("s_expected")?, row.number("offset_left_expected")?);
        let foot = line.nearest(coord).map_err(|error| error.to_string())?;
        report.case("distance, m", row.line, foot.distance_m - distance_m, 5e-9);
        report.case("offset, m", row.line, foot.offset_m - offset_m, 5e-9);
        let feet = line.feet_within(coord, 100.0 + offset_m.abs());
        let feet = feet.map_err(|error| error.to_string())?;
        // Expected feet are among all feet.
        let off_m = feet.iter().map(|foot| (foot.distance_m - distance_m).abs());
        report.case("nearest of all feet, m", row.line, off_m.fold(f64::INFINITY, f64::min), 5e-9);
        Ok(())
    })
}
