//! A sum that keeps the digits which plain addition loses.

/// A running sum as the nearest number and what is left over, after Knuth's two-sum (The Art of
/// Computer Programming, volume 2, section 4.2.2, theorem B). A line of a thousand elements ends
/// where the exact sum does, not 1e-8 m beside it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    nearest: f64,
    left_over: f64,
}

impl Sum {
    pub(super) fn new(value: f64) -> Self {
        Self { nearest: value, left_over: 0.0 }
    }

    /// The sum and one more.
    pub(super) fn plus(self, value: f64) -> Self {
        let total = self.nearest + value;
        let added = total - self.nearest;
        let lost = (self.nearest - (total - added)) + (value - added);
        let left_over = self.left_over + lost;
        // What is left over is kept small, so that the first part stays the nearest number.
        let nearest = total + left_over;
        Self { nearest, left_over: left_over - (nearest - total) }
    }

    pub(super) fn value(self) -> f64 {
        self.nearest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_million_tenths_are_a_million() {
        let mut sum = Sum::default();
        let mut plain = 0.0;
        for _ in 0..10_000_000 {
            sum = sum.plus(0.1);
            plain += 0.1;
        }
        assert_eq!(sum.value(), 1e6);
        assert!((plain - 1e6_f64).abs() > 1e-5);
    }
}
