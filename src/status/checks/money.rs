//! Money: currencies, decimal points, likely costs, and how firm it is.

use super::context::Context;
use crate::model::{Claim, Financing, MoneyState, PropertyKind, Value, property};
use crate::status::money::amount_usd;
use crate::status::resolve::{Preference, resolve};
use crate::status::words::money_state;
use crate::unit::money_words;

/// Cheapest and dearest line of data/rates/cost_bands.toml, with a margin of one half, million
/// US dollars a kilometre.
const LIKELY_MUSD_PER_KM: [f64; 2] = [0.35, 15.0];

/// Nothing about a railway costs less.
const LEAST_AMOUNT: f64 = 10_000.0;

pub(super) fn check(context: &mut Context<'_>) {
    for ((subject, property_name), claims) in context.groups() {
        if property(property_name).is_some_and(|property| property.kind == PropertyKind::Money) {
            pairs(context, subject, &claims);
            claims.iter().for_each(|claim| single(context, claim));
        }
    }
    same_money(context);
    estimates(context);
    for financing in &context.study.financing {
        history(context, financing);
    }
}

fn shown(claim: &Claim) -> String {
    let amount = claim.value.number().unwrap_or_default();
    money_words(claim.currency.as_deref().unwrap_or("?"), amount)
}

fn pairs(context: &mut Context<'_>, subject: &str, claims: &[&Claim]) {
    for (place, a) in claims.iter().enumerate() {
        for b in claims.iter().skip(place + 1) {
            let (Some(x), Some(y)) = (a.value.number(), b.value.number()) else { continue };
            let item = format!("{}:{}", a.id, b.id);
            let value = format!("{} against {}", shown(a), shown(b));
            if a.currency != b.currency {
                if let Some(message) = confused(context, a, b) {
                    context.find("currency-confused", &item, subject, value, message, &[a, b]);
                }
            } else if x != y && digits(x) == digits(y) && (x / y).max(y / x) > 5.0 {
                let message = format!("{} and {} have the same digits", shown(a), shown(b));
                context.find("decimal-shifted", &item, subject, value, message, &[a, b]);
            } else if (x / y).max(y / x) > 1.25 {
                let message =
                    format!("the same thing is given as {} and as {}", shown(a), shown(b));
                context.find("costs-disagree", &item, subject, value, message, &[a, b]);
            }
        }
    }
}

/// Nearly the same figure in two currencies that are worth very different sums.
fn confused(context: &Context<'_>, a: &Claim, b: &Claim) -> Option<String> {
    let (x, y) = (a.value.number()?, b.value.number()?);
    let (dollars_a, dollars_b) = (
        amount_usd(context.study, x, a.currency.as_deref()?)?,
        amount_usd(context.study, y, b.currency.as_deref()?)?,
    );
    let factor = (dollars_a / dollars_b).max(dollars_b / dollars_a);
    let same_figure = (x / y).max(y / x) < 1.1;
    (same_figure && factor > 5.0).then(|| {
        format!(
            "{} and {} are the same figure, but differ by a factor of {factor:.0}",
            shown(a),
            shown(b)
        )
    })
}

/// The digits of a number, sorted, without zeros: 58.5 and 5.58 have the same.
fn digits(number: f64) -> Vec<u8> {
    let mut digits: Vec<u8> =
        format!("{number}").bytes().filter(|byte| (b'1'..=b'9').contains(byte)).collect();
    digits.sort_unstable();
    digits
}

fn single(context: &mut Context<'_>, claim: &Claim) {
    let study = context.study;
    let Some(amount) = claim.value.number() else { return };
    let currency = claim.currency.as_deref().unwrap_or_default();
    if amount < LEAST_AMOUNT && claim.property != "revenue_per_year" {
        let message = format!("{} is too little; is it in millions?", shown(claim));
        context.find(
            "amount-too-small",
            &claim.id,
            &claim.subject,
            shown(claim),
            message,
            &[claim],
        );
    }
    let Some(dollars) = amount_usd(study, amount, currency) else {
        let message =
            format!("no exchange rate for {currency}: {} cannot be compared", shown(claim));
        context.find(
            "currency-without-rate",
            &claim.id,
            &claim.subject,
            currency,
            message,
            &[claim],
        );
        return;
    };
    if claim.property == "investment" && claim.money_state.is_none() {
        let message = format!("{}: pledge, agreement or payment?", shown(claim));
        context.find(
            "money-without-state",
            &claim.id,
            &claim.subject,
            shown(claim),
            message,
            &[claim],
        );
    }
    if !matches!(claim.property.as_str(), "construction_cost" | "total_cost") {
        return;
    }
    let length = resolve(study, &claim.subject, "length_km", context.day, Preference::default());
    let Some(km) = length.and_then(|length| length.value.number()) else { return };
    let musd_per_km = dollars / 1e6 / km;
    let [low, high] = LIKELY_MUSD_PER_KM;
    if !(low..=high).contains(&musd_per_km) {
        let message = format!(
            "{} for {km} km are {musd_per_km:.2} million dollars a kilometre; lines of the region cost 0.7 to 10",
            shown(claim)
        );
        let value = format!("{musd_per_km:.2} million USD/km");
        context.find("cost-per-km-unlikely", &claim.id, &claim.subject, value, message, &[claim]);
    }
}

/// One sum named for several extents.
fn same_money(context: &mut Context<'_>) {
    let sums: Vec<&Claim> = context.of_property("investment");
    let same = |a: &Claim, b: &Claim| a.value == b.value && a.currency == b.currency;
    let extent = |claim: &Claim| (claim.subject.clone(), claim.of.clone());
    let mut done: Vec<(&Value, &Option<String>)> = Vec::new();
    for claim in &sums {
        let group: Vec<&Claim> = sums.iter().copied().filter(|other| same(claim, other)).collect();
        let several = group.iter().any(|other| extent(other) != extent(claim));
        if !several || done.contains(&(&claim.value, &claim.currency)) {
            continue;
        }
        done.push((&claim.value, &claim.currency));
        let extents: Vec<String> = group
            .iter()
            .map(|claim| {
                claim.of.clone().unwrap_or_else(|| context.study.subject_name(&claim.subject))
            })
            .collect();
        let mut extents: Vec<&str> = extents.iter().map(String::as_str).collect();
        extents.sort_unstable();
        extents.dedup();
        let message = format!("{} is said to be for {}", shown(claim), extents.join("; for "));
        context.find("same-money-twice", &claim.id, &claim.subject, shown(claim), message, &group);
    }
}

/// Segments with promised money and no estimate of their cost.
fn estimates(context: &mut Context<'_>) {
    for segment in &context.study.segments {
        let has = |property: &'static str| {
            context.of_property(property).into_iter().find(|claim| claim.subject == segment.id)
        };
        let (Some(pledge), None, None) =
            (has("investment"), has("construction_cost"), has("total_cost"))
        else {
            continue;
        };
        let message = format!(
            "{} is money that somebody spoke of, not an estimate of the cost",
            shown(pledge)
        );
        context.find(
            "pledge-is-no-estimate",
            &segment.id,
            &segment.id,
            shown(pledge),
            message,
            &[pledge],
        );
    }
}

fn history(context: &mut Context<'_>, financing: &Financing) {
    let party = context.study.subject_name(&financing.party);
    let mut firmest: Option<MoneyState> = None;
    let day = context.day;
    let mut known: Vec<_> =
        financing.history.iter().filter(|entry| entry.dated.is_by(day)).collect();
    known.sort_by_key(|entry| entry.dated);
    for entry in known {
        let item = format!("{}:{}", financing.id, entry.dated);
        let value = money_state(entry.state);
        if let Some(before) = firmest
            && entry.state < before
        {
            let message = format!(
                "{} from {party}: {} before, {value} since {}",
                money_words(&entry.currency, entry.amount),
                money_state(before),
                entry.dated.words()
            );
            context.find("money-went-back", &item, &financing.subject, value, message, &[]);
            context.rests_on([&entry.source]);
        }
        let firmer = firmest.is_none_or(|before| entry.state > before);
        if firmer && entry.state >= MoneyState::Memorandum && entry.evidence.is_none() {
            let message = format!(
                "{} from {party} counts as {value} since {} without a document",
                money_words(&entry.currency, entry.amount),
                entry.dated.words()
            );
            context.find("money-without-evidence", &item, &financing.subject, value, message, &[]);
            context.rests_on([&entry.source]);
        }
        firmest = firmest.max(Some(entry.state));
    }
}
