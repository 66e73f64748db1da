//! Random numbers for one trial of a search: they depend on seed and number of the trial alone.

use super::random::words_of;

/// Random numbers for one trial.
pub(super) struct Chance {
    seed: u64,
    trial: u64,
    group: u32,
    words: [u32; 4],
    used: usize,
}

impl Chance {
    pub(super) fn new(seed: u64, trial: u64) -> Self {
        Self { seed, trial, group: 0, words: [0; 4], used: 4 }
    }

    pub(super) fn word(&mut self) -> u32 {
        if self.used == self.words.len() {
            self.words = words_of(self.seed, self.trial, self.group);
            self.group = self.group.wrapping_add(1);
            self.used = 0;
        }
        let word = self.words.get(self.used).copied().unwrap_or(0);
        self.used += 1;
        word
    }

    /// A whole number below another, 0 if that is 0; none is likelier by more than 2^-32 of them.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let product = u64::from(self.word()) * count as u64;
        usize::try_from(product >> 32).unwrap_or(0)
    }
}
