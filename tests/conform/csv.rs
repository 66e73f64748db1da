//! Tables of cases: a line of names, then rows, all separated by commas.

use railcorridor::geodesy::Coord;

use super::{CaseFile, Report};

/// Runs every row; what goes wrong in one does not stop the others.
pub fn each_row(
    file: &CaseFile,
    report: &mut Report,
    one: impl Fn(&Row<'_>, &mut Report) -> Result<(), String>,
) -> Result<(), String> {
    for row in Csv::read(file)?.rows() {
        if let Err(problem) = one(&row, report) {
            report.fail(row.line, &problem);
        }
    }
    Ok(())
}

/// What a row calls by its name, of what another file of the same folder holds.
pub fn named<'a, T>(all: &'a [(String, f64, T)], name: &str) -> Result<&'a T, String> {
    let found = all.iter().find(|(other, ..)| other == name);
    found.map(|(.., one)| one).ok_or_else(|| format!("nothing is called {name}"))
}

/// A table.
struct Csv {
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
    fn read(file: &CaseFile) -> Result<Self, String> {
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
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
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

    /// The place in two columns.
    pub fn coord(&self, (e, n): (&str, &str)) -> Result<Coord, String> {
        Ok(Coord { e_m: self.number(e)?, n_m: self.number(n)? })
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
