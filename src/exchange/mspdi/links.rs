//! Links of a network laid out at their successors.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{ELAPSED_DAY_TENTHS, FORMAT_DAYS, FORMAT_ELAPSED_DAYS, FORMAT_HOURS};
use super::hours::SHIFT_SECONDS;
use super::lay_out::Sheet;
use super::rows::{CalendarRow, LinkRow, TaskRow};
use super::told::{ToldLinks, ToldTask, lag_letter};
use crate::error::{Error, Result};
use crate::exchange::note::Notes;
use crate::schedule::{LagCalendar, LagUnit, Link};

/// Puts each link into the row of its successor; the letter of the calendar of most lags.
pub(super) fn lay(
    sheet: &Sheet<'_>,
    tasks: &mut [TaskRow],
    told: &mut [ToldTask],
    notes: &mut Notes,
) -> Result<char> {
    let network = sheet.network;
    let ids = network.activities.iter().map(|activity| activity.id.as_str()).zip(0_usize..);
    let ids: BTreeMap<&str, usize> = ids.collect();
    let usual = usual(&network.links);
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); tasks.len()];
    let (mut successor, mut is_plain_order) = (0, true);
    for (number, link) in network.links.iter().enumerate() {
        let Some(to) = ids.get(link.to.as_str()) else { continue };
        is_plain_order = is_plain_order && successor <= *to;
        successor = *to;
        if let Some(list) = into.get_mut(*to) {
            list.push(number);
        }
    }
    for ((task, told), numbers) in tasks.iter_mut().zip(told).zip(&into) {
        let found = sheet.calendars.rows.iter();
        let uid = if task.calendar_uid < 0 { 1 } else { task.calendar_uid };
        let calendar = found.clone().find(|row| row.uid == uid);
        let mut from = BTreeSet::new();
        let (mut list, mut is_plain) = (Vec::new(), is_plain_order);
        for number in numbers {
            let Some(link) = network.links.get(*number) else { continue };
            let Some(place) = ids.get(link.from.as_str()) else { continue };
            let row = row(link, *place, calendar)?;
            let is_elapsed = row.format == FORMAT_ELAPSED_DAYS;
            let is_working = link.lag_unit == LagUnit::Working;
            is_plain = is_plain && link.lag_calendar == usual && is_elapsed != is_working;
            let number = if is_plain_order { String::new() } else { number.to_string() };
            let working = if is_elapsed && is_working { "w" } else { "" };
            list.push(format!("{number}{}{working}", lag_letter(link.lag_calendar)));
            if !from.insert(*place) {
                notes.add("twice", || None, || twice(link));
            }
            task.links.push(row);
        }
        if !is_plain && !list.is_empty() {
            told.links = Some(ToldLinks { print: task.links_print(), list: list.join(" ") });
        }
    }
    let is_counted = |link: &&Link| link.lag_days != 0 && link.lag_unit == LagUnit::Working;
    let otherwise = |link: &&Link| link.lag_calendar != LagCalendar::Successor;
    let mut counted = network.links.iter().filter(is_counted).filter(otherwise);
    if let Some(first) = counted.next() {
        let number = counted.count() + 1;
        notes.add(
            "lags",
            || None,
            || {
                format!(
                    "{number} lags do not count in the calendar of the successor, as that of {} \
                     to {}; Microsoft Project counts all lags so",
                    first.from, first.to
                )
            },
        );
    }
    Ok(lag_letter(usual))
}

fn twice(link: &Link) -> String {
    format!(
        "{} and {} are linked more than once; Microsoft Project keeps one link between two tasks",
        link.from, link.to
    )
}

/// The calendar that most lags count in.
fn usual(links: &[Link]) -> LagCalendar {
    let all = [
        LagCalendar::Predecessor,
        LagCalendar::Successor,
        LagCalendar::Project,
        LagCalendar::TwentyFourHours,
    ];
    let count =
        |calendar: &LagCalendar| links.iter().filter(|link| link.lag_calendar == *calendar).count();
    all.into_iter().max_by_key(count).unwrap_or(LagCalendar::Predecessor)
}

/// A link as the file says it: working days in hours of the successor's day.
fn row(link: &Link, from: usize, calendar: Option<&CalendarRow>) -> Result<LinkRow> {
    let day_seconds = calendar.map_or(SHIFT_SECONDS, CalendarRow::day_seconds);
    let is_elapsed =
        link.lag_unit == LagUnit::Elapsed || link.lag_calendar == LagCalendar::TwentyFourHours;
    let (day_tenths, format) = match (is_elapsed, day_seconds) {
        (true, _) => (ELAPSED_DAY_TENTHS, FORMAT_ELAPSED_DAYS),
        (false, SHIFT_SECONDS) => (SHIFT_SECONDS / 6, FORMAT_DAYS),
        (false, seconds) => (seconds / 6, FORMAT_HOURS),
    };
    let lag_tenths = i64::from(link.lag_days) * day_tenths;
    if i32::try_from(lag_tenths).is_err() {
        return Err(Error::Exchange {
            place: format!("link from {} to {}", link.from, link.to),
            problem: format!(
                "a lag of {} days is more tenths of a minute than 32 bits hold",
                link.lag_days
            ),
            hint: "let an activity stand between them".to_owned(),
        });
    }
    let from_uid = i64::try_from(from).unwrap_or(0) + 1;
    Ok(LinkRow { at: 0, from_uid, kind: link.kind, lag_tenths, format })
}
