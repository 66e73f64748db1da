//! A line of ten kilometres from the points where its tangents meet: where it is every kilometre,
//! how far a place lies beside it, and the same line out to LandXML (a file, if one is named) and
//! back.
//!
//! Prints:
//! ```text
//! 9 elements, 9979.533 m in plan
//! PK 0+00.0    E 420000.000 N 3800000.000  azimuth  63.435   straight  934.000 m    7.0 permille
//! PK 10+00.0   E 420894.427 N 3800447.214  azimuth  63.435   straight  941.000 m    7.0 permille
//! PK 20+37.5   E 421788.854 N 3800894.427  azimuth  63.435   straight  948.000 m    7.0 permille
//! PK 30+37.5   E 422683.282 N 3801341.641  azimuth  63.435   straight  954.737 m   -0.2 permille
//! PK 40+37.5   E 423371.777 N 3802039.076  azimuth  34.592   straight  947.500 m   -7.5 permille
//! PK 50+37.5   E 423939.510 N 3802862.289  azimuth  34.592   straight  940.000 m   -7.5 permille
//! PK 60+37.5   E 424507.243 N 3803685.502  azimuth  34.592   straight  932.500 m   -7.5 permille
//! PK 70+37.5   E 425160.173 N 3804417.675  azimuth  71.685     -600 m  925.196 m   -1.2 permille
//! PK 80+37.5   E 426145.724 N 3804584.794  azimuth  80.838   straight  930.034 m    5.0 permille
//! PK 90+37.5   E 427132.965 N 3804744.027  azimuth  80.838   straight  935.069 m    5.0 permille
//! PK 100+17.0  E 428100.000 N 3804900.000  azimuth  80.838   straight  940.000 m    5.0 permille
//! ten metres beside and back again: within 5 nm everywhere
//! a well lies at PK 61+64.55, 510.96 m to the right
//! at 100 km/h in the first curve: 157 mm would balance, 90 mm are there
//! on the ellipsoid 9982.814 m, on the ground 9984.505 m
//! 147 chords leave it by a centimetre at most
//! as LandXML and back: 9 elements, 0 findings, ends 0 nm apart
//! ```

use railcorridor::exchange::{from_landxml, to_landxml};
use railcorridor::geodesy::{Coord, UtmZone};
use railcorridor::geometry::{
    Alignment, Cant, CantPoint, Chainage, Equation, Horizontal, Intersection, Line, Notation,
    Profile, Pvi, Ramp, Rounding,
};

fn main() -> railcorridor::Result<()> {
    let line = line()?;
    let plan = line.horizontal();
    // The first 2 km were shortened by 37.5 m: the picket before the jump is that much shorter.
    let jump = Equation { distance_m: 1962.5, ahead_m: 2000.0, is_falling: false };
    let chainage = Chainage::new(plan.length_m(), 0.0, &[jump])?;

    println!("{} elements, {:.3} m in plan", plan.elements().len(), plan.length_m());
    let mut worst_m = 0.0_f64;
    for step in 0..=100 {
        let distance_m = (f64::from(step) * 100.0).min(plan.length_m());
        let point = line.at(distance_m)?;
        // The way back from ten metres to the right.
        let foot = plan.nearest(point.pose.beside(-10.0))?;
        worst_m = worst_m.max((foot.distance_m - distance_m).abs());
        if step % 10 > 0 {
            continue;
        }
        let radius = point.pose.radius_m().map_or("straight".to_owned(), |m| format!("{m:.0} m"));
        println!(
            "{:<12} E {:.3} N {:.3}  azimuth {:7.3}  {radius:>9}  {:7.3} m  {:5.1} permille",
            chainage.write(distance_m, Notation::Picket, 1)?,
            point.pose.coord.e_m,
            point.pose.coord.n_m,
            point.pose.azimuth_deg(),
            point.level.map_or(0.0, |level| level.height_m),
            point.level.map_or(0.0, |level| level.gradient_ratio * 1e3),
        );
    }
    assert!(worst_m < 5e-9);
    println!("ten metres beside and back again: within 5 nm everywhere");

    let foot = plan.nearest(Coord { e_m: 425_000.0, n_m: 3_803_500.0 })?;
    println!(
        "a well lies at {}, {:.2} m to the {}",
        chainage.write(foot.distance_m, Notation::Picket, 2)?,
        foot.offset_m.abs(),
        if foot.offset_m > 0.0 { "left" } else { "right" },
    );
    if let Some(balance) = line.balance(3_300.0, 100.0)? {
        println!(
            "at 100 km/h in the first curve: {:.0} mm would balance, {:.0} mm are there",
            balance.equilibrium_m.abs() * 1e3,
            balance.applied_m.abs() * 1e3,
        );
    }
    let zone = UtmZone::from_epsg(32641)?;
    let lengths = line.lengths(0.0, plan.length_m(), zone.projection())?;
    println!(
        "on the ellipsoid {:.3} m, on the ground {:.3} m",
        lengths.ellipsoid_m,
        lengths.ground_m.unwrap_or(f64::NAN),
    );
    println!("{} chords leave it by a centimetre at most", plan.to_line_string(0.01)?.0.len() - 1);
    exported(&line)
}

/// The line as LandXML, and what comes back; with a file as argument it is written there.
fn exported(line: &Alignment) -> railcorridor::Result<()> {
    let mut named = Line::new("ten kilometres", line.clone())?;
    named.epsg = Some(32641);
    let text = to_landxml(&[named])?;
    let back = from_landxml(&text)?;
    let end = |plan: &Horizontal| plan.at(plan.length_m()).map(|pose| pose.coord);
    for again in &back.lines {
        let plan = again.alignment.horizontal();
        let apart_m = end(plan)?.distance_m(end(line.horizontal())?);
        println!(
            "as LandXML and back: {} elements, {} findings, ends {:.0} nm apart",
            plan.elements().len(),
            back.findings.len(),
            apart_m * 1e9,
        );
    }
    if let Some(path) = std::env::args().nth(1) {
        railcorridor::report::write_file(path.as_ref(), text.as_bytes(), false)?;
    }
    Ok(())
}

/// Plan, profile and cant.
fn line() -> railcorridor::Result<Alignment> {
    let at = |e_m, n_m| Coord { e_m, n_m };
    let curve = |e_m, n_m, radius_m, transition_m| Intersection {
        coord: at(e_m, n_m),
        radius_m,
        entry_length_m: transition_m,
        exit_length_m: transition_m,
        ramp: Ramp::Bloss,
    };
    let points =
        [curve(423_000.0, 3_801_500.0, 800.0, 120.0), curve(425_000.0, 3_804_400.0, 600.0, 100.0)];
    let plan =
        Horizontal::through(at(420_000.0, 3_800_000.0), &points, at(428_100.0, 3_804_900.0))?;
    let length_m = plan.length_m();

    let pvi = |distance_m, height_m, rounding| Pvi { distance_m, height_m, rounding };
    let circle = Rounding::Circle { radius_m: 10_000.0 };
    let profile = Profile::through(&[
        pvi(0.0, 934.0, Rounding::None),
        pvi(3000.0, 955.0, circle),
        pvi(7000.0, 925.0, circle),
        pvi(length_m, 940.0, Rounding::None),
    ])?;

    // 90 mm in the first curve, which turns left, and 110 mm in the second, to the right.
    let cants_m = [0.0, 0.0, 0.09, 0.09, 0.0, 0.0, -0.11, -0.11, 0.0, 0.0];
    let cant_point = |(&distance_m, cant_m)| CantPoint { distance_m, cant_m, ramp: Ramp::Bloss };
    let cant = plan.joints_m().iter().zip(cants_m).map(cant_point).collect();
    Alignment::new(plan, Some(profile), Some(Cant::new(1.6, cant)?))
}
