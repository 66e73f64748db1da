//! The plan of what is still to be done.

use std::process::ExitCode;

use railcorridor::report;
use railcorridor::stages::Plan;

use crate::arguments::{PlanChoice, Search, Show};
use crate::output::{self, Failure};
use crate::planning::Planning;
use crate::{commands, watch};

pub fn run(
    explain: Option<&str>,
    choice: &PlanChoice,
    search: &Search,
    show: &Show,
) -> Result<ExitCode, Failure> {
    let planning = Planning::new(choice, search, show)?;
    let Planning { study, status, routes, .. } = &planning;
    let plan = planning.plan(status.day)?;
    let compiled = plan.network.compile()?;
    let dates = compiled.dates()?;
    if let Some(id) = explain {
        output::put(show.output.as_deref(), show.force, &explained(&plan, &dates, id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let outcome = watch::simulate(&compiled, &plan.risk, &choice.risk())?;
    let tables = [
        report::openings_table(study, &plan, &dates, &outcome),
        report::schedule_table(study, &plan, &dates),
        report::tornado_table(study, &plan, &outcome),
        report::quality_table(&plan, &dates),
        report::assumptions_table(&plan),
    ];
    if output::has_ending(show.output.as_deref(), "html") {
        let svg = report::time_location_svg(study, &plan, &dates, routes);
        let words = "Where each crew is when, at likely times. Distance to the right, time \
                     downwards: steep lines are slow work.";
        let page = report::picture_html(study, status.day, (&svg, words), &tables);
        output::put(show.output.as_deref(), show.force, &page)?;
    } else {
        let more = vec![("activities", report::activities_json(&plan, &dates))];
        commands::print_cited_with(show, study, status.day, &tables, more)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Why an activity has its dates.
fn explained(
    plan: &Plan,
    dates: &railcorridor::schedule::Dates<'_>,
    id: &str,
) -> Result<String, Failure> {
    let told = dates.explain(id).map_err(|error| {
        let ids = plan.items.iter().map(|item| item.activity.as_str());
        let near: Vec<&str> = ids.filter(|known| known.contains(id)).take(8).collect();
        if near.is_empty() {
            return Failure::from(error);
        }
        Failure::usage(&format!("no activity {id}; there are {}", near.join(", ")))
    })?;
    Ok(format!(
        "{}\n  early start   {}\n  early finish  {}\n  late start    {}\n  late finish   {}\n  float         {}\n",
        told.activity,
        told.early_start,
        told.early_finish,
        told.late_start,
        told.late_finish,
        told.float
    ))
}
