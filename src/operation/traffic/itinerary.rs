//! The way of a train from one place where it may wait to the next.

use std::ops::RangeInclusive;

use super::class::TrainClass;
use super::line::{TrackLine, wrong};
use super::train::Closure;
use crate::error::Result;
use crate::schedule::Direction;

/// From a station where two trains of the class may stand to the next such one. Where only one fits,
/// none waits: the other could not get past it.
#[derive(Debug, Clone)]
pub(super) struct Hop {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Sections in the order of travel, with the time of running, seconds.
    pub(super) sections: Vec<(usize, u64)>,
    /// Stations on the way, one after each section but the last.
    pub(super) via: Vec<Via>,
    pub(super) run_s: u64,
    /// How long it stands at the end at least; `None` if it need not stop.
    pub(super) dwell_s: Option<u64>,
}

/// A station on the way, where it runs through unless it has to stop there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Via {
    pub(super) station: usize,
    /// Stopping, standing and starting, seconds; `None` if it runs through.
    pub(super) stop_s: Option<[u64; 3]>,
}

/// All hops of a class in one direction.
#[derive(Debug, Clone)]
pub(super) struct Itinerary {
    pub(super) direction: Direction,
    pub(super) hops: Vec<Hop>,
    pub(super) start_s: u64,
    pub(super) stop_s: u64,
    pub(super) length_m: f64,
    pub(super) weight: u64,
    /// From release to arrival if there were no other train and no closure.
    pub(super) free_s: u64,
    /// Of each station how long a track it needs there, metres; none where it begins.
    pub(super) needs_m: Vec<Option<f64>>,
    /// Of each station when it comes there after it first began to run, if there were no other train.
    pub(super) passes_s: Vec<Option<u64>>,
}

impl Itinerary {
    pub(super) fn new(
        line: &TrackLine,
        class: &TrainClass,
        direction: Direction,
        closures: &[Closure],
    ) -> Result<Self> {
        let stations = line.stations().len();
        let mut fits: Vec<usize> =
            (0..stations).filter(|at| line.room_for(*at, class.length_m) >= 2).collect();
        if direction == Direction::Decreasing {
            fits.reverse();
        }
        let hop = |(from, to): (&usize, &usize)| hop(line, class, direction, *from, *to);
        let hops: Vec<Hop> = fits.iter().zip(fits.iter().skip(1)).map(hop).collect();
        let (start_s, stop_s) = (u64::from(class.start_s), u64::from(class.stop_s));
        let stops_s: u64 =
            hops.iter().filter_map(|hop| hop.dwell_s).map(|s| s + start_s + stop_s).sum();
        let free_s = start_s + stop_s + stops_s + hops.iter().map(|hop| hop.run_s).sum::<u64>();
        let weight = u64::from(class.weight);
        let length_m = class.length_m;
        let needs_m = needs_m(&hops, stations, length_m);
        let passes_s = passes_s(&hops, stations, start_s + stop_s);
        let found =
            Self { direction, hops, start_s, stop_s, length_m, weight, free_s, needs_m, passes_s };
        for hop in &found.hops {
            found.check_closures(line, class, hop, closures)?;
        }
        Ok(found)
    }

    /// Whether there is a time of day at which a hop can be run at all.
    fn check_closures(
        &self,
        line: &TrackLine,
        class: &TrainClass,
        hop: &Hop,
        closures: &[Closure],
    ) -> Result<()> {
        if hop.open_from_s(closures, 0, self.start_s + hop.run_s + self.stop_s).is_some() {
            return Ok(());
        }
        let problem = format!(
            "a train of class {} takes {} s, and the hours without closures are never as long",
            class.name,
            self.start_s + hop.run_s + self.stop_s
        );
        Err(wrong(
            &line.stretch_name(hop.from.min(hop.to), hop.from.max(hop.to)),
            problem,
            "shorten the closures",
        ))
    }
}

impl Hop {
    /// The earliest moment from `now_s` on at which a stay of so long meets no closure.
    pub(super) fn open_from_s(&self, closures: &[Closure], now_s: u64, stay_s: u64) -> Option<u64> {
        let mut from_s = now_s;
        // Each round goes on to the end of a closure; closures come again after a day.
        for _ in 0..=2 * closures.len() {
            let here = closures.iter().filter(|closure| self.runs_over(closure.section));
            let next_s = here.map(|closure| closure.earliest_s(from_s, from_s + stay_s)).max();
            match next_s {
                Some(next_s) if next_s > from_s => from_s = next_s,
                _ => return Some(from_s),
            }
        }
        None
    }

    /// Stations where it begins, passes and ends.
    pub(super) fn stations(&self) -> RangeInclusive<usize> {
        self.from.min(self.to)..=self.from.max(self.to)
    }

    fn runs_over(&self, section: usize) -> bool {
        self.sections.iter().any(|(own, _)| *own == section)
    }
}

fn needs_m(hops: &[Hop], stations: usize, length_m: f64) -> Vec<Option<f64>> {
    let mut needs_m = vec![None; stations];
    for hop in hops {
        // Where it runs through, any track will do.
        let through = hop.via.iter().map(|via| (via.station, via.stop_s.map_or(1.0, |_| length_m)));
        for (station, needed_m) in through.chain([(hop.to, length_m)]) {
            if let Some(slot) = needs_m.get_mut(station) {
                *slot = Some(needed_m);
            }
        }
    }
    needs_m
}

fn passes_s(hops: &[Hop], stations: usize, stopping_s: u64) -> Vec<Option<u64>> {
    let mut passes_s = vec![None; stations];
    let mut at_s = 0;
    let mut note = |station: usize, at_s| {
        if let Some(slot) = passes_s.get_mut(station) {
            *slot = Some(at_s);
        }
    };
    if let Some(first) = hops.first() {
        note(first.from, at_s);
    }
    for hop in hops {
        let mut via = hop.via.iter();
        let mut along_s = at_s;
        for (_, run_s) in &hop.sections {
            along_s += run_s;
            let Some(via) = via.next() else { break };
            note(via.station, along_s);
            along_s += via.stop_s.map_or(0, |parts_s| parts_s.iter().sum());
        }
        at_s += hop.run_s;
        note(hop.to, at_s);
        at_s += hop.dwell_s.map_or(0, |dwell_s| dwell_s + stopping_s);
    }
    passes_s
}

fn hop(line: &TrackLine, class: &TrainClass, direction: Direction, from: usize, to: usize) -> Hop {
    let mut sections: Vec<(usize, u64)> = (from.min(to)..from.max(to))
        .filter_map(|section| Some((section, u64::from(class.runs.get(section)?.way_s(direction)))))
        .collect();
    let stop_s = |station: usize| {
        let dwell_s = class.planned_stop_s(&line.stations().get(station)?.name)?;
        Some([class.stop_s, dwell_s, class.start_s].map(u64::from))
    };
    let via = from.min(to) + 1..from.max(to);
    let mut via: Vec<Via> = via.map(|station| Via { station, stop_s: stop_s(station) }).collect();
    if direction == Direction::Decreasing {
        sections.reverse();
        via.reverse();
    }
    let is_last = to == 0 || to + 1 == line.stations().len();
    let dwell_s = stop_s(to).filter(|_| !is_last).map(|[_, dwell_s, _]| dwell_s);
    let stops_s = via.iter().filter_map(|via| via.stop_s);
    let stops_s: u64 = stops_s.map(|parts_s| parts_s.iter().sum::<u64>()).sum();
    let run_s = stops_s + sections.iter().map(|(_, run_s)| run_s).sum::<u64>();
    Hop { from, to, sections, via, run_s, dwell_s }
}
