//! Who is where: sections, tracks of stations, trains that are about to arrive.

use super::line::{TrackLine, TrackStation};
use crate::schedule::Direction;

/// Number of a train.
pub(super) type Train = usize;

/// Which of two values of a section or station belongs to trains of a direction.
pub(super) fn side(direction: Direction) -> usize {
    usize::from(direction == Direction::Decreasing)
}

#[derive(Debug, Clone, Default)]
struct Section {
    train: Option<Train>,
    /// From when trains of each direction may enter it.
    free_s: [u64; 2],
}

#[derive(Debug, Clone, Default)]
struct Station {
    /// Length of each track and who stands there, or will; empty for a yard.
    tracks: Vec<(f64, Option<Train>)>,
    is_yard: bool,
    arrival_s: u64,
    crossing_s: u64,
    following_s: u64,
    /// The train that comes next from each side, with its earliest and latest arrival.
    expected: [Option<(u64, u64, Train)>; 2],
    /// The last arrival from each side.
    last_s: [Option<u64>; 2],
}

/// The state of a line.
#[derive(Debug, Clone)]
pub(super) struct Occupancy {
    sections: Vec<Section>,
    stations: Vec<Station>,
}

impl Occupancy {
    pub(super) fn new(line: &TrackLine) -> Self {
        let station = |(place, at): (usize, &TrackStation)| Station {
            tracks: at.track_lengths_m.iter().map(|length_m| (*length_m, None)).collect(),
            is_yard: line.is_yard(place),
            arrival_s: u64::from(at.arrival_s),
            crossing_s: u64::from(at.crossing_s),
            following_s: u64::from(at.following_s),
            ..Station::default()
        };
        Self {
            sections: vec![Section::default(); line.sections()],
            stations: line.stations().iter().enumerate().map(station).collect(),
        }
    }

    /// From when trains of a direction may enter a section; `None` while a train is on it.
    pub(super) fn free_s(&self, section: usize, direction: Direction) -> Option<u64> {
        let of = self.sections.get(section).filter(|of| of.train.is_none())?;
        of.free_s.get(side(direction)).copied()
    }

    pub(super) fn enter(&mut self, section: usize, train: Train) {
        if let Some(of) = self.sections.get_mut(section) {
            of.train = Some(train);
        }
    }

    /// A train has left a section into a station.
    pub(super) fn leave(&mut self, section: usize, direction: Direction, into: usize, now_s: u64) {
        let Some(at) = self.stations.get(into) else { return };
        let (crossing_s, following_s) = (now_s + at.crossing_s, now_s + at.following_s);
        let free_s = match direction {
            Direction::Increasing => [following_s, crossing_s],
            Direction::Decreasing => [crossing_s, following_s],
        };
        if let Some(of) = self.sections.get_mut(section) {
            *of = Section { train: None, free_s };
        }
    }

    /// Whether a train may run through a station: some track is free.
    pub(super) fn has_any_track(&self, station: usize) -> bool {
        self.stations
            .get(station)
            .is_some_and(|at| at.is_yard || at.tracks.iter().any(|(_, train)| train.is_none()))
    }

    /// The shortest free track that a train fits on, with the longest track that stays free;
    /// nothing of it for a yard. `None` if there is no such track.
    pub(super) fn track_for(&self, station: usize, length_m: f64) -> Option<TrackChoice> {
        let at = self.stations.get(station)?;
        if at.is_yard {
            return Some(TrackChoice { track: None, left_m: f64::INFINITY });
        }
        let free = || at.tracks.iter().enumerate().filter(|(_, (_, train))| train.is_none());
        let fitting = free().filter(|(_, (track_m, _))| *track_m >= length_m);
        let (track, _) = fitting.min_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b))?;
        let left = free().filter(|(other, _)| *other != track).map(|(_, (track_m, _))| *track_m);
        let left_m = left.fold(0.0, f64::max);
        Some(TrackChoice { track: Some(track), left_m })
    }

    pub(super) fn reserve(&mut self, station: usize, track: Option<usize>, train: Train) {
        let Some(at) = self.stations.get_mut(station) else { return };
        let slot = match track {
            Some(track) => at.tracks.get_mut(track),
            None => at.tracks.iter_mut().find(|(_, of)| of.is_none()),
        };
        if let Some((_, of)) = slot.filter(|_| !at.is_yard) {
            *of = Some(train);
        }
    }

    /// Whether a train has a track of a station; in a yard none has.
    pub(super) fn holds(&self, station: usize, train: Train) -> bool {
        self.at(station).any(|other| other == train)
    }

    /// Trains that have a track of a station.
    pub(super) fn at(&self, station: usize) -> impl Iterator<Item = Train> {
        let tracks = self.stations.get(station).map_or(&[][..], |at| &at.tracks);
        tracks.iter().filter_map(|(_, train)| *train)
    }

    /// From an arrival at a station until a train goes where that came from, against it or after it.
    pub(super) fn interval_s(&self, station: usize, is_against: bool) -> u64 {
        let at = self.stations.get(station);
        at.map_or(0, |at| if is_against { at.crossing_s } else { at.following_s })
    }

    pub(super) fn clear(&mut self, station: usize, train: Train) {
        let Some(at) = self.stations.get_mut(station) else { return };
        for (_, of) in &mut at.tracks {
            if *of == Some(train) {
                *of = None;
            }
        }
    }

    /// Whether a train may arrive from a side at the earliest and latest moments given; if not, how
    /// much later it would have to come.
    pub(super) fn arrival_delay_s(
        &self,
        station: usize,
        direction: Direction,
        (earliest_s, latest_s): (u64, u64),
    ) -> u64 {
        let Some(at) = self.stations.get(station) else { return 0 };
        if at.arrival_s == 0 {
            return 0;
        }
        let other = 1 - side(direction);
        let last_s = at.last_s.get(other).copied().flatten();
        let after_last_s = last_s.map_or(0, |last_s| last_s + at.arrival_s);
        let after_next_s = match at.expected.get(other).copied().flatten() {
            Some((next_s, ..)) if latest_s + at.arrival_s <= next_s => 0,
            Some((_, next_s, _)) => next_s + at.arrival_s,
            None => 0,
        };
        after_last_s.max(after_next_s).saturating_sub(earliest_s)
    }

    pub(super) fn expect(
        &mut self,
        station: usize,
        direction: Direction,
        (earliest_s, latest_s): (u64, u64),
        train: Train,
    ) {
        if let Some(slot) = self.expected_from(station, direction) {
            *slot = Some((earliest_s, latest_s, train));
        }
    }

    /// Who comes next to a station against trains of a direction, and when at the earliest.
    pub(super) fn next_against(
        &self,
        station: usize,
        direction: Direction,
    ) -> Option<(u64, Train)> {
        let expected = self.stations.get(station)?.expected.get(1 - side(direction))?;
        expected.map(|(earliest_s, _, train)| (earliest_s, train))
    }

    pub(super) fn arrived(&mut self, station: usize, direction: Direction, now_s: u64) {
        if let Some(slot) = self.expected_from(station, direction) {
            *slot = None;
        }
        let at = self.stations.get_mut(station);
        if let Some(slot) = at.and_then(|at| at.last_s.get_mut(side(direction))) {
            *slot = Some(now_s);
        }
    }

    fn expected_from(
        &mut self,
        station: usize,
        direction: Direction,
    ) -> Option<&mut Option<(u64, u64, Train)>> {
        self.stations.get_mut(station)?.expected.get_mut(side(direction))
    }
}

/// A track that a train may take.
#[derive(Debug)]
pub(super) struct TrackChoice {
    pub(super) track: Option<usize>,
    /// The longest track that is still free then, metres.
    pub(super) left_m: f64,
}
