//! A plan written as lines, curves and spirals.

use std::f64::consts::PI;

use super::codes::spiral_type;
use super::write::{number, told};
use crate::error::Result;
use crate::exchange::elements::Elements;
use crate::geodesy::Coord;
use crate::geometry::{Arc, Element, Horizontal, Pose, Ramp, Transition};

pub(super) fn plan(out: &mut Elements, plan: &Horizontal, sta_start_m: f64) -> Result<()> {
    out.within("CoordGeom", |out| {
        for (element, (from_m, to_m)) in plan.pieces() {
            let piece = Written {
                start: plan.at(from_m)?,
                end: plan.at(to_m)?,
                turn_rad: element.turn_rad(),
                length: number(element.length_m()),
                sta_start: number(sta_start_m + from_m),
            };
            match element {
                Element::Tangent(_) => line(out, &piece)?,
                Element::Arc(arc) => curve(out, &piece, *arc)?,
                Element::Transition(transition) => spiral(out, &piece, transition)?,
            }
        }
        Ok(())
    })
}

/// What all elements have.
struct Written {
    start: Pose,
    end: Pose,
    turn_rad: f64,
    length: String,
    sta_start: String,
}

fn line(out: &mut Elements, piece: &Written) -> Result<()> {
    let direction = number(piece.start.azimuth_deg());
    let attributes =
        [("dir", &*direction), ("length", &piece.length), ("staStart", &piece.sta_start)];
    out.with("Line", &attributes, |out| {
        point(out, "Start", piece.start.coord)?;
        point(out, "End", piece.end.coord)
    })
}

fn curve(out: &mut Elements, piece: &Written, arc: Arc) -> Result<()> {
    let per_m = arc.curvature_per_m();
    let radius_m = 1.0 / per_m.abs();
    let (radius, delta) = (number(radius_m), number(piece.turn_rad.abs().to_degrees()));
    let [from, to] = directions(piece);
    let attributes = [
        ("rot", rotation(per_m)),
        ("delta", &delta),
        ("dirStart", &from),
        ("dirEnd", &to),
        ("length", &piece.length),
        ("radius", &radius),
        ("staStart", &piece.sta_start),
    ];
    out.with("Curve", &attributes, |out| {
        point(out, "Start", piece.start.coord)?;
        point(out, "Center", piece.start.beside(radius_m.copysign(per_m)))?;
        point(out, "End", piece.end.coord)?;
        if let Some(intersection) = intersection(piece) {
            point(out, "PI", intersection)?;
        }
        told(out, &[("curvaturePerM", inexact(per_m))])
    })
}

fn spiral(out: &mut Elements, piece: &Written, transition: &Transition) -> Result<()> {
    let [from_per_m, to_per_m] =
        [transition.curvature_from_per_m(), transition.curvature_to_per_m()];
    // The side of the end, if it has any; what begins to the other side has a negative radius.
    let side_per_m = if to_per_m == 0.0 { from_per_m } else { to_per_m };
    let sign = 1.0_f64.copysign(side_per_m);
    let [radius_start, radius_end] = [from_per_m, to_per_m]
        .map(|per_m| if per_m == 0.0 { "INF".to_owned() } else { number(sign / per_m) });
    let [from, to] = directions(piece);
    let theta = number(piece.turn_rad.abs().to_degrees());
    let attributes = [
        ("length", &*piece.length),
        ("radiusEnd", &radius_end),
        ("radiusStart", &radius_start),
        ("rot", rotation(side_per_m)),
        ("spiType", spiral_type(transition.ramp())),
        ("dirEnd", &to),
        ("dirStart", &from),
        ("theta", &theta),
        ("staStart", &piece.sta_start),
    ];
    out.with("Spiral", &attributes, |out| {
        let (start, end) = (piece.start.coord, piece.end.coord);
        let half_way = Coord { e_m: 0.5 * (start.e_m + end.e_m), n_m: 0.5 * (start.n_m + end.n_m) };
        point(out, "Start", start)?;
        // The schema asks for one even where tangents are parallel.
        point(out, "PI", intersection(piece).unwrap_or(half_way))?;
        point(out, "End", end)?;
        let sway_m = Some(transition.sway_m()).filter(|_| transition.ramp() == Ramp::Viennese);
        let [told_from, told_to] = [from_per_m, to_per_m].map(inexact);
        told(
            out,
            &[("curvatureFromPerM", told_from), ("curvatureToPerM", told_to), ("swayM", sway_m)],
        )
    })
}

/// The hand of a curve, or of a cant, that is positive to the left.
pub(super) fn rotation(side: f64) -> &'static str {
    if side > 0.0 { "ccw" } else { "cw" }
}

/// A curvature that its radius does not give back to the last digit.
fn inexact(per_m: f64) -> Option<f64> {
    (1.0 / (1.0 / per_m) != per_m).then_some(per_m)
}

fn directions(piece: &Written) -> [String; 2] {
    [piece.start, piece.end].map(|pose| number(pose.azimuth_deg()))
}

/// Where the tangents at both ends meet, unless they are all but parallel or the curve is half a
/// circle and more.
fn intersection(piece: &Written) -> Option<Coord> {
    let turn_rad = piece.end.bearing_rad - piece.start.bearing_rad;
    if !(1e-9..PI - 1e-3).contains(&turn_rad.abs()) {
        return None;
    }
    let (start, end) = (piece.start.coord, piece.end.coord);
    let (sine, cosine) = piece.end.bearing_rad.sin_cos();
    let across_m = (end.e_m - start.e_m) * sine - (end.n_m - start.n_m) * cosine;
    let along_m = across_m / turn_rad.sin();
    let (sine, cosine) = piece.start.bearing_rad.sin_cos();
    let point = Coord { e_m: start.e_m + along_m * cosine, n_m: start.n_m + along_m * sine };
    // Not so far off that it says nothing.
    (along_m.abs() < 1e7).then_some(point)
}

/// North, then east.
fn point(out: &mut Elements, name: &str, coord: Coord) -> Result<()> {
    out.leaf(name, &format!("{} {}", number(coord.n_m), number(coord.e_m)))
}
