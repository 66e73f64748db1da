//! The ground as a line meets it: its height, and how it slopes.

use crate::geodesy::Coord;

/// Height and slope of the ground at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroundPoint {
    /// Its height.
    pub height_m: f64,
    /// By how much it rises eastwards, metres a metre.
    pub slope_e_ratio: f64,
    /// By how much it rises northwards.
    pub slope_n_ratio: f64,
}

/// Ground whose height and slope are known everywhere: a formula, or a grid with a rule between
/// its nodes.
///
/// The slope must be that of the height; a search follows it. Where the ground is not known, the
/// height may be no number: a line there has no cost.
pub trait Ground: Sync {
    /// Height and slope at a place.
    fn at(&self, place: Coord) -> GroundPoint;
}
