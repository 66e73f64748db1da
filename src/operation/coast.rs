//! A run that takes its allowance of time by coasting.

use super::ceiling::ends;
use super::cells::{Cell, cells};
use super::coast_curve::{Manner, Part, coasting, parts};
use super::drive::{CREEP_MPS, Drive};
use super::{Allowance, AllowedRun, Run, RunLine, RunOptions, Train, allowed_run};
use crate::error::{Error, Result};

/// Speeds of pulling that are tried first.
const SPEEDS: u32 = 8;

/// How often the range around the best of them is narrowed down, by golden sections.
const SECTIONS: usize = 8;

/// Chords and halvings until a speed is known.
const MOST_ROUNDS: usize = 40;

/// Trains do not coast to less, m/s.
const LEAST_MPS: f64 = 1.5 * CREEP_MPS;

/// Time left over is none if it is this share of the time.
const SPARE: f64 = 1e-8;

/// A run that uses its allowance by coasting.
#[derive(Debug, Clone, PartialEq)]
pub struct CoastedRun {
    /// The shortest run, and the one that takes the same allowance by a lower top speed.
    pub slower: AllowedRun,
    /// The run of the least work that was found: that of `slower` where coasting saves nothing.
    pub run: Run,
    /// The speed up to which it pulls; down descents it may run faster.
    pub pulls_to_mps: f64,
    /// The speed down to which it coasts before stops, limits and descents.
    pub coasts_to_mps: f64,
}

impl CoastedRun {
    /// What the allowance saves, as a share of the work of the shortest run.
    #[must_use]
    pub fn saved_ratio(&self) -> f64 {
        1.0 - self.run.traction_j / self.slower.shortest.traction_j.max(f64::MIN_POSITIVE)
    }
}

/// The run that takes its allowance by coasting: it pulls up to a speed and keeps that, but runs
/// without pull where it would gain speed by itself, and on the way to stops, limits and descents
/// down to a second speed; brakes do the rest. Of all pairs of speeds that keep the time, that with
/// the least work is sought: eight speeds of pulling and golden sections around the best, each with
/// the least speed of coasting; then the run of [`allowed_run`] is taken if it needs less.
///
/// On level track without limits this is the best that can be: pull, hold, coast, brake, with the
/// speed at which brakes take over given by the one that is held, `V - f / f'` with `f = v R(v)`
/// (Howlett and Pudney, Energy-Efficient Train Control, 1995), which the search finds by itself. On
/// a line that rises and falls it is not: the best train also gains speed before a climb, may keep
/// different distances from each descent, and gives each section between limits its own share of the
/// time; here two speeds hold for the whole line. Engines are not modelled: coasting saves work at
/// the wheels, and idling counts by time.
///
/// # Errors
/// As [`allowed_run`].
///
/// ```
/// use railcorridor::operation::{
///     Allowance, Effort, RunLine, RunOptions, RunSegment, Train, coasted_run,
/// };
///
/// // 1,000 t, 220 kN, 20 kN of resistance at any speed, up to 20 m/s, on 11,464 m of level track.
/// let train = Train {
///     name: "even".into(), mass_kg: 1e6, locomotive_kg: 1e5, rotating_mass_ratio: 1.0,
///     length_m: 100.0, resistance_n: [20e3, 0.0, 0.0], coasting_resistance_n: [20e3, 0.0, 0.0],
///     effort: Effort::limits(220e3, 1e9)?, braking_mps2: 0.5, speed_max_mps: 20.0,
///     gravity_mps2: 9.81, mass_is_at_head: false,
/// };
/// let level = RunSegment { start_m: 0.0, gradient_permille: 0.0, curve_permille: 0.0, speed_limit_mps: 30.0 };
/// let line = RunLine::new(vec![level], 11_464.0)?;
/// // The shortest run: 100 s over 1,000 m, 503.2 s at 20 m/s, 40 s over 400 m; 172.8 s more.
/// let more = Allowance::Percent { more_percent: 100.0 * 172.8 / 643.2 };
/// let coasted = coasted_run(&line, &train, &RunOptions::default(), more)?;
/// // Pulled for 100 s over 1,000 m, held for 100 s over 2,000 m, coasting for 600 s over 8,400 m
/// // from 20 to 8 m/s, braked for 16 s over 64 m: 220 kN over 1,000 m and 20 kN over 2,000 m.
/// assert!((coasted.run.running_s - 816.0).abs() < 1e-3);
/// assert!((coasted.pulls_to_mps - 20.0).abs() < 1e-9);
/// assert!((coasted.coasts_to_mps - 8.0).abs() < 1e-4);
/// assert!((coasted.run.traction_j / 260e6 - 1.0).abs() < 1e-6);
/// // Only by a lower top speed it takes more.
/// assert!(coasted.slower.run.traction_j > 320e6);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn coasted_run(
    line: &RunLine,
    train: &Train,
    options: &RunOptions,
    allowance: Allowance,
) -> Result<CoastedRun> {
    let slower = allowed_run(line, train, options, allowance)?;
    let stops: Vec<(f64, f64)> =
        options.stops.iter().map(|stop| (stop.at_m, stop.dwell_s)).collect();
    let cells = cells(line, train, &stops);
    let mut search = Search {
        line,
        train,
        options,
        ends: &ends(&cells, train.braking_mps2, options.stops_at_end),
        cells: &cells,
        most_s: allowance.most_s(&slower.shortest),
        parts: Vec::new(),
        best: CoastedRun {
            run: slower.run.clone(),
            pulls_to_mps: slower.top_speed_mps,
            coasts_to_mps: slower.top_speed_mps,
            slower,
        },
    };
    search.seek()?;
    Ok(search.best)
}

/// The search for two speeds.
struct Search<'a> {
    line: &'a RunLine,
    train: &'a Train,
    options: &'a RunOptions,
    cells: &'a [Cell],
    ends: &'a [f64],
    most_s: f64,
    /// The memory of each run for the next.
    parts: Vec<Part>,
    best: CoastedRun,
}

impl Search<'_> {
    fn seek(&mut self) -> Result<()> {
        let limits = self.cells.iter().map(|cell| cell.ceiling_m2_per_s2);
        let fastest_mps = limits.fold(0.0, f64::max).sqrt();
        if fastest_mps <= LEAST_MPS {
            return Ok(());
        }
        // With less pull than this no train keeps the time.
        let least = self.least_speed([LEAST_MPS, fastest_mps], |speed_mps| [speed_mps; 2])?;
        let Some((slowest_mps, _)) = least else { return Ok(()) };
        let at = |number: u32| {
            let share = f64::from(number) / f64::from(SPEEDS - 1);
            slowest_mps + share * (fastest_mps - slowest_mps)
        };
        let mut least = (f64::INFINITY, 0);
        for number in 0..SPEEDS {
            let work_j = self.pulling_to(at(number))?;
            if work_j < least.0 {
                least = (work_j, number);
            }
        }
        let (_, number) = least;
        self.sections([at(number.saturating_sub(1)), at((number + 1).min(SPEEDS - 1))])
    }

    /// Golden sections of a range of speeds of pulling.
    fn sections(&mut self, [mut low, mut high]: [f64; 2]) -> Result<()> {
        let part = 0.5 * (5_f64.sqrt() - 1.0);
        let [mut left, mut right] = [high - part * (high - low), low + part * (high - low)];
        let mut works_j = [self.pulling_to(left)?, self.pulling_to(right)?];
        for _ in 0..SECTIONS {
            if works_j[0] <= works_j[1] {
                (high, right) = (right, left);
                left = high - part * (high - low);
                works_j = [self.pulling_to(left)?, works_j[0]];
            } else {
                (low, left) = (left, right);
                right = low + part * (high - low);
                works_j = [works_j[1], self.pulling_to(right)?];
            }
        }
        Ok(())
    }

    /// The work of a train that pulls up to a speed and coasts as far as the time allows; endless if
    /// it does not keep the time.
    fn pulling_to(&mut self, most_mps: f64) -> Result<f64> {
        let range = [LEAST_MPS.min(most_mps), most_mps];
        let found = self.least_speed(range, |least_mps| [most_mps, least_mps])?;
        let Some((least_mps, run)) = found else { return Ok(f64::INFINITY) };
        let work_j = run.traction_j;
        if work_j < self.best.run.traction_j {
            self.best.run = run;
            self.best.pulls_to_mps = most_mps;
            self.best.coasts_to_mps = least_mps;
        }
        Ok(work_j)
    }

    /// The least of a range of speeds with which the time is kept, and its run.
    fn least_speed(
        &mut self,
        [mut slow, mut fast]: [f64; 2],
        speeds: impl Fn(f64) -> [f64; 2],
    ) -> Result<Option<(f64, Run)>> {
        let most_s = self.most_s;
        let spare_s = |run: &Option<Run>| {
            run.as_ref().map_or(f64::NEG_INFINITY, |run| most_s - run.running_s)
        };
        let last = self.run(speeds(fast))?;
        let mut spare_fast_s = spare_s(&last);
        let Some(run) = last.filter(|_| spare_fast_s >= 0.0) else { return Ok(None) };
        let mut best = (fast, run);
        let first = self.run(speeds(slow))?;
        let mut spare_slow_s = spare_s(&first);
        if let Some(run) = first.filter(|_| spare_slow_s >= 0.0) {
            return Ok(Some((slow, run)));
        }
        let mut side = 0;
        for _ in 0..MOST_ROUNDS {
            if fast - slow < 1e-9 * fast || most_s - best.1.running_s <= SPARE * most_s {
                break;
            }
            // By chords that halve the value of an end which stays too long (Illinois).
            let share = spare_fast_s / (spare_fast_s - spare_slow_s);
            let share = if spare_slow_s.is_finite() { share.clamp(0.01, 0.99) } else { 0.5 };
            let middle = fast - share * (fast - slow);
            let run = self.run(speeds(middle))?;
            let spare_s = spare_s(&run);
            if let Some(run) = run.filter(|_| spare_s >= 0.0) {
                (fast, spare_fast_s, best) = (middle, spare_s, (middle, run));
                spare_slow_s *= if side == 1 { 0.5 } else { 1.0 };
                side = 1;
            } else {
                (slow, spare_slow_s) = (middle, spare_s);
                spare_fast_s *= if side == -1 { 0.5 } else { 1.0 };
                side = -1;
            }
        }
        Ok(Some(best))
    }

    /// The run between two speeds, unless the train stalls.
    fn run(&mut self, speeds_mps: [f64; 2]) -> Result<Option<Run>> {
        let [most, least] = speeds_mps.map(|speed_mps| speed_mps * speed_mps);
        let manner = Manner { most, least };
        let motion = coasting(self.train, self.options.tolerance_ratio);
        let braking_mps2 = self.train.braking_mps2;
        parts(self.cells, self.ends, braking_mps2, &motion, manner, &mut self.parts);
        let drive = Drive::new(self.line, self.train, self.options, self.parts.len());
        match drive.run_parts(&self.parts, &motion, manner) {
            Ok(run) => Ok(Some(run)),
            Err(Error::Stalled(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
