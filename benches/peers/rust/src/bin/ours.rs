//! Our own surfaces and ways.

use cpu_time::ThreadTime;
use peers::{Answer, arguments, report};
use railcorridor::route::{Cells, CostGraph, MoveCosts, Neighbours, Workspace};

fn main() {
    let (mut grid, work, repeats) = arguments();
    let legs = grid.legs();
    let (rows, cols) = (grid.rows, grid.cols);
    let cells = Cells::even(rows, cols, grid.dx_m, grid.dy_m).unwrap();
    let neighbours = match work.trim_start_matches("full").trim_start_matches("legs") {
        "16" => Neighbours::Sixteen,
        "32" => Neighbours::ThirtyTwo,
        _ => Neighbours::Eight,
    };
    let start = ThreadTime::now();
    let ratios = std::mem::take(&mut grid.friction_ratio);
    let graph = CostGraph::new(MoveCosts::friction(cells, ratios).unwrap(), neighbours).unwrap();
    let build_s = start.elapsed().as_secs_f64();
    if work.starts_with("legs") {
        let mut workspace = Workspace::new(&graph);
        let run = || -> f64 {
            legs.iter().map(|(from, to)| workspace.way(*from, *to).unwrap().cost_m).sum()
        };
        report(repeats, build_s, run, |cost_m| Answer { cost_m: *cost_m, mean_m: None });
        return;
    }
    let (first, last) = (grid.places[0], *grid.places.last().unwrap());
    let run = || graph.surface(first).unwrap();
    report(repeats, build_s, run, |surface| {
        let sum: f64 =
            (0..rows * cols).filter_map(|index| surface.cost_m((index / cols, index % cols))).sum();
        Answer {
            cost_m: surface.cost_m(last).unwrap(),
            mean_m: Some(sum / (rows * cols) as f64),
        }
    });
}
