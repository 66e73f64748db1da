//! `corridor capacity`: how many trains fit, what they carry, where loops go for more.

use std::process::ExitCode;

use railcorridor::operation::service::{ServiceChoice, ServiceLine, ServicePlace, line_service};
use railcorridor::operation::traffic::{TrackLine, place_loops};
use railcorridor::report::{self, Picture, Table};

use super::lines::{Asked, Line, Services, rolling_stock, service_choice};
use super::sweep::sweep;
use crate::arguments::{CapacityChoice, Search, Show, TrainChoice};
use crate::commands::print_as;
use crate::output::{self, Failure};

pub fn capacity(
    wanted: &CapacityChoice,
    choice: &TrainChoice,
    search: &Search,
    show: &Show,
) -> Result<ExitCode, Failure> {
    let is_place = wanted.sites >= 0.1 && wanted.sites <= 1e4;
    if !is_place || !(0.0..=1e6).contains(&wanted.loop_cost) {
        let words = "--sites are kilometres from 0.1 on, --loop-cost millions from 0 on";
        return Err(Failure::usage(words));
    }
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
        tables.push(report::capacity_table(&named));
    }
    for (name, service) in &named {
        tables.push(report::section_capacity_table(&service.id, name, service));
    }
    tables.extend(services.warnings());
    if let Some(pairs_per_day) = wanted.pairs {
        for line in &asked.lines {
            tables.push(loops(line, &train, wanted, pairs_per_day)?);
        }
    }
    let json = || {
        let services: Vec<_> = named.iter().map(|(_, one)| report::service_json(one)).collect();
        serde_json::json!({ "format": 1, "services": services, "tables": tables })
    };
    let page = || {
        let pictures = named.iter().map(|(name, service)| {
            let pairs = wanted.pairs.unwrap_or(f64::from(service.capacity.whole_pairs()));
            let (line, sections) = (&service.track_line, &service.capacity.sections);
            report::occupation_picture(&service.id, name, line, sections, pairs)
        });
        let pictures: Vec<Picture> = pictures.collect();
        Ok(report::pictures_html(&asked.study, asked.day, &pictures, &tables))
    };
    print_as(&show.result, &tables, json, page)?;
    Ok(output::counted(&services.findings))
}

/// The cheapest loops for so many pairs: those that there are cost nothing, others may lie at places
/// between them.
fn loops(
    line: &Line,
    train: &ServiceChoice<'_>,
    wanted: &CapacityChoice,
    pairs_per_day: f64,
) -> Result<Table, Failure> {
    let (mut places, mut costs_usd) = (Vec::new(), Vec::new());
    let mut last_m: Option<f64> = None;
    for place in &line.line.places {
        if let Some(from_m) = last_m {
            let parts = ((place.at_m - from_m) / (1e3 * wanted.sites)).round().clamp(1.0, 1e3);
            for number in 1..parts as u32 {
                let at_m = from_m + (place.at_m - from_m) * f64::from(number) / parts;
                places.push(ServicePlace { name: None, at_m });
                costs_usd.push(1e6 * wanted.loop_cost);
            }
        }
        last_m = Some(place.at_m);
        places.push(place.clone());
        costs_usd.push(0.0);
    }
    let possible = ServiceLine { places, ..line.line.clone() };
    let service = line_service(&possible, train)?;
    let sites: &TrackLine = &service.track_line;
    let plan = place_loops(sites, &service.class, &costs_usd, pairs_per_day, &train.day)?;
    Ok(report::loop_plan_table(&line.line.id, &line.name, sites, &plan, pairs_per_day))
}
