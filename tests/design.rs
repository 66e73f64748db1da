//! Lines designed along ways: they keep the standard, and they answer to what is asked.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

mod oblique;

use std::ops::ControlFlow;

use railcorridor::Severity;
use railcorridor::design::{DesignOptions, Track, design};
use railcorridor::model::{CostItem, Standard};
use railcorridor::route::SegmentRoute;
use railcorridor::terrain::{Grid, plane, ridge_with_saddle};

fn options() -> DesignOptions {
    let standard = Standard::builtin_called("1520-mixed-120").unwrap();
    DesignOptions::of_standard(standard).unwrap()
}

/// A way from 0.1 degrees west and 0.15 south of the middle to as far east and north of it.
fn way(grid: &Grid, options: &DesignOptions) -> SegmentRoute {
    oblique::way(grid, [0.1, 0.15], options)
}

fn designed(grid: &Grid, options: &DesignOptions) -> Track {
    let route = way(grid, options);
    design(&route, grid, None, options, &|_| ControlFlow::Continue(())).unwrap()
}

#[test]
fn a_line_over_a_ridge_keeps_its_standard() {
    let grid = ridge_with_saddle(61, 61, 900.0, 500.0, 300.0).unwrap();
    let options = options();
    let track = designed(&grid, &options);
    let errors = track.compliance.findings.iter().filter(|of| of.severity == Severity::Error);
    assert_eq!(errors.count(), 0, "{:?}", track.compliance.findings);
    assert!(track.cost_usd >= track.bound_usd * (1.0 - 1e-9));
    assert!(track.curves.iter().all(|curve| curve.radius_m >= options.least_radius_m));
    // Ends lie on the ground, where the stations are.
    for point in [track.points.first().unwrap(), track.points.last().unwrap()] {
        assert!((point.level_m - point.ground_m).abs() < 1e-6);
    }
    // What is cut is in the bill, and what the fills lack is borrowed.
    let cut_m3 = track.bill.amount(CostItem::CutSoil) + track.bill.amount(CostItem::CutRock);
    assert!((cut_m3 - track.earth.cut_m3).abs() < 1e-6 * cut_m3.max(1.0));
    let made_m3 = options.costs.ground.fill_of_cut_ratio * track.earth.cut_m3;
    let left_m3 = made_m3 + track.haul.borrow_m3() - track.haul.waste_m3() - track.earth.fill_m3;
    assert!(left_m3.abs() < 1e-3 * track.earth.fill_m3.max(1.0));
}

#[test]
fn a_line_over_a_plain_is_straight_and_cheap() {
    let grid = plane(61, 61, 900.0, 0.5, 1.0).unwrap();
    let track = designed(&grid, &options());
    let first = track.points.first().unwrap().place;
    let last = track.points.last().unwrap().place;
    let straight_m = railcorridor::geodesy::distance_m(first, last);
    assert!(track.length_m() < 1.002 * straight_m, "{} {straight_m}", track.length_m());
    assert!(track.structures.is_empty());
    assert!((0.7..1.7).contains(&track.musd_per_km()), "{}", track.musd_per_km());
}

#[test]
fn the_same_line_comes_out_again() {
    let grid = ridge_with_saddle(61, 61, 900.0, 500.0, 300.0).unwrap();
    let (one, two) = (designed(&grid, &options()), designed(&grid, &options()));
    assert_eq!(one.points, two.points);
    assert_eq!(one.bill, two.bill);
}

#[test]
fn what_is_no_railway_is_refused() {
    let grid = plane(61, 61, 900.0, 0.5, 1.0).unwrap();
    let plain = options();
    let route = way(&grid, &plain);
    let refused = |options: &DesignOptions| {
        design(&route, &grid, None, options, &|_| ControlFlow::Continue(()))
            .unwrap_err()
            .to_string()
    };
    let wrong = DesignOptions { gradient_permille: f64::NAN, ..plain.clone() };
    assert!(refused(&wrong).contains("gradient_permille"));
    let wrong = DesignOptions { least_radius_m: 1.0, ..plain.clone() };
    assert!(refused(&wrong).contains("least_radius_m"));
    // A way that is stopped before its first round has no line.
    let stopped = design(&route, &grid, None, &plain, &|_| ControlFlow::Break(())).unwrap_err();
    assert!(stopped.to_string().contains("stopped"));
    // Rates of nothing are a line too.
    let mut free = plain.clone();
    free.costs.rates.clear();
    free.costs.rates.push(plain.costs.rates[0].clone());
    free.costs.rates[0].rate = 0.0;
    let track = design(&route, &grid, None, &free, &|_| ControlFlow::Continue(())).unwrap();
    assert_eq!(track.bill.total_usd(), 0.0);
}

#[test]
fn designs_stand_side_by_side_with_what_differs() {
    let grid = ridge_with_saddle(61, 61, 900.0, 500.0, 300.0).unwrap();
    let options = options();
    let steep = designed(&grid, &options);
    let flat = designed(&grid, &DesignOptions { gradient_permille: 9.0, ..options });
    let beside = [("15".to_owned(), &steep), ("again".to_owned(), &steep), ("9".to_owned(), &flat)];
    let table = railcorridor::report::designs_side_by_side_table("s", "a-b", &beside);
    for row in &table.rows {
        let text = |place: usize| row[place].text.as_str();
        if text(1) != "none" {
            assert_eq!(text(2), format!("{} (0)", text(1)), "{}", text(0));
        }
    }
    let length = table.rows.iter().find(|row| row[0].text == "Length, km").unwrap();
    let expected = (flat.length_m() - steep.length_m()) / 1e3;
    assert_eq!(length[3].text, format!("{:.1} ({expected:+.1})", flat.length_m() / 1e3));
    // A flatter line lets heavier trains through.
    let load = table.rows.iter().find(|row| row[0].text == "Trailing load there, t").unwrap();
    let tonnes =
        |text: &str| text.split(' ').next().unwrap().replace(',', "").parse::<f64>().unwrap();
    assert!(tonnes(&load[3].text) > tonnes(&load[1].text) + 500.0, "{load:?}");
}

#[test]
fn loops_do_not_pull_a_climb_straight() {
    // A slope of 12 permille from end to end, which 15 permille climbs with room for loops alone:
    // a line that forgets what loops take would end below its mark and need tunnels.
    let grid = ridge_with_saddle(61, 61, 900.0, 650.0, 420.0).unwrap();
    let options = DesignOptions { loop_spacing_m: 8000.0, ..options() };
    let one = designed(&grid, &DesignOptions { rounds: 1, ..options.clone() });
    let six = designed(&grid, &options);
    assert!(six.cost_usd <= one.cost_usd * 1.001, "{} {}", six.cost_usd, one.cost_usd);
}
