//! What a metre costs at all levels of a cell, by how high the lowest lies above some ground: that of
//! the cell or of a place on the way to it.

use super::levels::{ByLevel, CLOSED, Levels, MOST_LEVELS};

/// Rows that are kept: about as many as the ground of neighbours differs by.
const ROWS: usize = 512;

/// Rows of costs, made when they are first needed. One that is made later takes the place of another
/// so many heights off.
pub(super) struct MetreRows {
    rows: Vec<Row>,
}

#[derive(Clone)]
struct Row {
    /// Of the lowest level above the ground; `None` of a row that was not made.
    lowest_above: Option<i32>,
    metres: ByLevel<u32>,
}

impl MetreRows {
    pub(super) fn new() -> Self {
        let row = Row { lowest_above: None, metres: [CLOSED; MOST_LEVELS + 1] };
        Self { rows: vec![row; ROWS] }
    }

    /// Cost of a metre by level where the lowest lies so high above the ground.
    #[inline(always)]
    pub(super) fn row(&mut self, levels: &Levels, lowest_above: i32) -> &ByLevel<u32> {
        let row = &mut self.rows[lowest_above.cast_unsigned() as usize % ROWS];
        if row.lowest_above != Some(lowest_above) {
            row.make(levels, lowest_above);
        }
        &row.metres
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>()
    }

    /// Bytes that each search takes.
    pub(super) const BYTES: usize = ROWS * size_of::<Row>();
}

impl Row {
    #[inline(never)]
    fn make(&mut self, levels: &Levels, lowest_above: i32) {
        self.lowest_above = Some(lowest_above);
        for (level, metre) in self.metres.iter_mut().enumerate() {
            *metre = levels.metre(lowest_above + levels.offset(level));
        }
    }
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
        for above in [0, -7, -300, 0, 512, 1_024, 0, -300, i32::MIN / 2] {
            let row = *rows.row(&levels, above);
            for (level, metre) in row.iter().enumerate().take(levels.count()) {
                assert_eq!(*metre, levels.metre(above + levels.offset(level)), "{above}");
            }
        }
    }
}
