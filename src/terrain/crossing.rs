//! Which moves between nodes of a grid cross a line, such as a river.
//!
//! Places are rounded to 2^-20 of a cell and compared in whole numbers, so that a line through a
//! node is known to pass through it, and no crossing is lost or counted twice.

use std::collections::BTreeMap;

use super::Grid;
use super::polygon::wrong;
use crate::error::Result;
use crate::geodesy::LonLat;

/// Rows down and columns right of the moves to the sixteen neighbours that are charged.
pub const CROSSING_MOVES: [(i8, i8); 16] = [
    (0, 1),
    (0, -1),
    (1, 0),
    (-1, 0),
    (1, 1),
    (-1, -1),
    (1, -1),
    (-1, 1),
    (1, 2),
    (-1, -2),
    (2, 1),
    (-2, -1),
    (1, -2),
    (-1, 2),
    (2, -1),
    (-2, 1),
];

/// Fractions of a cell that places are rounded to: a millimetre on cells of 1 km.
const FINE: f64 = 1_048_576.0;
const FINE_WHOLE: i64 = 1 << 20;

/// Pairs of a move and a piece of a line that may be compared; a river of ten thousand pieces
/// takes some millions.
const MOST_PAIRS: u64 = 400_000_000;

/// A move between two nodes that crosses a river.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Index of the node where the move begins, row by row.
    pub cell: u32,
    /// Rows down.
    pub down: i8,
    /// Columns right.
    pub right: i8,
    /// What it costs, in metres of level line.
    pub cost_m: f32,
}

impl Crossing {
    pub(super) fn key(&self) -> (u32, i8, i8) {
        (self.cell, self.down, self.right)
    }
}

/// Column and row in fractions of a cell.
type Point = (i64, i64);

struct Segment {
    a: Point,
    b: Point,
    cost_m: f32,
}

/// The moves that cross some lines of one river, each once, at the cost of the dearest line.
///
/// A line that passes through a node is charged half by the moves that end there and half by those
/// that leave; moves from one such node to another, along the river, are free.
pub(super) fn crossings(grid: &Grid, lines: &[(&[LonLat], f32)]) -> Result<Vec<Crossing>> {
    let mut segments = Vec::new();
    for (line, cost_m) in lines {
        let points: Vec<(f64, f64)> =
            line.iter().map(|place| grid.row_col_cells(*place)).map(|(r, c)| (c, r)).collect();
        for (a, b) in points.iter().zip(points.iter().skip(1)) {
            if let Some((a, b)) = clip(grid, *a, *b) {
                segments.push(Segment { a: fine(a), b: fine(b), cost_m: *cost_m });
            }
        }
    }
    let mut pairs = 0;
    let mut on: BTreeMap<u32, f32> = BTreeMap::new();
    let mut found: BTreeMap<(u32, i8, i8), f32> = BTreeMap::new();
    for segment in &segments {
        pairs += near(grid, segment, |cell, node| {
            if holds(segment, node) {
                let cost_m = on.entry(cell).or_default();
                *cost_m = cost_m.max(segment.cost_m);
            }
            for (down, right) in CROSSING_MOVES.into_iter().step_by(2) {
                let to = step(node, down, right);
                let Some(to_cell) = index(grid, to) else { continue };
                if properly(segment, node, to) {
                    for key in [(cell, down, right), (to_cell, -down, -right)] {
                        let cost_m = found.entry(key).or_default();
                        *cost_m = cost_m.max(segment.cost_m);
                    }
                }
            }
        });
        if pairs > MOST_PAIRS {
            let hint = "take a coarser terrain, or fewer lines";
            return Err(wrong("its lines pass too many cells", hint));
        }
    }
    charge_ends(grid, &on, &mut found);
    let crossing = |((cell, down, right), cost_m): ((u32, i8, i8), f32)| Crossing {
        cell,
        down,
        right,
        cost_m,
    };
    Ok(found.into_iter().map(crossing).collect())
}

/// Half the cost for every move between a node on the river and one off it.
fn charge_ends(grid: &Grid, on: &BTreeMap<u32, f32>, found: &mut BTreeMap<(u32, i8, i8), f32>) {
    for (&cell, &cost_m) in on {
        let node = node(grid, cell);
        for (down, right) in CROSSING_MOVES {
            let Some(to_cell) = index(grid, step(node, down, right)) else { continue };
            if on.contains_key(&to_cell) {
                continue;
            }
            for key in [(cell, down, right), (to_cell, -down, -right)] {
                let charged_m = found.entry(key).or_default();
                *charged_m = charged_m.max(0.5 * cost_m);
            }
        }
    }
}

/// Looks at all nodes from which a move may cross a segment; returns how many pairs that are.
fn near(grid: &Grid, segment: &Segment, mut look: impl FnMut(u32, Point)) -> u64 {
    let ((ax, ay), (bx, by)) = (segment.a, segment.b);
    let cells = |at: i64| at.div_euclid(FINE_WHOLE);
    #[expect(clippy::cast_possible_wrap, reason = "fewer than 2^32 cells")]
    let (rows, cols) = (grid.rows() as i64, grid.cols() as i64);
    let (low, high) = (cells(ay.min(by)) - 2, cells(ay.max(by)) + 1);
    let mut looked = 0;
    for row in low.max(0)..=high.min(rows - 1) {
        // The columns of the segment within two rows either way.
        let band = [(row - 2) * FINE_WHOLE, (row + 2) * FINE_WHOLE];
        let at = |y: i64| match by - ay {
            0 => None,
            fall => {
                Some(ax + ((i128::from(y - ay) * i128::from(bx - ax)) / i128::from(fall)) as i64)
            }
        };
        let within = |y: i64| (ay.min(by)..=ay.max(by)).contains(&y);
        let ends =
            [(ax, ay), (bx, by)].into_iter().filter(|(_, y)| (band[0]..=band[1]).contains(y));
        let borders = band.into_iter().filter(|y| within(*y)).filter_map(at);
        let (mut west, mut east) = (i64::MAX, i64::MIN);
        for x in ends.map(|(x, _)| x).chain(borders) {
            (west, east) = (west.min(x), east.max(x));
        }
        if west > east {
            continue;
        }
        for col in (cells(west) - 2).max(0)..=(cells(east) + 3).min(cols - 1) {
            looked += 8;
            let node = (col * FINE_WHOLE, row * FINE_WHOLE);
            if let Some(cell) = index(grid, node) {
                look(cell, node);
            }
        }
    }
    looked
}

/// Whether a node lies on a segment.
fn holds(segment: &Segment, node: Point) -> bool {
    let between = |a: i64, b: i64, x: i64| (a.min(b)..=a.max(b)).contains(&x);
    between(segment.a.0, segment.b.0, node.0)
        && between(segment.a.1, segment.b.1, node.1)
        && side(segment.a, segment.b, node) == 0
}

/// Whether a segment leads through a move, or touches it, between the move's ends.
fn properly(segment: &Segment, from: Point, to: Point) -> bool {
    let ends = side(segment.a, segment.b, from) * side(segment.a, segment.b, to);
    ends < 0 && side(from, to, segment.a) * side(from, to, segment.b) <= 0
}

/// 1 if a point lies left of a line, -1 if right, 0 if on it.
fn side(a: Point, b: Point, point: Point) -> i8 {
    let product = |x: i64, y: i64| i128::from(x) * i128::from(y);
    let turn = product(b.0 - a.0, point.1 - a.1).cmp(&product(b.1 - a.1, point.0 - a.0));
    turn as i8
}

fn step(node: Point, down: i8, right: i8) -> Point {
    (node.0 + i64::from(right) * FINE_WHOLE, node.1 + i64::from(down) * FINE_WHOLE)
}

fn index(grid: &Grid, node: Point) -> Option<u32> {
    let row = usize::try_from(node.1 / FINE_WHOLE).ok().filter(|row| *row < grid.rows())?;
    let col = usize::try_from(node.0 / FINE_WHOLE).ok().filter(|col| *col < grid.cols())?;
    (node.0 >= 0 && node.1 >= 0).then_some(())?;
    u32::try_from(row * grid.cols() + col).ok()
}

fn node(grid: &Grid, cell: u32) -> Point {
    let (row, col) = (cell as usize / grid.cols(), cell as usize % grid.cols());
    #[expect(clippy::cast_possible_wrap, reason = "fewer than 2^32 cells")]
    let whole = |at: usize| at as i64 * FINE_WHOLE;
    (whole(col), whole(row))
}

#[expect(clippy::cast_possible_truncation, reason = "clipped to the grid")]
fn fine((x, y): (f64, f64)) -> Point {
    ((x * FINE).round() as i64, (y * FINE).round() as i64)
}

/// The part of a segment within three cells of the grid (Liang and Barsky 1984).
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

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let north_west = LonLat { lon_deg: 60.0, lat_deg: 35.0 };
        Grid::new(20, north_west, 1.0 / 120.0, 1.0 / 120.0, vec![0.0; 400]).unwrap()
    }

    /// A line by rows and columns of the grid.
    fn line(points: &[(f64, f64)]) -> Vec<LonLat> {
        let place = |&(row, col): &(f64, f64)| LonLat {
            lon_deg: 60.0 + col / 120.0,
            lat_deg: 35.0 - row / 120.0,
        };
        points.iter().map(place).collect()
    }

    fn costs(points: &[(f64, f64)]) -> BTreeMap<(u32, i8, i8), f32> {
        let line = line(points);
        let found = crossings(&grid(), &[(&line, 100.0)]).unwrap();
        found.iter().map(|crossing| (crossing.key(), crossing.cost_m)).collect()
    }

    #[test]
    fn a_river_between_rows_charges_every_move_over_it() {
        let costs = costs(&[(9.4, -5.0), (9.4, 30.0)]);
        for row in 0..20_i32 {
            for col in 0..20_i32 {
                for (down, right) in CROSSING_MOVES {
                    let (to_row, to_col) = (row + i32::from(down), col + i32::from(right));
                    let inside = (0..20).contains(&to_row) && (0..20).contains(&to_col);
                    let over = inside && (f64::from(row) < 9.4) != (f64::from(to_row) < 9.4);
                    let key = ((row * 20 + col) as u32, down, right);
                    assert_eq!(costs.get(&key), over.then_some(&100.0), "{key:?}");
                }
            }
        }
    }

    #[test]
    fn a_river_through_nodes_is_charged_half_in_and_half_out() {
        let costs = costs(&[(9.0, -5.0), (9.0, 30.0)]);
        assert_eq!(costs.get(&(8 * 20 + 5, 1, 0)), Some(&50.0));
        assert_eq!(costs.get(&(9 * 20 + 5, 1, 0)), Some(&50.0));
        assert_eq!(costs.get(&(9 * 20 + 5, 0, 1)), None); // along it
        assert_eq!(costs.get(&(8 * 20 + 5, 2, 1)), Some(&100.0)); // a knight over it
        assert_eq!(costs.get(&(7 * 20 + 5, 1, 0)), None);
    }

    /// What the straight way down a column or through random cells pays, move by move.
    fn paid(costs: &BTreeMap<(u32, i8, i8), f32>, path: &[(i32, i32)]) -> f32 {
        let of = |pair: &[(i32, i32)]| {
            let (down, right) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let key = ((pair[0].0 * 20 + pair[0].1) as u32, down as i8, right as i8);
            costs.get(&key).copied().unwrap_or_default()
        };
        path.windows(2).map(of).sum()
    }

    #[test]
    fn no_way_slips_over_a_winding_river_and_straight_ones_pay_once() {
        // A bed through nodes as of D8: straight, diagonal, bending.
        let bed: Vec<(f64, f64)> = (0..20)
            .map(|col| ([9.0, 9.0, 10.0, 11.0, 11.0, 10.0, 9.0][col % 7], col as f64))
            .collect();
        let costs = costs(&bed);
        for col in 0..20 {
            let down: Vec<(i32, i32)> = (3..18).map(|row| (row, col)).collect();
            assert_eq!(paid(&costs, &down), 100.0, "column {col}");
        }
        arbtest::arbtest(|u| {
            // Any walk from the north to the south pays 100 at least.
            let mut path = vec![(0, u.int_in_range(0..=19)?)];
            while path.len() < 300 && path[path.len() - 1].0 < 16 {
                let (down, right) = *u.choose(&CROSSING_MOVES)?;
                let (row, col) = path[path.len() - 1];
                let to = (row + i32::from(down.abs()), col + i32::from(right));
                if (0..20).contains(&to.1) && to.0 < 20 {
                    path.push(to);
                }
            }
            if path[path.len() - 1].0 >= 16 {
                assert!(paid(&costs, &path) >= 100.0, "{path:?}");
            }
            let back: Vec<(i32, i32)> = path.iter().rev().copied().collect();
            assert_eq!(paid(&costs, &path), paid(&costs, &back));
            Ok(())
        })
        .budget_ms(500);
    }

    #[test]
    fn the_dearest_line_of_a_river_counts_once() {
        let (one, two) = (line(&[(9.4, 0.0), (9.4, 19.0)]), line(&[(9.6, 0.0), (9.6, 19.0)]));
        let found = crossings(&grid(), &[(&one, 100.0), (&two, 300.0)]).unwrap();
        assert!(found.iter().all(|crossing| crossing.cost_m == 300.0));
        assert!(found.is_sorted_by_key(Crossing::key));
    }

    #[test]
    fn far_lines_cost_nothing_and_long_ones_little() {
        assert!(costs(&[(-90.0, -90.0), (-80.0, 400.0)]).is_empty());
        let slanted = costs(&[(-4000.0, -4000.0), (4000.5, 4000.0)]);
        let shifted = costs(&[(-4.0, -4.25), (24.0, 23.75)]);
        assert!(!slanted.is_empty() && !shifted.is_empty());
        let down: Vec<(i32, i32)> = (0..20).map(|row| (row, 7)).collect();
        assert_eq!(paid(&shifted, &down), 100.0);
    }
}
