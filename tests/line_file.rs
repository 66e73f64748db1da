//! Lines as planners write them: the same as built by hand, and every slip told with its place.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use railcorridor::geometry::{Horizontal, Intersection, Ramp};
use railcorridor::model::{LineFile, Standard};

const TEXT: &str = include_str!("../examples/ten_kilometres.toml");

#[test]
fn the_example_is_the_line_that_it_says() {
    let file = LineFile::from_toml_str(TEXT).unwrap();
    let line = file.line().unwrap();
    let curve = |place: usize, length_m| Intersection {
        coord: file.curves[place].at,
        radius_m: file.curves[place].radius_m,
        entry_length_m: length_m,
        exit_length_m: length_m,
        ramp: Ramp::Bloss,
    };
    let points = [curve(0, 120.0), curve(1, 100.0)];
    let plan = Horizontal::through(file.start, &points, file.end).unwrap();
    assert_eq!(plan.elements(), line.alignment.horizontal().elements());
    let last = line.alignment.at(line.length_m()).unwrap();
    assert!(last.pose.coord.distance_m(file.end) < 1e-6);
    assert!((last.level.unwrap().height_m - 940.0).abs() < 1e-9);
    // The second curve bends to the right, so its left rail is the higher one.
    assert_eq!(line.alignment.at(6_900.0).unwrap().banking.unwrap().cant_m, -0.11);
    assert_eq!(line.chainage.chainage_m(1_962.5).unwrap(), 2_000.0);
    assert_eq!(line.speeds_kmh.unwrap().at(7_000.0), Some(&90.0));
    assert_eq!(file.station_ranges().unwrap().unwrap().ranges().len(), 1);
}

#[test]
fn slips_are_told_with_their_places() {
    for (from, to, expected) in [
        ("radius_m = 800", "radius_m = 80000", "choose a smaller radius"),
        ("radius_m = 800", "radius_m = nan", "radius_m"),
        ("radius_m = 800", "radius_m = -800", "positive to both hands"),
        ("transition_m = 120", "transition_m = 0", "lacks a transition"),
        ("cant_mm = 90", "cant_mm = 900", "give millimetres"),
        ("rail_head_distance_mm = 1600", "", "cants need it"),
        ("distance_m = 3000", "distance_m = 7000", "points go forwards"),
        ("distance_m = 3000", "", "distance_m is missing"),
        ("distance_m = 1962.5", "distance_m = 99999", "jumps stand on the line"),
        ("to_m = 6500", "to_m = 7000", "begin where the one before ends"),
        ("ramp = \"bloss\"", "ramp = \"blos\"", "bloss"),
        ("e_m = 423000", "e_m = inf", "finite"),
        ("e_m = 423000, n_m = 3801500", "e_m = 420000, n_m = 3800000", "give points apart"),
        ("format = 1", "format = 7", "this version reads format = 1"),
        ("name = \"Ten kilometres\"", "name = \"\"", "say which line"),
    ] {
        let slipped = TEXT.replacen(from, to, 1);
        assert_ne!(slipped, TEXT, "{from}");
        let problem = LineFile::from_toml_str(&slipped).unwrap_err().to_string();
        assert!(problem.contains(expected) && problem.contains("-->"), "{from} {to}: {problem}");
    }
    let away = TEXT.replacen("distance_m = 3000", "distance_m = 7000", 1);
    let problem = LineFile::from_toml_str(&away).unwrap_err().to_string();
    assert!(problem.contains("[[grade]]"), "the line with the grade is shown: {problem}");
    assert!(LineFile::from_toml_str("").is_err() && Standard::from_toml_str("").is_err());
}
