//! Ids of activities looked up: millions of times for a large network.

use std::hash::{BuildHasher, RandomState};

use super::Activity;
use crate::error::{Error, Result};

/// The place of each activity by its id.
///
/// A table of open addresses into one text of all ids: a look-up reads two places of memory, where
/// a map of strings reads three, far apart. Its secret comes from the standard library, so that no
/// list of ids can be made to collide.
pub(super) struct Ids {
    slots: Vec<Slot>,
    /// All ids, each behind its place and its length of four bytes each.
    text: Vec<u8>,
    secret: u64,
}

/// Half of an id's hash, and where it lies in the text, counted from 1; 0 is a free slot.
#[derive(Clone, Copy, Default)]
struct Slot {
    tag: u32,
    at: u32,
}

/// What is found for an id: the slot where it would go, or its place.
enum Sought {
    Free(usize),
    Place(u32),
    Nothing,
}

impl Ids {
    /// All ids, each of which must be there and be another.
    pub(super) fn new(activities: &[Activity]) -> Result<Self> {
        let length = activities.iter().map(|activity| activity.id.len() + 8).sum::<usize>();
        if u32::try_from(length).is_err() {
            return Err(Error::Limit {
                item: "ids of the network".to_owned(),
                needed: format!("{length} bytes"),
                limit: format!("{} bytes", u32::MAX),
                hint: "let ids be shorter".to_owned(),
            });
        }
        let mut ids = Self {
            slots: vec![Slot::default(); (activities.len() * 2).next_power_of_two()],
            text: Vec::with_capacity(length),
            secret: RandomState::new().hash_one(length),
        };
        for (place, activity) in (0..).zip(activities) {
            let problem = if activity.id.is_empty() {
                format!("number {} has no id", place + 1)
            } else if ids.insert(&activity.id, place) {
                continue;
            } else {
                "two have this id".to_owned()
            };
            return Err(Error::Schedule {
                item: format!("activity {}", activity.id),
                problem,
                hint: "give each an id of its own".to_owned(),
            });
        }
        Ok(ids)
    }

    /// The place of an activity.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        match self.seek(id, self.hash(id)) {
            Sought::Place(place) => Some(place),
            Sought::Free(_) | Sought::Nothing => None,
        }
    }

    /// The place of an activity that must be there; the hint says who names it.
    pub(super) fn known(&self, id: &str, hint: impl FnOnce() -> String) -> Result<u32> {
        self.find(id).ok_or_else(|| Error::Unknown {
            what: "activity",
            name: id.to_owned(),
            hint: hint(),
        })
    }

    /// Whether the id is new, and has its place now.
    fn insert(&mut self, id: &str, place: u32) -> bool {
        let hash = self.hash(id);
        let at = u32::try_from(self.text.len() + 1);
        let length = u32::try_from(id.len());
        let (Sought::Free(free), Ok(at), Ok(length)) = (self.seek(id, hash), at, length) else {
            return false;
        };
        if let Some(slot) = self.slots.get_mut(free) {
            *slot = Slot { tag: hash.1, at };
        }
        self.text.extend_from_slice(&place.to_le_bytes());
        self.text.extend_from_slice(&length.to_le_bytes());
        self.text.extend_from_slice(id.as_bytes());
        true
    }

    fn seek(&self, id: &str, (start, tag): (usize, u32)) -> Sought {
        let mask = self.slots.len() - 1;
        // At most half of all slots are taken, so that a free one ends each search.
        for step in 0..self.slots.len() {
            let number = (start.wrapping_add(step)) & mask;
            let Some(slot) = self.slots.get(number) else { break };
            if slot.at == 0 {
                return Sought::Free(number);
            }
            if slot.tag == tag
                && let Some(place) = self.place_if(slot.at, id)
            {
                return Sought::Place(place);
            }
        }
        Sought::Nothing
    }

    /// The place that is written at a place of the text, if it is that of an id.
    fn place_if(&self, at: u32, id: &str) -> Option<u32> {
        let entry = self.text.get(at as usize - 1..)?;
        let (place, rest) = entry.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let known = rest.get(..u32::from_le_bytes(*length) as usize)?;
        (known == id.as_bytes()).then(|| u32::from_le_bytes(*place))
    }

    /// Where an id is first looked for, and its tag: eight bytes at a time are multiplied to 128
    /// bits, of which both halves go on together.
    fn hash(&self, id: &str) -> (usize, u32) {
        let mut hash = self.secret ^ id.len() as u64;
        let (chunks, rest) = id.as_bytes().as_chunks::<8>();
        let chunks = chunks.iter().map(|chunk| u64::from_le_bytes(*chunk));
        for chunk in chunks.chain([tail(rest)]) {
            // An odd number without a pattern: the golden ratio in 64 bits.
            let product = u128::from(hash ^ chunk) * 0x9E37_79B9_7F4A_7C15;
            #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
            let halves = (product >> 64) as u64 ^ product as u64;
            hash = halves.rotate_left(23) ^ self.secret;
        }
        #[expect(clippy::cast_possible_truncation, reason = "as many bits as are needed")]
        ((hash ^ (hash >> 29)) as usize, (hash >> 32) as u32)
    }
}

/// Up to seven bytes as a number, another for other bytes of the same length.
fn tail(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes) {
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        (_, _, [first, .., last]) => {
            let middle = bytes.get(1).copied().unwrap_or_default();
            u64::from(*first) << 16 | u64::from(middle) << 8 | u64::from(*last)
        }
        (_, _, [one]) => u64::from(*one),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_its_place_and_no_other() {
        let id = |place: u32| format!("{:x}-{place}", place.wrapping_mul(2_654_435_761));
        let activities: Vec<Activity> =
            (0..20_000).map(|place| Activity::task(id(place), 1.0)).collect();
        let ids = Ids::new(&activities).unwrap();
        for place in 0..20_000 {
            assert_eq!(ids.find(&id(place)), Some(place));
            assert_eq!(ids.find(&id(place + 20_000)), None);
        }
        assert_eq!(ids.find(""), None);
        // Bytes of zero count.
        let zeros =
            ["a", "a\0", "a\0\0", "12345678", "12345678\0"].map(|id| Activity::task(id, 1.0));
        let ids = Ids::new(&zeros).unwrap();
        assert_eq!(ids.find("a\0"), Some(1));
        assert_eq!(ids.find("12345678\0"), Some(4));
        assert_eq!(Ids::new(&[]).unwrap().find("a"), None);
    }
}
