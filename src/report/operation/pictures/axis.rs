//! A straight scale of a picture.

use crate::report::svg::round_step_m;

/// No axis has more round values.
const MOST_VALUES: u32 = 200;

/// A straight scale between values and places of a picture. Nothing lies off it: what is beyond an
/// end lies at that end, and what is no number at the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    from: f64,
    to: f64,
    from_px: f64,
    to_px: f64,
}

impl Axis {
    /// From one value to a higher one, each at its place. A range of nothing becomes one of 1.
    pub(super) fn new((from, to): (f64, f64), (from_px, to_px): (f64, f64)) -> Self {
        let from = if from.is_finite() { from } else { 0.0 };
        let to = if to.is_finite() && to > from { to } else { from + 1.0 };
        Self { from, to, from_px, to_px }
    }

    /// Where a value lies.
    pub(super) fn px(&self, value: f64) -> f64 {
        let share = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        let share = if share.is_nan() { 0.0 } else { share };
        self.from_px + share * (self.to_px - self.from_px)
    }

    /// Whether a value lies on it.
    pub(super) fn holds(&self, value: f64) -> bool {
        (self.from..=self.to).contains(&value)
    }

    /// The value at its end.
    pub(super) fn end(&self) -> f64 {
        self.to
    }

    /// Round values on it, so many parts at most; multiples of `least` times 1, 2, 5, 10, ...
    pub(super) fn round_values(&self, least: f64, most: f64) -> Vec<f64> {
        let step = round_step_m(self.to - self.from, least, most);
        if (self.to - self.from) / step > most {
            return vec![self.from, self.to];
        }
        let first = (self.from / step).ceil();
        let values = (0..MOST_VALUES).map(|number| (first + f64::from(number)) * step);
        values.take_while(|value| *value <= self.to).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_on_the_axis_whatever_they_are() {
        let axis = Axis::new((10.0, 30.0), (100.0, 0.0));
        assert_eq!([10.0, 15.0, 30.0].map(|value| axis.px(value)), [100.0, 75.0, 0.0]);
        let beyond = [0.0, 40.0, f64::NAN, f64::INFINITY];
        assert_eq!(beyond.map(|value| axis.px(value)), [100.0, 0.0, 100.0, 0.0]);
        for (from, to) in [(5.0, 5.0), (f64::NAN, f64::NAN), (3.0, f64::INFINITY), (9.0, 1.0)] {
            let axis = Axis::new((from, to), (0.0, 50.0));
            assert_eq!((axis.px(axis.from), axis.px(axis.to)), (0.0, 50.0), "{from} {to}");
        }
    }

    #[test]
    fn round_values_are_few() {
        let axis = Axis::new((-3.0, 12.0), (0.0, 1.0));
        assert_eq!(axis.round_values(1.0, 8.0), [-2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0]);
        assert_eq!(Axis::new((0.0, 1e300), (0.0, 1.0)).round_values(1.0, 8.0), [0.0, 1e300]);
    }
}
