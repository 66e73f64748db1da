//! petgraph: Dijkstra and A* over a compact graph in memory.

use cpu_time::ThreadTime;
use peers::{Answer, arguments, report};
use petgraph::csr::Csr;

fn main() {
    let (grid, work, repeats) = arguments();
    let count = grid.rows * grid.cols;
    let start = ThreadTime::now();
    let mut edges: Vec<(u32, u32, f64)> = Vec::with_capacity(8 * count);
    for cell in 0..count {
        edges.extend(grid.edges(cell).map(|(to, cost_m)| (cell as u32, to as u32, cost_m)));
    }
    edges.sort_unstable_by_key(|(from, to, _)| (*from, *to));
    let graph: Csr<(), f64> = Csr::from_sorted_edges(&edges).unwrap();
    drop(edges);
    let build_s = start.elapsed().as_secs_f64();
    let index = |(row, col): (usize, usize)| (row * grid.cols + col) as u32;
    if work == "legs8" {
        let leg = |&(from, to): &((usize, usize), (usize, usize))| {
            let left = |cell: u32| {
                let (row, col) = (cell as usize / grid.cols, cell as usize % grid.cols);
                let rise_m = row.abs_diff(to.0) as f64 * grid.dy_m;
                rise_m.hypot(col.abs_diff(to.1) as f64 * grid.dx_m)
            };
            let end = |cell: u32| cell == index(to);
            petgraph::algo::astar(&graph, index(from), end, |edge| *edge.weight(), left).unwrap().0
        };
        let run = || -> f64 { grid.legs().iter().map(leg).sum() };
        report(repeats, build_s, run, |cost_m| Answer::of_cost(*cost_m));
        return;
    }
    let last = index(*grid.places.last().unwrap());
    let run = || {
        petgraph::algo::dijkstra(&graph, index(grid.places[0]), None, |edge| *edge.weight())
    };
    report(repeats, build_s, run, |all| Answer {
        cost_m: all[&last],
        mean_m: Some(all.values().sum::<f64>() / count as f64),
        settled_count: None,
    });
}
