//! The train graph of a single track: who meets whom where, and how late that makes them.

use serde::{Deserialize, Serialize};

use super::bound::least_delay_s;
use super::class::TrainClass;
use super::dispatch::Dispatched;
use super::itinerary::Itinerary;
use super::line::{TrackLine, wrong};
use super::priority_search::best_graph;
use super::stretch::too_short;
use super::task::Task;
use super::train::{Closure, GraphTrain, within_limit};
use crate::error::{Error, Result};
use crate::finding::{Finding, Severity};
use crate::schedule::Direction;

/// Most trains times sections of one graph.
const MAX_MOVES: usize = 500_000;

/// How long to search, and when sections are closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraphOptions {
    /// How many orders of priority are tried at most; 1 or more.
    pub tries: usize,
    /// Seed of the swaps; the same seed gives the same graph.
    pub seed: u64,
    /// Hours of maintenance.
    pub closures: Vec<Closure>,
}

impl Default for GraphOptions {
    fn default() -> Self {
        Self { tries: 100, seed: 1, closures: Vec::new() }
    }
}

/// A train at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Call {
    /// The station, counted from 0 along the line.
    pub station: usize,
    /// When it comes, seconds; at its first station when it leaves.
    pub arrive_s: u64,
    /// When it leaves; as it comes if it runs through.
    pub depart_s: u64,
}

/// The way of one train.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrainRun {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// Which way it goes.
    pub direction: Direction,
    /// Every station that it comes to, in the order of travel.
    pub calls: Vec<Call>,
    /// How much later it arrives than if it were alone; `None` if it never arrives.
    pub delay_s: Option<u64>,
}

/// A graph without conflicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrainGraph {
    /// In the order of the trains given.
    pub runs: Vec<TrainRun>,
    /// Delays of all trains that arrive, each times the weight of its class, seconds.
    pub weighted_delay_s: u64,
    /// What no graph of these trains can be below, seconds.
    pub least_delay_s: u64,
    /// How many orders of priority were tried.
    pub tries: usize,
}

/// A graph, and what a reader of it must know.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GraphResult {
    /// The best graph found.
    pub graph: TrainGraph,
    /// Loops too short for a class (warnings), and trains that block one another (errors).
    pub findings: Vec<Finding>,
}

/// Lets trains run over a line so that none meets another on a section, and delays are small.
///
/// A section holds one train at a time, a station as many as it has tracks of their length. After a
/// train has arrived, `crossing_s` must pass until one leaves against it, `following_s` until one
/// follows it, and `arrival_s` between arrivals from both sides. A train that does not stop loses
/// no time; starts and stops take what its class says. No train enters a section unless it has a
/// track at the end of it.
///
/// For each order of priority tried there is one graph, made by going through time once, in one of
/// six manners: more or less careful not to block a station, and to keep out of the way of trains
/// of higher priority, or of those that would wait longer than it takes to let them by. Where
/// classes differ in weight there are six more: in those a train lets one of more weight by that
/// comes against it or up behind it, if it loses less by waiting, each by its weight. Up to
/// `tries / 6` (`tries / 12`) orders all are tried, of more trains those that swaps of two lead to.
/// The best is returned with a bound: the gap between them is what a better search could still gain
/// at most.
///
/// # Errors
/// [`Error::Limit`] for more trains than a graph may have, [`Error::Unknown`] for a class that is
/// not there, [`Error::Traffic`] and [`Error::OutOfRange`] for numbers that cannot be. Trains that
/// block one another are no error but a finding that names them and where they stand.
///
/// # Example
/// ```
/// use railcorridor::operation::traffic::{
///     DailyTrains, GraphOptions, SectionRun, TrackLine, TrackStation, TrainClass, day_of_trains,
///     train_graph,
/// };
///
/// let station = |name: &str, chainage_m| TrackStation {
///     name: name.into(), chainage_m, track_lengths_m: vec![1_050.0; 2], ..Default::default()
/// };
/// let line = TrackLine::new(vec![station("A", 0.0), station("B", 20e3), station("C", 50e3)])?;
/// let run = |minutes: u32| SectionRun { increasing_s: 60 * minutes, decreasing_s: 60 * minutes };
/// let class = TrainClass {
///     name: "freight".into(), length_m: 900.0, runs: vec![run(20), run(30)], ..Default::default()
/// };
/// // One train each way, both released at noon.
/// let daily = DailyTrains { class: "freight".into(), increasing: 1, decreasing: 1 };
/// let trains = day_of_trains(&[daily])?;
/// let result = train_graph(&line, &[class], &trains, &GraphOptions::default())?;
/// // They meet at B: the train from A is there after 20 minutes and waits 10 for the other.
/// assert_eq!(result.graph.weighted_delay_s, 600);
/// let at_b = result.graph.runs[0].calls[1];
/// assert_eq!((at_b.arrive_s / 60, at_b.depart_s / 60), (12 * 60 + 20, 12 * 60 + 30));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn train_graph(
    line: &TrackLine,
    classes: &[TrainClass],
    trains: &[GraphTrain],
    options: &GraphOptions,
) -> Result<GraphResult> {
    check(line, classes, trains, options)?;
    let mut itineraries = Vec::with_capacity(2 * classes.len());
    for class in classes {
        for direction in [Direction::Increasing, Direction::Decreasing] {
            itineraries.push(Itinerary::new(line, class, direction, &options.closures)?);
        }
    }
    let jobs: Vec<(usize, u64)> = trains
        .iter()
        .map(|train| {
            train.check()?;
            let place = classes.iter().position(|class| class.name == train.class);
            let class = place.ok_or_else(|| unknown_class(classes, &train.class))?;
            let way = usize::from(train.direction == Direction::Decreasing);
            Ok((2 * class + way, train.release_s))
        })
        .collect::<Result<_>>()?;
    let task = Task::new(line, &options.closures, &itineraries, &jobs);
    let least_delay_s = least_delay_s(&task);
    let is_enough =
        |found: &Dispatched| found.stuck.is_empty() && found.weighted_delay_s <= least_delay_s;
    let (found, tries) = best_graph(&task, options.tries, options.seed, is_enough);
    let used = classes.iter().filter(|class| trains.iter().any(|train| train.class == class.name));
    let mut findings: Vec<Finding> = used.flat_map(|class| too_short(line, class)).collect();
    findings.extend(stuck(line, trains, &found));
    let runs = trains.iter().enumerate().map(|(number, train)| run(&task, train, number, &found));
    let graph = TrainGraph {
        runs: runs.collect(),
        weighted_delay_s: found.weighted_delay_s,
        least_delay_s,
        tries,
    };
    Ok(GraphResult { graph, findings })
}

fn check(
    line: &TrackLine,
    classes: &[TrainClass],
    trains: &[GraphTrain],
    options: &GraphOptions,
) -> Result<()> {
    within_limit(trains.len() as u64)?;
    if trains.len().saturating_mul(line.sections()) > MAX_MOVES {
        return Err(Error::Limit {
            item: "a train graph".to_owned(),
            needed: format!("{} trains on {} sections", trains.len(), line.sections()),
            limit: format!("{MAX_MOVES} trains times sections"),
            hint: "give the trains of some days, or a part of the line".to_owned(),
        });
    }
    for (number, class) in classes.iter().enumerate() {
        class.check(line)?;
        if classes.iter().take(number).any(|other| other.name == class.name) {
            let problem = "two classes have this name".to_owned();
            return Err(wrong(&class.name, problem, "rename one"));
        }
    }
    options.closures.iter().try_for_each(|closure| closure.check(line.sections()))
}

fn unknown_class(classes: &[TrainClass], name: &str) -> Error {
    let names: Vec<&str> = classes.iter().map(|class| class.name.as_str()).collect();
    let hint = format!("there is {}", names.join(", "));
    Error::Unknown { what: "class of trains", name: name.to_owned(), hint }
}

fn run(task: &Task<'_>, train: &GraphTrain, number: usize, found: &Dispatched) -> TrainRun {
    let passages = found.passages.get(number).map(Vec::as_slice).unwrap_or_default();
    let call = |at: &super::dispatch::Passage| Call {
        station: at.station,
        arrive_s: at.arrive_s,
        depart_s: at.depart_s,
    };
    let due_s = task.itinerary(number).map(|(itinerary, release_s)| release_s + itinerary.free_s);
    let arrived = passages.last().filter(|_| !found.stuck.contains(&number));
    let delay_s = arrived.zip(due_s).map(|(at, due_s)| at.arrive_s.saturating_sub(due_s));
    TrainRun {
        name: train.name.clone(),
        class: train.class.clone(),
        direction: train.direction,
        calls: passages.iter().map(call).collect(),
        delay_s,
    }
}

/// Trains that never arrive in the best graph, with where they stand.
fn stuck(line: &TrackLine, trains: &[GraphTrain], found: &Dispatched) -> Option<Finding> {
    let place = |number: &usize| {
        let train = trains.get(*number)?;
        let at = found.passages.get(*number).and_then(|passages| passages.last());
        let first = match train.direction {
            Direction::Increasing => 0,
            Direction::Decreasing => line.sections(),
        };
        let station = line.stations().get(at.map_or(first, |at| at.station))?;
        Some(format!("{} at {}", train.name, station.name))
    };
    let places: Vec<String> = found.stuck.iter().filter_map(place).collect();
    if places.is_empty() {
        return None;
    }
    let rule = "trains-stuck";
    Some(Finding {
        rule,
        id: format!("{rule}:{}", places.first().cloned().unwrap_or_default()),
        severity: Severity::Error,
        subject: "corridor".to_owned(),
        chainage_m: None,
        value: format!("{} trains never arrive", places.len()),
        limit: "all trains arrive".to_owned(),
        message: format!(
            "in every order tried trains block one another: {}; more tracks there, or fewer trains, would let them pass",
            places.join(", ")
        ),
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    })
}
