//! How long an activity takes: days, or a quantity at a rate.

use crate::error::{Error, Result};

/// No activity may last longer, working days: about a thousand years.
pub const MAX_DURATION_DAYS: i32 = 300_000;

/// How long an activity takes, in working days of its calendar.
///
/// Whole days are scheduled: 13.2 days take 14.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Duration {
    /// So many working days.
    Given {
        /// Working days, zero or more.
        duration_days: f64,
    },
    /// A quantity that is done at a rate.
    Quantity {
        /// How much, in a unit such as m3 or track km.
        quantity: f64,
        /// How much one crew does in one shift, in the same unit.
        rate_per_shift: f64,
        /// Crews that work side by side.
        crews: u16,
    },
}

impl Duration {
    /// Working days that it takes with so many shifts a day, rounded up to whole ones.
    ///
    /// A billionth of itself is let off, so that 1.1 at a rate of 0.1 takes 11 days, not 12.
    ///
    /// ```
    /// use railcorridor::schedule::Duration;
    ///
    /// // 60,000 m3 of fill, 800 m3 a crew and shift, two crews: 37.5 days, in two shifts 18.75.
    /// let fill = Duration::Quantity { quantity: 60e3, rate_per_shift: 800.0, crews: 2 };
    /// assert_eq!(fill.whole_days("fill", 1)?, 38);
    /// assert_eq!(fill.whole_days("fill", 2)?, 19);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for what is negative or no number, a rate, crews or shifts of zero,
    /// and more than [`MAX_DURATION_DAYS`]; it names the activity.
    pub fn whole_days(&self, activity: &str, shifts_per_day: u8) -> Result<i32> {
        match *self {
            Self::Given { duration_days } => whole_days(activity, "duration_days", duration_days),
            Self::Quantity { quantity, rate_per_shift, crews } => {
                within(activity, "quantity", quantity, quantity >= 0.0)?;
                within(activity, "rate_per_shift", rate_per_shift, rate_per_shift > 0.0)?;
                within(activity, "crews", f64::from(crews), crews > 0)?;
                let shifts = f64::from(shifts_per_day);
                within(activity, "shifts_per_day", shifts, shifts_per_day > 0)?;
                let days = quantity / (rate_per_shift * f64::from(crews) * shifts);
                whole_days(activity, "duration_days", days)
            }
        }
    }
}

/// Days rounded up to whole ones, but for a billionth of themselves.
pub(super) fn whole_days(activity: &str, what: &str, days: f64) -> Result<i32> {
    let most = f64::from(MAX_DURATION_DAYS);
    if !(0.0..=most).contains(&days) {
        return Err(Error::OutOfRange {
            item: format!("{what} of activity {activity}"),
            value: days,
            limit: format!("0 to {MAX_DURATION_DAYS}"),
            hint: "correct it, or the quantity and the rate that it comes from".to_owned(),
        });
    }
    #[expect(clippy::cast_possible_truncation, reason = "within the limit just checked")]
    Ok((days * (1.0 - 1e-9)).ceil() as i32)
}

fn within(activity: &str, what: &str, value: f64, holds: bool) -> Result<()> {
    if holds && value.is_finite() {
        return Ok(());
    }
    let limit =
        if what == "quantity" { "finite numbers from 0 on" } else { "finite numbers above 0" };
    Err(Error::OutOfRange {
        item: format!("{what} of activity {activity}"),
        value,
        limit: limit.to_owned(),
        hint: "correct the activity".to_owned(),
    })
}
