//! What came of a simulation, for other programs.

use serde_json::{Value, json};

use crate::schedule::{
    DatedPercentiles, RiskOptions, RiskOutcome, percentile_days, percentile_error_days,
};
use crate::stages::{OverrunClass, Plan};

/// Everything that a simulation of a plan gives: percentiles with their standard errors,
/// criticality, shifts, events, and the reference class beside them.
#[must_use]
pub fn risk_json(plan: &Plan, outcome: &RiskOutcome, options: &RiskOptions) -> Value {
    let milestones = outcome.milestones.iter().map(|milestone| {
        let mut value = dated(&milestone.reached, &milestone.reached_days);
        value["id"] = milestone.id.as_str().into();
        value
    });
    let activities = outcome.activities.iter().map(|one| {
        json!({ "id": one.id, "critical_share": one.critical_share, "shift_days": one.shift_days })
    });
    let events = plan.risk.events.iter().zip(&outcome.events).map(|(event, happened)| {
        json!({
            "id": event.id,
            "activities": event.activities,
            "event_probability": event.event_probability,
            "happened_share": happened.happened_share,
            "shift_days": happened.shift_days,
            "shift_error_days": outcome.shift_error_days(happened.happened_share),
        })
    });
    let looks = outcome.convergence().into_iter().map(|look| {
        json!({
            "iterations": look.iterations,
            "p50_days": look.p50_days,
            "p80_days": look.p80_days,
            "p80_error_days": look.p80_error_days,
        })
    });
    let class = OverrunClass::builtin();
    let inside = class.uplifts.iter().map(|uplift| {
        let share = uplift.enough_for_percent / 100.0;
        let within_days = percentile_days(&outcome.finish_days, share);
        json!({ "within_share": share, "finish_days": within_days })
    });
    json!({
        "start": plan.network.start.to_string(),
        "seed": options.seed,
        "iterations": outcome.finish_days.len(),
        "finish": dated(&outcome.finish, &outcome.finish_days),
        "milestones": milestones.collect::<Value>(),
        "activities": activities.collect::<Value>(),
        "events": events.collect::<Value>(),
        "convergence": looks.collect::<Value>(),
        "cost_usd": outcome.cost_usd,
        "inside_view": inside.collect::<Value>(),
        "reference_class": class,
    })
}

fn dated(reached: &DatedPercentiles, draws_days: &[f32]) -> Value {
    let [p10, p50, p80, p90] = reached.dates.map(|day| day.to_string());
    json!({
        "days": reached.days,
        "dates": { "p10": p10, "p50": p50, "p80": p80, "p90": p90 },
        "planned_days": reached.planned_days,
        "by_plan_share": reached.by_plan_share,
        "p80_error_days": percentile_error_days(draws_days, 0.8),
    })
}
