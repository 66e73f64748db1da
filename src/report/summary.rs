//! The one-page summary for a terminal.

use super::key_figures::key_figures;
use super::lengths::lengths_table;
use super::stages::status_table;
use super::words::day_words;
use crate::finding::Severity;
use crate::model::Study;
use crate::status::Status;

/// What a person reads first: key figures, where each segment stands, lengths, worst findings.
#[must_use]
pub fn summary(study: &Study, status: &Status, width_columns: usize) -> String {
    let mut text = format!("{}\nas known on {}\n\n", study.name.en, day_words(status.day));
    for figure in key_figures(study, status) {
        let said = match figure.figure.mark {
            Some(mark) => mark.word().to_owned(),
            None => figure.figure.text.clone(),
        };
        text.push_str(&format!("{:<30} {said}; {}\n", figure.heading, figure.below));
    }
    let mut status_only = status_table(study, status);
    for table in [&mut status_only, &mut lengths_table(study, status)] {
        // Numbers of sources need the list of sources, which is in the page.
        table.rows.iter_mut().flatten().for_each(|cell| cell.sources.clear());
        text.push_str(&format!("\n{}", table.text(width_columns)));
    }
    let errors: Vec<_> = status
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Error && f.waiver.is_none())
        .collect();
    if !errors.is_empty() {
        text.push_str("\nFigures that cannot stand\n");
    }
    for finding in errors {
        text.push_str(&format!(
            "- {}: {}\n",
            study.subject_name(&finding.subject),
            finding.message
        ));
    }
    text
}
