//! Rows of a table read by the names of their columns, and their cells as what they should be.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::error::{Error, Result};
use crate::exchange::cell::plain_cell;
use crate::exchange::note::Notes;

/// No table may be larger, bytes.
const MOST_BYTES: usize = 256 << 20;
/// No table may have more rows.
const MOST_ROWS: usize = 5_000_000;

/// A table being read.
pub(super) struct Rows<'t> {
    name: &'static str,
    columns: BTreeMap<String, usize>,
    reader: csv::Reader<&'t [u8]>,
}

/// A row.
pub(super) struct Row<'r> {
    name: &'static str,
    columns: &'r BTreeMap<String, usize>,
    record: csv::StringRecord,
    pub(super) line: u64,
}

impl<'t> Rows<'t> {
    /// A table of a name that has some columns at least, which commas or semicolons part; columns
    /// that are not known are noted.
    pub(super) fn new(
        name: &'static str,
        text: &'t str,
        known: &[&str],
        needed: &[&str],
        notes: &mut Notes,
    ) -> Result<Self> {
        if text.len() > MOST_BYTES {
            return Err(limit(name, format!("{} MB", text.len() >> 20), "256 MB".to_owned()));
        }
        let text = text.trim_start_matches('\u{feff}');
        let head = text.lines().next().unwrap_or_default();
        let delimiter = if head.contains(';') && !head.contains(',') { b';' } else { b',' };
        let mut builder = csv::ReaderBuilder::new();
        let mut reader = builder.delimiter(delimiter).from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|error| wrong(name, &error))?;
        let mut columns = BTreeMap::new();
        for (place, title) in headers.iter().enumerate() {
            let title = title.trim().to_ascii_lowercase();
            if !known.contains(&title.as_str()) {
                notes.add(
                    &format!("column {title}"),
                    || Some((1, 1)),
                    || format!("column \"{title}\" of {name} is not read"),
                );
            }
            columns.insert(title, place);
        }
        match needed.iter().find(|title| !columns.contains_key(**title)) {
            None => Ok(Self { name, columns, reader }),
            Some(title) => Err(Error::Exchange {
                place: format!("{name}, line 1"),
                problem: format!("there is no column {title}"),
                hint: format!("the columns are {}", known.join(", ")),
            }),
        }
    }

    /// Each row in turn.
    pub(super) fn each(&mut self, mut take: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        let mut record = csv::StringRecord::new();
        let mut count = 0;
        while self.reader.read_record(&mut record).map_err(|error| wrong(self.name, &error))? {
            count += 1;
            if count > MOST_ROWS {
                let most = format!("{MOST_ROWS} rows");
                return Err(limit(self.name, format!("more than {most}"), most));
            }
            let line = record.position().map_or(0, csv::Position::line);
            let row = Row { name: self.name, columns: &self.columns, record, line };
            take(&row)?;
            record = row.record;
        }
        Ok(())
    }
}

impl Row<'_> {
    /// The text of a column; empty if there is no such column.
    pub(super) fn text(&self, column: &str) -> &str {
        let cell = self.columns.get(column).and_then(|place| self.record.get(*place));
        plain_cell(cell.unwrap_or_default())
    }

    /// What a column says; none if it is empty.
    pub(super) fn maybe<T: FromStr>(&self, column: &str, wanted: &str) -> Result<Option<T>> {
        self.maybe_with(column, wanted, |text| text.parse().ok())
    }

    /// What a column says by a rule of its own; none if it is empty.
    pub(super) fn maybe_with<T>(
        &self,
        column: &str,
        wanted: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        let text = self.text(column).trim();
        if text.is_empty() {
            return Ok(None);
        }
        read(text).map(Some).ok_or_else(|| {
            self.wrong(format!("{column} is \"{text:.60}\""), &format!("write {wanted}"))
        })
    }

    /// An error in this row.
    pub(super) fn wrong(&self, problem: String, hint: &str) -> Error {
        let place = format!("{}, line {}", self.name, self.line);
        Error::Exchange { place, problem, hint: hint.to_owned() }
    }
}

fn wrong(name: &str, error: &csv::Error) -> Error {
    let line = error.position().map(|position| format!(", line {}", position.line()));
    Error::Exchange {
        place: format!("{name}{}", line.unwrap_or_default()),
        problem: error.to_string(),
        hint: "give each row as many cells as the first, in UTF-8".to_owned(),
    }
}

fn limit(name: &str, needed: String, limit: String) -> Error {
    let hint = "split the schedule".to_owned();
    Error::Limit { item: format!("the table of {name}"), needed, limit, hint }
}
