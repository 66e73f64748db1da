//! Our side of schedules beside other programs.
//!
//! `schedule-peers write FOLDER` writes the network of 10,000 activities as plan.xml, its dates as
//! dates.csv, and the network to be simulated as simulated.json; `schedule-peers time FOLDER` tells
//! how long each kind of work takes.

mod network;

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use cpu_time::ThreadTime;
use railcorridor::exchange::{Outline, from_mspdi, to_mspdi};
use railcorridor::schedule::{Network, RiskOptions, RiskOutcome, simulate};

const ACTIVITIES: u32 = 10_000;
const SIMULATED: u32 = 1_000;
const ITERATIONS: u32 = 100_000;
const RUNS: usize = 9;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(what), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("schedule-peers write|time FOLDER".into());
    };
    match what.as_str() {
        "write" => write(Path::new(&folder)),
        _ => time(Path::new(&folder)),
    }
}

fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let network = network::on_calendars(ACTIVITIES);
    let compiled = network.compile()?;
    let dates = compiled.dates()?;
    let mut table = "id,start,finish,float_days\n".to_owned();
    for (place, activity) in network.activities.iter().enumerate() {
        let (start, finish) = (dates.early_start(place), dates.early_finish(place));
        let float_days = dates.total_float_days(place);
        writeln!(table, "{},{start},{finish},{float_days}", activity.id)?;
    }
    std::fs::write(folder.join("dates.csv"), table)?;
    std::fs::write(folder.join("plan.xml"), to_mspdi(&network, &Outline::default())?.text)?;
    let (network, _) = network::simulated(SIMULATED);
    let place = |id: &str| id.trim_start_matches('A').parse::<u32>();
    let mut links = Vec::new();
    for link in &network.links {
        links.push((place(&link.from)?, place(&link.to)?));
    }
    let simulated = serde_json::json!({
        "activities": SIMULATED,
        "iterations": ITERATIONS,
        "links": links,
        "triangle": network::TRIANGLE,
    });
    std::fs::write(folder.join("simulated.json"), simulated.to_string())?;
    Ok(())
}

fn time(folder: &Path) -> Result<(), Box<dyn Error>> {
    let network = network::on_calendars(ACTIVITIES);
    let compiled = network.compile()?;
    let text = std::fs::read_to_string(folder.join("plan.xml"))?;
    let (of_simulation, model) = network::simulated(SIMULATED);
    let to_simulate = of_simulation.compile()?;
    let options = RiskOptions { iterations: ITERATIONS, seed: 1 };
    let simulated = || simulate(&to_simulate, &model, &options);
    let outcome: RiskOutcome = simulated()?;
    let days = &outcome.finish.days;
    let found = serde_json::json!({
        "read_ns": median_ns(|| from_mspdi(&text).map(|read| read.network))?,
        "compiled_and_dated_ns": median_ns(|| dated(&network))?,
        "dated_ns": median_ns(|| compiled.dates().map(|dates| dates.finish()))?,
        "simulated_ns": median_ns(simulated)?,
        "p50_days": days.p50,
        "p80_days": days.p80,
    });
    println!("{found}");
    Ok(())
}

/// From activities and links to their dates and floats.
fn dated(network: &Network) -> railcorridor::Result<jiff::civil::Date> {
    let compiled = network.compile()?;
    let dates = compiled.dates()?;
    Ok(dates.finish())
}

/// Time of this thread, of the middle one of some runs.
fn median_ns<T>(work: impl Fn() -> railcorridor::Result<T>) -> railcorridor::Result<f64> {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = ThreadTime::now();
        black_box(work()?);
        times.push(start.elapsed().as_nanos());
    }
    times.sort_unstable();
    Ok(times[RUNS / 2] as f64)
}
