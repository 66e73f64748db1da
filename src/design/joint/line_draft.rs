//! A line as few numbers: where its tangents meet, and where its grades meet.

use serde::{Deserialize, Serialize};

use super::LineTask;
use crate::error::Result;
use crate::geodesy::Coord;
use crate::geometry::{Alignment, Horizontal, Intersection, Profile, Pvi, Ramp, Rounding};

/// A place where two tangents meet, and the radius of the curve between them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bend {
    /// Where the tangents meet.
    pub coord: Coord,
    /// The radius, positive to both hands.
    pub radius_m: f64,
}

/// A place where two grades meet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradePoint {
    /// Distance along the plan.
    pub distance_m: f64,
    /// Height.
    pub height_m: f64,
}

/// A line between the ends of a [`LineTask`]: its bends and the places where its gradient changes,
/// in order. Transitions and vertical radii are those of the task's limits.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineDraft {
    /// Where tangents meet.
    pub bends: Vec<Bend>,
    /// Where grades meet.
    pub grade_points: Vec<GradePoint>,
}

impl LineDraft {
    /// The exact line.
    ///
    /// # Errors
    ///
    /// Those of [`Horizontal::through`] and [`Profile::through`]: curves that overlap, bends that
    /// do not turn.
    pub fn alignment(&self, task: &LineTask) -> Result<Alignment> {
        let length_m = task.limits.transition_m;
        let intersection = |bend: &Bend| Intersection {
            coord: bend.coord,
            radius_m: bend.radius_m,
            entry_length_m: length_m,
            exit_length_m: length_m,
            ramp: Ramp::Clothoid,
        };
        let points: Vec<Intersection> = self.bends.iter().map(intersection).collect();
        let plan = Horizontal::through(task.from.coord, &points, task.to.coord)?;
        let rounding = Rounding::Parabola { radius_m: task.limits.vertical_radius_m };
        let plain = |distance_m, height_m| Pvi { distance_m, height_m, rounding: Rounding::None };
        let rounded = self.grade_points.iter().map(|point| Pvi {
            distance_m: point.distance_m,
            height_m: point.height_m,
            rounding,
        });
        let levels: Vec<Pvi> = [plain(0.0, task.from.height_m)]
            .into_iter()
            .chain(rounded)
            .chain([plain(plan.length_m(), task.to.height_m)])
            .collect();
        Alignment::new(plan, Some(Profile::through(&levels)?), None)
    }
}
