//! What a metre costs at all levels of a cell, by how high the lowest lies above some ground: that of
//! the cell or of a place on the way to it.

use super::levels::{ByLevel, Levels, MOST_LEVELS};

/// Rows of costs, made when they are first needed. One that is made later takes the place of another
/// so many heights off: about as many as the ground of neighbours differs by.
pub(super) struct MetreRows {
    /// Of each row: how high the lowest level lies above the ground; [`NOT_MADE`] at first.
    lowest_above: Vec<i32>,
    rows: Vec<ByLevel<u32>>,
}

/// Number of rows.
const ROWS: usize = 1 << 11;

/// No height above the ground.
const NOT_MADE: i32 = i32::MIN;

impl MetreRows {
    pub(super) fn new() -> Self {
        // Noughts, for which a system takes no memory before they are written.
        let rows = vec![[0; MOST_LEVELS + 1]; ROWS];
        Self { lowest_above: vec![NOT_MADE; ROWS], rows }
    }

    /// Cost of a metre by level where the lowest lies so high above the ground.
    #[inline(always)]
    pub(super) fn row(&mut self, levels: &Levels, lowest_above: i32) -> &ByLevel<u32> {
        let place = lowest_above.cast_unsigned() as usize % ROWS;
        if self.lowest_above[place] != lowest_above {
            self.make(levels, place, lowest_above);
        }
        &self.rows[place]
    }

    #[inline(never)]
    fn make(&mut self, levels: &Levels, place: usize, lowest_above: i32) {
        self.lowest_above[place] = lowest_above;
        for (metre, offset) in self.rows[place].iter_mut().zip(levels.offsets()) {
            *metre = levels.metre(lowest_above.wrapping_add(*offset));
        }
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<ByLevel<u32>>() + 4 * self.lowest_above.capacity()
    }

    /// Bytes that each search takes.
    pub(super) const BYTES: usize = ROWS * (size_of::<ByLevel<u32>>() + 4);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{Ground, LevelOptions};

    #[test]
    fn rows_are_what_a_metre_costs_level_by_level() {
        let ground = Ground::new(1, vec![900.0], Vec::new(), vec![0.0]).unwrap();
        let levels = Levels::new(&LevelOptions::default(), &ground);
        let mut rows = MetreRows::new();
        // Some of them in the places of others, twice.
        for above in [0, -7, -300, 0, 2_048, 4_096, 0, -300, i32::MIN / 2] {
            let row = *rows.row(&levels, above);
            for (level, metre) in row.iter().enumerate().take(levels.count()) {
                assert_eq!(*metre, levels.metre(above + levels.offset(level)), "{above}");
            }
        }
    }
}
