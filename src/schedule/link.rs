//! What must come before what, and how long between.

/// A link between two activities.
///
/// ```
/// use railcorridor::schedule::{LagUnit, Link, LinkKind};
///
/// // Ballast may follow the formation after 3 working days; concrete hardens on holidays too.
/// let ballast = Link::finish_start("formation", "ballast").lag_days(3);
/// let deck = Link::finish_start("piers", "deck").elapsed_days(28);
/// assert_eq!((ballast.kind, ballast.lag_unit), (LinkKind::FinishStart, LagUnit::Working));
/// assert_eq!((deck.lag_days, deck.lag_unit), (28, LagUnit::Elapsed));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Id of the activity that it starts from.
    pub from: String,
    /// Id of the activity that it holds.
    pub to: String,
    /// Which ends it joins.
    pub kind: LinkKind,
    /// Least time between the two ends, days; negative lets the second end come earlier.
    pub lag_days: i32,
    /// What a day of the lag is.
    pub lag_unit: LagUnit,
    /// Whose working days a lag counts.
    pub lag_calendar: LagCalendar,
}

/// Which ends of two activities a link joins; the first word is the predecessor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// The successor starts when the predecessor has finished.
    FinishStart,
    /// The successor starts when the predecessor has started.
    StartStart,
    /// The successor finishes when the predecessor has finished.
    FinishFinish,
    /// The successor finishes when the predecessor has started.
    StartFinish,
}

/// What a day of a lag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LagUnit {
    /// A working day of the lag's calendar.
    Working,
    /// Any day.
    Elapsed,
}

/// Whose working days a lag counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LagCalendar {
    /// Those of the activity that the link starts from: the habit of Primavera P6.
    Predecessor,
    /// Those of the activity that the link holds.
    Successor,
    /// Those of the project.
    Project,
    /// Every day.
    TwentyFourHours,
}

impl LinkKind {
    /// The two letters of the trade: `FS`, `SS`, `FF`, `SF`.
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::FinishStart => "FS",
            Self::StartStart => "SS",
            Self::FinishFinish => "FF",
            Self::StartFinish => "SF",
        }
    }

    /// Whether it leaves from the predecessor's finish.
    #[must_use]
    pub const fn is_from_finish(self) -> bool {
        matches!(self, Self::FinishStart | Self::FinishFinish)
    }

    /// Whether it holds the successor's finish.
    #[must_use]
    pub const fn is_to_finish(self) -> bool {
        matches!(self, Self::FinishFinish | Self::StartFinish)
    }
}

impl Link {
    /// A link of a kind without lag.
    #[must_use]
    pub fn new(from: impl Into<String>, to: impl Into<String>, kind: LinkKind) -> Self {
        Self {
            from: from.into(),
            to: to.into(),
            kind,
            lag_days: 0,
            lag_unit: LagUnit::Working,
            lag_calendar: LagCalendar::Predecessor,
        }
    }

    /// The successor starts when the predecessor has finished.
    #[must_use]
    pub fn finish_start(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(from, to, LinkKind::FinishStart)
    }

    /// The successor starts when the predecessor has started.
    #[must_use]
    pub fn start_start(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(from, to, LinkKind::StartStart)
    }

    /// The successor finishes when the predecessor has finished.
    #[must_use]
    pub fn finish_finish(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(from, to, LinkKind::FinishFinish)
    }

    /// The successor finishes when the predecessor has started.
    #[must_use]
    pub fn start_finish(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(from, to, LinkKind::StartFinish)
    }

    /// With a lag in working days of its calendar.
    #[must_use]
    pub fn lag_days(self, lag_days: i32) -> Self {
        Self { lag_days, lag_unit: LagUnit::Working, ..self }
    }

    /// With a lag in days of any kind.
    #[must_use]
    pub fn elapsed_days(self, lag_days: i32) -> Self {
        Self { lag_days, lag_unit: LagUnit::Elapsed, ..self }
    }

    /// With the lag counted in a calendar.
    #[must_use]
    pub fn in_calendar(self, lag_calendar: LagCalendar) -> Self {
        Self { lag_calendar, ..self }
    }
}
