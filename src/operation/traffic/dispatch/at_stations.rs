//! Trains that are at stations, in the order of priority: whether they go on or stop.

use super::{Place, Run, Train};

impl Run<'_> {
    /// Lets all trains that are at a station go if they can, in their order; whether one went.
    pub(super) fn any_goes(&mut self, now_s: u64) -> bool {
        let (mut any, mut from) = (false, 0);
        while let Some(rank) = self.asks.take(from) {
            from = rank + 1;
            if let Some(&train) = self.order.get(rank) {
                any |= self.try_to_go(train, now_s);
            }
        }
        any
    }

    /// Lets all trains that could not run through a station stop there; whether one stands at once.
    pub(super) fn any_stops(&mut self, now_s: u64) -> bool {
        let (mut any, mut from) = (false, 0);
        while let Some(rank) = self.asks.next_entering(from) {
            from = rank + 1;
            if let Some(&train) = self.order.get(rank) {
                any |= self.begin_stop(train, now_s);
            }
        }
        any
    }

    pub(super) fn ask_again(&mut self, train: Train) {
        let is_there = self.places.get(train).is_some_and(|place| is_at_station(*place));
        if let Some(rank) = self.ranks.get(train).filter(|_| is_there) {
            self.asks.again(*rank);
        }
    }

    /// Refuses a train that stays for another, wherever that is: it is asked at every moment.
    pub(super) fn refuse_for_another(&mut self, train: Train) -> bool {
        if let Some(rank) = self.ranks.get(train).filter(|_| self.manner.gives_way) {
            self.asks.stays_for_another(*rank);
        }
        false
    }

    /// Puts a train where it is now.
    pub(super) fn set(&mut self, train: Train, place: Place) {
        let (Some(slot), Some(&rank)) = (self.places.get_mut(train), self.ranks.get(train)) else {
            return;
        };
        let was_there = is_at_station(*slot);
        *slot = place;
        if was_there {
            self.asks.remove(rank);
        }
        if is_at_station(place) {
            let is_entering = place == Place::Entering;
            let next = self.hop_ahead(train, is_entering);
            if let Some(hop) = self.itinerary(train).and_then(|own| own.hops.get(next)) {
                self.asks.add(rank, is_entering, hop.stations());
            }
        }
    }
}

fn is_at_station(place: Place) -> bool {
    matches!(place, Place::Entering | Place::Waiting(_))
}
