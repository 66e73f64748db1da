//! Dates that matter, as they stand on a day.

use serde::Serialize;

use crate::model::{Date, EntryKind, Milestone, MilestoneEntry, Study};

/// A milestone on a day: what was planned first, forecast last, and what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MilestoneStatus {
    /// Id of the milestone.
    pub id: String,
    /// Its subject.
    pub subject: String,
    /// What happens.
    pub name: String,
    /// The first plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<MilestoneEntry>,
    /// The newest forecast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<MilestoneEntry>,
    /// What happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<MilestoneEntry>,
    /// Whether the date that counts is past and nothing says that it happened.
    pub overdue: bool,
    /// From the first plan to the date that counts now, days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slip_days: Option<i64>,
}

impl MilestoneStatus {
    /// The date that counts: the actual one, else the forecast, else the plan.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        let entries = [&self.actual, &self.forecast, &self.planned];
        entries.into_iter().flatten().next().map(|entry| entry.date)
    }
}

/// Every milestone that was spoken of by the day, in the order of its dates.
#[must_use]
pub fn milestones(study: &Study, day: Date) -> Vec<MilestoneStatus> {
    let mut all: Vec<MilestoneStatus> =
        study.milestones.iter().filter_map(|milestone| on(milestone, day)).collect();
    all.sort_by(|a, b| (a.date(), &a.id).cmp(&(b.date(), &b.id)));
    all
}

fn on(milestone: &Milestone, day: Date) -> Option<MilestoneStatus> {
    let known = |kind: EntryKind| {
        milestone.entries.iter().filter(move |entry| entry.kind == kind && entry.dated.is_by(day))
    };
    let planned = known(EntryKind::Planned).min_by_key(|entry| entry.dated).cloned();
    let forecast = known(EntryKind::Forecast).max_by_key(|entry| entry.dated).cloned();
    let actual = known(EntryKind::Actual).max_by_key(|entry| entry.dated).cloned();
    let mut status = MilestoneStatus {
        id: milestone.id.clone(),
        subject: milestone.subject.clone(),
        name: milestone.name.en.clone(),
        planned,
        forecast,
        actual,
        overdue: false,
        slip_days: None,
    };
    let date = status.date()?;
    status.overdue = status.actual.is_none() && date.days_until(day) > 0;
    status.slip_days = status.planned.as_ref().map(|entry| entry.date.days_until(date));
    Some(status)
}
