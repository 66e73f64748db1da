//! Rules for every value, whatever it belongs to: finite numbers, texts of bounded length
//! without control characters.

use std::fmt;

use serde::Serialize;
use toml::Value;

use crate::model::problem::{Problem, shown};

const LONGEST_TEXT_CHARS: usize = 4_000;

const LONGEST_NAME_CHARS: usize = 200;

/// Looks at all values of a study, or of another document that is called so.
pub(in crate::model) fn check(
    problems: &mut Vec<Problem>,
    document: &impl Serialize,
    called: &str,
) {
    match Value::try_from(document) {
        Ok(value) => walk(problems, &Place::Document, None, &value),
        Err(error) => {
            let hint = "write only values TOML can hold";
            problems.push(Problem::new("", called, error.to_string(), hint));
        }
    }
}

/// Where a value stands; spelled out only if something is wrong with it.
enum Place<'a> {
    Document,
    Key(&'a Self, &'a str),
    Index(&'a Self, usize),
}

impl Place<'_> {
    fn is_of_a_name(&self) -> bool {
        match self {
            Self::Document => false,
            Self::Key(above, key) => key.contains("name") || above.is_of_a_name(),
            Self::Index(above, _) => above.is_of_a_name(),
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => Ok(()),
            Self::Key(Self::Document, key) => f.write_str(key),
            Self::Key(above, key) => write!(f, "{above}.{key}"),
            Self::Index(above, index) => write!(f, "{above}[{index}]"),
        }
    }
}

/// Looks at the value and all in it; `owner` is the id of the nearest item around it.
fn walk(problems: &mut Vec<Problem>, place: &Place<'_>, owner: Option<&str>, value: &Value) {
    match value {
        Value::Table(table) => {
            let owner = table.get("id").and_then(Value::as_str).or(owner);
            for (key, value) in table {
                walk(problems, &Place::Key(place, key), owner, value);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                walk(problems, &Place::Index(place, index), owner, value);
            }
        }
        Value::Float(number) if !number.is_finite() => {
            let path = place.to_string();
            problems.push(Problem::new(
                path.as_str(),
                item(&path, owner),
                format!("{} = {number} is not a number", key(&path)),
                "write a finite number, or leave the key out",
            ));
        }
        Value::String(text) => string(problems, place, owner, text),
        _ => {}
    }
}

fn string(problems: &mut Vec<Problem>, place: &Place<'_>, owner: Option<&str>, text: &str) {
    let most = if place.is_of_a_name() { LONGEST_NAME_CHARS } else { LONGEST_TEXT_CHARS };
    let length = text.chars().count();
    if length > most {
        let path = place.to_string();
        problems.push(Problem::new(
            path.as_str(),
            item(&path, owner),
            format!("{} has {length} characters", key(&path)),
            format!("at most {most} are allowed"),
        ));
    }
    // A line break is fine in a note, never in a name.
    let line_break_is_fine = most == LONGEST_TEXT_CHARS;
    let bad = |c: &char| {
        (c.is_control() && !(line_break_is_fine && matches!(c, '\n' | '\t' | '\r')))
            || is_direction_override(*c)
    };
    if let Some(c) = text.chars().find(bad) {
        let path = place.to_string();
        problems.push(Problem::new(
            path.as_str(),
            item(&path, owner),
            format!("{} holds the control character U+{:04X}", key(&path), u32::from(c)),
            "write printable text",
        ));
    }
}

/// Characters that make a text look other than it is (Unicode TR 36, 3.2).
fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Words for what a value belongs to: `station herat`, or `choice[2]` if that has no id.
fn item(path: &str, owner: Option<&str>) -> String {
    let outermost = path.split('.').next().unwrap_or(path);
    match owner {
        Some(id) => format!("{} {}", outermost.split('[').next().unwrap_or(outermost), shown(id)),
        None => outermost.to_owned(),
    }
}
