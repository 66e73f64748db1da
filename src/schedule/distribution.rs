//! How long something may take, or what it may cost: a distribution of values of 0 and more.

use serde::{Deserialize, Serialize};

use super::beta::Beta;
use super::crew::within;
use super::normal::normal_quantile;
use crate::error::{Error, Result};

/// Largest value of a distribution.
const MAX_VALUE: f64 = 1e12;

/// How a value varies; in the unit of what is drawn, days or US dollars.
///
/// The choice matters as much as the three numbers: of 10, 20 and 45 days the 80th percentile is
/// 28.1 days by beta-PERT and 31.8 by the triangle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum Distribution {
    /// Always the same.
    Fixed {
        /// The value.
        value: f64,
    },
    /// Straight up from the lowest value to the likeliest and straight down to the highest.
    Triangular {
        /// The lowest value.
        low: f64,
        /// The likeliest value.
        mode: f64,
        /// The highest value.
        high: f64,
    },
    /// A beta distribution with the mean `(low + weight mode + high) / (weight + 2)`.
    BetaPert {
        /// The lowest value.
        low: f64,
        /// The likeliest value.
        mode: f64,
        /// The highest value.
        high: f64,
        /// How much the likeliest value counts, 0 to 100; 4 in PERT as published.
        #[serde(default = "pert_weight")]
        weight: f64,
    },
    /// The logarithm is normal; from two percentiles.
    Lognormal {
        /// One draw in ten stays below.
        p10: f64,
        /// Nine draws in ten stay below.
        p90: f64,
    },
    /// The logarithm is normal; from the mean and the standard deviation of the values themselves.
    LognormalMean {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        deviation: f64,
    },
    /// As observed: straight between the observations in order, each of them equally far from the
    /// next in probability, the least at 0 and the greatest at 1. Two values make a uniform one.
    Empirical {
        /// The observations, in any order.
        values: Vec<f64>,
    },
}

fn pert_weight() -> f64 {
    4.0
}

impl Distribution {
    /// Refuses what is no distribution of values of 0 and more.
    pub(super) fn check(&self, of: &str) -> Result<()> {
        let item = |what: &str| format!("{what} of {of}");
        let in_order = |low: f64, mode: f64, high: f64| {
            within(|| item("low"), low, 0.0, MAX_VALUE)?;
            within(|| item("high"), high, low, MAX_VALUE)?;
            within(|| item("mode"), mode, low, high)
        };
        match self {
            Self::Fixed { value } => within(|| item("value"), *value, 0.0, MAX_VALUE),
            Self::Triangular { low, mode, high } => in_order(*low, *mode, *high),
            Self::BetaPert { low, mode, high, weight } => {
                in_order(*low, *mode, *high)?;
                within(|| item("weight"), *weight, 0.0, 100.0)
            }
            Self::Lognormal { p10, p90 } => {
                within(|| item("p10"), *p10, 1e-6, MAX_VALUE)?;
                within(|| item("p90"), *p90, *p10, (p10 * 1e6).min(MAX_VALUE))
            }
            Self::LognormalMean { mean, deviation } => {
                within(|| item("mean"), *mean, 1e-6, MAX_VALUE)?;
                within(|| item("deviation"), *deviation, 0.0, mean * 100.0)
            }
            Self::Empirical { values } => {
                for value in values {
                    within(|| item("one of the values"), *value, 0.0, MAX_VALUE)?;
                }
                if values.is_empty() {
                    return Err(Error::OutOfRange {
                        item: item("number of values"),
                        value: 0.0,
                        limit: "1 or more".into(),
                        hint: "give what was observed".into(),
                    });
                }
                Ok(())
            }
        }
    }

    /// The value that a draw stays below with a probability between 0 and 1.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a distribution that is none, or a probability outside of 0 to 1.
    ///
    /// # Example
    /// ```
    /// use railcorridor::schedule::Distribution;
    ///
    /// // Half of this triangle lies left of its mode: 10 + sqrt(0.5 * 20 * 10) = 20.
    /// let days = Distribution::Triangular { low: 10.0, mode: 20.0, high: 30.0 };
    /// assert!((days.quantile(0.5)? - 20.0).abs() < 1e-12);
    /// assert_eq!(days.mean()?, 20.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn quantile(&self, probability: f64) -> Result<f64> {
        self.check("the distribution")?;
        within(|| "probability".into(), probability, 0.0, 1.0)?;
        let source = Source::new(self);
        Ok(if probability <= 0.5 {
            source.value_below(probability)
        } else {
            source.value_above(1.0 - probability)
        })
    }

    /// The mean.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a distribution that is none.
    pub fn mean(&self) -> Result<f64> {
        self.check("the distribution")?;
        Ok(match self {
            Self::Fixed { value } => *value,
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::BetaPert { low, mode, high, weight } => {
                (low + weight * mode + high) / (weight + 2.0)
            }
            Self::Lognormal { .. } => {
                let (mu, sigma) = self.log_normal();
                (mu + sigma * sigma / 2.0).exp()
            }
            Self::LognormalMean { mean, .. } => *mean,
            Self::Empirical { values } => {
                let mut sorted = values.clone();
                sorted.sort_by(f64::total_cmp);
                let (first, last) = (sorted.first(), sorted.last());
                let ends = first.copied().unwrap_or(0.0) + last.copied().unwrap_or(0.0);
                #[expect(clippy::cast_precision_loss, reason = "a count")]
                let gaps = sorted.len().saturating_sub(1) as f64;
                if gaps == 0.0 {
                    ends / 2.0
                } else {
                    (sorted.iter().sum::<f64>() - ends / 2.0) / gaps
                }
            }
        })
    }

    /// Mean and standard deviation of the logarithm.
    fn log_normal(&self) -> (f64, f64) {
        match self {
            Self::Lognormal { p10, p90 } => {
                let sigma = (p90 / p10).ln() / (2.0 * normal_quantile(0.9));
                ((p10 * p90).ln() / 2.0, sigma)
            }
            Self::LognormalMean { mean, deviation } => {
                let variance = (deviation / mean).powi(2).ln_1p();
                (mean.ln() - variance / 2.0, variance.sqrt())
            }
            _ => (0.0, 0.0),
        }
    }
}

/// A checked distribution, ready to be asked for many quantiles.
pub(super) enum Source {
    Fixed(f64),
    /// low, mode, high, low below high.
    Triangle(f64, f64, f64),
    /// The distribution, low, high.
    Pert(Beta, f64, f64),
    /// Mean and standard deviation of the logarithm.
    LogNormal(f64, f64),
    /// The observations in order.
    Observed(Vec<f64>),
}

impl Source {
    pub(super) fn new(of: &Distribution) -> Self {
        match of {
            Distribution::Fixed { value } => Self::Fixed(*value),
            Distribution::Triangular { low, high, .. }
            | Distribution::BetaPert { low, high, .. }
                if low == high =>
            {
                Self::Fixed(*low)
            }
            Distribution::Triangular { low, mode, high } => Self::Triangle(*low, *mode, *high),
            Distribution::BetaPert { low, mode, high, weight } => {
                let share = (mode - low) / (high - low);
                let beta = Beta::new(1.0 + weight * share, 1.0 + weight * (1.0 - share));
                Self::Pert(beta, *low, *high)
            }
            Distribution::Lognormal { .. } | Distribution::LognormalMean { .. } => {
                let (mu, sigma) = of.log_normal();
                Self::LogNormal(mu, sigma)
            }
            Distribution::Empirical { values } => {
                let mut values = values.clone();
                values.sort_by(f64::total_cmp);
                Self::Observed(values)
            }
        }
    }

    /// The value that a draw stays below with a probability up to a half.
    pub(super) fn value_below(&self, probability: f64) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Triangle(low, mode, high) => triangle(probability, *low, *mode, *high),
            Self::Pert(beta, low, high) => low + (high - low) * beta.quantile(probability),
            Self::LogNormal(mu, sigma) => (mu + sigma * half_quantile(probability)).exp(),
            Self::Observed(values) => observed(values, probability),
        }
    }

    /// The value that a draw stays above with a probability up to a half.
    pub(super) fn value_above(&self, probability: f64) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Triangle(low, mode, high) => -triangle(probability, -*high, -*mode, -*low),
            Self::Pert(beta, low, high) => {
                high - (high - low) * beta.mirrored().quantile(probability)
            }
            Self::LogNormal(mu, sigma) => (mu - sigma * half_quantile(probability)).exp(),
            Self::Observed(values) => observed(values, 1.0 - probability),
        }
    }
}

/// The quantile of a triangle.
fn triangle(probability: f64, low: f64, mode: f64, high: f64) -> f64 {
    let width = high - low;
    if probability * width <= mode - low {
        low + (probability * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - probability) * width * (high - mode)).sqrt()
    }
}

/// The normal quantile of a probability up to a half; finite at 0.
fn half_quantile(probability: f64) -> f64 {
    normal_quantile(probability.max(f64::MIN_POSITIVE))
}

/// Straight between observations in order.
fn observed(values: &[f64], probability: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let place = probability * values.len().saturating_sub(1) as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the number of values"
    )]
    let before = place as usize;
    let (Some(low), last) = (values.get(before), values.last()) else {
        return values.last().copied().unwrap_or(0.0);
    };
    let high = values.get(before + 1).or(last).unwrap_or(low);
    low + (high - low) * place.fract()
}
