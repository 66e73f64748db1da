//! What climbing and descending cost.

use super::Cells;
use crate::error::{Error, Result};

/// Heights of cells, and the cost of rising and falling between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Climb {
    pub(super) heights_m: Vec<f32>,
    /// Metres of level line for a metre of climb.
    pub(super) up_ratio: f64,
    /// Metres of level line for a metre of descent.
    pub(super) down_ratio: f64,
}

impl Climb {
    pub(super) fn new(
        cells: &Cells,
        heights_m: Vec<f32>,
        up_ratio: f64,
        down_ratio: f64,
    ) -> Result<Self> {
        let wrong = |item: &str, value: f64, limit: &str, hint: &str| Error::OutOfRange {
            item: item.to_owned(),
            value,
            limit: limit.to_owned(),
            hint: hint.to_owned(),
        };
        for (item, ratio) in [("up_ratio", up_ratio), ("down_ratio", down_ratio)] {
            if !(0.0..=1e6).contains(&ratio) {
                let hint = "metres of level line for a metre of height";
                return Err(wrong(item, ratio, "0 to 1,000,000", hint));
            }
        }
        if heights_m.len() != cells.count() {
            #[expect(clippy::cast_precision_loss, reason = "a count, for a message")]
            let count = heights_m.len() as f64;
            return Err(wrong("number of heights", count, "rows x columns", "one for each cell"));
        }
        if let Some(height_m) = heights_m.iter().find(|height_m| height_m.abs() > 1e5) {
            let hint = "metres above the sea; NaN closes a cell";
            return Err(wrong("height_m", (*height_m).into(), "-100,000 to 100,000", hint));
        }
        Ok(Self { heights_m, up_ratio, down_ratio })
    }

    /// Cost of a straight way over heights at even distances, metres of level line.
    pub(super) fn cost_m(&self, heights_m: impl Iterator<Item = f64>) -> f64 {
        let mut before_m = f64::NAN;
        let mut sum_m = 0.0;
        for height_m in heights_m {
            let rise_m = height_m - before_m;
            if rise_m > 0.0 {
                sum_m += rise_m * self.up_ratio;
            } else if rise_m < 0.0 {
                sum_m -= rise_m * self.down_ratio;
            }
            before_m = height_m;
        }
        sum_m
    }

    /// The greatest and the mean difference of height between neighbours of a row or column,
    /// metres.
    pub(super) fn rises_m(&self, cols: usize) -> (f64, f64) {
        let (mut most_m, mut sum_m, mut count) = (0.0_f64, 0.0, 0.0);
        let mut meet = |a: &f32, b: &f32| {
            let rise_m = f64::from(a - b).abs();
            if rise_m.is_finite() {
                most_m = most_m.max(rise_m);
                (sum_m, count) = (sum_m + rise_m, count + 1.0);
            }
        };
        for row in self.heights_m.chunks_exact(cols) {
            row.iter().zip(row.iter().skip(1)).for_each(|(a, b)| meet(a, b));
        }
        let below = self.heights_m.iter().skip(cols);
        self.heights_m.iter().zip(below).for_each(|(a, b)| meet(a, b));
        (most_m, if count > 0.0 { sum_m / count } else { 0.0 })
    }
}
