//! Lines written as a file.

use std::collections::BTreeSet;

use super::codes::OWN;
use super::{write_cant, write_plan, write_profile};
use crate::error::{Error, Result};
use crate::exchange::elements::{self, Elements};
use crate::geometry::Line;

const NAMESPACE: &str = "http://www.landxml.org/schema/LandXML-1.2";

/// The units of all that is written.
const UNITS: &[(&str, &str)] = &[
    ("areaUnit", "squareMeter"),
    ("linearUnit", "meter"),
    ("volumeUnit", "cubicMeter"),
    ("temperatureUnit", "celsius"),
    ("pressureUnit", "HPA"),
    ("velocityUnit", "kilometersPerHour"),
    ("angularUnit", "decimal degrees"),
    ("directionUnit", "decimal degrees"),
    ("elevationUnit", "meter"),
];

/// The whole file.
pub(super) fn text(lines: &[Line]) -> Result<String> {
    let epsg = check(lines)?;
    // The schema asks for a moment; a true one would make the same lines other bytes each time.
    let root = [
        ("xmlns", NAMESPACE),
        ("version", "1.2"),
        ("date", "2000-01-01"),
        ("time", "00:00:00"),
        ("language", "English"),
        ("readOnly", "false"),
    ];
    elements::file("LandXML", &root, |out| {
        out.within("Units", |out| out.empty("Metric", UNITS))?;
        if let Some(epsg) = epsg {
            let code = epsg.to_string();
            let name = format!("EPSG:{code}");
            out.empty("CoordinateSystem", &[("name", &name), ("epsgCode", &code)])?;
        }
        out.empty("Application", &[("name", OWN), ("version", env!("CARGO_PKG_VERSION"))])?;
        out.within("Alignments", |out| lines.iter().try_for_each(|line| alignment(out, line)))
    })
}

/// The plane that all lines lie in.
fn check(lines: &[Line]) -> Result<Option<u32>> {
    let Some(first) = lines.first() else {
        return Err(refused("the file", "there is no line to write", "give one line or more"));
    };
    let mut names = BTreeSet::new();
    for line in lines {
        if !names.insert(line.name.as_str()) {
            let problem = "another line has the same name";
            return Err(refused(
                &line.name,
                problem,
                "the format tells lines apart by their names",
            ));
        }
        if line.epsg != first.epsg {
            let problem = "it lies in another plane than the first line";
            return Err(refused(&line.name, problem, "write a file for each plane"));
        }
    }
    Ok(first.epsg)
}

fn alignment(out: &mut Elements, line: &Line) -> Result<()> {
    let plan = line.alignment.horizontal();
    let sta_start_m = line.chainage.first_m();
    let (length, sta_start) = (number(plan.length_m()), number(sta_start_m));
    let attributes = [("name", line.name.as_str()), ("length", &length), ("staStart", &sta_start)];
    out.with("Alignment", &attributes, |out| {
        write_plan::plan(out, plan, sta_start_m)?;
        write_profile::equations(out, &line.chainage)?;
        if let Some(profile) = line.alignment.profile() {
            write_profile::profile(out, line, profile)?;
        }
        write_cant::cant(out, line)?;
        told(out, &[("bearingRad", Some(plan.start_bearing_rad()))])
    })
}

/// A number as it is read back to the last digit, in the shortest way.
pub(super) fn number(number: f64) -> String {
    format!("{number:?}")
}

/// What the format has no place for, told to our own reader.
pub(super) fn told(out: &mut Elements, properties: &[(&str, Option<f64>)]) -> Result<()> {
    let known = properties.iter().filter_map(|(label, value)| value.map(|value| (*label, value)));
    let known: Vec<(&str, String)> = known.map(|(label, value)| (label, number(value))).collect();
    if known.is_empty() {
        return Ok(());
    }
    out.with("Feature", &[("code", OWN)], |out| {
        known.iter().try_for_each(|(label, value)| {
            out.empty("Property", &[("label", label), ("value", value)])
        })
    })
}

pub(super) fn refused(name: &str, problem: &str, hint: &str) -> Error {
    let place = if name == "the file" { name.to_owned() } else { format!("line \"{name}\"") };
    Error::Exchange { place, problem: problem.to_owned(), hint: hint.to_owned() }
}
