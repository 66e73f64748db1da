//! When are a few works done, what fixes their dates, and which of them have no time to spare?
//!
//! Prints:
//! ```text
//! design   2026-01-05 to 2026-02-08,   0 days to spare
//! fill     2026-02-21 to 2026-05-02,  55 days to spare
//! decks    2026-02-09 to 2026-05-07,   0 days to spare
//! track    2026-06-06 to 2026-07-12,   0 days to spare
//! opening  2026-07-12 to 2026-07-12,   0 days to spare
//! finished on 21 Saratan 1405
//!
//! fill
//! early start 2026-02-21: FS link from design, which finishes on 2026-02-08; then the next working day of calendar site (frost)
//! early finish 2026-05-02: 60 working days of calendar site from its start
//! late start 2026-04-27: 60 working days of calendar site back from its finish
//! late finish 2026-07-05: FF link to track, which must finish by 2026-07-12, less 6 working days of calendar site
//! float: 55 working days of calendar site to spare before the whole is late, 55 before another is; not on a longest path
//! ```

use jiff::civil::date;
use railcorridor::schedule::{
    Activity, Calendar, DayOfYear, HijriDate, Holiday, Link, Network, Season, WorkingWeek,
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
    network.activities = vec![
        Activity::task("design", 30.0),
        // 96,000 m3 at 1,600 m3 a shift, and three bridge decks at one in 25 shifts.
        Activity::quantity("fill", 96e3, 1_600.0).of_work("earthworks"),
        Activity::quantity("decks", 3.0, 1.0 / 25.0),
        Activity::quantity("track", 40.0, 1.25),
        Activity::finish_milestone("opening"),
    ];
    network.links = vec![
        Link::finish_start("design", "fill"),
        Link::finish_start("design", "decks"),
        // Concrete hardens on holidays too.
        Link::finish_start("decks", "track").elapsed_days(28),
        // The track follows the fill and ends a week after it at the earliest.
        Link::start_start("fill", "track").lag_days(20),
        Link::finish_finish("fill", "track").lag_days(6),
        Link::finish_start("track", "opening"),
    ];
    let compiled = network.compile()?;
    let dates = compiled.dates()?;
    for (place, activity) in network.activities.iter().enumerate() {
        println!(
            "{:<8} {} to {}, {:>3} days to spare",
            activity.id,
            dates.early_start(place),
            dates.early_finish(place),
            dates.total_float_days(place),
        );
    }
    println!("finished on {}", HijriDate::from_gregorian(dates.finish())?.words());
    println!("\n{}", dates.explain("fill")?);
    Ok(())
}
