//! What the choice of alternatives asks of a search.

use crate::error::Result;
use crate::route::{Cells, Neighbours, Pass};

/// A cell by row and column.
pub(super) type Cell = (usize, usize);

/// Cheapest ways between two cells, whatever is searched over.
pub(super) trait Ways: Sync {
    /// A way that was found.
    type Way: Clone + Send + Sync;

    /// The cells of the ground.
    fn grid(&self) -> &Cells;

    /// The ends.
    fn ends(&self) -> (Cell, Cell);

    /// The cheapest way, over all cells or over those with a 1 among others with infinity; `None`
    /// if there is none.
    fn cheapest(&self, open: Option<&[f32]>) -> Result<Option<Self::Way>>;

    /// The cells of a way that is nearly the cheapest where a metre costs so many times more.
    fn quick(&self, factor_ratio: &[f32]) -> Result<Option<Vec<Cell>>>;

    /// The cells of a way, from end to end.
    fn cells(&self, way: &Self::Way) -> Vec<Cell>;

    /// What a way costs, metres of level line.
    fn cost_m(&self, way: &Self::Way) -> f64;

    /// A way that is cheaper between two places of a way, by more than a share of that part's cost:
    /// all its cells from end to end.
    fn shortcut(
        &self,
        way: &Self::Way,
        part: (usize, usize),
        tolerance_share: f64,
    ) -> Result<Option<Vec<Cell>>>;

    /// What a metre costs in each cell as a guide over cells alone, which tells where good ways may
    /// lie; infinity where it is closed.
    fn guide_ratios(&self) -> Vec<f64>;

    /// Neighbours of a cell for the guide.
    fn guide_neighbours(&self) -> Neighbours;

    /// The passes of the ground.
    fn passes(&self) -> &[Pass];

    /// The highest ground under a way; `None` without heights.
    fn summit(&self, route: &[Cell]) -> Option<Cell>;
}
