//! A delay that no graph can be below.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::line::TrackLine;
use super::task::Task;

/// The least weighted delay of all trains together, seconds: no graph has less.
///
/// Each section by itself is a machine on which trains are jobs that may be interrupted: a train
/// comes no earlier than it would alone, and occupies the section for its running time and the
/// shortest interval. The least sum of ends is then that of always running the job with the least
/// time left (L. Schrage, "A proof of the optimality of the shortest remaining processing time
/// discipline", Operations Research 16, 1968). What it delays there cannot be made up later, so the
/// section that delays most gives the bound. Where weights differ, all trains count with the least,
/// those of more weight once more among themselves with what they have above it, and so on.
pub(super) fn least_delay_s(task: &Task<'_>) -> u64 {
    let weight = |train| task.itinerary(train).map(|(itinerary, _)| itinerary.weight);
    let mut weights: Vec<u64> = (0..task.trains.len()).filter_map(weight).collect();
    weights.sort_unstable();
    weights.dedup();
    let below = std::iter::once(0).chain(weights.iter().copied());
    below.zip(&weights).map(|(below, own)| (own - below) * delay_from_s(task, *own)).sum()
}

/// The least delay that trains of so much weight or more make one another, each counted once.
fn delay_from_s(task: &Task<'_>, weight: u64) -> u64 {
    let mut jobs: Vec<Vec<(u64, u64)>> = vec![Vec::new(); task.line.sections()];
    for train in 0..task.trains.len() {
        let train = task.itinerary(train).filter(|(itinerary, _)| itinerary.weight >= weight);
        let Some((itinerary, release_s)) = train else { continue };
        let mut at_s = release_s + itinerary.start_s;
        for hop in &itinerary.hops {
            for (place, (section, run_s)) in hop.sections.iter().enumerate() {
                if let Some(of) = jobs.get_mut(*section) {
                    of.push((at_s, *run_s));
                }
                let stop_s = hop.via.get(place).and_then(|via| via.stop_s);
                at_s += run_s + stop_s.map_or(0, |parts_s| parts_s.iter().sum());
            }
            if let Some(dwell_s) = hop.dwell_s {
                at_s += itinerary.stop_s + dwell_s + itinerary.start_s;
            }
        }
    }
    let delay_s = |(section, jobs): (usize, &Vec<(u64, u64)>)| {
        section_delay_s(jobs, shortest_interval_s(task.line, section))
    };
    jobs.iter().enumerate().map(delay_s).max().unwrap_or(0)
}

/// The shortest time between two trains on a section.
fn shortest_interval_s(line: &TrackLine, section: usize) -> u64 {
    let ends = line.stations().iter().skip(section).take(2);
    let shortest = ends.map(|at| at.crossing_s.min(at.following_s)).min();
    u64::from(shortest.unwrap_or(0))
}

/// The least sum of delays of jobs, each with its first moment and its running time.
fn section_delay_s(jobs: &[(u64, u64)], interval_s: u64) -> u64 {
    let mut jobs = jobs.to_vec();
    jobs.sort_unstable();
    let undelayed_s: u64 = jobs.iter().map(|(from_s, run_s)| from_s + run_s + interval_s).sum();
    let mut left: BinaryHeap<Reverse<u64>> = BinaryHeap::new();
    let (mut now_s, mut ends_s) = (0_u64, 0_u64);
    let mut coming = jobs.into_iter().peekable();
    loop {
        while let Some((_, run_s)) = coming.next_if(|(from_s, _)| *from_s <= now_s) {
            left.push(Reverse(run_s + interval_s));
        }
        let next_s = coming.peek().map(|(from_s, _)| *from_s);
        match (left.pop(), next_s) {
            (None, None) => return ends_s.saturating_sub(undelayed_s),
            (None, Some(next_s)) => now_s = next_s,
            (Some(Reverse(left_s)), Some(next_s)) if now_s + left_s > next_s => {
                left.push(Reverse(left_s - (next_s - now_s)));
                now_s = next_s;
            }
            (Some(Reverse(left_s)), _) => {
                now_s += left_s;
                ends_s += now_s;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_goes_first() {
        // A job of 10 from 0, one of 2 from 4: the short one interrupts, so the long one ends at 12.
        assert_eq!(section_delay_s(&[(0, 10), (4, 2)], 0), 2);
        assert_eq!(section_delay_s(&[(0, 10), (4, 2)], 3), 5);
        assert_eq!(section_delay_s(&[(0, 10), (10, 2)], 0), 0);
        assert_eq!(section_delay_s(&[], 5), 0);
    }

    #[test]
    fn what_weighs_more_counts_more() {
        use crate::operation::traffic::{
            GraphOptions, GraphTrain, SectionRun, TrackStation, TrainClass, train_graph,
        };
        use crate::schedule::Direction::{Decreasing, Increasing};
        let station = |name: &str, chainage_m| TrackStation {
            name: name.into(),
            chainage_m,
            track_lengths_m: vec![1_050.0; 2],
            ..TrackStation::default()
        };
        let line = TrackLine::new(vec![station("A", 0.0), station("B", 20e3)]).unwrap();
        let class = |name: &str, weight| TrainClass {
            name: name.into(),
            length_m: 900.0,
            runs: vec![SectionRun { increasing_s: 1_200, decreasing_s: 1_200 }],
            weight,
            ..TrainClass::default()
        };
        let train = |class: &str, direction, release_s| GraphTrain {
            name: class.into(),
            class: class.into(),
            direction,
            release_s,
        };
        // Two of weight 5 come at once, one of weight 1 much later: one of the two waits 20 min.
        let trains = [("p", Increasing, 0), ("p", Decreasing, 0), ("f", Increasing, 36_000)];
        let trains = trains.map(|(class, direction, at_s)| train(class, direction, at_s));
        let classes = [class("f", 1), class("p", 5)];
        let found = train_graph(&line, &classes, &trains, &GraphOptions::default()).unwrap().graph;
        assert_eq!((found.weighted_delay_s, found.least_delay_s), (6_000, 6_000));
    }
}
