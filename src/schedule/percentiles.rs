//! Percentiles of many draws.

use serde::Serialize;

/// Mean and percentiles; in the unit of what they are of.
///
/// A percentile is the least draw that so many of all draws do not exceed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Percentiles {
    /// One draw in ten is no more.
    pub p10: f64,
    /// Half of all are no more.
    pub p50: f64,
    /// Four draws in five are no more.
    pub p80: f64,
    /// Nine draws in ten are no more.
    pub p90: f64,
    /// The mean.
    pub mean: f64,
}

/// Percentiles and mean of draws, whose order is changed.
pub(super) fn percentiles<T: Copy + PartialOrd + Into<f64>>(draws: &mut [T]) -> Percentiles {
    let sum: f64 = draws.iter().map(|draw| (*draw).into()).sum();
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let mean = sum / draws.len().max(1) as f64;
    let mut found = [0.0; 4];
    let (count, mut left_out, mut rest) = (draws.len(), 0, draws);
    for (found, percent) in found.iter_mut().zip([10, 50, 80, 90]) {
        let place = (count * percent).div_ceil(100).saturating_sub(1);
        let Some(within) = place.checked_sub(left_out).filter(|within| *within < rest.len()) else {
            continue;
        };
        let in_order = |a: &T, b: &T| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal);
        // What lies before a percentile need not be looked at for the next one.
        rest.select_nth_unstable_by(within, in_order);
        rest = rest.split_at_mut(within).1;
        left_out = place;
        *found = rest.first().map_or(0.0, |draw| (*draw).into());
    }
    let [p10, p50, p80, p90] = found;
    Percentiles { p10, p50, p80, p90, mean }
}

/// A share of a count.
#[expect(clippy::cast_precision_loss, reason = "counts")]
pub(super) fn share(of: usize, all: usize) -> f64 {
    of as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_draws() {
        for count in [1_u32, 2, 3, 7, 10, 99, 100, 101, 1_000] {
            let mut draws: Vec<f64> =
                (0..count).map(|number| f64::from((number * 7_919) % 1_009)).collect();
            let mut sorted = draws.clone();
            sorted.sort_by(f64::total_cmp);
            let found = percentiles(&mut draws);
            for (percent, value) in
                [(10, found.p10), (50, found.p50), (80, found.p80), (90, found.p90)]
            {
                let least = sorted.iter().find(|value| {
                    let no_more = sorted.iter().filter(|other| other <= value).count();
                    no_more * 100 >= percent * sorted.len()
                });
                assert_eq!(Some(&value), least, "{count} {percent}");
            }
        }
        assert_eq!(percentiles::<f64>(&mut []), Percentiles::default());
    }
}
