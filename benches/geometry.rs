//! A line of 4,000 elements: to build it, places on it, the way back: `cargo bench --bench geometry`.
//!
//! Distances come from a list, poses go into a black box: a distance out of a black box shares its
//! place in memory with the pose before, and each call waits for the last.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use std::hint::black_box;

use divan::{Bencher, counter::ItemsCount};
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{Arc, Element, Horizontal, Ramp, Tangent, Transition};

/// Places in each sample.
const ITEMS: u32 = 20_000;

fn main() {
    divan::main();
}

/// A share of one, in no order that a cache could like.
fn share(number: u32, step: f64) -> f64 {
    (f64::from(number) * step).fract()
}

/// Steps of the two-dimensional golden ratio.
const STEPS: [f64; 2] = [0.754_877_666_246_693, 0.569_840_290_998_053];

/// A thousand curves to either hand in turn, each a tangent, a transition, an arc, a transition,
/// of all six shapes.
fn elements() -> Vec<Element> {
    let mut elements = Vec::new();
    for (number, ramp) in (0..1000).zip(Ramp::ALL.into_iter().cycle()) {
        let [u, v] = STEPS.map(|step| share(number, step));
        let radius_m = 300.0 + 2000.0 * u;
        let per_m = if number % 2 == 0 { 1.0 } else { -1.0 } / radius_m;
        let ease_m = 60.0 + 100.0 * v;
        let tangent = Tangent::new(200.0 + 800.0 * v).expect("sound");
        let arc = Arc::with_curvature(100.0 + 0.5 * radius_m * v, per_m).expect("sound");
        let entry = Transition::new(ramp, ease_m, 0.0, per_m).expect("sound");
        let exit = Transition::new(ramp, ease_m, per_m, 0.0).expect("sound");
        elements.extend([Element::from(tangent), entry.into(), arc.into(), exit.into()]);
    }
    elements
}

fn line() -> Horizontal {
    let start = Coord { e_m: 500_000.0, n_m: 3_900_000.0 };
    Horizontal::new(start, 0.3, elements()).expect("sound")
}

#[divan::bench(sample_count = 100)]
fn build_4000_elements(bencher: Bencher) {
    let start = Coord { e_m: 500_000.0, n_m: 3_900_000.0 };
    bencher.with_inputs(elements).bench_values(|elements| Horizontal::new(start, 0.3, elements));
}

#[divan::bench(sample_count = 100)]
fn pose_within_one_element(bencher: Bencher) {
    let line = line();
    let (from_m, to_m) = (line.joints_m()[5], line.joints_m()[6]);
    let at_m = |number| from_m + (to_m - from_m) * share(number, STEPS[0]);
    let distances_m: Vec<f64> = (0..ITEMS).map(at_m).collect();
    bencher.counter(ItemsCount::new(ITEMS)).bench(|| {
        for &distance_m in &distances_m {
            black_box(line.at(distance_m).expect("on the line"));
        }
    });
}

#[divan::bench(sample_count = 100)]
fn pose_along_one_element(bencher: Bencher) {
    let line = line();
    let (from_m, to_m) = (line.joints_m()[5], line.joints_m()[6]);
    let at_m = |number| from_m + (to_m - from_m) * f64::from(number) / f64::from(ITEMS);
    let distances_m: Vec<f64> = (0..ITEMS).map(at_m).collect();
    bencher.counter(ItemsCount::new(ITEMS)).bench(|| {
        let mut walk = line.walk();
        for &distance_m in &distances_m {
            black_box(walk.at(distance_m).expect("on the line"));
        }
    });
}

#[divan::bench(sample_count = 100)]
fn pose_anywhere(bencher: Bencher) {
    let line = line();
    let at_m = |number| line.length_m() * share(number, STEPS[0]);
    let distances_m: Vec<f64> = (0..ITEMS).map(at_m).collect();
    bencher.counter(ItemsCount::new(ITEMS)).bench(|| {
        for &distance_m in &distances_m {
            black_box(line.at(distance_m).expect("on the line"));
        }
    });
}

#[divan::bench(sample_count = 100)]
fn nearest_within_100_m(bencher: Bencher) {
    let line = line();
    let place = |number| {
        let pose = line.at(line.length_m() * share(number, STEPS[0])).expect("on the line");
        pose.beside(200.0 * share(number, STEPS[1]) - 100.0)
    };
    let places: Vec<Coord> = (0..ITEMS).map(place).collect();
    bencher.counter(ItemsCount::new(ITEMS)).bench(|| {
        for &place in &places {
            let _ = black_box(line.nearest(black_box(place)));
        }
    });
}

#[divan::bench(sample_count = 20)]
fn chords_to_a_centimetre(bencher: Bencher) {
    let line = line();
    bencher.bench(|| line.to_line_string(0.01));
}
