//! What besides links fixes the dates of an activity: constraints, facts, the data date.

use jiff::civil::Date;

use super::compiled::{Compiled, LinkInto, Span};
use super::duration::whole_days;
use super::horizon::BEYOND;
use super::{
    Activity, ActivityKind, Constraint, Horizon, LinkKind, Network, Progress, ProjectStartFloor,
    WorkingDays,
};
use crate::error::{Error, Result};

/// How the dates of an activity come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// From its links and its floor.
    Open,
    /// From its floor alone, whatever its links.
    Pinned,
    /// Begun at a moment; what remains comes from links and floor.
    Begun(i32),
    /// Its floor is what has happened.
    Done,
}

impl Rule {
    /// As early as a bound lets it, which holds the floor.
    #[inline]
    pub(super) fn early(self, calendar: &WorkingDays, days: i32, bound: Span, floor: Span) -> Span {
        match self {
            Self::Open => calendar.earliest(days, bound),
            Self::Pinned => calendar.earliest(days, floor),
            Self::Begun(start) => {
                Span { start, finish: calendar.earliest_rest(days, bound).finish }
            }
            Self::Done => floor,
        }
    }

    /// As late as a bound lets it; of what was begun, what remains.
    #[inline]
    pub(super) fn late(self, calendar: &WorkingDays, days: i32, bound: Span, floor: Span) -> Span {
        match self {
            Self::Open => calendar.latest(days, bound),
            Self::Pinned => calendar.earliest(days, floor),
            Self::Begun(_) => calendar.latest_rest(days, bound.finish),
            Self::Done => floor,
        }
    }
}

/// All that is known of an activity besides its links.
pub(super) struct Held {
    pub(super) rule: Rule,
    pub(super) duration_days: i32,
    pub(super) floor: Span,
    pub(super) ceiling: Span,
}

/// No ceiling at all.
pub(super) const NO_CEILING: Span = Span { start: BEYOND, finish: BEYOND };

impl Held {
    /// What holds an activity, with the working days of its calendar and the links into it.
    pub(super) fn new(
        network: &Network,
        horizon: Horizon,
        activity: &Activity,
        duration_days: i32,
        calendar: &WorkingDays,
        is_let_through: bool,
    ) -> Result<Self> {
        let start = horizon.morning(network.start);
        let start = if is_let_through { -BEYOND } else { start };
        let data = network.data_date.map_or(-BEYOND, |day| horizon.morning(day));
        let floor = Span { start: start.max(data), finish: -BEYOND };
        let mut held = Self { rule: Rule::Open, duration_days, floor, ceiling: NO_CEILING };
        for constraint in &activity.constraints {
            held.take(*constraint, activity, horizon)?;
        }
        if activity.progress != Progress::default() {
            held.take_progress(network, horizon, activity, calendar)?;
        }
        Ok(held)
    }

    fn take(
        &mut self,
        constraint: Constraint,
        activity: &Activity,
        horizon: Horizon,
    ) -> Result<()> {
        let moment = horizon.morning(constraint.day());
        if !horizon.holds(moment) {
            return Err(Error::OutOfRange {
                item: format!("year of a constraint of activity {}", activity.id),
                value: f64::from(constraint.day().year()),
                limit: format!("{} to {}", horizon.first(), horizon.last()),
                hint: "correct the date, or let the horizon be longer".to_owned(),
            });
        }
        if self.rule == Rule::Pinned || (constraint.is_must() && activity.constraints.len() > 1) {
            return Err(wrong(
                activity,
                "has a date that it must have, and another constraint".to_owned(),
                "keep one of them",
            ));
        }
        match constraint {
            Constraint::StartNoEarlier(_) => {
                self.floor.start = self.floor.start.max(morning(activity, moment));
            }
            Constraint::FinishNoEarlier(_) => {
                self.floor.finish = self.floor.finish.max(evening(activity, moment));
            }
            Constraint::StartNoLater(_) => {
                self.ceiling.start = self.ceiling.start.min(morning(activity, moment));
            }
            Constraint::FinishNoLater(_) => {
                self.ceiling.finish = self.ceiling.finish.min(evening(activity, moment));
            }
            Constraint::MustStart(_) => {
                self.rule = Rule::Pinned;
                self.floor = Span { start: morning(activity, moment), finish: -BEYOND };
            }
            Constraint::MustFinish(_) => {
                self.rule = Rule::Pinned;
                self.floor = Span { start: -BEYOND, finish: evening(activity, moment) };
            }
        }
        Ok(())
    }

    fn take_progress(
        &mut self,
        network: &Network,
        horizon: Horizon,
        activity: &Activity,
        calendar: &WorkingDays,
    ) -> Result<()> {
        let data_date = known(network, horizon, activity)?;
        let Progress { actual_start, actual_finish, remaining_days } = activity.progress;
        let remaining = remaining_days.map(|days| whole_days(&activity.id, "remaining_days", days));
        let remaining_days = remaining.transpose()?;
        let is_moment = activity.kind != ActivityKind::Task;
        match (actual_start, actual_finish) {
            (start, Some(finish)) => {
                self.rule = Rule::Done;
                let end = evening(activity, horizon.morning(finish));
                let start = start.filter(|_| !is_moment);
                let start = start.map_or(end, |day| horizon.morning(day));
                self.floor = Span { start, finish: end };
                self.ceiling = NO_CEILING;
            }
            (Some(start), None) => {
                let (begun, data) = (horizon.morning(start), horizon.morning(data_date));
                self.begin(begun, data);
                let done_days = calendar.before(data) - calendar.before(begun);
                let rest_days = (self.duration_days - done_days).max(1);
                self.duration_days = remaining_days.unwrap_or(rest_days);
            }
            (None, None) => self.duration_days = remaining_days.unwrap_or(self.duration_days),
        }
        Ok(())
    }

    /// From now on only what remains is held; the start is a fact.
    fn begin(&mut self, begun: i32, data: i32) {
        if self.rule == Rule::Pinned {
            self.ceiling.finish =
                if self.floor.finish > -BEYOND { self.floor.finish } else { BEYOND };
        }
        self.rule = Rule::Begun(begun);
        self.floor.start = data;
        self.ceiling.start = BEYOND;
    }
}

impl Compiled<'_> {
    /// Whether an activity with these links into it may lie before the start of the network.
    pub(super) fn is_let_through(&self, links: &[LinkInto]) -> bool {
        self.network.start_floor == ProjectStartFloor::Msp
            && !links.is_empty()
            && links
                .iter()
                .all(|link| matches!(link.kind, LinkKind::StartStart | LinkKind::StartFinish))
    }
}

/// The moment of a day's evening; a milestone of the morning has no other than that.
pub(super) fn evening(activity: &Activity, morning: i32) -> i32 {
    if activity.kind == ActivityKind::StartMilestone { morning } else { morning + 1 }
}

/// The moment of a day's morning; a milestone of the evening has no other than that.
pub(super) fn morning(activity: &Activity, morning: i32) -> i32 {
    if activity.kind == ActivityKind::FinishMilestone { morning + 1 } else { morning }
}

/// The data date, if the facts of an activity can be true on it.
fn known(network: &Network, horizon: Horizon, activity: &Activity) -> Result<Date> {
    let Progress { actual_start, actual_finish, remaining_days } = activity.progress;
    let Some(data_date) = network.data_date else {
        return Err(wrong(
            activity,
            "has progress in a network without a data date".to_owned(),
            "say on which morning the progress was taken",
        ));
    };
    for day in [actual_start, actual_finish].into_iter().flatten() {
        if day >= data_date || !horizon.holds(horizon.morning(day)) {
            return Err(wrong(
                activity,
                format!("its actual date {day} is not before the data date {data_date}"),
                "a fact is older than the data date, by less than the horizon",
            ));
        }
    }
    let is_moment = activity.kind != ActivityKind::Task;
    match (actual_start, actual_finish) {
        (Some(start), Some(finish)) if finish < start => Err(wrong(
            activity,
            format!("finished on {finish}, before it was begun on {start}"),
            "correct one of the two",
        )),
        (None, Some(_)) if !is_moment => {
            Err(wrong(activity, "finished and never begun".to_owned(), "give it an actual start"))
        }
        (_, None) if is_moment && (actual_start.is_some() || remaining_days.is_some()) => {
            Err(wrong(
                activity,
                "a milestone begun and not finished".to_owned(),
                "a milestone has an actual finish or no progress",
            ))
        }
        _ => Ok(data_date),
    }
}

fn wrong(activity: &Activity, problem: String, hint: &str) -> Error {
    Error::Schedule { item: format!("activity {}", activity.id), problem, hint: hint.to_owned() }
}
