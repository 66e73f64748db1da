//! Parts against their whole.

use super::context::Context;
use crate::error::Result;
use crate::geodesy;
use crate::model::{Claim, Study};
use crate::status::lengths::places;
use crate::status::resolve::{Preference, resolve};

pub(super) fn check(context: &mut Context<'_>) -> Result<()> {
    chains(context)?;
    derived(context);
    lots(context);
    Ok(())
}

/// A published length, in one of its two directions.
#[derive(Clone, Copy)]
struct Length<'a> {
    from: &'a str,
    to: &'a str,
    km: f64,
    geodesic_km: f64,
    claim: &'a Claim,
}

fn lengths<'a>(context: &Context<'a>) -> Result<Vec<Length<'a>>> {
    let mut lengths = Vec::new();
    for claim in context.of_property("length_km") {
        let (Some([from, to]), Some(km)) = (&claim.between, claim.value.number()) else { continue };
        let ends = places(context.study, [from.as_str(), to.as_str()].into_iter())?;
        let geodesic_km = geodesy::polyline_length_m(&ends) / 1e3;
        lengths.push(Length { from, to, km, geodesic_km, claim });
    }
    Ok(lengths)
}

/// A length from a to c against lengths from a to b and b to c, given in either direction, where
/// b is nearer to a and to c than they are to one another.
fn chains(context: &mut Context<'_>) -> Result<()> {
    let wholes = lengths(context)?;
    let reversed =
        wholes.iter().map(|length| Length { from: length.to, to: length.from, ..*length });
    let parts: Vec<Length<'_>> = wholes.iter().copied().chain(reversed).collect();
    for whole in &wholes {
        let is_part = |part: &&Length<'_>| part.geodesic_km < whole.geodesic_km;
        for first in parts.iter().filter(is_part).filter(|part| part.from == whole.from) {
            let goes_on = |part: &&Length<'_>| part.from == first.to && part.to == whole.to;
            for second in parts.iter().filter(is_part).filter(goes_on) {
                sum(context, whole, first, second);
            }
        }
    }
    Ok(())
}

fn sum(context: &mut Context<'_>, whole: &Length<'_>, first: &Length<'_>, second: &Length<'_>) {
    let sum_km = first.km + second.km;
    if (sum_km / whole.km - 1.0).abs() <= 0.01 {
        return;
    }
    let name = |id: &str| context.study.subject_name(id);
    let message = format!(
        "{}-{} is given as {} km, but {} km to {} and {} km from there are {sum_km} km",
        name(whole.from),
        name(whole.to),
        whole.km,
        first.km,
        name(first.to),
        second.km
    );
    // Two documents with the same figure make one finding.
    if let Some(same) = context.findings.iter_mut().find(|found| found.message == message) {
        for claim in [whole.claim, first.claim, second.claim] {
            if !same.claims.contains(&claim.id) {
                same.claims.push(claim.id.clone());
            }
        }
        return;
    }
    let item = format!("{}:{}+{}", whole.claim.id, first.claim.id, second.claim.id);
    let value = format!("{} km against {sum_km} km", whole.km);
    let claims = [whole.claim, first.claim, second.claim];
    let subject = &whole.claim.subject;
    context.find("parts-do-not-add-up", &item, subject, value, message, &claims);
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
