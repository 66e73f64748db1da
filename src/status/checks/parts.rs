//! Parts against their whole.

use super::context::Context;
use crate::model::{Claim, Study};
use crate::status::resolve::{Preference, resolve};

pub(super) fn check(context: &mut Context<'_>) {
    chains(context);
    derived(context);
    lots(context);
}

/// A length from a to c against lengths from a to b and b to c.
fn chains(context: &mut Context<'_>) {
    let study = context.study;
    let lengths: Vec<(&str, &str, f64, &Claim)> = context
        .of_property("length_km")
        .into_iter()
        .filter_map(|claim| {
            let [from, to] = claim.between.as_ref()?;
            Some((from.as_str(), to.as_str(), claim.value.number()?, claim))
        })
        .collect();
    for &(from, to, whole_km, whole) in &lengths {
        for &(start, middle, first_km, first) in &lengths {
            if start != from || middle == to {
                continue;
            }
            for &(other, end, second_km, second) in &lengths {
                if other != middle || end != to {
                    continue;
                }
                let sum_km = first_km + second_km;
                if (sum_km / whole_km - 1.0).abs() <= 0.01 {
                    continue;
                }
                let name = |id: &str| study.subject_name(id);
                let message = format!(
                    "{}-{} is given as {whole_km} km, but {first_km} km to {} and {second_km} km from there are {sum_km} km",
                    name(from),
                    name(to),
                    name(middle)
                );
                let item = format!("{}:{}+{}", whole.id, first.id, second.id);
                let value = format!("{whole_km} km against {sum_km} km");
                context.find(
                    "parts-do-not-add-up",
                    &item,
                    &whole.subject,
                    value,
                    message,
                    &[whole, first, second],
                );
            }
        }
    }
}

fn derived(context: &mut Context<'_>) {
    let study = context.study;
    for claim in context.claims.clone() {
        if claim.derived_from.is_empty() {
            continue;
        }
        let inputs: Vec<&Claim> =
            claim.derived_from.iter().filter_map(|id| study.claim(id)).collect();
        let late: Vec<&Claim> =
            inputs.iter().copied().filter(|input| !context.claims.contains(input)).collect();
        for input in late {
            let message = format!("{} rests on {}, which was published later", claim.id, input.id);
            let item = format!("{}:{}", claim.id, input.id);
            context.find(
                "derived-from-unknown",
                &item,
                &claim.subject,
                input.id.clone(),
                message,
                &[claim, input],
            );
        }
        let sum = inputs.iter().map(|input| input.value.number()).sum::<Option<f64>>();
        let (Some(sum), Some(value)) = (sum, claim.value.number()) else { continue };
        if (sum / value - 1.0).abs() > 0.005 {
            let message = format!("{value} is given as the sum of its inputs, which is {sum}");
            let mut claims = vec![claim];
            claims.extend(inputs);
            let words = format!("{value} against {sum}");
            context.find("derived-differs", &claim.id, &claim.subject, words, message, &claims);
        }
    }
}

fn lots(context: &mut Context<'_>) {
    let study: &Study = context.study;
    for segment in &study.segments {
        let lots: Vec<&Claim> = context
            .of_property("lot_length_km")
            .into_iter()
            .filter(|claim| claim.subject == segment.id)
            .collect();
        let sum_km: f64 = lots.iter().filter_map(|claim| claim.value.number()).sum();
        let whole = resolve(study, &segment.id, "length_km", context.day, Preference::default());
        let Some(whole_km) = whole.and_then(|whole| whole.value.number()) else { continue };
        if !lots.is_empty() && (sum_km / whole_km - 1.0).abs() > 0.01 {
            let message = format!(
                "{} lots of {sum_km} km are published out of {whole_km} km; {:.1} km are not",
                lots.len(),
                whole_km - sum_km
            );
            let value = format!("{sum_km} km of {whole_km} km");
            context.find("lots-incomplete", &segment.id, &segment.id, value, message, &lots);
        }
    }
}
