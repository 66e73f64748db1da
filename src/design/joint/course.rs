//! The plan of a draft, fast: its pieces, and stations along it.
//!
//! A search asks for some thousand lines a second. [`Horizontal`](crate::geometry::Horizontal) is
//! exact for any element and costs too much for that; here clothoids are three terms of their
//! series, good to 1e-9 m where they turn by less than 0.2 rad. The line found is built and priced
//! anew as an exact one.

use super::line_draft::Bend;
use super::{LineTask, section::Place};
use crate::geodesy::Coord;
use crate::geometry::half_turn_rad;

/// The plan of a draft.
#[derive(Debug, Default, Clone)]
pub(super) struct Course {
    pieces: Vec<Piece>,
    /// Lengths of the tangents, of zero and more; one more than arcs.
    pub tangents_m: Vec<f64>,
    /// Lengths of the arcs.
    pub arcs_m: Vec<f64>,
    pub length_m: f64,
}

#[derive(Debug, Clone, Copy)]
enum Shape {
    Straight,
    /// A transition, from the tangent into the curve or, measured backwards, out of it.
    Entry,
    Exit,
    Arc,
}

/// A piece of the plan, measured from an origin: its beginning, or its end if it is an exit.
#[derive(Debug, Clone, Copy)]
struct Piece {
    shape: Shape,
    from_m: f64,
    to_m: f64,
    origin: Coord,
    bearing_rad: f64,
    /// Sine and cosine of the bearing at the origin.
    sine: f64,
    cosine: f64,
    /// Positive to the left.
    curvature_per_m: f64,
}

impl Piece {
    fn at(&self, distance_m: f64) -> Place {
        let along_m = distance_m - self.from_m;
        let length_m = self.to_m - self.from_m;
        let (ahead_m, left_m, turn_rad) = match self.shape {
            Shape::Straight => (along_m, 0.0, 0.0),
            Shape::Arc => {
                let turn_rad = along_m * self.curvature_per_m;
                let (sine, cosine) = turn_rad.sin_cos();
                (sine / self.curvature_per_m, (1.0 - cosine) / self.curvature_per_m, turn_rad)
            }
            Shape::Entry => clothoid(along_m, length_m, self.curvature_per_m),
            Shape::Exit => {
                let left_m = length_m - along_m;
                let (back_m, aside_m, turn_rad) = clothoid(left_m, length_m, self.curvature_per_m);
                (-back_m, aside_m, -turn_rad)
            }
        };
        let coord = Coord {
            e_m: self.origin.e_m + ahead_m * self.cosine - left_m * self.sine,
            n_m: self.origin.n_m + ahead_m * self.sine + left_m * self.cosine,
        };
        let (sine, cosine) = match self.shape {
            Shape::Straight => (self.sine, self.cosine),
            _ => (self.bearing_rad + turn_rad).sin_cos(),
        };
        let bearing_rad = self.bearing_rad + turn_rad;
        Place { coord, bearing_rad, sine, cosine, height_m: 0.0 }
    }
}

/// How far ahead, how far aside, and by how much turned a clothoid of a length is at a distance
/// from its straight end.
fn clothoid(along_m: f64, length_m: f64, curvature_per_m: f64) -> (f64, f64, f64) {
    let turn = 0.5 * along_m * along_m * curvature_per_m / length_m;
    let square = turn * turn;
    let ahead = 1.0 - square / 10.0 + square * square / 216.0 - square * square * square / 9360.0;
    let aside = 1.0 / 3.0 - square / 42.0 + square * square / 1320.0;
    (along_m * ahead, along_m * turn * aside, turn)
}

/// The least arc and tangent of a plan that a search may pass through on its way.
const LEAST_M: f64 = 0.1;

/// Turns beyond this are no bends but loops.
const MOST_TURN_RAD: f64 = 2.5;

impl Course {
    /// Lays out the bends of a draft anew; `None` where curves overlap or there is no arc.
    pub fn lay_out(&mut self, task: &LineTask, bends: &[Bend]) -> Option<()> {
        self.pieces.clear();
        self.tangents_m.clear();
        self.arcs_m.clear();
        let transition_m = task.limits.transition_m;
        let mut at_m = 0.0;
        let mut from = task.from.coord;
        let (mut place, mut taken_m) = (from, 0.0);
        let mut bearing_rad = bends
            .first()
            .map_or_else(|| from.bearing_rad(task.to.coord), |bend| from.bearing_rad(bend.coord));
        let corners = bends.iter().map(|bend| bend.coord).chain([task.to.coord]);
        let after = corners.clone().skip(1).map(Some).chain([None]);
        for ((corner, next), bend) in corners.zip(after).zip(bends.iter().map(Some).chain([None])) {
            let curve = match (next, bend) {
                (Some(next), Some(bend)) => {
                    let turn_rad = half_turn_rad(corner.bearing_rad(next) - bearing_rad);
                    Some(Curve::new(turn_rad, bend.radius_m, transition_m)?)
                }
                _ => None,
            };
            let tangent_m = from.distance_m(corner)
                - taken_m
                - curve.as_ref().map_or(0.0, |curve| curve.taken_m);
            if !(tangent_m >= LEAST_M) {
                return None;
            }
            let mut add = |shape, length_m, origin, bearing_rad, curvature_per_m| {
                let (from_m, to_m) = (at_m, at_m + length_m);
                at_m = to_m;
                let (sine, cosine) = f64::sin_cos(bearing_rad);
                let piece = Piece {
                    shape,
                    from_m,
                    to_m,
                    origin,
                    bearing_rad,
                    sine,
                    cosine,
                    curvature_per_m,
                };
                self.pieces.push(piece);
                piece.at(to_m)
            };
            self.tangents_m.push(tangent_m);
            place = add(Shape::Straight, tangent_m, place, bearing_rad, 0.0).coord;
            from = corner;
            taken_m = 0.0;
            if let (Some(curve), Some(next)) = (curve, next) {
                let curvature_per_m = curve.curvature_per_m;
                let out_rad = bearing_rad + curve.turn_rad;
                let joint = add(Shape::Entry, transition_m, place, bearing_rad, curvature_per_m);
                add(Shape::Arc, curve.arc_m, joint.coord, joint.bearing_rad, curvature_per_m);
                let (sine, cosine) = corner.bearing_rad(next).sin_cos();
                place = Coord {
                    e_m: corner.e_m + curve.taken_m * cosine,
                    n_m: corner.n_m + curve.taken_m * sine,
                };
                add(Shape::Exit, transition_m, place, out_rad, curvature_per_m);
                self.arcs_m.push(curve.arc_m);
                taken_m = curve.taken_m;
                bearing_rad = out_rad;
            }
        }
        self.length_m = at_m;
        Some(())
    }

    /// Places and bearings in the middle of steps of equal length.
    pub fn stations(&self, steps: u32, stations: &mut Vec<Place>) {
        stations.clear();
        let step_m = self.length_m / f64::from(steps);
        let mut pieces = self.pieces.iter();
        let Some(mut piece) = pieces.next() else { return };
        for step in 0..steps {
            let distance_m = (f64::from(step) + 0.5) * step_m;
            while distance_m > piece.to_m {
                let Some(next) = pieces.next() else { break };
                piece = next;
            }
            stations.push(piece.at(distance_m));
        }
    }
}

/// A curve with two transitions of one length.
struct Curve {
    turn_rad: f64,
    curvature_per_m: f64,
    arc_m: f64,
    /// What it takes of either tangent.
    taken_m: f64,
}

impl Curve {
    fn new(turn_rad: f64, radius_m: f64, transition_m: f64) -> Option<Self> {
        let arc_m = radius_m * turn_rad.abs() - transition_m;
        if !(arc_m >= LEAST_M && turn_rad.abs() <= MOST_TURN_RAD) {
            return None;
        }
        // The arc as it would be without transitions: moved inwards, and begun half-way along them.
        let (ahead_m, aside_m, eased_rad) = clothoid(transition_m, transition_m, 1.0 / radius_m);
        let inwards_m = aside_m - radius_m * (1.0 - eased_rad.cos());
        let before_m = ahead_m - radius_m * eased_rad.sin();
        let taken_m = before_m + (radius_m + inwards_m) * (0.5 * turn_rad.abs()).tan();
        Some(Self { turn_rad, curvature_per_m: turn_rad.signum() / radius_m, arc_m, taken_m })
    }
}
