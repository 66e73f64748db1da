//! The forward and the backward pass: when each activity can be done, and when it must be.

use super::compiled::{Compiled, LinkInto, Span};
use super::horizon::BEYOND;
use super::{OutOfSequence, Rule, WorkingDays};

impl Compiled<'_> {
    /// The earliest start and finish of each position, with durations by position.
    ///
    /// Each activity starts on the first morning of its calendar on which all its links hold.
    ///
    /// # Complexity
    /// One look at each link, four into tables for each activity.
    pub fn forward(&self, durations_days: &[i32], early: &mut Vec<Span>) {
        early.clear();
        early.reserve(self.order.len());
        let places = self.placed_by.iter().zip(durations_days).zip(&self.floors).zip(&self.rules);
        for ((((placed_by, duration_days), floor), rule), links) in
            places.zip(self.links_by_position())
        {
            let mut bound = *floor;
            if self.waits(*rule) {
                for link in links {
                    let Some(from) = early.get(link.from as usize) else { continue };
                    let moment = self.later(link, from.end(link.kind.is_from_finish()));
                    let end = bound.end_mut(link.kind.is_to_finish());
                    *end = moment.max(*end);
                }
            }
            let Some(calendar) = self.calendar(*placed_by) else { continue };
            early.push(rule.early(calendar, *duration_days, bound, *floor));
        }
    }

    /// The latest start and finish of each position that let all be finished at a moment.
    ///
    /// Of an activity that was begun it is the start of what remains.
    ///
    /// # Complexity
    /// As that of [`forward`](Self::forward).
    pub fn backward(&self, durations_days: &[i32], finish: i32, late: &mut Vec<Span>) {
        self.ceilings(finish, late);
        for (position, place) in self.places(durations_days).enumerate().rev() {
            let Some(bound) = late.get_mut(position) else { continue };
            let span = place.late(*bound);
            *bound = span;
            for link in place.links {
                let moment = self.earlier(link, span.end(link.kind.is_to_finish()));
                let Some(from) = late.get_mut(link.from as usize) else { continue };
                let end = from.end_mut(link.kind.is_from_finish());
                *end = moment.min(*end);
            }
        }
    }

    /// The same, and the latest start and finish of each position that leave all others at their
    /// early dates: in one pass, since both ask the same of each link.
    pub(super) fn floats(&self, early: &[Span], finishes: Finishes) -> (Vec<Span>, Vec<Span>) {
        let (mut late, mut free) = (Vec::new(), Vec::new());
        self.ceilings(finishes.late, &mut late);
        free.resize(self.order.len(), Span { start: BEYOND, finish: finishes.early });
        let places = self.places(&self.durations_days).zip(early);
        for (position, (place, early)) in places.enumerate().rev() {
            let bounds = late.get_mut(position).zip(free.get_mut(position));
            let Some((bound, free_bound)) = bounds else { continue };
            let span = place.late(*bound);
            *bound = span;
            *free_bound = place.free(*free_bound, *early);
            let held = place.held(*early);
            for link in place.links {
                let (to_finish, from_finish) =
                    (link.kind.is_to_finish(), link.kind.is_from_finish());
                let moment = self.earlier(link, span.end(to_finish));
                let free_moment = self.earlier(link, held.end(to_finish));
                let from = link.from as usize;
                let Some((late, free)) = late.get_mut(from).zip(free.get_mut(from)) else {
                    continue;
                };
                let (late, free) = (late.end_mut(from_finish), free.end_mut(from_finish));
                (*late, *free) = (moment.min(*late), free_moment.min(*free));
            }
        }
        (late, free)
    }

    /// Bounds of late dates before any link.
    fn ceilings(&self, finish: i32, late: &mut Vec<Span>) {
        late.clear();
        late.resize(self.order.len(), Span { start: BEYOND, finish });
        for (position, ceiling) in &self.ceilings {
            let Some(bound) = late.get_mut(*position as usize) else { continue };
            *bound = Span { start: ceiling.start, finish: ceiling.finish.min(finish) };
        }
    }

    /// What late dates come from, by position.
    fn places<'a>(
        &'a self,
        durations_days: &'a [i32],
    ) -> impl DoubleEndedIterator<Item = Late<'a>> + ExactSizeIterator {
        let places = self.placed_by.iter().zip(durations_days).zip(&self.floors).zip(&self.rules);
        places.zip(self.links_by_position()).map(
            |((((placed_by, duration_days), floor), rule), links)| Late {
                calendar: self.calendar(*placed_by),
                duration_days: *duration_days,
                floor: *floor,
                rule: *rule,
                // What does not wait for its predecessors does not hold them back either, but for
                // what must have its date.
                links: if self.waits(*rule) || *rule == Rule::Pinned { links } else { &[] },
            },
        )
    }

    /// Whether early dates come from links.
    pub(super) fn waits(&self, rule: Rule) -> bool {
        match rule {
            Rule::Open => true,
            Rule::Begun(_) => self.network.out_of_sequence == OutOfSequence::Wait,
            Rule::Pinned | Rule::Done => false,
        }
    }

    /// The earliest moment of the successor's end that a link allows.
    pub(super) fn later(&self, link: &LinkInto, moment: i32) -> i32 {
        if !link.is_counted {
            return moment;
        }
        let calendar = self.calendar(link.calendar);
        calendar.map_or(moment, |calendar| calendar.later(moment, link.lag_days))
    }

    /// The latest moment of the predecessor's end that a link allows.
    pub(super) fn earlier(&self, link: &LinkInto, moment: i32) -> i32 {
        if !link.is_counted {
            return moment;
        }
        let calendar = self.calendar(link.calendar);
        calendar.map_or(moment, |calendar| calendar.earlier(moment, link.lag_days))
    }
}

/// The moments that late dates and free floats count back from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finishes {
    /// The early finish of the last activity.
    pub(super) early: i32,
    /// That by which all must be finished.
    pub(super) late: i32,
}

/// What the late dates of an activity come from.
struct Late<'a> {
    calendar: Option<&'a WorkingDays>,
    duration_days: i32,
    floor: Span,
    rule: Rule,
    /// Those that hold its predecessors back.
    links: &'a [LinkInto],
}

impl Late<'_> {
    /// Its late dates under a bound.
    fn late(&self, bound: Span) -> Span {
        let Some(calendar) = self.calendar else { return bound };
        self.rule.late(calendar, self.duration_days, bound, self.floor)
    }

    /// The dates at which its float is used up.
    fn free(&self, bound: Span, early: Span) -> Span {
        let Some(calendar) = self.calendar else { return bound };
        match self.rule {
            Rule::Open | Rule::Pinned => calendar.latest(self.duration_days, bound),
            Rule::Begun(_) => calendar.latest_rest(self.duration_days, bound.finish),
            Rule::Done => early,
        }
    }

    /// The early dates of what is still to be done, which its predecessors must not move.
    fn held(&self, early: Span) -> Span {
        match (self.rule, self.calendar) {
            (Rule::Begun(_), Some(calendar)) => {
                calendar.latest_rest(self.duration_days, early.finish)
            }
            _ => early,
        }
    }
}

/// The last moment at which anything is finished.
#[must_use]
pub fn last_finish(spans: &[Span]) -> i32 {
    spans.iter().map(|span| span.finish).max().unwrap_or(-BEYOND)
}

impl WorkingDays {
    /// The earliest working days for an activity that starts and finishes no earlier than bounds.
    pub(super) fn earliest(&self, duration_days: i32, bound: Span) -> Span {
        if duration_days == 0 {
            return Span::at(self.start_of(self.before(bound.start.max(bound.finish))));
        }
        let mut first = self.before(bound.start);
        if bound.finish > -BEYOND {
            // The last day is the first that ends at the bound or later.
            first = first.max(self.before(bound.finish - 1) + 1 - duration_days);
        }
        Span { start: self.start_of(first), finish: self.end_of(first + duration_days) }
    }

    /// The latest working days for an activity that starts and finishes no later than bounds.
    pub(super) fn latest(&self, duration_days: i32, bound: Span) -> Span {
        if duration_days == 0 {
            return Span::at(self.start_of(self.before(bound.start.min(bound.finish) + 1) - 1));
        }
        let mut first = self.before(bound.finish) - duration_days;
        if bound.start < BEYOND {
            first = first.min(self.before(bound.start + 1) - 1);
        }
        Span { start: self.start_of(first), finish: self.end_of(first + duration_days) }
    }

    /// As [`earliest`](Self::earliest) for what remains, which may be nothing on any evening.
    pub(super) fn earliest_rest(&self, remaining_days: i32, bound: Span) -> Span {
        if remaining_days == 0 {
            return Span::at(bound.start.max(bound.finish));
        }
        self.earliest(remaining_days, bound)
    }

    /// As [`latest`](Self::latest) for what remains of an activity whose start is a fact.
    pub(super) fn latest_rest(&self, remaining_days: i32, finish: i32) -> Span {
        if remaining_days == 0 {
            return Span::at(finish);
        }
        self.latest(remaining_days, Span { start: BEYOND, finish })
    }
}
