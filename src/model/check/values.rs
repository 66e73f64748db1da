//! Rules for every value, whatever it belongs to: finite numbers, texts of bounded length
//! without control characters.

use toml::Value;

use super::Check;
use crate::model::problem::shown;

const LONGEST_TEXT_CHARS: usize = 4_000;

const LONGEST_NAME_CHARS: usize = 200;

pub(super) fn check(check: &mut Check<'_>) {
    match Value::try_from(check.study) {
        Ok(value) => walk(check, "", "", &value),
        Err(error) => check.add("", "study", error.to_string(), "write only values TOML can hold"),
    }
}

fn walk(check: &mut Check<'_>, path: &str, item: &str, value: &Value) {
    match value {
        Value::Table(table) => {
            let id = table.get("id").and_then(Value::as_str).map(shown);
            for (key, value) in table {
                let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let item = match (&id, item) {
                    (Some(id), _) => format!("{} {id}", kind(path)),
                    (None, "") => inner.clone(),
                    (None, item) => item.to_owned(),
                };
                walk(check, &inner, &item, value);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                let inner = format!("{path}[{index}]");
                let item =
                    if item.is_empty() || item == path { inner.clone() } else { item.to_owned() };
                walk(check, &inner, &item, value);
            }
        }
        Value::Float(number) if !number.is_finite() => {
            check.add(
                path,
                item,
                format!("{} = {number} is not a number", key(path)),
                "write a finite number, or leave the key out",
            );
        }
        Value::String(text) => string(check, path, item, text),
        _ => {}
    }
}

fn string(check: &mut Check<'_>, path: &str, item: &str, text: &str) {
    let most = if path.contains("name") { LONGEST_NAME_CHARS } else { LONGEST_TEXT_CHARS };
    let length = text.chars().count();
    if length > most {
        check.add(
            path,
            item,
            format!("{} has {length} characters", key(path)),
            format!("at most {most} are allowed"),
        );
    }
    // A line break is fine in a note, never in a name.
    let line_break_is_fine = most == LONGEST_TEXT_CHARS;
    let bad = |c: &char| {
        (c.is_control() && !(line_break_is_fine && matches!(c, '\n' | '\t' | '\r')))
            || is_direction_override(*c)
    };
    if let Some(c) = text.chars().find(bad) {
        check.add(
            path,
            item,
            format!("{} holds the control character U+{:04X}", key(path), u32::from(c)),
            "write printable text",
        );
    }
}

/// Characters that make a text look other than it is (Unicode TR 36, 3.2).
fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn kind(path: &str) -> &str {
    path.split(['[', '.']).next().unwrap_or(path)
}
