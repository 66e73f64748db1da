//! Designs by length: the way of the flagship, cut at so many kilometres:
//! `cargo bench --bench design`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use std::ops::ControlFlow;
use std::sync::OnceLock;

use divan::Bencher;
use railcorridor::design::{DesignOptions, design};
use railcorridor::geodesy::distance_m;
use railcorridor::model::{Standard, Study};
use railcorridor::route::{LevelOptions, Options, SegmentRoute, search};
use railcorridor::terrain::{Drainage, Grid, globe_30s};

fn main() {
    divan::main();
}

fn options() -> DesignOptions {
    let standard = Standard::builtin_called("1520-mixed-120").expect("a standard");
    DesignOptions::of_standard(standard).expect("options")
}

/// The ground, its streams, and the way from Turgundi to Spin Boldak.
fn flagship() -> &'static (Grid, Drainage, SegmentRoute) {
    static FOUND: OnceLock<(Grid, Drainage, SegmentRoute)> = OnceLock::new();
    FOUND.get_or_init(|| {
        let study = Study::turgundi().expect("the study");
        let grid = globe_30s().expect("its terrain");
        let gradient_permille = options().search_gradient_permille();
        let levels = LevelOptions { gradient_permille, ..LevelOptions::default() };
        let routes = search(&study, &grid, &Options { levels, ..Options::default() });
        let mut routes = routes.expect("ways").into_iter();
        let mut whole = routes.next().expect("a way");
        for route in routes {
            whole.points.extend(route.points.into_iter().skip(1));
        }
        let drainage = Drainage::of(&grid).expect("streams");
        (grid, drainage, whole)
    })
}

#[divan::bench(args = [10, 30, 100, 300, 900], sample_count = 3)]
fn by_kilometres(bencher: Bencher, km: u32) {
    let (grid, drainage, whole) = flagship();
    let mut route = whole.clone();
    let mut length_m = 0.0;
    let mut count = 1;
    for pair in whole.points.windows(2) {
        if let [from, to] = pair {
            length_m += distance_m(from.place, to.place);
        }
        if length_m > 1000.0 * f64::from(km) {
            break;
        }
        count += 1;
    }
    route.points.truncate(count);
    let options = options();
    let go_on = |_: &_| ControlFlow::Continue(());
    let track = design(&route, grid, Some(drainage), &options, &go_on).expect("a design");
    println!(
        "{:.0} km, {} rounds, {:.1} % above the bound",
        track.length_m() / 1e3,
        track.rounds.len(),
        100.0 * track.gap_ratio()
    );
    bencher
        .bench_local(|| design(&route, grid, Some(drainage), &options, &go_on).expect("a design"));
}
