//! What is the same for all orders of priority.

use super::itinerary::Itinerary;
use super::line::TrackLine;
use super::occupancy::Train;
use super::train::Closure;

/// Trains that are to run on a line.
pub(super) struct Task<'a> {
    pub(super) line: &'a TrackLine,
    pub(super) closures: &'a [Closure],
    pub(super) itineraries: &'a [Itinerary],
    /// Of each train its itinerary and release.
    pub(super) trains: &'a [(usize, u64)],
    /// The trains in the order of their release.
    pub(super) by_release: Vec<Train>,
    /// Trains whose delay counts more than that of some other.
    pub(super) urgent: Vec<Train>,
}

impl<'a> Task<'a> {
    pub(super) fn new(
        line: &'a TrackLine,
        closures: &'a [Closure],
        itineraries: &'a [Itinerary],
        trains: &'a [(usize, u64)],
    ) -> Self {
        let mut by_release: Vec<Train> = (0..trains.len()).collect();
        by_release.sort_by_key(|train| trains.get(*train).map(|(_, release_s)| *release_s));
        let own = || trains.iter().filter_map(|(number, _)| itineraries.get(*number));
        let least = own().map(|own| own.weight).min();
        let urgent = own().enumerate().filter(|(_, own)| Some(own.weight) > least);
        let urgent = urgent.map(|(train, _)| train).collect();
        Self { line, closures, itineraries, trains, by_release, urgent }
    }

    pub(super) fn itinerary(&self, train: Train) -> Option<(&'a Itinerary, u64)> {
        let (itinerary, release_s) = self.trains.get(train)?;
        Some((self.itineraries.get(*itinerary)?, *release_s))
    }
}
