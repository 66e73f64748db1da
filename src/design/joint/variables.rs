//! A draft as a list of variables of about the same weight.

use super::line_draft::{Bend, GradePoint, LineDraft};
use crate::geodesy::Coord;

/// Units: a place of a bend or of a grade point, the logarithm of a radius, a height.
const PLACE_M: f64 = 50.0;
const RADIUS_LOG: f64 = 0.3;
const HEIGHT_M: f64 = 2.0;

/// Variables of a bend.
pub(super) const PLAN_VARIABLES: usize = 3;

/// The variables of a draft, three a bend, then two a grade point.
pub(super) fn pack(draft: &LineDraft) -> Vec<f64> {
    let bends = draft.bends.iter().flat_map(|bend| {
        [bend.coord.e_m / PLACE_M, bend.coord.n_m / PLACE_M, bend.radius_m.ln() / RADIUS_LOG]
    });
    let points = draft.grade_points.iter();
    let points = points.flat_map(|point| [point.distance_m / PLACE_M, point.height_m / HEIGHT_M]);
    bends.chain(points).collect()
}

/// The draft of variables with so many bends.
pub(super) fn unpack(at: &[f64], bends: usize, draft: &mut LineDraft) {
    draft.bends.clear();
    draft.grade_points.clear();
    let (plan, profile) = at.split_at_checked(PLAN_VARIABLES * bends).unwrap_or((at, &[]));
    for bend in plan.chunks_exact(PLAN_VARIABLES) {
        let &[e, n, radius] = bend else { continue };
        let coord = Coord { e_m: e * PLACE_M, n_m: n * PLACE_M };
        draft.bends.push(Bend { coord, radius_m: (radius * RADIUS_LOG).exp() });
    }
    for point in profile.chunks_exact(2) {
        let &[distance, height] = point else { continue };
        let (distance_m, height_m) = (distance * PLACE_M, height * HEIGHT_M);
        draft.grade_points.push(GradePoint { distance_m, height_m });
    }
}
