//! Properties of runs on random lines, and what is refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use chance::arbitrary::{Result as Arbitrary, Unstructured};
use chance::property;
use railcorridor::Error;
use railcorridor::model::{Rails, RollingStock};
use railcorridor::operation::{
    Allowance, Effort, Regime, Run, RunLine, RunOptions, RunSegment, RunStop, Train, coasted_run,
    run,
};

/// A number between two, by whole thousandths of the range.
fn between(u: &mut Unstructured<'_>, low: f64, high: f64) -> Arbitrary<f64> {
    Ok(low + (high - low) * f64::from(u.int_in_range(0..=1000_u32)?) / 1000.0)
}

/// A line of up to 40 segments of 20 m to 3 km.
fn line(u: &mut Unstructured<'_>, most_permille: f64) -> Arbitrary<RunLine> {
    let count = u.int_in_range(1..=40)?;
    let (mut segments, mut start_m) = (Vec::new(), 0.0);
    for _ in 0..count {
        segments.push(RunSegment {
            start_m,
            gradient_permille: between(u, -most_permille, most_permille)?,
            curve_permille: between(u, 0.0, 2.0)?,
            speed_limit_mps: between(u, 5.0, 30.0)?,
        });
        start_m += between(u, 20.0, 3000.0)?;
    }
    Ok(RunLine::new(segments, start_m).unwrap())
}

fn train(u: &mut Unstructured<'_>) -> Arbitrary<Train> {
    let mass_kg = between(u, 1e6, 4e6)?;
    let per_kg = |n_per_kn: f64| mass_kg * 9.81 * n_per_kn / 1e3;
    let resistance_n = [per_kg(0.9), per_kg(0.015), per_kg(0.0012)];
    Ok(Train {
        name: "random".to_owned(),
        mass_kg,
        locomotive_kg: 0.1 * mass_kg,
        rotating_mass_ratio: 1.06,
        length_m: between(u, 0.0, 900.0)?,
        resistance_n,
        coasting_resistance_n: resistance_n,
        effort: Effort::limits(between(u, 3e5, 9e5)?, between(u, 1e6, 6e6)?).unwrap(),
        braking_mps2: between(u, 0.1, 0.6)?,
        speed_max_mps: between(u, 8.0, 33.0)?,
        gravity_mps2: 9.81,
        mass_is_at_head: u.arbitrary()?,
    })
}

/// The run, unless the train stalls; any other error fails.
fn done(line: &RunLine, train: &Train, options: &RunOptions) -> Option<Run> {
    match run(line, train, options) {
        Ok(run) => Some(run),
        Err(Error::Stalled(stall)) => {
            assert!(stall.needed_n > stall.available_n, "{stall}");
            assert!(stall.at_m >= line.start_m() && stall.at_m <= line.end_m(), "{stall}");
            assert!(stall.holding_load_t < stall.load_t, "{stall}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn usual(line: &RunLine, train: &Train) -> Option<Run> {
    done(line, train, &RunOptions::default())
}

/// What integration may leave between two runs.
const EQUAL: f64 = 3e-7;

fn keeps_order_and_limits(run: &Run, line: &RunLine, train: &Train) {
    for pair in run.points.windows(2) {
        assert!(pair[0].distance_m <= pair[1].distance_m);
        assert!(pair[0].time_s <= pair[1].time_s);
    }
    for point in &run.points {
        let tail_m = point.distance_m - train.length_m;
        let under = line.spans().filter(|(segment, to_m)| {
            segment.start_m < point.distance_m - 1e-6 && *to_m > tail_m + 1e-6
        });
        let limits = under.map(|(segment, _)| segment.speed_limit_mps);
        let limit_mps = limits.fold(train.speed_max_mps, f64::min);
        assert!(point.speed_mps <= limit_mps * (1.0 + 1e-9), "{point:?} {limit_mps}");
    }
}

#[test]
fn energies_add_up_both_ways_and_no_limit_is_broken() {
    property(|u| {
        let (line, train) = (line(u, 12.0)?, train(u)?);
        for line in [line.reversed(), line] {
            let Some(run) = usual(&line, &train) else { continue };
            assert!(run.imbalance_ratio().abs() <= 1e-9, "{:e}", run.imbalance_ratio());
            assert!(run.braking_j >= 0.0 && run.traction_j > 0.0);
            let rise_j = run.gradient_j - run.traction_j;
            assert!(rise_j < 0.0, "more rise than work");
            keeps_order_and_limits(&run, &line, &train);
            let last = run.points.last().unwrap();
            assert!(last.distance_m == line.end_m() && last.speed_mps == 0.0);
        }
        Ok(())
    })
    .budget_ms(4000);
}

#[test]
fn what_makes_a_run_harder_never_makes_it_faster() {
    property(|u| {
        let (line, train) = (line(u, 8.0)?, train(u)?);
        let Some(easy) = usual(&line, &train) else { return Ok(()) };
        let slower = |harder: Option<Run>, what: &str| {
            let Some(harder) = harder else { return };
            let gain = 1.0 - harder.running_s / easy.running_s;
            assert!(gain <= EQUAL, "{what}: faster by {gain:e}");
        };
        let by = between(u, 1.0, 1.5)?;
        let change = |of: &dyn Fn(&mut RunSegment)| {
            let mut segments = line.segments().to_vec();
            segments.iter_mut().for_each(of);
            RunLine::new(segments, line.end_m()).unwrap()
        };
        let lower = change(&|segment| segment.speed_limit_mps /= by);
        slower(usual(&lower, &train), "lower limits");
        let steeper = change(&|segment| segment.gradient_permille += by);
        slower(usual(&steeper, &train), "steeper");
        let weak =
            Effort::limits(train.effort.force_n(0.0) / by, 20.0 * train.effort.force_n(20.0) / by);
        if train.effort.force_n(20.0) < train.effort.force_n(0.0) {
            let weak = Train { effort: weak.unwrap(), ..train.clone() };
            slower(usual(&line, &weak), "weaker");
        }
        // More load on a line that nowhere falls: falling, it would help.
        let rising = change(&|segment| segment.gradient_permille = segment.gradient_permille.abs());
        let heavy = Train {
            mass_kg: train.mass_kg * by,
            resistance_n: train.resistance_n.map(|value| value * by),
            ..train.clone()
        };
        if let (Some(light), Some(heavy)) = (usual(&rising, &train), usual(&rising, &heavy)) {
            assert!(heavy.running_s >= light.running_s * (1.0 - EQUAL), "heavier is faster");
        }
        Ok(())
    })
    .budget_ms(4000);
}

#[test]
fn lines_cut_or_turned_twice_are_the_same() {
    property(|u| {
        let (line, train) = (line(u, 10.0)?, train(u)?);
        let mut segments = Vec::new();
        for (segment, to_m) in line.spans() {
            let at = between(u, 0.1, 0.9)?;
            segments.push(*segment);
            let start_m = segment.start_m + at * (to_m - segment.start_m);
            segments.push(RunSegment { start_m, ..*segment });
        }
        let cut = RunLine::new(segments, line.end_m()).unwrap();
        assert_eq!(usual(&cut, &train), usual(&line, &train));
        let twice = line.reversed().reversed();
        let [once, twice] = [usual(&line, &train), usual(&twice, &train)];
        assert_eq!(once.is_some(), twice.is_some());
        if let (Some(once), Some(twice)) = (once, twice) {
            assert!((once.running_s / twice.running_s - 1.0).abs() < EQUAL);
            assert!((once.traction_j / twice.traction_j - 1.0).abs() < EQUAL);
        }
        Ok(())
    })
    .budget_ms(3000);
}

#[test]
fn closer_steps_change_little() {
    property(|u| {
        let (line, train) = (line(u, 10.0)?, train(u)?);
        let fine = RunOptions { tolerance_ratio: 1e-11, ..RunOptions::default() };
        let (Some(usual), Some(fine)) = (usual(&line, &train), done(&line, &train, &fine)) else {
            return Ok(());
        };
        let time = usual.running_s / fine.running_s - 1.0;
        assert!(time.abs() < EQUAL, "time {time:e}");
        let work = usual.traction_j / fine.traction_j - 1.0;
        assert!(work.abs() < 1e-6, "work {work:e}");
        Ok(())
    })
    .budget_ms(4000);
}

#[test]
fn a_stop_divides_a_run_in_two() {
    property(|u| {
        let train = Train { length_m: 0.0, ..train(u)? };
        let line = line(u, 5.0)?;
        let at_m = line.end_m() * between(u, 0.2, 0.8)?;
        let stops = vec![RunStop { at_m, dwell_s: 300.0 }];
        let options = RunOptions { stops, ..RunOptions::default() };
        let mut after: Vec<RunSegment> =
            line.spans().filter(|(_, to_m)| *to_m > at_m).map(|(one, _)| *one).collect();
        after[0].start_m = at_m;
        let before: Vec<RunSegment> =
            line.segments().iter().filter(|one| one.start_m < at_m).copied().collect();
        let parts =
            [RunLine::new(before, at_m).unwrap(), RunLine::new(after, line.end_m()).unwrap()];
        let [first, second] = parts.map(|part| usual(&part, &train));
        let (Some(first), Some(second)) = (first, second) else { return Ok(()) };
        let whole = done(&line, &train, &options).unwrap();
        assert_eq!(whole.dwell_s, 300.0);
        let time = whole.running_s / (first.running_s + second.running_s) - 1.0;
        assert!(time.abs() < EQUAL, "{time:e}");
        Ok(())
    })
    .budget_ms(2000);
}

#[test]
fn coasting_keeps_time_and_limits_and_never_takes_more_work() {
    property(|u| {
        let train = Train { coasting_resistance_n: [0.0; 3], ..train(u)? };
        let more = between(u, 1.0, 1.3)?;
        let coasting_resistance_n = train.resistance_n.map(|value| more * value);
        let train = Train { coasting_resistance_n, ..train };
        let line = line(u, 8.0)?;
        let more_percent = between(u, 0.0, 20.0)?;
        let at_m = line.end_m() * between(u, 0.2, 0.8)?;
        let stops = if u.arbitrary()? { vec![RunStop { at_m, dwell_s: 60.0 }] } else { Vec::new() };
        let options = RunOptions { stops, ..RunOptions::default() };
        for line in [line.reversed(), line] {
            let allowance = Allowance::Percent { more_percent };
            let coasted = match coasted_run(&line, &train, &options, allowance) {
                Ok(coasted) => coasted,
                Err(Error::Stalled(_)) => continue,
                Err(error) => panic!("{error}"),
            };
            let (run, slower) = (&coasted.run, &coasted.slower);
            let most_s = slower.shortest.running_s * (1.0 + more_percent / 100.0);
            assert!(run.running_s <= most_s * (1.0 + 1e-12), "{} {most_s}", run.running_s);
            assert!(run.traction_j <= slower.run.traction_j);
            assert!(run.imbalance_ratio().abs() <= 1e-9, "{:e}", run.imbalance_ratio());
            assert!(run.braking_j >= 0.0 && run.dwell_s == slower.shortest.dwell_s);
            keeps_order_and_limits(run, &line, &train);
            let last = run.points.last().unwrap();
            assert!(last.distance_m == line.end_m() && last.speed_mps == 0.0);
            for pair in run.points.windows(2) {
                match pair[1].regime {
                    Regime::Coasting => assert_eq!(pair[0].traction_j, pair[1].traction_j),
                    Regime::Pulling => {
                        let most_mps = coasted.pulls_to_mps * (1.0 + 1e-8);
                        assert!(pair[1].speed_mps <= most_mps, "{pair:?} {most_mps}");
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    })
    .budget_ms(4000);
}

#[test]
fn on_level_track_brakes_take_over_where_theory_says() {
    // Optimal control (Howlett and Pudney, Energy-Efficient Train Control, 1995): with f = v R(v), a
    // train that holds V coasts down to V - f(V) / f'(V).
    let [a, b, c] = [20e3, 300.0, 40.0];
    let train = Train {
        name: "level".to_owned(),
        mass_kg: 1e6,
        locomotive_kg: 1e5,
        rotating_mass_ratio: 1.0,
        length_m: 100.0,
        resistance_n: [a, b, c],
        coasting_resistance_n: [a, b, c],
        effort: Effort::limits(220e3, 2.2e6).unwrap(),
        braking_mps2: 0.5,
        speed_max_mps: 30.0,
        gravity_mps2: 9.81,
        mass_is_at_head: false,
    };
    let level = RunSegment {
        start_m: 0.0,
        gradient_permille: 0.0,
        curve_permille: 0.0,
        speed_limit_mps: 30.0,
    };
    for (length_m, more_percent) in [(40e3, 10.0), (100e3, 10.0), (100e3, 30.0), (400e3, 20.0)] {
        let line = RunLine::new(vec![level], length_m).unwrap();
        let more = Allowance::Percent { more_percent };
        let coasted = coasted_run(&line, &train, &RunOptions::default(), more).unwrap();
        let v = coasted.pulls_to_mps;
        let brake_mps = (b * v * v + 2.0 * c * v * v * v) / (a + 2.0 * b * v + 3.0 * c * v * v);
        // The work hardly changes around its least, so speeds are known to less than it.
        let share = coasted.coasts_to_mps / brake_mps - 1.0;
        assert!(share.abs() < 0.005, "{} {brake_mps}", coasted.coasts_to_mps);
        assert!(coasted.saved_ratio() > coasted.slower.saved_ratio() + 0.005);
    }
}

#[test]
fn bad_trains_and_options_are_refused_with_their_names() {
    let good = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded).unwrap();
    let level = RunSegment {
        start_m: 0.0,
        gradient_permille: 0.0,
        curve_permille: 0.0,
        speed_limit_mps: 20.0,
    };
    let line = RunLine::new(vec![level], 10_000.0).unwrap();
    for (bad, word) in [
        (Train { mass_kg: 0.0, ..good.clone() }, "mass_kg"),
        (Train { mass_kg: f64::NAN, ..good.clone() }, "mass_kg"),
        (Train { length_m: -1.0, ..good.clone() }, "length_m"),
        (Train { resistance_n: [0.0, -1.0, 0.0], ..good.clone() }, "resistance_n"),
        (Train { resistance_n: [f64::INFINITY, 0.0, 0.0], ..good.clone() }, "resistance_n"),
        (Train { braking_mps2: 0.0, ..good.clone() }, "braking_mps2"),
        (Train { speed_max_mps: 0.0, ..good.clone() }, "speed_max_mps"),
        (Train { rotating_mass_ratio: 0.5, ..good.clone() }, "rotating_mass_ratio"),
        (Train { gravity_mps2: 9806.65, ..good.clone() }, "gravity_mps2"),
    ] {
        let problem = run(&line, &bad, &RunOptions::default()).unwrap_err().to_string();
        assert!(problem.contains(word) && problem.contains("outside"), "{problem}");
    }
    let stop = |at_m, dwell_s| vec![RunStop { at_m, dwell_s }];
    for (stops, tolerance_ratio, word) in [
        (stop(0.0, 1.0), 1e-7, "at_m of stop 0"),
        (stop(10_000.0, 1.0), 1e-7, "at_m of stop 0"),
        (stop(f64::NAN, 1.0), 1e-7, "at_m of stop 0"),
        (stop(5000.0, -1.0), 1e-7, "dwell_s of stop 0"),
        (Vec::new(), 0.0, "tolerance_ratio"),
        (Vec::new(), f64::NAN, "tolerance_ratio"),
    ] {
        let options = RunOptions { stops, tolerance_ratio, ..RunOptions::default() };
        let problem = run(&line, &good, &options).unwrap_err().to_string();
        assert!(problem.contains(word), "{problem}");
    }
}

#[test]
fn an_endless_grade_stalls_and_says_what_would_pass() {
    let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded).unwrap();
    let segment = |start_m, gradient_permille| RunSegment {
        start_m,
        gradient_permille,
        curve_permille: 0.5,
        speed_limit_mps: 20.0,
    };
    let line = RunLine::new(vec![segment(0.0, 0.0), segment(5000.0, 30.0)], 60_000.0).unwrap();
    let Err(Error::Stalled(stall)) = run(&line, &train, &RunOptions::default()) else {
        panic!("no stall");
    };
    assert!(
        (stall.gradient_permille - 30.0).abs() < 1e-6 && (stall.curve_permille - 0.5).abs() < 1e-6
    );
    assert!(stall.entry_m > 5000.0 - 1.0 && stall.entry_m < 5500.0, "{stall}");
    assert!(stall.to_string().contains("stalls at km"), "{stall}");
    // A train of that load moves there.
    let ratio = 0.999 * (stall.holding_load_t + 138.0) / stall.mass_t;
    let lighter = Train {
        mass_kg: ratio * train.mass_kg,
        locomotive_kg: 0.0,
        resistance_n: train.resistance_n.map(|value| ratio * value),
        ..train
    };
    assert!(run(&line, &lighter, &RunOptions::default()).is_ok());
}

#[test]
fn a_million_segments_are_run() {
    let segment = |number: u32| RunSegment {
        start_m: f64::from(number),
        gradient_permille: if number.is_multiple_of(3) { 4.0 } else { -2.0 },
        curve_permille: f64::from(number % 2),
        speed_limit_mps: 20.0,
    };
    let line = RunLine::new((0..1_000_000).map(segment).collect(), 1e6).unwrap();
    let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded).unwrap();
    let run = run(&line, &train, &RunOptions::default()).unwrap();
    assert!(run.imbalance_ratio().abs() < 1e-9);
    assert!(run.running_s > 50_000.0);
}
