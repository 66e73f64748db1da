//! Typed reading that does not stop at the first problem.
//!
//! serde gives up at the first thing that it cannot read. So what it stumbled over is noted and
//! taken out of the table, and the table is read again, until the rest can be read.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::nearest;
use super::problem::{Problem, shown};
use super::read::Document;

/// Enough to mend a file by; each costs one reading.
const MOST_PROBLEMS: usize = 50;

/// What could be read, and what could not.
pub(super) struct Typed<'i, T> {
    /// The document without what could not be read; `None` if too much was wrong.
    pub document: Option<T>,
    /// The table that it was read from.
    pub table: Spanned<DeTable<'i>>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Ids of items that could not be read.
    pub lost_ids: BTreeSet<String>,
}

/// Reads the table as a document.
pub(super) fn typed<T: Document>(mut table: Spanned<DeTable<'_>>) -> Typed<'_, T> {
    let mut problems = Vec::new();
    let mut lost_ids = BTreeSet::new();
    // Items from which something was taken: that something is missing there is no new problem.
    let mut wounded: Vec<Range<usize>> = Vec::new();
    for _ in 0..MOST_PROBLEMS {
        let error = match T::deserialize(Deserializer::from(table.clone())) {
            Ok(document) => {
                return Typed { document: Some(document), table, problems, lost_ids };
            }
            Err(error) => error,
        };
        let message = error.message().trim().to_owned();
        let span = error.span().unwrap_or(0..0);
        let removed = remove(table.get_mut(), &span, "", &(0..0));
        if !(message.starts_with("missing field") && wounded.contains(&span)) {
            let item = removed.as_ref().map_or(T::WHAT, |removed| &removed.item);
            let problem = Problem::new("", item, shorten(&message), hint(&message));
            problems.push(Problem { span: Some(span), ..problem });
        }
        let Some(removed) = removed else { break };
        lost_ids.extend(removed.lost_id);
        wounded.push(removed.container);
    }
    Typed { document: None, table, problems, lost_ids }
}

struct Removed {
    /// Bytes that stand for the table or item it was in.
    container: Range<usize>,
    /// Words for that item: `station herat`.
    item: String,
    /// The id that is gone with it.
    lost_id: Option<String>,
}

/// Takes the key or value at `span` out of the table.
fn remove(
    table: &mut DeTable<'_>,
    span: &Range<usize>,
    item: &str,
    container: &Range<usize>,
) -> Option<Removed> {
    let own_id = id(table);
    let words = |kind: &str| match &own_id {
        Some(id) => format!("{kind} {}", shown(id)),
        None => kind.to_owned(),
    };
    let hit = table.iter().find(|(key, value)| key.span() == *span || value.span() == *span);
    if let Some((key, _)) = hit {
        let key = key.clone();
        let item = if item.is_empty() { key.get_ref().to_string() } else { words(item) };
        let lost_id = (key.get_ref() == "id").then_some(own_id).flatten();
        table.remove(&key);
        return Some(Removed { container: container.clone(), item, lost_id });
    }
    for (key, value) in table.iter_mut() {
        let item = if item.is_empty() { key.get_ref().to_string() } else { words(item) };
        if let Some(removed) = remove_inside(value, span, &item) {
            return Some(removed);
        }
    }
    None
}

fn remove_inside(
    value: &mut Spanned<DeValue<'_>>,
    span: &Range<usize>,
    item: &str,
) -> Option<Removed> {
    let container = value.span();
    match value.get_mut() {
        DeValue::Table(table) => remove(table, span, item, &container),
        DeValue::Array(values) => {
            if let Some(place) = values.iter().position(|value| value.span() == *span) {
                let lost_id =
                    values.get(place).and_then(|lost| lost.get_ref().as_table()).and_then(id);
                let all = std::mem::replace(values, std::iter::empty().collect());
                let kept = all.into_iter().enumerate();
                *values = kept.filter(|(at, _)| *at != place).map(|(_, value)| value).collect();
                let item =
                    lost_id.as_ref().map_or(item.to_owned(), |id| format!("{item} {}", shown(id)));
                return Some(Removed { container, item, lost_id });
            }
            values.iter_mut().find_map(|value| remove_inside(value, span, item))
        }
        _ => None,
    }
}

fn id(table: &DeTable<'_>) -> Option<String> {
    table.get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned)
}

/// The message without the list of all that would have been possible.
fn shorten(message: &str) -> String {
    let short = message.split(", expected one of").next().unwrap_or(message);
    shown_long(short)
}

fn shown_long(text: &str) -> String {
    text.chars().take(300).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// "did you mean" out of serde's list of what would have been possible.
fn hint(message: &str) -> String {
    let Some((wrong, possible)) = message.split_once(", expected ") else {
        return String::new();
    };
    let given = wrong.split('`').nth(1).unwrap_or_default();
    let names: Vec<&str> = possible.split('`').skip(1).step_by(2).collect();
    match nearest(given, names.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if names.is_empty() => String::new(),
        None => format!("known are {}", names.join(", ")),
    }
}
