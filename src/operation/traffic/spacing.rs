//! How far apart loops may lie on even ground, for so many pairs of trains a day.

use serde::{Deserialize, Serialize};

use super::day_use::DayUse;
use crate::error::{self, Error, Result};

/// A line on which trains run at one speed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvenLine {
    /// The speed of running both ways, km/h.
    pub speed_kmh: f64,
    /// What a stop or a start adds, one to each train on each section, seconds.
    pub stop_s: f64,
    /// The intervals at both ends of a section together, seconds.
    pub intervals_s: f64,
}

/// The longest distance between loops at which so many pairs of trains a day fit, metres.
///
/// The period of a section of length d is `2 d / v + 2 stop + intervals`, and must not exceed
/// [`DayUse::longest_period_s`]. On a real line running times differ, and loops are placed by time:
/// [`place_loops`](super::place_loops).
///
/// # Errors
/// [`Error::OutOfRange`] for speeds and times that cannot be; [`Error::Traffic`] if stops and
/// intervals alone take longer than the period.
///
/// ```
/// use railcorridor::operation::traffic::{DayUse, EvenLine, longest_spacing_m};
///
/// let day = DayUse { closed_s: 3_600, reliability_share: 0.92 };
/// let line = EvenLine { speed_kmh: 45.0, stop_s: 180.0, intervals_s: 300.0 };
/// // 1,380 x 0.92 / 12 = 105.8 min; less 6 and 5 leaves 94.8 for both ways: 47.4 min at 45 km/h.
/// assert!((longest_spacing_m(12.0, &line, &day)? - 35_550.0).abs() < 1e-6);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn longest_spacing_m(pairs_per_day: f64, line: &EvenLine, day: &DayUse) -> Result<f64> {
    let hint = "give it in km/h";
    error::within(|| "speed_kmh".to_owned(), line.speed_kmh, (0.1, 1_000.0), hint)?;
    for (item, value) in [("stop_s", line.stop_s), ("intervals_s", line.intervals_s)] {
        error::within(|| item.to_owned(), value, (0.0, 86_400.0), "give it in seconds")?;
    }
    let period_s = day.longest_period_s(pairs_per_day)?;
    let running_s = period_s - 2.0 * line.stop_s - line.intervals_s;
    if running_s <= 0.0 {
        return Err(Error::Traffic {
            item: format!("{pairs_per_day} pairs a day"),
            problem: format!("stops and intervals take all of the period of {period_s:.0} s"),
            hint: "ask for fewer pairs, or shorten the intervals".to_owned(),
        });
    }
    Ok(running_s / 2.0 * line.speed_kmh / 3.6)
}
