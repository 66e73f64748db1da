//! The area of that part of a parabola that lies above zero.

use super::varying::Varying;

/// The integral of max(q, 0) over a length, with q the parabola through three values at the
/// beginning, the middle and the end of it.
///
/// Closed form: the roots of q cut the length into pieces, and on those where q is positive the
/// integral is a sum of the three values with weights from the moments of the pieces. Since q is 0
/// where a piece ends, the weights hold for the derivatives too.
pub(super) fn positive_part(values: [Varying; 3], length_m: f64) -> Varying {
    let [first, middle, last] = values;
    let weights = weights([first.value, middle.value, last.value]);
    let [a, b, c] = weights.map(|weight| weight * 0.5 * length_m);
    first.times(a).plus(middle.times(b)).plus(last.times(c))
}

/// What each of the values at -1, 0 and 1 counts in the integral from -1 to 1.
fn weights([first, middle, last]: [f64; 3]) -> [f64; 3] {
    let parabola = [middle, 0.5 * (last - first), 0.5 * (first + last) - middle];
    // It leaves the straight line between the first and the last value by its last term at most.
    let [_, _, bow] = parabola.map(f64::abs);
    if first.min(last) > bow {
        return [1.0 / 3.0, 4.0 / 3.0, 1.0 / 3.0];
    }
    if first.max(last) < -bow {
        return [0.0; 3];
    }
    let [low, high] = roots(parabola);
    let (mut zeroth, mut first_moment, mut second) = (0.0, 0.0, 0.0);
    for (from, to) in [(-1.0, low), (low, high), (high, 1.0)] {
        let half_way = 0.5 * (from + to);
        let [c0, c1, c2] = parabola;
        if c0 + half_way * (c1 + half_way * c2) > 0.0 {
            zeroth += to - from;
            first_moment += (to * to - from * from) / 2.0;
            second += (to * to * to - from * from * from) / 3.0;
        }
    }
    [0.5 * (second - first_moment), zeroth - second, 0.5 * (second + first_moment)]
}

/// The roots of c0 + c1 u + c2 u^2, in order and held between -1 and 1; 1 for one that is not there.
fn roots([c0, c1, c2]: [f64; 3]) -> [f64; 2] {
    let discriminant = c1 * c1 - 4.0 * c2 * c0;
    if !(discriminant > 0.0) {
        return [1.0, 1.0];
    }
    // The root with the larger sum first, so that no digits are lost.
    let sum = -0.5 * (c1 + discriminant.sqrt().copysign(c1));
    let held = |root: f64| if root.is_nan() { 1.0 } else { root.clamp(-1.0, 1.0) };
    let (a, b) = (held(sum / c2), held(c0 / sum));
    [a.min(b), a.max(b)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By a million strips.
    fn by_strips([first, middle, last]: [f64; 3]) -> f64 {
        let strips = 1_000_000;
        let strip = |number: i32| {
            let u = (f64::from(number) + 0.5) * 2.0 / f64::from(strips) - 1.0;
            let value = middle + u * (0.5 * (last - first) + u * (0.5 * (first + last) - middle));
            value.max(0.0)
        };
        (0..strips).map(strip).sum::<f64>() * 2.0 / f64::from(strips)
    }

    #[test]
    fn areas_are_those_of_many_strips() {
        for values in [
            [1.0, 2.0, 3.0],
            [-1.0, -2.0, -3.0],
            [-1.0, 0.0, 1.0],
            [-1.0, 1.0, -1.0],
            [1.0, -1.0, 1.0],
            [2.0, -1.0, -1.0],
            [0.0, 0.0, 0.0],
            [0.0, 0.0, 5.0],
            [3.0, 0.0, 0.0],
            [-4.0, 1.0, 1.0],
        ] {
            let area = positive_part(values.map(Varying::fixed), 2.0).value;
            assert!((area - by_strips(values)).abs() < 1e-9, "{values:?}: {area}");
        }
    }

    #[test]
    fn derivatives_are_differences() {
        let values = [2.0, -1.0, 0.5];
        for number in 0..3 {
            let mut varying = values.map(Varying::fixed);
            varying[number].by[0] = 1.0;
            let by = positive_part(varying, 7.0).by[0];
            let moved = |step: f64| {
                let mut values = values;
                values[number] += step;
                positive_part(values.map(Varying::fixed), 7.0).value
            };
            assert!((by - (moved(1e-5) - moved(-1e-5)) / 2e-5).abs() < 1e-8, "{number}: {by}");
        }
    }
}
