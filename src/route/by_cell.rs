//! Values by cell of a terrain of which most is never looked at.

use prefetch_index::prefetch_index;

/// Cells of a piece at least: a few rows of most terrains.
const LEAST_PIECE: usize = 1 << 12;

/// A value for each cell, in pieces that are made when one of their cells is first asked for.
pub(super) struct ByCell<T> {
    pieces: Vec<Vec<T>>,
    cells: usize,
    /// Binary logarithm of the cells of a piece.
    shift: u32,
    /// What a cell has at first.
    first: T,
}

impl<T: Copy> ByCell<T> {
    /// For so many cells, of which so many at most lie in two pieces.
    pub(super) fn new(cells: usize, together: usize, first: T) -> Self {
        let shift = together.max(LEAST_PIECE).next_power_of_two().trailing_zeros();
        let pieces = std::iter::repeat_with(Vec::new).take(cells.div_ceil(1 << shift)).collect();
        Self { pieces, cells, shift, first }
    }

    /// Number of cells.
    pub(super) fn len(&self) -> usize {
        self.cells
    }

    /// The value of a cell; `None` beyond the terrain.
    #[inline(always)]
    pub(super) fn get(&self, cell: usize) -> Option<T> {
        let piece = self.pieces.get(cell >> self.shift).filter(|_| cell < self.cells)?;
        Some(piece.get(self.place(cell)).copied().unwrap_or(self.first))
    }

    /// The values of some cells next to each other, if they lie in one piece that was made.
    #[inline(always)]
    pub(super) fn strip<const N: usize>(&self, first: usize) -> Option<&[T; N]> {
        let piece = self.pieces.get(first >> self.shift)?;
        piece.get(self.place(first)..)?.first_chunk()
    }

    /// The same, to be changed.
    #[inline(always)]
    pub(super) fn get_mut(&mut self, cell: usize) -> Option<&mut T> {
        let place = self.place(cell);
        let piece = self.pieces.get_mut(cell >> self.shift).filter(|_| cell < self.cells)?;
        if piece.is_empty() {
            piece.resize(1 << self.shift, self.first);
        }
        piece.get_mut(place)
    }

    /// Makes the pieces of some cells, unless they are there, each value from what this says of what
    /// stands beside its cell.
    #[inline(always)]
    pub(super) fn make<S>(&mut self, cells: [usize; 2], beside: &[S], value: impl Fn(&S) -> T) {
        for cell in cells {
            let Some(piece) = self.pieces.get_mut(cell >> self.shift) else { continue };
            if piece.is_empty() {
                let beside = beside.get(cell >> self.shift << self.shift..).unwrap_or_default();
                piece.extend(beside.iter().take(1 << self.shift).map(&value));
            }
        }
    }

    /// Brings the value of a cell near, if it was made.
    #[inline(always)]
    pub(super) fn prefetch(&self, cell: usize) {
        if let Some(piece) = self.pieces.get(cell >> self.shift) {
            prefetch_index(piece, self.place(cell));
        }
    }

    /// Of a cell within its piece.
    #[inline(always)]
    fn place(&self, cell: usize) -> usize {
        cell & ((1 << self.shift) - 1)
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        let made: usize = self.pieces.iter().map(Vec::capacity).sum();
        made * size_of::<T>() + self.pieces.capacity() * size_of::<Vec<T>>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECE: usize = LEAST_PIECE;

    #[test]
    fn cells_have_the_first_value_until_they_are_changed() {
        let mut values = ByCell::new(3 * PIECE + 1, 1, 7_u8);
        let none = values.bytes();
        *values.get_mut(PIECE).unwrap() = 9;
        let cells = [0, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 1, usize::MAX];
        let expect = [Some(7), Some(7), Some(9), Some(7), Some(7), None, None];
        assert_eq!(cells.map(|cell| values.get(cell)), expect);
        assert_eq!(values.get_mut(3 * PIECE + 1), None);
        assert_eq!(values.bytes(), none + PIECE);
    }

    #[test]
    fn pieces_are_made_once_of_what_stands_beside() {
        let beside: Vec<usize> = (0..=3 * PIECE).collect();
        let mut values = ByCell::new(beside.len(), 1, 0);
        values.make([PIECE + 5, 3 * PIECE], &beside, |cell| 2 * cell);
        let found = [5, PIECE + 5, 2 * PIECE, 3 * PIECE, 3 * PIECE + 1];
        let expect = [Some(0), Some(2 * (PIECE + 5)), Some(0), Some(6 * PIECE), None];
        assert_eq!(found.map(|cell| values.get(cell)), expect);
        *values.get_mut(PIECE).unwrap() = 1;
        values.make([PIECE; 2], &beside, |_| 9);
        assert_eq!(values.get(PIECE), Some(1));
        // As many as lie together are never in three pieces.
        let wide = ByCell::new(9 * PIECE, 3 * PIECE, 0);
        assert_eq!((wide.len(), wide.pieces.len()), (9 * PIECE, 3));
    }
}
