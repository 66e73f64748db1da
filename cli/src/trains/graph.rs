//! `corridor graph`: the trains of a day on a single track.

use std::process::ExitCode;

use railcorridor::operation::service::{LineService, ServiceChoice, crowding_finding};
use railcorridor::operation::traffic::{
    Closure, DailyTrains, GraphOptions, GraphTrain, Removal, TrainClass, day_of_trains,
    freight_pairs_per_day, occupation, string_lines, train_graph,
};
use railcorridor::report;

use super::lines::{Asked, Services, rolling_stock, service_choice};
use crate::arguments::{GraphChoice, OtherTrains, Search, Show, TrainChoice};
use crate::commands::print_as;
use crate::output::{self, Failure};

const DAY_S: u64 = 86_400;

/// Pairs of the train that a pair of another one takes the place of: the middle of what is told of
/// passenger trains on single track ([`Removal::removal_ratio`]).
const REMOVAL_RATIO: f64 = 1.3;

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
    let others = wanted.others.iter().map(|other| other_choice(&train, other));
    let others = others.collect::<Result<Vec<_>, Failure>>()?;
    let asked = Asked::new(choice, search, show)?;
    let whole = asked.whole()?;
    let services = Services::of_trains(whole, std::iter::once(&train).chain(&others))?;
    let [(name, service), beside @ ..] = services.done.as_slice() else {
        return stalled(&asked, &services, show);
    };
    if beside.len() < others.len() {
        return stalled(&asked, &services, show);
    }
    let weights = others.iter().zip(&wanted.others);
    let weights: Vec<u32> =
        weights.map(|(own, other)| other.weight.unwrap_or(own.delay_weight())).collect();
    let classes = classes((service, train.delay_weight()), beside.iter().zip(weights))?;
    let fitting = fitting(service, &wanted.others)?;
    let pairs = wanted.pairs.unwrap_or((3 * fitting / 4).max(1));
    let each = std::iter::once(pairs).chain(wanted.others.iter().map(|other| other.pairs));
    let daily = classes.iter().zip(each).map(|(class, pairs)| DailyTrains {
        class: class.name.clone(),
        increasing: pairs,
        decreasing: pairs,
    });
    let trains = days_of_trains(&daily.collect::<Vec<_>>())?;
    let line = &service.track_line;
    let closures = wanted.maintenance.map_or_else(Vec::new, |hours| {
        let closure = |section| Closure { section, from_s: hours.from_s, to_s: hours.to_s };
        (0..line.sections()).map(closure).collect()
    });
    let options = GraphOptions { tries: wanted.tries, seed: wanted.seed, closures };
    let result = train_graph(line, &classes, &trains, &options)?;
    let window_s = (DAY_S, 2 * DAY_S);
    let occupied = occupation(line, &result.graph, window_s)?;
    let mut findings = services.findings.clone();
    findings.extend(result.findings.iter().cloned());
    findings.extend(crowding_finding(&whole.line.id, pairs, fitting));
    let mut tables = vec![report::graph_table(name, &result.graph, window_s)];
    tables.extend(report::train_findings_table(&findings));
    tables.push(report::occupation_table(&occupied));
    let json = || {
        let others = beside.iter().zip(&wanted.others).zip(classes.iter().skip(1));
        let others = others.map(|(((_, service), other), class)| {
            serde_json::json!({
                "service": report::service_json(service),
                "pairs_per_day": other.pairs,
                "delay_weight": class.weight,
            })
        });
        serde_json::json!({
            "format": 1,
            "service": report::service_json(service),
            "pairs_per_day": pairs,
            "others": others.collect::<Vec<_>>(),
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

/// What is told where a train does not get over the line.
fn stalled(asked: &Asked, services: &Services, show: &Show) -> Result<ExitCode, Failure> {
    let tables = services.warnings();
    let json = || serde_json::json!({ "format": 1, "tables": tables });
    let page = || Ok(report::pictures_html(&asked.study, asked.day, &[], &tables));
    print_as(&show.result, &tables, json, page)?;
    Ok(output::counted(&services.findings))
}

/// Another train by the rules of the first: its own locomotives, full both ways.
fn other_choice<'a>(
    train: &ServiceChoice<'a>,
    other: &OtherTrains,
) -> Result<ServiceChoice<'a>, Failure> {
    let set = train.stock.train(&other.train)?.clone();
    Ok(ServiceChoice { set, wagons: other.wagons, load_ratio: [1.0, 1.0], ..train.clone() })
}

/// Whole pairs of the train that fit on a day beside others.
fn fitting(service: &LineService, others: &[OtherTrains]) -> Result<u32, Failure> {
    let removal = |other: &OtherTrains| Removal {
        pairs_per_day: f64::from(other.pairs),
        removal_ratio: REMOVAL_RATIO,
    };
    let removals: Vec<Removal> = others.iter().map(removal).collect();
    let left = freight_pairs_per_day(service.capacity.pairs_per_day, &removals)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pairs of a day")]
    let whole = left.floor() as u32;
    Ok(whole)
}

/// The classes of all trains; a delay of the first counts once if there is no other.
fn classes<'a>(
    (first, weight): (&LineService, u32),
    beside: impl ExactSizeIterator<Item = (&'a (String, LineService), u32)>,
) -> Result<Vec<TrainClass>, Failure> {
    let weight = if beside.len() == 0 { 1 } else { weight };
    let mut classes = vec![TrainClass { weight, ..first.class.clone() }];
    for ((_, service), weight) in beside {
        let class = TrainClass { weight, ..service.class.clone() };
        if classes.iter().any(|already| already.name == class.name) {
            let words = format!(
                "--with names trains that are there already, {}; give all their pairs at once",
                class.name
            );
            return Err(Failure::Usage(words));
        }
        classes.push(class);
    }
    Ok(classes)
}

/// Trains of three days: the one in the middle is what is shown.
fn days_of_trains(daily: &[DailyTrains]) -> Result<Vec<GraphTrain>, Failure> {
    let day = day_of_trains(daily)?;
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
