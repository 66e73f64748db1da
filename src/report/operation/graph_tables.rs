//! A day of trains: who is how late, how full sections are, what blocks.

use super::run_tables::clock_words;
use crate::finding::Finding;
use crate::operation::traffic::{GraphResult, SectionOccupation, TrainGraph};
use crate::report::claims::severity;
use crate::report::table::{Cell, Mark, Table};
use crate::schedule::Direction;
use crate::unit::grouped;

#[expect(clippy::cast_precision_loss, reason = "seconds of some days")]
fn minutes(time_s: u64) -> f64 {
    time_s as f64 / 60.0
}

/// One row a direction: trains, time on the way, stops, how late; then all, beside what no graph of
/// these trains can be below.
#[must_use]
pub fn graph_table(name: &str, graph: &TrainGraph) -> Table {
    let note = format!(
        "Late: against a run without another train. The best of {} orders of priority; no graph of \
         these trains is late by less than {} min in all.",
        graph.tries,
        grouped(minutes(graph.least_delay_s), 0)
    );
    let headings = [
        "Way",
        ">Trains",
        ">Arrive",
        ">Mean time, h:min",
        ">Stops a train",
        ">Late in the mean, min",
        ">Latest, min",
        ">Late in all, min",
    ];
    let title = format!("A day of trains: {name}");
    let mut table = Table::new("graph", &title, &note, &headings);
    for (direction, words) in [(Direction::Increasing, "there"), (Direction::Decreasing, "back")] {
        let runs = graph.runs.iter().filter(|run| run.direction == direction);
        let (mut trains, mut delays_s, mut times_s, mut stops) = (0_u32, Vec::new(), 0, 0_u32);
        for run in runs {
            trains += 1;
            let Some(delay_s) = run.delay_s else { continue };
            delays_s.push(delay_s);
            let (first, last) = (run.calls.first(), run.calls.last());
            times_s += last.map_or(0, |call| call.arrive_s) - first.map_or(0, |call| call.depart_s);
            let inner = run.calls.iter().skip(1).take(run.calls.len().saturating_sub(2));
            stops += inner.map(|call| u32::from(call.depart_s > call.arrive_s)).sum::<u32>();
        }
        if trains == 0 {
            continue;
        }
        let arrived = delays_s.len().max(1) as f64;
        let late_s: u64 = delays_s.iter().sum();
        table.rows.push(vec![
            words.into(),
            trains.to_string().into(),
            arrive_cell(trains, delays_s.len()),
            clock_words(60.0 * minutes(times_s) / arrived).into(),
            grouped(f64::from(stops) / arrived, 1).into(),
            grouped(minutes(late_s) / arrived, 0).into(),
            grouped(minutes(delays_s.iter().copied().max().unwrap_or(0)), 0).into(),
            grouped(minutes(late_s), 0).into(),
        ]);
    }
    table
}

fn arrive_cell(trains: u32, arrived: usize) -> Cell {
    if arrived == trains as usize {
        arrived.to_string().into()
    } else {
        Cell::marked(arrived.to_string(), Mark::Error)
    }
}

/// What blocks trains, and loops too short for them; none if nothing does.
#[must_use]
pub fn graph_findings(result: &GraphResult) -> Option<Table> {
    findings_table("graph-findings", "What blocks trains", &result.findings)
}

fn findings_table(id: &str, title: &str, findings: &[Finding]) -> Option<Table> {
    let mut table = Table::new(id, title, "", &["Where", "What", ">Is", ">Should be", "Weight"]);
    for finding in findings {
        table.rows.push(vec![
            finding.subject.clone().into(),
            finding.message.clone().into(),
            finding.value.clone().into(),
            finding.limit.clone().into(),
            severity(finding),
        ]);
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
