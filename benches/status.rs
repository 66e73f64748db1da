//! The corridor's study: read, check, assess, compare: `cargo bench --bench status`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use std::hint::black_box;

use divan::Bencher;
use railcorridor::model::{Date, Study};
use railcorridor::status::{assess, changes, check};

fn main() {
    divan::main();
}

fn study() -> Study {
    Study::turgundi().expect("the embedded study is valid")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// From text to a checked study.
#[divan::bench]
fn load() -> Study {
    study()
}

/// The rules of the file format alone, on a study that is already in memory.
#[divan::bench]
fn validate(bencher: Bencher) {
    let study = study();
    bencher.bench(|| black_box(&study).check());
}

#[divan::bench(args = ["2024-12-31", "2025-12-08", "2026-01-31"])]
fn assess_on(bencher: Bencher, on: &str) {
    let (study, day) = (study(), day(on));
    bencher.bench(|| assess(black_box(&study), day));
}

/// The claim checks alone.
#[divan::bench]
fn check_claims(bencher: Bencher) {
    let (study, day) = (study(), day("2026-01-31"));
    bencher.bench(|| check(black_box(&study), day));
}

#[divan::bench]
fn changes_of_two_months(bencher: Bencher) {
    let (study, from, to) = (study(), day("2025-10-01"), day("2025-12-08"));
    bencher.bench(|| changes(black_box(&study), from, to));
}
