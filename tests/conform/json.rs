//! Numbers out of JSON cases, written as numbers or as text with more digits.

use serde_json::Value;

/// A number.
pub fn number(value: &Value) -> Result<f64, String> {
    let text = value.as_str().and_then(|text| text.parse().ok());
    value.as_f64().or(text).ok_or_else(|| format!("{value} is not a number"))
}

/// A list of numbers.
pub fn numbers(value: &Value) -> Result<Vec<f64>, String> {
    let list = value.as_array().ok_or_else(|| format!("{value} is not a list"))?;
    list.iter().map(number).collect()
}

/// A whole number, not negative.
pub fn count(value: &Value) -> Result<usize, String> {
    let count = value.as_u64().and_then(|count| usize::try_from(count).ok());
    count.ok_or_else(|| format!("{value} is not a count"))
}

/// A row and a column.
pub fn cell(value: &Value) -> Result<(usize, usize), String> {
    Ok((count(&value[0])?, count(&value[1])?))
}

/// The items of a list.
pub fn list(value: &Value) -> Result<&[Value], String> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| format!("{value} is not a list"))
}
