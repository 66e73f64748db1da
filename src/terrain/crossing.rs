//! Which moves between nodes of a grid cross a line, such as a river.

use std::collections::BTreeMap;

use super::line_piece::{FINE_WHOLE, LinePiece, Point};
use super::polygon::wrong;
use super::{Grid, River};
use crate::error::Result;

/// Rows down and columns right of the moves to the sixteen neighbours that are charged.
const MOVES: [(i8, i8); 16] = [
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

/// Pairs of a move and a piece of a line that may be compared; a river of ten thousand pieces
/// takes some millions.
const MOST_PAIRS: u64 = 400_000_000;

/// A move that crosses something, such as a river, at a cost of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Row and column where the move begins.
    pub from: (usize, usize),
    /// Rows down and columns right of the move, one of the sixteen.
    pub step: (i8, i8),
    /// What it costs beside the metres, in metres of level line.
    pub cost_m: f64,
    /// Which part of a crossing it is: 1, or 0.5 where what is crossed runs through one of its
    /// nodes, so that the move in and the move out make one together.
    pub crossed_share: f64,
}

impl Crossing {
    pub(super) fn key(&self) -> ((usize, usize), (i8, i8)) {
        (self.from, self.step)
    }
}

/// What moves are charged and the part of a crossing that they are, by the index of their first
/// node, rows down and columns right.
type Charges = BTreeMap<(u32, i8, i8), (f64, f64)>;

/// The moves that cross the lines of one river, each once, at the cost of the dearest line.
///
/// A line that passes through a node is charged half by the moves that end there and half by those
/// that leave; moves from one such node to another, along the river, are free.
pub(super) fn crossings(grid: &Grid, rivers: &[River]) -> Result<Vec<Crossing>> {
    let mut pairs = 0;
    let mut on: BTreeMap<u32, f64> = BTreeMap::new();
    let mut charges = Charges::new();
    for (piece, cost_m) in pieces(grid, rivers) {
        pairs += near(grid, &piece, |cell, node| {
            if piece.holds(node) {
                let known_m = on.entry(cell).or_default();
                *known_m = known_m.max(cost_m);
            }
            for (down, right) in MOVES.into_iter().step_by(2) {
                let to = step(node, down, right);
                let Some(to_cell) = index(grid, to) else { continue };
                if piece.crosses(node, to) {
                    charge(&mut charges, (cell, down, right), to_cell, cost_m, 1.0);
                }
            }
        });
        if pairs > MOST_PAIRS {
            let hint = "take a coarser terrain, or fewer lines";
            return Err(wrong("its lines pass too many cells", hint));
        }
    }
    charge_ends(grid, &on, &mut charges);
    let crossing = |((cell, down, right), (cost_m, crossed_share))| Crossing {
        from: row_col(grid, cell),
        step: (down, right),
        cost_m,
        crossed_share,
    };
    Ok(charges.into_iter().map(crossing).collect())
}

/// The straight pieces of rivers near the grid, with what crossing them costs.
fn pieces(grid: &Grid, rivers: &[River]) -> Vec<(LinePiece, f64)> {
    let mut pieces = Vec::new();
    for river in rivers {
        let places = river.places.iter().map(|place| grid.row_col_cells(*place));
        let points: Vec<(f64, f64)> = places.map(|(row, col)| (col, row)).collect();
        for (a, b) in points.iter().zip(points.iter().skip(1)) {
            pieces.extend(LinePiece::near(grid, *a, *b).map(|piece| (piece, river.cost_m)));
        }
    }
    pieces
}

/// Charges a move and the move back a share of a cost, unless they are charged more.
fn charge(
    charges: &mut Charges,
    (cell, down, right): (u32, i8, i8),
    to_cell: u32,
    cost_m: f64,
    share: f64,
) {
    for key in [(cell, down, right), (to_cell, -down, -right)] {
        let (charged_m, charged_share) = charges.entry(key).or_default();
        *charged_m = charged_m.max(share * cost_m);
        *charged_share = charged_share.max(share);
    }
}

/// Half the cost for every move between a node on the river and one off it.
fn charge_ends(grid: &Grid, on: &BTreeMap<u32, f64>, charges: &mut Charges) {
    for (&cell, &cost_m) in on {
        let node = node(grid, cell);
        for (down, right) in MOVES {
            let to_cell = index(grid, step(node, down, right));
            if let Some(to_cell) = to_cell.filter(|to_cell| !on.contains_key(to_cell)) {
                charge(charges, (cell, down, right), to_cell, cost_m, 0.5);
            }
        }
    }
}

/// Looks at all nodes from which a move may cross a piece; returns how many pairs that are.
fn near(grid: &Grid, piece: &LinePiece, mut look: impl FnMut(u32, Point)) -> u64 {
    let ((ax, ay), (bx, by)) = (piece.a, piece.b);
    let cells = |at: i64| at.div_euclid(FINE_WHOLE);
    #[expect(clippy::cast_possible_wrap, reason = "fewer than 2^32 cells")]
    let (rows, cols) = (grid.rows() as i64, grid.cols() as i64);
    let (low, high) = (cells(ay.min(by)) - 2, cells(ay.max(by)) + 1);
    let mut looked = 0;
    for row in low.max(0)..=high.min(rows - 1) {
        // The columns of the piece within two rows either way.
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

fn step(node: Point, down: i8, right: i8) -> Point {
    (node.0 + i64::from(right) * FINE_WHOLE, node.1 + i64::from(down) * FINE_WHOLE)
}

fn index(grid: &Grid, node: Point) -> Option<u32> {
    let row = usize::try_from(node.1 / FINE_WHOLE).ok().filter(|row| *row < grid.rows())?;
    let col = usize::try_from(node.0 / FINE_WHOLE).ok().filter(|col| *col < grid.cols())?;
    (node.0 >= 0 && node.1 >= 0).then_some(())?;
    u32::try_from(row * grid.cols() + col).ok()
}

fn row_col(grid: &Grid, cell: u32) -> (usize, usize) {
    (cell as usize / grid.cols(), cell as usize % grid.cols())
}

fn node(grid: &Grid, cell: u32) -> Point {
    let (row, col) = row_col(grid, cell);
    #[expect(clippy::cast_possible_wrap, reason = "fewer than 2^32 cells")]
    let whole = |at: usize| at as i64 * FINE_WHOLE;
    (whole(col), whole(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;

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

    type Costs = BTreeMap<((usize, usize), (i8, i8)), f64>;

    fn costs(points: &[(f64, f64)]) -> Costs {
        let found = crossings(&grid(), &[River { places: line(points), cost_m: 100.0 }]).unwrap();
        found.iter().map(|crossing| (crossing.key(), crossing.cost_m)).collect()
    }

    #[test]
    fn a_river_between_rows_charges_every_move_over_it() {
        let costs = costs(&[(9.4, -5.0), (9.4, 30.0)]);
        for row in 0..20_i32 {
            for col in 0..20_i32 {
                for (down, right) in MOVES {
                    let (to_row, to_col) = (row + i32::from(down), col + i32::from(right));
                    let inside = (0..20).contains(&to_row) && (0..20).contains(&to_col);
                    let over = inside && (f64::from(row) < 9.4) != (f64::from(to_row) < 9.4);
                    let key = ((row as usize, col as usize), (down, right));
                    assert_eq!(costs.get(&key), over.then_some(&100.0), "{key:?}");
                }
            }
        }
    }

    #[test]
    fn a_river_through_nodes_is_charged_half_in_and_half_out() {
        let costs = costs(&[(9.0, -5.0), (9.0, 30.0)]);
        assert_eq!(costs.get(&((8, 5), (1, 0))), Some(&50.0));
        assert_eq!(costs.get(&((9, 5), (1, 0))), Some(&50.0));
        assert_eq!(costs.get(&((9, 5), (0, 1))), None); // along it
        assert_eq!(costs.get(&((8, 5), (2, 1))), Some(&100.0)); // a knight over it
        assert_eq!(costs.get(&((7, 5), (1, 0))), None);
    }

    /// What the straight way down a column or through random cells pays, move by move.
    fn paid(costs: &Costs, path: &[(i32, i32)]) -> f64 {
        let of = |pair: &[(i32, i32)]| {
            let (down, right) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let from = (pair[0].0 as usize, pair[0].1 as usize);
            let key = (from, (down as i8, right as i8));
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
        chance::property(|u| {
            // Any walk from the north to the south pays 100 at least.
            let mut path = vec![(0, u.int_in_range(0..=19)?)];
            while path.len() < 300 && path[path.len() - 1].0 < 16 {
                let (down, right) = *u.choose(&MOVES)?;
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
        let river = |row, cost_m| River { places: line(&[(row, 0.0), (row, 19.0)]), cost_m };
        let found = crossings(&grid(), &[river(9.4, 100.0), river(9.6, 300.0)]).unwrap();
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
