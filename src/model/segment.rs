//! The pieces of the line, the lines that it meets, and the lines that it is compared with.

use serde::{Deserialize, Serialize};

use super::Name;

/// A piece of the line between two stations; segments follow one another in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// Its name; the stations' names if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Id of the station where it starts.
    pub from: String,
    /// Id of the station where it ends.
    pub to: String,
    /// Ids of the stations between, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<String>,
    /// The direction in which the line leaves the station where it starts, such as that of the end
    /// of an existing line: degrees clockwise from true north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_bearing_deg: Option<f64>,
    /// The direction in which it arrives at the station where it ends, on into the line behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_bearing_deg: Option<f64>,
    /// Why the way points were chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The exact line as designed: a file beside the study, as `corridor align` reads them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<String>,
}

impl Segment {
    /// Ids of its stations in order, ends included.
    pub fn station_ids(&self) -> impl DoubleEndedIterator<Item = &str> {
        std::iter::once(&self.from)
            .chain(&self.via)
            .chain(std::iter::once(&self.to))
            .map(String::as_str)
    }
}

/// Whether a line exists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineState {
    /// Trains run.
    Open,
    /// Being built.
    UnderConstruction,
    /// Intended.
    #[default]
    Planned,
}

impl LineState {
    /// In words: `open`, `under construction`, `planned`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::UnderConstruction => "under construction",
            Self::Planned => "planned",
        }
    }
}

/// Another line that the corridor meets at a station.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Id of the corridor's station where they meet.
    pub at: String,
    /// Id of the station that the other line comes from.
    pub to: String,
    /// Gauge of the other line, millimetres.
    pub gauge_mm: u32,
    /// Whether it exists.
    #[serde(default)]
    pub state: LineState,
    /// Id of the source.
    pub source: String,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A line elsewhere that claims speak of, to compare with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neighbour {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Whether it exists.
    #[serde(default)]
    pub state: LineState,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
