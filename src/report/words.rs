//! Numbers and dates in words, with the digits that they deserve.

use crate::model::{Date, Level, LineState, Role};
pub(super) use crate::status::words::{claim_value, money_state, plain, property_words, with_unit};
pub(super) use crate::unit::grouped;

/// A date in words: `20 October 2025`, `October 2025`, `2025`.
#[must_use]
pub fn day_words(date: Date) -> String {
    date.words()
}

/// Whether a line exists, in words.
pub(super) fn line_state(state: LineState) -> &'static str {
    match state {
        LineState::Open => "open",
        LineState::UnderConstruction => "under construction",
        LineState::Planned => "planned",
    }
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

/// The text with a capital first letter.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
