//! XML put together: elements one after another, none with a character that no XML holds.

use quick_xml::Writer;
use quick_xml::events::{self, BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use crate::error::{Error, Result};

/// Elements one after another.
pub(super) struct Elements {
    writer: Writer<Vec<u8>>,
}

/// A name of an attribute and its text.
pub(super) type Attribute<'a> = (&'a str, &'a str);

/// A whole file: its outermost element, and what stands inside.
pub(super) fn file(
    name: &str,
    attributes: &[Attribute<'_>],
    inside: impl FnOnce(&mut Elements) -> Result<()>,
) -> Result<String> {
    let mut out = Elements { writer: Writer::new_with_indent(Vec::new(), b' ', 1) };
    out.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    out.with(name, attributes, inside)?;
    let text = String::from_utf8(out.writer.into_inner());
    text.map(|text| text + "\n").map_err(|error| refused("the file", &error.to_string()))
}

impl Elements {
    /// An element around others.
    pub(super) fn within(
        &mut self,
        name: &str,
        inside: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.with(name, &[], inside)
    }

    /// An element with attributes around others.
    pub(super) fn with(
        &mut self,
        name: &str,
        attributes: &[Attribute<'_>],
        inside: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.event(Event::Start(start(name, attributes)?))?;
        inside(self)?;
        self.event(Event::End(BytesEnd::new(name)))
    }

    /// An element with attributes and nothing inside.
    pub(super) fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) -> Result<()> {
        self.event(Event::Empty(start(name, attributes)?))
    }

    /// An element around a text.
    pub(super) fn leaf(&mut self, name: &str, text: &str) -> Result<()> {
        self.leaf_with(name, &[], text)
    }

    /// An element with attributes around a text.
    pub(super) fn leaf_with(
        &mut self,
        name: &str,
        attributes: &[Attribute<'_>],
        text: &str,
    ) -> Result<()> {
        holds(|| format!("element {name}"), text)?;
        self.event(Event::Start(start(name, attributes)?))?;
        self.event(Event::Text(BytesText::new(text)))?;
        self.event(Event::End(BytesEnd::new(name)))
    }

    fn event(&mut self, event: Event<'_>) -> Result<()> {
        self.writer.write_event(event).map_err(|error| refused("the file", &error.to_string()))
    }
}

fn start<'a>(name: &'a str, attributes: &[Attribute<'_>]) -> Result<BytesStart<'a>> {
    let mut start = BytesStart::new(name);
    for (attribute, text) in attributes {
        holds(|| format!("attribute {attribute} of {name}"), text)?;
        start.push_attribute(events::attributes::Attribute {
            key: QName(attribute),
            value: escaped(text).into(),
        });
    }
    Ok(start)
}

/// A text as an attribute holds it; white space as numbers, since readers make blanks of it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\t' => escaped += "&#9;",
            '\n' => escaped += "&#10;",
            '\r' => escaped += "&#13;",
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Refuses a text that no XML holds.
fn holds(place: impl FnOnce() -> String, text: &str) -> Result<()> {
    let Some(bad) = text.chars().find(|c| !is_of_xml(*c)) else { return Ok(()) };
    let problem = format!("{text:?} holds {bad:?}, which no XML holds");
    Err(refused(&place(), &problem))
}

/// Whether XML 1.0 has a character: no control but tab and ends of lines, no surrogate, no mark
/// that is none.
const fn is_of_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn refused(place: &str, problem: &str) -> Error {
    Error::Exchange {
        place: place.to_owned(),
        problem: problem.to_owned(),
        hint: "take it out of names and ids".to_owned(),
    }
}
