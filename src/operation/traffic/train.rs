//! Trains of a day, and hours in which sections are closed.

use serde::{Deserialize, Serialize};

use super::day_use::DAY_S;
use crate::error::{self, Error, Result};
use crate::schedule::Direction;

/// Latest release, seconds: the end of a year.
const MAX_RELEASE_S: u64 = 366 * 86_400;

/// A train from one end of the line to the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraphTrain {
    /// Its number or name.
    pub name: String,
    /// Name of its class.
    pub class: String,
    /// Which way it goes.
    pub direction: Direction,
    /// When it may leave its first station, seconds from midnight of the first day.
    pub release_s: u64,
}

impl GraphTrain {
    pub(super) fn check(&self) -> Result<()> {
        let item = || format!("release_s of train {}", self.name);
        let hint = "count seconds from midnight of the first day";
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53, or out of range anyway")]
        let (value, range) = (self.release_s as f64, (0.0, MAX_RELEASE_S as f64));
        error::within(item, value, range, hint)
    }
}

/// Departures of a class in a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DailyTrains {
    /// Name of the class.
    pub class: String,
    /// Trains a day towards higher chainage.
    pub increasing: u32,
    /// Trains a day towards lower chainage.
    pub decreasing: u32,
}

/// Trains of one day, those of each class and direction evenly over its 24 hours.
///
/// The first of n trains may leave after half of a gap of `24 / n` hours. Trains towards higher
/// chainage have odd numbers, the others even ones, as is the custom on 1520 mm railways.
///
/// # Errors
/// [`Error::Limit`] beyond [`MAX_TRAINS`].
///
/// ```
/// use railcorridor::operation::traffic::{DailyTrains, day_of_trains};
///
/// let freight = DailyTrains { class: "freight".into(), increasing: 2, decreasing: 1 };
/// let trains = day_of_trains(&[freight])?;
/// let told: Vec<_> = trains.iter().map(|train| (train.name.as_str(), train.release_s / 3_600)).collect();
/// assert_eq!(told, [("freight 1", 6), ("freight 3", 18), ("freight 2", 12)]);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn day_of_trains(daily: &[DailyTrains]) -> Result<Vec<GraphTrain>> {
    let count: u64 =
        daily.iter().map(|of| u64::from(of.increasing) + u64::from(of.decreasing)).sum();
    within_limit(count)?;
    let mut trains = Vec::new();
    for of in daily {
        for (direction, count, first) in
            [(Direction::Increasing, of.increasing, 1), (Direction::Decreasing, of.decreasing, 2)]
        {
            trains.extend((0..count).map(|number| GraphTrain {
                name: format!("{} {}", of.class, first + 2 * number),
                class: of.class.clone(),
                direction,
                release_s: (2 * u64::from(number) + 1) * u64::from(DAY_S) / (2 * u64::from(count)),
            }));
        }
    }
    Ok(trains)
}

/// Most trains of one graph.
pub const MAX_TRAINS: usize = 5_000;

pub(super) fn within_limit(trains: u64) -> Result<()> {
    if trains <= MAX_TRAINS as u64 {
        return Ok(());
    }
    Err(Error::Limit {
        item: "a train graph".to_owned(),
        needed: format!("{trains} trains"),
        limit: format!("{MAX_TRAINS} trains"),
        hint: "give the trains of some days".to_owned(),
    })
}

/// Hours of every day in which no train may be on a section: maintenance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// The section, counted from 0.
    pub section: usize,
    /// From when, seconds after midnight.
    pub from_s: u32,
    /// Until when, seconds after midnight; above `from_s`, and 86,400 at most.
    pub to_s: u32,
}

impl Closure {
    pub(super) fn check(&self, sections: usize) -> Result<()> {
        let item = || "section of a closure".to_owned();
        #[expect(clippy::cast_precision_loss, reason = "a count")]
        let (section, last) = (self.section as f64, sections.saturating_sub(1) as f64);
        error::within(item, section, (0.0, last), "count sections from 0")?;
        let item = || format!("to_s of a closure of section {}", self.section);
        let range = (f64::from(self.from_s) + 1.0, f64::from(DAY_S));
        error::within(item, f64::from(self.to_s), range, "cut at midnight what goes beyond it")
    }

    /// When a stay from `from_s` to `to_s` may begin at the earliest, as far as this closure goes.
    pub(super) fn earliest_s(&self, from_s: u64, to_s: u64) -> u64 {
        let day_s = u64::from(DAY_S);
        let mut midnight_s = from_s / day_s * day_s;
        while midnight_s + u64::from(self.from_s) < to_s {
            if midnight_s + u64::from(self.to_s) > from_s {
                return midnight_s + u64::from(self.to_s);
            }
            midnight_s += day_s;
        }
        from_s
    }
}
