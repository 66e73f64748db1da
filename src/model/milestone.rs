//! A date that matters: what was planned, what is forecast, what happened.

use serde::{Deserialize, Serialize};

use super::{Date, Name};

/// A milestone, with all that was ever said about its date.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// `corridor`, the id of a segment, station or connection, or a stretch `from..to`.
    pub subject: String,
    /// What happens.
    pub name: Name,
    /// What was said about its date, oldest first.
    pub entries: Vec<MilestoneEntry>,
}

/// Which of the three dates an entry gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// What a contract or plan first set.
    #[default]
    Planned,
    /// What was expected later.
    Forecast,
    /// What happened.
    Actual,
}

/// One statement about the date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MilestoneEntry {
    /// Planned, forecast or actual.
    pub kind: EntryKind,
    /// The date of the milestone.
    pub date: Date,
    /// When this was published.
    pub dated: Date,
    /// Id of the source.
    pub source: String,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
