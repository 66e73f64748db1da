//! Cant, gauge and speeds written at stations.

use super::codes::spiral_type;
use super::write::{number, refused, told};
use super::write_plan::rotation;
use crate::error::Result;
use crate::exchange::elements::Elements;
use crate::geometry::{Along, Cant, Line, cant_constant_mm};

pub(super) fn cant(out: &mut Elements, line: &Line) -> Result<()> {
    let cant = line.alignment.cant();
    let heads_m = cant.map(Cant::rail_head_distance_m);
    let gauge_m = line.gauge_mm.map(|gauge_mm| f64::from(gauge_mm) / 1000.0);
    let Some(gauge_m) = gauge_m.or(heads_m) else {
        if line.speeds_kmh.is_some() {
            let problem = "it has speeds, but neither a gauge nor a cant";
            return Err(refused(&line.name, problem, "the format has speeds beside a gauge"));
        }
        return Ok(());
    };
    let gauge = number(gauge_m);
    let constant = heads_m.map(|heads_m| number(cant_constant_mm(heads_m)));
    let mut attributes = vec![("name", line.name.as_str()), ("gauge", &gauge)];
    attributes.extend(constant.as_deref().map(|constant| ("equilibriumConstant", constant)));
    out.with("Cant", &attributes, |out| {
        if let Some(cant) = cant {
            stations(out, line, cant)?;
        }
        if let Some(speeds) = &line.speeds_kmh {
            speed_stations(out, line, speeds)?;
        }
        told(out, &[("railHeadDistanceM", heads_m), ("gaugeMm", line.gauge_mm.map(f64::from))])
    })
}

fn stations(out: &mut Elements, line: &Line, cant: &Cant) -> Result<()> {
    let plan = line.alignment.horizontal();
    for point in cant.points() {
        let within_m = point.distance_m.clamp(0.0, plan.length_m());
        let curvature_per_m = plan.at(within_m)?.curvature_per_m;
        // Where the line runs straight, the side is that of the cant.
        let side = if curvature_per_m == 0.0 { point.cant_m } else { curvature_per_m };
        let station = number(line.chainage.first_m() + point.distance_m);
        let applied = number(point.cant_m.abs() * 1000.0);
        let is_adverse = point.cant_m != 0.0 && (point.cant_m > 0.0) != (side > 0.0);
        let mut attributes = vec![
            ("station", &*station),
            ("appliedCant", &applied),
            ("transitionType", spiral_type(point.ramp)),
            ("curvature", rotation(side)),
        ];
        if is_adverse {
            attributes.push(("adverse", "true"));
        }
        out.empty("CantStation", &attributes)?;
    }
    Ok(())
}

/// Each speed where it begins to hold; 0 where none is known any more.
fn speed_stations(out: &mut Elements, line: &Line, speeds: &Along<f64>) -> Result<()> {
    let mut write = |distance_m: f64, speed_kmh: f64| {
        let station = number(line.chainage.first_m() + distance_m);
        out.empty("SpeedStation", &[("station", &*station), ("speed", &number(speed_kmh))])
    };
    let ranges = speeds.ranges();
    let nexts = ranges.iter().skip(1).map(|range| range.from_m).chain([line.length_m()]);
    for (range, next_m) in ranges.iter().zip(nexts) {
        let speed_kmh = range.value;
        if !(speed_kmh > 0.0 && speed_kmh < 1e4) {
            let problem = format!("a speed of {speed_kmh} km/h at {} m", range.from_m);
            return Err(refused(&line.name, &problem, "speeds are more than 0 km/h"));
        }
        write(range.from_m, speed_kmh)?;
        if range.to_m != next_m {
            write(range.to_m, 0.0)?;
        }
    }
    Ok(())
}
