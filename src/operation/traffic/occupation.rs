//! How full sections are: occupation of a graph, compressed.

use serde::Serialize;

use super::graph::TrainGraph;
use super::line::TrackLine;
use crate::error::{self, Result};
use crate::schedule::Direction;

/// How much of a window a section is occupied.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionOccupation {
    /// Both stations.
    pub name: String,
    /// Trains that run over it within the window.
    pub trains: usize,
    /// Their running times and the intervals after them, seconds.
    pub occupied_s: u64,
    /// The same as a share of the window.
    pub occupied_share: f64,
}

/// How much of a window from one moment to another trains occupy each section, one after another
/// without gaps.
///
/// That is the compression of UIC 406 for single track, cut at every crossing station: with one
/// train a section, compressed trains follow each other at their running times and the intervals
/// that the station where each arrives asks before the next. UIC 406 (2004) takes 60 % of a day and
/// 75 % of a peak hour as the limit for mixed traffic (from memory: unverified). A train counts with
/// the window in which it enters a section; the last one is followed by the first.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for a window that does not end after it begins.
///
/// ```
/// use railcorridor::operation::traffic::{
///     GraphOptions, GraphTrain, SectionRun, TrackLine, TrackStation, TrainClass, occupation,
///     train_graph,
/// };
///
/// let station = |name: &str, chainage_m| {
///     TrackStation { name: name.into(), chainage_m, following_s: 300, ..Default::default() }
/// };
/// let line = TrackLine::new(vec![station("A", 0.0), station("B", 20e3)])?;
/// let runs = vec![SectionRun { increasing_s: 1_500, decreasing_s: 1_500 }];
/// let class = TrainClass { name: "c".into(), length_m: 900.0, runs, ..Default::default() };
/// let train = |release_s| GraphTrain { class: "c".into(), release_s, ..Default::default() };
/// let result = train_graph(&line, &[class], &[train(0), train(5_000)], &GraphOptions::default())?;
/// // Two trains of 25 minutes, 5 minutes after each: one hour of two.
/// assert_eq!(occupation(&line, &result.graph, (0, 7_200))?[0].occupied_share, 0.5);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn occupation(
    line: &TrackLine,
    graph: &TrainGraph,
    (from_s, to_s): (u64, u64),
) -> Result<Vec<SectionOccupation>> {
    #[expect(clippy::cast_precision_loss, reason = "seconds, far below 2^53 or refused")]
    let window_s = to_s.saturating_sub(from_s) as f64;
    let hint = "the window ends after it begins";
    error::within(|| "window in s".to_owned(), window_s, (1.0, 1e12), hint)?;
    let mut stays: Vec<Vec<(u64, u64, Direction)>> = vec![Vec::new(); line.sections()];
    for run in &graph.runs {
        for (a, b) in run.calls.iter().zip(run.calls.iter().skip(1)) {
            let section = stays.get_mut(a.station.min(b.station));
            if let Some(of) = section.filter(|_| (from_s..to_s).contains(&a.depart_s)) {
                of.push((a.depart_s, b.arrive_s, run.direction));
            }
        }
    }
    let section = |(number, stays): (usize, &mut Vec<(u64, u64, Direction)>)| {
        stays.sort_unstable();
        let next = stays.iter().cycle().skip(1);
        let occupied = stays.iter().zip(next).map(|((depart_s, arrive_s, way), (.., next_way))| {
            let into = if *way == Direction::Increasing { number + 1 } else { number };
            let interval_s = line
                .stations()
                .get(into)
                .map_or(0, |at| if way == next_way { at.following_s } else { at.crossing_s });
            arrive_s - depart_s + u64::from(interval_s)
        });
        let occupied_s: u64 = occupied.sum();
        #[expect(clippy::cast_precision_loss, reason = "seconds, far below 2^53")]
        let occupied_share = occupied_s as f64 / window_s;
        SectionOccupation {
            name: line.section_name(number),
            trains: stays.len(),
            occupied_s,
            occupied_share,
        }
    };
    Ok(stays.iter_mut().enumerate().map(section).collect())
}
