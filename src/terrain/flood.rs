//! Hollows of the ground filled to their spill.
//!
//! Priority flood: Barnes, Lehman and Mulla (2014), Computers & Geosciences 62.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Grid;

/// No node: the water leaves the grid here, or nothing is known.
pub(super) const NONE: u32 = u32::MAX;

/// The ground under rising water that comes in from the edge.
pub(super) struct Flood {
    pub(super) filled_m: Vec<f32>,
    /// The node from which each one was reached.
    pub(super) spill: Vec<u32>,
    /// Nodes in the order of their flooding, lowest first.
    pub(super) order: Vec<u32>,
}

impl Flood {
    #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^32 nodes")]
    pub(super) fn of(grid: &Grid) -> Self {
        let (rows, cols) = (grid.rows(), grid.cols());
        let nodes = grid.heights_m().len();
        let mut flood = Self {
            filled_m: grid.heights_m().to_vec(),
            spill: vec![NONE; nodes],
            order: Vec::with_capacity(nodes),
        };
        let mut reached: Vec<bool> =
            flood.filled_m.iter().map(|height_m| height_m.is_nan()).collect();
        // Height, then order of arrival, so that flats fill evenly from their rim.
        let mut open = BinaryHeap::new();
        let mut arrivals = 0_u32;
        for cell in 0..nodes {
            let (row, col) = (cell / cols, cell % cols);
            let beside_void = || {
                neighbours(row, col, rows, cols).any(|(row, col)| grid.height_m(row, col).is_none())
            };
            let edge = row == 0 || col == 0 || row + 1 == rows || col + 1 == cols;
            let Some(known) = reached.get_mut(cell) else { continue };
            if !*known && (edge || beside_void()) {
                *known = true;
                let height_m = flood.filled_m.get(cell).copied().unwrap_or_default();
                open.push(Reverse((ordered(height_m), arrivals, cell as u32)));
                arrivals += 1;
            }
        }
        while let Some(Reverse((_, _, cell))) = open.pop() {
            flood.order.push(cell);
            let level_m = flood.filled_m.get(cell as usize).copied().unwrap_or_default();
            let (row, col) = (cell as usize / cols, cell as usize % cols);
            for (row, col) in neighbours(row, col, rows, cols) {
                let to = row * cols + col;
                let (Some(known), Some(height_m), Some(spill)) =
                    (reached.get_mut(to), flood.filled_m.get_mut(to), flood.spill.get_mut(to))
                else {
                    continue;
                };
                if !*known {
                    *known = true;
                    *height_m = height_m.max(level_m);
                    *spill = cell;
                    open.push(Reverse((ordered(*height_m), arrivals, to as u32)));
                    arrivals += 1;
                }
            }
        }
        flood
    }
}

/// A whole number in the order of the heights.
fn ordered(height_m: f32) -> u32 {
    // IEEE 754: positive numbers sort by their bits, negative ones backwards.
    let bits = (height_m + 0.0).to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

/// The up to eight nodes around one.
pub(super) fn neighbours(
    row: usize,
    col: usize,
    rows: usize,
    cols: usize,
) -> impl Iterator<Item = (usize, usize)> {
    let about = |at: usize, of: usize| at.saturating_sub(1)..(at + 2).min(of);
    about(row, rows)
        .flat_map(move |row| about(col, cols).map(move |col| (row, col)))
        .filter(move |&other| other != (row, col))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_heights() {
        let heights_m = [f32::NEG_INFINITY, -400.5, -1.0, 0.0, 0.5, 8000.0, f32::INFINITY];
        assert!(heights_m.map(ordered).is_sorted());
        assert_eq!(ordered(-0.0), ordered(0.0));
    }
}
