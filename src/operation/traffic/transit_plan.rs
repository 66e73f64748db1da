//! A way over several railways, as a file.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::gauge_break::break_load;
use super::transit::{TransitPart, TransitTime, transit_time};
use crate::error::{Error, Result};
use crate::model::FORMAT;
use crate::model::problem::Problem;
use crate::model::read::{self, Document};

/// A way from end to end: legs and breaks of gauge in their order, each with the source of its
/// figures.
///
/// ```
/// use railcorridor::operation::traffic::TransitPlan;
///
/// let plan = TransitPlan::from_toml_str(
///     r#"
///     format = 1
///     name = "Over the border"
///
///     [[part]]
///     kind = "leg"
///     name = "to the border"
///     duration_h = { kind = "fixed", value = 10.0 }
///     source = "assumed"
///
///     [[part]]
///     kind = "break"
///     trains_per_day = 6.0
///     source = "assumed"
///
///     [part.gauge_break]
///     name = "border"
///     handling = { kind = "transshipment", moves_count = 60, cranes = 2, moves_per_h = 15.0 }
///     places = 1
///     besides_h = 1.0
///     arrival_variation_ratio = 1.0
///     handling_variation_ratio = 0.0
///     "#,
/// )?;
/// let time = plan.time(10_000, 1)?;
/// // Ten hours, two of handling, one besides, and one of waiting in the mean.
/// assert!((time.total_h.mean - 14.0).abs() < 0.05);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransitPlan {
    /// Version of the format.
    pub format: u32,
    /// From where to where.
    pub name: String,
    /// Its parts, in their order.
    #[serde(rename = "part", default)]
    pub parts: Vec<TransitPart>,
}

impl TransitPlan {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Io`] if the file cannot be read, [`Error::Limit`] if it is far too long,
    /// [`Error::Study`] with all problems and their places if it is not right.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        read::file(path.as_ref())
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems and their places.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        read::text(text, None)
    }

    /// Ids of the lines of a study whose runs its legs ask for, leg by leg.
    pub fn lines_wanted(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            TransitPart::Leg { run: Some(run), .. } => Some(run.line.as_str()),
            _ => None,
        })
    }

    /// The same way with times of runs, hours, for the legs that ask for them.
    ///
    /// # Errors
    /// [`Error::Unknown`] if a leg names a line that has none.
    ///
    /// ```
    /// use railcorridor::operation::traffic::TransitPlan;
    ///
    /// let plan = TransitPlan::from_toml_str(
    ///     "format = 1\nname = \"A-B\"\n[[part]]\nkind = \"leg\"\nname = \"A-B\"\n\
    ///      run = { line = \"a-b\" }\nduration_h = { kind = \"fixed\", value = 1.5 }\n",
    /// )?;
    /// assert!(plan.time(100, 1).is_err());
    /// let run_h = |line: &str, is_back: bool| (line == "a-b" && !is_back).then_some(4.0);
    /// assert_eq!(plan.with_runs(run_h)?.time(100, 1)?.total_h.p50, 5.5);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn with_runs(&self, run_h: impl Fn(&str, bool) -> Option<f64>) -> Result<Self> {
        let mut plan = self.clone();
        for part in &mut plan.parts {
            if let TransitPart::Leg { run: Some(run), .. } = part {
                let found_h = run_h(&run.line, run.is_back);
                run.run_h = Some(found_h.ok_or_else(|| {
                    Error::Unknown {
                        what: "line with a run",
                        name: run.line.clone(),
                        hint:
                            "name a segment of the study, or \"corridor\" if all follow one another"
                                .to_owned(),
                    }
                })?);
            }
        }
        Ok(plan)
    }

    /// How long the way takes: see [`transit_time`].
    ///
    /// # Errors
    /// Those of [`transit_time`].
    pub fn time(&self, draws: u32, seed: u64) -> Result<TransitTime> {
        transit_time(&self.parts, draws, seed)
    }
}

impl Document for TransitPlan {
    const WHAT: &'static str = "way over several railways";
    const BEGIN: &'static str = "start with format = 1, a name and a [[part]]";

    fn problems(&self, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |path: &str, message: String, hint: &str| {
            problems.push(Problem::new(path, "the way", message, hint));
        };
        if self.format != FORMAT {
            let hint = format!("this version reads format = {FORMAT}");
            add("format", format!("format = {} is not known", self.format), &hint);
        }
        if self.name.trim().is_empty() {
            add("name", "name is empty".to_owned(), "say from where to where the way leads");
        }
        if self.parts.is_empty() && lost_ids.is_empty() {
            let hint = "add [[part]] tables with kind = \"leg\" or kind = \"break\"";
            add("name", "the way has no part".to_owned(), hint);
        }
        for (place, part) in self.parts.iter().enumerate() {
            if let Err(error) = check(part) {
                let (message, hint) = words(error);
                let path = format!("part[{place}]");
                problems.push(Problem::new(path, part.name(), message, hint));
            }
        }
        problems.extend(read::value_problems(self, "the way"));
        problems
    }
}

/// Whether a part can be drawn.
fn check(part: &TransitPart) -> Result<()> {
    match part {
        TransitPart::Leg { duration_h, .. } => duration_h.quantile(0.5).map(|_| ()),
        TransitPart::Break { gauge_break, trains_per_day, .. } => {
            break_load(gauge_break, *trains_per_day).map(|_| ())
        }
    }
}

/// What is wrong and what would be right.
fn words(error: Error) -> (String, String) {
    match error {
        Error::OutOfRange { item, value, limit, hint } => {
            (format!("{item} = {value} is outside {limit}"), hint)
        }
        Error::Traffic { problem, hint, .. } => (problem, hint),
        other => (other.to_string(), String::new()),
    }
}
