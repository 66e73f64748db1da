//! The plan of what is still to be done.

use std::process::ExitCode;

use railcorridor::model::Certainty;
use railcorridor::report;
use railcorridor::schedule::{RiskOptions, simulate};
use railcorridor::stages::{Plan, PlanOptions, WorkRates, plan};

use crate::arguments::{PlanChoice, Search, Show};
use crate::output::{self, Failure};
use crate::{commands, exchange, ground, route};

pub fn run(arguments: &PlanChoice, search: &Search, show: &Show) -> Result<ExitCode, Failure> {
    let (study, status) = commands::assess(show)?;
    let options = route::asked(&study, search, show)?;
    let (grid, routes) = ground::search(&study, search, &options)?;
    let mut choice = PlanOptions {
        longest_lot_m: arguments.lot * 1e3,
        earthworks_crews: arguments.crews,
        cost: options.levels.cost,
        ..PlanOptions::new(status.day)
    };
    if let Some(track_m_per_day) = arguments.track {
        lay_at(&mut choice.rates, track_m_per_day);
    }
    let plan = plan(&study, &routes, &grid, &choice)?;
    let compiled = plan.network.compile()?;
    let dates = compiled.dates()?;
    if let Some(id) = &arguments.explain {
        output::put(show.output.as_deref(), show.force, &explained(&plan, &dates, id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let risk = RiskOptions { iterations: arguments.iterations, seed: arguments.seed };
    let outcome = simulate(&compiled, &plan.risk, &risk)?;
    if exchange::put(arguments, show, &study, status.day, (&plan, &dates, &outcome))? {
        return Ok(ExitCode::SUCCESS);
    }
    let tables = [
        report::openings_table(&study, &plan, &dates, &outcome),
        report::schedule_table(&study, &plan, &dates),
        report::tornado_table(&study, &plan, &outcome),
        report::quality_table(&plan, &dates),
        report::assumptions_table(&plan),
    ];
    if output::has_ending(show.output.as_deref(), "html") {
        let svg = report::time_location_svg(&study, &plan, &dates, &routes);
        let words = "Where each crew is when, at likely times. Distance to the right, time \
                     downwards: steep lines are slow work.";
        let page = report::picture_html(&study, status.day, (&svg, words), &tables);
        output::put(show.output.as_deref(), show.force, &page)?;
    } else {
        let more = vec![("activities", report::activities_json(&plan, &dates))];
        commands::print_cited_with(show, &study, status.day, &tables, more)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Track at a rate that was asked for, on any ground.
fn lay_at(rates: &mut WorkRates, track_m_per_day: f64) {
    for rate in rates.work.iter_mut().filter(|rate| rate.id == "track") {
        rate.flat_m_per_day = track_m_per_day;
        rate.rolling_m_per_day = track_m_per_day;
        rate.hilly_m_per_day = track_m_per_day;
        rate.mountain_m_per_day = track_m_per_day;
        rate.state = Certainty::Assumed;
        rate.reason = "asked for".to_owned();
    }
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
