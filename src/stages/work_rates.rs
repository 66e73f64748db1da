//! How fast works go, and how long decisions take.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, within};
use crate::model::Certainty;
use crate::terrain::TerrainClass;

/// How long a decision or a study takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preparation {
    /// Id of the stage of a template, or `financing`, `tender`, `mobilisation`, `trial-running`.
    pub stage: String,
    /// The likely time, months of the calendar.
    pub likely_months: f64,
    /// The shortest time as a share of the likely one.
    pub low_ratio: f64,
    /// The longest time as a share of the likely one.
    pub high_ratio: f64,
    /// Whether it was published.
    pub state: Certainty,
    /// What it rests on.
    pub reason: String,
}

/// How fast one crew works by the terrain that it works in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkRate {
    /// `clearance`, `earthworks`, `structures`, `track`, `ballast`, `signalling`.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// Metres of line a working day on flat ground.
    pub flat_m_per_day: f64,
    /// The same on rolling ground.
    pub rolling_m_per_day: f64,
    /// The same on hilly ground.
    pub hilly_m_per_day: f64,
    /// The same in mountains.
    pub mountain_m_per_day: f64,
    /// The shortest time as a share of the likely one.
    pub low_ratio: f64,
    /// The longest time as a share of the likely one.
    pub high_ratio: f64,
    /// What its duration has in common with that of other work: `ground`, `supply`.
    pub factor: String,
    /// Whether it was published.
    pub state: Certainty,
    /// What it rests on.
    pub reason: String,
}

impl WorkRate {
    /// Metres of line a crew does in a working day on such ground.
    #[must_use]
    pub fn rate_m_per_day(&self, class: TerrainClass) -> f64 {
        match class {
            TerrainClass::Flat => self.flat_m_per_day,
            TerrainClass::Rolling => self.rolling_m_per_day,
            TerrainClass::Hilly => self.hilly_m_per_day,
            TerrainClass::Mountain => self.mountain_m_per_day,
        }
    }
}

/// All that a plan assumes of times and rates.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkRates {
    /// Decisions and studies.
    pub preparation: Vec<Preparation>,
    /// Works along the line.
    pub work: Vec<WorkRate>,
}

impl WorkRates {
    /// Those of `data/rates/works.toml`.
    ///
    /// ```
    /// use railcorridor::stages::WorkRates;
    /// use railcorridor::terrain::TerrainClass;
    ///
    /// // Published for lines of the region: 300 to 350 m of track a day.
    /// let track = WorkRates::builtin().work("track")?;
    /// assert_eq!(track.rate_m_per_day(TerrainClass::Flat), 325.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn builtin() -> &'static Self {
        static RATES: LazyLock<WorkRates> = LazyLock::new(|| {
            // A test reads the file; one that cannot be read would give no rates.
            toml::from_str(include_str!("../../data/rates/works.toml")).unwrap_or_default()
        });
        &RATES
    }

    /// The rate of a kind of work.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none; [`Error::OutOfRange`] for one that is no rate.
    pub fn work(&self, id: &str) -> Result<&WorkRate> {
        let Some(rate) = self.work.iter().find(|rate| rate.id == id) else {
            return Err(unknown(id, self.work.iter().map(|rate| rate.id.as_str())));
        };
        let rates = [
            rate.flat_m_per_day,
            rate.rolling_m_per_day,
            rate.hilly_m_per_day,
            rate.mountain_m_per_day,
        ];
        for value in rates {
            range(&format!("rate of {id}"), value, 1e-3, 1e7)?;
        }
        ratios(id, rate.low_ratio, rate.high_ratio)?;
        Ok(rate)
    }

    /// How long a stage takes.
    ///
    /// # Errors
    /// As [`work`](Self::work).
    pub fn preparation(&self, stage: &str) -> Result<&Preparation> {
        let Some(found) = self.preparation.iter().find(|one| one.stage == stage) else {
            return Err(unknown(stage, self.preparation.iter().map(|one| one.stage.as_str())));
        };
        range(&format!("likely_months of {stage}"), found.likely_months, 0.0, 1_200.0)?;
        ratios(stage, found.low_ratio, found.high_ratio)?;
        Ok(found)
    }
}

fn ratios(id: &str, low_ratio: f64, high_ratio: f64) -> Result<()> {
    range(&format!("low_ratio of {id}"), low_ratio, 0.0, 1.0)?;
    range(&format!("high_ratio of {id}"), high_ratio, 1.0, 100.0)
}

fn range(item: &str, value: f64, low: f64, high: f64) -> Result<()> {
    within(|| item.to_owned(), value, (low, high), "see data/rates/works.toml")
}

fn unknown<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Error {
    Error::Unknown {
        what: "rate",
        name: id.to_owned(),
        hint: format!("known are {}", known.collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rates_that_plans_rest_on_are_read() {
        let rates = WorkRates::builtin();
        for work in ["clearance", "earthworks", "structures", "track", "ballast", "signalling"] {
            rates.work(work).unwrap();
        }
        for stage in ["feasibility", "design", "financing", "tender", "mobilisation"] {
            rates.preparation(stage).unwrap();
        }
    }

    #[test]
    fn rates_that_are_none_are_refused() {
        let mut rates = WorkRates::builtin().clone();
        rates.work[0].hilly_m_per_day = 0.0;
        let id = rates.work[0].id.clone();
        assert!(rates.work(&id).unwrap_err().to_string().contains("0.001 to 10000000"));
        rates.preparation[0].high_ratio = f64::NAN;
        let stage = rates.preparation[0].stage.clone();
        assert!(rates.preparation(&stage).is_err());
        let problem = rates.work("trak").unwrap_err().to_string();
        assert!(problem.contains("trak"), "{problem}");
    }
}
