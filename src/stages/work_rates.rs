//! How fast works go, and how long decisions take.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Machine, Quantities};
use crate::error::{Error, Result, within};
use crate::model::Certainty;

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

/// How fast one crew works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkRate {
    /// `clearance`, `earthworks`, `culverts`, `bridges`, `tunnels`, `track`, `ballast`, `stations`,
    /// `signalling`.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// What a crew does in a working day of each kind of thing, if it did nothing else; 0 for what
    /// is no part of the work.
    pub per_day: Quantities,
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

/// How much of what no search of a way can see there is on a kilometre of line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Density {
    /// What is counted: `culvert_count` on open line; `station_count`, `turnout_count` on all line.
    pub of: String,
    /// How many there are on a kilometre.
    pub per_km: f64,
    /// Whether it was published.
    pub state: Certainty,
    /// What it rests on.
    pub reason: String,
}

/// How works are paid for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The share of the cost of works that is paid by the day: it grows with their time. The rest
    /// is paid by amount.
    pub by_day_ratio: f64,
    /// Whether it was published.
    pub state: Certainty,
    /// What it rests on.
    pub reason: String,
}

/// All that a plan assumes of times and rates.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkRates {
    /// Decisions and studies.
    pub preparation: Vec<Preparation>,
    /// Works along the line.
    pub work: Vec<WorkRate>,
    /// What stands along the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub density: Vec<Density>,
    /// How works are paid for; by amount alone if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// What there is of machines and crews; a plan keeps to those of its options alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub machine: Vec<Machine>,
}

impl WorkRates {
    /// Those of `data/rates/works.toml`.
    ///
    /// ```
    /// use railcorridor::stages::WorkRates;
    ///
    /// // Published for lines of the region: 300 to 350 m of track a day.
    /// let track = WorkRates::builtin().work("track")?;
    /// assert_eq!(track.per_day.flat_m, 325.0);
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
        for (name, value) in rate.per_day.named() {
            range(&format!("{name} a day of {id}"), value, 1e-5, 1e7)?;
        }
        if rate.per_day.named().next().is_none() {
            range(&format!("rates of {id}"), 0.0, 1e-5, 1e7)?;
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

    /// Adds what stands on so much line of what the amounts hold.
    pub(super) fn add_by_density(&self, amounts: &mut Quantities, length_m: f64) {
        let open_m = amounts.open_line_m();
        for density in &self.density {
            let on_m = if density.of == "culvert_count" { open_m } else { length_m };
            if let Some(part) = amounts.of_name(&density.of) {
                *part += density.per_km * on_m / 1e3;
            }
        }
    }

    /// Refuses a share that is none.
    pub(super) fn check_payment(&self) -> Result<()> {
        let share = self.payment.as_ref().map_or(0.0, |payment| payment.by_day_ratio);
        range("by_day_ratio of payment", share, 0.0, 1.0)
    }

    /// Refuses densities of what is not known, and those that are none.
    pub(super) fn check_densities(&self) -> Result<()> {
        const COUNTED: [&str; 3] = ["culvert_count", "station_count", "turnout_count"];
        for density in &self.density {
            if !COUNTED.contains(&density.of.as_str()) {
                return Err(Error::Unknown {
                    what: "density",
                    name: density.of.clone(),
                    hint: format!("known are {}", COUNTED.join(", ")),
                });
            }
            range(&format!("per_km of {}", density.of), density.per_km, 0.0, 1e3)?;
        }
        Ok(())
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
        rates.check_densities().unwrap();
        for work in [
            "clearance",
            "earthworks",
            "culverts",
            "bridges",
            "tunnels",
            "track",
            "ballast",
            "stations",
            "signalling",
        ] {
            rates.work(work).unwrap();
        }
        for stage in ["feasibility", "design", "financing", "tender", "mobilisation"] {
            rates.preparation(stage).unwrap();
        }
    }

    #[test]
    fn rates_that_are_none_are_refused() {
        let mut rates = WorkRates::builtin().clone();
        rates.work[0].per_day.hilly_m = -1.0;
        let id = rates.work[0].id.clone();
        assert!(rates.work(&id).unwrap_err().to_string().contains("0.00001 to 10000000"));
        rates.work[0].per_day = Quantities::default();
        assert!(rates.work(&id).unwrap_err().to_string().contains("rates of"));
        rates.density[0].of = "flat_m".into();
        assert!(rates.check_densities().unwrap_err().to_string().contains("culvert_count"));
        rates.preparation[0].high_ratio = f64::NAN;
        let stage = rates.preparation[0].stage.clone();
        assert!(rates.preparation(&stage).is_err());
        let problem = rates.work("trak").unwrap_err().to_string();
        assert!(problem.contains("trak"), "{problem}");
    }
}
