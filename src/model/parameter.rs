//! A technical parameter of the line: published, or assumed with a reason.

use serde::{Deserialize, Serialize};

use super::{Certainty, Value};

/// A technical parameter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// One of [`PARAMETERS`]; its name carries the unit.
    pub name: String,
    /// `corridor`, or the id of the segment for which it holds.
    #[serde(default = "corridor", skip_serializing_if = "is_corridor")]
    pub subject: String,
    /// The value.
    pub value: Value,
    /// Published or assumed.
    pub state: Certainty,
    /// Id of the claim that publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// Id of a source: of the published value, or of the standard that an assumption leans on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why this value is assumed; needed if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

fn corridor() -> String {
    super::CORRIDOR.to_owned()
}

fn is_corridor(subject: &str) -> bool {
    subject == super::CORRIDOR
}

/// A kind of parameter: its name, words, unit and the values that can be meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParameterKind {
    /// Its name, with the unit.
    pub name: &'static str,
    /// The words that the report uses.
    pub label: &'static str,
    /// Its unit in words; empty for counts and texts.
    pub unit: &'static str,
    /// Least and greatest number that can be meant; `None` for words.
    pub range: Option<[f64; 2]>,
}

const fn number(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    range: [f64; 2],
) -> ParameterKind {
    ParameterKind { name, label, unit, range: Some(range) }
}

const fn words(name: &'static str, label: &'static str) -> ParameterKind {
    ParameterKind { name, label, unit: "", range: None }
}

/// All parameters, in the order in which a report lists them.
pub const PARAMETERS: &[ParameterKind] = &[
    number("gauge_mm", "gauge", "mm", [600.0, 1_676.0]),
    number("tracks_count", "tracks", "", [1.0, 8.0]),
    words("traction", "traction"),
    number("speed_passenger_kmh", "design speed, passenger trains", "km/h", [10.0, 600.0]),
    number("speed_freight_kmh", "design speed, freight trains", "km/h", [10.0, 300.0]),
    number("ruling_gradient_permille", "ruling gradient", "permille", [0.0, 60.0]),
    number("station_gradient_permille", "gradient in stations", "permille", [0.0, 20.0]),
    number("minimum_radius_m", "minimum radius", "m", [80.0, 20_000.0]),
    number("vertical_radius_m", "radius of vertical curves", "m", [200.0, 100_000.0]),
    number("cant_max_mm", "greatest cant", "mm", [0.0, 250.0]),
    number("axle_load_t", "axle load of the track", "t", [8.0, 40.0]),
    number("axle_load_subgrade_t", "axle load of the subgrade", "t", [8.0, 40.0]),
    number("train_mass_t", "mass of a freight train", "t", [100.0, 40_000.0]),
    number("train_length_m", "length of a freight train", "m", [50.0, 4_000.0]),
    number("loop_length_m", "useful length of loops", "m", [50.0, 5_000.0]),
    number("loop_spacing_km", "distance between loops", "km", [1.0, 200.0]),
    number("track_spacing_m", "distance between tracks", "m", [3.0, 10.0]),
    number("formation_width_m", "width of the formation", "m", [3.0, 30.0]),
    number("capacity_t_per_year", "capacity", "t/year", [0.0, 1e10]),
    words("structure_gauge", "structure gauge"),
    words("signalling", "signalling"),
    words("rail", "rail"),
    words("sleeper", "sleepers"),
];

/// The parameter of this name, if there is one.
#[must_use]
pub fn parameter_kind(name: &str) -> Option<&'static ParameterKind> {
    PARAMETERS.iter().find(|kind| kind.name == name)
}
