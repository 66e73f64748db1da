//! The numbered list of documents.

use super::escape::{escape, link};
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
    let mut html =
        String::from("<section id=\"sources\"><h2>Sources</h2>\n<ol class=\"sources\">\n");
    for (place, source) in study.sources.iter().enumerate() {
        let title = escape(&source.title);
        let title = match source.url.as_deref().and_then(link) {
            Some(address) => {
                format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{title}</a>")
            }
            None => title,
        };
        let rest: Vec<String> = words(source).iter().map(|word| escape(word)).collect();
        let rest = if rest.is_empty() { String::new() } else { format!(" {}.", rest.join("; ")) };
        html.push_str(&format!(
            "<li id=\"source-{}\"><cite>{title}</cite>.{rest}</li>\n",
            place + 1
        ));
    }
    html.push_str("</ol></section>\n");
    html
}

/// The list as Markdown.
pub(super) fn markdown(study: &Study) -> String {
    let mut text = String::from("## Sources\n\n");
    for (place, source) in study.sources.iter().enumerate() {
        let address = source.url.as_deref().map(|url| format!(" <{url}>")).unwrap_or_default();
        let rest = words(source).join("; ");
        text.push_str(&format!("{}. {}. {rest}{address}\n", place + 1, source.title));
    }
    text
}
