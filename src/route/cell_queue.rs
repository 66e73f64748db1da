//! Cells in the order of their keys, each waiting once.

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
}

impl CellQueue {
    /// For keys from a least one on, up to a greatest one.
    pub(super) fn new(least: u32, most: u32) -> Self {
        Self { queue: Queue::new(least, 14), waits: Vec::new(), most }
    }

    /// Lets a cell wait, unless it does by a lower key or its key is of no use.
    #[inline]
    pub(super) fn wait(&mut self, page: usize, key: u32) {
        if page >= self.waits.len() {
            self.waits.resize(page + 1, UNKNOWN);
        }
        if let (Some(waits), Ok(number)) = (self.waits.get_mut(page), u32::try_from(page))
            && key < *waits
            && key <= self.most
        {
            *waits = key;
            self.queue.push(key, number);
        }
    }

    /// Takes the cell with the least key.
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

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        self.queue.bytes() + 4 * self.waits.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_waits_by_its_lowest_key_and_comes_out_once() {
        let mut queue = CellQueue::new(0, 100);
        for (page, key) in [(7, 50), (3, 40), (7, 20), (7, 30), (5, 101)] {
            queue.wait(page, key);
        }
        assert_eq!([queue.pop(), queue.pop(), queue.pop()], [Some((20, 7)), Some((40, 3)), None]);
        // Once out it may wait by any key.
        queue.wait(7, 60);
        assert_eq!([queue.pop(), queue.pop()], [Some((60, 7)), None]);
    }
}
