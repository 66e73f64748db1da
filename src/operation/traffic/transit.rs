//! From end to end over legs and breaks of gauge: how long, and how sure that is.

use serde::{Deserialize, Serialize};

use super::gauge_break::{GaugeBreak, break_load};
use crate::error::{self, Error, Result};
use crate::schedule::random::words_of;
use crate::schedule::{Distribution, Percentiles};

/// One part of a way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum TransitPart {
    /// A leg between two places, with all stops on it.
    Leg {
        /// Its name.
        name: String,
        /// How long it takes, hours; on top of a run, if one is named.
        duration_h: Distribution,
        /// The line of a study that it runs over, whose time comes from a run.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        run: Option<LegRun>,
        /// Where that comes from.
        #[serde(default)]
        source: String,
    },
    /// A break of gauge, with the trains a day that share it.
    Break {
        /// The station.
        gauge_break: GaugeBreak,
        /// Trains a day that come there.
        trains_per_day: f64,
        /// Where its figures come from.
        #[serde(default)]
        source: String,
    },
}

/// A run over a line of a study, as a part of a leg.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegRun {
    /// Id of a segment, or `corridor` for all of them as one.
    pub line: String,
    /// Whether the leg leads from the end of the line to its beginning.
    #[serde(default)]
    pub is_back: bool,
    /// How long the run takes, hours; no file says it.
    #[serde(skip_deserializing)]
    pub run_h: Option<f64>,
}

impl TransitPart {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Leg { name, .. } => name,
            Self::Break { gauge_break, .. } => &gauge_break.name,
        }
    }

    /// Where its figures come from.
    #[must_use]
    pub fn source(&self) -> &str {
        match self {
            Self::Leg { source, .. } | Self::Break { source, .. } => source,
        }
    }
}

/// How long the way takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TransitTime {
    /// From end to end, hours.
    pub total_h: Percentiles,
    /// The mean of each part, hours, in their order.
    pub parts_h: Vec<f64>,
    /// How each part spreads, hours, in their order.
    pub parts_spread_h: Vec<Percentiles>,
}

/// Time from end to end, by drawing each part so many times.
///
/// Legs are drawn from their distributions, all independent. At a break a train waits with the
/// probability of [`BreakLoad`](super::BreakLoad), and then for an exponential time with the mean
/// that makes the mean wait; that is exact for M/M/c and an assumption else. The same seed gives the
/// same numbers; a percentile is the least draw that so many of all do not exceed.
///
/// # Errors
/// Those of [`break_load`] and of [`Distribution::quantile`];
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for fewer than 100 draws or more than a million.
///
/// ```
/// use railcorridor::operation::traffic::{TransitPart, transit_time};
/// use railcorridor::schedule::Distribution;
///
/// let leg = |low, high| TransitPart::Leg {
///     name: "leg".into(),
///     duration_h: Distribution::Triangular { low, mode: (low + high) / 2.0, high },
///     run: None,
///     source: String::new(),
/// };
/// let time = transit_time(&[leg(10.0, 20.0), leg(30.0, 50.0)], 10_000, 1)?;
/// assert!((time.total_h.p50 - 55.0).abs() < 0.3); // both are symmetric: 15 + 40
/// assert!(time.total_h.p10 > 40.0 && time.total_h.p90 < 70.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn transit_time(parts: &[TransitPart], draws: u32, seed: u64) -> Result<TransitTime> {
    let hint = "a thousand draws tell percentiles to some percent";
    error::within(|| "draws".to_owned(), f64::from(draws), (100.0, 1e6), hint)?;
    let mut totals_h = vec![0.0; draws as usize];
    let mut parts_h = Vec::with_capacity(parts.len());
    let mut parts_spread_h = Vec::with_capacity(parts.len());
    let mut own = vec![0.0; totals_h.len()];
    for (part, group) in parts.iter().zip(0_u32..) {
        let mut sum_h = 0.0;
        let drawn = Drawn::new(part)?;
        for (number, (total_h, one_h)) in (0_u64..).zip(totals_h.iter_mut().zip(&mut own)) {
            let [word, ..] = words_of(seed, number, group);
            let own_h = drawn.at_h((f64::from(word) + 0.5) / 4_294_967_296.0)?;
            *total_h += own_h;
            sum_h += own_h;
            *one_h = own_h;
        }
        let mean_h = sum_h / f64::from(draws);
        parts_h.push(mean_h);
        parts_spread_h.push(spread_h(&mut own, mean_h));
    }
    let total_h = spread_h(&mut totals_h, parts_h.iter().sum());
    Ok(TransitTime { total_h, parts_h, parts_spread_h })
}

/// Percentiles of draws, whose order is changed, with their mean.
fn spread_h(draws_h: &mut [f64], mean_h: f64) -> Percentiles {
    draws_h.sort_unstable_by(f64::total_cmp);
    let percentile = |percent: usize| {
        let place = (draws_h.len() * percent).div_ceil(100).saturating_sub(1);
        draws_h.get(place).copied().unwrap_or_default()
    };
    Percentiles {
        p10: percentile(10),
        p50: percentile(50),
        p80: percentile(80),
        p90: percentile(90),
        mean: mean_h,
    }
}

/// A part ready to be drawn.
enum Drawn<'a> {
    /// What is drawn, and the run below it, hours.
    Leg(&'a Distribution, f64),
    /// Probability of waiting, mean of the waits that there are, the rest: hours.
    Break { wait_probability: f64, wait_h: f64, rest_h: f64 },
}

impl<'a> Drawn<'a> {
    fn new(part: &'a TransitPart) -> Result<Self> {
        match part {
            TransitPart::Leg { duration_h, run: None, .. } => Ok(Self::Leg(duration_h, 0.0)),
            TransitPart::Leg { name, duration_h, run: Some(run), .. } => match run.run_h {
                Some(run_h) => Ok(Self::Leg(duration_h, run_h)),
                None => Err(Error::Traffic {
                    item: name.clone(),
                    problem: format!("the time of a run over {} is not known", run.line),
                    hint: "give the plan its runs first".to_owned(),
                }),
            },
            TransitPart::Break { gauge_break, trains_per_day, .. } => {
                let load = break_load(gauge_break, *trains_per_day)?;
                let wait_probability = load.wait_probability;
                let wait_h =
                    if wait_probability > 0.0 { load.wait_h / wait_probability } else { 0.0 };
                Ok(Self::Break { wait_probability, wait_h, rest_h: load.dwell_h - load.wait_h })
            }
        }
    }

    /// The time that is not exceeded with a probability between 0 and 1.
    fn at_h(&self, probability: f64) -> Result<f64> {
        match self {
            Self::Leg(duration_h, run_h) => Ok(run_h + duration_h.quantile(probability)?),
            Self::Break { wait_probability, wait_h, rest_h } => {
                let over = 1.0 - probability;
                let wait = if over < *wait_probability {
                    -wait_h * (over / wait_probability).ln()
                } else {
                    0.0
                };
                Ok(rest_h + wait)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::traffic::Handling;

    #[test]
    fn means_are_those_of_the_parts() {
        let gauge_break = GaugeBreak {
            name: "b".into(),
            handling: Handling::BogieExchange { wagons: 50, positions: 50, lift_h: 2.0 },
            places: 1,
            besides_h: 1.0,
            arrival_variation_ratio: 1.0,
            handling_variation_ratio: 1.0,
        };
        let load = break_load(&gauge_break, 6.0).unwrap();
        let (source, duration_h) = (String::new(), Distribution::Fixed { value: 30.0 });
        let leg =
            TransitPart::Leg { name: "l".into(), duration_h, run: None, source: source.clone() };
        let parts = [leg, TransitPart::Break { gauge_break, trains_per_day: 6.0, source }];
        let time = transit_time(&parts, 100_000, 7).unwrap();
        assert!((time.parts_h[0] - 30.0).abs() < 1e-9);
        // M/M/1 half busy: 2 h of waiting; the standard deviation of a wait is 3.5 h.
        assert!((load.wait_h - 2.0).abs() < 1e-12);
        assert!((time.parts_h[1] - load.dwell_h).abs() < 4.0 * 3.5 / 316.0);
        // The leg is fixed, so the break spreads as the whole does.
        assert_eq!(time.parts_spread_h[0].p90, 30.0);
        assert!((time.parts_spread_h[1].p90 + 30.0 - time.total_h.p90).abs() < 1e-9);
        // Half of all wait for nothing, and a tenth longer than 4 h ln 5.
        assert!((time.total_h.p50 - 33.0).abs() < 0.1);
        assert!((time.total_h.p90 - 33.0 - 4.0 * 5_f64.ln()).abs() < 0.2);
        assert_eq!(transit_time(&parts, 100_000, 7).unwrap(), time);
        assert!(transit_time(&parts, 0, 7).is_err());
    }
}
