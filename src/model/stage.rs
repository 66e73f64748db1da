//! How far a segment's preparation and building have come, with the evidence.

use serde::{Deserialize, Serialize};

use super::Date;

/// What is known about one stage of one segment.
///
/// The stage is *reached* only if every criterion of its gate has evidence; else it is *claimed*,
/// if somebody says so, or *open*.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRecord {
    /// Id of the segment, or a stretch `from..to` of it.
    pub segment: String,
    /// Id of the stage template: `cis`, `grip`, `bank`, ...
    pub template: String,
    /// Id of the stage in the template.
    pub stage: String,
    /// Id of a claim that says the stage is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<String>,
    /// What shows that its criteria are met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// When it is expected to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Date>,
    /// Id of the source of the expected date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_source: Option<String>,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Something that shows that a criterion is met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Id of the criterion in the template's stage.
    pub criterion: String,
    /// Since when it is met.
    pub dated: Date,
    /// Id of the source.
    pub source: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether it covers only a part of the criterion: then the criterion stays open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}
