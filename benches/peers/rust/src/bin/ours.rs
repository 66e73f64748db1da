//! Our own surfaces and ways.

use cpu_time::ThreadTime;
use peers::{Answer, arguments, report};
use railcorridor::route::{
    Cells, CostGraph, MoveCosts, Neighbours, TurnRule, TurningSearch, Workspace,
};

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
    let (first, last) = (grid.places[0], *grid.places.last().unwrap());
    let start = ThreadTime::now();
    let ratios = std::mem::take(&mut grid.friction_ratio);
    let costs = MoveCosts::friction(cells, ratios).unwrap();
    if work == "headings" {
        let search = TurningSearch {
            rule: TurnRule::Headings(2),
            heading_cost_m: 500.0,
            heading_in: None,
            heading_out: None,
        };
        let run = || search.way(&costs, first, last).unwrap();
        report(repeats, 0.0, run, |way| Answer {
            cost_m: way.cost_m,
            mean_m: None,
            settled_count: Some(way.settled_count),
        });
        return;
    }
    let graph = CostGraph::new(costs, neighbours).unwrap();
    let build_s = start.elapsed().as_secs_f64();
    if work.starts_with("legs") {
        let mut workspace = Workspace::new(&graph);
        let run = || -> f64 {
            legs.iter().map(|(from, to)| workspace.way(*from, *to).unwrap().cost_m).sum()
        };
        report(repeats, build_s, run, |cost_m| Answer::of_cost(*cost_m));
        return;
    }
    let run = || graph.surface(first).unwrap();
    report(repeats, build_s, run, |surface| {
        let sum: f64 =
            (0..rows * cols).filter_map(|index| surface.cost_m((index / cols, index % cols))).sum();
        Answer {
            cost_m: surface.cost_m(last).unwrap(),
            mean_m: Some(sum / (rows * cols) as f64),
            settled_count: Some(surface.settled_count()),
        }
    });
}
