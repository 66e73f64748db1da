//! A train under one law of its motion: its speed by distance, as power series.
//!
//! With `w = v^2`, `dw/ds = 2 / (m f) (F - R - G)`, where the pull is `F = k + l v + P / v`, rolling
//! resistance `R = a + b v + c v^2`, and the gradients' force `G` changes evenly: each a multiple of
//! `w`, of the speed `v` or of its inverse `u`. So the coefficients of a power follow from those of
//! lower powers, by that law, by `v v = w` and by `u v = 1` (Taylor's method: Jorba and Zou, A
//! software package for the numerical integration of ODEs by means of high-order Taylor methods,
//! 2005), and a step takes one root and one division however exact it is. Time is the integral of
//! `u`, and works are integrals of `w`, `v` and `u`: sums of the same coefficients, so that energies
//! add up to the last digit whatever the series leave out.

use super::cells::Cell;
use super::effort::Pull;
use super::series_law::{Law, Motion};

/// The highest power.
const ORDER: usize = 14;

/// The coefficients before the last may be so many times as large as these, so that none ends a
/// series that vanishes by chance.
const BEFORE_LAST: f64 = 10.0;

/// `1 / n` from 1 on.
const INVERSES: [f64; ORDER + 1] = {
    let mut inverses = [0.0; ORDER + 1];
    let mut n = 0;
    while n <= ORDER {
        inverses[n] = 1.0 / (n + 1) as f64;
        n += 1;
    }
    inverses
};

/// The motion on a stretch of a cell, by shares of the stretch.
#[derive(Debug)]
pub(super) struct Series {
    /// How long it is; below 0 if it goes back.
    pub length_m: f64,
    /// The share of it up to which the series are exact enough.
    pub(super) share: f64,
    /// At the beginning.
    square: f64,
    speed_mps: f64,
    inverse_s_per_m: f64,
    /// Coefficients by powers of the share, as multiples of the values at the beginning.
    squares: [f64; ORDER + 1],
    speeds: [f64; ORDER + 1],
    inverses: [f64; ORDER + 1],
    /// The highest power of the squares; that of the others is one less.
    order: usize,
    /// What the last coefficients add to the square or to the time.
    last: f64,
    /// The square at the end of the stretch, and the means over it, as multiples too.
    end_square: f64,
    mean_square: f64,
    mean_speed: f64,
    mean_inverse: f64,
}

/// Integrals over distance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums {
    pub time_s: f64,
    pub speed_m2_per_s: f64,
    pub square_m3_per_s2: f64,
}

impl Series {
    /// From a place of a cell towards another, ahead or behind, with the square of the speed and the
    /// speed at the first.
    #[inline]
    pub(super) fn new(
        motion: &Motion,
        cell: &Cell,
        pull: &Pull,
        places_m: [f64; 2],
        speeds: [f64; 2],
    ) -> Self {
        let [square, speed_mps] = speeds;
        let inverse_s_per_m = 1.0 / speed_mps;
        let speeds = [square, speed_mps, inverse_s_per_m];
        let (law, length_m) = Law::new(motion, cell, pull, places_m, speeds);
        let mut series = Self {
            length_m,
            share: 1.0,
            square,
            speed_mps,
            inverse_s_per_m,
            squares: [0.0; ORDER + 1],
            speeds: [0.0; ORDER + 1],
            inverses: [0.0; ORDER + 1],
            order: 1,
            last: 1.0,
            end_square: 1.0,
            mean_square: 1.0,
            mean_speed: 1.0,
            mean_inverse: 1.0,
        };
        series.fill(&law, motion.tolerance_ratio);
        series
    }

    /// Coefficients until they are small.
    #[inline]
    fn fill(&mut self, law: &Law, tolerance: f64) {
        self.squares[0] = 1.0;
        self.speeds[0] = 1.0;
        self.inverses[0] = 1.0;
        self.squares[1] = law.even + law.by_square + law.by_speed + law.by_inverse;
        let is_exact = self.add::<1>(law, tolerance)
            || self.add::<2>(law, tolerance)
            || self.add::<3>(law, tolerance)
            || self.add::<4>(law, tolerance)
            || self.add::<5>(law, tolerance)
            || self.add::<6>(law, tolerance)
            || self.add::<7>(law, tolerance)
            || self.add::<8>(law, tolerance)
            || self.add::<9>(law, tolerance)
            || self.add::<10>(law, tolerance)
            || self.add::<11>(law, tolerance)
            || self.add::<12>(law, tolerance)
            || self.add::<13>(law, tolerance);
        self.end_square += self.squares[self.order.min(ORDER)];
        if !is_exact {
            self.share = (tolerance / self.last).powf(INVERSES[ORDER - 1]).min(1.0);
        }
    }

    /// From the square's coefficient of a power those of the speed and its inverse, and the
    /// square's of the next power; whether they are small.
    #[inline]
    fn add<const N: usize>(&mut self, law: &Law, tolerance: f64) -> bool {
        let [mut of_speeds, mut of_inverses] = [0.0; 2];
        for k in 1..N {
            of_speeds += self.speeds[k] * self.speeds[N - k];
            of_inverses += self.speeds[k] * self.inverses[N - k];
        }
        let square = self.squares[N];
        let (half, rest) = (0.5 * square, 0.5 * of_speeds);
        let speed = half - rest;
        let inverse = (rest - of_inverses) - half;
        self.speeds[N] = speed;
        self.inverses[N] = inverse;
        let rising = if N == 1 { law.rising } else { 0.0 };
        let slope =
            law.by_inverse * inverse + (law.by_speed * speed + law.by_square * square) + rising;
        let by = INVERSES[N];
        self.squares[N + 1] = slope * by;
        self.order = N + 1;
        self.end_square += square;
        self.mean_square += square * by;
        self.mean_speed += speed * by;
        self.mean_inverse += inverse * by;
        let [to_square, to_time] = [(slope * by).abs(), (inverse * by).abs()];
        let before = self.last;
        self.last = if to_square > to_time { to_square } else { to_time };
        self.last <= tolerance && before <= BEFORE_LAST * tolerance
    }

    /// The square of the speed at a share.
    #[inline]
    pub(super) fn square_at(&self, share: f64) -> f64 {
        if share == 1.0 {
            return self.square * self.end_square;
        }
        let squares = self.squares.iter().take(self.order + 1).rev();
        self.square * squares.fold(0.0, |sum, square| sum * share + square)
    }

    /// By how much the square of the speed changes with the share, at the beginning.
    #[inline]
    pub(super) fn first_slope(&self) -> f64 {
        self.square * self.squares[1]
    }

    /// The same at a share.
    pub(super) fn slope_at(&self, share: f64) -> f64 {
        let mut power = self.order as f64 + 1.0;
        let squares = self.squares.iter().take(self.order + 1).skip(1).rev();
        let slope = squares.fold(0.0, |sum, square| {
            power -= 1.0;
            sum * share + square * power
        });
        self.square * slope
    }

    /// The integrals from the beginning to a share.
    #[inline]
    pub(super) fn sums_to(&self, share: f64) -> Sums {
        let means = [self.mean_square, self.mean_speed, self.mean_inverse];
        let [square, speed, inverse] = if share == 1.0 { means } else { self.means_to(share) };
        let length_m = share * self.length_m;
        Sums {
            time_s: length_m * self.inverse_s_per_m * inverse,
            speed_m2_per_s: length_m * self.speed_mps * speed,
            square_m3_per_s2: length_m * self.square * square,
        }
    }

    fn means_to(&self, share: f64) -> [f64; 3] {
        let powers = self.squares.iter().zip(&self.speeds).zip(&self.inverses).zip(&INVERSES);
        let powers = powers.take(self.order).rev();
        powers.fold([0.0; 3], |[a, b, c], (((square, speed), inverse), by)| {
            [a * share + square * by, b * share + speed * by, c * share + inverse * by]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Effort;

    fn cell(length_m: f64) -> Cell {
        Cell {
            grip: 0,
            from_m: 0.0,
            to_m: length_m,
            force_n: 0.0,
            force_n_per_m: 0.0,
            ceiling_m2_per_s2: 1e4,
            ceiling_m_per_s2: 0.0,
            stop_s: None,
        }
    }

    #[test]
    fn power_alone_gives_the_cube_of_the_speed() {
        // m v^2 dv/ds = P: v^3 = v0^3 + 3 P s / m, and t = m (v^2 - v0^2) / 2 P.
        let pull = Effort::limits(1e12, 2e6).unwrap().pull(10.0);
        let motion =
            Motion { twice_inverse_per_kg: 2e-6, resistance_n: [0.0; 3], tolerance_ratio: 1e-13 };
        let series = Series::new(&motion, &cell(20.0), &pull, [0.0, 20.0], [100.0, 10.0]);
        assert_eq!((series.length_m, series.share), (20.0, 1.0));
        for share in [0.25, 1.0] {
            let speed_mps = f64::cbrt(1000.0 + 6.0 * 20.0 * share);
            let square = series.square_at(share);
            assert!((square / (speed_mps * speed_mps) - 1.0).abs() < 1e-13, "{square}");
            let time_s = (speed_mps * speed_mps - 100.0) / 4.0;
            let sums = series.sums_to(share);
            assert!((sums.time_s / time_s - 1.0).abs() < 1e-12, "{sums:?}");
            // Without resistance w' is 2 P u / m.
            let slope = series.slope_at(share) / series.length_m;
            assert!((slope * speed_mps / 4.0 - 1.0).abs() < 1e-12, "{slope}");
        }
    }

    #[test]
    fn a_stretch_is_cut_where_its_series_would_not_be_exact() {
        let pull = Effort::limits(1e12, 2e6).unwrap().pull(10.0);
        let motion =
            Motion { twice_inverse_per_kg: 2e-6, resistance_n: [0.0; 3], tolerance_ratio: 1e-13 };
        let series = Series::new(&motion, &cell(5000.0), &pull, [0.0, 5000.0], [100.0, 10.0]);
        let length_m = series.share * series.length_m;
        assert!(length_m > 10.0 && length_m < 5000.0, "{length_m}");
        let exact = f64::cbrt(1000.0 + 6.0 * length_m).powi(2);
        let square = series.square_at(series.share);
        assert!((square / exact - 1.0).abs() < 1e-12, "{square} {exact}");
    }
}
