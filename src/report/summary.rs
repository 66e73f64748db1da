//! The one-page summary for a terminal.

use std::collections::BTreeSet;

use super::claims::own_first;
use super::columns::wrap;
use super::key_figures::key_figures;
use super::lengths::lengths_table;
use super::stages::status_table;
use super::words::day_words;
use crate::finding::{Finding, Severity};
use crate::model::Study;
use crate::status::Status;

/// Columns of the headings of the key figures.
const INDENT: usize = 30;

/// What a person reads first: key figures, where each segment stands, lengths, worst findings.
#[must_use]
pub fn summary(study: &Study, status: &Status, width_columns: usize) -> String {
    let mut text = format!("{}\nas known on {}\n\n", study.name.en, day_words(status.day));
    for figure in key_figures(study, status, None) {
        let said = match figure.figure.mark {
            Some(mark) => mark.word().to_owned(),
            None => figure.figure.text.clone(),
        };
        let words = format!("{said}; {}", figure.below);
        let width = width_columns.saturating_sub(INDENT + 1).max(20);
        for (number, line) in wrap(&words, width).iter().enumerate() {
            let heading = if number == 0 { figure.heading.as_str() } else { "" };
            text.push_str(&format!("{heading:<INDENT$} {line}\n"));
        }
    }
    let mut status_only = status_table(study, status);
    for table in [&mut status_only, &mut lengths_table(study, status)] {
        // One page: notes and the list of sources are in the report.
        table.note.clear();
        table.rows.iter_mut().flatten().for_each(|cell| cell.sources.clear());
        text.push_str(&format!("\n{}", table.text(width_columns)));
    }
    let mut errors: Vec<String> = own_first(study, &status.findings)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error && finding.waiver.is_none())
        .map(|finding| line(study, finding))
        .collect();
    // Two documents may have made the same mistake.
    let mut seen = BTreeSet::new();
    errors.retain(|line| seen.insert(line.clone()));
    if !errors.is_empty() {
        text.push_str("\nFigures that cannot stand\n");
    }
    for error in errors {
        for (number, line) in wrap(&error, width_columns.saturating_sub(2)).iter().enumerate() {
            text.push_str(&format!("{}{line}\n", if number == 0 { "- " } else { "  " }));
        }
    }
    text
}

/// A finding behind the name of its subject, unless it begins with that name.
fn line(study: &Study, finding: &Finding) -> String {
    let name = study.subject_name(&finding.subject);
    if finding.message.starts_with(&name) {
        finding.message.clone()
    } else {
        format!("{name}: {}", finding.message)
    }
}
