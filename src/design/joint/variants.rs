//! Drafts that differ from a good one by a bend or a grade point.

use super::LineTask;
use super::line_draft::{GradePoint, LineDraft};

/// A draft without each of its bends and without each of its grade points, and with one more grade
/// point in each of its grades, on the line.
pub(super) fn variants(task: &LineTask, draft: &LineDraft, length_m: f64) -> Vec<LineDraft> {
    let mut all = Vec::new();
    for number in 0..draft.bends.len() {
        let mut bends = draft.bends.clone();
        bends.remove(number);
        all.push(LineDraft { bends, grade_points: draft.grade_points.clone() });
    }
    for number in 0..draft.grade_points.len() {
        let mut grade_points = draft.grade_points.clone();
        grade_points.remove(number);
        all.push(LineDraft { bends: draft.bends.clone(), grade_points });
    }
    let mut from = GradePoint { distance_m: 0.0, height_m: task.from.height_m };
    let end = GradePoint { distance_m: length_m, height_m: task.to.height_m };
    for (number, to) in draft.grade_points.iter().chain([&end]).enumerate() {
        let middle = GradePoint {
            distance_m: 0.5 * (from.distance_m + to.distance_m),
            height_m: 0.5 * (from.height_m + to.height_m),
        };
        let mut grade_points = draft.grade_points.clone();
        grade_points.insert(number, middle);
        all.push(LineDraft { bends: draft.bends.clone(), grade_points });
        from = *to;
    }
    all
}
