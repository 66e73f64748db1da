//! A train below the speed that it may have, under one law of its motion: steps by distance.

use super::cells::Cell;
use super::coast_curve::Curve;
use super::drive::Drive;
use super::effort::Pull;
use super::root::{first_crossing, root};
use super::run::Regime;
use super::series::Series;
use super::series_law::Motion;

/// Bounds are crossed once they are passed by this share: closer is on them.
pub(super) const SLACK: f64 = 1e-11;

impl Drive<'_> {
    /// One step towards the end of the cell under all the pull: as far as the tolerance allows, a
    /// bound is met, or the law of the pull changes.
    pub(super) fn below(&mut self, cell: &Cell) {
        let pull = self.pull(cell);
        let squares = [pull.from_mps, pull.to_mps].map(|speed_mps| speed_mps * speed_mps);
        let motion = self.motion;
        self.step(cell, (&pull, &motion), squares, None, Regime::Pulling);
    }

    /// One step under a law, as far as the tolerance allows, between squares of the speed, not above
    /// what the train may have nor above a curve.
    #[inline]
    pub(super) fn step(
        &mut self,
        cell: &Cell,
        (pull, motion): (&Pull, &Motion),
        squares: [f64; 2],
        curve: Option<&Curve>,
        regime: Regime,
    ) {
        let speeds = [self.square, self.speed_mps];
        let series = Series::new(motion, cell, pull, [self.at_m, cell.to_m], speeds);
        let bounds = Bounds::new(&series, cell, squares, [self.at_m, self.square], curve);
        let (share, is_event) = bounds.first_met();
        let length_m = share * series.length_m;
        let to_m = self.at_m + length_m;
        let is_whole = !is_event && share == 1.0 && series.length_m == cell.to_m - self.at_m;
        let to_m = if is_whole || to_m > cell.to_m { cell.to_m } else { to_m };
        let from = (self.at_m, self.square);
        let sums = series.sums_to(share);
        self.set_square(series.square_at(share));
        self.time_s += sums.time_s;
        self.traction_j += pull.constant_n * length_m
            + pull.slope_n_s_per_m * sums.speed_m2_per_s
            + pull.power_w * sums.time_s;
        let [a, b, c] = motion.resistance_n;
        self.rolling_j += a * length_m + b * sums.speed_m2_per_s + c * sums.square_m3_per_s2;
        self.go_to(cell, to_m);
        self.watch(from);
        if is_event || to_m >= cell.to_m {
            self.note(regime);
        }
    }
}

/// What a step may meet: the speed that the train may have, and the speeds between which the law of
/// its pull holds.
struct Bounds<'a> {
    series: &'a Series,
    cell: &'a Cell,
    /// Where the step begins, and the square of the speed there.
    from: [f64; 2],
    /// Squares.
    slowest: f64,
    fastest: f64,
    curve: Option<&'a Curve>,
}

impl<'a> Bounds<'a> {
    #[inline]
    fn new(
        series: &'a Series,
        cell: &'a Cell,
        [slowest, fastest]: [f64; 2],
        from: [f64; 2],
        curve: Option<&'a Curve>,
    ) -> Self {
        let [slowest, fastest] = [slowest * (1.0 - SLACK), fastest * (1.0 + SLACK)];
        Self { series, cell, from, slowest, fastest, curve }
    }

    #[inline]
    fn ceiling_at(&self, share: f64) -> f64 {
        let [at_m, _] = self.from;
        self.cell.ceiling_at(at_m + share * self.series.length_m) * (1.0 + SLACK)
    }

    /// By how much the square of the speed is beyond a bound; below 0 between them.
    #[inline]
    fn beyond(&self, share: f64) -> f64 {
        let square = self.series.square_at(share);
        let mut upper = self.ceiling_at(share).min(self.fastest);
        if let Some(curve) = self.curve {
            let [at_m, _] = self.from;
            upper = upper.min(curve.square_at(at_m + share * self.series.length_m));
        }
        (square - upper).max(self.slowest - square)
    }

    /// The share of the stretch at which the step ends, and whether it meets a bound there.
    #[inline]
    fn first_met(&self) -> (f64, bool) {
        let end = self.series.share;
        if self.beyond(end) > 0.0 {
            return (self.crossing(end), true);
        }
        let first = self.series.first_slope();
        let ceiling = self.cell.ceiling_m_per_s2 * self.series.length_m;
        let [_, square] = self.from;
        let is_met = |top: Option<f64>| top.filter(|top| self.beyond(*top) > 0.0);
        let met = if first > 0.0 || first > ceiling {
            is_met(self.top(first, self.ceiling_at(0.0), ceiling, 1.0))
                .or_else(|| is_met(self.top(first, self.fastest, 0.0, 1.0)))
        } else if square + first < self.slowest {
            is_met(self.top(first, self.slowest, 0.0, -1.0))
        } else {
            None
        };
        met.map_or((end, false), |top| (self.crossing(top), true))
    }

    fn crossing(&self, end: f64) -> f64 {
        first_crossing(|share| share, |share| self.beyond(*share), end)
    }

    /// The place of a step that ends within a bound where it may be beyond it in between: where it
    /// runs towards the bound at first and from it at last, the tangents at both ends enclose it.
    /// The side is 1 of bounds above, -1 of those below.
    fn top(&self, first: f64, bound: f64, bound_slope: f64, side: f64) -> Option<f64> {
        let end = self.series.share;
        let rise = side * (first - bound_slope);
        if !(bound.is_finite() && rise > 0.0) {
            return None;
        }
        let fall = side * (self.series.slope_at(end) - bound_slope);
        if !(fall < 0.0) {
            return None;
        }
        let [_, square] = self.from;
        let from = side * (square - bound);
        let to = side * (self.series.square_at(end) - (bound + bound_slope * end));
        let top = (to - from - fall * end) / (rise - fall);
        if from + rise * top <= 0.0 {
            return None;
        }
        let slope = |share: &f64| side * (self.series.slope_at(*share) - bound_slope);
        Some(root(|share| share, slope, (rise, fall), end))
    }
}
