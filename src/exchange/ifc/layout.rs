//! A row of segments, as the design says it and as curves.

use super::guid::guid;
use super::spiral::Part;
use super::step::{Id, List, Real, Step};

/// A layout of an alignment, with the curve that draws it.
pub(super) struct Layout {
    /// The design: plan, profile or cant.
    pub(super) design: Id,
    /// The segments of the curve.
    pub(super) curves: Vec<Id>,
}

/// How a segment meets the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Kink,
    Bearing,
    Curvature,
}

impl Joint {
    /// By what is the same on both sides of a joint.
    pub(super) fn of(is_gradient: bool, is_curvature: bool) -> Self {
        match (is_gradient, is_curvature) {
            (true, true) => Self::Curvature,
            (true, false) => Self::Bearing,
            (false, _) => Self::Kink,
        }
    }

    /// Its word in IFC.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Kink => "CONTINUOUS",
            Self::Bearing => "CONTSAMEGRADIENT",
            Self::Curvature => "CONTSAMEGRADIENTSAMECURVATURE",
        }
    }
}

/// The design of a layout with its segments nested in it, each by what it is.
pub(super) fn nest(step: &mut Step, seed: &str, entity: &str, more: &str, segments: &[Id]) -> Id {
    let mut placed = Vec::with_capacity(segments.len());
    for (number, parameters) in segments.iter().enumerate() {
        let id = guid(seed, &format!("{entity} {number}"));
        placed.push(step.add(format_args!("IFCALIGNMENTSEGMENT('{id}',$,$,$,$,$,$,{parameters})")));
    }
    let id = guid(seed, entity);
    let design = step.add(format_args!("{entity}('{id}',$,$,$,$,$,${more})"));
    let id = guid(seed, &format!("nest {entity}"));
    let list = List(&placed);
    step.add(format_args!("IFCRELNESTS('{id}',$,$,$,{design},{list})"));
    design
}

/// A segment of a curve: a part of its parent, laid at a placement.
pub(super) fn segment(step: &mut Step, placement: Id, part: &Part, joint: &str) -> Id {
    let (start, length, parent) = (Real(part.start_m), Real(part.length_m), part.parent);
    step.add(format_args!(
        "IFCCURVESEGMENT(.{joint}.,{placement},IFCLENGTHMEASURE({start}),\
         IFCLENGTHMEASURE({length}),{parent})"
    ))
}

/// A profile or a cant may reach so far beyond the plan without being cut: lengths are written to
/// millimetres.
const BEYOND_M: f64 = 1.1e-3;

/// From where to where what reaches beyond the plan is written.
pub(super) fn reach_m((start_m, end_m): (f64, f64), length_m: f64) -> (f64, f64) {
    let low_m = if start_m < -BEYOND_M { 0.0 } else { start_m };
    let high_m = if end_m > length_m + BEYOND_M { length_m } else { end_m };
    (low_m, high_m)
}
