//! A train on its way: which law holds at each place, and what it costs in time and work.

use super::below::SLACK;
use super::cells::Cell;
use super::effort::Pull;
use super::run::{Regime, Run, RunOptions, RunPoint};
use super::series_law::Motion;
use super::{RunLine, Train};
use crate::error::{Error, Result};

/// Below this speed the distance is too coarse a measure, and time is taken.
pub(super) const CREEP_MPS: f64 = 2.0;

/// A train this close to the speed that it may have, has it.
pub(super) const ON_CEILING: f64 = 1e-12;

/// A train on its way.
pub(super) struct Drive<'a> {
    pub line: &'a RunLine,
    pub train: &'a Train,
    pub options: &'a RunOptions,
    /// Mass with what turning wheels add.
    pub inert_kg: f64,
    /// What its steps below the limits take from all this.
    pub motion: Motion,
    /// Where the head is.
    pub at_m: f64,
    /// The square of the speed, and the speed.
    pub(super) square: f64,
    pub speed_mps: f64,
    pub time_s: f64,
    pub dwell_s: f64,
    pub traction_j: f64,
    pub braking_j: f64,
    pub rolling_j: f64,
    pub gradient_j: f64,
    /// The law of the pull used last, and where it holds.
    law: Pull,
    law_grip: usize,
    pub steps: usize,
    /// Where the train began to lose speed for the last time, and its square there.
    pub(super) losing_from: Option<(f64, f64)>,
    pub points: Vec<RunPoint>,
}

impl<'a> Drive<'a> {
    pub fn new(line: &'a RunLine, train: &'a Train, options: &'a RunOptions, cells: usize) -> Self {
        let inert_kg = train.mass_kg * train.rotating_mass_ratio;
        let motion = Motion {
            twice_inverse_per_kg: 2.0 / inert_kg,
            resistance_n: train.resistance_n,
            tolerance_ratio: options.tolerance_ratio,
        };
        Self {
            line,
            train,
            options,
            inert_kg,
            motion,
            at_m: line.start_m(),
            square: options.start_mps * options.start_mps,
            speed_mps: options.start_mps,
            time_s: 0.0,
            dwell_s: 0.0,
            traction_j: 0.0,
            braking_j: 0.0,
            rolling_j: 0.0,
            gradient_j: 0.0,
            law: train.effort.pull(0.0),
            law_grip: 0,
            steps: 0,
            losing_from: None,
            points: Vec::with_capacity(cells + cells / 8 + 8),
        }
    }

    /// From the beginning to the end, through cells with the squares of the speeds at their ends.
    pub(super) fn run(mut self, cells: &[Cell], ends: &[f64]) -> Result<Run> {
        self.note(Regime::Standing);
        let mut start_square = None;
        for (cell, end) in cells.iter().zip(ends) {
            let braked = cell.braked(*end, self.train.braking_mps2);
            if start_square.is_none() {
                let first = braked.filter(|part| part.from_m <= cell.from_m).unwrap_or(*cell);
                self.set_square(self.square.min(first.ceiling_m2_per_s2));
                start_square = Some(self.square);
            }
            match braked {
                None => self.cell(cell)?,
                Some(part) if part.from_m <= cell.from_m => self.cell(&part)?,
                Some(part) => {
                    self.cell(&Cell { to_m: part.from_m, ..*cell })?;
                    self.cell(&part)?;
                }
            }
            if let Some(stop_s) = cell.stop_s {
                self.stand(stop_s);
            }
        }
        Ok(self.done(start_square.unwrap_or_default()))
    }

    /// At a stop.
    pub(super) fn stand(&mut self, stop_s: f64) {
        self.rest();
        self.dwell_s += stop_s;
        self.time_s += stop_s;
        self.note(Regime::Standing);
    }

    /// The run, at the end of the line.
    pub(super) fn done(mut self, start_square: f64) -> Run {
        if self.options.stops_at_end {
            self.rest();
        }
        Run {
            running_s: self.time_s - self.dwell_s,
            dwell_s: self.dwell_s,
            traction_j: self.traction_j,
            braking_j: self.braking_j,
            rolling_j: self.rolling_j,
            gradient_j: self.gradient_j,
            kinetic_j: 0.5 * self.inert_kg * (self.square - start_square),
            length_m: self.line.length_m(),
            mass_kg: self.train.mass_kg,
            steps: self.steps,
            points: self.points,
        }
    }

    #[inline]
    pub(super) fn set_square(&mut self, square: f64) {
        self.square = square;
        self.speed_mps = square.sqrt();
    }

    /// Stands, where rounding has left less than a walk.
    fn rest(&mut self) {
        self.set_square(0.0);
        if let Some(last) = self.points.last_mut() {
            last.speed_mps = 0.0;
        }
    }

    /// To the end of a cell.
    fn cell(&mut self, cell: &Cell) -> Result<()> {
        self.at_m = cell.from_m;
        let most_rounds = self.steps + 100_000;
        while self.at_m < cell.to_m {
            if self.steps > most_rounds {
                return Err(self.stuck());
            }
            self.steps += 1;
            let ceiling = cell.ceiling_at(self.at_m);
            if self.square >= ceiling * (1.0 - ON_CEILING) && ceiling > 0.0 {
                if self.square != ceiling {
                    self.set_square(ceiling);
                }
                let kept_m = self.kept_until(cell);
                if kept_m > self.at_m {
                    self.losing_from = None;
                    self.keep(cell, kept_m);
                    continue;
                }
            }
            if self.square < CREEP_MPS * CREEP_MPS {
                self.creep(cell)?;
            } else {
                self.below(cell);
            }
        }
        Ok(())
    }

    /// The law of the pull at the speed; where two meet, that of the speeds to come.
    pub fn pull(&mut self, cell: &Cell) -> Pull {
        let speed_mps = self.speed_mps;
        let [slower, faster] = [speed_mps * (1.0 - SLACK), speed_mps * (1.0 + SLACK)];
        let is_same = self.law_grip == cell.grip;
        if is_same && self.law.from_mps < slower && faster < self.law.to_mps {
            return self.law;
        }
        self.law_grip = cell.grip;
        let pull = self.train.effort.pull_on(cell.grip, faster);
        let gains = || {
            let spare_n = pull.at_any(speed_mps) - self.train.rolling_n(speed_mps);
            spare_n >= cell.force_at(self.at_m)
        };
        let is_inside = pull.from_mps < slower || speed_mps == 0.0;
        let below = || self.train.effort.pull_below(cell.grip, slower);
        self.law = if is_inside || gains() { pull } else { below() };
        self.law
    }

    /// The work against gradients on the way to a place of the same cell; goes there.
    pub fn go_to(&mut self, cell: &Cell, to_m: f64) {
        let middle_m = 0.5 * (self.at_m + to_m);
        self.gradient_j += cell.force_at(middle_m) * (to_m - self.at_m);
        self.at_m = to_m;
    }

    /// Keeps in mind since where the train has been losing speed.
    pub(super) fn watch(&mut self, from: (f64, f64)) {
        if self.square >= from.1 {
            self.losing_from = None;
        } else if self.losing_from.is_none() {
            self.losing_from = Some(from);
        }
    }

    pub fn note(&mut self, regime: Regime) {
        self.points.push(RunPoint {
            distance_m: self.at_m,
            speed_mps: self.speed_mps,
            time_s: self.time_s,
            traction_j: self.traction_j,
            regime,
        });
    }

    pub(super) fn stuck(&self) -> Error {
        Error::Limit {
            item: format!("run of {} at km {:.3}", self.train.name, self.at_m / 1e3),
            needed: "more than 100000 steps on one stretch".to_owned(),
            limit: "100000".to_owned(),
            hint: "give a wider tolerance_ratio".to_owned(),
        }
    }

    /// The train cannot go on here.
    pub fn stalled(&self, cell: &Cell) -> Error {
        let (entry_m, entry_square) = self.losing_from.unwrap_or((self.at_m, self.square));
        let train = self.train;
        let available_n = train.effort.pull_on(cell.grip, 0.0).at_any(0.0);
        let rolling_n = train.rolling_n(0.0);
        let force_n = cell.force_at(self.at_m);
        // What the line under the train asks for, its curves apart.
        let tail_m = if train.mass_is_at_head { self.at_m } else { self.at_m - train.length_m };
        let curve_permille = self.mean_curve_permille(tail_m);
        let resistance_permille = force_n / train.gradient_n(1.0);
        // A lighter train of the same make rolls in proportion.
        let needed_n = force_n + rolling_n;
        let passes_t = train.mass_kg / 1e3 * available_n / needed_n;
        Error::Stalled(Box::new(crate::error::Stall {
            train: train.name.clone(),
            at_m: self.at_m,
            needed_n,
            available_n,
            gradient_permille: resistance_permille - curve_permille,
            curve_permille,
            entry_m,
            entry_mps: entry_square.sqrt(),
            mass_t: train.mass_kg / 1e3,
            load_t: (train.mass_kg - train.locomotive_kg) / 1e3,
            holding_load_t: (passes_t - train.locomotive_kg / 1e3).max(0.0),
        }))
    }

    /// The mean of the curves between a place and the head.
    fn mean_curve_permille(&self, tail_m: f64) -> f64 {
        if !(self.at_m > tail_m) {
            return self.line.at(self.at_m).map_or(0.0, |segment| segment.curve_permille);
        }
        let first_m = self.line.start_m();
        let spans = self.line.spans().map(|(segment, to_m)| {
            let is_first = segment.start_m <= first_m;
            let from_m = if is_first { f64::NEG_INFINITY } else { segment.start_m };
            let inside_m = (to_m.min(self.at_m) - from_m.max(tail_m)).max(0.0);
            segment.curve_permille * inside_m
        });
        spans.sum::<f64>() / (self.at_m - tail_m)
    }
}
