//! Which share of each cell of a grid a polygon covers, exactly.
//!
//! Each side adds, in every cell that it passes, the area to its right; summed along a row these
//! areas are the covered shares. Rasterisers of fonts work so.

use super::Grid;
use super::polygon::{Polygon, wrong};
use crate::error::Result;

/// Pieces of sides, cut at the borders of cells.
const MOST_PIECES: usize = 4_000_000;

/// Shares below this are rounding: sums along a row of 10,000 cells are exact to about 1e-11. Of a
/// cell of 1 km2 it is 10 cm2.
const LEAST_SHARE: f64 = 1e-9;

/// What a polygon covers of one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Covered {
    pub(super) cell: u32,
    /// 0 if its outline only passes through, in a sliver too thin to be measured.
    pub(super) share: f32,
}

/// A piece of a side within one row and column; a column left of the grid counts as its edge.
struct Piece {
    row: u32,
    col: u32,
    fall: f64,
    /// How far right of the column's left border it lies in the mean, 0 to 1.
    across: f64,
    /// Whether it runs through the inside of that cell.
    passes: bool,
}

/// The cells that a polygon covers or passes through, in the order of the grid.
///
/// Cells are the boxes half a step about the nodes.
pub(super) fn cover(grid: &Grid, polygon: &Polygon) -> Result<Vec<Covered>> {
    let mut pieces = Vec::new();
    for (number, ring) in polygon.rings().enumerate() {
        let points: Vec<(f64, f64)> = ring
            .iter()
            .map(|place| grid.row_col_cells(*place))
            .map(|(row, col)| (row + 0.5, col + 0.5))
            .collect();
        let first = pieces.len();
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            cut(grid, *from, *to, &mut pieces)?;
        }
        // The exterior counts up, holes down, whichever way they were drawn.
        if (area(&points) < 0.0) == (number == 0) {
            pieces.iter_mut().skip(first).for_each(|piece| piece.fall = -piece.fall);
        }
    }
    Ok(sum(grid, pieces))
}

/// Twice the area of a closed ring, positive where rows fall on the side that adds.
fn area(points: &[(f64, f64)]) -> f64 {
    let (base_row, base_col) = points.first().copied().unwrap_or_default();
    let relative = points.iter().map(|(row, col)| (row - base_row, col - base_col));
    let next = relative.clone().skip(1);
    relative.zip(next).map(|((r0, c0), (r1, c1))| (r0 - r1) * (c0 + c1)).sum()
}

/// Cuts a side at the borders of cells and keeps what lies beside and in the grid.
fn cut(grid: &Grid, from: (f64, f64), to: (f64, f64), pieces: &mut Vec<Piece>) -> Result<()> {
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^32 rows")]
    let (rows, cols) = (grid.rows() as f64, grid.cols() as f64);
    let (fall, right) = (to.0 - from.0, to.1 - from.1);
    if from.1.min(to.1) >= cols || from.0.max(to.0) <= 0.0 || from.0.min(to.0) >= rows {
        return Ok(());
    }
    let mut cuts = vec![0.0, 1.0];
    for (start, delta, most) in [(from.0, fall, rows), (from.1, right, cols)] {
        let low = start.min(start + delta).clamp(0.0, most).ceil();
        let high = start.max(start + delta).clamp(0.0, most).floor();
        if delta != 0.0 && low <= high {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "within the grid"
            )]
            let borders = low as u32..=high as u32;
            cuts.extend(borders.map(|border| (f64::from(border) - start) / delta));
        }
    }
    if pieces.len() + cuts.len() > MOST_PIECES {
        return Err(wrong(
            format!("its outline passes more than {MOST_PIECES} cells"),
            "simplify it, or take a coarser terrain",
        ));
    }
    cuts.sort_by(f64::total_cmp);
    for (a, b) in cuts.iter().zip(cuts.iter().skip(1)).filter(|(a, b)| b > a) {
        let middle = 0.5 * (a + b);
        let (row, col) = (from.0 + fall * middle, from.1 + right * middle);
        if !(0.0..rows).contains(&row) || col >= cols {
            continue;
        }
        let inside = |at: f64| (at - at.round()).abs() > LEAST_SHARE;
        let long = (b - a) * fall.hypot(right) > LEAST_SHARE;
        let beside = col < 0.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the grid"
        )]
        pieces.push(Piece {
            row: row as u32,
            col: col.max(0.0) as u32,
            fall: fall * (b - a),
            across: if beside { 0.0 } else { col.fract() },
            passes: !beside && long && inside(row) && inside(col),
        });
    }
    Ok(())
}

/// Sums the pieces along each row.
fn sum(grid: &Grid, mut pieces: Vec<Piece>) -> Vec<Covered> {
    let key = |piece: &Piece| (piece.row, piece.col);
    pieces.sort_unstable_by_key(key);
    #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^32 cells")]
    let cols = grid.cols() as u32;
    let mut covered = Vec::new();
    for of_row in pieces.chunk_by(|a, b| a.row == b.row) {
        // The area right of all sides so far, and what they leave for the next column.
        let (mut total, mut left_over) = (0.0, 0.0);
        let mut cells = of_row.chunk_by(|a, b| a.col == b.col).peekable();
        while let Some(of_cell) = cells.next() {
            let Some((row, col)) = of_cell.first().map(key) else { continue };
            total += left_over;
            let own: f64 = of_cell.iter().map(|piece| piece.fall * (1.0 - piece.across)).sum();
            left_over = of_cell.iter().map(|piece| piece.fall * piece.across).sum();
            total += own;
            let passes = of_cell.iter().any(|piece| piece.passes);
            push(&mut covered, row * cols + col, total, passes);
            let next = cells.peek().and_then(|cell| cell.first()).map_or(cols, |piece| piece.col);
            if next > col + 1 {
                total += left_over;
                left_over = 0.0;
                for col in col + 1..next {
                    push(&mut covered, row * cols + col, total, false);
                }
            }
        }
    }
    covered
}

fn push(covered: &mut Vec<Covered>, cell: u32, share: f64, passes: bool) {
    let share = share.abs();
    if share > LEAST_SHARE {
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
        covered.push(Covered { cell, share: share.min(1.0) as f32 });
    } else if passes {
        covered.push(Covered { cell, share: 0.0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;

    /// Ten by ten nodes one hundredth of a degree apart; node 0, 0 at 60 E, 35 N.
    fn grid() -> Grid {
        Grid::new(10, LonLat { lon_deg: 60.0, lat_deg: 35.0 }, 0.01, 0.01, vec![0.0; 100]).unwrap()
    }

    /// A ring by rows and columns of the grid.
    fn ring(corners: &[(f64, f64)]) -> Vec<LonLat> {
        let place = |&(row, col): &(f64, f64)| LonLat {
            lon_deg: 60.0 + 0.01 * col,
            lat_deg: 35.0 - 0.01 * row,
        };
        corners.iter().chain(corners.first()).map(place).collect()
    }

    fn shares(exterior: &[(f64, f64)], holes: &[&[(f64, f64)]]) -> Vec<f64> {
        let holes = holes.iter().map(|hole| ring(hole)).collect();
        let polygon = Polygon::new(ring(exterior), holes).unwrap();
        let mut shares = vec![0.0; 100];
        for covered in cover(&grid(), &polygon).unwrap() {
            shares[covered.cell as usize] = f64::from(covered.share);
        }
        shares
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-7
    }

    #[test]
    fn a_box_covers_what_it_covers() {
        // From the middle of a cell: a quarter at the corners, half along the sides.
        for corners in [
            [(2.0, 2.0), (2.0, 5.0), (4.0, 5.0), (4.0, 2.0)],
            [(2.0, 2.0), (4.0, 2.0), (4.0, 5.0), (2.0, 5.0)],
        ] {
            let shares = shares(&corners, &[]);
            for (cell, share) in
                [(22, 0.25), (25, 0.25), (23, 0.5), (32, 0.5), (33, 1.0), (21, 0.0)]
            {
                assert!(close(shares[cell], share), "{cell}: {}", shares[cell]);
            }
            assert!(close(shares.iter().sum(), 6.0));
        }
    }

    #[test]
    fn triangles_and_holes_add_up_to_their_area() {
        let triangle = [(0.3, 0.7), (8.1, 3.3), (2.2, 7.9)];
        let area = 0.5 * ((8.1 - 0.3) * (7.9 - 0.7) - (2.2 - 0.3) * (3.3 - 0.7));
        assert!(close(shares(&triangle, &[]).iter().sum(), area));
        let hole: &[(f64, f64)] = &[(2.4, 3.1), (3.7, 3.4), (3.2, 4.6)];
        let hole_area = 0.5_f64 * ((3.7 - 2.4) * (4.6 - 3.1) - (3.2 - 2.4) * (3.4 - 3.1));
        let both = shares(&triangle, &[hole]);
        assert!(close(both.iter().sum(), area - hole_area.abs()));
        let backwards: Vec<(f64, f64)> = hole.iter().rev().copied().collect();
        assert_eq!(shares(&triangle, &[&backwards]), both);
        assert!(both.iter().all(|share| (0.0..=1.0).contains(share)));
    }

    #[test]
    fn what_lies_beyond_the_grid_is_cut() {
        let wide = [(-50.0, -50.0), (-50.0, 50.0), (50.0, 50.0), (50.0, -50.0)];
        assert!(shares(&wide, &[]).iter().all(|share| close(*share, 1.0)));
        let west = [(-50.0, -50.0), (-50.0, 3.0), (50.0, 3.0), (50.0, -50.0)];
        let half = shares(&west, &[]);
        assert!(close(half[42], 1.0) && close(half[43], 0.5) && half[44] == 0.0);
        let slanted = [(-5.0, -20.0), (20.0, -5.0), (20.0, -20.0)];
        assert!(shares(&slanted, &[]).iter().all(|share| *share == 0.0));
        let elsewhere = [(100.0, 100.0), (100.0, 101.0), (101.0, 101.0)];
        let polygon = Polygon::new(ring(&elsewhere), Vec::new()).unwrap();
        assert!(cover(&grid(), &polygon).unwrap().is_empty());
    }

    #[test]
    fn a_sliver_is_not_lost() {
        // A thousand-millionth of a cell wide, and thinner still, from one edge to the other.
        for width in [1e-3, 1e-7, 1e-11] {
            let sliver = [(0.2, -1.0), (8.7, 10.0), (8.7 + width, 10.0), (0.2 + width, -1.0)];
            let polygon = Polygon::new(ring(&sliver), Vec::new()).unwrap();
            let covered = cover(&grid(), &polygon).unwrap();
            let cells: Vec<usize> = covered.iter().map(|c| c.cell as usize).collect();
            // No gap: every column is met, and each cell touches the next by a side.
            assert!((0..10).all(|col| cells.iter().any(|cell| cell % 10 == col)));
            let beside =
                |a: usize, b: usize| (a / 10).abs_diff(b / 10) + (a % 10).abs_diff(b % 10) == 1;
            let linked = |&a: &usize| cells.iter().any(|&b| b > a && beside(a, b));
            let last = *cells.iter().max().unwrap();
            assert!(cells.iter().filter(|cell| **cell != last).all(linked), "{width}: {cells:?}");
        }
    }

    #[test]
    fn a_box_on_the_borders_of_cells_keeps_to_them() {
        let aligned = [(1.5, 1.5), (1.5, 4.5), (3.5, 4.5), (3.5, 1.5)];
        let polygon = Polygon::new(ring(&aligned), Vec::new()).unwrap();
        let covered = cover(&grid(), &polygon).unwrap();
        assert_eq!(covered.len(), 6);
        assert!(covered.iter().all(|covered| close(f64::from(covered.share), 1.0)));
    }
}
