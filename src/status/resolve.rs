//! One value out of contradicting claims, with the losers and why they lost; nothing is deleted.

use std::cmp::{Ordering, Reverse};

use serde::Serialize;

use super::money::amount_usd;
use crate::model::{Claim, Date, Grade, PropertyKind, Study, Value, property};

/// Which claim is preferred, if the study does not choose one by hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preference {
    /// The newest of official statements and contracts; the newest of all if there is none.
    #[default]
    NewestOfficial,
    /// The best grade; the newest of those.
    HighestGrade,
}

/// A claim that was not used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Loser {
    /// Id of the claim.
    pub claim: String,
    /// Why it was not used.
    pub why: String,
}

/// Least and greatest of the claims that speak of the same, in the unit of the property; money in
/// US dollars.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

/// The value that is used for a property of a subject on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resolved {
    /// `corridor`, a segment, ...
    pub subject: String,
    /// Name of the property, with its unit.
    pub property: String,
    /// Id of the claim that is used.
    pub claim: String,
    /// Its value.
    pub value: Value,
    /// Its currency, if it is money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Why it is used.
    pub why: String,
    /// Over the claims that speak of the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
    /// The claims that are not used.
    pub losers: Vec<Loser>,
    /// How many documents speak of it.
    pub sources_count: usize,
}

/// The value of a property of a subject, out of all claims known by the day.
///
/// `None` if nobody claims anything. A length between other end points than the subject's is kept
/// among the losers, but does not widen the spread.
#[must_use]
pub fn resolve(
    study: &Study,
    subject: &str,
    property_name: &str,
    day: Date,
    preference: Preference,
) -> Option<Resolved> {
    let about = |claim: &&Claim| claim.subject == subject && claim.property == property_name;
    let mut claims: Vec<&Claim> = study.claims_known_by(day).filter(about).collect();
    // Newest first; the undated last; of one day the better grade, then the more exact date, then
    // the id, for one order.
    claims.sort_by_key(|claim| {
        let newest = Reverse(claim.dated.map(Date::last_day));
        (newest, claim.grade, claim.dated, claim.id.as_str())
    });
    let choices = study.choices.iter().filter(|choice| {
        choice.subject == subject && choice.property == property_name && choice.dated.is_by(day)
    });
    let choice = choices.max_by_key(|choice| choice.dated);
    let chosen = choice.and_then(|choice| claims.iter().find(|claim| claim.id == choice.claim));
    let comparable: Vec<&Claim> =
        claims.iter().copied().filter(|claim| same_ends(study, claim)).collect();
    let candidates = if comparable.is_empty() { &claims } else { &comparable };
    let used = chosen.copied().or_else(|| preferred(candidates, preference))?;
    let why = match (chosen, choice) {
        (Some(_), Some(choice)) => format!("chosen by hand: {}", choice.reason),
        _ => reason(used, preference),
    };
    let others = claims.iter().filter(|claim| claim.id != used.id);
    let by_hand = chosen.is_some();
    let losers = others
        .map(|claim| Loser { claim: claim.id.clone(), why: lost(study, claim, used, by_hand) })
        .collect();
    let mut sources: Vec<&str> = claims.iter().map(|claim| claim.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    Some(Resolved {
        subject: subject.to_owned(),
        property: property_name.to_owned(),
        claim: used.id.clone(),
        value: used.value.clone(),
        currency: used.currency.clone(),
        why,
        spread: spread(study, candidates),
        losers,
        sources_count: sources.len(),
    })
}

fn preferred<'a>(claims: &[&'a Claim], preference: Preference) -> Option<&'a Claim> {
    let firm = |claim: &&&Claim| is_firm(claim.grade);
    match preference {
        Preference::NewestOfficial => claims.iter().find(firm).or_else(|| claims.first()).copied(),
        Preference::HighestGrade => claims.iter().min_by_key(|claim| claim.grade).copied(),
    }
}

fn is_firm(grade: Grade) -> bool {
    matches!(grade, Grade::Contract | Grade::Official)
}

fn reason(used: &Claim, preference: Preference) -> String {
    match preference {
        Preference::NewestOfficial if is_firm(used.grade) => "newest official figure".to_owned(),
        Preference::NewestOfficial => "newest figure; none is official".to_owned(),
        Preference::HighestGrade => "figure of the best grade".to_owned(),
    }
}

fn lost(study: &Study, claim: &Claim, used: &Claim, by_hand: bool) -> String {
    if !same_ends(study, claim)
        && let Some([from, to]) = &claim.between
    {
        return format!(
            "other end points: {}-{}",
            study.subject_name(from),
            study.subject_name(to)
        );
    }
    if !is_firm(claim.grade) && is_firm(used.grade) {
        return format!("{}, not official", word(claim.grade));
    }
    let day = |claim: &Claim| claim.dated.map(Date::last_day);
    match (claim.dated, day(claim).cmp(&day(used))) {
        (None, Ordering::Less) => "undated".to_owned(),
        (Some(dated), Ordering::Less) => format!("older: {dated}"),
        _ if by_hand => "another was chosen by hand".to_owned(),
        (None, _) => format!("{}, undated as the other", word(claim.grade)),
        (Some(_), Ordering::Equal) => format!("{}, same date", word(claim.grade)),
        (Some(_), Ordering::Greater) => {
            format!("{}, not {}", word(claim.grade), word(used.grade))
        }
    }
}

fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::Contract => "contract",
        Grade::Official => "official",
        Grade::News => "news",
        Grade::Derived => "derived",
        Grade::Estimate => "estimate",
    }
}

/// Whether a length is between the ends of its subject, as far as both are known.
pub(super) fn same_ends(study: &Study, claim: &Claim) -> bool {
    let Some([from, to]) = &claim.between else { return true };
    let ends = match study.segment(&claim.subject) {
        Some(segment) => Some((segment.from.as_str(), segment.to.as_str())),
        None => Study::stretch(&claim.subject),
    };
    ends.is_none_or(|(a, b)| (from == a && to == b) || (from == b && to == a))
}

fn spread(study: &Study, claims: &[&Claim]) -> Option<Spread> {
    let is_money = claims
        .first()
        .and_then(|claim| property(&claim.property))
        .is_some_and(|property| property.kind == PropertyKind::Money);
    let ends = |claim: &&Claim| -> Option<[f64; 2]> {
        let [low, high] = match claim.value {
            Value::Number(number) => [number, number],
            Value::Range(range) => range,
            _ => return None,
        };
        if !is_money {
            return Some([low, high]);
        }
        let currency = claim.currency.as_deref()?;
        Some([amount_usd(study, low, currency)?, amount_usd(study, high, currency)?])
    };
    let all: Vec<[f64; 2]> = claims.iter().filter_map(ends).collect();
    let low = all.iter().map(|[low, _]| *low).min_by(f64::total_cmp)?;
    let high = all.iter().map(|[_, high]| *high).max_by(f64::total_cmp)?;
    Some(Spread { low, high })
}
