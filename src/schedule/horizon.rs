//! The days that a network is computed on, and moments counted from the first of them.

use jiff::civil::Date;

use crate::error::{Error, Result};

/// A moment later than all others, or earlier with a minus: what is off the horizon.
///
/// A duration or a lag may be added to it without overflow, and it stays what it is.
pub const BEYOND: i32 = 1 << 29;

/// The days that a network is computed on.
///
/// Times inside are *moments*: midnights, counted from the morning of the first day. Work on day
/// `d` lies between the moments `d` and `d + 1`, so that what ends on Thursday evening and what
/// begins on Friday morning share a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    first: Date,
    days: i32,
}

impl Horizon {
    /// The days from one to another, both included.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if the last is before the first.
    pub fn new(first: Date, last: Date) -> Result<Self> {
        let days = days_between(first, last) + 1;
        if days < 1 {
            return Err(Error::OutOfRange {
                item: "days from the start of the network to the end of its horizon".to_owned(),
                value: f64::from(days),
                limit: "one day or more".to_owned(),
                hint: "start earlier, or let the horizon be longer".to_owned(),
            });
        }
        Ok(Self { first, days })
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.day(self.days - 1)
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> i32 {
        self.days
    }

    /// The moment at which a day begins.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use railcorridor::schedule::Horizon;
    ///
    /// let horizon = Horizon::new(date(2026, 1, 1), date(2026, 12, 31))?;
    /// assert_eq!(horizon.morning(date(2026, 1, 5)), 4);
    /// assert_eq!(horizon.day(4), date(2026, 1, 5));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn morning(self, day: Date) -> i32 {
        days_between(self.first, day)
    }

    /// The day that begins at a moment; the last day that there is if it lies beyond all dates.
    #[must_use]
    pub fn day(self, moment: i32) -> Date {
        let span = jiff::Span::new().try_days(moment);
        let day = span.and_then(|span| self.first.checked_add(span));
        day.unwrap_or(if moment < 0 { Date::MIN } else { Date::MAX })
    }

    /// Whether a moment lies on it.
    #[must_use]
    pub fn holds(self, moment: i32) -> bool {
        (0..=self.days).contains(&moment)
    }
}

/// Days from one date to another; any two dates are less than 8 million apart.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(BEYOND)
}
