//! How a plan is kept out of forbidden zones.

use super::PlanProblem;
use super::legs::{Lattice, Leg};
use crate::design::CurveClass;
use crate::geodesy::Coord;
use crate::geometry::{Horizontal, Intersection, Ramp};

/// Less is rounding.
const NOTHING_M: f64 = 1e-6;

/// What a metre in forbidden ground costs where no plan keeps out of it: more than any way round
/// within the reach of tangents, for each metre.
pub(in crate::design) const FORBIDDEN_USD_PER_M: f64 = 1e6;

/// What is done about forbidden ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entering {
    /// No line enters it.
    Refused,
    /// It costs [`FORBIDDEN_USD_PER_M`]: of plans that all enter it, the one that hardly does is
    /// taken.
    Priced,
}

impl Entering {
    /// What some metres in forbidden ground cost; nothing if they are refused.
    pub(super) fn usd(self, forbidden_m: f64) -> Option<f64> {
        if forbidden_m <= NOTHING_M {
            return Some(0.0);
        }
        (self == Self::Priced).then_some(FORBIDDEN_USD_PER_M * forbidden_m)
    }
}

/// The curve between two legs.
pub(super) struct Bend<'a> {
    pub class: &'a CurveClass,
    /// What it takes of either leg.
    pub tangent_m: f64,
}

impl Lattice {
    /// Whether there is forbidden ground.
    pub(super) fn knows_forbidden(&self) -> bool {
        !self.forbidden_m.is_empty()
    }

    /// Whether forbidden ground lies where no curve takes a leg off.
    pub(super) fn is_shut(&self, (number, leg): (usize, &Leg)) -> bool {
        let straight_m = [leg.room_m[0], leg.length_m - leg.room_m[1]];
        self.forbidden_of_m(number, straight_m) > NOTHING_M
    }

    /// Metres in forbidden ground between the halves of two legs that meet: what the curve leaves
    /// of the second half of the first and of the first half of the second, and the curve itself.
    /// Each leg is halved where the most that its first curve may take ends, so that all halves
    /// together are the line.
    pub(super) fn forbidden_at_m(
        &self,
        problem: &PlanProblem<'_>,
        (before, leg): ((usize, &Leg), (usize, &Leg)),
        bend: Option<&Bend<'_>>,
    ) -> f64 {
        let taken_m = bend.map_or(0.0, |bend| bend.tangent_m);
        let behind_m =
            self.forbidden_of_m(before.0, [before.1.room_m[0], before.1.length_m - taken_m]);
        let ahead_m = self.forbidden_of_m(leg.0, [taken_m, leg.1.room_m[0]]);
        let curve_m = bend.map_or(0.0, |bend| self.curve_m(problem, (before.1, leg.1), bend));
        behind_m + ahead_m + curve_m
    }

    /// Metres in forbidden ground of the end of a line on its last leg.
    pub(super) fn forbidden_end_m(&self, (number, leg): (usize, &Leg)) -> f64 {
        self.forbidden_of_m(number, [leg.room_m[0], leg.length_m])
    }

    /// Metres of a part of a leg in forbidden ground.
    fn forbidden_of_m(&self, number: usize, [from_m, to_m]: [f64; 2]) -> f64 {
        let parts = self.forbidden_m.get(number).into_iter().flatten();
        parts.map(|[enters_m, leaves_m]| (leaves_m.min(to_m) - enters_m.max(from_m)).max(0.0)).sum()
    }

    /// Metres of a curve in forbidden ground.
    fn curve_m(
        &self,
        problem: &PlanProblem<'_>,
        (before, leg): (&Leg, &Leg),
        bend: &Bend<'_>,
    ) -> f64 {
        let (Some(zones), Some(node)) = (problem.zones, self.nodes.get(leg.from)) else {
            return 0.0;
        };
        let beside = |(east, north): (f64, f64), length_m: f64| Coord {
            e_m: node.coord.e_m + east * length_m,
            n_m: node.coord.n_m + north * length_m,
        };
        let (from, to) = (beside(before.ahead, -bend.tangent_m), beside(leg.ahead, bend.tangent_m));
        if zones.keeps_clear(&[from, node.coord, to]) {
            return 0.0;
        }
        let point = Intersection {
            coord: node.coord,
            radius_m: bend.class.radius_m,
            entry_length_m: bend.class.transition_m,
            exit_length_m: bend.class.transition_m,
            ramp: Ramp::Clothoid,
        };
        // What cannot be drawn is not built either.
        let drawn = Horizontal::through(from, &[point], to);
        drawn.and_then(|plan| zones.forbidden_m(&plan)).unwrap_or(f64::INFINITY)
    }
}
