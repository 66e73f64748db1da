//! Why an activity waits: for whom, and for which resource.

use std::fmt;

use jiff::civil::Date;

use super::explain::unknown;
use super::reason::{calendar_of, working_days};
use super::resource_pass::{broken, early_bound, unhindered};
use super::rule::{evening, morning};
use super::{Constraint, Levelled, Rule};
use crate::error::Result;

/// Why an activity does not start as soon as its links and its calendar would let it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceWait {
    /// Working days of its calendar that it waits.
    pub days: i32,
    /// The day on which it would have to work to start a day earlier, and cannot.
    pub day: Date,
    /// Resources of which too little is free on that day, by their places in the plan.
    pub resources: Vec<usize>,
    /// Activities that have them on that day, by their places in the network.
    pub held_by: Vec<usize>,
}

/// What cannot be kept on dates that resources allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMet {
    /// An activity that starts or is finished later than a constraint says.
    Constraint {
        /// Its place in the network.
        activity: usize,
        /// What it says.
        constraint: Constraint,
        /// Days that it is late.
        late_days: i32,
    },
    /// A link into an activity that must have its date.
    Link {
        /// Its place in the network.
        link: usize,
        /// Days that are missing.
        late_days: i32,
    },
    /// All is finished later than [`Network::finish_by`](super::Network::finish_by).
    FinishBy {
        /// Days that it is late.
        late_days: i32,
    },
}

impl Levelled<'_> {
    /// Why an activity waits for resources; `None` if it does not.
    ///
    /// # Complexity
    /// Linear in activities.
    #[must_use]
    pub fn wait(&self, activity: usize) -> Option<ResourceWait> {
        let position = self.setup.compiled.position(activity);
        let span = *self.spans.get(position)?;
        if matches!(self.setup.rule(position), Rule::Done | Rule::Pinned) {
            return None;
        }
        let calendar = self.setup.calendar(position)?;
        let bound = early_bound(&self.setup, position, &self.spans);
        let free = unhindered(&self.setup, position, bound);
        let days = calendar.before(span.finish) - calendar.before(free.finish);
        if days <= 0 {
            return None;
        }
        let first = calendar.before(span.finish) - self.setup.duration_days(position);
        let morning = calendar.start_of(first - 1);
        let is_short = |resource: &usize| {
            let units = self.setup.units(position, *resource);
            let used = self.setup.used(*resource, self.bench.profile(), morning);
            units > 0 && used + units > self.setup.capacity(*resource)
        };
        let resources: Vec<usize> = (0..self.setup.resources()).filter(is_short).collect();
        let holds = |other: &usize| {
            let other = self.setup.compiled.position(*other);
            let has = |resource: &usize| self.setup.units(other, *resource) > 0;
            other != position && resources.iter().any(has) && self.works_on(other, morning)
        };
        let held_by = (0..self.spans.len()).filter(holds).collect();
        Some(ResourceWait { days, day: self.horizon().day(morning), resources, held_by })
    }

    /// Whether the activity at a position works on the day that begins at a moment.
    fn works_on(&self, position: usize, morning: i32) -> bool {
        let Some((calendar, span)) = self.setup.calendar(position).zip(self.spans.get(position))
        else {
            return false;
        };
        let last = calendar.before(span.finish);
        let day = calendar.before(morning);
        calendar.start_of(day) == morning
            && (last - self.setup.duration_days(position)..last).contains(&day)
    }

    /// In words, why an activity has its dates.
    ///
    /// # Errors
    /// [`Error::Unknown`](crate::Error::Unknown) if the network has no such activity.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use railcorridor::schedule::{
    ///     Activity, Calendar, Demand, LevellingOptions, Network, Resource, ResourcePlan,
    ///     WorkingWeek,
    /// };
    ///
    /// let week = WorkingWeek::EVERY_DAY;
    /// let mut network = Network::new(date(2026, 6, 1), Calendar::new("site", week));
    /// network.activities = vec![Activity::task("lay-1", 5.0), Activity::task("lay-2", 5.0)];
    /// let plan = ResourcePlan {
    ///     resources: vec![Resource::new("track-layer", 1)],
    ///     demands: ["lay-1", "lay-2"].map(|id| Demand::new(id, "track-layer", 1)).into(),
    /// };
    /// let compiled = network.compile()?;
    /// let levelled = compiled.level(&plan, &LevellingOptions::default())?;
    /// assert_eq!(
    ///     levelled.explain("lay-2")?,
    ///     "lay-2: 2026-06-06 to 2026-06-10; waits 5 working days of calendar site for \
    ///      track-layer, which lay-1 has on 2026-06-05"
    /// );
    /// assert_eq!(
    ///     levelled.explain("lay-1")?,
    ///     "lay-1: 2026-06-01 to 2026-06-05; waits for no resource"
    /// );
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn explain(&self, id: &str) -> Result<String> {
        let network = self.setup.compiled.network();
        let place = network.activity(id);
        let found = place.and_then(|place| Some((place, network.activities.get(place)?)));
        let Some((place, activity)) = found else {
            return Err(unknown(id));
        };
        let dates = format!("{id}: {} to {}", self.start_of(place), self.finish_of(place));
        let Some(wait) = self.wait(place) else {
            return Ok(format!("{dates}; waits for no resource"));
        };
        let ids = |places: &[usize], id: &dyn Fn(usize) -> Option<String>| {
            let ids: Vec<String> = places.iter().filter_map(|place| id(*place)).collect();
            ids.join(" and ")
        };
        let resources = ids(&wait.resources, &|place| self.resource_ids.get(place).cloned());
        let holders = ids(&wait.held_by, &|place| {
            network.activities.get(place).map(|activity| activity.id.clone())
        });
        let have = if wait.held_by.len() == 1 { "has" } else { "have" };
        Ok(format!(
            "{dates}; waits {} for {resources}, which {holders} {have} on {}",
            working_days(wait.days, calendar_of(network, activity)),
            wait.day,
        ))
    }

    /// Constraints and links that the dates do not keep, and by how much.
    ///
    /// # Complexity
    /// Linear in activities and links.
    #[must_use]
    pub fn not_met(&self) -> Vec<NotMet> {
        let network = self.setup.compiled.network();
        let mut all = Vec::new();
        for (place, activity) in network.activities.iter().enumerate() {
            let (span, rule) =
                (self.span(place), self.setup.rule(self.setup.compiled.position(place)));
            let is_open = rule == Rule::Open;
            for constraint in &activity.constraints {
                let moment = self.horizon().morning(constraint.day());
                let late_days = match constraint {
                    Constraint::StartNoLater(_) if is_open => {
                        span.start - morning(activity, moment)
                    }
                    Constraint::FinishNoLater(_) if rule != Rule::Done => {
                        span.finish - evening(activity, moment)
                    }
                    Constraint::MustFinish(_) if matches!(rule, Rule::Begun(_)) => {
                        span.finish - evening(activity, moment)
                    }
                    _ => 0,
                };
                if late_days > 0 {
                    let constraint = *constraint;
                    all.push(NotMet::Constraint { activity: place, constraint, late_days });
                }
            }
        }
        for position in &self.setup.held_by_links {
            let links = broken(&self.setup, *position as usize, &self.spans);
            let late = links.filter(|(_, late_days)| *late_days > 0);
            all.extend(late.map(|(link, late_days)| NotMet::Link { link, late_days }));
        }
        if let Some(day) = network.finish_by {
            let late_days = self.horizon().morning(self.finish()) - self.horizon().morning(day);
            if late_days > 0 {
                all.push(NotMet::FinishBy { late_days });
            }
        }
        all
    }
}

/// Counts only: the parts have a line for each day and activity.
impl fmt::Debug for Levelled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, schedules) = (self.spans.len(), self.schedules());
        write!(f, "Levelled({count} activities, {schedules} schedules, to {})", self.finish())
    }
}
