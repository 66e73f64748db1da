//! How does a schedule get into Microsoft Project, a spreadsheet and a calendar, and back?
//!
//! With a folder as argument, plan.xml, tasks.csv, links.csv and plan.ics are written into it, and
//! again.xml is read if it is there: what another program made of plan.xml.
//!
//! Prints:
//! ```text
//! XML for Microsoft Project: 6 tasks, 6 links
//! read back: the same
//! table: fill/1   km 0-12.5   2026-02-21 to 2026-04-14
//! table: fill/2   km 12.5-25  2026-04-15 to 2026-05-31
//! calendar: 1 event, on 2026-06-22
//! note: a season of calendar site is closed to earthworks alone; that work has a calendar of its own, called site (earthworks)
//! ```

use std::path::Path;

use jiff::civil::date;
use railcorridor::exchange::{
    Outline, Place, SegmentName, from_csv, from_mspdi, links_csv, tasks_csv, to_icalendar, to_mspdi,
};
use railcorridor::schedule::{
    Activity, Calendar, DayOfYear, Holiday, LagCalendar, Link, Network, Season, WorkingWeek,
};

fn main() -> railcorridor::Result<()> {
    // Fridays off, the new year on 1 Hamal, and no earthworks from 10 December to 20 February.
    let mut site = Calendar::new("site", WorkingWeek::FRIDAY_OFF);
    site.holidays = vec![Holiday::EveryHijriYear { month: 1, day: 1 }];
    site.seasons = vec![Season {
        name: "frost".into(),
        closed_to: Some("earthworks".into()),
        first: DayOfYear { month: 12, day: 10 },
        last: DayOfYear { month: 2, day: 20 },
    }];
    let mut network = Network::new(date(2026, 1, 5), site);
    let named = |name: &str, activity: Activity| Activity { name: name.into(), ..activity };
    network.activities = vec![
        named("Design", Activity::task("design", 30.0)),
        named("Fill, km 0-12.5", Activity::quantity("fill/1", 72e3, 1_600.0).of_work("earthworks")),
        named(
            "Fill, km 12.5-25",
            Activity::quantity("fill/2", 63e3, 1_600.0).of_work("earthworks"),
        ),
        named("Bridge decks", Activity::quantity("decks", 3.0, 1.0 / 25.0)),
        named("Track", Activity::quantity("track", 25.0, 1.25)),
        named("Opening", Activity::finish_milestone("opening")),
    ];
    network.links = vec![
        Link::finish_start("design", "fill/1"),
        Link::finish_start("fill/1", "fill/2"),
        Link::finish_start("design", "decks").lag_days(-5),
        Link::finish_start("decks", "track").elapsed_days(28),
        Link::finish_finish("fill/2", "track").lag_days(6),
        Link::finish_start("track", "opening"),
    ];
    // Microsoft Project counts every lag in the calendar of the successor.
    for link in &mut network.links {
        link.lag_calendar = LagCalendar::Successor;
    }
    let places = [
        None,
        Some((0.0, 12_500.0)),
        Some((12_500.0, 25_000.0)),
        None,
        Some((0.0, 25_000.0)),
        None,
    ];
    let place = |range_m: Option<(f64, f64)>| Place {
        segment: "ab".into(),
        from_m: range_m.map(|range_m| range_m.0),
        to_m: range_m.map(|range_m| range_m.1),
    };
    let outline = Outline {
        title: "A to B".into(),
        segments: vec![SegmentName { id: "ab".into(), name: "A - B".into() }],
        places: places.map(place).into(),
    };

    let file = to_mspdi(&network, &outline)?;
    println!(
        "XML for Microsoft Project: {} tasks, {} links",
        network.activities.len(),
        file.text.matches("<PredecessorLink>").count()
    );
    let back = from_mspdi(&file.text)?;
    let is_same = back.network == network && back.outline == outline;
    println!("read back: {}", if is_same { "the same" } else { "another" });

    let compiled = network.compile()?;
    let dates = compiled.dates()?;
    let (tasks, links) = (tasks_csv(&network, &dates, &outline)?, links_csv(&network)?);
    let table = from_csv(&tasks, &links, Network { activities: Vec::new(), ..network.clone() })?;
    for (place, activity) in table.network.activities.iter().enumerate() {
        let at = table.outline.place(place);
        let Some((from_m, to_m)) = at.and_then(|at| at.from_m.zip(at.to_m)) else { continue };
        if activity.work == "earthworks" {
            let kilometres = format!("{}-{}", from_m / 1e3, to_m / 1e3);
            let (start, finish) = (dates.early_start(place), dates.early_finish(place));
            println!("table: {:<8} km {kilometres:<8} {start} to {finish}", activity.id);
        }
    }
    let calendar = to_icalendar(&network, &dates, &outline, &[], None, date(2025, 12, 8));
    let events = calendar.matches("BEGIN:VEVENT").count();
    println!("calendar: {events} event, on {}", dates.early_finish(5));
    for note in &file.notes {
        println!("note: {note}");
    }

    if let Some(folder) = std::env::args().nth(1) {
        let folder = Path::new(&folder);
        let files = [
            ("plan.xml", &file.text),
            ("tasks.csv", &tasks),
            ("links.csv", &links),
            ("plan.ics", &calendar),
        ];
        for (name, text) in files {
            railcorridor::report::write_file(&folder.join(name), text.as_bytes(), true)?;
        }
        if let Ok(again) = std::fs::read_to_string(folder.join("again.xml")) {
            read_again(&again, &network)?;
        }
    }
    Ok(())
}

/// What another program made of the file must have the same dates.
fn read_again(text: &str, network: &Network) -> railcorridor::Result<()> {
    let again = from_mspdi(text)?;
    let finish = |network: &Network| network.compile()?.dates().map(|dates| dates.finish());
    println!("again.xml: finished on {}, was {}", finish(&again.network)?, finish(network)?);
    for note in &again.notes {
        println!("again.xml: {note}");
    }
    Ok(())
}
