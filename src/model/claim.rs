//! A published statement; claims contradict one another, and all are kept.

use serde::{Deserialize, Serialize};

use super::{Date, MoneyState, Value};

/// How much a source is worth, the best first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// A signed contract or agreement, or measured works.
    Contract,
    /// A ministry, railway or other owner of the matter said so.
    Official,
    /// A newspaper or agency, without saying who said so.
    #[default]
    News,
    /// Computed from other claims.
    Derived,
    /// Somebody's estimate.
    Estimate,
}

/// What somebody published about a subject.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// `corridor`, the id of a segment, station, connection, neighbour or party, or a stretch
    /// `from..to` between two stations.
    pub subject: String,
    /// One of [`PROPERTIES`](super::PROPERTIES); its name carries the unit.
    pub property: String,
    /// What it says.
    pub value: Value,
    /// ISO 4217 code; needed if the property is money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Ids of the stations between which a length was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<[String; 2]>,
    /// What the value is a part of (the whole behind a percentage), or what exactly was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// How firm the money is; for money only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money_state: Option<MoneyState>,
    /// When it was published; absent if the document does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Date>,
    /// The day that it speaks of, if another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_on: Option<Date>,
    /// How much the source is worth.
    pub grade: Grade,
    /// Id of the source.
    pub source: String,
    /// Ids of the claims that it was computed from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derived_from: Vec<String>,
    /// The figure as it was printed, if that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
