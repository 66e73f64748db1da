//! The three kinds of edges for 8, 16 or 32 neighbours, and searches over any of them.

use super::bucket_ring::Buckets;
use super::goal::Goal;
use super::isotropic::{Isotropic, Towards};
use super::labels::{Ended, Graph, Labels, Node};
use super::padded::Padded;
use super::priced::Priced;
use super::sloped::{Slope, Sloped};
use super::{MoveCosts, Neighbours};

/// Edges ready for searches.
pub(super) enum Kernel {
    Eight(Edges<8, 3>),
    Sixteen(Edges<16, 5>),
    ThirtyTwo(Edges<32, 7>),
}

/// Edges by kind of costs.
pub(super) enum Edges<const N: usize, const D: usize> {
    /// By cells, the same both ways.
    Level(Isotropic<N, D>),
    /// By cells and by climb.
    Climbing(Isotropic<N, D>, Slope),
    /// Asked for one by one.
    Priced,
}

/// What a search is asked for.
pub(super) struct Task<'a> {
    pub(super) buckets: Buckets,
    pub(super) first: &'a [u32],
    pub(super) last: &'a [u32],
    pub(super) goal: Option<Goal>,
    /// Whether all moves are made the other way.
    pub(super) reversed: bool,
}

impl Kernel {
    pub(super) fn new(
        costs: &MoveCosts<'_>,
        padded: &Padded,
        neighbours: Neighbours,
        units_per_m: f64,
    ) -> Self {
        match neighbours {
            Neighbours::Eight => Self::Eight(Edges::new(costs, padded, neighbours, units_per_m)),
            Neighbours::Sixteen => {
                Self::Sixteen(Edges::new(costs, padded, neighbours, units_per_m))
            }
            Neighbours::ThirtyTwo => {
                Self::ThirtyTwo(Edges::new(costs, padded, neighbours, units_per_m))
            }
        }
    }

    /// Whether how a node was entered cannot be found again from the labels.
    pub(super) fn keeps_entries(&self) -> bool {
        matches!(
            self,
            Self::Eight(Edges::Priced)
                | Self::Sixteen(Edges::Priced)
                | Self::ThirtyTwo(Edges::Priced)
        )
    }

    pub(super) fn spread(
        &self,
        labels: &mut Labels,
        costs: &MoveCosts<'_>,
        padded: &Padded,
        units_per_m: f64,
        task: Task<'_>,
    ) -> Ended {
        match self {
            Self::Eight(edges) => edges.spread(labels, costs, padded, units_per_m, task),
            Self::Sixteen(edges) => edges.spread(labels, costs, padded, units_per_m, task),
            Self::ThirtyTwo(edges) => edges.spread(labels, costs, padded, units_per_m, task),
        }
    }

    /// The node before one on the way that a search found.
    pub(super) fn before(
        &self,
        labels: &Labels,
        padded: &Padded,
        node: u32,
        reversed: bool,
    ) -> Option<u32> {
        match self {
            Self::Eight(edges) => edges.before(labels, padded, node, reversed),
            Self::Sixteen(edges) => edges.before(labels, padded, node, reversed),
            Self::ThirtyTwo(edges) => edges.before(labels, padded, node, reversed),
        }
    }
}

impl<const N: usize, const D: usize> Edges<N, D> {
    fn new(
        costs: &MoveCosts<'_>,
        padded: &Padded,
        neighbours: Neighbours,
        units_per_m: f64,
    ) -> Self {
        if costs.span().is_none() {
            return Self::Priced;
        }
        let level = Isotropic::new(costs, padded, neighbours, units_per_m);
        match costs.climb() {
            Some(climb) => Self::Climbing(level, Slope::new(climb, padded, units_per_m)),
            None => Self::Level(level),
        }
    }

    fn spread(
        &self,
        labels: &mut Labels,
        costs: &MoveCosts<'_>,
        padded: &Padded,
        units_per_m: f64,
        task: Task<'_>,
    ) -> Ended {
        match self {
            Self::Level(level) => task.run(labels, level),
            Self::Climbing(level, slope) => {
                let reversed = task.reversed;
                task.run(labels, &Sloped { level, slope, reversed })
            }
            Self::Priced => {
                let graph = Priced::<N>::new(costs, *padded, units_per_m, task.reversed);
                task.run(labels, &graph)
            }
        }
    }

    fn before(&self, labels: &Labels, padded: &Padded, node: u32, reversed: bool) -> Option<u32> {
        match self {
            Self::Level(level) => labels.before(level, node),
            Self::Climbing(level, slope) => labels.before(&Sloped { level, slope, reversed }, node),
            Self::Priced => labels.entered_from(padded, node),
        }
    }
}

impl Task<'_> {
    fn run<const N: usize>(
        self,
        labels: &mut Labels,
        graph: &impl Graph<N, Label = Node>,
    ) -> Ended {
        match self.goal {
            Some(goal) => {
                labels.spread(&Towards { graph, goal }, self.buckets, self.first, self.last)
            }
            None => labels.spread(graph, self.buckets, self.first, self.last),
        }
    }
}
