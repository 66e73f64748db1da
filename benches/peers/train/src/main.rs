//! Our run of the train and line of a file: `train-peers CASE`, with the times of a hundred runs.

use std::error::Error;

use cpu_time::ThreadTime;
use railcorridor::operation::{Effort, RunLine, RunOptions, RunSegment, Train, run};
use serde_json::Value;

const RUNS: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which case?")?;
    let case: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let (line, train) = problem(&case).ok_or("numbers are missing")?;
    let (line, train) = (line?, train?);
    let options = RunOptions::default();
    let answer = run(&line, &train, &options)?;
    let mut ns: Vec<u128> = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = ThreadTime::now();
        std::hint::black_box(run(&line, &train, &options)?);
        ns.push(start.elapsed().as_nanos());
    }
    ns.sort_unstable();
    let found = serde_json::json!({
        "ns": ns[RUNS / 2] as f64,
        "running_s": answer.running_s,
        "traction_j": answer.traction_j,
        "braking_j": answer.braking_j,
        "steps": answer.steps,
    });
    println!("{found}");
    Ok(())
}

type Problem = (railcorridor::Result<RunLine>, railcorridor::Result<Train>);

fn problem(case: &Value) -> Option<Problem> {
    let number = |key: &str| case[key].as_f64();
    let segments = case["segments"].as_array()?.iter().map(|row| {
        Some(RunSegment {
            start_m: row[0].as_f64()?,
            gradient_permille: row[1].as_f64()?,
            curve_permille: 0.0,
            speed_limit_mps: row[2].as_f64()?,
        })
    });
    let line = RunLine::new(segments.collect::<Option<Vec<_>>>()?, number("end_m")?);
    let law = &case["resistance_n"];
    let resistance_n = [law[0].as_f64()?, law[1].as_f64()?, law[2].as_f64()?];
    let (force_n, power_w) = (number("force_n")?, number("power_w")?);
    let train = Train {
        name: "beside ALTRIOS".to_owned(),
        mass_kg: number("mass_kg")?,
        locomotive_kg: 0.0,
        rotating_mass_ratio: number("rotating_mass_ratio")?,
        length_m: number("length_m")?,
        resistance_n,
        coasting_resistance_n: resistance_n,
        effort: Effort::limits(force_n, power_w).ok()?,
        braking_mps2: number("braking_mps2")?,
        speed_max_mps: number("speed_max_mps")?,
        gravity_mps2: number("gravity_mps2")?,
        mass_is_at_head: false,
    };
    Some((line, Ok(train)))
}
