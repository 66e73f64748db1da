//! From the text of a TOML file to a study, a baseline, a standard, rates or a line, or to all its problems with their places.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error as TomlError};

use super::problem::{Problem, Problems};
use super::{Baseline, LineFile, RollingStock, Standard, Study, UnitCosts, check, repair};
use crate::bounded;
use crate::error::{Error, Result};

const LARGEST_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// What a TOML file may hold.
pub(crate) trait Document: DeserializeOwned {
    /// What it is called.
    const WHAT: &'static str;
    /// How to begin one.
    const BEGIN: &'static str;

    /// What its rules are against, apart from items that could not be read.
    fn problems(&self, lost_ids: &BTreeSet<String>) -> Vec<Problem>;

    /// Holds one that was built in Rust against the same rules.
    fn checked(&self) -> Result<()> {
        let problems = self.problems(&BTreeSet::new());
        if problems.is_empty() {
            return Ok(());
        }
        Err(Error::Study(Box::new(Problems::without_text(problems))))
    }
}

impl Document for Study {
    const WHAT: &'static str = "study";
    const BEGIN: &'static str =
        "start with format = 1; `corridor new` writes a study to begin with";

    fn problems(&self, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
        check::problems(self, lost_ids)
    }
}

impl Document for Baseline {
    const WHAT: &'static str = "baseline";
    const BEGIN: &'static str = "start with format = 1, a name and an [[activity]]";

    fn problems(&self, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
        check::baseline_problems(self, lost_ids)
    }
}

impl Document for Standard {
    const WHAT: &'static str = "standard";
    const BEGIN: &'static str = "start with format = 1, an id, a name, a gauge and a [[limit]]";

    fn problems(&self, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
        check::standard_problems(self, lost_ids)
    }
}

impl Document for LineFile {
    const WHAT: &'static str = "line";
    const BEGIN: &'static str = "start with format = 1, a name, start and end";

    fn problems(&self, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
        check::line_problems(self, lost_ids)
    }
}

impl Document for UnitCosts {
    const WHAT: &'static str = "unit costs";
    const BEGIN: &'static str = "start with format = 1, an id, a name, [ground] and a [[rate]]";

    fn problems(&self, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
        check::unit_costs_problems(self, lost_ids)
    }
}

impl Document for RollingStock {
    const WHAT: &'static str = "rolling stock";
    const BEGIN: &'static str =
        "start with a copy of data/trains/1520.toml, which has all that there can be";

    fn problems(&self, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
        check::rolling_stock_problems(self, lost_ids)
    }
}

/// What is wrong with the values of a document one by one: texts that cannot be shown, numbers that
/// are none.
pub(crate) fn value_problems(document: &impl Serialize, called: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    check::value_problems(&mut problems, document, called);
    problems
}

/// Reads the file at `path`.
pub(crate) fn file<T: Document>(path: &Path) -> Result<T> {
    let bytes = bounded::file(path, LARGEST_FILE_BYTES)?;
    let name = path.display().to_string();
    if bytes.len() as u64 > LARGEST_FILE_BYTES {
        return Err(Error::Limit {
            item: format!("{} file {name}", T::WHAT),
            needed: "more".to_owned(),
            limit: format!("{LARGEST_FILE_BYTES} bytes"),
            hint: format!(
                "a {} is text of some hundred kilobytes; is this the right file?",
                T::WHAT
            ),
        });
    }
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let line =
            bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
        let message = format!("line {line}: byte {} is not UTF-8", error.valid_up_to());
        let problem = Problem::new("", name.as_str(), message, "save the file as UTF-8");
        Error::Study(Box::new(Problems::without_text(vec![problem])))
    })?;
    self::text(text, Some(&name))
}

/// Reads the text; `name` stands for the file in messages.
pub(crate) fn text<T: Document>(text: &str, name: Option<&str>) -> Result<T> {
    let unnamed = format!("{}.toml", T::WHAT);
    let name = name.unwrap_or(&unnamed);
    // A byte order mark is no part of the text; without it all places shift alike.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fail = |problems| Err(Error::Study(Box::new(Problems::in_text(problems, text, name))));
    if text.trim().is_empty() {
        let problem = Problem::new("", T::WHAT, "the file is empty", T::BEGIN);
        return fail(vec![Problem { span: Some(0..0), ..problem }]);
    }
    if let Some(document) = faultless(text) {
        return Ok(document);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return fail(errors.iter().map(syntax).collect());
    }
    let typed = repair::typed::<T>(table);
    let mut problems = typed.problems;
    if let Some(document) = &typed.document {
        let mut places = BTreeMap::new();
        index(&mut places, "", typed.table.get_ref());
        let found = document.problems(&typed.lost_ids).into_iter();
        problems.extend(
            found.map(|problem| Problem { span: place(&places, &problem.path), ..problem }),
        );
        if !places.contains_key("format") {
            let problem =
                Problem::new("format", T::WHAT, "format is missing", "begin with format = 1");
            problems.push(Problem { span: Some(0..0), ..problem });
        }
    }
    match typed.document {
        Some(document) if problems.is_empty() => Ok(document),
        _ => fail(problems),
    }
}

/// The document, if nothing is wrong with it: nearly always, so that only the rest pays for the places
/// that messages need.
fn faultless<T: Document>(text: &str) -> Option<T> {
    let table = DeTable::parse(text).ok()?;
    if !table.get_ref().contains_key("format") {
        return None;
    }
    let document = T::deserialize(Deserializer::from(table)).ok()?;
    document.problems(&BTreeSet::new()).is_empty().then_some(document)
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
