//! What a file states of a line, in metres and radians, right or wrong.

use super::found::Found;
use crate::geodesy::Coord;
use crate::geometry::Ramp;

/// A line as a file states it.
#[derive(Debug)]
pub(super) struct StatedLine {
    /// The byte where it begins in the file; so of all below.
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) length_m: f64,
    pub(super) sta_start_m: f64,
    pub(super) elements: Vec<Stated>,
    pub(super) equations: Vec<StatedEquation>,
    pub(super) profile: Vec<StatedPvi>,
    pub(super) cant: Option<StatedCant>,
    /// In which bearing it begins, as this library has told itself.
    pub(super) told_bearing_rad: Option<f64>,
    /// What of it cannot be read; then there is no line.
    pub(super) refused: Vec<Found>,
}

/// A piece of a plan as a file states it.
#[derive(Debug)]
pub(super) struct Stated {
    pub(super) at: usize,
    /// Counted from 1, with those that are refused.
    pub(super) number: usize,
    /// What the file calls it: `Line`, `Curve`, `Spiral`, and its name.
    pub(super) label: String,
    pub(super) shape: Shape,
    pub(super) start: Coord,
    pub(super) end: Coord,
    pub(super) intersection: Option<Coord>,
    pub(super) length_m: Option<f64>,
    pub(super) sta_start_m: Option<f64>,
    /// Directions as they stand there, from wherever they count.
    pub(super) direction_from_rad: Option<f64>,
    pub(super) direction_to_rad: Option<f64>,
    /// The angle by which it turns, without sign.
    pub(super) turn_rad: Option<f64>,
    pub(super) chord_m: Option<f64>,
}

/// The shape of a piece of a plan; curvatures are positive to the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Line,
    Curve {
        is_left: bool,
        radius_m: Option<f64>,
        centre: Option<Coord>,
        /// The curvature to the last digit, if this library wrote it.
        told_per_m: Option<f64>,
    },
    Spiral {
        ramp: Ramp,
        from_per_m: f64,
        to_per_m: f64,
        sway_m: f64,
    },
}

/// A jump of the chainages.
#[derive(Debug)]
pub(super) struct StatedEquation {
    pub(super) at: usize,
    pub(super) internal_m: f64,
    pub(super) back_m: Option<f64>,
    pub(super) ahead_m: f64,
    pub(super) is_falling: bool,
}

/// A point of a profile.
#[derive(Debug)]
pub(super) struct StatedPvi {
    pub(super) at: usize,
    pub(super) sta_m: f64,
    pub(super) height_m: f64,
    pub(super) rounding: StatedRounding,
}

/// How a profile is rounded off at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum StatedRounding {
    None,
    /// Parabolas over lengths before and after the point.
    Parabola {
        before_m: f64,
        after_m: f64,
    },
    /// A circle, which a file may also give a length.
    Circle {
        radius_m: f64,
        length_m: f64,
    },
}

/// The cant of a line, and its speeds.
#[derive(Debug)]
pub(super) struct StatedCant {
    pub(super) at: usize,
    pub(super) gauge_m: f64,
    pub(super) constant_mm: Option<f64>,
    pub(super) told_heads_m: Option<f64>,
    pub(super) told_gauge_mm: Option<f64>,
    /// Whether this library wrote it.
    pub(super) is_own: bool,
    pub(super) stations: Vec<StatedBanking>,
    /// Stations and speeds in km/h.
    pub(super) speeds: Vec<(f64, f64)>,
}

/// A cant at a station.
#[derive(Debug)]
pub(super) struct StatedBanking {
    pub(super) at: usize,
    pub(super) sta_m: f64,
    /// Positive where the right rail is higher.
    pub(super) cant_m: f64,
    /// None if its type is not known.
    pub(super) ramp: Option<Ramp>,
    pub(super) is_adverse: bool,
    pub(super) speed_kmh: Option<f64>,
}
