//! Speeds that places of a kind allow: stations through their yards, bridges, tunnels.

use serde::{Deserialize, Serialize};

use super::ValueState;

/// Kinds of places whose speed a file may limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeedPlace {
    /// Stations and crossing loops: their tracks and turnouts.
    #[default]
    Station,
    /// Bridges over valleys and over streams.
    Bridge,
    /// Tunnels.
    Tunnel,
}

impl SpeedPlace {
    /// Its name, as in files: `station`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Station => "station",
            Self::Bridge => "bridge",
            Self::Tunnel => "tunnel",
        }
    }
}

/// The speed that a kind of places allows, a `[[speed]]` of a study or a standard.
///
/// Of several that hold for a place the lowest counts.
///
/// ```
/// use railcorridor::model::{SpeedPlace, Standard};
///
/// let text = include_str!("../../data/standards/1435-ebo.toml");
/// let own = "[[speed]]\nplace = \"bridge\"\nspeed_kmh = 60\nleast_m = 100\nsource = \"bridges of class C\"\n";
/// let standard = Standard::from_toml_str(&format!("{text}\n{own}"))?;
/// let bridge = &standard.speeds[0];
/// assert_eq!((bridge.place, bridge.speed_kmh), (SpeedPlace::Bridge, 60.0));
/// assert!(bridge.holds_for(SpeedPlace::Bridge, 140.0) && !bridge.holds_for(SpeedPlace::Bridge, 40.0));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceSpeed {
    /// What kind of places.
    pub place: SpeedPlace,
    /// The speed at which trains run there.
    pub speed_kmh: f64,
    /// Of stations: how far along the line it holds, half of it to either side of the middle; the
    /// usable length of loops if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_m: Option<f64>,
    /// Of bridges and tunnels: only of those as long or longer; of all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_m: Option<f64>,
    /// Whether it was read in its source.
    #[serde(default)]
    pub state: ValueState,
    /// Where it stands, or why so much is assumed.
    pub source: String,
}

impl PlaceSpeed {
    /// Whether it holds for a place of a kind and length.
    #[must_use]
    pub fn holds_for(&self, place: SpeedPlace, length_m: f64) -> bool {
        self.place == place && self.least_m.is_none_or(|least_m| length_m >= least_m)
    }
}
