//! Exceptions of a calendar that come back: on which days of their period they fall.
//!
//! `Type`, `MonthItem`, `MonthPosition` and `DaysOfWeek` as the reference of the Project XML data
//! interchange schema numbers them.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

/// How an exception comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pattern {
    /// 1 every day of the period, 2 a day of a month each year, 3 a position in a month each year,
    /// 4 and 5 the same in every month or some, 6 days of the week, 7 every so many days.
    pub(super) kind: i64,
    /// Every so many days, weeks or months.
    pub(super) period: i64,
    /// Sunday 1, Monday 2, Tuesday 4 and so on, added up.
    pub(super) days_of_week: i64,
    /// 0 any day, 1 a day from Monday to Friday, 2 another, 3 Sunday to 9 Saturday.
    pub(super) month_item: i64,
    /// 0 the first to 3 the fourth, 4 the last.
    pub(super) month_position: i64,
    /// 0 for January.
    pub(super) month: i64,
    pub(super) month_day: i64,
}

impl Pattern {
    /// Whether it is one that is known.
    pub(super) fn is_known(&self) -> bool {
        (1..=7).contains(&self.kind)
    }

    /// Whether it falls on every day of its period.
    pub(super) fn is_daily(&self) -> bool {
        self.kind == 1 || (self.kind == 7 && self.period <= 1)
    }

    /// Whether it falls on a day of its period, which begins with another.
    pub(super) fn holds(&self, first: Date, day: Date) -> bool {
        let days = day.duration_since(first).as_hours() / 24;
        let of_months = months(day) - months(first);
        let comes_back = |count: i64| count % self.period.max(1) == 0;
        let is_month = i64::from(day.month()) == self.month.saturating_add(1);
        let is_day = i64::from(day.day()) == self.month_day;
        match self.kind {
            1 => true,
            2 => is_month && is_day,
            3 => is_month && self.is_position(day),
            4 => comes_back(of_months) && is_day,
            5 => comes_back(of_months) && self.is_position(day),
            6 => {
                let into_week = i64::from(first.weekday().to_sunday_zero_offset());
                let bit = 1_i64 << day.weekday().to_sunday_zero_offset();
                comes_back((days + into_week) / 7) && self.days_of_week & bit != 0
            }
            7 => comes_back(days),
            _ => false,
        }
    }

    /// Whether a day is the one of its month that the position tells.
    fn is_position(&self, day: Date) -> bool {
        if !self.is_item(day) {
            return false;
        }
        let count = |first: Date, last: Date| {
            let days = first.series(1.day()).take_while(|one| *one <= last);
            days.filter(|one| self.is_item(*one)).count()
        };
        if self.month_position == 4 {
            return count(day, day.last_of_month()) == 1;
        }
        i64::try_from(count(day.first_of_month(), day)) == Ok(self.month_position.saturating_add(1))
    }

    fn is_item(&self, day: Date) -> bool {
        let weekday = day.weekday();
        let is_weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
        match self.month_item {
            0 => true,
            1 => !is_weekend,
            2 => is_weekend,
            item => i64::from(weekday.to_sunday_zero_offset()) == item.saturating_sub(3),
        }
    }
}

fn months(day: Date) -> i64 {
    12 * i64::from(day.year()) + i64::from(day.month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(pattern: Pattern, first: Date, last: Date) -> Vec<String> {
        let all = first.series(1.day()).take_while(|day| *day <= last);
        all.filter(|day| pattern.holds(first, *day)).map(|day| day.to_string()).collect()
    }

    const NONE: Pattern = Pattern {
        kind: 0,
        period: 1,
        days_of_week: 0,
        month_item: 0,
        month_position: 0,
        month: 0,
        month_day: 0,
    };

    #[test]
    fn holidays_of_a_calendar_on_the_wall() {
        let (first, last) = (date(2026, 1, 1), date(2027, 12, 31));
        let labour_day = Pattern { kind: 2, month: 4, month_day: 1, ..NONE };
        assert_eq!(days(labour_day, first, last), ["2026-05-01", "2027-05-01"]);
        // The fourth Thursday of November.
        let thanks = Pattern { kind: 3, month: 10, month_item: 7, month_position: 3, ..NONE };
        assert_eq!(days(thanks, first, last), ["2026-11-26", "2027-11-25"]);
        let last_monday = Pattern { kind: 5, month_item: 4, month_position: 4, ..NONE };
        assert_eq!(
            days(last_monday, first, date(2026, 3, 31)),
            ["2026-01-26", "2026-02-23", "2026-03-30"]
        );
        let every_other_friday = Pattern { kind: 6, period: 2, days_of_week: 32, ..NONE };
        assert_eq!(
            days(every_other_friday, first, date(2026, 2, 1)),
            ["2026-01-02", "2026-01-16", "2026-01-30"]
        );
        let every_tenth_day = Pattern { kind: 7, period: 10, ..NONE };
        assert_eq!(
            days(every_tenth_day, first, date(2026, 1, 21)),
            ["2026-01-01", "2026-01-11", "2026-01-21"]
        );
        let quarter = Pattern { kind: 4, period: 3, month_day: 31, ..NONE };
        assert_eq!(
            days(quarter, first, date(2026, 12, 31)),
            ["2026-01-31", "2026-07-31", "2026-10-31"]
        );
    }
}
