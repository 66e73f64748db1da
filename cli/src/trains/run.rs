//! `corridor run`: how long trains run, what they take, what holds them back.

use std::path::Path;
use std::process::ExitCode;

use railcorridor::model::CORRIDOR;
use railcorridor::operation::service::{LineService, ServiceChoice};
use railcorridor::operation::{
    Allowance, Fuel, LimitCost, Run, RunOptions, coasted_run, limit_costs,
};
use railcorridor::report::{self, Picture, SavedWay, Table};

use super::lines::{Asked, Line, Services, rolling_stock, service_choice};
use super::osrd::hand_over;
use super::sweep::sweep;
use crate::arguments::{Search, Show, TrainChoice};
use crate::commands::print_as;
use crate::output::{self, Failure};

/// So many limits of speed are told.
const MOST_LIMITS: usize = 20;

pub fn run(
    (osrd, allowance): (Option<&Path>, Option<f64>),
    choice: &TrainChoice,
    search: &Search,
    show: &Show,
) -> Result<ExitCode, Failure> {
    if (osrd.is_some() || allowance.is_some()) && search.sweep.is_some() {
        return Err(Failure::usage("--osrd and --allowance are of one line: leave out --sweep"));
    }
    let stock = rolling_stock(choice)?;
    let train = service_choice(choice, &stock)?;
    let asked = Asked::new(choice, search, show)?;
    if search.sweep.is_some() {
        return sweep(&asked, &train, show);
    }
    let services = Services::new(asked.lines.iter(), &train)?;
    let named = services.named();
    if let Some(path) = osrd {
        hand_over(path, show.result.force, &asked, &named, choice.speed)?;
    }
    let mut tables = Vec::new();
    if !named.is_empty() {
        tables.extend([report::trains_table(&named), report::runs_table(&named)]);
    }
    tables.extend(services.warnings());
    if let Some(more_percent) = allowance {
        tables.push(saved(&named, &train, more_percent)?);
    }
    let costs = costs(&asked.lines, &named)?;
    tables.extend(report::limit_costs_table(&costs, MOST_LIMITS));
    let json = || {
        let services: Vec<_> = named.iter().map(|(_, one)| report::service_json(one)).collect();
        let limits: Vec<_> = costs.iter().map(|(_, cost)| cost).collect();
        serde_json::json!({
            "format": 1, "services": services, "limit_costs": limits, "tables": tables,
        })
    };
    let page = || {
        let pictures = pictures(&named);
        Ok(report::pictures_html(&asked.study, asked.day, &pictures, &tables))
    };
    print_as(&show.result, &tables, json, page)?;
    Ok(output::counted(&services.findings))
}

/// What more time saves on each segment, there and back.
fn saved(
    services: &[(String, &LineService)],
    train: &ServiceChoice<'_>,
    more_percent: f64,
) -> Result<Table, Failure> {
    let fuel = Fuel::of(train.stock, &train.set)?;
    let burnt = |run: &Run| fuel.burnt_litres(run.traction_kwh(), run.total_s() / 3600.0);
    let mut runs = Vec::new();
    for (name, service) in services.iter().filter(|(_, one)| one.id != CORRIDOR) {
        for (way, words) in service.ways.iter().zip(["there", "back"]) {
            let allowance = Allowance::Percent { more_percent };
            let options = RunOptions::default();
            let coasted = coasted_run(&way.run_line, &way.train, &options, allowance)?;
            runs.push((format!("{name}, {words}"), coasted));
        }
    }
    let ways = runs.iter().map(|(name, coasted)| SavedWay {
        name: name.clone(),
        shortest_litres: burnt(&coasted.slower.shortest),
        coasted_litres: burnt(&coasted.run),
        coasted,
    });
    Ok(report::allowance_table(&ways.collect::<Vec<_>>(), more_percent))
}

/// Speeds over each segment, then the pull of the train; the whole line is its segments again.
fn pictures(services: &[(String, &LineService)]) -> Vec<Picture> {
    let segments = services.iter().filter(|(_, one)| one.id != CORRIDOR);
    let mut pictures: Vec<Picture> = segments
        .map(|(name, service)| {
            let [there, back] = &service.ways;
            let stations = service.track_line.stations().iter();
            let stations: Vec<(String, f64)> =
                stations.map(|station| (station.name.clone(), station.chainage_m)).collect();
            let there = (&there.run_line, &there.run);
            let back = Some((&back.run_line, &back.run));
            report::speed_picture(&service.id, name, there, back, &stations)
        })
        .collect();
    if let Some((_, service)) = services.last() {
        let [there, _] = &service.ways;
        let train = &there.train;
        let gradients = [0.0, 5.0, 10.0, there.ruling_permille];
        let trains = [(train.name.clone(), train)];
        pictures.push(report::effort_picture("train", &train.name, &trains, &gradients));
    }
    pictures
}

/// What limits of the segments cost, towards the end of the line; those of the whole are the same.
fn costs(
    lines: &[Line],
    services: &[(String, &LineService)],
) -> Result<Vec<(String, LimitCost)>, Failure> {
    let mut costs = Vec::new();
    let segments = lines.iter().filter(|line| line.line.id != CORRIDOR);
    for line in segments {
        let Some((_, service)) = services.iter().find(|(_, one)| one.id == line.line.id) else {
            continue;
        };
        let [there, _] = &service.ways;
        let options = RunOptions::default();
        let own = limit_costs(&line.line.free, &there.train, &line.line.limits, &options)?;
        costs.extend(own.into_iter().map(|cost| (line.name.clone(), cost)));
    }
    Ok(costs)
}
