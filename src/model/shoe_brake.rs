//! Brake shoes: their friction and how hard they are pressed, which only hold together.

use serde::{Deserialize, Serialize};

use super::{Name, Sourced, ValueState};

/// A brake: the friction of its shoes, and their force as a share of the train's weight.
///
/// The friction at `v` km/h is `factor (v + far) / (slope v + far)`. A share that is reckoned for
/// cast iron must not be put beside the friction of composite shoes, which hold three times as
/// well at speed; so both stand here together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShoeBrake {
    /// Its id: `cast-iron`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// The friction at rest.
    pub friction_ratio: f64,
    /// What is added to the speed, km/h.
    pub far_kmh: f64,
    /// By how much the denominator grows with the speed.
    pub slope_ratio: f64,
    /// Whether the friction was read in its source.
    #[serde(default)]
    pub state: ValueState,
    /// Where the friction stands.
    pub source: String,
    /// The force of all shoes as a share of the train's weight, for these shoes.
    pub theta_ratio: Sourced,
    /// The share of that which a full service brake uses.
    pub service_ratio: Sourced,
}

impl ShoeBrake {
    /// The friction of the shoes at a speed.
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    ///
    /// let stock = RollingStock::builtin();
    /// let [iron, composite] = [stock.brake("cast-iron")?, stock.brake("composite")?];
    /// assert!((iron.friction_ratio(80.0) - 0.0972).abs() < 1e-12); // 0.27 * 180 / 500
    /// assert!((composite.friction_ratio(75.0) - 0.27).abs() < 1e-12); // 0.36 * 225 / 300
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn friction_ratio(&self, speed_kmh: f64) -> f64 {
        self.friction_ratio * (speed_kmh + self.far_kmh)
            / (self.slope_ratio * speed_kmh + self.far_kmh)
    }

    /// The force of an emergency brake at a speed, in newtons for a kilonewton of weight.
    #[must_use]
    pub fn emergency_n_per_kn(&self, speed_kmh: f64) -> f64 {
        1000.0 * self.friction_ratio(speed_kmh) * self.theta_ratio.value
    }

    /// The force of a full service brake at a speed, in newtons for a kilonewton of weight.
    #[must_use]
    pub fn service_n_per_kn(&self, speed_kmh: f64) -> f64 {
        self.emergency_n_per_kn(speed_kmh) * self.service_ratio.value
    }
}
