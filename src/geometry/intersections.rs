//! A plan from the points where its tangents meet.

use serde::{Deserialize, Serialize};

use super::hermite::half_turn_rad;
use super::{Arc, Element, Horizontal, Ramp, Tangent, Transition, limits};
use crate::error::{Error, Result, within};
use crate::geodesy::Coord;

/// A point of intersection: where two tangents meet, and the curve between them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intersection {
    /// Where the tangents meet.
    pub coord: Coord,
    /// The radius of the arc, positive to both hands: the points say where it turns.
    pub radius_m: f64,
    /// The length of the transition before the arc; 0 for none.
    pub entry_length_m: f64,
    /// The length of the transition behind it; 0 for none.
    pub exit_length_m: f64,
    /// The shape of both transitions.
    pub ramp: Ramp,
}

/// What a curve takes of the tangents, and its elements.
struct Curve {
    before_m: f64,
    after_m: f64,
    elements: Vec<Element>,
}

/// Tangents that curves leave no more of are none: rounding of coordinates.
const GONE_M: f64 = 1e-7;

impl Horizontal {
    /// A plan from a place through points of intersection to a place.
    ///
    /// Transitions turn by L / 2R each and the arc by the rest. What a curve takes of the tangents
    /// follows from where it leads: a curve from the origin eastwards that ends at (x, y), turned
    /// by d, takes y / sin d of the tangent behind the point and x - y / tan d of that before it.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a number is not finite, the line does not turn at a point or turns
    /// back there, transitions turn by more than the tangents do, or two curves overlap; each
    /// names the point, counted from 1.
    ///
    /// # Example
    ///
    /// A right angle to the left with 500 m radius takes R tan 45 = 500 m of either tangent:
    ///
    /// ```
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Horizontal, Intersection, Ramp};
    ///
    /// let at = |e_m, n_m| Coord { e_m, n_m };
    /// let curve = Intersection {
    ///     coord: at(2000.0, 0.0),
    ///     radius_m: 500.0,
    ///     entry_length_m: 0.0,
    ///     exit_length_m: 0.0,
    ///     ramp: Ramp::Clothoid,
    /// };
    /// let line = Horizontal::through(at(0.0, 0.0), &[curve], at(2000.0, 2000.0))?;
    /// assert!((line.joints_m()[1] - 1500.0).abs() < 1e-9);
    /// assert!((line.length_m() - (1500.0 + 250.0 * std::f64::consts::PI + 1500.0)).abs() < 1e-9);
    /// assert!(line.at(line.length_m())?.coord.distance_m(at(2000.0, 2000.0)) < 1e-9);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn through(from: Coord, points: &[Intersection], to: Coord) -> Result<Self> {
        let places: Vec<Coord> =
            [from].into_iter().chain(points.iter().map(|point| point.coord)).chain([to]).collect();
        let mut legs = Vec::with_capacity(places.len());
        for (number, (a, b)) in places.iter().zip(places.iter().skip(1)).enumerate() {
            let length_m = a.distance_m(*b);
            let item = || format!("distance in metres from point {number} to the next");
            within(item, length_m, (1e-6, limits::MOST_LENGTH_M), "give points apart, in metres")?;
            legs.push((length_m, a.bearing_rad(*b)));
        }
        let bearing_rad = legs.first().map_or(0.0, |leg| leg.1);
        let mut elements = Vec::with_capacity(4 * legs.len());
        let mut taken_m = 0.0;
        for (number, &(length_m, leg_rad)) in legs.iter().enumerate() {
            let curve = match (points.get(number), legs.get(number + 1)) {
                (Some(point), Some(next)) => {
                    Some(curve(point, number + 1, half_turn_rad(next.1 - leg_rad))?)
                }
                _ => None,
            };
            let left_m = length_m - taken_m - curve.as_ref().map_or(0.0, |curve| curve.before_m);
            if left_m < -GONE_M {
                return Err(overlap(number, left_m));
            }
            if left_m > GONE_M {
                elements.push(Tangent::new(left_m)?.into());
            }
            taken_m = 0.0;
            if let Some(curve) = curve {
                taken_m = curve.after_m;
                elements.extend(curve.elements);
            }
        }
        Self::new(from, bearing_rad, elements)
    }
}

/// The curve at a point that turns the line by an angle.
fn curve(point: &Intersection, number: usize, turn_rad: f64) -> Result<Curve> {
    let item = || format!("radius_m at point {number}");
    within(item, point.radius_m, (1e-3, 1e9), "radii are positive to both hands")?;
    for (name, length_m) in
        [("entry_length_m", point.entry_length_m), ("exit_length_m", point.exit_length_m)]
    {
        let item = || format!("{name} at point {number}");
        within(item, length_m, (0.0, limits::MOST_LENGTH_M), "give 0 for no transition")?;
    }
    // To a thousandth of a second of arc the line does not turn, or turns back.
    let item = || format!("turn in degrees at point {number}");
    let hint = "leave out points where the line runs straight on, and let it not turn back";
    within(item, turn_rad.abs().to_degrees(), (3e-7, 180.0 - 3e-7), hint)?;
    let eased_rad = 0.5 * (point.entry_length_m + point.exit_length_m) / point.radius_m;
    let arc_length_m = (turn_rad.abs() - eased_rad) * point.radius_m;
    if arc_length_m < -GONE_M {
        return Err(Error::OutOfRange {
            item: format!("length_m that transitions leave of the arc at point {number}"),
            value: arc_length_m,
            limit: "0 and more".to_owned(),
            hint: "shorten the transitions, or choose a larger radius".to_owned(),
        });
    }
    let curvature_per_m = turn_rad.signum() / point.radius_m;
    let mut elements: Vec<Element> = Vec::with_capacity(3);
    if point.entry_length_m > 0.0 {
        let entry = Transition::new(point.ramp, point.entry_length_m, 0.0, curvature_per_m)?;
        elements.push(entry.into());
    }
    if arc_length_m > GONE_M {
        elements.push(Arc::with_curvature(arc_length_m, curvature_per_m)?.into());
    }
    if point.exit_length_m > 0.0 {
        let exit = Transition::new(point.ramp, point.exit_length_m, curvature_per_m, 0.0)?;
        elements.push(exit.into());
    }
    let Coord { e_m, n_m } = lead(&elements)?;
    let after_m = n_m / turn_rad.sin();
    Ok(Curve { before_m: e_m - after_m * turn_rad.cos(), after_m, elements })
}

/// Where elements lead from the origin eastwards.
fn lead(elements: &[Element]) -> Result<Coord> {
    let (mut at, mut bearing_rad) = (Coord { e_m: 0.0, n_m: 0.0 }, 0.0_f64);
    for element in elements {
        let (end, (sine, cosine)) = (element.at(element.length_m())?, bearing_rad.sin_cos());
        at.e_m += end.coord.e_m * cosine - end.coord.n_m * sine;
        at.n_m += end.coord.e_m * sine + end.coord.n_m * cosine;
        bearing_rad += end.bearing_rad;
    }
    Ok(at)
}

fn overlap(number: usize, left_m: f64) -> Error {
    Error::OutOfRange {
        item: format!("length_m that curves leave of the tangent from point {number} to the next"),
        value: left_m,
        limit: "0 and more".to_owned(),
        hint: "choose a smaller radius or shorter transitions at one of its ends".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(e_m: f64, n_m: f64) -> Coord {
        Coord { e_m, n_m }
    }

    fn line(radius_m: f64, entry_length_m: f64, exit_length_m: f64) -> Result<Horizontal> {
        let ramp = Ramp::Bloss;
        let point = |coord| Intersection { coord, radius_m, entry_length_m, exit_length_m, ramp };
        let points = [point(at(1000.0, 0.0)), point(at(2000.0, 800.0))];
        Horizontal::through(at(0.0, 0.0), &points, at(3500.0, 800.0))
    }

    #[test]
    fn uneven_transitions_still_end_on_the_tangents() {
        let line = line(600.0, 120.0, 60.0).unwrap();
        assert_eq!(line.elements().len(), 9);
        let end = line.at(line.length_m()).unwrap();
        assert!(end.coord.distance_m(at(3500.0, 800.0)) < 1e-9, "{end:?}");
        assert!(end.bearing_rad.abs() < 1e-14);
        // The tangent between the curves lies on the line between the points.
        let middle = line.at(0.5 * (line.joints_m()[4] + line.joints_m()[5])).unwrap();
        let off_m = (middle.coord.e_m - 1000.0) * 0.8 - middle.coord.n_m;
        assert!(off_m.abs() < 1e-9, "{off_m}");
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_point() {
        let text = |result: Result<Horizontal>| result.unwrap_err().to_string();
        assert!(text(line(2000.0, 60.0, 60.0)).contains("from point 1 to the next"));
        assert!(text(line(600.0, 500.0, 500.0)).contains("arc at point 1"));
        assert!(text(line(-600.0, 60.0, 60.0)).contains("radius_m at point 1 = -600"));
        assert!(text(line(600.0, f64::NAN, 60.0)).contains("entry_length_m at point 1"));
        let straight = Intersection {
            coord: at(500.0, 0.0),
            radius_m: 300.0,
            entry_length_m: 0.0,
            exit_length_m: 0.0,
            ramp: Ramp::Clothoid,
        };
        let through = |to| Horizontal::through(at(0.0, 0.0), &[straight], to);
        assert!(text(through(at(1000.0, 0.0))).contains("turn in degrees at point 1"));
        assert!(text(through(at(0.0, 0.0))).contains("turn in degrees at point 1"));
        assert!(text(through(at(500.0, 0.0))).contains("from point 1 to the next"));
        assert!(Horizontal::through(at(0.0, 0.0), &[], at(f64::NAN, 0.0)).is_err());
        assert_eq!(Horizontal::through(at(0.0, 0.0), &[], at(3.0, 4.0)).unwrap().length_m(), 5.0);
    }
}
