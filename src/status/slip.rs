//! By how much the plan of a later day is later, and why.

use serde::Serialize;

use crate::error::Result;
use crate::model::Date;
use crate::schedule::Network;
use crate::stages::{ItemKind, Plan, PlanItem};

/// When a stage or a kind of work of a segment ends, by the plans of two days.
///
/// That a plan of a later day ends later has two reasons. Time passed: the plan of the earlier day,
/// begun on the later one as if nothing had happened in between, ends so much later
/// ([`waited_days`](Self::waited_days)). The rest ([`evidence_days`](Self::evidence_days)) is what
/// the evidence in between has changed, below 0 where work is no longer to be done. Without such
/// evidence the latter is 0 and the slip is the passing of time alone: about the days between the
/// two, more or less by the days off and the frost that it moves into or out of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Slip {
    /// Id of the segment; `corridor` for the opening of all.
    pub segment: String,
    /// What it is.
    pub kind: ItemKind,
    /// Id of the stage or work; of works, the last lot counts.
    pub work: String,
    /// Activity of the later plan that ends last, else of the earlier one.
    pub activity: String,
    /// Its last day by the plan of the earlier day; `None` if that plan did not have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Date>,
    /// The same, begun on the later day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waited: Option<Date>,
    /// Its last day by the plan of the later day; `None` if nothing of it is left to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<Date>,
}

impl Slip {
    /// By how many days of the calendar the later plan ends it later.
    #[must_use]
    pub fn slip_days(&self) -> Option<i64> {
        Some(self.then?.days_until(self.now?))
    }

    /// What of that is the passing of time.
    #[must_use]
    pub fn waited_days(&self) -> Option<i64> {
        Some(self.then?.days_until(self.waited?))
    }

    /// What of that the evidence in between has changed.
    #[must_use]
    pub fn evidence_days(&self) -> Option<i64> {
        Some(self.waited?.days_until(self.now?))
    }
}

/// Each stage, kind of work and opening by the plans of two days, in the order of the earlier plan;
/// what only the later one has comes last.
///
/// # Errors
/// Those of [`Network::compile`] and [`Compiled::dates`](crate::schedule::Compiled::dates).
pub fn slips(then: &Plan, now: &Plan) -> Result<Vec<Slip>> {
    let waiting = Network { start: now.network.start, ..then.network.clone() };
    let early = ends(&then.items, &then.network)?;
    let waited = ends(&then.items, &waiting)?;
    let late = ends(&now.items, &now.network)?;
    let same = |end: &&End<'_>, other: &End<'_>| end.key() == other.key();
    let slip = |of: &End<'_>, then: Option<Date>, now: Option<&End<'_>>| Slip {
        segment: of.item.segment.clone(),
        kind: of.item.kind,
        work: of.item.work.clone(),
        activity: now.unwrap_or(of).item.activity.clone(),
        then,
        waited: waited.iter().find(|end| same(end, of)).map(|end| end.day),
        now: now.map(|end| end.day),
    };
    let mut all: Vec<Slip> = early
        .iter()
        .map(|end| slip(end, Some(end.day), late.iter().find(|other| same(other, end))))
        .collect();
    let is_new = |end: &&End<'_>| !early.iter().any(|other| same(&other, end));
    all.extend(late.iter().filter(is_new).map(|end| slip(end, None, Some(end))));
    Ok(all)
}

/// The last end of a stage or kind of work.
struct End<'a> {
    item: &'a PlanItem,
    day: Date,
}

impl End<'_> {
    fn key(&self) -> (&str, &str) {
        (&self.item.segment, &self.item.work)
    }
}

/// The last end of each stage and kind of work, in the order in which they are first met.
fn ends<'a>(items: &'a [PlanItem], network: &Network) -> Result<Vec<End<'a>>> {
    let compiled = network.compile()?;
    let dates = compiled.dates()?;
    let mut ends: Vec<End<'a>> = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let end = End { item, day: dates.early_finish(place).into() };
        match ends.iter_mut().find(|other| other.key() == end.key()) {
            Some(other) if other.day < end.day => *other = end,
            Some(_) => {}
            None => ends.push(end),
        }
    }
    Ok(ends)
}
