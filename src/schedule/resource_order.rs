//! Orders of activities, by a key of each and such that links hold.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::compiled::Span;
use super::resource_setup::Setup;

/// An order of activities, and what finding it needs.
pub(super) struct Sequence {
    order: Vec<u32>,
    keyed: Vec<u64>,
    waits_for: Vec<u32>,
    ready: BinaryHeap<Reverse<u64>>,
}

impl Sequence {
    /// The positions in their own order.
    pub(super) fn new(count: usize) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "activities are counted in 32 bits")]
        let order = (0..count as u32).collect();
        Self { order, keyed: Vec::new(), waits_for: Vec::new(), ready: BinaryHeap::new() }
    }

    pub(super) fn order(&self) -> &[u32] {
        &self.order
    }

    /// An order that is known to hold.
    pub(super) fn set(&mut self, order: &[u32]) {
        self.order.clear();
        self.order.extend_from_slice(order);
    }

    /// By their starts, earliest first; predecessors come before.
    pub(super) fn by_start(&mut self, setup: &Setup<'_>, spans: &[Span]) {
        self.key(spans.iter().map(|span| span.start));
        if setup.is_by_start {
            self.sort();
        } else {
            self.forward(setup);
        }
    }

    /// By their finishes, latest first; successors come before.
    pub(super) fn by_finish_back(&mut self, setup: &Setup<'_>, spans: &[Span]) {
        self.key(spans.iter().map(|span| -span.finish));
        // Of two that finish together the successor, which has the greater position, comes first.
        for keyed in &mut self.keyed {
            *keyed ^= POSITIONS;
        }
        if setup.is_by_finish {
            self.sort();
        } else {
            self.backward(setup);
        }
        for position in &mut self.order {
            *position = !*position;
        }
    }

    /// By any keys, least first; predecessors come before.
    pub(super) fn by_keys(&mut self, setup: &Setup<'_>, keys: impl Iterator<Item = i32>) {
        self.key(keys);
        self.forward(setup);
    }

    fn key(&mut self, keys: impl Iterator<Item = i32>) {
        self.keyed.clear();
        let keyed = keys.zip(0_u64..).map(|(key, position)| {
            // Whole numbers in the order of their bits.
            u64::from(key.cast_unsigned() ^ 0x8000_0000) << 32 | position
        });
        self.keyed.extend(keyed);
    }

    fn sort(&mut self) {
        self.keyed.sort_unstable();
        self.order.clear();
        #[expect(clippy::cast_possible_truncation, reason = "the position is the low half")]
        self.order.extend(self.keyed.iter().map(|keyed| *keyed as u32));
    }

    /// Of all whose predecessors came, that with the least key comes next.
    fn forward(&mut self, setup: &Setup<'_>) {
        let links = setup.compiled.links_by_position().map(<[_]>::len);
        self.come(
            links,
            |position| setup.links_out(position as usize).iter().map(|(to, _)| *to),
            0,
        );
    }

    /// Of all whose successors came, that with the least key comes next.
    fn backward(&mut self, setup: &Setup<'_>) {
        let count = self.keyed.len();
        let links = (0..count).map(|position| setup.links_out(position).len());
        self.come(
            links,
            |position| setup.compiled.links_into(position as usize).map(|(link, _)| link.from),
            u32::MAX,
        );
    }

    fn come<I: Iterator<Item = u32>>(
        &mut self,
        waits_for: impl Iterator<Item = usize>,
        next: impl Fn(u32) -> I,
        flip: u32,
    ) {
        self.order.clear();
        self.ready.clear();
        self.waits_for.clear();
        #[expect(clippy::cast_possible_truncation, reason = "links are counted in 32 bits")]
        self.waits_for.extend(waits_for.map(|links| links as u32));
        let first = self.keyed.iter().zip(&self.waits_for).filter(|(_, links)| **links == 0);
        self.ready.extend(first.map(|(keyed, _)| Reverse(*keyed)));
        while let Some(Reverse(keyed)) = self.ready.pop() {
            #[expect(clippy::cast_possible_truncation, reason = "the position is the low half")]
            let named = keyed as u32;
            self.order.push(named);
            for other in next(named ^ flip) {
                let Some(links) = self.waits_for.get_mut(other as usize) else { continue };
                *links -= 1;
                if *links == 0
                    && let Some(keyed) = self.keyed.get(other as usize)
                {
                    self.ready.push(Reverse(*keyed));
                }
            }
        }
    }
}

/// The half of a key that is the position.
const POSITIONS: u64 = 0xFFFF_FFFF;
