//! One piece of work, or one moment that matters.

use super::{Constraint, Duration, Progress};

/// One piece of work, or one moment that matters.
///
/// ```
/// use railcorridor::schedule::{Activity, ActivityKind};
///
/// let survey = Activity::task("survey", 20.0).in_calendar("site");
/// assert_eq!(survey.calendar, "site");
/// assert_eq!(Activity::finish_milestone("opening").kind, ActivityKind::FinishMilestone);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Its id, as links name it.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// Work, or a moment.
    pub kind: ActivityKind,
    /// Id of its calendar; empty for the calendar of the project.
    pub calendar: String,
    /// The kind of work, to which seasons may be closed: `earthworks`; empty for none.
    pub work: String,
    /// How long it takes.
    pub duration: Duration,
    /// Dates that it is held to.
    pub constraints: Vec<Constraint>,
    /// How far it has come on the data date.
    pub progress: Progress,
}

/// Work, or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActivityKind {
    /// Work of a duration, without a break but for days off.
    Task,
    /// A moment on the morning of a working day of its calendar.
    StartMilestone,
    /// A moment on the evening of any day: that on which the last of its predecessors ends.
    FinishMilestone,
}

impl Activity {
    /// Work of so many working days.
    #[must_use]
    pub fn task(id: impl Into<String>, duration_days: f64) -> Self {
        Self::new(id, ActivityKind::Task, Duration::Given { duration_days })
    }

    /// A quantity of work, done by one crew at a rate by the shift.
    #[must_use]
    pub fn quantity(id: impl Into<String>, quantity: f64, rate_per_shift: f64) -> Self {
        let duration = Duration::Quantity { quantity, rate_per_shift, crews: 1 };
        Self::new(id, ActivityKind::Task, duration)
    }

    /// A moment in the morning.
    #[must_use]
    pub fn start_milestone(id: impl Into<String>) -> Self {
        Self::new(id, ActivityKind::StartMilestone, Duration::Given { duration_days: 0.0 })
    }

    /// A moment in the evening.
    #[must_use]
    pub fn finish_milestone(id: impl Into<String>) -> Self {
        Self::new(id, ActivityKind::FinishMilestone, Duration::Given { duration_days: 0.0 })
    }

    /// With a calendar of the network.
    #[must_use]
    pub fn in_calendar(self, calendar: impl Into<String>) -> Self {
        Self { calendar: calendar.into(), ..self }
    }

    /// With a kind of work, to which seasons may be closed.
    #[must_use]
    pub fn of_work(self, work: impl Into<String>) -> Self {
        Self { work: work.into(), ..self }
    }

    /// Held to a date too.
    #[must_use]
    pub fn held(mut self, constraint: Constraint) -> Self {
        self.constraints.push(constraint);
        self
    }

    fn new(id: impl Into<String>, kind: ActivityKind, duration: Duration) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            kind,
            calendar: String::new(),
            work: String::new(),
            duration,
            constraints: Vec::new(),
            progress: Progress::default(),
        }
    }
}
