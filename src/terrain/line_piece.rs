//! Pieces of lines on a grid, in whole fractions of a cell.
//!
//! Places are rounded to 2^-20 of a cell and compared in whole numbers, so that a line through a
//! node is known to pass through it, and no crossing is lost or counted twice.

use super::Grid;

/// Fractions of a cell that places are rounded to: a millimetre on cells of 1 km.
const FINE: f64 = 1_048_576.0;
pub(super) const FINE_WHOLE: i64 = 1 << 20;

/// Column and row in fractions of a cell.
pub(super) type Point = (i64, i64);

/// A straight piece of a line.
pub(super) struct LinePiece {
    pub(super) a: Point,
    pub(super) b: Point,
}

impl LinePiece {
    /// The piece between two places, by column and row, as far as it lies near the grid.
    pub(super) fn near(grid: &Grid, a: (f64, f64), b: (f64, f64)) -> Option<Self> {
        let (a, b) = clip(grid, a, b)?;
        Some(Self { a: fine(a), b: fine(b) })
    }

    /// Whether a node lies on it.
    pub(super) fn holds(&self, node: Point) -> bool {
        let between = |a: i64, b: i64, x: i64| (a.min(b)..=a.max(b)).contains(&x);
        between(self.a.0, self.b.0, node.0)
            && between(self.a.1, self.b.1, node.1)
            && side(self.a, self.b, node) == 0
    }

    /// Whether it leads through a move, or touches it, between the move's ends.
    pub(super) fn crosses(&self, from: Point, to: Point) -> bool {
        let ends = side(self.a, self.b, from) * side(self.a, self.b, to);
        ends < 0 && side(from, to, self.a) * side(from, to, self.b) <= 0
    }
}

/// 1 if a point lies left of a line, -1 if right, 0 if on it.
fn side(a: Point, b: Point, point: Point) -> i8 {
    let product = |x: i64, y: i64| i128::from(x) * i128::from(y);
    let turn = product(b.0 - a.0, point.1 - a.1).cmp(&product(b.1 - a.1, point.0 - a.0));
    turn as i8
}

#[expect(clippy::cast_possible_truncation, reason = "clipped to the grid")]
fn fine((x, y): (f64, f64)) -> Point {
    ((x * FINE).round() as i64, (y * FINE).round() as i64)
}

/// The part of a piece within three cells of the grid (Liang and Barsky 1984).
fn clip(grid: &Grid, a: (f64, f64), b: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
    const MARGIN: f64 = 3.0;
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^32 cells")]
    let (rows, cols) = (grid.rows() as f64, grid.cols() as f64);
    let (mut first, mut last) = (0.0_f64, 1.0_f64);
    for (start, end, most) in [(a.0, b.0, cols), (a.1, b.1, rows)] {
        let (low, high) = (-MARGIN - start, most + MARGIN - start);
        let delta = end - start;
        if delta == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (enter, leave) = ((low / delta).min(high / delta), (low / delta).max(high / delta));
        (first, last) = (first.max(enter), last.min(leave));
    }
    let at = |t: f64| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    let start = if first > 0.0 { at(first) } else { a };
    let end = if last < 1.0 { at(last) } else { b };
    (first <= last).then_some((start, end))
}
