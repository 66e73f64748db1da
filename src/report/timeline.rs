//! Dates, changes and risks.

use super::sources::number;
use super::table::{Cell, Mark, Table};
use super::words::{day_words, level, sentence};
use crate::model::{Date, MilestoneEntry, Study};
use crate::status::{Change, Status};

/// Dates that matter: planned, forecast, actual.
#[must_use]
pub fn milestones_table(study: &Study, status: &Status) -> Table {
    let note = "Planned: what was said first. Forecast: what was said last. Overdue: the date is \
                past, and no report that it happened was found.";
    let headings = ["Milestone", "Of", "Planned", "Forecast", "Actual"];
    let mut table = Table::new("milestones", "Milestones", note, &headings);
    let entry = |entry: &Option<MilestoneEntry>, overdue: bool| -> Cell {
        let Some(entry) = entry else { return "-".into() };
        let mark = overdue.then_some(Mark::Overdue);
        Cell { mark, ..Cell::from(day_words(entry.date)) }
            .with_sources(number(study, &entry.source))
    };
    for milestone in &status.milestones {
        let overdue_forecast = milestone.overdue && milestone.forecast.is_some();
        table.rows.push(vec![
            sentence(&milestone.name).into(),
            sentence(&study.subject_name(&milestone.subject)).into(),
            entry(&milestone.planned, milestone.overdue && !overdue_forecast),
            entry(&milestone.forecast, overdue_forecast),
            entry(&milestone.actual, false),
        ]);
    }
    table
}

/// What changed since an earlier day.
#[must_use]
pub fn changes_table(study: &Study, since: Date, changes: &[Change]) -> Table {
    let title = format!("What changed since {}", day_words(since));
    let note = "Figures that were replaced, evidence that came, dates that moved; by the day on \
                which they were published. What has no date comes last: it was read by the day to \
                which the study is kept.";
    let mut table = Table::new("changes", &title, note, &["Date", "Of", "What", "Before", "Now"]);
    for change in changes {
        let sources = change.sources.iter().filter_map(|id| number(study, id));
        table.rows.push(vec![
            change.dated.map_or("undated".to_owned(), day_words).into(),
            sentence(&study.subject_name(&change.subject)).into(),
            sentence(&change.what).into(),
            change.before.clone().unwrap_or_else(|| "-".to_owned()).into(),
            Cell::from(change.after.clone()).with_sources(sources),
        ]);
    }
    table
}

/// What may go wrong, the worst first.
#[must_use]
pub fn risks_table(study: &Study, status: &Status) -> Table {
    let note = "Likelihood and impact are judgements; each says on what it rests.";
    let headings = ["Risk", "Of", "Likelihood", "Impact", "Why", "Response"];
    let mut table = Table::new("risks", "Risks", note, &headings);
    for risk in &status.risks {
        let source = risk.source.as_ref().and_then(|id| number(study, id));
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        table.rows.push(vec![
            Cell::from(sentence(&risk.name.en)).with_sources(source),
            sentence(&study.subject_name(&risk.subject)).into(),
            level(risk.likelihood).into(),
            level(risk.impact).into(),
            sentence(&or_dash(&risk.reason)).into(),
            sentence(&or_dash(&risk.response)).into(),
        ]);
    }
    table
}
