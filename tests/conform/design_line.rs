//! Cases of whole designs: what a line costs on its ground, and which limits it breaks.

#[path = "../../examples/yardstick/problem.rs"]
mod problem;

use railcorridor::design::line_cost;
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Alignment, Arc, Element, Horizontal, Profile, Pvi, Rounding, Tangent, Transition,
};
use serde_json::Value;

use super::json::{list, number, numbers};
use super::{CaseFile, Kind, Report};

/// Lines over the terrain of the 5 x 5 km yardstick.
pub const LINES: Kind =
    Kind { name: "design lines", json_kinds: &["design_line"], files: &[], run: lines };

/// A line as elements and points of vertical intersection.
fn alignment(value: &Value) -> railcorridor::Result<Alignment> {
    let bad = |problem: String| railcorridor::Error::Exchange {
        place: "line".to_owned(),
        problem,
        hint: "see the case file".to_owned(),
    };
    let start = numbers(&value["start"]).map_err(bad)?;
    let mut elements: Vec<Element> = Vec::new();
    for part in list(&value["plan"]).map_err(bad)? {
        let of = |name: &str| number(&part[name]).map_err(bad);
        let (length_m, from_per_m, to_per_m) = (of("length_m")?, of("k0")?, of("k1")?);
        elements.push(match part["type"].as_str() {
            Some("line") => Tangent::new(length_m)?.into(),
            Some("arc") => Arc::with_curvature(length_m, from_per_m)?.into(),
            Some("clothoid") => Transition::clothoid(length_m, from_per_m, to_per_m)?.into(),
            _ => return Err(bad(format!("{part} is no element"))),
        });
    }
    let [e_m, n_m, bearing_rad] = start[..] else { return Err(bad("no start".to_owned())) };
    let plan = Horizontal::new(Coord { e_m, n_m }, bearing_rad, elements)?;
    let mut points = Vec::new();
    for point in list(&value["profile"]).map_err(bad)? {
        let [distance_m, height_m, radius_m] = numbers(point).map_err(bad)?[..] else {
            return Err(bad(format!("{point} is not a point")));
        };
        let rounding =
            if radius_m > 0.0 { Rounding::Parabola { radius_m } } else { Rounding::None };
        points.push(Pvi { distance_m, height_m, rounding });
    }
    Alignment::new(plan, Some(Profile::through(&points)?), None)
}

fn lines(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let line = alignment(&file.json()?).map_err(|error| error.to_string())?;
    let judged = file.beside(&file.name().replace("_line", "_judged")).json()?;
    let cost = line_cost(&problem::FiveHills, &problem::formation(), &problem::PRICES, &line, 2.0);
    let cost = cost.map_err(|error| error.to_string())?;
    for (quantity, name, ours, limit) in [
        ("total, share", "total", cost.total_usd, 1e-4),
        ("land, share", "land", cost.land_usd, 1e-3),
        ("clearing, share", "clearing", cost.clearing_usd, 1e-3),
        ("length cost, share", "paving", cost.track_usd, 1e-6),
        ("length cost, share", "maintenance", cost.upkeep_usd, 1e-6),
        ("length, share", "length_m", cost.length_m, 1e-9),
        // The judge's strips of 0.1 m take the formation as 15.2 m instead of 15.16.
        ("earth, share", "earthwork", cost.earthwork_usd, 5e-3),
        ("earth, share", "fill_m3", cost.volume.fill_m3, 5e-3),
        ("earth, share", "cut_soil_m3", cost.volume.soil_m3, 5e-3),
    ] {
        let judged = number(&judged[name])?;
        report.case(quantity, 1, ours / judged - 1.0, limit);
    }
    let off_m = line
        .at(line.horizontal().length_m())
        .map(|end| end.pose.coord.distance_m(problem::END))
        .map_err(|error| error.to_string())?;
    report.case("end, m", 1, off_m, 1.0);
    let starts_off_m = line.horizontal().start().distance_m(problem::START);
    report.case("start, m", 1, starts_off_m, 0.0);
    let broken = problem::LIMITS.broken(&line).len() + cost.open_sections;
    let expected = list(&judged["broken"])?.len();
    #[expect(clippy::cast_precision_loss, reason = "a few limits")]
    report.case("broken limits, count", 1, broken as f64 - expected as f64, 0.0);
    Ok(())
}
