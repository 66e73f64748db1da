//! Numbers and dates in words, with the digits that they deserve.

use jiff::civil;

use crate::model::{Date, Level, Role};
pub(super) use crate::status::words::{claim_value, money_state, plain, property_words, with_unit};
pub(super) use crate::unit::grouped;

/// A date in words: `20 October 2025`, `October 2025`, `2025`.
#[must_use]
pub fn day_words(date: Date) -> String {
    date.words()
}

/// The month of a planned day: `October 2025`.
pub(super) fn month(day: civil::Date) -> String {
    day.strftime("%B %Y").to_string()
}

/// The same, short enough for a table of many: `Oct 2025`.
pub(super) fn short_month(day: civil::Date) -> String {
    day.strftime("%b %Y").to_string()
}

/// A planned day, short enough for a table of many: `20 Oct 2025`.
pub(super) fn short_day(day: civil::Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// A stage or kind of work by its id: `Trial running`.
pub(super) fn work_words(id: &str) -> String {
    sentence(&id.replace('-', " "))
}

/// What a station is for, in words.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Border => "border yard",
        Role::Junction => "junction",
        Role::Loop => "loop",
        Role::Terminal => "terminal",
        Role::DryPort => "dry port",
        Role::WayPoint => "way point",
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

/// The text with a capital first letter: `Whole corridor`.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
