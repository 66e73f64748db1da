//! Least costs over a graph of nodes and whole costs.
//!
//! Labels are corrected bucket by bucket (Dial 1969; Denardo and Fox 1979): while no bucket is
//! wider than the cheapest edge, every node of the current bucket is final and no heap or sorting
//! is needed. A wider bucket stays right too, since a node whose label improves goes in again.

/// Label of a node that was not reached; every known cost is less.
pub(super) const UNREACHED: u32 = i32::MAX as u32;

/// Edge that cannot be taken.
pub(super) const CLOSED: u32 = i32::MAX as u32;

/// Mark in the label of a node that has passed it on.
const SETTLED: u32 = 1 << 31;

/// Entry of a node that was not entered, and of the first one.
const NOT_ENTERED: u8 = u8::MAX;
const FIRST: u8 = u8::MAX - 1;

/// A graph of `N` edges from each node, each with a cost of at most [`CLOSED`].
pub(super) trait Graph<const N: usize> {
    /// Costs of the edges out of a node.
    fn edges(&self, node: u32) -> [u32; N];

    /// Where an edge leads.
    fn head(&self, node: u32, number: usize) -> u32;

    /// What a list of all nodes holds at the heads of a node's edges.
    fn around(&self, values: &[u32], node: u32) -> [u32; N] {
        std::array::from_fn(|number| {
            values.get(self.head(node, number) as usize).copied().unwrap_or(0)
        })
    }

    /// What to note at the head of an edge, below 254.
    fn mark(&self, _node: u32, number: u32) -> u8 {
        #[expect(clippy::cast_possible_truncation, reason = "no graph here has 254 edges a node")]
        let number = number as u8;
        number
    }

    /// A lower bound of what is left from a node to the end.
    fn left(&self, _node: u32) -> u32 {
        0
    }
}

/// Costs of the nodes from the first one, and the edges by which each was entered.
pub(super) struct Labels {
    cost: Vec<u32>,
    entry: Vec<u8>,
}

/// How the buckets lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Buckets {
    shift: u32,
    count: usize,
}

impl Buckets {
    /// Buckets no wider than the cheapest edge, enough for the dearest; at most 2^16.
    pub(super) fn new(cheapest: u32, dearest: u32) -> Self {
        let mut shift = cheapest.max(1).ilog2();
        while dearest >> shift >= (1 << 16) - 2 {
            shift += 1;
        }
        Self { shift, count: ((dearest >> shift) as usize + 2).next_power_of_two() }
    }
}

impl Labels {
    /// No node of the graph reached yet; closed ones never will be.
    pub(super) fn new(closed: impl ExactSizeIterator<Item = bool>) -> Self {
        let entry = vec![NOT_ENTERED; closed.len()];
        // No cost is below zero, so that no edge improves a closed node.
        Self { cost: closed.map(|closed| if closed { 0 } else { UNREACHED }).collect(), entry }
    }

    /// The greatest cost of a node that was reached.
    pub(super) fn dearest(&self) -> u32 {
        self.cost
            .iter()
            .map(|cost| cost & !SETTLED)
            .filter(|cost| *cost < UNREACHED)
            .max()
            .unwrap_or(0)
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        self.cost.len() * 5
    }

    /// Cost of a node that was reached.
    pub(super) fn cost(&self, node: u32) -> Option<u32> {
        let reached = *self.entry.get(node as usize)? != NOT_ENTERED;
        self.cost.get(node as usize).map(|cost| cost & !SETTLED).filter(|_| reached)
    }

    /// The mark with which a node was entered; `None` for the first and for those not reached.
    pub(super) fn entry(&self, node: u32) -> Option<usize> {
        let entry = *self.entry.get(node as usize)?;
        (entry < FIRST).then_some(usize::from(entry))
    }

    /// Settles nodes from the first ones, until one of the last is final if there are any; their
    /// number.
    ///
    /// The keys of a graph's `left` may not fall along an edge by more than its cost.
    pub(super) fn spread<const N: usize>(
        &mut self,
        graph: &impl Graph<N>,
        buckets: Buckets,
        first: &[u32],
        last: &[u32],
    ) -> usize {
        for &node in first {
            let (Some(cost), Some(entry)) =
                (self.cost.get_mut(node as usize), self.entry.get_mut(node as usize))
            else {
                continue;
            };
            (*cost, *entry) = (0, FIRST);
        }
        let mut ring: Vec<Vec<u32>> = vec![Vec::new(); buckets.count];
        let within = buckets.count - 1;
        // A later bucket's node may wait in the first one: it is passed on with its true label.
        let least = first.iter().map(|node| graph.left(*node)).min().unwrap_or_default();
        let mut current = least >> buckets.shift;
        let (mut open, mut settled) = (first.len(), 0);
        let mut bucket = first.to_vec();
        while open > 0 {
            let mut next = 0;
            while let Some(&node) = bucket.get(next) {
                next += 1;
                let Some(label) = self.cost.get_mut(node as usize) else { continue };
                let so_far = *label;
                if so_far & SETTLED != 0 {
                    continue;
                }
                *label |= SETTLED;
                settled += 1;
                let (edges, known) = (graph.edges(node), graph.around(&self.cost, node));
                let mut better = 0_u32;
                for number in 0..N {
                    better |=
                        u32::from(so_far + edges[number] < (known[number] & !SETTLED)) << number;
                }
                while better != 0 {
                    let number = better.trailing_zeros();
                    better &= better - 1;
                    let Some(edge) = edges.get(number as usize) else { continue };
                    let head = graph.head(node, number as usize);
                    let through = so_far + edge;
                    let (Some(cost), Some(entry)) =
                        (self.cost.get_mut(head as usize), self.entry.get_mut(head as usize))
                    else {
                        continue;
                    };
                    (*cost, *entry) = (through, graph.mark(node, number));
                    open += 1;
                    let slot = (through + graph.left(head)) >> buckets.shift;
                    if slot <= current {
                        bucket.push(head);
                    } else if let Some(later) = ring.get_mut(slot as usize & within) {
                        later.push(head);
                    }
                }
            }
            open -= bucket.len();
            bucket.clear();
            let ended = |end: &u32| {
                self.cost(*end)
                    .is_some_and(|cost| (cost + graph.left(*end)) >> buckets.shift <= current)
            };
            if last.iter().any(ended) {
                break;
            }
            // The emptied bucket's room goes to the place of the next one.
            current += 1;
            if let Some(later) = ring.get_mut(current as usize & within) {
                std::mem::swap(&mut bucket, later);
            }
        }
        settled
    }
}
