//! A date that an activity is held to, besides its links.

use jiff::civil::Date;

/// A date that an activity is held to, besides its links.
///
/// What is "no earlier" delays early dates. What is "no later" delays nothing: it brings late dates
/// forward, so that a float below zero tells by how many days it cannot be kept. What "must" be
/// has its date whatever its links say, and the floats of those before it tell whether they can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// It must not start before a day.
    StartNoEarlier(Date),
    /// It must not be finished before a day.
    FinishNoEarlier(Date),
    /// It must start on a day or before.
    StartNoLater(Date),
    /// It must be finished on a day or before.
    FinishNoLater(Date),
    /// It starts on a day, or on the next that is worked.
    MustStart(Date),
    /// It is finished on a day, or on the next that is worked.
    MustFinish(Date),
}

impl Constraint {
    /// The day that it names.
    #[must_use]
    pub const fn day(self) -> Date {
        match self {
            Self::StartNoEarlier(day)
            | Self::FinishNoEarlier(day)
            | Self::StartNoLater(day)
            | Self::FinishNoLater(day)
            | Self::MustStart(day)
            | Self::MustFinish(day) => day,
        }
    }

    /// Whether it goes before the links.
    #[must_use]
    pub const fn is_must(self) -> bool {
        matches!(self, Self::MustStart(_) | Self::MustFinish(_))
    }
}
