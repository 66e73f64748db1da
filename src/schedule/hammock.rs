//! What lasts as long as others do: supervision, camps, the hire of a crane.

use jiff::civil::Date;

use super::compiled::{Compiled, Span};
use super::{Dates, Network, Rule};
use crate::error::{Error, Result};

/// What lasts from the first start of some activities to the last finish of any of them:
/// supervision, a camp, the hire of a crane. It holds nothing itself.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::schedule::{Activity, Calendar, Hammock, Link, Network, WorkingWeek};
///
/// let week = WorkingWeek::EVERY_DAY;
/// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", week));
/// network.activities = ["survey", "fill", "track"].map(|id| Activity::task(id, 10.0)).into();
/// network.links = vec![Link::finish_start("survey", "fill"), Link::finish_start("fill", "track")];
/// network.hammocks = vec![Hammock::over("camp", ["track", "fill"])];
/// let compiled = network.compile()?;
/// let camp = compiled.dates()?.hammock(0);
/// assert_eq!(camp.map(|camp| camp.duration_days), Some(20));
/// assert_eq!(camp.map(|camp| camp.early_start), Some(date(2026, 1, 15)));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hammock {
    /// Its id.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// Id of the calendar that its days are counted in; empty for that of the project.
    pub calendar: String,
    /// Ids of the activities that it lasts for.
    pub over: Vec<String>,
}

/// The dates of a hammock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HammockDates {
    /// The first early start of its activities.
    pub early_start: Date,
    /// The last early finish.
    pub early_finish: Date,
    /// The first late start.
    pub late_start: Date,
    /// The last late finish.
    pub late_finish: Date,
    /// Working days from early start to early finish.
    pub duration_days: i32,
}

/// The activities of a hammock by position, and the number of its calendar.
#[derive(Debug, Clone)]
pub(super) struct Hung {
    pub(super) over: Vec<usize>,
    pub(super) calendar: u16,
}

impl Hammock {
    /// A hammock over some activities, in the calendar of the project.
    #[must_use]
    pub fn over<I: Into<String>>(
        id: impl Into<String>,
        activities: impl IntoIterator<Item = I>,
    ) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            calendar: String::new(),
            over: activities.into_iter().map(Into::into).collect(),
        }
    }

    /// The places of its activities in the list of a network.
    pub(super) fn activities(&self, find: impl Fn(&str) -> Option<u32>) -> Result<Vec<u32>> {
        let places = self.over.iter().map(|id| {
            find(id).ok_or_else(|| Error::Unknown {
                what: "activity",
                name: id.clone(),
                hint: format!("hammock {} names it", self.id),
            })
        });
        let places = places.collect::<Result<Vec<_>>>()?;
        if places.is_empty() {
            return Err(self.wrong("is over no activity", "name one at least"));
        }
        if find(&self.id).is_some() {
            return Err(self.wrong("an activity has this id", "give it an id of its own"));
        }
        Ok(places)
    }

    fn wrong(&self, problem: &str, hint: &str) -> Error {
        Error::Schedule {
            item: format!("hammock {}", self.id),
            problem: problem.to_owned(),
            hint: hint.to_owned(),
        }
    }
}

impl Network {
    /// Refuses hammocks of the same id.
    pub(super) fn check_hammocks(&self) -> Result<()> {
        let mut ids: Vec<&str> = self.hammocks.iter().map(|hammock| hammock.id.as_str()).collect();
        ids.sort_unstable();
        let twice = ids.iter().zip(ids.iter().skip(1)).find(|(a, b)| a == b);
        let hammock = twice.and_then(|(id, _)| self.hammocks.iter().find(|one| one.id == *id));
        match hammock {
            Some(hammock) => Err(hammock.wrong("two have this id", "give each an id of its own")),
            None => Ok(()),
        }
    }
}

impl Dates<'_> {
    /// The dates of a hammock by its place in the list; `None` if there is no such place.
    #[must_use]
    pub fn hammock(&self, place: usize) -> Option<HammockDates> {
        let compiled: &Compiled<'_> = self.compiled;
        let hung = compiled.hammocks.get(place)?;
        let early = hung.around(|position| self.early.get(position).copied())?;
        let late = hung.around(|position| {
            let (early, late) = (self.early.get(position)?, self.late.get(position)?);
            // What was begun has no other start than that.
            let is_begun = matches!(compiled.rules.get(position)?, Rule::Begun(_));
            Some(if is_begun { Span { start: early.start, ..*late } } else { *late })
        })?;
        let calendar = compiled.calendar(hung.calendar)?;
        let day = |moment| self.horizon().day(moment);
        Some(HammockDates {
            early_start: day(early.start),
            early_finish: day(early.finish - 1),
            late_start: day(late.start),
            late_finish: day(late.finish - 1),
            duration_days: calendar.before(early.finish) - calendar.before(early.start),
        })
    }
}

impl Hung {
    /// From the first start to the last finish of spans by position.
    fn around(&self, span: impl Fn(usize) -> Option<Span>) -> Option<Span> {
        let spans = self.over.iter().filter_map(|position| span(*position));
        spans.reduce(|a, b| Span { start: a.start.min(b.start), finish: a.finish.max(b.finish) })
    }
}
