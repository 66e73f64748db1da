//! `corridor load`: what locomotives pull, by gradient and section by section.

use std::process::ExitCode;

use railcorridor::model::{CORRIDOR, LocomotiveGroup};
use railcorridor::operation::service::{
    MomentumLoad, ServiceChoice, momentum_loads, section_loads,
};
use railcorridor::operation::{Hold, load_table};
use railcorridor::report;

use super::lines::{Asked, Line, Services, rolling_stock, service_choice};
use super::sweep::sweep;
use crate::arguments::{Search, Show, TrainChoice};
use crate::commands::print_as;
use crate::output::{self, Failure};

/// Ruling gradients of the table, permille.
const GRADIENTS: [f64; 9] = [6.0, 8.0, 9.0, 10.0, 12.0, 15.0, 18.0, 20.0, 25.0];

pub fn load(
    (with_momentum, curve_m): (bool, Option<f64>),
    choice: &TrainChoice,
    search: &Search,
    show: &Show,
) -> Result<ExitCode, Failure> {
    if with_momentum && search.sweep.is_some() {
        return Err(Failure::usage("--momentum is of one line: leave out --sweep"));
    }
    if curve_m.is_some_and(|radius_m| !(radius_m >= 50.0)) {
        return Err(Failure::usage("--curve is a radius in metres, from 50 on"));
    }
    let hold = choice
        .adhesion
        .map(|weather_ratio| Hold { weather_ratio, radius_m: curve_m.unwrap_or(f64::INFINITY) });
    if curve_m.is_some() && hold.is_none() {
        return Err(Failure::usage("--curve is for --adhesion: name its share, such as 1"));
    }
    let stock = rolling_stock(choice)?;
    let train = service_choice(choice, &stock)?;
    let asked = Asked::new(choice, search, show)?;
    if search.sweep.is_some() {
        return sweep(&asked, &train, show);
    }
    let alone = |id: &String| vec![LocomotiveGroup { id: id.clone(), count: 1 }];
    let mut groups: Vec<Vec<LocomotiveGroup>> =
        stock.locomotives.iter().map(|locomotive| alone(&locomotive.id)).collect();
    if !groups.contains(&train.set.locomotives) {
        groups.push(train.set.locomotives.clone());
    }
    let wagons: Vec<&str> =
        train.set.wagons.first().map(|group| group.id.as_str()).into_iter().collect();
    let (rails, loop_m) = (train.rails, train.loop_m);
    let rows = load_table(&stock, &groups, &wagons, &GRADIENTS, rails, loop_m, hold.as_ref())?;
    let services = Services::new(asked.lines.iter(), &train)?;
    let mut tables = vec![report::load_by_gradient_table(&rows, loop_m, hold.as_ref())];
    let mut sections = Vec::new();
    for line in &asked.lines {
        let service = services.done.iter().find(|(_, one)| one.id == line.line.id);
        let wagons = service.map(|(_, one)| one.wagons).or(train.wagons).unwrap_or(0);
        let loads = section_loads(&line.line, &train, wagons)?;
        if line.line.id != CORRIDOR {
            tables.push(report::section_loads_table(&line.line.id, &line.name, &loads));
        }
        sections.push(serde_json::json!({
            "line": line.line.id, "wagons": wagons, "sections": loads,
        }));
    }
    let momentum = if with_momentum { momentum(&asked.lines, &train)? } else { Vec::new() };
    if with_momentum {
        tables.push(report::momentum_loads_table(&momentum));
    }
    tables.extend(services.warnings());
    let json = || {
        let mut json = serde_json::json!({
            "format": 1, "loads": rows, "sections": sections, "tables": tables,
        });
        if with_momentum {
            let lines = asked.lines.iter().zip(&momentum);
            let lines = lines.map(|(line, (_, [there, back]))| {
                serde_json::json!({ "line": line.line.id, "there": there, "back": back })
            });
            json["momentum"] = lines.collect();
        }
        json
    };
    let page = || {
        let wagons = wagons.join(", ");
        let pictures = [report::load_picture("loads", &wagons, &rows, train.loop_m)];
        Ok(report::pictures_html(&asked.study, asked.day, &pictures, &tables))
    };
    print_as(&show.result, &tables, json, page)?;
    Ok(output::counted(&services.findings))
}

/// What gets over each line by running it, by its name.
fn momentum(
    lines: &[Line],
    train: &ServiceChoice<'_>,
) -> Result<Vec<(String, [MomentumLoad; 2])>, Failure> {
    let loads =
        lines.iter().map(|line| Ok((line.name.clone(), momentum_loads(&line.line, train)?)));
    loads.collect()
}
