//! What every rule needs: the study, the day, the claims known by then.

use std::collections::BTreeMap;

use super::rules::rule;
use crate::finding::Finding;
use crate::model::{Claim, Date, Study, Value};

/// The claims of one subject and property.
pub(super) type Group<'a> = ((&'a str, &'a str), Vec<&'a Claim>);

pub(super) struct Context<'a> {
    pub study: &'a Study,
    pub day: Date,
    /// Claims known by the day, in the order of the study.
    pub claims: Vec<&'a Claim>,
    pub findings: Vec<Finding>,
}

impl<'a> Context<'a> {
    pub fn new(study: &'a Study, day: Date) -> Self {
        Self { study, day, claims: study.claims_known_by(day).collect(), findings: Vec::new() }
    }

    /// Claims by subject and property, in a fixed order.
    pub fn groups(&self) -> Vec<Group<'a>> {
        let mut groups: BTreeMap<(&str, &str), Vec<&Claim>> = BTreeMap::new();
        for claim in &self.claims {
            groups.entry((&claim.subject, &claim.property)).or_default().push(claim);
        }
        groups.into_iter().collect()
    }

    /// Claims of a property about any subject.
    pub fn of_property(&self, property: &str) -> Vec<&'a Claim> {
        self.claims.iter().copied().filter(|claim| claim.property == property).collect()
    }

    /// Notes a finding of a rule about an item; severity and limit come from the table of rules.
    pub fn find(
        &mut self,
        id: &'static str,
        item: &str,
        subject: &str,
        value: impl Into<String>,
        message: impl Into<String>,
        claims: &[&Claim],
    ) {
        let rule = rule(id);
        self.findings.push(Finding {
            rule: rule.id,
            id: format!("{}:{item}", rule.id),
            severity: rule.severity,
            subject: subject.to_owned(),
            chainage_m: None,
            value: value.into(),
            limit: rule.asks.to_owned(),
            message: message.into(),
            claims: claims.iter().map(|claim| claim.id.clone()).collect(),
            sources: Vec::new(),
            waiver: None,
        });
    }

    /// Documents behind the finding just noted, besides those of its claims.
    pub fn rests_on<'s>(&mut self, sources: impl IntoIterator<Item = &'s String>) {
        if let Some(finding) = self.findings.last_mut() {
            finding.sources.extend(sources.into_iter().cloned());
            finding.sources.sort_unstable();
            finding.sources.dedup();
        }
    }
}

/// The numbers of claims, least first, with their claims.
pub(super) fn by_value<'a>(claims: &[&'a Claim]) -> Vec<(f64, &'a Claim)> {
    let numbers = claims.iter().filter_map(|claim| Some((claim.value.number()?, *claim)));
    let mut numbers: Vec<(f64, &Claim)> = numbers.collect();
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    numbers
}

/// The values of claims in words: "113, 115 and 120 km".
pub(super) fn list(claims: &[&Claim], unit: &str) -> String {
    let mut values: Vec<String> = Vec::new();
    for (_, claim) in by_value(claims) {
        let words = match &claim.value {
            Value::Number(number) => format!("{number}"),
            other => other.to_string(),
        };
        if !values.contains(&words) {
            values.push(words);
        }
    }
    let last = values.pop().unwrap_or_default();
    let first = values.join(", ");
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    if first.is_empty() { format!("{last}{unit}") } else { format!("{first} and {last}{unit}") }
}
