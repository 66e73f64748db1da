//! oxigdal-algorithms: cost distance over square cells.

use oxigdal_algorithms::raster::{FrictionModel, astar_path, cost_distance_full};
use oxigdal_core::buffer::RasterBuffer;
use oxigdal_core::types::RasterDataType;
use peers::{Answer, arguments, report};

fn main() {
    let (grid, work, repeats) = arguments();
    assert!((grid.dx_m - grid.dy_m).abs() < 1e-9, "square cells only");
    let (width, height) = (grid.cols as u64, grid.rows as u64);
    let raster = || RasterBuffer::zeros(width, height, RasterDataType::Float64);
    let mut friction = raster();
    for (index, ratio) in (0_u64..).zip(&grid.friction_ratio) {
        friction.set_pixel(index % width, index / width, f64::from(*ratio)).unwrap();
    }
    if work == "legs8" {
        let run = || -> f64 {
            let leg = |&(from, to): &((usize, usize), (usize, usize))| {
                let (a, b) = ((from.1 as u64, from.0 as u64), (to.1 as u64, to.0 as u64));
                astar_path(&friction, None, a.0, a.1, b.0, b.1, grid.dx_m).unwrap().1
            };
            grid.legs().iter().map(leg).sum()
        };
        report(repeats, 0.0, run, |cost_m| Answer::of_cost(*cost_m));
        return;
    }
    let mut sources = raster();
    let (first, last) = (grid.places[0], *grid.places.last().unwrap());
    sources.set_pixel(first.1 as u64, first.0 as u64, 1.0).unwrap();
    let run = || {
        cost_distance_full(&sources, &friction, None, grid.dx_m, FrictionModel::Isotropic).unwrap()
    };
    report(repeats, 0.0, run, |result| {
        let cost = |col: u64, row: u64| result.cost_distance.get_pixel(col, row).unwrap();
        let sum: f64 = (0..width * height).map(|index| cost(index % width, index / width)).sum();
        Answer {
            cost_m: cost(last.1 as u64, last.0 as u64),
            mean_m: Some(sum / (width * height) as f64),
            settled_count: None,
        }
    });
}
