//! What must hold for dates that resources allow, looked at day by day on the dates as printed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../examples/psplib/instance.rs"]
mod instance;

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use instance::Instance;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use railcorridor::schedule::{
    Activity, ActivityKind, Calendar, Constraint, Demand, Holiday, LagCalendar, LagUnit, Levelled,
    LevellingOptions, Link, LinkKind, Network, NotMet, Progress, Resource, ResourcePlan,
    WorkingWeek,
};

/// A Monday.
const START: Date = date(2026, 1, 5);

const KINDS: [LinkKind; 4] =
    [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];

fn day(number: i64) -> Date {
    START.checked_add(number.days()).unwrap()
}

fn number(day: Date) -> i64 {
    i64::from(day.duration_since(START).as_hours() as i32 / 24)
}

/// Up to nine activities, some of them milestones, held to dates or begun, on up to three calendars.
fn network(u: &mut Unstructured) -> Result<Network> {
    let mut calendars = Vec::new();
    for id in 0..u.int_in_range(1..=3)? {
        let weeks =
            [WorkingWeek::EVERY_DAY, WorkingWeek::FRIDAY_OFF, WorkingWeek::MONDAY_TO_FRIDAY];
        let mut calendar = Calendar::new(id.to_string(), *u.choose(&weeks)?);
        for _ in 0..u.int_in_range(0..=5)? {
            calendar.holidays.push(Holiday::Day(day(u.int_in_range(-3..=40)?)));
        }
        calendars.push(calendar);
    }
    let mut network = Network::new(START, calendars[0].clone());
    network.horizon_years = 2;
    if u.ratio(1, 4)? {
        network.data_date = Some(day(u.int_in_range(3..=9)?));
    }
    let count: u32 = u.int_in_range(1..=9)?;
    for id in 0..count {
        let activity = match u.int_in_range(0..=7)? {
            0 => Activity::start_milestone(id.to_string()),
            1 => Activity::finish_milestone(id.to_string()),
            _ => Activity::task(id.to_string(), f64::from(u.int_in_range(1..=7)?)),
        };
        let mut activity = activity.in_calendar(u.choose(&calendars)?.id.clone());
        if u.ratio(1, 5)? {
            let day = day(u.int_in_range(-2..=30)?);
            activity = activity.held(*u.choose(&[
                Constraint::StartNoEarlier(day),
                Constraint::FinishNoEarlier(day),
                Constraint::StartNoLater(day),
                Constraint::FinishNoLater(day),
                Constraint::MustStart(day),
                Constraint::MustFinish(day),
            ])?);
        } else if network.data_date.is_some()
            && activity.kind == ActivityKind::Task
            && u.ratio(1, 3)?
        {
            activity.progress = Progress {
                actual_start: Some(day(u.int_in_range(0..=2)?)),
                actual_finish: None,
                remaining_days: Some(f64::from(u.int_in_range(1..=5)?)),
            };
        }
        network.activities.push(activity);
    }
    network.calendars = calendars;
    for _ in 0..u.int_in_range(0..=2 * count)? {
        let (a, b) = (u.int_in_range(0..=count - 1)?, u.int_in_range(0..=count - 1)?);
        if a == b {
            continue;
        }
        let lag_days = if u.ratio(1, 2)? { 0 } else { u.int_in_range(-4..=7)? };
        let link = Link::new(a.min(b).to_string(), a.max(b).to_string(), *u.choose(&KINDS)?);
        let unit = *u.choose(&[LagUnit::Working, LagUnit::Elapsed])?;
        let calendars = [LagCalendar::Predecessor, LagCalendar::Successor, LagCalendar::Project];
        let link = link.lag_days(lag_days).in_calendar(*u.choose(&calendars)?);
        network.links.push(Link { lag_unit: unit, ..link });
    }
    Ok(network)
}

/// One to six resources, each with enough for any one activity, needed by tasks.
fn plan(u: &mut Unstructured, network: &Network) -> Result<ResourcePlan> {
    let mut plan = ResourcePlan::default();
    for id in 0..u.int_in_range(1..=6)? {
        let resource = Resource::new(format!("r{id}"), u.int_in_range(1..=4)?);
        for activity in &network.activities {
            if activity.kind == ActivityKind::Task && u.ratio(2, 3)? {
                let units = u.int_in_range(0..=resource.capacity)?;
                plan.demands.push(Demand::new(&activity.id, &resource.id, units));
            }
        }
        plan.resources.push(resource);
    }
    Ok(plan)
}

fn calendar<'n>(network: &'n Network, activity: &Activity) -> &'n Calendar {
    network.calendars.iter().find(|one| one.id == activity.calendar).unwrap()
}

fn is_worked(calendar: &Calendar, day: i64) -> bool {
    let day = self::day(day);
    let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap();
    calendar.week.worked[weekday] && !calendar.holidays.contains(&Holiday::Day(day))
}

/// An activity as a reader sees it: where it starts and ends, and the days that it works from now on.
struct Seen {
    start: i64,
    finish: i64,
    works: Vec<i64>,
}

fn seen(network: &Network, levelled: &Levelled<'_>, place: usize) -> Seen {
    let activity = &network.activities[place];
    let (first, last) = (number(levelled.start_of(place)), number(levelled.finish_of(place)));
    match activity.kind {
        ActivityKind::StartMilestone => Seen { start: first, finish: first, works: vec![] },
        ActivityKind::FinishMilestone => Seen { start: last + 1, finish: last + 1, works: vec![] },
        ActivityKind::Task => {
            let days = activity.duration.whole_days("", 1).unwrap();
            let remaining = activity.progress.remaining_days.map_or(days, |days| days as i32);
            let calendar = calendar(network, activity);
            let mut works: Vec<i64> = Vec::new();
            let mut day = last;
            while works.len() < remaining as usize {
                if is_worked(calendar, day) {
                    works.push(day);
                }
                day -= 1;
            }
            // What was begun is held from the start of what remains.
            Seen { start: works[works.len() - 1], finish: last + 1, works }
        }
    }
}

/// Working days of a link's lag from one moment to another, either way.
fn days_between(network: &Network, link: &Link, from: i64, to: i64) -> i64 {
    let of = |id: &str| calendar(network, &network.activities[id.parse::<usize>().unwrap()]);
    let calendar = match (link.lag_unit, link.lag_calendar) {
        (LagUnit::Elapsed, _) | (_, LagCalendar::TwentyFourHours) => return to - from,
        (_, LagCalendar::Project) => &network.calendars[0],
        (_, LagCalendar::Predecessor) => of(&link.from),
        (_, LagCalendar::Successor) => of(&link.to),
    };
    let count = |days: std::ops::Range<i64>| {
        i64::try_from(days.filter(|day| is_worked(calendar, *day)).count()).unwrap()
    };
    if from <= to { count(from..to) } else { -count(to..from) }
}

fn is_pinned(activity: &Activity) -> bool {
    activity.constraints.iter().any(|one| one.is_must())
}

fn options(schedules: u64) -> LevellingOptions {
    LevellingOptions { schedules, seed: 3 }
}

#[test]
fn what_is_printed_keeps_links_and_capacities() {
    let mut waits = 0;
    property(|u| {
        let network = network(u)?;
        let plan = plan(u, &network)?;
        let compiled = network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        let levelled = compiled.level(&plan, &options(40));
        let Ok(levelled) = levelled else {
            // Only dates that they must have can ask for too much.
            assert!(levelled.unwrap_err().to_string().contains("must have its date"));
            assert!(network.activities.iter().filter(|one| is_pinned(one)).count() > 1);
            return Ok(());
        };
        let count = network.activities.len();
        let seen: Vec<Seen> = (0..count).map(|place| seen(&network, &levelled, place)).collect();
        for link in &network.links {
            let (from, to): (usize, usize) = (link.from.parse().unwrap(), link.to.parse().unwrap());
            if is_pinned(&network.activities[to]) {
                continue;
            }
            let end = |one: &Seen, is_finish| if is_finish { one.finish } else { one.start };
            // Of what was begun the start is a fact, not the start of the rest.
            let begun = network.activities[from].progress.actual_start.map(number);
            let left = end(&seen[from], link.kind.is_from_finish());
            let left = begun.filter(|_| !link.kind.is_from_finish()).unwrap_or(left);
            let reached = end(&seen[to], link.kind.is_to_finish());
            let between = days_between(&network, link, left, reached);
            assert!(between >= i64::from(link.lag_days), "{link:?}");
            let is_plain = link.kind == LinkKind::FinishStart && link.lag_days == 0;
            assert!(!is_plain || reached >= left, "{link:?}");
        }
        for (number_of, resource) in plan.resources.iter().enumerate() {
            for on in -10..400 {
                let uses = |demand: &&Demand| {
                    let place: usize = demand.activity.parse().unwrap();
                    demand.resource == resource.id && seen[place].works.contains(&on)
                };
                let used: u32 = plan.demands.iter().filter(uses).map(|one| one.units).sum();
                assert!(used <= resource.capacity, "{} on {}", resource.id, day(on));
                assert_eq!(levelled.units_on(number_of, day(on)), used);
            }
        }
        for place in 0..count {
            assert!(levelled.start_of(place) >= dates.early_start(place));
            assert!(levelled.finish_of(place) >= dates.early_finish(place));
            if let Some(wait) = levelled.wait(place) {
                waits += 1;
                assert!(wait.days > 0 && !wait.resources.is_empty() && !wait.held_by.is_empty());
                let on = number(wait.day);
                assert!(is_worked(calendar(&network, &network.activities[place]), on));
                assert!(wait.held_by.iter().all(|other| seen[*other].works.contains(&on)));
            }
            assert!(levelled.explain(&place.to_string()).is_ok());
        }
        assert!(levelled.least_finish() <= levelled.finish() && levelled.gap_ratio() >= 0.0);
        missed(&network, &levelled, &seen);
        Ok(())
    })
    .budget_ms(2_000);
    assert!(waits > 0, "no activity has waited");
}

/// All that is missed is told, and nothing else.
fn missed(network: &Network, levelled: &Levelled<'_>, seen: &[Seen]) {
    let mut late = Vec::new();
    for (place, activity) in network.activities.iter().enumerate() {
        for constraint in &activity.constraints {
            let on = number(constraint.day());
            let by = match constraint {
                Constraint::StartNoLater(_) if activity.kind == ActivityKind::FinishMilestone => {
                    seen[place].start - 1 - on
                }
                Constraint::StartNoLater(_) => seen[place].start - on,
                Constraint::FinishNoLater(_) if activity.kind == ActivityKind::StartMilestone => {
                    seen[place].finish - on
                }
                Constraint::FinishNoLater(_) => seen[place].finish - 1 - on,
                _ => 0,
            };
            if by > 0 {
                late.push((place, by));
            }
        }
    }
    let told = levelled.not_met();
    let told_late: Vec<(usize, i64)> = told
        .iter()
        .filter_map(|one| match one {
            NotMet::Constraint { activity, late_days, .. } => {
                Some((*activity, i64::from(*late_days)))
            }
            _ => None,
        })
        .collect();
    assert_eq!(told_late, late);
    for (place, link) in network.links.iter().enumerate() {
        let is_told =
            told.iter().any(|one| matches!(one, NotMet::Link { link, .. } if *link == place));
        let to = &network.activities[link.to.parse::<usize>().unwrap()];
        assert!(!is_told || is_pinned(to));
    }
}

#[test]
fn enough_of_all_gives_the_dates_of_the_network_alone() {
    property(|u| {
        let network = network(u)?;
        let mut plan = plan(u, &network)?;
        for resource in &mut plan.resources {
            let needs = plan.demands.iter().filter(|one| one.resource == resource.id);
            resource.capacity = needs.map(|one| one.units).sum();
        }
        let compiled = network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        let levelled = compiled.level(&plan, &options(7)).unwrap();
        assert_eq!(levelled.spans(), dates.early());
        assert_eq!((levelled.finish(), levelled.gap_ratio()), (dates.finish(), 0.0));
        assert!((0..network.activities.len()).all(|place| levelled.wait(place).is_none()));
        Ok(())
    });
}

#[test]
fn a_longer_search_is_never_worse_and_a_seed_makes_one_result() {
    property(|u| {
        let mut network = network(u)?;
        for activity in &mut network.activities {
            activity.constraints.clear();
        }
        let plan = plan(u, &network)?;
        let compiled = network.compile().unwrap();
        let mut last = Date::MAX;
        for schedules in [1, 2, 3, 4, 7, 30, 61, 300] {
            let levelled = compiled.level(&plan, &options(schedules)).unwrap();
            assert!(
                levelled.finish() <= last,
                "{schedules}: {} after {last}; {:?} {network:?} {plan:?}",
                levelled.finish(),
                levelled.not_met()
            );
            assert!(levelled.schedules() <= schedules);
            let again = compiled.level(&plan, &options(schedules)).unwrap();
            assert_eq!(levelled.spans(), again.spans());
            last = levelled.finish();
        }
        Ok(())
    });
}

/// A successor that may start before its predecessor comes after it in every order.
#[test]
fn a_successor_that_starts_first_keeps_its_place() {
    let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::EVERY_DAY));
    network.activities = [("x", 10.0), ("p", 1.0), ("s", 2.0), ("v", 6.0), ("t", 5.0)]
        .map(|(id, days)| Activity::task(id, days))
        .into();
    network.links = vec![
        Link::finish_start("x", "p"),
        Link::finish_finish("p", "s").lag_days(-6),
        Link::finish_start("s", "v"),
    ];
    let plan = ResourcePlan {
        resources: vec![Resource::new("crew", 1)],
        demands: ["s", "t"].map(|id| Demand::new(id, "crew", 1)).into(),
    };
    let compiled = network.compile().unwrap();
    for schedules in [1, 5_000] {
        let levelled = compiled.level(&plan, &options(schedules)).unwrap();
        // x and p take 11 days; s lies on the fourth and fifth, v behind it, t behind s.
        assert_eq!((levelled.finish(), levelled.gap_ratio()), (date(2026, 1, 15), 0.0));
    }
}

/// The least days in which a small network can be done, by trying all orders.
fn least_days(days: &[usize], units: &[u32], capacity: u32, links: &[(usize, usize)]) -> usize {
    fn place(
        left: &[usize],
        done: &mut Vec<(usize, usize)>,
        days: &[usize],
        units: &[u32],
        capacity: u32,
        links: &[(usize, usize)],
    ) -> usize {
        if left.is_empty() {
            return done.iter().map(|(one, start)| start + days[*one]).max().unwrap_or(0);
        }
        let mut least = usize::MAX;
        for one in left {
            let held_by = |from: &usize| links.contains(&(*from, *one));
            if left.iter().any(held_by) {
                continue;
            }
            let held = done.iter().filter(|(from, _)| held_by(from));
            let mut start = held.map(|(from, start)| start + days[*from]).max().unwrap_or(0);
            let is_free = |day: usize| {
                let works = |(other, begin): &&(usize, usize)| {
                    (*begin..begin + days[*other]).contains(&day)
                };
                let used: u32 = done.iter().filter(works).map(|(other, _)| units[*other]).sum();
                used + units[*one] <= capacity
            };
            while !(start..start + days[*one]).all(is_free) {
                start += 1;
            }
            done.push((*one, start));
            let rest: Vec<usize> = left.iter().copied().filter(|other| other != one).collect();
            least = least.min(place(&rest, done, days, units, capacity, links));
            done.pop();
        }
        least
    }
    let all: Vec<usize> = (0..days.len()).collect();
    place(&all, &mut Vec::new(), days, units, capacity, links)
}

#[test]
fn small_networks_are_done_as_early_as_any_order_allows() {
    property(|u| {
        let count = u.int_in_range(1..=6)?;
        let capacity = u.int_in_range(1..=4)?;
        let (mut days, mut units, mut links) = (vec![], vec![], vec![]);
        for to in 0..count {
            days.push(u.int_in_range(1..=6)?);
            units.push(u.int_in_range(0..=capacity)?);
            for from in 0..to {
                if u.ratio(1, 4)? {
                    links.push((from, to));
                }
            }
        }
        let calendar = Calendar::new("site", WorkingWeek::EVERY_DAY);
        let mut network = Network::new(START, calendar);
        network.horizon_years = 1;
        let tasks = days.iter().enumerate();
        network.activities =
            tasks.map(|(id, days)| Activity::task(id.to_string(), *days as f64)).collect();
        let joins = links.iter().map(|(a, b)| Link::finish_start(a.to_string(), b.to_string()));
        network.links = joins.collect();
        let demands = units.iter().enumerate();
        let plan = ResourcePlan {
            resources: vec![Resource::new("crew", capacity)],
            demands: demands
                .map(|(id, units)| Demand::new(id.to_string(), "crew", *units))
                .collect(),
        };
        let compiled = network.compile().unwrap();
        let levelled = compiled.level(&plan, &options(600)).unwrap();
        let least = i64::try_from(least_days(&days, &units, capacity, &links)).unwrap();
        assert_eq!(number(levelled.finish()) + 1, least);
        assert!(number(levelled.least_finish()) < least);
        Ok(())
    })
    .budget_ms(2_000);
}

#[test]
fn a_file_of_the_library_is_read_and_levelled() {
    // Six jobs of our own between two dummies in the library's form. Alone they take 3 + 4 + 2 = 9
    // days; jobs 2, 3 and 4 need 2 + 2 + 1 of 3 units, which makes 2 and 3 go one after the other:
    // 2 (days 1-3), 3 (4-7), then 6 (8-9) that waits for 3; 4 and 5 beside, 7 after 5.
    let text = "\
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          3           2   3   4
   2        1          1           5
   3        1          1           6
   4        1          1           7
   5        1          1           8
   6        1          1           8
   7        1          1           8
   8        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     4       2    0
  4      1     2       1    0
  5      1     2       0    1
  6      1     2       0    1
  7      1     1       1    0
  8      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    3    1
************************************************************************
";
    let Instance { network, plan } = Instance::from_sm(text).unwrap();
    assert_eq!((network.activities.len(), network.links.len()), (8, 9));
    let compiled = network.compile().unwrap();
    assert_eq!(number(compiled.dates().unwrap().finish()) - number(network.start) + 1, 6);
    let levelled = compiled.level(&plan, &options(1000)).unwrap();
    // Either order of 2 and 3 takes 7 days for both; 3 first leaves 2 for days 5-7 and 5 for 8-9.
    assert_eq!(number(levelled.finish()) - number(network.start) + 1, 9);
    let rcp = "8 2\n3 1\n0 0 0 3 2 3 4\n3 2 0 1 5\n4 2 0 1 6\n2 1 0 1 7\n2 0 1 1 8\n2 0 1 1 8\n1 1 0 1 8\n0 0 0 0\n";
    let same = Instance::from_rcp(rcp).unwrap();
    assert_eq!((same.network, same.plan), (network, plan));
    assert!(Instance::from_sm("jobnr.").is_none() && Instance::from_rcp("3 1 1").is_none());
}

#[test]
fn what_cannot_be_is_refused() {
    let calendar = Calendar::new("site", WorkingWeek::EVERY_DAY);
    let mut network = Network::new(START, calendar);
    network.activities = vec![
        Activity::task("a", 3.0).held(Constraint::MustStart(day(2))),
        Activity::task("b", 3.0).held(Constraint::MustFinish(day(4))),
        Activity::finish_milestone("end"),
    ];
    let compiled = network.compile().unwrap();
    let plan = |capacity: u32, demands: &[(&str, &str, u32)]| ResourcePlan {
        resources: vec![Resource::new("crew", capacity)],
        demands: demands.iter().map(|(a, r, units)| Demand::new(*a, *r, *units)).collect(),
    };
    let problem = |plan: &ResourcePlan, schedules: u64| {
        compiled.level(plan, &options(schedules)).unwrap_err().to_string()
    };
    let both = [("a", "crew", 2), ("b", "crew", 2)];
    assert!(problem(&plan(3, &both), 9).contains("needs 2 of crew on 2026-01-07"));
    assert!(compiled.level(&plan(4, &both), &options(9)).is_ok());
    assert!(problem(&plan(1, &both), 9).contains("needs 2 of crew, of which there are 1"));
    assert!(problem(&plan(1, &[("end", "crew", 1)]), 9).contains("a milestone that needs crew"));
    assert!(problem(&plan(1, &[("c", "crew", 1)]), 9).contains("no activity called \"c\""));
    assert!(problem(&plan(1, &[("a", "cranes", 1)]), 9).contains("no resource called \"cranes\""));
    assert!(problem(&plan(40_000, &[]), 9).contains("0 to 32767"));
    assert!(problem(&plan(1, &[]), 0).contains("1 or more"));
    let twice = ResourcePlan { resources: vec![Resource::new("crew", 1); 2], demands: vec![] };
    assert!(problem(&twice, 9).contains("that of another"));
    // Two demands add up.
    let twice = [("a", "crew", 2), ("a", "crew", 1)];
    assert!(problem(&plan(2, &twice), 9).contains("needs 3 of crew, of which there are 2"));
}
