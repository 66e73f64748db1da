//! What a run costs against the length of its line and against its segments, as a picture.
//!
//! ```text
//! cargo run --release --example cost_of_a_run -- OUT.svg
//! ```
//!
//! Lines are made up as in `benches/run.rs`. All are run in turn, round after round, so that what
//! else the machine does meets them alike; the picture shows medians, and beside them a line that
//! grows as fast as the axis. The figures go to the terminal.

mod picture;

use picture::{Panel, picture};
use railcorridor::model::{Rails, RollingStock};
use railcorridor::operation::{RunLine, RunOptions, RunSegment, Train, run};
use std::time::Instant;

/// How often each line is run; odd, so that there is a middle.
const ROUNDS: usize = 15;

/// Segments a kilometre where length is the question.
const SEGMENTS_PER_KM: u32 = 3;

/// The line on which segments are the question, about that of the flagship.
const LENGTH_KM: u32 = 700;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lengths_km = [10, 20, 50, 100, 200, 500, 1_000, 2_000];
    let segments = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
    let by_length = lengths_km.map(|km| (km, SEGMENTS_PER_KM * km));
    let by_segments = segments.map(|count| (LENGTH_KM, count));
    let cases: Vec<(u32, u32)> = by_length.into_iter().chain(by_segments).collect();
    let times_ms = medians_ms(&cases)?;
    for ((km, count), ms) in cases.iter().zip(&times_ms) {
        println!("{km:>5} km, {count:>9} segments: {ms:.3} ms");
    }
    let (length_ms, segment_ms) = times_ms.split_at(by_length.len());
    let points = |axis: &[u32], ms: &[f64]| {
        axis.iter().map(|value| f64::from(*value)).zip(ms.iter().copied()).collect()
    };
    let panels = [
        Panel {
            title: format!("Against length, {SEGMENTS_PER_KM} segments a km"),
            axis: "km".to_owned(),
            points: points(&lengths_km, length_ms),
        },
        Panel {
            title: format!("Against segments, {LENGTH_KM} km"),
            axis: "segments".to_owned(),
            points: points(&segments, segment_ms),
        },
    ];
    if let Some(path) = std::env::args_os().nth(1) {
        std::fs::write(path, picture(&panels, ROUNDS))?;
    }
    Ok(())
}

/// The median time of each line of kilometres and segments.
fn medians_ms(cases: &[(u32, u32)]) -> railcorridor::Result<Vec<f64>> {
    let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded)?;
    let lines: Vec<RunLine> = cases
        .iter()
        .map(|(km, count)| line(1e3 * f64::from(*km), *count))
        .collect::<railcorridor::Result<_>>()?;
    let mut times_ms = vec![Vec::with_capacity(ROUNDS); cases.len()];
    for _ in 0..ROUNDS {
        for (line, times) in lines.iter().zip(&mut times_ms) {
            // Once more before, so that caches hold this line and not the one before.
            std::hint::black_box(run(line, &train, &RunOptions::default())?);
            let start = Instant::now();
            std::hint::black_box(run(line, &train, &RunOptions::default())?);
            times.push(1e3 * start.elapsed().as_secs_f64());
        }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_unstable_by(f64::total_cmp);
        times.get(ROUNDS / 2).copied().unwrap_or(f64::NAN)
    };
    Ok(times_ms.into_iter().map(median).collect())
}

/// Segments of equal length with gradients of -7 to 7 permille and limits of 14 to 25 m/s.
fn line(length_m: f64, segments: u32) -> railcorridor::Result<RunLine> {
    let segment = |number: u32| {
        let share = |step: f64| (f64::from(number + 1) * step).fract();
        RunSegment {
            start_m: length_m * f64::from(number) / f64::from(segments),
            gradient_permille: 14.0 * share(0.754_877_666_246_693) - 7.0,
            curve_permille: 0.7 * share(0.569_840_290_998_053),
            speed_limit_mps: 14.0 + 11.0 * share(0.618_033_988_749_895),
        }
    };
    RunLine::new((0..segments).map(segment).collect(), length_m)
}
