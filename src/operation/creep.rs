//! A train near rest: steps by time, since distance tells too little of it.

use super::below::SLACK;
use super::cells::Cell;
use super::drive::{CREEP_MPS, Drive};
use super::effort::Pull;
use super::root::first_crossing;
use super::run::Regime;
use crate::error::Result;

/// No step is longer, so that no limit is passed and kept again within one.
const MOST_S: f64 = 5.0;

/// Errors count against this speed at least.
const LEAST_MPS: f64 = 0.1;

/// What each stage takes from those before it.
const STAGES: [[f64; 5]; 5] = [
    [0.2, 0.0, 0.0, 0.0, 0.0],
    [3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0],
    [44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0],
    [19_372.0 / 6561.0, -25_360.0 / 2187.0, 64_448.0 / 6561.0, -212.0 / 729.0, 0.0],
    [9017.0 / 3168.0, -355.0 / 33.0, 46_732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18_656.0],
];

/// What the whole step takes from its stages.
const WHOLE: [f64; 6] =
    [35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0];

/// By how much a method of one order less differs; the last is of the slope at the end.
const ERROR: [f64; 7] = [
    71.0 / 57_600.0,
    0.0,
    -71.0 / 16_695.0,
    71.0 / 1920.0,
    -17_253.0 / 339_200.0,
    22.0 / 525.0,
    -1.0 / 40.0,
];

/// The sum of six products.
#[inline]
fn weighted(weights: &[f64; 6], values: &[f64; 6]) -> f64 {
    let [a, b, c, d, e, f] = values;
    let [p, q, r, s, t, u] = weights;
    a * p + b * q + c * r + d * s + e * t + f * u
}

/// What a step would lead to.
#[derive(Clone, Copy)]
struct Trial {
    time_s: f64,
    at_m: f64,
    speed_mps: f64,
    traction_j: f64,
    rolling_j: f64,
    error_ratio: f64,
}

impl Drive<'_> {
    /// Steps until the train is fast, the cell ends, or it has the speed that it may have.
    pub(super) fn creep(&mut self, cell: &Cell) -> Result<()> {
        let mut pull = self.pull(cell);
        if self.square == 0.0 && self.acceleration_mps2(&pull, cell, self.at_m, 0.0) <= 0.0 {
            return Err(self.stalled(cell));
        }
        let mut time_s: f64 = 0.5;
        for _ in 0..10_000 {
            let mut trial = self.creep_step(&pull, cell, time_s);
            while !(trial.error_ratio <= 1.0) && time_s > 1e-13 {
                time_s *= (0.9 * trial.error_ratio.powf(-0.2)).clamp(0.1, 0.9);
                trial = self.creep_step(&pull, cell, time_s);
            }
            let longer = (0.9 * trial.error_ratio.powf(-0.2)).clamp(0.2, 5.0);
            let beyond = |trial: &Trial| {
                let Trial { at_m, speed_mps, .. } = *trial;
                let square = speed_mps * speed_mps.abs();
                let [slowest, fastest] = [pull.from_mps, pull.to_mps];
                (at_m - cell.to_m)
                    .max(square - cell.ceiling_at(at_m) * (1.0 + SLACK))
                    .max(speed_mps - fastest * (1.0 + SLACK))
                    .max(slowest * (1.0 - SLACK) - speed_mps)
                    .max(-speed_mps)
            };
            let is_event = beyond(&trial) > 0.0;
            if is_event {
                let step = |time_s: f64| self.creep_step(&pull, cell, time_s);
                trial = first_crossing(step, beyond, time_s);
            }
            let from = (self.at_m, self.square);
            let speed_mps = trial.speed_mps.max(0.0);
            self.set_square(speed_mps * speed_mps);
            self.time_s += trial.time_s;
            self.traction_j += trial.traction_j;
            self.rolling_j += trial.rolling_j;
            let is_at_end = trial.at_m >= cell.to_m - 1e-9;
            self.go_to(cell, if is_at_end { cell.to_m } else { trial.at_m });
            self.watch(from);
            self.steps += 1;
            if trial.speed_mps <= 1e-9 && !is_at_end {
                return Err(self.stalled(cell));
            }
            let is_at_ceiling = self.square >= cell.ceiling_at(self.at_m) * (1.0 - SLACK);
            if is_at_end || is_at_ceiling || speed_mps >= CREEP_MPS {
                break;
            }
            if is_event {
                pull = self.pull(cell);
            }
            time_s = (time_s * longer).min(MOST_S);
        }
        self.note(Regime::Pulling);
        Ok(())
    }

    fn acceleration_mps2(&self, pull: &Pull, cell: &Cell, at_m: f64, speed_mps: f64) -> f64 {
        let spare_n =
            pull.at_any(speed_mps) - self.train.rolling_n(speed_mps) - cell.force_at(at_m);
        spare_n / self.inert_kg
    }

    fn creep_step(&self, pull: &Pull, cell: &Cell, time_s: f64) -> Trial {
        let (from_m, from_mps) = (self.at_m, self.speed_mps);
        let slope = |at_m: f64, speed_mps: f64| {
            // A stage may pass rest, where the laws end.
            let still_mps = speed_mps.max(0.0);
            (speed_mps, self.acceleration_mps2(pull, cell, at_m, still_mps))
        };
        let mut speeds = [0.0; 6];
        let mut slopes = [0.0; 6];
        let mut powers_w = [[0.0; 6]; 2];
        let (mut at_m, mut speed_mps) = (from_m, from_mps);
        for stage in 0..6 {
            let (speed, acceleration) = slope(at_m, speed_mps);
            let still_mps = speed.max(0.0);
            let pull_w = if still_mps > 0.0 { pull.at_any(still_mps) * still_mps } else { 0.0 };
            let rolling_w = self.train.rolling_n(still_mps) * still_mps;
            for (list, value) in [&mut speeds, &mut slopes].into_iter().chain(&mut powers_w).zip([
                speed,
                acceleration,
                pull_w,
                rolling_w,
            ]) {
                if let Some(place) = list.get_mut(stage) {
                    *place = value;
                }
            }
            let Some(weights) = STAGES.get(stage) else { break };
            let sum = |values: &[f64; 6]| -> f64 {
                weights.iter().zip(values).take(stage + 1).map(|(w, k)| w * k).sum()
            };
            at_m = from_m + time_s * sum(&speeds);
            speed_mps = from_mps + time_s * sum(&slopes);
        }
        let end_m = from_m + time_s * weighted(&WHOLE, &speeds);
        let end_mps = from_mps + time_s * weighted(&WHOLE, &slopes);
        let (end_speed, end_slope) = slope(end_m, end_mps);
        let [first @ .., last] = ERROR;
        let error_mps = time_s * (weighted(&first, &slopes) + last * end_slope);
        let error_m = time_s * (weighted(&first, &speeds) + last * end_speed);
        let [traction_w, rolling_w] = &powers_w;
        let tolerance = self.options.tolerance_ratio;
        let fastest_mps = from_mps.max(end_mps).max(LEAST_MPS);
        Trial {
            time_s,
            at_m: end_m,
            speed_mps: end_mps,
            traction_j: time_s * weighted(&WHOLE, traction_w),
            rolling_j: time_s * weighted(&WHOLE, rolling_w),
            error_ratio: error_mps.abs().max(error_m.abs()) / (fastest_mps * tolerance),
        }
    }
}
