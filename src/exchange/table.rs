//! Tables with commas between, as they are written.

use super::cell::safe_cell;
use crate::error::{Error, Result};

/// Rows one beneath another.
pub(super) struct Table {
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    /// A table with its columns.
    pub(super) fn new(columns: &[&str]) -> Result<Self> {
        let mut builder = csv::WriterBuilder::new();
        let writer = builder.terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let mut table = Self { writer };
        table.writer.write_record(columns).map_err(failed)?;
        Ok(table)
    }

    /// One more row; no text of it becomes a formula.
    pub(super) fn row<const N: usize>(&mut self, cells: [&str; N]) -> Result<()> {
        self.writer
            .write_record(cells.map(safe_cell).iter().map(|cell| cell.as_bytes()))
            .map_err(failed)
    }

    /// The whole table.
    pub(super) fn text(self) -> Result<String> {
        let bytes = self.writer.into_inner().map_err(|error| failed(error.into_error().into()))?;
        String::from_utf8(bytes).map_err(|error| {
            let hint = "report it".to_owned();
            Error::Exchange { place: "a table".to_owned(), problem: error.to_string(), hint }
        })
    }
}

fn failed(error: csv::Error) -> Error {
    Error::Io { action: "write", path: "a table".into(), source: std::io::Error::other(error) }
}
