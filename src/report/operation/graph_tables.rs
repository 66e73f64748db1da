//! A day of trains: who is how late, how full sections are, what blocks.

use super::run_tables::clock_words;
use crate::finding::Finding;
use crate::operation::traffic::{SectionOccupation, TrainGraph, TrainRun};
use crate::report::claims::severity;
use crate::report::table::{Cell, Mark, Table};
use crate::schedule::Direction;
use crate::unit::grouped;

#[expect(clippy::cast_precision_loss, reason = "seconds of some days")]
fn minutes(time_s: u64) -> f64 {
    time_s as f64 / 60.0
}

/// One row a direction and class of the trains that leave within a window: time on the way, stops,
/// how late; beside what no graph of all its trains can be below.
#[must_use]
pub fn graph_table(name: &str, graph: &TrainGraph, window_s: (u64, u64)) -> Table {
    let delays_s = graph.runs.iter().filter_map(|run| run.delay_s);
    let weighed = if delays_s.sum::<u64>() == graph.weighted_delay_s {
        ""
    } else {
        ", those of more weight counted so many times"
    };
    let note = format!(
        "Trains that leave on the day shown; others go the days before and after. Late: against a run \
         without another train. The best of {} orders of priority: all trains of all days together \
         are late by {} min{weighed}, and no graph of them by less than {}.",
        graph.tries,
        grouped(minutes(graph.weighted_delay_s), 0),
        grouped(minutes(graph.least_delay_s), 0)
    );
    let mut classes: Vec<&str> = Vec::new();
    for run in &graph.runs {
        if !classes.contains(&run.class.as_str()) {
            classes.push(&run.class);
        }
    }
    let is_mixed = classes.len() > 1;
    let mut headings = vec![
        "Way",
        ">Trains",
        ">Arrive",
        ">Mean time, h:min",
        ">Stops a train",
        ">Late in the mean, min",
        ">Latest, min",
    ];
    if is_mixed {
        headings.insert(0, "Train");
    }
    let title = format!("A day of trains: {name}");
    let mut table = Table::new("graph", &title, &note, &headings);
    for class in classes {
        for (direction, words) in
            [(Direction::Increasing, "there"), (Direction::Decreasing, "back")]
        {
            let is_shown = |run: &&TrainRun| {
                let leaves_s = run.calls.first().map_or(0, |call| call.depart_s);
                run.class == class
                    && run.direction == direction
                    && (window_s.0..window_s.1).contains(&leaves_s)
            };
            let runs: Vec<&TrainRun> = graph.runs.iter().filter(is_shown).collect();
            if !runs.is_empty() {
                let train = is_mixed.then(|| class.into());
                table.rows.push(train.into_iter().chain(row(words, &runs)).collect());
            }
        }
    }
    table
}

fn row(words: &str, runs: &[&TrainRun]) -> Vec<Cell> {
    let (mut delays_s, mut times_s, mut stops) = (Vec::new(), 0, 0_u32);
    for run in runs {
        let Some(delay_s) = run.delay_s else { continue };
        delays_s.push(delay_s);
        let (first, last) = (run.calls.first(), run.calls.last());
        times_s += last.map_or(0, |call| call.arrive_s) - first.map_or(0, |call| call.depart_s);
        let inner = run.calls.iter().skip(1).take(run.calls.len().saturating_sub(2));
        stops += inner.map(|call| u32::from(call.depart_s > call.arrive_s)).sum::<u32>();
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of trains")]
    let arrived = delays_s.len().max(1) as f64;
    vec![
        words.into(),
        runs.len().to_string().into(),
        arrive_cell(runs.len(), delays_s.len()),
        clock_words(60.0 * minutes(times_s) / arrived).into(),
        grouped(f64::from(stops) / arrived, 1).into(),
        grouped(minutes(delays_s.iter().sum::<u64>()) / arrived, 0).into(),
        grouped(minutes(delays_s.iter().copied().max().unwrap_or(0)), 0).into(),
    ]
}

fn arrive_cell(trains: usize, arrived: usize) -> Cell {
    if arrived == trains {
        arrived.to_string().into()
    } else {
        Cell::marked(arrived.to_string(), Mark::Error)
    }
}

/// What a reader must know of trains on a line: loops too short for them, more of them than fit,
/// trains that block one another; none if there is nothing.
#[must_use]
pub fn train_findings_table(findings: &[Finding]) -> Option<Table> {
    let headings = ["Where", "What", ">Is", ">Should be", "Weight"];
    let title = "What does not fit with the trains";
    let mut table = Table::new("train-findings", title, "", &headings);
    for finding in findings {
        let row: Vec<Cell> = vec![
            finding.subject.clone().into(),
            finding.message.clone().into(),
            finding.value.clone().into(),
            finding.limit.clone().into(),
            severity(finding),
        ];
        // The same may be found of a segment and of the whole line.
        if !table.rows.contains(&row) {
            table.rows.push(row);
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

/// How full each section is over a day, compressed.
#[must_use]
pub fn occupation_table(sections: &[SectionOccupation]) -> Table {
    let note = "Trains of the day one after another without gaps, each with the interval after it, as \
        a share of the day: the compression of UIC 406, cut at every station. More than 60 % of a day \
        is much for mixed traffic (from memory).";
    let headings = ["Section", ">Trains", ">Occupied, h", ">Share of the day, %"];
    let mut table = Table::new("occupation", "How full sections are", note, &headings);
    for section in sections {
        table.rows.push(vec![
            section.name.clone().into(),
            section.trains.to_string().into(),
            grouped(minutes(section.occupied_s) / 60.0, 1).into(),
            grouped(100.0 * section.occupied_share, 0).into(),
        ]);
    }
    table
}
