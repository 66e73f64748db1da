//! A train that keeps the speed it may have: closed forms.

use super::cells::Cell;
use super::drive::Drive;
use super::run::Regime;

/// Shorter pieces are not halved further, m.
const LEAST_M: f64 = 1e-9;

impl Drive<'_> {
    /// How far from here the train can keep the speed that it may have, in the cell.
    ///
    /// It can where the pull is enough: `F(v) >= m a + R(v) + G(s)`.
    pub(super) fn kept_until(&self, cell: &Cell) -> f64 {
        let inertia_n = 0.5 * self.inert_kg * cell.ceiling_m_per_s2;
        if cell.ceiling_m_per_s2 == 0.0 {
            let speed_mps = self.speed_mps;
            let spare_n = self.pull_at_n(cell, speed_mps) - self.train.rolling_n(speed_mps);
            let [here_n, end_n] = [self.at_m, cell.to_m].map(|at_m| spare_n - cell.force_at(at_m));
            return match (here_n >= 0.0, end_n >= 0.0) {
                (false, _) => self.at_m,
                (true, true) => cell.to_m,
                (true, false) => {
                    let leave_m = self.at_m + here_n / cell.force_n_per_m;
                    // So near that rounding alone may have kept it from leaving.
                    if leave_m - self.at_m < LEAST_M { self.at_m } else { leave_m.min(cell.to_m) }
                }
            };
        }
        // On a braking line the pull only grows and rolling resistance only falls, so that the
        // values at the beginning bound a piece from below.
        let is_kept = |from_m: f64, to_m: f64| {
            let speed_mps = cell.ceiling_at(from_m).sqrt();
            let most_n = cell.force_at(from_m).max(cell.force_at(to_m));
            let pull_n = self.pull_at_n(cell, speed_mps);
            pull_n - self.train.rolling_n(speed_mps) - inertia_n >= most_n
        };
        let (mut kept_m, mut piece_m) = (self.at_m, cell.to_m - self.at_m);
        loop {
            let to_m = if piece_m >= cell.to_m - kept_m { cell.to_m } else { kept_m + piece_m };
            if is_kept(kept_m, to_m) {
                kept_m = to_m;
                if kept_m >= cell.to_m {
                    return cell.to_m;
                }
                piece_m *= 2.0;
            } else if !is_kept(kept_m, kept_m) || piece_m < LEAST_M {
                return kept_m;
            } else {
                piece_m *= 0.5;
            }
        }
    }

    fn pull_at_n(&self, cell: &Cell, speed_mps: f64) -> f64 {
        self.train.effort.pull_on(cell.grip, speed_mps).at_any(speed_mps)
    }

    /// Keeps that speed up to a place.
    pub(super) fn keep(&mut self, cell: &Cell, to_m: f64) {
        let length_m = to_m - self.at_m;
        let (from_mps, end) = (self.speed_mps, cell.ceiling_at(to_m));
        let [a, b, c] = self.train.resistance_n;
        if cell.ceiling_m_per_s2 == 0.0 {
            self.time_s += length_m / from_mps;
            let rolling_n = self.train.rolling_n(from_mps);
            self.rolling_j += rolling_n * length_m;
            let ends_n = [self.at_m, to_m].map(|at_m| rolling_n + cell.force_at(at_m));
            self.spend(ends_n, length_m);
            self.go_to(cell, to_m);
            self.note(Regime::Holding);
            return;
        }
        let deceleration_mps2 = -0.5 * cell.ceiling_m_per_s2;
        let to_mps = end.sqrt();
        self.time_s += (from_mps - to_mps) / deceleration_mps2;
        let cubes = self.square * from_mps - end * to_mps;
        let fourths = self.square * self.square - end * end;
        self.rolling_j += a * length_m
            + b * cubes / (3.0 * deceleration_mps2)
            + c * fourths / (4.0 * deceleration_mps2);
        self.brake_down(cell, self.at_m, to_m);
        self.set_square(end);
        self.go_to(cell, to_m);
        self.note(Regime::Braking);
    }

    /// The work of a force that changes evenly: of the pull above 0, of the brakes below.
    fn spend(&mut self, [from_n, to_n]: [f64; 2], length_m: f64) {
        if from_n >= 0.0 && to_n >= 0.0 {
            self.traction_j += 0.5 * (from_n + to_n) * length_m;
        } else if from_n <= 0.0 && to_n <= 0.0 {
            self.braking_j -= 0.5 * (from_n + to_n) * length_m;
        } else {
            let zero_m = length_m * from_n / (from_n - to_n);
            let [before_j, after_j] = [0.5 * from_n * zero_m, 0.5 * to_n * (length_m - zero_m)];
            self.traction_j += before_j.max(after_j);
            self.braking_j -= before_j.min(after_j);
        }
    }

    /// The work of brakes, or of the pull where the line stops the train sooner than its brakes
    /// would, along a braking line; pieces are halved until one or the other works on each.
    fn brake_down(&mut self, cell: &Cell, from_m: f64, to_m: f64) {
        let inertia_n = 0.5 * self.inert_kg * cell.ceiling_m_per_s2;
        let [a, b, c] = self.train.resistance_n;
        let deceleration_mps2 = -0.5 * cell.ceiling_m_per_s2;
        let (mut at_m, mut piece_m) = (from_m, to_m - from_m);
        while at_m < to_m {
            let end_m = if piece_m >= to_m - at_m { to_m } else { at_m + piece_m };
            let [v0, v1] = [at_m, end_m].map(|at_m| cell.ceiling_at(at_m).sqrt());
            let [g0, g1] = [at_m, end_m].map(|at_m| cell.force_at(at_m));
            let least_n = inertia_n + self.train.rolling_n(v1) + g0.min(g1);
            let most_n = inertia_n + self.train.rolling_n(v0) + g0.max(g1);
            if least_n < 0.0 && most_n > 0.0 && end_m - at_m > LEAST_M {
                piece_m *= 0.5;
                continue;
            }
            let work_j = (inertia_n + a + 0.5 * (g0 + g1)) * (end_m - at_m)
                + b * (v0 * v0 * v0 - v1 * v1 * v1) / (3.0 * deceleration_mps2)
                + c * (v0.powi(4) - v1.powi(4)) / (4.0 * deceleration_mps2);
            self.traction_j += work_j.max(0.0);
            self.braking_j -= work_j.min(0.0);
            at_m = end_m;
            piece_m *= 2.0;
        }
    }
}
