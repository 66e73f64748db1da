//! Earned schedule: the day on which the plan had what is done today.

use serde::Serialize;

use super::earned_value::ratio;
use super::work_item::WorkItem;

/// How far the plan is, in days instead of money.
///
/// After W. Lipke, "Schedule is different", The Measurable News, 2003: ES is the day on which PV
/// reaches today's EV, AT the day today, `SV(t) = ES - AT` and `SPI(t) = ES / AT`. Other than
/// SV and SPI these stay right after the planned finish.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EarnedSchedule {
    /// ES: the first day on which as much was planned as is earned.
    pub earned_day: f64,
    /// AT: today.
    pub status_day: f64,
    /// The day on which all was to be done.
    pub planned_finish_day: f64,
}

impl EarnedSchedule {
    /// SV(t): days ahead of the plan; negative if behind.
    #[must_use]
    pub fn variance_days(&self) -> f64 {
        self.earned_day - self.status_day
    }

    /// SPI(t): days of the plan done in a day; `None` on day 0.
    #[must_use]
    pub fn performance_ratio(&self) -> Option<f64> {
        ratio(self.earned_day, self.status_day)
    }

    /// The finish at this pace: planned finish over SPI(t); `None` before anything is earned.
    #[must_use]
    pub fn finish_day(&self) -> Option<f64> {
        ratio(self.planned_finish_day, self.performance_ratio()?)
    }
}

/// The earned schedule of works that have earned so much together.
pub(super) fn earned_schedule(
    items: &[WorkItem],
    earned_usd: f64,
    status_day: f64,
) -> EarnedSchedule {
    let mut days: Vec<f64> =
        items.iter().flat_map(|item| item.plan.iter().map(|point| point.by_day)).collect();
    days.push(0.0);
    days.sort_by(f64::total_cmp);
    days.dedup();
    let planned_usd =
        |day: f64| items.iter().map(|item| item.budget_usd * item.planned_share(day)).sum::<f64>();
    let planned_finish_day = days.last().copied().unwrap_or_default();
    // The plan is straight between these days and does not fall.
    let after = days.partition_point(|&day| planned_usd(day) < earned_usd);
    let earned_day = match (days.get(after), after.checked_sub(1).and_then(|at| days.get(at))) {
        (Some(&to), Some(&from)) => {
            let (low_usd, high_usd) = (planned_usd(from), planned_usd(to));
            (from + (to - from) * (earned_usd - low_usd) / (high_usd - low_usd)).min(to)
        }
        (Some(&first), None) => first,
        (None, _) => planned_finish_day,
    };
    EarnedSchedule { earned_day, status_day, planned_finish_day }
}
