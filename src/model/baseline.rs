//! What a contract or budget set for the works, and what was done and spent since.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Date;
use super::read::{self, Document as _};
use crate::error::Result;

/// Budget, plan and reports of the works, in a file of their own beside a study.
///
/// Money is in US dollars. Shares, quantities and amounts are cumulative: all up to the evening of
/// the day named, which may be a month or a year (its last day).
///
/// ```
/// use railcorridor::model::Baseline;
///
/// let baseline = Baseline::from_toml_str(
///     r#"
///     format = 1
///     name = "contract of March 2026"
///
///     [[activity]]
///     id = "track"
///     name = "track laying"
///     budget_usd = 100e6
///     quantity = 112
///     unit = "km of track"
///     start = 2026-04-01
///     planned = [{ by = "2026-12", percent = 40 }, { by = "2027-12", percent = 100 }]
///     reports = [{ on = "2026-09", done = 28, spent_usd = 30e6 }]
///     "#,
/// )?;
/// assert_eq!(baseline.activities[0].reports[0].on.last_day().to_string(), "2026-09-30");
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Baseline {
    /// Version of the file's format: [`FORMAT`](super::FORMAT).
    pub format: u32,
    /// Whose plan it is, and of when.
    pub name: String,
    /// Groups of activities.
    #[serde(rename = "group", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<BaselineGroup>,
    /// The works.
    #[serde(rename = "activity")]
    pub activities: Vec<BaselineActivity>,
}

/// Activities that are added up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineGroup {
    /// Unique in the file.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// Id of the group that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
}

/// A work with its budget, its plan and its reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineActivity {
    /// Unique in the file.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// Id of the group that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// What all of it is to cost.
    pub budget_usd: f64,
    /// The whole quantity, in its unit; without it, reports give per cent of the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<f64>,
    /// The unit of the quantity: `km of track`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The morning on which it begins by the plan.
    pub start: Date,
    /// How much is to be done by when; straight between, from nothing at the start to all at the
    /// last.
    pub planned: Vec<PlannedShare>,
    /// What was done and spent, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<WorkReport>,
}

/// How much of a work is to be done by a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedShare {
    /// The day, whose evening counts.
    pub by: Date,
    /// Per cent of the work.
    pub percent: f64,
}

/// How much of a work was done and spent by a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkReport {
    /// The day, whose evening counts.
    pub on: Date,
    /// The quantity done, in the unit of the activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<f64>,
    /// Per cent of the work done, of an activity without a quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<f64>,
    /// All that it has cost so far.
    pub spent_usd: f64,
}

impl Baseline {
    /// Reads a baseline file.
    ///
    /// # Errors
    /// [`Error::Io`](crate::Error::Io) if the file cannot be read, [`Error::Limit`](crate::Error::Limit) if it is far too long,
    /// [`Error::Study`](crate::Error::Study) with all problems and their places if it is not right.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        read::file(path.as_ref())
    }

    /// Reads the text of a baseline file.
    ///
    /// # Errors
    /// [`Error::Study`](crate::Error::Study) with all problems and their places.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        read::text(text, None)
    }

    /// Holds a baseline that was built in Rust against the rules of the file.
    ///
    /// # Errors
    /// [`Error::Study`](crate::Error::Study) with all problems.
    pub fn check(&self) -> Result<()> {
        self.checked()
    }
}
