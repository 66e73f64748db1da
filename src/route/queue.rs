//! States in the exact order of their keys.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A queue of buckets (Dial 1969, Denardo and Fox 1979).
///
/// A bucket is sorted when its turn comes; only states that are added to it after that meet a
/// heap.
pub(super) struct Queue {
    buckets: Vec<Vec<u64>>,
    current: usize,
    /// The current bucket, the least last.
    sorted: Vec<u64>,
    late: BinaryHeap<Reverse<u64>>,
    /// Room of buckets that were emptied, for others.
    spare: Vec<Vec<u64>>,
    /// Key of the first bucket.
    base: u32,
    shift: u32,
}

/// Emptied buckets that are kept: more of them save next to nothing.
const MOST_SPARE: usize = 16;

impl Queue {
    /// Buckets of 2^`shift` units from a least key on.
    pub(super) fn new(base: u32, shift: u32) -> Self {
        let (buckets, sorted, spare) = (Vec::new(), Vec::new(), Vec::new());
        Self { buckets, current: 0, sorted, late: BinaryHeap::new(), spare, base, shift }
    }

    /// Adds a state; its key must not be below that of the last one taken.
    #[inline]
    pub(super) fn push(&mut self, key: u32, state: u32) {
        let bucket = (key.saturating_sub(self.base) >> self.shift) as usize;
        let entry = u64::from(key) << 32 | u64::from(state);
        if bucket <= self.current {
            self.late.push(Reverse(entry));
            return;
        }
        if bucket >= self.buckets.len() {
            self.buckets.resize_with(bucket + 1, Vec::new);
        }
        if let Some(entries) = self.buckets.get_mut(bucket) {
            if entries.capacity() == 0 {
                *entries = self.spare.pop().unwrap_or_default();
            }
            entries.push(entry);
        }
    }

    /// Takes the state with the least key; of equal keys the least state.
    #[inline(always)]
    pub(super) fn pop(&mut self) -> Option<(u32, u32)> {
        loop {
            let early = match (self.sorted.last(), self.late.peek()) {
                (Some(next), Some(Reverse(late))) => next <= late,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => {
                    self.current += 1;
                    let next = std::mem::take(self.buckets.get_mut(self.current)?);
                    if next.is_empty() {
                        continue;
                    }
                    let emptied = std::mem::replace(&mut self.sorted, next);
                    if self.spare.len() < MOST_SPARE {
                        self.spare.push(emptied);
                    }
                    self.sorted.sort_unstable_by(|a, b| b.cmp(a));
                    continue;
                }
            };
            let entry = if early { self.sorted.pop()? } else { self.late.pop()?.0 };
            #[expect(clippy::cast_possible_truncation, reason = "the lower half is the state")]
            return Some(((entry >> 32) as u32, entry as u32));
        }
    }

    /// A state that is taken soon, after so many others, unless some with lower keys are added.
    #[inline]
    pub(super) fn soon(&self, after: usize) -> Option<u32> {
        let entry = self.sorted.iter().rev().nth(after)?;
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is the state")]
        let state = *entry as u32;
        Some(state)
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        let entries: usize = self.buckets.iter().chain(&self.spare).map(Vec::capacity).sum();
        let lists = self.buckets.len() + self.spare.len();
        8 * (entries + self.sorted.capacity() + self.late.capacity()) + 24 * lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_out_in_order() {
        let mut queue = Queue::new(0, 3);
        for key in [40, 7, 8, 100, 0] {
            queue.push(key, 1);
        }
        let mut keys = Vec::new();
        while let Some((key, state)) = queue.pop() {
            keys.push(key);
            if (key, state) == (8, 1) {
                queue.push(9, 2);
                queue.push(8, 3);
            }
        }
        assert_eq!(keys, [0, 7, 8, 8, 9, 40, 100]);
    }

    #[test]
    fn what_is_taken_soon_is_known_within_a_bucket() {
        let mut queue = Queue::new(0, 3);
        for (key, state) in [(9, 1), (8, 2), (15, 3), (40, 4)] {
            queue.push(key, state);
        }
        assert_eq!((queue.soon(0), queue.pop()), (None, Some((8, 2))));
        assert_eq!([0, 1, 2].map(|after| queue.soon(after)), [Some(1), Some(3), None]);
        assert_eq!([queue.pop(), queue.pop()], [Some((9, 1)), Some((15, 3))]);
    }
}
