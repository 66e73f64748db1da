//! What a string-line graph draws: time against distance, a line for each train.

use serde::Serialize;

use super::graph::{TrainGraph, TrainRun};
use super::line::TrackLine;
use crate::schedule::Direction;

/// A moment and a place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StringPoint {
    /// Seconds from midnight of the first day.
    pub at_s: u64,
    /// Where the train is, metres.
    pub chainage_m: f64,
}

/// The line of one train.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StringLine {
    /// Its name.
    pub train: String,
    /// Its class.
    pub class: String,
    /// Which way it goes.
    pub direction: Direction,
    /// Corners of its line; two of one place where it stands.
    pub points: Vec<StringPoint>,
}

/// All trains, and the stations that they pass.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StringLines {
    /// Name and chainage of each station, metres.
    pub stations: Vec<StringStation>,
    /// In the order of the trains.
    pub trains: Vec<StringLine>,
}

/// A station as a line across the graph.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StringStation {
    /// Its name.
    pub name: String,
    /// Where it is, metres.
    pub chainage_m: f64,
}

/// The lines of a graph.
///
/// ```
/// use railcorridor::operation::traffic::{
///     GraphOptions, GraphTrain, SectionRun, TrackLine, TrackStation, TrainClass, string_lines,
///     train_graph,
/// };
///
/// let station = |name: &str, chainage_m| {
///     TrackStation { name: name.into(), chainage_m, ..Default::default() }
/// };
/// let line = TrackLine::new(vec![station("A", 0.0), station("B", 20e3)])?;
/// let runs = vec![SectionRun { increasing_s: 1_200, decreasing_s: 1_200 }];
/// let class = TrainClass { name: "c".into(), length_m: 900.0, runs, ..Default::default() };
/// let train = GraphTrain { name: "1".into(), class: "c".into(), release_s: 60, ..Default::default() };
/// let result = train_graph(&line, &[class], &[train], &GraphOptions::default())?;
/// let lines = string_lines(&line, &result.graph);
/// let points: Vec<_> = lines.trains[0].points.iter().map(|at| (at.at_s, at.chainage_m)).collect();
/// assert_eq!(points, [(60, 0.0), (1_260, 20e3)]);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn string_lines(line: &TrackLine, graph: &TrainGraph) -> StringLines {
    let station = |at: &super::line::TrackStation| StringStation {
        name: at.name.clone(),
        chainage_m: at.chainage_m,
    };
    StringLines {
        stations: line.stations().iter().map(station).collect(),
        trains: graph.runs.iter().map(|run| string_line(line, run)).collect(),
    }
}

fn string_line(line: &TrackLine, run: &TrainRun) -> StringLine {
    let mut points = Vec::with_capacity(run.calls.len());
    for call in &run.calls {
        let Some(chainage_m) = line.stations().get(call.station).map(|at| at.chainage_m) else {
            continue;
        };
        points.push(StringPoint { at_s: call.arrive_s, chainage_m });
        if call.depart_s > call.arrive_s {
            points.push(StringPoint { at_s: call.depart_s, chainage_m });
        }
    }
    StringLine {
        train: run.name.clone(),
        class: run.class.clone(),
        direction: run.direction,
        points,
    }
}
