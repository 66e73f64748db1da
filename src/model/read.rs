//! From the text of a TOML file to a study, or to all its problems with their places.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error as TomlError};

use super::problem::{Problem, Problems};
use super::{Study, check, repair};
use crate::error::{Error, Result};

const LARGEST_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Reads the file at `path`.
pub(super) fn file(path: &Path) -> Result<Study> {
    let file = std::fs::File::open(path).map_err(|error| Error::read(path, error))?;
    let mut bytes = Vec::new();
    let mut bounded = file.take(LARGEST_FILE_BYTES + 1);
    bounded.read_to_end(&mut bytes).map_err(|error| Error::read(path, error))?;
    let name = path.display().to_string();
    if bytes.len() as u64 > LARGEST_FILE_BYTES {
        return Err(Error::Limit {
            item: format!("study file {name}"),
            needed: "more".to_owned(),
            limit: format!("{LARGEST_FILE_BYTES} bytes"),
            hint: "a study is text of some hundred kilobytes; is this the right file?".to_owned(),
        });
    }
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let line =
            bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
        let message = format!("line {line}: byte {} is not UTF-8", error.valid_up_to());
        let problem = Problem::new("", name.as_str(), message, "save the file as UTF-8");
        Error::Study(Box::new(Problems::without_text(vec![problem])))
    })?;
    study(text, Some(&name))
}

/// Reads the text; `name` stands for the file in messages.
pub(super) fn study(text: &str, name: Option<&str>) -> Result<Study> {
    let name = name.unwrap_or("study.toml");
    // A byte order mark is no part of the text; without it all places shift alike.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fail = |problems| Err(Error::Study(Box::new(Problems::in_text(problems, text, name))));
    if text.trim().is_empty() {
        let hint = "start with format = 1; `corridor new` writes a study to begin with";
        let problem = Problem::new("", "study", "the file is empty", hint);
        return fail(vec![Problem { span: Some(0..0), ..problem }]);
    }
    if let Some(study) = faultless(text) {
        return Ok(study);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return fail(errors.iter().map(syntax).collect());
    }
    let typed = repair::typed(table);
    let mut problems = typed.problems;
    if let Some(study) = &typed.study {
        let mut places = BTreeMap::new();
        index(&mut places, "", typed.table.get_ref());
        let found = check::problems(study, &typed.lost_ids).into_iter();
        problems.extend(
            found.map(|problem| Problem { span: place(&places, &problem.path), ..problem }),
        );
        if !places.contains_key("format") {
            let problem =
                Problem::new("format", "study", "format is missing", "begin with format = 1");
            problems.push(Problem { span: Some(0..0), ..problem });
        }
    }
    match typed.study {
        Some(study) if problems.is_empty() => Ok(study),
        _ => fail(problems),
    }
}

/// The study, if nothing is wrong with it: nearly always, so that only the rest pays for the places
/// that messages need.
fn faultless(text: &str) -> Option<Study> {
    let table = DeTable::parse(text).ok()?;
    if !table.get_ref().contains_key("format") {
        return None;
    }
    let study = Study::deserialize(Deserializer::from(table)).ok()?;
    check::problems(&study, &BTreeSet::new()).is_empty().then_some(study)
}

fn syntax(error: &TomlError) -> Problem {
    // The only error without a place.
    let too_deep = error.span().is_none();
    let hint = if too_deep { "tables and arrays may be nested 80 levels deep" } else { "" };
    let problem = Problem::new("", "TOML", error.message().trim(), hint);
    Problem { span: error.span(), ..problem }
}

/// The bytes of every value, by its path.
fn index(places: &mut BTreeMap<String, Range<usize>>, path: &str, table: &DeTable<'_>) {
    for (key, value) in table {
        let key = key.get_ref();
        let inner = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
        index_value(places, inner, value);
    }
}

fn index_value(
    places: &mut BTreeMap<String, Range<usize>>,
    path: String,
    value: &Spanned<DeValue<'_>>,
) {
    match value.get_ref() {
        DeValue::Table(table) => index(places, &path, table),
        DeValue::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                index_value(places, format!("{path}[{place}]"), value);
            }
        }
        _ => {}
    }
    places.insert(path, value.span());
}

/// The place of the path, or of the nearest thing around it that is written in the file.
fn place(places: &BTreeMap<String, Range<usize>>, path: &str) -> Option<Range<usize>> {
    let mut path = path;
    loop {
        if let Some(span) = places.get(path) {
            return Some(span.clone());
        }
        path = path.get(..path.rfind(['.', '['])?)?;
    }
}
