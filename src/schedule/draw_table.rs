//! Tables from random words to normal values, and from those to values of a distribution.
//!
//! Between knots a value is interpolated. A normal value is within 4e-4 of the exact one, in all
//! halvings; to five standard deviations a value of a distribution is within 2e-5 of its range if
//! that is beta-PERT, within 5e-5 of itself if it is lognormal with P90 up to six times P10. A
//! million draws leave five times as much in a percentile.

use std::sync::LazyLock;

use super::beta::Beta;
use super::distribution::Source;
use super::lanes::{Floats, SIDE, Words, sides, sides_mut};
use super::normal::{normal_density, normal_probability, normal_quantile};

/// Knots to a halving of the probability, as a power of two: the highest bits of the fraction.
const KNOT_BITS: u32 = 5;
/// Bits of a fraction within a cell.
const CELL_BITS: u32 = f32::MANTISSA_DIGITS - 1 - KNOT_BITS;
/// Cells to either side of the median: 32 halvings.
const HALF: usize = 1 << 10;
/// 0.5 as a cell.
const FIRST_CELL: u32 = 0.5_f32.to_bits() >> CELL_BITS;
/// The largest word below the median that is exact as a float.
const MOST: u32 = 0x7fff_ff80;

/// From a random word to a standard normal value. The lower half, then the upper half, each from
/// its end to the median; a cell holds its value at the beginning and what is added over it.
pub(super) struct WordTable(Box<[[f32; 2]; 2 * HALF]>);

/// Normal values that a table of a distribution tells apart, to either side.
const REACH: usize = 8;
/// Cells to a standard deviation, with a knot at both ends and in the middle of each.
const TO_A_DEVIATION: usize = 4;
const CELLS: usize = 2 * REACH * TO_A_DEVIATION;

/// From a standard normal value to a value of a distribution: a parabola in each cell, from its
/// value at the beginning, its rise and its bend; the fourth number fills the place.
pub(super) struct NormalTable(Box<[[f32; 4]; CELLS]>);

impl WordTable {
    pub(super) fn normal() -> Self {
        let cells = u32::try_from(HALF).unwrap_or(0);
        let lower = (0..=cells).map(|cell| {
            let word = f32::from_bits((cell + FIRST_CELL) << CELL_BITS);
            normal_quantile(f64::from(word) / 2_f64.powi(32))
        });
        let lower: Vec<f64> = lower.collect();
        let upper: Vec<f64> = lower.iter().map(|value| -value).collect();
        let mut table = Box::new([[0.0; 2]; 2 * HALF]);
        let (low_half, high_half) = table.split_at_mut(HALF);
        fill(low_half, &lower);
        fill(high_half, &upper);
        Self(table)
    }

    /// The values that words stand for.
    #[inline(always)]
    pub(super) fn draw(&self, words: &Words, normals: &mut Floats) {
        let (words, normals) = (words.as_chunks::<SIDE>().0, sides_mut(normals));
        for (words, normals) in words.iter().zip(normals) {
            self.side(words, normals);
        }
    }

    /// The same for sixteen of them.
    #[inline(always)]
    fn side(&self, words: &[u32; SIDE], normals: &mut [f32; SIDE]) {
        let (mut cells, mut parts) = ([0; SIDE], [0.0; SIDE]);
        for ((word, cell), part) in words.iter().zip(&mut cells).zip(&mut parts) {
            let is_upper = word >> 31;
            let from_end = (word ^ is_upper.wrapping_neg()).min(MOST);
            let bits = (from_end.cast_signed() as f32 + 0.5).to_bits();
            *cell = (bits >> CELL_BITS).wrapping_sub(FIRST_CELL) | (is_upper << 10);
            let in_cell = (bits & ((1 << CELL_BITS) - 1)).cast_signed() as f32;
            *part = in_cell * (1.0 / (1 << CELL_BITS) as f32);
        }
        let mut found = [[0.0; 2]; SIDE];
        look_up(&self.0, &cells, &mut found);
        for ((value, [start, rise]), part) in normals.iter_mut().zip(&found).zip(&parts) {
            *value = start + rise * part;
        }
    }
}

impl NormalTable {
    /// Quantiles of a distribution at the probabilities of normal values.
    pub(super) fn new(source: &Source) -> Self {
        let half = || NORMALS.iter().map(|knot| knot.normal);
        let (lower, upper): (Vec<f64>, Vec<f64>) = match source {
            Source::Pert(beta, low, high) => {
                let width = high - low;
                let lower = march(beta).into_iter().map(|at| low + width * at);
                let upper = march(&beta.mirrored()).into_iter();
                (lower.collect(), upper.map(|at| high - width * at).collect())
            }
            Source::LogNormal(mu, sigma) => (
                half().map(|normal| (mu + sigma * normal).exp()).collect(),
                half().map(|normal| (mu - sigma * normal).exp()).collect(),
            ),
            _ => (
                NORMALS.iter().map(|knot| source.value_below(knot.probability)).collect(),
                NORMALS.iter().map(|knot| source.value_above(knot.probability)).collect(),
            ),
        };
        let knots: Vec<f64> = lower.into_iter().chain(upper.into_iter().rev().skip(1)).collect();
        let mut table = Box::new([[0.0; 4]; CELLS]);
        let knots = knots.iter().zip(knots.iter().skip(1)).zip(knots.iter().skip(2)).step_by(2);
        for (cell, ((start, middle), end)) in table.iter_mut().zip(knots) {
            let bend = 2.0 * (start + end - 2.0 * middle);
            #[expect(clippy::cast_possible_truncation, reason = "tables hold short floats")]
            let numbers = [*start, end - start - bend, bend, 0.0].map(|number| number as f32);
            *cell = numbers;
        }
        Self(table)
    }

    /// The values that normal values stand for.
    #[inline(always)]
    pub(super) fn draw(&self, normals: &Floats, values: &mut Floats) {
        for (normals, values) in sides(normals).iter().zip(sides_mut(values)) {
            self.side(normals, values);
        }
    }

    /// The same for sixteen of them.
    #[inline(always)]
    fn side(&self, normals: &[f32; SIDE], values: &mut [f32; SIDE]) {
        // Adding 2^23 rounds a float to a whole number and leaves it in the lowest bits.
        const WHOLE: f32 = 8_388_608.0;
        const LAST: f32 = (CELLS - 1) as f32;
        let (mut cells, mut parts) = ([0; SIDE], [0.0; SIDE]);
        for ((normal, cell), part) in normals.iter().zip(&mut cells).zip(&mut parts) {
            let place = (normal + REACH as f32) * TO_A_DEVIATION as f32;
            let place = place.clamp(0.0, LAST + 1.0);
            let rounded = (place - 0.5).clamp(0.0, LAST) + WHOLE;
            *cell = rounded.to_bits();
            *part = place - (rounded - WHOLE);
        }
        let mut found = [[0.0; 4]; SIDE];
        look_up(&self.0, &cells, &mut found);
        for ((value, [start, rise, bend, _]), part) in values.iter_mut().zip(&found).zip(&parts) {
            *value = start + (rise + bend * part) * part;
        }
    }
}

/// The cells of a table whose length is a power of two. Fetching is a loop of its own, since no
/// register is wide enough to help it.
#[inline(always)]
fn look_up<const M: usize, const N: usize>(
    table: &[[f32; M]; N],
    cells: &[u32; SIDE],
    found: &mut [[f32; M]; SIDE],
) {
    for (found, cell) in found.iter_mut().zip(cells) {
        *found = table[*cell as usize & (N - 1)];
    }
}

/// A normal value at which tables have a knot.
struct NormalKnot {
    normal: f64,
    probability: f64,
    density: f64,
    /// Half-way to the next knot.
    density_between: f64,
}

/// Those from the far end to the median: the same for all tables.
static NORMALS: LazyLock<Vec<NormalKnot>> = LazyLock::new(|| {
    let knots = (0..=2 * REACH * TO_A_DEVIATION).rev();
    let normals: Vec<f64> = knots.map(normal_of).collect();
    let next = normals.iter().skip(1).chain(normals.last());
    let knot = |(normal, next): (&f64, &f64)| NormalKnot {
        normal: *normal,
        probability: normal_probability(*normal),
        density: normal_density(*normal),
        density_between: normal_density(*normal + (*next - *normal) / 2.0),
    };
    normals.iter().zip(next).map(knot).collect()
});

/// The normal value so many knots below the median.
fn normal_of(knot: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    let deviations = knot as f64 / (2 * TO_A_DEVIATION) as f64;
    -deviations
}

/// Cells between knots.
fn fill(cells: &mut [[f32; 2]], knots: &[f64]) {
    let ends = knots.iter().zip(knots.iter().skip(1));
    for (cell, (start, end)) in cells.iter_mut().zip(ends) {
        #[expect(clippy::cast_possible_truncation, reason = "tables hold short floats")]
        let (start, end) = (*start as f32, *end as f32);
        *cell = [start, end - start];
    }
}

/// Quantiles of a beta distribution at normal values that rise to 0: fourth order Runge-Kutta on
/// the slope of the quantile, since one quantile costs a search. From the far end, since an error
/// made there dies away towards the median; the other way it would grow.
fn march(beta: &Beta) -> Vec<f64> {
    let slope = |at: f64, density: f64| density / beta.density(at);
    let mut knots = NORMALS.iter();
    let Some(mut from) = knots.next() else { return Vec::new() };
    let mut at = beta.quantile(from.probability).max(f64::MIN_POSITIVE);
    let mut values = vec![at];
    for to in knots {
        let step = to.normal - from.normal;
        let a = slope(at, from.density);
        let b = slope(at + a * step / 2.0, from.density_between);
        let c = slope(at + b * step / 2.0, from.density_between);
        let d = slope(at + c * step, to.density);
        at = (at + step * (a + 2.0 * b + 2.0 * c + d) / 6.0).min(1.0);
        values.push(at);
        from = to;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::Distribution;
    use crate::schedule::lanes::LANES;

    /// The largest error of a table at 65,536 normal values within so many deviations; the error is
    /// taken as a part of what `scale` makes of the exact value.
    fn worst(of: &Distribution, reach: f64, scale: impl Fn(f64) -> f64) -> f64 {
        let source = Source::new(of);
        let table = NormalTable::new(&source);
        let mut worst = 0.0_f64;
        for block in 0..1_024 {
            let mut normals = [0.0; LANES];
            for (lane, normal) in normals.iter_mut().enumerate() {
                let part = (block * LANES + lane) as f32 / (1_024 * LANES) as f32;
                *normal = (2.0 * part - 1.0) * reach as f32;
            }
            let mut values = [0.0; LANES];
            table.draw(&normals, &mut values);
            for (normal, value) in normals.iter().zip(&values) {
                let share = normal_probability(-f64::from(normal.abs()));
                let exact = if *normal < 0.0 {
                    source.value_below(share)
                } else {
                    source.value_above(share)
                };
                worst = worst.max(((f64::from(*value) - exact) / scale(exact)).abs());
            }
        }
        worst
    }

    #[test]
    fn tables_are_as_good_as_said() {
        for mode in [10.0, 12.0, 20.0, 30.0, 45.0] {
            let pert = Distribution::BetaPert { low: 10.0, mode, high: 45.0, weight: 4.0 };
            let error = worst(&pert, 5.0, |_| 35.0);
            assert!(error < 2e-5, "{mode}: {error}");
        }
        for p90 in [11.0, 20.0, 60.0] {
            let lognormal = Distribution::Lognormal { p10: 10.0, p90 };
            let error = worst(&lognormal, 5.0, |exact| exact);
            assert!(error < 5e-5, "{p90}: {error}");
        }
        let triangle = Distribution::Triangular { low: 10.0, mode: 20.0, high: 45.0 };
        // Its density has a kink, which no parabola follows.
        let error = worst(&triangle, 5.0, |_| 35.0);
        assert!(error < 5e-4, "{error}");
    }

    #[test]
    fn words_become_normal_values() {
        let table = WordTable::normal();
        let (mut worst, mut far) = (0.0_f64, 0.0_f64);
        for block in 0..512_u32 {
            let mut words = [0; LANES];
            for (lane, word) in (0_u32..).zip(&mut words) {
                // Words all over, and near both ends.
                let number = block * 64 + lane;
                *word = match number % 4 {
                    0 => number / 4,
                    1 => u32::MAX - number / 4,
                    _ => number.wrapping_mul(0x9E37_79B9),
                };
            }
            let mut normals = [0.0; LANES];
            table.draw(&words, &mut normals);
            for (word, normal) in words.iter().zip(&normals) {
                let exact = normal_quantile((f64::from(*word) + 0.5) / 2_f64.powi(32));
                let error = (f64::from(*normal) - exact).abs();
                worst = worst.max(error);
                far = far.max(exact.abs());
            }
        }
        assert!(worst < 4e-4, "{worst}");
        assert!(far > 6.0);
    }
}
