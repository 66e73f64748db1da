//! Where a train stops pulling, so that it comes to a place where it must brake more slowly.
//!
//! From each such place the run without pull is followed back, against the train: a train that meets
//! this curve coasts along it. Such places are the limits and stops ahead, each on the braking line
//! to it at the least speed of coasting or at its foot, and the ends of descents on which the train
//! would be held by brakes. On a descent the curve does not go below the least speed: it goes on from
//! the descent's beginning at that speed, so that trains are slow when a descent takes hold of them.

use super::Train;
use super::cells::Cell;
use super::effort::Pull;
use super::root::first_crossing;
use super::series::Series;
use super::series_law::Motion;

/// At what speeds a train is driven to save work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// The square of the speed above which it never pulls.
    pub(super) most: f64,
    /// The square of the speed below which it does not coast.
    pub(super) least: f64,
}

/// The squares of the speeds of a train that coasts to the end of a part, from its beginning.
#[derive(Debug)]
pub(super) struct Curve {
    series: Series,
    to_m: f64,
}

impl Curve {
    /// The square of the speed at a place.
    pub(super) fn square_at(&self, at_m: f64) -> f64 {
        self.series.square_at(((at_m - self.to_m) / self.series.length_m).clamp(0.0, 1.0))
    }

    /// Where a train below it meets it at an even speed, of two places; the second if nowhere.
    pub(super) fn met_by(&self, square: f64, [from_m, to_m]: [f64; 2]) -> f64 {
        let length_m = to_m - from_m;
        let beyond = |at_m: f64| square - self.square_at(at_m);
        if !(length_m > 0.0 && beyond(to_m) > 0.0) {
            return to_m;
        }
        from_m + first_crossing(|ahead_m| ahead_m, |ahead_m| beyond(from_m + ahead_m), length_m)
    }
}

/// A part of a cell: the train may have more than its speed of pulling on all of it or nowhere, and
/// one curve, or none, is that on which it coasts to the part's end.
#[derive(Debug)]
pub(super) struct Part {
    pub cell: Cell,
    pub curve: Option<Curve>,
}

/// A train without its pull.
pub(super) fn coasting(train: &Train, tolerance_ratio: f64) -> Motion {
    Motion {
        twice_inverse_per_kg: 2.0 / (train.mass_kg * train.rotating_mass_ratio),
        resistance_n: train.coasting_resistance_n,
        tolerance_ratio,
    }
}

impl Motion {
    /// What holds a train back at the square of a speed, gradients included.
    pub(super) fn resistance_at(&self, square: f64, gradient_n: f64) -> f64 {
        let [a, b, c] = self.resistance_n;
        a + b * square.sqrt() + c * square + gradient_n
    }
}

/// The parts of cells with the squares of the speeds at their ends, in order, into a list.
pub(super) fn parts(
    cells: &[Cell],
    ends: &[f64],
    braking_mps2: f64,
    motion: &Motion,
    manner: Manner,
    into: &mut Vec<Part>,
) {
    into.clear();
    let mut back = Back { motion, manner, parts: into, square: None };
    for (cell, end) in cells.iter().zip(ends).rev() {
        if cell.stop_s.is_some() {
            back.square = None;
        }
        let Some(braked) = cell.braked(*end, braking_mps2) else {
            back.level(*cell);
            continue;
        };
        back.braking(braked);
        if braked.from_m > cell.from_m {
            back.level(Cell { to_m: braked.from_m, stop_s: None, ..*cell });
        }
    }
    into.reverse();
}

/// On the way back.
struct Back<'a> {
    motion: &'a Motion,
    manner: Manner,
    parts: &'a mut Vec<Part>,
    /// The square of the speed of the curve at the place reached, if there is one.
    square: Option<f64>,
}

impl Back<'_> {
    /// A part whose ceiling falls.
    fn braking(&mut self, cell: Cell) {
        let [top, foot] = [cell.from_m, cell.to_m].map(|at_m| cell.ceiling_at(at_m));
        if self.manner.least <= foot {
            self.begin(foot);
        } else if self.manner.least < top {
            let (behind, ahead) = cut(cell, place(&cell, self.manner.least));
            if let Some(ahead) = ahead {
                self.both_sides_of_most(ahead);
            }
            self.begin(self.manner.least);
            if let Some(behind) = behind {
                self.both_sides_of_most(behind);
            }
            return;
        }
        self.both_sides_of_most(cell);
    }

    /// Cut where the ceiling is what the train pulls up to.
    fn both_sides_of_most(&mut self, cell: Cell) {
        let [top, foot] = [cell.from_m, cell.to_m].map(|at_m| cell.ceiling_at(at_m));
        if top > self.manner.most && self.manner.most > foot {
            let (behind, ahead) = cut(cell, place(&cell, self.manner.most));
            for part in [ahead, behind].into_iter().flatten() {
                self.follow(part);
            }
        } else {
            self.follow(cell);
        }
    }

    /// A part with one limit.
    fn level(&mut self, cell: Cell) {
        let limit = cell.ceiling_m2_per_s2;
        let held = |at_m: f64| self.motion.resistance_at(limit, cell.force_at(at_m));
        let [first_n, last_n] = [held(cell.from_m), held(cell.to_m)];
        if last_n < 0.0 {
            if self.square.is_none() {
                self.begin(limit);
            }
            self.follow(cell);
        } else if first_n < 0.0 {
            let (behind, ahead) = cut(cell, cell.from_m - first_n / cell.force_n_per_m);
            if let Some(ahead) = ahead {
                self.follow(ahead);
            }
            if behind.is_some() && self.square.is_none() {
                self.begin(limit);
            }
            if let Some(behind) = behind {
                self.follow(behind);
            }
        } else {
            self.follow(cell);
        }
    }

    /// A curve begins where the train would brake, unless it is slower here for what lies ahead.
    fn begin(&mut self, square: f64) {
        self.square = Some(self.square.map_or(square, |slower| slower.min(square)));
    }

    /// Through a part, which is cut where the series of the curve end.
    fn follow(&mut self, mut cell: Cell) {
        while let Some(square) = self.square {
            let speeds = [square, square.sqrt()];
            let places_m = [cell.to_m, cell.from_m];
            let series = Series::new(self.motion, &cell, &Pull::NONE, places_m, speeds);
            let length_m = series.share * series.length_m;
            let is_whole = series.share == 1.0 && series.length_m == cell.from_m - cell.to_m;
            let from_m = if is_whole { cell.from_m } else { cell.to_m + length_m };
            let before = series.square_at(series.share);
            let (behind, ahead) = cut(cell, from_m);
            let ceiling = cell.ceiling_at(from_m);
            let is_over = before >= ceiling;
            self.square = (!is_over).then(|| before.max(self.manner.least.min(ceiling)));
            let Some(ahead) = ahead else { break };
            self.parts.push(Part { cell: ahead, curve: Some(Curve { series, to_m: ahead.to_m }) });
            let Some(behind) = behind else { return };
            cell = behind;
        }
        self.parts.push(Part { cell, curve: None });
    }
}

/// Where a ceiling that falls has a square of the speed.
fn place(cell: &Cell, square: f64) -> f64 {
    cell.from_m + (square - cell.ceiling_m2_per_s2) / cell.ceiling_m_per_s2
}

/// What lies behind a place and ahead of it.
fn cut(cell: Cell, at_m: f64) -> (Option<Cell>, Option<Cell>) {
    if !(at_m > cell.from_m) {
        return (None, Some(cell));
    }
    if !(at_m < cell.to_m) {
        return (Some(cell), None);
    }
    let behind = Cell { to_m: at_m, stop_s: None, ..cell };
    let [force_n, ceiling_m2_per_s2] = [cell.force_at(at_m), cell.ceiling_at(at_m)];
    (Some(behind), Some(Cell { from_m: at_m, force_n, ceiling_m2_per_s2, ..cell }))
}
