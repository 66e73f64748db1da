//! Cells in the order of their keys, each waiting once.
//!
//! Keys may be told apart by steps only. Within one, cells come out in the order in which they were
//! found: those found together lie together, and so do their neighbours in memory.

use super::pages::UNKNOWN;
use super::queue::Queue;

/// A queue of cells, by their pages. A cell that comes to wait by a lower key leaves its entry behind,
/// which is passed over when its turn comes.
pub(super) struct CellQueue {
    queue: Queue,
    /// By page: the least key by which it waits, or [`UNKNOWN`].
    waits: Vec<u32>,
    /// Keys beyond are of no use.
    most: u32,
    /// Width of a step, a power of two.
    step: u32,
}

impl CellQueue {
    /// For keys from a least one on, up to a greatest one, in steps of 2^`shift`.
    pub(super) fn new(least: u32, most: u32, shift: u32) -> Self {
        // The least key begins the first bucket, which may be wider than a step.
        let queue = Queue::new(least >> shift << shift, shift.max(14));
        Self { queue, waits: Vec::new(), most, step: 1 << shift }
    }

    /// Lets a cell wait, unless it does by a lower step or its key is of no use.
    #[inline]
    pub(super) fn wait(&mut self, page: usize, key: u32) {
        if key > self.most {
            return;
        }
        let key = self.floor(key);
        if page >= self.waits.len() {
            self.waits.resize(page + 1, UNKNOWN);
        }
        if let (Some(waits), Ok(number)) = (self.waits.get_mut(page), u32::try_from(page))
            && key < *waits
        {
            *waits = key;
            self.queue.push(key, number);
        }
    }

    /// Where the step of a key begins.
    #[inline]
    pub(super) fn floor(&self, key: u32) -> u32 {
        key & !(self.step - 1)
    }

    /// Takes a cell of the least step, with the least key of that step.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<(u32, usize)> {
        loop {
            let (key, number) = self.queue.pop()?;
            let page = number as usize;
            if let Some(waits) = self.waits.get_mut(page).filter(|waits| **waits == key) {
                *waits = UNKNOWN;
                return Some((key, page));
            }
        }
    }

    /// A cell that is taken soon, after so many others, unless some with lower keys come to wait.
    #[inline]
    pub(super) fn soon(&self, after: usize) -> Option<usize> {
        self.queue.soon(after).map(|page| page as usize)
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        self.queue.bytes() + 4 * self.waits.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: u32 = 1 << 10;

    #[test]
    fn a_cell_waits_by_its_lowest_key_and_comes_out_once() {
        let mut queue = CellQueue::new(0, 100 * STEP, 10);
        for (page, step) in [(7, 50), (3, 40), (7, 20), (7, 30), (5, 101)] {
            queue.wait(page, step * STEP + 9);
        }
        let first = (20 * STEP, 7);
        assert_eq!(
            [queue.pop(), queue.pop(), queue.pop()],
            [Some(first), Some((40 * STEP, 3)), None]
        );
        // Once out it may wait by any key.
        queue.wait(7, 60 * STEP);
        assert_eq!([queue.pop(), queue.pop()], [Some((60 * STEP, 7)), None]);
    }

    #[test]
    fn cells_of_one_step_come_out_as_they_were_found() {
        let mut queue = CellQueue::new(0, 100 * STEP, 10);
        for (page, key) in [(9, 5), (2, 7), (4, 6)] {
            queue.wait(page, key);
        }
        assert_eq!([queue.pop(), queue.pop(), queue.pop()], [2, 4, 9].map(|page| Some((0, page))));
    }
}
