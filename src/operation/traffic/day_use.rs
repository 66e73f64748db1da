//! How much of a day trains can use, and what that makes of a period.

use serde::{Deserialize, Serialize};

use crate::error::{self, Result};

/// Seconds of a day.
pub(super) const DAY_S: u32 = 86_400;

/// How much of a day is left for trains.
///
/// The defaults, an hour for maintenance and 0.92 for reliability, are the lower end and the middle
/// of what 1520 mm practice takes for single track (60 to 90 minutes; 0.90 to 0.93). They were not
/// read in a standard: assumed, until somebody confirms them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayUse {
    /// The line is closed for maintenance so long each day, seconds.
    pub closed_s: u32,
    /// Share of the rest that failures leave.
    pub reliability_share: f64,
}

impl Default for DayUse {
    fn default() -> Self {
        Self { closed_s: 3_600, reliability_share: 0.92 }
    }
}

impl DayUse {
    /// Pairs of trains a day at a period: `N = (1440 - t_tech) alpha / T` in minutes (tlookup.ru,
    /// "wocs-1042"); so many fit, in the mean of many days.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) for a day closed all day, a share that is
    /// not above 0 and up to 1, and a period of 0.
    ///
    /// ```
    /// use railcorridor::operation::traffic::DayUse;
    ///
    /// let day = DayUse { closed_s: 3_600, reliability_share: 0.92 };
    /// let pairs = day.pairs_per_day(55.0 * 60.0)?;
    /// assert!((pairs - 1_380.0 * 0.92 / 55.0).abs() < 1e-12); // 23.08
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn pairs_per_day(&self, period_s: f64) -> Result<f64> {
        let hint = "a pair of trains takes time";
        error::within(|| "period_s".to_owned(), period_s, (1.0, 1e12), hint)?;
        Ok(self.used_s()? / period_s)
    }

    /// The longest period at which so many pairs of trains a day fit, seconds.
    ///
    /// # Errors
    /// As [`Self::pairs_per_day`], and for pairs that are not above 0.
    pub fn longest_period_s(&self, pairs_per_day: f64) -> Result<f64> {
        let hint = "ask for a number of pairs above 0";
        error::within(|| "pairs_per_day".to_owned(), pairs_per_day, (1e-6, 1e6), hint)?;
        Ok(self.used_s()? / pairs_per_day)
    }

    /// Seconds a day that trains use at most.
    fn used_s(&self) -> Result<f64> {
        let hint = "leave some of the day to trains";
        let range = (0.0, f64::from(DAY_S - 1));
        error::within(|| "closed_s".to_owned(), f64::from(self.closed_s), range, hint)?;
        let hint = "0.9 is one day in ten lost";
        error::within(
            || "reliability_share".to_owned(),
            self.reliability_share,
            (1e-3, 1.0),
            hint,
        )?;
        Ok(f64::from(DAY_S - self.closed_s) * self.reliability_share)
    }
}

/// Pairs of other trains, and how many pairs of freight trains each of them takes the place of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// Pairs of them a day.
    pub pairs_per_day: f64,
    /// Pairs of freight trains that one of them removes: 1.0 to 1.6 for passenger trains on single
    /// track (tlookup.ru, "wocs-1044").
    pub removal_ratio: f64,
}

/// Pairs of freight trains that fit beside other trains: `N - sum(eps_k N_k)`, 0 at least.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for numbers below 0 or that are none.
///
/// ```
/// use railcorridor::operation::traffic::{Removal, freight_pairs_per_day};
///
/// let passenger = Removal { pairs_per_day: 2.0, removal_ratio: 1.5 };
/// assert_eq!(freight_pairs_per_day(24.0, &[passenger])?, 21.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn freight_pairs_per_day(pairs_per_day: f64, others: &[Removal]) -> Result<f64> {
    let hint = "give pairs a day";
    error::within(|| "pairs_per_day".to_owned(), pairs_per_day, (0.0, 1e6), hint)?;
    let mut left = pairs_per_day;
    for other in others {
        error::within(|| "pairs_per_day".to_owned(), other.pairs_per_day, (0.0, 1e6), hint)?;
        let item = || "removal_ratio".to_owned();
        error::within(item, other.removal_ratio, (0.0, 100.0), "1 to 1.6 is usual")?;
        left -= other.removal_ratio * other.pairs_per_day;
    }
    Ok(left.max(0.0))
}
