//! Tables for a spreadsheet.

use railcorridor::exchange::safe_cell;
use railcorridor::model::Study;
use railcorridor::report::{Cell, Table, source_line};

use crate::output::Failure;

/// Tables one beneath another, each with its title and headings, a blank line between; the last
/// column names the documents behind the row.
pub fn text(study: Option<&Study>, tables: &[Table]) -> Result<String, Failure> {
    let mut parts = Vec::new();
    for table in tables {
        parts.push(one(study, table)?);
    }
    Ok(parts.join("\r\n"))
}

fn one(study: Option<&Study>, table: &Table) -> Result<String, Failure> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |error: csv::Error| Failure::Stdout(std::io::Error::other(error));
    writer.write_record([&*safe_cell(&table.title)]).map_err(failed)?;
    let headings = table.columns.iter().map(|column| safe_cell(&column.title).into_owned());
    let sources = study.map(|_| "Sources".to_owned());
    writer.write_record(headings.chain(sources)).map_err(failed)?;
    for row in &table.rows {
        let cells = row.iter().map(|cell| safe_cell(&words(cell)).into_owned());
        let sources = study.map(|study| safe_cell(&documents(study, row)).into_owned());
        writer.write_record(cells.chain(sources)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::Stdout(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A cell without the numbers of its documents, which have a column of their own.
fn words(cell: &Cell) -> String {
    Cell { sources: Vec::new(), ..cell.clone() }.plain()
}

fn documents(study: &Study, row: &[Cell]) -> String {
    let numbers = row.iter().flat_map(|cell| &cell.sources);
    let mut numbers: Vec<usize> = numbers.copied().collect();
    numbers.sort_unstable();
    numbers.dedup();
    let sources = numbers.iter().filter_map(|number| study.sources.get(number.checked_sub(1)?));
    sources.map(source_line).collect::<Vec<_>>().join("; ")
}
