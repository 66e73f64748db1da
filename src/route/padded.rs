//! Cells with a rim of closed ones, so that no move needs to ask whether it stays inside.

use super::moves::STEPS;
use super::refusal::too_many;
use super::{Cells, Neighbours};
use crate::error::Result;

/// Numbers of the cells and of the rim around them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Padded {
    rows: usize,
    cols: usize,
    rim: usize,
    /// Nodes of a row.
    pub(super) width: usize,
    /// 2^64 over the width, rounded up: a product with it divides (Lemire 2019).
    inverse: u64,
}

impl Padded {
    pub(super) fn new(cells: &Cells, neighbours: Neighbours) -> Result<Self> {
        let rim = match neighbours {
            Neighbours::Eight => 1,
            Neighbours::Sixteen => 2,
            Neighbours::ThirtyTwo => 3,
        };
        let (rows, cols) = (cells.rows(), cells.cols());
        let width = cols + 2 * rim;
        let padded = Self { rows, cols, rim, width, inverse: u64::MAX / width as u64 + 1 };
        if padded.width.saturating_mul(rows + 2 * rim) < 1 << 31 {
            return Ok(padded);
        }
        Err(too_many("surface", format!("{rows} x {cols} cells"), "2^31 cells"))
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
        let row = self.row_of(node);
        let col = node as usize - row * self.width;
        (row.saturating_sub(self.rim), col.saturating_sub(self.rim))
    }

    /// Row of a node, counted with the rim.
    #[inline]
    pub(super) fn row_of(&self, node: u32) -> usize {
        ((u128::from(node) * u128::from(self.inverse)) >> 64) as usize
    }

    /// The row of cells at a row of nodes; at the rim the nearest.
    pub(super) fn cell_row(&self, row: usize) -> usize {
        row.saturating_sub(self.rim).min(self.rows - 1)
    }

    /// Where a move from a node leads.
    pub(super) fn head(&self, node: u32, number: usize) -> u32 {
        let (down, right) = STEPS.get(number).copied().unwrap_or_default();
        node.wrapping_add(self.offset(down.into(), right.into()))
    }

    /// Where a move to a node begins.
    pub(super) fn tail(&self, node: u32, number: usize) -> u32 {
        let (down, right) = STEPS.get(number).copied().unwrap_or_default();
        node.wrapping_sub(self.offset(down.into(), right.into()))
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

/// What a padded list holds around a node, up to `D / 2` rows and columns off.
pub(super) struct Window<'a, T, const D: usize> {
    rows: [&'a [T; D]; D],
}

impl<'a, T: Copy, const D: usize> Window<'a, T, D> {
    /// `None` on the rim, from where nothing leads on.
    #[inline(always)]
    pub(super) fn new(values: &'a [T], node: u32, padded: &Padded) -> Option<Self> {
        let corner = (node as usize).checked_sub((padded.width + 1) * (D / 2))?;
        let mut rows = [values.first_chunk()?; D];
        for (down, row) in rows.iter_mut().enumerate() {
            *row = values.get(corner + down * padded.width..)?.first_chunk()?;
        }
        Some(Self { rows })
    }

    /// What lies so many rows down and columns right of the node.
    #[inline(always)]
    pub(super) fn at(&self, (down, right): (i8, i8)) -> T {
        let place = |by: i8| (D / 2).wrapping_add_signed(by.into());
        self.rows[place(down)][place(right)]
    }
}
