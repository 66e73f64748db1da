//! `corridor graph`: the trains of a day on a single track.

use std::process::ExitCode;

use railcorridor::operation::traffic::{
    Closure, DailyTrains, GraphOptions, day_of_trains, occupation, string_lines, train_graph,
};
use railcorridor::report;

use super::lines::{Asked, Services, rolling_stock, service_choice};
use crate::arguments::{Search, Show};
use crate::commands::print_as;
use crate::output::{self, Failure};
use crate::train_arguments::{GraphChoice, TrainChoice};

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
        let tables: Vec<_> = report::stalls_table(&services.named_stalls()).into_iter().collect();
        let json = || serde_json::json!({ "format": 1, "tables": tables });
        let page = || Ok(report::pictures_html(&asked.study, asked.day, &[], &tables));
        print_as(&show.result, &tables, json, page)?;
        return Ok(output::counted(&services.findings));
    };
    let fitting = service.capacity.whole_pairs();
    let pairs = wanted.pairs.unwrap_or((3 * fitting / 4).max(1));
    let daily =
        DailyTrains { class: service.class.name.clone(), increasing: pairs, decreasing: pairs };
    let trains = day_of_trains(&[daily])?;
    let line = &service.track_line;
    let closures = wanted.maintenance.map_or_else(Vec::new, |hours| {
        let closure = |section| Closure { section, from_s: hours.from_s, to_s: hours.to_s };
        (0..line.sections()).map(closure).collect()
    });
    let options = GraphOptions { tries: wanted.tries, seed: wanted.seed, closures };
    let classes = std::slice::from_ref(&service.class);
    let result = train_graph(line, classes, &trains, &options)?;
    // A day in the middle: trains of the day before are still on the way in it.
    let occupied = occupation(line, &result.graph, (0, DAY_S))?;
    let mut tables = vec![report::graph_table(name, &result.graph)];
    tables.extend(report::graph_findings(&result));
    tables.push(report::occupation_table(&occupied));
    let json = || {
        serde_json::json!({
            "format": 1,
            "service": report::service_json(service),
            "pairs_per_day": pairs,
            "graph": result.graph,
            "string_lines": string_lines(line, &result.graph),
            "occupation": occupied,
            "tables": tables,
        })
    };
    let page = || Ok(report::pictures_html(&asked.study, asked.day, &[], &tables));
    print_as(&show.result, &tables, json, page)?;
    let mut findings = services.findings;
    findings.extend(result.findings);
    Ok(output::counted(&findings))
}
