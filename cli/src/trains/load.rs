//! `corridor load`: what locomotives pull, by gradient and section by section.

use std::process::ExitCode;

use railcorridor::model::{CORRIDOR, LocomotiveGroup};
use railcorridor::operation::load_table;
use railcorridor::operation::service::section_loads;
use railcorridor::report;

use super::lines::{Asked, Services, rolling_stock, service_choice};
use super::sweep::sweep;
use crate::arguments::{Search, Show, TrainChoice};
use crate::commands::print_as;
use crate::output::{self, Failure};

/// Ruling gradients of the table, permille.
const GRADIENTS: [f64; 9] = [6.0, 8.0, 9.0, 10.0, 12.0, 15.0, 18.0, 20.0, 25.0];

pub fn load(choice: &TrainChoice, search: &Search, show: &Show) -> Result<ExitCode, Failure> {
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
    let rows = load_table(&stock, &groups, &wagons, &GRADIENTS, train.rails, train.loop_m)?;
    let services = Services::new(asked.lines.iter(), &train)?;
    let mut tables = vec![report::load_by_gradient_table(&rows, train.loop_m)];
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
    tables.extend(services.warnings());
    let json = || {
        serde_json::json!({
            "format": 1, "loads": rows, "sections": sections, "tables": tables,
        })
    };
    let page = || {
        let wagons = wagons.join(", ");
        let pictures = [report::load_picture("loads", &wagons, &rows, train.loop_m)];
        Ok(report::pictures_html(&asked.study, asked.day, &pictures, &tables))
    };
    print_as(&show.result, &tables, json, page)?;
    Ok(output::counted(&services.findings))
}
