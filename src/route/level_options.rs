//! What a search over levels may do, and what it proved.

use super::levels::MOST_LEVELS;
use super::{CostModel, LevelLattice, Neighbours};
use crate::error::{Result, within};

/// What a search may do and what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelOptions {
    /// Ruling gradient, permille.
    pub gradient_permille: f64,
    /// Gradient in the stations at both ends, permille.
    pub station_gradient_permille: f64,
    /// Length of track at the station's gradient, from the place of the station, metres; 0 for none.
    pub station_length_m: f64,
    /// Height between two levels near the ground, metres. A move climbs whole steps from level to
    /// level, so it should be a small part of what a cell may climb: 0.5 m of 6 to 14 m here.
    pub level_step_m: f64,
    /// How the levels of a cell lie.
    pub lattice: LevelLattice,
    /// Height between two levels far from the ground, metres.
    pub largest_spacing_m: f64,
    /// How far rails may run above the ground, metres.
    pub above_ground_m: f64,
    /// How far rails may run below the ground, metres.
    pub below_ground_m: f64,
    /// Neighbours of a cell; eight or sixteen.
    pub neighbours: Neighbours,
    /// Whether the cells between a knight move's ends are paid for too.
    pub charge_between: bool,
    /// What a metre costs.
    pub cost: CostModel,
    /// What a metre of climb costs, in metres of level line. A fall costs nothing: there and back
    /// together pay for every height once.
    pub climb_ratio: f64,
    /// Least radius of a curve, metres; 0 for none. The tangent of a curve, `R tan(angle / 2)`,
    /// takes its part of the straight runs on both sides, in half moves rounded up.
    pub least_radius_m: f64,
    /// What curves take off the gradient, permille times metres of radius: 700 on 1520 mm gauge, so
    /// that a curve of 350 m climbs 2 permille less; 0 for nothing. The rise that a curve loses
    /// grows with its angle alone.
    pub compensation_permille_m: f64,
    /// The search stops with an error before it holds more, bytes.
    pub largest_memory_bytes: usize,
}

impl Default for LevelOptions {
    fn default() -> Self {
        Self {
            gradient_permille: 18.0,
            station_gradient_permille: 2.5,
            station_length_m: 0.0,
            level_step_m: 0.5,
            lattice: LevelLattice::FromGround,
            largest_spacing_m: 32.0,
            above_ground_m: 60.0,
            below_ground_m: 450.0,
            neighbours: Neighbours::Sixteen,
            charge_between: true,
            cost: CostModel::default(),
            climb_ratio: 0.0,
            least_radius_m: 0.0,
            compensation_permille_m: 0.0,
            largest_memory_bytes: 2_000_000_000,
        }
    }
}

impl LevelOptions {
    /// Whether curves need room or cost rise, so that a way is more than its cells and levels.
    pub(super) fn has_curves(&self) -> bool {
        self.least_radius_m > 0.0 || self.compensation_permille_m > 0.0
    }

    /// # Errors
    /// [`Error::OutOfRange`] for an option without sense.
    pub(super) fn check(&self) -> Result<()> {
        let range = |item: &str, value: f64, low: f64, high: f64| {
            within(|| item.to_owned(), value, (low, high), "see LevelOptions")
        };
        range("gradient_permille", self.gradient_permille, 0.0, 200.0)?;
        range("station_gradient_permille", self.station_gradient_permille, 0.0, 200.0)?;
        range("station_length_m", self.station_length_m, 0.0, 1e5)?;
        range("level_step_m", self.level_step_m, 0.1, 100.0)?;
        range("largest_spacing_m", self.largest_spacing_m, 0.1, 1_000.0)?;
        range("above_ground_m", self.above_ground_m, 0.0, 2_000.0)?;
        range("below_ground_m", self.below_ground_m, 0.0, 2_000.0)?;
        range("climb_ratio", self.climb_ratio, 0.0, 1e4)?;
        range("least_radius_m", self.least_radius_m, 0.0, 1e5)?;
        range("compensation_permille_m", self.compensation_permille_m, 0.0, 1e4)?;
        if let LevelLattice::Multiples { levels } = self.lattice {
            #[expect(clippy::cast_precision_loss, reason = "a count, for a message")]
            range("levels of the lattice", levels as f64, 1.0, MOST_LEVELS as f64)?;
        }
        if self.neighbours == Neighbours::ThirtyTwo {
            return range("neighbours", 32.0, 8.0, 16.0);
        }
        let sound = if self.cost.is_sound() { 0.0 } else { f64::NAN };
        range("cost", sound, 0.0, 1e4)
    }
}

/// Why a way is the cheapest, or how far from it, and what that took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    /// Cost of the way as searched, in metres of level line.
    pub cost_m: f64,
    /// No way over these cells and levels can cost less than this, in metres of level line; equal
    /// to the cost if the way is optimal.
    pub lower_bound_m: f64,
    /// Cost of the way once more, by other code in floating point, in metres of level line.
    pub recost_m: f64,
    /// States whose cost was settled.
    pub settled_count: usize,
    /// Cells that were touched.
    pub touched_cells: usize,
    /// Memory of the search, bytes.
    pub memory_bytes: usize,
}

impl Certificate {
    /// Whether no way over these cells and levels costs less.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.lower_bound_m >= self.cost_m
    }

    /// By how much the way may be dearer than the cheapest, as a share of it; 0 if proven.
    #[must_use]
    pub fn gap_share(&self) -> f64 {
        if self.is_proven() { 0.0 } else { self.cost_m / self.lower_bound_m.max(1e-9) - 1.0 }
    }
}
