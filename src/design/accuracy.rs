//! How uncertain volumes and costs are because the terrain is.

use serde::Serialize;

use super::lay::Laid;
use super::profile::near_levels;
use super::{DesignOptions, Earth, Section};
use crate::parallel::each;
use crate::schedule::normal::normal_quantile;
use crate::schedule::random::words_of;

/// How many terrains are drawn.
const DRAWS: u32 = 20;

/// How near the cheapest levels come on each: their costs differ by percents.
const DRAW_GAP: f64 = 1e-5;

/// What volumes and costs become on other ground that the terrain may stand for.
///
/// The error of the terrain is drawn along the line: normal values at nodes a distance apart and a
/// smooth blend between them. Where the terrain itself departs less from a straight line over that
/// distance than its error would make it, the error is no greater than that: hills that are only
/// errors would stand in the terrain, and what lifts a whole plain alike moves no earth. The cheapest profile is sought anew on each
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
    if error_m == 0.0 {
        return band;
    }
    let Ok((levels_m, cost_usd)) = near_levels(&laid.problem, DRAW_GAP) else { return band };
    // What rises cost to run is no cost of the ground.
    let plain_usd = cost_usd - laid.problem.rises_usd(&levels_m);
    if plain_usd <= 0.0 {
        return band;
    }
    let relief_m = relief_m(&laid.distances_m, &laid.ground_m, alike_m);
    let numbers: Vec<u32> = (0..DRAWS).collect();
    let draws = each(&numbers, |number| {
        let ground_m = disturbed(laid, (options.seed, *number), [error_m, alike_m], &relief_m);
        let mut problem = laid.problem.clone();
        for limit in &mut problem.levels {
            // Levels that follow the ground go with it.
            let move_m = |of: &[f64]| of.get(limit.station).copied().unwrap_or_default();
            limit.level_m += move_m(&ground_m) - move_m(&problem.ground_m);
        }
        problem.ground_m = ground_m;
        let (levels_m, cost_usd) = near_levels(&problem, DRAW_GAP).ok()?;
        let cost_usd = cost_usd - problem.rises_usd(&levels_m);
        let above = |station: usize| Some(levels_m.get(station)? - problem.ground_m.get(station)?);
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
        Some(VolumeDraw { earth, cost_ratio: cost_usd / plain_usd })
    });
    band.draws = draws.into_iter().flatten().collect();
    band
}

/// The ground with an error of a seed and number, which is nothing at both ends: there the line
/// meets what is built.
fn disturbed(
    laid: &Laid,
    (seed, number): (u64, u32),
    [error_m, alike_m]: [f64; 2],
    relief_m: &[f64],
) -> Vec<f64> {
    let normal = |node: u64| {
        let [word, ..] = words_of(seed, node, number);
        normal_quantile((f64::from(word) + 0.5) / 4_294_967_296.0)
    };
    let end_m = laid.plan.length_m();
    let places = laid.distances_m.iter().zip(&laid.ground_m).zip(relief_m);
    let disturbed = places.map(|((distance_m, height_m), relief_m)| {
        let along = distance_m / alike_m;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
        let node = along as u64;
        // A smooth blend of the values at both nodes, as uncertain between them as at them.
        let share = 0.5 - 0.5 * (std::f64::consts::PI * along.fract()).cos();
        let spread = share.hypot(1.0 - share);
        let value = ((1.0 - share) * normal(node) + share * normal(node + 1)) / spread;
        let to_end_m = distance_m.min(end_m - distance_m).max(0.0);
        height_m + error_m.min(*relief_m) * value * (1.0 - (-to_end_m / alike_m).exp())
    });
    disturbed.collect()
}

/// By how much the ground about each station departs from the straight line that fits it best over
/// a distance to either side: the root of the mean square.
fn relief_m(distances_m: &[f64], ground_m: &[f64], beside_m: f64) -> Vec<f64> {
    let (mut from, mut to) = (0, 0);
    let mut reliefs_m = Vec::with_capacity(distances_m.len());
    for at_m in distances_m {
        let place = |place: usize| distances_m.get(place).copied().unwrap_or(f64::INFINITY);
        while place(from) < at_m - beside_m {
            from += 1;
        }
        while place(to) <= at_m + beside_m {
            to += 1;
        }
        let places = distances_m.get(from..to).unwrap_or_default().iter();
        let heights = ground_m.get(from..to).unwrap_or_default();
        let mut count = 0.0;
        let [mut x, mut y, mut xx, mut xy, mut yy] = [0.0; 5];
        for (distance_m, height_m) in places.zip(heights) {
            let along_m = distance_m - at_m;
            let above_m = height_m - heights.first().copied().unwrap_or_default();
            count += 1.0;
            x += along_m;
            y += above_m;
            xx += along_m * along_m;
            xy += along_m * above_m;
            yy += above_m * above_m;
        }
        let (about_x, about_y) = (xx - x * x / count, yy - y * y / count);
        let together = xy - x * y / count;
        let square = if about_x > 0.0 { about_y - together * together / about_x } else { about_y };
        reliefs_m.push((square.max(0.0) / count).sqrt());
    }
    reliefs_m
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_has_no_relief_and_a_wave_that_of_a_wave() {
        let distances_m: Vec<f64> = (0..1001).map(|number| 100.0 * f64::from(number)).collect();
        let slope: Vec<f64> = distances_m.iter().map(|at_m| 500.0 + 0.01 * at_m).collect();
        assert!(relief_m(&distances_m, &slope, 5000.0).iter().all(|relief_m| *relief_m < 1e-6));
        // Waves of 2 km and 20 m to either side: the root of the mean square is 20 / sqrt 2.
        let wave = |at_m: &f64| 20.0 * (std::f64::consts::TAU * at_m / 2000.0).sin();
        let waves: Vec<f64> = distances_m.iter().map(wave).collect();
        let relief_m = relief_m(&distances_m, &waves, 5000.0)[500];
        assert!((relief_m - 20.0 / 2.0_f64.sqrt()).abs() < 0.5, "{relief_m}");
    }
}
