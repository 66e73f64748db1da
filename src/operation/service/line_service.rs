//! A train on a line, both ways, and what so many of them carry.

use serde::Serialize;

use super::consist::{Consist, LoadLimit, most_wagons};
use super::stations::{Way, track_line, train_class};
use super::{ServiceChoice, ServiceLine};
use crate::error::Result;
use crate::operation::traffic::{
    LineCapacity, LoadBasis, TrackLine, TrainClass, YearLoad, line_capacity, year_load,
};
use crate::operation::{Fuel, Run, RunLine, RunOptions, Train, run};

/// One way of a train over a line.
#[derive(Debug, Clone)]
pub struct WayService {
    /// The line in the direction of the way.
    pub run_line: RunLine,
    /// The train.
    pub train: Train,
    /// What its wagons weigh with what they carry.
    pub gross_t: f64,
    /// What they carry.
    pub net_t: f64,
    /// The steepest mean of gradient and curves that the train has under it anywhere.
    pub ruling_permille: f64,
    /// What its locomotives pull there, rounded down to 50 t.
    pub load_t: f64,
    /// Its run without a stop.
    pub run: Run,
    /// What it burns.
    pub fuel_litres: f64,
}

impl WayService {
    /// From end to end, kilometres an hour.
    #[must_use]
    pub fn mean_kmh(&self) -> f64 {
        3.6 * self.run.length_m / self.run.total_s().max(f64::MIN_POSITIVE)
    }

    fn seen(&self) -> Way<'_> {
        Way { run_line: &self.run_line, train: &self.train, run: &self.run }
    }

    /// What a thousand tonnes of freight take on the line; none of an empty train.
    #[must_use]
    pub fn fuel_litres_per_kt(&self) -> Option<f64> {
        (self.net_t > 0.0).then(|| 1e3 * self.fuel_litres / self.net_t)
    }
}

/// What a line does for a train.
#[derive(Debug, Clone)]
pub struct LineService {
    /// Id of the segment, or `corridor`.
    pub id: String,
    /// Length of the line.
    pub length_m: f64,
    /// Wagons of the train.
    pub wagons: u32,
    /// Why no more.
    pub limit: LoadLimit,
    /// There and back.
    pub ways: [WayService; 2],
    /// Its stations.
    pub track_line: TrackLine,
    /// The train as traffic sees it: running times over sections, what stops add.
    pub class: TrainClass,
    /// Pairs of such trains that fit on a day, with the sections.
    pub capacity: LineCapacity,
    /// What they carry in a year.
    pub year: YearLoad,
}

/// Figures of a service without its runs.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceFigures {
    /// Pairs of trains a day.
    pub pairs_per_day: f64,
    /// Both ways.
    pub both_mt_per_year: f64,
    /// A thousand tonnes of freight over the line, both ways together.
    pub fuel_litres_per_kt: Option<f64>,
}

impl LineService {
    /// What a choice between lines turns on.
    #[must_use]
    pub fn figures(&self) -> ServiceFigures {
        let net_t: f64 = self.ways.iter().map(|way| way.net_t).sum();
        let litres: f64 = self.ways.iter().map(|way| way.fuel_litres).sum();
        ServiceFigures {
            pairs_per_day: self.capacity.pairs_per_day,
            both_mt_per_year: self.year.both_mt_per_year(),
            fuel_litres_per_kt: (net_t > 0.0).then(|| 1e3 * litres / net_t),
        }
    }
}

/// Puts the train of a choice on a line: as long as loops and gradients allow, both ways without a
/// stop in the shortest time; then how many pairs of such trains fit on a day, and what they carry.
///
/// Whole pairs a day are what the year counts with ([`LineCapacity::whole_pairs`]).
///
/// # Errors
/// [`Error::Stalled`](crate::Error::Stalled) if a chosen train does not get over the line
/// ([`stall_finding`](super::stall_finding) says it to a reader), [`Error::Traffic`] if the line has
/// no sections or the train does not fit it, [`Error::Unknown`] and [`Error::OutOfRange`] for what
/// the choice names and numbers.
///
/// [`Error::Traffic`]: crate::Error::Traffic
/// [`Error::Unknown`]: crate::Error::Unknown
/// [`Error::OutOfRange`]: crate::Error::OutOfRange
///
/// ```
/// use railcorridor::model::RollingStock;
/// use railcorridor::operation::service::{
///     LoadLimit, ServiceChoice, ServiceLine, ServicePlace, line_service,
/// };
/// use railcorridor::operation::{RunLine, RunSegment};
///
/// // 60 km of 12 permille up, loops at every 20 km.
/// let climb = RunSegment {
///     start_m: 0.0, gradient_permille: 12.0, curve_permille: 0.0, speed_limit_mps: 80.0 / 3.6,
/// };
/// let place = |at_m| ServicePlace { name: None, at_m };
/// let line = ServiceLine {
///     id: "pass".into(),
///     free: RunLine::new(vec![climb], 60e3)?,
///     limits: Vec::new(),
///     places: [0.0, 20e3, 40e3, 60e3].map(place).to_vec(),
/// };
/// let choice = ServiceChoice::of_train(RollingStock::builtin(), "2te25km-gondola")?;
/// let service = line_service(&line, &choice)?;
/// // 4,761 t on jointed rails, a little more on welded ones: 50 wagons of 94 t.
/// assert_eq!((service.wagons, service.limit), (50, LoadLimit::There));
/// let [up, down] = &service.ways;
/// assert!((up.mean_kmh() - 24.5).abs() < 1.0 && down.mean_kmh() > 70.0);
/// assert_eq!(up.net_t, 3500.0);
/// // 49 minutes up, 15 down, and what stops, starts on the climb and clearing stations take.
/// assert_eq!(service.capacity.whole_pairs(), 16);
/// assert!((service.year.both_mt_per_year() - 16.0 * 365.0 * 7e-3).abs() < 1e-9);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn line_service(line: &ServiceLine, choice: &ServiceChoice<'_>) -> Result<LineService> {
    choice.check()?;
    line.sections()?;
    let there = line.run_line()?;
    let back = there.reversed();
    let (wagons, limit) = most_wagons(choice, [&there, &back])?;
    let [ratio_there, ratio_back] = choice.load_ratio;
    let ways = [way(choice, there, wagons, ratio_there)?, way(choice, back, wagons, ratio_back)?];
    let track_line = track_line(line, choice)?;
    let [up, down] = &ways;
    let length_m = up.train.length_m.max(down.train.length_m);
    let class = train_class(&up.train.name, line, length_m, [up.seen(), down.seen()])?;
    let capacity = line_capacity(&track_line, &class, &choice.day)?;
    let basis = LoadBasis {
        increasing_net_t: up.net_t,
        decreasing_net_t: down.net_t,
        path_use_share: choice.path_use_share,
        days_per_year: choice.days_per_year,
    };
    let year = year_load(f64::from(capacity.whole_pairs()), &basis)?;
    Ok(LineService {
        id: line.id.clone(),
        length_m: line.length_m(),
        wagons,
        limit,
        ways,
        track_line,
        class,
        capacity,
        year,
    })
}

fn way(
    choice: &ServiceChoice<'_>,
    run_line: RunLine,
    wagons: u32,
    load_ratio: f64,
) -> Result<WayService> {
    let consist = Consist::new(choice, &run_line, wagons, load_ratio)?;
    let run = run(&run_line, &consist.train, &RunOptions::default())?;
    let fuel = Fuel::of(choice.stock, &choice.set)?;
    Ok(WayService {
        fuel_litres: fuel.burnt_litres(run.traction_kwh(), run.total_s() / 3600.0),
        load_t: consist.load.load_t(),
        ruling_permille: consist.ruling_permille,
        gross_t: consist.gross_t,
        net_t: consist.net_t,
        train: consist.train,
        run_line,
        run,
    })
}
