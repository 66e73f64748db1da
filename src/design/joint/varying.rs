//! A quantity of a section and how it changes with where the section lies.

/// A value with its derivatives by easting, northing, height and bearing of the section.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Varying {
    pub(super) value: f64,
    pub(super) by: [f64; 4],
}

impl Varying {
    /// A value that does not change.
    pub(super) fn fixed(value: f64) -> Self {
        Self { value, by: [0.0; 4] }
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self { value: self.value * factor, by: self.by.map(|slope| slope * factor) }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let [a, b, c, d] = self.by;
        let [e, f, g, h] = other.by;
        Self { value: self.value + other.value, by: [a + e, b + f, c + g, d + h] }
    }

    pub(super) fn less(self, amount: f64) -> Self {
        Self { value: self.value - amount, by: self.by }
    }
}
