//! Tables for a spreadsheet.

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
    writer.write_record([safe(&table.title)]).map_err(failed)?;
    let headings = table.columns.iter().map(|column| safe(&column.title));
    let sources = study.map(|_| "Sources".to_owned());
    writer.write_record(headings.chain(sources)).map_err(failed)?;
    for row in &table.rows {
        let cells = row.iter().map(|cell| safe(&words(cell)));
        let sources = study.map(|study| safe(&documents(study, row)));
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

/// The text so that no spreadsheet takes it for a formula.
fn safe(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.len() > 1 && text.parse::<f64>().is_err());
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_becomes_a_formula() {
        for evil in ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1+1", "\t=1"] {
            assert_eq!(safe(evil), format!("'{evil}"));
        }
        assert_eq!([safe("-"), safe("-12.5"), safe("a=b")], ["-", "-12.5", "a=b"]);
    }
}
