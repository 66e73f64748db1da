//! Cells with a rim of closed ones, so that no move needs to ask whether it stays inside.

use super::{Cells, Neighbours};
use crate::error::{Error, Result};

/// Numbers of the cells and of the rim around them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Padded {
    rows: usize,
    cols: usize,
    rim: usize,
    /// Nodes of a row.
    pub(super) width: usize,
}

impl Padded {
    pub(super) fn new(cells: &Cells, neighbours: Neighbours) -> Result<Self> {
        let rim = match neighbours {
            Neighbours::Eight => 1,
            Neighbours::Sixteen => 2,
            Neighbours::ThirtyTwo => 3,
        };
        let (rows, cols) = (cells.rows(), cells.cols());
        let padded = Self { rows, cols, rim, width: cols + 2 * rim };
        if padded.width.saturating_mul(rows + 2 * rim) < 1 << 31 {
            return Ok(padded);
        }
        Err(Error::Limit {
            item: "surface".to_owned(),
            needed: format!("{rows} x {cols} cells"),
            limit: "2^31 cells".to_owned(),
            hint: "cut the terrain to the corridor or take a coarser one".to_owned(),
        })
    }

    pub(super) fn nodes(&self) -> usize {
        self.width * (self.rows + 2 * self.rim)
    }

    /// Number of a cell.
    #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^31, checked when made")]
    pub(super) fn node(&self, (row, col): (usize, usize)) -> Option<u32> {
        let inside = row < self.rows && col < self.cols;
        inside.then(|| ((row + self.rim) * self.width + col + self.rim) as u32)
    }

    /// The cell of a node inside of the rim.
    pub(super) fn cell(&self, node: u32) -> (usize, usize) {
        let (row, col) = (node as usize / self.width, node as usize % self.width);
        (row.saturating_sub(self.rim), col.saturating_sub(self.rim))
    }

    /// What a move adds to a node's number, modulo 2^32.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "modulo 2^32 is meant"
    )]
    pub(super) fn offset(&self, down: isize, right: isize) -> u32 {
        (down * self.width.cast_signed() + right) as u32
    }
}
