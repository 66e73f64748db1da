//! What a file says and a network cannot hold, or the other way round.

use std::collections::BTreeMap;
use std::fmt;

/// Kinds of notes that are kept apart; more are counted together.
const KINDS: usize = 200;

/// What a file says and a network cannot hold, or the other way round: told once for each kind,
/// with its first place and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line of the first of them, counted from 1; `None` if it is not about a place in a file.
    pub line: Option<u32>,
    /// Column of the first of them, counted from 1.
    pub column: Option<u32>,
    /// How many there are.
    pub count: usize,
    /// What it is, and what became of it.
    pub text: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, "line {line}, column {column}: ")?;
        }
        f.write_str(&self.text)?;
        match self.count {
            0 | 1 => Ok(()),
            count => write!(f, " ({count} times)"),
        }
    }
}

/// Notes as they are found.
#[derive(Debug, Default)]
pub(super) struct Notes {
    found: Vec<Note>,
    kinds: BTreeMap<String, usize>,
}

impl Notes {
    /// One more of a kind; the text and the place are asked for at the first only.
    pub(super) fn add(
        &mut self,
        kind: &str,
        place: impl FnOnce() -> Option<(u32, u32)>,
        text: impl FnOnce() -> String,
    ) {
        let is_full = self.kinds.len() >= KINDS && !self.kinds.contains_key(kind);
        let kind = if is_full { "" } else { kind };
        if let Some(note) = self.kinds.get(kind).and_then(|at| self.found.get_mut(*at)) {
            note.count += 1;
            return;
        }
        let place = place();
        let text =
            if is_full { "and more of other kinds, which are not kept".into() } else { text() };
        self.kinds.insert(kind.to_owned(), self.found.len());
        let (line, column) = (place.map(|place| place.0), place.map(|place| place.1));
        self.found.push(Note { line, column, count: 1, text });
    }

    /// All of them, in the order in which they were found.
    pub(super) fn into_list(self) -> Vec<Note> {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_once_and_counted() {
        let mut notes = Notes::default();
        for line in [7, 9, 11] {
            notes.add("manual", || Some((line, 3)), || format!("task {line} is manual"));
        }
        for kind in 0..1_000 {
            notes.add(&kind.to_string(), || None, || "x".into());
        }
        let list = notes.into_list();
        assert_eq!(list[0].to_string(), "line 7, column 3: task 7 is manual (3 times)");
        assert_eq!(list.len(), KINDS + 1);
        assert_eq!(list.iter().map(|note| note.count).sum::<usize>(), 1_003);
    }
}
