//! Runs of trains: 700 km of 2,000 segments, cost by length and segments, a thousand candidates:
//! `cargo bench --bench run --features parallel`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use divan::Bencher;
use railcorridor::model::{Rails, RollingStock};
use railcorridor::operation::{Effort, RunLine, RunOptions, RunSegment, Train, run};

fn main() {
    divan::main();
}

/// The reference case of 700 km and 2,000 segments.
fn reference() -> (RunLine, Train) {
    let text = include_str!("../tests/reference/operation/run_700km_2000seg.json");
    let case: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let (train, line) = (&case["train"], &case["line"]);
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let law = &train["resistance_n"];
    let resistance_n = [number(&law[0]), number(&law[1]), number(&law[2])];
    let segments = line["segments"].as_array().expect("a list").iter().map(|one| RunSegment {
        start_m: number(&one["start_m"]),
        gradient_permille: number(&one["resistance_permille"]),
        curve_permille: 0.0,
        speed_limit_mps: number(&one["speed_limit_mps"]),
    });
    let line = RunLine::new(segments.collect(), number(&line["end_m"])).expect("a line");
    let effort = Effort::limits(number(&train["force_max_n"]), number(&train["power_w"]));
    let train = Train {
        name: "reference".to_owned(),
        mass_kg: number(&train["mass_kg"]),
        locomotive_kg: 0.0,
        rotating_mass_ratio: number(&train["rotating_mass_factor"]),
        length_m: number(&train["length_m"]),
        resistance_n,
        coasting_resistance_n: resistance_n,
        effort: effort.expect("a pull"),
        braking_mps2: number(&train["braking_deceleration_mps2"]),
        speed_max_mps: number(&train["speed_max_mps"]),
        gravity_mps2: number(&case["g"]),
        mass_is_at_head: false,
    };
    (line, train)
}

/// Segments of equal length with gradients of -7 to 7 permille and limits of 14 to 25 m/s.
fn line(length_m: f64, segments: u32, seed: u32) -> RunLine {
    let segment = |number: u32| {
        let share = |step: f64| (f64::from(number + 7919 * seed + 1) * step).fract();
        RunSegment {
            start_m: length_m * f64::from(number) / f64::from(segments),
            gradient_permille: 14.0 * share(0.754_877_666_246_693) - 7.0,
            curve_permille: 0.7 * share(0.569_840_290_998_053),
            speed_limit_mps: 14.0 + 11.0 * share(0.618_033_988_749_895),
        }
    };
    RunLine::new((0..segments).map(segment).collect(), length_m).expect("a line")
}

#[divan::bench(args = [1e-6, 1e-7, 1e-8, 1e-9])]
fn reference_700_km(bencher: Bencher<'_, '_>, tolerance_ratio: f64) {
    let (line, train) = reference();
    let options = RunOptions { tolerance_ratio, ..RunOptions::default() };
    bencher.bench(|| run(&line, &train, &options).expect("a run"));
}

#[divan::bench(args = [(100, 300), (700, 500), (700, 2000), (700, 8000), (2800, 8000)])]
fn by_length_and_segments(bencher: Bencher<'_, '_>, (length_km, segments): (u32, u32)) {
    let line = line(1e3 * f64::from(length_km), segments, 0);
    let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded).expect("train");
    bencher.bench(|| run(&line, &train, &RunOptions::default()).expect("a run"));
}

/// A thousand lines of 100 km, on as many threads as there are.
#[cfg(feature = "parallel")]
#[divan::bench(sample_count = 10)]
fn thousand_candidates(bencher: Bencher<'_, '_>) {
    use rayon::prelude::*;
    let lines: Vec<RunLine> = (0..1000).map(|seed| line(100e3, 300, seed)).collect();
    let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded).expect("train");
    bencher.bench(|| {
        let times = lines
            .par_iter()
            .map(|line| run(line, &train, &RunOptions::default()).expect("a run").running_s);
        times.sum::<f64>()
    });
}
