//! Least costs over a graph of nodes and whole costs.
//!
//! Labels are corrected bucket by bucket (Dial 1969; Denardo and Fox 1979): while no bucket is
//! wider than the cheapest edge, every node of the current bucket is final and no heap or sorting
//! is needed. A wider bucket stays right too, since a node whose label improves goes in again.

use super::bucket_ring::{BucketRing, Buckets};
use super::padded::Padded;

/// Label of a node that was not reached; every known cost is less.
pub(super) const UNREACHED: u32 = i32::MAX as u32;

/// Edge that cannot be taken.
pub(super) const CLOSED: u32 = i32::MAX as u32;

/// Entry of a node that was not entered.
const NOT_ENTERED: u8 = u8::MAX;

/// What is known of a node.
pub(super) trait Label: Copy {
    /// Cost from the first nodes, or [`UNREACHED`].
    fn cost(self) -> u32;

    /// Puts another cost in its place.
    fn set_cost(&mut self, cost: u32);
}

impl Label for u32 {
    #[inline(always)]
    fn cost(self) -> u32 {
        self
    }

    #[inline(always)]
    fn set_cost(&mut self, cost: u32) {
        *self = cost;
    }
}

/// A cell's label, beside what a metre costs there, since both are looked at together.
#[derive(Clone, Copy, Default)]
pub(super) struct Node {
    pub(super) cost: u32,
    /// Infinite where it is closed.
    pub(super) ratio: f32,
}

impl Label for Node {
    #[inline(always)]
    fn cost(self) -> u32 {
        self.cost
    }

    #[inline(always)]
    fn set_cost(&mut self, cost: u32) {
        self.cost = cost;
    }
}

/// A graph of `N` edges from each node, each with a cost of at most [`CLOSED`].
pub(super) trait Graph<const N: usize> {
    /// What is known of its nodes.
    type Label: Label;

    /// A node's edges and what is known of their heads.
    fn look(&self, labels: &[Self::Label], node: u32) -> Look<N>;

    /// Where an edge leads.
    fn head(&self, node: u32, number: usize) -> u32;

    /// One of the `N` edges that lead to a node, as where it begins and its number there.
    fn tail(&self, node: u32, which: usize) -> (u32, usize);

    /// A lower bound of what is left from a node to the end.
    fn left(&self, _node: u32) -> u32 {
        0
    }
}

/// The edges out of a node, and the labels of their heads.
pub(super) struct Look<const N: usize> {
    pub(super) edges: [u32; N],
    pub(super) known: [u32; N],
}

/// Costs of the nodes from the first one.
///
/// How a node was entered is not kept where every edge costs something: the edge that its label
/// comes from is the one whose sum agrees exactly.
pub(super) struct Labels<L = Node> {
    nodes: Vec<L>,
    /// By node: which of the edges that lead there. Empty if not kept.
    entry: Vec<u8>,
    /// Nodes that have been touched lie between these.
    touched: (u32, u32),
}

/// Nodes that are made ready together.
const AT_ONCE: usize = 64;

/// How a search ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ended {
    /// Nodes that were settled.
    pub(super) settled_count: usize,
    /// Whether all sums were within whole numbers.
    pub(super) in_range: bool,
}

impl<L: Label> Labels<L> {
    /// Nodes that have not been reached.
    pub(super) fn new(nodes: Vec<L>) -> Self {
        Self { nodes, entry: Vec::new(), touched: (u32::MAX, 0) }
    }

    /// Forgets a search.
    pub(super) fn renew(&mut self, keeps_entries: bool) {
        let range = self.touched.0 as usize..(self.touched.1 as usize + 1).min(self.nodes.len());
        let touched = self.nodes.get_mut(range.clone()).unwrap_or_default();
        touched.iter_mut().for_each(|label| label.set_cost(UNREACHED));
        if keeps_entries != self.entry.is_empty() {
            self.entry.get_mut(range).unwrap_or_default().fill(NOT_ENTERED);
        } else {
            let count = if keeps_entries { self.nodes.len() } else { 0 };
            self.entry = vec![NOT_ENTERED; count];
        }
        self.touched = (u32::MAX, 0);
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.nodes.as_slice()) + self.entry.len()
    }

    /// Cost of a node that was reached.
    pub(super) fn cost(&self, node: u32) -> Option<u32> {
        self.label(node).filter(|cost| *cost < UNREACHED)
    }

    /// Cost of a node, or [`UNREACHED`].
    #[inline(always)]
    fn label(&self, node: u32) -> Option<u32> {
        self.nodes.get(node as usize).map(|label| label.cost())
    }

    /// The node before one on the cheapest way there; `None` for the first and for those not
    /// reached.
    pub(super) fn before<const N: usize>(
        &self,
        graph: &impl Graph<N, Label = L>,
        node: u32,
    ) -> Option<u32> {
        if let Some(&entry) = self.entry.get(node as usize) {
            return (entry != NOT_ENTERED).then(|| graph.tail(node, entry.into()).0);
        }
        let cost = self.cost(node)?;
        if cost == 0 {
            return None;
        }
        let agrees = |which: &usize| {
            let (tail, number) = graph.tail(node, *which);
            self.cost(tail).is_some_and(|so_far| {
                so_far < cost
                    && graph.look(&self.nodes, tail).edges.get(number) == Some(&(cost - so_far))
            })
        };
        (0..N).find(agrees).map(|which| graph.tail(node, which).0)
    }

    /// As [`before`](Self::before), where entries are kept, over cells.
    pub(super) fn entered_from(&self, padded: &Padded, node: u32) -> Option<u32> {
        let entry = self.entry.get(node as usize).filter(|entry| **entry != NOT_ENTERED)?;
        Some(padded.tail(node, usize::from(*entry)))
    }

    /// Settles nodes from the first ones, until one of the last is final if there are any.
    ///
    /// The keys of a graph's `left` may not fall along an edge by more than its cost.
    pub(super) fn spread<const N: usize>(
        &mut self,
        graph: &impl Graph<N, Label = L>,
        buckets: Buckets,
        first: &[u32],
        last: &[u32],
    ) -> Ended {
        for &node in first {
            if let Some(label) = self.nodes.get_mut(node as usize) {
                label.set_cost(0);
            }
        }
        let key_of = |cost: u32, node: u32| cost + graph.left(node);
        let mut ring = BucketRing::new(buckets, first, |node| key_of(0, node));
        let (mut settled_count, mut in_range) = (0, true);
        let (mut batch, mut due) = (Vec::new(), [0; AT_ONCE]);
        while in_range && !ring.is_empty() {
            while ring.take(&mut batch) {
                for nodes in batch.chunks(AT_ONCE) {
                    // Those that went on to an earlier bucket have been passed on there.
                    let is_due = |cost, node| !ring.is_past(key_of(cost, node));
                    let due_count = self.due(nodes, &mut due, is_due);
                    settled_count += due_count;
                    for &node in due.iter().take(due_count) {
                        self.pass_on(graph, node, |head, was, cost| {
                            let left = graph.left(head);
                            ring.put(head, was + left, cost + left);
                        });
                    }
                }
            }
            let is_final =
                |end: &u32| self.cost(*end).is_some_and(|cost| ring.is_reached(key_of(cost, *end)));
            if last.iter().any(is_final) {
                break;
            }
            in_range = ring.advance();
        }
        // Nodes that still wait have labels too.
        let (least, most) = self.touched;
        self.touched = ring
            .waiting()
            .fold((least, most), |(least, most), node| (least.min(node), most.max(node)));
        Ended { settled_count, in_range }
    }

    /// Puts those of some nodes that are due at the front of a list; how many there are.
    #[inline(always)]
    fn due(
        &mut self,
        nodes: &[u32],
        due: &mut [u32; AT_ONCE],
        is_due: impl Fn(u32, u32) -> bool,
    ) -> usize {
        let mut due_count = 0;
        let (mut least, mut most) = self.touched;
        for &node in nodes {
            // Written in any case: which are due cannot be foretold.
            if let (Some(place), Some(cost)) = (due.get_mut(due_count), self.label(node)) {
                *place = node;
                due_count += usize::from(is_due(cost, node));
            }
            (least, most) = (least.min(node), most.max(node));
        }
        self.touched = (least, most);
        due_count
    }

    /// Improves the labels of a node's neighbours; `queue` is given the number of each, its old and
    /// its new cost.
    #[inline(always)]
    fn pass_on<const N: usize>(
        &mut self,
        graph: &impl Graph<N, Label = L>,
        node: u32,
        mut queue: impl FnMut(u32, u32, u32),
    ) {
        let Some(so_far) = self.label(node) else { return };
        let Look { edges, known } = graph.look(&self.nodes, node);
        let mut better = 0_u32;
        for number in 0..N {
            // All are below 2^31, so that signed numbers do, which older processors compare.
            let gap = known[number].wrapping_sub(so_far).cast_signed();
            better |= u32::from(edges[number].cast_signed() < gap) << number;
        }
        while better != 0 {
            let number = better.trailing_zeros() as usize;
            better &= better - 1;
            let (Some(edge), Some(was)) = (edges.get(number), known.get(number)) else { continue };
            let (head, cost) = (graph.head(node, number), so_far + edge);
            if let Some(label) = self.nodes.get_mut(head as usize) {
                label.set_cost(cost);
            }
            if let Some(entry) = self.entry.get_mut(head as usize) {
                #[expect(clippy::cast_possible_truncation, reason = "fewer than 255 edges")]
                let number = number as u8;
                *entry = number;
            }
            queue(head, *was, cost);
        }
    }
}
