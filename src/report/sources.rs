//! The numbered list of documents.

use std::collections::BTreeSet;

use super::escape::{escape, link};
use super::table::Table;
use super::words::day_words;
use crate::model::{Claim, Source, Study};

/// Number of a document in the list, from 1.
pub(super) fn number(study: &Study, id: &str) -> Option<usize> {
    study.sources.iter().position(|source| source.id == id).map(|place| place + 1)
}

/// Numbers of the documents behind claims.
pub(super) fn of_claims<'a>(
    study: &Study,
    claims: impl IntoIterator<Item = &'a str>,
) -> Vec<usize> {
    let claims = claims.into_iter().filter_map(|id| study.claim(id));
    claims.filter_map(|claim: &Claim| number(study, &claim.source)).collect()
}

fn words(source: &Source) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(source.publisher.clone());
    words.extend(source.dated.map(day_words));
    words.extend(source.note.clone());
    words
}

/// The list as a section of a page.
pub(super) fn html(study: &Study) -> String {
    if study.sources.is_empty() {
        return String::new();
    }
    let mut html =
        String::from("<section id=\"sources\"><h2>Sources</h2>\n<ol class=\"sources\">\n");
    for (place, source) in study.sources.iter().enumerate() {
        let title = escape(&source.title);
        let address = source.url.as_deref().and_then(link);
        let title = match &address {
            Some(address) => {
                format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{title}</a>")
            }
            None => title,
        };
        // Paper cannot be clicked.
        let printed = address.map(|address| format!(" <span class=\"address\">{address}</span>"));
        let rest: Vec<String> = words(source).iter().map(|word| escape(word)).collect();
        let rest = if rest.is_empty() { String::new() } else { format!(" {}.", rest.join("; ")) };
        html.push_str(&format!(
            "<li id=\"source-{}\"><cite>{title}</cite>.{rest}{}</li>\n",
            place + 1,
            printed.unwrap_or_default()
        ));
    }
    html.push_str("</ol></section>\n");
    html
}

/// The list as Markdown.
pub(super) fn markdown(study: &Study) -> String {
    let all: Vec<usize> = (1..=study.sources.len()).collect();
    listed(study, &all, "## Sources\n", |number| format!("{number}. "))
}

/// The documents that tables name by number, for readers who have these tables alone.
#[must_use]
pub fn cited_text(study: &Study, tables: &[Table]) -> String {
    listed(study, &cited(tables), "Sources", |number| format!("[{number}] "))
}

/// As [`cited_text`], as Markdown.
#[must_use]
pub fn cited_markdown(study: &Study, tables: &[Table]) -> String {
    listed(study, &cited(tables), "## Sources\n", |number| format!("{number}. "))
}

/// As [`cited_text`], as JSON: `number`, and the keys of the study's `[[source]]`.
#[must_use]
pub fn cited_json(study: &Study, tables: &[Table]) -> serde_json::Value {
    let entry = |number: usize| {
        let source = study.sources.get(number.checked_sub(1)?)?;
        let mut entry = serde_json::to_value(source).ok()?;
        entry.as_object_mut()?.insert("number".to_owned(), number.into());
        Some(entry)
    };
    cited(tables).into_iter().filter_map(entry).collect()
}

/// Numbers of the documents behind the cells of tables, in order.
fn cited(tables: &[Table]) -> Vec<usize> {
    let cells = tables.iter().flat_map(|table| table.rows.iter().flatten());
    cells
        .flat_map(|cell| cell.sources.iter().copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn listed(study: &Study, numbers: &[usize], heading: &str, shown: fn(usize) -> String) -> String {
    if numbers.is_empty() {
        return String::new();
    }
    let mut text = format!("{heading}\n");
    for number in numbers {
        let Some(source) = number.checked_sub(1).and_then(|place| study.sources.get(place)) else {
            continue;
        };
        text.push_str(&format!("{}{}\n", shown(*number), line(source)));
    }
    text
}

/// A document in one line: `Title. Publisher; date; note <address>`.
#[must_use]
pub fn line(source: &Source) -> String {
    let address = source.url.as_deref().map(|url| format!(" <{url}>")).unwrap_or_default();
    format!("{}. {}{address}", source.title, words(source).join("; "))
}
