//! Plan and profile together over the terrain of the yardstick: `cargo bench --bench joint`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

#[path = "../examples/yardstick/problem.rs"]
mod problem;
#[path = "../examples/yardstick/task.rs"]
mod task;
#[path = "../tests/yardstick/mod.rs"]
mod yardstick;

use divan::Bencher;
use problem::{FiveHills, PRICES, formation};
use railcorridor::design::{JointOptions, design_line, improve_line, line_cost};
use task::task;
use yardstick::by_hand;

fn main() {
    divan::main();
}

/// The price of a line of 4 km with a section every 2 m.
#[divan::bench]
fn price(bencher: Bencher) {
    let line = by_hand().alignment(&task()).expect("sound");
    bencher.bench(|| line_cost(&FiveHills, &formation(), &PRICES, &line, 2.0));
}

/// From a draft by hand to a line that no small change makes cheaper.
#[divan::bench(sample_count = 10)]
fn improve(bencher: Bencher) {
    bencher.bench(|| improve_line(&FiveHills, &task(), &by_hand(), &JointOptions::default()));
}

/// Without a draft.
#[divan::bench(sample_count = 5)]
fn search(bencher: Bencher) {
    bencher.bench(|| design_line(&FiveHills, &task(), &JointOptions::default()));
}
