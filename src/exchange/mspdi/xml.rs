//! The text of elements of MSPDI as numbers, dates and durations.

use jiff::civil::{Date, DateTime, Time};
use roxmltree::Node;

use crate::error::{Error, Result};
use crate::exchange::xml::{Kind, children};
pub(super) use crate::exchange::xml::{Source, child, text};

/// No duration may be longer, seconds: ten thousand years.
const MOST_SECONDS: i64 = 316_000_000_000;
/// Years that a date may have.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// What is read, for errors.
pub(super) const KIND: Kind = Kind {
    item: "a file of a schedule",
    split: "split the project",
    save: "save the project as XML, without a document type",
};

impl Source<'_> {
    /// The whole number of an element.
    pub(super) fn number(&self, node: Node<'_, '_>) -> Result<i64> {
        let text = text(node);
        text.trim().parse().map_err(|_| self.no(node, &text, "a whole number"))
    }

    /// Whether an element says 1 or true.
    pub(super) fn flag(&self, node: Node<'_, '_>) -> Result<bool> {
        let text = text(node);
        match text.trim() {
            "1" | "true" => Ok(true),
            "0" | "false" | "" => Ok(false),
            _ => Err(self.no(node, &text, "1 or 0")),
        }
    }

    /// The date and time of an element; none if it is empty or says that there is none.
    pub(super) fn moment(&self, node: Node<'_, '_>) -> Result<Option<DateTime>> {
        let text = text(node);
        let plain = text.trim().trim_end_matches('Z');
        if plain.is_empty() || plain == "NA" {
            return Ok(None);
        }
        let moment = plain.parse::<DateTime>().ok();
        let moment = moment.filter(|moment| YEARS.contains(&moment.year()));
        let wanted = "a date and time of the years 1900 to 2999, such as 2026-01-05T08:00:00";
        moment.map(Some).ok_or_else(|| self.no(node, &text, wanted))
    }

    /// The day of an element that must have one.
    pub(super) fn day(&self, node: Node<'_, '_>) -> Result<Date> {
        let moment = self.moment(node)?;
        moment.map(DateTime::date).ok_or_else(|| self.no(node, "", "a date"))
    }

    /// The time of day of an element.
    pub(super) fn time(&self, node: Node<'_, '_>) -> Result<Time> {
        let text = text(node);
        text.trim().parse().map_err(|_| self.no(node, &text, "a time, such as 08:00:00"))
    }

    /// The seconds of an element that says hours, minutes and seconds: `PT8H0M0S`.
    pub(super) fn seconds(&self, node: Node<'_, '_>) -> Result<i64> {
        let text = text(node);
        let seconds = seconds(text.trim());
        seconds.ok_or_else(|| self.no(node, &text, "a duration from nothing on, such as PT8H0M0S"))
    }

    fn no(&self, node: Node<'_, '_>, text: &str, wanted: &str) -> Error {
        let shown: String = text.chars().take(40).collect();
        let problem = format!("{} \"{shown}\" is no {wanted}", node.tag_name().name());
        let problem = problem.replace("is no a ", "is not a ").replace("is no 1", "is not 1");
        self.wrong(node.range().start, problem, "correct it where the file was made")
    }
}

/// The children of a name below a child of a name.
pub(super) fn list<'a, 'd: 'a>(
    node: Node<'a, 'd>,
    list: &str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'd>> {
    child(node, list).into_iter().flat_map(move |list| children(list, name))
}

/// Seconds of a duration of days, hours, minutes and seconds; a day has all its hours.
fn seconds(text: &str) -> Option<i64> {
    let (date, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.get(1..)?, ""));
    let mut sum = parts(date, &[('D', 86_400.0)])?;
    sum += parts(time, &[('H', 3_600.0), ('M', 60.0), ('S', 1.0)])?;
    let has_part = text.bytes().any(|byte| byte.is_ascii_digit());
    #[expect(clippy::cast_precision_loss, reason = "38 bits")]
    let most = MOST_SECONDS as f64;
    #[expect(clippy::cast_possible_truncation, reason = "within the limit")]
    (has_part && (0.0..=most).contains(&sum)).then_some(sum.round() as i64)
}

/// The sum of numbers, each with one of the letters behind it, in their order.
fn parts(text: &str, units: &[(char, f64)]) -> Option<f64> {
    let (mut rest, mut sum) = (text, 0.0);
    for (letter, size) in units {
        if let Some((number, behind)) = rest.split_once(*letter) {
            let is_number = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            sum += number.parse::<f64>().ok().filter(|_| is_number)? * size;
            rest = behind;
        }
    }
    rest.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_or_refused() {
        for (text, expected) in [
            ("PT8H0M0S", Some(28_800)),
            ("PT0H0M0S", Some(0)),
            ("PT7.5H", Some(27_000)),
            ("PT1H30M", Some(5_400)),
            ("P2DT1H", Some(176_400)),
            ("P1D", Some(86_400)),
            ("-PT8H0M0S", None),
            ("PT-8H0M0S", None),
            ("PT8X", None),
            ("PT", None),
            ("P", None),
            ("8", None),
            ("", None),
            ("PTinfH", None),
            ("PT1e9H", None),
            ("PT99999999999999H0M0S", None),
            ("P1Y", None),
            ("PT5M3H", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
