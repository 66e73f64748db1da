//! Claims, choices and parameters: known properties, values of the right kind and size.

use super::Check;
use crate::model::problem::shown;
use crate::model::{
    Certainty, Claim, PARAMETERS, PROPERTIES, Parameter, PropertyKind, Value, parameter_kind,
    property,
};

pub(super) fn check(check: &mut Check<'_>) {
    let study = check.study;
    for (index, claim) in study.claims.iter().enumerate() {
        references(check, index, claim);
        value(check, index, claim);
    }
    for (index, choice) in study.choices.iter().enumerate() {
        let path = format!("choice[{index}]");
        let item = format!("choice {} {}", choice.subject, choice.property);
        check.claim(format!("{path}.claim"), item.clone(), &choice.claim);
        check.text(format!("{path}.reason"), &item, "reason", &choice.reason);
        if let Some(claim) = study.claim(&choice.claim)
            && (claim.subject != choice.subject || claim.property != choice.property)
        {
            check.add(
                format!("{path}.claim"),
                item,
                format!("claim {} is about {} {}", claim.id, claim.subject, claim.property),
                "choose a claim of the same subject and property",
            );
        }
    }
    for (index, parameter) in study.parameters.iter().enumerate() {
        parameter_rules(check, index, parameter);
    }
}

fn references(check: &mut Check<'_>, index: usize, claim: &Claim) {
    let item = format!("claim {}", shown(&claim.id));
    let at = |key: &str| format!("claim[{index}].{key}");
    check.subject(at("subject"), item.clone(), &claim.subject);
    check.source(at("source"), item.clone(), &claim.source);
    for (place, station) in claim.between.iter().flatten().enumerate() {
        check.station(at(&format!("between[{place}]")), item.clone(), station);
    }
    for (place, other) in claim.derived_from.iter().enumerate() {
        let path = at(&format!("derived_from[{place}]"));
        check.claim(path.clone(), item.clone(), other);
        if *other == claim.id {
            check.add(path, item.clone(), "is derived from itself", "name the other claims");
        }
    }
}

fn value(check: &mut Check<'_>, index: usize, claim: &Claim) {
    let item = format!("claim {}", shown(&claim.id));
    let at = |key: &str| format!("claim[{index}].{key}");
    if claim.property.starts_with("x_") {
        return;
    }
    let Some(property) = property(&claim.property) else {
        let names = PROPERTIES.iter().map(|property| property.name);
        check.known(at("property"), item, "property", &claim.property, names);
        return;
    };
    let expected = match property.kind {
        PropertyKind::Number | PropertyKind::Money | PropertyKind::Percent => {
            claim.value.number().is_none().then_some("a number or a range [from, to]")
        }
        PropertyKind::Date => claim.value.date().is_none().then_some("a date"),
        PropertyKind::Text => match claim.value {
            Value::Text(_) | Value::List(_) => None,
            _ => Some("a text or a list of texts"),
        },
    };
    if let Some(expected) = expected {
        let message =
            format!("{} cannot be \"{}\"", property.name, shown(&claim.value.to_string()));
        check.add(at("value"), item, message, format!("write {expected}"));
        return;
    }
    let numbers: &[f64] = match &claim.value {
        _ if property.kind == PropertyKind::Date => &[],
        Value::Number(number) => std::slice::from_ref(number),
        Value::Range(range) => range,
        _ => &[],
    };
    for number in numbers {
        check.range(at("value"), &item, property.name, *number, property.range);
    }
    if let [low, high] = numbers
        && low > high
    {
        check.add(
            at("value"),
            item.clone(),
            format!("range {low} to {high} runs backwards"),
            "write [from, to]",
        );
    }
    currency(check, index, claim, property.kind == PropertyKind::Money);
}

fn currency(check: &mut Check<'_>, index: usize, claim: &Claim, is_money: bool) {
    let item = format!("claim {}", shown(&claim.id));
    let at = |key: &str| format!("claim[{index}].{key}");
    match &claim.currency {
        Some(code) if !is_code(code) => check.add(
            at("currency"),
            item.clone(),
            format!("currency \"{}\" is no code", shown(code)),
            "write three capital letters (ISO 4217): USD, AFN, EUR",
        ),
        Some(_) if !is_money => check.add(
            at("currency"),
            item.clone(),
            format!("{} is not money", claim.property),
            "remove the currency",
        ),
        None if is_money => check.add(
            at("value"),
            item.clone(),
            format!("{} has no currency", claim.property),
            "add currency = \"USD\"",
        ),
        _ => {}
    }
    if claim.money_state.is_some() && !is_money {
        check.add(
            at("money_state"),
            item,
            format!("{} is not money", claim.property),
            "remove money_state",
        );
    }
}

/// Whether the text is three capital letters, as ISO 4217 codes are.
pub(super) fn is_code(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|c| c.is_ascii_uppercase())
}

fn parameter_rules(check: &mut Check<'_>, index: usize, parameter: &Parameter) {
    let study = check.study;
    let item = format!("parameter {}", shown(&parameter.name));
    let at = |key: &str| format!("parameter[{index}].{key}");
    check.subject(at("subject"), item.clone(), &parameter.subject);
    if let Some(claim) = &parameter.claim {
        check.claim(at("claim"), item.clone(), claim);
    }
    if let Some(source) = &parameter.source {
        check.source(at("source"), item.clone(), source);
    }
    match (parameter_kind(&parameter.name), &parameter.value) {
        (None, _) => {
            let names = PARAMETERS.iter().map(|kind| kind.name);
            check.known(at("name"), item.clone(), "parameter", &parameter.name, names);
        }
        (Some(kind), Value::Number(number)) if kind.range.is_some() => {
            check.range(at("value"), &item, kind.name, *number, kind.range.unwrap_or_default());
        }
        (Some(kind), Value::Text(_)) if kind.range.is_none() => {}
        (Some(kind), value) => {
            let expected = if kind.range.is_some() { "a number" } else { "a text" };
            let message = format!("value cannot be \"{}\"", shown(&value.to_string()));
            check.add(at("value"), item.clone(), message, format!("write {expected}"));
        }
    }
    let reasoned = parameter.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
    match parameter.state {
        Certainty::Assumed if !reasoned => {
            check.add(at("state"), item.clone(), "is assumed, but not why", "add reason = \"...\"")
        }
        Certainty::Published if parameter.claim.is_none() && parameter.source.is_none() => check
            .add(
                at("state"),
                item.clone(),
                "is published, but not where",
                "add claim = \"...\" or source = \"...\", or state = \"assumed\" with a reason",
            ),
        _ => {}
    }
    let same =
        |other: &Parameter| other.name == parameter.name && other.subject == parameter.subject;
    if study.parameters.iter().take(index).any(same) {
        check.add(
            at("name"),
            item,
            "is given twice for the same subject",
            "keep one; the other may be a claim",
        );
    }
}
