//! What is known of the nodes of a graph with whole costs.

use super::bucket_ring::Buckets;
use super::padded::Padded;
use super::spread::Spread;

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
    pub(super) nodes: Vec<L>,
    /// By node: which of the edges that lead there. Empty if not kept.
    pub(super) entry: Vec<u8>,
    /// Nodes that have been touched lie between these.
    pub(super) touched: (u32, u32),
}

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
    pub(super) fn label(&self, node: u32) -> Option<u32> {
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
        pulp::Arch::new().dispatch(Spread::<N, _, _> { labels: self, graph, buckets, first, last })
    }
}
