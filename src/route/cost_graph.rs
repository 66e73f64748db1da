//! Moves between cells with their costs, made ready for many searches.

use super::bucket_ring::Buckets;
use super::goal::Goal;
use super::kernel::{Kernel, Task};
use super::labels::{CLOSED, Labels, Node, UNREACHED};
use super::padded::Padded;
use super::range::Range;
use super::refusal::{not_open, too_uneven};
use super::{Corridor, MoveCosts, Neighbours, Surface, Way, Workspace};
#[cfg(doc)]
use crate::error::Error;
use crate::error::Result;

/// Costs of moves, checked and brought to whole units once, for any number of searches.
///
/// Memory: a search takes 8 bytes a cell, or 9 for costs asked for move by move.
pub struct CostGraph<'a> {
    costs: MoveCosts<'a>,
    neighbours: Neighbours,
    padded: Padded,
    range: Range,
    kernel: Kernel,
}

/// What a search found.
pub(super) struct Found {
    pub(super) labels: Labels,
    pub(super) units_per_m: f64,
    pub(super) settled_count: usize,
}

impl<'a> CostGraph<'a> {
    /// Makes the moves ready.
    ///
    /// # Errors
    /// [`Error::Limit`] from 2^31 cells.
    pub fn new(costs: MoveCosts<'a>, neighbours: Neighbours) -> Result<Self> {
        let padded = Padded::new(costs.cells(), neighbours)?;
        let range = Range::of(&costs, neighbours);
        let units_per_m = range.finest_units_per_m(costs.cells());
        let kernel = Kernel::new(&costs, &padded, neighbours, units_per_m);
        Ok(Self { costs, neighbours, padded, range, kernel })
    }

    /// The costs.
    #[must_use]
    pub fn costs(&self) -> &MoveCosts<'a> {
        &self.costs
    }

    /// Neighbours of a cell.
    #[must_use]
    pub fn neighbours(&self) -> Neighbours {
        self.neighbours
    }

    /// Spreads from a cell to all that can be reached.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a start that is outside or closed, [`Error::Limit`] if costs are
    /// too uneven for whole numbers.
    pub fn surface(&self, from: (usize, usize)) -> Result<Surface<'_, 'a>> {
        Ok(Surface::new(self, from, self.spread(None, from, None, false)?, false))
    }

    /// Spreads from all cells towards one: what it costs to get there from each.
    ///
    /// The same as [`surface`](Self::surface) where moves cost the same both ways.
    ///
    /// # Errors
    /// As [`surface`](Self::surface).
    pub fn surface_to(&self, to: (usize, usize)) -> Result<Surface<'_, 'a>> {
        Ok(Surface::new(self, to, self.spread(None, to, None, true)?, true))
    }

    /// What the cheapest way between two cells by way of each cell costs.
    ///
    /// # Errors
    /// As [`way`](Self::way).
    pub fn corridor(&self, from: (usize, usize), to: (usize, usize)) -> Result<Corridor> {
        Corridor::new(&self.surface(from)?, &self.surface_to(to)?)
    }

    /// The cheapest way from a cell to another.
    ///
    /// By a bound towards the end (A*) where most cells cost little more than the cheapest one,
    /// else by spreading until the end is reached (Dijkstra); both give the same cost. For one way
    /// after another take a [`Workspace`].
    ///
    /// # Errors
    /// As [`surface`](Self::surface), and [`Error::NoRoute`] if no way leads there.
    pub fn way(&self, from: (usize, usize), to: (usize, usize)) -> Result<Way> {
        Workspace::new(self).way(from, to)
    }

    pub(super) fn padded(&self) -> &Padded {
        &self.padded
    }

    /// A search from a cell, or towards it if reversed, in the memory of an earlier one if given.
    pub(super) fn spread(
        &self,
        earlier: Option<Labels>,
        from: (usize, usize),
        to: Option<(usize, usize)>,
        reversed: bool,
    ) -> Result<Found> {
        let first = [self.open("from", from)?];
        let last: Vec<u32> = to.map(|to| self.open("to", to)).transpose()?.into_iter().collect();
        let mut labels = earlier.unwrap_or_else(|| Labels::new(self.nodes()));
        let mut units_per_m = self.range.finest_units_per_m(self.costs.cells());
        let mut coarser;
        let mut kernel = &self.kernel;
        // Two rounds are rare, twenty would be beyond all numbers.
        for round in 0..20 {
            let (cheapest, dearest) = self.range.units(units_per_m);
            if dearest < CLOSED / 2 {
                // What is not kept is found again by the kernel at hand, whose edges must cost
                // something.
                labels.renew(round > 0 || cheapest == 0 || kernel.keeps_entries());
                let goal = to.filter(|_| self.costs.span().is_some() && self.range.is_even());
                let task = Task {
                    buckets: match goal {
                        Some(_) => Buckets::towards(cheapest, dearest),
                        None => Buckets::new(cheapest, dearest),
                    },
                    first: &first,
                    last: &last,
                    goal: goal.map(|to| self.goal(to, units_per_m)),
                    reversed,
                };
                let (costs, padded) = (&self.costs, &self.padded);
                let ended = kernel.spread(&mut labels, costs, padded, units_per_m, task);
                if ended.in_range {
                    return Ok(Found { labels, units_per_m, settled_count: ended.settled_count });
                }
            }
            units_per_m /= 16.0;
            coarser = Kernel::new(&self.costs, &self.padded, self.neighbours, units_per_m);
            kernel = &coarser;
        }
        Err(too_uneven("surface"))
    }

    /// Nodes that have not been reached, with what a metre costs there.
    fn nodes(&self) -> Vec<Node> {
        let closed = Node { cost: UNREACHED, ratio: f32::INFINITY };
        self.costs.padded(&self.padded, closed, |ratio| Node { ratio, ..closed })
    }

    fn goal(&self, to: (usize, usize), units_per_m: f64) -> Goal {
        let cells = self.costs.cells();
        Goal::new(&self.range, cells, self.padded, self.neighbours, to, units_per_m)
    }

    /// The cell before one on the way that a search found.
    pub(super) fn before(
        &self,
        found: &Found,
        cell: (usize, usize),
        reversed: bool,
    ) -> Option<(usize, usize)> {
        let node = self.padded.node(cell)?;
        let before = self.kernel.before(&found.labels, &self.padded, node, reversed)?;
        Some(self.padded.cell(before))
    }

    /// The node of a cell that may be entered.
    fn open(&self, item: &str, cell: (usize, usize)) -> Result<u32> {
        let closed = self.costs.span().is_some() && self.costs.friction_ratio(cell).is_none();
        let node = self.padded.node(cell).filter(|_| !closed);
        node.ok_or_else(|| not_open(item, cell, self.costs.cells()))
    }
}
