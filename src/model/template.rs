//! The stages that a railway passes from idea to traffic, with the gate at the end of each.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Certainty, Name};

/// A sequence of stages: CIS practice, GRIP, a bank's project cycle, or the study's own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Unique: `cis`, `grip`, `bank`, ...
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Where it comes from.
    pub source: String,
    /// Whether the names of the stages were read in the source, or are from memory.
    pub state: Certainty,
    /// The stages, in order.
    #[serde(rename = "stage")]
    pub stages: Vec<TemplateStage>,
}

/// A stage and the gate at its end.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateStage {
    /// Unique in the template.
    pub id: String,
    /// Its name, also in the language of its origin.
    pub name: Name,
    /// Which phase of a line's life it belongs to, for colours: `idea`, `study`, `design`,
    /// `works`, `service`.
    pub phase: String,
    /// What must be there for the gate to be passed.
    #[serde(rename = "criterion")]
    pub criteria: Vec<Criterion>,
    /// How long the stage usually takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_months: Option<Months>,
}

/// A criterion of a gate.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Unique in the stage.
    pub id: String,
    /// What must be there, in words.
    pub text: String,
}

/// A span of months with its origin.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Months {
    /// A quick case, months.
    pub low_months: f64,
    /// A slow case, months.
    pub high_months: f64,
    /// Where that comes from.
    pub source: String,
    /// Published, or our judgement.
    pub state: Certainty,
}

impl Template {
    /// The templates that come with the crate, from `data/stages`.
    pub fn builtin() -> &'static [Self] {
        static BUILTIN: LazyLock<Vec<Template>> = LazyLock::new(|| {
            let texts = [
                include_str!("../../data/stages/cis.toml"),
                include_str!("../../data/stages/grip.toml"),
                include_str!("../../data/stages/bank.toml"),
            ];
            // A test reads each file; one that cannot be read would be missing here.
            texts.iter().filter_map(|text| toml::from_str(text).ok()).collect()
        });
        &BUILTIN
    }

    /// The stage with this id and its place in the sequence.
    #[must_use]
    pub fn stage(&self, id: &str) -> Option<(usize, &TemplateStage)> {
        self.stages.iter().enumerate().find(|(_, stage)| stage.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_is_read() {
        let ids: Vec<&str> =
            Template::builtin().iter().map(|template| template.id.as_str()).collect();
        assert_eq!(ids, ["cis", "grip", "bank"]);
        for template in Template::builtin() {
            assert!(template.stages.iter().all(|stage| !stage.criteria.is_empty()));
        }
    }
}
