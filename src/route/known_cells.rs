//! What is known of the cells of a terrain of which most is never looked at.

/// Cells of a piece at least: a few rows of most terrains.
const LEAST_PIECE: usize = 1 << 12;

/// What is known of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// From it to the end.
    pub(super) cost: u32,
    /// Twice the height of its ground in parts; one more where the cost is final.
    pub(super) twice: i32,
}

impl Known {
    #[inline]
    pub(super) fn is_final(self) -> bool {
        self.twice & 1 == 1
    }
}

/// What is known of each cell, made in pieces when one of their cells is first needed.
pub(super) struct KnownCells {
    /// None of them begins before it is needed.
    pieces: Vec<Vec<Known>>,
    cells: usize,
    /// Binary logarithm of the cells of a piece.
    shift: u32,
}

impl KnownCells {
    /// For so many cells, of which so many at most are needed together.
    pub(super) fn new(cells: usize, together: usize) -> Self {
        let shift = together.max(LEAST_PIECE).next_power_of_two().trailing_zeros();
        let pieces = std::iter::repeat_with(Vec::new).take((cells >> shift) + 1).collect();
        Self { pieces, cells, shift }
    }

    /// Number of cells.
    pub(super) fn len(&self) -> usize {
        self.cells
    }

    /// What is known of a cell; `None` if it was not needed yet, and beyond the terrain.
    #[inline(always)]
    pub(super) fn get(&self, cell: usize) -> Option<Known> {
        self.pieces.get(cell >> self.shift)?.get(cell & ((1 << self.shift) - 1)).copied()
    }

    /// Makes something else known of a cell that was needed.
    #[inline(always)]
    pub(super) fn set(&mut self, cell: usize, known: Known) {
        let piece = self.pieces.get_mut(cell >> self.shift);
        let slot = piece.and_then(|piece| piece.get_mut(cell & ((1 << self.shift) - 1)));
        if let Some(slot) = slot {
            *slot = known;
        }
    }

    /// Makes the pieces of a first and a last cell that are needed together, with twice the heights
    /// that this says of those of the ground.
    #[inline(always)]
    pub(super) fn need(&mut self, ends: [usize; 2], heights_m: &[f32], twice: impl Fn(f32) -> i32) {
        for cell in ends {
            let first = cell >> self.shift << self.shift;
            let Some(piece) = self.pieces.get_mut(cell >> self.shift) else { continue };
            if piece.is_empty() {
                let known = |height_m: &f32| Known { cost: u32::MAX, twice: twice(*height_m) };
                let heights_m = heights_m.get(first..).unwrap_or_default();
                piece.extend(heights_m.iter().take(1 << self.shift).map(known));
            }
        }
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        let cells: usize = self.pieces.iter().map(Vec::capacity).sum();
        cells * size_of::<Known>() + self.pieces.capacity() * size_of::<Vec<Known>>()
    }

    /// Bytes that each cell takes.
    pub(super) const BYTES_OF_CELL: usize = size_of::<Known>();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_made_in_pieces_and_keep_what_is_set() {
        let mut cells = KnownCells::new(3 * LEAST_PIECE + 1, 100);
        let none = cells.bytes();
        let heights_m: Vec<f32> = (0..=3 * LEAST_PIECE).map(|cell| cell as f32).collect();
        cells.need([LEAST_PIECE, 3 * LEAST_PIECE], &heights_m, |height_m| -2 * height_m as i32);
        let made = Known { cost: u32::MAX, twice: -2 * 4_097 };
        let found = [0, LEAST_PIECE + 1, 2 * LEAST_PIECE, 3 * LEAST_PIECE + 1];
        assert_eq!(found.map(|cell| cells.get(cell)), [None, Some(made), None, None]);
        let known = Known { cost: 0, twice: made.twice | 1 };
        cells.set(LEAST_PIECE + 1, known);
        // Made once.
        cells.need([LEAST_PIECE; 2], &heights_m, |_| 0);
        assert_eq!(cells.get(LEAST_PIECE + 1), Some(known));
        assert!(known.is_final() && !made.is_final());
        assert!((none + 8 * LEAST_PIECE..none + 9 * LEAST_PIECE).contains(&cells.bytes()));
        assert_eq!(cells.len(), 3 * LEAST_PIECE + 1);
    }
}
