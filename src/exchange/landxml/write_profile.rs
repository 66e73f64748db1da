//! Heights written as points where grades meet, and chainages as equations of stations.

use super::write::{number, refused};
use crate::error::Result;
use crate::exchange::elements::Elements;
use crate::geometry::{Chainage, Line, Profile, VerticalElement, VerticalShape};

pub(super) fn equations(out: &mut Elements, chainage: &Chainage) -> Result<()> {
    let sections = chainage.sections();
    for (equation, before) in chainage.equations().zip(sections) {
        let internal = number(chainage.first_m() + equation.distance_m);
        let (ahead, back) = (number(equation.ahead_m), number(before.last_m));
        let increment = if equation.is_falling { "decreasing" } else { "increasing" };
        out.empty(
            "StaEquation",
            &[
                ("staAhead", &*ahead),
                ("staBack", &back),
                ("staInternal", &internal),
                ("staIncrement", increment),
            ],
        )?;
    }
    Ok(())
}

/// A point of a profile, with the curve at it.
struct Point {
    distance_m: f64,
    height_m: f64,
    curve: Option<VerticalElement>,
}

/// Every profile is points: a curve is that of its tangents' intersection, and where it does not
/// meet its neighbour in one gradient, a point without curve stands between.
pub(super) fn profile(out: &mut Elements, line: &Line, profile: &Profile) -> Result<()> {
    let sta_start_m = line.chainage.first_m();
    let name = [("name", line.name.as_str())];
    out.with("Profile", &name, |out| {
        out.with("ProfAlign", &name, |out| {
            let mut before_m = f64::NEG_INFINITY;
            for point in points(profile)? {
                let station_m = sta_start_m + point.distance_m;
                // Nearer points are one after rounding.
                if !(station_m - before_m > 1e-6) {
                    let problem = format!("two of its grades meet within 1e-6 m at {station_m} m");
                    let hint = "join what is shorter than a micrometre with its neighbour";
                    return Err(refused(&line.name, &problem, hint));
                }
                before_m = station_m;
                write(out, station_m, &point)?;
            }
            Ok(())
        })
    })
}

fn points(profile: &Profile) -> Result<Vec<Point>> {
    let elements = profile.elements();
    let mut points = Vec::with_capacity(elements.len() + 2);
    let mut before: Option<&VerticalElement> = None;
    for (element, from_m) in elements.iter().zip(profile.joints_m()) {
        let is_curve = |element: &VerticalElement| element.radius_m().is_some();
        let goes_on = before.is_some_and(|before| {
            (is_curve(before) || is_curve(element))
                && before.gradient_to_ratio() == element.gradient_from_ratio()
        });
        let height_m = profile.at(from_m)?.height_m;
        if !goes_on {
            points.push(Point { distance_m: from_m, height_m, curve: None });
        }
        if is_curve(element) {
            let along_m = before_m(element);
            let height_m = height_m + along_m * element.gradient_from_ratio();
            points.push(Point { distance_m: from_m + along_m, height_m, curve: Some(*element) });
        }
        before = Some(element);
    }
    let end_m = profile.end_m();
    points.push(Point { distance_m: end_m, height_m: profile.at(end_m)?.height_m, curve: None });
    Ok(points)
}

/// How far behind its beginning the tangents of a curve meet, horizontally.
fn before_m(curve: &VerticalElement) -> f64 {
    match curve.shape() {
        VerticalShape::Parabola => 0.5 * curve.length_m(),
        VerticalShape::Circle => {
            let [from_rad, to_rad] =
                [curve.gradient_from_ratio(), curve.gradient_to_ratio()].map(f64::atan);
            // R tan(|a1 - a0| / 2) on either side; horizontally its parts are as the cosines.
            curve.length_m() * from_rad.cos() / (from_rad.cos() + to_rad.cos())
        }
    }
}

fn write(out: &mut Elements, station_m: f64, point: &Point) -> Result<()> {
    let text = format!("{} {}", number(station_m), number(point.height_m));
    let Some(curve) = &point.curve else { return out.leaf("PVI", &text) };
    let length = number(curve.length_m());
    match curve.shape() {
        VerticalShape::Parabola => out.leaf_with("ParaCurve", &[("length", &length)], &text),
        VerticalShape::Circle => {
            let radius = number(curve.radius_m().unwrap_or_default().abs());
            out.leaf_with("CircCurve", &[("length", &*length), ("radius", &radius)], &text)
        }
    }
}
