//! Least costs from a place to all others over cells alone, and the ways there.
//!
//! The plain tool of the field: a surface of accumulated cost. Rails leave the ground, so a
//! railway needs [`level_search`](super::level_search); a surface shows what is near at all.

use super::cost_graph::Found;
use super::labels::Labels;
use super::{CostGraph, Step};

/// Accumulated cost from one cell to all others, or from all others to one.
///
/// Made by [`CostGraph::surface`] and [`CostGraph::surface_to`]:
///
/// ```
/// use railcorridor::route::{Cells, CostGraph, MoveCosts, Neighbours};
///
/// // Level ground of 100 m cells: 2 rows and 3 columns off are a knight move and a diagonal.
/// let costs = MoveCosts::friction(Cells::even(3, 4, 100.0, 100.0)?, vec![1.0; 12])?;
/// let graph = CostGraph::new(costs, Neighbours::Sixteen)?;
/// let way = graph.surface((0, 0))?.way_to((2, 3)).unwrap();
/// assert!((way.cost_m - (100.0 * 5_f64.sqrt() + 100.0 * 2_f64.sqrt())).abs() < 1e-9);
/// # Ok::<(), railcorridor::Error>(())
/// ```
///
/// Costs are whole numbers inside, fine enough for the grid, so that they are the same on every
/// machine; ways and [`costs_m`](Self::costs_m) are summed up again in floating point.
pub struct Surface<'g, 'a> {
    graph: &'g CostGraph<'a>,
    root: (usize, usize),
    found: Found,
    /// Whether costs lead to the root instead of from it.
    reversed: bool,
}

/// A way over cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Rows and columns from the first cell to the last: neighbours, or corners with straight
    /// lines between once it has been [shortened](CostGraph::shortened).
    pub cells: Vec<(usize, usize)>,
    /// Its length, metres.
    pub length_m: f64,
    /// Its cost in metres of level line, summed up in floating point.
    pub cost_m: f64,
    /// Its cost as searched, in metres of level line.
    pub searched_m: f64,
    /// Cells that were settled to find it.
    pub settled_count: usize,
}

impl<'g, 'a> Surface<'g, 'a> {
    pub(super) fn new(
        graph: &'g CostGraph<'a>,
        root: (usize, usize),
        found: Found,
        reversed: bool,
    ) -> Self {
        Self { graph, root, found, reversed }
    }

    /// The cell from which costs are counted, or to which.
    #[must_use]
    pub fn root(&self) -> (usize, usize) {
        self.root
    }

    pub(super) fn graph(&self) -> &'g CostGraph<'a> {
        self.graph
    }

    pub(super) fn into_labels(self) -> Labels {
        self.found.labels
    }

    /// Cost between the root and a cell, metres of level line, as searched; `None` if no way
    /// leads there.
    #[must_use]
    pub fn cost_m(&self, cell: (usize, usize)) -> Option<f64> {
        let node = self.graph.padded().node(cell)?;
        self.found.labels.cost(node).map(|units| f64::from(units) / self.found.units_per_m)
    }

    /// The cheapest way to a cell; from it to the root, if all costs lead there.
    #[must_use]
    pub fn way_to(&self, cell: (usize, usize)) -> Option<Way> {
        let searched_m = self.cost_m(cell)?;
        let mut cells = vec![cell];
        let mut at = cell;
        while let Some(before) = self.before(at) {
            cells.push(before);
            at = before;
        }
        if !self.reversed {
            cells.reverse();
        }
        let (length_m, cost_m) = self.graph.costs().along_m(&cells)?;
        Some(Way { cells, length_m, cost_m, searched_m, settled_count: self.found.settled_count })
    }

    /// Costs of all cells, row by row, summed up in floating point along the ways found; NaN where
    /// no way leads.
    #[must_use]
    pub fn costs_m(&self) -> Vec<f64> {
        let cells = self.graph.costs().cells();
        let mut sums_m = vec![f64::NAN; cells.count()];
        let mut chain = Vec::new();
        for index in 0..sums_m.len() {
            let mut at = (index / cells.cols(), index % cells.cols());
            // Up the way to the first cell whose sum is known, then down again.
            let mut sum_m = loop {
                let known_m = cells.index(at).and_then(|index| sums_m.get(index)).copied();
                match (known_m, self.before(at)) {
                    (Some(known_m), _) if !known_m.is_nan() => break known_m,
                    (_, Some(before)) => chain.push((before, at)),
                    (_, None) => break self.cost_m(at).map_or(f64::NAN, |_| 0.0),
                }
                at = chain.last().map_or(at, |(before, _)| *before);
            };
            if let Some(slot) = cells.index(at).and_then(|index| sums_m.get_mut(index)) {
                *slot = sum_m;
            }
            while let Some((from, to)) = chain.pop() {
                sum_m += self.graph.costs().step_m(&self.step(from, to)).unwrap_or(f64::NAN);
                if let Some(slot) = cells.index(to).and_then(|index| sums_m.get_mut(index)) {
                    *slot = sum_m;
                }
            }
        }
        sums_m
    }

    /// Cells that were settled.
    #[must_use]
    pub fn settled_count(&self) -> usize {
        self.found.settled_count
    }

    /// Memory of the labels, bytes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.found.labels.bytes()
    }

    /// The cell before one on the way there; `None` for the first and those not reached.
    fn before(&self, cell: (usize, usize)) -> Option<(usize, usize)> {
        self.graph.before(&self.found, cell, self.reversed)
    }

    fn step(&self, from: (usize, usize), to: (usize, usize)) -> Step {
        let step = self.graph.costs().cells().straight(from, to);
        if self.reversed { step.reversed() } else { step }
    }
}
