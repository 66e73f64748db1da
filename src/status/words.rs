//! Values in words, with their units and the digits that they deserve.

use crate::model::{Claim, MoneyState, PropertyKind, Study, Value, property};
use crate::unit::{grouped, money_words};

/// The value of a claim in words, with its unit or currency.
pub(crate) fn claim_value(study: &Study, claim: &Claim) -> String {
    value_words(study, &claim.property, &claim.value, claim.currency.as_deref())
}

/// A value of a property in words.
pub(crate) fn value_words(
    study: &Study,
    property_name: &str,
    value: &Value,
    currency: Option<&str>,
) -> String {
    let property = property(property_name);
    let unit = property.map_or("", |property| property.unit);
    let is_date = property.is_some_and(|property| property.kind == PropertyKind::Date);
    match (value, currency) {
        (Value::Number(number), Some(currency)) => money_words(currency, *number),
        // A gauge is a name as much as a number: 1520, not 1,520; so is a year.
        (Value::Number(number), None) if unit == "mm" => format!("{number} mm"),
        (Value::Number(number), None) if is_date => format!("{number}"),
        (Value::Number(number), None) => with_unit(&plain(*number), unit),
        (Value::Day(date), _) => date.words(),
        (Value::Text(text), _) if is_date => {
            value.date().map_or_else(|| text.clone(), |date| date.words())
        }
        (Value::Text(text), _) if study.subject_name(text) != *text => study.subject_name(text),
        (other, Some(currency)) => format!("{currency} {other}"),
        (other, None) => with_unit(&other.to_string(), unit),
    }
}

/// The words for a property; a free name loses its `x_`.
pub(crate) fn property_words(name: &str) -> String {
    property(name).map_or_else(
        || name.strip_prefix("x_").unwrap_or(name).replace('_', " "),
        |property| property.label.to_owned(),
    )
}

/// A number as published: no more digits than it has.
pub(crate) fn plain(number: f64) -> String {
    let digits = format!("{number}").split_once('.').map_or(0, |(_, rest)| rest.len().min(3));
    grouped(number, digits)
}

/// A number with its unit behind it.
pub(crate) fn with_unit(number: &str, unit: &str) -> String {
    match unit {
        "" | "money" => number.to_owned(),
        "%" => format!("{number} %"),
        unit => format!("{number} {unit}"),
    }
}

/// How firm money is, in words.
pub(crate) fn money_state(state: MoneyState) -> &'static str {
    match state {
        MoneyState::Idea => "idea",
        MoneyState::Pledged => "pledged",
        MoneyState::Memorandum => "memorandum",
        MoneyState::Agreed => "agreed",
        MoneyState::Effective => "effective",
        MoneyState::Disbursed => "disbursed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_their_digits() {
        assert_eq!(plain(737.5), "737.5");
        assert_eq!(plain(1520.0), "1,520");
    }

    #[test]
    fn values_have_their_units() {
        let study = Study::default();
        let words =
            |name: &str, value: Value, currency| value_words(&study, name, &value, currency);
        assert_eq!(words("gauge_mm", Value::Number(1520.0), None), "1520 mm");
        assert_eq!(words("length_km", Value::Number(1468.0), None), "1,468 km");
        assert_eq!(words("opened", Value::Number(1982.0), None), "1982");
        assert_eq!(words("works_start", Value::Text("2024-09".to_owned()), None), "September 2024");
        assert_eq!(words("design_cost", Value::Number(264e6), Some("AFN")), "AFN 264 million");
        assert_eq!(property_words("x_trains_per_day"), "trains per day");
    }
}
