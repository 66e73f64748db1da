//! A line that goes out as LandXML and comes back is the same line, whatever it is; and a file
//! with a byte that is wrong is read or refused, never more.

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::exchange::{from_landxml, to_landxml};
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Alignment, Along, Arc, Cant, CantPoint, Chainage, Element, Equation, Horizontal, Line, Profile,
    Ramp, Range, Roll, Tangent, Transition, VerticalElement,
};

/// A number between two, any of a million.
fn between(u: &mut Unstructured, low: f64, high: f64) -> Result<f64> {
    Ok(low + (high - low) * f64::from(u.int_in_range(0..=1_000_000)?) / 1e6)
}

fn curvature(u: &mut Unstructured) -> Result<f64> {
    let sign = if u.arbitrary()? { 1.0 } else { -1.0 };
    Ok(sign / between(u, 180.0, 20_000.0)?)
}

fn transition(u: &mut Unstructured, from: f64, to: f64) -> Result<Element> {
    let length_m = between(u, 20.0, 180.0)?;
    let ramp = *u.choose(&Ramp::ALL)?;
    if ramp == Ramp::Viennese {
        let roll = Roll {
            centre_height_m: between(u, 0.0, 2.0)?,
            cant_from_m: between(u, -0.16, 0.16)?,
            cant_to_m: between(u, -0.16, 0.16)?,
            rail_head_distance_m: 1.5,
        };
        return Ok(Transition::viennese(length_m, from, to, roll).unwrap().into());
    }
    Ok(Transition::new(ramp, length_m, from, to).unwrap().into())
}

/// Elements without jumps of curvature, as plans are drawn: tangents, arcs, transitions between,
/// egg lines and reverse curves.
fn elements(u: &mut Unstructured) -> Result<Vec<Element>> {
    let mut elements = Vec::new();
    let mut at_per_m = 0.0;
    for _ in 0..u.int_in_range(1..=12)? {
        let next_per_m = if u.ratio(1, 3)? { 0.0 } else { curvature(u)? };
        if at_per_m != next_per_m {
            elements.push(transition(u, at_per_m, next_per_m)?);
        }
        let length_m = between(u, 15.0, 900.0)?;
        elements.push(if next_per_m == 0.0 {
            Tangent::new(length_m).unwrap().into()
        } else {
            Arc::with_curvature(length_m, next_per_m).unwrap().into()
        });
        at_per_m = next_per_m;
    }
    Ok(elements)
}

fn profile(u: &mut Unstructured, length_m: f64) -> Result<Profile> {
    let mut elements = Vec::new();
    let (mut left_m, mut gradient) = (length_m + 1.0, between(u, -0.03, 0.03)?);
    while left_m > 0.0 {
        let piece_m = between(u, 5.0, 700.0)?;
        let next = if u.ratio(1, 3)? { gradient } else { between(u, -0.03, 0.03)? };
        elements.push(match u.int_in_range(0..=2)? {
            0 => VerticalElement::circle(piece_m, gradient, next).unwrap(),
            _ => VerticalElement::parabola(piece_m, gradient, next).unwrap(),
        });
        left_m -= piece_m;
        // Some joints are kinks.
        gradient = if u.ratio(1, 4)? { between(u, -0.03, 0.03)? } else { next };
    }
    Ok(Profile::new(0.0, between(u, -100.0, 3000.0)?, elements).unwrap())
}

fn cant(u: &mut Unstructured, length_m: f64) -> Result<Cant> {
    let mut points = Vec::new();
    let mut at_m = 0.0;
    loop {
        let cant_m = if u.ratio(1, 3)? { 0.0 } else { between(u, -0.16, 0.16)? };
        points.push(CantPoint { distance_m: at_m, cant_m, ramp: *u.choose(&Ramp::ALL)? });
        if at_m > length_m {
            return Ok(Cant::new(between(u, 0.7, 1.8)?, points).unwrap());
        }
        at_m += between(u, 1.0, 300.0)?;
    }
}

fn chainage(u: &mut Unstructured, length_m: f64) -> Result<Chainage> {
    let mut equations = Vec::new();
    let mut distance_m = 0.0;
    for _ in 0..u.int_in_range(0..=3)? {
        distance_m += between(u, 1.0, 600.0)?;
        if distance_m < length_m - 0.1 {
            let (ahead_m, is_falling) = (between(u, -500.0, 99_000.0)?, u.arbitrary()?);
            equations.push(Equation { distance_m, ahead_m, is_falling });
        }
    }
    Ok(Chainage::new(length_m, between(u, -200.0, 400_000.0)?, &equations).unwrap())
}

fn speeds(u: &mut Unstructured, length_m: f64) -> Result<Along<f64>> {
    let (mut ranges, mut from_m) = (Vec::new(), between(u, 0.0, 50.0)?);
    while from_m < length_m {
        let to_m = (from_m + between(u, 10.0, 900.0)?).min(length_m);
        ranges.push(Range { from_m, to_m, value: between(u, 20.0, 250.0)? });
        from_m = if u.ratio(1, 2)? { to_m } else { to_m + between(u, 1.0, 40.0)? };
    }
    Ok(Along::new(ranges).unwrap())
}

fn line(u: &mut Unstructured, name: &str) -> Result<Line> {
    let start =
        Coord { e_m: between(u, 100_000.0, 900_000.0)?, n_m: between(u, 0.0, 9_000_000.0)? };
    let plan = Horizontal::new(start, between(u, -9.0, 9.0)?, elements(u)?).unwrap();
    let length_m = plan.length_m();
    let profile = if u.ratio(3, 4)? { Some(profile(u, length_m)?) } else { None };
    let cant = if u.ratio(3, 4)? { Some(cant(u, length_m)?) } else { None };
    let has_cant = cant.is_some();
    let mut line = Line::new(name, Alignment::new(plan, profile, cant).unwrap()).unwrap();
    line.chainage = chainage(u, length_m)?;
    line.gauge_mm = if u.arbitrary()? { Some(u.int_in_range(600..=1700)?) } else { None };
    line.epsg = Some(32641);
    if has_cant || line.gauge_mm.is_some() {
        line.speeds_kmh = if u.arbitrary()? { Some(speeds(u, length_m)?) } else { None };
    }
    Ok(line)
}

/// The largest differences of plan, heights and cant at many distances.
fn differences(line: &Line, again: &Line) -> [f64; 3] {
    let mut most = [0.0_f64; 3];
    for step in 0..=300 {
        let distance_m = line.length_m() * f64::from(step) / 300.0;
        let (a, b) =
            (line.alignment.at(distance_m).unwrap(), again.alignment.at(distance_m).unwrap());
        let off = |at: usize, off_m: f64, most: &mut [f64; 3]| most[at] = most[at].max(off_m.abs());
        off(0, a.pose.coord.e_m - b.pose.coord.e_m, &mut most);
        off(0, a.pose.coord.n_m - b.pose.coord.n_m, &mut most);
        match (a.level, b.level) {
            (Some(a), Some(b)) => off(1, a.height_m - b.height_m, &mut most),
            (a, b) => assert_eq!(a.is_some(), b.is_some()),
        }
        match (a.banking, b.banking) {
            (Some(a), Some(b)) => off(2, a.cant_m - b.cant_m, &mut most),
            (a, b) => assert_eq!(a.is_some(), b.is_some()),
        }
    }
    most
}

#[test]
fn a_line_comes_back_the_same() {
    property(|u| {
        let line = line(u, "Тургунди & <Herat> \"1\"\n2")?;
        let text = to_landxml(std::slice::from_ref(&line)).unwrap();
        let file = from_landxml(&text).unwrap();
        let told: Vec<String> = file
            .findings
            .iter()
            .filter(|finding| finding.rule != "cant-sign") // cants are drawn by chance here
            .map(ToString::to_string)
            .collect();
        assert!(told.is_empty(), "{}\n{text}", told.join("\n"));
        assert!(file.notes.is_empty(), "{:?}", file.notes);
        let [again] = file.lines.as_slice() else { panic!("{} lines", file.lines.len()) };
        // The plan to the last digit: the same elements, start and bearing.
        let (plan, plan_again) = (line.alignment.horizontal(), again.alignment.horizontal());
        assert_eq!(plan.elements(), plan_again.elements());
        assert_eq!(plan.start(), plan_again.start());
        assert_eq!(plan.start_bearing_rad(), plan_again.start_bearing_rad());
        let [plan_m, height_m, cant_m] = differences(&line, again);
        assert!(plan_m == 0.0 && height_m <= 1e-9 && cant_m <= 1e-9, "{height_m} {cant_m}\n{text}");
        assert_eq!(
            (&again.name, again.epsg, again.gauge_mm),
            (&line.name, line.epsg, line.gauge_mm)
        );
        let heads = |line: &Line| line.alignment.cant().map(Cant::rail_head_distance_m);
        assert_eq!(heads(again), heads(&line));
        for step in 0..=100 {
            let distance_m = line.length_m() * f64::from(step) / 100.0;
            let [a, b] = [&line, again].map(|line| line.chainage.chainage_m(distance_m).unwrap());
            assert!((a - b).abs() <= 1e-9, "{a} {b}");
        }
        let ranges = |line: &Line| {
            line.speeds_kmh.as_ref().map_or(Vec::new(), |speeds| speeds.ranges().to_vec())
        };
        let (ranges, ranges_again) = (ranges(&line), ranges(again));
        assert_eq!(ranges.len(), ranges_again.len(), "{ranges:?} {ranges_again:?}");
        for (a, b) in ranges.iter().zip(&ranges_again) {
            assert!((a.from_m - b.from_m).abs() <= 1e-9 && (a.to_m - b.to_m).abs() <= 1e-9);
            assert_eq!(a.value, b.value);
        }
        Ok(())
    })
    .budget_ms(4_000);
}

#[test]
fn a_file_with_a_wrong_byte_is_read_or_refused() {
    property(|u| {
        let mut bytes = to_landxml(&[line(u, "a")?, line(u, "b")?]).unwrap().into_bytes();
        for _ in 0..u.int_in_range(1..=4)? {
            let at = u.choose_index(bytes.len())?;
            match u.int_in_range(0..=3)? {
                0 => bytes[at] = *u.choose(b"0123456789-+.eE <>/&\"'NaINF;#!")?,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, *u.choose(b"0123456789-+.eE")?),
                _ => bytes.truncate(at + 1),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(file) = from_landxml(&text) {
            for line in &file.lines {
                let end = line.alignment.at(line.length_m()).unwrap();
                assert!(end.pose.coord.e_m.is_finite() && end.pose.coord.n_m.is_finite());
            }
            // Each alignment makes a line, or an error says why not.
            let errors = file
                .findings
                .iter()
                .filter(|finding| finding.severity == railcorridor::Severity::Error);
            assert!(file.lines.len() == 2 || errors.count() > 0 || !text.contains("\"b\""));
        }
        Ok(())
    })
    .budget_ms(2_000);
}
