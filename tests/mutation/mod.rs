//! One random change of a study that mostly leaves it valid.

use chance::arbitrary::{Result, Unstructured};
use railcorridor::model::{
    CORRIDOR, Choice, Claim, Date, EntryKind, Evidence, Grade, Level, MoneyState, PARAMETERS,
    PROPERTIES, PropertyKind, Study, Value, Waiver, property,
};
use railcorridor::status::check;

/// A date of any precision: mostly in the years that the study speaks of.
pub fn any_date(u: &mut Unstructured<'_>) -> Result<Date> {
    let year = match u.int_in_range(0..=9)? {
        0 => u.int_in_range(0..=9999)?,
        _ => u.int_in_range(2015..=2027)?,
    };
    let (month, day) = (u.int_in_range(1..=12)?, u.int_in_range(1..=28)?);
    let text = match u.int_in_range(0..=4)? {
        0 => format!("{year:04}"),
        1 => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    };
    Ok(text.parse().unwrap())
}

/// Changes one thing.
pub fn mutate(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    match u.int_in_range(0..=11)? {
        0..=4 => claim(u, study),
        5 => stage(u, study),
        6 => milestone(u, study),
        7 => money(u, study),
        8 => place(u, study),
        9 => decision(u, study),
        10 => parameter(u, study),
        _ => whole(u, study),
    }
}

/// A number between two; often one of them.
fn number(u: &mut Unstructured<'_>, [low, high]: [f64; 2]) -> Result<f64> {
    let share = f64::from(u.arbitrary::<u32>()?) / f64::from(u32::MAX);
    Ok(match u.int_in_range(0..=4)? {
        0 => low,
        1 => high,
        // Round figures meet each other.
        2 => (low + (high - low) * share).round().clamp(low, high),
        _ => (low + (high - low) * share).clamp(low, high),
    })
}

fn maybe<T>(u: &mut Unstructured<'_>, value: T) -> Result<Option<T>> {
    Ok(u.arbitrary::<bool>()?.then_some(value))
}

/// One of the ids.
fn one<'a>(u: &mut Unstructured<'_>, ids: impl Iterator<Item = &'a String>) -> Result<String> {
    let ids: Vec<&String> = ids.collect();
    Ok((*u.choose(&ids)?).clone())
}

fn station(u: &mut Unstructured<'_>, study: &Study) -> Result<String> {
    one(u, study.stations.iter().map(|item| &item.id))
}

fn claim_id(u: &mut Unstructured<'_>, study: &Study) -> Result<String> {
    one(u, study.claims.iter().map(|item| &item.id))
}

fn subject(u: &mut Unstructured<'_>, study: &Study) -> Result<String> {
    match u.int_in_range(0..=4)? {
        0 => Ok(CORRIDOR.to_owned()),
        1 => Ok(format!("{}..{}", station(u, study)?, station(u, study)?)),
        2 => one(u, study.connections.iter().map(|item| &item.id)),
        _ => one(u, study.segments.iter().map(|item| &item.id)),
    }
}

fn claim(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    let at = u.choose_index(study.claims.len())?;
    let other = claim_id(u, study)?;
    let ends = [station(u, study)?, station(u, study)?];
    let about = subject(u, study)?;
    let dated = any_date(u)?;
    let currency = *u.choose(&["USD", "AFN", "XXX"])?;
    let copy = study.claims[at].clone();
    let claim = &mut study.claims[at];
    match u.int_in_range(0..=10)? {
        0 => claim.dated = maybe(u, dated)?,
        1 => claim.valid_on = maybe(u, dated)?,
        2 => value(u, claim, &copy.property)?,
        3 => claim.between = maybe(u, ends)?,
        4 => claim.subject = about,
        5 if claim.currency.is_some() => claim.currency = Some(currency.to_owned()),
        5 => claim.of = maybe(u, "works".to_owned())?,
        6 => claim.grade = *u.choose(&[Grade::Contract, Grade::Official, Grade::Estimate])?,
        7 if other != claim.id => claim.derived_from.push(other),
        7 => claim.printed = Some("18 %".to_owned()),
        8 if claim.currency.is_some() => claim.money_state = maybe(u, MoneyState::Agreed)?,
        8 | 9 => {
            let kind = u.choose(PROPERTIES)?;
            value(u, claim, kind.name)?;
        }
        _ => study.claims.push(Claim { id: format!("copy-{}", study.claims.len()), ..copy }),
    }
    Ok(())
}

/// A value that the property may have.
fn value(u: &mut Unstructured<'_>, claim: &mut Claim, name: &str) -> Result<()> {
    let Some(property) = property(name) else { return Ok(()) };
    claim.property = name.to_owned();
    claim.value = match property.kind {
        PropertyKind::Date => match any_date(u)? {
            date if date.is_day() => Value::Day(date),
            date => Value::Text(date.to_string()),
        },
        PropertyKind::Text => {
            let words = ["survey complete", "Survey commenced", "", "inflation; <b>"];
            Value::Text((*u.choose(&words)?).to_owned())
        }
        _ if u.ratio(1, 4)? => {
            let mut range = [number(u, property.range)?, number(u, property.range)?];
            range.sort_by(f64::total_cmp);
            Value::Range(range)
        }
        _ => Value::Number(number(u, property.range)?),
    };
    let is_money = property.kind == PropertyKind::Money;
    claim.currency = is_money.then(|| claim.currency.take().unwrap_or("USD".to_owned()));
    claim.money_state = claim.money_state.filter(|_| is_money);
    Ok(())
}

/// Evidence, claims and expectations; also a gate of another template.
fn stage(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    let at = u.choose_index(study.stages.len())?;
    let claim = claim_id(u, study)?;
    let source = one(u, study.sources.iter().map(|item| &item.id))?;
    let (dated, partial) = (any_date(u)?, u.arbitrary()?);
    let templates: Vec<_> = study.templates().cloned().collect();
    let template = u.choose(&templates)?;
    let next = u.choose(&template.stages)?;
    let record = &mut study.stages[at];
    match u.int_in_range(0..=4)? {
        0 => record.claimed_by = maybe(u, claim)?,
        1 => record.expected = maybe(u, dated)?,
        2 => {
            if let Some(evidence) = record.evidence.first_mut() {
                (evidence.dated, evidence.partial) = (dated, partial);
            }
        }
        3 => drop(record.evidence.pop()),
        _ => {
            record.template = template.id.clone();
            record.stage = next.id.clone();
            let evidence = next.criteria.iter().map(|criterion| Evidence {
                criterion: criterion.id.clone(),
                dated,
                source: source.clone(),
                note: None,
                partial,
            });
            record.evidence = evidence.collect();
        }
    }
    Ok(())
}

fn milestone(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    let at = u.choose_index(study.milestones.len())?;
    let entries = &mut study.milestones[at].entries;
    let at = u.choose_index(entries.len())?;
    let entry = &mut entries[at];
    entry.kind = *u.choose(&[EntryKind::Planned, EntryKind::Forecast, EntryKind::Actual])?;
    (entry.date, entry.dated) = (any_date(u)?, any_date(u)?);
    Ok(())
}

fn money(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    if u.ratio(1, 3)? && !study.exchange_rates.is_empty() {
        let at = u.choose_index(study.exchange_rates.len())?;
        let rate = &mut study.exchange_rates[at];
        (rate.per_usd, rate.dated) = (number(u, [1e-3, 1e9])?, any_date(u)?);
        return Ok(());
    }
    let at = u.choose_index(study.financing.len())?;
    let history = &mut study.financing[at].history;
    let at = u.choose_index(history.len())?;
    let mut entry = history[at].clone();
    let states = [MoneyState::Idea, MoneyState::Memorandum, MoneyState::Disbursed];
    entry.state = *u.choose(&states)?;
    entry.amount = number(u, [0.0, 1e15])?;
    entry.dated = any_date(u)?;
    entry.currency = (*u.choose(&["USD", "AFN", "XXX"])?).to_owned();
    entry.evidence = maybe(u, "document".to_owned())?;
    history.push(entry);
    Ok(())
}

/// A station elsewhere, often on top of another; gauges.
fn place(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    let (at, other) =
        (u.choose_index(study.stations.len())?, u.choose_index(study.stations.len())?);
    let (lon_deg, lat_deg) = (study.stations[other].lon_deg, study.stations[other].lat_deg);
    match u.int_in_range(0..=3)? {
        0 => {
            let connection = u.choose_index(study.connections.len())?;
            study.connections[connection].gauge_mm = u.int_in_range(600..=1676)?;
        }
        1 => {
            study.stations[at].lon_deg = number(u, [-180.0, 180.0])?;
            study.stations[at].lat_deg = number(u, [-90.0, 90.0])?;
        }
        _ => {
            study.stations[at].lon_deg = lon_deg;
            study.stations[at].lat_deg = lat_deg;
        }
    }
    Ok(())
}

fn decision(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    let dated = any_date(u)?;
    if u.arbitrary()? {
        let at = u.choose_index(study.claims.len())?;
        let Claim { id: claim, subject, property, .. } = study.claims[at].clone();
        study.choices.push(Choice { subject, property, claim, reason: "tried".to_owned(), dated });
    } else {
        // Of what is there on a day; on another it may be needless.
        let found = check(study, any_date(u)?).unwrap();
        let finding = u.choose(&found)?.id.clone();
        study.waivers.push(Waiver { finding, reason: "tried".to_owned(), dated });
    }
    Ok(())
}

fn parameter(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    let claim = claim_id(u, study)?;
    let at = u.choose_index(study.parameters.len())?;
    let parameter = &mut study.parameters[at];
    let kind = PARAMETERS.iter().find(|kind| kind.name == parameter.name);
    if let Some(range) = kind.and_then(|kind| kind.range) {
        parameter.value = Value::Number(number(u, range)?);
    }
    parameter.claim = maybe(u, claim)?;
    Ok(())
}

/// The day it is kept to, its risks, its last segment, the places on the way.
fn whole(u: &mut Unstructured<'_>, study: &mut Study) -> Result<()> {
    match u.int_in_range(0..=3)? {
        0 => {
            let day = any_date(u)?;
            study.kept_to = maybe(u, day)?;
        }
        1 => study.risks.iter_mut().for_each(|risk| risk.impact = Level::High),
        2 => study.exchange_rates.clear(),
        _ => study.segments.iter_mut().for_each(|segment| segment.via.clear()),
    }
    Ok(())
}
