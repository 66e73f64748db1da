//! Trains that are at stations, in the order of priority: whom to ask whether it can go on.

use super::{Place, Run, Train};

impl Run<'_> {
    /// Lets all trains that are at a station go if they can, in their order; whether one went.
    pub(super) fn any_goes(&mut self, now_s: u64) -> bool {
        let mut any = false;
        for word in 0..self.in_station.len() {
            for rank in ranks_in(&self.in_station, word) {
                // Most wait for a section with a train on it.
                let section = self.next_section.get(rank).copied().unwrap_or(usize::MAX);
                if let Some(&train) = self.order.get(rank).filter(|_| !self.line.is_taken(section))
                {
                    any |= self.try_to_go(train, now_s);
                }
            }
        }
        any
    }

    /// Lets all trains that could not run through a station stop there; whether one stands at once.
    pub(super) fn any_stops(&mut self, now_s: u64) -> bool {
        let mut any = false;
        for word in 0..self.entering.len() {
            for rank in ranks_in(&self.entering, word) {
                if let Some(&train) = self.order.get(rank) {
                    any |= self.begin_stop(train, now_s);
                }
            }
        }
        any
    }

    /// Puts a train where it is now.
    pub(super) fn set(&mut self, train: Train, place: Place) {
        let (Some(slot), Some(rank)) = (self.places.get_mut(train), self.ranks.get(train)) else {
            return;
        };
        *slot = place;
        let bit = 1 << (rank % 64);
        let is_entering = place == Place::Entering;
        let is_there = is_entering || matches!(place, Place::Waiting(_));
        for (bits, is_set) in [(&mut self.in_station, is_there), (&mut self.entering, is_entering)]
        {
            if let Some(word) = bits.get_mut(rank / 64) {
                *word = if is_set { *word | bit } else { *word & !bit };
            }
        }
        let rank = *rank;
        if is_there {
            let next = self.hop_ahead(train, is_entering);
            let hop = self.itinerary(train).and_then(|itinerary| itinerary.hops.get(next));
            let section = hop.and_then(|hop| hop.sections.first());
            if let (Some(slot), Some((section, _))) = (self.next_section.get_mut(rank), section) {
                *slot = *section;
            }
        }
    }
}

/// Places in the order that a word of bits has, as it is now.
fn ranks_in(bits: &[u64], word: usize) -> impl Iterator<Item = usize> + use<> {
    let mut open = bits.get(word).copied().unwrap_or(0);
    std::iter::from_fn(move || {
        let rank = (open != 0).then(|| 64 * word + open.trailing_zeros() as usize);
        open &= open.wrapping_sub(1);
        rank
    })
}
