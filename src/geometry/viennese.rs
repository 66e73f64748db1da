//! The Viennese bend: the vehicle rolls about its centre of gravity instead of the rail.

use super::{Ramp, Transition, limits};
use crate::Result;
use crate::error::within;

impl Transition {
    /// A Viennese bend: a ramp of the seventh degree, less what keeps the centre of gravity on a
    /// smooth way while the cant rolls the vehicle about it.
    ///
    /// k(s) = k0 + (k1 - k0) f(t) - (h psi / L^2) f''(t), with
    /// f(t) = 35 t^4 - 84 t^5 + 70 t^6 - 20 t^7, h the height of the centre of gravity above the
    /// rails, and psi = (D1 - D0) / b the change of the roll, from the cants D at both ends
    /// (right rail less left rail, so positive in a curve to the left) and the distance b between
    /// the rail heads. IFC 4.3 (ISO 16739-1:2024) calls it VIENNESEBEND, LandXML 1.2
    /// `weinerBogen`.
    ///
    /// # Units
    ///
    /// Metres; the height h is mostly 1.8 m.
    ///
    /// # Errors
    ///
    /// As [`clothoid`](Self::clothoid); and if the height is not 0 to 10 m, a cant not -1 to 1 m, or
    /// the distance between the rail heads not 0.3 to 3 m.
    ///
    /// # Example
    ///
    /// Before it turns left, the line bends a little to the right: the rails swing out as the
    /// vehicle begins to roll. In the end it has turned by L / 2R, whatever the cant:
    ///
    /// ```
    /// use railcorridor::geometry::{Roll, Transition};
    ///
    /// let roll = Roll { centre_height_m: 1.8, cant_from_m: 0.0, cant_to_m: 0.1, rail_head_distance_m: 1.5 };
    /// let entry = Transition::viennese(100.0, 0.0, 1.0 / 500.0, roll)?;
    /// assert!(entry.at(10.0)?.curvature_per_m < 0.0);
    /// assert!((entry.at(100.0)?.bearing_rad - 0.1).abs() < 1e-15);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn viennese(
        length_m: f64,
        curvature_from_per_m: f64,
        curvature_to_per_m: f64,
        roll: Roll,
    ) -> Result<Self> {
        let sway_m = roll.sway_m()?;
        Self::swaying(Ramp::Viennese, length_m, curvature_from_per_m, curvature_to_per_m, sway_m)
    }
}

/// How a vehicle rolls over a Viennese bend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Roll {
    /// The height of its centre of gravity above the rails.
    pub centre_height_m: f64,
    /// The cant where the bend begins: right rail less left rail.
    pub cant_from_m: f64,
    /// The cant where it ends.
    pub cant_to_m: f64,
    /// Between the middles of the rail heads: about 1.5 m on 1435 mm.
    pub rail_head_distance_m: f64,
}

impl Roll {
    /// By how much the roll moves the centre of gravity aside, h psi.
    fn sway_m(self) -> Result<f64> {
        let Self { centre_height_m, cant_from_m, cant_to_m, rail_head_distance_m } = self;
        let height = || "centre_height_m".to_owned();
        within(height, centre_height_m, (0.0, 10.0), "it is about 1.8 m above the rails")?;
        for cant_m in [cant_from_m, cant_to_m] {
            let item = || "cant of a Viennese bend in metres".to_owned();
            within(item, cant_m, (-1.0, 1.0), "cants are given in metres: 0.1, not 100")?;
        }
        limits::rail_head_distance(rail_head_distance_m)?;
        Ok(centre_height_m * (cant_to_m - cant_from_m) / rail_head_distance_m)
    }
}

pub(super) fn value(t: f64) -> f64 {
    let square = t * t;
    square * square * (35.0 + t * (-84.0 + t * (70.0 - 20.0 * t)))
}

/// 140 t^3 (1 - t)^3.
pub(super) fn slope(t: f64) -> f64 {
    let product = t * (1.0 - t);
    140.0 * product * product * product
}

pub(super) fn area(t: f64) -> f64 {
    let square = t * t;
    square * square * t * (7.0 + t * (-14.0 + t * (10.0 - 2.5 * t)))
}

/// The second derivative of the ramp, 420 t^2 (1 - t)^2 (1 - 2 t).
pub(super) fn bend(t: f64) -> f64 {
    let product = t * (1.0 - t);
    420.0 * product * product * (1.0 - 2.0 * t)
}

/// Its third derivative, 840 t (1 - t) (1 - 5 t + 5 t^2).
pub(super) fn bend_slope(t: f64) -> f64 {
    let product = t * (1.0 - t);
    840.0 * product * (1.0 - 5.0 * product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_follow_one_another() {
        for step in 1..100 {
            let (t, h) = (f64::from(step) / 100.0, 1e-5);
            assert!(((slope(t + h) - slope(t - h)) / (2.0 * h) - bend(t)).abs() < 1e-6);
            assert!(((bend(t + h) - bend(t - h)) / (2.0 * h) - bend_slope(t)).abs() < 1e-6);
        }
    }

    #[test]
    fn cants_in_millimetres_are_refused() {
        let roll = Roll {
            centre_height_m: 1.8,
            cant_from_m: 0.0,
            cant_to_m: 100.0,
            rail_head_distance_m: 1.5,
        };
        let text = Transition::viennese(100.0, 0.0, 0.002, roll).unwrap_err().to_string();
        assert!(text.contains("0.1, not 100"), "{text}");
        for bad in [f64::NAN, -1.0, 20.0] {
            let roll = Roll { cant_to_m: 0.1, centre_height_m: bad, ..roll };
            assert!(Transition::viennese(100.0, 0.0, 0.002, roll).is_err());
        }
    }
}
