//! A train that is driven to save work: it pulls up to a speed, keeps it, and coasts.

use super::cells::Cell;
use super::coast_curve::{Curve, Manner, Part};
use super::drive::{CREEP_MPS, Drive, ON_CEILING};
use super::effort::Pull;
use super::run::{Regime, Run};
use super::series_law::Motion;
use crate::error::Result;

/// A train this close to its curve, as a share of the square of the speed, is on it.
const ON_CURVE: f64 = 1e-6;

/// A train this close to the speed that it pulls up to has it.
const ON_MOST: f64 = 1e-10;

impl Drive<'_> {
    /// From the beginning to the end through parts.
    pub(super) fn run_parts(
        mut self,
        parts: &[Part],
        motion: &Motion,
        manner: Manner,
    ) -> Result<Run> {
        self.note(Regime::Standing);
        let first = parts.first().map_or(0.0, |part| part.cell.ceiling_m2_per_s2);
        self.set_square(self.square.min(first));
        let start_square = self.square;
        for part in parts {
            self.part(part, motion, manner)?;
            if let Some(stop_s) = part.cell.stop_s {
                self.stand(stop_s);
            }
        }
        Ok(self.done(start_square))
    }

    /// To the end of a part.
    fn part(&mut self, part: &Part, motion: &Motion, manner: Manner) -> Result<()> {
        let (cell, curve) = (&part.cell, part.curve.as_ref());
        self.at_m = cell.from_m;
        let most_rounds = self.steps + 100_000;
        while self.at_m < cell.to_m {
            if self.steps > most_rounds {
                return Err(self.stuck());
            }
            self.steps += 1;
            if self.is_braked(cell, motion) {
                continue;
            }
            if self.square < CREEP_MPS * CREEP_MPS {
                self.creep(&slower(cell, manner))?;
                continue;
            }
            let is_near = (self.square - manner.most).abs() <= ON_MOST * manner.most;
            let is_at_most = is_near && may_have(cell, manner.most);
            if is_at_most {
                self.set_square(manner.most);
            }
            let resistance_n = motion.resistance_at(self.square, cell.force_at(self.at_m));
            let is_faster = self.square > manner.most;
            let is_on_curve = curve
                .is_some_and(|curve| self.square >= curve.square_at(self.at_m) * (1.0 - ON_CURVE));
            if is_on_curve || is_faster || is_at_most && resistance_n <= 0.0 {
                // Down to the speed of pulling, unless it coasts further.
                let slowest = if is_faster && !is_on_curve { manner.most } else { 0.0 };
                let bounds = [slowest, f64::INFINITY];
                self.step(cell, (&Pull::NONE, motion), bounds, None, Regime::Coasting);
            } else if !self.is_kept(cell, curve, motion, manner) {
                let pull = self.pull(cell);
                let [slowest, fastest] = [pull.from_mps, pull.to_mps].map(|mps| mps * mps);
                let bounds = [slowest, fastest.min(manner.most)];
                let own = self.motion;
                self.step(cell, (&pull, &own), bounds, curve, Regime::Pulling);
            }
        }
        Ok(())
    }

    /// Brakes on the way to a limit, and on a descent that would make the train faster than it may
    /// be; whether it did.
    fn is_braked(&mut self, cell: &Cell, motion: &Motion) -> bool {
        let ceiling = cell.ceiling_at(self.at_m);
        if !(self.square >= ceiling * (1.0 - ON_CEILING) && ceiling > 0.0) {
            return false;
        }
        self.set_square(ceiling);
        let kept_m = if cell.ceiling_m_per_s2 == 0.0 {
            self.descends_until(cell, motion)
        } else {
            self.kept_until(cell)
        };
        if kept_m > self.at_m {
            self.losing_from = None;
            self.keep(cell, kept_m);
            return true;
        }
        false
    }

    /// Where from here on in the cell something holds the train back without its brakes.
    fn descends_until(&self, cell: &Cell, motion: &Motion) -> f64 {
        let held_n = |at_m: f64| motion.resistance_at(self.square, cell.force_at(at_m));
        let [here_n, end_n] = [self.at_m, cell.to_m].map(held_n);
        if here_n >= 0.0 {
            self.at_m
        } else if end_n <= 0.0 {
            cell.to_m
        } else {
            (self.at_m - here_n / cell.force_n_per_m).min(cell.to_m)
        }
    }

    /// Keeps the speed that it pulls up to, as far as it can and need; whether it did.
    fn is_kept(
        &mut self,
        cell: &Cell,
        curve: Option<&Curve>,
        motion: &Motion,
        manner: Manner,
    ) -> bool {
        let level = slower(cell, manner);
        let top = level.ceiling_m2_per_s2;
        if level.ceiling_m_per_s2 != 0.0 || !(self.square >= top * (1.0 - ON_MOST)) {
            return false;
        }
        self.set_square(top);
        let mut kept_m = self.kept_until(&level).min(self.pulled_until(cell, motion));
        if let Some(curve) = curve {
            kept_m = curve.met_by(top, [self.at_m, kept_m]);
        }
        if kept_m > self.at_m {
            self.losing_from = None;
            self.keep(&level, kept_m);
            return true;
        }
        false
    }

    /// Where from here on in the cell the train would become faster without its pull.
    fn pulled_until(&self, cell: &Cell, motion: &Motion) -> f64 {
        let held_n = |at_m: f64| motion.resistance_at(self.square, cell.force_at(at_m));
        let [here_n, end_n] = [self.at_m, cell.to_m].map(held_n);
        if end_n >= 0.0 {
            return cell.to_m;
        }
        if here_n <= 0.0 { self.at_m } else { self.at_m - here_n / cell.force_n_per_m }
    }
}

/// Whether the train may have a speed, by its square, all over a part.
fn may_have(cell: &Cell, square: f64) -> bool {
    cell.ceiling_at(cell.to_m) >= square * (1.0 - ON_MOST)
}

/// A part with the speed of pulling as its limit, where the train may have more.
fn slower(cell: &Cell, manner: Manner) -> Cell {
    if !may_have(cell, manner.most) {
        return *cell;
    }
    Cell { ceiling_m2_per_s2: manner.most, ceiling_m_per_s2: 0.0, ..*cell }
}
