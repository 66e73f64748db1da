//! Cases of transitions: places and curvatures, cants, clothoids that are hard to compute.

use railcorridor::geodesy::Coord;
use railcorridor::geometry::{Horizontal, Pose, Ramp, Roll, Transition};

use super::csv::{Row, each_row};
use super::{CaseFile, Kind, Report};

/// Six shapes of transitions in plan.
pub const HORIZONTAL: Kind = Kind {
    name: "transitions",
    json_kinds: &[],
    files: &[("alignment", "transitions_horizontal.csv")],
    run: horizontal,
};

/// The same shapes of cant.
pub const CANT: Kind = Kind {
    name: "cant ramps",
    json_kinds: &[],
    files: &[("alignment", "transitions_cant.csv")],
    run: cant,
};

/// Clothoids next to arcs and lines, with many turns, tiny and very long.
pub const CLOTHOIDS: Kind = Kind {
    name: "clothoids",
    json_kinds: &[],
    files: &[("alignment", "clothoid_points.csv")],
    run: clothoids,
};

/// The shape that a reference calls by its name.
pub fn ramp(name: &str) -> Result<Ramp, String> {
    Ok(match name {
        "clothoid" | "linear" => Ramp::Clothoid,
        "bloss" => Ramp::Bloss,
        "cosine" => Ramp::Cosine,
        "sine" => Ramp::Sine,
        "helmert" => Ramp::Helmert,
        "viennese" => Ramp::Viennese,
        _ => return Err(format!("no shape {name}")),
    })
}

fn horizontal(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    each_row(file, report, |row, report| {
        let [from_per_m, to_per_m] = [1.0 / row.number("R0")?, 1.0 / row.number("R1")?];
        let length_m = row.number("L")?;
        let curve = match ramp(row.text("type")?)? {
            Ramp::Viennese => {
                let roll = Roll {
                    centre_height_m: row.number("h")?,
                    cant_from_m: row.number("D0")?,
                    cant_to_m: row.number("D1")?,
                    rail_head_distance_m: row.number("rail_head_distance")?,
                };
                Transition::viennese(length_m, from_per_m, to_per_m, roll)
            }
            ramp => Transition::new(ramp, length_m, from_per_m, to_per_m),
        };
        let at_m = row.number("s")?;
        let at = curve.and_then(|curve| curve.at(at_m));
        let pose = at.map_err(|error| error.to_string())?;
        let limit_m = 1e-10;
        report.case("place, m", row.line, off_m(pose, row, ("x", "y"))?, limit_m);
        report.case("bearing, rad", row.line, pose.bearing_rad - row.number("theta")?, 1e-12);
        let curvature_per_m = row.number("kappa")?;
        report.case("curvature, 1/m", row.line, pose.curvature_per_m - curvature_per_m, 1e-15);
        Ok(())
    })
}

/// How far a pose lies from the place in two columns.
pub fn off_m(pose: Pose, row: &Row<'_>, columns: (&str, &str)) -> Result<f64, String> {
    Ok(pose.coord.distance_m(row.coord(columns)?))
}

fn cant(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    each_row(file, report, |row, report| {
        let share = row.number("s")? / row.number("L")?;
        let (from_m, to_m) = (row.number("D0")?, row.number("D1")?);
        let cant_m = from_m + (to_m - from_m) * ramp(row.text("type")?)?.value_share(share);
        report.case("cant, m", row.line, cant_m - row.number("cant")?, 1e-13);
        Ok(())
    })
}

/// Each from the origin in the bearing given, to its own end.
fn clothoids(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    each_row(file, report, |row, report| {
        let (length_m, from_per_m) = (row.number("s")?, row.number("kappa0")?);
        let to_per_m = from_per_m + row.number("dkappa")? * length_m;
        let (quantity, as_line, limit_m) = match row.text("tag")? {
            "hard_many_turns" => {
                ("place after many turns, m", "place as a line of turns, m", 1e-12)
            }
            "very_long" => ("place on the very long, m", "place as a long line, m", 5e-10),
            _ => ("place, m", "place as a line, m", 3e-13),
        };
        let curve = Transition::clothoid(length_m, from_per_m, to_per_m);
        let curve = curve.map_err(|error| error.to_string())?;
        let end = curve.at(length_m).map_err(|error| error.to_string())?;
        let turned = turned(end, row.number("theta0")?);
        report.case(quantity, row.line, off_m(turned, row, ("x", "y"))?, limit_m);
        // The same as a line of its own, which computes by polynomials instead.
        let origin = Coord { e_m: 0.0, n_m: 0.0 };
        let line = Horizontal::new(origin, row.number("theta0")?, vec![curve.into()]);
        let end = line.and_then(|line| line.at(length_m)).map_err(|error| error.to_string())?;
        report.case(as_line, row.line, off_m(end, row, ("x", "y"))?, limit_m);
        let turn_rad = turned.bearing_rad - row.number("theta")?;
        report.case("bearing, rad", row.line, turn_rad, 1e-12);
        Ok(())
    })
}

/// The same pose with its origin turned.
fn turned(pose: Pose, bearing_rad: f64) -> Pose {
    let (sine, cosine) = bearing_rad.sin_cos();
    let Coord { e_m, n_m } = pose.coord;
    let coord = Coord { e_m: e_m * cosine - n_m * sine, n_m: e_m * sine + n_m * cosine };
    Pose { coord, bearing_rad: pose.bearing_rad + bearing_rad, ..pose }
}

/// Through two places in given bearings.
pub const G1_HERMITE: Kind = Kind {
    name: "clothoid between poses",
    json_kinds: &[],
    files: &[("alignment", "g1_hermite.csv")],
    run: between,
};

fn between(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    each_row(file, report, |row, report| {
        let (from, to) = (row.coord(("x0", "y0"))?, row.coord(("x1", "y1"))?);
        let bearing_rad = row.number("theta0")?;
        let curve = Transition::between(from, bearing_rad, to, row.number("theta1")?);
        let curve = curve.map_err(|error| error.to_string())?;
        let length_m = curve.length_m();
        report.case("length, m", row.line, length_m - row.number("length_expected")?, 1e-9);
        let off_per_m = curve.curvature_from_per_m() - row.number("kappa0_expected")?;
        report.case("curvature, 1/m", row.line, off_per_m, 1e-12);
        let off_per_m2 = curve.sharpness_per_m2(0.0) - row.number("dkappa_expected")?;
        report.case("change of curvature, 1/m2", row.line, off_per_m2, 1e-14);
        let line = Horizontal::new(from, bearing_rad, vec![curve.into()]);
        let end = line.and_then(|line| line.at(length_m)).map_err(|error| error.to_string())?;
        report.case("end, m", row.line, off_m(end, row, ("x1", "y1"))?, 1e-9);
        Ok(())
    })
}
