//! A million geodesics, a million projections: `cargo bench --bench geodesy`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use std::hint::black_box;

use divan::{Bencher, counter::ItemsCount};
use railcorridor::geodesy::{Coord, Hemisphere, LonLat, UtmZone, distance_m};

const ITEMS: u32 = 1_000_000;

fn main() {
    divan::main();
}

/// Places spread evenly over 60-68 E, 29.5-37 N, in no order that a cache could like.
fn places() -> Vec<LonLat> {
    // Steps of the two-dimensional golden ratio.
    let steps = [0.754_877_666_246_693, 0.569_840_290_998_053];
    let place = |i: u32| {
        let [u, v] = steps.map(|step| (f64::from(i) * step).fract());
        LonLat { lon_deg: 60.0 + 8.0 * u, lat_deg: 29.5 + 7.5 * v }
    };
    (0..ITEMS).map(place).collect()
}

fn zone() -> UtmZone {
    UtmZone::new(41, Hemisphere::North).expect("zone 41")
}

#[divan::bench(sample_count = 5)]
fn geodesics(bencher: Bencher) {
    let places = places();
    bencher.counter(ItemsCount::new(ITEMS)).bench(|| {
        let turned = places.iter().skip(1).chain(places.first());
        let pairs = places.iter().zip(turned);
        pairs.map(|(&from, &to)| distance_m(from, to)).sum::<f64>()
    });
}

#[divan::bench(sample_count = 20)]
fn forward(bencher: Bencher) {
    let (places, zone) = (places(), zone());
    bencher.counter(ItemsCount::new(ITEMS)).bench(|| {
        for &place in &places {
            let _ = black_box(zone.forward(black_box(place)));
        }
    });
}

#[divan::bench(sample_count = 20)]
fn inverse(bencher: Bencher) {
    let zone = zone();
    let coords: Vec<Coord> =
        places().into_iter().filter_map(|place| zone.forward(place).ok()).collect();
    assert_eq!(coords.len(), ITEMS as usize);
    bencher.counter(ItemsCount::new(ITEMS)).bench(|| {
        for &coord in &coords {
            let _ = black_box(zone.inverse(black_box(coord)));
        }
    });
}

#[divan::bench(sample_count = 20)]
fn grid_factors(bencher: Bencher) {
    let (places, zone) = (places(), zone());
    bencher.counter(ItemsCount::new(ITEMS)).bench(|| {
        for &place in &places {
            let _ = black_box(zone.projection().grid_factors(black_box(place)));
        }
    });
}
