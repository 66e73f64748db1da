//! A line cut where anything changes its kind, so that all runs smoothly between.

use crate::geometry::{Along, Element, Line};
use crate::model::Standard;

/// A stretch of one element, one ramp of cant, one piece of profile and one speed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) from_m: f64,
    pub(super) to_m: f64,
    pub(super) element: &'a Element,
    /// Where the element begins.
    pub(super) begins_m: f64,
    pub(super) speed_kmh: f64,
    pub(super) is_station: bool,
    /// Whether nothing changes along it.
    pub(super) is_even: bool,
}

/// Joints nearer than this are one.
const SAME_M: f64 = 1e-5;

/// The pieces of a line, in its order.
pub(super) fn pieces<'a>(
    line: &'a Line,
    standard: &Standard,
    speed_kmh: f64,
    stations: Option<&Along<String>>,
) -> Vec<Piece<'a>> {
    let cuts = cuts(line, standard, stations);
    let mut pieces = Vec::with_capacity(cuts.len());
    let mut elements = line.alignment.horizontal().pieces();
    let mut element = elements.next();
    for (&from_m, &to_m) in cuts.iter().zip(cuts.iter().skip(1)) {
        let middle_m = 0.5 * (from_m + to_m);
        while element.is_some_and(|(_, (_, end_m))| middle_m > end_m) {
            element = elements.next();
        }
        let Some((element, (begins_m, _))) = element else { break };
        let stated_kmh = line.speeds_kmh.as_ref().and_then(|speeds| speeds.at(middle_m).copied());
        pieces.push(Piece {
            from_m,
            to_m,
            element,
            begins_m,
            speed_kmh: stated_kmh.unwrap_or(speed_kmh),
            is_station: stations.is_some_and(|stations| stations.at(middle_m).is_some()),
            is_even: false,
        });
    }
    pieces
}

/// All distances at which something changes its kind.
fn cuts(line: &Line, standard: &Standard, stations: Option<&Along<String>>) -> Vec<f64> {
    let plan = line.alignment.horizontal();
    let length_m = plan.length_m();
    let mut cuts: Vec<f64> = plan.joints_m().to_vec();
    let banked = line.alignment.cant().into_iter().flat_map(|cant| cant.points());
    let mut kinks: Vec<f64> = banked.map(|point| point.distance_m).collect();
    kinks.extend(line.alignment.profile().into_iter().flat_map(|profile| profile.joints_m()));
    // A mean over a base has its kinks half a base before and behind.
    for base_m in standard.limits.iter().filter_map(|limit| limit.base_m) {
        cuts.extend(kinks.iter().flat_map(|at_m| [at_m - 0.5 * base_m, at_m + 0.5 * base_m]));
    }
    cuts.extend(kinks);
    // Where a curve turns over, the cant that leaned into it leans out of the other.
    cuts.extend(plan.pieces().filter_map(|(element, (begins_m, _))| {
        turns_over_m(element).map(|within_m| begins_m + within_m)
    }));
    let speeds = line.speeds_kmh.iter().flat_map(|speeds| speeds.ranges());
    cuts.extend(speeds.flat_map(|range| [range.from_m, range.to_m]));
    let stations = stations.into_iter().flat_map(|stations| stations.ranges());
    cuts.extend(stations.flat_map(|range| [range.from_m, range.to_m]));
    cuts.retain(|at_m| (0.0..=length_m).contains(at_m));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup_by(|later, earlier| *later - *earlier < SAME_M);
    // The end of the line itself, not a joint just before it.
    if let Some(last) = cuts.last_mut().filter(|last| length_m - **last < SAME_M) {
        *last = length_m;
    }
    cuts
}

/// Where along a transition the curvature changes its sign, if it does.
fn turns_over_m(element: &Element) -> Option<f64> {
    if !matches!(element, Element::Transition(_)) {
        return None;
    }
    let (mut left_m, mut right_m) = (0.0, element.length_m());
    let first_per_m = element.curvature_per_m(left_m);
    if first_per_m * element.curvature_per_m(right_m) >= 0.0 {
        return None;
    }
    while right_m - left_m > SAME_M {
        let middle_m = 0.5 * (left_m + right_m);
        let is_before = element.curvature_per_m(middle_m) * first_per_m > 0.0;
        *if is_before { &mut left_m } else { &mut right_m } = middle_m;
    }
    Some(0.5 * (left_m + right_m))
}
