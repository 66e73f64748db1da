//! Heights out of points where grades meet.

use super::build::{not_made, refused};
use super::found::{Findings, Found, metres, severity};
use super::stated::{StatedLine, StatedPvi, StatedRounding};
use crate::error::Result;
use crate::finding::Severity;
use crate::geometry::{Profile, VerticalElement};

/// Points nearer to one another are the same.
const LEAST_RUN_M: f64 = 1e-6;
/// A grade that two curves leave no more of is none: rounding of stations.
const GONE_M: f64 = 1e-9;
/// By so much files with millimetres let curves overlap, or heights end before the plan.
pub(super) const SLACK_M: f64 = 1e-2;

/// What it means for a line that its heights cannot be made.
const NO_HEIGHTS: &str = "the line comes without heights";

/// A curve, with what it takes of the grades before and behind.
struct Curve {
    before_m: f64,
    elements: Vec<VerticalElement>,
    after_m: f64,
}

/// The heights of a line; `None`, and a finding, if what is stated makes none.
pub(super) fn profile(
    stated: &StatedLine,
    length_m: f64,
    findings: &mut Findings,
) -> Option<Profile> {
    let points = &stated.profile;
    let first = points.first()?;
    let mut gradients = Vec::with_capacity(points.len());
    for (point, next) in points.iter().zip(points.iter().skip(1)) {
        let run_m = next.sta_m - point.sta_m;
        if !(run_m > LEAST_RUN_M) {
            let message = format!(
                "behind the height at {} m one stands at {} m; {NO_HEIGHTS}",
                point.sta_m, next.sta_m
            );
            findings.add(refused(
                "profile-backwards",
                next.at,
                &metres(run_m),
                "forwards",
                message,
            ));
            return None;
        }
        gradients.push((next.height_m - point.height_m) / run_m);
    }
    let elements = elements(stated, &gradients, findings)?;
    match reaching(stated, first, elements, length_m, findings) {
        Ok(made) => made,
        Err(error) => {
            findings.add(not_made("heights", first.at, 0, &error, NO_HEIGHTS));
            None
        }
    }
}

fn elements(
    stated: &StatedLine,
    gradients: &[f64],
    findings: &mut Findings,
) -> Option<Vec<VerticalElement>> {
    let points = &stated.profile;
    let mut elements = Vec::with_capacity(points.len() * 2);
    let ends = [points.first(), points.last()];
    let is_round = |point: &&StatedPvi| point.rounding != StatedRounding::None;
    if let Some(end) = ends.into_iter().flatten().find(is_round) {
        let message = format!(
            "a curve at an end of the heights, where no second grade meets it; {NO_HEIGHTS}"
        );
        findings.add(refused("profile-end", end.at, "a curve", "a point", message));
        return None;
    }
    // What the curve before takes of the grade.
    let mut taken_m = 0.0;
    let after = gradients.iter().skip(1).map(Some).chain([None]);
    for (((point, next), &gradient), after) in
        points.iter().zip(points.iter().skip(1)).zip(gradients).zip(after)
    {
        let curve = match after.map(|&after| curve(stated, next, gradient, after, findings)) {
            Some(Ok(curve)) => curve,
            None => None,
            Some(Err(error)) => {
                let what = "curve of the heights";
                findings.add(not_made(what, next.at, 0, &error, NO_HEIGHTS));
                return None;
            }
        };
        let before_m = curve.as_ref().map_or(0.0, |curve| curve.before_m);
        let left_m = next.sta_m - point.sta_m - taken_m - before_m;
        if let Some(severity) = severity(-left_m, 1e-3, SLACK_M) {
            overlap(stated, point, next, left_m, severity, findings);
            if severity == Severity::Error {
                return None;
            }
        }
        if left_m > GONE_M {
            match VerticalElement::grade(left_m, gradient) {
                Ok(grade) => elements.push(grade),
                Err(error) => {
                    findings.add(not_made("grade", point.at, 0, &error, NO_HEIGHTS));
                    return None;
                }
            }
        }
        // What overlaps, the next grade loses.
        taken_m = curve.as_ref().map_or(0.0, |curve| curve.after_m) - left_m.min(0.0);
        elements.extend(curve.into_iter().flat_map(|curve| curve.elements));
    }
    Some(elements)
}

fn overlap(
    stated: &StatedLine,
    point: &StatedPvi,
    next: &StatedPvi,
    left_m: f64,
    severity: Severity,
    findings: &mut Findings,
) {
    let tail = match severity {
        Severity::Error => format!("; {NO_HEIGHTS}"),
        Severity::Note | Severity::Warning => String::new(),
    };
    findings.add(Found {
        rule: "profile-overlap",
        severity,
        at: next.at,
        number: 0,
        distance_m: Some(point.sta_m - stated.sta_start_m),
        value: metres(-left_m),
        limit: "0 m".to_owned(),
        message: format!(
            "curves of the heights at {} and {} m overlap by {}{tail}",
            point.sta_m,
            next.sta_m,
            metres(-left_m)
        ),
    });
}

fn curve(
    stated: &StatedLine,
    point: &StatedPvi,
    from: f64,
    to: f64,
    findings: &mut Findings,
) -> Result<Option<Curve>> {
    match point.rounding {
        StatedRounding::None => Ok(None),
        StatedRounding::Parabola { before_m, after_m } if before_m == 0.0 && after_m == 0.0 => {
            Ok(None)
        }
        StatedRounding::Parabola { before_m, after_m } => {
            let elements = if before_m == after_m {
                vec![VerticalElement::parabola(before_m + after_m, from, to)?]
            } else {
                // Two parabolas meet below or above the point, with the same gradient.
                let middle = (from * before_m + to * after_m) / (before_m + after_m);
                vec![
                    VerticalElement::parabola(before_m, from, middle)?,
                    VerticalElement::parabola(after_m, middle, to)?,
                ]
            };
            Ok(Some(Curve { before_m, elements, after_m }))
        }
        StatedRounding::Circle { radius_m, length_m } => {
            let (from_rad, to_rad) = (from.atan(), to.atan());
            let tangent_m = radius_m * (0.5 * (to_rad - from_rad).abs()).tan();
            let (before_m, after_m) = (tangent_m * from_rad.cos(), tangent_m * to_rad.cos());
            // The format does not say along what its length is measured.
            let arc_m = radius_m * (to_rad - from_rad).abs();
            let by_radius_m = before_m + after_m;
            // A length along the plan that says the same says it better: what the radius makes of
            // grades that hardly differ is off by all that their heights are rounded to.
            let is_same = (length_m - by_radius_m).abs() <= 1e-7 + 1e-12 * radius_m;
            let flat_m = if is_same { length_m } else { by_radius_m };
            let stretch_ratio = if by_radius_m > 0.0 { flat_m / by_radius_m } else { 1.0 };
            let (before_m, after_m) = (before_m * stretch_ratio, after_m * stretch_ratio);
            let off_m = (length_m - arc_m).abs().min((length_m - flat_m).abs());
            if let Some(severity) = severity(off_m, SLACK_M, 1.0) {
                findings.add(Found {
                    rule: "profile-curve-disagrees",
                    severity,
                    at: point.at,
                    number: 0,
                    distance_m: Some(point.sta_m - stated.sta_start_m),
                    value: metres(length_m),
                    limit: metres(flat_m),
                    message: format!(
                        "a curve of {radius_m} m between these grades is {} long, not {}; \
                         its radius is taken",
                        metres(flat_m),
                        metres(length_m)
                    ),
                });
            }
            if flat_m <= GONE_M {
                return Ok(None);
            }
            let elements = vec![VerticalElement::circle(flat_m, from, to)?];
            Ok(Some(Curve { before_m, elements, after_m }))
        }
    }
}

/// A profile that reaches over the plan; grades at its ends are drawn out by a hand's breadth.
fn reaching(
    stated: &StatedLine,
    first: &StatedPvi,
    elements: Vec<VerticalElement>,
    length_m: f64,
    findings: &mut Findings,
) -> Result<Option<Profile>> {
    let start_m = first.sta_m - stated.sta_start_m;
    let whole = Profile::new(start_m, first.height_m, elements)?;
    let missing_m = length_m - whole.end_m();
    let least_m = missing_m.max(start_m);
    if least_m <= 1e-3 {
        return Ok(Some(whole));
    }
    let last = whole.elements().last().filter(|last| last.radius_m().is_none()).copied();
    let can_reach = start_m <= 1e-3 && missing_m <= SLACK_M && last.is_some();
    let tail = if can_reach { "it is drawn out" } else { NO_HEIGHTS };
    findings.add(Found {
        rule: "profile-reach",
        severity: if can_reach { Severity::Warning } else { Severity::Error },
        at: first.at,
        number: 0,
        distance_m: None,
        value: format!("{start_m} to {} m", whole.end_m()),
        limit: format!("0 to {length_m} m"),
        message: format!(
            "heights reach from {start_m} to {} m, the plan from 0 to {length_m} m; {tail}",
            whole.end_m()
        ),
    });
    let Some(last) = last.filter(|_| can_reach) else { return Ok(None) };
    let mut elements = whole.elements().to_vec();
    elements.pop();
    elements.push(VerticalElement::grade(last.length_m() + missing_m, last.gradient_from_ratio())?);
    Profile::new(start_m, first.height_m, elements).map(Some)
}
