//! Plan and profile together over the terrain of the yardstick: `cargo bench --bench joint`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

#[path = "../examples/yardstick/problem.rs"]
mod problem;

use divan::Bencher;
use problem::{END, FiveHills, LIMITS, PRICES, START, formation};
use railcorridor::design::{
    Bend, GradePoint, Ground as _, JointOptions, LineDraft, LineEnd, LineTask, design_line,
    improve_line, line_cost,
};
use railcorridor::geodesy::Coord;

fn main() {
    divan::main();
}

fn task() -> LineTask {
    let end = |coord| LineEnd { coord, height_m: FiveHills.at(coord).height_m };
    LineTask {
        from: end(START),
        to: end(END),
        formation: formation(),
        prices: PRICES,
        limits: LIMITS,
    }
}

fn draft() -> LineDraft {
    let at = |e_m, n_m, radius_m| Bend { coord: Coord { e_m, n_m }, radius_m };
    let level = |distance_m, height_m| GradePoint { distance_m, height_m };
    LineDraft {
        bends: vec![at(1050.0, 620.0, 340.0), at(2300.0, 1550.0, 3000.0)],
        grade_points: vec![
            level(450.0, 1580.0),
            level(900.0, 1600.0),
            level(1350.0, 1612.0),
            level(1800.0, 1627.0),
            level(2400.0, 1645.0),
            level(3100.0, 1636.0),
            level(3700.0, 1624.0),
        ],
    }
}

/// The price of a line of 4 km with a section every 2 m.
#[divan::bench]
fn price(bencher: Bencher) {
    let line = draft().alignment(&task()).expect("sound");
    bencher.bench(|| line_cost(&FiveHills, &formation(), &PRICES, &line, 2.0));
}

/// From a draft by hand to a line that no small change makes cheaper.
#[divan::bench(sample_count = 10)]
fn improve(bencher: Bencher) {
    bencher.bench(|| improve_line(&FiveHills, &task(), &draft(), &JointOptions::default()));
}

/// Without a draft.
#[divan::bench(sample_count = 5)]
fn search(bencher: Bencher) {
    bencher.bench(|| design_line(&FiveHills, &task(), &JointOptions::default()));
}
