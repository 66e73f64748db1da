//! A linear programme whose rows meet three unknowns in a row: costs, limits, or both.

/// One row: with u = a x - offset it must be low <= u <= high, and costs
/// weight * max(slope u + intercept) over the lines that it has, nothing if it has none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The first of the three unknowns.
    pub(super) first: usize,
    /// Their coefficients.
    pub(super) a: [f64; 3],
    pub(super) offset: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Where its lines stand in those of the programme.
    pub(super) lines: (usize, usize),
    /// Positive if there are lines.
    pub(super) weight: f64,
}

impl Row {
    /// A row that only keeps within limits.
    pub(super) fn limit(first: usize, a: [f64; 3], (low, high): (f64, f64)) -> Self {
        Self { first, a, offset: 0.0, low, high, lines: (0, 0), weight: 0.0 }
    }

    /// Whether it is what a rise from one unknown to the next costs.
    pub(super) fn is_rise(&self) -> bool {
        self.weight > 0.0 && self.a == [-1.0, 1.0, 0.0]
    }

    /// The value of u.
    #[inline]
    pub(super) fn value(&self, unknowns: &[f64]) -> f64 {
        self.product(unknowns) - self.offset
    }

    /// The product of its coefficients and the unknowns.
    #[inline]
    pub(super) fn product(&self, unknowns: &[f64]) -> f64 {
        match unknowns.get(self.first..self.first + 3) {
            Some([x, y, z]) => self.a[0] * x + self.a[1] * y + self.a[2] * z,
            _ => 0.0,
        }
    }

    /// Adds a number times its coefficients.
    #[inline]
    pub(super) fn spread(&self, number: f64, sums: &mut [f64]) {
        if let Some([x, y, z]) = sums.get_mut(self.first..self.first + 3) {
            *x += self.a[0] * number;
            *y += self.a[1] * number;
            *z += self.a[2] * number;
        }
    }
}

/// A line of a cost: slope and intercept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CostLine {
    pub(super) slope: f64,
    pub(super) intercept: f64,
}

impl CostLine {
    #[inline]
    pub(super) fn at(&self, value: f64) -> f64 {
        self.slope * value + self.intercept
    }
}

/// The rows, the lines of their costs, where to start, and which unknowns keep the value there.
///
/// There are two unknowns more than counted, always 0, so that rows at the end find three.
#[derive(Debug, Clone, Default)]
pub(super) struct Programme {
    pub(super) rows: Vec<Row>,
    pub(super) lines: Vec<CostLine>,
    pub(super) start: Vec<f64>,
    pub(super) is_free: Vec<bool>,
}

impl Programme {
    /// The lines of a row.
    #[inline]
    pub(super) fn lines(&self, row: &Row) -> &[CostLine] {
        self.lines.get(row.lines.0..row.lines.1).unwrap_or_default()
    }

    /// What the unknowns cost, whatever the limits.
    pub(super) fn cost(&self, unknowns: &[f64]) -> f64 {
        let of_row = |row: &Row| {
            let value = row.value(unknowns);
            let lines = self.lines(row).iter();
            let most = lines.map(|line| line.at(value)).reduce(f64::max);
            row.weight * most.unwrap_or(0.0)
        };
        self.rows.iter().map(of_row).sum()
    }
}
