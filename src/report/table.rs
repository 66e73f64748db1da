//! A table, and its ways onto paper, page and terminal.

use serde::Serialize;

use super::escape::escape;

/// How a column is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// What a reader must know of a value at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Nobody has published it.
    Assumed,
    /// It contradicts something else.
    Disputed,
    /// It cannot stand.
    Error,
    /// It is not good enough for a decision.
    Warning,
    /// It is worth knowing.
    Note,
    /// It was let stand.
    Waived,
    /// It is done, with evidence.
    Reached,
    /// It is said to be done, without evidence.
    Claimed,
    /// There is some evidence.
    Begun,
    /// Nothing is known.
    Open,
    /// It should have happened.
    Overdue,
    /// It was not built, only planned.
    Planned,
}

impl Mark {
    /// The word that stands beside the value.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Assumed => "assumed",
            Self::Disputed => "disputed",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Waived => "waived",
            Self::Reached => "reached",
            Self::Claimed => "claimed",
            Self::Begun => "begun",
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Planned => "planned",
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// How it is set.
    pub align: Align,
}

/// One cell: a text, a mark, and the documents behind it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// What a reader must know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Numbers of the documents in the list of sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<usize>,
    /// Id of the claim that it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
}

impl Cell {
    /// A cell with a mark.
    #[must_use]
    pub fn marked(text: impl Into<String>, mark: Mark) -> Self {
        Self { text: text.into(), mark: Some(mark), ..Self::default() }
    }

    /// The cell with documents behind it.
    #[must_use]
    pub fn with_sources(mut self, sources: impl IntoIterator<Item = usize>) -> Self {
        self.sources.extend(sources);
        self.sources.sort_unstable();
        self.sources.dedup();
        self
    }

    /// The cell as plain text: `120.0 (disputed) [27]`.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = self.text.clone();
        if let Some(mark) = self.mark {
            let word = mark.word();
            text = if text.is_empty() { word.to_owned() } else { format!("{text} ({word})") };
        }
        if !self.sources.is_empty() {
            let numbers: Vec<String> = self.sources.iter().map(ToString::to_string).collect();
            text.push_str(&format!(" [{}]", numbers.join(", ")));
        }
        text
    }

    fn html(&self) -> String {
        let mut html = escape(&self.text).replace('\n', "<br/>");
        if let Some(mark) = self.mark {
            let word = mark.word();
            html = format!("{html} <span class=\"mark {word}\">{word}</span>");
        }
        if let Some(claim) = &self.claim {
            html = format!("<a class=\"claim\" href=\"#claim-{}\">{html}</a>", escape(claim));
        }
        if !self.sources.is_empty() {
            let link = |number: &usize| format!("<a href=\"#source-{number}\">{number}</a>");
            let links: Vec<String> = self.sources.iter().map(link).collect();
            html.push_str(&format!("<sup class=\"source\">{}</sup>", links.join(", ")));
        }
        html.trim().to_owned()
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A table with a title and an explanation.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Table {
    /// Short name for links and JSON.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What a reader must know to read it.
    pub note: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table; a heading that starts with `>` makes a column of numbers.
    #[must_use]
    pub fn new(id: &str, title: &str, note: &str, columns: &[&str]) -> Self {
        let column = |heading: &&str| match heading.strip_prefix('>') {
            Some(title) => Column { title: title.to_owned(), align: Align::Right },
            None => Column { title: (*heading).to_owned(), align: Align::Left },
        };
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            note: note.to_owned(),
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let cell = |text: &str| text.replace('|', "\\|").replace('<', "&lt;").replace('\n', "<br>");
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut text = format!("## {}\n\n", self.title);
        if !self.note.is_empty() {
            text.push_str(&format!("{}\n\n", self.note));
        }
        text.push_str(&line(self.columns.iter().map(|column| cell(&column.title)).collect()));
        let rule = |column: &Column| match column.align {
            Align::Left => "---".to_owned(),
            Align::Right => "--:".to_owned(),
        };
        text.push_str(&line(self.columns.iter().map(rule).collect()));
        for row in &self.rows {
            text.push_str(&line(row.iter().map(|entry| cell(&entry.plain())).collect()));
        }
        text
    }

    /// As a section of a page.
    pub(super) fn html(&self) -> String {
        let mut html = format!("<section id=\"{0}\"><h2>{1}</h2>\n", self.id, escape(&self.title));
        if !self.note.is_empty() {
            html.push_str(&format!("<p class=\"note\">{}</p>\n", escape(&self.note)));
        }
        html.push_str(&self.html_table());
        html.push_str("</section>\n");
        html
    }

    /// The table alone. Each cell carries its heading, for narrow screens.
    pub(super) fn html_table(&self) -> String {
        let mut html = String::from("<div class=\"scroll\"><table><thead><tr>");
        let class = |column: &Column| match column.align {
            Align::Left => "",
            Align::Right => " class=\"number\"",
        };
        for column in &self.columns {
            let title = escape(&column.title);
            html.push_str(&format!("<th scope=\"col\"{}>{title}</th>", class(column)));
        }
        html.push_str("</tr></thead><tbody>\n");
        for row in &self.rows {
            html.push_str("<tr>");
            for (place, (entry, column)) in row.iter().zip(&self.columns).enumerate() {
                let (tag, scope) = if place == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
                let heading = escape(&column.title);
                html.push_str(&format!(
                    "<{tag}{scope}{} data-heading=\"{heading}\">{}</{tag}>",
                    class(column),
                    entry.html()
                ));
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody></table></div>\n");
        html
    }

    /// As text for a terminal of this width: columns in line, long texts wrapped; a row beneath
    /// another where the columns do not fit.
    #[must_use]
    pub fn text(&self, width_columns: usize) -> String {
        super::columns::text(self, width_columns)
    }
}
