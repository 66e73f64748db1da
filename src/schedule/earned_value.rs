//! Earned value: what was planned, done and spent by a day, and what the whole will cost at that
//! pace.

use serde::Serialize;

use super::crew::within;
use crate::error::Result;

/// Largest amount, US dollars.
const MAX_USD: f64 = 1e15;

/// The four amounts that everything else follows from.
///
/// Terms and formulas are those of the Practice Standard for Earned Value Management (Project
/// Management Institute): BAC is the budget, PV planned, EV earned, AC actual. A ratio whose
/// denominator is 0 is `None`: before anything was spent there is no pace.
///
/// # Example
/// ```
/// use railcorridor::schedule::{EarnedValue, Remaining};
///
/// // Planned 120,000 of 200,000 by today; earned 100,000 and spent 90,000.
/// let value = EarnedValue::new(200e3, 120e3, 100e3, 90e3)?;
/// assert_eq!(value.cost_variance_usd(), 10e3);
/// assert_eq!(value.schedule_variance_usd(), -20e3);
/// // Each dollar spent earned 1.11, so the whole will cost 200,000 / 1.11.
/// let at_cost_pace = value.at_completion_usd(Remaining::AtCostPace).unwrap();
/// assert!((at_cost_pace - 180e3).abs() < 1e-6);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EarnedValue {
    budget_usd: f64,
    planned_usd: f64,
    earned_usd: f64,
    actual_usd: f64,
}

/// What is assumed of the work that remains.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remaining {
    /// It costs what was budgeted: EAC = AC + BAC - EV.
    AsBudgeted,
    /// It costs as much more as the work done: EAC = AC + (BAC - EV) / CPI = BAC / CPI.
    AtCostPace,
    /// Lateness costs too: EAC = AC + (BAC - EV) / (CPI SPI).
    AtCostAndSchedulePace,
    /// It has been estimated anew: EAC = AC + ETC.
    Estimated {
        /// The new estimate, ETC.
        to_complete_usd: f64,
    },
}

impl EarnedValue {
    /// From budget (BAC), planned (PV), earned (EV) and actual (AC) amounts.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) for an amount below 0, a budget of 0, or more
    /// planned or earned than was budgeted.
    pub fn new(
        budget_usd: f64,
        planned_usd: f64,
        earned_usd: f64,
        actual_usd: f64,
    ) -> Result<Self> {
        within(|| "budget_usd".into(), budget_usd, f64::MIN_POSITIVE, MAX_USD)?;
        within(|| "planned_usd".into(), planned_usd, 0.0, budget_usd)?;
        within(|| "earned_usd".into(), earned_usd, 0.0, budget_usd)?;
        within(|| "actual_usd".into(), actual_usd, 0.0, MAX_USD)?;
        Ok(Self { budget_usd, planned_usd, earned_usd, actual_usd })
    }

    /// The budget of all work, BAC.
    #[must_use]
    pub fn budget_usd(&self) -> f64 {
        self.budget_usd
    }

    /// The budget of the work planned by the day, PV.
    #[must_use]
    pub fn planned_usd(&self) -> f64 {
        self.planned_usd
    }

    /// The budget of the work done by the day, EV.
    #[must_use]
    pub fn earned_usd(&self) -> f64 {
        self.earned_usd
    }

    /// What the work done has cost, AC.
    #[must_use]
    pub fn actual_usd(&self) -> f64 {
        self.actual_usd
    }

    /// CV = EV - AC; negative if the work cost more than budgeted.
    #[must_use]
    pub fn cost_variance_usd(&self) -> f64 {
        self.earned_usd - self.actual_usd
    }

    /// SV = EV - PV; negative if less was done than planned.
    #[must_use]
    pub fn schedule_variance_usd(&self) -> f64 {
        self.earned_usd - self.planned_usd
    }

    /// CPI = EV / AC; below 1 if the work cost more than budgeted.
    #[must_use]
    pub fn cost_performance_ratio(&self) -> Option<f64> {
        ratio(self.earned_usd, self.actual_usd)
    }

    /// SPI = EV / PV; below 1 if less was done than planned. It comes to 1 at the end of any work,
    /// however late: SPI(t) of [`EarnedSchedule`](super::EarnedSchedule) does not.
    #[must_use]
    pub fn schedule_performance_ratio(&self) -> Option<f64> {
        ratio(self.earned_usd, self.planned_usd)
    }

    /// EAC: what the whole will cost, under an assumption on what remains.
    #[must_use]
    pub fn at_completion_usd(&self, remaining: Remaining) -> Option<f64> {
        let left_usd = self.budget_usd - self.earned_usd;
        let to_complete_usd = match remaining {
            Remaining::AsBudgeted => left_usd,
            Remaining::AtCostPace => ratio(left_usd, self.cost_performance_ratio()?)?,
            Remaining::AtCostAndSchedulePace => {
                let pace_ratio =
                    self.cost_performance_ratio()? * self.schedule_performance_ratio()?;
                ratio(left_usd, pace_ratio)?
            }
            Remaining::Estimated { to_complete_usd } => to_complete_usd,
        };
        Some(self.actual_usd + to_complete_usd)
    }

    /// VAC = BAC - EAC; negative if the whole will cost more than budgeted.
    #[must_use]
    pub fn variance_at_completion_usd(&self, remaining: Remaining) -> Option<f64> {
        Some(self.budget_usd - self.at_completion_usd(remaining)?)
    }

    /// TCPI = (BAC - EV) / (BAC - AC): the cost performance that what remains must reach to end
    /// within the budget; `None` if the budget is spent.
    #[must_use]
    pub fn to_complete_ratio(&self) -> Option<f64> {
        let left_usd = self.budget_usd - self.actual_usd;
        if left_usd > 0.0 { ratio(self.budget_usd - self.earned_usd, left_usd) } else { None }
    }

    /// The planned duration over SPI: how long the whole takes at this pace, in the unit of the
    /// duration. Rough, since SPI counts money, not days.
    #[must_use]
    pub fn duration_at_completion_days(&self, planned_duration_days: f64) -> Option<f64> {
        ratio(planned_duration_days, self.schedule_performance_ratio()?)
    }
}

/// A quotient; `None` if its denominator is 0.
pub(super) fn ratio(of: f64, by: f64) -> Option<f64> {
    (by != 0.0).then(|| of / by)
}
