//! How sure the plan is.

use std::process::ExitCode;

use railcorridor::report;
use railcorridor::stages::ItemKind;

use crate::arguments::{PlanChoice, Search, Show};
use crate::output::Failure;
use crate::planning::Planning;
use crate::{commands, watch};

pub fn run(choice: &PlanChoice, search: &Search, show: &Show) -> Result<ExitCode, Failure> {
    let planning = Planning::new(choice, search, show)?;
    let study = &planning.study;
    let mut plan = planning.plan(planning.status.day)?;
    // Gates count as milestones do.
    let gates = plan.items.iter().filter(|item| item.kind == ItemKind::Preparation);
    plan.risk.finishes = gates.map(|item| item.activity.clone()).collect();
    let compiled = plan.network.compile()?;
    let dates = compiled.dates()?;
    let options = choice.risk();
    let outcome = watch::simulate(&compiled, &plan.risk, &options)?;
    let mut tables = vec![report::risk_milestones_table(study, &plan, &dates, &outcome)];
    if outcome.cost_usd.is_some() {
        tables.push(report::costs_table(&plan, &outcome));
    }
    tables.extend([
        report::joint_table(study, &plan, &outcome),
        report::risk_events_table(study, &plan, &outcome),
        report::movers_table(&plan, &outcome),
        report::critical_table(study, &plan, &dates, &outcome),
        report::convergence_table(&plan, &outcome),
        report::outside_view_table(&plan, &outcome),
        report::built_lines_table(study, &plan, &dates),
        report::reference_class_table(),
        report::assumptions_table(&plan),
    ]);
    let more = vec![("risk", report::risk_json(&plan, &outcome, &options))];
    commands::print_cited_with(show, study, planning.status.day, &tables, more)?;
    Ok(ExitCode::SUCCESS)
}
