//! Least costs over a graph of nodes and whole costs.
//!
//! Labels are corrected bucket by bucket (Dial 1969; Denardo and Fox 1979): while no bucket is
//! wider than the cheapest edge, every node of the current bucket is final and no heap or sorting
//! is needed. A wider bucket stays right too, since a node whose label improves goes in again.
//!
//! Which neighbours a node betters cannot be foretold, so that the processor guesses wrong about
//! once a node. Nodes of a bucket are therefore looked at some at once, without branches, before any
//! passes its offers on: the next node's answers are there by the time that a guess was wrong.

use super::bucket_ring::{BucketRing, Buckets};
use super::labels::{CLOSED, Ended, Graph, Label, Labels, Look, UNREACHED};

/// A search from some nodes, until one of the last is final if there are any: a type of its own,
/// since a closure would not be built for wide registers.
pub(super) struct Spread<'a, const N: usize, L, G> {
    pub(super) labels: &'a mut Labels<L>,
    pub(super) graph: &'a G,
    pub(super) buckets: Buckets,
    pub(super) first: &'a [u32],
    pub(super) last: &'a [u32],
}

/// Nodes that are looked at together.
const AT_ONCE: usize = 64;

/// What a node offers its neighbours.
#[derive(Clone, Copy)]
struct Offer<const N: usize> {
    /// Cost of the node.
    so_far: u32,
    edges: [u32; N],
    /// A bit for each edge that is worth taking.
    better: u32,
}

impl<const N: usize, L: Label, G: Graph<N, Label = L>> pulp::NullaryFnOnce for Spread<'_, N, L, G> {
    type Output = Ended;

    #[inline(always)]
    fn call(mut self) -> Ended {
        let (graph, first, last) = (self.graph, self.first, self.last);
        for &node in first {
            if let Some(label) = self.labels.nodes.get_mut(node as usize) {
                label.set_cost(0);
            }
        }
        let key_of = |cost: u32, node: u32| cost + graph.left(node);
        let mut ring = BucketRing::new(self.buckets, first, |node| key_of(0, node));
        let (mut settled_count, mut in_range) = (0, true);
        let (mut batch, mut due) = (Vec::new(), [0; AT_ONCE]);
        let mut offers = [Offer { so_far: 0, edges: [CLOSED; N], better: 0 }; AT_ONCE];
        while in_range && !ring.is_empty() {
            while ring.take(&mut batch) {
                for nodes in batch.chunks(AT_ONCE) {
                    // Those that went on to an earlier bucket have been passed on there.
                    let is_due = |cost, node| !ring.is_past(key_of(cost, node));
                    let due_count = self.due(nodes, &mut due, is_due);
                    settled_count += due_count;
                    let due = due.get(..due_count).unwrap_or_default();
                    for (offer, &node) in offers.iter_mut().zip(due) {
                        *offer = self.offer(node);
                    }
                    for (offer, &node) in offers.iter().zip(due) {
                        self.pass_on(node, offer, |head, was, cost| {
                            let left = graph.left(head);
                            ring.put(head, was + left, cost + left);
                        });
                    }
                }
            }
            let is_final = |end: &u32| {
                self.labels.cost(*end).is_some_and(|cost| ring.is_reached(key_of(cost, *end)))
            };
            if last.iter().any(is_final) {
                break;
            }
            in_range = ring.advance();
        }
        // Nodes that still wait have labels too.
        let (least, most) = self.labels.touched;
        self.labels.touched = ring
            .waiting()
            .fold((least, most), |(least, most), node| (least.min(node), most.max(node)));
        Ended { settled_count, in_range }
    }
}

impl<const N: usize, L: Label, G: Graph<N, Label = L>> Spread<'_, N, L, G> {
    /// Puts those of some nodes that are due at the front of a list; how many there are.
    #[inline(always)]
    fn due(
        &mut self,
        nodes: &[u32],
        due: &mut [u32; AT_ONCE],
        is_due: impl Fn(u32, u32) -> bool,
    ) -> usize {
        let mut due_count = 0;
        let (mut least, mut most) = self.labels.touched;
        for &node in nodes {
            // Written in any case: which are due cannot be foretold.
            if let (Some(place), Some(cost)) = (due.get_mut(due_count), self.labels.label(node)) {
                *place = node;
                due_count += usize::from(is_due(cost, node));
            }
            (least, most) = (least.min(node), most.max(node));
        }
        self.labels.touched = (least, most);
        due_count
    }

    /// What a node offers its neighbours.
    #[inline(always)]
    fn offer(&self, node: u32) -> Offer<N> {
        let so_far = self.labels.label(node).unwrap_or(UNREACHED);
        let Look { edges, known } = self.graph.look(&self.labels.nodes, node);
        let mut better = 0_u32;
        for number in 0..N {
            // All are below 2^31, so that signed numbers do, which older processors compare.
            let gap = known[number].wrapping_sub(so_far).cast_signed();
            better |= u32::from(edges[number].cast_signed() < gap) << number;
        }
        Offer { so_far, edges, better }
    }

    /// Improves the labels of a node's neighbours; `queue` is given the number of each, its old and
    /// its new cost.
    #[inline(always)]
    fn pass_on(&mut self, node: u32, offer: &Offer<N>, mut queue: impl FnMut(u32, u32, u32)) {
        let mut better = offer.better;
        while better != 0 {
            let number = better.trailing_zeros() as usize;
            better &= better - 1;
            let Some(edge) = offer.edges.get(number) else { continue };
            let (head, cost) = (self.graph.head(node, number), offer.so_far + edge);
            let Some(label) = self.labels.nodes.get_mut(head as usize) else { continue };
            let was = label.cost();
            // Another node may have offered less since.
            if cost >= was {
                continue;
            }
            label.set_cost(cost);
            if let Some(entry) = self.labels.entry.get_mut(head as usize) {
                #[expect(clippy::cast_possible_truncation, reason = "fewer than 255 edges")]
                let number = number as u8;
                *entry = number;
            }
            queue(head, was, cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each node leads to the eight that follow it at distances of 1 to 30, round a ring.
    struct Ring {
        nodes: u32,
    }

    const STRIDES: [u32; 8] = [1, 2, 3, 7, 11, 18, 29, 30];

    impl Ring {
        fn edge(&self, node: u32, number: usize) -> u32 {
            // Costs as if drawn from 50 to 177; every sixteenth edge is closed.
            let drawn = (node * 8 + number as u32).wrapping_mul(2_654_435_761) >> 16;
            if drawn.is_multiple_of(16) { CLOSED } else { 50 + drawn % 128 }
        }
    }

    impl Graph<8> for Ring {
        type Label = u32;

        fn look(&self, labels: &[u32], node: u32) -> Look<8> {
            Look {
                edges: std::array::from_fn(|number| self.edge(node, number)),
                known: std::array::from_fn(|number| labels[self.head(node, number) as usize]),
            }
        }

        fn head(&self, node: u32, number: usize) -> u32 {
            (node + STRIDES[number]) % self.nodes
        }

        fn tail(&self, node: u32, which: usize) -> (u32, usize) {
            ((node + self.nodes - STRIDES[which]) % self.nodes, which)
        }
    }

    /// What every node costs from the first, each edge improved until none improves.
    fn improved(ring: &Ring) -> Vec<u32> {
        let mut costs = vec![UNREACHED; ring.nodes as usize];
        costs[0] = 0;
        let mut goes_on = true;
        while goes_on {
            goes_on = false;
            for (node, number) in (0..ring.nodes).flat_map(|node| (0..8).map(move |n| (node, n))) {
                let (so_far, edge) = (costs[node as usize], ring.edge(node, number));
                let head = ring.head(node, number) as usize;
                if so_far < UNREACHED && edge < CLOSED && so_far + edge < costs[head] {
                    costs[head] = so_far + edge;
                    goes_on = true;
                }
            }
        }
        costs
    }

    #[test]
    fn costs_are_those_of_edges_improved_one_by_one() {
        let ring = Ring { nodes: 3_000 };
        let costs = improved(&ring);
        // Buckets as wide as the cheapest edge, and wider, where nodes are settled more than once.
        for cheapest in [50, 1_000, 100_000] {
            for arch in [pulp::Arch::new(), pulp::Arch::Scalar] {
                let mut labels = Labels::<u32>::new(vec![UNREACHED; ring.nodes as usize]);
                labels.renew(false);
                let buckets = Buckets::new(cheapest, 177);
                let search =
                    Spread { labels: &mut labels, graph: &ring, buckets, first: &[0], last: &[] };
                let ended = arch.dispatch(search);
                assert!(ended.in_range && ended.settled_count >= ring.nodes as usize);
                let found: Vec<u32> =
                    (0..ring.nodes).map(|node| labels.cost(node).unwrap_or(UNREACHED)).collect();
                assert_eq!(found, costs, "buckets for {cheapest}");
            }
        }
    }
}
