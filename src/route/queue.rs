//! States in the exact order of their keys.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A queue of buckets (Dial 1969, Denardo and Fox 1979); only the current bucket is kept sorted,
/// so that most states never meet a large heap.
pub(super) struct Queue {
    buckets: Vec<Vec<(u32, u32)>>,
    current: usize,
    sorted: BinaryHeap<Reverse<(u32, u32)>>,
    shift: u32,
}

impl Queue {
    /// Buckets of 2^`shift` units.
    pub(super) fn new(shift: u32) -> Self {
        Self { buckets: Vec::new(), current: 0, sorted: BinaryHeap::new(), shift }
    }

    /// Adds a state; its key must not be below that of the last one taken.
    pub(super) fn push(&mut self, key: u32, state: u32) {
        let bucket = (key >> self.shift) as usize;
        if bucket <= self.current {
            self.sorted.push(Reverse((key, state)));
            return;
        }
        if bucket >= self.buckets.len() {
            self.buckets.resize_with(bucket + 1, Vec::new);
        }
        if let Some(entries) = self.buckets.get_mut(bucket) {
            entries.push((key, state));
        }
    }

    /// Takes the state with the least key; of equal keys the least state.
    pub(super) fn pop(&mut self) -> Option<(u32, u32)> {
        while self.sorted.is_empty() {
            self.current += 1;
            let entries = std::mem::take(self.buckets.get_mut(self.current)?);
            self.sorted = entries.into_iter().map(Reverse).collect();
        }
        self.sorted.pop().map(|Reverse(entry)| entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_out_in_order() {
        let mut queue = Queue::new(3);
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
}
