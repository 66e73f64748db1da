//! Searches over one graph that share their memory.

use super::labels::Labels;
use super::refusal::cut_off;
use super::{CostGraph, Surface, Way};
use crate::error::Result;

/// Memory for one search after another over a graph.
///
/// Only what a search has touched is made ready again for the next, so that many short ways over a
/// large terrain cost what they touch. One for each thread.
///
/// ```
/// use railcorridor::route::{Cells, CostGraph, MoveCosts, Neighbours, Workspace};
///
/// let costs = MoveCosts::friction(Cells::even(50, 50, 100.0, 100.0)?, vec![2.0; 2500])?;
/// let graph = CostGraph::new(costs, Neighbours::Eight)?;
/// let mut workspace = Workspace::new(&graph);
/// // Five cells of 100 m to the east and back, at twice the cost of the cheapest metre.
/// assert_eq!(workspace.way((10, 10), (10, 15))?.cost_m, 1000.0);
/// assert_eq!(workspace.way((10, 15), (10, 10))?.cost_m, 1000.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub struct Workspace<'g, 'a> {
    graph: &'g CostGraph<'a>,
    labels: Option<Labels>,
}

impl<'g, 'a> Workspace<'g, 'a> {
    /// Memory for searches over a graph: 8 bytes a cell.
    #[must_use]
    pub fn new(graph: &'g CostGraph<'a>) -> Self {
        Self { graph, labels: None }
    }

    /// The cheapest way from a cell to another; as [`CostGraph::way`].
    ///
    /// # Errors
    /// As [`CostGraph::way`].
    pub fn way(&mut self, from: (usize, usize), to: (usize, usize)) -> Result<Way> {
        let labels = self.labels.take();
        let found = self.graph.spread(labels, from, Some(to), false)?;
        let surface = Surface::new(self.graph, from, found, false);
        let way = surface.way_to(to);
        self.labels = Some(surface.into_labels());
        way.ok_or_else(|| cut_off(from, to))
    }

    /// Memory held, bytes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.labels.as_ref().map_or(0, Labels::bytes)
    }
}
