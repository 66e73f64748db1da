//! What must hold for the dates of any network, against a search day by day.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use jiff::civil::{Date, date};
use jiff::{Span as Days, ToSpan};
use railcorridor::schedule::{
    Activity, ActivityKind, Calendar, Constraint, DayOfYear, Driver, Duration, Hammock, Holiday,
    LagCalendar, LagUnit, Link, LinkKind, Network, OutOfSequence, Progress, ProjectStartFloor,
    Rotation, Season, Span, WorkingWeek,
};

/// A Monday.
const START: Date = date(2026, 1, 5);

const KINDS: [LinkKind; 4] =
    [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];

fn calendar(u: &mut Unstructured, id: &str) -> Result<Calendar> {
    let mut week = *u.choose(&[
        WorkingWeek::EVERY_DAY,
        WorkingWeek::FRIDAY_OFF,
        WorkingWeek::MONDAY_TO_FRIDAY,
    ])?;
    if u.ratio(1, 4)? {
        week.worked = u.arbitrary()?;
        week.worked[u.int_in_range(0..=6)?] = true;
    }
    let mut calendar = Calendar::new(id, week);
    for _ in 0..u.int_in_range(0..=8)? {
        let day = START.checked_add(u.int_in_range(-10..=60)?.days()).unwrap();
        calendar.holidays.push(Holiday::Day(day));
    }
    Ok(calendar)
}

fn constraint(u: &mut Unstructured) -> Result<Constraint> {
    let day = START.checked_add(u.int_in_range(-5..=40)?.days()).unwrap();
    Ok(match u.int_in_range(0..=5)? {
        0 => Constraint::StartNoEarlier(day),
        1 => Constraint::FinishNoEarlier(day),
        2 => Constraint::StartNoLater(day),
        3 => Constraint::FinishNoLater(day),
        4 => Constraint::MustStart(day),
        _ => Constraint::MustFinish(day),
    })
}

/// A network with constraints and a day by which it must be finished.
fn held_network(u: &mut Unstructured) -> Result<Network> {
    let mut network = network(u, true)?;
    for activity in &mut network.activities {
        if u.ratio(1, 3)? {
            activity.constraints.push(constraint(u)?);
            if !activity.constraints[0].is_must() && u.ratio(1, 3)? {
                activity.constraints.extend(Some(constraint(u)?).filter(|one| !one.is_must()));
            }
        }
    }
    if u.ratio(1, 3)? {
        network.finish_by = Some(START.checked_add(u.int_in_range(0..=60)?.days()).unwrap());
    }
    Ok(network)
}

/// A network of a few activities on one to three calendars, in an order that need not hold.
fn network(u: &mut Unstructured, with_milestones: bool) -> Result<Network> {
    let mut network = Network::new(START, calendar(u, "0")?);
    network.horizon_years = 3;
    for number in 1..u.int_in_range(1..=3)? {
        let another = calendar(u, &number.to_string())?;
        network.calendars.push(another);
    }
    let count: u32 = u.int_in_range(1..=9)?;
    let mut places: Vec<u32> = (0..count).collect();
    for last in (1..places.len()).rev() {
        places.swap(last, u.int_in_range(0..=last)?);
    }
    for id in 0..count {
        let activity = match u.int_in_range(0..=5)? {
            0 if with_milestones => Activity::start_milestone(id.to_string()),
            1 if with_milestones => Activity::finish_milestone(id.to_string()),
            _ => Activity::task(id.to_string(), f64::from(u.int_in_range(1..=9)?)),
        };
        let calendars = u32::try_from(network.calendars.len() - 1).unwrap();
        let calendar = u.int_in_range(0..=calendars)?;
        network.activities.push(activity.in_calendar(calendar.to_string()));
    }
    for _ in 0..u.int_in_range(0..=2 * count)? {
        let (a, b) = (u.int_in_range(0..=count - 1)?, u.int_in_range(0..=count - 1)?);
        if a != b {
            let (from, to) = (places[a.min(b) as usize], places[a.max(b) as usize]);
            let another = link(u, from, to)?;
            network.links.push(another);
        }
    }
    Ok(network)
}

fn link(u: &mut Unstructured, from: u32, to: u32) -> Result<Link> {
    let lag_days = if u.ratio(1, 2)? { 0 } else { u.int_in_range(-4..=7)? };
    let link = Link::new(from.to_string(), to.to_string(), *u.choose(&KINDS)?).lag_days(lag_days);
    let unit = *u.choose(&[LagUnit::Working, LagUnit::Working, LagUnit::Elapsed])?;
    let calendar = *u.choose(&[
        LagCalendar::Predecessor,
        LagCalendar::Successor,
        LagCalendar::Project,
        LagCalendar::TwentyFourHours,
    ])?;
    Ok(Link { lag_unit: unit, ..link.in_calendar(calendar) })
}

/// Early, late and free spans by activity, counted from the first day of the horizon.
#[derive(Debug, PartialEq)]
struct Answer {
    early: Vec<Span>,
    late: Vec<Span>,
    free_float_days: Vec<i32>,
    total_float_days: Vec<i32>,
}

fn answer(network: &Network) -> Answer {
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let by_activity = |spans: &[Span]| -> Vec<Span> {
        compiled.positions().iter().map(|position| spans[*position as usize]).collect()
    };
    // The backward pass alone gives the same late dates as that with floats.
    let mut late = Vec::new();
    let finish = dates.early().iter().map(|span| span.finish).max().unwrap();
    let finish_by = network.finish_by.map(|day| dates.horizon().morning(day) + 1);
    compiled.backward(compiled.durations_days(), finish_by.unwrap_or(finish), &mut late);
    assert_eq!(late, dates.late());
    let all = 0..network.activities.len();
    Answer {
        early: by_activity(dates.early()),
        late: by_activity(dates.late()),
        free_float_days: all.clone().map(|one| dates.free_float_days(one)).collect(),
        total_float_days: all.map(|one| dates.total_float_days(one)).collect(),
    }
}

/// The same, by trying one day after the other until every link holds.
struct Plain<'a> {
    network: &'a Network,
    /// Whether each day is worked, by calendar.
    worked: Vec<Vec<bool>>,
    /// The moment of the start.
    start: i32,
}

impl<'a> Plain<'a> {
    fn new(network: &'a Network) -> Self {
        let first = network.compile().unwrap().horizon().first();
        let days = first.series(Days::new().days(1)).take(2900);
        let worked = |calendar: &Calendar| {
            let is_worked = |day: Date| {
                calendar.week.is_worked(day.weekday())
                    && !calendar.holidays.contains(&Holiday::Day(day))
            };
            days.clone().map(is_worked).collect()
        };
        let start = days.clone().position(|day| day == network.start).unwrap();
        Self {
            network,
            worked: network.calendars.iter().map(worked).collect(),
            start: i32::try_from(start).unwrap(),
        }
    }

    fn calendar_of(&self, activity: &str) -> usize {
        self.network.activities[place(activity)].calendar.parse().unwrap()
    }

    fn is_worked(&self, calendar: usize, day: i32) -> bool {
        self.worked[calendar][usize::try_from(day).unwrap()]
    }

    /// Working days from one moment to another, negative backwards; no calendar counts all.
    fn between(&self, calendar: Option<usize>, from: i32, to: i32) -> i32 {
        let worked = |day: &i32| calendar.is_none_or(|calendar| self.is_worked(calendar, *day));
        let count =
            |days: std::ops::Range<i32>| i32::try_from(days.filter(worked).count()).unwrap();
        if from <= to { count(from..to) } else { -count(to..from) }
    }

    /// An activity begun at a moment, if it can be.
    fn begun(&self, activity: &Activity, start: i32) -> Option<Span> {
        let calendar = activity.calendar.parse().unwrap();
        if activity.kind == ActivityKind::FinishMilestone {
            return Some(Span { start, finish: start });
        }
        if !self.is_worked(calendar, start) {
            return None;
        }
        let mut left = activity.duration.whole_days("", 1).unwrap();
        let mut finish = start;
        while left > 0 {
            left -= i32::from(self.is_worked(calendar, finish));
            finish += 1;
        }
        Some(Span { start, finish })
    }

    fn holds(&self, link: &Link, from: Span, to: Span) -> bool {
        let source = if link.kind.is_from_finish() { from.finish } else { from.start };
        let target = if link.kind.is_to_finish() { to.finish } else { to.start };
        let is_evening = self.network.activities[place(&link.from)].kind
            == ActivityKind::FinishMilestone
            || (link.kind.is_from_finish() && from.finish > from.start);
        if link.lag_days == 0 && (is_evening || !link.kind.is_to_finish()) {
            return source <= target;
        }
        let calendar = match (link.lag_unit, link.lag_calendar) {
            (LagUnit::Elapsed, _) | (_, LagCalendar::TwentyFourHours) => None,
            (_, LagCalendar::Predecessor) => Some(self.calendar_of(&link.from)),
            (_, LagCalendar::Successor) => Some(self.calendar_of(&link.to)),
            (_, LagCalendar::Project) => Some(0),
        };
        self.between(calendar, source, target) >= link.lag_days
    }

    /// Moves activities by a day at a time until all links hold, on their one side or the other;
    /// those that must have their dates stay.
    fn settle(&self, mut spans: Vec<Span>, step: i32, held: impl Fn(&Link) -> usize) -> Vec<Span> {
        let mut is_settled = false;
        while !is_settled {
            is_settled = true;
            for link in &self.network.links {
                let one = held(link);
                let activity = &self.network.activities[one];
                if self.is_pinned(activity) {
                    continue;
                }
                while !self.holds(link, spans[place(&link.from)], spans[place(&link.to)]) {
                    is_settled = false;
                    let next =
                        (1..).find_map(|by| self.begun(activity, spans[one].start + step * by));
                    spans[one] = next.unwrap();
                }
            }
        }
        spans
    }

    /// Whether one constraint holds; "no later" ones only where late dates are sought.
    fn keeps(&self, activity: &Activity, constraint: Constraint, span: Span, late: bool) -> bool {
        let days = (constraint.day() - START).get_days();
        let morning = self.start + days;
        let first = morning + i32::from(activity.kind == ActivityKind::FinishMilestone);
        let last = morning + i32::from(activity.kind != ActivityKind::StartMilestone);
        match constraint {
            Constraint::StartNoEarlier(_) => late || span.start >= first,
            Constraint::FinishNoEarlier(_) => late || span.finish >= last,
            Constraint::StartNoLater(_) => !late || span.start <= first,
            Constraint::FinishNoLater(_) => !late || span.finish <= last,
            // On the day or the next: the first that is not before.
            Constraint::MustStart(_) => span.start >= first,
            Constraint::MustFinish(_) => span.finish >= last,
        }
    }

    fn has_kept(&self, activity: &Activity, span: Span, late: bool) -> bool {
        activity.constraints.iter().all(|one| self.keeps(activity, *one, span, late))
    }

    fn is_pinned(&self, activity: &Activity) -> bool {
        activity.constraints.iter().any(|one| one.is_must())
    }

    /// The first span from a moment on that keeps all constraints of early dates.
    fn first(&self, activity: &Activity) -> Span {
        let from = if self.is_pinned(activity) { 0 } else { self.start };
        let mut spans = (from..).filter_map(|day| self.begun(activity, day));
        spans.find(|span| self.has_kept(activity, *span, false)).unwrap()
    }

    /// The last span up to a moment that keeps those of late dates, if asked for.
    fn last(&self, activity: &Activity, finish: i32, late: bool) -> Span {
        let mut spans = (0..=finish).rev().filter_map(|day| self.begun(activity, day));
        spans
            .find(|span| span.finish <= finish && (!late || self.has_kept(activity, *span, true)))
            .unwrap()
    }

    fn answer(&self) -> Answer {
        let activities = &self.network.activities;
        let early: Vec<Span> = activities.iter().map(|one| self.first(one)).collect();
        let early = self.settle(early, 1, |link| place(&link.to));
        let finish = early.iter().map(|span| span.finish).max().unwrap();
        let finish_by = self.network.finish_by.map(|day| self.start + (day - START).get_days() + 1);
        let late = activities.iter().zip(&early).map(|(one, early)| {
            let is_pinned = self.is_pinned(one);
            if is_pinned { *early } else { self.last(one, finish_by.unwrap_or(finish), true) }
        });
        let late = self.settle(late.collect(), -1, |link| place(&link.from));
        let float = |one: usize, span: Span| {
            let calendar = self.calendar_of(&one.to_string());
            self.between(Some(calendar), early[one].finish, span.finish)
        };
        let free = |one: usize| {
            // Only the links that leave it can fail: all others stay where they hold.
            let mut span = self.last(&activities[one], finish, false);
            for link in self.network.links.iter().filter(|link| place(&link.from) == one) {
                while !self.holds(link, span, early[place(&link.to)]) {
                    let mut earlier = (0..span.start).rev();
                    span = earlier.find_map(|day| self.begun(&activities[one], day)).unwrap();
                }
            }
            float(one, span)
        };
        Answer {
            free_float_days: (0..activities.len()).map(free).collect(),
            total_float_days: (0..activities.len()).map(|one| float(one, late[one])).collect(),
            early,
            late,
        }
    }
}

/// Ids are the places of the activities.
fn place(id: &str) -> usize {
    id.parse().unwrap()
}

#[test]
fn dates_are_those_of_a_search_day_by_day() {
    property(|u| {
        let network = network(u, true)?;
        assert_eq!(answer(&network), Plain::new(&network).answer(), "{network:#?}");
        Ok(())
    });
}

#[test]
fn constraints_hold_as_in_a_search_day_by_day() {
    property(|u| {
        let network = held_network(u)?;
        assert_eq!(answer(&network), Plain::new(&network).answer(), "{network:#?}");
        Ok(())
    });
}

#[test]
fn another_link_makes_nothing_earlier() {
    property(|u| {
        let mut network = network(u, true)?;
        let before = answer(&network);
        let count = u32::try_from(network.activities.len()).unwrap();
        let (a, b) = (u.int_in_range(0..=count - 1)?, u.int_in_range(0..=count - 1)?);
        let another = link(u, a, b)?;
        network.links.push(another);
        if network.compile().is_ok() {
            for (before, after) in before.early.iter().zip(answer(&network).early) {
                assert!(after.start >= before.start && after.finish >= before.finish);
            }
        }
        Ok(())
    });
}

#[test]
fn without_constraints_no_float_is_negative() {
    property(|u| {
        let answer = answer(&network(u, true)?);
        for (free, total) in answer.free_float_days.iter().zip(&answer.total_float_days) {
            assert!(0 <= *free && free <= total);
        }
        Ok(())
    });
}

/// The network with time running backwards: what was late is early then.
#[test]
fn the_reversed_network_has_early_and_late_swapped() {
    property(|u| {
        let network = network(u, false)?;
        let forward = answer(&network);
        let compiled = network.compile().unwrap();
        let horizon = compiled.horizon();
        let start = horizon.morning(START);
        let finish = forward.early.iter().map(|span| span.finish).max().unwrap();
        let mirrored = |moment: i32| start + finish - moment;
        let mut reversed = network.clone();
        for calendar in &mut reversed.calendars {
            let mut week = calendar.week;
            for day in 0..7 {
                let day = horizon.day(day);
                let other = horizon.day(mirrored(horizon.morning(day)) - 1);
                let at =
                    |day: Date| usize::try_from(day.weekday().to_monday_zero_offset()).unwrap();
                week.worked[at(other)] = calendar.week.worked[at(day)];
            }
            calendar.week = week;
            for holiday in &mut calendar.holidays {
                if let Holiday::Day(day) = holiday {
                    *day = horizon.day(mirrored(horizon.morning(*day)) - 1);
                }
            }
        }
        for link in &mut reversed.links {
            std::mem::swap(&mut link.from, &mut link.to);
            link.kind = match link.kind {
                LinkKind::StartStart => LinkKind::FinishFinish,
                LinkKind::FinishFinish => LinkKind::StartStart,
                kind => kind,
            };
            link.lag_calendar = match link.lag_calendar {
                LagCalendar::Predecessor => LagCalendar::Successor,
                LagCalendar::Successor => LagCalendar::Predecessor,
                other => other,
            };
        }
        let backward = answer(&reversed);
        let turned =
            |span: &Span| Span { start: mirrored(span.finish), finish: mirrored(span.start) };
        let late: Vec<Span> = forward.late.iter().map(turned).collect();
        assert_eq!(backward.early, late, "{network:#?}");
        // The other way round where something starts on the very first day.
        if backward.early.iter().any(|span| span.finish == finish) {
            let early: Vec<Span> = forward.early.iter().map(turned).collect();
            assert_eq!(backward.late, early, "{network:#?}");
        }
        Ok(())
    });
}

/// Without some of the links.
fn without(network: &Network, leave_out: impl Fn(usize, &Link) -> bool) -> Network {
    let kept = network.links.iter().enumerate().filter(|(place, link)| !leave_out(*place, link));
    Network { links: kept.map(|(_, link)| link.clone()).collect(), ..network.clone() }
}

#[test]
fn a_driver_alone_gives_the_early_dates_and_without_all_they_are_earlier() {
    property(|u| {
        let network = held_network(u)?;
        let before = answer(&network);
        let compiled = network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        for (one, activity) in network.activities.iter().enumerate() {
            let drivers = dates.early_drivers(one);
            assert!(!drivers.is_empty(), "{network:#?}");
            for driver in &drivers {
                let alone = without(&network, |place, link| {
                    link.to == activity.id && Driver::Link(place) != *driver
                });
                assert_eq!(answer(&alone).early[one], before.early[one], "{network:#?}");
            }
            if drivers.iter().all(|driver| matches!(driver, Driver::Link(_))) {
                let rest = without(&network, |place, _| drivers.contains(&Driver::Link(place)));
                assert!(answer(&rest).early[one].start < before.early[one].start, "{network:#?}");
            }
        }
        Ok(())
    });
}

#[test]
fn a_late_driver_alone_gives_the_late_dates() {
    property(|u| {
        let network = held_network(u)?;
        let before = answer(&network);
        let compiled = network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        for (one, activity) in network.activities.iter().enumerate() {
            let drivers = dates.late_drivers(one);
            assert!(!drivers.is_empty(), "{network:#?}");
            for driver in &drivers {
                let mut alone = without(&network, |place, link| {
                    link.from == activity.id && Driver::Link(place) != *driver
                });
                // The end stays where it was, even if others are earlier without these links.
                let finish = before.early.iter().map(|span| span.finish).max().unwrap();
                alone.finish_by = alone.finish_by.or(Some(dates.horizon().day(finish - 1)));
                assert_eq!(answer(&alone).late[one], before.late[one], "{driver:?} {network:#?}");
            }
        }
        Ok(())
    });
}

#[test]
fn paths_are_chains_of_drivers_and_hold_each_near_critical_activity_once() {
    property(|u| {
        let network = held_network(u)?;
        let compiled = network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        let most_float_days = u.int_in_range(-3..=20)?;
        let paths = dates.near_critical_paths(most_float_days, usize::MAX);
        assert_eq!(paths[0], dates.longest_path());
        let is_on = dates.on_longest_paths();
        assert!(paths[0].activities.iter().all(|one| is_on[*one]));
        let mut seen = vec![0; network.activities.len()];
        for path in &paths {
            assert_eq!(path.activities.len(), path.links.len() + 1);
            for one in &path.activities {
                seen[*one] += 1;
            }
            for (pair, link) in path.activities.windows(2).zip(&path.links) {
                let Link { from, to, .. } = &network.links[*link];
                assert_eq!([place(from), place(to)], *pair);
                assert!(dates.early_drivers(pair[1]).contains(&Driver::Link(*link)));
            }
        }
        let first = dates.early_drivers(paths[0].activities[0]);
        assert!(!first.iter().any(|driver| matches!(driver, Driver::Link(_))));
        let last = *paths[0].activities.last().unwrap();
        let finish = dates.early().iter().map(|span| span.finish).max().unwrap();
        assert_eq!(dates.early()[compiled.positions()[last] as usize].finish, finish);
        for (one, seen) in seen.into_iter().enumerate() {
            assert!(seen == 1 || (seen == 0 && dates.total_float_days(one) > most_float_days));
        }
        Ok(())
    });
}

/// Anything that the types allow.
fn anything(u: &mut Unstructured) -> Result<Network> {
    let day = |u: &mut Unstructured| {
        let days = [Date::MIN, Date::MAX, date(2071, 1, 31), date(2021, 1, 1), START];
        let near = START.checked_add(u.int_in_range(-400..=400)?.days()).unwrap();
        Ok(if u.ratio(1, 32)? { *u.choose(&days)? } else { near })
    };
    let maybe = |u: &mut Unstructured| Ok(if u.ratio(1, 4)? { Some(day(u)?) } else { None });
    let mut network = network(u, true)?;
    network.horizon_years = if u.ratio(1, 64)? { u.arbitrary()? } else { 3 };
    network.data_date = maybe(u)?;
    network.finish_by = maybe(u)?;
    if u.ratio(1, 8)? {
        network.start = day(u)?;
    }
    if u.ratio(1, 2)? {
        network.start_floor = ProjectStartFloor::Msp;
        network.out_of_sequence = OutOfSequence::GoOn;
    }
    let of_year = |u: &mut Unstructured| -> Result<DayOfYear> {
        Ok(DayOfYear { month: u.int_in_range(1..=12)?, day: u.int_in_range(1..=29)? })
    };
    if u.ratio(1, 4)? {
        let (closed_to, first, last) = (u.arbitrary()?, of_year(u)?, of_year(u)?);
        network.calendars[0].seasons.push(Season { name: String::new(), closed_to, first, last });
        let rotation =
            Rotation { begins: day(u)?, days_on: u.arbitrary()?, days_off: u.arbitrary()? };
        network.calendars[0].rotation = Some(rotation);
        let (month, late) = (u.int_in_range(1..=13)?, day(u)?);
        let hijri = Holiday::EveryHijriYear { month, day: u.int_in_range(1..=30)? };
        let days = Holiday::Days { first: late.saturating_sub(5.days()), last: late };
        network.calendars[0].holidays.extend([hijri, days, Holiday::EveryYear(of_year(u)?)]);
        network.calendars[0].worked_days.push(day(u)?);
    }
    for activity in &mut network.activities {
        if u.ratio(1, 3)? {
            activity.constraints.push(constraint(u)?);
        }
        if let Some(data_date) = network.data_date
            && u.ratio(1, 2)?
        {
            let before = |u: &mut Unstructured| {
                let days = u.int_in_range(1..=30)?.days();
                Ok(data_date.saturating_sub(days))
            };
            let (one, other) = (before(u)?, before(u)?);
            let is_moment = activity.kind != ActivityKind::Task;
            activity.progress.actual_start = Some(one.min(other)).filter(|_| !is_moment);
            if is_moment || u.arbitrary()? {
                activity.progress.actual_finish = Some(one.max(other));
            } else if u.arbitrary()? {
                activity.progress.remaining_days = Some(u.int_in_range(0..=9)?.into());
            }
            if u.ratio(1, 32)? {
                let remaining_days = Some(u.arbitrary()?);
                activity.progress =
                    Progress { actual_start: maybe(u)?, actual_finish: maybe(u)?, remaining_days };
            }
        }
        if u.ratio(1, 64)? {
            let (quantity, rate_per_shift, crews) =
                (u.arbitrary()?, u.arbitrary()?, u.arbitrary()?);
            activity.duration = Duration::Quantity { quantity, rate_per_shift, crews };
        }
    }
    for link in &mut network.links {
        if u.ratio(1, 64)? {
            link.lag_days = u.arbitrary()?;
        }
    }
    network.hammocks.push(Hammock::over("hammock", network.activities.iter().map(|one| &*one.id)));
    Ok(network)
}

#[test]
fn nothing_panics_and_what_is_computed_is_explained() {
    property(|u| {
        let network = anything(u)?;
        let Ok(compiled) = network.compile() else { return Ok(()) };
        let Ok(dates) = compiled.dates() else { return Ok(()) };
        for (one, activity) in network.activities.iter().enumerate() {
            let told = dates.explain(&activity.id).unwrap();
            assert!(!told.to_string().is_empty());
            assert!(!dates.early_drivers(one).is_empty(), "{network:#?}");
            assert!(!dates.late_drivers(one).is_empty(), "{network:#?}");
        }
        assert!(dates.hammock(0).is_some() && dates.hammock(1).is_none());
        assert!(!dates.near_critical_paths(0, 3).is_empty());
        // An activity that there is not has no dates worth anything, and no panic either.
        let _ = (dates.early_start(99), dates.late_finish(99), dates.total_float_days(99));
        assert!(dates.early_drivers(99).is_empty() && dates.late_drivers(99).is_empty());
        Ok(())
    });
}
