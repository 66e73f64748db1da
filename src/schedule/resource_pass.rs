//! One schedule after an order of activities: forward, each as early as it can be; or backward.

use super::compiled::Span;
use super::horizon::BEYOND;
use super::resource_order::Sequence;
use super::resource_profile::{Need, Profile};
use super::resource_setup::Setup;
use super::{Rule, WorkingDays};

/// What a schedule is worth: less is better.
///
/// First the days by which constraints are missed, then the moment at which all is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    pub(super) late_days: i64,
    pub(super) finish: i32,
}

/// What making schedules needs again and again.
pub(super) struct Bench {
    profile: Profile,
    /// Where each activity is placed, by position.
    pub(super) spans: Vec<Span>,
    pub(super) sequence: Sequence,
}

impl Bench {
    pub(super) fn new(setup: &Setup<'_>) -> Self {
        let count = setup.compiled.order().len();
        Self {
            profile: setup.pinned.clone(),
            spans: vec![Span::at(BEYOND); count],
            sequence: Sequence::new(count),
        }
    }

    /// How much is free of each resource, with all that is placed.
    pub(super) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Each activity of an order, in which predecessors come first, as early as links, its calendar
    /// and what those before it leave of the resources allow.
    ///
    /// The serial schedule generation scheme (R. Kolisch, European Journal of Operational Research
    /// 90, 1996, 320-333), over the links of the network.
    pub(super) fn forward(&mut self, setup: &Setup<'_>) -> Cost {
        let Self { profile, spans, sequence } = self;
        profile.clear();
        for position in sequence.order() {
            let position = *position as usize;
            let bound = early_bound(setup, position, spans);
            let span = earliest(profile, setup, position, bound);
            if let Some(place) = spans.get_mut(position) {
                *place = span;
            }
        }
        cost(setup, spans)
    }

    /// Each activity of an order, in which successors come first, as late as it can be for all to
    /// be finished at a moment.
    ///
    /// Floors are not kept: a forward pass in the order of what comes out keeps them.
    pub(super) fn backward(&mut self, setup: &Setup<'_>, finish: i32) {
        let Self { profile, spans, sequence } = self;
        profile.clear();
        for position in sequence.order() {
            let position = *position as usize;
            let bound = late_bound(setup, position, spans, finish);
            let span = latest(profile, setup, position, bound);
            if let Some(place) = spans.get_mut(position) {
                *place = span;
            }
        }
    }
}

/// Takes the first days under a bound on which an activity has what it needs.
fn earliest(profile: &mut Profile, setup: &Setup<'_>, position: usize, bound: Span) -> Span {
    let (rule, days) = (setup.rule(position), setup.duration_days(position));
    let needs = setup.needs(position);
    if needs.is_empty() || days == 0 || matches!(rule, Rule::Pinned | Rule::Done) {
        return unhindered(setup, position, bound);
    }
    let Some(calendar) = setup.calendar(position) else { return bound };
    let first = calendar.before(calendar.earliest(days, bound).start);
    // Each window is looked at from its end, so that it moves on past the last day that hinders.
    let on = |profile: &Profile, window: &[i32], need: Need| {
        let place = profile.last_short(window, need)?;
        Some(i32::try_from(place).unwrap_or(BEYOND) + 1)
    };
    let found = fit(profile, calendar, needs, (first, days), on);
    match (found, rule) {
        (None, _) => Span::at(BEYOND),
        (Some(span), Rule::Begun(start)) => Span { start, ..span },
        (Some(span), _) => span,
    }
}

/// Takes the last days under a bound on which an activity has what it needs.
fn latest(profile: &mut Profile, setup: &Setup<'_>, position: usize, bound: Span) -> Span {
    let span = unhindered_late(setup, position, bound);
    let (rule, days) = (setup.rule(position), setup.duration_days(position));
    let needs = setup.needs(position);
    if needs.is_empty() || days == 0 || matches!(rule, Rule::Pinned | Rule::Done) {
        return span;
    }
    let Some(calendar) = setup.calendar(position) else { return span };
    let back = |profile: &Profile, window: &[i32], need: Need| {
        let place = profile.first_short(window, need)?;
        Some(i32::try_from(place).unwrap_or(0) - days)
    };
    let first = calendar.before(span.start);
    fit(profile, calendar, needs, (first, days), back).unwrap_or(Span::at(-BEYOND))
}

/// Takes the first window of so many days, from a working day on, in which all needs are met;
/// `step` says how far to go where one is not. `None` off the horizon.
fn fit(
    profile: &mut Profile,
    calendar: &WorkingDays,
    needs: &[Need],
    (mut first, days): (i32, i32),
    step: impl Fn(&Profile, &[i32], Need) -> Option<i32>,
) -> Option<Span> {
    let length = usize::try_from(days).unwrap_or(0);
    loop {
        let window = calendar.mornings_from(first, days);
        if window.len() < length {
            return None;
        }
        if let Some(days) = needs.iter().find_map(|need| step(profile, window, *need)) {
            first += days;
            continue;
        }
        for need in needs {
            profile.take(window, *need);
        }
        let (start, last) = window.first().zip(window.last())?;
        return Some(Span { start: *start, finish: last + 1 });
    }
}

/// The bounds that links and floor set to an activity whose predecessors are placed.
pub(super) fn early_bound(setup: &Setup<'_>, position: usize, spans: &[Span]) -> Span {
    let mut bound = setup.floor(position);
    if setup.compiled.waits(setup.rule(position)) {
        for (link, _) in setup.compiled.links_into(position) {
            let Some(from) = spans.get(link.from as usize) else { continue };
            let moment = setup.compiled.later(link, from.end(link.kind.is_from_finish()));
            let end = bound.end_mut(link.kind.is_to_finish());
            *end = moment.max(*end);
        }
    }
    bound
}

/// The bounds that links set to an activity whose successors are placed, and a moment by which all
/// is to be finished. What has its dates whatever its links does not hold its predecessors.
pub(super) fn late_bound(setup: &Setup<'_>, position: usize, spans: &[Span], finish: i32) -> Span {
    let mut bound = Span { start: BEYOND, finish };
    for (to, link) in setup.links_out(position) {
        let to = *to as usize;
        if !setup.compiled.waits(setup.rule(to)) {
            continue;
        }
        let Some(span) = spans.get(to) else { continue };
        let moment = setup.compiled.earlier(link, span.end(link.kind.is_to_finish()));
        let end = bound.end_mut(link.kind.is_from_finish());
        *end = moment.min(*end);
    }
    bound
}

/// Where an activity lies under a bound if there is enough of all.
pub(super) fn unhindered(setup: &Setup<'_>, position: usize, bound: Span) -> Span {
    let Some(calendar) = setup.calendar(position) else { return bound };
    let (days, floor) = (setup.duration_days(position), setup.floor(position));
    setup.rule(position).early(calendar, days, bound, floor)
}

/// The same as late as a bound lets it.
pub(super) fn unhindered_late(setup: &Setup<'_>, position: usize, bound: Span) -> Span {
    let Some(calendar) = setup.calendar(position) else { return bound };
    let (days, floor) = (setup.duration_days(position), setup.floor(position));
    setup.rule(position).late(calendar, days, bound, floor)
}

/// What a schedule is worth.
fn cost(setup: &Setup<'_>, spans: &[Span]) -> Cost {
    let finish = super::last_finish(spans);
    let mut late_days = 0;
    for (position, ceiling) in &setup.compiled.ceilings {
        let Some(span) = spans.get(*position as usize) else { continue };
        let late = (span.start - ceiling.start).max(span.finish - ceiling.finish);
        late_days += i64::from(late.max(0));
    }
    for position in &setup.held_by_links {
        let days = broken(setup, *position as usize, spans).map(|(_, days)| days).max();
        late_days += i64::from(days.unwrap_or(0).max(0));
    }
    Cost { late_days, finish }
}

/// The links into a position by their numbers in the network, and the days by which each is broken:
/// none, or fewer, if it holds.
pub(super) fn broken(
    setup: &Setup<'_>,
    position: usize,
    spans: &[Span],
) -> impl Iterator<Item = (usize, i32)> {
    let span = spans.get(position).copied();
    setup.compiled.links_into(position).filter_map(move |(link, number)| {
        let (from, span) = spans.get(link.from as usize).zip(span)?;
        let moment = setup.compiled.later(link, from.end(link.kind.is_from_finish()));
        Some((number, moment - span.end(link.kind.is_to_finish())))
    })
}
