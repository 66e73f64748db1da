//! Surfaces of accumulated cost on the embedded terrain.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use divan::counter::ItemsCount;
use railcorridor::route::{
    Cells, CostGraph, MoveCosts, Neighbours, TurnRule, TurningSearch, Workspace,
};
use railcorridor::terrain::globe_30s;

/// Rows and columns of Turgundi, Herat, Kandahar and Spin Boldak.
const PLACES: [(usize, usize); 4] = [(209, 274), (318, 264), (646, 685), (719, 768)];

fn main() {
    divan::main();
}

/// Friction 1 + 20 x slope by central differences, on even cells of 777 x 924 m.
fn friction() -> MoveCosts<'static> {
    let grid = globe_30s().unwrap();
    let (rows, cols) = (grid.rows(), grid.cols());
    let z = |row: usize, col: usize| f64::from(grid.heights_m()[row * cols + col]);
    let rise =
        |low: f64, high: f64, cells: usize, size_m: f64| (high - low) / (cells as f64 * size_m);
    let mut ratios = Vec::new();
    for row in 0..rows {
        for col in 0..cols {
            let (north, south) = (row.saturating_sub(1), (row + 1).min(rows - 1));
            let (west, east) = (col.saturating_sub(1), (col + 1).min(cols - 1));
            let down = rise(z(north, col), z(south, col), south - north, 924.0);
            let right = rise(z(row, west), z(row, east), east - west, 777.0);
            ratios.push((1.0 + 20.0 * down.hypot(right)) as f32);
        }
    }
    MoveCosts::friction(Cells::even(rows, cols, 777.0, 924.0).unwrap(), ratios).unwrap()
}

#[divan::bench(args = [Neighbours::Eight, Neighbours::Sixteen, Neighbours::ThirtyTwo], sample_count = 10, sample_size = 1)]
fn whole_surface(bencher: divan::Bencher, neighbours: Neighbours) {
    let graph = CostGraph::new(friction(), neighbours).unwrap();
    let settled = graph.surface(PLACES[0]).unwrap().settled_count();
    bencher
        .counter(ItemsCount::new(settled))
        .bench(|| graph.surface(PLACES[0]).unwrap().settled_count());
}

#[divan::bench(args = [Neighbours::Eight, Neighbours::Sixteen], sample_count = 10, sample_size = 1)]
fn three_legs(bencher: divan::Bencher, neighbours: Neighbours) {
    let graph = CostGraph::new(friction(), neighbours).unwrap();
    let mut workspace = Workspace::new(&graph);
    bencher.bench_local(|| {
        let mut leg = |pair: &[(usize, usize)]| workspace.way(pair[0], pair[1]).unwrap().cost_m;
        PLACES.windows(2).map(&mut leg).sum::<f64>()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn corridor(bencher: divan::Bencher) {
    let graph = CostGraph::new(friction(), Neighbours::Sixteen).unwrap();
    bencher.bench(|| graph.corridor(PLACES[1], PLACES[2]).unwrap().count_within(0.02));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn pulled_taut(bencher: divan::Bencher) {
    let graph = CostGraph::new(friction(), Neighbours::Sixteen).unwrap();
    let way = graph.way(PLACES[1], PLACES[2]).unwrap();
    bencher.bench(|| graph.shortened(&way).cost_m);
}

/// Herat-Kandahar with turns of two headings at most, in states of cell and heading.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn with_turns(bencher: divan::Bencher) {
    let costs = friction();
    let search = TurningSearch {
        rule: TurnRule::Headings(2),
        heading_cost_m: 500.0,
        heading_in: None,
        heading_out: None,
    };
    let settled = search.way(&costs, PLACES[1], PLACES[2]).unwrap().settled_count;
    bencher
        .counter(ItemsCount::new(settled))
        .bench(|| search.way(&costs, PLACES[1], PLACES[2]).unwrap().settled_count);
}
