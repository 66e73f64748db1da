//! The cells of a grid and their true sizes.

use super::{Neighbours, Step};
use crate::error::{Error, Result};

/// Rows and columns of cells with the size of a cell at each row.
///
/// Cells are no squares: on a grid of longitude and latitude they are narrower than tall, and
/// narrower in the north.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    cols: usize,
    dx_m: Vec<f64>,
    dy_m: Vec<f64>,
}

impl Cells {
    /// Cells from their sizes: `dx_m` by row, `dy_m` from each row to the next.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] without a cell, for sizes that are not positive, and if there are not
    /// `count` cells.
    pub fn new(cols: usize, dx_m: Vec<f64>, dy_m: Vec<f64>, count: usize) -> Result<Self> {
        let wrong = |item: &str, value: f64, limit: &str| Error::OutOfRange {
            item: item.to_owned(),
            value,
            limit: limit.to_owned(),
            hint: "rows from north to south, columns from west to east".to_owned(),
        };
        let rows = dx_m.len();
        if cols == 0 || rows == 0 || rows.checked_mul(cols) != Some(count) || dy_m.len() + 1 != rows
        {
            #[expect(clippy::cast_precision_loss, reason = "a count, for a message")]
            return Err(wrong("number of cells", count as f64, "rows x columns"));
        }
        if let Some(size) =
            dx_m.iter().chain(&dy_m).find(|size| !(**size > 0.0 && size.is_finite()))
        {
            return Err(wrong("cell size_m", *size, "more than 0"));
        }
        Ok(Self { cols, dx_m, dy_m })
    }

    /// Cells of one size, `dx_m` wide and `dy_m` tall.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn even(rows: usize, cols: usize, dx_m: f64, dy_m: f64) -> Result<Self> {
        let count = rows.saturating_mul(cols);
        Self::new(cols, vec![dx_m; rows], vec![dy_m; rows.saturating_sub(1)], count)
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.dx_m.len()
    }

    /// Number of columns.
    #[must_use]
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// Number of cells.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows() * self.cols
    }

    /// Index of a cell, row by row; `None` outside.
    #[must_use]
    pub fn index(&self, (row, col): (usize, usize)) -> Option<usize> {
        (row < self.rows() && col < self.cols).then(|| row * self.cols + col)
    }

    /// Length of the straight line from a cell to another, metres.
    #[must_use]
    pub fn length_m(&self, (row, col): (usize, usize), (to_row, to_col): (usize, usize)) -> f64 {
        let (top, bottom) = (row.min(to_row), row.max(to_row));
        let sum_m = |sizes_m: Option<&[f64]>| sizes_m.unwrap_or_default().iter().sum::<f64>();
        let rise_m = sum_m(self.dy_m.get(top..bottom));
        let widths_m = sum_m(self.dx_m.get(top..=bottom));
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
        let (count, cells) = ((bottom - top + 1) as f64, col.abs_diff(to_col) as f64);
        (widths_m / count * cells).hypot(rise_m)
    }

    /// The straight line from a cell to another.
    pub(super) fn straight(&self, from: (usize, usize), to: (usize, usize)) -> Step {
        Step { from, to, length_m: self.length_m(from, to) }
    }

    /// The move from a cell by so many rows down and columns right; `None` if it leaves the grid.
    pub(super) fn step(&self, from: (usize, usize), (down, right): (i8, i8)) -> Option<Step> {
        let row = from.0.checked_add_signed(down.into())?;
        let to = (row, from.1.checked_add_signed(right.into())?);
        self.index(to)?;
        Some(Step { from, to, length_m: self.length_m(from, to) })
    }

    /// Length of a move from a row, metres; infinite if it leaves the grid.
    pub(super) fn span_m(&self, row: usize, (down, right): (i8, i8)) -> f64 {
        match row.checked_add_signed(down.into()) {
            Some(to) if to < self.rows() => {
                self.length_m((row, 0), (to, usize::from(right.unsigned_abs())))
            }
            _ => f64::INFINITY,
        }
    }

    /// The longest move from any cell, metres.
    pub(super) fn longest_m(&self, neighbours: Neighbours) -> f64 {
        let of_row =
            |row: usize| neighbours.steps().iter().map(move |step| self.span_m(row, *step));
        (0..self.rows()).flat_map(of_row).filter(|span_m| span_m.is_finite()).fold(0.0, f64::max)
    }

    /// Width of a cell of a row, metres; 0 beyond the last.
    pub(super) fn width_m(&self, row: usize) -> f64 {
        self.dx_m.get(row).copied().unwrap_or_default()
    }

    /// The least width and the least height of a cell, metres.
    pub(super) fn least_m(&self) -> (f64, f64) {
        let least = |sizes_m: &[f64]| sizes_m.iter().copied().fold(f64::INFINITY, f64::min);
        (least(&self.dx_m), if self.dy_m.is_empty() { 1.0 } else { least(&self.dy_m) })
    }

    /// Half the way round the grid's edge, metres.
    pub(super) fn half_edge_m(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
        let cols = self.cols as f64;
        self.dy_m.iter().sum::<f64>() + self.dx_m.iter().copied().fold(0.0, f64::max) * cols
    }
}
