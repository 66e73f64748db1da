//! Capacity and loops of single track: against all schemes and all choices of loops tried one by
//! one, and what more loops, faster trains and worse input must do.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::Error;
use railcorridor::operation::traffic::{
    DayUse, EvenLine, LoadBasis, Passing, PlannedStop, Removal, Scheme, SectionRun, TrackLine,
    TrackStation, TrainClass, freight_pairs_per_day, line_capacity, longest_spacing_m, period_s,
    place_loops, year_load,
};

const BUDGET_MS: u64 = 2_000;
const DAY: DayUse = DayUse { closed_s: 3_600, reliability_share: 0.9 };

fn station(u: &mut Unstructured<'_>, number: usize) -> Result<TrackStation> {
    let tracks = u.int_in_range(0..=3)?;
    let lengths_m = (0..tracks).map(|_| u.choose(&[700.0, 850.0, 1_050.0]).copied());
    Ok(TrackStation {
        name: format!("s{number}"),
        chainage_m: 1e4 * number as f64,
        track_lengths_m: lengths_m.collect::<Result<_>>()?,
        is_yard: u.ratio(1, 8)?,
        crossing_s: u.int_in_range(0..=300)?,
        arrival_s: u.int_in_range(0..=400)?,
        following_s: u.int_in_range(0..=400)?,
    })
}

fn case(u: &mut Unstructured<'_>) -> Result<(TrackLine, TrainClass)> {
    let count = u.int_in_range(2..=7)?;
    let stations: Vec<_> = (0..count).map(|number| station(u, number)).collect::<Result<_>>()?;
    let line = TrackLine::new(stations).unwrap();
    let run = |u: &mut Unstructured<'_>| {
        let (increasing_s, decreasing_s) =
            (u.int_in_range(300..=2_000)?, u.int_in_range(300..=2_000)?);
        Ok(SectionRun { increasing_s, decreasing_s })
    };
    let class = TrainClass {
        name: "freight".into(),
        length_m: *u.choose(&[700.0, 900.0, 1_000.0])?,
        runs: (1..count).map(|_| run(u)).collect::<Result<_>>()?,
        start_s: u.int_in_range(0..=200)?,
        stop_s: u.int_in_range(0..=200)?,
        ..TrainClass::default()
    };
    Ok((line, class))
}

/// Whether two trains fit there.
fn is_meeting_place(line: &TrackLine, class: &TrainClass, place: usize) -> bool {
    let at = &line.stations()[place];
    let is_end = place == 0 || place == line.sections();
    is_end || at.is_yard || at.track_lengths_m.iter().filter(|m| **m >= class.length_m).count() >= 2
}

/// The least longest period of all ways to choose who runs through at the places, one by one.
fn plain_period_s(line: &TrackLine, class: &TrainClass, places: &[usize]) -> u64 {
    let mut all: Vec<Vec<Passing>> = vec![Vec::new()];
    for place in places {
        let is_end = *place == 0 || *place == line.sections();
        let choices: &[Passing] = if is_end || line.stations()[*place].is_yard {
            &[Passing::BothStop]
        } else {
            &[Passing::IncreasingThrough, Passing::DecreasingThrough]
        };
        let longer = |so_far: &Vec<Passing>| {
            choices
                .iter()
                .map(|choice| [so_far.clone(), vec![*choice]].concat())
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    let longest = |passings: &Vec<Passing>| {
        let section = |number: usize| {
            let (low, high) = (places[number], places[number + 1]);
            let runs = &class.runs[low..high];
            let run = SectionRun {
                increasing_s: runs.iter().map(|run| run.increasing_s).sum(),
                decreasing_s: runs.iter().map(|run| run.decreasing_s).sum(),
            };
            let ends = (&line.stations()[low], &line.stations()[high]);
            let scheme = Scheme { low: passings[number], high: passings[number + 1] };
            period_s(ends.0, ends.1, run, class, scheme)
        };
        (0..places.len() - 1).map(section).max().unwrap()
    };
    all.iter().map(longest).min().unwrap()
}

fn places_of(line: &TrackLine, class: &TrainClass) -> Vec<usize> {
    (0..=line.sections()).filter(|place| is_meeting_place(line, class, *place)).collect()
}

#[test]
fn schemes_agree_and_no_others_are_better() {
    let looser = std::cell::Cell::new(0_u32);
    property(|u| {
        let (line, class) = case(u)?;
        let capacity = line_capacity(&line, &class, &DAY).unwrap();
        let places = places_of(&line, &class);
        assert_eq!(capacity.sections.len(), places.len() - 1);
        for (a, b) in capacity.sections.iter().zip(capacity.sections.iter().skip(1)) {
            assert_eq!((a.high, a.scheme.high), (b.low, b.scheme.low));
        }
        let longest_s = capacity.sections.iter().map(|section| section.period_s).max().unwrap();
        assert_eq!(longest_s, plain_period_s(&line, &class, &places));
        assert_eq!(capacity.binding_section().unwrap().period_s, longest_s);
        assert!(capacity.bound_pairs_per_day >= capacity.pairs_per_day);
        looser.set(looser.get() + u32::from(capacity.bound_pairs_per_day > capacity.pairs_per_day));
        let pairs = f64::from(86_400 - 3_600) * 0.9 / longest_s as f64;
        assert!((capacity.pairs_per_day - pairs).abs() < 1e-12 * pairs);
        Ok(())
    })
    .budget_ms(BUDGET_MS);
    assert!(looser.get() > 0, "the bound of single sections was never above");
}

#[test]
fn more_loops_and_faster_trains_never_take_pairs_away() {
    property(|u| {
        let (line, class) = case(u)?;
        let pairs = line_capacity(&line, &class, &DAY).unwrap().pairs_per_day;
        let mut faster = class.clone();
        for run in &mut faster.runs {
            run.increasing_s -= u.int_in_range(0..=200)?;
        }
        assert!(line_capacity(&line, &faster, &DAY).unwrap().pairs_per_day >= pairs);
        // A loop that splits a stretch adds an interval and a stop, so it helps where those take
        // less time than the shorter of its two parts.
        let added = |at: &TrackStation| {
            u64::from(at.crossing_s.max(at.arrival_s) + class.start_s.max(class.stop_s))
        };
        for (place, at) in line.stations().iter().enumerate() {
            if is_meeting_place(&line, &class, place) || added(at) > 600 {
                continue;
            }
            let mut stations = line.stations().to_vec();
            stations[place].track_lengths_m = vec![1_050.0; 2];
            let more = TrackLine::new(stations).unwrap();
            assert!(line_capacity(&more, &class, &DAY).unwrap().pairs_per_day >= pairs);
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

#[test]
fn no_choice_of_loops_is_cheaper() {
    let (met, none) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
    property(|u| {
        let (line, class) = case(u)?;
        let costs = (0..=line.sections()).map(|_| u.int_in_range(0..=3).map(f64::from));
        let costs_usd: Vec<f64> = costs.collect::<Result<_>>()?;
        let pairs_per_day = f64::from(u.int_in_range(4..=40)?);
        let limit_s = DAY.longest_period_s(pairs_per_day).unwrap();
        let sites = places_of(&line, &class);
        let is_free =
            |place: usize| place == 0 || place == line.sections() || line.stations()[place].is_yard;
        let mut best: Option<(f64, u64)> = None;
        for mask in 0..1_u32 << sites.len() {
            let chosen: Vec<usize> = sites
                .iter()
                .enumerate()
                .filter(|(number, place)| is_free(**place) || mask >> number & 1 == 1)
                .map(|(_, place)| *place)
                .collect();
            let period = plain_period_s(&line, &class, &chosen);
            if period as f64 > limit_s {
                continue;
            }
            let cost_usd: f64 = chosen
                .iter()
                .filter(|place| !is_free(**place))
                .map(|place| costs_usd[*place])
                .sum();
            let better = |(cost, longest): (f64, u64)| {
                cost_usd < cost || (cost_usd == cost && period < longest)
            };
            if best.is_none_or(better) {
                best = Some((cost_usd, period));
            }
        }
        let found = place_loops(&line, &class, &costs_usd, pairs_per_day, &DAY);
        match (best, found) {
            (Some((cost_usd, longest_s)), Ok(plan)) => {
                met.set(met.get() + 1);
                assert_eq!(plan.cost_usd, cost_usd);
                assert_eq!(plan.capacity.binding_section().unwrap().period_s, longest_s);
                assert!(plan.capacity.pairs_per_day >= pairs_per_day * (1.0 - 1e-12));
            }
            (None, Err(Error::Traffic { hint, .. })) => {
                none.set(none.get() + 1);
                assert!(hint.contains("pairs at most"), "{hint}");
            }
            (best, found) => assert!(best.is_none() && found.is_err(), "{best:?} {found:?}"),
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
    assert!(met.get() > 0 && none.get() > 0, "{} met, {} not", met.get(), none.get());
}

fn even(tracks_m: &[f64]) -> (TrackLine, TrainClass) {
    let station = |number: u32| TrackStation {
        name: format!("s{number}"),
        chainage_m: 1e4 * f64::from(number),
        track_lengths_m: tracks_m.to_vec(),
        ..TrackStation::default()
    };
    let line = TrackLine::new((0..4).map(station).collect()).unwrap();
    let runs = vec![SectionRun { increasing_s: 600, decreasing_s: 660 }; 3];
    let class =
        TrainClass { name: "freight".into(), length_m: 900.0, runs, ..TrainClass::default() };
    (line, class)
}

#[test]
fn loops_shorter_than_trains_are_findings() {
    let (line, class) = even(&[850.0, 850.0]);
    let capacity = line_capacity(&line, &class, &DAY).unwrap();
    let subjects: Vec<&str> = capacity.findings.iter().map(|at| at.subject.as_str()).collect();
    assert_eq!(subjects, ["s1", "s2"]);
    assert_eq!((capacity.sections.len(), capacity.sections[0].period_s), (1, 3 * 1_260));
    assert!(place_loops(&line, &class, &[1.0; 4], 30.0, &DAY).is_err());
    let (line, class) = even(&[900.0, 900.0]);
    assert!(line_capacity(&line, &class, &DAY).unwrap().findings.is_empty());
}

#[test]
fn a_planned_stop_takes_its_time() {
    let (line, mut class) = even(&[900.0]);
    class.stops = vec![PlannedStop { station: "s1".into(), dwell_s: 100 }];
    (class.start_s, class.stop_s) = (30, 20);
    // One stretch of three sections with a stop on the way; both ends: start and stop.
    let capacity = line_capacity(&line, &class, &DAY).unwrap();
    assert_eq!(capacity.sections[0].period_s, 3 * 1_260 + 2 * 150 + 2 * 50);
    class.stops[0].station = "elsewhere".into();
    assert!(matches!(line_capacity(&line, &class, &DAY), Err(Error::Unknown { .. })));
}

#[test]
fn what_cannot_be_is_refused() {
    let (line, class) = even(&[900.0, 900.0]);
    assert!(TrackLine::new(Vec::new()).is_err());
    assert!(TrackLine::new(line.stations()[..1].to_vec()).is_err());
    let with = |change: fn(&mut TrackStation)| {
        let mut stations = line.stations().to_vec();
        change(&mut stations[1]);
        TrackLine::new(stations).unwrap_err().to_string()
    };
    assert!(with(|at| at.chainage_m = f64::NAN).contains("chainage_m of station s1 = NaN"));
    assert!(with(|at| at.chainage_m = 5e4).contains("order of their chainage"));
    assert!(with(|at| at.track_lengths_m[0] = f64::NAN).contains("track_lengths_m"));
    assert!(with(|at| at.track_lengths_m[0] = -1.0).contains("track_lengths_m"));
    assert!(with(|at| at.name = "s2".into()).contains("this name"));
    assert!(with(|at| at.crossing_s = u32::MAX).contains("crossing_s"));
    let many = vec![TrackStation::default(); 10_001];
    assert!(matches!(TrackLine::new(many), Err(Error::Limit { .. })));

    let wrong = |change: fn(&mut TrainClass)| {
        let mut class = class.clone();
        change(&mut class);
        line_capacity(&line, &class, &DAY).unwrap_err().to_string()
    };
    assert!(wrong(|class| class.runs[1].decreasing_s = 0).contains("s1 to s2 = 0"));
    assert!(wrong(|class| class.runs[1].increasing_s = u32::MAX).contains("s1 to s2"));
    assert!(wrong(|class| class.length_m = f64::NAN).contains("length_m"));
    assert!(wrong(|class| class.length_m = 0.0).contains("length_m"));
    assert!(wrong(|class| class.weight = 0).contains("weight"));
    assert!(wrong(|class| class.runs.truncate(2)).contains("2 running times, the line 3 sections"));

    for day in [(86_400, 0.9), (0, 0.0), (0, f64::NAN), (0, 1.1)] {
        let day = DayUse { closed_s: day.0, reliability_share: day.1 };
        assert!(line_capacity(&line, &class, &day).is_err());
    }
    for pairs in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(place_loops(&line, &class, &[0.0; 4], pairs, &DAY).is_err());
        assert!(freight_pairs_per_day(pairs.min(-1.0), &[]).is_err());
    }
    assert!(place_loops(&line, &class, &[0.0; 3], 1.0, &DAY).is_err());
    assert!(place_loops(&line, &class, &[f64::NAN; 4], 1.0, &DAY).is_err());
    let removal = Removal { pairs_per_day: 100.0, removal_ratio: 1.5 };
    assert_eq!(freight_pairs_per_day(24.0, &[removal]).unwrap(), 0.0);
    let even = EvenLine { speed_kmh: 45.0, stop_s: 3_000.0, intervals_s: 0.0 };
    assert!(longest_spacing_m(24.0, &even, &DAY).unwrap_err().to_string().contains("fewer pairs"));
    let still = EvenLine { speed_kmh: 0.0, ..even };
    assert!(longest_spacing_m(24.0, &still, &DAY).is_err());
    let basis = LoadBasis {
        increasing_net_t: f64::NAN,
        decreasing_net_t: 0.0,
        path_use_share: 1.0,
        days_per_year: 365.0,
    };
    assert!(year_load(1.0, &basis).is_err());
}
