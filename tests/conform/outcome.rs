//! What came out: worst errors by kind and quantity, failures with their places, the table.

use std::collections::BTreeMap;
use std::fmt;

use super::CaseFile;

/// How many failures are shown; the rest are counted.
const SHOWN: usize = 20;

/// The results of one file while it runs.
pub struct Report {
    file: String,
    rows: BTreeMap<&'static str, Row>,
    failures: Vec<String>,
}

/// All cases of one quantity.
#[derive(Clone)]
struct Row {
    cases: usize,
    failed: usize,
    worst: f64,
    limit: f64,
}

impl Report {
    pub(super) fn new(file: &CaseFile) -> Self {
        Self { file: file.shown(), rows: BTreeMap::new(), failures: Vec::new() }
    }

    /// One case of a quantity: its error must not be above the limit, nor be no number.
    pub fn case(&mut self, quantity: &'static str, place: usize, error: f64, limit: f64) {
        let row =
            self.rows.entry(quantity).or_insert(Row { cases: 0, failed: 0, worst: 0.0, limit });
        row.cases += 1;
        // total_cmp puts "not a number" above all numbers, so that it stays visible.
        if error.abs().total_cmp(&row.worst).is_gt() {
            row.worst = error.abs();
        }
        if !(error.abs() <= limit) {
            row.failed += 1;
            let text = format!("{quantity}: error {error:.3e}, limit {limit:.0e}");
            self.fail(place, &text);
        }
    }

    /// A case that cannot be run, at a line (or at an item counted from 1).
    pub fn fail(&mut self, place: usize, problem: &str) {
        self.failures.push(format!("{}:{place}: {problem}", self.file));
    }

    /// Takes the file's own problem, and makes a file without cases one.
    pub(super) fn close(&mut self, result: Result<(), String>) {
        match result {
            Err(problem) => self.failures.push(format!("{}: {problem}", self.file)),
            Ok(()) if self.rows.is_empty() && self.failures.is_empty() => {
                self.failures.push(format!("{}: no case in it", self.file));
            }
            Ok(()) => {}
        }
    }
}

/// The results of all files.
#[derive(Default)]
pub struct Outcome {
    rows: BTreeMap<(&'static str, &'static str), Row>,
    failures: Vec<String>,
    unsupported: BTreeMap<String, usize>,
}

impl Outcome {
    pub(super) fn add(&mut self, kind: &'static str, report: Report) {
        for (quantity, row) in report.rows {
            let total = self.rows.entry((kind, quantity)).or_insert(Row {
                cases: 0,
                failed: 0,
                worst: 0.0,
                limit: row.limit,
            });
            total.cases += row.cases;
            total.failed += row.failed;
            if row.worst.total_cmp(&total.worst).is_gt() {
                total.worst = row.worst;
            }
            // Kinds may set a limit per case; the table shows the widest.
            total.limit = total.limit.max(row.limit);
        }
        self.failures.extend(report.failures);
    }

    pub(super) fn unreadable(&mut self, problem: String) {
        self.failures.push(problem);
    }

    pub(super) fn unsupported(&mut self, name: String) {
        *self.unsupported.entry(name).or_default() += 1;
    }

    /// Whether anything failed.
    pub fn failed(&self) -> bool {
        !self.failures.is_empty()
    }

    /// How many cases ran.
    pub fn cases(&self) -> usize {
        self.rows.values().map(|row| row.cases).sum()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, cells: [&str; 6]| {
            let [kind, quantity, cases, worst, limit, result] = cells;
            writeln!(f, "{kind:<24} {quantity:<30} {cases:>7} {worst:>9} {limit:>7}  {result}")
        };
        line(f, ["kind", "quantity", "cases", "worst", "limit", "result"])?;
        for ((kind, quantity), row) in &self.rows {
            let result = match row.failed {
                0 => "pass".to_owned(),
                failed => format!("FAIL ({failed})"),
            };
            let [cases, worst, limit] =
                [row.cases.to_string(), format!("{:.1e}", row.worst), format!("{:.0e}", row.limit)];
            line(f, [kind, quantity, &cases, &worst, &limit, &result])?;
        }
        writeln!(f, "{} cases, {} failures", self.cases(), self.failures.len())?;
        for failure in self.failures.iter().take(SHOWN) {
            writeln!(f, "FAIL {failure}")?;
        }
        if self.failures.len() > SHOWN {
            writeln!(f, "and {} more", self.failures.len() - SHOWN)?;
        }
        if !self.unsupported.is_empty() {
            writeln!(f, "\nnot supported yet (files)")?;
        }
        for (name, files) in &self.unsupported {
            writeln!(f, "{name:<55} {files:>7}")?;
        }
        Ok(())
    }
}
