//! Days in the Solar Hijri calendar of Afghanistan and Iran.

use std::fmt;
use std::str::FromStr;

use calendrical_calculations::{gregorian, persian, rata_die::RataDie};
use jiff::civil::Date;

use crate::error::{Error, Result};

/// The first year that is converted: its new year is that of astronomy from then on.
const FIRST_YEAR: i16 = 1178;
/// The last one.
const LAST_YEAR: i16 = 3000;

/// Names of the months as Afghanistan writes them, after the signs of the zodiac.
const AFGHAN_MONTHS: [&str; 12] = [
    "Hamal", "Sawr", "Jawza", "Saratan", "Asad", "Sunbula", "Mizan", "Aqrab", "Qaws", "Jadi",
    "Dalw", "Hut",
];

/// A day in the Solar Hijri calendar of Afghanistan and Iran, in the years 1178 to 3000.
///
/// The year begins on the day of the spring equinox; six months of 31 days, five of 30, and one of
/// 29 or 30 follow. The crate `calendrical_calculations` gives leap years by the rule of 33 years,
/// corrected to the equinox at 52.5 degrees east.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::schedule::HijriDate;
///
/// // The new year of 1405 was 21 March 2026; four months of 31 days and 27 days later is the day
/// // of independence.
/// assert_eq!(HijriDate::from_gregorian(date(2026, 3, 21))?.to_string(), "1405-01-01");
/// let day: HijriDate = "1405-05-28".parse()?;
/// assert_eq!(day.gregorian(), date(2026, 8, 19));
/// assert_eq!(day.words(), "28 Asad 1405");
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HijriDate {
    year: i16,
    month: u8,
    day: u8,
}

impl HijriDate {
    /// A day of a year and month, both counted from 1.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for what no year has, and for years that are not converted.
    pub fn new(year: i16, month: u8, day: u8) -> Result<Self> {
        within("year", year, (FIRST_YEAR, LAST_YEAR))?;
        within("month", i16::from(month), (1, 12))?;
        let last = match month {
            1..=6 => 31,
            12 if !persian::is_leap_year(i32::from(year)) => 29,
            _ => 30,
        };
        within("day", i16::from(day), (1, last))?;
        Ok(Self { year, month, day })
    }

    /// The Solar Hijri name of a Gregorian day.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a day before March 1799 or after March 3622.
    pub fn from_gregorian(day: Date) -> Result<Self> {
        let (year, month) = (i32::from(day.year()), day.month().unsigned_abs());
        let fixed = gregorian::fixed_from_gregorian(year, month, day.day().unsigned_abs());
        let parts = persian::fast_persian_from_fixed(fixed).ok();
        let parts =
            parts.and_then(|(year, month, day)| Some((i16::try_from(year).ok()?, month, day)));
        let (year, month, day) = parts.unwrap_or((i16::MIN, 1, 1));
        Self::new(year, month, day)
    }

    /// The Gregorian day.
    #[must_use]
    pub fn gregorian(self) -> Date {
        let fixed = persian::fixed_from_fast_persian(i32::from(self.year), self.month, self.day);
        // Day 719,163 is 1 January 1970, counted from 1 January of the year 1 as day 1.
        let days = fixed.since(RataDie::new(719_163));
        let span = jiff::Span::new().try_days(days);
        let day = span.and_then(|span| jiff::civil::date(1970, 1, 1).checked_add(span));
        day.unwrap_or(Date::MAX)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, counted from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, counted from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// With the name of its month as Afghanistan writes it: `28 Asad 1405`.
    #[must_use]
    pub fn words(self) -> String {
        let name = AFGHAN_MONTHS.get(usize::from(self.month).wrapping_sub(1));
        format!("{} {} {}", self.day, name.copied().unwrap_or_default(), self.year)
    }
}

/// A day as a planner writes it: `2026-08-19`, or `1405-05-28 SH` in the Solar Hijri calendar.
///
/// # Errors
/// [`Error::Unknown`] for what is neither; [`Error::OutOfRange`] for a day that no year has.
///
/// ```
/// use railcorridor::schedule::day_from_text;
///
/// assert_eq!(day_from_text("1405-05-28 SH")?, day_from_text("2026-08-19")?);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn day_from_text(text: &str) -> Result<Date> {
    if let Some(hijri) = text.strip_suffix("SH") {
        return Ok(hijri.trim_end().parse::<HijriDate>()?.gregorian());
    }
    let has_form =
        text.len() == 10 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    let day = has_form.then(|| text.parse().ok()).flatten();
    day.ok_or_else(|| {
        unknown(text, "write 2026-08-19, or 1405-05-28 SH for the Solar Hijri calendar")
    })
}

/// A text with the Solar Hijri name behind each Gregorian day in it.
///
/// A day is what is written `2026-08-19` and no part of a longer word; one that the calendar does not
/// convert stays alone.
///
/// ```
/// use railcorridor::schedule::with_hijri_days;
///
/// assert_eq!(
///     with_hijri_days("2026-08-19: fill-2026-08-20 is finished"),
///     "2026-08-19 (28 Asad 1405): fill-2026-08-20 is finished"
/// );
/// ```
#[must_use]
pub fn with_hijri_days(text: &str) -> String {
    let is_of_word = |one: char| one.is_alphanumeric() || matches!(one, '-' | '_' | '/' | '.');
    let mut all = String::with_capacity(text.len());
    for part in text.split_inclusive(|one| !is_of_word(one)) {
        let word = part.trim_end_matches(|one| !is_of_word(one));
        // A sentence may end behind a day.
        let day = word.trim_end_matches('.');
        all.push_str(day);
        let known = (day.len() == 10).then(|| day.parse::<Date>().ok()).flatten();
        if let Some(hijri) = known.and_then(|known| HijriDate::from_gregorian(known).ok()) {
            all.push_str(&format!(" ({})", hijri.words()));
        }
        all.push_str(part.get(day.len()..).unwrap_or_default());
    }
    all
}

impl FromStr for HijriDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut parts = text.split('-');
        let mut part = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length);
            part.filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let parts_read = (part(4), part(2), part(2));
        let (Some(year), Some(month), Some(day)) = parts_read else {
            return Err(unknown(text, "write it as 1405-05-28"));
        };
        let numbers = (year.parse(), month.parse(), day.parse(), parts.next());
        let (Ok(year), Ok(month), Ok(day), None) = numbers else {
            return Err(unknown(text, "write it as 1405-05-28"));
        };
        Self::new(year, month, day)
    }
}

impl fmt::Display for HijriDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn unknown(text: &str, hint: &str) -> Error {
    Error::Unknown { what: "day", name: text.chars().take(40).collect(), hint: hint.to_owned() }
}

fn within(what: &str, value: i16, (least, most): (i16, i16)) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::OutOfRange {
        item: format!("{what} of a Solar Hijri date"),
        value: f64::from(value),
        limit: format!("{least} to {most}"),
        hint: "correct the date".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn known_days() {
        for (hijri, day) in [
            // New years, of which 1399 and 1403 are leap years.
            ("1399-12-30", date(2021, 3, 20)),
            ("1400-01-01", date(2021, 3, 21)),
            ("1403-01-01", date(2024, 3, 20)),
            ("1403-12-30", date(2025, 3, 20)),
            ("1404-01-01", date(2025, 3, 21)),
            ("1357-11-22", date(1979, 2, 11)),
        ] {
            let read: HijriDate = hijri.parse().unwrap();
            assert_eq!(read.gregorian(), day, "{hijri}");
            assert_eq!(HijriDate::from_gregorian(day).unwrap().to_string(), hijri);
        }
    }

    #[test]
    fn every_day_has_one_name_and_every_name_one_day() {
        let mut day = HijriDate::new(FIRST_YEAR, 1, 1).unwrap().gregorian();
        let mut count = 0;
        for year in FIRST_YEAR..=LAST_YEAR {
            for month in 1..=12 {
                for number in 1..=31 {
                    let Ok(name) = HijriDate::new(year, month, number) else { break };
                    assert_eq!(name.gregorian(), day);
                    assert_eq!(HijriDate::from_gregorian(day).unwrap(), name);
                    day = day.tomorrow().unwrap();
                    count += 1;
                }
            }
        }
        let years = f64::from(LAST_YEAR - FIRST_YEAR + 1);
        assert!((f64::from(count) - years * 365.2422).abs() < 1.0, "{count}");
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["1405-13-01", "1405-12-30", "1405-07-31", "1177-01-01", "3001-01-01"] {
            assert!(matches!(text.parse::<HijriDate>(), Err(Error::OutOfRange { .. })), "{text}");
        }
        for text in ["", "1405-1-1", "1405-01-01-01", "14o5-01-01", "+405-01-01", "1405/01/01"] {
            assert!(matches!(text.parse::<HijriDate>(), Err(Error::Unknown { .. })), "{text}");
        }
        for text in
            ["", "SH", "2026-8-19", "2026-02-30", "20260819", "1405-05-28 AP", "1405-05-2８"]
        {
            assert!(day_from_text(text).is_err(), "{text}");
        }
        assert!(HijriDate::from_gregorian(Date::MIN).is_err());
        assert!(HijriDate::from_gregorian(Date::MAX).is_err());
    }
}
