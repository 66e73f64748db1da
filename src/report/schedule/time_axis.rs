//! Days along a side of a picture: whole years, with their quarters.

use jiff::civil::Date;

use crate::report::lettering::width_px;
use crate::report::svg::Svg;
use crate::unit::DAYS_A_YEAR;

/// Letters of years and days.
const SIZE_PX: f64 = 12.0;

/// How far apart years and quarters with a number must be, and years without, px.
const YEAR_ROOM_PX: f64 = 34.0;
const RULE_ROOM_PX: f64 = 8.0;
const QUARTER_ROOM_PX: f64 = 9.5;

/// Days along a side of a picture.
pub(super) struct TimeAxis {
    first: Date,
    last: Date,
    begins_px: f64,
    px_a_day: f64,
}

impl TimeAxis {
    /// Whole years that hold both days, from one place of the picture to another.
    pub(super) fn between(from: Date, to: Date, begins_px: f64, ends_px: f64) -> Self {
        let (first, last) = whole_years(from, to);
        Self {
            first,
            last,
            begins_px,
            px_a_day: (ends_px - begins_px) / days(first, last).max(1.0),
        }
    }

    /// Whole years that hold both days, each so long.
    pub(super) fn with_years_of(year_px: f64, from: Date, to: Date, begins_px: f64) -> Self {
        let (first, last) = whole_years(from, to);
        Self { first, last, begins_px, px_a_day: year_px / DAYS_A_YEAR }
    }

    pub(super) fn first(&self) -> Date {
        self.first
    }

    /// The day behind all years.
    pub(super) fn last(&self) -> Date {
        self.last
    }

    pub(super) fn end_px(&self) -> f64 {
        self.morning_px(self.last)
    }

    /// Where a day begins; the nearest end of the axis for one that it does not hold.
    pub(super) fn morning_px(&self, day: Date) -> f64 {
        let day = day.clamp(self.first, self.last);
        self.begins_px + days(self.first, day) * self.px_a_day
    }

    /// Where a day ends.
    pub(super) fn evening_px(&self, day: Date) -> f64 {
        self.morning_px(day.tomorrow().unwrap_or(day))
    }

    /// Where so many days have passed since the morning of a day.
    pub(super) fn days_after_px(&self, day: Date, days: f64) -> f64 {
        (self.morning_px(day) + days * self.px_a_day).clamp(self.begins_px, self.end_px())
    }

    /// The day up to which evidence counts, as a line below years that stand on top.
    pub(super) fn status_day(&self, svg: &mut Svg, day: Date, top: f64, bottom: f64) {
        let x = self.evening_px(day);
        // Not through the numbers of years and quarters.
        svg.polyline("today", "", &[(x, top - 45.0), (x, self.years_y(top) - 14.0)]);
        svg.polyline("today", "", &[(x, top), (x, bottom)]);
        let words = day.strftime("as known on %-d %b %Y").to_string();
        let is_near_end = x + width_px(&words, SIZE_PX) > self.end_px();
        let (x, anchor) = if is_near_end { (x + 2.0, "end") } else { (x - 2.0, "start") };
        svg.text("label", (x, top - 48.0), anchor, &words);
    }

    /// Each year that is numbered, with where it begins.
    pub(super) fn years(&self) -> impl Iterator<Item = (i16, f64)> {
        self.years_apart(YEAR_ROOM_PX)
    }

    /// Each year with where it begins; fewer where they would be closer than that.
    fn years_apart(&self, least_px: f64) -> impl Iterator<Item = (i16, f64)> {
        let year_px = self.px_a_day * DAYS_A_YEAR;
        let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
        let is_wide = |step: &i16| f64::from(*step) * year_px >= least_px;
        let step = steps.into_iter().find(is_wide).unwrap_or(2_000);
        let years = self.first.year()..self.last.year();
        let years = years.filter(move |year| step == 1 || year % step == 0);
        years.filter_map(|year| Some((year, self.morning_px(Date::new(year, 1, 1).ok()?))))
    }

    /// Years and, where there is room, quarters above what lies from `top` to `bottom`, with a rule
    /// where each year begins.
    pub(super) fn years_on_top(&self, svg: &mut Svg, top: f64, bottom: f64) {
        let years_y = self.years_y(top);
        for (_, x) in self.years_apart(RULE_ROOM_PX) {
            svg.polyline("rule", "", &[(x, top - 4.0), (x, bottom)]);
        }
        for (year, x) in self.years() {
            svg.polyline("rule", "", &[(x, years_y - 12.0), (x, bottom)]);
            let words = year.to_string();
            if x + 3.0 + width_px(&words, SIZE_PX) <= self.end_px() {
                svg.text("label year", (x + 4.0, years_y), "start", &words);
            }
            if self.has_quarters() {
                self.quarters(svg, year, top);
            }
        }
        let x = self.end_px();
        svg.polyline("rule", "", &[(x, years_y - 12.0), (x, bottom)]);
    }

    /// Whether the quarters of a year have room for their numbers.
    fn has_quarters(&self) -> bool {
        self.px_a_day * DAYS_A_YEAR / 4.0 >= QUARTER_ROOM_PX
    }

    /// The line that the numbers of years stand on.
    fn years_y(&self, top: f64) -> f64 {
        if self.has_quarters() { top - 19.0 } else { top - 6.0 }
    }

    fn quarters(&self, svg: &mut Svg, year: i16, top: f64) {
        for (quarter, month) in (1_u8..).zip([1, 4, 7, 10]) {
            let Ok(begins) = Date::new(year, month, 1) else { continue };
            let ends = Date::new(year, month + 2, 28).unwrap_or(begins).last_of_month();
            let (left, right) = (self.morning_px(begins), self.evening_px(ends));
            if quarter > 1 {
                svg.polyline("rule", "", &[(left, top - 13.0), (left, top)]);
            }
            let middle = 0.5 * (left + right);
            svg.text("quarter", (middle, top - 4.0), "middle", &quarter.to_string());
        }
    }
}

/// From the first day of the year of one day to the first behind that of the other.
fn whole_years(from: Date, to: Date) -> (Date, Date) {
    let first = Date::new(from.year(), 1, 1).unwrap_or(from);
    let to = to.max(from);
    let behind = to.year().checked_add(1).and_then(|year| Date::new(year, 1, 1).ok());
    (first, behind.unwrap_or(Date::MAX))
}

fn days(from: Date, to: Date) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "any two dates are 8 million days apart at most"
    )]
    let hours = to.duration_since(from).as_hours() as f64;
    hours / 24.0
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_lie_where_their_share_of_the_years_is() {
        let axis = TimeAxis::between(date(2026, 3, 1), date(2027, 5, 1), 100.0, 830.0);
        assert_eq!((axis.first(), axis.last()), (date(2026, 1, 1), date(2028, 1, 1)));
        // 730 days on 730 px.
        assert_eq!(axis.morning_px(date(2026, 2, 1)), 131.0);
        assert_eq!(axis.evening_px(date(2026, 2, 1)), 132.0);
        assert_eq!(axis.morning_px(date(1900, 1, 1)), 100.0);
        assert_eq!(axis.end_px(), 830.0);
        assert_eq!(axis.years().map(|(year, _)| year).collect::<Vec<_>>(), [2026, 2027]);
    }

    #[test]
    fn any_two_dates_make_an_axis() {
        for (from, to) in [
            (Date::MIN, Date::MAX),
            (Date::MAX, Date::MIN),
            (Date::MAX, Date::MAX),
            (date(2026, 1, 1), date(2026, 1, 1)),
        ] {
            let axis = TimeAxis::between(from, to, 0.0, 700.0);
            let years = axis.years().count();
            assert!((1..=25).contains(&years) || from == Date::MAX, "{from} {to} {years}");
            assert!((0.0..=700.0).contains(&axis.morning_px(to)));
        }
    }
}
