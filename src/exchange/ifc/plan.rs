//! The plan: horizontal segments and the composite curve that draws them.

use std::f64::consts::TAU;

use super::frame::Frame;
use super::layout::{Joint, Layout, nest, segment};
use super::spiral::{self, NO_CHANGE_PER_M, Part, Run};
use super::step::{Id, MaybeReal, Real, Step};
use crate::error::{Error, Result};
use crate::geometry::{Alignment, Element, Pose, Transition};

/// The plan of a line.
pub(super) fn write(
    step: &mut Step,
    frame: &Frame,
    seed: &str,
    alignment: &Alignment,
) -> Result<Layout> {
    let plan = alignment.horizontal();
    let (mut segments, mut curves) = (Vec::new(), Vec::new());
    let elements = plan.elements();
    let next = elements.iter().skip(1).map(Some).chain([None]);
    for ((element, &from_m), next) in elements.iter().zip(plan.joints_m()).zip(next) {
        let pose = plan.at(from_m)?;
        let height_m = centre_height_m(alignment, element, from_m)?;
        segments.push(design(step, frame, pose, element, height_m));
        let parts = parts(step, frame, element);
        // At the end stands a piece of a tangent, of no length.
        let ahead_per_m = next.map_or(0.0, Element::curvature_from_per_m);
        let count = parts.len();
        for (number, part) in parts.into_iter().enumerate() {
            let joint = match number + 1 == count {
                true => Joint::of(true, element.curvature_to_per_m() == ahead_per_m),
                false => Joint::Curvature,
            };
            let pose = if number == 0 { pose } else { plan.at(from_m + part.start_m)? };
            curves.push(curve(step, frame, pose, &part, joint.code()));
        }
    }
    let end = plan.at(plan.length_m())?;
    let (point, bearing) = (step.point(frame.local(end.coord)), Real(turned(end.bearing_rad)));
    segments.push(step.add(format_args!(
        "IFCALIGNMENTHORIZONTALSEGMENT($,$,{point},{bearing},0.,0.,0.,$,.LINE.)"
    )));
    curves.push(curve(step, frame, end, &frame.straight(0.0), "DISCONTINUOUS"));
    let design = nest(step, seed, "IFCALIGNMENTHORIZONTAL", "", &segments);
    Ok(Layout { design, curves })
}

/// What an element is called; passages that change nothing are what they pass along.
fn word(element: &Element) -> &'static str {
    match element {
        Element::Transition(transition) if changes(transition) => spiral::word(transition.ramp()),
        _ if element.curvature_from_per_m() == 0.0 => "LINE",
        _ => "CIRCULARARC",
    }
}

fn changes(transition: &Transition) -> bool {
    change_per_m(transition).abs() > NO_CHANGE_PER_M || transition.sway_m() != 0.0
}

fn change_per_m(transition: &Transition) -> f64 {
    transition.curvature_to_per_m() - transition.curvature_from_per_m()
}

fn design(
    step: &mut Step,
    frame: &Frame,
    pose: Pose,
    element: &Element,
    height_m: Option<f64>,
) -> Id {
    let point = step.point(frame.local(pose.coord));
    // A radius of 0 says that there is none.
    let radius = |per_m: f64| Real(if per_m == 0.0 { 0.0 } else { 1.0 / per_m });
    step.add(format_args!(
        "IFCALIGNMENTHORIZONTALSEGMENT($,$,{point},{},{},{},{},{},.{}.)",
        Real(turned(pose.bearing_rad)),
        radius(element.curvature_from_per_m()),
        radius(element.curvature_to_per_m()),
        Real(element.length_m()),
        MaybeReal(height_m),
        word(element)
    ))
}

/// A bearing within one turn.
fn turned(bearing_rad: f64) -> f64 {
    bearing_rad.rem_euclid(TAU)
}

/// The curve of an element, from where on, over which length.
fn parts(step: &mut Step, frame: &Frame, element: &Element) -> Vec<Part> {
    let length_m = element.length_m();
    let per_m = element.curvature_from_per_m();
    match element {
        Element::Transition(transition) if changes(transition) => {
            let run = Run {
                ramp: transition.ramp(),
                length_m,
                from_per_m: per_m,
                to_per_m: transition.curvature_to_per_m(),
                sway_per_m: transition.sway_m() / (length_m * length_m),
            };
            run.write(step, frame.base)
        }
        _ if per_m == 0.0 => vec![frame.straight(length_m)],
        _ => {
            let (base, radius) = (frame.base, Real(1.0 / per_m.abs()));
            let parent = step.add(format_args!("IFCCIRCLE({base},{radius})"));
            vec![Part { parent, start_m: 0.0, length_m: length_m.copysign(per_m) }]
        }
    }
}

fn curve(step: &mut Step, frame: &Frame, pose: Pose, part: &Part, joint: &str) -> Id {
    let placement = step.placement(frame.local(pose.coord), pose.bearing_rad);
    segment(step, placement, part, joint)
}

/// The height of the centre of gravity of a Viennese bend, which with the cant makes its term.
fn centre_height_m(alignment: &Alignment, element: &Element, from_m: f64) -> Result<Option<f64>> {
    let Element::Transition(transition) = element else { return Ok(None) };
    if transition.sway_m() == 0.0 {
        return Ok(None);
    }
    let wrong = |problem: &str, hint: &str| Error::Exchange {
        place: format!("the Viennese bend at {from_m:.3} m"),
        problem: problem.to_owned(),
        hint: hint.to_owned(),
    };
    if change_per_m(transition).abs() <= NO_CHANGE_PER_M {
        let problem = "it begins and ends with one curvature, which IFC has no bend for";
        return Err(wrong(problem, "leave its roll away"));
    }
    let hint = "give the line the cant with which the bend was computed";
    let cant = alignment
        .cant()
        .ok_or_else(|| wrong("it rolls over a cant, and the line has none", hint))?;
    let reach = |at_m: f64| at_m.clamp(cant.start_m(), cant.end_m());
    let [before_m, behind_m] =
        [from_m, from_m + transition.length_m()].map(|at_m| cant.at(reach(at_m)));
    let change_m = behind_m?.cant_m - before_m?.cant_m;
    let height_m = transition.sway_m() * cant.rail_head_distance_m() / change_m;
    if height_m > 0.0 && height_m <= MOST_CENTRE_HEIGHT_M {
        return Ok(Some(height_m));
    }
    Err(wrong(&format!("the cant of the line changes by {change_m:.4} m, another than it"), hint))
}

/// The most that [`Transition::viennese`] takes, and what rounding adds.
const MOST_CENTRE_HEIGHT_M: f64 = 10.0 + 1e-6;
