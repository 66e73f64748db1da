//! Numbers and dates in words, with the digits that they deserve.

use crate::model::{Date, Level, LineState, MoneyState, Study};
pub(super) use crate::unit::grouped;
use crate::unit::money_words;

/// A date in words: `20 October 2025`, `October 2025`, `2025`.
#[must_use]
pub fn day_words(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let written = date.to_string();
    let first = date.first_day();
    let month = usize::try_from(first.month()).ok().and_then(|month| MONTHS.get(month - 1));
    match (written.len(), month) {
        (10, Some(month)) => format!("{} {month} {}", first.day(), first.year()),
        (7, Some(month)) => format!("{month} {}", first.year()),
        _ => written,
    }
}

/// A number as published: no more digits than it has.
pub(super) fn plain(number: f64) -> String {
    let digits = format!("{number}").split_once('.').map_or(0, |(_, rest)| rest.len().min(3));
    grouped(number, digits)
}

/// How firm money is, in words.
pub(super) fn money_state(state: MoneyState) -> &'static str {
    match state {
        MoneyState::Idea => "idea",
        MoneyState::Pledged => "pledged",
        MoneyState::Memorandum => "memorandum",
        MoneyState::Agreed => "agreed",
        MoneyState::Effective => "effective",
        MoneyState::Disbursed => "disbursed",
    }
}

/// Whether a line exists, in words.
pub(super) fn line_state(state: LineState) -> &'static str {
    match state {
        LineState::Open => "open",
        LineState::UnderConstruction => "under construction",
        LineState::Planned => "planned",
    }
}

/// A level, in words.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Low => "low",
        Level::Medium => "medium",
        Level::High => "high",
    }
}

/// The text with a capital first letter.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A value with its unit or currency.
pub(super) fn value(study: &Study, claim: &crate::model::Claim) -> String {
    let property = crate::model::property(&claim.property);
    let unit = property.map_or("", |property| property.unit);
    match (&claim.value, &claim.currency) {
        (crate::model::Value::Number(number), Some(currency)) => money_words(currency, *number),
        (crate::model::Value::Number(number), None)
            if claim.value.date().is_some() && unit.is_empty() =>
        {
            format!("{number}")
        }
        (crate::model::Value::Number(number), None) if unit == "mm" => format!("{number} mm"),
        (crate::model::Value::Number(number), None) => with_unit(&plain(*number), unit),
        (crate::model::Value::Day(date), _) => day_words(*date),
        (crate::model::Value::Text(text), _) if study.subject_name(text) != *text => {
            study.subject_name(text)
        }
        (other, Some(currency)) => format!("{currency} {other}"),
        (other, None) => with_unit(&other.to_string(), unit),
    }
}

/// A number with its unit behind it.
pub(super) fn with_unit(number: &str, unit: &str) -> String {
    match unit {
        "" | "money" => number.to_owned(),
        "%" => format!("{number} %"),
        unit => format!("{number} {unit}"),
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
    fn dates_are_as_exact_as_known() {
        let words = |text: &str| day_words(text.parse().unwrap());
        assert_eq!(words("2025-10-20"), "20 October 2025");
        assert_eq!(words("2025-02"), "February 2025");
        assert_eq!(words("2025"), "2025");
    }
}
