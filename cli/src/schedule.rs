//! The plan of what is still to be done.

use std::process::ExitCode;

use railcorridor::model::Certainty;
use railcorridor::report;
use railcorridor::schedule::{RiskOptions, simulate_lengths};
use railcorridor::stages::{
    Plan, PlanOptions, Quantities, WorkRates, gains, plan_of_quantities, quantities_of_routes,
};

use crate::arguments::{PlanChoice, Search, Show};
use crate::output::{self, Failure};
use crate::{commands, ground, route};

pub fn run(arguments: &PlanChoice, search: &Search, show: &Show) -> Result<ExitCode, Failure> {
    let (study, status) = commands::assess(show)?;
    let options = route::asked(&study, search, show)?;
    let (grid, routes) = ground::search(&study, search, &options)?;
    let mut choice = PlanOptions {
        longest_lot_m: arguments.lot * 1e3,
        earthworks_crews: arguments.crews,
        track_crews: arguments.track_crews,
        railheads: arguments.railheads.iter().map(|one| one.0.clone()).collect(),
        cost: options.levels.cost,
        ..PlanOptions::new(status.day)
    };
    if let Some(track_m_per_day) = arguments.track {
        lay_at(&mut choice.rates, track_m_per_day);
    }
    let quantities = quantities_of_routes(&routes, &grid, &choice)?;
    let plan = plan_of_quantities(&study, &quantities, &choice)?;
    let compiled = plan.network.compile()?;
    let dates = compiled.dates()?;
    if let Some(id) = &arguments.explain {
        output::put(show.output.as_deref(), show.force, &explained(&plan, &dates, id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let risk = RiskOptions { iterations: arguments.iterations, seed: arguments.seed };
    let (track, steps_m) = report::track_lengths_m(&plan);
    let (outcome, laid) = simulate_lengths(&compiled, &plan.risk, &risk, &track, &steps_m)?;
    let tables = [
        report::openings_table(&study, &plan, &dates, &outcome),
        report::schedule_table(&study, &plan, &dates),
        report::gains_table(&gains(&study, &quantities, &choice)?),
        report::tornado_table(&study, &plan, &outcome),
        report::quality_table(&plan, &dates),
        report::assumptions_table(&plan),
    ];
    if output::has_ending(show.output.as_deref(), "html") {
        let day = status.day.last_day();
        let pictures = [
            report::gate_board_picture(&study, &status, &plan, &dates),
            report::gantt_picture(&study, day, &plan, &dates, &outcome),
            report::time_location_picture(&study, &plan, &dates, &routes, &choice.cost),
            report::s_curve_picture(day, &plan, &dates, &laid),
            report::tornado_picture(&study, &plan, &outcome),
        ];
        let page = report::pictures_html(&study, status.day, &pictures, &tables);
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
        rate.per_day = Quantities::of_line(track_m_per_day);
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
