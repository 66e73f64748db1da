//! The hours of a working day: a network knows days and shifts, the file minutes.

use jiff::civil::{Date, DateTime, Time, time};

use crate::error::{Error, Result};

/// Seconds of a shift, and of a day in Microsoft Project: eight hours.
pub(super) const SHIFT_SECONDS: i64 = 8 * 3_600;
/// Seconds of a whole day.
pub(super) const DAY_SECONDS: i64 = 24 * 3_600;

/// Years that Microsoft Project has: 1984 to 2149.
const YEARS: std::ops::RangeInclusive<i16> = 1984..=2149;

/// The hours of a day in one, two or three shifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hours {
    /// 8 to 12 and 13 to 17 o'clock.
    One,
    /// 6 to 22 o'clock.
    Two,
    /// Midnight to midnight.
    Three,
}

impl Hours {
    /// The hours of so many shifts; no more than three go into a day.
    pub(super) const fn of_shifts(shifts_per_day: u8) -> Self {
        match shifts_per_day {
            0 | 1 => Self::One,
            2 => Self::Two,
            _ => Self::Three,
        }
    }

    /// Seconds worked a day.
    pub(super) const fn seconds(self) -> i64 {
        match self {
            Self::One => SHIFT_SECONDS,
            Self::Two => 2 * SHIFT_SECONDS,
            Self::Three => DAY_SECONDS,
        }
    }

    /// From when to when is worked; the last moment of a day is written as its first.
    pub(super) const fn spans(self) -> &'static [(Time, Time)] {
        const MORNING: (Time, Time) = (time(8, 0, 0, 0), time(12, 0, 0, 0));
        const AFTERNOON: (Time, Time) = (time(13, 0, 0, 0), time(17, 0, 0, 0));
        const LONG: (Time, Time) = (time(6, 0, 0, 0), time(22, 0, 0, 0));
        const WHOLE: (Time, Time) = (Time::midnight(), Time::midnight());
        match self {
            Self::One => &[MORNING, AFTERNOON],
            Self::Two => &[LONG],
            Self::Three => &[WHOLE],
        }
    }

    /// When work on a day begins.
    pub(super) fn morning(self, day: Date) -> Result<DateTime> {
        let time = self.spans().first().map_or(Time::midnight(), |span| span.0);
        within(day.to_datetime(time))
    }

    /// When work on a day ends.
    pub(super) fn evening(self, day: Date) -> Result<DateTime> {
        match self.spans().last() {
            Some((_, end)) if *end != Time::midnight() => within(day.to_datetime(*end)),
            _ => within(day.tomorrow().unwrap_or(day).to_datetime(Time::midnight())),
        }
    }
}

/// The day that ends with a moment, or holds it: midnight is the end of the day before.
pub(super) fn day_ended(moment: DateTime) -> Date {
    let day = moment.date();
    if moment.time() == Time::midnight() { day.yesterday().unwrap_or(day) } else { day }
}

/// A moment, if Microsoft Project has it.
fn within(moment: DateTime) -> Result<DateTime> {
    if YEARS.contains(&moment.year()) {
        return Ok(moment);
    }
    Err(Error::Exchange {
        place: format!("date {}", moment.date()),
        problem: format!("Microsoft Project has years {} to {}", YEARS.start(), YEARS.end()),
        hint: "correct the start, a duration or a lag".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_of_three_shifts_ends_at_midnight() {
        let day = date(2026, 1, 5);
        let text = |hours: Hours| {
            (hours.morning(day).unwrap().to_string(), hours.evening(day).unwrap().to_string())
        };
        assert_eq!(text(Hours::One), ("2026-01-05T08:00:00".into(), "2026-01-05T17:00:00".into()));
        assert_eq!(
            text(Hours::Three),
            ("2026-01-05T00:00:00".into(), "2026-01-06T00:00:00".into())
        );
        for hours in [Hours::One, Hours::Two, Hours::Three] {
            assert_eq!(day_ended(hours.evening(day).unwrap()), day);
        }
        assert!(Hours::One.morning(date(1983, 12, 31)).is_err());
        assert!(Hours::Three.evening(date(2149, 12, 31)).is_err());
    }
}
