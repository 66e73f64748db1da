//! Links of rows made into links of a network, those of summaries spread over what lies below.

use super::network::{MOST_SPREAD, Maker};
use super::rows::{LinkRow, TaskRow};
use super::tree::Named;
use super::{codes, plain, told};
use crate::error::Result;
use crate::exchange::note::Notes;
use crate::schedule::{Activity, LagCalendar, LagUnit, Link, MAX_DURATION_DAYS};

/// A link with its number in the network, if the file tells one.
type Numbered = (Option<usize>, Link);

/// What a link is told to be besides.
#[derive(Debug, Clone, Copy)]
struct Told {
    number: Option<usize>,
    calendar: LagCalendar,
    is_working: bool,
}

/// All links, in the order that the file tells or in that of their successors.
pub(super) fn links(
    maker: &Maker<'_, '_>,
    activities: &[Activity],
    notes: &mut Notes,
) -> Result<Vec<Link>> {
    let mut links: Vec<Numbered> = Vec::new();
    let rows = (0..).zip(&maker.tree.activities).zip(&maker.told_tasks);
    for ((to, row), told) in rows {
        let list: Vec<Told> = match &told.links {
            Some(told) => told.list.split(' ').filter_map(one).collect(),
            None => Vec::new(),
        };
        for (place, link) in row.links.iter().enumerate() {
            let told = list.get(place).copied().filter(|_| list.len() == row.links.len());
            let usual =
                Told { number: None, calendar: maker.usual_lag_calendar(), is_working: false };
            let told = told.unwrap_or(usual);
            spread(maker, (row, link), &[to], activities, told, &mut links, notes)?;
        }
    }
    for (row, below) in maker.tree.summaries() {
        for link in &row.links {
            if link.kind.is_to_finish() {
                maker.source.note(notes, link.at, "to summary", || {
                    format!("a link to the finish of summary \"{}\" is left out", row.name)
                });
                continue;
            }
            let calendar = maker.usual_lag_calendar();
            let told = Told { number: None, calendar, is_working: false };
            spread(maker, (row, link), below, activities, told, &mut links, notes)?;
        }
    }
    links.sort_by_key(|(number, _)| number.unwrap_or(usize::MAX));
    Ok(links.into_iter().map(|(_, link)| link).collect())
}

/// Links to some activities from all that a row's link starts from.
fn spread(
    maker: &Maker<'_, '_>,
    (row, link): (&TaskRow, &LinkRow),
    to: &[usize],
    activities: &[Activity],
    told: Told,
    links: &mut Vec<Numbered>,
    notes: &mut Notes,
) -> Result<()> {
    let source = maker.source;
    let single: [usize; 1];
    let from = match maker.tree.named(link.from_uid) {
        Some(Named::Activity(place)) => {
            single = [place];
            single.as_slice()
        }
        Some(Named::Summary(below)) if link.kind.is_from_finish() => below,
        Some(Named::Summary(_)) => {
            source.note(notes, link.at, "from summary", || {
                "a link from the start of a summary is left out".to_owned()
            });
            return Ok(());
        }
        Some(Named::Hammock) | None => {
            source.note(notes, link.at, "from nothing", || {
                format!(
                    "a link into \"{}\" names task {}, which is not scheduled here; it is left out",
                    row.name, link.from_uid
                )
            });
            return Ok(());
        }
    };
    if links.len() + from.len().saturating_mul(to.len()) > MOST_SPREAD {
        return Err(Maker::too_much("links"));
    }
    for place in from {
        let Some(first) = activities.get(*place) else { continue };
        let seconds = maker.tree.activities.get(*place).map_or(0, |task| task.seconds);
        for then in to.iter().filter_map(|place| activities.get(*place)) {
            let day_seconds = maker.calendar(row).map_or(1, |calendar| calendar.day_seconds());
            let (days, unit) = plain::lag(link, seconds, day_seconds);
            let lag_days = whole(maker, link, days, notes)?;
            let is_working = unit == LagUnit::Working || told.is_working;
            links.push((
                told.number,
                Link {
                    lag_days,
                    lag_unit: if is_working { LagUnit::Working } else { LagUnit::Elapsed },
                    lag_calendar: told.calendar,
                    ..Link::new(&first.id, &then.id, link.kind)
                },
            ));
        }
    }
    Ok(())
}

/// Whole days of a lag, rounded up: it is the least time between.
fn whole(maker: &Maker<'_, '_>, link: &LinkRow, days: f64, notes: &mut Notes) -> Result<i32> {
    let most = f64::from(MAX_DURATION_DAYS);
    if !(-most..=most).contains(&days) {
        let problem = format!("a lag of {days:.0} days");
        let hint = format!("lags are {} to {MAX_DURATION_DAYS} days", -MAX_DURATION_DAYS);
        return Err(maker.source.wrong(link.at, problem, &hint));
    }
    let whole = (days - days.abs() * 1e-9).ceil();
    if (whole - days).abs() > 1e-6 * days.abs().max(1.0) {
        maker.source.note(notes, link.at, "parts of a lag", || {
            format!("a lag of {days:.2} days counts as {whole:.0}")
        });
    }
    let unit = codes::unit(link.format);
    if matches!(unit, Some(codes::Unit::Percent | codes::Unit::ElapsedPercent)) {
        maker.source.note(notes, link.at, "percent", || {
            format!(
                "a lag of {} per cent counts as {whole:.0} days, whatever becomes of the duration",
                link.lag_tenths
            )
        });
    }
    #[expect(clippy::cast_possible_truncation, reason = "within the limit just checked")]
    Ok(whole as i32)
}

/// One link of a list such as `12p 3hw`.
fn one(text: &str) -> Option<Told> {
    let (text, is_working) = text.strip_suffix('w').map_or((text, false), |rest| (rest, true));
    let letter = text.chars().next_back()?;
    let number = text.get(..text.len() - letter.len_utf8())?;
    let number = if number.is_empty() { None } else { Some(number.parse().ok()?) };
    Some(Told { number, calendar: told::lag_calendar(letter)?, is_working })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_links_is_read_or_left() {
        let told = one("12p").unwrap();
        assert_eq!((told.number, told.is_working), (Some(12), false));
        assert_eq!(told.calendar, LagCalendar::Predecessor);
        let told = one("hw").unwrap();
        assert_eq!((told.number, told.calendar), (None, LagCalendar::TwentyFourHours));
        for text in ["", "w", "12", "p12", "é", "99999999999999999999999p"] {
            assert!(one(text).is_none(), "{text}");
        }
    }
}
