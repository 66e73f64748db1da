//! Files of other programs: what is read, what is told not to be, what is refused.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::property;
use jiff::civil::date;
use railcorridor::Error;
use railcorridor::exchange::{Imported, Outline, from_csv, from_mspdi, to_icalendar, to_mspdi};
use railcorridor::schedule::{
    Activity, ActivityKind, Calendar, Constraint, Duration, Holiday, LagUnit, Link, LinkKind,
    Network, RiskModel, RiskOptions, WorkingWeek, simulate,
};
use serde_json::Value;

/// A file of these elements below the project.
fn file(parts: &str) -> String {
    format!(
        "<Project xmlns=\"http://schemas.microsoft.com/project\">\n\
         <StartDate>2026-01-05T08:00:00</StartDate>\n{parts}\n</Project>"
    )
}

/// A task of a uid, with more elements.
fn task(uid: u32, hours: u32, more: &str) -> String {
    format!(
        "<Task><UID>{uid}</UID><Name>t{uid}</Name><OutlineLevel>1</OutlineLevel>\
         <Duration>PT{hours}H0M0S</Duration><DurationFormat>7</DurationFormat>{more}</Task>"
    )
}

/// A link from a uid.
fn link(uid: u32, kind: u32, lag: i64, format: u32) -> String {
    format!(
        "<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type>\
         <LinkLag>{lag}</LinkLag><LagFormat>{format}</LagFormat></PredecessorLink>"
    )
}

fn tasks(tasks: &[String]) -> String {
    file(&format!("<Tasks>{}</Tasks>", tasks.concat()))
}

fn read(text: &str) -> Imported {
    from_mspdi(text).unwrap()
}

fn refused(text: &str) -> String {
    from_mspdi(text).unwrap_err().to_string()
}

fn noted(imported: &Imported, words: &str) -> bool {
    imported.notes.iter().any(|note| note.to_string().contains(words))
}

#[test]
fn files_of_mpxj_compute_to_its_dates() {
    for name in ["net_11_20_all_7d", "net_15_60_all_af"] {
        let path = format!("tests/reference/exchange/mpxj_{name}.xml");
        let imported = read(&std::fs::read_to_string(path).unwrap());
        assert_eq!(imported.notes, []);
        let net = std::fs::read_to_string(format!("tests/reference/stages/cpm_oracle/{name}.json"));
        let net: Value = serde_json::from_str(&net.unwrap()).unwrap();
        assert_eq!(imported.network.links.len(), net["links"].as_array().unwrap().len());
        let compiled = imported.network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        for (place, row) in net["msp"].as_array().unwrap().iter().enumerate() {
            let day = |column: usize| row[column].as_str().unwrap()[..10].parse().unwrap();
            assert_eq!(dates.early_start(place), day(0), "{name} {place}");
            assert_eq!(dates.early_finish(place), day(1), "{name} {place}");
            assert_eq!(imported.file_dates[place].start, Some(day(0)));
            assert_eq!(imported.file_dates[place].finish, Some(day(1)));
        }
        assert_eq!(dates.horizon().first(), date(2021, 1, 1));
    }
}

#[test]
fn kinds_of_links_and_units_of_lags() {
    let into = [
        link(1, 0, 4_800, 7),
        link(1, 1, -9_600, 39),
        link(1, 2, 28_800, 8),
        link(1, 3, -14_400, 6),
        link(1, 1, 50, 19),
        link(1, 1, 2_400, 5),
    ];
    let imported = read(&tasks(&[task(1, 80, ""), task(2, 8, &into.concat())]));
    let found: Vec<(LinkKind, i32, LagUnit)> = imported
        .network
        .links
        .iter()
        .map(|link| (link.kind, link.lag_days, link.lag_unit))
        .collect();
    // Tenths of a minute: 4,800 in eight hours, 14,400 in a day; half of ten days; half a day up.
    assert_eq!(
        found,
        [
            (LinkKind::FinishFinish, 1, LagUnit::Working),
            (LinkKind::FinishStart, -2, LagUnit::Working),
            (LinkKind::StartFinish, 2, LagUnit::Elapsed),
            (LinkKind::StartStart, -1, LagUnit::Elapsed),
            (LinkKind::FinishStart, 5, LagUnit::Working),
            (LinkKind::FinishStart, 1, LagUnit::Working),
        ]
    );
    assert!(noted(&imported, "50 per cent counts as 5 days"), "{:?}", imported.notes);
    assert!(noted(&imported, "0.50 days counts as 1"), "{:?}", imported.notes);
}

#[test]
fn a_day_is_as_long_as_its_calendar_says() {
    let day = |kind: u32| {
        format!(
            "<WeekDay><DayType>{kind}</DayType><DayWorking>1</DayWorking><WorkingTimes>\
             <WorkingTime><FromTime>07:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>\
             </WorkingTimes></WeekDay>"
        )
    };
    let off = "<WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay>";
    let exception = "<Exception><TimePeriod><FromDate>2026-01-01T00:00:00</FromDate>\
        <ToDate>2027-12-31T23:59:00</ToDate></TimePeriod><Type>2</Type><Month>4</Month>\
        <MonthDay>1</MonthDay><DayWorking>0</DayWorking></Exception>";
    let week: String = [1, 2, 3, 4, 5, 7].map(day).concat();
    let text = file(&format!(
        "<CalendarUID>3</CalendarUID><Calendars><Calendar><UID>3</UID><Name>site</Name>\
         <IsBaseCalendar>1</IsBaseCalendar><WeekDays>{week}{off}</WeekDays>\
         <Exceptions>{exception}</Exceptions></Calendar></Calendars><Tasks>{}{}</Tasks>",
        task(1, 50, ""),
        task(2, 16, "<DurationFormat>8</DurationFormat>").replace("PT16H", "PT48H"),
    ));
    let imported = read(&text);
    let site = &imported.network.calendars[0];
    assert_eq!(site.week, WorkingWeek::FRIDAY_OFF);
    assert_eq!(site.holidays, [Holiday::Day(date(2026, 5, 1)), Holiday::Day(date(2027, 5, 1))]);
    // Fifty hours are five days of ten; two elapsed days have a calendar of all days.
    let durations: Vec<Duration> =
        imported.network.activities.iter().map(|one| one.duration).collect();
    let days = |duration_days| Duration::Given { duration_days };
    assert_eq!(durations, [days(5.0), days(2.0)]);
    assert_eq!(imported.network.activities[1].calendar, "every day");
    assert!(noted(&imported, "lasts elapsed days"));
}

#[test]
fn what_a_network_cannot_hold_is_told() {
    let summary = "<Task><UID>10</UID><Name>works</Name><OutlineLevel>1</OutlineLevel>\
        <Summary>1</Summary><Duration>PT8H0M0S</Duration><ConstraintType>4</ConstraintType>\
        <ConstraintDate>2026-02-02T08:00:00</ConstraintDate></Task>";
    let below =
        |uid: u32, more: &str| task(uid, 8, more).replace("<OutlineLevel>1", "<OutlineLevel>2");
    let manual =
        "<Manual>1</Manual><Start>2026-03-02T08:00:00</Start><Finish>2026-03-02T17:00:00</Finish>";
    let text = file(&format!(
        "<Title>line</Title><Tasks>{summary}{}{}{}{}{}{}{}{}{}</Tasks>\
         <Resources><Resource><UID>1</UID><Name>crane</Name></Resource></Resources>\
         <Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID>\
         </Assignment></Assignments><OutlineCodes><OutlineCode/></OutlineCodes>",
        below(1, "<Notes>dig</Notes>"),
        below(2, "<LevelingDelay>4800</LevelingDelay><Priority>900</Priority>"),
        task(3, 8, &link(10, 1, 0, 7)),
        task(4, 8, manual),
        task(5, 8, "<ConstraintType>1</ConstraintType>"),
        task(6, 8, "<Active>0</Active>"),
        task(7, 8, &(link(6, 1, 0, 7) + &link(99, 1, 0, 7))),
        task(8, 8, "<ExternalTask>1</ExternalTask>"),
        task(9, 8, "<Deadline>2026-06-30T17:00:00</Deadline><Cost>5</Cost><Unheard>of</Unheard>"),
    ));
    let imported = read(&text);
    for words in [
        "Notes of task \"t1\" is not kept",
        "levelling of resources",
        "Priority of task",
        "\"t4\" is scheduled by hand",
        "\"t5\" is to be as late as possible",
        "\"t6\" is inactive",
        "names task 6, which is not scheduled here; it is left out (2 times)",
        "\"t8\" belongs to another project",
        "Cost of task \"t9\"",
        "Unheard of task \"t9\"",
        "resources are not kept",
        "assignments of resources",
        "OutlineCodes is not kept",
    ] {
        assert!(noted(&imported, words), "{words}: {:#?}", imported.notes);
    }
    assert!(imported.notes.iter().all(|note| note.line.is_some()));
    let network = &imported.network;
    let ids: Vec<&str> = network.activities.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5", "7", "9"]);
    // The link of the summary is one from each task below it, and its date holds each of them.
    assert_eq!(
        network.links,
        [("1", "3"), ("2", "3")].map(|(a, b)| {
            Link::finish_start(a, b).in_calendar(railcorridor::schedule::LagCalendar::Successor)
        })
    );
    let held = [Constraint::StartNoEarlier(date(2026, 2, 2))];
    assert_eq!(network.activities[0].constraints, held);
    assert_eq!(network.activities[3].constraints, [Constraint::MustStart(date(2026, 3, 2))]);
    assert_eq!(network.activities[6].constraints, [Constraint::FinishNoLater(date(2026, 6, 30))]);
    assert_eq!(imported.outline.segments[0].name, "works");
    assert_eq!(imported.outline.places[0].segment, "10");
    assert_eq!(network.compile().unwrap().dates().unwrap().early_start(2), date(2026, 2, 3));
}

#[test]
fn progress_of_a_file_compiles_whatever_its_status_date() {
    let begun = "<PercentComplete>50</PercentComplete><ActualStart>2026-01-07T08:00:00</ActualStart>\
        <RemainingDuration>PT16H0M0S</RemainingDuration>";
    let done = "<PercentComplete>100</PercentComplete><Start>2026-01-05T08:00:00</Start>\
        <Finish>2026-01-06T17:00:00</Finish>";
    let text = tasks(&[task(1, 16, done), task(2, 32, begun)]);
    let imported = read(&text);
    // Begun on Wednesday 7 January: the morning after is the first on which that is a fact.
    assert_eq!(imported.network.data_date, Some(date(2026, 1, 8)));
    assert!(noted(&imported, "a later day is taken"), "{:?}", imported.notes);
    let compiled = imported.network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    assert_eq!(dates.early_finish(1), date(2026, 1, 9));
    assert!(dates.is_done(0));
    let status = "<StatusDate>2026-01-09T17:00:00</StatusDate>";
    let imported = read(&text.replace("<Tasks>", &format!("{status}<Tasks>")));
    assert_eq!(imported.network.data_date, Some(date(2026, 1, 10)));
}

#[test]
fn a_file_that_another_program_changed_counts_as_it_is() {
    let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::EVERY_DAY));
    network.activities = vec![
        Activity::quantity("fill", 100.0, 8.0).of_work("earthworks"),
        Activity::task("track", 2.5),
        Activity::start_milestone("go"),
    ];
    network.links = vec![Link::finish_start("fill", "track"), Link::finish_start("go", "fill")];
    let text = to_mspdi(&network, &Outline::default()).unwrap().text;
    assert_eq!(read(&text).network, network);
    // Thirteen days of fill become fourteen, three of track four.
    let changed = text.replace("PT104H0M0S", "PT112H0M0S").replace("PT24H0M0S", "PT32H0M0S");
    let imported = read(&changed);
    let durations: Vec<Duration> =
        imported.network.activities.iter().map(|one| one.duration).collect();
    let days = |duration_days| Duration::Given { duration_days };
    assert_eq!(durations, [days(14.0), days(4.0), days(0.0)]);
    assert!(noted(&imported, "was changed since"), "{:?}", imported.notes);
    assert_eq!(imported.network.activities[2].kind, ActivityKind::StartMilestone);
    // A day off more: the calendar is dates from now on, and the rest stays.
    let wednesday = "<DayType>4</DayType>\n     <DayWorking>1";
    assert!(text.contains(wednesday), "{text}");
    let imported = read(&text.replace(wednesday, &wednesday.replace("ing>1", "ing>0")));
    assert!(!imported.network.calendars[0].week.worked[2]);
    assert_eq!(imported.network.activities, network.activities);
    assert!(noted(&imported, "calendar site was changed since"), "{:?}", imported.notes);
}

#[test]
fn what_microsoft_project_does_not_keep_is_said() {
    let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::EVERY_DAY));
    let held = Activity::task("a", 3.0)
        .held(Constraint::StartNoEarlier(date(2026, 1, 7)))
        .held(Constraint::FinishNoEarlier(date(2026, 1, 17)));
    network.activities = vec![held, Activity::task("b", 3.0)];
    network.links =
        vec![Link::start_start("a", "b").lag_days(1), Link::finish_finish("a", "b").lag_days(1)];
    let notes = to_mspdi(&network, &Outline::default()).unwrap().notes;
    let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
    assert!(notes[0].contains("more dates than a constraint and a deadline"), "{notes:?}");
    assert!(notes[1].contains("one link between two tasks"), "{notes:?}");
    assert!(notes[2].contains("2 lags do not count in the calendar of the successor"), "{notes:?}");
}

#[test]
fn what_no_file_holds_is_not_written() {
    let site = || Calendar::new("site", WorkingWeek::EVERY_DAY);
    let written =
        |network: &Network| to_mspdi(network, &Outline::default()).unwrap_err().to_string();
    let mut network = Network::new(date(1970, 1, 5), site());
    network.activities = vec![Activity::task("a", 1.0)];
    assert!(written(&network).contains("years 1984 to 2149"), "{}", written(&network));
    network.start = date(2026, 1, 5);
    network.activities[0].name = "bell \u{7}".into();
    assert!(written(&network).contains("which no XML holds"), "{}", written(&network));
    network.activities = vec![Activity::task("a", 1.0), Activity::task("b", 1.0)];
    network.links = vec![Link::start_finish("a", "b").elapsed_days(-200_000)];
    assert!(to_mspdi(&network, &Outline::default()).is_err());
    let places = vec![railcorridor::exchange::Place::default()];
    let outline = Outline { places, ..Outline::default() };
    network.links.clear();
    let error = to_mspdi(&network, &outline).unwrap_err().to_string();
    assert!(error.contains("1 places for 2 activities"), "{error}");
}

#[test]
fn hostile_files_are_refused_with_their_place() {
    let one = |more: &str| tasks(&[task(1, 8, more)]);
    let bomb =
        "<!DOCTYPE Project [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Project>&b;</Project>";
    for (text, words) in [
        (bomb.to_owned(), "line 1"),
        ("<Project>".to_owned(), "no XML"),
        (String::new(), "no XML"),
        ("<gan/>".to_owned(), "begins with <gan>"),
        ("<Project/>".to_owned(), "no start"),
        (one("<Start>soon</Start>"), "line 3, column"),
        (one("<Start>0001-01-01T00:00:00</Start>"), "years 1900 to 2999"),
        (one("<Finish>2026-02-30T08:00:00</Finish>"), "Finish"),
        (one("<RemainingDuration>-PT8H0M0S</RemainingDuration>"), "RemainingDuration"),
        (one("<DurationFormat>99</DurationFormat>"), "no unit of durations is 99"),
        (one(&link(1, 9, 0, 7)), "no link is of type 9"),
        (one(&link(1, 1, 0, 77)), "no unit of lags is 77"),
        (one(&link(1, 1, i64::MAX, 7)), "a lag of"),
        (one("<PredecessorLink/>"), "without PredecessorUID"),
        (one("<ConstraintType>8</ConstraintType>"), "no constraint is of type 8"),
        (one("<UID>1e9</UID>"), "whole number"),
        (one("<Summary>maybe</Summary>"), "not 1 or 0"),
        (tasks(&[task(1, 8, ""), task(1, 8, "")]), "two tasks have the UID 1"),
        (file("<Tasks><Task><Name>x</Name></Task></Tasks>"), "a task without UID"),
    ] {
        let error = refused(&text);
        assert!(error.contains(words), "{words}: {error}");
    }
    let many = file(&format!("<Tasks>{}</Tasks>", "<Task/>".repeat(500_001)));
    assert!(matches!(from_mspdi(&many), Err(Error::Exchange { .. } | Error::Limit { .. })));
    let deep = format!("{}{}", "<Project>".repeat(200_000), "</Project>".repeat(200_000));
    assert!(refused(&deep).contains("no start"));
    let weeks = "<Exception><TimePeriod><FromDate>1900-01-01T00:00:00</FromDate><ToDate>\
        2999-12-31T00:00:00</ToDate></TimePeriod><Type>6</Type><DaysOfWeek>2</DaysOfWeek></Exception>";
    let weeks = weeks.repeat(100);
    let slow = file(&format!(
        "<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Exceptions>{weeks}\
         </Exceptions></Calendar></Calendars><Tasks/>"
    ));
    assert!(refused(&slow).contains("the limit is"), "{}", refused(&slow));
}

#[test]
fn a_cycle_is_left_to_compile() {
    let text = tasks(&[task(1, 8, &link(2, 1, 0, 7)), task(2, 8, &link(1, 1, 0, 7))]);
    let network = read(&text).network;
    assert!(network.compile().unwrap_err().to_string().contains("cycle"));
}

#[test]
fn no_damage_to_a_file_makes_it_panic() {
    let mut network =
        Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::FRIDAY_OFF));
    network.calendars[0].holidays = vec![Holiday::EveryHijriYear { month: 1, day: 1 }];
    network.activities = vec![
        Activity::quantity("fill", 100.0, 8.0).held(Constraint::FinishNoLater(date(2026, 3, 1))),
        Activity::task("track", 2.5),
        Activity::finish_milestone("opening"),
    ];
    network.links = vec![
        Link::finish_start("fill", "track").lag_days(-1),
        Link::finish_start("track", "opening"),
    ];
    let text = to_mspdi(&network, &Outline::default()).unwrap().text;
    let values =
        ["", "-1", "0", "9223372036854775807", "1e308", "PT1H", "2026-01-05T00:00:00", "<", "&x;"];
    property(|u| {
        let mut damaged = text.clone();
        for _ in 0..u.int_in_range(1..=6)? {
            // The text of an element, or any stretch, becomes another.
            let at = u.int_in_range(0..=damaged.len())?;
            let Some(start) = damaged.get(at..).and_then(|rest| rest.find('>')) else { continue };
            let start = at + start + 1;
            let length = damaged[start..].find('<').unwrap_or(0);
            damaged.replace_range(start..start + length, u.choose(&values)?);
        }
        if u.ratio(1, 8)? {
            damaged.truncate(u.int_in_range(0..=damaged.len())?);
        }
        if let Ok(imported) = from_mspdi(&damaged) {
            let _ = imported.network.compile().map(|compiled| compiled.dates().map(|d| d.finish()));
            let _ = to_mspdi(&imported.network, &imported.outline);
        }
        Ok(())
    })
    .budget_ms(5_000);
}

#[test]
fn tables_are_refused_with_their_line() {
    let empty = || Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::EVERY_DAY));
    let links = "from,to\n";
    for (tasks, links, words) in [
        ("name\nfill\n", links, "tasks, line 1: there is no column id"),
        ("id,duration_days\na,1\nb,long\n", links, "tasks, line 3: duration_days is \"long\""),
        ("id,duration_days\na\n", links, "tasks, line 2"),
        ("id,kind\na,epic\n", links, "write task, start-milestone, finish-milestone"),
        ("id,actual_start\na,2026-13-01\n", links, "a day such as"),
        ("id,constraints\na,start-soon 2026-01-01\n", links, "constraints is"),
        ("id,km_from\na,1e999\n", links, "km_from is no length"),
        ("id\n\"\"\n", links, "a task without id"),
        ("", links, "no column id"),
        ("id\na\n", "from\na\n", "links, line 1: there is no column to"),
        ("id\na\n", "from,to,lag\na,a,1.5\n", "links, line 2: lag is \"1.5\""),
        ("id\na\n", "from,to,kind\na,a,XX\n", "write FS, SS, FF or SF"),
    ] {
        let error = from_csv(tasks, links, empty()).unwrap_err().to_string();
        assert!(error.contains(words), "{words}: {error}");
    }
    let sheet = "\u{feff}ID;Duration_Days;Colour\nfill;2.5;red\n";
    let imported = from_csv(sheet, "from;to\n", empty()).unwrap();
    assert_eq!(imported.network.activities, [Activity::task("fill", 2.5)]);
    assert!(noted(&imported, "column \"colour\" of tasks is not read"), "{:?}", imported.notes);
    let unknown = from_csv("id,calendar\na,moon\n", links, empty()).unwrap().network;
    assert!(unknown.compile().unwrap_err().to_string().contains("moon"));
}

#[test]
fn a_simulated_milestone_says_how_sure_it_is() {
    let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::EVERY_DAY));
    network.activities = vec![Activity::task("fill", 3.0), Activity::finish_milestone("opening")];
    network.links = vec![Link::finish_start("fill", "opening")];
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let options = RiskOptions { iterations: 100, seed: 1 };
    let outcome = simulate(&compiled, &RiskModel::default(), &options).unwrap();
    let stamped = date(2025, 12, 8);
    let text = to_icalendar(&network, &dates, &Outline::default(), &[0], Some(&outcome), stamped);
    let text = text.replace("\r\n ", "");
    assert!(text.contains("SUMMARY:fill: done\r\n"), "{text}");
    assert!(text.contains("DTSTAMP:20251208T000000Z"), "{text}");
    // Nothing is uncertain: three days from Monday 5 January on.
    assert!(text.contains("As planned: 2026-01-07. P50: 2026-01-07. P80: 2026-01-07. 0 working"));
}
