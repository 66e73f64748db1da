//! What a metre costs at all levels of a cell, by how high the lowest lies above some ground: that of
//! the cell or of a place on the way to it.

use super::levels::{ByLevel, Levels, MOST_LEVELS};

/// Rows of costs, made when they are first needed. One that is made later takes the place of another
/// so many heights off: about as many as the ground of neighbours differs by.
pub(super) struct MetreRows<T = u32, const ROWS: usize = { 1 << 11 }> {
    /// Of each row: how high the lowest level lies above the ground; [`NOT_MADE`] at first.
    lowest_above: Vec<i32>,
    rows: Vec<ByLevel<T>>,
    /// A cost in the form that is kept.
    kept: fn(u32) -> T,
}

/// No height above the ground.
const NOT_MADE: i32 = i32::MIN;

/// Rows beside the others, for several that are needed at once and would have the same place.
const SPARE: usize = 3;

impl<T: Copy + Default, const ROWS: usize> MetreRows<T, ROWS> {
    pub(super) fn new(kept: fn(u32) -> T) -> Self {
        // Noughts, for which a system takes no memory before they are written.
        let rows = vec![[T::default(); MOST_LEVELS + 1]; ROWS + SPARE];
        Self { lowest_above: vec![NOT_MADE; ROWS + SPARE], rows, kept }
    }

    /// Cost of a metre by level where the lowest lies so high above the ground.
    #[inline(always)]
    pub(super) fn row(&mut self, levels: &Levels, lowest_above: i32) -> &ByLevel<T> {
        let [row] = self.rows(levels, [lowest_above]);
        row
    }

    /// Several rows at once.
    #[inline(always)]
    pub(super) fn rows<const N: usize>(
        &mut self,
        levels: &Levels,
        lowest_above: [i32; N],
    ) -> [&ByLevel<T>; N] {
        let mut places = lowest_above.map(|above| above.cast_unsigned() as usize % ROWS);
        let is_there =
            |rows: &Self, number: usize| rows.lowest_above[places[number]] == lowest_above[number];
        if !(0..N).all(|number| is_there(self, number)) {
            self.make_all(levels, &lowest_above, &mut places);
        }
        places.map(|place| &self.rows[place])
    }

    /// Makes those that are missing; one whose place another of them takes gets a spare one.
    #[inline(never)]
    fn make_all(&mut self, levels: &Levels, lowest_above: &[i32], places: &mut [usize]) {
        for number in 0..places.len() {
            let is_taken = (0..number).any(|other| {
                places[other] == places[number] && lowest_above[other] != lowest_above[number]
            });
            if is_taken {
                places[number] = ROWS + number % SPARE;
            }
            if self.lowest_above[places[number]] != lowest_above[number] {
                self.make(levels, places[number], lowest_above[number]);
            }
        }
    }

    fn make(&mut self, levels: &Levels, place: usize, lowest_above: i32) {
        self.lowest_above[place] = lowest_above;
        let kept = self.kept;
        for (metre, offset) in self.rows[place].iter_mut().zip(levels.offsets()) {
            *metre = kept(levels.metre(lowest_above.wrapping_add(*offset)));
        }
    }

    /// Memory, bytes.
    pub(super) fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<ByLevel<T>>() + 4 * self.lowest_above.capacity()
    }

    /// Bytes that each search takes.
    pub(super) const BYTES: usize = (ROWS + SPARE) * (size_of::<ByLevel<T>>() + 4);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{Ground, LevelOptions};

    #[test]
    fn rows_are_what_a_metre_costs_level_by_level() {
        let ground = Ground::new(1, vec![900.0], Vec::new(), vec![0.0]).unwrap();
        let levels = Levels::new(&LevelOptions::default(), &ground);
        let mut rows = MetreRows::<_>::new(|metre| metre);
        // Some of them in the places of others, twice.
        for above in [0, -7, -300, 0, 2_048, 4_096, 0, -300, i32::MIN / 2] {
            let row = *rows.row(&levels, above);
            for (level, metre) in row.iter().enumerate().take(levels.count()) {
                assert_eq!(*metre, levels.metre(above + levels.offset(level)), "{above}");
            }
        }
    }

    #[test]
    fn rows_that_would_have_the_same_place_are_there_together() {
        let ground = Ground::new(1, vec![900.0], Vec::new(), vec![0.0]).unwrap();
        let levels = Levels::new(&LevelOptions::default(), &ground);
        let mut rows = MetreRows::<u32, 16>::new(|metre| metre);
        for together in [[3, 3, 19], [3, 19, 35], [35, 3, 35], [-13, 4, 3], [0, 16, 0]] {
            let found = rows.rows(&levels, together);
            for (above, row) in together.into_iter().zip(found) {
                assert_eq!(row[5], levels.metre(above + levels.offset(5)), "{together:?}");
            }
        }
    }
}
