//! One schedule after an order of activities: forward, each as early as it can be; or backward.

use super::compiled::Span;
use super::horizon::BEYOND;
use super::resource_order::Sequence;
use super::resource_profile::Profile;
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
    let span = unhindered(setup, position, bound);
    let needs = setup.needs(position);
    let days = setup.duration_days(position);
    let rule = setup.rule(position);
    if needs.is_empty() || days == 0 || matches!(rule, Rule::Pinned | Rule::Done) {
        return span;
    }
    let Some(calendar) = calendar(setup, position) else { return span };
    let mut first = calendar.before(calendar.earliest(days, bound).start);
    let length = usize::try_from(days).unwrap_or(0);
    // Each window is looked at from its end, so that it moves on past the last day that hinders.
    'window: loop {
        let window = calendar.mornings_from(first, days);
        if window.len() < length {
            return Span::at(BEYOND);
        }
        for need in needs {
            if let Some(place) = profile.last_short(window, *need) {
                first += i32::try_from(place).unwrap_or(BEYOND) + 1;
                continue 'window;
            }
        }
        for need in needs {
            profile.take(window, *need);
        }
        let end = window.last().map_or(BEYOND, |day| day + 1);
        let start = window.first().copied().unwrap_or(BEYOND);
        return match rule {
            Rule::Begun(begun) => Span { start: begun, finish: end },
            _ => Span { start, finish: end },
        };
    }
}

/// Takes the last days under a bound on which an activity has what it needs.
fn latest(profile: &mut Profile, setup: &Setup<'_>, position: usize, bound: Span) -> Span {
    let rule = setup.rule(position);
    let Some(calendar) = calendar(setup, position) else { return bound };
    let days = setup.duration_days(position);
    let span = match rule {
        Rule::Open => calendar.latest(days, bound),
        Rule::Begun(_) => calendar.latest_rest(days, bound.finish),
        Rule::Pinned | Rule::Done => return unhindered(setup, position, bound),
    };
    let needs = setup.needs(position);
    if needs.is_empty() || days == 0 {
        return span;
    }
    let mut first = calendar.before(span.start);
    let length = usize::try_from(days).unwrap_or(0);
    'window: loop {
        let window = calendar.mornings_from(first, days);
        if first < 0 || window.len() < length {
            return Span::at(-BEYOND);
        }
        for need in needs {
            if let Some(place) = profile.first_short(window, *need) {
                first += i32::try_from(place).unwrap_or(0) - days;
                continue 'window;
            }
        }
        for need in needs {
            profile.take(window, *need);
        }
        let end = window.last().map_or(BEYOND, |day| day + 1);
        return Span { start: window.first().copied().unwrap_or(-BEYOND), finish: end };
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
    let Some(calendar) = calendar(setup, position) else { return bound };
    let (days, floor) = (setup.duration_days(position), setup.floor(position));
    match setup.rule(position) {
        Rule::Open => calendar.earliest(days, bound),
        Rule::Pinned => calendar.earliest(days, floor),
        Rule::Begun(start) => Span { start, finish: calendar.earliest_rest(days, bound).finish },
        Rule::Done => floor,
    }
}

/// The calendar that the activity at a position is placed by.
pub(super) fn calendar<'c>(setup: &Setup<'c>, position: usize) -> Option<&'c WorkingDays> {
    setup.compiled.calendar(setup.compiled.placed_by.get(position).copied()?)
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
        let span = spans.get(*position as usize).copied().unwrap_or(Span::at(0));
        late_days += broken_days(setup, *position as usize, span, spans);
    }
    Cost { late_days, finish }
}

/// Days by which the links into what must have its dates are broken, the most of them.
fn broken_days(setup: &Setup<'_>, position: usize, span: Span, spans: &[Span]) -> i64 {
    let links = setup.compiled.links_into(position);
    let days = links.filter_map(|(link, _)| {
        let from = spans.get(link.from as usize)?;
        let moment = setup.compiled.later(link, from.end(link.kind.is_from_finish()));
        Some(i64::from(moment - span.end(link.kind.is_to_finish())))
    });
    days.max().unwrap_or(0).max(0)
}
