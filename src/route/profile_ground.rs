//! The ground that a search runs over: heights of cells with true sizes.

use crate::error::{Error, Result};
use crate::terrain::Grid;

/// Heights of cells, row by row from the north-west, with the size of a cell at each row.
///
/// Cells are no squares: on a grid of longitude and latitude they are narrower than tall, and
/// narrower in the north.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    rows: usize,
    cols: usize,
    dx_m: Vec<f64>,
    dy_m: Vec<f64>,
    heights_m: Vec<f32>,
}

impl Ground {
    /// Ground from heights and cell sizes: `dx_m` by row, `dy_m` from each row to the next; NaN
    /// marks a cell that cannot be entered.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless there are whole rows, at least one cell, and positive sizes.
    pub fn new(cols: usize, dx_m: Vec<f64>, dy_m: Vec<f64>, heights_m: Vec<f32>) -> Result<Self> {
        let rows = dx_m.len();
        #[expect(clippy::cast_precision_loss, reason = "a count, for a message")]
        let count = heights_m.len() as f64;
        let wrong = |item: &str, value: f64, limit: &str| Error::OutOfRange {
            item: item.to_owned(),
            value,
            limit: limit.to_owned(),
            hint: "rows from north to south, columns from west to east".to_owned(),
        };
        if cols == 0
            || rows == 0
            || rows.checked_mul(cols) != Some(heights_m.len())
            || dy_m.len() + 1 != rows
        {
            return Err(wrong("number of cells", count, "rows x columns"));
        }
        if let Some(size) =
            dx_m.iter().chain(&dy_m).find(|size| !(**size > 0.0 && size.is_finite()))
        {
            return Err(wrong("cell size_m", *size, "more than 0"));
        }
        if let Some(height) = heights_m.iter().find(|height| height.abs() > 1e5) {
            return Err(wrong("height_m", f64::from(*height), "-100,000 to 100,000"));
        }
        Ok(Self { rows, cols, dx_m, dy_m, heights_m })
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

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    #[must_use]
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// Height of a cell; `None` outside and where nothing is known.
    #[must_use]
    pub fn height_m(&self, row: usize, col: usize) -> Option<f64> {
        let inside = row < self.rows && col < self.cols;
        let height = inside.then(|| self.heights_m.get(row * self.cols + col)).flatten()?;
        (!height.is_nan()).then_some(f64::from(*height))
    }

    /// Length of the straight line from a cell to another, metres.
    #[must_use]
    pub fn length_m(&self, (row, col): (usize, usize), (to_row, to_col): (usize, usize)) -> f64 {
        let (top, bottom) = (row.min(to_row), row.max(to_row));
        let rise_m: f64 = self.dy_m.iter().take(bottom).skip(top).sum();
        let widths = self.dx_m.iter().take(bottom + 1).skip(top);
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
        let (count, cells) = ((bottom - top + 1) as f64, col.abs_diff(to_col) as f64);
        (widths.sum::<f64>() / count * cells).hypot(rise_m)
    }
}
