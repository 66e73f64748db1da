//! A train below the speed that it may have, under all its pull: steps by distance.

use super::cells::Cell;
use super::drive::Drive;
use super::effort::Pull;
use super::root::{first_crossing, root};
use super::run::Regime;

/// Bounds are crossed once they are passed by this share: closer is on them.
pub(super) const SLACK: f64 = 1e-11;

/// Shares of the time or distance of a step at which its stages lie; Dormand and Prince, 1980.
const AT: [f64; 5] = [0.2, 0.3, 0.8, 8.0 / 9.0, 1.0];

/// What each stage takes from those before it.
pub(super) const STAGES: [[f64; 5]; 5] = [
    [0.2, 0.0, 0.0, 0.0, 0.0],
    [3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0],
    [44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0],
    [19_372.0 / 6561.0, -25_360.0 / 2187.0, 64_448.0 / 6561.0, -212.0 / 729.0, 0.0],
    [9017.0 / 3168.0, -355.0 / 33.0, 46_732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18_656.0],
];

/// What the whole step takes from its stages.
pub(super) const WHOLE: [f64; 6] =
    [35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0];

/// By how much a method of one order less differs; the last is of the slope at the end.
pub(super) const ERROR: [f64; 7] = [
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
pub(super) fn weighted(weights: &[f64; 6], values: &[f64; 6]) -> f64 {
    let [a, b, c, d, e, f] = values;
    let [p, q, r, s, t, u] = weights;
    a * p + b * q + c * r + d * s + e * t + f * u
}

/// What a step would lead to.
#[derive(Clone, Copy)]
struct Trial {
    length_m: f64,
    /// The square of the speed at the end, and its change with distance there.
    square: f64,
    slope_m_per_s2: f64,
    time_s: f64,
    traction_j: f64,
    rolling_j: f64,
    /// The error, as a share of what is allowed.
    error_ratio: f64,
}

/// Slope of the square of the speed, pull, rolling resistance and the inverse of the speed.
type Rates = (f64, f64, f64, f64);

/// One step by the law of one piece of the pull.
struct Law<'a> {
    drive: &'a Drive<'a>,
    cell: &'a Cell,
    pull: Pull,
    from: Rates,
    twice_inverse_per_kg: f64,
}

impl Law<'_> {
    #[inline]
    fn rates(&self, square: f64, at_m: f64) -> Rates {
        // Slower only in stages of steps that are then refused.
        let speed_mps = square.max(0.25).sqrt();
        let inverse = 1.0 / speed_mps;
        let (pull_n, rolling_n) =
            (self.pull.at(speed_mps, inverse), self.drive.rolling_n(speed_mps));
        let slope = (pull_n - rolling_n - self.cell.force_at(at_m)) * self.twice_inverse_per_kg;
        (slope, pull_n, rolling_n, inverse)
    }

    fn step(&self, length_m: f64) -> Trial {
        let (square, at_m) = (self.drive.square, self.drive.at_m);
        let (k1, f1, r1, i1) = self.from;
        let [s2, s3, s4, s5, s6] = STAGES;
        let [c2, c3, c4, c5, c6] = AT.map(|share| at_m + share * length_m);
        let h = length_m;
        let (k2, ..) = self.rates(square + h * s2[0] * k1, c2);
        let (k3, f3, r3, i3) = self.rates(square + h * (s3[0] * k1 + s3[1] * k2), c3);
        let to = square + h * (s4[0] * k1 + s4[1] * k2 + s4[2] * k3);
        let (k4, f4, r4, i4) = self.rates(to, c4);
        let to = square + h * (s5[0] * k1 + s5[1] * k2 + s5[2] * k3 + s5[3] * k4);
        let (k5, f5, r5, i5) = self.rates(to, c5);
        let sum = s6[0] * k1 + s6[1] * k2 + s6[2] * k3 + s6[3] * k4 + s6[4] * k5;
        let (k6, f6, r6, i6) = self.rates(square + h * sum, c6);
        let slopes = [k1, k2, k3, k4, k5, k6];
        let end = square + h * weighted(&WHOLE, &slopes);
        let (k7, _, _, i7) = self.rates(end, at_m + h);
        let [first @ .., last] = ERROR;
        let error = h * (weighted(&first, &slopes) + last * k7);
        let inverses = [i1, 0.0, i3, i4, i5, i6];
        let error_s = h * (weighted(&first, &inverses) + last * i7);
        let tolerance = self.drive.options.tolerance_ratio;
        let slowest = square.min(end).max(1.0);
        let by_time = error_s.abs() / (h * i1);
        Trial {
            length_m,
            square: end,
            slope_m_per_s2: k7,
            time_s: h * weighted(&WHOLE, &inverses),
            traction_j: h * weighted(&WHOLE, &[f1, 0.0, f3, f4, f5, f6]),
            rolling_j: h * weighted(&WHOLE, &[r1, 0.0, r3, r4, r5, r6]),
            error_ratio: (error.abs() / slowest).max(by_time) / tolerance,
        }
    }
}

impl Drive<'_> {
    /// One step towards the end of the cell: as far as the tolerance allows, a bound is met, or the
    /// law of the pull changes.
    pub(super) fn below(&mut self, cell: &Cell) {
        let pull = self.pull(cell);
        let twice_inverse_per_kg = 2.0 / self.inert_kg;
        let mut law =
            Law { drive: self, cell, pull, from: (0.0, 0.0, 0.0, 0.0), twice_inverse_per_kg };
        law.from = law.rates(self.square, self.at_m);
        let room_m = cell.to_m - self.at_m;
        let mut length_m = self.step_m.min(room_m);
        let mut trial = law.step(length_m);
        // Not so that it ends where no number is.
        while !(trial.error_ratio <= 1.0 && trial.square > 0.25) && length_m > 1e-6 {
            let shorter = 0.9 * trial.error_ratio.powf(-0.2);
            length_m *= if trial.square > 0.25 { shorter.clamp(0.1, 0.9) } else { 0.25 };
            trial = law.step(length_m);
        }
        let is_cut = length_m >= room_m;
        let step_m = if is_cut && self.step_m >= 5.0 * length_m {
            self.step_m
        } else {
            let longer = (0.9 * trial.error_ratio.powf(-0.2)).clamp(0.2, 5.0);
            if is_cut { self.step_m.max(length_m * longer) } else { length_m * longer }
        };
        let (trial, is_event) = until_bound(&law, trial);
        let from = (self.at_m, self.square);
        let to_m = self.at_m + trial.length_m;
        let to_m = if is_cut && !is_event || to_m > cell.to_m { cell.to_m } else { to_m };
        self.step_m = step_m;
        self.square = trial.square;
        self.time_s += trial.time_s;
        self.traction_j += trial.traction_j;
        self.rolling_j += trial.rolling_j;
        self.go_to(cell, to_m);
        self.watch(from);
        if is_event || to_m >= cell.to_m {
            self.note(Regime::Pulling);
        }
    }
}

/// The step, cut where a bound is crossed first, and whether it was.
fn until_bound(law: &Law<'_>, trial: Trial) -> (Trial, bool) {
    let (drive, cell) = (law.drive, law.cell);
    let squares = [law.pull.from_mps, law.pull.to_mps].map(|speed_mps| speed_mps * speed_mps);
    let [slowest, fastest] = [squares[0] * (1.0 - SLACK), squares[1] * (1.0 + SLACK)];
    let ceiling = |length_m: f64| cell.ceiling_at(drive.at_m + length_m) * (1.0 + SLACK);
    let beyond = |trial: &Trial| {
        let upper = ceiling(trial.length_m).min(fastest);
        (trial.square - upper).max(slowest - trial.square)
    };
    if beyond(&trial) > 0.0 {
        return (first_crossing(|length_m| law.step(length_m), beyond, trial.length_m), true);
    }
    // Below both at the ends, perhaps above between them: where it rises towards a bound at first
    // and falls from it at last, the tangents at both ends bound it from above.
    for (bound, bound_slope) in [(ceiling(0.0), cell.ceiling_m_per_s2), (fastest, 0.0)] {
        let [rise, fall] = [law.from.0 - bound_slope, trial.slope_m_per_s2 - bound_slope];
        if !(bound.is_finite() && rise > 0.0 && fall < 0.0) {
            continue;
        }
        let end = bound + bound_slope * trial.length_m;
        let [from, to] = [drive.square - bound, trial.square - end];
        let top_m = (to - from - fall * trial.length_m) / (rise - fall);
        if from + rise * top_m <= 0.0 {
            continue;
        }
        let slope = |trial: &Trial| trial.slope_m_per_s2 - bound_slope;
        let top = root(|length_m| law.step(length_m), slope, (rise, fall), trial.length_m);
        if beyond(&top) > 0.0 {
            let cut = first_crossing(|length_m| law.step(length_m), beyond, top.length_m);
            return (cut, true);
        }
    }
    (trial, false)
}
