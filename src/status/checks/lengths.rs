//! Lengths against the ellipsoid and against each other.

use std::collections::BTreeMap;

use super::context::{Context, by_value, list};
use crate::error::Result;
use crate::geodesy;
use crate::model::{Certainty, Claim, Grade};
use crate::status::lengths::places;
use crate::status::resolve::same_ends;

/// What a sinuous line reached in the region: Khaf-Herat's published lengths stay below.
const FAR_ABOVE_RATIO: f64 = 2.5;

/// A gazetteer gives the middle of a town; the end of the line may lie so far from it, kilometres.
const END_KM: f64 = 1.0;

pub(super) fn check(context: &mut Context<'_>) -> Result<()> {
    let lengths: Vec<&Claim> =
        [context.of_property("length_km"), context.of_property("road_distance_km")].concat();
    for claim in lengths {
        against_geodesic(context, claim)?;
        extent(context, claim);
    }
    agreement(context);
    roads(context);
    Ok(())
}

fn against_geodesic(context: &mut Context<'_>, claim: &Claim) -> Result<()> {
    let study = context.study;
    let (Some([from, to]), Some(km)) = (&claim.between, claim.value.number()) else {
        return Ok(());
    };
    let ends = places(study, [from.as_str(), to.as_str()].into_iter())?;
    let geodesic_km = geodesy::polyline_length_m(&ends) / 1e3;
    let within_m = |id: &String| study.station(id).and_then(|station| station.position_within_m);
    let assumed_km: f64 = [from, to].into_iter().filter_map(within_m).sum::<f64>() / 1e3;
    let slack_km = assumed_km + 2.0 * END_KM + half_of_last_digit_km(km);
    let words = format!("{km} km against a geodesic of {geodesic_km:.1} km");
    let ends = format!("{}-{}", study.subject_name(from), study.subject_name(to));
    if km < geodesic_km - assumed_km {
        let message =
            format!("{ends} is given as {km} km, but the geodesic is {geodesic_km:.1} km");
        let rule = if km < geodesic_km - slack_km {
            "length-below-geodesic"
        } else {
            "length-barely-geodesic"
        };
        context.find(rule, &claim.id, &claim.subject, words, message, &[claim]);
    } else if km > FAR_ABOVE_RATIO * (geodesic_km + assumed_km) {
        let message = if geodesic_km > 0.0 {
            format!("{ends} is given as {km} km, {:.1} times the geodesic", km / geodesic_km)
        } else {
            format!("{ends} is given as {km} km, but its ends are one place")
        };
        context.find(
            "length-far-above-geodesic",
            &claim.id,
            &claim.subject,
            words,
            message,
            &[claim],
        );
    }
    Ok(())
}

/// How far a figure may be rounded: half a unit of its last digit, kilometres.
fn half_of_last_digit_km(km: f64) -> f64 {
    let digits = format!("{km}").split_once('.').map_or(0, |(_, rest)| rest.len());
    0.5 * 0.1_f64.powi(i32::try_from(digits).unwrap_or(0))
}

/// Whether the length says what it is the length of; a stretch names its own ends.
fn extent(context: &mut Context<'_>, claim: &Claim) {
    let study = context.study;
    let on_the_line = study.segment(&claim.subject).is_some()
        || study.connections.iter().any(|connection| connection.id == claim.subject);
    if on_the_line && claim.between.is_none() && claim.of.is_none() {
        let message = format!("{} km is given without end points", claim.value);
        let value = format!("{} km", claim.value);
        context.find("length-without-ends", &claim.id, &claim.subject, value, message, &[claim]);
    }
    let assumed: Vec<&str> = claim
        .between
        .iter()
        .flatten()
        .filter_map(|id| study.station(id))
        .filter(|station| station.position == Certainty::Assumed)
        .map(|station| station.name.en.as_str())
        .collect();
    if !assumed.is_empty() && claim.property == "length_km" {
        let message = format!("the place of {} is our assumption", assumed.join(" and "));
        let value = assumed.join(", ");
        context.find(
            "length-from-assumed-place",
            &claim.id,
            &claim.subject,
            value,
            message,
            &[claim],
        );
    }
}

fn agreement(context: &mut Context<'_>) {
    for ((subject, property), claims) in context.groups() {
        if property != "length_km" {
            continue;
        }
        let (same, other): (Vec<&Claim>, Vec<&Claim>) =
            claims.iter().partition(|claim| same_ends(context.study, claim));
        if !same.is_empty() && !other.is_empty() {
            let words = list(&claims, "km");
            let message = format!("{words} are lengths between different end points");
            context.find("lengths-of-other-ends", subject, subject, words, message, &claims);
        }
        // Lengths of the same ends, or of the same described extent.
        let mut extents: BTreeMap<Vec<&str>, Vec<&Claim>> = BTreeMap::new();
        for claim in &claims {
            let mut ends: Vec<&str> = claim.between.iter().flatten().map(String::as_str).collect();
            ends.sort_unstable();
            extents.entry(ends).or_default().push(claim);
        }
        for (ends, claims) in extents {
            disagreement(context, subject, &ends, &claims);
        }
    }
}

fn disagreement(context: &mut Context<'_>, subject: &str, ends: &[&str], claims: &[&Claim]) {
    // Sections of one connection are told apart only by words.
    let values = by_value(claims);
    let (Some((low, _)), Some((high, _))) = (values.first(), values.last()) else { return };
    if high / low <= 1.02 {
        return;
    }
    let words = list(claims, "km");
    let newest_official = claims
        .iter()
        .filter(|claim| matches!(claim.grade, Grade::Official | Grade::Contract))
        .max_by_key(|claim| claim.dated);
    let used = newest_official
        .map_or(String::new(), |claim| format!("; the newest official one is {} km", claim.value));
    let message = format!("published lengths differ: {words}{used}");
    let item =
        if ends.is_empty() { subject.to_owned() } else { format!("{subject}:{}", ends.join("-")) };
    context.find("lengths-disagree", &item, subject, words, message, claims);
}

/// A road distance within 2 % of a length that is used for the railway.
fn roads(context: &mut Context<'_>) {
    let roads: Vec<&Claim> = context.of_property("road_distance_km");
    for road in roads {
        let same = |claim: &&Claim| {
            let ratio = claim.value.number().zip(road.value.number()).map(|(a, b)| a / b);
            claim.subject == road.subject
                && ratio.is_some_and(|ratio| (0.98..1.02).contains(&ratio))
        };
        if let Some(rail) = context.of_property("length_km").into_iter().find(same) {
            let message =
                format!("the railway's {} km may be the road's {} km", rail.value, road.value);
            let value = format!("{} km", rail.value);
            context.find(
                "road-is-no-railway",
                &rail.id,
                &rail.subject,
                value,
                message,
                &[rail, road],
            );
        }
    }
}
