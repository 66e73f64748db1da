//! Gates, milestones and openings for anybody's calendar: iCalendar, RFC 5545.

use jiff::civil::Date;

use super::outline::Outline;
use super::print::print;
use crate::schedule::{ActivityKind, Dates, Network, RiskOutcome};
use crate::stages::{ItemKind, Plan};

/// Bytes of a line, without its end (RFC 5545, 3.1).
const LINE_BYTES: usize = 75;

/// Milestones of a network, and activities whose finish is a gate, each as an event of one whole
/// day: that on which it is reached at the earliest.
///
/// An event keeps its UID as long as the title and the id stay, so that a file that is taken in
/// again moves events and doubles none. With a simulation, the description of a milestone says by
/// which day half and four in five of the simulated networks reach it. `stamped` is the day as of
/// which all this is said.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::exchange::{Outline, to_icalendar};
/// use railcorridor::schedule::{Activity, Calendar, Link, Network, WorkingWeek};
///
/// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::FRIDAY_OFF));
/// network.activities = vec![Activity::task("fill", 9.0), Activity::finish_milestone("opening")];
/// network.links = vec![Link::finish_start("fill", "opening")];
/// let compiled = network.compile()?;
/// let dates = compiled.dates()?;
/// let text = to_icalendar(&network, &dates, &Outline::default(), &[], None, date(2025, 12, 8));
/// assert!(text.contains("DTSTART;VALUE=DATE:20260114\r\nSUMMARY:opening\r\n"));
/// assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn to_icalendar(
    network: &Network,
    dates: &Dates<'_>,
    outline: &Outline,
    gates: &[usize],
    risk: Option<&RiskOutcome>,
    stamped: Date,
) -> String {
    let mut text = String::new();
    line(&mut text, "BEGIN:VCALENDAR");
    line(&mut text, "VERSION:2.0");
    line(&mut text, "PRODID:-//railcorridor//schedule//EN");
    line(&mut text, "CALSCALE:GREGORIAN");
    if !outline.title.is_empty() {
        line(&mut text, &format!("X-WR-CALNAME:{}", escaped(&outline.title)));
    }
    for (place, activity) in network.activities.iter().enumerate() {
        let is_gate = gates.contains(&place);
        if activity.kind == ActivityKind::Task && !is_gate {
            continue;
        }
        let name = if activity.name.is_empty() { &activity.id } else { &activity.name };
        let summary = if is_gate { format!("{name}: done") } else { name.clone() };
        let day = dates.early_finish(place);
        let mut words = format!("As planned: {day}.");
        let found = risk.and_then(|risk| risk.milestones.iter().find(|one| one.id == activity.id));
        if let Some(found) = found {
            let [_, p50, p80, _] = found.reached.dates;
            words.push_str(&format!(" P50: {p50}. P80: {p80}."));
        }
        let float_days = dates.total_float_days(place);
        words.push_str(&format!(" {float_days} working days to spare before the whole is late."));
        line(&mut text, "BEGIN:VEVENT");
        let title = print(&outline.title);
        line(&mut text, &format!("UID:{}@{title}.railcorridor", escaped(&activity.id)));
        line(&mut text, &format!("DTSTAMP:{}T000000Z", compact(stamped)));
        line(&mut text, &format!("DTSTART;VALUE=DATE:{}", compact(day)));
        line(&mut text, &format!("SUMMARY:{}", escaped(&summary)));
        line(&mut text, &format!("DESCRIPTION:{}", escaped(&words)));
        line(&mut text, "TRANSP:TRANSPARENT");
        line(&mut text, "END:VEVENT");
    }
    line(&mut text, "END:VCALENDAR");
    text
}

/// The activities of a plan whose finish is a gate: stages, money, tender.
#[must_use]
pub fn gates(plan: &Plan) -> Vec<usize> {
    let is_gate = |kind: ItemKind| kind == ItemKind::Preparation;
    (0..).zip(&plan.items).filter(|(_, item)| is_gate(item.kind)).map(|(place, _)| place).collect()
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A text as a value: what parts values has a backslash, an end of line is `\n` (3.3.11).
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => safe.extend(['\\', c]),
            '\n' => safe.push_str("\\n"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A line, folded so that none has more than 75 bytes and no letter is cut (3.1).
fn line(text: &mut String, content: &str) {
    let mut used = 0;
    for c in content.chars() {
        if used + c.len_utf8() > LINE_BYTES {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(c);
        used += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        for content in ["x".repeat(75), "x".repeat(76), "Герат".repeat(60), "𝄞".repeat(40)]
        {
            let mut text = String::new();
            line(&mut text, &content);
            assert!(text.split("\r\n").all(|line| line.len() <= LINE_BYTES), "{text}");
            assert_eq!(text.replace("\r\n ", ""), format!("{content}\r\n"));
        }
        let mut whole = String::new();
        line(&mut whole, &"x".repeat(75));
        assert_eq!(whole.matches("\r\n").count(), 1);
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(escaped("a,b;c\\d\r\ne\u{7}"), "a\\,b\\;c\\\\d\\ne ");
    }
}
