//! What became of the stages between two days.

use std::process::ExitCode;

use railcorridor::model::{Baseline, Date};
use railcorridor::report::{self, Table};
use railcorridor::schedule::RiskOutcome;
use railcorridor::stages::{ItemKind, Plan};
use railcorridor::status;

use crate::arguments::{PlanChoice, ProgressChoice, Search, Show};
use crate::output::Failure;
use crate::planning::Planning;
use crate::{commands, watch};

pub fn run(
    asked: &ProgressChoice,
    choice: &PlanChoice,
    search: &Search,
    show: &Show,
) -> Result<ExitCode, Failure> {
    // What is wrong with the arguments is told before the search.
    let baseline = asked.baseline.as_ref().map(Baseline::from_path).transpose()?;
    let (study, day) = commands::study_and_day(show)?;
    let since = asked.since;
    let gates = status::gate_progress(&study, since, day)?;
    let works = status::works_done(&study, since, day);
    let value = |on: Date| match &baseline {
        Some(baseline) => status::baseline_value(baseline, on),
        None => Ok(None),
    };
    let (value_then, value_now) = (value(since)?, value(day)?);

    let planning = Planning::new(choice, search, show)?;
    let (then, now) = (planning.plan(since)?, planning.plan(day)?);
    let slips = status::slips(&then, &now)?;
    let outcomes = [simulated(then, choice)?, simulated(now, choice)?];
    let outcomes = (&outcomes[0], &outcomes[1]);

    let days = (since, day);
    let mut tables = vec![
        report::gate_progress_table(&study, since, &gates),
        report::new_evidence_table(&study, since, &gates),
        report::slips_table(&study, days, &slips, outcomes),
        report::works_done_table(&study, since, &works),
    ];
    tables.extend(money(baseline.as_ref(), days, (value_then.as_ref(), value_now.as_ref())));
    let mut json = report::progress_json(days, &gates, &slips, &works, outcomes);
    json["earned_value"] = serde_json::json!({
        "then": report::earned_value_json(value_then.as_ref()),
        "now": report::earned_value_json(value_now.as_ref()),
    });
    commands::print_cited_with(show, &study, day, &tables, vec![("progress", json)])?;
    Ok(ExitCode::SUCCESS)
}

/// How sure gates and openings of a plan are.
fn simulated(mut plan: Plan, choice: &PlanChoice) -> Result<RiskOutcome, Failure> {
    let gates = plan.items.iter().filter(|item| item.kind == ItemKind::Preparation);
    plan.risk.finishes = gates.map(|item| item.activity.clone()).collect();
    watch::simulate(&plan.network.compile()?, &plan.risk, &choice.risk())
}

type Values<'a> = (Option<&'a status::BaselineValue>, Option<&'a status::BaselineValue>);

/// Earned value, or what is missing for it.
fn money(baseline: Option<&Baseline>, days: (Date, Date), (then, now): Values<'_>) -> Vec<Table> {
    match baseline {
        Some(baseline) => vec![
            report::earned_value_table(baseline, now),
            report::earned_schedule_table(days, then, now),
        ],
        None => vec![report::no_baseline_table()],
    }
}
