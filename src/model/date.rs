//! A civil date as sources give it: a day, only a month, or only a year.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};

/// A Gregorian date known to the day, the month or the year.
///
/// In TOML a bare date (`2025-10-20`) or a string (`"2025-10"`, `"2025"`).
///
/// ```
/// use railcorridor::model::Date;
///
/// let dated: Date = "2025-02".parse()?;
/// assert_eq!(dated.first_day().to_string(), "2025-02-01");
/// assert_eq!(dated.last_day().to_string(), "2025-02-28");
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    first: civil::Date,
    precision: Precision,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Precision {
    Day,
    Month,
    Year,
}

impl Date {
    /// The first day that the date may mean.
    #[must_use]
    pub fn first_day(self) -> civil::Date {
        self.first
    }

    /// The last day that the date may mean.
    #[must_use]
    pub fn last_day(self) -> civil::Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        }
    }

    /// Whether the whole of the date lies on or before `day`: what is dated "2025" is known to
    /// be past only from 31 December 2025 on.
    #[must_use]
    pub fn is_by(self, day: Self) -> bool {
        self.last_day() <= day.last_day()
    }

    /// The last day of the date, so many months earlier.
    #[must_use]
    pub fn months_before(self, months: u32) -> Self {
        let earlier =
            self.last_day().checked_sub(jiff::Span::new().months(i64::from(months.min(1_200))));
        earlier.unwrap_or(civil::Date::MIN).into()
    }

    /// The day so many days after 1 January 1970.
    #[must_use]
    pub fn from_days_since_1970(days: u64) -> Self {
        let span = i32::try_from(days).map(|days| jiff::Span::new().days(days.min(2_000_000)));
        let start = civil::date(1970, 1, 1);
        span.ok().and_then(|span| start.checked_add(span).ok()).unwrap_or(civil::Date::MAX).into()
    }

    /// Whether the date names a day.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.precision == Precision::Day
    }

    /// The date in words: `20 October 2025`, `October 2025`, `2025`.
    ///
    /// ```
    /// use railcorridor::model::Date;
    ///
    /// assert_eq!("2025-10-20".parse::<Date>()?.words(), "20 October 2025");
    /// assert_eq!("2025-02".parse::<Date>()?.words(), "February 2025");
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn words(self) -> String {
        let (day, year) = (self.first.day(), self.first.year());
        let month = usize::try_from(self.first.month() - 1).ok();
        let month = month.and_then(|place| MONTHS.get(place)).copied().unwrap_or_default();
        match self.precision {
            Precision::Day => format!("{day} {month} {year}"),
            Precision::Month => format!("{month} {year}"),
            Precision::Year => self.to_string(),
        }
    }

    /// Days from this date to `later`, each taken at its last day; negative if `later` is before.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.last_day().duration_since(self.last_day()).as_hours() / 24
    }
}

impl From<civil::Date> for Date {
    fn from(first: civil::Date) -> Self {
        Self { first, precision: Precision::Day }
    }
}

/// Earlier first; of two that end on the same day, the more exact one first.
impl Ord for Date {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.last_day(), other.first).cmp(&(other.last_day(), self.first))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        parse(text).ok_or_else(|| Error::Unknown {
            what: "date",
            name: text.chars().take(40).collect(),
            hint: "write 2025-10-20, 2025-10 or 2025".to_owned(),
        })
    }
}

fn parse(text: &str) -> Option<Date> {
    let (padded, precision) = match text.len() {
        4 => (format!("{text}-01-01"), Precision::Year),
        7 => (format!("{text}-01"), Precision::Month),
        10 => (text.to_owned(), Precision::Day),
        _ => return None,
    };
    let shape = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    if !padded.bytes().enumerate().all(shape) {
        return None;
    }
    let first = padded.parse().ok()?;
    Some(Date { first, precision })
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.precision {
            Precision::Day => write!(f, "{}", self.first),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Year => write!(f, "{year:04}"),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

struct DateVisitor;

impl<'de> serde::de::Visitor<'de> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date: 2025-10-20, \"2025-10\" or \"2025\"")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Date, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: serde::de::Error>(self, year: i64) -> std::result::Result<Date, E> {
        year.to_string().parse().map_err(E::custom)
    }

    // A bare TOML date arrives as a map with one private key.
    fn visit_map<A: serde::de::MapAccess<'de>>(
        self,
        map: A,
    ) -> std::result::Result<Date, A::Error> {
        let written =
            toml::value::Datetime::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        written.to_string().parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_past_only_at_its_end() {
        let year: Date = "2025".parse().unwrap();
        assert!(!year.is_by("2025-12-30".parse().unwrap()));
        assert!(year.is_by("2025-12-31".parse().unwrap()));
        assert_eq!(year.days_until("2026-01-31".parse().unwrap()), 31);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "20251020", "2025-13", "2025-02-30", "2025/10/20", "-025", "２０２５"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn order_is_by_the_last_day() {
        let mut dates: Vec<Date> =
            ["2025", "2025-12-31", "2025-02-06", "2025-02"].map(|d| d.parse().unwrap()).into();
        dates.sort();
        let written: Vec<String> = dates.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["2025-02-06", "2025-02", "2025-12-31", "2025"]);
    }
}
