//! Decisions of the study's keeper: which claim is used, which finding stands.

use serde::{Deserialize, Serialize};

use super::Date;

/// A claim chosen by hand, with the reason; overrides the resolver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Subject of the claims.
    pub subject: String,
    /// Property of the claims.
    pub property: String,
    /// Id of the claim to use.
    pub claim: String,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub dated: Date,
}

/// A finding that is let stand, with the reason; it stays in the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Id of the finding.
    pub finding: String,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub dated: Date,
}
