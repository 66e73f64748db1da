//! The plan of what is still to be done.

use std::process::ExitCode;

use railcorridor::report;
use railcorridor::schedule::with_hijri_days;
use railcorridor::stages::Plan;

use crate::arguments::{PlanChoice, PlanFiles, Search, Show};
use crate::output::{self, Failure};
use crate::planning::Planning;
use crate::{commands, exchange, watch};

/// The activity whose dates are asked for.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub activity: &'a str,
    /// Whether each day is named in the Solar Hijri calendar too.
    pub in_hijri: bool,
}

pub fn run(
    (explain, files): (Option<Asked<'_>>, &PlanFiles),
    choice: &PlanChoice,
    search: &Search,
    show: &Show,
) -> Result<ExitCode, Failure> {
    let planning = Planning::new(choice, search, show)?;
    let Planning { study, status, routes, .. } = &planning;
    let plan = planning.plan(status.day)?;
    let compiled = plan.network.compile()?;
    let dates = compiled.dates()?;
    if let Some(Asked { activity, in_hijri }) = explain {
        let told = explained(&plan, &dates, activity)?;
        show.result.put(&if in_hijri { with_hijri_days(&told) } else { told })?;
        return Ok(ExitCode::SUCCESS);
    }
    let (track, steps_m) = report::track_lengths_m(&plan);
    let asked = (track.as_slice(), steps_m.as_slice());
    let (outcome, laid) = watch::simulate_lengths(&compiled, &plan.risk, &choice.risk(), asked)?;
    if exchange::put(files, show, study, status.day, (&plan, &dates, &outcome))? {
        return Ok(ExitCode::SUCCESS);
    }
    let mut tables = vec![report::openings_table(study, &plan, &dates, &outcome)];
    if outcome.cost_usd.is_some() {
        tables.push(report::costs_table(&plan, &outcome));
        tables.push(report::spending_table(study, &plan, &dates));
    }
    tables.extend(report::machines_tables(study, &plan));
    tables.extend([
        report::schedule_table(study, &plan, &dates),
        report::gains_table(&planning.gains()?),
        report::tornado_table(study, &plan, &outcome),
        report::quality_table(&plan, &dates),
        report::assumptions_table(&plan),
    ]);
    if output::has_ending(show.result.output.as_deref(), "html") {
        let day = status.day.last_day();
        let cost = &planning.options.cost;
        let mut pictures = vec![
            report::gate_board_picture(study, status, &plan, &dates),
            report::gantt_picture(study, day, &plan, &dates, &outcome),
            report::time_location_picture(study, &plan, &dates, routes, cost),
            report::s_curve_picture(day, &plan, &dates, &laid),
        ];
        pictures.extend(report::money_picture(day, &plan, &dates, &outcome));
        pictures.push(report::tornado_picture(study, &plan, &outcome));
        let page = report::pictures_html(study, status.day, &pictures, &tables);
        show.result.put(&page)?;
    } else {
        let mut more = vec![("activities", report::activities_json(&plan, &dates))];
        if plan.machines.is_some() {
            more.push(("machines", report::machines_json(&plan)));
        }
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
    let waits = report::machine_wait_words(plan, id);
    Ok(format!(
        "{}\n  early start   {}\n  early finish  {}\n  late start    {}\n  late finish   {}\n  float         {}\n{}",
        told.activity,
        told.early_start,
        told.early_finish,
        told.late_start,
        told.late_finish,
        told.float,
        waits.map_or_else(String::new, |words| format!("  machine       {words}\n")),
    ))
}
