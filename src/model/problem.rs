//! What is wrong with a study, with the place in the file.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// One problem of a study: where, what, and what would be right.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Where: the path of the key in the file, `station[2].lat_deg`.
    pub path: String,
    /// What it belongs to, by its id: `station herat`.
    pub item: String,
    /// What is wrong, with the value and the limit.
    pub message: String,
    /// What would be right; empty if there is nothing to say.
    pub hint: String,
    /// Bytes of the file, if the study came from one.
    pub span: Option<Range<usize>>,
}

impl Problem {
    pub(crate) fn new(
        path: impl Into<String>,
        item: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            path: path.into(),
            item: item.into(),
            message: message.into(),
            hint: hint.into(),
            span: None,
        }
    }
}

/// A text from a file as an error message may show it: short, and without control characters.
pub(super) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        short.push_str("...");
    }
    short
}

/// All problems of a study; prints each with the offending line and a caret.
#[derive(Debug, Clone)]
pub struct Problems {
    problems: Vec<Problem>,
    text: Option<String>,
    file: String,
}

/// Enough to mend a file by; more would bury them.
const MOST_SHOWN: usize = 50;

/// A line longer than this is cut, so that one long string cannot flood the terminal.
const LONGEST_LINE_BYTES: usize = 240;

impl Problems {
    pub(super) fn in_text(mut problems: Vec<Problem>, text: &str, file: &str) -> Self {
        problems.sort_by_key(|problem| problem.span.as_ref().map_or(usize::MAX, |span| span.start));
        Self { problems, text: Some(text.to_owned()), file: file.to_owned() }
    }

    pub(super) fn without_text(problems: Vec<Problem>) -> Self {
        Self { problems, text: None, file: String::new() }
    }

    /// The problems, in the order of the file.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.problems
    }

    /// Line and column of a problem, from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, problem: &Problem) -> Option<(usize, usize)> {
        let before = self.text.as_ref()?.get(..problem.span.as_ref()?.start)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
        Some((line, column))
    }

    fn render(&self, problem: &Problem, text: &str) -> Option<String> {
        let span = problem.span.clone()?;
        let (line, column) = self.line_column(problem)?;
        let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
        let rest = text.get(start..)?.split('\n').next()?.trim_end_matches('\r');
        if rest.len() > LONGEST_LINE_BYTES {
            let shown: String = rest.chars().take(60).collect();
            return Some(format!(
                "error: {}: {}\n --> {}:{line}:{column}\n  | {shown}... ({} bytes)\n",
                problem.item,
                problem.message,
                self.file,
                rest.len()
            ));
        }
        // Places at the end of a line or inside a letter are moved to where a caret can stand.
        let boundary =
            |at: usize| (0..=at.min(rest.len())).rev().find(|i| rest.is_char_boundary(*i));
        let from = boundary(span.start.saturating_sub(start))?;
        let to = boundary(span.end.saturating_sub(start))?.max(from);
        let snippet = Snippet::source(rest)
            .line_start(line)
            .path(&self.file)
            .annotation(AnnotationKind::Primary.span(from..to));
        let title = format!("{}: {}", problem.item, problem.message);
        let mut group = Level::ERROR.primary_title(&title).element(snippet);
        if !problem.hint.is_empty() {
            group = group.element(Level::HELP.message(&problem.hint));
        }
        Some(Renderer::plain().render(&[group]) + "\n")
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.problems.iter().take(MOST_SHOWN) {
            match self.text.as_ref().and_then(|text| self.render(problem, text)) {
                Some(rendered) => writeln!(f, "{rendered}")?,
                None => {
                    writeln!(f, "error: {}: {}; {}", problem.item, problem.message, problem.hint)?
                }
            }
        }
        let count = self.problems.len();
        if count > MOST_SHOWN {
            writeln!(f, "... and {} more", count - MOST_SHOWN)?;
        }
        let name = if self.file.is_empty() { "the study" } else { &self.file };
        write!(f, "{count} problem{} in {name}", if count == 1 { "" } else { "s" })
    }
}
