//! What changes the speed of a train on a stretch, by kinds of force.

use super::cells::Cell;
use super::effort::Pull;

/// Series reach no further than to where all forces together, each by its amount, would change the
/// square of the speed by this share: beyond they converge badly.
const MOST_CHANGE: f64 = 0.5;

/// What holds of a train in all its steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Motion {
    /// `2 / (m f)`.
    pub twice_inverse_per_kg: f64,
    pub resistance_n: [f64; 3],
    /// How large the last coefficients may be.
    pub tolerance_ratio: f64,
}

/// What changes the square of the speed with the share of a stretch: as shares of its value at the
/// beginning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Law {
    pub(super) even: f64,
    /// In proportion to the share of the stretch.
    pub(super) rising: f64,
    pub(super) by_square: f64,
    pub(super) by_speed: f64,
    pub(super) by_inverse: f64,
}

impl Law {
    /// From a place of a cell to another, ahead or behind, with the square of the speed, the speed
    /// and its inverse at the first; and how long the stretch is, below 0 if it goes back.
    #[inline]
    pub(super) fn new(
        motion: &Motion,
        cell: &Cell,
        pull: &Pull,
        [at_m, to_m]: [f64; 2],
        [square, speed_mps, inverse_s_per_m]: [f64; 3],
    ) -> (Self, f64) {
        let [a, b, c] = motion.resistance_n;
        let length_m = to_m - at_m;
        let per_n = motion.twice_inverse_per_kg * length_m * inverse_s_per_m * inverse_s_per_m;
        let law = Self {
            even: per_n * (pull.constant_n - a - cell.force_at(at_m)),
            rising: -per_n * cell.force_n_per_m * length_m,
            by_square: -per_n * c * square,
            by_speed: per_n * (pull.slope_n_s_per_m - b) * speed_mps,
            by_inverse: per_n * pull.power_w * inverse_s_per_m,
        };
        let change = law.change();
        if change > MOST_CHANGE {
            let shorter = MOST_CHANGE / change;
            return (law.shorter(shorter), shorter * length_m);
        }
        (law, length_m)
    }

    #[inline]
    fn change(&self) -> f64 {
        let Self { even, rising, by_square, by_speed, by_inverse } = *self;
        even.abs() + rising.abs() + by_square.abs() + by_speed.abs() + by_inverse.abs()
    }

    /// The same for a shorter stretch.
    fn shorter(self, by: f64) -> Self {
        Self {
            even: by * self.even,
            rising: by * by * self.rising,
            by_square: by * self.by_square,
            by_speed: by * self.by_speed,
            by_inverse: by * self.by_inverse,
        }
    }
}
