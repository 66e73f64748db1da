//! Work done, always with what it is a part of, and the value that it has earned.

use serde::{Deserialize, Serialize};

use super::crew::within;
use super::earned_schedule::{EarnedSchedule, earned_schedule};
use super::earned_value::EarnedValue;
use crate::error::{Error, Result};

/// So much done of so much: `12.4 of 112 km`. Without the second number a percentage means nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityDone {
    /// The quantity done.
    pub done: f64,
    /// The whole quantity; above 0.
    pub of: f64,
    /// The unit of both: `km of track`, `m3 of earthworks`.
    pub unit: String,
}

/// How much of a work is planned to be done by a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPoint {
    /// The day, counted from the start of the project.
    pub by_day: f64,
    /// The share of the quantity, 0 to 1.
    pub planned_share: f64,
}

/// A work with its budget, its plan, and what was done and spent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkItem {
    /// Its name.
    pub name: String,
    /// What all of it is to cost.
    pub budget_usd: f64,
    /// What it has cost so far.
    pub actual_usd: f64,
    /// What is done, of what.
    pub progress: QuantityDone,
    /// The plan: straight between its points. Days rise; shares do not fall, the first is 0 and the
    /// last 1.
    pub plan: Vec<PlanPoint>,
}

/// The earned value of one work.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemValue {
    /// Its name.
    pub name: String,
    /// What is done, of what.
    pub progress: QuantityDone,
    /// Its amounts.
    pub value: EarnedValue,
}

/// The earned value of some works together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueOnDay {
    /// The day.
    pub status_day: f64,
    /// The sum of the works.
    pub total: EarnedValue,
    /// How far the plan is, in days.
    pub schedule: EarnedSchedule,
    /// Each work.
    pub items: Vec<ItemValue>,
}

impl QuantityDone {
    /// The share done, 0 to 1.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if there is nothing to be done, or more done than there is.
    ///
    /// # Example
    /// ```
    /// use railcorridor::schedule::QuantityDone;
    ///
    /// let track = QuantityDone { done: 28.0, of: 112.0, unit: "km of track".into() };
    /// assert_eq!(track.done_share()?, 0.25);
    /// assert_eq!(track.to_string(), "28 of 112 km of track");
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn done_share(&self) -> Result<f64> {
        within(|| format!("quantity to be done, {}", self.unit), self.of, 1e-9, 1e15)?;
        if self.done > self.of {
            return Err(Error::OutOfRange {
                item: format!("quantity done, {}", self.unit),
                value: self.done,
                limit: format!("0 to {}", self.of),
                hint: "if the whole has grown, raise it; the share done falls".into(),
            });
        }
        within(|| format!("quantity done, {}", self.unit), self.done, 0.0, self.of)?;
        Ok(self.done / self.of)
    }
}

impl std::fmt::Display for QuantityDone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} {}", self.done, self.of, self.unit)
    }
}

/// The earned value of works on a day, each and all together.
///
/// A work earns its budget by the share of its quantity that is done, and was to earn it by the share
/// that its plan gives for the day.
///
/// # Errors
/// [`Error::OutOfRange`] for no works, shares outside of 0 to 1, days that do not rise, amounts
/// below 0 or a status day before day 0.
///
/// # Example
/// ```
/// use railcorridor::schedule::{PlanPoint, QuantityDone, WorkItem, earned_value};
///
/// let track = WorkItem {
///     name: "track".into(),
///     budget_usd: 100e6,
///     actual_usd: 30e6,
///     progress: QuantityDone { done: 28.0, of: 112.0, unit: "km".into() },
///     plan: vec![PlanPoint { by_day: 0.0, planned_share: 0.0 },
///                PlanPoint { by_day: 200.0, planned_share: 1.0 }],
/// };
/// let on_day = earned_value(&[track], 80.0)?;
/// assert_eq!(on_day.total.planned_usd(), 40e6);
/// assert_eq!(on_day.total.earned_usd(), 25e6);
/// // A quarter should have been done on day 50, 30 days ago.
/// assert_eq!(on_day.schedule.variance_days(), -30.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn earned_value(items: &[WorkItem], status_day: f64) -> Result<ValueOnDay> {
    within(|| "status_day".into(), status_day, 0.0, 1e6)?;
    let mut values = Vec::with_capacity(items.len());
    let (mut planned_usd, mut earned_usd, mut actual_usd, mut budget_usd) = (0.0, 0.0, 0.0, 0.0);
    for item in items {
        item.check_plan()?;
        let item_planned_usd = item.budget_usd * item.planned_share(status_day);
        let item_earned_usd = item.budget_usd * item.progress.done_share()?;
        let value =
            EarnedValue::new(item.budget_usd, item_planned_usd, item_earned_usd, item.actual_usd)?;
        planned_usd += value.planned_usd();
        earned_usd += value.earned_usd();
        actual_usd += value.actual_usd();
        budget_usd += value.budget_usd();
        let (name, progress) = (item.name.clone(), item.progress.clone());
        values.push(ItemValue { name, progress, value });
    }
    // Sums of parts may pass the sum of wholes by a rounding.
    let total = EarnedValue::new(
        budget_usd,
        planned_usd.min(budget_usd),
        earned_usd.min(budget_usd),
        actual_usd,
    )?;
    let schedule = earned_schedule(items, total.earned_usd(), status_day);
    Ok(ValueOnDay { status_day, total, schedule, items: values })
}

impl WorkItem {
    /// The share planned by a day.
    pub(super) fn planned_share(&self, on_day: f64) -> f64 {
        let after = self.plan.partition_point(|point| point.by_day < on_day);
        let Some(to) = self.plan.get(after) else { return 1.0 };
        if to.by_day == on_day {
            return to.planned_share;
        }
        let from = after.checked_sub(1).and_then(|before| self.plan.get(before));
        let Some(from) = from else { return 0.0 };
        let part = (on_day - from.by_day) / (to.by_day - from.by_day);
        let share = from.planned_share + (to.planned_share - from.planned_share) * part;
        share.min(to.planned_share)
    }

    fn check_plan(&self) -> Result<()> {
        let (mut last_day, mut last_share) = (0.0, 0.0);
        for (number, point) in (1..).zip(&self.plan) {
            let item = |what: &str| format!("{what} of {}, point {number} of its plan", self.name);
            within(|| item("by_day"), point.by_day, last_day, 1e6)?;
            let most_share = if number == 1 { 0.0 } else { 1.0 };
            within(|| item("planned_share"), point.planned_share, last_share, most_share)?;
            if number > 1 && point.by_day == last_day {
                return Err(Error::OutOfRange {
                    item: item("by_day"),
                    value: point.by_day,
                    limit: format!("above {last_day}"),
                    hint: "give each day once".into(),
                });
            }
            (last_day, last_share) = (point.by_day, point.planned_share);
        }
        within(|| format!("last planned_share of {}", self.name), last_share, 1.0, 1.0)
    }
}
