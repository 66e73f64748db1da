//! How much of each resource is free on each day, four resources to a word.

/// Resources that share a word.
pub(super) const LANES: usize = 4;
/// Bits of each.
const LANE_BITS: usize = 16;
/// The top bit of each lane: set as long as nothing is borrowed from it.
const GUARDS: u64 = 0x8000_8000_8000_8000;

/// Units of up to four resources, and the word that these have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) word: u32,
    pub(super) units: u64,
}

/// How much of each resource is free on each day.
///
/// One subtraction takes the units of four resources, each below 2^15, and tells by their guards
/// whether there were enough of each.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// For each word the days of the horizon.
    words: Vec<Vec<u64>>,
    /// Before anything is placed.
    empty: Vec<Vec<u64>>,
    /// The days that differ from it lie before this one.
    touched: usize,
}

/// Units of a resource as they lie in its word.
pub(super) const fn lane(resource: usize, units: u32) -> u64 {
    (units as u64) << (resource % LANES * LANE_BITS)
}

/// Units of a resource out of its word.
pub(super) const fn units(resource: usize, word: u64) -> u32 {
    (word >> (resource % LANES * LANE_BITS) & 0x7FFF) as u32
}

const fn is_short(free: u64, need: u64) -> bool {
    free.wrapping_sub(need) & GUARDS != GUARDS
}

impl Profile {
    /// All units of each word free on each of so many days.
    pub(super) fn new(capacities: &[u64], days: usize) -> Self {
        let words: Vec<Vec<u64>> =
            capacities.iter().map(|capacity| vec![capacity | GUARDS; days]).collect();
        Self { empty: words.clone(), words, touched: 0 }
    }

    /// Lets what is placed until now stay when it is cleared.
    pub(super) fn keep(&mut self) {
        self.empty.clone_from(&self.words);
        self.touched = 0;
    }

    /// Takes away all that was placed.
    pub(super) fn clear(&mut self) {
        let touched = self.touched;
        for (word, empty) in self.words.iter_mut().zip(&self.empty) {
            if let (Some(word), Some(empty)) = (word.get_mut(..touched), empty.get(..touched)) {
                word.copy_from_slice(empty);
            }
        }
        self.touched = 0;
    }

    /// The last of some days on which a need is not met, by its place among them.
    pub(super) fn last_short(&self, days: &[i32], need: Need) -> Option<usize> {
        let free = self.words.get(need.word as usize)?;
        days.iter().rposition(|day| Self::is_short_on(free, *day, need))
    }

    /// The first of some days on which a need is not met, by its place among them.
    pub(super) fn first_short(&self, days: &[i32], need: Need) -> Option<usize> {
        let free = self.words.get(need.word as usize)?;
        days.iter().position(|day| Self::is_short_on(free, *day, need))
    }

    #[inline(always)]
    fn is_short_on(free: &[u64], day: i32, need: Need) -> bool {
        let free = usize::try_from(day).ok().and_then(|day| free.get(day));
        free.is_some_and(|free| is_short(*free, need.units))
    }

    /// Takes what is needed on some days, in their order; there must be enough.
    pub(super) fn take(&mut self, days: &[i32], need: Need) {
        let Some(free) = self.words.get_mut(need.word as usize) else { return };
        for day in days {
            let Ok(day) = usize::try_from(*day) else { continue };
            if let Some(free) = free.get_mut(day) {
                *free = free.wrapping_sub(need.units);
            }
        }
        let last = days.last().and_then(|day| usize::try_from(*day).ok());
        self.touched = self.touched.max(last.map_or(0, |day| day + 1));
    }

    /// What is free on a day, by the word.
    pub(super) fn free(&self, word: usize, day: i32) -> u64 {
        let day = usize::try_from(day).ok();
        let free = self.words.get(word).zip(day).and_then(|(free, day)| free.get(day));
        free.copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_resources_in_a_word_do_not_touch_one_another() {
        let capacity = lane(0, 3) | lane(1, 32_767) | lane(2, 0) | lane(3, 5);
        let mut profile = Profile::new(&[capacity], 4);
        let need = |units| Need { word: 0, units };
        profile.take(&[1, 2], need(lane(0, 2) | lane(1, 32_767)));
        let days = [0, 1, 2, 3];
        assert_eq!(profile.last_short(&days, need(lane(0, 2))), Some(2));
        assert_eq!(profile.first_short(&days, need(lane(0, 2))), Some(1));
        assert_eq!(profile.last_short(&days, need(lane(0, 1))), None);
        assert_eq!(profile.last_short(&days, need(lane(1, 1))), Some(2));
        assert_eq!(profile.last_short(&days, need(lane(2, 1))), Some(3));
        assert_eq!(profile.last_short(&days, need(lane(3, 5))), None);
        assert_eq!([0, 1, 2, 3].map(|one| units(one, profile.free(0, 1))), [1, 0, 0, 5]);
        profile.clear();
        assert_eq!(profile.last_short(&days, need(lane(0, 3) | lane(1, 32_767))), None);
        profile.take(&[3], need(lane(3, 5)));
        profile.keep();
        profile.clear();
        assert_eq!(profile.first_short(&days, need(lane(3, 1))), Some(3));
    }
}
