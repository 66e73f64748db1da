//! When each activity can be and must be done, and how much time it has to spare.

use jiff::civil::Date;

use super::compiled::{Compiled, Span};
use super::passes::{Finishes, last_finish};
use super::{ActivityKind, Horizon, Rule};
use crate::error::{Error, Result};

/// When each activity can be and must be done, and how much time it has to spare.
///
/// Activities are told by their place in the network's list.
#[derive(Debug, Clone)]
pub struct Dates<'c> {
    pub(super) compiled: &'c Compiled<'c>,
    pub(super) early: Vec<Span>,
    pub(super) late: Vec<Span>,
    pub(super) free: Vec<Span>,
    pub(super) finish: i32,
    /// The moment that late dates count back from.
    pub(super) late_finish: i32,
}

impl Compiled<'_> {
    /// Both passes, with the durations as planned.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if an activity falls off the horizon; it names the activity.
    pub fn dates(&self) -> Result<Dates<'_>> {
        let durations_days = self.durations_days();
        let mut early = Vec::new();
        self.forward(durations_days, &mut early);
        self.check(&early, "early")?;
        let start = self.horizon.morning(self.network.start);
        let finish = if early.is_empty() { start } else { last_finish(&early) };
        let finish_by = self.network.finish_by.map(|day| self.horizon.morning(day) + 1);
        let late_finish = finish_by.unwrap_or(finish);
        let (late, free) = self.floats(&early, Finishes { early: finish, late: late_finish });
        self.check(&late, "late")?;
        Ok(Dates { compiled: self, early, late, free, finish, late_finish })
    }

    /// The day on which an activity starts that lies between two moments.
    pub(super) fn start_day(&self, activity: usize, span: Span) -> Date {
        let is_evening = self.kind(activity) == Some(ActivityKind::FinishMilestone);
        self.horizon.day(if is_evening { span.finish - 1 } else { span.start })
    }

    /// Its last day.
    pub(super) fn finish_day(&self, activity: usize, span: Span) -> Date {
        let is_evening = self.kind(activity) == Some(ActivityKind::FinishMilestone);
        let is_work = span.finish > span.start || is_evening;
        self.horizon.day(if is_work { span.finish - 1 } else { span.finish })
    }

    fn kind(&self, activity: usize) -> Option<ActivityKind> {
        self.network.activities.get(activity).map(|activity| activity.kind)
    }

    pub(super) fn check(&self, spans: &[Span], which: &str) -> Result<()> {
        let horizon = self.horizon();
        let off = |span: &Span| !horizon.holds(span.start) || !horizon.holds(span.finish);
        let Some(position) = spans.iter().position(off) else { return Ok(()) };
        let activity = self.order.get(position);
        let activity = activity.and_then(|place| self.network.activities.get(*place as usize));
        Err(Error::OutOfRange {
            item: format!(
                "horizon_years of a network in which the {which} dates of activity {} lie beyond it",
                activity.map_or("", |activity| &activity.id)
            ),
            value: f64::from(self.network.horizon_years),
            limit: format!("what reaches from {} to {}", horizon.first(), horizon.last()),
            hint: "check durations and lags, or let the horizon be longer".to_owned(),
        })
    }
}

impl Dates<'_> {
    /// The first day on which an activity can be begun.
    ///
    /// A milestone in the evening has the day that ends with it, here and in all other dates.
    #[must_use]
    pub fn early_start(&self, activity: usize) -> Date {
        self.start_day(activity, &self.early)
    }

    /// The last day of an activity that is begun as early as possible.
    #[must_use]
    pub fn early_finish(&self, activity: usize) -> Date {
        self.finish_day(activity, &self.early)
    }

    /// The last day on which an activity may be begun, or gone on with if it was begun.
    #[must_use]
    pub fn late_start(&self, activity: usize) -> Date {
        self.start_day(activity, &self.late)
    }

    /// The day by which an activity must be finished.
    #[must_use]
    pub fn late_finish(&self, activity: usize) -> Date {
        self.finish_day(activity, &self.late)
    }

    /// Working days by which an activity can be late before the whole is; none if it is done.
    #[must_use]
    pub fn total_float_days(&self, activity: usize) -> i32 {
        self.days_between(activity, &self.early, &self.late)
    }

    /// Working days by which an activity can be late before any other is; negative if another
    /// that must have its date does not wait for it.
    #[must_use]
    pub fn free_float_days(&self, activity: usize) -> i32 {
        self.days_between(activity, &self.early, &self.free)
    }

    /// Whether an activity is still to be finished and has no time to spare.
    #[must_use]
    pub fn is_critical(&self, activity: usize) -> bool {
        !self.is_done(activity) && self.total_float_days(activity) <= 0
    }

    /// Whether an activity is finished on the data date.
    #[must_use]
    pub fn is_done(&self, activity: usize) -> bool {
        self.compiled.rules.get(self.compiled.position(activity)) == Some(&Rule::Done)
    }

    /// The day on which the last activity is finished.
    #[must_use]
    pub fn finish(&self) -> Date {
        self.horizon().day(self.finish - 1)
    }

    /// The days that the dates are computed on.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        self.compiled.horizon
    }

    /// Early start and finish as moments, in the order of positions.
    #[must_use]
    pub fn early(&self) -> &[Span] {
        &self.early
    }

    /// Late start and finish as moments, in the order of positions.
    #[must_use]
    pub fn late(&self) -> &[Span] {
        &self.late
    }

    fn start_day(&self, activity: usize, spans: &[Span]) -> Date {
        self.compiled.start_day(activity, self.span(activity, spans))
    }

    fn finish_day(&self, activity: usize, spans: &[Span]) -> Date {
        self.compiled.finish_day(activity, self.span(activity, spans))
    }

    fn days_between(&self, activity: usize, from: &[Span], to: &[Span]) -> i32 {
        let position = self.compiled.position(activity);
        let number = self.compiled.counts_in.get(position).copied().unwrap_or(0);
        let Some(calendar) = self.compiled.calendar(number) else { return 0 };
        let at = |spans: &[Span]| calendar.before(self.span(activity, spans).finish);
        at(to) - at(from)
    }

    /// The span of an activity; one beyond all dates if there is no such activity.
    fn span(&self, activity: usize, spans: &[Span]) -> Span {
        let span = spans.get(self.compiled.position(activity));
        span.copied().unwrap_or(Span::at(super::horizon::BEYOND))
    }
}
