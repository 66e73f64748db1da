//! Train graphs without conflicts: what holds of every graph, and the bound, checked by plain code.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::Error;
use railcorridor::operation::traffic::{
    Closure, DailyTrains, GraphOptions, GraphTrain, PlannedStop, SectionRun, TrackLine,
    TrackStation, TrainClass, TrainRun, day_of_trains, string_lines, train_graph,
};
use railcorridor::schedule::Direction;

const BUDGET_MS: u64 = 3_000;

struct Case {
    line: TrackLine,
    classes: Vec<TrainClass>,
    trains: Vec<GraphTrain>,
    options: GraphOptions,
}

fn case(u: &mut Unstructured<'_>) -> Result<Case> {
    let count = u.int_in_range(2..=6)?;
    let station = |number: usize, u: &mut Unstructured<'_>| {
        let tracks = u.int_in_range(1..=3)?;
        let lengths_m = (0..tracks).map(|_| u.choose(&[500.0, 1_000.0, 1_000.0]).copied());
        Ok(TrackStation {
            name: format!("s{number}"),
            chainage_m: 1e4 * number as f64,
            track_lengths_m: lengths_m.collect::<Result<_>>()?,
            is_yard: u.ratio(1, 10)?,
            crossing_s: u.int_in_range(0..=200)?,
            arrival_s: if u.ratio(1, 2)? { 0 } else { u.int_in_range(1..=300)? },
            following_s: u.int_in_range(0..=200)?,
        })
    };
    let stations: Vec<_> = (0..count).map(|number| station(number, u)).collect::<Result<_>>()?;
    let line = TrackLine::new(stations).unwrap();
    let class = |name: &str, length_m, u: &mut Unstructured<'_>| {
        let run = |u: &mut Unstructured<'_>| {
            Ok(SectionRun {
                increasing_s: u.int_in_range(200..=2_000)?,
                decreasing_s: u.int_in_range(200..=2_000)?,
            })
        };
        let stops = if name == "passenger" && u.ratio(1, 2)? {
            vec![PlannedStop { station: "s1".into(), dwell_s: u.int_in_range(0..=900)? }]
        } else {
            Vec::new()
        };
        Ok(TrainClass {
            name: name.into(),
            length_m,
            runs: (1..count).map(|_| run(u)).collect::<Result<_>>()?,
            start_s: u.int_in_range(0..=120)?,
            stop_s: if u.ratio(1, 2)? { 0 } else { u.int_in_range(1..=120)? },
            stops,
            weight: u.int_in_range(1..=3)?,
        })
    };
    let classes = vec![class("freight", 900.0, u)?, class("passenger", 400.0, u)?];
    let trains = (0..u.int_in_range(1..=8)?).map(|number| {
        Ok(GraphTrain {
            name: format!("t{number}"),
            class: u.choose(&["freight", "passenger"])?.to_string(),
            direction: *u.choose(&[Direction::Increasing, Direction::Decreasing])?,
            release_s: u.int_in_range(0..=20_000)?,
        })
    });
    let trains = trains.collect::<Result<_>>()?;
    let closures = if u.ratio(1, 3)? {
        let from_s = u.int_in_range(0..=30_000)?;
        let section = u.int_in_range(0..=count - 2)?;
        vec![Closure { section, from_s, to_s: from_s + u.int_in_range(1..=7_200)? }]
    } else {
        Vec::new()
    };
    let options = GraphOptions { tries: u.int_in_range(1..=30)?, seed: u.arbitrary()?, closures };
    Ok(Case { line, classes, trains, options })
}

/// A stay of a train on a section: from, to, direction.
type Stay = (u64, u64, Direction);

fn stays(run: &TrainRun, section: usize) -> Option<Stay> {
    run.calls.iter().zip(run.calls.iter().skip(1)).find_map(|(a, b)| {
        let own = a.station.min(b.station) == section;
        own.then_some((a.depart_s, b.arrive_s, run.direction))
    })
}

#[test]
fn trains_keep_apart_and_in_time() {
    let (stuck, met) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
    property(|u| {
        let case = case(u)?;
        let result = train_graph(&case.line, &case.classes, &case.trains, &case.options).unwrap();
        let graph = &result.graph;
        for (run, train) in graph.runs.iter().zip(&case.trains) {
            on_its_way(&case, run, train);
        }
        for section in 0..case.line.sections() {
            one_at_a_time(&case, &graph.runs, section);
        }
        for station in 1..case.line.sections() {
            no_more_than_tracks(&case, &graph.runs, station);
        }
        let is_stuck = graph.runs.iter().any(|run| run.delay_s.is_none());
        let found = result.findings.iter().any(|finding| finding.rule == "trains-stuck");
        assert_eq!(is_stuck, found);
        stuck.set(stuck.get() + u32::from(is_stuck));
        met.set(met.get() + u32::from(!is_stuck));
        if !is_stuck {
            assert!(graph.weighted_delay_s >= graph.least_delay_s, "{graph:?}");
        }
        let again = train_graph(&case.line, &case.classes, &case.trains, &case.options).unwrap();
        assert_eq!(again, result);
        let lines = string_lines(&case.line, graph);
        assert_eq!(lines.trains.len(), case.trains.len());
        for line in &lines.trains {
            assert!(line.points.windows(2).all(|pair| pair[0].at_s <= pair[1].at_s));
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
    assert!(met.get() > 20 * stuck.get(), "{} of {} stuck", stuck.get(), met.get());
}

/// A train visits its stations in order, takes its running times, and stops where it must.
fn on_its_way(case: &Case, run: &TrainRun, train: &GraphTrain) {
    let class = case.classes.iter().find(|class| class.name == train.class).unwrap();
    let last = case.line.sections();
    let forward = train.direction == Direction::Increasing;
    let mut delay_free_s = train.release_s;
    for (number, call) in run.calls.iter().enumerate() {
        let station = if forward { number } else { last - number };
        assert_eq!(call.station, station);
        assert!(call.depart_s >= call.arrive_s);
        let Some(next) = run.calls.get(number + 1) else { continue };
        let section = call.station.min(next.station);
        let running_s = u64::from(class.runs[section].way_s(train.direction));
        let taken_s = next.arrive_s - call.depart_s;
        let most_s = running_s + u64::from(class.start_s) + u64::from(class.stop_s);
        assert!((running_s..=most_s).contains(&taken_s), "{run:?}");
        let stands = number == 0 || call.depart_s > call.arrive_s;
        if stands {
            assert!(taken_s >= running_s + u64::from(class.start_s), "{run:?}");
        }
        let next_stands = next.depart_s > next.arrive_s || number + 1 == last;
        if next_stands {
            assert!(taken_s >= running_s + u64::from(class.stop_s), "{run:?}");
        }
        delay_free_s += running_s;
    }
    if let Some(first) = run.calls.first() {
        assert!(first.arrive_s >= train.release_s);
    }
    for stop in &class.stops {
        let station = case.line.stations().iter().position(|at| at.name == stop.station).unwrap();
        let inner = 0 < station && station < last;
        let call = run.calls.iter().find(|call| inner && call.station == station);
        if let Some(call) = call.filter(|_| run.delay_s.is_some()) {
            assert!(call.depart_s - call.arrive_s >= u64::from(stop.dwell_s), "{run:?}");
        }
    }
    if run.delay_s.is_some() {
        assert_eq!(run.calls.len(), last + 1);
        assert!(run.calls[last].arrive_s >= delay_free_s);
    }
}

/// No two trains on one section, intervals kept, nothing runs while it is closed.
fn one_at_a_time(case: &Case, runs: &[TrainRun], section: usize) {
    let mut all: Vec<Stay> = runs.iter().filter_map(|run| stays(run, section)).collect();
    all.sort_unstable();
    for (a, b) in all.iter().zip(all.iter().skip(1)) {
        let into =
            &case.line.stations()[if a.2 == Direction::Increasing { section + 1 } else { section }];
        // Where a train passes a station without two tracks for it, intervals are those of the next
        // station, so only that the section was empty is asked there.
        let classes_fit = into.is_yard
            || into.track_lengths_m.iter().filter(|length_m| **length_m >= 900.0).count() >= 2
            || [0, case.line.sections()].contains(&if a.2 == Direction::Increasing {
                section + 1
            } else {
                section
            });
        let interval_s = match (classes_fit, a.2 == b.2) {
            (false, _) => 0,
            (true, true) => into.following_s,
            (true, false) => into.crossing_s,
        };
        assert!(b.0 >= a.1 + u64::from(interval_s), "{a:?} {b:?}");
    }
    for (from_s, to_s, _) in all {
        for closure in case.options.closures.iter().filter(|closure| closure.section == section) {
            for day in 0..=to_s / 86_400 {
                let (low, high) = (
                    day * 86_400 + u64::from(closure.from_s),
                    day * 86_400 + u64::from(closure.to_s),
                );
                assert!(to_s <= low || from_s >= high, "{from_s} {to_s} {closure:?}");
            }
        }
    }
}

/// Never more trains in a station than it has tracks, nor than tracks as long as they are; no two
/// arrivals from both sides closer than its interval.
fn no_more_than_tracks(case: &Case, runs: &[TrainRun], station: usize) {
    let at = &case.line.stations()[station];
    let mut arrivals: Vec<(u64, Direction)> = Vec::new();
    let mut steps = Vec::new();
    for run in runs {
        let class = case.classes.iter().find(|class| class.name == run.class).unwrap();
        let Some(place) = run.calls.iter().position(|call| call.station == station) else {
            continue;
        };
        let call = run.calls[place];
        let is_stuck_here = run.delay_s.is_none() && place + 1 == run.calls.len();
        let until_s = if is_stuck_here { u64::MAX } else { call.depart_s };
        let fits = at.is_yard || at.track_lengths_m.iter().any(|track| *track >= class.length_m);
        assert!(fits || call.depart_s == call.arrive_s, "{run:?}");
        let fitting = at.track_lengths_m.iter().filter(|track| **track >= class.length_m).count();
        if at.is_yard || fitting >= 2 {
            arrivals.push((call.arrive_s, run.direction));
        }
        if until_s > call.arrive_s {
            steps.push((call.arrive_s, 1, class.length_m));
            steps.push((until_s, -1, class.length_m));
        }
    }
    if !at.is_yard {
        steps.sort_by_key(|step| (step.0, step.1));
        for least_m in [0.0, 900.0] {
            let tracks = at.track_lengths_m.iter().filter(|length_m| **length_m >= least_m).count();
            let mut here = 0;
            for (_, change, _) in steps.iter().filter(|step| step.2 >= least_m) {
                here += change;
                assert!(here <= i32::try_from(tracks).unwrap(), "station {station}");
            }
        }
    }
    arrivals.sort_unstable();
    for (a, b) in arrivals.iter().zip(arrivals.iter().skip(1)) {
        assert!(a.1 == b.1 || b.0 - a.0 >= u64::from(at.arrival_s), "{a:?} {b:?} {station}");
    }
}

fn even(loops: u32, tracks: usize) -> (TrackLine, TrainClass) {
    let station = |number: u32| TrackStation {
        name: format!("s{number}"),
        chainage_m: 1e4 * f64::from(number),
        track_lengths_m: vec![1_000.0; tracks],
        crossing_s: 60,
        following_s: 60,
        ..TrackStation::default()
    };
    let line = TrackLine::new((0..loops + 2).map(station).collect()).unwrap();
    let runs = vec![SectionRun { increasing_s: 900, decreasing_s: 900 }; line.sections()];
    let class =
        TrainClass { name: "freight".into(), length_m: 900.0, runs, ..TrainClass::default() };
    (line, class)
}

#[test]
fn without_loops_trains_wait_for_one_another() {
    let (line, class) = even(3, 1);
    let daily = DailyTrains { class: "freight".into(), increasing: 1, decreasing: 1 };
    let trains = day_of_trains(&[daily]).unwrap();
    let result = train_graph(&line, &[class], &trains, &GraphOptions::default()).unwrap();
    // One waits in its yard until the other has run all four sections.
    assert_eq!(result.graph.weighted_delay_s, 4 * 900 + 60);
    assert!(result.findings.is_empty(), "{:?}", result.findings);
}

#[test]
fn loops_that_are_too_short_are_named() {
    let (line, class) = even(2, 2);
    let class = TrainClass { length_m: 1_200.0, ..class };
    let train = |direction, name: &str| GraphTrain {
        name: name.into(),
        class: "freight".into(),
        direction,
        release_s: 0,
    };
    let trains = [train(Direction::Increasing, "1"), train(Direction::Decreasing, "2")];
    let result = train_graph(&line, &[class], &trains, &GraphOptions::default()).unwrap();
    let rules: Vec<&str> = result.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["loop-shorter-than-train"; 2]);
    assert_eq!(result.graph.weighted_delay_s, 3 * 900 + 60);
}

#[test]
fn what_cannot_be_is_refused() {
    let (line, class) = even(2, 2);
    let classes = [class];
    let options = GraphOptions::default();
    let train = GraphTrain { name: "1".into(), class: "freight".into(), ..GraphTrain::default() };
    let many = vec![train.clone(); 100_000];
    assert!(matches!(train_graph(&line, &classes, &many, &options), Err(Error::Limit { .. })));
    let daily = DailyTrains { class: "freight".into(), increasing: u32::MAX, decreasing: 1 };
    assert!(matches!(day_of_trains(&[daily]), Err(Error::Limit { .. })));
    let other = GraphTrain { class: "express".into(), ..train.clone() };
    assert!(matches!(train_graph(&line, &classes, &[other], &options), Err(Error::Unknown { .. })));
    let late = GraphTrain { release_s: u64::MAX, ..train.clone() };
    assert!(matches!(
        train_graph(&line, &classes, &[late], &options),
        Err(Error::OutOfRange { .. })
    ));
    let closed = |section, from_s, to_s| {
        let options =
            GraphOptions { closures: vec![Closure { section, from_s, to_s }], ..options.clone() };
        train_graph(&line, &classes, std::slice::from_ref(&train), &options)
    };
    assert!(closed(3, 0, 1).is_err());
    assert!(closed(0, 5, 5).is_err());
    assert!(closed(0, 0, 86_401).is_err());
    let always = closed(1, 0, 86_000).unwrap_err().to_string();
    assert!(always.contains("s1 to s2") && always.contains("shorten the closures"), "{always}");
    assert!(closed(1, 0, 85_000).is_ok());
    let twice = [classes[0].clone(), classes[0].clone()];
    assert!(train_graph(&line, &twice, &[], &options).is_err());
    let none = train_graph(&line, &classes, &[], &options).unwrap();
    assert_eq!((none.graph.runs.len(), none.graph.weighted_delay_s), (0, 0));
}
