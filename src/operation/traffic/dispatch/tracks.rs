//! Tracks of stations: which one a train takes, and which it must leave to others.

use super::{Hop, Itinerary, Place, Run, Train, Via};
use crate::operation::traffic::occupancy::{TrackChoice, side};

/// A station, and its track; none in a yard.
type Track = (usize, Option<usize>);

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
        let beyond = self.track_beyond(own, hop, &choice.others)?;
        Some([track, Some(beyond)])
    }

    /// The track after the next one, with which a train may take the last track of a station for
    /// trains that it overtakes there: it is sure to get on. `None` if it overtakes none, or has no
    /// such track; the station, without a track of its own where it is a yard.
    fn track_beyond(&self, own: &'a Itinerary, hop: usize, others: &[Train]) -> Option<Track> {
        let is_lighter = |other: &Train| {
            self.itinerary(*other)
                .is_some_and(|by| by.direction == own.direction && by.weight < own.weight)
        };
        let beyond = own.hops.get(hop + 1)?;
        let choice = self.line.track_for(beyond.to, own.length_m)?;
        let overtakes = !others.is_empty() && others.iter().all(is_lighter);
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
        let longest_m = self.task.longest_m.get(1 - side(own.direction));
        if choice.track.is_none() || longest_m.is_some_and(|longest_m| choice.left_m >= *longest_m)
        {
            return false;
        }
        let is_opposing = |train: Train| {
            self.itinerary(train).is_some_and(|other| other.direction != own.direction)
        };
        if choice.others.iter().any(|train| is_opposing(*train)) {
            return false;
        }
        (0..self.places.len()).any(|train| {
            let counts = self.manner.is_cautious || self.released.get(train) == Some(&true);
            counts
                && self.places.get(train) != Some(&Place::Arrived)
                && is_opposing(train)
                && self.needs_m(train, hop.to).is_some_and(|needed_m| needed_m > choice.left_m)
        })
    }

    /// How long a track a train still needs at a station; `None` if it does not come there again.
    fn needs_m(&self, train: Train, station: usize) -> Option<f64> {
        let (hop, needed_m) = (*self.itinerary(train)?.needs.get(station)?)?;
        (*self.next_hop.get(train)? <= hop).then_some(needed_m)
    }
}
