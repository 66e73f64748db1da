//! The tangents that a plan may be made of.

use std::collections::BTreeMap;

use super::PlanProblem;
use super::gates::{Gates, Role};
use crate::error::{Error, Result};
use crate::geodesy::Coord;
use crate::parallel::each;

/// How many guide points a tangent may reach over.
const SPANS: [usize; 10] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/// A place where tangents may meet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub coord: Coord,
    /// The guide point that it belongs to.
    pub stage: usize,
    /// The place to pass that a tangent from here runs through.
    pub behind: Option<Role>,
    /// The place to pass that a tangent to here runs through.
    pub ahead: Option<Role>,
}

/// A tangent from one node to another, as long as if it ran on to both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leg {
    pub from: usize,
    pub to: usize,
    pub length_m: f64,
    /// Its direction, a vector of length 1.
    pub ahead: (f64, f64),
    pub cost_usd: f64,
    /// What it pays for crossing rivers, on top.
    pub crossing_usd: f64,
    /// The share of it that rails need to climb as the guide does.
    pub steep_ratio: f64,
    /// What curves may take of it at either end.
    pub room_m: [f64; 2],
}

/// All nodes, stage by stage, and all legs, by the stage where they begin.
pub(super) struct Lattice {
    pub nodes: Vec<Node>,
    /// The nodes of each stage.
    pub stages: Vec<std::ops::Range<usize>>,
    pub legs: Vec<Leg>,
    /// The parts of each leg that lie in forbidden zones, in metres from its beginning; empty
    /// without such zones.
    pub forbidden_m: Vec<Vec<[f64; 2]>>,
}

impl Lattice {
    pub(super) fn new(problem: &PlanProblem<'_>) -> Result<Self> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut stages = Vec::new();
        let last = problem.guide.len() - 1;
        let along_m = along_m(problem);
        let gates = Gates::new(problem, &along_m);
        for (stage, point) in problem.guide.iter().enumerate() {
            let first = nodes.len();
            if gates.is_between_ends(stage) {
                stages.push(first..first);
                continue;
            }
            let role = |is_there: bool| gates.end_role(stage).filter(|_| is_there);
            let (behind, ahead) = (role(stage == 0), role(stage == last));
            nodes.push(Node { coord: point.coord, stage, behind, ahead });
            if stage > 0 && stage < last {
                let (east, north) = left_of(problem, stage);
                for offset_m in problem.offsets_m.iter().filter(|offset_m| **offset_m != 0.0) {
                    let e_m = point.coord.e_m + east * offset_m;
                    let n_m = point.coord.n_m + north * offset_m;
                    let coord = Coord { e_m, n_m };
                    nodes.push(Node { coord, stage, behind: None, ahead: None });
                }
            }
            nodes.extend(gates.nodes_of(stage));
            stages.push(first..nodes.len());
        }
        let pairs = pairs(&nodes, &stages, &gates);
        let found = each(&pairs, |&(from, to)| leg(problem, (&along_m, &gates), &nodes, from, to));
        let legs: Vec<Leg> = found.into_iter().flatten().collect();
        if legs.is_empty() {
            return Err(Error::NoRoute {
                from: "the first guide point".to_owned(),
                to: "the last".to_owned(),
                problem: "no tangent between guide points may be built".to_owned(),
                hint: "give guide points that lie closer together and on open ground".to_owned(),
            });
        }
        let forbidden_m = forbidden_m(problem, &nodes, &legs);
        Ok(Self { nodes, stages, legs, forbidden_m })
    }
}

/// The direction to the left of the guide at a point between its ends.
fn left_of(problem: &PlanProblem<'_>, stage: usize) -> (f64, f64) {
    let at = |stage: usize| problem.guide.get(stage).map(|point| point.coord);
    let (Some(before), Some(after)) = (at(stage.saturating_sub(1)), at(stage + 1)) else {
        return (0.0, 0.0);
    };
    let length_m = before.distance_m(after).max(1e-9);
    (-(after.n_m - before.n_m) / length_m, (after.e_m - before.e_m) / length_m)
}

/// Which nodes may be joined, by the stage where they begin. No tangent leads past a place to pass
/// but those through it.
fn pairs(nodes: &[Node], stages: &[std::ops::Range<usize>], gates: &Gates) -> Vec<(usize, usize)> {
    let mut through: BTreeMap<Role, Vec<usize>> = BTreeMap::new();
    for (number, node) in nodes.iter().enumerate() {
        if let Some(role) = node.ahead {
            through.entry(role).or_default().push(number);
        }
    }
    let is_through = |to: &usize| nodes.get(*to).is_some_and(|node| node.ahead.is_some());
    let mut pairs = Vec::new();
    for from in 0..nodes.len() {
        let Some(node) = nodes.get(from) else { continue };
        if let Some(role) = node.behind {
            let ends = through.get(&role).into_iter().flatten();
            pairs.extend(ends.filter(|to| **to > from).map(|to| (from, *to)));
            continue;
        }
        let stop = gates.next_stop(node.stage);
        for span in SPANS {
            let Some(range) = stages.get(node.stage + span) else { break };
            if node.stage + span >= stop {
                break;
            }
            pairs.extend(range.clone().filter(|to| !is_through(to)).map(|to| (from, to)));
        }
    }
    pairs
}

/// How far along the guide each of its points lies.
fn along_m(problem: &PlanProblem<'_>) -> Vec<f64> {
    let mut along_m = vec![0.0];
    let mut sum_m = 0.0;
    for pair in problem.guide.windows(2) {
        let [a, b] = pair else { continue };
        sum_m += a.coord.distance_m(b.coord);
        along_m.push(sum_m);
    }
    along_m
}

fn leg(
    problem: &PlanProblem<'_>,
    (along_m, gates): (&[f64], &Gates),
    nodes: &[Node],
    from: usize,
    to: usize,
) -> Option<Leg> {
    let (a, b) = (nodes.get(from)?, nodes.get(to)?);
    let length_m = a.coord.distance_m(b.coord);
    if length_m < 1.0 {
        return None;
    }
    let half_m = 0.5 * (length_m - problem.least_straight_m);
    let [first_m, last_m] = problem.end_straight_m;
    let last = problem.guide.len() - 1;
    let through = a.behind.filter(|role| b.ahead == Some(*role));
    let through_m = through.and_then(|role| gates.room_m(role, [a.coord, b.coord]));
    let room_m = match (a.stage == 0, b.stage == last) {
        (true, true) => [0.0, 0.0],
        (true, false) => [0.0, length_m - first_m],
        (false, true) => [length_m - last_m, 0.0],
        (false, false) => through_m.unwrap_or([half_m, half_m]),
    };
    if room_m[0].min(room_m[1]) < 0.0 {
        return None;
    }
    let ahead = ((b.coord.e_m - a.coord.e_m) / length_m, (b.coord.n_m - a.coord.n_m) / length_m);
    let needs_m = needs_m(problem, (a, b))?;
    let cost_usd = cost_usd(problem, along_m, (a, b), (length_m, needs_m))?;
    let steep_ratio = needs_m / length_m;
    let crossing_m = problem.zones.map_or(0.0, |zones| zones.crossing_m(&[a.coord, b.coord]));
    let crossing_usd = problem.level_usd_per_m * crossing_m;
    Some(Leg { from, to, length_m, ahead, cost_usd, crossing_usd, steep_ratio, room_m })
}

/// What a leg costs, with rails at the heights of the guide beside it, by its length and by what
/// rails need of it.
fn cost_usd(
    problem: &PlanProblem<'_>,
    along_m: &[f64],
    (a, b): (&Node, &Node),
    (length_m, needs_m): (f64, f64),
) -> Option<f64> {
    let between = problem.guide.get(a.stage..=b.stage)?;
    let distances_m = along_m.get(a.stage..=b.stage)?;
    let (begin_m, end_m) = (*distances_m.first()?, *distances_m.last()?);
    let count = (length_m / problem.sample_m).ceil().max(1.0);
    let dear = problem.zones.map(|zones| (zones, zones.stretches(a.coord, b.coord)));
    let mut sum = 0.0;
    let mut piece = 0;
    let mut number = 0.5;
    while number < count {
        let share = number / count;
        let at_m = begin_m + share * (end_m - begin_m);
        while piece + 2 < distances_m.len() && *distances_m.get(piece + 1)? < at_m {
            piece += 1;
        }
        let (low_m, high_m) = (*distances_m.get(piece)?, *distances_m.get(piece + 1)?);
        let (low, high) = (between.get(piece)?.level_m, between.get(piece + 1)?.level_m);
        let level_m = low + (high - low) * (at_m - low_m) / (high_m - low_m);
        let coord = a.coord.toward(b.coord, share);
        let usd_per_m = (problem.cost_usd_per_m)(coord, level_m)?;
        sum += match &dear {
            Some((zones, stretches)) => {
                let half = 0.5 / count;
                usd_per_m * zones.mean_ratio(stretches, [share - half, share + half])
            }
            None => usd_per_m,
        };
        number += 1.0;
    }
    // What the guide itself lacks is known already; only what is lost beside it counts.
    let lacks_m = |length_m: f64| (needs_m - length_m).max(0.0);
    let short_m = (lacks_m(length_m) - lacks_m(end_m - begin_m)).max(0.0);
    let lift_m = problem.gradient_permille / 1000.0 * short_m;
    Some(length_m * sum / count + problem.lift_usd_per_m * lift_m)
}

/// The parts of each leg in forbidden zones; nothing at all if there are none.
fn forbidden_m(problem: &PlanProblem<'_>, nodes: &[Node], legs: &[Leg]) -> Vec<Vec<[f64; 2]>> {
    let Some(zones) = problem.zones.filter(|zones| zones.forbids()) else { return Vec::new() };
    let parts = |leg: &Leg| -> Vec<[f64; 2]> {
        let (Some(a), Some(b)) = (nodes.get(leg.from), nodes.get(leg.to)) else {
            return Vec::new();
        };
        let parts = zones.forbidden_parts(&zones.stretches(a.coord, b.coord));
        parts.iter().map(|part| part.map(|share| share * leg.length_m)).collect()
    };
    each(legs, parts)
}

/// The length of line that rails need to climb along the guide from one node to another.
fn needs_m(problem: &PlanProblem<'_>, (a, b): (&Node, &Node)) -> Option<f64> {
    let between = problem.guide.get(a.stage + 1..=b.stage)?;
    Some(between.iter().map(|point| point.needs_m).sum())
}
