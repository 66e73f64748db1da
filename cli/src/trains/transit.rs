//! `corridor transit`: from end to end over several railways.

use std::process::ExitCode;

use railcorridor::operation::traffic::TransitPlan;
use railcorridor::report;

use crate::arguments::TransitChoice;
use crate::commands::print_as;
use crate::output::Failure;

pub fn transit(choice: &TransitChoice) -> Result<ExitCode, Failure> {
    let plan = TransitPlan::from_path(&choice.file)?;
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
    print_as(&choice.result, &tables, json, page)?;
    Ok(ExitCode::SUCCESS)
}
