//! An element as its numbers make it, beside the points that the file states for it.

use std::f64::consts::TAU;

use super::read_plan::agrees;
use super::stated::{Shape, Stated};
use crate::error::{Error, Result, within};
use crate::geodesy::Coord;
use crate::geometry::{Arc, Element, Pose, Tangent, Transition};

/// An element with both: what its numbers make of it, and where its points lie.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) stated: &'a Stated,
    /// Where it begins along the chain.
    pub(super) from_m: f64,
    pub(super) element: Element,
    /// Its end, seen from its beginning eastwards.
    pub(super) end: Pose,
    /// Whether its points say that it turns to the other side.
    pub(super) is_flipped: bool,
}

impl<'a> Piece<'a> {
    pub(super) fn new(stated: &'a Stated, from_m: f64) -> Result<Self> {
        let element = element(stated)?;
        let end = element.at(element.length_m())?;
        Ok(Self { stated, from_m, element, end, is_flipped: false })
    }

    /// Whether it is the next one behind another, with none between them that makes no piece.
    pub(super) fn follows(&self, before: &Self) -> bool {
        self.stated.number == before.stated.number + 1
    }

    /// How far its stated points lie apart.
    pub(super) fn chord_by_points_m(&self) -> f64 {
        self.stated.start.distance_m(self.stated.end)
    }

    /// How far its ends lie apart by its numbers.
    pub(super) fn chord_by_numbers_m(&self) -> f64 {
        Coord::default().distance_m(self.end.coord)
    }

    fn sign(&self) -> f64 {
        if self.is_flipped { -1.0 } else { 1.0 }
    }

    /// The bearing in which it begins, by its points.
    pub(super) fn bearing_from_rad(&self) -> f64 {
        let by_points_rad = self.stated.start.bearing_rad(self.stated.end);
        by_points_rad - self.sign() * Coord::default().bearing_rad(self.end.coord)
    }

    /// The bearing in which it ends, by its points.
    pub(super) fn bearing_to_rad(&self) -> f64 {
        self.bearing_from_rad() + self.sign() * self.end.bearing_rad
    }

    /// Its end if it begins at its stated start in a bearing, as written or to the other side.
    pub(super) fn end_from(&self, bearing_rad: f64, is_flipped: bool) -> Coord {
        let n_m = if is_flipped { -self.end.coord.n_m } else { self.end.coord.n_m };
        turned(self.stated.start, bearing_rad, Coord { n_m, ..self.end.coord })
    }

    /// By how much a bearing out of its points may be wrong, since these are rounded.
    pub(super) fn bearing_slack_rad(&self) -> f64 {
        1e-4 + 1e-3 / self.chord_by_points_m().max(1e-9)
    }

    /// Whether its numbers turn it at all.
    pub(super) fn is_curved(&self) -> bool {
        !matches!(self.element, Element::Tangent(_))
    }
}

/// A place that lies from another as told, but in a bearing instead of eastwards.
pub(super) fn turned(from: Coord, bearing_rad: f64, by: Coord) -> Coord {
    let (sine, cosine) = bearing_rad.sin_cos();
    Coord {
        e_m: from.e_m + by.e_m * cosine - by.n_m * sine,
        n_m: from.n_m + by.e_m * sine + by.n_m * cosine,
    }
}

fn element(stated: &Stated) -> Result<Element> {
    match stated.shape {
        Shape::Line => {
            let length_m = stated.length_m.unwrap_or_else(|| stated.start.distance_m(stated.end));
            Ok(Tangent::new(length_m)?.into())
        }
        Shape::Curve { is_left, radius_m, centre, told_per_m } => {
            let to_start_m = centre.map(|centre| centre.distance_m(stated.start));
            let radius_m = radius_m.map(f64::abs).or(to_start_m).unwrap_or(0.0);
            let per_m = if is_left { 1.0 / radius_m } else { -1.0 / radius_m };
            let per_m = told_per_m.filter(|told| agrees(*told, per_m)).unwrap_or(per_m);
            let length_m = match stated.length_m {
                Some(length_m) => length_m,
                None => radius_m * arc_turn_rad(stated, is_left, radius_m, centre)?,
            };
            Ok(Arc::with_curvature(length_m, per_m)?.into())
        }
        Shape::Spiral { ramp, from_per_m, to_per_m, sway_m } => {
            let length_m = stated.length_m.unwrap_or(0.0);
            // Told as one number: the height as if the roll were one radian; no negative zero.
            let height = || "centre_height_m".to_owned();
            within(height, sway_m.abs(), (0.0, 10.0), "it is about 1.8 m above the rails")?;
            Ok(Transition::swaying(ramp, length_m, from_per_m, to_per_m, sway_m + 0.0)?.into())
        }
    }
}

/// By how much an arc without a stated length turns: as stated, seen from its centre, or by its
/// chord.
fn arc_turn_rad(
    stated: &Stated,
    is_left: bool,
    radius_m: f64,
    centre: Option<Coord>,
) -> Result<f64> {
    if let Some(turn_rad) = stated.turn_rad {
        return Ok(turn_rad.abs());
    }
    if let Some(centre) = centre {
        let [from, to] = [stated.start, stated.end].map(|point| centre.bearing_rad(point));
        let turn_rad = if is_left { to - from } else { from - to };
        return Ok(turn_rad.rem_euclid(TAU));
    }
    let sine = stated.start.distance_m(stated.end) / (2.0 * radius_m);
    if sine <= 1.0 {
        return Ok(2.0 * sine.asin());
    }
    Err(Error::OutOfRange {
        item: "radius_m of a curve without length or centre".to_owned(),
        value: radius_m,
        limit: "half its chord and more".to_owned(),
        hint: "give its length or its centre".to_owned(),
    })
}
