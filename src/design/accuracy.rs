//! How uncertain volumes and costs are because the terrain is.

use serde::Serialize;

use super::lay::Laid;
use super::profile_bound;
use super::{DesignOptions, Earth, Section};
use crate::parallel::each;
use crate::schedule::normal::normal_quantile;
use crate::schedule::random::words_of;

/// How many terrains are drawn.
const DRAWS: u32 = 20;

/// What volumes and costs become on other ground that the terrain may stand for.
///
/// The error of the terrain is drawn along the line: normal values at nodes a distance apart and a
/// smooth blend between them. The cheapest profile is sought anew on each
/// ground: a line is designed for the ground that is surveyed, not for the one that was wrong.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct VolumeBand {
    /// Cut and fill of the cheapest profile, for each ground, and its cost as a share of that on
    /// the terrain as it is. Both are those of stations, without vertical curves and structures'
    /// least lengths.
    pub draws: Vec<VolumeDraw>,
    /// The standard deviation of the error.
    pub error_m: f64,
    /// The distance over which errors are alike.
    pub alike_m: f64,
}

/// One ground.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct VolumeDraw {
    /// Cut and fill.
    pub earth: Earth,
    /// What earth and structures cost, as a share of that on the terrain as it is.
    pub cost_ratio: f64,
}

impl VolumeBand {
    /// Shares of cost, for the spread of a bill.
    #[must_use]
    pub fn cost_ratios(&self) -> Vec<f64> {
        self.draws.iter().map(|draw| draw.cost_ratio).collect()
    }

    /// The least and the most of a value over all grounds.
    #[must_use]
    pub fn range(&self, of: impl Fn(&VolumeDraw) -> f64) -> Option<(f64, f64)> {
        let values = self.draws.iter().map(of);
        values.fold(None, |range, value| {
            let (low, high) = range.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        })
    }
}

/// The band of a laid line.
pub(super) fn volume_band(options: &DesignOptions, laid: &Laid, section: &Section) -> VolumeBand {
    let [error_m, alike_m] = options.terrain_error_m;
    let mut band = VolumeBand { draws: Vec::new(), error_m, alike_m };
    let Ok(plain) = profile_bound(&laid.problem) else { return band };
    if error_m == 0.0 || plain.cost_usd <= 0.0 {
        return band;
    }
    let numbers: Vec<u32> = (0..DRAWS).collect();
    let draws = each(&numbers, |number| {
        let ground_m = disturbed(laid, options.seed, *number, error_m, alike_m);
        let mut problem = laid.problem.clone();
        for limit in &mut problem.levels {
            // Levels that follow the ground go with it.
            let move_m = |of: &[f64]| of.get(limit.station).copied().unwrap_or_default();
            limit.level_m += move_m(&ground_m) - move_m(&problem.ground_m);
        }
        problem.ground_m = ground_m;
        let found = profile_bound(&problem).ok()?;
        let above =
            |station: usize| Some(found.levels_m.get(station)? - problem.ground_m.get(station)?);
        let mut earth = Earth::default();
        let deepest_m = options.costs.ground.most_cut_m;
        let highest_m = options.costs.ground.most_fill_m;
        for (station, pair) in problem.distances_m.windows(2).enumerate() {
            let ([from_m, to_m], Some(h0), Some(h1)) = (pair, above(station), above(station + 1))
            else {
                continue;
            };
            let is_earth = |h: f64| h >= -deepest_m && h <= highest_m;
            if is_earth(h0) && is_earth(h1) {
                earth += section.earth(to_m - from_m, h0, h1);
            }
        }
        Some(VolumeDraw { earth, cost_ratio: found.cost_usd / plain.cost_usd })
    });
    band.draws = draws.into_iter().flatten().collect();
    band
}

/// The ground with an error of a seed and number, which is nothing at both ends: there the line
/// meets what is built.
fn disturbed(laid: &Laid, seed: u64, number: u32, error_m: f64, alike_m: f64) -> Vec<f64> {
    let normal = |node: u64| {
        let [word, ..] = words_of(seed, node, number);
        normal_quantile((f64::from(word) + 0.5) / 4_294_967_296.0)
    };
    let end_m = laid.plan.length_m();
    let places = laid.distances_m.iter().zip(&laid.ground_m);
    let disturbed = places.map(|(distance_m, height_m)| {
        let along = distance_m / alike_m;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
        let node = along as u64;
        // A smooth blend of the values at both nodes, as uncertain between them as at them.
        let share = 0.5 - 0.5 * (std::f64::consts::PI * along.fract()).cos();
        let spread = share.hypot(1.0 - share);
        let value = ((1.0 - share) * normal(node) + share * normal(node + 1)) / spread;
        let to_end_m = distance_m.min(end_m - distance_m).max(0.0);
        height_m + error_m * value * (1.0 - (-to_end_m / alike_m).exp())
    });
    disturbed.collect()
}
