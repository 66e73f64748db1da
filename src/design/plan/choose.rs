//! The cheapest chain of tangents and curves.

use super::PlanProblem;
use super::contradiction::contradiction;
use super::kept_out::{Bend, Entering};
use super::legs::{Lattice, Leg};
use super::refine::refined;
use crate::design::CurveClass;
use crate::error::{Error, Result};
use crate::geodesy::Coord;
use crate::geometry::{Horizontal, Intersection, Ramp};

/// Two tangents that turn by less are one: a hundredth of a second of arc.
const STRAIGHT_RAD: f64 = 5e-8;

/// A plan that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanChoice {
    /// Where it begins.
    pub from: Coord,
    /// Where its tangents meet, each with its curve.
    pub intersections: Vec<Intersection>,
    /// The class of each of these curves.
    pub curves: Vec<CurveClass>,
    /// Where it ends.
    pub to: Coord,
    /// What it costs as the search reckons: with rails at the heights of the guide, along the
    /// tangents.
    pub cost_usd: f64,
}

impl PlanChoice {
    /// The plan itself.
    ///
    /// # Errors
    ///
    /// Those of [`Horizontal::through`]; none for a plan as it was chosen.
    pub fn horizontal(&self) -> Result<Horizontal> {
        Horizontal::through(self.from, &self.intersections, self.to)
    }

    /// The same plan from its end to its beginning.
    pub(in crate::design) fn reversed(mut self) -> Self {
        std::mem::swap(&mut self.from, &mut self.to);
        self.intersections.reverse();
        for point in &mut self.intersections {
            std::mem::swap(&mut point.entry_length_m, &mut point.exit_length_m);
        }
        self.curves.reverse();
        self
    }
}

/// Where both tangents of a curve are as steep as this share of the gradient, no height can be made
/// up beside it.
const STEEP_RATIO: f64 = 0.9;

/// How a leg is reached at the least cost.
#[derive(Clone, Copy)]
struct Reached {
    cost_usd: f64,
    /// The leg before it.
    before: Option<u32>,
    /// The class of the curve between them; nothing if they are one tangent.
    class: Option<u16>,
}

/// The cheapest plan whose tangents meet at guide points, or beside them.
///
/// A dynamic programme over tangents: each is reached at the least cost from every tangent that
/// ends where it begins, through the largest radius for which both leave room. A curve may take half
/// of what a tangent has above its least length, so that no choice depends on the one before the
/// last. Within these choices it is exact; the heights of the rails are the guide's. It takes time
/// and memory in proportion to the length of the guide.
///
/// Tangents, transitions and arcs keep out of forbidden zones, whose outlines count as they are; a
/// curve takes the largest radius that does. Where tangents meet may lie within: the line cuts the
/// corner. Only if no plan keeps out, one is taken that enters zones by as little as it can.
///
/// Rivers of zones are charged where tangents cross them, as if these ran on to where they meet.
///
/// Places to pass lie on tangents, in directions that are given or out of a fan about that of the
/// guide; directions of ends hold along their whole straight.
///
/// # Errors
///
/// [`Error::OutOfRange`] for numbers that are none of a railway, [`Error::NoRoute`] if no chain of
/// tangents and curves leads from end to end; if that is for two places to pass, it names both, and
/// the largest radius that would do.
///
/// # Example
///
/// Over level ground a guide with a kink of three points becomes two tangents:
///
/// ```
/// use railcorridor::design::{CurveClass, GuidePoint, PlanProblem, choose_plan};
/// use railcorridor::geodesy::Coord;
///
/// let at = |e_m, n_m| GuidePoint::after(None, Coord { e_m, n_m }, 100.0, 10.0);
/// let curve =
///     CurveClass { radius_m: 800.0, speed_kmh: 120.0, cant_m: 0.1, transition_m: 100.0 };
/// let plan = choose_plan(&PlanProblem {
///     guide: vec![at(0.0, 0.0), at(2000.0, 0.0), at(4000.0, 0.0), at(6000.0, 2000.0)],
///     offsets_m: vec![],
///     curves: vec![curve],
///     least_straight_m: 200.0,
///     least_arc_m: 50.0,
///     end_straight_m: [500.0, 500.0],
///     gradient_permille: 10.0,
///     cost_usd_per_m: &|_, _| Some(600.0),
///     level_usd_per_m: 600.0,
///     turn_usd_per_rad: 0.0,
///     curve_m_per_rad: 0.7,
///     lift_usd_per_m: 0.0,
///     sample_m: 250.0,
///     zones: None,
///     passes: vec![],
/// })?;
/// // Straight from the first place to the last: nothing is cheaper on level ground.
/// assert!(plan.intersections.is_empty());
/// assert!((plan.cost_usd - 600.0 * 6000.0_f64.hypot(2000.0)).abs() < 1e-6);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn choose_plan(problem: &PlanProblem<'_>) -> Result<PlanChoice> {
    problem.check()?;
    if problem.passes.is_empty() {
        return kept_out(problem).map_err(|stuck| stuck.error);
    }
    let (guide, passes) = refined(&problem.guide, &problem.passes);
    let problem = problem.along(guide, passes);
    kept_out(&problem).map_err(|stuck| contradiction(&problem, stuck))
}

/// Why there is no plan, and how far along the guide one comes.
pub(super) struct Stuck {
    pub error: Error,
    pub stage: usize,
}

/// The cheapest plan that keeps out of forbidden ground, or else the one that enters it least.
pub(super) fn kept_out(problem: &PlanProblem<'_>) -> std::result::Result<PlanChoice, Stuck> {
    let lattice = Lattice::new(problem).map_err(|error| Stuck { error, stage: 0 })?;
    match cheapest(problem, &lattice, Entering::Refused) {
        Err(_) if lattice.knows_forbidden() => cheapest(problem, &lattice, Entering::Priced),
        found => found,
    }
}

/// The dynamic programme itself.
fn cheapest(
    problem: &PlanProblem<'_>,
    lattice: &Lattice,
    entering: Entering,
) -> std::result::Result<PlanChoice, Stuck> {
    let mut arriving: Vec<Vec<u32>> = vec![Vec::new(); lattice.nodes.len()];
    let mut reached: Vec<Option<Reached>> = vec![None; lattice.legs.len()];
    let cost = |reached: &[Option<Reached>], number: u32| {
        reached_at(reached, number).map_or(f64::INFINITY, |at| at.cost_usd)
    };
    // Legs stand by the node where they begin, stage by stage, so those before a leg are done when
    // it is reached. The cheapest of them go first: most of the others cannot win then.
    let mut begins = None;
    for (number, leg) in lattice.legs.iter().enumerate() {
        if begins != Some(leg.from) {
            begins = Some(leg.from);
            if let Some(before) = arriving.get_mut(leg.from) {
                before.sort_by(|a, b| cost(&reached, *a).total_cmp(&cost(&reached, *b)));
            }
        }
        let best = match lattice.nodes.get(leg.from) {
            _ if entering == Entering::Refused && lattice.is_shut((number, leg)) => None,
            Some(node) if node.stage == 0 => {
                let cost_usd = leg.cost_usd + leg.crossing_usd;
                Some(Reached { cost_usd, before: None, class: None })
            }
            _ => best(problem, lattice, (&reached, &arriving), (number, leg), entering),
        };
        let best = ending(lattice, (number, leg), best, entering);
        if best.is_none() {
            continue;
        }
        if let Some(place) = reached.get_mut(number) {
            *place = best;
        }
        if let (Some(list), Ok(number)) = (arriving.get_mut(leg.to), u32::try_from(number)) {
            list.push(number);
        }
    }
    let end = lattice.stages.last().map_or(0, |range| range.start);
    let last = arriving.get(end).into_iter().flatten().copied();
    let last = last.min_by(|a, b| cost(&reached, *a).total_cmp(&cost(&reached, *b)));
    let last = last.ok_or_else(|| no_plan(lattice, &arriving))?;
    Ok(back(problem, lattice, &reached, last))
}

fn reached_at(reached: &[Option<Reached>], number: u32) -> Option<Reached> {
    reached.get(number as usize).copied().flatten()
}

/// A leg as it is reached; if it is the last one, with what its end costs in forbidden ground.
fn ending(
    lattice: &Lattice,
    (number, leg): (usize, &Leg),
    best: Option<Reached>,
    entering: Entering,
) -> Option<Reached> {
    if !lattice.knows_forbidden() || leg.to + 1 < lattice.nodes.len() {
        return best;
    }
    let usd = entering.usd(lattice.forbidden_end_m((number, leg)))?;
    best.map(|best| Reached { cost_usd: best.cost_usd + usd, ..best })
}

/// The cheapest way to reach a leg.
fn best(
    problem: &PlanProblem<'_>,
    lattice: &Lattice,
    (reached, arriving): (&[Option<Reached>], &[Vec<u32>]),
    (own, leg): (usize, &Leg),
    entering: Entering,
) -> Option<Reached> {
    let mut best: Option<Reached> = None;
    for number in arriving.get(leg.from).into_iter().flatten() {
        let (Some(before), Some(arrived)) =
            (lattice.legs.get(*number as usize), reached_at(reached, *number))
        else {
            continue;
        };
        let base_usd = arrived.cost_usd + leg.cost_usd + leg.crossing_usd;
        // A curve saves less than the tangents beside it cost.
        let most_saved_usd = before.cost_usd + leg.cost_usd;
        if best.is_some_and(|best| base_usd - most_saved_usd >= best.cost_usd) {
            continue;
        }
        let forbidden_usd = |bend: Option<&Bend<'_>>| {
            if !lattice.knows_forbidden() {
                return Some(0.0);
            }
            let legs = ((*number as usize, before), (own, leg));
            entering.usd(lattice.forbidden_at_m(problem, legs, bend))
        };
        let Some((turn_usd, class)) = turn(problem, before, leg, &forbidden_usd) else { continue };
        let cost_usd = base_usd + turn_usd;
        if best.is_none_or(|best| cost_usd < best.cost_usd) {
            best = Some(Reached { cost_usd, before: Some(*number), class });
        }
    }
    best
}

/// What the curve between two legs costs, less what it saves of their length, and its class;
/// nothing if none fits. What it costs in forbidden ground is asked last.
fn turn(
    problem: &PlanProblem<'_>,
    before: &Leg,
    leg: &Leg,
    forbidden_usd: &dyn Fn(Option<&Bend<'_>>) -> Option<f64>,
) -> Option<(f64, Option<u16>)> {
    let (a, b) = (before.ahead, leg.ahead);
    let (sine, cosine) = (a.0 * b.1 - a.1 * b.0, a.0 * b.0 + a.1 * b.1);
    let turn_rad = sine.atan2(cosine).abs();
    if turn_rad < STRAIGHT_RAD {
        return forbidden_usd(None).map(|usd| (usd, None));
    }
    if cosine < -0.99 {
        return None;
    }
    let half_tangent = sine.abs() / (1.0 + cosine);
    let room_m = before.room_m[1].min(leg.room_m[0]);
    let mut found: Option<(usize, f64, f64)> = None;
    for (place, class) in problem.curves.iter().enumerate() {
        let tangent_m = tangent_m(class, half_tangent);
        let arc_m = class.radius_m * turn_rad - class.transition_m;
        if !(tangent_m <= room_m && arc_m >= problem.least_arc_m) {
            continue;
        }
        let entered_usd = forbidden_usd(Some(&Bend { class, tangent_m }));
        let least_usd = found.map_or(f64::INFINITY, |(_, _, usd)| usd);
        if let Some(usd) = entered_usd.filter(|usd| *usd < least_usd) {
            found = Some((place, tangent_m, usd));
            if usd == 0.0 {
                break;
            }
        }
    }
    let (place, tangent_m, entered_usd) = found?;
    let class = problem.curves.get(place)?;
    let curve_m = class.radius_m * turn_rad + class.transition_m;
    let mean_usd_per_m = (before.cost_usd + leg.cost_usd) / (before.length_m + leg.length_m);
    let saved_usd = (2.0 * tangent_m - curve_m) * mean_usd_per_m;
    // What a curve saves of the length is lost for climbing, and so is what its resistance takes.
    let is_steep =
        problem.curve_m_per_rad > 0.0 && before.steep_ratio.min(leg.steep_ratio) > STEEP_RATIO;
    let gradient_ratio = problem.gradient_permille / 1000.0;
    let lost_m = (2.0 * tangent_m - curve_m) * gradient_ratio + problem.curve_m_per_rad * turn_rad;
    let lift_usd = if is_steep { problem.lift_usd_per_m * lost_m } else { 0.0 };
    let cost_usd = problem.turn_usd_per_rad * turn_rad + lift_usd - saved_usd + entered_usd;
    Some((cost_usd, u16::try_from(place).ok()))
}

/// What a curve takes of a tangent: `(R + p) tan(turn / 2) + q` with the shift `p = L^2 / 24 R` of
/// its transitions and `q = L / 2`, and a little for what their series leave out.
fn tangent_m(class: &CurveClass, half_tangent: f64) -> f64 {
    let (radius_m, length_m) = (class.radius_m, class.transition_m);
    let shift_m = length_m * length_m / (24.0 * radius_m);
    (radius_m + shift_m) * half_tangent + 0.5 * length_m + 0.01
}

/// The plan, from its last leg backwards.
fn back(
    problem: &PlanProblem<'_>,
    lattice: &Lattice,
    reached: &[Option<Reached>],
    last: u32,
) -> PlanChoice {
    let coord = |node: usize| lattice.nodes.get(node).map(|node| node.coord);
    let end =
        |at: Option<&super::GuidePoint>| at.map_or(Coord { e_m: 0.0, n_m: 0.0 }, |at| at.coord);
    let mut plan = PlanChoice {
        from: end(problem.guide.first()),
        intersections: Vec::new(),
        curves: Vec::new(),
        to: end(problem.guide.last()),
        cost_usd: reached_at(reached, last).map_or(0.0, |at| at.cost_usd),
    };
    let mut at = Some(last);
    while let Some(number) = at {
        let (Some(leg), Some(arrived)) =
            (lattice.legs.get(number as usize), reached_at(reached, number))
        else {
            break;
        };
        let class = arrived.class.and_then(|class| problem.curves.get(usize::from(class)));
        if let (Some(class), Some(coord)) = (class, coord(leg.from)) {
            plan.curves.push(*class);
            plan.intersections.push(Intersection {
                coord,
                radius_m: class.radius_m,
                entry_length_m: class.transition_m,
                exit_length_m: class.transition_m,
                ramp: Ramp::Clothoid,
            });
        }
        at = arrived.before;
    }
    plan.intersections.reverse();
    plan.curves.reverse();
    plan
}

/// No chain leads to the end: how far any comes.
fn no_plan(lattice: &Lattice, arriving: &[Vec<u32>]) -> Stuck {
    let comes_to = lattice.nodes.iter().zip(arriving).filter(|(_, legs)| !legs.is_empty());
    let farthest = comes_to
        .max_by_key(|(node, _)| node.stage)
        .map_or((0, None), |(node, _)| (node.stage, Some(node.coord)));
    let place = farthest.1.map(|at| format!(" at {:.0} E, {:.0} N", at.e_m, at.n_m));
    let error = Error::NoRoute {
        from: "the first guide point".to_owned(),
        to: "the last".to_owned(),
        problem: format!(
            "curves and tangents lead no farther than guide point {}{}",
            farthest.0,
            place.unwrap_or_default()
        ),
        hint: "allow smaller radii, shorter tangents or larger offsets there".to_owned(),
    };
    Stuck { error, stage: farthest.0 }
}
