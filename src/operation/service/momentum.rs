//! Loads that pass by simply running the train: short steep places are taken with the speed that it
//! brings.

use serde::Serialize;

use super::consist::{Consist, MOST_WAGONS, most_in_loop, most_passing};
use super::{ServiceChoice, ServiceLine};
use crate::error::{Error, Result};
use crate::operation::cells::cells;
use crate::operation::{Run, RunLine, RunOptions, Train, run};

/// A load over a line, by its ruling gradient and by running.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MomentumLoad {
    /// Wagons that locomotives keep going at their continuous speed, and start, on the ruling
    /// gradient.
    pub ruling_wagons: u32,
    /// Those with what they carry.
    pub ruling_gross_t: f64,
    /// Wagons that get over the line by running it.
    pub wagons: u32,
    /// Those with what they carry.
    pub gross_t: f64,
    /// The steepest mean of gradient and curves under that train.
    pub steepest_permille: f64,
    /// The slowest that it gets where locomotives could not keep up their continuous speed; none if
    /// there is no such place.
    pub slowest_kmh: Option<f64>,
    /// Where.
    pub slowest_m: Option<f64>,
    /// Where a train of one more wagon falls below the continuous speed; none if no train is longer.
    pub decides_m: Option<f64>,
    /// Wagons that the loops hold.
    pub wagons_in_loop: u32,
}

/// What trains get over a line by running it, towards its end and back.
///
/// A train passes if it runs from end to end without a stop, and wherever the line under it asks for
/// more than its locomotives keep up, it is faster than their continuous speed: it may lose speed
/// there, not so much that motors are overloaded or that it stalls. So no more than on the
/// ruling gradient is asked of motors, and momentum does the rest; a train that is made to stop
/// before such a place does not pass it. Loops limit neither figure.
///
/// # Errors
/// Those of [`line_service`](super::line_service), but for stalls.
///
/// ```
/// use railcorridor::model::RollingStock;
/// use railcorridor::operation::service::{
///     ServiceChoice, ServiceLine, ServicePlace, momentum_loads,
/// };
/// use railcorridor::operation::{RunLine, RunSegment};
///
/// // 20 km of level, a kilometre and a half of 14 permille, 20 km of level.
/// let segment = |start_m, gradient_permille| RunSegment {
///     start_m, gradient_permille, curve_permille: 0.0, speed_limit_mps: 80.0 / 3.6,
/// };
/// let segments = vec![segment(0.0, 0.0), segment(20e3, 14.0), segment(21.5e3, 0.0)];
/// let place = |at_m| ServicePlace { name: None, at_m };
/// let line = ServiceLine {
///     id: "ramp".into(),
///     free: RunLine::new(segments, 41.5e3)?,
///     limits: Vec::new(),
///     places: [0.0, 41.5e3].map(place).to_vec(),
/// };
/// let choice = ServiceChoice::of_train(RollingStock::builtin(), "2te25km-gondola")?;
/// let [there, back] = momentum_loads(&line, &choice)?;
/// // 4,095 t on 14 permille are 43 wagons of 94 t; at 80 km/h half of v^2 / g lifts it by 25 m, more
/// // than the 21 m of the ramp.
/// assert_eq!(there.ruling_wagons, 43);
/// assert!(there.wagons > 60 && there.slowest_kmh.is_some_and(|kmh| kmh >= 23.6));
/// assert!(there.decides_m.is_some_and(|at_m| at_m > 21e3 && at_m < 25e3));
/// assert!(back.wagons > there.wagons); // downhill
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn momentum_loads(line: &ServiceLine, choice: &ServiceChoice<'_>) -> Result<[MomentumLoad; 2]> {
    choice.check()?;
    line.sections()?;
    let there = line.run_line()?;
    let back = there.reversed();
    let [ratio_there, ratio_back] = choice.load_ratio;
    Ok([momentum_load(&there, choice, ratio_there)?, momentum_load(&back, choice, ratio_back)?])
}

fn momentum_load(
    line: &RunLine,
    choice: &ServiceChoice<'_>,
    load_ratio: f64,
) -> Result<MomentumLoad> {
    let tried = |wagons: u32| {
        let consist = Consist::new(choice, line, wagons, load_ratio)?;
        let passed = passed(line, &consist.train, choice)?;
        Ok::<_, Error>((consist, passed))
    };
    // The longest train that passes, between one that does and one that does not.
    let (mut wagons, mut fails) = (0, MOST_WAGONS + 1);
    let (mut best, mut best_passed) = tried(0)?;
    let mut decides_m = None;
    while fails - wagons > 1 {
        let middle = wagons + (fails - wagons) / 2;
        match tried(middle)? {
            (consist, passed @ Passed::With(_)) => {
                (wagons, best, best_passed) = (middle, consist, passed);
            }
            (_, Passed::Not { at_m }) => (fails, decides_m) = (middle, Some(at_m)),
        }
    }
    let ruling_wagons = most_passing(choice, line, wagons, load_ratio)?;
    let ruling = Consist::new(choice, line, ruling_wagons, load_ratio)?;
    let slowest = match best_passed {
        Passed::With(slowest) => slowest,
        Passed::Not { .. } => None,
    };
    Ok(MomentumLoad {
        ruling_wagons,
        ruling_gross_t: ruling.gross_t,
        wagons,
        gross_t: best.gross_t,
        steepest_permille: best.ruling_permille,
        slowest_kmh: slowest.map(|slowest| 3.6 * slowest.speed_mps),
        slowest_m: slowest.map(|slowest| slowest.at_m),
        decides_m,
        wagons_in_loop: most_in_loop(choice)?,
    })
}

/// The slowest of a train where its locomotives could not keep their continuous speed.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Slowest {
    speed_mps: f64,
    at_m: f64,
}

/// How a train gets over a line.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Passed {
    With(Option<Slowest>),
    Not { at_m: f64 },
}

fn passed(line: &RunLine, train: &Train, choice: &ServiceChoice<'_>) -> Result<Passed> {
    match run(line, train, &RunOptions::default()) {
        Ok(run) => by_speeds(line, train, choice, &run),
        Err(Error::Stalled(stall)) => Ok(Passed::Not { at_m: stall.at_m }),
        Err(error) => Err(error),
    }
}

/// Places of the run where the line asks for more than the pull that is kept up.
fn by_speeds(
    line: &RunLine,
    train: &Train,
    choice: &ServiceChoice<'_>,
    run: &Run,
) -> Result<Passed> {
    let straight = choice.pulling(f64::INFINITY)?;
    let kept_mps = straight.speed_kmh / 3.6;
    let rolling_n = train.rolling_n(kept_mps);
    let mut slowest: Option<Slowest> = None;
    let mut points = run.points.iter().peekable();
    for cell in cells(line, train, &[]) {
        let pulling = match cell.grip {
            0 => straight,
            _ => choice.pulling(line.radius_m(0.5 * (cell.from_m + cell.to_m)))?,
        };
        let spare_n = 1e3 * pulling.force_kn - rolling_n;
        while let Some(point) = points.next_if(|point| point.distance_m <= cell.to_m) {
            let (speed_mps, at_m) = (point.speed_mps, point.distance_m);
            let is_steep = cell.force_at(at_m) > spare_n * (1.0 + 1e-9);
            if is_steep && speed_mps < kept_mps * (1.0 - 1e-9) {
                return Ok(Passed::Not { at_m });
            }
            if is_steep && slowest.is_none_or(|slowest| speed_mps < slowest.speed_mps) {
                slowest = Some(Slowest { speed_mps, at_m });
            }
        }
    }
    Ok(Passed::With(slowest))
}
