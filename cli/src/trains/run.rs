//! `corridor run`: how long trains run, what they take, what holds them back.

use std::process::ExitCode;

use railcorridor::operation::service::LineService;
use railcorridor::operation::{LimitCost, RunOptions, limit_costs};
use railcorridor::report;

use super::lines::{Asked, Line, Services, rolling_stock, service_choice};
use super::sweep::sweep;
use crate::arguments::{Search, Show};
use crate::commands::print_as;
use crate::output::{self, Failure};
use crate::train_arguments::TrainChoice;

/// So many limits of speed are told.
const MOST_LIMITS: usize = 20;

pub fn run(choice: &TrainChoice, search: &Search, show: &Show) -> Result<ExitCode, Failure> {
    let stock = rolling_stock(choice)?;
    let train = service_choice(choice, &stock)?;
    let asked = Asked::new(choice, search, show)?;
    if search.sweep.is_some() {
        return sweep(&asked, &train, show);
    }
    let services = Services::new(asked.lines.iter(), &train)?;
    let named = services.named();
    let mut tables = Vec::new();
    if !named.is_empty() {
        tables.extend([report::trains_table(&named), report::runs_table(&named)]);
    }
    tables.extend(services.warnings());
    let costs = costs(&asked.lines, &named)?;
    tables.extend(report::limit_costs_table(&costs, MOST_LIMITS));
    let json = || {
        let services: Vec<_> = named.iter().map(|(_, one)| report::service_json(one)).collect();
        let limits: Vec<_> = costs.iter().map(|(_, cost)| cost).collect();
        serde_json::json!({
            "format": 1, "services": services, "limit_costs": limits, "tables": tables,
        })
    };
    let page = || Ok(report::pictures_html(&asked.study, asked.day, &[], &tables));
    print_as(&show.result, &tables, json, page)?;
    Ok(output::counted(&services.findings))
}

/// What limits of the segments cost, towards the end of the line; those of the whole are the same.
fn costs(
    lines: &[Line],
    services: &[(String, &LineService)],
) -> Result<Vec<(String, LimitCost)>, Failure> {
    let mut costs = Vec::new();
    let segments = lines.iter().filter(|line| line.line.id != railcorridor::model::CORRIDOR);
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
