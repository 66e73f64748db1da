//! A train as rolling stock of OSRD.

use serde_json::{Value, json};

use crate::operation::Train;

/// From speed to speed of the curve of pull, m/s; between them OSRD joins straight lines.
const STEP_MPS: f64 = 0.25;

/// More than freight trains ever gain, so that pull alone limits them.
const NO_LIMIT_MPS2: f64 = 2.0;

/// The train for OSRD's simulation of traffic: its rolling stock JSON, version 3.3.
///
/// The fields and their units (newtons, metres a second) are those of the program's published
/// examples; resistance is `A + B v + C v^2` of the whole train, pull a curve of points 0.25 m/s
/// apart, which lies above a hyperbola of power by less than 0.1 % from 4 m/s on. The mass of wheels
/// that turn is in `inertia_coefficient`. What the program does not know is left out: adhesion, that
/// resistance is another when the train coasts.
///
/// ```
/// use railcorridor::exchange::osrd_train;
/// use railcorridor::model::{Rails, RollingStock};
/// use railcorridor::operation::Train;
///
/// let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded)?;
/// let stock: serde_json::Value = serde_json::from_str(&osrd_train(&train)).unwrap();
/// assert_eq!(stock["mass"], 2_958_000.0);
/// assert_eq!(stock["rolling_resistance"]["A"], train.resistance_n[0]);
/// let curve = &stock["effort_curves"]["modes"]["thermal"]["default_curve"];
/// assert_eq!((&curve["speeds"][0], &curve["max_efforts"][0]), (&0.0.into(), &534e3.into()));
/// // 0.82 of 3,356 kW at 20 m/s.
/// let at_20 = curve["max_efforts"][80].as_f64().unwrap();
/// assert!(curve["speeds"][80] == 20.0 && (at_20 - 137_596.0).abs() < 1.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn osrd_train(train: &Train) -> String {
    let [a, b, c] = train.resistance_n;
    let curve = curve(train);
    let stock = json!({
        "railjson_version": "3.3",
        "name": train.name,
        "effort_curves": {
            "modes": {
                "thermal": { "curves": [], "default_curve": curve, "is_electric": false },
            },
            "default_mode": "thermal",
        },
        "base_power_class": null,
        "power_restrictions": {},
        "energy_sources": [],
        "electrical_power_startup_time": null,
        "raise_pantograph_time": null,
        "length": train.length_m,
        "mass": train.mass_kg,
        "max_speed": train.speed_max_mps,
        "startup_time": 0.0,
        "startup_acceleration": NO_LIMIT_MPS2,
        "comfort_acceleration": NO_LIMIT_MPS2,
        "const_gamma": train.braking_mps2,
        "inertia_coefficient": train.rotating_mass_ratio,
        "rolling_resistance": { "type": "davis", "A": a, "B": b, "C": c },
        "loading_gauge": "G1",
        "supported_signaling_systems": [{ "type": "BAL" }, { "type": "BAPR" }],
        "primary_category": "FREIGHT_TRAIN",
        "other_categories": [],
        "metadata": { "reference": train.name },
    });
    format!("{stock:#}\n")
}

fn curve(train: &Train) -> Value {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "4 to 2,000")]
    let steps = (train.speed_max_mps / STEP_MPS).ceil().clamp(1.0, 2_000.0) as u32;
    let speeds_mps: Vec<f64> = (0..=steps).map(|step| STEP_MPS * f64::from(step)).collect();
    let efforts_n: Vec<f64> = speeds_mps.iter().map(|mps| train.effort.force_n(*mps)).collect();
    json!({ "speeds": speeds_mps, "max_efforts": efforts_n })
}
