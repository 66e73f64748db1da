//! What must hold on any line: joints, projections, mirrors, cuts.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::f64::consts::{PI, TAU};

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Arc, Chainage, Element, Equation, Horizontal, Intersection, Notation, Pose, Ramp, Tangent,
    Transition,
};

/// A number between two, in steps of 2^-32 of their distance, both ends included.
fn between(u: &mut Unstructured, low: f64, high: f64) -> Result<f64> {
    let share = f64::from(u.arbitrary::<u32>()?) / f64::from(u32::MAX);
    Ok((low + (high - low) * share).clamp(low, high))
}

fn curvature_per_m(u: &mut Unstructured) -> Result<f64> {
    let radius_m = between(u, 150.0, 5000.0)?;
    Ok(if u.arbitrary()? { 1.0 / radius_m } else { -1.0 / radius_m })
}

/// Tangents, arcs and transitions in any order, each beginning with the curvature at which the one
/// before ends, as a railway must.
fn elements(u: &mut Unstructured) -> Result<Vec<Element>> {
    let (mut elements, mut before_per_m) = (Vec::<Element>::new(), 0.0);
    for _ in 0..u.int_in_range(1..=12)? {
        let length_m = between(u, 1.0, 400.0)?;
        if u.arbitrary()? {
            let to_per_m = if u.ratio(1, 3)? { 0.0 } else { curvature_per_m(u)? };
            let ramp = *u.choose(&Ramp::ALL)?;
            let made = Transition::new(ramp, length_m, before_per_m, to_per_m).expect("sound");
            elements.push(made.into());
            before_per_m = to_per_m;
        } else if before_per_m == 0.0 {
            elements.push(Tangent::new(length_m).expect("sound").into());
        } else {
            elements.push(Arc::with_curvature(length_m, before_per_m).expect("sound").into());
        }
    }
    Ok(elements)
}

fn start(u: &mut Unstructured) -> Result<(Coord, f64)> {
    let e_m = between(u, 2e5, 8e5)?;
    Ok((Coord { e_m, n_m: between(u, 3e6, 4e6)? }, between(u, -PI, PI)?))
}

fn line(u: &mut Unstructured) -> Result<Horizontal> {
    let ((coord, bearing_rad), elements) = (start(u)?, elements(u)?);
    Ok(Horizontal::new(coord, bearing_rad, elements).expect("sound"))
}

/// How far the end of elements lies from where it should, by adding up each element's own answer.
fn chained(line: &Horizontal) -> Pose {
    let mut pose = line.at(0.0).expect("on the line");
    for element in line.elements() {
        let end = element.at(element.length_m()).expect("on the element");
        let (sine, cosine) = pose.bearing_rad.sin_cos();
        pose.coord.e_m += end.coord.e_m * cosine - end.coord.n_m * sine;
        pose.coord.n_m += end.coord.e_m * sine + end.coord.n_m * cosine;
        pose.bearing_rad += end.bearing_rad;
        pose.curvature_per_m = end.curvature_per_m;
    }
    pose
}

#[test]
fn a_chain_ends_where_its_elements_lead_one_after_the_other() {
    property(|u| {
        // Polynomials of panels against integrals of elements.
        let line = line(u)?;
        let (end, sum) = (line.at(line.length_m()).expect("on the line"), chained(&line));
        assert!(end.coord.distance_m(sum.coord) < 1e-8, "{end:?} {sum:?}");
        assert!((end.bearing_rad - sum.bearing_rad).abs() < 1e-12);
        assert!((end.curvature_per_m - sum.curvature_per_m).abs() < 1e-15);
        Ok(())
    });
}

#[test]
fn joints_have_one_place_one_bearing_and_one_curvature() {
    property(|u| {
        let line = line(u)?;
        for &joint_m in line.joints_m() {
            let step_m = 1e-6;
            let before = line.at((joint_m - step_m).max(0.0)).expect("on the line");
            let behind = line.at((joint_m + step_m).min(line.length_m())).expect("on the line");
            assert!(before.coord.distance_m(behind.coord) <= 2.0 * step_m + 2e-9);
            assert!((before.bearing_rad - behind.bearing_rad).abs() < 2.0 * step_m / 150.0 + 1e-12);
            // On a ramp over a metre from 1/150 to -1/150 the curvature changes by 0.03 a metre.
            let change_per_m = behind.curvature_per_m - before.curvature_per_m;
            assert!(change_per_m.abs() < 2.0 * step_m * 0.03, "{joint_m} {before:?} {behind:?}");
        }
        Ok(())
    });
}

#[test]
fn a_small_step_moves_along_the_bearing_and_turns_by_the_curvature() {
    property(|u| {
        let line = line(u)?;
        let at_m = between(u, 0.0, line.length_m() - 1e-3)?;
        let (here, ahead) = (line.at(at_m).expect("on it"), line.at(at_m + 1e-3).expect("on it"));
        let (e_m, n_m) = (ahead.coord.e_m - here.coord.e_m, ahead.coord.n_m - here.coord.n_m);
        assert!((e_m.hypot(n_m) - 1e-3).abs() < 3e-9);
        let middle_rad = 0.5 * (here.bearing_rad + ahead.bearing_rad);
        let aside_m = n_m * middle_rad.cos() - e_m * middle_rad.sin();
        assert!(aside_m.abs() < 3e-9, "{aside_m}");
        let turn_rad = ahead.bearing_rad - here.bearing_rad;
        let mean_per_m = 0.5 * (here.curvature_per_m + ahead.curvature_per_m);
        assert!((turn_rad - 1e-3 * mean_per_m).abs() < 1e-11, "{turn_rad}");
        Ok(())
    });
}

#[test]
fn a_place_beside_the_line_comes_back() {
    property(|u| {
        let line = line(u)?;
        let (at_m, offset_m) = (between(u, 0.0, line.length_m())?, between(u, -140.0, 140.0)?);
        let pose = line.at(at_m).expect("on the line");
        let coord = pose.beside(offset_m);
        // Within the radius it has a foot there, and one that is not beyond the centre.
        let feet = line.feet_within(coord, 150.0).expect("finite");
        let own = feet.iter().find(|foot| (foot.distance_m - at_m).abs() < 1e-6);
        let own = own.unwrap_or_else(|| panic!("{at_m} {offset_m} not among {feet:?}"));
        assert!((own.distance_m - at_m).abs() < 2e-8 && (own.offset_m - offset_m).abs() < 5e-9);
        assert!(!own.is_beyond_centre);
        // Another place of the line may be nearer, but none is farther.
        let nearest = line.nearest(coord).expect("finite");
        let off_m = nearest.pose.coord.distance_m(coord);
        assert!(off_m <= offset_m.abs() + 2e-9);
        assert!((off_m - nearest.offset_m.hypot(nearest.beyond_m)).abs() < 2e-9);
        Ok(())
    });
}

#[test]
fn no_place_of_the_line_is_nearer_than_the_nearest() {
    property(|u| {
        let line = line(u)?;
        let Coord { e_m, n_m } = line.start();
        let (off_e_m, off_n_m) = (between(u, -3000.0, 3000.0)?, between(u, -3000.0, 3000.0)?);
        let coord = Coord { e_m: e_m + off_e_m, n_m: n_m + off_n_m };
        let nearest = line.nearest(coord).expect("finite");
        let least_m = nearest.pose.coord.distance_m(coord);
        let mut plain_m = f64::INFINITY;
        for step in 0..=2000 {
            let at_m = line.length_m() * f64::from(step) / 2000.0;
            plain_m = plain_m.min(line.at(at_m).expect("on it").coord.distance_m(coord));
        }
        assert!(least_m <= plain_m + 2e-9, "{least_m} {plain_m} {nearest:?}");
        // Samples lie within half of their step of the nearest place.
        assert!(plain_m <= least_m + line.length_m() / 4000.0 + 1e-6);
        Ok(())
    });
}

#[test]
fn feet_are_all_turns_of_the_distance() {
    property(|u| {
        let line = line(u)?;
        let Coord { e_m, n_m } = line.start();
        let (off_e_m, off_n_m) = (between(u, -800.0, 800.0)?, between(u, -800.0, 800.0)?);
        let coord = Coord { e_m: e_m + off_e_m, n_m: n_m + off_n_m };
        let feet = line.feet_within(coord, 1e7).expect("finite");
        // How far ahead of the line's place the coordinate lies; it changes its sign at a foot.
        let ahead_m = |at_m: f64| {
            let Pose { coord: place, bearing_rad, .. } = line.at(at_m).expect("on the line");
            let (sine, cosine) = bearing_rad.sin_cos();
            (coord.e_m - place.e_m) * cosine + (coord.n_m - place.n_m) * sine
        };
        for foot in &feet {
            assert!(ahead_m(foot.distance_m).abs() < 1e-6, "{foot:?}");
        }
        let steps = 1000;
        let at = |step: i32| line.length_m() * f64::from(step) / f64::from(steps);
        for step in 0..steps {
            let (from_m, to_m) = (at(step), at(step + 1));
            if ahead_m(from_m) * ahead_m(to_m) < 0.0 {
                let inside = |at_m: f64| at_m >= from_m - 1e-6 && at_m <= to_m + 1e-6;
                assert!(
                    feet.iter().any(|foot| inside(foot.distance_m)),
                    "{from_m} {to_m} {feet:?}"
                );
            }
        }
        Ok(())
    });
}

/// The same element seen in a mirror, or run through from its end.
fn turned_over(element: &Element, is_reversed: bool) -> Element {
    match element {
        Element::Tangent(tangent) => (*tangent).into(),
        Element::Arc(arc) => {
            Arc::with_curvature(arc.length_m(), -arc.curvature_per_m()).expect("sound").into()
        }
        Element::Transition(curve) => {
            let (from, to) = (-curve.curvature_from_per_m(), -curve.curvature_to_per_m());
            let (from, to) = if is_reversed { (to, from) } else { (from, to) };
            Transition::new(curve.ramp(), curve.length_m(), from, to).expect("sound").into()
        }
    }
}

#[test]
fn a_line_run_through_backwards_is_the_same_line() {
    property(|u| {
        let line = line(u)?;
        let end = line.at(line.length_m()).expect("on the line");
        let elements = line.elements().iter().rev().map(|element| turned_over(element, true));
        let back = Horizontal::new(end.coord, end.bearing_rad + PI, elements.collect()).unwrap();
        assert!((back.length_m() - line.length_m()).abs() < 1e-9);
        let at_m = between(u, 0.0, line.length_m())?;
        let there = line.at(at_m).expect("on it");
        let again = back.at(back.length_m() - at_m).expect("on it");
        assert!(there.coord.distance_m(again.coord) < 1e-8, "{there:?} {again:?}");
        assert!((there.curvature_per_m + again.curvature_per_m).abs() < 1e-14);
        Ok(())
    });
}

#[test]
fn a_mirror_keeps_lengths_and_turns_hands() {
    property(|u| {
        let line = line(u)?;
        let elements = line.elements().iter().map(|element| turned_over(element, false));
        let start = line.start();
        let mirror = Horizontal::new(start, -line.start_bearing_rad(), elements.collect()).unwrap();
        assert_eq!(mirror.length_m(), line.length_m());
        let at_m = between(u, 0.0, line.length_m())?;
        let (one, other) = (line.at(at_m).expect("on it"), mirror.at(at_m).expect("on it"));
        assert!((one.coord.e_m - other.coord.e_m).abs() < 2e-9);
        let across_m = (one.coord.n_m - start.n_m) + (other.coord.n_m - start.n_m);
        assert!(across_m.abs() < 2e-9, "{across_m}");
        Ok(())
    });
}

#[test]
fn cutting_tangents_arcs_and_clothoids_changes_nothing() {
    property(|u| {
        let line = line(u)?;
        let mut cut = Vec::<Element>::new();
        for element in line.elements() {
            let length_m = element.length_m();
            let first_m = length_m * between(u, 0.01, 0.99)?;
            let rest_m = length_m - first_m;
            match element {
                Element::Tangent(_) => {
                    cut.extend([first_m, rest_m].map(|m| Element::from(Tangent::new(m).unwrap())));
                }
                Element::Arc(arc) => {
                    let per_m = arc.curvature_per_m();
                    let part = |m| Element::from(Arc::with_curvature(m, per_m).unwrap());
                    cut.extend([first_m, rest_m].map(part));
                }
                Element::Transition(curve) if curve.ramp() == Ramp::Clothoid => {
                    let middle_per_m = curve.curvature_per_m(first_m);
                    let (from, to) = (curve.curvature_from_per_m(), curve.curvature_to_per_m());
                    cut.push(Transition::clothoid(first_m, from, middle_per_m).unwrap().into());
                    cut.push(Transition::clothoid(rest_m, middle_per_m, to).unwrap().into());
                }
                Element::Transition(curve) => cut.push((*curve).into()),
            }
        }
        let again = Horizontal::new(line.start(), line.start_bearing_rad(), cut).unwrap();
        assert!((again.length_m() - line.length_m()).abs() < 1e-9);
        let at_m = between(u, 0.0, line.length_m().min(again.length_m()))?;
        let (one, other) = (line.at(at_m).expect("on it"), again.at(at_m).expect("on it"));
        assert!(one.coord.distance_m(other.coord) < 3e-9, "{one:?} {other:?}");
        assert!((one.bearing_rad - other.bearing_rad).abs() < 1e-12);
        Ok(())
    });
}

#[test]
fn clothoids_between_poses_end_there() {
    property(|u| {
        let (from, bearing_rad) = start(u)?;
        let to = Coord {
            e_m: from.e_m + between(u, 1.0, 1000.0)?,
            n_m: from.n_m + between(u, -1000.0, 1000.0)?,
        };
        let end_rad = between(u, -PI, PI)?;
        // Without a loop there is one for all bearings but those straight away from the other end.
        if let Ok(curve) = Transition::between(from, bearing_rad, to, end_rad) {
            let line = Horizontal::new(from, bearing_rad, vec![curve.into()]).expect("sound");
            let end = line.at(line.length_m()).expect("on the line");
            assert!(end.coord.distance_m(to) < 1e-7, "{end:?} {to:?}");
            let off_rad = (end.bearing_rad - end_rad).rem_euclid(TAU);
            assert!(off_rad.min(TAU - off_rad) < 1e-9, "{off_rad}");
        }
        Ok(())
    });
}

#[test]
fn lines_through_points_end_at_the_last_or_say_why_not() {
    property(|u| {
        let (from, _) = start(u)?;
        let (mut points, mut at) = (Vec::new(), from);
        for _ in 0..u.int_in_range(0..=5)? {
            at.e_m += between(u, 800.0, 3000.0)?;
            at.n_m += between(u, -1500.0, 1500.0)?;
            points.push(Intersection {
                coord: at,
                radius_m: between(u, 200.0, 1200.0)?,
                entry_length_m: if u.arbitrary()? { between(u, 20.0, 120.0)? } else { 0.0 },
                exit_length_m: if u.arbitrary()? { between(u, 20.0, 120.0)? } else { 0.0 },
                ramp: *u.choose(&Ramp::ALL)?,
            });
        }
        let to = Coord { e_m: at.e_m + 2000.0, n_m: at.n_m + between(u, -500.0, 500.0)? };
        match Horizontal::through(from, &points, to) {
            Ok(line) => {
                let end = line.at(line.length_m()).expect("on the line");
                assert!(end.coord.distance_m(to) < 1e-8, "{end:?} {to:?}");
            }
            Err(error) => assert!(error.to_string().contains("point"), "{error}"),
        }
        Ok(())
    });
}

#[test]
fn drawn_lines_keep_to_their_tolerance_and_their_box() {
    property(|u| {
        let line = line(u)?;
        let tolerance_m = 10.0_f64.powf(between(u, -3.0, 1.0)?);
        let sides = line.bounding_rect();
        let drawn = line.to_line_string(tolerance_m).expect("few points");
        let ends: Vec<&geo::Coord<f64>> = drawn.0.iter().collect();
        let mut most = geo::Rect::new(*ends[0], *ends[0]);
        for pair in ends.windows(2) {
            let middle =
                Coord { e_m: 0.5 * (pair[0].x + pair[1].x), n_m: 0.5 * (pair[0].y + pair[1].y) };
            let foot = line.nearest(middle).expect("finite");
            assert!(foot.pose.coord.distance_m(middle) <= tolerance_m + 2e-9);
        }
        for step in 0..=500 {
            let at_m = line.length_m() * f64::from(step) / 500.0;
            let Coord { e_m, n_m } = line.at(at_m).expect("on the line").coord;
            assert!(e_m >= sides.min().x - 3e-9 && e_m <= sides.max().x + 3e-9);
            assert!(n_m >= sides.min().y - 3e-9 && n_m <= sides.max().y + 3e-9);
            most = geo::Rect::new(
                geo::Coord { x: most.min().x.min(e_m), y: most.min().y.min(n_m) },
                geo::Coord { x: most.max().x.max(e_m), y: most.max().y.max(n_m) },
            );
        }
        // Samples come as near to every side as a step lets them bow.
        let step_m = line.length_m() / 500.0;
        let slack_m = step_m * step_m / 150.0 + 1e-6;
        assert!(sides.width() - most.width() <= 2.0 * slack_m, "{sides:?} {most:?}");
        assert!(sides.height() - most.height() <= 2.0 * slack_m, "{sides:?} {most:?}");
        Ok(())
    });
}

#[test]
fn written_chainages_come_back_or_are_refused() {
    property(|u| {
        let (mut at_m, mut equations) = (0.0, Vec::new());
        for _ in 0..u.int_in_range(0..=4)? {
            at_m += between(u, 1.0, 3000.0)?;
            let ahead_m = (between(u, 0.0, 90_000.0)? * 100.0).round() / 100.0;
            equations.push(Equation { distance_m: at_m, ahead_m, is_falling: u.ratio(1, 4)? });
        }
        let length_m = at_m + between(u, 1.0, 3000.0)?;
        let chainage = Chainage::new(length_m, between(u, 0.0, 50_000.0)?, &equations).unwrap();
        let distance_m = between(u, 0.0, length_m)?;
        for notation in [Notation::Picket, Notation::Kilometre] {
            let text = chainage.write(distance_m, notation, 6).expect("on the line");
            // Right or refused, but never somewhere else.
            if let Ok(back_m) = chainage.read_m(&text, notation) {
                assert!((back_m - distance_m).abs() < 3e-6, "{text} {distance_m} {back_m}");
            } else {
                let all =
                    chainage.distances_m(chainage.chainage_m(distance_m).expect("on the line"));
                assert!(all.len() > 1, "{text} {distance_m} {all:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn any_numbers_give_a_line_or_an_error() {
    property(|u| {
        let [length_m, from_per_m, to_per_m, e_m, bearing_rad, at_m] = u.arbitrary::<[f64; 6]>()?;
        let ramp = *u.choose(&Ramp::ALL)?;
        // Half of the numbers are of a size that can be right.
        let tame = |value: f64, most: f64| if value.is_finite() { value % most } else { value };
        let (length_m, at_m) = (tame(length_m, 1e4), tame(at_m, 1e4));
        let (from_per_m, to_per_m) = (tame(from_per_m, 0.1), tame(to_per_m, 0.1));
        if let Ok(curve) = Transition::new(ramp, length_m, from_per_m, to_per_m) {
            if let Ok(pose) = curve.at(at_m) {
                assert!(pose.coord.e_m.is_finite() && pose.bearing_rad.is_finite());
            }
            let start = Coord { e_m, n_m: 0.0 };
            if let Ok(line) = Horizontal::new(start, bearing_rad, vec![curve.into()]) {
                let foot = line.nearest(Coord { e_m: at_m, n_m: from_per_m });
                assert!(foot.is_err() || foot.is_ok_and(|foot| foot.distance_m.is_finite()));
            }
        }
        Ok(())
    });
}

#[test]
fn a_walk_along_a_line_gives_what_the_line_gives() {
    property(|u| {
        let line = line(u)?;
        let mut walk = line.walk();
        for _ in 0..30 {
            // Small steps, jumps, joints, and places off the line.
            let joint_m = *u.choose(line.joints_m())?;
            for at_m in
                [joint_m, joint_m.next_down(), joint_m.next_up(), joint_m - 0.3, joint_m + 2.0]
            {
                assert_eq!(walk.at(at_m).ok(), line.at(at_m).ok(), "{at_m}");
            }
        }
        assert!(walk.at(f64::NAN).is_err());
        Ok(())
    });
}
