//! The value that a limit limits, at a distance.

use super::{Lay, Piece};
use crate::geometry::GRAVITY_MPS2;
use crate::model::{Limit, LimitRule};

/// Kilometres an hour in a metre a second.
const KMH_PER_MPS: f64 = 3.6;

impl Lay<'_> {
    /// The value at a distance of a piece, in the unit of the rule.
    pub(super) fn value(&self, limit: &Limit, piece: &Piece<'_>, at_m: f64) -> f64 {
        let speed_mps = piece.speed_kmh / KMH_PER_MPS;
        let twist_mm = || self.cant_mm(at_m)[1];
        match limit.rule {
            LimitRule::LeastRadius => Self::radius_m(piece, at_m),
            LimitRule::MostCant => self.cant_mm(at_m)[0].abs(),
            LimitRule::MostCantDeficiency => self.lack_mm(piece, at_m, piece.speed_kmh).max(0.0),
            LimitRule::MostCantExcess => {
                let slow_kmh = self.slow_kmh.min(piece.speed_kmh);
                (-self.lack_mm(piece, at_m, slow_kmh)).max(0.0)
            }
            LimitRule::MostLateralAcceleration => {
                let lack_mm = self.lack_mm(piece, at_m, piece.speed_kmh).max(0.0);
                lack_mm * GRAVITY_MPS2 / self.rail_head_distance_mm
            }
            LimitRule::MostCantGradient => twist_mm().abs(),
            LimitRule::MostTwist => {
                let base_m = limit.base_m.unwrap_or(3.0);
                let [before, behind] =
                    [-0.5, 0.5].map(|share| self.cant_mm(at_m + share * base_m)[0]);
                (behind - before).abs() / base_m
            }
            LimitRule::MostCantRate => twist_mm().abs() * speed_mps,
            LimitRule::MostDeficiencyRate => {
                let sharpness_per_m2 = Self::sharpness_per_m2(piece, at_m);
                let wanted_mm = self.equilibrium_mm_m(piece.speed_kmh) * sharpness_per_m2;
                (wanted_mm - twist_mm()).abs() * speed_mps
            }
            LimitRule::MostGradient => match limit.base_m {
                Some(base_m) => self.mean_gradient_permille(at_m, base_m).abs(),
                None => self.gradient_permille(at_m).abs(),
            },
            LimitRule::MostCompensatedGradient => {
                let curvature_per_m = Self::curvature_per_m(piece, at_m);
                let curve_permille = self.compensation.resistance_permille(curvature_per_m);
                self.gradient_permille(at_m).abs() + curve_permille
            }
            LimitRule::MostStationGradient => self.gradient_permille(at_m).abs(),
            LimitRule::LeastTransitionLength
            | LimitRule::LeastElementLength
            | LimitRule::MostDeficiencyJump
            | LimitRule::MostGradientChange
            | LimitRule::LeastVerticalRadius
            | LimitRule::LeastGradeLength => 0.0, // of whole elements and joints: see `events`
        }
    }

    /// What the cant lacks to the equilibrium, negative if it has more, mm.
    fn lack_mm(&self, piece: &Piece<'_>, at_m: f64, speed_kmh: f64) -> f64 {
        let wanted_mm = self.equilibrium_mm_m(speed_kmh) * Self::curvature_per_m(piece, at_m);
        let cant_mm = self.cant_mm(at_m)[0];
        match wanted_mm {
            0.0 => -cant_mm.abs(),
            to_the_left if to_the_left > 0.0 => to_the_left - cant_mm,
            to_the_right => cant_mm - to_the_right,
        }
    }
}
