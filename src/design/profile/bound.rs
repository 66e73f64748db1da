//! The exact optimum under convex costs, and a proof that nothing is cheaper.

use super::blocked::blocked;
use super::hull::{hull, hull_within, lines as lines_of};
use super::interior::{self, Optimum};
use super::lattice::{Tilt, cheapest_way};
use super::problem::{HeightCost, ProfileProblem};
use super::reach::{self, Levels, TOUCHING_M, allowed, reachable, step_m};
use super::rows::{Programme, Row};
use super::sound;
use crate::error::{Error, Result};

/// The cheapest levels under convex costs.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileBound {
    /// The level of the rails at each station.
    pub levels_m: Vec<f64>,
    /// What they cost, each station by the greatest convex cost below its ways to build; where
    /// there is one way with a convex cost, that is what they cost.
    pub cost_usd: f64,
    /// A proved bound: no levels that keep the limits cost less, whichever ways are built.
    pub bound_usd: f64,
}

/// The cheapest levels at stations, exactly, if costs are convex; else a bound below all profiles.
///
/// A linear programme: the rise to the next station keeps within its gradients, the gradients
/// before and after a station differ by (d1 + d2) / 2R at most. The bound is its Lagrangian dual:
/// any prices y >= 0 of these limits give
///
/// bound = sum over stations of min (cost + A'y level) over the levels that can be reached - y b
///
/// whatever the prices, so it holds even if the optimum were wrong. The minimum over a station is
/// taken over the ways themselves.
///
/// # Errors
///
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if a number is none or lists do not fit together;
/// if no levels keep the limits, with the places, the limit, and by how much it would have to give.
///
/// # Complexity
///
/// Linear in stations and points of their costs for each of 10 to 60 iterations.
///
/// # Example
///
/// A ridge of 10 m between two stations 100 m away on either side. With 10 permille the middle lies
/// 1 m above the ends at most, so 9 m are cut in the middle, or filled at both ends; cut and fill
/// cost 100 a metre of line and of height.
///
/// ```
/// use railcorridor::design::{
///     CostPoint, CostSet, GradientRange, HeightCost, ProfileProblem, Works, profile_bound,
/// };
///
/// let point = |height_m, cost_usd_per_m| CostPoint { height_m, cost_usd_per_m };
/// let earth = HeightCost {
///     works: Works::Earthworks,
///     points: vec![point(-50.0, 5000.0), point(0.0, 0.0), point(50.0, 5000.0)],
/// };
/// let problem = ProfileProblem {
///     distances_m: vec![0.0, 100.0, 200.0],
///     ground_m: vec![10.0, 20.0, 10.0],
///     cost_set: vec![0; 3],
///     cost_sets: vec![CostSet { ways: vec![earth] }],
///     gradients: vec![GradientRange::both(10.0); 2],
///     radius_m: vec![1.0; 3],
///     ..ProfileProblem::default()
/// };
/// let bound = profile_bound(&problem)?;
/// // The middle stands for 100 m of line, each end for 50 m: both come to the same.
/// assert!((bound.cost_usd - 100.0 * 100.0 * 9.0).abs() < 1e-3);
/// assert!((bound.bound_usd - bound.cost_usd).abs() < 1e-3);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn profile_bound(problem: &ProfileProblem) -> Result<ProfileBound> {
    sound::check(problem)?;
    let allowed = allowed(problem)?;
    let reach = reachable(problem, &allowed)?;
    bound(problem, &allowed, &reach).map(|(bound, _)| bound)
}

/// The gap between optimum and bound at which the search ends.
pub(super) const GAP: f64 = 1e-9;

/// The cheapest levels under convex costs to a gap, and what they cost; without a proof.
///
/// # Errors
///
/// As for [`profile_bound`].
pub(in crate::design) fn near_levels(
    problem: &ProfileProblem,
    gap: f64,
) -> Result<(Vec<f64>, f64)> {
    sound::check(problem)?;
    let allowed = allowed(problem)?;
    let reach = reachable(problem, &allowed)?;
    let (programme, optimum) = solved(problem, &allowed, &reach, gap)?;
    Ok(levels_and_cost(&programme, &optimum, &reach))
}

/// The linear programme and its optimum to a gap.
fn solved(
    problem: &ProfileProblem,
    allowed: &[Levels],
    reach: &[Levels],
    gap: f64,
) -> Result<(Programme, Optimum)> {
    let programme = programme(problem, allowed, reach);
    let optimum = interior::solve(&programme, gap);
    if optimum.is_solved { Ok((programme, optimum)) } else { Err(blocked(problem, programme)) }
}

fn levels_and_cost(programme: &Programme, optimum: &Optimum, reach: &[Levels]) -> (Vec<f64>, f64) {
    let levels_m = optimum.unknowns.get(..reach.len()).unwrap_or_default().to_vec();
    (levels_m, programme.cost(&optimum.unknowns))
}

/// As [`profile_bound`], of a problem that is sound, with its levels; and with the levels of the
/// cheapest way over cells, if costs are not convex.
pub(super) fn bound(
    problem: &ProfileProblem,
    allowed: &[Levels],
    reach: &[Levels],
) -> Result<(ProfileBound, Option<Vec<f64>>)> {
    let (programme, optimum) = solved(problem, allowed, reach, GAP)?;
    let dual = Dual::new(problem, &programme, &optimum, reach)?;
    let mut bound_usd = dual.bound_usd;
    let mut guide_m = None;
    if !is_convex(problem) {
        // Ways over cells are sought without prices first: their levels begin the search.
        for share in SHARES {
            let tilt = Tilt { usd_per_m: &dual.pull, levels_m: &optimum.unknowns, share };
            let way = cheapest_way(problem, reach, tilt);
            let usd = way.usd + share * dual.held_usd;
            // A station adds no less than its least by all prices, if that is negative.
            let sums_usd = way.usd.abs() + 2.0 * dual.sums_usd;
            let lost_usd = rounding_usd(reach.len(), dual.terms_usd, sums_usd);
            bound_usd = bound_usd.max(usd - lost_usd);
            guide_m = guide_m.or(Some(way.levels_m));
        }
    }
    let (levels_m, cost_usd) = levels_and_cost(&programme, &optimum, reach);
    Ok((ProfileBound { levels_m, cost_usd, bound_usd }, guide_m))
}

/// Shares of the prices of limits with which ways over cells are sought: without prices a way keeps
/// to the gradients only as far as cells tell them apart, and with all of them it is never below the
/// bound of the linear programme.
const SHARES: [f64; 3] = [0.0, 0.5, 1.0];

/// Whether each set has one way, with convex costs.
fn is_convex(problem: &ProfileProblem) -> bool {
    problem.cost_sets.iter().all(|set| match set.ways.as_slice() {
        [way] => hull(&set.ways).len() == way.points.len(),
        _ => false,
    })
}

/// Costs of stations, then limits of gradients, then of radii.
pub(super) fn programme(
    problem: &ProfileProblem,
    allowed: &[Levels],
    reach: &[Levels],
) -> Programme {
    let mut programme = Programme::default();
    let mut ranges = Vec::with_capacity(problem.cost_sets.len());
    for set in &problem.cost_sets {
        let from = programme.lines.len();
        programme.lines.extend(lines_of(&hull(&set.ways)));
        ranges.push((from, programme.lines.len()));
    }
    let is_convex = is_convex(problem);
    let weights_m = problem.weights_m();
    for (station, ((levels, reach), weight)) in allowed.iter().zip(reach).zip(weights_m).enumerate()
    {
        let is_free = reach.high_m - reach.low_m > TOUCHING_M;
        let ground_m = problem.ground_m.get(station).copied().unwrap_or_default();
        let start_m = if is_free {
            ground_m.clamp(reach.low_m, reach.high_m)
        } else {
            0.5 * (reach.low_m + reach.high_m)
        };
        programme.start.push(start_m);
        programme.is_free.push(is_free);
        let set = problem.cost_set.get(station).copied().unwrap_or_default();
        let lines = ranges.get(set).copied().unwrap_or_default();
        let is_cut = levels.low_m < reach.low_m || reach.high_m < levels.high_m;
        let (lines, within) = if !is_free {
            (lines, (f64::NEG_INFINITY, f64::INFINITY))
        } else if is_cut && !is_convex {
            // Over the levels that can be reached alone the convex cost is greater.
            let within = (reach.low_m - ground_m, reach.high_m - ground_m);
            let from = programme.lines.len();
            programme.lines.extend(lines_of(&hull_within(problem.ways(station), within)));
            ((from, programme.lines.len()), within)
        } else {
            (lines, (levels.low_m - ground_m, levels.high_m - ground_m))
        };
        let row = Row::limit(station, [1.0, 0.0, 0.0], within);
        programme.rows.push(Row { offset: ground_m, lines, weight, ..row });
        if let Some(row) = gradient_row(problem, station) {
            programme.rows.push(row);
        }
        if let Some(row) = radius_row(problem, station) {
            programme.rows.push(row);
        }
        if let Some(rise) = problem.rise.filter(|_| station + 1 < allowed.len()) {
            rise.add(&mut programme, station, step_m(problem, station));
        }
    }
    programme.start.extend([0.0; 2]);
    programme
}

/// The rise from a station to the next.
fn gradient_row(problem: &ProfileProblem, station: usize) -> Option<Row> {
    problem.gradients.get(station)?;
    let [down_m, up_m] = reach::rise_m(problem, station);
    Some(Row::limit(station, [-1.0, 1.0, 0.0], (down_m, up_m)))
}

/// How much the gradient changes two stations on: times a length, so that stations at even distances
/// d have the coefficients 1, -2, 1 and the limit d^2 / R.
fn radius_row(problem: &ProfileProblem, station: usize) -> Option<Row> {
    problem.gradients.get(station + 1)?;
    let radius_m = problem.radius_m.get(station + 1)?;
    let (before_m, after_m) = (step_m(problem, station), step_m(problem, station + 1));
    let share = 2.0 / (before_m + after_m);
    let most_m = before_m * after_m / radius_m;
    let a = [share * after_m, -2.0, share * before_m];
    Some(Row::limit(station, a, (-most_m, most_m)))
}

/// The Lagrangian bound for the prices of an optimum.
struct Dual {
    /// What prices and levels of the optimum leave of the limits: nothing, but for rounding.
    held_usd: f64,
    /// What the prices add to a metre of level at each station.
    pull: Vec<f64>,
    /// The size of all products of prices and levels.
    terms_usd: f64,
    /// The size of what was added up.
    sums_usd: f64,
    bound_usd: f64,
}

impl Dual {
    fn new(
        problem: &ProfileProblem,
        programme: &Programme,
        optimum: &Optimum,
        reach: &[Levels],
    ) -> Result<Self> {
        let mut pull = vec![0.0; optimum.unknowns.len()];
        let mut loads = vec![0.0; optimum.unknowns.len()];
        let (mut held_usd, mut terms_usd, mut sums_usd) = (0.0, 0.0, 0.0);
        for (row, &price) in programme.rows.iter().zip(&optimum.prices) {
            let Some((price, limit)) = held(problem, row, price) else { continue };
            row.spread(price, &mut pull);
            let size = Row { a: row.a.map(f64::abs), ..*row };
            size.spread(price.abs(), &mut loads);
            let term = price * (row.value(&optimum.unknowns) - limit);
            held_usd += term;
            sums_usd += term.abs();
            terms_usd += price.abs() * size.value(&optimum.unknowns).abs();
        }
        let mut bound_usd = held_usd;
        let stations = reach.iter().zip(problem.weights_m()).zip(pull.iter().zip(&loads));
        for (station, ((levels, weight_m), (pull, load))) in stations.enumerate() {
            let level_m = optimum.unknowns.get(station).copied().unwrap_or_default();
            let ground_m = problem.ground_m.get(station).copied().unwrap_or_default();
            let heights_m = (levels.low_m - ground_m, levels.high_m - ground_m);
            let of_height = |height_m: f64, cost_usd_per_m: f64| {
                weight_m * cost_usd_per_m + pull * (height_m + ground_m - level_m)
            };
            let ways = problem.ways(station).iter();
            let least_usd =
                ways.map(|way| least(way, heights_m, of_height)).fold(f64::INFINITY, f64::min);
            if !least_usd.is_finite() {
                return Err(no_way(problem, station, heights_m));
            }
            bound_usd += least_usd;
            sums_usd += least_usd.abs();
            terms_usd += load * (levels.high_m - levels.low_m);
        }
        // No cost is negative.
        bound_usd = (bound_usd - rounding_usd(reach.len(), terms_usd, sums_usd)).max(0.0);
        Ok(Self { held_usd, pull, terms_usd, sums_usd, bound_usd })
    }
}

/// The price of a row and the limit that it holds against: what is left to that costs its price. The
/// cost of a rise is no less than its slope times what is beyond the rise that is free. Costs of levels
/// stand by themselves.
fn held(problem: &ProfileProblem, row: &Row, price: f64) -> Option<(f64, f64)> {
    if row.is_rise() {
        let rise = problem.rise?;
        let slope = price.clamp(-rise.usd_per_m, rise.usd_per_m);
        return Some((slope, rise.free_m(step_m(problem, row.first)).copysign(slope)));
    }
    let limit = if price > 0.0 { row.high } else { row.low };
    (row.weight <= 0.0 && price != 0.0).then_some((price, limit))
}

/// A station whose heights lie in a gap between its ways to build.
fn no_way(problem: &ProfileProblem, station: usize, (low_m, high_m): (f64, f64)) -> Error {
    let at_m = problem.distances_m.get(station).copied().unwrap_or(f64::NAN);
    Error::OutOfRange {
        item: format!("height_m above the ground at {at_m} m"),
        value: low_m,
        limit: "the heights that its ways to build allow".to_owned(),
        hint: format!(
            "levels and gradients leave {low_m:.2} to {high_m:.2} m there: give a cost for it"
        ),
    }
}

/// What rounding can have added to a bound: half a unit of the last digit for each station that is
/// added to the sum, and some for the products in each.
#[expect(clippy::cast_precision_loss, reason = "counts of a list, far below 2^53")]
fn rounding_usd(stations: usize, terms_usd: f64, sums_usd: f64) -> f64 {
    f64::EPSILON * (stations as f64 * sums_usd + 64.0 * (terms_usd + sums_usd))
}

/// The least of a linear function of height and cost over the heights of a way: at a corner or at
/// an end.
fn least(way: &HeightCost, (low_m, high_m): (f64, f64), of: impl Fn(f64, f64) -> f64) -> f64 {
    let inside = way.points.iter().filter(|point| (low_m..=high_m).contains(&point.height_m));
    let corners = inside.map(|point| of(point.height_m, point.cost_usd_per_m));
    let ends = [low_m, high_m].into_iter().filter_map(|height_m| {
        way.cost_usd_per_m(height_m).map(|cost_usd_per_m| of(height_m, cost_usd_per_m))
    });
    corners.chain(ends).fold(f64::INFINITY, f64::min)
}
