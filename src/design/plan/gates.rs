//! Places that a plan must pass: where tangents through them may begin and end.

use std::collections::BTreeMap;

use super::legs::Node;
use super::{PlanPass, PlanProblem};
use crate::geodesy::Coord;

/// How far from a place tangents through it may meet others, beyond the straight that it needs.
const DISTANCES_M: [f64; 17] = [
    20.0, 60.0, 120.0, 200.0, 300.0, 420.0, 600.0, 850.0, 1200.0, 1600.0, 2200.0, 3000.0, 4000.0,
    5500.0, 7500.0, 10_000.0, 13_000.0,
];

/// Directions through a place beside that of the guide, in radians.
const FAN_RAD: [f64; 8] = [-1.2, -0.7, -0.35, -0.15, 0.15, 0.35, 0.7, 1.2];

/// Offsets of tangents turn them by so much a metre: as if they met so far away.
const FAN_M: f64 = 1000.0;

/// Directions that differ by less are one.
const ALIKE_RAD: f64 = 1e-9;

/// Tangents through two places that meet farther off are no shortcut.
const FARTHEST_M: f64 = 12_000.0;

/// Tangents through a place reach no farther than the next place lies off: a line that turns round
/// in a loop to pass two places near one another is none.
const BEYOND_RATIO: f64 = 1.0 + 1e-9;

/// Guide points so near to a tangent lie on it.
const ON_LINE_M: f64 = 1e-3;

/// A direction of one of the places to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Role {
    pub pass: usize,
    direction: usize,
}

/// A place to pass, with the directions that are tried.
struct Gate {
    stage: usize,
    coord: Coord,
    /// Vectors of length 1.
    directions: Vec<(f64, f64)>,
    /// Straight line that the place needs before it and behind it.
    straight_m: f64,
    has_bearing: bool,
}

/// The places to pass of a problem.
pub(super) struct Gates {
    gates: Vec<Gate>,
    /// Further nodes by their stage.
    nodes: BTreeMap<usize, Vec<Node>>,
    last: usize,
}

impl Gates {
    pub(super) fn new(problem: &PlanProblem<'_>, along_m: &[f64]) -> Self {
        let last = problem.guide.len() - 1;
        let gates: Vec<Gate> = problem.passes.iter().map(|pass| gate(problem, pass)).collect();
        let mut own = Self { gates, nodes: BTreeMap::new(), last };
        for number in 0..own.gates.len() {
            for is_ahead in [false, true] {
                own.reach_out(problem, along_m, number, is_ahead);
            }
            own.meet_next(number);
        }
        own
    }

    /// Whether a stage is that of a place between the ends; it has no nodes of its own.
    pub(super) fn is_between_ends(&self, stage: usize) -> bool {
        stage > 0 && stage < self.last && self.gates.iter().any(|gate| gate.stage == stage)
    }

    /// The role of an end of the line, if its direction is given.
    pub(super) fn end_role(&self, stage: usize) -> Option<Role> {
        let pass = self.gates.iter().position(|gate| gate.stage == stage)?;
        (stage == 0 || stage == self.last).then_some(Role { pass, direction: 0 })
    }

    /// Nodes of a stage besides those beside the guide.
    pub(super) fn nodes_of(&self, stage: usize) -> impl Iterator<Item = &Node> {
        self.nodes.get(&stage).into_iter().flatten()
    }

    /// The first stage behind one that a tangent must not pass by.
    pub(super) fn next_stop(&self, stage: usize) -> usize {
        let ahead = self.gates.iter().map(|gate| gate.stage).filter(|own| *own > stage);
        ahead.min().filter(|own| *own < self.last).unwrap_or(usize::MAX)
    }

    /// What curves may take at either end of a tangent through a place; nothing for ends of the
    /// line, which have rules of their own.
    pub(super) fn room_m(&self, role: Role, [a, b]: [Coord; 2]) -> Option<[f64; 2]> {
        let gate = self.gates.get(role.pass)?;
        if gate.stage == 0 || gate.stage == self.last {
            return None;
        }
        // Where two tangents are one line, they may meet nearer than that: no curve is there.
        Some([a, b].map(|end| (end.distance_m(gate.coord) - gate.straight_m).max(0.0)))
    }

    /// Nodes on the tangents through a place, before it or ahead of it.
    fn reach_out(
        &mut self,
        problem: &PlanProblem<'_>,
        along_m: &[f64],
        number: usize,
        is_ahead: bool,
    ) {
        let Some(gate) = self.gates.get(number) else { return };
        let beyond_end = if is_ahead { gate.stage == self.last } else { gate.stage == 0 };
        if beyond_end {
            return;
        }
        let side = if is_ahead { 1.0 } else { -1.0 };
        let [low, high] = self.near_stages(number, is_ahead);
        let at_m = |stage: usize| along_m.get(stage).copied().unwrap_or_default();
        let home_m = at_m(gate.stage);
        let stage_of = |distance_m: f64| {
            let off_m = |stage: &usize| (at_m(*stage) - (home_m + side * distance_m)).abs();
            (low..=high).min_by(|a, b| off_m(a).total_cmp(&off_m(b))).unwrap_or(low)
        };
        let most_m = self.reach_m(problem, number, is_ahead);
        let mut found: Vec<(usize, Node)> = Vec::new();
        for (direction, &(east, north)) in gate.directions.iter().enumerate() {
            let role = Some(Role { pass: number, direction });
            let beside = |along_m: f64, left_m: f64| Coord {
                e_m: gate.coord.e_m + side * east * along_m - north * left_m,
                n_m: gate.coord.n_m + side * north * along_m + east * left_m,
            };
            let mut distances_m: Vec<f64> =
                DISTANCES_M.iter().map(|more_m| gate.straight_m + more_m).collect();
            distances_m.extend(on_line_m(problem, gate, (side * east, side * north), [low, high]));
            for distance_m in distances_m.into_iter().filter(|distance_m| *distance_m <= most_m) {
                let stage = stage_of(distance_m);
                let node =
                    Node { coord: beside(distance_m, 0.0), stage, behind: None, ahead: None };
                let node = if is_ahead {
                    Node { ahead: role, ..node }
                } else {
                    Node { behind: role, ..node }
                };
                found.push((stage, node));
            }
            if !gate.has_bearing {
                continue;
            }
            // A line that must leave the other way turns round on these.
            let turn_m = turn_round_m(problem);
            for (along, left) in
                [0.5, 1.5, 3.0].iter().flat_map(|a| [-2.0, -1.0, 1.0, 2.0].map(|l| (*a, l)))
            {
                let distance_m = gate.straight_m + along * turn_m;
                if distance_m > most_m {
                    continue;
                }
                let stage = stage_of(distance_m);
                let stage = if is_ahead { stage + 1 } else { stage.saturating_sub(1) };
                let coord = beside(distance_m, left * turn_m);
                found.push((stage, Node { coord, stage, behind: None, ahead: None }));
            }
        }
        for (stage, node) in found {
            self.nodes.entry(stage).or_default().push(node);
        }
    }

    /// How far tangents through a place reach: as far off as the place before or the next one.
    fn reach_m(&self, problem: &PlanProblem<'_>, number: usize, is_ahead: bool) -> f64 {
        let next = if is_ahead { Some(number + 1) } else { number.checked_sub(1) };
        let next = next.and_then(|next| self.gates.get(next)).map(|gate| gate.coord);
        let end = if is_ahead { problem.guide.last() } else { problem.guide.first() };
        let other = next.or(end.map(|point| point.coord));
        match (self.gates.get(number), other) {
            (Some(gate), Some(other)) => BEYOND_RATIO * gate.coord.distance_m(other),
            _ => 0.0,
        }
    }

    /// The first and last stage for nodes before a place or ahead of it: no farther than half of
    /// the way to the next place, less one for what lies between.
    fn near_stages(&self, number: usize, is_ahead: bool) -> [usize; 2] {
        let stage = |number: usize| self.gates.get(number).map(|gate| gate.stage);
        let home = stage(number).unwrap_or_default();
        if is_ahead {
            let next = stage(number + 1).unwrap_or(self.last);
            [home + 1, home + (next.saturating_sub(home + 2) / 2).max(1)]
        } else {
            let before = number.checked_sub(1).and_then(stage).unwrap_or(0);
            [home - (home.saturating_sub(before + 2) / 2).max(1), home - 1]
        }
    }

    /// Nodes where tangents through a place and through the next one meet.
    fn meet_next(&mut self, number: usize) {
        let (Some(one), Some(two)) = (self.gates.get(number), self.gates.get(number + 1)) else {
            return;
        };
        let [_, stage] = self.near_stages(number, true);
        let stage = stage + 1;
        let most_m = FARTHEST_M.min(BEYOND_RATIO * one.coord.distance_m(two.coord));
        let gap = (two.coord.e_m - one.coord.e_m, two.coord.n_m - one.coord.n_m);
        let mut found = Vec::new();
        for (from, a) in one.directions.iter().enumerate() {
            for (to, b) in two.directions.iter().enumerate() {
                let over = a.0 * b.1 - a.1 * b.0;
                let is_one_line = over.abs() <= ALIKE_RAD && a.0 * b.0 + a.1 * b.1 > 0.0;
                let (ahead_m, behind_m) = if over.abs() > ALIKE_RAD {
                    ((gap.0 * b.1 - gap.1 * b.0) / over, (a.0 * gap.1 - a.1 * gap.0) / over)
                } else if is_one_line && (a.0 * gap.1 - a.1 * gap.0).abs() < ON_LINE_M {
                    // One line through both.
                    let half_m = 0.5 * (a.0 * gap.0 + a.1 * gap.1);
                    (half_m, half_m)
                } else {
                    continue;
                };
                let fits = |distance_m: f64, gate: &Gate| {
                    let least_m = if is_one_line { 1.0 } else { gate.straight_m.max(1.0) };
                    (least_m..=most_m).contains(&distance_m)
                };
                if !(fits(ahead_m, one) && fits(behind_m, two)) {
                    continue;
                }
                let coord = Coord {
                    e_m: one.coord.e_m + ahead_m * a.0,
                    n_m: one.coord.n_m + ahead_m * a.1,
                };
                let ahead = Some(Role { pass: number, direction: from });
                let behind = Some(Role { pass: number + 1, direction: to });
                found.push(Node { coord, stage, behind, ahead });
            }
        }
        self.nodes.entry(stage).or_default().extend(found);
    }
}

fn gate(problem: &PlanProblem<'_>, pass: &PlanPass) -> Gate {
    let last = problem.guide.len() - 1;
    let at = |stage: usize| problem.guide.get(stage).map(|point| point.coord);
    let origin = Coord { e_m: 0.0, n_m: 0.0 };
    let coord = at(pass.point).unwrap_or(origin);
    let bearing_rad =
        |from: usize, to: usize| at(from).zip(at(to)).map(|(from, to)| from.bearing_rad(to));
    let mut bearings_rad: Vec<f64> = Vec::new();
    if let Some(given_rad) = pass.bearing_rad {
        bearings_rad.push(given_rad);
    } else {
        let stages = |number: Option<usize>, or: usize| {
            number.and_then(|number| problem.passes.get(number)).map_or(or, |pass| pass.point)
        };
        let own = problem.passes.iter().position(|other| other.point == pass.point);
        let before = stages(own.and_then(|own| own.checked_sub(1)), 0);
        let next = stages(own.map(|own| own + 1), last);
        let main = bearing_rad(pass.point - 1, pass.point + 1).unwrap_or_default();
        bearings_rad.push(main);
        bearings_rad.extend(FAN_RAD.iter().map(|turn_rad| main + turn_rad));
        let fan = problem.offsets_m.iter().filter(|offset_m| **offset_m != 0.0);
        bearings_rad.extend(fan.map(|offset_m| main + (offset_m / FAN_M).atan()));
        for (from, to) in [
            (pass.point - 1, pass.point),
            (pass.point, pass.point + 1),
            (before, pass.point),
            (pass.point, next),
        ] {
            bearings_rad.extend(bearing_rad(from, to));
        }
    }
    let mut directions: Vec<(f64, f64)> = Vec::new();
    for bearing_rad in bearings_rad {
        let (north, east) = bearing_rad.sin_cos();
        let is_known = directions
            .iter()
            .any(|(e, n)| (e * north - n * east).abs() < ALIKE_RAD && e * east + n * north > 0.0);
        if !is_known {
            directions.push((east, north));
        }
    }
    let straight_m = match pass.point {
        0 => problem.end_straight_m[0],
        point if point == last => problem.end_straight_m[1],
        _ => 0.5 * problem.least_straight_m,
    };
    let has_bearing = pass.bearing_rad.is_some();
    Gate { stage: pass.point, coord, directions, straight_m, has_bearing }
}

/// Distances of guide points that lie on a tangent through a place: those of the line before.
fn on_line_m(
    problem: &PlanProblem<'_>,
    gate: &Gate,
    (east, north): (f64, f64),
    [low, high]: [usize; 2],
) -> Vec<f64> {
    let points = problem.guide.get(low..=high).unwrap_or_default().iter();
    let distance_m = points.filter_map(|point| {
        let (e_m, n_m) = (point.coord.e_m - gate.coord.e_m, point.coord.n_m - gate.coord.n_m);
        let (along_m, off_m) = (east * e_m + north * n_m, east * n_m - north * e_m);
        (along_m > gate.straight_m && off_m.abs() < ON_LINE_M).then_some(along_m)
    });
    distance_m.collect()
}

/// Room for a right angle with the smallest curve, and its straight.
fn turn_round_m(problem: &PlanProblem<'_>) -> f64 {
    let least = problem.curves.last();
    let curve_m = least.map_or(300.0, |class| class.radius_m + class.transition_m);
    2.2 * curve_m + problem.least_straight_m
}
