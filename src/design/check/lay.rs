//! What a line has at a distance: curvature, cant, gradient, on one side of a joint.

use super::Piece;
use crate::geometry::{Cant, Element, Line, Profile, cant_constant_mm};
use crate::model::{CurveCompensation, Standard};

/// A line as a check reads it.
pub(super) struct Lay<'a> {
    pub(super) line: &'a Line,
    cant: Option<&'a Cant>,
    pub(super) profile: Option<&'a Profile>,
    pub(super) rail_head_distance_mm: f64,
    pub(super) slow_kmh: f64,
    pub(super) compensation: CurveCompensation,
}

impl<'a> Lay<'a> {
    pub(super) fn new(line: &'a Line, standard: &Standard, slow_kmh: Option<f64>) -> Self {
        let cant = line.alignment.cant();
        let stated_mm = cant.map(|cant| cant.rail_head_distance_m() * 1e3);
        Self {
            line,
            cant,
            profile: line.alignment.profile(),
            rail_head_distance_mm: stated_mm.unwrap_or(standard.rail_head_distance_mm),
            slow_kmh: slow_kmh.unwrap_or(standard.speed_kmh),
            compensation: standard.curve_compensation,
        }
    }

    pub(super) fn curvature_per_m(piece: &Piece<'_>, at_m: f64) -> f64 {
        piece.element.curvature_per_m(within_m(piece, at_m))
    }

    pub(super) fn sharpness_per_m2(piece: &Piece<'_>, at_m: f64) -> f64 {
        piece.element.sharpness_per_m2(within_m(piece, at_m))
    }

    /// The radius at a distance; infinite where the line is straight.
    pub(super) fn radius_m(piece: &Piece<'_>, at_m: f64) -> f64 {
        1.0 / Self::curvature_per_m(piece, at_m).abs()
    }

    /// Cant, positive to the left, and its change a metre, both in mm; nothing beyond its ends.
    pub(super) fn cant_mm(&self, at_m: f64) -> [f64; 2] {
        let Some(cant) = self.cant else { return [0.0; 2] };
        let banking = cant.at(at_m.clamp(cant.start_m(), cant.end_m()));
        banking.map_or([0.0; 2], |banking| [banking.cant_m * 1e3, banking.twist_ratio * 1e3])
    }

    /// The gradient, permille.
    pub(super) fn gradient_permille(&self, at_m: f64) -> f64 {
        let Some(profile) = self.profile else { return 0.0 };
        let level = profile.at(at_m.clamp(profile.start_m(), profile.end_m()));
        level.map_or(0.0, |level| level.gradient_ratio * 1e3)
    }

    /// The mean gradient over a base about a distance, permille; over less at the ends.
    pub(super) fn mean_gradient_permille(&self, at_m: f64, base_m: f64) -> f64 {
        let Some(profile) = self.profile else { return 0.0 };
        let [from_m, to_m] = [at_m - 0.5 * base_m, at_m + 0.5 * base_m]
            .map(|at_m| at_m.clamp(profile.start_m(), profile.end_m()));
        let [from, to] =
            [from_m, to_m].map(|at_m| profile.at(at_m).map_or(0.0, |level| level.height_m));
        if to_m > from_m { (to - from) / (to_m - from_m) * 1e3 } else { 0.0 }
    }

    /// The cant with which nothing pulls sideways, mm a unit of curvature.
    pub(super) fn equilibrium_mm_m(&self, speed_kmh: f64) -> f64 {
        cant_constant_mm(self.rail_head_distance_mm * 1e-3) * speed_kmh * speed_kmh
    }

    /// Whether nothing changes along a piece.
    pub(super) fn is_even(&self, piece: &Piece<'_>) -> bool {
        let middle_m = 0.5 * (piece.from_m + piece.to_m);
        let is_grade = self.profile.is_none_or(|profile| {
            let level = profile.at(middle_m.clamp(profile.start_m(), profile.end_m()));
            level.is_ok_and(|level| level.gradient_change_per_m == 0.0)
        });
        let is_level = self.cant_mm(middle_m)[1] == 0.0;
        !matches!(piece.element, Element::Transition(_)) && is_grade && is_level
    }
}

fn within_m(piece: &Piece<'_>, at_m: f64) -> f64 {
    (at_m - piece.begins_m).clamp(0.0, piece.element.length_m())
}
