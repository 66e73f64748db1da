//! The cheapest profile that can be built.

use super::bound;
use super::draft::{Draft, Search};
use super::problem::{ProfileProblem, Works};
use super::reach::{allowed, reachable};
use super::sound;
use crate::error::Result;
use crate::geometry::{Profile, Pvi};

/// A bridge or a tunnel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Structure {
    /// Which of the two.
    pub works: Works,
    /// Where it begins, midway between two stations.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
}

/// A profile that can be built, and what it costs.
#[derive(Debug, Clone)]
pub struct CheapestProfile {
    /// Where its gradients meet, with the radius of the curve there; first its beginning, last its end.
    pub points: Vec<Pvi>,
    /// The same as grades and curves.
    pub profile: Profile,
    /// The level of the rails at each station.
    pub levels_m: Vec<f64>,
    /// What carries the rails at each station.
    pub works: Vec<Works>,
    /// The bridges and tunnels, in order.
    pub structures: Vec<Structure>,
    /// What it costs: each station the cheapest way of its works at its height, for half of the line
    /// to both stations beside it.
    pub cost_usd: f64,
    /// A proved bound: no profile under the same limits costs less, as [`profile_bound`](super::profile_bound) says.
    pub bound_usd: f64,
}

impl CheapestProfile {
    /// The same profile along a plan of such a length that runs the other way.
    ///
    /// # Errors
    ///
    /// Those of [`Profile::through`]; none for a profile of that length.
    pub(in crate::design) fn reversed(mut self, length_m: f64) -> Result<Self> {
        self.points.reverse();
        for point in &mut self.points {
            point.distance_m = from_end_m(length_m, point.distance_m);
        }
        self.profile = Profile::through(&self.points)?;
        self.levels_m.reverse();
        self.works.reverse();
        self.structures.reverse();
        for structure in &mut self.structures {
            let ends_m = [structure.to_m, structure.from_m];
            [structure.from_m, structure.to_m] = ends_m.map(|at_m| from_end_m(length_m, at_m));
        }
        Ok(self)
    }
}

/// A distance along a plan as it is counted from the plan's end.
pub(in crate::design) fn from_end_m(length_m: f64, distance_m: f64) -> f64 {
    (length_m - distance_m).clamp(0.0, length_m)
}

/// A cheap profile of grades and parabolas, its bridges and tunnels, and a bound below its cost.
///
/// Costs are not convex where bridges and tunnels begin, so this is a search: levels from the convex
/// bound and from a lattice lead to two choices of works; with works chosen the heights of the points
/// where gradients meet are a linear programme, whose optimum may ask for other works, and so on
/// until nothing gets cheaper. Points stand as close as they may, and are taken out where the
/// gradient hardly changes. `bound_usd` tells how far from the best it can be.
///
/// # Errors
///
/// As [`profile_bound`](super::profile_bound); also if points as far apart as they must be, or
/// bridges and tunnels as long as they must be, leave no profile.
///
/// # Example
///
/// A valley of 40 m in a plane: no embankment is as high, so a bridge leads over it.
///
/// ```
/// use railcorridor::design::{
///     CostPoint, CostSet, GradientRange, HeightCost, ProfileProblem, Works, cheapest_profile,
/// };
///
/// let point = |height_m, cost_usd_per_m| CostPoint { height_m, cost_usd_per_m };
/// let earth = vec![point(-20.0, 8000.0), point(0.0, 0.0), point(20.0, 8000.0)];
/// let bridge = vec![point(5.0, 10_000.0), point(60.0, 20_000.0)];
/// let ways = vec![
///     HeightCost { works: Works::Earthworks, points: earth },
///     HeightCost { works: Works::Bridge, points: bridge },
/// ];
/// let problem = ProfileProblem {
///     distances_m: (0..41).map(|number| f64::from(number) * 50.0).collect(),
///     ground_m: (0..41).map(|number| if (18..23).contains(&number) { 60.0 } else { 100.0 }).collect(),
///     cost_set: vec![0; 41],
///     cost_sets: vec![CostSet { ways }],
///     gradients: vec![GradientRange::both(10.0); 40],
///     radius_m: vec![10_000.0; 41],
///     least_bridge_m: 50.0,
///     least_break_distance_m: 400.0,
///     ..ProfileProblem::default()
/// };
/// let cheapest = cheapest_profile(&problem)?;
/// let bridge = cheapest.structures[0];
/// assert_eq!((bridge.works, bridge.from_m, bridge.to_m), (Works::Bridge, 875.0, 1125.0));
/// assert!(cheapest.bound_usd <= cheapest.cost_usd);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn cheapest_profile(problem: &ProfileProblem) -> Result<CheapestProfile> {
    sound::check(problem)?;
    let allowed = allowed(problem)?;
    let reach = reachable(problem, &allowed)?;
    let (bound, guide_m) = bound::bound(problem, &allowed, &reach)?;
    let draft = Search::new(problem).best(&guide_m.unwrap_or(bound.levels_m))?;
    finish(problem, draft, bound.bound_usd)
}

/// The profile of a draft.
fn finish(problem: &ProfileProblem, draft: Draft, bound_usd: f64) -> Result<CheapestProfile> {
    let points = draft.points(problem);
    let profile = Profile::through(&points)?;
    Ok(CheapestProfile {
        points,
        profile,
        structures: structures(problem, &draft.works),
        levels_m: draft.levels_m,
        works: draft.works,
        cost_usd: draft.cost_usd,
        bound_usd,
    })
}

/// The runs of bridges and tunnels.
fn structures(problem: &ProfileProblem, works: &[Works]) -> Vec<Structure> {
    let mut structures: Vec<Structure> = Vec::new();
    let mut end_m = problem.distances_m.first().copied().unwrap_or_default();
    let mut before = None;
    for (&works, weight_m) in works.iter().zip(problem.weights_m()) {
        let from_m = end_m;
        end_m += weight_m;
        match structures.last_mut() {
            _ if works == Works::Earthworks => {}
            Some(last) if before == Some(works) => last.to_m = end_m,
            _ => structures.push(Structure { works, from_m, to_m: end_m }),
        }
        before = Some(works);
    }
    structures
}
