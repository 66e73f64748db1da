//! What may go wrong.

use serde::{Deserialize, Serialize};

use super::Name;

/// Low, medium or high.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Low.
    Low,
    /// Medium.
    #[default]
    Medium,
    /// High.
    High,
}

/// A risk to the corridor or a part of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// `corridor`, the id of a segment, station or connection, or a stretch `from..to`.
    pub subject: String,
    /// What may happen.
    pub name: Name,
    /// How likely it is.
    pub likelihood: Level,
    /// How much it would matter.
    pub impact: Level,
    /// What is or could be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<String>,
    /// Id of the source; absent if it is our judgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why we think so; needed without a source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it would delay, if it delays the works or what comes before them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<RiskDelay>,
}

/// By how much a risk delays a stage or a kind of work, if it happens.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskDelay {
    /// The stage or kind of work, as the rates of works name it: `financing`, `earthworks`.
    pub work: String,
    /// How likely it is to happen, 0 to 1.
    pub event_probability: f64,
    /// At least so many months.
    pub low_months: f64,
    /// Most likely so many months.
    pub likely_months: f64,
    /// At most so many months.
    pub high_months: f64,
}
