//! A place on the line.

use serde::{Deserialize, Serialize};

use super::Name;

/// Whether something was published or is our assumption.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// A source says so.
    #[default]
    Published,
    /// Nobody has published it; the reason for our value is given.
    Assumed,
}

/// What a station is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Border yard.
    Border,
    /// Where lines meet.
    Junction,
    /// Where trains pass each other.
    Loop,
    /// End of a line.
    Terminal,
    /// Inland port for containers.
    DryPort,
    /// A place that the line passes; no station need be there.
    #[default]
    WayPoint,
}

/// A place: border yard, junction, loop, terminal, dry port or way point.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// Its name, in several spellings.
    pub name: Name,
    /// Longitude, degrees east, WGS 84.
    pub lon_deg: f64,
    /// Latitude, degrees north, WGS 84.
    pub lat_deg: f64,
    /// Height above sea that a source gives, metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_m: Option<f64>,
    /// ISO 3166 code of the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub role: Role,
    /// Gauges that are there or are to be there, millimetres.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gauges_mm: Vec<u32>,
    /// Whether the position was published.
    #[serde(default)]
    pub position: Certainty,
    /// How far off the position may be, metres; needed if it is assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position_within_m: Option<f64>,
    /// Why the position is assumed as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Id of the source of the position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
