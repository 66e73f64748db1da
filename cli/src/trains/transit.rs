//! `corridor transit`: from end to end over several railways.

use std::process::ExitCode;

use railcorridor::Error;
use railcorridor::operation::traffic::TransitPlan;
use railcorridor::report;

use super::lines::{Asked, Line, Services, rolling_stock, service_choice};
use crate::arguments::TransitChoice;
use crate::commands::print_as;
use crate::output::Failure;

pub fn transit(choice: &TransitChoice) -> Result<ExitCode, Failure> {
    let plan = TransitPlan::from_path(&choice.file)?;
    let has_runs = plan.lines_wanted().next().is_some();
    let plan = if has_runs { with_runs(&plan, choice)? } else { plan };
    let time = plan.time(choice.draws, choice.seed)?;
    let tables = [
        report::transit_table(&plan, &time, choice.draws),
        report::transit_parts_table(&plan, &time)?,
    ];
    let json = || serde_json::json!({ "format": 1, "plan": plan, "time": time, "tables": tables });
    let page = || {
        let pictures = [report::transit_picture("way", &plan, &time)?];
        Ok(report::transit_html(&plan.name, &pictures, &tables))
    };
    print_as(&choice.show.result, &tables, json, page)?;
    Ok(ExitCode::SUCCESS)
}

/// The plan with the times of its runs over lines of the study.
fn with_runs(plan: &TransitPlan, choice: &TransitChoice) -> Result<TransitPlan, Failure> {
    if choice.search.sweep.is_some() {
        return Err(Failure::usage("legs run on lines of one gradient: leave out --sweep"));
    }
    let stock = rolling_stock(&choice.trains)?;
    let train = service_choice(&choice.trains, &stock)?;
    let asked = Asked::new(&choice.trains, &choice.search, &choice.show)?;
    let is_wanted = |line: &&Line| plan.lines_wanted().any(|id| id == line.line.id);
    let services = Services::new(asked.lines.iter().filter(is_wanted), &train)?;
    if let Some((_, stall)) = services.stalls.into_iter().next() {
        return Err(Failure::Library(Error::Stalled(stall)));
    }
    let run_h = |line: &str, is_back: bool| {
        let (_, service) = services.done.iter().find(|(_, service)| service.id == line)?;
        let [there, back] = &service.ways;
        Some(if is_back { back } else { there }.run.total_s() / 3600.0)
    };
    Ok(plan.with_runs(run_h)?)
}
