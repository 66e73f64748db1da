//! How does a line get into programs of design, building information, maps, spreadsheets and
//! simulations, and what is wrong with a file that comes back?
//!
//! With a folder as argument, line.xml, line.ifc, line.csv, line.geojson and line.railjson.json are
//! written into it, a line with every kind of transition, and points.csv, its places every five metres, for
//! those who compute them again.
//!
//! Prints:
//! ```text
//! 37 elements, 9850.000 m
//! LandXML: the same elements come back: true, 0 findings
//! one sign wrong: line 20, column 5: element 3, Curve: it turns to the right as written and ends 171.384 m off its stated end; turned to the left, 4.7e-10 m remain: flip its sign
//! IFC: 749 entities
//! table: 140 rows, 500.0000,500.0000,PK 5+00.000,421615.6839,3802311.2575,939.0000,46.4824913,840.0000,10.0000,83.3333,clothoid
//! GeoJSON: read back, ends 0 mm off
//! RailJSON: 65 gradients, 120 radii, 3 stations
//! ```

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use railcorridor::exchange::{
    LinePlace, chainage_csv, from_geojson_line, from_landxml, to_geojson_line, to_ifc, to_landxml,
    to_railjson_with,
};
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Alignment, Along, Arc, Cant, CantPoint, Chainage, Element, Equation, Horizontal, Line, Profile,
    Pvi, Ramp, Range, Roll, Rounding, Tangent, Transition,
};

/// Between the middles of the rail heads on 1520 mm.
const RAIL_HEADS_M: f64 = 1.6;

fn main() -> Result<(), Box<dyn Error>> {
    let line = line()?;
    let plan = line.alignment.horizontal();
    println!("{} elements, {:.3} m", plan.elements().len(), plan.length_m());
    let design = to_landxml(std::slice::from_ref(&line))?;
    let file = from_landxml(&design)?;
    let is_same = |again: &Line| again.alignment.horizontal().elements() == plan.elements();
    let (same, found) = (file.lines.iter().all(is_same), file.findings.len());
    println!("LandXML: the same elements come back: {same}, {found} findings");
    // The first curve to the other side.
    let wrong = design.replacen("<Curve rot=\"ccw\"", "<Curve rot=\"cw\"", 1);
    let findings = from_landxml(&wrong)?.findings;
    let sign = findings.iter().find(|finding| finding.rule == "curve-sign");
    println!("one sign wrong: {}", sign.map(|found| found.message.clone()).unwrap_or_default());
    let ifc = to_ifc(std::slice::from_ref(&line))?;
    println!("IFC: {} entities", ifc.matches('=').count());
    let table = chainage_csv(&line, 100.0)?;
    println!("table: {} rows, {}", table.lines().count() - 1, table.lines().nth(6).unwrap_or(""));
    let map = to_geojson_line(&line, 0.05)?;
    let back = from_geojson_line(&map)?;
    let end = |line: &Line| line.alignment.horizontal().at(line.length_m());
    println!(
        "GeoJSON: read back, ends {} mm off",
        end(&line)?.coord.distance_m(end(&back)?.coord) * 1e3
    );
    let station = |name: &str, at_m| LinePlace { name: name.to_owned(), at_m };
    let middle_m = 0.5 * line.length_m();
    let stations =
        [station("South", 0.0), station("Middle", middle_m), station("North", line.length_m())];
    let simulation = to_railjson_with(&line, &stations, &[], 0.5)?;
    let count = |word: &str| simulation.matches(word).count();
    println!(
        "RailJSON: {} gradients, {} radii, {} stations",
        count("\"gradient\""),
        count("\"radius\""),
        count("\"id\":\"station-")
    );

    if let Some(folder) = std::env::args().nth(1) {
        let folder = Path::new(&folder);
        std::fs::create_dir_all(folder)?;
        let files = [
            ("line.xml", &design),
            ("line.ifc", &ifc),
            ("line.csv", &table),
            ("line.geojson", &map),
            ("line.railjson.json", &simulation),
            ("points.csv", &points(&line)?),
        ];
        for (name, text) in files {
            std::fs::write(folder.join(name), text)?;
        }
    }
    Ok(())
}

/// Where the line is every five metres and at its joints, for those who compute it themselves.
fn points(line: &Line) -> railcorridor::Result<String> {
    let alignment = &line.alignment;
    let length_m = line.length_m();
    let steps = (0..).map(|step| f64::from(step) * 5.0).take_while(|at_m| *at_m < length_m);
    let mut distances_m: Vec<f64> = steps.collect();
    distances_m.extend(alignment.horizontal().joints_m());
    distances_m.sort_by(f64::total_cmp);
    let mut table =
        "distance_m,easting_m,northing_m,bearing_rad,height_m,gradient_ratio,cant_m\n".to_owned();
    for distance_m in distances_m {
        let point = alignment.at(distance_m)?;
        let (coord, bearing_rad) = (point.pose.coord, point.pose.bearing_rad);
        let level = point.level.map_or([0.0; 2], |level| [level.height_m, level.gradient_ratio]);
        let cant_m = point.banking.map_or(0.0, |banking| banking.cant_m);
        let _ = writeln!(
            table,
            "{distance_m},{},{},{bearing_rad},{},{},{cant_m}",
            coord.e_m, coord.n_m, level[0], level[1]
        );
    }
    Ok(table)
}

/// Curves to the left and to the right with each kind of transition, one of them without a tangent
/// between two curves, on a profile with a sag and a crest, and with a jump of its chainages.
fn line() -> railcorridor::Result<Line> {
    let mut elements: Vec<Element> = Vec::new();
    let mut cants: Vec<CantPoint> = Vec::new();
    let mut at_m = 0.0;
    let mut add = |element: Element, cant_m: f64, ramp: Ramp| {
        cants.push(CantPoint { distance_m: at_m, cant_m, ramp });
        at_m += element.length_m();
        elements.push(element);
    };
    let mut side = 1.0;
    for ramp in Ramp::ALL {
        let (radius_m, cant_m) = (700.0 * side, 0.1 * side);
        let roll = |cant_from_m, cant_to_m| Roll {
            centre_height_m: 1.8,
            cant_from_m,
            cant_to_m,
            rail_head_distance_m: RAIL_HEADS_M,
        };
        let passage = |from_per_m: f64, to_per_m: f64, roll: Roll| match ramp {
            Ramp::Viennese => Transition::viennese(120.0, from_per_m, to_per_m, roll),
            _ => Transition::new(ramp, 120.0, from_per_m, to_per_m),
        };
        add(Tangent::new(400.0)?.into(), 0.0, Ramp::Clothoid);
        let entry = passage(0.0, 1.0 / radius_m, roll(0.0, cant_m))?;
        add(entry.into(), 0.0, ramp);
        add(Arc::new(350.0, radius_m)?.into(), cant_m, ramp);
        // A sharper curve follows at once.
        let sharper_m = 450.0 * side;
        let between = passage(1.0 / radius_m, 1.0 / sharper_m, roll(cant_m, 1.4 * cant_m))?;
        add(between.into(), cant_m, ramp);
        add(Arc::new(250.0, sharper_m)?.into(), 1.4 * cant_m, ramp);
        let exit = passage(1.0 / sharper_m, 0.0, roll(1.4 * cant_m, 0.0))?;
        add(exit.into(), 1.4 * cant_m, ramp);
        side = -side;
    }
    add(Tangent::new(1690.0)?.into(), 0.0, Ramp::Clothoid);
    cants.push(CantPoint { distance_m: at_m, cant_m: 0.0, ramp: Ramp::Clothoid });
    let start = Coord { e_m: 421_234.567_8, n_m: 3_801_987.654_3 };
    let plan = Horizontal::new(start, 0.7, elements)?;
    let length_m = plan.length_m();

    let pvi = |distance_m, height_m, rounding| Pvi { distance_m, height_m, rounding };
    let profile = Profile::through(&[
        pvi(0.0, 934.0, Rounding::None),
        pvi(2000.0, 954.0, Rounding::Parabola { radius_m: 10_000.0 }),
        pvi(4000.0, 942.0, Rounding::Parabola { radius_m: 15_000.0 }),
        pvi(6000.0, 960.0, Rounding::Circle { radius_m: 12_000.0 }),
        pvi(8000.0, 945.0, Rounding::Circle { radius_m: 8_000.0 }),
        pvi(length_m, 952.0, Rounding::None),
    ])?;
    let cant = Cant::new(RAIL_HEADS_M, cants)?;

    let mut line = Line::new(
        "Torghundi \u{2013} Her\u{101}t",
        Alignment::new(plan, Some(profile), Some(cant))?,
    )?;
    line.epsg = Some(32641);
    line.gauge_mm = Some(1520);
    // The first kilometres were shortened by 37.5 m, and the posts behind them stayed.
    let jump = Equation { distance_m: 4962.5, ahead_m: 5000.0, is_falling: false };
    line.chainage = Chainage::new(length_m, 0.0, &[jump])?;
    let speed = |from_m, to_m, value| Range { from_m, to_m, value };
    line.speeds_kmh =
        Some(Along::new(vec![speed(0.0, 4962.5, 100.0), speed(4962.5, length_m, 80.0)])?);
    Ok(line)
}
