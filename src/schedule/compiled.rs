//! A network as arrays, in an order in which all that holds an activity comes before it.

use std::ops::Range;

use super::hammock::Hung;
use super::{Horizon, LinkKind, Network, Rule, WorkingDays};

/// A network as arrays, in an order in which all that holds an activity comes before it.
///
/// Activities are told by their *position* in that order. The passes read nothing else, so they
/// can be run over and over with other durations.
#[derive(Debug, Clone)]
pub struct Compiled<'n> {
    pub(super) network: &'n Network,
    pub(super) horizon: Horizon,
    /// Working days of every pair of calendar and kind of work that occurs; the first are all days.
    pub(super) calendars: Vec<WorkingDays>,
    /// The activity at each position.
    pub(super) order: Vec<u32>,
    /// The position of each activity.
    pub(super) positions: Vec<u32>,
    pub(super) durations_days: Vec<i32>,
    /// The calendar that each activity counts its days in.
    pub(super) counts_in: Vec<u16>,
    /// The calendar that each is placed by: that of all days for what may end on any evening.
    pub(super) placed_by: Vec<u16>,
    /// How the dates of each activity come about.
    pub(super) rules: Vec<Rule>,
    /// Moments before which an activity must not start or finish, or what has happened.
    pub(super) floors: Vec<Span>,
    /// Moments after which some positions must not start or finish.
    pub(super) ceilings: Vec<(u32, Span)>,
    /// The links into a position lie between its number here and the next.
    pub(super) first_link: Vec<u32>,
    pub(super) links: Vec<LinkInto>,
    /// The link of the network that each of them is.
    pub(super) link_numbers: Vec<u32>,
    pub(super) hammocks: Vec<Hung>,
}

/// A start and a finish, as moments of the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The moment of the start.
    pub start: i32,
    /// The moment of the finish.
    pub finish: i32,
}

/// A link as its successor sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkInto {
    /// Position of the predecessor.
    pub from: u32,
    /// Days of lag.
    pub lag_days: i32,
    /// Number of the calendar that counts the lag.
    pub calendar: u16,
    /// Which ends it joins.
    pub kind: LinkKind,
    /// Whether the calendar must be asked: there is a lag, or the link leads from a morning to an
    /// evening, and that before a Saturday morning is Thursday's where nobody works on Fridays.
    pub is_counted: bool,
}

impl<'n> Compiled<'n> {
    /// The network that it was made from.
    #[must_use]
    pub fn network(&self) -> &'n Network {
        self.network
    }

    /// The days that it is computed on.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// The activity at each position.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The position of each activity.
    #[must_use]
    pub fn positions(&self) -> &[u32] {
        &self.positions
    }

    /// Working days of the activity at each position, as planned; of one begun, those that remain.
    #[must_use]
    pub fn durations_days(&self) -> &[i32] {
        &self.durations_days
    }

    /// Number of the calendar in which the activity at each position counts its days.
    #[must_use]
    pub fn calendar_numbers(&self) -> &[u16] {
        &self.counts_in
    }

    /// The calendar of a number.
    #[must_use]
    pub fn calendar(&self, number: u16) -> Option<&WorkingDays> {
        self.calendars.get(usize::from(number))
    }

    /// What the activity at each position must not start or finish before, whatever its links; of
    /// one that is done, what has happened.
    #[must_use]
    pub fn floors(&self) -> &[Span] {
        &self.floors
    }

    /// How the dates of the activity at each position come about.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The links into each position, one position after the other.
    pub fn links_by_position(
        &self,
    ) -> impl DoubleEndedIterator<Item = &[LinkInto]> + ExactSizeIterator {
        self.link_ranges().map(|range| self.links.get(range).unwrap_or_default())
    }

    /// Where the links into each position lie among all.
    pub(super) fn link_ranges(
        &self,
    ) -> impl DoubleEndedIterator<Item = Range<usize>> + ExactSizeIterator {
        self.first_link.windows(2).map(|ends| match *ends {
            [first, next] => first as usize..next as usize,
            _ => 0..0,
        })
    }

    /// The links into a position, each with its number in the network.
    pub(super) fn links_into(&self, position: usize) -> impl Iterator<Item = (&LinkInto, usize)> {
        let ends = self.first_link.get(position).zip(self.first_link.get(position + 1));
        let range = ends.map_or(0..0, |(first, next)| *first as usize..*next as usize);
        let links = self.links.get(range.clone()).unwrap_or_default();
        let numbers = self.link_numbers.get(range).unwrap_or_default();
        links.iter().zip(numbers.iter().map(|number| *number as usize))
    }

    /// The activity at a position; one that no table holds if there is no such position.
    pub(super) fn activity_at(&self, position: usize) -> usize {
        self.order.get(position).map_or(usize::MAX, |activity| *activity as usize)
    }

    /// The position of an activity; one that no table holds if there is no such activity.
    pub(super) fn position(&self, activity: usize) -> usize {
        self.positions.get(activity).map_or(usize::MAX, |position| *position as usize)
    }
}

impl Span {
    /// Both ends at one moment.
    #[must_use]
    pub const fn at(moment: i32) -> Self {
        Self { start: moment, finish: moment }
    }

    /// One of its ends.
    #[must_use]
    pub const fn end(self, is_finish: bool) -> i32 {
        if is_finish { self.finish } else { self.start }
    }

    pub(super) fn end_mut(&mut self, is_finish: bool) -> &mut i32 {
        if is_finish { &mut self.finish } else { &mut self.start }
    }
}
