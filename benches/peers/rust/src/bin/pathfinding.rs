//! pathfinding: Dijkstra and A* over a function of neighbours, in whole sixteenths of a metre.

use pathfinding::prelude::{astar, dijkstra_all};
use peers::{Answer, arguments, report};

const UNITS_PER_M: f64 = 16.0;

fn main() {
    let (grid, work, repeats) = arguments();
    let units = |cost_m: f64| (cost_m * UNITS_PER_M).round() as u32;
    let next = |cell: &u32| -> Vec<(u32, u32)> {
        grid.edges(*cell as usize).map(|(to, cost_m)| (to as u32, units(cost_m))).collect()
    };
    let index = |(row, col): (usize, usize)| (row * grid.cols + col) as u32;
    if work == "legs8" {
        let leg = |&(from, to): &((usize, usize), (usize, usize))| {
            let left = |cell: &u32| {
                let (row, col) = (*cell as usize / grid.cols, *cell as usize % grid.cols);
                let rise_m = row.abs_diff(to.0) as f64 * grid.dy_m;
                // All frictions are 1 or more.
                (rise_m.hypot(col.abs_diff(to.1) as f64 * grid.dx_m) * UNITS_PER_M * 0.9999) as u32
            };
            astar(&index(from), next, left, |cell| *cell == index(to)).unwrap().1
        };
        let run = || grid.legs().iter().map(leg).sum::<u32>();
        report(repeats, 0.0, run, |sum| Answer::of_cost(f64::from(*sum) / UNITS_PER_M));
        return;
    }
    let last = index(*grid.places.last().unwrap());
    let run = || dijkstra_all(&index(grid.places[0]), next);
    report(repeats, 0.0, run, |all| {
        let sum: f64 = all.values().map(|(_, units)| f64::from(*units)).sum();
        Answer {
            cost_m: f64::from(all[&last].1) / UNITS_PER_M,
            mean_m: Some(sum / UNITS_PER_M / (grid.rows * grid.cols) as f64),
            settled_count: None,
        }
    });
}
