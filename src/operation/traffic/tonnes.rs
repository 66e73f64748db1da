//! What pairs of trains a day carry in a year.

use serde::{Deserialize, Serialize};

use crate::error::{self, Result};

/// What a train carries each way, and how many of the trains that fit really run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadBasis {
    /// Freight in a train towards higher chainage, in the mean of loaded and empty ones, tonnes.
    pub increasing_net_t: f64,
    /// Freight in a train towards lower chainage, tonnes.
    pub decreasing_net_t: f64,
    /// Share of the paths that are used in the mean of the year: less than 1 where months or days
    /// differ.
    pub path_use_share: f64,
    /// Days of the year on which trains run.
    pub days_per_year: f64,
}

/// Freight of a year each way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct YearLoad {
    /// Towards higher chainage, million tonnes a year.
    pub increasing_mt_per_year: f64,
    /// Towards lower chainage, million tonnes a year.
    pub decreasing_mt_per_year: f64,
    /// Pairs of trains a year.
    pub pairs_per_year: f64,
}

impl YearLoad {
    /// Both ways together, million tonnes a year.
    #[must_use]
    pub fn both_mt_per_year(&self) -> f64 {
        self.increasing_mt_per_year + self.decreasing_mt_per_year
    }
}

/// The freight of a year: pairs a day x days x share used x net tonnes of a train.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for tonnes or pairs below 0, a share that is not
/// from 0 to 1, and more days than a year has.
///
/// ```
/// use railcorridor::operation::traffic::{LoadBasis, year_load};
///
/// let basis = LoadBasis {
///     increasing_net_t: 3_000.0, decreasing_net_t: 1_000.0, path_use_share: 0.8, days_per_year: 350.0,
/// };
/// let load = year_load(10.0, &basis)?;
/// assert_eq!(load.pairs_per_year, 2_800.0);
/// assert!((load.increasing_mt_per_year - 8.4).abs() < 1e-12);
/// assert!((load.both_mt_per_year() - 11.2).abs() < 1e-12);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn year_load(pairs_per_day: f64, basis: &LoadBasis) -> Result<YearLoad> {
    for (item, value, limit, hint) in [
        ("pairs_per_day", pairs_per_day, 1e6, "give pairs a day"),
        ("increasing_net_t", basis.increasing_net_t, 1e6, "give tonnes of freight in a train"),
        ("decreasing_net_t", basis.decreasing_net_t, 1e6, "give tonnes of freight in a train"),
        ("path_use_share", basis.path_use_share, 1.0, "0.8 is four paths in five"),
        ("days_per_year", basis.days_per_year, 366.0, "a year has no more"),
    ] {
        error::within(|| item.to_owned(), value, (0.0, limit), hint)?;
    }
    let pairs_per_year = pairs_per_day * basis.days_per_year * basis.path_use_share;
    Ok(YearLoad {
        increasing_mt_per_year: pairs_per_year * basis.increasing_net_t / 1e6,
        decreasing_mt_per_year: pairs_per_year * basis.decreasing_net_t / 1e6,
        pairs_per_year,
    })
}
