//! Trains on a single track of 950 km: `cargo bench --bench traffic`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use divan::Bencher;
use railcorridor::operation::traffic::{
    DailyTrains, DayUse, GraphOptions, GraphTrain, SectionRun, TrackLine, TrackStation, TrainClass,
    day_of_trains, line_capacity, place_loops, train_graph,
};

fn main() {
    divan::main();
}

/// Stations every so many kilometres over 950 km; 60 km/h, a fifth slower on every third section.
fn line(spacing_km: u32) -> (TrackLine, TrainClass) {
    let station = |number: u32| TrackStation {
        name: format!("s{number}"),
        chainage_m: 1e3 * f64::from(number * spacing_km),
        track_lengths_m: vec![1_050.0; if number.is_multiple_of(4) { 3 } else { 2 }],
        crossing_s: 60,
        arrival_s: 240,
        following_s: 180,
        ..TrackStation::default()
    };
    let sections = 950 / spacing_km;
    let line = TrackLine::new((0..=sections).map(station).collect()).expect("a line");
    let run = |number: u32| {
        let run_s = spacing_km * if number.is_multiple_of(3) { 72 } else { 60 };
        SectionRun { increasing_s: run_s, decreasing_s: run_s + 20 }
    };
    let class = TrainClass {
        name: "freight".into(),
        length_m: 900.0,
        runs: (0..sections).map(run).collect(),
        start_s: 90,
        stop_s: 60,
        ..TrainClass::default()
    };
    (line, class)
}

fn day(trains: u32) -> Vec<GraphTrain> {
    let half = trains / 2;
    let freight = DailyTrains { class: "freight".into(), increasing: half, decreasing: half };
    day_of_trains(&[freight]).expect("trains")
}

/// One graph of one order of priority.
#[divan::bench(args = [15, 30, 60, 120, 240])]
fn one_order(bencher: Bencher, trains: u32) {
    graph(bencher, trains, 1);
}

/// The best of a hundred.
#[divan::bench(args = [15, 30, 60], sample_count = 10)]
fn hundred_orders(bencher: Bencher, trains: u32) {
    graph(bencher, trains, 100);
}

fn graph(bencher: Bencher, trains: u32, tries: usize) {
    let (line, class) = line(19);
    let (classes, trains) = ([class], day(trains));
    let options = GraphOptions { tries, ..GraphOptions::default() };
    let found = train_graph(&line, &classes, &trains, &options).expect("a graph");
    let stuck = found.graph.runs.iter().filter(|run| run.delay_s.is_none()).count();
    println!(
        "{} trains, {tries} tried: {stuck} stuck, {:.1} h of delay, no less than {:.1} h",
        trains.len(),
        found.graph.weighted_delay_s as f64 / 3_600.0,
        found.graph.least_delay_s as f64 / 3_600.0
    );
    bencher.bench_local(|| train_graph(&line, &classes, &trains, &options).expect("a graph"));
}

#[divan::bench]
fn capacity(bencher: Bencher) {
    let (line, class) = line(19);
    bencher.bench_local(|| line_capacity(&line, &class, &DayUse::default()).expect("a capacity"));
}

/// Loops on sites a kilometre apart.
#[divan::bench]
fn loops(bencher: Bencher) {
    let (line, class) = line(1);
    let costs_usd = vec![2e6; line.stations().len()];
    bencher.bench_local(|| {
        place_loops(&line, &class, &costs_usd, 18.0, &DayUse::default()).expect("a plan")
    });
}
