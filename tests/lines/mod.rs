//! Lines of any shape, for properties of their files.

use chance::arbitrary::{Result, Unstructured};
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Alignment, Along, Arc, Cant, CantPoint, Chainage, Element, Equation, Horizontal, Line, Profile,
    Ramp, Range, Tangent, Transition, VerticalElement, VerticalShape,
};

/// A number between two, in steps of 2^-32 of their distance, both ends included.
pub fn between(u: &mut Unstructured, low: f64, high: f64) -> Result<f64> {
    let share = f64::from(u.arbitrary::<u32>()?) / f64::from(u32::MAX);
    Ok((low + (high - low) * share).clamp(low, high))
}

/// Elements with the cant where each begins, and at last where the line ends.
fn plan(u: &mut Unstructured) -> Result<(Vec<Element>, Vec<CantPoint>)> {
    let (mut elements, mut cants) = (Vec::<Element>::new(), Vec::new());
    let (mut before_per_m, mut at_m, mut cant_m) = (0.0, 0.0, 0.0);
    for _ in 0..u.int_in_range(1..=8)? {
        let length_m = between(u, 1.0, 400.0)?;
        let (mut ramp, mut to_cant_m) = (Ramp::Clothoid, cant_m);
        let element: Element = if u.arbitrary()? {
            let radius_m = between(u, 150.0, 5000.0)? * if u.arbitrary()? { 1.0 } else { -1.0 };
            let to_per_m = if u.ratio(1, 3)? { 0.0 } else { 1.0 / radius_m };
            to_cant_m = between(u, 0.0, 0.15)?.copysign(to_per_m);
            ramp = *u.choose(&Ramp::ALL)?;
            Transition::new(ramp, length_m, before_per_m, to_per_m).expect("sound").into()
        } else if before_per_m == 0.0 {
            Tangent::new(length_m).expect("sound").into()
        } else {
            Arc::with_curvature(length_m, before_per_m).expect("sound").into()
        };
        cants.push(CantPoint { distance_m: at_m, cant_m, ramp });
        before_per_m = element.curvature_to_per_m();
        cant_m = to_cant_m;
        at_m += length_m;
        elements.push(element);
    }
    cants.push(CantPoint { distance_m: at_m, cant_m, ramp: Ramp::Clothoid });
    Ok((elements, cants))
}

/// Grades, parabolas and circles over a length, with kinks and without.
fn profile(u: &mut Unstructured, length_m: f64) -> Result<Profile> {
    let (mut elements, mut left_m) = (Vec::new(), length_m);
    let mut gradient_ratio = between(u, -0.03, 0.03)?;
    while left_m > 0.0 {
        let piece_m = between(u, 10.0, 600.0)?;
        let piece_m = if left_m - piece_m < 10.0 { left_m } else { piece_m };
        left_m -= piece_m;
        let to_ratio = if u.arbitrary()? { gradient_ratio } else { between(u, -0.03, 0.03)? };
        let shape = *u.choose(&[VerticalShape::Parabola, VerticalShape::Circle])?;
        let element = VerticalElement::new(shape, piece_m, gradient_ratio, to_ratio);
        elements.push(element.expect("sound"));
        gradient_ratio = if u.ratio(1, 4)? { between(u, -0.03, 0.03)? } else { to_ratio };
    }
    Ok(Profile::new(0.0, between(u, -100.0, 3000.0)?, elements).expect("sound"))
}

/// A line with all that it may have, in zone 41 of UTM.
pub fn line(u: &mut Unstructured) -> Result<Line> {
    let start = Coord { e_m: between(u, 3e5, 7e5)?, n_m: between(u, 3e6, 4e6)? };
    let (elements, cants) = plan(u)?;
    let plan = Horizontal::new(start, between(u, -3.0, 9.0)?, elements).expect("sound");
    let length_m = plan.length_m();
    let profile = profile(u, length_m)?;
    let cant = Cant::new(1.6, cants).expect("sound");
    let alignment = Alignment::new(plan, Some(profile), Some(cant)).expect("sound");
    let mut line = Line::new("Turgundi, \"Herat\" & \u{1f682}", alignment).expect("sound");
    line.epsg = Some(32641);
    line.gauge_mm = Some(1520);
    let middle_m = between(u, 0.2, 0.8)? * length_m;
    let jump = Equation {
        distance_m: middle_m,
        ahead_m: between(u, -1e4, 1e5)?,
        is_falling: u.arbitrary()?,
    };
    line.chainage = Chainage::new(length_m, between(u, -1e3, 1e6)?, &[jump]).expect("sound");
    let speed = Range { from_m: 0.0, to_m: middle_m, value: between(u, 20.0, 160.0)? };
    line.speeds_kmh = Some(Along::new(vec![speed]).expect("sound"));
    Ok(line)
}

/// Two short lines in two zones.
pub fn two_planes() -> [Line; 2] {
    [32641, 32642].map(|code| {
        let start = Coord { e_m: 5e5, n_m: 3.8e6 };
        let plan = Horizontal::new(start, 0.0, vec![Tangent::new(10.0).expect("sound").into()]);
        let alignment = Alignment::new(plan.expect("sound"), None, None).expect("sound");
        let mut line = Line::new("short", alignment).expect("sound");
        line.epsg = Some(code);
        line
    })
}
