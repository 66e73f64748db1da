//! A rule that is not met: no error, but something that a reader of the study must know.

use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Note,
    /// Probably wrong, or not good enough for a decision.
    Warning,
    /// Wrong: it cannot stand beside the rest of the study.
    Error,
}

/// Why somebody lets a finding stand; it stays in the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaiverNote {
    /// The reason given.
    pub reason: String,
    /// When it was waived, as written in the study.
    pub dated: String,
}

/// A rule not met, with its place, value, limit and source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The rule, in kebab-case: `length-below-geodesic`.
    pub rule: &'static str,
    /// Rule and item: `length-below-geodesic:len-th-3`; stable, so that a waiver can name it.
    pub id: String,
    /// How much it matters.
    pub severity: Severity,
    /// Segment, station or `corridor`.
    pub subject: String,
    /// Where on the line, if the rule speaks of a place on it, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chainage_m: Option<f64>,
    /// What was found, with its unit.
    pub value: String,
    /// What the rule asks for, with its unit.
    pub limit: String,
    /// One sentence for a reader who does not know the rule.
    pub message: String,
    /// Claims that it rests on.
    pub claims: Vec<String>,
    /// Ids of documents that it rests on, besides those of its claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Set if the study waives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<WaiverNote>,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{severity}: {}: {} [{}]", self.subject, self.message, self.id)?;
        match &self.waiver {
            Some(waiver) => write!(f, " (waived: {})", waiver.reason),
            None => Ok(()),
        }
    }
}
