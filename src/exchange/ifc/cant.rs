//! The cant: its segments, and the curve that tilts the line over its profile.

use super::frame::Frame;
use super::layout::{Joint, Layout, nest, reach_m, segment};
use super::spiral::{self, NO_CHANGE_PER_M, Part, Run};
use super::step::{Id, Real, Step};
use crate::error::{Error, Result};
use crate::geometry::{Cant, Ramp};

/// A ramp between two points, within the plan.
struct Slope {
    from_m: f64,
    length_m: f64,
    ramp: Ramp,
    /// The cants at both ends: right rail less left rail.
    from_cant_m: f64,
    to_cant_m: f64,
}

impl Slope {
    /// By how much the middle of the track stands above the lower rail, at both ends: one rail
    /// keeps the height of the profile, the other is raised.
    fn middles_m(&self) -> (f64, f64) {
        (0.5 * self.from_cant_m.abs(), 0.5 * self.to_cant_m.abs())
    }
}

/// The cant as far as the plan reaches; without curves if nothing is there that they could tilt.
pub(super) fn write(
    step: &mut Step,
    frame: &Frame,
    seed: &str,
    cant: &Cant,
    length_m: f64,
    is_drawn: bool,
) -> Result<Layout> {
    let slopes = slopes(cant, length_m)?;
    let heads_m = cant.rail_head_distance_m();
    let (mut segments, mut curves) = (Vec::new(), Vec::new());
    let next = slopes.iter().skip(1).map(Some).chain([None]);
    for (slope, next) in slopes.iter().zip(next) {
        segments.push(design(step, slope));
        let ahead = next.map_or(0.0, |slope| twist_ratio(slope, 0.0));
        let joint = Joint::of((twist_ratio(slope, 1.0) - ahead).abs() < SAME_RATIO, false);
        let parts = if is_drawn { parts(step, frame, slope) } else { Vec::new() };
        for part in parts {
            curves.push(curve(step, slope, &part, heads_m, joint.code()));
        }
    }
    if let Some(last) = slopes.last() {
        let end = Slope {
            from_m: last.from_m + last.length_m,
            length_m: 0.0,
            ramp: Ramp::Clothoid,
            from_cant_m: last.to_cant_m,
            to_cant_m: last.to_cant_m,
        };
        segments.push(design(step, &end));
        if is_drawn {
            curves.push(curve(step, &end, &frame.straight(0.0), heads_m, "DISCONTINUOUS"));
        }
    }
    let more = format!(",{}", Real(heads_m));
    let design = nest(step, seed, "IFCALIGNMENTCANT", &more, &segments);
    Ok(Layout { design, curves })
}

/// Twists that differ by less meet without a kink.
const SAME_RATIO: f64 = 1e-9;

/// Ramps with their ends, cut to the plan where they reach beyond it.
fn slopes(cant: &Cant, length_m: f64) -> Result<Vec<Slope>> {
    let (low_m, high_m) = reach_m((cant.start_m(), cant.end_m()), length_m);
    let mut slopes = Vec::with_capacity(cant.points().len());
    for (point, next) in cant.points().iter().zip(cant.points().iter().skip(1)) {
        let (from_m, to_m) = (point.distance_m.max(low_m), next.distance_m.min(high_m));
        if !(to_m > from_m) {
            continue;
        }
        let is_whole = from_m == point.distance_m && to_m == next.distance_m;
        if !is_whole && point.ramp != Ramp::Clothoid && point.cant_m != next.cant_m {
            return Err(Error::Exchange {
                place: format!("the ramp of the cant at {} m", point.distance_m),
                problem: "the line begins or ends on it, and no part of it is such a ramp".into(),
                hint: "let the cant begin and end with the line".into(),
            });
        }
        slopes.push(Slope {
            from_m,
            length_m: to_m - from_m,
            ramp: point.ramp,
            from_cant_m: cant.at(from_m)?.cant_m,
            to_cant_m: cant.at(to_m)?.cant_m,
        });
    }
    Ok(slopes)
}

/// The change of the middle a metre, at a share of the length.
fn twist_ratio(slope: &Slope, share: f64) -> f64 {
    let (from_m, to_m) = slope.middles_m();
    (to_m - from_m) / slope.length_m * slope.ramp.slope_ratio(share)
}

fn design(step: &mut Step, slope: &Slope) -> Id {
    let word = match slope.ramp {
        _ if slope.from_cant_m == slope.to_cant_m => "CONSTANTCANT",
        Ramp::Clothoid => "LINEARTRANSITION",
        ramp => spiral::word(ramp),
    };
    let (left, right) =
        (|cant_m: f64| Real((-cant_m).max(0.0)), |cant_m: f64| Real(cant_m.max(0.0)));
    step.add(format_args!(
        "IFCALIGNMENTCANTSEGMENT($,$,{},{},{},{},{},{},.{word}.)",
        Real(slope.from_m),
        Real(slope.length_m),
        left(slope.from_cant_m),
        left(slope.to_cant_m),
        right(slope.from_cant_m),
        right(slope.to_cant_m)
    ))
}

/// The curves of a ramp: the middle rises by the square of their length times their curvature.
fn parts(step: &mut Step, frame: &Frame, slope: &Slope) -> Vec<Part> {
    let (from_m, to_m) = slope.middles_m();
    // The Helmert curve counts as two of half the length.
    let share = if slope.ramp == Ramp::Helmert { 0.5 } else { 1.0 };
    let square_m2 = (share * slope.length_m).powi(2);
    if (to_m - from_m).abs() <= NO_CHANGE_PER_M * square_m2 {
        return vec![frame.straight(slope.length_m)];
    }
    // The height where it begins comes from its placement.
    let from_per_m = if slope.ramp == Ramp::Clothoid { 0.0 } else { from_m / square_m2 };
    let run = Run {
        ramp: slope.ramp,
        length_m: slope.length_m,
        from_per_m,
        to_per_m: from_per_m + (to_m - from_m) / square_m2,
        sway_per_m: 0.0,
    };
    run.write(step, frame.base)
}

fn curve(step: &mut Step, slope: &Slope, part: &Part, heads_m: f64, joint: &str) -> Id {
    // Only the second half of the Helmert curve begins on the way.
    let share = if part.length_m < slope.length_m && part.start_m > 0.0 { 0.5 } else { 0.0 };
    let (from_m, to_m) = slope.middles_m();
    let middle_m = from_m + (to_m - from_m) * share;
    let cant_m = slope.from_cant_m + (slope.to_cant_m - slope.from_cant_m) * share;
    let sine = cant_m / heads_m;
    let rise = if slope.length_m > 0.0 { twist_ratio(slope, share) } else { 0.0 };
    let along = 1.0_f64.hypot(rise);
    let point = step.point([slope.from_m + share * slope.length_m, middle_m, 0.0]);
    let up = step.direction([0.0, sine, ((1.0 - sine) * (1.0 + sine)).sqrt()]);
    let ahead = step.direction([1.0 / along, rise / along, 0.0]);
    let placement = step.add(format_args!("IFCAXIS2PLACEMENT3D({point},{up},{ahead})"));
    segment(step, placement, part, joint)
}
