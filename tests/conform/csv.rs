//! Tables of cases: a line of names, then rows, all separated by commas.

use super::CaseFile;

/// A table.
pub struct Csv {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// One row of a table, with its line in the file.
pub struct Row<'a> {
    pub line: usize,
    names: &'a [String],
    cells: &'a [String],
}

impl Csv {
    /// Reads a file; rows of another length than the first line are refused.
    pub fn read(file: &CaseFile) -> Result<Self, String> {
        let text = file.text()?;
        let cells = |line: &str| -> Vec<String> { line.split(',').map(str::to_owned).collect() };
        let mut lines = text.lines();
        let names = cells(lines.next().ok_or("is empty")?);
        let rows: Vec<_> = lines.map(cells).collect();
        match rows.iter().position(|row| row.len() != names.len()) {
            Some(at) => Err(format!("line {} has {} cells", at + 2, rows[at].len())),
            None => Ok(Self { names, rows }),
        }
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (2..).zip(&self.rows).map(|(line, cells)| Row { line, names: &self.names, cells })
    }
}

impl Row<'_> {
    /// The text in a column.
    pub fn text(&self, name: &str) -> Result<&str, String> {
        let at = self.names.iter().position(|other| other == name);
        let cell = at.and_then(|at| self.cells.get(at));
        cell.map(String::as_str).ok_or_else(|| format!("no column {name}"))
    }

    /// The number in a column, which may be infinite but must be one.
    pub fn number(&self, name: &str) -> Result<f64, String> {
        let text = self.text(name)?;
        match text.parse::<f64>() {
            Ok(number) if !number.is_nan() => Ok(number),
            _ => Err(format!("{name}: \"{text}\" is not a number")),
        }
    }
}
