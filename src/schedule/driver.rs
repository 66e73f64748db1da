//! What fixes a date: a link, a constraint, a fact, or an end of the project.

use super::compiled::{LinkInto, Span};
use super::horizon::BEYOND;
use super::rule::{NO_CEILING, evening, morning};
use super::{Activity, Constraint, Dates, Rule, WorkingDays};

/// What fixes a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Driver {
    /// A link, by its place in the network's list.
    Link(usize),
    /// A constraint of its own.
    Constraint(Constraint),
    /// It has happened.
    Fact,
    /// The start of the network.
    ProjectStart,
    /// The data date.
    DataDate,
    /// The early finish of the last activity.
    ProjectFinish,
    /// The day by which the network must be finished.
    FinishBy,
}

/// No bound from below.
const NO_FLOOR: Span = Span { start: -BEYOND, finish: -BEYOND };

impl Dates<'_> {
    /// What fixes the early dates of an activity; several where each alone would.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use railcorridor::schedule::{Activity, Calendar, Driver, Link, Network, WorkingWeek};
    ///
    /// let week = WorkingWeek::FRIDAY_OFF;
    /// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", week));
    /// network.activities = vec![
    ///     Activity::task("fill", 9.0), Activity::task("piers", 4.0), Activity::task("track", 5.0)];
    /// network.links =
    ///     vec![Link::finish_start("fill", "track"), Link::finish_start("piers", "track")];
    /// let compiled = network.compile()?;
    /// let dates = compiled.dates()?;
    /// assert_eq!(dates.early_drivers(2), [Driver::Link(0)]);
    /// assert_eq!(dates.early_drivers(0), [Driver::ProjectStart]);
    /// assert_eq!(dates.late_drivers(1), [Driver::Link(1)]);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn early_drivers(&self, activity: usize) -> Vec<Driver> {
        let Some(place) = self.place(activity) else { return Vec::new() };
        if place.rule == Rule::Done {
            return vec![Driver::Fact];
        }
        let mut drivers: Vec<Driver> = Vec::new();
        if self.compiled.waits(place.rule) {
            let links = self.compiled.links_into(place.position);
            let drives = links.filter(|(link, _)| self.drives(link, &place));
            drivers.extend(drives.map(|(_, number)| Driver::Link(number)));
        }
        if let Some(floor) = self.compiled.floors.get(place.position) {
            let (start, finish) =
                (Span { finish: -BEYOND, ..*floor }, Span { start: -BEYOND, ..*floor });
            let fixes = |bound: Span| bound != NO_FLOOR && place.is_earliest(bound);
            if fixes(start) {
                drivers.push(self.floor_driver(&place, start.start, false));
            }
            if fixes(finish) {
                drivers.push(self.floor_driver(&place, finish.finish, true));
            }
        }
        drivers
    }

    /// What fixes the late dates of an activity; several where each alone would.
    ///
    /// # Complexity
    /// Linear in links.
    #[must_use]
    pub fn late_drivers(&self, activity: usize) -> Vec<Driver> {
        let Some(place) = self.place(activity) else { return Vec::new() };
        match place.rule {
            Rule::Done => return vec![Driver::Fact],
            Rule::Pinned => {
                let must = place.activity.constraints.iter().filter(|one| one.is_must());
                return must.map(|one| Driver::Constraint(*one)).collect();
            }
            Rule::Open | Rule::Begun(_) => {}
        }
        let mut drivers = Vec::new();
        for (link, number, to) in self.links_from(place.position) {
            let Some(to) = self.late.get(to) else { continue };
            let mut bound = NO_CEILING;
            let moment = self.compiled.earlier(link, to.end(link.kind.is_to_finish()));
            *bound.end_mut(link.kind.is_from_finish()) = moment;
            if place.is_latest(bound) {
                drivers.push(Driver::Link(number));
            }
        }
        drivers.extend(self.ceiling_drivers(&place));
        if place.is_latest(Span { finish: self.late_finish, ..NO_CEILING }) {
            let is_given = self.compiled.network.finish_by.is_some();
            drivers.push(if is_given { Driver::FinishBy } else { Driver::ProjectFinish });
        }
        drivers
    }

    fn ceiling_drivers(&self, place: &Place<'_>) -> Vec<Driver> {
        let is_tight = |constraint: &&Constraint| {
            let moment = self.horizon().morning(constraint.day());
            let bound = match constraint {
                Constraint::StartNoLater(_) => {
                    Span { start: morning(place.activity, moment), ..NO_CEILING }
                }
                Constraint::FinishNoLater(_) | Constraint::MustFinish(_) => {
                    Span { finish: evening(place.activity, moment), ..NO_CEILING }
                }
                _ => return false,
            };
            place.is_latest(bound)
        };
        let constraints = place.activity.constraints.iter().filter(is_tight);
        constraints.map(|constraint| Driver::Constraint(*constraint)).collect()
    }

    /// What has set a floor at a moment.
    fn floor_driver(&self, place: &Place<'_>, floor: i32, is_finish: bool) -> Driver {
        let horizon = self.horizon();
        let sets = |constraint: &&Constraint| {
            let moment = horizon.morning(constraint.day());
            match constraint {
                Constraint::StartNoEarlier(_) | Constraint::MustStart(_) => {
                    !is_finish && morning(place.activity, moment) == floor
                }
                Constraint::FinishNoEarlier(_) | Constraint::MustFinish(_) => {
                    is_finish && evening(place.activity, moment) == floor
                }
                Constraint::StartNoLater(_) | Constraint::FinishNoLater(_) => false,
            }
        };
        let network = self.compiled.network;
        match place.activity.constraints.iter().find(sets) {
            Some(constraint) => Driver::Constraint(*constraint),
            None if network.data_date.is_some_and(|day| horizon.morning(day) == floor) => {
                Driver::DataDate
            }
            None => Driver::ProjectStart,
        }
    }

    /// The links that leave a position and still count, with their number and the position of
    /// their successor.
    pub(super) fn links_from(
        &self,
        position: usize,
    ) -> impl Iterator<Item = (&LinkInto, usize, usize)> {
        let compiled = self.compiled;
        let counts = |to: &usize| {
            let rule = compiled.rules.get(*to).copied().unwrap_or(Rule::Done);
            compiled.waits(rule) || rule == Rule::Pinned
        };
        let successors = (0..compiled.order.len()).filter(counts);
        successors.flat_map(move |to| {
            let links =
                compiled.links_into(to).filter(move |(link, _)| link.from as usize == position);
            links.map(move |(link, number)| (link, number, to))
        })
    }

    /// Whether a link alone would give the early dates of the activity that it holds.
    pub(super) fn drives(&self, link: &LinkInto, place: &Place<'_>) -> bool {
        let Some(from) = self.early.get(link.from as usize) else { return false };
        let mut bound = NO_FLOOR;
        let moment = self.compiled.later(link, from.end(link.kind.is_from_finish()));
        *bound.end_mut(link.kind.is_to_finish()) = moment;
        place.is_earliest(bound)
    }

    /// All that its dates come from, but for links.
    pub(super) fn place(&self, activity: usize) -> Option<Place<'_>> {
        let compiled = self.compiled;
        let position = compiled.position(activity);
        let placed_by = compiled.placed_by.get(position)?;
        Some(Place {
            position,
            activity: compiled.network.activities.get(activity)?,
            rule: *compiled.rules.get(position)?,
            calendar: compiled.calendar(*placed_by)?,
            duration_days: *compiled.durations_days.get(position)?,
            early: *self.early.get(position)?,
            late: *self.late.get(position)?,
        })
    }
}

/// All that the dates of an activity come from, but for links.
pub(super) struct Place<'a> {
    pub(super) position: usize,
    pub(super) activity: &'a Activity,
    pub(super) rule: Rule,
    pub(super) calendar: &'a WorkingDays,
    pub(super) duration_days: i32,
    pub(super) early: Span,
    pub(super) late: Span,
}

impl Place<'_> {
    /// Whether a bound from below alone gives the early dates.
    fn is_earliest(&self, bound: Span) -> bool {
        match self.rule {
            Rule::Begun(_) => {
                let rest = self.calendar.earliest_rest(self.duration_days, bound);
                rest.finish == self.early.finish
            }
            _ => self.calendar.earliest(self.duration_days, bound) == self.early,
        }
    }

    /// Whether a bound from above alone gives the late dates.
    fn is_latest(&self, bound: Span) -> bool {
        match self.rule {
            Rule::Begun(_) => {
                let rest = self.calendar.latest_rest(self.duration_days, bound.finish);
                bound.finish < BEYOND && rest.finish == self.late.finish
            }
            _ => self.calendar.latest(self.duration_days, bound) == self.late,
        }
    }
}
