//! XML taken apart: a file within bounds, its elements by name, and places in it.

use roxmltree::{Document, Node, ParsingOptions};

use super::note::Notes;
use crate::error::{Error, Result};

/// No file may be larger, bytes.
const MOST_BYTES: usize = 256 << 20;
/// No file may have more elements, texts and attributes.
const MOST_NODES: u32 = 12_000_000;

/// A file, for places in it.
#[derive(Clone, Copy)]
pub(super) struct Source<'d> {
    pub(super) document: &'d Document<'d>,
}

/// What is read, for errors.
pub(super) struct Kind {
    /// "a file of a schedule".
    pub(super) item: &'static str,
    /// What to do with one that is too large.
    pub(super) split: &'static str,
    /// What to do with one that is none.
    pub(super) save: &'static str,
}

/// The text as a tree; neither document types nor entities are read.
pub(super) fn document<'d>(text: &'d str, kind: &Kind) -> Result<Document<'d>> {
    if text.len() > MOST_BYTES {
        return Err(Error::Limit {
            item: kind.item.to_owned(),
            needed: format!("{} MB", text.len() >> 20),
            limit: format!("{} MB", MOST_BYTES >> 20),
            hint: kind.split.to_owned(),
        });
    }
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        Error::Exchange {
            place: format!("line {}, column {}", at.row, at.col),
            problem: format!("no XML that is read here: {error}"),
            hint: kind.save.to_owned(),
        }
    })
}

impl<'d> Source<'d> {
    pub(super) const fn new(document: &'d Document<'d>) -> Self {
        Self { document }
    }

    /// Line and column of a byte, counted from 1.
    pub(super) fn place(&self, at: usize) -> Option<(u32, u32)> {
        let place = self.document.text_pos_at(at);
        Some((place.row, place.col))
    }

    /// An error at a byte.
    pub(super) fn wrong(&self, at: usize, problem: String, hint: &str) -> Error {
        let place = self.document.text_pos_at(at);
        let place = format!("line {}, column {}", place.row, place.col);
        Error::Exchange { place, problem, hint: hint.to_owned() }
    }

    /// A note at a byte.
    pub(super) fn note(
        &self,
        notes: &mut Notes,
        at: usize,
        kind: &str,
        text: impl FnOnce() -> String,
    ) {
        notes.add(kind, || self.place(at), text);
    }
}

/// The text of an element, in one piece.
pub(super) fn text(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|child| child.text()).collect()
}

/// So much of a text as errors and notes show of it.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The child of a name.
pub(super) fn child<'a, 'd>(node: Node<'a, 'd>, name: &str) -> Option<Node<'a, 'd>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The children of a name.
pub(super) fn children<'a, 'd: 'a>(
    node: Node<'a, 'd>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'd>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}
