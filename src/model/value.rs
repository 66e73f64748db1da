//! What a claim says: a number, a range, a date, a text, or several texts.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::Date;

/// The value of a claim, as published.
///
/// In TOML: `115`, `[300, 350]` (a range), `2025-10-20`, `"1520"`, `["a", "b"]`, `true`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Truth(bool),
    /// A number in the unit that the property's name carries.
    Number(f64),
    /// From, to.
    Range([f64; 2]),
    /// A date known to the day.
    Day(Date),
    /// Words.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

impl Default for Value {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Value {
    /// The number, or the middle of the range.
    ///
    /// The unit is the one in the property's name.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Range([low, high]) => Some(0.5 * (low + high)),
            _ => None,
        }
    }

    /// The date, also if it was written as a text or as a year.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(*date),
            Self::Text(text) => text.parse().ok(),
            Self::Number(year) if year.fract() == 0.0 && (1000.0..=9999.0).contains(year) => {
                format!("{year}").parse().ok()
            }
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truth(truth) => f.write_str(if *truth { "yes" } else { "no" }),
            Self::Number(number) => write!(f, "{number}"),
            Self::Range([low, high]) => write!(f, "{low}-{high}"),
            Self::Day(date) => write!(f, "{date}"),
            Self::Text(text) => f.write_str(text),
            Self::List(texts) => f.write_str(&texts.join("; ")),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> serde::de::Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a range [from, to], a date, a text or a list of texts")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Truth(truth))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "a published figure has fewer than 53 bits")]
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "a published figure has fewer than 53 bits")]
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        // A full date may also be written as a text, as JSON must.
        match text.parse::<Date>() {
            Ok(date) if date.is_day() => Ok(Value::Day(date)),
            _ => Ok(Value::Text(text.to_owned())),
        }
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<Value>()? {
            items.push(item);
        }
        if let [Value::Number(low), Value::Number(high)] = items[..] {
            return Ok(Value::Range([low, high]));
        }
        let text = |item| match item {
            Value::Text(text) => Ok(text),
            other => Err(serde::de::Error::custom(format!(
                "a list holds two numbers (a range) or texts, not {other}"
            ))),
        };
        items.into_iter().map(text).collect::<Result<_, _>>().map(Value::List)
    }

    // A bare TOML date arrives as a map with one private key.
    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        Date::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Value::Day)
    }
}
