//! More time than the shortest, and what it saves; fuel.

use super::{Run, RunLine, RunOptions, Train, run};
use crate::error::{Error, Result, within};
use crate::model::{RollingStock, TrainSet};

/// By how much a run may take longer than the shortest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Allowance {
    /// So many percent of the shortest time.
    Percent {
        /// The share.
        more_percent: f64,
    },
    /// So many minutes for each 100 km.
    MinutesPer100Km {
        /// The minutes.
        more_min: f64,
    },
}

impl Allowance {
    /// The time that a run may take, with that of the shortest.
    pub(super) fn most_s(&self, shortest: &Run) -> f64 {
        shortest.running_s
            + match self {
                Self::Percent { more_percent } => shortest.running_s * more_percent / 100.0,
                Self::MinutesPer100Km { more_min } => 60.0 * more_min * shortest.length_m / 1e5,
            }
    }
}

/// A run that uses its allowance to save work.
#[derive(Debug, Clone, PartialEq)]
pub struct AllowedRun {
    /// The shortest run.
    pub shortest: Run,
    /// The run with the allowance, not faster than the top speed below.
    pub run: Run,
    /// The top speed that it keeps.
    pub top_speed_mps: f64,
}

impl AllowedRun {
    /// What the allowance saves, as a share of the work of the shortest run.
    #[must_use]
    pub fn saved_ratio(&self) -> f64 {
        1.0 - self.run.traction_j / self.shortest.traction_j.max(f64::MIN_POSITIVE)
    }
}

/// The run that takes its allowance by a lower top speed over the whole line: the lowest speed with
/// which the time is kept. Where a train that enters a climb so slowly would stall, the top speed
/// stays above that.
///
/// # Errors
/// As [`run`], and [`Error::OutOfRange`] if the allowance is below 0 or no number.
///
/// ```
/// use railcorridor::model::{Rails, RollingStock};
/// use railcorridor::operation::{Allowance, RunLine, RunOptions, RunSegment, Train, allowed_run};
///
/// let level = RunSegment {
///     start_m: 0.0, gradient_permille: 0.0, curve_permille: 0.0, speed_limit_mps: 25.0,
/// };
/// let line = RunLine::new(vec![level], 100_000.0)?;
/// let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded)?;
/// let more = Allowance::Percent { more_percent: 10.0 };
/// let allowed = allowed_run(&line, &train, &RunOptions::default(), more)?;
/// let longer = allowed.run.running_s / allowed.shortest.running_s;
/// assert!(longer <= 1.1 && longer > 1.0999);
/// assert!(allowed.saved_ratio() > 0.1 && allowed.saved_ratio() < 0.3);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn allowed_run(
    line: &RunLine,
    train: &Train,
    options: &RunOptions,
    allowance: Allowance,
) -> Result<AllowedRun> {
    let shortest = run(line, train, options)?;
    let most_s = allowance.most_s(&shortest);
    let hint = "give percent, or minutes for 100 km, from 0 on";
    let more_s = most_s - shortest.running_s;
    within(|| "allowance of a run, s".to_owned(), more_s, (0.0, 1e9), hint)?;
    let at = |speed_mps: f64| {
        let slower = Train { speed_max_mps: speed_mps, ..train.clone() };
        match run(line, &slower, options) {
            Ok(run) => Ok(Some(run).filter(|run| run.running_s <= most_s)),
            Err(Error::Stalled(_)) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let mut best = (train.speed_max_mps, shortest.clone());
    let (mut slow, mut fast) = (0.01, train.speed_max_mps);
    for _ in 0..60 {
        if fast - slow < 1e-6 {
            break;
        }
        let middle = 0.5 * (slow + fast);
        match at(middle)? {
            Some(run) => (fast, best) = (middle, (middle, run)),
            None => slow = middle,
        }
    }
    let (top_speed_mps, run) = best;
    Ok(AllowedRun { shortest, run, top_speed_mps })
}

/// What locomotives burn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fuel {
    /// For a kilowatt-hour at the wheels: the efficiency of engine and drive is in it.
    pub litres_per_kwh: f64,
    /// All engines together, for each hour of the run and its stops.
    pub idle_litres_per_h: f64,
}

impl Fuel {
    /// That of a train; of several kinds the mean by their power.
    ///
    /// # Errors
    /// [`Error::Unknown`] if a locomotive is not in the file.
    pub fn of(stock: &RollingStock, set: &TrainSet) -> Result<Self> {
        let (mut kw, mut by_kw, mut idle) = (0.0, 0.0, 0.0);
        for group in &set.locomotives {
            let locomotive = stock.locomotive(&group.id)?;
            let count = f64::from(group.count);
            let group_kw = count * locomotive.wheel_kw();
            kw += group_kw;
            by_kw += group_kw * locomotive.fuel_litres_per_kwh.value;
            idle += count * locomotive.idle_litres_per_h.value;
        }
        let litres_per_kwh = if kw > 0.0 { by_kw / kw } else { 0.0 };
        Ok(Self { litres_per_kwh, idle_litres_per_h: idle })
    }

    /// What a run burns.
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    /// use railcorridor::operation::Fuel;
    ///
    /// let stock = RollingStock::builtin();
    /// let fuel = Fuel::of(stock, stock.train("te33a-gondola")?)?;
    /// assert_eq!(fuel.burnt_litres(1000.0, 2.0), 310.0 + 30.0); // 1,000 kWh in two hours
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn burnt_litres(&self, wheel_kwh: f64, total_h: f64) -> f64 {
        self.litres_per_kwh * wheel_kwh + self.idle_litres_per_h * total_h
    }
}
