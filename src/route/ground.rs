//! The ground that a search runs over: heights of cells with true sizes.

use super::Cells;
use crate::error::{Error, Result};
use crate::terrain::Grid;

/// Heights of cells, row by row from the north-west.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    cells: Cells,
    heights_m: Vec<f32>,
}

impl Ground {
    /// Ground from heights and cell sizes: `dx_m` by row, `dy_m` from each row to the next; NaN
    /// marks a cell that cannot be entered.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless there are whole rows, at least one cell, and positive sizes.
    pub fn new(cols: usize, dx_m: Vec<f64>, dy_m: Vec<f64>, heights_m: Vec<f32>) -> Result<Self> {
        let cells = Cells::new(cols, dx_m, dy_m, heights_m.len())?;
        if let Some(height) = heights_m.iter().find(|height| height.abs() > 1e5) {
            return Err(Error::OutOfRange {
                item: "height_m".to_owned(),
                value: f64::from(*height),
                limit: "-100,000 to 100,000".to_owned(),
                hint: "heights are metres above the sea; mark what is not known by NaN".to_owned(),
            });
        }
        Ok(Self { cells, heights_m })
    }

    /// The ground of a grid, with cell sizes on the ellipsoid.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_grid(grid: &Grid) -> Result<Self> {
        let dx_m = (0..grid.rows()).map(|row| grid.dx_m(row));
        let dy_m = (0..grid.rows() - 1).map(|row| 0.5 * (grid.dy_m(row) + grid.dy_m(row + 1)));
        Self::new(grid.cols(), dx_m.collect(), dy_m.collect(), grid.heights_m().to_vec())
    }

    /// The cells and their sizes.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.cells.rows()
    }

    /// Number of columns.
    #[must_use]
    pub fn cols(&self) -> usize {
        self.cells.cols()
    }

    /// Height of a cell; `None` outside and where nothing is known.
    #[must_use]
    pub fn height_m(&self, row: usize, col: usize) -> Option<f64> {
        let height = self.heights_m.get(self.cells.index((row, col))?)?;
        (!height.is_nan()).then_some(f64::from(*height))
    }

    /// Length of the straight line from a cell to another, metres.
    #[must_use]
    pub fn length_m(&self, from: (usize, usize), to: (usize, usize)) -> f64 {
        self.cells.length_m(from, to)
    }
}
