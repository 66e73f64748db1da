//! Nodes that wait to be settled, in buckets by their keys.

use super::labels::UNREACHED;

/// How the buckets lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Buckets {
    shift: u32,
    count: usize,
    dearest: u32,
}

/// How much narrower buckets are, as a power of two, where what is left is known.
const TOWARDS_SHIFT: u32 = 1;

impl Buckets {
    /// Buckets no wider than the cheapest edge, enough for the dearest; at most 2^16.
    pub(super) fn new(cheapest: u32, dearest: u32) -> Self {
        let mut shift = cheapest.max(1).ilog2();
        while dearest >> shift >= (1 << 16) - 2 {
            shift += 1;
        }
        Self { shift, count: ((dearest >> shift) as usize + 2).next_power_of_two(), dearest }
    }

    /// As new, for a graph that knows what is left: along an edge a key may rise by twice its cost
    /// or not at all, so that narrower buckets settle fewer nodes more than once.
    pub(super) fn towards(cheapest: u32, dearest: u32) -> Self {
        Self::new(cheapest >> TOWARDS_SHIFT, dearest.saturating_mul(2))
    }
}

/// Buckets in a ring: the one being emptied and those after it.
pub(super) struct BucketRing {
    bucket: Vec<u32>,
    later: Vec<Vec<u32>>,
    /// Number of the bucket being emptied.
    current: u32,
    shift: u32,
    /// Nodes that wait, each as often as it was put in.
    open: usize,
    /// Buckets from here on may hold keys that are no whole numbers of 31 bits.
    end: u32,
}

impl BucketRing {
    /// Some nodes in one bucket, that of the least of their keys.
    pub(super) fn new(buckets: Buckets, first: &[u32], key: impl Fn(u32) -> u32) -> Self {
        let Buckets { shift, count, dearest } = buckets;
        Self {
            bucket: first.to_vec(),
            later: vec![Vec::new(); count],
            current: first.iter().map(|node| key(*node) >> shift).min().unwrap_or_default(),
            shift,
            open: first.len(),
            end: UNREACHED.saturating_sub(dearest).div_ceil(1 << shift),
        }
    }

    /// Whether no node waits.
    pub(super) fn is_empty(&self) -> bool {
        self.open == 0
    }

    /// Moves what waits in the current bucket into an empty list; `false` if nothing does.
    pub(super) fn take(&mut self, batch: &mut Vec<u32>) -> bool {
        self.open -= self.bucket.len();
        batch.clear();
        std::mem::swap(batch, &mut self.bucket);
        !batch.is_empty()
    }

    /// Whether a key's bucket has been emptied for good.
    #[inline(always)]
    pub(super) fn is_past(&self, key: u32) -> bool {
        key >> self.shift < self.current
    }

    /// Whether a key's bucket is the current one or past.
    pub(super) fn is_reached(&self, key: u32) -> bool {
        key >> self.shift <= self.current
    }

    /// Puts a node in by its key, unless it waits in that bucket by its earlier one.
    #[inline(always)]
    pub(super) fn put(&mut self, node: u32, earlier_key: u32, key: u32) {
        let number = key >> self.shift;
        if number <= self.current {
            self.bucket.push(node);
        } else if earlier_key >> self.shift == number {
            return;
        } else {
            let place = number as usize & (self.later.len() - 1);
            let Some(later) = self.later.get_mut(place) else { return };
            later.push(node);
        }
        self.open += 1;
    }

    /// Goes on to the next bucket; `false` at the end of whole numbers.
    pub(super) fn advance(&mut self) -> bool {
        self.current += 1;
        let place = self.current as usize & (self.later.len() - 1);
        if let Some(later) = self.later.get_mut(place) {
            // The emptied bucket's room goes to the place of the next one.
            std::mem::swap(&mut self.bucket, later);
        }
        self.current < self.end
    }

    /// The nodes that wait.
    pub(super) fn waiting(&self) -> impl Iterator<Item = u32> {
        self.bucket.iter().chain(self.later.iter().flatten()).copied()
    }
}
