//! Calendars, progress and bad input by hand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use railcorridor::Error;
use railcorridor::schedule::{
    Activity, Calendar, Constraint, DayOfYear, Driver, Duration, Hammock, Holiday, Horizon,
    LagCalendar, Link, LinkKind, Network, OutOfSequence, Progress, Rotation, Season, WorkingDays,
    WorkingWeek,
};

/// A Monday.
const START: Date = date(2026, 1, 5);

fn site() -> Calendar {
    Calendar::new("site", WorkingWeek::FRIDAY_OFF)
}

fn network(activities: impl IntoIterator<Item = Activity>, links: &[Link]) -> Network {
    let mut network = Network::new(START, site());
    network.activities = activities.into_iter().collect();
    network.links = links.to_vec();
    network
}

/// The days worked in 2026 and 2027.
fn worked(calendar: &Calendar, work: &str) -> Vec<Date> {
    let horizon = Horizon::new(date(2026, 1, 1), date(2027, 12, 31)).unwrap();
    let days = WorkingDays::new(calendar, work, horizon).unwrap();
    let count = days.before(horizon.days());
    (0..count).map(|day| horizon.day(days.start_of(day))).collect()
}

fn season(first: (i8, i8), last: (i8, i8), closed_to: Option<&str>) -> Season {
    let day = |(month, day)| DayOfYear { month, day };
    Season {
        name: "season".into(),
        closed_to: closed_to.map(Into::into),
        first: day(first),
        last: day(last),
    }
}

#[test]
fn holidays_are_off_and_days_worked_nevertheless_are_on() {
    let mut calendar = site();
    calendar.holidays = vec![
        Holiday::Day(date(2026, 8, 19)),
        Holiday::Days { first: date(2026, 5, 26), last: date(2026, 5, 29) },
        Holiday::EveryYear(DayOfYear { month: 5, day: 1 }),
        Holiday::EveryHijriYear { month: 1, day: 1 },
    ];
    calendar.worked_days = vec![date(2026, 1, 9), date(2026, 5, 28)];
    let days = worked(&calendar, "");
    // 8 May 2026 is a Friday, 1 May 2027 a Saturday; the new years are on 21 March.
    for off in [(2026, 8, 19), (2026, 5, 26), (2026, 5, 27), (2026, 5, 8), (2027, 5, 1)] {
        assert!(!days.contains(&date(off.0, off.1, off.2)), "{off:?}");
    }
    for on in [(2026, 1, 9), (2026, 5, 28), (2026, 5, 30), (2026, 3, 20 - 1)] {
        assert!(days.contains(&date(on.0, on.1, on.2)), "{on:?}");
    }
    for new_year in [date(2026, 3, 21), date(2027, 3, 21)] {
        assert!(!days.contains(&new_year));
    }
    // 730 days less 105 Fridays; less 19 August, 26 to 28 May (29 May is a Friday), 1 May 2027
    // (that of 2026 is a Friday), and two new years; and two days worked nevertheless.
    let fridays = 105;
    assert_eq!(days.len(), 730 - fridays - 1 - 3 - 1 - 2 + 2);
}

#[test]
fn a_season_is_closed_to_its_work_alone_and_passes_the_new_year() {
    let mut calendar = Calendar::new("every", WorkingWeek::EVERY_DAY);
    calendar.seasons = vec![
        season((12, 10), (2, 20), Some("earthworks")),
        season((7, 1), (7, 31), Some("concrete")),
        season((10, 1), (10, 1), None),
    ];
    assert_eq!(worked(&calendar, "track").len(), 730 - 2);
    assert_eq!(worked(&calendar, "concrete").len(), 730 - 2 - 2 * 31);
    // 1 January to 20 February and 10 to 31 December, twice: 51 and 22 days.
    let earthworks = worked(&calendar, "earthworks");
    assert_eq!(earthworks.len(), 730 - 2 - 2 * (51 + 22));
    assert_eq!(earthworks.first(), Some(&date(2026, 2, 21)));
    // Only the activity whose work it is waits for the thaw.
    let mut network = Network::new(START, calendar);
    network.activities =
        vec![Activity::task("fill", 3.0).of_work("earthworks"), Activity::task("camp", 3.0)];
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    assert_eq!(dates.early_start(0), date(2026, 2, 21));
    assert_eq!(dates.early_start(1), START);
    assert_eq!(
        dates.explain("fill").unwrap().early_start,
        "2026-02-21: the project starts on 2026-01-05; then the next working day of calendar every \
         (season)"
    );
}

#[test]
fn a_crew_rotates_besides_its_week() {
    let mut calendar = Calendar::new("crew", WorkingWeek::EVERY_DAY);
    calendar.rotation = Some(Rotation { begins: date(2026, 1, 11), days_on: 28, days_off: 14 });
    let days = worked(&calendar, "");
    // Turns of 42 days begin on 30 November and 11 January: from 28 December to 10 January rest.
    assert_eq!(days.first(), Some(&date(2026, 1, 11)));
    assert_eq!(days.get(27), Some(&date(2026, 2, 7)));
    assert_eq!(days.get(28), Some(&date(2026, 2, 22)));
}

#[test]
fn shifts_shorten_what_is_told_as_quantity_and_rate() {
    let mut fill = Activity::quantity("fill", 12_500.0, 900.0);
    assert_eq!(fill.duration.whole_days("fill", 1).unwrap(), 14);
    fill.calendar = "double".into();
    let mut network = network([fill], &[]);
    network.calendars.push(Calendar::new("double", WorkingWeek::EVERY_DAY.with_shifts(2)));
    let compiled = network.compile().unwrap();
    assert_eq!(compiled.durations_days(), [7]);
}

#[test]
fn what_comes_out_exact_is_not_rounded_up() {
    for tenths in 1..2_000_u32 {
        let quantity = f64::from(tenths) / 10.0;
        let duration = Duration::Quantity { quantity, rate_per_shift: 0.1, crews: 1 };
        assert_eq!(duration.whole_days("a", 1).unwrap().unsigned_abs(), tenths);
    }
    let just_more = Duration::Given { duration_days: 2.001 };
    assert_eq!(just_more.whole_days("a", 1).unwrap(), 3);
}

#[test]
fn a_lag_counts_in_the_calendar_that_it_names() {
    // Concrete ends on Thursday 8 January; two days of lag.
    let start = |link: Link| {
        let mut network = network(
            [Activity::task("piers", 4.0), Activity::task("deck", 1.0).in_calendar("office")],
            &[link],
        );
        network.calendars.push(Calendar::new("office", WorkingWeek::MONDAY_TO_FRIDAY));
        let compiled = network.compile().unwrap();
        compiled.dates().unwrap().early_start(1)
    };
    let link = || Link::finish_start("piers", "deck");
    // Saturday and Sunday pass in the calendar of the site, Friday and Monday in the office.
    assert_eq!(start(link().lag_days(2)), date(2026, 1, 12));
    assert_eq!(start(link().lag_days(2).in_calendar(LagCalendar::Project)), date(2026, 1, 12));
    assert_eq!(start(link().lag_days(2).in_calendar(LagCalendar::Successor)), date(2026, 1, 13));
    // Friday and Saturday pass: Sunday is no day of the office.
    assert_eq!(start(link().elapsed_days(2)), date(2026, 1, 12));
    assert_eq!(start(link().elapsed_days(4)), date(2026, 1, 13));
    let hours = LagCalendar::TwentyFourHours;
    assert_eq!(start(link().lag_days(4).in_calendar(hours)), date(2026, 1, 13));
    assert_eq!(start(link()), date(2026, 1, 9));
}

#[test]
fn milestones_stand_on_evenings_and_mornings() {
    let network = network(
        [
            Activity::task("fill", 4.0),
            Activity::finish_milestone("filled"),
            Activity::start_milestone("tracks may begin"),
            Activity::task("track", 1.0),
        ],
        &[
            Link::finish_start("fill", "filled"),
            Link::finish_start("filled", "tracks may begin"),
            Link::finish_start("tracks may begin", "track"),
        ],
    );
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    // Monday to Thursday; Friday is off.
    assert_eq!(dates.early_finish(0), date(2026, 1, 8));
    assert_eq!((dates.early_start(1), dates.early_finish(1)), (date(2026, 1, 8), date(2026, 1, 8)));
    assert_eq!(dates.early_start(2), date(2026, 1, 10));
    assert_eq!(dates.early_finish(2), date(2026, 1, 10));
    assert_eq!(dates.early_start(3), date(2026, 1, 10));
    assert!((0..4).all(|activity| dates.is_critical(activity)));
}

/// Survey, fill, track, one after the other, ten days each; on every day of the week.
fn in_a_row() -> Network {
    let mut network = network(
        ["survey", "fill", "track"].map(|id| Activity::task(id, 10.0)),
        &[Link::finish_start("survey", "fill"), Link::finish_start("fill", "track")],
    );
    network.calendars = vec![Calendar::new("every", WorkingWeek::EVERY_DAY)];
    network
}

#[test]
fn what_is_done_is_a_fact_and_the_rest_comes_after_the_data_date() {
    let mut network = in_a_row();
    network.data_date = Some(date(2026, 2, 1));
    network.activities[0].progress = Progress {
        actual_start: Some(date(2026, 1, 7)),
        actual_finish: Some(date(2026, 1, 20)),
        remaining_days: None,
    };
    network.activities[1].progress = Progress {
        actual_start: Some(date(2026, 1, 22)),
        actual_finish: None,
        remaining_days: Some(6.0),
    };
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    assert_eq!((dates.early_start(0), dates.late_finish(0)), (date(2026, 1, 7), date(2026, 1, 20)));
    assert!(dates.is_done(0) && !dates.is_critical(0));
    assert_eq!(dates.total_float_days(0), 0);
    // Six days from 1 February.
    assert_eq!(
        (dates.early_start(1), dates.early_finish(1)),
        (date(2026, 1, 22), date(2026, 2, 6))
    );
    assert_eq!((dates.early_start(2), dates.finish()), (date(2026, 2, 7), date(2026, 2, 16)));
    assert_eq!(dates.early_drivers(0), [Driver::Fact]);
    assert_eq!(dates.early_drivers(1), [Driver::DataDate]);
    assert_eq!(dates.longest_path().activities, [1, 2]);
    let told = dates.explain("survey").unwrap();
    assert_eq!(told.early_start, "2026-01-07: it was begun then");
    assert_eq!(told.late_finish, "2026-01-20: it was finished then");
    let told = dates.explain("fill").unwrap();
    assert_eq!(told.early_start, "2026-01-22: it was begun then");
    assert_eq!(
        told.early_finish,
        "2026-02-06: 6 working days of calendar every remain; the data date is 2026-02-01"
    );
    // Without a figure what is left of ten days: from 22 January all ten have gone by.
    network.activities[1].progress.remaining_days = None;
    let compiled = network.compile().unwrap();
    assert_eq!(compiled.dates().unwrap().early_finish(1), date(2026, 2, 1));
}

#[test]
fn what_was_begun_too_early_waits_or_goes_on() {
    let mut network = in_a_row();
    network.data_date = Some(date(2026, 1, 15));
    network.activities[0].progress.actual_start = Some(date(2026, 1, 10));
    network.activities[0].progress.remaining_days = Some(5.0);
    network.activities[1].progress.actual_start = Some(date(2026, 1, 12));
    network.activities[1].progress.remaining_days = Some(7.0);
    let finish = |network: &Network| {
        let compiled = network.compile().unwrap();
        let dates = compiled.dates().unwrap();
        (dates.early_finish(0), dates.early_finish(1), dates.total_float_days(0))
    };
    // The survey ends on 19 January, and only then what remains of the fill goes on.
    assert_eq!(finish(&network), (date(2026, 1, 19), date(2026, 1, 26), 0));
    network.out_of_sequence = OutOfSequence::GoOn;
    // From 15 January on, at once; the survey may take as long as the track, 17 days less 5.
    assert_eq!(finish(&network), (date(2026, 1, 19), date(2026, 1, 21), 12));
}

#[test]
fn work_that_was_not_begun_moves_behind_the_data_date() {
    let mut network = in_a_row();
    network.data_date = Some(date(2026, 3, 1));
    let compiled = network.compile().unwrap();
    assert_eq!(compiled.dates().unwrap().early_start(0), date(2026, 3, 1));
}

#[test]
fn a_day_that_cannot_be_kept_gives_negative_floats() {
    let mut network = in_a_row();
    network.activities[1] =
        Activity::task("fill", 10.0).held(Constraint::FinishNoLater(date(2026, 1, 20)));
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    // It is finished on 24 January, four days late.
    assert_eq!(dates.early_finish(1), date(2026, 1, 24));
    assert_eq!([0, 1, 2].map(|one| dates.total_float_days(one)), [-4, -4, 0]);
    let told = dates.explain("fill").unwrap();
    let wanted = "2026-01-20: a constraint, it must finish by 2026-01-20";
    assert_eq!(told.late_finish, wanted);
    // The same for all by a day for the whole: 3 February is five days late.
    network.activities[1].constraints.clear();
    network.finish_by = Some(date(2026, 1, 29));
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    assert_eq!([0, 1, 2].map(|one| dates.total_float_days(one)), [-5, -5, -5]);
    assert_eq!(dates.late_drivers(2), [Driver::FinishBy]);
}

#[test]
fn what_must_be_on_a_day_is_on_it_whatever_its_links() {
    let mut network = in_a_row();
    network.activities[2] =
        Activity::task("track", 10.0).held(Constraint::MustStart(date(2026, 1, 20)));
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    assert_eq!(dates.early_start(2), date(2026, 1, 20));
    assert_eq!([0, 1, 2].map(|one| dates.total_float_days(one)), [-5, -5, 0]);
    assert_eq!(dates.free_float_days(1), -5);
}

#[test]
fn each_kind_of_link_is_explained() {
    let mut network = network(
        [
            Activity::task("a", 6.0),
            Activity::task("b", 3.0),
            Activity::task("c", 20.0),
            Activity::task("d", 2.0),
        ],
        &[
            Link::start_start("a", "b").lag_days(2),
            Link::finish_finish("b", "c").elapsed_days(-1),
            Link::start_finish("c", "d"),
        ],
    );
    network.activities[3].name = "last patrol".into();
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let told = dates.explain("b").unwrap();
    assert_eq!(
        told.early_start,
        "2026-01-07: SS link from a, which starts on 2026-01-05, plus 2 working days of calendar \
         site"
    );
    let told = dates.explain("d").unwrap().to_string();
    assert!(
        told.starts_with("d (last patrol)\nearly start 2026-01-05: the project starts"),
        "{told}"
    );
    assert!(told.contains("float: 18 working days of calendar site to spare"), "{told}");
    let told = dates.explain("c").unwrap();
    assert_eq!(told.early_start, "2026-01-05: the project starts on 2026-01-05");
    assert_eq!(told.early_finish, "2026-01-27: 20 working days of calendar site from its start");
    assert!(told.float.ends_with("; on a longest path"), "{}", told.float);
    assert!(matches!(dates.explain("e"), Err(Error::Unknown { .. })));
}

/// The words of the error that a network gives.
fn refusal(network: &Network) -> String {
    match network.compile() {
        Err(error) => error.to_string(),
        Ok(compiled) => compiled.dates().unwrap_err().to_string(),
    }
}

#[test]
fn a_cycle_is_named_by_its_activities() {
    let links = [
        Link::finish_start("a", "b"),
        Link::start_start("b", "c").lag_days(3),
        Link::finish_finish("c", "a"),
        Link::finish_start("c", "d"),
    ];
    let network = network(["d", "a", "b", "c"].map(|id| Activity::task(id, 1.0)), &links);
    assert_eq!(
        refusal(&network),
        "activity a: waits for itself in a cycle of 3: a -> b -> c -> a; take out one of these links"
    );
}

#[test]
fn a_long_cycle_is_named_in_short() {
    let id = |place: u32| format!("A{}", place % 5_000);
    let mut network = network((0..5_000).map(|place| Activity::task(id(place), 1.0)), &[]);
    network.links = (0..5_000).map(|place| Link::finish_start(id(place), id(place + 1))).collect();
    let words = refusal(&network);
    assert!(words.contains("a cycle of 5000: A0 -> A1 ->"), "{words}");
    assert!(words.contains("-> A11 -> ... -> A0"), "{words}");
}

#[test]
fn bad_activities_are_refused_by_name() {
    for (activity, word) in [
        (Activity::task("a", -1.0), "duration_days of activity a = -1"),
        (Activity::task("a", f64::NAN), "duration_days of activity a = NaN"),
        (Activity::task("a", f64::INFINITY), "duration_days of activity a = inf"),
        (Activity::task("a", 1e9), "duration_days of activity a"),
        (Activity::quantity("a", 5.0, 0.0), "rate_per_shift of activity a = 0"),
        (Activity::quantity("a", -5.0, 1.0), "quantity of activity a = -5"),
        (Activity::quantity("a", f64::NAN, 1.0), "quantity of activity a = NaN"),
        (Activity::quantity("a", 1e300, 1e-300), "duration_days of activity a = inf"),
        (
            Activity::task("a", 1.0).in_calendar("moon"),
            "no calendar called \"moon\"; activity a names it",
        ),
        (Activity::task("", 1.0), "number 1 has no id"),
        (
            Activity {
                duration: Duration::Given { duration_days: 2.0 },
                ..Activity::start_milestone("a")
            },
            "a milestone of 2 days",
        ),
        (Activity::task("a", 1.0).held(Constraint::StartNoEarlier(date(9999, 1, 1))), "9999"),
        (
            Activity::task("a", 1.0)
                .held(Constraint::MustStart(START))
                .held(Constraint::MustFinish(START)),
            "another constraint",
        ),
        (Activity::task("a", 200_000.0), "horizon_years"),
    ] {
        let words = refusal(&network([activity], &[]));
        assert!(words.contains(word), "{words}");
    }
}

#[test]
fn progress_that_cannot_be_is_refused() {
    let day = |day| Some(date(2026, 1, day));
    for (progress, word) in [
        (Progress { actual_start: day(20), ..Progress::default() }, "not before the data date"),
        (Progress { actual_finish: day(8), ..Progress::default() }, "never begun"),
        (
            Progress { actual_start: day(9), actual_finish: day(8), remaining_days: None },
            "before it was begun",
        ),
        (
            Progress { remaining_days: Some(f64::NAN), ..Progress::default() },
            "remaining_days of activity survey",
        ),
        (
            Progress { actual_start: day(9), remaining_days: Some(-1.0), ..Progress::default() },
            "remaining_days of activity survey",
        ),
        (Progress { actual_start: Some(Date::MIN), ..Progress::default() }, "horizon_years"),
    ] {
        let mut network = in_a_row();
        network.data_date = day(15);
        network.activities[0].progress = progress;
        let words = refusal(&network);
        assert!(words.contains(word), "{words}");
        network.data_date = None;
        assert!(!refusal(&network).is_empty());
    }
    let mut network = in_a_row();
    network.data_date = day(15);
    network.activities.push(Activity::finish_milestone("opening"));
    network.activities[3].progress.remaining_days = Some(3.0);
    assert!(refusal(&network).contains("a milestone begun and not finished"));
}

#[test]
fn bad_links_and_hammocks_are_refused_by_name() {
    let activities = || ["a", "b"].map(|id| Activity::task(id, 1.0));
    for (link, word) in [
        (Link::finish_start("a", "z"), "no activity called \"z\"; a link from a to z names it"),
        (Link::finish_start("a", "a"), "a cycle of 1: a -> a"),
        (Link::finish_start("a", "b").lag_days(i32::MAX), "lag_days of the link from a to b"),
        (Link::finish_start("a", "b").elapsed_days(i32::MIN), "lag_days of the link from a to b"),
        (Link::finish_start("a", "b").lag_days(100_000), "early dates of activity b"),
    ] {
        let words = refusal(&network(activities(), &[link]));
        assert!(words.contains(word), "{words}");
    }
    let twice = network(["a", "a"].map(|id| Activity::task(id, 1.0)), &[]);
    assert!(refusal(&twice).contains("activity a: two have this id"));
    for (hammock, word) in [
        (Hammock::over("h", ["z"]), "hammock h names it"),
        (Hammock::over("h", [""; 0]), "is over no activity"),
        (Hammock::over("a", ["b"]), "an activity has this id"),
    ] {
        let mut network = network(activities(), &[]);
        network.hammocks = vec![hammock];
        let words = refusal(&network);
        assert!(words.contains(word), "{words}");
    }
}

#[test]
fn bad_calendars_are_refused_by_name() {
    let mut never = site();
    never.week.worked = [false; 7];
    let mut frozen = Calendar::new("frozen", WorkingWeek::EVERY_DAY);
    frozen.seasons = vec![season((1, 1), (12, 31), None)];
    let mut resting = site();
    resting.rotation = Some(Rotation { begins: START, days_on: 0, days_off: 0 });
    let mut nowhen = site();
    nowhen.seasons = vec![season((2, 30), (3, 1), None)];
    let mut backwards = site();
    backwards.holidays = vec![Holiday::Days { first: date(2026, 2, 2), last: date(2026, 2, 1) }];
    let mut thirteenth = site();
    thirteenth.holidays = vec![Holiday::EveryHijriYear { month: 13, day: 1 }];
    for (calendar, word) in [
        (never, "calendar site: no working day"),
        (frozen, "calendar frozen: no working day"),
        (resting, "no working day"),
        (nowhen, "a day that no year has"),
        (backwards, "ends before it begins"),
        (thirteenth, "a day that no year has"),
    ] {
        let mut network = network([Activity::task("a", 1.0)], &[]);
        network.calendars = vec![calendar];
        let words = refusal(&network);
        assert!(words.contains(word), "{words}");
    }
    let mut network = network([Activity::task("a", 1.0)], &[]);
    network.calendars.push(site());
    assert!(refusal(&network).contains("calendar site: two have this id"));
    network.calendars.clear();
    assert!(refusal(&network).contains("no calendar called"));
}

#[test]
fn dates_out_of_range_are_refused() {
    for (start, years) in
        [(Date::MIN, 45), (Date::MAX, 45), (START, i16::MAX), (START, i16::MIN), (START, -6)]
    {
        let mut network = network([Activity::task("a", 1.0)], &[]);
        (network.start, network.horizon_years) = (start, years);
        assert!(!refusal(&network).is_empty(), "{start} {years}");
    }
    let mut empty = network([], &[]);
    assert_eq!(empty.compile().unwrap().dates().unwrap().finish(), date(2026, 1, 4));
    empty.horizon_years = 200;
    assert!(empty.compile().is_ok());
}

#[test]
fn a_million_activities_in_a_row_and_side_by_side() {
    let id = |place: u32| format!("A{place}");
    // Written backwards, so that an order must be found; each starts with the one before it.
    let activities = (0..1_000_000).rev().map(|place| Activity::task(id(place), 5.0));
    let mut network = network(activities, &[]);
    network.links = (1..1_000_000)
        .map(|place| Link::new(id(place - 1), id(place), LinkKind::StartStart))
        .collect();
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    assert_eq!(dates.finish(), date(2026, 1, 10));
    assert_eq!(dates.total_float_days(0), 0);
    // Five thousand in a row, 25,000 days, do not end before the horizon does.
    network.activities.drain(..995_000);
    network.links.truncate(4_999);
    for link in &mut network.links {
        link.kind = LinkKind::FinishStart;
    }
    assert!(refusal(&network).contains("horizon_years"));
}
