//! A piece of line whose curvature passes from one value to another.

use super::quadrature::displacement_m;
use super::{Pose, Ramp, limits, viennese};
use crate::Result;
use crate::geodesy::Coord;

/// A piece of line whose curvature runs from k0 to k1 after a [`Ramp`] f:
/// k(s) = k0 + (k1 - k0) f(s / L), so that the bearing grows by k0 s + (k1 - k0) L F(s / L), with F
/// the area under f.
///
/// Both curvatures may differ from 0, also in sign (egg lines, reverse curves). Places are
/// integrals of the bearing's cosine and sine by Gauss and Legendre on panels of half a radian.
/// They are good to a few units of the last digit, 3e-13 m on any railway; against Fresnel
/// integrals, nothing is lost where the curvature hardly changes.
///
/// Made by [`clothoid`](Self::clothoid), [`bloss`](Self::bloss), [`cosine`](Self::cosine),
/// [`sine`](Self::sine), [`helmert`](Self::helmert), [`viennese`](Self::viennese).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transition {
    ramp: Ramp,
    length_m: f64,
    curvature_from_per_m: f64,
    curvature_to_per_m: f64,
    /// What the term of the Viennese bend scales with, h psi; 0 for all others.
    sway_m: f64,
}

impl Transition {
    /// A transition after any ramp; the Viennese one without cant, so without its term.
    ///
    /// # Errors
    ///
    /// As [`clothoid`](Self::clothoid).
    pub fn new(
        ramp: Ramp,
        length_m: f64,
        curvature_from_per_m: f64,
        curvature_to_per_m: f64,
    ) -> Result<Self> {
        Self::swaying(ramp, length_m, curvature_from_per_m, curvature_to_per_m, 0.0)
    }

    /// A transition with the term of a Viennese bend as it is, 0 for all others.
    pub(crate) fn swaying(
        ramp: Ramp,
        length_m: f64,
        curvature_from_per_m: f64,
        curvature_to_per_m: f64,
        sway_m: f64,
    ) -> Result<Self> {
        limits::length(length_m)?;
        limits::curvature(curvature_from_per_m)?;
        limits::curvature(curvature_to_per_m)?;
        let made = Self { ramp, length_m, curvature_from_per_m, curvature_to_per_m, sway_m };
        limits::turn(length_m * made.most_curvature_per_m())?;
        Ok(made)
    }

    /// The shape of its curvature.
    #[must_use]
    pub fn ramp(&self) -> Ramp {
        self.ramp
    }

    /// Its length.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    /// The curvature where it begins.
    #[must_use]
    pub fn curvature_from_per_m(&self) -> f64 {
        self.curvature_from_per_m
    }

    /// The curvature where it ends.
    #[must_use]
    pub fn curvature_to_per_m(&self) -> f64 {
        self.curvature_to_per_m
    }

    /// The term of a Viennese bend, h psi: the height of the centre of gravity times the roll.
    #[must_use]
    pub fn sway_m(&self) -> f64 {
        self.sway_m
    }

    /// The pose at a distance, from the origin eastwards.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if the distance is not on the element.
    pub fn at(&self, distance_m: f64) -> Result<Pose> {
        limits::distance(distance_m, self.length_m)?;
        let turn = |distance_m: f64| self.turn_rad(distance_m);
        let most_per_m = self.most_curvature_per_m();
        // The Helmert curve has a kink in the change of its curvature there.
        let half_m = 0.5 * self.length_m;
        let [mut e_m, mut n_m] = displacement_m(turn, (0.0, distance_m.min(half_m)), most_per_m);
        if distance_m > half_m {
            let [further_e_m, further_n_m] = displacement_m(turn, (half_m, distance_m), most_per_m);
            e_m += further_e_m;
            n_m += further_n_m;
        }
        Ok(Pose {
            coord: Coord { e_m, n_m },
            bearing_rad: self.turn_rad(distance_m),
            curvature_per_m: self.curvature_per_m(distance_m),
        })
    }

    /// By how much the bearing has grown at a distance.
    #[must_use]
    pub fn turn_rad(&self, distance_m: f64) -> f64 {
        let t = distance_m / self.length_m;
        let change_per_m = self.curvature_to_per_m - self.curvature_from_per_m;
        let turn_rad = self.curvature_from_per_m * distance_m
            + change_per_m * self.length_m * self.ramp.area_ratio(t);
        if self.sway_m == 0.0 {
            return turn_rad;
        }
        turn_rad - self.sway_m / self.length_m * self.ramp.slope_ratio(t)
    }

    /// The curvature at a distance.
    #[must_use]
    pub fn curvature_per_m(&self, distance_m: f64) -> f64 {
        let t = distance_m / self.length_m;
        let (from_per_m, to_per_m) = (self.curvature_from_per_m, self.curvature_to_per_m);
        let curvature_per_m = self.ramp.between(from_per_m, to_per_m, t);
        if self.sway_m == 0.0 {
            return curvature_per_m;
        }
        curvature_per_m - self.sway_m / (self.length_m * self.length_m) * viennese::bend(t)
    }

    /// The change of curvature a metre at a distance, its derivative.
    #[must_use]
    pub fn sharpness_per_m2(&self, distance_m: f64) -> f64 {
        let t = distance_m / self.length_m;
        let change_per_m = self.curvature_to_per_m - self.curvature_from_per_m;
        let sharpness_per_m2 = change_per_m / self.length_m * self.ramp.slope_ratio(t);
        if self.sway_m == 0.0 {
            return sharpness_per_m2;
        }
        let cube = self.length_m * self.length_m * self.length_m;
        sharpness_per_m2 - self.sway_m / cube * viennese::bend_slope(t)
    }

    /// A curvature that it nowhere exceeds: the larger of its ends, and of a Viennese bend the
    /// most that its term adds, f'' = 7.51 at t = 0.276.
    pub(super) fn most_curvature_per_m(&self) -> f64 {
        let ends = self.curvature_from_per_m.abs().max(self.curvature_to_per_m.abs());
        ends + 7.6 * self.sway_m.abs() / (self.length_m * self.length_m)
    }

    /// A change of curvature that it nowhere exceeds; |f'''| of a Viennese bend is at most 52.5.
    pub(super) fn most_sharpness_per_m2(&self) -> f64 {
        let change_per_m = (self.curvature_to_per_m - self.curvature_from_per_m).abs();
        let cube = self.length_m * self.length_m * self.length_m;
        change_per_m / self.length_m * self.ramp.most_slope_ratio()
            + 52.6 * self.sway_m.abs() / cube
    }
}
