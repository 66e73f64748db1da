//! The pull of locomotives: by their curve, their power, and what their wheels can hold.

use super::{Effort, GRAVITY_MPS2};
use crate::error::Result;
use crate::model::{AdhesionLaw, Locomotive};

/// How far apart points of a curve under the limit of adhesion lie, km/h.
const STEP_KMH: u32 = 2;

impl Locomotive {
    /// The power at its wheels.
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    ///
    /// let loco = RollingStock::builtin().locomotive("2te25km")?;
    /// assert!((loco.wheel_kw() - 4236.8).abs() < 1e-9); // 0.8 of 5,296 kW
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn wheel_kw(&self) -> f64 {
        self.engine_kw.value * self.wheel_ratio.value
    }

    /// Its pull: the measured curve, or that at rest, and the power at its wheels.
    ///
    /// # Errors
    /// Those of [`Effort::curve`].
    pub fn effort(&self) -> Result<Effort> {
        Effort::curve(&self.points_mps_n(), 1e3 * self.wheel_kw())
    }

    /// Its pull as far as its wheels hold by a law of adhesion, with a share of that: less than 1
    /// on wet rails.
    ///
    /// # Errors
    /// Those of [`Effort::curve`].
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    ///
    /// let stock = RollingStock::builtin();
    /// let loco = stock.locomotive("2te25km")?;
    /// let effort = loco.effort_by_adhesion(stock.adhesion("diesel")?, 1.0)?;
    /// // 0.118 + 5 / 47.5 of 288 t at 20 km/h: 630.8 kN of the 762.6 kN that its power gives
    /// assert!((effort.force_n(20.0 / 3.6) - 630_781.0).abs() < 1.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn effort_by_adhesion(&self, law: &AdhesionLaw, weather_ratio: f64) -> Result<Effort> {
        let bare = Effort::curve(&self.points_mps_n(), f64::INFINITY)?;
        let weight_n = 1e3 * self.mass_t.value * GRAVITY_MPS2 * weather_ratio;
        let mut least_n = f64::INFINITY;
        let points = (0..=200).step_by(STEP_KMH as usize).map(|kmh: u32| {
            let speed_mps = f64::from(kmh) / 3.6;
            let holds_n = weight_n * law.held_ratio(f64::from(kmh)).max(0.0);
            least_n = least_n.min(holds_n).min(bare.force_n(speed_mps));
            [speed_mps, least_n]
        });
        Effort::curve(&points.collect::<Vec<_>>(), 1e3 * self.wheel_kw())
    }

    fn points_mps_n(&self) -> Vec<[f64; 2]> {
        if self.effort_kmh_kn.is_empty() {
            return vec![[0.0, 1e3 * self.start_kn.value]];
        }
        self.effort_kmh_kn.iter().map(|[kmh, kn]| [kmh / 3.6, 1e3 * kn]).collect()
    }
}
