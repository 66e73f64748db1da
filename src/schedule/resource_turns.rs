//! Which unit of a resource serves which activity, and who hands it to whom.

use super::{Levelled, Link, LinkKind};

/// A unit of a resource at work: one of two track layers on one lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The resource, by its place in the plan.
    pub resource: usize,
    /// Which of its units, from 0.
    pub unit: usize,
    /// The activity, by its place in the network.
    pub activity: usize,
}

/// What a unit has done so far.
#[derive(Clone, Copy)]
struct Unit {
    /// The moment from which it is free.
    free_from: i32,
    last: Option<usize>,
}

impl Levelled<'_> {
    /// The turns of each unit of each resource, one after the other.
    ///
    /// An activity takes units that are free when it starts: first those that served one before it
    /// in the network, then those that were free last, so that a machine goes on where it is. Where
    /// all who need a resource work on the same days, such units are always there; where not, a unit
    /// may be shared by two that work on each other's days off.
    ///
    /// # Complexity
    /// Demands times units.
    ///
    /// # Example
    /// Two track layers, three jobs: the one that is free first takes the third.
    /// ```
    /// use jiff::civil::date;
    /// use railcorridor::schedule::{
    ///     Activity, Calendar, Demand, LevellingOptions, Network, Resource, ResourcePlan,
    ///     WorkingWeek,
    /// };
    ///
    /// let week = WorkingWeek::EVERY_DAY;
    /// let mut network = Network::new(date(2026, 6, 1), Calendar::new("site", week));
    /// network.activities = vec![
    ///     Activity::task("long", 9.0), Activity::task("short", 4.0), Activity::task("third", 5.0),
    /// ];
    /// let plan = ResourcePlan {
    ///     resources: vec![Resource::new("track-layer", 2)],
    ///     demands: ["long", "short", "third"].map(|id| Demand::new(id, "track-layer", 1)).into(),
    /// };
    /// let compiled = network.compile()?;
    /// let levelled = compiled.level(&plan, &LevellingOptions::default())?;
    /// let turns: Vec<(usize, usize)> =
    ///     levelled.turns().iter().map(|turn| (turn.unit, turn.activity)).collect();
    /// assert_eq!(turns, [(0, 1), (0, 2), (1, 0)]);
    /// // The hand-over as a link: with it the network alone gives the dates.
    /// let links = levelled.hand_overs();
    /// assert_eq!((links[0].from.as_str(), links[0].to.as_str()), ("short", "third"));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn turns(&self) -> Vec<Turn> {
        let mut order: Vec<usize> = (0..self.spans.len()).collect();
        order.sort_by_key(|position| {
            let span = self.spans.get(*position);
            (span.map(|span| (span.start, span.finish)), *position)
        });
        let mut turns = Vec::new();
        for resource in 0..self.setup.resources() {
            let free = Unit { free_from: i32::MIN, last: None };
            let mut units = vec![free; self.setup.capacity(resource) as usize];
            for position in &order {
                let needed = self.setup.units(*position, resource) as usize;
                for unit in self.taken(*position, needed, &units) {
                    let Some(of) = units.get_mut(unit) else { continue };
                    let finish = self.spans.get(*position).map_or(of.free_from, |span| span.finish);
                    *of = Unit { free_from: finish.max(of.free_from), last: Some(*position) };
                    let activity = self.setup.compiled.activity_at(*position);
                    turns.push(Turn { resource, unit, activity });
                }
            }
        }
        // Stable: a unit's turns stay in the order of their starts.
        turns.sort_by_key(|turn| (turn.resource, turn.unit));
        turns
    }

    /// The units that the activity at a position takes.
    fn taken(&self, position: usize, needed: usize, units: &[Unit]) -> Vec<usize> {
        if needed == 0 {
            return Vec::new();
        }
        let start = self.spans.get(position).map_or(i32::MAX, |span| span.start);
        let before: Vec<usize> =
            self.setup.compiled.links_into(position).map(|(link, _)| link.from as usize).collect();
        let mut all: Vec<(usize, &Unit)> = units.iter().enumerate().collect();
        all.sort_by_key(|(number, unit)| {
            let is_late = unit.free_from > start;
            let goes_on = unit.last.is_some_and(|last| before.contains(&last));
            // Of those that are not free the first to be so, of those that are the last.
            let since = i64::from(unit.free_from);
            (is_late, !goes_on, if is_late { since } else { -since }, *number)
        });
        all.into_iter().take(needed).map(|(number, _)| number).collect()
    }

    /// Links from each turn of a unit to its next, finish to start, as far as the network has no
    /// such link and the dates keep it: a network with them has dates that the resources allow, and
    /// keeps to this order when durations change.
    ///
    /// # Complexity
    /// As [`turns`](Self::turns).
    #[must_use]
    pub fn hand_overs(&self) -> Vec<Link> {
        let network = self.setup.compiled.network();
        let turns = self.turns();
        let mut links: Vec<Link> = Vec::new();
        for (turn, next) in turns.iter().zip(turns.iter().skip(1)) {
            let is_same = (turn.resource, turn.unit) == (next.resource, next.unit);
            let is_kept = self.span(turn.activity).finish <= self.span(next.activity).start;
            let ids =
                network.activities.get(turn.activity).zip(network.activities.get(next.activity));
            let Some((from, to)) = ids.filter(|_| is_same && is_kept) else { continue };
            let is_it = |link: &Link| {
                link.kind == LinkKind::FinishStart && link.from == from.id && link.to == to.id
            };
            let position = self.setup.compiled.position(next.activity);
            let into = self.setup.compiled.links_into(position);
            let mut known = into.filter_map(|(_, number)| network.links.get(number));
            if !known.any(|link| is_it(link) && link.lag_days >= 0) && !links.iter().any(is_it) {
                links.push(Link::finish_start(&from.id, &to.id));
            }
        }
        links
    }
}
