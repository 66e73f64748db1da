//! Values by cell of a terrain of which most is never looked at.

/// Cells of a piece: a few rows of most terrains.
const PIECE: usize = 1 << 12;

/// A value for each cell, in pieces that are made when one of their cells is first asked for.
pub(super) struct ByCell<T> {
    pieces: Vec<Vec<T>>,
    cells: usize,
    /// What a cell has at first.
    first: T,
}

impl<T: Copy> ByCell<T> {
    pub(super) fn new(cells: usize, first: T) -> Self {
        let pieces = std::iter::repeat_with(Vec::new).take(cells.div_ceil(PIECE)).collect();
        Self { pieces, cells, first }
    }

    /// The value of a cell; `None` beyond the terrain.
    #[inline]
    pub(super) fn get(&self, cell: usize) -> Option<T> {
        let piece = self.pieces.get(cell / PIECE).filter(|_| cell < self.cells)?;
        Some(piece.get(cell % PIECE).copied().unwrap_or(self.first))
    }

    /// The same, to be changed.
    #[inline]
    pub(super) fn get_mut(&mut self, cell: usize) -> Option<&mut T> {
        let piece = self.pieces.get_mut(cell / PIECE).filter(|_| cell < self.cells)?;
        if piece.is_empty() {
            piece.resize(PIECE, self.first);
        }
        piece.get_mut(cell % PIECE)
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        let made = self.pieces.iter().filter(|piece| !piece.is_empty()).count();
        made * PIECE * size_of::<T>() + self.pieces.capacity() * size_of::<Vec<T>>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_first_value_until_they_are_changed() {
        let mut values = ByCell::new(3 * PIECE + 1, 7_u8);
        let none = values.bytes();
        *values.get_mut(PIECE).unwrap() = 9;
        let cells = [0, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 1, usize::MAX];
        let expect = [Some(7), Some(7), Some(9), Some(7), Some(7), None, None];
        assert_eq!(cells.map(|cell| values.get(cell)), expect);
        assert_eq!(values.get_mut(3 * PIECE + 1), None);
        assert_eq!(values.bytes(), none + PIECE);
    }
}
