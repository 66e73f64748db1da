//! A network that goes out to a file and comes back is the same network, whatever it is.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use railcorridor::exchange::{
    Outline, Place, SegmentName, from_csv, from_mspdi, links_csv, tasks_csv, to_icalendar, to_mspdi,
};
use railcorridor::schedule::{
    Activity, ActivityKind, Calendar, Constraint, DayOfYear, Duration, Hammock, Holiday,
    LagCalendar, LagUnit, Link, LinkKind, Network, OutOfSequence, Progress, ProjectStartFloor,
    Rotation, Season, WorkingWeek,
};

const START: Date = date(2026, 1, 5);

/// Texts that a careless writer or reader stumbles over.
const TEXTS: [&str; 9] = [
    "",
    "fill",
    "a & b <c> \"d\" 'e'",
    " spaces ",
    "Тургунди-Герат",
    "two\nlines",
    "cr\r\nlf\r",
    "=cmd|' /C calc'!A0",
    "{\"railcorridor\":1}",
];

fn day(u: &mut Unstructured) -> Result<Date> {
    Ok(START.checked_add(u.int_in_range(-30..=200)?.days()).unwrap())
}

fn some<T>(
    u: &mut Unstructured,
    one: impl Fn(&mut Unstructured) -> Result<T>,
) -> Result<Option<T>> {
    if u.ratio(1, 3)? { one(u).map(Some) } else { Ok(None) }
}

fn calendar(u: &mut Unstructured, id: String) -> Result<Calendar> {
    let mut week = WorkingWeek { worked: u.arbitrary()?, shifts_per_day: 1 };
    week.worked[u.int_in_range(0..=6)?] = true;
    if u.ratio(1, 3)? {
        week.shifts_per_day = u.int_in_range(1..=5)?;
    }
    let mut calendar = Calendar::new(id, week);
    for _ in 0..u.int_in_range(0..=4)? {
        calendar.holidays.push(match u.int_in_range(0..=3)? {
            0 => Holiday::Day(day(u)?),
            1 => {
                let first = day(u)?;
                let last = first.checked_add(u.int_in_range(0..=20)?.days()).unwrap();
                Holiday::Days { first, last }
            }
            2 => Holiday::EveryYear(DayOfYear { month: u.int_in_range(1..=12)?, day: 29 }),
            _ => Holiday::EveryHijriYear { month: u.int_in_range(1..=12)?, day: 29 },
        });
    }
    for _ in 0..u.int_in_range(0..=3)? {
        calendar.worked_days.push(day(u)?);
    }
    calendar.rotation = some(u, |u| {
        let (days_on, days_off) = (u.int_in_range(1..=28)?, u.int_in_range(0..=14)?);
        Ok(Rotation { begins: day(u)?, days_on, days_off })
    })?;
    if u.ratio(1, 3)? {
        calendar.seasons.push(Season {
            name: u.choose(&TEXTS)?.to_string(),
            closed_to: some(u, |_| Ok("earthworks".to_owned()))?,
            first: DayOfYear { month: 12, day: u.int_in_range(1..=31)? },
            last: DayOfYear { month: u.int_in_range(1..=2)?, day: 10 },
        });
    }
    Ok(calendar)
}

fn constraint(u: &mut Unstructured) -> Result<Constraint> {
    let day = day(u)?;
    Ok(match u.int_in_range(0..=5)? {
        0 => Constraint::StartNoEarlier(day),
        1 => Constraint::FinishNoEarlier(day),
        2 => Constraint::StartNoLater(day),
        3 => Constraint::FinishNoLater(day),
        4 => Constraint::MustStart(day),
        _ => Constraint::MustFinish(day),
    })
}

fn progress(u: &mut Unstructured, kind: ActivityKind, data_date: Date) -> Result<Progress> {
    let before = |u: &mut Unstructured| -> Result<Date> {
        Ok(data_date.checked_sub(u.int_in_range(1..=60)?.days()).unwrap())
    };
    let actual_start = before(u)?;
    let finish = actual_start.checked_add(u.int_in_range(0..=80)?.days()).unwrap();
    let is_task = kind == ActivityKind::Task;
    let actual_finish = (finish < data_date && (!is_task || u.ratio(1, 2)?)).then_some(finish);
    let is_begun = is_task || actual_finish.is_some() && u.ratio(1, 2)?;
    let left = |u: &mut Unstructured| Ok(f64::from(u.int_in_range(0..=90)?) / 7.0);
    let remaining_days = some(u, left)?.filter(|_| is_task);
    let unstarted = Progress { remaining_days, ..Progress::default() };
    if is_task && u.ratio(1, 4)? {
        return Ok(unstarted);
    }
    Ok(Progress { actual_start: is_begun.then_some(actual_start), actual_finish, remaining_days })
}

fn activity(u: &mut Unstructured, place: usize, network: &Network) -> Result<Activity> {
    let id = format!("{}{place}", u.choose(&TEXTS)?);
    let mut activity = match u.int_in_range(0..=5)? {
        0 => Activity::start_milestone(&id),
        1 => Activity::finish_milestone(&id),
        2 => Activity::quantity(&id, u.int_in_range(0..=900)?.into(), 17.3),
        3 => Activity::task(&id, f64::from(u.int_in_range(0..=90)?) / 7.0),
        _ => Activity::task(&id, u.int_in_range(0..=30)?.into()),
    };
    if let Duration::Quantity { crews, .. } = &mut activity.duration {
        *crews = u.int_in_range(1..=3)?;
    }
    activity.name = match u.int_in_range(0..=3)? {
        0 => id,
        _ => u.choose(&TEXTS)?.to_string(),
    };
    let calendar = u.int_in_range(0..=network.calendars.len())?;
    activity.calendar = network.calendars.get(calendar).map_or(String::new(), |one| one.id.clone());
    activity.work = u.choose(&["", "earthworks", "track <&>"])?.to_string();
    for _ in 0..u.int_in_range(0..=3)? {
        activity.constraints.extend(some(u, constraint)?);
    }
    if activity.constraints.iter().any(|one| one.is_must()) {
        activity.constraints.truncate(1);
    }
    if let Some(data_date) = network.data_date {
        activity.progress = some(u, |u| progress(u, activity.kind, data_date))?.unwrap_or_default();
    }
    Ok(activity)
}

/// Any network, most of which can be computed.
fn network(u: &mut Unstructured) -> Result<Network> {
    let mut network = Network::new(START, calendar(u, "0 & <main>".into())?);
    network.start_floor = *u.choose(&[ProjectStartFloor::P6, ProjectStartFloor::Msp])?;
    network.out_of_sequence = *u.choose(&[OutOfSequence::Wait, OutOfSequence::GoOn])?;
    network.data_date = some(u, day)?;
    network.finish_by = some(u, day)?;
    network.horizon_years = u.int_in_range(5..=50)?;
    for number in 1..u.int_in_range(1..=3)? {
        let another = calendar(u, format!("{number}"))?;
        network.calendars.push(another);
    }
    let count = u.int_in_range(0..=8)?;
    for place in 0..count {
        let another = activity(u, place, &network)?;
        network.activities.push(another);
    }
    let kinds = [
        LinkKind::FinishStart,
        LinkKind::StartStart,
        LinkKind::FinishFinish,
        LinkKind::StartFinish,
    ];
    for _ in 0..u.int_in_range(0..=2 * count)? {
        let (a, b) = (u.int_in_range(0..=count - 1)?, u.int_in_range(0..=count - 1)?);
        if a == b {
            continue;
        }
        let id = |place: usize| network.activities[place].id.clone();
        let calendars = [
            LagCalendar::Predecessor,
            LagCalendar::Successor,
            LagCalendar::Project,
            LagCalendar::TwentyFourHours,
        ];
        let link = Link {
            lag_days: some(u, |u| u.int_in_range(-9..=20))?.unwrap_or(0),
            lag_unit: *u.choose(&[LagUnit::Working, LagUnit::Elapsed])?,
            lag_calendar: *u.choose(&calendars)?,
            ..Link::new(id(a.min(b)), id(a.max(b)), *u.choose(&kinds)?)
        };
        network.links.push(link);
    }
    if count > 0 && u.ratio(1, 4)? {
        let over = [network.activities[0].id.clone()];
        let calendar = network.calendars[0].id.clone();
        let name = u.choose(&TEXTS)?.to_string();
        network.hammocks.push(Hammock { name, calendar, ..Hammock::over("camp", over) });
    }
    Ok(network)
}

/// Where each activity of a network is; segments in the order of their first activities.
fn outline(u: &mut Unstructured, network: &Network) -> Result<Outline> {
    let mut outline = Outline { title: u.choose(&TEXTS)?.to_string(), ..Outline::default() };
    for _ in &network.activities {
        let segment = u.choose(&["", "ab", "b & c"])?.to_string();
        let from_m = some(u, |u| Ok(f64::from(u.arbitrary::<u32>()?) / 1e3))?;
        outline.places.push(Place { segment, from_m, to_m: from_m.map(|from_m| from_m + 0.1) });
    }
    if outline.places.iter().all(|place| *place == Place::default()) {
        outline.places.clear();
    }
    for id in ["b & c", "ab"] {
        if outline.places.iter().any(|place| place.segment == id) {
            outline
                .segments
                .push(SegmentName { id: id.into(), name: u.choose(&TEXTS)?.to_string() });
        }
    }
    Ok(outline)
}

#[test]
fn mspdi_gives_back_what_it_took() {
    let (mut tried, mut written) = (0, 0);
    property(|u| {
        let network = network(u)?;
        let outline = outline(u, &network)?;
        tried += 1;
        let computes =
            network.compile().and_then(|compiled| compiled.dates().map(|dates| dates.finish()));
        if computes.is_err() {
            return Ok(());
        }
        // A calendar that nobody works by as it is need not have a day.
        let file = to_mspdi(&network, &outline).unwrap();
        let back = from_mspdi(&file.text).unwrap();
        written += 1;
        assert_eq!(back.network, network, "{}", file.text);
        assert_eq!(back.outline, outline);
        assert_eq!(back.notes, [], "our own file has nothing that is not taken");
        let compiled = network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        for (place, told) in back.file_dates.iter().enumerate() {
            let progress = network.activities[place].progress;
            if network.activities[place].kind == ActivityKind::Task {
                let start = progress.actual_start.unwrap_or(dates.early_start(place));
                assert_eq!(told.start, Some(start));
            }
            assert!(told.start <= told.finish, "{}", file.text);
        }
        Ok(())
    })
    .budget_ms(8_000);
    assert!(written * 4 > tried, "only {written} of {tried} networks can be computed");
}

#[test]
fn tables_give_back_what_they_took() {
    let mut written = 0;
    property(|u| {
        let network = network(u)?;
        let outline = outline(u, &network)?;
        let Ok(compiled) = network.compile() else { return Ok(()) };
        let Ok(dates) = compiled.dates() else { return Ok(()) };
        written += 1;
        let tasks = tasks_csv(&network, &dates, &outline).unwrap();
        let links = links_csv(&network).unwrap();
        let mut empty = network.clone();
        (empty.activities, empty.links) = (Vec::new(), Vec::new());
        let back = from_csv(&tasks, &links, empty).unwrap();
        assert_eq!(back.network, network, "{tasks}{links}");
        assert_eq!(back.outline.places, outline.places);
        assert_eq!(back.notes, []);
        for (place, told) in back.file_dates.iter().enumerate() {
            assert_eq!(told.start, Some(dates.early_start(place)));
            assert_eq!(told.finish, Some(dates.early_finish(place)));
        }
        // No cell begins as a formula does, in whatever quotes; a number below zero is none.
        let mut reader = csv::ReaderBuilder::new().from_reader(tasks.as_bytes());
        for cell in reader
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(['=', '+', '@', '\t', '\r', '-']), "{cell}");
        }
        Ok(())
    })
    .budget_ms(4_000);
    assert!(written > 100, "only {written} networks can be computed");
}

/// The properties of each event of a calendar, unfolded and unescaped.
fn events(text: &str) -> Vec<Vec<(String, String)>> {
    let whole = text.replace("\r\n ", "");
    let parts = whole.split("BEGIN:VEVENT\r\n").skip(1);
    let value = |value: &str| {
        let (mut plain, mut letters) = (String::new(), value.chars());
        while let Some(letter) = letters.next() {
            match if letter == '\\' { letters.next().unwrap() } else { letter } {
                'n' if letter == '\\' => plain.push('\n'),
                other => plain.push(other),
            }
        }
        plain
    };
    let one = |part: &str| {
        let lines = part.split("\r\n").take_while(|line| *line != "END:VEVENT");
        let pair =
            |line: &str| line.split_once(':').map(|(a, b)| (a.to_owned(), value(b))).unwrap();
        lines.map(pair).collect()
    };
    parts.map(one).collect()
}

#[test]
fn every_milestone_is_an_event_on_its_day() {
    let mut seen = 0;
    property(|u| {
        let network = network(u)?;
        let outline = outline(u, &network)?;
        let Ok(compiled) = network.compile() else { return Ok(()) };
        let Ok(dates) = compiled.dates() else { return Ok(()) };
        let text = to_icalendar(&network, &dates, &outline, &[], None, START);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(
            text.split_inclusive("\r\n").all(|line| line.len() <= 77 && line.ends_with("\r\n"))
        );
        assert_eq!(text.replace("\r\n", "").find(['\r', '\n']), None);
        let milestones: Vec<usize> = (0..network.activities.len())
            .filter(|place| network.activities[*place].kind != ActivityKind::Task)
            .collect();
        let events = events(&text);
        assert_eq!(events.len(), milestones.len());
        let mut uids: Vec<&String> = events.iter().map(|event| &event[0].1).collect();
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), events.len(), "two events of one UID");
        for (place, event) in milestones.into_iter().zip(&events) {
            seen += 1;
            let activity = &network.activities[place];
            let day = dates.early_finish(place).strftime("%Y%m%d").to_string();
            assert_eq!(event[2], ("DTSTART;VALUE=DATE".to_owned(), day));
            let name = if activity.name.is_empty() { &activity.id } else { &activity.name };
            let name = name.replace("\r\n", "\n").replace('\r', " ");
            assert_eq!(event[3], ("SUMMARY".to_owned(), name));
        }
        Ok(())
    })
    .budget_ms(3_000);
    assert!(seen > 100, "only {seen} milestones");
}
