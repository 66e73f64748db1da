//! Cells with a rim of closed ones, so that no move needs to ask whether it stays inside.

use super::moves::STEPS;
use super::refusal::too_many;
use super::{Cells, Neighbours};
use crate::error::Result;

/// Nodes of a tile along its sides; a power of two.
const SIDE: usize = 4;

/// Nodes of a tile.
pub(super) const TILE: usize = SIDE * SIDE;

/// Numbers of the cells and of the rim around them, tile by tile.
///
/// A search looks at all cells around one. Row by row those would lie in three pages of memory, and
/// the front of a search over a large grid in more pages than a processor knows at once; tile by
/// tile they mostly lie in one or two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Padded {
    rows: usize,
    cols: usize,
    rim: usize,
    /// Tiles of a row of them.
    across: usize,
    /// 2^64 over the tiles of a row, rounded up: a product with it divides (Lemire 2019).
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
        // Of a single tile across, 2^64 itself would not fit.
        let across = (cols + 2 * rim).div_ceil(SIDE).max(2);
        let padded = Self { rows, cols, rim, across, inverse: u64::MAX / across as u64 + 1 };
        if padded.node_rows().saturating_mul(across * SIDE) < 1 << 31 {
            return Ok(padded);
        }
        Err(too_many("surface", format!("{rows} x {cols} cells"), "2^31 cells"))
    }

    pub(super) fn nodes(&self) -> usize {
        self.node_rows() * self.across * SIDE
    }

    /// Rows of nodes, with the rim.
    pub(super) fn node_rows(&self) -> usize {
        (self.rows + 2 * self.rim).next_multiple_of(SIDE)
    }

    /// Number of a cell.
    #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^31, checked when made")]
    pub(super) fn node(&self, (row, col): (usize, usize)) -> Option<u32> {
        let inside = row < self.rows && col < self.cols;
        inside.then(|| self.number(row + self.rim, col + self.rim) as u32)
    }

    /// By node the values of the cells, row by row, and another one on the rim.
    pub(super) fn laid<T: Copy>(&self, rim: T, cells: impl Iterator<Item = T>) -> Vec<T> {
        let mut nodes = vec![rim; self.nodes()];
        let mut cells = cells;
        for row in self.rim..self.rim + self.rows {
            for col in self.rim..self.rim + self.cols {
                if let (Some(slot), Some(value)) =
                    (nodes.get_mut(self.number(row, col)), cells.next())
                {
                    *slot = value;
                }
            }
        }
        nodes
    }

    /// The cell of a node inside of the rim.
    pub(super) fn cell(&self, node: u32) -> (usize, usize) {
        let (row, col) = self.row_col(node);
        (row.saturating_sub(self.rim), col.saturating_sub(self.rim))
    }

    /// Row of a node, counted with the rim.
    #[inline]
    pub(super) fn row_of(&self, node: u32) -> usize {
        self.row_col(node).0
    }

    /// The row of cells at a row of nodes; at the rim the nearest.
    pub(super) fn cell_row(&self, row: usize) -> usize {
        row.saturating_sub(self.rim).min(self.rows - 1)
    }

    /// Where a move from a node inside of the rim leads.
    pub(super) fn head(&self, node: u32, number: usize) -> u32 {
        let (down, right) = STEPS.get(number).copied().unwrap_or_default();
        let place = node as usize % TILE;
        node.wrapping_add(self.offset(place, (down.into(), right.into())))
    }

    /// Where a move to a node inside of the rim begins.
    pub(super) fn tail(&self, node: u32, number: usize) -> u32 {
        self.head(node, number ^ 1)
    }

    /// What a step adds to the number of a node at a place of its tile, modulo 2^32.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "modulo 2^32 is meant"
    )]
    pub(super) fn offset(&self, place: usize, (down, right): (isize, isize)) -> u32 {
        let side = SIDE.cast_signed();
        let row = (place / SIDE).cast_signed() + down;
        let col = (place % SIDE).cast_signed() + right;
        let tile = row.div_euclid(side) * self.across.cast_signed() + col.div_euclid(side);
        let there = row.rem_euclid(side) * side + col.rem_euclid(side);
        (tile * TILE.cast_signed() + there - place.cast_signed()) as u32
    }

    /// Number of a node by its row and column, counted with the rim.
    fn number(&self, row: usize, col: usize) -> usize {
        let tile = (row / SIDE) * self.across + col / SIDE;
        tile * TILE + row % SIDE * SIDE + col % SIDE
    }

    /// Row and column of a node, counted with the rim.
    #[inline]
    fn row_col(&self, node: u32) -> (usize, usize) {
        let (tile, place) = (node as usize / TILE, node as usize % TILE);
        let down = ((tile as u128 * u128::from(self.inverse)) >> 64) as usize;
        (down * SIDE + place / SIDE, (tile - down * self.across) * SIDE + place % SIDE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_lead_to_the_cells_beside_and_back() {
        for (rows, cols) in [(1, 1), (3, 9), (80, 70)] {
            let cells = Cells::even(rows, cols, 100.0, 100.0).unwrap();
            let padded = Padded::new(&cells, Neighbours::ThirtyTwo).unwrap();
            for cell in (0..rows).flat_map(|row| (0..cols).map(move |col| (row, col))) {
                let node = padded.node(cell).unwrap();
                assert_eq!(padded.cell(node), cell);
                assert!((node as usize) < padded.nodes());
                for (number, (down, right)) in STEPS.into_iter().enumerate() {
                    let head = padded.head(node, number);
                    let there = cell.0.checked_add_signed(down.into());
                    let there = there.zip(cell.1.checked_add_signed(right.into()));
                    if let Some(there) = there.filter(|there| there.0 < rows && there.1 < cols) {
                        assert_eq!(padded.node(there), Some(head));
                        assert_eq!(padded.tail(head, number), node);
                    }
                }
            }
        }
    }
}
