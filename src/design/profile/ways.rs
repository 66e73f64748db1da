//! Which works carry the line at given levels: the cheapest whose bridges and tunnels are long
//! enough.

use super::problem::Works;
use super::works_costs::{ALL, WorksCosts};

/// The works of each station that cost least at these levels, each run of them as long as it must
/// be; `None` if no such works can be built.
///
/// By stations: the least cost up to here with a run of some works that is long enough already. It
/// goes on from the station before, or is the shortest run that ends here, with other works before.
/// Heights outside of what works allow are fined by the metre: the less, the more is left to levels
/// chosen after.
pub(super) fn choose(
    costs: &WorksCosts<'_>,
    levels_m: &[f64],
    fine_usd_per_m: f64,
) -> Option<Vec<Works>> {
    let problem = costs.problem;
    let weights_m = problem.weights_m();
    let least_m = [0.0, problem.least_bridge_m, problem.least_tunnel_m];
    let mut runs = [Run::default(); 3];
    let mut best: Vec<[Best; 3]> = Vec::with_capacity(levels_m.len());
    let mut sums = vec![[Sum::default(); 3]];
    let places = levels_m.iter().zip(&problem.ground_m).zip(&weights_m);
    for (station, ((level_m, ground_m), weight_m)) in places.enumerate() {
        let before = sums.last().copied().unwrap_or_default();
        let mut sum = before;
        for (sum, works) in sum.iter_mut().zip(ALL) {
            let cost = costs.cost_usd_per_m(station, works, level_m - ground_m, fine_usd_per_m);
            match cost.filter(|_| costs.is_open(station, works)) {
                Some(cost) => sum.cost_usd += weight_m * cost,
                None => sum.closed += 1,
            }
        }
        let mut here = [Best::default(); 3];
        for (kind, (here, run)) in here.iter_mut().zip(&mut runs).enumerate() {
            let of = |sums: &[Sum; 3]| sums.get(kind).copied().unwrap_or_default();
            run.reach(station, &weights_m, least_m.get(kind).copied().unwrap_or_default());
            let earlier = best.last().and_then(|best| best.get(kind));
            if let (Some(earlier), Some(step_usd)) = (earlier, of(&sum).since(of(&before))) {
                *here = Best { cost_usd: earlier.cost_usd + step_usd, begin: None };
            }
            let start = sums.get(run.first).map(of).unwrap_or_default();
            let before_usd = match run.first.checked_sub(1) {
                None => Some(0.0),
                Some(last) => best.get(last).and_then(|best| other(best, kind)).map(|best| best.1),
            };
            if let (true, Some(run_usd), Some(before_usd)) =
                (run.is_long, of(&sum).since(start), before_usd)
            {
                let cost_usd = before_usd + run_usd;
                if cost_usd < here.cost_usd {
                    *here = Best { cost_usd, begin: Some(run.first) };
                }
            }
        }
        sums.push(sum);
        best.push(here);
    }
    back(&best)
}

/// The shortest run of some works that ends at a station and is long enough.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    first: usize,
    length_m: f64,
    is_long: bool,
}

impl Run {
    /// The run that ends at the next station.
    fn reach(&mut self, station: usize, weights_m: &[f64], least_m: f64) {
        // Lengths that are meant to be the same differ by rounding.
        let least_m = least_m - 1e-6;
        self.length_m += weights_m.get(station).copied().unwrap_or_default();
        while let Some(first_m) = weights_m.get(self.first).filter(|_| self.first < station) {
            if self.length_m - first_m < least_m {
                break;
            }
            self.length_m -= first_m;
            self.first += 1;
        }
        self.is_long = self.length_m >= least_m;
    }
}

/// What all stations up to one cost with the same works, and how many of them do not allow those.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    cost_usd: f64,
    closed: usize,
}

impl Sum {
    /// The cost since an earlier sum; `None` if a station between is closed.
    fn since(self, earlier: Self) -> Option<f64> {
        (self.closed == earlier.closed).then_some(self.cost_usd - earlier.cost_usd)
    }
}

/// The least cost up to a station that has some works.
#[derive(Debug, Clone, Copy)]
struct Best {
    cost_usd: f64,
    /// Where its run begins, with other works before; `None` if it goes on from the station before.
    begin: Option<usize>,
}

impl Default for Best {
    fn default() -> Self {
        Self { cost_usd: f64::INFINITY, begin: None }
    }
}

/// The cheapest of other works.
fn other(best: &[Best; 3], kind: usize) -> Option<(usize, f64)> {
    let others = best.iter().map(|best| best.cost_usd).enumerate();
    let others = others.filter(|(other, cost_usd)| *other != kind && cost_usd.is_finite());
    others.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// The works from the end back to the beginning.
fn back(best: &[[Best; 3]]) -> Option<Vec<Works>> {
    let (mut kind, _) = other(best.last()?, ALL.len())?;
    let mut works = vec![Works::Earthworks; best.len()];
    let mut end = best.len();
    while end > 0 {
        let begin = best.get(end - 1)?.get(kind)?.begin;
        let first = begin.unwrap_or(end - 1);
        works.get_mut(first..end)?.fill(*ALL.get(kind)?);
        end = first;
        if begin.is_some() && end > 0 {
            kind = other(best.get(end - 1)?, kind)?.0;
        }
    }
    Some(works)
}
