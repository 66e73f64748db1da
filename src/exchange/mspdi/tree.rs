//! Which tasks of a file are activities, and which summaries they lie below.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::rows::{ProjectRow, TaskRow};
use super::xml::Source;
use crate::error::Result;
use crate::exchange::note::Notes;

/// What a uid names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named<'t> {
    /// An activity, by its place.
    Activity(usize),
    /// A summary: those below it, by their places.
    Summary(&'t [usize]),
    /// A hammock.
    Hammock,
}

/// The tasks of a file by what they are.
pub(super) struct Tree<'a> {
    /// The activities, in the order of the network.
    pub(super) activities: Vec<&'a TaskRow>,
    /// The outermost summary of each.
    pub(super) segments: Vec<Option<&'a TaskRow>>,
    /// Each summary, with the activities below it as places in the order of the file.
    summaries: Vec<(&'a TaskRow, Range<usize>)>,
    /// The place in the network of each activity in the order of the file.
    places: Vec<usize>,
    by_uid: BTreeMap<i64, Uid>,
}

#[derive(Debug, Clone, Copy)]
enum Uid {
    Activity(usize),
    Summary(usize),
    Hammock,
}

impl<'a> Tree<'a> {
    /// Sorts out the tasks; those of our own files lie in the network as their uids do.
    pub(super) fn new(
        source: &Source<'_>,
        project: &'a ProjectRow,
        hammocks: BTreeSet<i64>,
        is_own: bool,
        notes: &mut Notes,
    ) -> Result<Self> {
        let mut tree = Self {
            activities: Vec::new(),
            segments: Vec::new(),
            summaries: Vec::new(),
            places: Vec::new(),
            by_uid: BTreeMap::new(),
        };
        // Summaries that are open, outermost first, by their places in the list.
        let mut open: Vec<usize> = Vec::new();
        let next = project.tasks.iter().skip(1).map(|task| task.level).chain([i64::MIN]);
        for (task, next_level) in project.tasks.iter().zip(next) {
            tree.close(&mut open, task.level);
            let uid = if task.is_summary || next_level > task.level {
                if !open.is_empty() {
                    source.note(notes, task.at, "deep", || {
                        "summaries below summaries are not kept; the outermost stay".to_owned()
                    });
                }
                open.push(tree.summaries.len());
                let first = tree.activities.len();
                tree.summaries.push((task, first..first));
                Uid::Summary(tree.summaries.len() - 1)
            } else if hammocks.contains(&task.uid) {
                Uid::Hammock
            } else {
                tree.activities.push(task);
                let outermost = open.first().and_then(|at| tree.summaries.get(*at));
                tree.segments.push(outermost.map(|summary| summary.0));
                Uid::Activity(tree.activities.len() - 1)
            };
            if tree.by_uid.insert(task.uid, uid).is_some() {
                let problem = format!("two tasks have the UID {}", task.uid);
                return Err(source.wrong(task.at, problem, "give each a UID of its own"));
            }
        }
        tree.close(&mut open, i64::MIN);
        tree.places = (0..tree.activities.len()).collect();
        if is_own {
            tree.sort();
        }
        Ok(tree)
    }

    /// Ends the summaries that a task of a level does not lie below.
    fn close(&mut self, open: &mut Vec<usize>, level: i64) {
        while let Some((summary, below)) = open.last().and_then(|at| self.summaries.get_mut(*at)) {
            if summary.level < level {
                break;
            }
            below.end = self.activities.len();
            open.pop();
        }
    }

    /// Brings activities into the order of their uids.
    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.activities.len()).collect();
        order.sort_by_key(|at| self.activities.get(*at).map(|task| task.uid));
        for (place, at) in order.iter().enumerate() {
            if let Some(slot) = self.places.get_mut(*at) {
                *slot = place;
            }
        }
        self.activities = order.iter().filter_map(|at| self.activities.get(*at).copied()).collect();
        self.segments = order.iter().filter_map(|at| self.segments.get(*at).copied()).collect();
    }

    /// What a uid names.
    pub(super) fn named(&self, uid: i64) -> Option<Named<'_>> {
        match *self.by_uid.get(&uid)? {
            Uid::Activity(at) => self.places.get(at).map(|place| Named::Activity(*place)),
            Uid::Summary(at) => {
                let below = self.summaries.get(at)?.1.clone();
                self.places.get(below).map(Named::Summary)
            }
            Uid::Hammock => Some(Named::Hammock),
        }
    }

    /// Whether a task has a uid.
    pub(super) fn has(&self, uid: i64) -> bool {
        self.by_uid.contains_key(&uid)
    }

    /// Each summary with the places of the activities below it.
    pub(super) fn summaries(&self) -> impl Iterator<Item = (&'a TaskRow, &[usize])> {
        self.summaries
            .iter()
            .map(|(task, below)| (*task, self.places.get(below.clone()).unwrap_or_default()))
    }
}
