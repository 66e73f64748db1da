//! `corridor graph`: the trains of a day on a single track.

use std::process::ExitCode;

use railcorridor::operation::service::crowding_finding;
use railcorridor::operation::traffic::{
    Closure, DailyTrains, GraphOptions, GraphTrain, day_of_trains, occupation, string_lines,
    train_graph,
};
use railcorridor::report;

use super::lines::{Asked, Services, rolling_stock, service_choice};
use crate::arguments::{GraphChoice, Search, Show, TrainChoice};
use crate::commands::print_as;
use crate::output::{self, Failure};

const DAY_S: u64 = 86_400;

pub fn graph(
    wanted: &GraphChoice,
    choice: &TrainChoice,
    search: &Search,
    show: &Show,
) -> Result<ExitCode, Failure> {
    if search.sweep.is_some() {
        return Err(Failure::usage("a graph is of one line: leave out --sweep"));
    }
    let stock = rolling_stock(choice)?;
    let train = service_choice(choice, &stock)?;
    let asked = Asked::new(choice, search, show)?;
    let whole = asked.whole()?;
    let services = Services::new(std::iter::once(whole), &train)?;
    let Some((name, service)) = services.done.first() else {
        let tables = services.warnings();
        let json = || serde_json::json!({ "format": 1, "tables": tables });
        let page = || Ok(report::pictures_html(&asked.study, asked.day, &[], &tables));
        print_as(&show.result, &tables, json, page)?;
        return Ok(output::counted(&services.findings));
    };
    let fitting = service.capacity.whole_pairs();
    let pairs = wanted.pairs.unwrap_or((3 * fitting / 4).max(1));
    let trains = days_of_trains(&service.class.name, pairs)?;
    let line = &service.track_line;
    let closures = wanted.maintenance.map_or_else(Vec::new, |hours| {
        let closure = |section| Closure { section, from_s: hours.from_s, to_s: hours.to_s };
        (0..line.sections()).map(closure).collect()
    });
    let options = GraphOptions { tries: wanted.tries, seed: wanted.seed, closures };
    let classes = std::slice::from_ref(&service.class);
    let result = train_graph(line, classes, &trains, &options)?;
    let window_s = (DAY_S, 2 * DAY_S);
    let occupied = occupation(line, &result.graph, window_s)?;
    let mut findings = services.findings.clone();
    findings.extend(result.findings.iter().cloned());
    findings.extend(crowding_finding(&whole.line.id, pairs, fitting));
    let mut tables = vec![report::graph_table(name, &result.graph, window_s)];
    tables.extend(report::train_findings_table(&findings));
    tables.push(report::occupation_table(&occupied));
    let json = || {
        serde_json::json!({
            "format": 1,
            "service": report::service_json(service),
            "pairs_per_day": pairs,
            "window_s": window_s,
            "graph": result.graph,
            "string_lines": string_lines(line, &result.graph),
            "occupation": occupied,
            "tables": tables,
        })
    };
    let page = || {
        let strings = string_lines(line, &result.graph);
        let pictures = [report::train_graph_picture("day", name, &strings, window_s)];
        Ok(report::pictures_html(&asked.study, asked.day, &pictures, &tables))
    };
    print_as(&show.result, &tables, json, page)?;
    Ok(output::counted(&findings))
}

/// Trains of three days: the one in the middle is what is shown.
fn days_of_trains(class: &str, pairs: u32) -> Result<Vec<GraphTrain>, Failure> {
    let daily = DailyTrains { class: class.to_owned(), increasing: pairs, decreasing: pairs };
    let day = day_of_trains(&[daily])?;
    let mut trains = Vec::with_capacity(3 * day.len());
    for (number, words) in (0..).zip([" of the day before", "", " of the day after"]) {
        trains.extend(day.iter().map(|train| GraphTrain {
            name: format!("{}{words}", train.name),
            release_s: train.release_s + number * DAY_S,
            ..train.clone()
        }));
    }
    Ok(trains)
}
