//! What a ruling gradient costs: the load of a locomotive, and the time, fuel and trains for it,
//! on a climb of 600 m at 6 to 18 permille.
//!
//! ```sh
//! cargo run --release --example what_gradient_costs
//! ```
//!
//! Prints:
//!
//! ```text
//! permille   load t  wagons  length m  climb min  l/1000 net t  trains for 1 Mt
//!        6     9100      68       987      188.7           911              210
//!        9     6250      66       959      171.8           855              216
//!       12     4750      50       736      130.4           847              286
//!       15     3800      40       597      105.6           847              357
//!       18     3150      33       499       88.8           852              433
//! ```

use railcorridor::Result;
use railcorridor::model::{LocomotiveGroup, Rails, RollingStock};
use railcorridor::operation::{Fuel, RunLine, RunOptions, RunSegment, Train, load_table, run};

fn main() -> Result<()> {
    let stock = RollingStock::builtin();
    let locomotives = [vec![LocomotiveGroup { id: "2te25km".into(), count: 1 }]];
    let gradients = [6.0, 9.0, 12.0, 15.0, 18.0];
    let rows =
        load_table(stock, &locomotives, &["gondola"], &gradients, Rails::Welded, 1050.0, None)?;
    println!("permille   load t  wagons  length m  climb min  l/1000 net t  trains for 1 Mt");
    for row in rows {
        let mut set = stock.train("2te25km-gondola")?.clone();
        set.wagons[0].count = row.most_wagons();
        let train = Train::of_set(stock, &set, Rails::Welded)?;
        let net_t = 70.0 * f64::from(row.most_wagons());
        // 10 km of plain, then 600 m up: longer where it is flatter.
        let segment = |start_m, gradient_permille| RunSegment {
            start_m,
            gradient_permille,
            curve_permille: 0.0,
            speed_limit_mps: 80.0 / 3.6,
        };
        let end_m = 10_000.0 + 600e3 / row.ruling_permille;
        let climb = vec![segment(0.0, 0.0), segment(10_000.0, row.ruling_permille)];
        let run = run(&RunLine::new(climb, end_m)?, &train, &RunOptions::default())?;
        let litres =
            Fuel::of(stock, &set)?.burnt_litres(run.traction_kwh(), run.total_s() / 3600.0);
        println!(
            "{:8.0} {:8.0} {:7} {:9.0} {:10.1} {:13.0} {:16.0}",
            row.ruling_permille,
            row.load_t,
            row.most_wagons(),
            train.length_m,
            run.total_s() / 60.0,
            1e3 * litres / net_t,
            1e6 / net_t,
        );
    }
    Ok(())
}
