//! Trains on a single track: how many fit, how far apart loops may lie.

use railcorridor::operation::traffic::{
    DayUse, EvenLine, GraphOptions, GraphTrain, Scheme, SectionRun, TrackLine, TrackStation,
    TrainClass, longest_spacing_m, period_s, train_graph,
};
use railcorridor::schedule::Direction;
use serde_json::Value;

use super::json::{count, list, number, numbers};
use super::{CaseFile, Kind, Report};

/// Pairs of trains a day by the parallel graph.
pub const CAPACITY: Kind = Kind {
    name: "capacity of sections",
    json_kinds: &["capacity_parallel_nonpacket"],
    files: &[],
    run: capacity,
};

/// The longest distance between loops for so many pairs a day.
pub const SPACING: Kind =
    Kind { name: "distance of loops", json_kinds: &["loop_spacing"], files: &[], run: spacing };

/// Whole seconds of a number of minutes.
fn whole_s(value: &Value) -> Result<u32, String> {
    let text = format!("{:.0}", 60.0 * number(value)?);
    text.parse().map_err(|_| format!("{value} is no time in minutes"))
}

fn day_use(case: &Value) -> Result<DayUse, String> {
    let reliability_share = number(&case["alpha"])?;
    Ok(DayUse { closed_s: whole_s(&case["t_tech_min"])?, reliability_share })
}

fn capacity(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let json = file.json()?;
    let tolerance = number(&json["tolerance_rel"])?;
    for (place, case) in (1..).zip(list(&json["cases"])?) {
        // One train stops at one end, where it waits for an arrival, the other where it crosses.
        let end = TrackStation {
            arrival_s: whole_s(&case["tau_a_min"])?,
            crossing_s: whole_s(&case["tau_b_min"])?,
            ..TrackStation::default()
        };
        let class = TrainClass::default();
        let mut longest_s = 0;
        for section in list(&case["sections_min"])? {
            let [increasing_min, decreasing_min] = numbers(section)?[..] else {
                return Err(format!("{section} is no pair of times"));
            };
            let run = SectionRun::from_minutes(increasing_min, decreasing_min)
                .map_err(|error| error.to_string())?;
            let [one, other] = [Scheme::INCREASING, Scheme::DECREASING]
                .map(|scheme| period_s(&end, &end, run, &class, scheme));
            report.case("one scheme as the other, s", place, one.abs_diff(other) as f64, 0.0);
            longest_s = longest_s.max(one);
        }
        let period_min = longest_s as f64 / 60.0;
        let expected_min = number(&case["expected_T_per_min"])?;
        report.case("period, share", place, period_min / expected_min - 1.0, tolerance);
        let day = day_use(case)?;
        let pairs = day.pairs_per_day(longest_s as f64).map_err(|error| error.to_string())?;
        let expected = number(&case["expected_pairs_per_day"])?;
        report.case("pairs a day, share", place, pairs / expected - 1.0, tolerance);
        let whole = number(&case["expected_pairs_per_day_floor"])?;
        report.case("whole pairs", place, pairs.floor() - whole, 0.0);
    }
    Ok(())
}

fn spacing(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let json = file.json()?;
    let tolerance = number(&json["tolerance_rel"])?;
    for (place, case) in (1..).zip(list(&json["cases"])?) {
        let day = day_use(case)?;
        let pairs_per_day = number(&case["pairs_per_day"])?;
        let period_s = day.longest_period_s(pairs_per_day).map_err(|error| error.to_string())?;
        let expected_s = 60.0 * number(&case["expected_T_per_min"])?;
        report.case("period, share", place, period_s / expected_s - 1.0, tolerance);
        let line = EvenLine {
            speed_kmh: number(&case["run_speed_kmh"])?,
            stop_s: 60.0 * number(&case["start_stop_supplement_min"])?,
            intervals_s: 60.0 * (number(&case["tau_a_min"])? + number(&case["tau_b_min"])?),
        };
        let spacing_m =
            longest_spacing_m(pairs_per_day, &line, &day).map_err(|error| error.to_string())?;
        let expected_m = 1e3 * number(&case["expected_max_spacing_km"])?;
        report.case("distance, share", place, spacing_m / expected_m - 1.0, tolerance);
    }
    Ok(())
}

/// Meets of a few trains, against all graphs there are.
pub const MEETS: Kind = Kind {
    name: "meets on single track",
    json_kinds: &["meet_pass_bruteforce"],
    files: &[],
    run: meets,
};

fn meets(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let json = file.json()?;
    for (place, case) in (1..).zip(list(&json["cases"])?) {
        let (line, class, trains) = meeting(case)?;
        let options = GraphOptions { tries: 3_000, ..GraphOptions::default() };
        let found = train_graph(&line, &[class], &trains, &options);
        let graph = found.map_err(|error| error.to_string())?.graph;
        if graph.runs.iter().any(|run| run.delay_s.is_none()) {
            report.fail(place, "a train never arrives");
        }
        let least_s = f64::from(whole_s(&case["expected_min_total_delay_min"])?);
        report.case(
            "delay above the least, s",
            place,
            graph.weighted_delay_s as f64 - least_s,
            0.0,
        );
        let over_s = graph.least_delay_s as f64 - least_s;
        report.case("bound above the least, s", place, over_s.max(0.0), 0.0);
    }
    Ok(())
}

/// Line, class and trains of a case.
fn meeting(case: &Value) -> Result<(TrackLine, TrainClass, Vec<GraphTrain>), String> {
    let tau_s = whole_s(&case["tau_min"])?;
    let stations = (0_u32..).zip(list(&case["station_tracks"])?).map(|(number, tracks)| {
        Ok(TrackStation {
            name: format!("s{number}"),
            chainage_m: 1e4 * f64::from(number),
            track_lengths_m: vec![1_000.0; count(tracks)?],
            crossing_s: tau_s,
            following_s: tau_s,
            ..TrackStation::default()
        })
    });
    let stations = stations.collect::<Result<_, String>>()?;
    let runs = list(&case["run_east_min"])?.iter().zip(list(&case["run_west_min"])?);
    let runs = runs.map(|(east, west)| {
        Ok(SectionRun { increasing_s: whole_s(east)?, decreasing_s: whole_s(west)? })
    });
    let class = TrainClass {
        name: "train".into(),
        length_m: 900.0,
        runs: runs.collect::<Result<_, String>>()?,
        ..TrainClass::default()
    };
    let trains = (1_u32..).zip(list(&case["trains"])?).map(|(place, train)| {
        let is_east = number(&train["direction"])? > 0.0;
        Ok(GraphTrain {
            name: format!("{place}"),
            class: "train".into(),
            direction: if is_east { Direction::Increasing } else { Direction::Decreasing },
            release_s: u64::from(whole_s(&train["release_min"])?),
        })
    });
    let line = TrackLine::new(stations).map_err(|error| error.to_string())?;
    Ok((line, class, trains.collect::<Result<_, String>>()?))
}
