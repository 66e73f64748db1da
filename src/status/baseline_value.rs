//! What a baseline says of a day: planned, earned and spent, and where that leads.

use jiff::civil;
use serde::Serialize;

use crate::error::Result;
use crate::model::{Baseline, BaselineActivity, BaselineGroup, Date, WorkReport};
use crate::schedule::{EarnedValue, PlanPoint, QuantityDone, ValueOnDay, WorkItem, earned_value};

/// The earned value of a baseline on the day of its newest report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BaselineValue {
    /// The day of the newest report: what was done since is not known, so nothing is held against
    /// the plan of a later day.
    pub reported: Date,
    /// The morning from which days are counted: the first start of all works.
    pub start: Date,
    /// Each activity, in the order of the file, the sum, and how far the plan is in days.
    pub value: ValueOnDay,
    /// Sums of the groups that have activities, in the order of the file.
    pub groups: Vec<GroupValue>,
    /// Ids of activities whose last report is older than that: they count as it left them.
    pub older: Vec<String>,
    /// Ids of activities without any report: nothing of them counts as done or spent.
    pub unreported: Vec<String>,
}

/// The sum of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupValue {
    /// Id of the group.
    pub group: String,
    /// Its name.
    pub name: String,
    /// Its amounts.
    pub value: EarnedValue,
}

impl BaselineValue {
    /// The day that ends so many days after the first start; `None` beyond all dates.
    #[must_use]
    pub fn day(&self, after_days: f64) -> Option<Date> {
        #[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
        let whole = (0.0..1e7).contains(&after_days).then(|| after_days.ceil() as i64)?;
        let span = jiff::Span::new().days(whole.saturating_sub(1));
        self.start.first_day().checked_add(span).ok().map(Date::from)
    }
}

/// The earned value of a baseline by the reports up to a day; `None` if there is none by then.
///
/// Reports are cumulative, so an activity counts by its last one. Planned amounts are those of the
/// newest report's day.
///
/// # Errors
/// Those of [`Baseline::check`].
///
/// # Example
/// ```
/// use railcorridor::model::Baseline;
/// use railcorridor::status::baseline_value;
///
/// let baseline = Baseline::from_toml_str(
///     r#"
///     format = 1
///     name = "contract"
///     [[activity]]
///     id = "track"
///     name = "track laying"
///     budget_usd = 100e6
///     quantity = 112
///     unit = "km of track"
///     start = 2026-01-01
///     planned = [{ by = 2026-07-19, percent = 100 }]
///     reports = [{ on = 2026-03-21, done = 28, spent_usd = 30e6 }]
///     "#,
/// )?;
/// let on_day = baseline_value(&baseline, "2026-12".parse()?)?.unwrap();
/// // 80 of 200 days: 40 of 100 million were planned; a quarter of the track is laid.
/// assert_eq!(on_day.value.total.planned_usd(), 40e6);
/// assert_eq!(on_day.value.total.earned_usd(), 25e6);
/// // The plan had a quarter on its 50th day, 19 February.
/// assert_eq!(on_day.value.schedule.variance_days(), -30.0);
/// assert_eq!(on_day.day(on_day.value.schedule.earned_day), Some("2026-02-19".parse()?));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn baseline_value(baseline: &Baseline, day: Date) -> Result<Option<BaselineValue>> {
    baseline.check()?;
    let last = |activity: &BaselineActivity| {
        activity.reports.iter().rfind(|report| report.on.is_by(day)).copied()
    };
    let reported = baseline.activities.iter().filter_map(last).map(|report| report.on).max();
    let start = baseline.activities.iter().map(|activity| activity.start.first_day()).min();
    let (Some(reported), Some(start)) = (reported, start) else { return Ok(None) };
    let items: Vec<WorkItem> =
        baseline.activities.iter().map(|activity| item(activity, last(activity), start)).collect();
    let status_day = evening(start, reported);
    let value = earned_value(&items, status_day)?;
    let mut groups = Vec::new();
    for group in &baseline.groups {
        let own = |item: &(&BaselineActivity, &WorkItem)| is_in(baseline, item.0, group);
        let own = baseline.activities.iter().zip(&items).filter(own);
        let own: Vec<WorkItem> = own.map(|(_, item)| item.clone()).collect();
        if !own.is_empty() {
            groups.push(GroupValue {
                group: group.id.clone(),
                name: group.name.clone(),
                value: earned_value(&own, status_day)?.total,
            });
        }
    }
    let ids = |wanted: &dyn Fn(Option<WorkReport>) -> bool| -> Vec<String> {
        let found = baseline.activities.iter().filter(|activity| wanted(last(activity)));
        found.map(|activity| activity.id.clone()).collect()
    };
    Ok(Some(BaselineValue {
        reported,
        start: start.into(),
        value,
        groups,
        older: ids(&|report| {
            report.is_some_and(|report| report.on.last_day() < reported.last_day())
        }),
        unreported: ids(&|report| report.is_none()),
    }))
}

fn item(activity: &BaselineActivity, report: Option<WorkReport>, start: civil::Date) -> WorkItem {
    let morning = evening(start, activity.start.first_day().into()) - 1.0;
    let first = PlanPoint { by_day: morning, planned_share: 0.0 };
    let points = activity.planned.iter().map(|point| PlanPoint {
        by_day: evening(start, point.by),
        planned_share: point.percent / 100.0,
    });
    let progress = match (activity.quantity, &activity.unit) {
        (Some(of), Some(unit)) => QuantityDone {
            done: report.and_then(|report| report.done).unwrap_or(0.0),
            of,
            unit: unit.clone(),
        },
        _ => QuantityDone {
            done: report.and_then(|report| report.percent).unwrap_or(0.0),
            of: 100.0,
            unit: "%".to_owned(),
        },
    };
    WorkItem {
        name: activity.name.clone(),
        budget_usd: activity.budget_usd,
        actual_usd: report.map_or(0.0, |report| report.spent_usd),
        progress,
        plan: std::iter::once(first).chain(points).collect(),
    }
}

/// Days from the morning of the start to the evening of a date.
fn evening(start: civil::Date, date: Date) -> f64 {
    let days = Date::from(start).days_until(date) + 1;
    #[expect(clippy::cast_precision_loss, reason = "days")]
    let days = days as f64;
    days
}

/// Whether an activity lies in a group, or in one of its parts.
fn is_in(baseline: &Baseline, activity: &BaselineActivity, group: &BaselineGroup) -> bool {
    let above = |id: &Option<String>| {
        let id = id.as_ref()?;
        baseline.groups.iter().find(|other| other.id == *id)
    };
    // Groups lie in no circle, so the way ends.
    std::iter::successors(above(&activity.part_of), |other| above(&other.part_of))
        .any(|other| other.id == group.id)
}
