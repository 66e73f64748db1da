//! The words of the tables for kinds, units, calendars of lags and constraints.

use jiff::civil::Date;

use crate::schedule::{ActivityKind, Constraint, LagCalendar, LagUnit, LinkKind};

pub(super) const KINDS: [(&str, ActivityKind); 3] = [
    ("task", ActivityKind::Task),
    ("start-milestone", ActivityKind::StartMilestone),
    ("finish-milestone", ActivityKind::FinishMilestone),
];

pub(super) const LINK_KINDS: [(&str, LinkKind); 4] = [
    ("FS", LinkKind::FinishStart),
    ("SS", LinkKind::StartStart),
    ("FF", LinkKind::FinishFinish),
    ("SF", LinkKind::StartFinish),
];

pub(super) const LAG_UNITS: [(&str, LagUnit); 2] =
    [("working-days", LagUnit::Working), ("elapsed-days", LagUnit::Elapsed)];

pub(super) const LAG_CALENDARS: [(&str, LagCalendar); 4] = [
    ("predecessor", LagCalendar::Predecessor),
    ("successor", LagCalendar::Successor),
    ("project", LagCalendar::Project),
    ("every-day", LagCalendar::TwentyFourHours),
];

/// A word and the constraint that it makes of a day.
type ConstraintWord = (&'static str, fn(Date) -> Constraint);

const CONSTRAINTS: [ConstraintWord; 6] = [
    ("start-no-earlier", Constraint::StartNoEarlier),
    ("finish-no-earlier", Constraint::FinishNoEarlier),
    ("start-no-later", Constraint::StartNoLater),
    ("finish-no-later", Constraint::FinishNoLater),
    ("must-start", Constraint::MustStart),
    ("must-finish", Constraint::MustFinish),
];

/// The word for a thing.
pub(super) fn word<T: PartialEq>(words: &'static [(&'static str, T)], thing: &T) -> &'static str {
    words.iter().find(|(_, other)| other == thing).map_or("", |(word, _)| *word)
}

/// The thing of a word, in letters of any case.
pub(super) fn thing<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, thing)| *thing)
}

/// Constraints as `start-no-earlier 2026-03-01; finish-no-later 2026-06-30`.
pub(super) fn constraints_text(constraints: &[Constraint]) -> String {
    let one = |constraint: &Constraint| {
        let made = |word: &&ConstraintWord| word.1(constraint.day()) == *constraint;
        let word = CONSTRAINTS.iter().find(made).map_or("", |word| word.0);
        format!("{word} {}", constraint.day())
    };
    constraints.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The constraints of such a text; none if a part of it is none.
pub(super) fn constraints(text: &str) -> Option<Vec<Constraint>> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    let one = |part: &str| {
        let (word, day) = part.split_once(' ')?;
        let found = CONSTRAINTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word))?;
        Some(found.1(day.trim().parse().ok()?))
    };
    parts.map(one).collect()
}

/// All words of a list, for those who wrote another.
pub(super) fn known<T>(words: &[(&str, T)]) -> String {
    words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}
