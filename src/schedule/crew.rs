//! Crews that move along the line, and ground that is closed to them.

use serde::{Deserialize, Serialize};

use crate::error::{self, Error, Result};

/// Farthest chainage, metres from 0: more than once round the earth.
const MAX_CHAINAGE_M: f64 = 1e8;
/// Last day, counted from day 0: more than two thousand years.
const MAX_DAY: f64 = 1e6;
/// Slowest and fastest work, metres a day.
const RATES_M_PER_DAY: (f64, f64) = (1e-3, 1e7);

/// Which way a crew moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Towards higher chainage.
    #[default]
    Increasing,
    /// Towards lower chainage.
    Decreasing,
}

impl Direction {
    /// 1 towards higher chainage, -1 towards lower.
    pub(super) fn sign(self) -> f64 {
        match self {
            Self::Increasing => 1.0,
            Self::Decreasing => -1.0,
        }
    }
}

/// How fast work goes between two chainages: quantity per day over quantity per metre.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateRange {
    /// Where it begins, the lower chainage, metres.
    pub from_m: f64,
    /// Where it ends, the higher chainage, metres.
    pub to_m: f64,
    /// Metres of line done in a day; above 0.
    pub rate_m_per_day: f64,
}

/// One crew keeps behind another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// Name of the crew that goes ahead.
    pub leader: String,
    /// Days that lie between the two at every chainage that both work at; 0 or more.
    #[serde(default)]
    pub buffer_days: f64,
    /// Metres that the leader has gone on when the follower comes, or less if it has finished;
    /// 0 or more.
    #[serde(default)]
    pub buffer_m: f64,
}

/// A crew that goes through the line without a stop: clearing, earthworks, track laying.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crew {
    /// Its name; no two share one.
    pub name: String,
    /// Which way it goes.
    #[serde(default)]
    pub direction: Direction,
    /// Where it works and how fast, by chainage, each range beginning where the last one ends.
    pub ranges: Vec<RateRange>,
    /// The first day on which it may begin.
    #[serde(default)]
    pub earliest_day: f64,
    /// Crews ahead of it, all named earlier in the list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follows: Vec<Follow>,
}

/// Ground that is closed for some days: a bridge not ready, a pass in winter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedZone {
    /// Its name.
    pub name: String,
    /// Where it begins, the lower chainage, metres.
    pub from_m: f64,
    /// Where it ends, the higher chainage, metres.
    pub to_m: f64,
    /// First day on which it is closed; absent if it has never been open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_day: Option<f64>,
    /// The day on which it opens.
    pub until_day: f64,
    /// Names of the crews that it is closed to; all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crews: Vec<String>,
}

impl Crew {
    /// Refuses ranges that leave gaps or overlap, and numbers that are none.
    pub(super) fn check(&self) -> Result<()> {
        within(|| format!("earliest_day of {}", self.name), self.earliest_day, -MAX_DAY, MAX_DAY)?;
        check_ranges(&self.name, &self.ranges)?;
        for follow in &self.follows {
            let of = format!("of {} behind {}", self.name, follow.leader);
            within(|| format!("buffer_days {of}"), follow.buffer_days, 0.0, MAX_DAY)?;
            within(|| format!("buffer_m {of}"), follow.buffer_m, 0.0, MAX_CHAINAGE_M)?;
        }
        Ok(())
    }
}

impl ClosedZone {
    /// Refuses ranges of chainage or days that are none.
    pub(super) fn check(&self) -> Result<()> {
        let item = |what: &str| format!("{what} of closed zone {}", self.name);
        within(|| item("from_m"), self.from_m, -MAX_CHAINAGE_M, MAX_CHAINAGE_M)?;
        within(|| item("to_m"), self.to_m, self.from_m, MAX_CHAINAGE_M)?;
        let from_day = self.from_day.unwrap_or(-MAX_DAY);
        within(|| item("from_day"), from_day, -MAX_DAY, MAX_DAY)?;
        within(|| item("until_day"), self.until_day, from_day, MAX_DAY)
    }

    /// Whether a crew must keep out.
    pub(super) fn holds(&self, crew: &str) -> bool {
        self.crews.is_empty() || self.crews.iter().any(|name| name == crew)
    }
}

/// Refuses ranges that are empty, leave gaps or overlap.
pub(super) fn check_ranges(owner: &str, ranges: &[RateRange]) -> Result<()> {
    let mut end_m = match ranges.first() {
        Some(first) => first.from_m,
        None => {
            return Err(Error::OutOfRange {
                item: format!("number of ranges of {owner}"),
                value: 0.0,
                limit: "1 or more".into(),
                hint: "say where it works and how fast".into(),
            });
        }
    };
    for (number, range) in (1..).zip(ranges) {
        let item = |what: &str| format!("{what} of {owner}, range {number}");
        within(|| item("from_m"), range.from_m, -MAX_CHAINAGE_M, MAX_CHAINAGE_M)?;
        if range.from_m != end_m {
            return Err(Error::OutOfRange {
                item: item("from_m"),
                value: range.from_m,
                limit: format!("the end of the range before it, {end_m}"),
                hint: "list the ranges by chainage without gaps".into(),
            });
        }
        within(|| item("to_m"), range.to_m, range.from_m, MAX_CHAINAGE_M)?;
        if !(range.to_m > range.from_m) {
            return Err(Error::OutOfRange {
                item: item("to_m"),
                value: range.to_m,
                limit: format!("above {}", range.from_m),
                hint: "a range runs from the lower to the higher chainage".into(),
            });
        }
        let (slowest, fastest) = RATES_M_PER_DAY;
        within(|| item("rate_m_per_day"), range.rate_m_per_day, slowest, fastest)?;
        end_m = range.to_m;
    }
    Ok(())
}

/// Refuses a number outside of its range, or none at all.
pub(super) fn within(item: impl FnOnce() -> String, value: f64, low: f64, high: f64) -> Result<()> {
    error::within(item, value, (low, high), "give a number in that range")
}
