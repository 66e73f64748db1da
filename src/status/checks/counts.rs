//! Counts, gradients, traffic and parameters.

use super::context::{Context, by_value, list};
use crate::model::{Certainty, Claim, Value, parameter_kind};
use crate::status::words::{plain, property_words, with_unit};

pub(super) fn check(context: &mut Context<'_>) {
    counts(context);
    contracts(context);
    gradients(context);
    traffic(context);
    parameters(context);
}

fn counts(context: &mut Context<'_>) {
    for ((subject, property), claims) in context.groups() {
        let values = by_value(&claims);
        let differ = values.first().map(|(low, _)| low) != values.last().map(|(high, _)| high);
        if property.ends_with("_count") && differ {
            let words = list(&claims, "");
            let message = format!("{}: {words}", property_words(property));
            let item = format!("{subject}:{property}");
            context.find("counts-disagree", &item, subject, words, message, &claims);
        }
    }
}

fn contracts(context: &mut Context<'_>) {
    let contracts: Vec<&Claim> = context.of_property("design_contracts_count");
    for contract in contracts {
        let other =
            |claim: &&Claim| claim.subject == contract.subject && claim.value != contract.value;
        if let Some(company) = context.of_property("design_companies_count").into_iter().find(other)
        {
            let message = format!("{} contracts, but {} companies", contract.value, company.value);
            let value = format!("{} and {}", contract.value, company.value);
            context.find(
                "contracts-and-companies",
                &contract.id,
                &contract.subject,
                value,
                message,
                &[contract, company],
            );
        }
    }
}

/// A gradient printed in per cent under a property in permille.
fn gradients(context: &mut Context<'_>) {
    let gradients: Vec<&Claim> = context.of_property("ruling_gradient_permille");
    for claim in gradients {
        let per_cent = claim.printed.as_ref().is_some_and(|printed| printed.contains('%'));
        if per_cent {
            let message = format!(
                "gradient printed in per cent; {} per cent would be {} permille, too steep for the line",
                claim.value,
                claim.value.number().unwrap_or_default() * 10.0
            );
            let value = claim.printed.clone().unwrap_or_default();
            context.find(
                "per-cent-for-permille",
                &claim.id,
                &claim.subject,
                value,
                message,
                &[claim],
            );
        }
    }
}

fn traffic(context: &mut Context<'_>) {
    let capacities: Vec<&Claim> = context.of_property("capacity_t_per_year");
    let traffic: Vec<&Claim> = context.of_property("traffic_t_per_year");
    for claim in traffic {
        let most =
            by_value(&capacities).into_iter().rfind(|(_, other)| other.subject == claim.subject);
        let (Some((capacity, other)), Some(tonnes)) = (most, claim.value.number()) else {
            continue;
        };
        if tonnes > capacity {
            let message = format!(
                "{} t a year run where {} t a year are the capacity",
                plain(tonnes),
                plain(capacity)
            );
            let value = format!("{tonnes} t/year");
            context.find(
                "traffic-above-capacity",
                &claim.id,
                &claim.subject,
                value,
                message,
                &[claim, other],
            );
        }
    }
}

fn parameters(context: &mut Context<'_>) {
    let study = context.study;
    for parameter in &study.parameters {
        let item = format!("{}:{}", parameter.subject, parameter.name);
        let claim = parameter.claim.as_ref().and_then(|id| study.claim(id));
        let shown = parameter.value.to_string();
        match (parameter.state, claim) {
            (Certainty::Published, Some(claim)) if claim.value != parameter.value => {
                let message =
                    format!("{shown} is used, but claim {} says {}", claim.id, claim.value);
                context.find(
                    "parameter-against-claim",
                    &item,
                    &parameter.subject,
                    shown,
                    message,
                    &[claim],
                );
            }
            (Certainty::Assumed, _) => {
                let same = |claim: &&&Claim| {
                    claim.subject == parameter.subject && claim.property == parameter.name
                };
                if let Some(claim) = context.claims.iter().find(same).copied() {
                    let message = format!(
                        "{shown} is assumed, but claim {} publishes {}",
                        claim.id, claim.value
                    );
                    context.find(
                        "parameter-assumed-though-published",
                        &item,
                        &parameter.subject,
                        shown,
                        message,
                        &[claim],
                    );
                } else if parameter.source.is_none() && matches!(parameter.value, Value::Number(_))
                {
                    let kind = parameter_kind(&parameter.name);
                    let (label, unit) = kind.map_or(("", ""), |kind| (kind.label, kind.unit));
                    let message = format!(
                        "{label}: {} is assumed without a standard that was read",
                        with_unit(&shown, unit)
                    );
                    context.find(
                        "parameter-without-source",
                        &item,
                        &parameter.subject,
                        shown,
                        message,
                        &[],
                    );
                }
            }
            _ => {}
        }
    }
}
