//! The way back is the way there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod oblique;

use railcorridor::model::Study;
use railcorridor::route::{
    AlternativeOptions, LevelOptions, Options, SegmentRoute, alternatives, search, sensitivity,
};
use railcorridor::terrain::{Grid, ridge_with_saddle, waves};

fn back(study: &Study) -> Study {
    let mut back = study.clone();
    let segment = &mut back.segments[0];
    std::mem::swap(&mut segment.from, &mut segment.to);
    back
}

fn assert_turned(there: &SegmentRoute, back: &SegmentRoute) {
    let places = |route: &SegmentRoute| -> Vec<(f64, f64, f64)> {
        let place = |point: &railcorridor::route::RoutePoint| {
            (point.place.lon_deg, point.place.lat_deg, point.height_m)
        };
        route.points.iter().map(place).collect()
    };
    let mut turned = places(back);
    turned.reverse();
    assert_eq!(places(there), turned);
    assert_eq!(there.cost_m, back.cost_m);
    assert!((there.length_m - back.length_m).abs() < 1e-6);
    assert!((there.climb_m - back.descent_m).abs() < 1e-9);
    assert!((there.descent_m - back.climb_m).abs() < 1e-9);
}

fn grids() -> [Grid; 2] {
    [ridge_with_saddle(41, 41, 900.0, 300.0, 200.0).unwrap(), waves(41, 41, 900.0).unwrap()]
}

#[test]
fn ways_sweeps_and_alternatives_turn_round_with_the_segment() {
    for grid in &grids() {
        for (ends_deg, least_radius_m) in [([0.07, 0.1], 0.0), ([0.1, 0.05], 300.0)] {
            let there = oblique::study(ends_deg);
            let back = back(&there);
            let levels = LevelOptions { least_radius_m, ..LevelOptions::default() };
            let options = Options { levels, ..Options::default() };
            let [one, other] = [&there, &back].map(|study| search(study, grid, &options).unwrap());
            assert_turned(&one[0], &other[0]);
            let gradients = [12.0, 18.0, 25.0];
            let [one, other] = [&there, &back]
                .map(|study| sensitivity(study, grid, &options, &gradients).unwrap());
            for (one, other) in one[0].rows.iter().zip(&other[0].rows) {
                assert_eq!(one.route.is_some(), other.route.is_some());
                if let (Some(one), Some(other)) = (&one.route, &other.route) {
                    assert_turned(one, other);
                }
            }
            let wanted = AlternativeOptions { dearer_share: 0.5, ..AlternativeOptions::default() };
            let [one, other] =
                [&there, &back].map(|study| alternatives(study, grid, &options, &wanted).unwrap());
            assert_eq!(one[0].ways.len(), other[0].ways.len());
            for (one, other) in one[0].ways.iter().zip(&other[0].ways) {
                assert_turned(&one.route, &other.route);
            }
        }
    }
}

#[test]
fn where_climbs_cost_more_than_falls_the_direction_counts() {
    // Up a slope costs more than down: the way back costs less.
    let heights = |row: usize| 100.0 + 8.0 * row as f32;
    let heights = (0..41 * 41).map(|cell| heights(cell / 41)).collect();
    let corner = railcorridor::geodesy::LonLat::new(-0.2, 0.2).unwrap();
    let grid = Grid::new(41, corner, 0.01, 0.01, heights).unwrap();
    let levels = LevelOptions { climb_ratio: 50.0, ..LevelOptions::default() };
    let options = Options { levels, ..Options::default() };
    let there = oblique::study([0.05, 0.1]);
    let [down, up] = [back(&there), there].map(|study| {
        let route = search(&study, &grid, &options).unwrap().remove(0);
        (route.cost_m, route.points[0].height_m < route.points.last().unwrap().height_m)
    });
    let (dear, cheap) = if up.1 { (up.0, down.0) } else { (down.0, up.0) };
    assert!(up.1 != down.1 && dear > cheap + 1000.0, "{up:?} {down:?}");
}
