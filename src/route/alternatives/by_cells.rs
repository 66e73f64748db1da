//! Alternatives over cells alone.

use super::ways::{Cell, Ways};
use super::{Alternative, AlternativeOptions, select};
use crate::error::{Error, Result};
use crate::route::{Cells, CostGraph, MoveCosts, Neighbours, Pass, Step, Way};

/// Ways over cells that each cost a metre, from a cell to a cell, that really differ.
///
/// The same choice as [`level_alternatives`](crate::route::level_alternatives) makes, over costs by cell;
/// infinity closes a cell.
///
/// # Errors
/// Those of [`MoveCosts::friction_f64`] and [`CostGraph::way`].
///
/// ```
/// use railcorridor::route::{AlternativeOptions, Cells, Neighbours, cell_alternatives};
///
/// // Two valleys of 11 cells, a metre each, through ground that costs ten times more.
/// let mut friction = vec![10.0; 7 * 11];
/// for col in 0..11 {
///     friction[col] = 1.0;
///     friction[6 * 11 + col] = 1.0;
/// }
/// for row in 0..7 {
///     friction[row * 11] = 1.0;
///     friction[row * 11 + 10] = 1.0;
/// }
/// let options =
///     AlternativeOptions { beside_m: 1.0, dearer_share: 1.5, ..AlternativeOptions::default() };
/// let cells = Cells::even(7, 11, 1.0, 1.0)?;
/// let ways =
///     cell_alternatives(&cells, &friction, Neighbours::Eight, ((0, 0), (0, 10)), &options)?;
/// // Straight on, or six cells down, ten along and six up again with both corners cut.
/// assert_eq!((ways.len(), ways[0].way.cost_m), (2, 10.0));
/// assert!((ways[1].way.cost_m - (18.0 + 2.0 * 2_f64.sqrt())).abs() < 1e-9);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn cell_alternatives(
    cells: &Cells,
    friction_ratio: &[f64],
    neighbours: Neighbours,
    ends: (Cell, Cell),
    options: &AlternativeOptions,
) -> Result<Vec<Alternative<Way>>> {
    let costs = MoveCosts::friction_f64(cells.clone(), friction_ratio.to_vec())?;
    select::alternatives(&CellWays { costs, friction_ratio, neighbours, ends }, options)
}

struct CellWays<'a> {
    costs: MoveCosts<'static>,
    friction_ratio: &'a [f64],
    neighbours: Neighbours,
    ends: (Cell, Cell),
}

impl CellWays<'_> {
    /// With a factor by cell, if there is one; infinity closes a cell.
    fn graph(&self, factor_ratio: Option<&[f32]>) -> Result<CostGraph<'static>> {
        let mut ratios = self.friction_ratio.to_vec();
        for (ratio, factor) in ratios.iter_mut().zip(factor_ratio.unwrap_or_default()) {
            *ratio *= f64::from(*factor);
        }
        let costs = MoveCosts::friction_f64(self.costs.cells().clone(), ratios)?;
        CostGraph::new(costs, self.neighbours)
    }
}

impl Ways for CellWays<'_> {
    type Way = Way;

    fn grid(&self) -> &Cells {
        self.costs.cells()
    }

    fn cheapest(&self, open: Option<&[f32]>) -> Result<Option<Way>> {
        if_any(self.graph(open)?.way(self.ends.0, self.ends.1))
    }

    fn quick(&self, factor_ratio: &[f32]) -> Result<Option<Vec<Cell>>> {
        let way = if_any(self.graph(Some(factor_ratio))?.way(self.ends.0, self.ends.1))?;
        Ok(way.map(|way| way.cells))
    }

    fn ends(&self) -> (Cell, Cell) {
        self.ends
    }

    fn cells(&self, way: &Way) -> Vec<Cell> {
        way.cells.clone()
    }

    fn cost_m(&self, way: &Way) -> f64 {
        way.cost_m
    }

    fn shortcut(
        &self,
        way: &Way,
        (first, last): (usize, usize),
        tolerance_share: f64,
    ) -> Result<Option<Vec<Cell>>> {
        let part = way.cells.get(first..=last).unwrap_or_default();
        let (Some(from), Some(to)) = (part.first(), part.last()) else { return Ok(None) };
        let step_m = |(from, to): (&Cell, &Cell)| {
            let length_m = self.grid().length_m(*from, *to);
            self.costs.step_m(&Step { from: *from, to: *to, length_m }).unwrap_or(f64::INFINITY)
        };
        let own_m: f64 = part.iter().zip(part.iter().skip(1)).map(step_m).sum();
        let graph = self.graph(None)?;
        let Some(other) = if_any(graph.way(*from, *to))? else { return Ok(None) };
        if other.cost_m >= own_m * (1.0 - tolerance_share) {
            return Ok(None);
        }
        let before = way.cells.iter().take(first);
        let after = way.cells.iter().skip(last + 1);
        Ok(Some(before.chain(&other.cells).chain(after).copied().collect()))
    }

    fn guide_ratios(&self) -> Vec<f64> {
        self.friction_ratio.to_vec()
    }

    fn guide_neighbours(&self) -> Neighbours {
        self.neighbours
    }

    fn passes(&self) -> &[Pass] {
        &[]
    }

    fn summit(&self, _: &[Cell]) -> Option<Cell> {
        None
    }
}

/// A way, or `None` if the error is that there is none.
pub(super) fn if_any<W>(found: Result<W>) -> Result<Option<W>> {
    match found {
        Ok(way) => Ok(Some(way)),
        Err(Error::NoRoute { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
