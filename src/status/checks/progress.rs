//! Percentages, surveys and durations.

use super::context::{Context, list};
use crate::model::{Claim, Date, PropertyKind, property};
use crate::stages::reference_lines;
use crate::status::resolve::{Preference, resolve};
use crate::status::words::property_words;

pub(super) fn check(context: &mut Context<'_>) {
    for ((subject, name), claims) in context.groups() {
        if property(name).is_some_and(|property| property.kind == PropertyKind::Percent) {
            percentages(context, subject, name, &claims);
        }
    }
    surveys(context);
    durations(context);
}

fn percentages(context: &mut Context<'_>, subject: &str, name: &str, claims: &[&Claim]) {
    for claim in claims.iter().filter(|claim| claim.of.is_none()) {
        let message = format!("{}: {} % of what is not said", property_words(name), claim.value);
        let value = format!("{} %", claim.value);
        context.find("percentage-without-whole", &claim.id, subject, value, message, &[claim]);
    }
    // What has no date has no place in the order.
    let mut ordered: Vec<(Date, &Claim)> =
        claims.iter().filter_map(|claim| Some((claim.dated?, *claim))).collect();
    ordered.sort_by_key(|(dated, claim)| (*dated, claim.id.as_str()));
    for (place, (to, after)) in ordered.iter().enumerate() {
        let of_same = |(_, before): &&(Date, &Claim)| {
            before.of == after.of || before.of.is_none() || after.of.is_none()
        };
        let Some((from, before)) = ordered.iter().take(place).rfind(of_same) else { continue };
        let (Some(old), Some(new)) = (before.value.number(), after.value.number()) else {
            continue;
        };
        let item = format!("{}:{}", before.id, after.id);
        let value = format!("{old} % and {new} %");
        let days = from.days_until(*to);
        if days <= 31 && (old - new).abs() > 3.0 {
            let message =
                format!("{}: {old} % and {new} % are given within a month", property_words(name));
            context.find("progress-disagrees", &item, subject, value, message, &[before, after]);
        } else if days > 0 && new < old {
            let message = format!("{} fell from {old} to {new} %", property_words(name));
            context.find("progress-went-back", &item, subject, value, message, &[before, after]);
        }
    }
}

/// "Survey complete" and "survey commenced" of one subject within a year.
fn surveys(context: &mut Context<'_>) {
    let says = |claim: &Claim, starts: &[&str]| {
        let text = claim.value.to_string().to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphabetic());
        text.contains("survey")
            && words.any(|word| starts.iter().any(|start| word.starts_with(start)))
    };
    // What says both speaks of the survey's end and of what began after it.
    let (done, rest): (Vec<&Claim>, Vec<&Claim>) = context
        .of_property("status")
        .into_iter()
        .partition(|claim| says(claim, &["complete", "finished"]));
    for done in done {
        for begun in rest.iter().filter(|claim| says(claim, &["commence", "begun", "started"])) {
            let days = done.dated.zip(begun.dated).map(|(a, b)| a.days_until(b).abs());
            if done.subject == begun.subject && days.is_none_or(|days| days <= 365) {
                let item = format!("{}:{}", done.id, begun.id);
                let message =
                    format!("\"{}\" and \"{}\": which survey is meant?", done.value, begun.value);
                let value = format!("{} / {}", done.value, begun.value);
                context.find(
                    "survey-done-and-begun",
                    &item,
                    &done.subject,
                    value,
                    message,
                    &[done, begun],
                );
            }
        }
    }
}

fn durations(context: &mut Context<'_>) {
    let works: Vec<&Claim> = context.of_property("duration_construction_months");
    let design: Vec<&Claim> = context.of_property("duration_design_months");
    for work in works {
        let Some(months) = work.value.number() else { continue };
        let same = |other: &&&Claim| other.subject == work.subject && other.value == work.value;
        if let Some(other) = design.iter().find(same) {
            let message = format!("{months} months are given for the works and for the design");
            let value = list(&[work], "months");
            context.find(
                "duration-of-what",
                &work.id,
                &work.subject,
                value,
                message,
                &[work, other],
            );
        }
        let length =
            resolve(context.study, &work.subject, "length_km", context.day, Preference::default());
        let Some(km) = length.and_then(|length| length.value.number()) else { continue };
        let built = reference_lines().iter().filter(|line| line.built);
        let Some(fastest) =
            built.max_by(|a, b| a.pace_km_per_month().total_cmp(&b.pace_km_per_month()))
        else {
            continue;
        };
        let pace = km / months;
        if pace > fastest.pace_km_per_month() {
            let message = format!(
                "{km} km in {months} months are {pace:.0} km a month; the fastest of the region, {}, was built at {:.0}",
                fastest.name,
                fastest.pace_km_per_month()
            );
            let value = format!("{pace:.0} km/month");
            context.find("pace-unlikely", &work.id, &work.subject, value, message, &[work]);
        }
    }
}
