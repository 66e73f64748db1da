//! The file of rolling stock: what comes with the crate, and slips with their places.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use railcorridor::model::{Rails, RollingStock};
use railcorridor::operation::{Fuel, Train};

const TEXT: &str = include_str!("../data/trains/1520.toml");

#[test]
fn every_built_in_train_is_whole() {
    let stock = RollingStock::from_toml_str(TEXT).unwrap();
    assert_eq!(&stock, RollingStock::builtin());
    assert_eq!(stock.trains.len(), 10);
    for set in &stock.trains {
        for rails in [Rails::Jointed, Rails::Welded] {
            let train = Train::of(&stock, &set.id, rails).unwrap();
            assert!(train.mass_kg > 1e6 && train.length_m > 300.0, "{}", set.id);
            assert!(train.balancing_mps(5.0) > 5.0, "{}", set.id);
        }
        let fuel = Fuel::of(&stock, set).unwrap();
        assert!(fuel.litres_per_kwh > 0.25 && fuel.litres_per_kwh < 0.4);
    }
}

#[test]
fn slips_are_told_with_their_places() {
    for (from, to, expected) in [
        ("value = 138,", "value = -138,", "outside 1 to 2000"),
        ("value = 3356,", "value = 0,", "it has no power"),
        ("value = 404,", "value = 4040,", "not above start_kn"),
        ("value = 404,", "value = nan,", "value"),
        ("value = 404,", "valu = 404,", "did you mean \"value\""),
        ("state = \"read\"", "state = \"red\"", "did you mean \"read\""),
        ("adhesion = \"diesel\"", "adhesion = \"disel\"", "did you mean \"diesel\""),
        ("{ id = \"gondola\", count", "{ id = \"gondla\", count", "did you mean \"gondola\""),
        ("{ id = \"te33a\", count = 1 }", "{ id = \"te33a\", count = 0 }", "no locomotive"),
        ("brake = \"composite\"", "brake = \"composit\"", "did you mean \"composite\""),
        ("own_n_per_kn = [0.7, 0, 0]", "own_n_per_kn = [-0.7, 0, 0]", "none below 0"),
        ("own_n_per_kn = [0.7, 0, 0]", "own_n_per_kn = [0.7, 0]", "3"),
        ("n_per_kn_per_m = 0.00013", "n_per_kn_per_m = 1.3", "0.00013"),
        ("axle_n_per_kn = [8, 0.18, 0.003]", "axle_n_per_kn = [8, -1, 0]", "none below 0"),
        ("friction_ratio = 0.27", "friction_ratio = 27", "outside 0.01 to 1"),
        ("format = 1", "format = 2", "format = 2 is not known"),
        (
            "adhesion = \"diesel\"",
            "adhesion = \"diesel\"\neffort_kmh_kn = [[0, 800], [20, 900]]",
            "never rise",
        ),
        (
            "adhesion = \"diesel\"",
            "adhesion = \"diesel\"\neffort_kmh_kn = [[0, 800], [20, -1]]",
            "none below 0",
        ),
    ] {
        let slipped = TEXT.replacen(from, to, 1);
        assert_ne!(slipped, TEXT, "{from}");
        let problem = RollingStock::from_toml_str(&slipped).unwrap_err().to_string();
        assert!(problem.contains(expected), "{expected} in:\n{problem}");
        assert!(problem.contains("-->") && problem.contains('^'), "{problem}");
    }
}

#[test]
fn coaches_roll_by_a_law_of_their_own() {
    let stock = RollingStock::builtin();
    let train = Train::of(stock, "te33a-passenger", Rails::Welded).unwrap();
    assert_eq!(train.mass_kg, 1_066e3); // 138 t and 16 coaches of 58 t
    assert!((train.length_m - 414.64).abs() < 1e-9); // 22 m and 16 coaches of 24.54 m
    // At 72 km/h 0.7 + (8 + 0.16 * 72 + 0.0023 * 5184) / 14.5 a coach, 1.9 + 0.008 * 72 + 0.00025 * 5184
    // the locomotive: 2.868 and 3.772 N/kN.
    let by_hand_n = 9.81 * (928.0 * (0.7 + 31.4432 / 14.5) + 138.0 * 3.772);
    assert!((train.rolling_n(20.0) - by_hand_n).abs() < 1e-6 * by_hand_n);
}
