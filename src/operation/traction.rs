//! The pull of locomotives: by their curve, their power, and what their wheels can hold.

use super::{Effort, GRAVITY_MPS2, Hold};
use crate::error::Result;
use crate::model::{AdhesionLaw, Locomotive};

/// How far apart points of a curve under the limit of adhesion lie, km/h.
const STEP_KMH: u32 = 2;

/// Curves are told apart by so many metres of radius.
const CLASS_M: f64 = 25.0;

/// The sharpest class, which sharper curves belong to, and how many there are.
const LEAST_CLASS: u32 = 4;
const CLASSES: u32 = 76;

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

    /// As [`effort_by_adhesion`](Self::effort_by_adhesion), with what sharp curves leave of it: in
    /// classes of 25 m of radius, each by its sharpest, from 100 m on.
    ///
    /// # Errors
    /// Those of [`Effort::curve`].
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    ///
    /// let stock = RollingStock::builtin();
    /// let loco = stock.locomotive("2te25km")?;
    /// let effort = loco.effort_in_curves(stock.adhesion("diesel")?, 1.0)?;
    /// let [straight, sharp] =
    ///     [800.0, 300.0].map(|radius_m| effort.force_in_curve_n(20.0 / 3.6, radius_m));
    /// // 630.8 kN, and 3.5 x 300 / (400 + 3 x 300) of them.
    /// assert!((straight - 630_781.0).abs() < 1.0);
    /// assert!((sharp - 630_781.0 * 1050.0 / 1300.0).abs() < 1.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn effort_in_curves(&self, law: &AdhesionLaw, weather_ratio: f64) -> Result<Effort> {
        let straight = self.effort_by_adhesion(law, weather_ratio)?;
        let Some(curve) = &law.curve else { return Ok(straight) };
        let mut pulls = Vec::new();
        for class in LEAST_CLASS..LEAST_CLASS + CLASSES {
            let radius_m = CLASS_M * f64::from(class);
            if radius_m < curve.below_radius_m {
                let left_ratio = weather_ratio * curve.left_ratio(radius_m);
                let below_radius_m = (radius_m + CLASS_M).min(curve.below_radius_m);
                pulls.push((below_radius_m, self.effort_by_adhesion(law, left_ratio)?));
            }
        }
        Ok(straight.in_curves(pulls))
    }

    /// What its wheels hold by a law of adhesion in a curve; an infinite radius is straight track.
    #[must_use]
    pub fn held_kn(&self, law: &AdhesionLaw, speed_kmh: f64, hold: &Hold) -> f64 {
        let ratio = law.held_in_curve_ratio(speed_kmh, hold.radius_m) * hold.weather_ratio;
        self.mass_t.value * GRAVITY_MPS2 * ratio
    }

    fn points_mps_n(&self) -> Vec<[f64; 2]> {
        if self.effort_kmh_kn.is_empty() {
            return vec![[0.0, 1e3 * self.start_kn.value]];
        }
        self.effort_kmh_kn.iter().map(|[kmh, kn]| [kmh / 3.6, 1e3 * kn]).collect()
    }
}
