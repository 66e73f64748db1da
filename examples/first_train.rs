//! A freight train over a pass of 60 km: time, energy and fuel both ways, and a load too heavy.
//!
//! ```sh
//! cargo run --release --example first_train
//! ```
//!
//! Prints:
//!
//! ```text
//! TE33A + 30 gondolas: 2958 t, 440 m
//! there: 70.3 min, 2457 kWh at the wheels, 1031 kWh braked away, 779 l
//! back: 72.5 min, 2096 kWh at the wheels, 1210 kWh braked away, 668 l
//! with 55 wagons: TE33A + 30 gondolas stalls at km 19.810: 565 kN are needed, 534 available, on 9.0 permille and 1.0 for curves; it came with 55 km/h at km 15.000; 4876 t of its load of 5170 t would pass at a walk: take less, or another locomotive
//! ```

use railcorridor::model::{Rails, RollingStock};
use railcorridor::operation::{Fuel, RunLine, RunOptions, RunSegment, Train, run};
use railcorridor::{Error, Result};

fn main() -> Result<()> {
    // Permille and kilometres: a plain, a climb with curves, the pass, and down again.
    let grades = [(0.0, 2.0, 0.0), (15.0, 9.0, 1.0), (35.0, 0.0, 0.0), (38.0, -8.0, 1.4)];
    let segment = |(km, gradient_permille, curve_permille): (f64, f64, f64)| RunSegment {
        start_m: 1000.0 * km,
        gradient_permille,
        curve_permille,
        speed_limit_mps: 80.0 / 3.6,
    };
    let line = RunLine::new(grades.map(segment).to_vec(), 60_000.0)?;
    let stock = RollingStock::builtin();
    let set = stock.train("te33a-gondola")?;
    let train = Train::of_set(stock, set, Rails::Welded)?;
    println!("{}: {:.0} t, {:.0} m", train.name, train.mass_kg / 1e3, train.length_m);
    let fuel = Fuel::of(stock, set)?;
    for (way, line) in [("there", &line), ("back", &line.reversed())] {
        let run = run(line, &train, &RunOptions::default())?;
        let hours = run.total_s() / 3600.0;
        let litres = fuel.burnt_litres(run.traction_kwh(), hours);
        println!(
            "{way}: {:.1} min, {:.0} kWh at the wheels, {:.0} kWh braked away, {litres:.0} l",
            60.0 * hours,
            run.traction_kwh(),
            run.braking_j / 3.6e6,
        );
    }
    let mut heavy = set.clone();
    heavy.wagons[0].count = 55;
    let heavy = Train::of_set(stock, &heavy, Rails::Welded)?;
    match run(&line, &heavy, &RunOptions::default()) {
        Err(Error::Stalled(stall)) => println!("with 55 wagons: {stall}"),
        other => println!("with 55 wagons: {:?}", other.map(|run| run.running_s)),
    }
    Ok(())
}
