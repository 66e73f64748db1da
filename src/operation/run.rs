//! The shortest time in which a train runs over a line, with its energy.

use serde::Serialize;

use super::ceiling::ends;
use super::cells::cells;
use super::drive::Drive;
use super::{RunLine, Train};
use crate::error::{Result, within};

/// A stop between the ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunStop {
    /// Where the head stops.
    pub at_m: f64,
    /// How long it stands.
    pub dwell_s: f64,
}

/// How a run is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct RunOptions {
    /// Stops between the ends, in order.
    pub stops: Vec<RunStop>,
    /// Speed at the beginning.
    pub start_mps: f64,
    /// Whether the train stops at the end.
    pub stops_at_end: bool,
    /// How large the last terms of the series of a step may be, as shares of the square of the
    /// speed and of the time.
    pub tolerance_ratio: f64,
}

impl Default for RunOptions {
    /// From rest to rest without stops between. The tolerance leaves errors of time and work some
    /// fifty times smaller.
    fn default() -> Self {
        Self { stops: Vec::new(), start_mps: 0.0, stops_at_end: true, tolerance_ratio: 1e-7 }
    }
}

/// What a train does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// All the pull that it has, below the speed that it may have.
    Pulling,
    /// It keeps the speed that it may have, pulled or braked.
    Holding,
    /// It runs without pull and without brakes.
    Coasting,
    /// It brakes for a limit or a stop ahead.
    Braking,
    /// It stands.
    Standing,
}

/// A place of a run; between two of them the regime is that of the second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RunPoint {
    /// Where the head is.
    pub distance_m: f64,
    /// How fast.
    pub speed_mps: f64,
    /// Since the beginning, stops included.
    pub time_s: f64,
    /// The work of the pull since the beginning.
    pub traction_j: f64,
    /// What the train did on the way here.
    pub regime: Regime,
}

/// A run of a train over a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// From the beginning to the end, without standing at stops.
    pub running_s: f64,
    /// Standing at stops.
    pub dwell_s: f64,
    /// The work of the pull, at the wheels.
    pub traction_j: f64,
    /// What the brakes turn to heat.
    pub braking_j: f64,
    /// The work against rolling resistance.
    pub rolling_j: f64,
    /// The work against gradients and curves; below 0 if the line falls.
    pub gradient_j: f64,
    /// What the train's motion holds at the end more than at the beginning.
    pub kinetic_j: f64,
    /// How far it ran.
    pub length_m: f64,
    /// The train.
    pub mass_kg: f64,
    /// Steps of the integration.
    pub steps: usize,
    /// The run by places, in order.
    pub points: Vec<RunPoint>,
}

impl Run {
    /// Running and standing.
    #[must_use]
    pub fn total_s(&self) -> f64 {
        self.running_s + self.dwell_s
    }

    /// The work of the pull.
    #[must_use]
    pub fn traction_kwh(&self) -> f64 {
        self.traction_j / 3.6e6
    }

    /// The same for ten thousand tonnes over a kilometre, locomotive included.
    #[must_use]
    pub fn traction_kwh_per_10kt_km(&self) -> f64 {
        let ten_kt_km = self.mass_kg / 1e7 * self.length_m / 1e3;
        self.traction_kwh() / ten_kt_km
    }

    /// By how much the energies do not add up, as a share of the work of the pull.
    #[must_use]
    pub fn imbalance_ratio(&self) -> f64 {
        let spent_j = self.braking_j + self.rolling_j + self.gradient_j + self.kinetic_j;
        let most_j = self.traction_j.abs().max(self.braking_j).max(self.gradient_j.abs());
        if most_j > 0.0 { (self.traction_j - spent_j) / most_j } else { 0.0 }
    }
}

/// The run in the shortest time: all the pull below the speed that the train may have, that speed
/// where it can be kept, braking as late as can be.
///
/// `m f dv/dt = F(v) - R(v) - G(s)`, with G the mean of gradients and curves under the train; in
/// the square of the speed by distance below the limits (its power series, as long and as high as
/// the tolerance asks for, each cut where a limit is met or the pull's law changes), in closed forms
/// on them, by time near rest. The head stops at the end.
///
/// # Errors
/// [`Error::Stalled`](crate::Error::Stalled) where the train cannot go on, with what it lacks;
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if a number of the train or the options is none.
///
/// ```
/// use railcorridor::operation::{Effort, RunLine, RunOptions, RunSegment, Train, run};
///
/// // 1,000 t without resistance, 200 kN, up to 20 m/s: 0.2 m/s2 over 1 km and 100 s, then 3 km at
/// // 20 m/s, then 0.5 m/s2 over 400 m and 40 s.
/// let train = Train {
///     name: "even".into(), mass_kg: 1e6, locomotive_kg: 1e5, rotating_mass_ratio: 1.0,
///     length_m: 100.0, resistance_n: [0.0; 3], coasting_resistance_n: [0.0; 3],
///     effort: Effort::limits(200e3, 1e9)?, braking_mps2: 0.5, speed_max_mps: 20.0,
///     gravity_mps2: 9.81, mass_is_at_head: false,
/// };
/// let level = RunSegment { start_m: 0.0, gradient_permille: 0.0, curve_permille: 0.0, speed_limit_mps: 30.0 };
/// let run = run(&RunLine::new(vec![level], 4400.0)?, &train, &RunOptions::default())?;
/// assert!((run.running_s / (100.0 + 150.0 + 40.0) - 1.0).abs() < 1e-7);
/// assert!((run.traction_j / 200e6 - 1.0).abs() < 1e-8); // 200 kN over 1 km
/// assert!((run.braking_j / 200e6 - 1.0).abs() < 1e-8); // all of it
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn run(line: &RunLine, train: &Train, options: &RunOptions) -> Result<Run> {
    train.check()?;
    check(line, options)?;
    let stops: Vec<(f64, f64)> =
        options.stops.iter().map(|stop| (stop.at_m, stop.dwell_s)).collect();
    let cells = cells(line, train, &stops);
    let ends = ends(&cells, train.braking_mps2, options.stops_at_end);
    Drive::new(line, train, options, cells.len()).run(&cells, &ends)
}

fn check(line: &RunLine, options: &RunOptions) -> Result<()> {
    let hint = "between 1e-12 and 0.001; 1e-7 is the usual one";
    let item = || "tolerance_ratio of a run".to_owned();
    within(item, options.tolerance_ratio, (1e-13, 1e-3), hint)?;
    let hint = "give metres a second, 0 for a train that stands";
    within(|| "start_mps of a run".to_owned(), options.start_mps, (0.0, 500.0), hint)?;
    let mut least_m = line.start_m().next_up();
    for (number, stop) in options.stops.iter().enumerate() {
        let hint = "stops lie between the ends, in order";
        let item = || format!("at_m of stop {number}");
        within(item, stop.at_m, (least_m, line.end_m().next_down()), hint)?;
        let item = || format!("dwell_s of stop {number}");
        within(item, stop.dwell_s, (0.0, 1e7), "give seconds")?;
        least_m = stop.at_m + 0.01;
    }
    Ok(())
}
