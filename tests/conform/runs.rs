//! Cases of trains on a line: whole runs, one that stalls, closed forms of traction and braking.

use railcorridor::Error;
use railcorridor::model::{Rails, RollingStock, ShoeBrake};
use railcorridor::operation::{
    Effort, Pulling, PullingCase, Regime, Run, RunLine, RunOptions, RunSegment, Train,
    emergency_stop, even_stop, run,
};
use serde_json::Value;

use super::json::{list, number, numbers};
use super::{CaseFile, Kind, Report};

const fn kind(
    name: &'static str,
    json_kinds: &'static [&'static str],
    run: fn(&CaseFile, &mut Report) -> Result<(), String>,
) -> Kind {
    Kind { name, json_kinds, files: &[], run }
}

/// Runs in the shortest time.
pub const RUNS: Kind = kind("runs of trains", &["run"], whole_run);

/// Runs that cannot be finished.
pub const STALLS: Kind = kind("trains that stall", &["run_error"], stall);

/// Power without resistance.
pub const POWER: Kind = kind("constant power", &["constant_power_no_resistance"], power);

/// A force against a law of resistance.
pub const FORCE: Kind = kind("constant force", &["constant_force_davis"], force);

/// Values of the laws of resistance and adhesion.
pub const LAWS: Kind = kind("laws of resistance", &["ptr_unit_values"], laws);

/// Loads for a ruling gradient.
pub const LOADS: Kind = kind("trailing loads", &["trailing_load"], loads);

/// Speeds that are kept up on a gradient.
pub const BALANCE: Kind = kind("balancing speeds", &["balancing_speed"], balance);

/// Stops.
pub const STOPS: Kind = kind("braking", &["braking"], braking);

fn text<T>(result: Result<T, Error>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// A train and a line of a case.
fn problem(case: &Value) -> Result<(RunLine, Train), String> {
    let (train, line) = (&case["train"], &case["line"]);
    let value = |key: &str| number(&train[key]);
    let resistance_n: [f64; 3] =
        numbers(&train["resistance_n"])?.try_into().map_err(|_| "three numbers".to_owned())?;
    if !list(&train["effort_table"])?.is_empty() {
        return Err("a table of pulls, which no case had".to_owned());
    }
    let segments: Result<Vec<RunSegment>, String> = list(&line["segments"])?
        .iter()
        .map(|segment| {
            Ok(RunSegment {
                start_m: number(&segment["start_m"])?,
                gradient_permille: number(&segment["resistance_permille"])?,
                curve_permille: 0.0,
                speed_limit_mps: number(&segment["speed_limit_mps"])?,
            })
        })
        .collect();
    let train = Train {
        name: case["name"].as_str().unwrap_or_default().to_owned(),
        mass_kg: value("mass_kg")?,
        locomotive_kg: 0.0,
        rotating_mass_ratio: value("rotating_mass_factor")?,
        length_m: value("length_m")?,
        resistance_n,
        coasting_resistance_n: resistance_n,
        effort: text(Effort::limits(value("force_max_n")?, value("power_w")?))?,
        braking_mps2: value("braking_deceleration_mps2")?,
        speed_max_mps: value("speed_max_mps")?,
        gravity_mps2: number(&case["g"])?,
        mass_is_at_head: train["mass_model"].as_str() == Some("point"),
    };
    Ok((text(RunLine::new(segments?, number(&line["end_m"])?))?, train))
}

fn whole_run(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let (line, train) = problem(&case)?;
    let run = text(run(&line, &train, &RunOptions::default()))?;
    let expected = &case["expected"];
    let time_s = number(&expected["running_time_s"])?;
    report.case("time, relative", 1, run.running_s / time_s - 1.0, 1e-7);
    let traction_j = number(&expected["traction_energy_j"])?;
    for (quantity, found_j, key) in [
        ("traction, relative", run.traction_j, "traction_energy_j"),
        ("braking, by traction", run.braking_j, "brake_energy_j"),
        ("rolling, by traction", run.rolling_j, "resistance_work_j"),
        ("gradients, by traction", run.gradient_j, "grade_work_j"),
    ] {
        report.case(quantity, 1, (found_j - number(&expected[key])?) / traction_j, 1e-6);
    }
    report.case("balance, ratio", 1, run.imbalance_ratio(), 1e-9);
    Ok(())
}

fn stall(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let (line, train) = problem(&case)?;
    let stall = match run(&line, &train, &RunOptions::default()) {
        Err(Error::Stalled(stall)) => stall,
        other => return Err(format!("no stall: {other:?}")),
    };
    let expected = &case["expected"];
    let limit_m = number(&expected["tolerance_m"])?;
    report.case("place, m", 1, stall.at_m - number(&expected["stall_at_m"])?, limit_m);
    let entry_mps = number(&expected["entry_speed_mps"])?;
    report.case("speed at the foot, m/s", 1, stall.entry_mps - entry_mps, 1e-6);
    let missing_n = number(&expected["force_missing_at_rest_n"])?;
    let found_n = stall.needed_n - stall.available_n;
    report.case("force missing, relative", 1, found_n / missing_n - 1.0, 1e-9);
    // What would hold here is lighter by what the train is too heavy for.
    let most_permille = number(&expected["max_grade_at_rest_permille"])?;
    let found_permille = (train.effort.force_n(0.0) - train.rolling_n(0.0)) / train.gradient_n(1.0);
    report.case("gradient held, permille", 1, found_permille - most_permille, 1e-9);
    Ok(())
}

/// A train of a closed form on level track, up to a speed.
fn closed_form(
    mass_kg: f64,
    resistance_n: [f64; 3],
    effort: Effort,
    [start_mps, most_mps]: [f64; 2],
    end_m: f64,
) -> Result<Run, String> {
    let train = Train {
        name: "closed form".to_owned(),
        mass_kg,
        locomotive_kg: 0.0,
        rotating_mass_ratio: 1.0,
        length_m: 0.0,
        resistance_n,
        coasting_resistance_n: resistance_n,
        effort,
        braking_mps2: 1.0,
        speed_max_mps: most_mps,
        gravity_mps2: 9.81,
        mass_is_at_head: true,
    };
    let level = RunSegment {
        start_m: 0.0,
        gradient_permille: 0.0,
        curve_permille: 0.0,
        speed_limit_mps: most_mps,
    };
    let options = RunOptions {
        start_mps,
        stops_at_end: false,
        tolerance_ratio: 1e-12,
        ..RunOptions::default()
    };
    text(run(&text(RunLine::new(vec![level], end_m))?, &train, &options))
}

fn power(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    for (place, case) in (1..).zip(list(&cases["cases"])?) {
        let value = |key: &str| number(&case[key]);
        // From rest a power alone is an endless force; this one is left after 0.05 mm/s.
        let effort = text(Effort::limits(1e11, value("power_w")?))?;
        let speeds = [value("v0_mps")?, 200.0];
        let length_m = value("distance_m")?;
        let run = closed_form(value("effective_mass_kg")?, [0.0; 3], effort, speeds, length_m)?;
        let end = run.points.last().ok_or("no end")?;
        let relative = |found: f64, key: &str| Ok::<f64, String>(found / value(key)? - 1.0);
        report.case("speed, relative", place, relative(end.speed_mps, "expected_v_mps")?, 1e-9);
        report.case("time, relative", place, relative(run.running_s, "expected_t_s")?, 1e-9);
        let work = relative(run.traction_j, "expected_energy_j")?;
        report.case("energy, relative", place, work, 1e-9);
    }
    Ok(())
}

fn force(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    for (place, case) in (1..).zip(list(&cases["cases"])?) {
        let value = |key: &str| number(&case[key]);
        let effort = text(Effort::limits(value("force_n")?, f64::INFINITY))?;
        let law: [f64; 3] =
            numbers(&case["resistance_n"])?.try_into().map_err(|_| "three numbers".to_owned())?;
        let speeds = [value("v0_mps")?, value("v1_mps")?];
        let length_m = 2.0 * value("expected_s_m")?;
        let run = closed_form(value("effective_mass_kg")?, law, effort, speeds, length_m)?;
        let holds = run.points.iter().position(|point| point.regime == Regime::Holding);
        let before = holds.and_then(|place| run.points.get(place.checked_sub(1)?));
        let reached = before.ok_or("the speed is not reached")?;
        let length = reached.distance_m / value("expected_s_m")? - 1.0;
        report.case("length, relative", place, length, 1e-9);
        report.case("time, relative", place, reached.time_s / value("expected_t_s")? - 1.0, 1e-9);
    }
    Ok(())
}

fn laws(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    let stock = RollingStock::builtin();
    for (place, case) in (1..).zip(list(&cases["cases"])?) {
        let value = |key: &str| number(&case[key]);
        let (speed_kmh, axle_t) = (value("v_kmh")?, value("axle_load_t")?);
        let tracks = &stock.resistance;
        let track = match case["track"].as_str() {
            Some("jointed") => &tracks.jointed,
            Some("welded") => &tracks.welded,
            other => return Err(format!("track {other:?}")),
        };
        let wagon = track.wagon(axle_t, tracks.empty_axle_t.value);
        for (quantity, found, key) in [
            ("wagons, relative", wagon.n_per_kn(speed_kmh, axle_t), "expected_wagon_n_per_kn"),
            (
                "locomotives, relative",
                track.power.n_per_kn(speed_kmh, axle_t),
                "expected_loco_power_n_per_kn",
            ),
            (
                "coasting, relative",
                track.coasting.n_per_kn(speed_kmh, axle_t),
                "expected_loco_coast_n_per_kn",
            ),
        ] {
            report.case(quantity, place, found / value(key)? - 1.0, 1e-12);
        }
        for (id, key) in
            [("diesel", "adhesion_diesel"), ("vl80", "adhesion_vl80"), ("vl10", "adhesion_vl10")]
        {
            let found = text(stock.adhesion(id))?.held_ratio(speed_kmh);
            report.case("adhesion, relative", place, found / value(key)? - 1.0, 1e-12);
        }
    }
    Ok(())
}

/// Resistance of locomotive and wagons together: coefficients of 1, v and v^2 in km/h, t N/kN.
fn together(
    track: &str,
    [loco_t, trailing_t, axle_t]: [f64; 3],
    coasting: bool,
) -> Result<[f64; 3], String> {
    let tracks = &RollingStock::builtin().resistance;
    let laws = if track == "welded" { &tracks.welded } else { &tracks.jointed };
    let loco = if coasting { &laws.coasting } else { &laws.power };
    let [a, b, c] = loco.coefficients_n_per_kn(axle_t).map(|value| value * loco_t);
    let wagon = laws.wagon(axle_t, tracks.empty_axle_t.value);
    let [d, e, f] = wagon.coefficients_n_per_kn(axle_t).map(|value| value * trailing_t);
    Ok([a + d, b + e, c + f])
}

fn balance(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    for (place, case) in (1..).zip(list(&cases["cases"])?) {
        let value = |key: &str| number(&case[key]);
        let (loco_t, gross_t, g) = (value("loco_t")?, value("wagon_gross_t")?, value("g")?);
        let trailing_t = value("wagons")? * gross_t;
        let track = case["track"].as_str().unwrap_or_default();
        let [a, b, c] = together(track, [loco_t, trailing_t, gross_t / 4.0], false)?;
        let train = Train {
            name: "on a gradient".to_owned(),
            mass_kg: 1e3 * (loco_t + trailing_t),
            locomotive_kg: 1e3 * loco_t,
            rotating_mass_ratio: 1.06,
            length_m: 0.0,
            resistance_n: [g * a, g * b * 3.6, g * c * 3.6 * 3.6],
            coasting_resistance_n: [0.0; 3],
            effort: text(Effort::limits(1e12, value("power_w")?))?,
            braking_mps2: 0.3,
            speed_max_mps: 100.0,
            gravity_mps2: g,
            mass_is_at_head: true,
        };
        let speed_mps = train.balancing_mps(value("grade_permille")?);
        let speed = 3.6 * speed_mps / value("expected_balancing_speed_kmh")? - 1.0;
        report.case("speed, relative", place, speed, 1e-9);
        let force = train.effort.force_n(speed_mps) / value("expected_force_n")? - 1.0;
        report.case("force, relative", place, force, 1e-9);
    }
    Ok(())
}

fn braking(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    for (place, case) in (1..).zip(list(&cases["cases"])?) {
        let value = |key: &str| number(&case[key]);
        let speed_kmh = value("v0_kmh")?;
        if case["model"].as_str() == Some("constant") {
            let stop = text(even_stop(speed_kmh, value("deceleration_mps2")?))?;
            let length = stop.length_m() / value("expected_s_m")? - 1.0;
            report.case("length, relative", place, length, 1e-6);
            continue;
        }
        let id = case["shoe"].as_str().unwrap_or_default().replace('_', "-");
        let mut brake: ShoeBrake = text(RollingStock::builtin().brake(&id))?.clone();
        brake.theta_ratio.value = value("theta")?;
        let parts_t = [value("loco_t")?, value("trailing_t")?, value("axle_load_t")?];
        let mass_t = parts_t[0] + parts_t[1];
        let rolling = together("jointed", parts_t, true)?.map(|sum| sum / mass_t);
        let axles = value("axles")? as u32;
        let gradient_permille = value("grade_permille")?;
        let stop = text(emergency_stop(&brake, speed_kmh, rolling, gradient_permille, axles))?;
        for (quantity, found, key) in [
            ("length, relative", stop.length_m(), "expected_total_m"),
            ("under brakes, relative", stop.braking_m, "expected_brake_m"),
            ("preparation, relative", stop.preparation_s, "expected_prep_time_s"),
        ] {
            report.case(quantity, place, found / value(key)? - 1.0, 1e-6);
        }
    }
    Ok(())
}

fn loads(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    let gravity_mps2 = number(&cases["g"])?;
    for (place, case) in (1..).zip(list(&cases["cases"])?) {
        let value = |key: &str| number(&case[key]);
        let pulling = Pulling {
            mass_t: value("loco_t")?,
            force_kn: value("force_n")? / 1e3,
            speed_kmh: value("speed_kmh")?,
            start_kn: value("start_force_n")? / 1e3,
        };
        let rails = match case["track"].as_str() {
            Some("jointed") => Rails::Jointed,
            Some("welded") => Rails::Welded,
            other => return Err(format!("track {other:?}")),
        };
        let stock = RollingStock::builtin();
        let case = PullingCase {
            stock,
            rails,
            axle_t: value("axle_load_t")?,
            wagon_law: None,
            gravity_mps2,
        };
        let load = text(case.load(pulling, value("ruling_permille")?))?;
        let by_pull = load.by_pull_t / value("expected_trailing_t")? - 1.0;
        report.case("by pull, relative", place, by_pull, 1e-9);
        let by_start = load.by_start_t / value("expected_start_limit_t")? - 1.0;
        report.case("by start, relative", place, by_start, 1e-9);
    }
    Ok(())
}
