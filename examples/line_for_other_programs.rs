//! How does a line get into a program of design, and what is wrong with a file that comes back?
//!
//! With a folder as argument, line.xml is written into it: every kind of transition, heights,
//! cant, speeds and chainages that jump.
//!
//! Prints:
//! ```text
//! LandXML: 24 elements, 3600.0 m
//! read back: the same, no finding
//! one sign wrong: error: every kind: line 20, column 5: element 3, Curve: it turns to the right as written and ends 79.642 m off its stated end; turned to the left, 0 m remain: flip its sign [curve-sign:every kind:3]
//! ```

use std::path::Path;

use railcorridor::exchange::{from_landxml, to_landxml};
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Alignment, Along, Arc, Cant, CantPoint, Chainage, Element, Equation, Horizontal, Line, Profile,
    Pvi, Ramp, Range, Roll, Rounding, Tangent, Transition,
};

fn main() -> railcorridor::Result<()> {
    let line = line()?;
    let text = to_landxml(std::slice::from_ref(&line))?;
    let plan = line.alignment.horizontal();
    println!("LandXML: {} elements, {:.1} m", plan.elements().len(), line.length_m());

    let file = from_landxml(&text)?;
    let is_same = file.lines.iter().all(|again| {
        let again = again.alignment.horizontal();
        again.elements() == plan.elements() && again.start() == plan.start()
    });
    let words = if is_same && file.findings.is_empty() { "the same, no finding" } else { "not so" };
    println!("read back: {words}");

    // The first curve to the other side.
    let wrong = text.replacen("<Curve rot=\"ccw\"", "<Curve rot=\"cw\"", 1);
    let findings = from_landxml(&wrong)?.findings;
    let sign = findings.iter().find(|finding| finding.rule == "curve-sign");
    println!("one sign wrong: {}", sign.map(ToString::to_string).unwrap_or_default());

    if let Some(folder) = std::env::args().nth(1) {
        let file = Path::new(&folder).join("line.xml");
        std::fs::write(&file, text).map_err(|source| railcorridor::Error::Io {
            action: "write",
            path: file,
            source,
        })?;
    }
    Ok(())
}

/// A curve of 400 m with each kind of transition, to the left and to the right in turn.
fn line() -> railcorridor::Result<Line> {
    let mut elements: Vec<Element> = Vec::new();
    let level = |distance_m| CantPoint { distance_m, cant_m: 0.0, ramp: Ramp::Clothoid };
    let (mut cants, mut at_m, mut per_m) = (vec![level(0.0)], 0.0, 1.0 / 400.0);
    for ramp in Ramp::ALL {
        let cant_m = 0.1_f64.copysign(per_m);
        let transition = |from: f64, to: f64, roll: [f64; 2]| match ramp {
            Ramp::Viennese => {
                let [cant_from_m, cant_to_m] = roll;
                let roll = Roll {
                    centre_height_m: 1.8,
                    cant_from_m,
                    cant_to_m,
                    rail_head_distance_m: 1.6,
                };
                Transition::viennese(110.0, from, to, roll)
            }
            _ => Transition::new(ramp, 110.0, from, to),
        };
        elements.push(Tangent::new(200.0)?.into());
        elements.push(transition(0.0, per_m, [0.0, cant_m])?.into());
        elements.push(Arc::with_curvature(180.0, per_m)?.into());
        elements.push(transition(per_m, 0.0, [cant_m, 0.0])?.into());
        for (distance_m, cant_m) in [(200.0, 0.0), (310.0, cant_m), (490.0, cant_m), (600.0, 0.0)] {
            cants.push(CantPoint { distance_m: at_m + distance_m, cant_m, ramp });
        }
        at_m += 600.0;
        per_m = -per_m;
    }
    let start = Coord { e_m: 420_000.0, n_m: 3_800_000.0 };
    let plan = Horizontal::new(start, 0.3, elements)?;
    let point = |distance_m, height_m, rounding| Pvi { distance_m, height_m, rounding };
    let profile = Profile::through(&[
        point(0.0, 930.0, Rounding::None),
        point(900.0, 939.0, Rounding::Parabola { radius_m: 10_000.0 }),
        point(2100.0, 933.0, Rounding::Circle { radius_m: 8_000.0 }),
        point(3000.0, 942.0, Rounding::None),
        point(plan.length_m(), 942.0, Rounding::None),
    ])?;
    let length_m = plan.length_m();
    let cant = Cant::new(1.6, cants)?;
    let mut line = Line::new("every kind", Alignment::new(plan, Some(profile), Some(cant))?)?;
    line.epsg = Some(32641);
    line.gauge_mm = Some(1520);
    let equations = [
        Equation { distance_m: 1029.3721, ahead_m: 5350.0, is_falling: false },
        Equation { distance_m: 2500.0, ahead_m: 9000.0, is_falling: true },
    ];
    line.chainage = Chainage::new(length_m, -153.1, &equations)?;
    line.speeds_kmh = Some(Along::new(vec![
        Range { from_m: 0.0, to_m: 1500.0, value: 80.0 },
        Range { from_m: 2000.0, to_m: length_m, value: 100.0 },
    ])?);
    Ok(line)
}
