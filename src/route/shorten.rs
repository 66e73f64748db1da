//! Ways made of straight lines in any direction instead of moves between neighbours.

use super::{CostGraph, MoveCosts, Way};

/// Corners of a way that a new straight line may leave out at once.
const MOST_CORNERS: usize = 48;

impl CostGraph<'_> {
    /// A way pulled taut: straight lines from corner to corner in any direction, where they cost
    /// less.
    ///
    /// Ways over a lattice are too long wherever no move leads straight on: by 8.2 % at worst for
    /// eight neighbours ([`Neighbours`](super::Neighbours)). A straight line costs its length
    /// times the mean along it, sampled as for a move, so it jumps over nothing and passes no
    /// closed cell. The way never gets dearer, and on even ground it becomes the straight line.
    /// Costs asked for move by move say nothing of longer lines: such a way stays as it is.
    ///
    /// ```
    /// use railcorridor::route::{Cells, CostGraph, MoveCosts, Neighbours};
    ///
    /// // 40 rows and 100 columns off over level ground of 100 m cells.
    /// let costs = MoveCosts::friction(Cells::even(41, 101, 100.0, 100.0)?, vec![1.0; 41 * 101])?;
    /// let graph = CostGraph::new(costs, Neighbours::Eight)?;
    /// let way = graph.way((0, 0), (40, 100))?;
    /// assert!((way.length_m - (40.0 * 2_f64.sqrt() + 60.0) * 100.0).abs() < 1e-6);
    /// let short = graph.shortened(&way);
    /// assert!((short.length_m - 4000_f64.hypot(10_000.0)).abs() < 1e-6);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn shortened(&self, way: &Way) -> Way {
        let mut best = way.clone();
        if self.costs().span().is_none() {
            return best;
        }
        // Each round leaves fewer corners or lower cost; a few do.
        for _ in 0..32 {
            let corners = aside(self.costs(), chords(self.costs(), &best.cells));
            let Some((length_m, cost_m)) = self.costs().along_m(&corners) else { break };
            if cost_m >= best.cost_m * (1.0 - 1e-9) && corners.len() >= best.cells.len() {
                break;
            }
            if cost_m > best.cost_m {
                break;
            }
            best = Way { cells: corners, length_m, cost_m, ..best };
        }
        best
    }
}

fn line_m(costs: &MoveCosts<'_>, from: (usize, usize), to: (usize, usize)) -> Option<f64> {
    costs.step_m(&costs.cells().straight(from, to))
}

/// The cheapest choice among the corners; of equal ones the one with longer lines.
fn chords(costs: &MoveCosts<'_>, cells: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // By corner: the cost to get there, and from which one.
    let mut best = vec![(0.0_f64, 0_usize)];
    for (place, &to) in cells.iter().enumerate().skip(1) {
        let first = place.saturating_sub(MOST_CORNERS);
        let mut least = (f64::INFINITY, place - 1);
        for (before, &from) in cells.iter().enumerate().take(place).skip(first) {
            let Some((so_far_m, _)) = best.get(before) else { continue };
            if *so_far_m >= least.0 {
                continue;
            }
            let Some(cost_m) = line_m(costs, from, to) else { continue };
            if so_far_m + cost_m < least.0 * (1.0 - 1e-12) {
                least = (so_far_m + cost_m, before);
            }
        }
        best.push(least);
    }
    let mut corners = Vec::new();
    let mut place = cells.len().saturating_sub(1);
    while let Some(&cell) = cells.get(place) {
        corners.push(cell);
        if place == 0 {
            break;
        }
        place = best.get(place).map_or(0, |(_, before)| *before);
    }
    corners.reverse();
    corners
}

/// Corners moved by a cell where that costs less.
fn aside(costs: &MoveCosts<'_>, mut corners: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    for place in 1..corners.len().saturating_sub(1) {
        let (Some(&from), Some(&at), Some(&to)) =
            (corners.get(place - 1), corners.get(place), corners.get(place + 1))
        else {
            continue;
        };
        let by_way_m =
            |cell: (usize, usize)| Some(line_m(costs, from, cell)? + line_m(costs, cell, to)?);
        let mut best = (by_way_m(at).unwrap_or(f64::INFINITY) * (1.0 - 1e-9), at);
        for number in 0..9 {
            let moved = |place: usize, by: usize| (place + by).checked_sub(1);
            let Some(cell) = moved(at.0, number / 3).zip(moved(at.1, number % 3)) else { continue };
            if cell == at || cell == from || cell == to {
                continue;
            }
            if let Some(cost_m) = by_way_m(cell).filter(|cost_m| *cost_m < best.0) {
                best = (cost_m, cell);
            }
        }
        if let Some(corner) = corners.get_mut(place) {
            *corner = best.1;
        }
    }
    corners
}
