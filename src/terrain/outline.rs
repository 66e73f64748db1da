//! Outlines of sets of cells.

use std::collections::BTreeMap;

use super::{Grid, Polygon};
use crate::error::Result;
use crate::geodesy::LonLat;

/// A corner of cells: rows and columns of borders, from 0 at the outer edge.
type Corner = (usize, usize);

/// The polygons about some cells that hang together by their sides.
pub(super) fn outlines(grid: &Grid, cells: &[(usize, usize)]) -> Result<Vec<Polygon>> {
    let rings = rings(cells);
    let place = |&(row, col): &Corner| {
        let node = grid.place(row, col);
        LonLat {
            lon_deg: (node.lon_deg - 0.5 * grid.step_lon_deg()).clamp(-180.0, 180.0),
            lat_deg: (node.lat_deg + 0.5 * grid.step_lat_deg()).clamp(-90.0, 90.0),
        }
    };
    let (mut outer, mut holes) = (Vec::new(), Vec::new());
    for ring in rings {
        let places: Vec<LonLat> = ring.iter().map(place).collect();
        if turns(&ring) > 0 { outer.push(places) } else { holes.push(places) }
    }
    // One outer ring, since the cells hang together; more would each take its own cells.
    let mut polygons = Vec::new();
    for ring in outer {
        polygons.push(Polygon::new(ring, std::mem::take(&mut holes))?);
    }
    Ok(polygons)
}

/// The closed rings along the borders of a set of cells, which lie on their right.
fn rings(cells: &[(usize, usize)]) -> Vec<Vec<Corner>> {
    let mut sorted = cells.to_vec();
    sorted.sort_unstable();
    let holds = |row: usize, col: usize| sorted.binary_search(&(row, col)).is_ok();
    // Borders from corner to corner, clockwise about each cell; two may leave a corner where cells
    // meet by it only.
    let mut leaving: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
    let mut add = |from: Corner, to: Corner| leaving.entry(from).or_default().push(to);
    for &(row, col) in &sorted {
        if row == 0 || !holds(row - 1, col) {
            add((row, col), (row, col + 1));
        }
        if !holds(row, col + 1) {
            add((row, col + 1), (row + 1, col + 1));
        }
        if !holds(row + 1, col) {
            add((row + 1, col + 1), (row + 1, col));
        }
        if col == 0 || !holds(row, col - 1) {
            add((row + 1, col), (row, col));
        }
    }
    let mut rings = Vec::new();
    while let Some((&start, _)) = leaving.first_key_value() {
        let mut ring = vec![start];
        let mut before: Option<Corner> = None;
        let mut at = start;
        while let Some(next) = take(&mut leaving, at, before) {
            ring.push(next);
            (before, at) = (Some(at), next);
            if at == start {
                break;
            }
        }
        rings.push(straightened(&ring));
    }
    rings
}

/// Takes a border that leaves a corner: the one that turns right, so that cells that meet by a
/// corner only stay apart.
fn take(
    leaving: &mut BTreeMap<Corner, Vec<Corner>>,
    at: Corner,
    before: Option<Corner>,
) -> Option<Corner> {
    let ways = leaving.get_mut(&at)?;
    let right = before.and_then(|before| ways.iter().position(|to| turn(before, at, *to) > 0));
    let next = ways.swap_remove(right.unwrap_or(0));
    if ways.is_empty() {
        leaving.remove(&at);
    }
    Some(next)
}

/// 1 for a right turn (rows count down), -1 for a left turn, 0 for straight on.
fn turn(a: Corner, b: Corner, c: Corner) -> i64 {
    let by = |from: usize, to: usize| to.cast_signed() as i64 - from.cast_signed() as i64;
    let (down, right) = (by(a.0, b.0), by(a.1, b.1));
    let (then_down, then_right) = (by(b.0, c.0), by(b.1, c.1));
    (right * then_down - down * then_right).signum()
}

/// A closed ring without the corners at which it goes straight on.
fn straightened(ring: &[Corner]) -> Vec<Corner> {
    let open = ring.get(..ring.len().saturating_sub(1)).unwrap_or_default();
    let before = open.iter().cycle().skip(open.len().saturating_sub(1));
    let after = open.iter().cycle().skip(1);
    let mut corners: Vec<Corner> = before
        .zip(open)
        .zip(after)
        .filter(|((a, b), c)| turn(**a, **b, **c) != 0)
        .map(|((_, at), _)| *at)
        .collect();
    corners.extend(corners.first().copied());
    corners
}

/// Right turns less left turns of a closed ring: 4 about cells, -4 about a hole.
fn turns(ring: &[Corner]) -> i64 {
    let open = ring.get(..ring.len().saturating_sub(1)).unwrap_or_default();
    let next = open.iter().cycle().skip(1);
    let after = open.iter().cycle().skip(2);
    open.iter().zip(next).zip(after).map(|((a, b), c)| turn(*a, *b, *c)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_four_corners() {
        assert_eq!(rings(&[(0, 0)]), [vec![(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]]);
        assert_eq!(rings(&[(0, 0), (0, 1)])[0].len(), 5);
        assert!(rings(&[]).is_empty());
    }

    #[test]
    fn a_hole_turns_the_other_way() {
        let ring: Vec<(usize, usize)> =
            (0..9).map(|i| (i / 3, i % 3)).filter(|cell| *cell != (1, 1)).collect();
        let found = rings(&ring);
        assert_eq!(found.iter().map(|ring| turns(ring)).collect::<Vec<_>>(), [4, -4]);
    }

    #[test]
    fn cells_that_meet_by_a_corner_stay_apart() {
        let found = rings(&[(0, 0), (1, 1)]);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|ring| turns(ring) == 4 && ring.len() == 5));
    }
}
