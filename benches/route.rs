//! The search over height levels on the embedded terrain.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use railcorridor::geodesy::LonLat;
use railcorridor::route::{Ground, LevelOptions, level_search};
use railcorridor::terrain::{Grid, globe_30s};

fn main() {
    divan::main();
}

fn cell(grid: &Grid, lon_deg: f64, lat_deg: f64) -> (usize, usize) {
    let (row, col) = grid.row_col_cells(LonLat { lon_deg, lat_deg });
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the grid")]
    let cell = (row.round() as usize, col.round() as usize);
    cell
}

fn search(
    bencher: divan::Bencher,
    from: (f64, f64),
    to: (f64, f64),
    gradient_permille: f64,
    level_step_m: f64,
) {
    let grid = globe_30s().unwrap();
    let ground = Ground::of_grid(&grid).unwrap();
    let (start, end) = (cell(&grid, from.0, from.1), cell(&grid, to.0, to.1));
    let options = LevelOptions { gradient_permille, level_step_m, ..LevelOptions::default() };
    let settled = level_search(&ground, start, end, &options).unwrap().certificate.settled_count;
    bencher
        .counter(divan::counter::ItemsCount::new(settled))
        .bench(|| level_search(&ground, start, end, &options));
}

#[divan::bench(args = [12.0, 18.0, 25.0], sample_count = 5, sample_size = 1)]
fn turgundi_herat(bencher: divan::Bencher, gradient_permille: f64) {
    search(bencher, (62.283, 35.250), (62.19967, 34.34817), gradient_permille, 1.0);
}

/// By height between levels, metres.
#[divan::bench(args = [4.0, 2.0, 1.0], sample_count = 3, sample_size = 1)]
fn herat_kandahar(bencher: divan::Bencher, level_step_m: f64) {
    search(bencher, (62.19967, 34.34817), (65.71013, 31.61332), 18.0, level_step_m);
}

#[divan::bench(args = [4.0, 1.0], sample_count = 5, sample_size = 1)]
fn kandahar_spin_boldak(bencher: divan::Bencher, level_step_m: f64) {
    search(bencher, (65.71013, 31.61332), (66.40001, 31.00575), 18.0, level_step_m);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_terrain() -> Grid {
    globe_30s().unwrap()
}
