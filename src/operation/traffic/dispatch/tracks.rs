//! Tracks of stations: which one a train takes, and which it must leave to others.

use super::{Hop, Itinerary, Run, Task, Train, Via};
use crate::operation::traffic::occupancy::TrackChoice;
use crate::schedule::Direction;

/// A station, and its track; none in a yard.
type Track = (usize, Option<usize>);

/// Trains that have yet to come to stations: as many of each itinerary, station by station.
pub(super) struct ToCome {
    trains: Vec<Vec<u32>>,
}

impl ToCome {
    pub(super) fn new(task: &Task<'_>) -> Self {
        let none = vec![0; task.line.stations().len()];
        Self { trains: vec![none; task.itineraries.len()] }
    }

    /// A train is to come to all stations of its way.
    pub(super) fn add(&mut self, task: &Task<'_>, train: Train) {
        let Some((itinerary, trains)) = self.of(task, train) else { return };
        for (count, _) in trains.iter_mut().zip(&itinerary.needs_m).filter(|(_, of)| of.is_some()) {
            *count += 1;
        }
    }

    /// A train has run a hop.
    pub(super) fn passed(&mut self, task: &Task<'_>, train: Train, hop: &Hop) {
        let Some((_, trains)) = self.of(task, train) else { return };
        for station in hop.via.iter().map(|via| via.station).chain([hop.to]) {
            if let Some(count) = trains.get_mut(station) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn of<'t>(&mut self, task: &Task<'t>, train: Train) -> Option<(&'t Itinerary, &mut [u32])> {
        let (number, _) = task.trains.get(train)?;
        Some((task.itineraries.get(*number)?, self.trains.get_mut(*number)?))
    }

    /// Whether a train against a direction needs a longer track at a station than there is.
    fn needs_more(&self, task: &Task<'_>, at: usize, direction: Direction, left_m: f64) -> bool {
        let mut each = task.itineraries.iter().zip(&self.trains);
        each.any(|(itinerary, trains)| {
            itinerary.direction != direction
                && trains.get(at).is_some_and(|count| *count > 0)
                && itinerary
                    .needs_m
                    .get(at)
                    .copied()
                    .flatten()
                    .is_some_and(|needed_m| needed_m > left_m)
        })
    }
}

impl<'a> Run<'a> {
    /// The tracks that a train takes to run a hop: one at its end, if it has none there already,
    /// and one beyond, with its station, if it may overtake only with that. `None` if it must stay.
    pub(super) fn tracks(
        &self,
        train: Train,
        own: &'a Itinerary,
        hop: usize,
    ) -> Option<[Option<Track>; 2]> {
        let next = own.hops.get(hop)?;
        if self.line.holds(next.to, train) {
            return Some([None; 2]);
        }
        let choice = self.line.track_for(next.to, own.length_m)?;
        let track = Some((next.to, choice.track));
        if !self.would_block(own, next, &choice) {
            return Some([track, None]);
        }
        if !self.manner.gives_way {
            return None;
        }
        let beyond = self.track_beyond(own, hop)?;
        Some([track, Some(beyond)])
    }

    /// The track after the next one, with which a train may take the last track of a station for
    /// trains that it overtakes there: it is sure to get on. `None` if it overtakes none, or has no
    /// such track; the station, without a track of its own where it is a yard.
    fn track_beyond(&self, own: &'a Itinerary, hop: usize) -> Option<Track> {
        let is_lighter = |other: Train| {
            self.itinerary(other)
                .is_some_and(|by| by.direction == own.direction && by.weight < own.weight)
        };
        let beyond = own.hops.get(hop + 1)?;
        let choice = self.line.track_for(beyond.to, own.length_m)?;
        let mut others = self.line.at(own.hops.get(hop)?.to).peekable();
        let overtakes = others.peek().is_some() && others.all(is_lighter);
        (overtakes && !self.would_block(own, beyond, &choice)).then_some((beyond.to, choice.track))
    }

    /// Whether a station on the way has a track free, and one to stand on if it must stop.
    pub(super) fn has_way_through(&self, via: &Via, length_m: f64) -> bool {
        match via.stop_s {
            Some(_) => self.line.track_for(via.station, length_m).is_some(),
            None => self.line.has_any_track(via.station),
        }
    }

    /// Whether a train on the track would leave none to trains the other way that are to come.
    fn would_block(&self, own: &Itinerary, hop: &Hop, choice: &TrackChoice) -> bool {
        let is_opposing = |train: Train| {
            self.itinerary(train).is_some_and(|other| other.direction != own.direction)
        };
        self.to_come.needs_more(self.task, hop.to, own.direction, choice.left_m)
            && !self.line.at(hop.to).any(is_opposing)
    }
}
