//! Which trains ask whether they may go on.
//!
//! What lets a refused train go is a change of a section or a station of its next hop, or a moment
//! that it was told to wait for. Anything else, time among it, only makes going harder. So one that
//! was refused asks again after such a change alone, unless it stays for another train: that may be
//! anywhere.

use std::ops::RangeInclusive;

/// Sets of trains as bits, by place in the order.
pub(super) struct Asks {
    words: usize,
    /// At a station without having stopped yet.
    entering: Vec<u64>,
    /// Those not refused since something changed on their next hop.
    open: Vec<u64>,
    /// Those that stay for another, which may be anywhere.
    restless: Vec<u64>,
    /// Of each station, one after the other, those whose next hop begins, passes or ends there.
    near: Vec<u64>,
    /// The first and last station where each is noted.
    spans: Vec<RangeInclusive<usize>>,
}

impl Asks {
    pub(super) fn new(trains: usize, stations: usize) -> Self {
        let words = trains.div_ceil(64);
        let none = vec![0; words];
        let near = vec![0; words * stations];
        let [entering, open, restless] = std::array::from_fn(|_| none.clone());
        Self { words, entering, open, restless, near, spans: vec![0..=0; trains] }
    }

    /// Something has changed at these stations or on the sections between them.
    pub(super) fn again_at(&mut self, stations: RangeInclusive<usize>) {
        for station in stations {
            let near = self.near.iter().skip(station * self.words);
            for (open, near) in self.open.iter_mut().zip(near) {
                *open |= near;
            }
        }
    }

    /// Trains that were refused for others ask again.
    pub(super) fn restless_again(&mut self) {
        for (open, restless) in self.open.iter_mut().zip(&mut self.restless) {
            *open |= std::mem::take(restless);
        }
    }

    /// One is to ask again at every moment.
    pub(super) fn stays_for_another(&mut self, rank: usize) {
        put(&mut self.restless, rank, true);
    }

    /// One may go from now on.
    pub(super) fn again(&mut self, rank: usize) {
        put(&mut self.open, rank, true);
    }

    /// The next place in the order, from one on, of a train that asks; it counts as refused then.
    pub(super) fn take(&mut self, from: usize) -> Option<usize> {
        let rank = next_in(&self.open, from)?;
        put(&mut self.open, rank, false);
        Some(rank)
    }

    /// The next place in the order, from one on, of a train that could not run through.
    pub(super) fn next_entering(&self, from: usize) -> Option<usize> {
        next_in(&self.entering, from)
    }

    /// A train leaves a station.
    pub(super) fn remove(&mut self, rank: usize) {
        for set in [&mut self.entering, &mut self.open, &mut self.restless] {
            put(set, rank, false);
        }
        self.note(rank, false);
    }

    /// A train comes to a station and is to run over others next.
    pub(super) fn add(&mut self, rank: usize, is_entering: bool, stations: RangeInclusive<usize>) {
        if let Some(slot) = self.spans.get_mut(rank) {
            *slot = stations;
        }
        put(&mut self.entering, rank, is_entering);
        put(&mut self.open, rank, true);
        self.note(rank, true);
    }

    /// Whether a train stands in the sets of all stations of its hop.
    fn note(&mut self, rank: usize, is_in: bool) {
        let Some(stations) = self.spans.get(rank) else { return };
        for station in stations.clone() {
            if let Some(set) = self.near.get_mut(station * self.words..) {
                put(set, rank, is_in);
            }
        }
    }
}

fn put(set: &mut [u64], rank: usize, is_in: bool) {
    let bit = 1 << (rank % 64);
    if let Some(word) = set.get_mut(rank / 64) {
        *word = if is_in { *word | bit } else { *word & !bit };
    }
}

/// The first place of a set from one on.
fn next_in(bits: &[u64], from: usize) -> Option<usize> {
    let first = from / 64;
    bits.iter().enumerate().skip(first).find_map(|(number, word)| {
        let ahead = if number == first { u64::MAX << (from % 64) } else { u64::MAX };
        let word = word & ahead;
        (word != 0).then(|| 64 * number + word.trailing_zeros() as usize)
    })
}
