//! How far a simulation can be trusted, and what of it holds at the same time.

use super::percentiles::share;
use super::risk::RiskOutcome;

/// Iterations at which a simulation is looked at as it grows: 1,000, 3,000, 10,000 and so on.
const FIRST_LOOK: usize = 1_000;

/// Percentiles of the finish after so many iterations.
///
/// Iterations do not depend on how many there are, so these are the results of shorter simulations
/// of the same seed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// How many iterations.
    pub iterations: usize,
    /// Half of them finish within so many days.
    pub p50_days: f64,
    /// Four in five finish within so many days.
    pub p80_days: f64,
    /// The standard error of the latter; `None` for too few iterations.
    pub p80_error_days: Option<f64>,
}

/// The least of the draws that a share of all does not exceed; `None` without draws.
///
/// ```
/// use railcorridor::schedule::percentile_days;
///
/// let draws_days: Vec<f32> = (1..=100_u8).map(f32::from).collect();
/// assert_eq!(percentile_days(&draws_days, 0.7), Some(70.0));
/// ```
#[must_use]
pub fn percentile_days(draws_days: &[f32], within_share: f64) -> Option<f64> {
    at_rank(&mut draws_days.to_vec(), rank(draws_days.len(), within_share))
}

/// The standard error of a percentile of `n` draws, whatever their distribution.
///
/// The number of draws up to the true percentile is binomial with the deviation
/// `d = sqrt(n p (1 - p))`; so the error is half of what lies between the draws `d` ranks below and
/// above (R. S. Woodruff, Confidence Intervals for Medians and Other Position Measures, Journal of
/// the American Statistical Association 47, 1952). It falls with the root of the iterations. `None`
/// if there are so few draws that one of the two does not exist.
///
/// ```
/// use railcorridor::schedule::percentile_error_days;
///
/// // 10,000 draws a hundredth of a day apart: d = sqrt(10,000 x 0.8 x 0.2) = 40 ranks.
/// let draws_days: Vec<f32> = (1..=10_000_u16).map(|rank| f32::from(rank) / 100.0).collect();
/// let error_days = percentile_error_days(&draws_days, 0.8).unwrap();
/// assert!((error_days - 0.40).abs() < 1e-3);
/// ```
#[must_use]
pub fn percentile_error_days(draws_days: &[f32], within_share: f64) -> Option<f64> {
    error_days(&mut draws_days.to_vec(), within_share)
}

impl RiskOutcome {
    /// Percentiles of the finish as the iterations grow, those of all at the end.
    #[must_use]
    pub fn convergence(&self) -> Vec<Convergence> {
        let all = self.finish_days.len();
        let steps = std::iter::successors(Some(FIRST_LOOK), |step| step.checked_mul(10));
        let mut looks: Vec<usize> = steps
            .flat_map(|step| [step, step.saturating_mul(3)])
            .take_while(|look| *look < all)
            .collect();
        looks.extend((all > 0).then_some(all));
        let look = |iterations: usize| {
            let mut draws_days = self.finish_days.get(..iterations)?.to_vec();
            let mut at = |within_share| at_rank(&mut draws_days, rank(iterations, within_share));
            let (p50_days, p80_days) = (at(0.5)?, at(0.8)?);
            let p80_error_days = error_days(&mut draws_days, 0.8);
            Some(Convergence { iterations, p50_days, p80_days, p80_error_days })
        };
        looks.into_iter().filter_map(look).collect()
    }

    /// The standard error of the difference of the mean finish between a part of the iterations and
    /// the rest: `s sqrt(1 / (n q) + 1 / (n (1 - q)))` with the deviation `s` of all `n` finishes and
    /// the share `q` of the part. A shift of less than twice that may be chance. `None` if either
    /// part is empty.
    #[must_use]
    pub fn shift_error_days(&self, part_share: f64) -> Option<f64> {
        if !(part_share > 0.0 && part_share < 1.0) || self.finish_days.is_empty() {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a count")]
        let count = self.finish_days.len() as f64;
        let mean_days = self.finish.days.mean;
        let squares = self.finish_days.iter().map(|days| (f64::from(*days) - mean_days).powi(2));
        let deviation_days = (squares.sum::<f64>() / count).sqrt();
        let parts = 1.0 / (count * part_share) + 1.0 / (count * (1.0 - part_share));
        Some(deviation_days * parts.sqrt())
    }

    /// The share of iterations in which each of the named milestones is reached within its days;
    /// `None` if the outcome has not all of them. It is no more than the share of any alone.
    #[must_use]
    pub fn together_share(&self, limits_days: &[(&str, f64)]) -> Option<f64> {
        let mut is_within = vec![true; self.finish_days.len()];
        for (id, limit_days) in limits_days {
            let milestone = self.milestones.iter().find(|milestone| milestone.id == *id)?;
            for (is_within, days) in is_within.iter_mut().zip(&milestone.reached_days) {
                *is_within &= f64::from(*days) <= *limit_days;
            }
        }
        let within = is_within.iter().filter(|is_within| **is_within).count();
        Some(share(within, is_within.len()))
    }
}

/// Half of what lies between the draws that the binomial deviation is away; the order is changed.
fn error_days(draws_days: &mut [f32], within_share: f64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let count = draws_days.len() as f64;
    let (middle, deviation) =
        (count * within_share, (count * within_share * (1.0 - within_share)).sqrt());
    let (low, high) = ((middle - deviation).floor(), (middle + deviation).ceil());
    if !(deviation > 0.0 && low >= 1.0 && high <= count) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to the count")]
    let [low_rank, high_rank] = [low as usize, high as usize];
    let between_days = at_rank(draws_days, high_rank)? - at_rank(draws_days, low_rank)?;
    Some(between_days * deviation / (high - low))
}

/// The rank of a percentile, from 1.
fn rank(count: usize, within_share: f64) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let rank = (count as f64 * within_share.clamp(0.0, 1.0)).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to the count")]
    let rank = rank as usize;
    rank.clamp(1, count.max(1))
}

/// The draw of a rank, from 1.
fn at_rank(draws_days: &mut [f32], rank: usize) -> Option<f64> {
    let place = rank.checked_sub(1).filter(|place| *place < draws_days.len())?;
    let (_, draw, _) = draws_days.select_nth_unstable_by(place, f32::total_cmp);
    Some(f64::from(*draw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_the_least_that_reach_the_share() {
        for count in [1_usize, 2, 5, 9, 10, 99, 100, 101] {
            for percent in [1_usize, 10, 25, 50, 60, 70, 80, 90, 99, 100] {
                #[expect(clippy::cast_precision_loss, reason = "small")]
                let found = rank(count, percent as f64 / 100.0);
                let least = (1..=count).find(|rank| rank * 100 >= percent * count).unwrap();
                assert_eq!(found, least, "{count} {percent}");
            }
        }
        assert_eq!(percentile_days(&[], 0.8), None);
    }

    #[test]
    fn too_few_draws_have_no_error() {
        for draws_days in [&[][..], &[1.0], &[1.0, 2.0, 3.0]] {
            assert_eq!(percentile_error_days(draws_days, 0.9), None, "{draws_days:?}");
        }
        assert_eq!(percentile_error_days(&[5.0; 100], 0.8), Some(0.0));
        for share in [0.0, 1.0, -1.0, f64::NAN] {
            assert_eq!(percentile_error_days(&[5.0; 100], share), None, "{share}");
        }
    }
}
