//! Activities of a plan with their dates, for other programs.

use serde_json::{Value, json};

use crate::schedule::Dates;
use crate::stages::{Plan, PlanItem};

/// Each activity: what it is, where, its early and late dates, its floats in working days.
#[must_use]
pub fn activities_json(plan: &Plan, dates: &Dates<'_>) -> Value {
    let one = |(place, item): (usize, &PlanItem)| {
        let mut value = json!(item);
        let activity = plan.network.activities.get(place);
        value["name"] = activity.map_or("", |activity| activity.name.as_str()).into();
        value["early_start"] = dates.early_start(place).to_string().into();
        value["early_finish"] = dates.early_finish(place).to_string().into();
        value["late_start"] = dates.late_start(place).to_string().into();
        value["late_finish"] = dates.late_finish(place).to_string().into();
        value["total_float_days"] = dates.total_float_days(place).into();
        value["free_float_days"] = dates.free_float_days(place).into();
        value["is_critical"] = dates.is_critical(place).into();
        value
    };
    plan.items.iter().enumerate().map(one).collect()
}
