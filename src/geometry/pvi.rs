//! A profile from the points where its grades meet.

use serde::{Deserialize, Serialize};

use super::{Profile, VerticalElement, VerticalShape};
use crate::error::{Error, Result, within};

/// How the meeting of two grades is rounded off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rounding {
    /// Not at all: the profile has a kink there, or ends.
    None,
    /// By a parabola, R times the change of the gradient long, half on either side.
    Parabola {
        /// Its radius where it is level, positive for sags and crests alike.
        radius_m: f64,
    },
    /// By a circle that touches both grades.
    Circle {
        /// Its radius, positive for sags and crests alike.
        radius_m: f64,
    },
}

/// A point of vertical intersection: where two grades meet, or the profile begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pvi {
    /// Distance along the plan.
    pub distance_m: f64,
    /// Height.
    pub height_m: f64,
    /// How the grades are rounded off there.
    pub rounding: Rounding,
}

/// What a curve takes of the grades, and the curve.
struct Curve {
    before_m: f64,
    after_m: f64,
    shape: VerticalShape,
}

impl Profile {
    /// A profile through points, the first and the last without rounding.
    ///
    /// A circle takes R tan(|a1 - a0| / 2) along the slope of both grades, with a = atan(g).
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there are fewer than two points, they do not go forwards, a radius
    /// is not positive, or a curve is longer than the grades leave room for.
    pub fn through(points: &[Pvi]) -> Result<Self> {
        let (Some(first), Some(_)) = (points.first(), points.get(1)) else {
            let hint = "give the beginning and the end".to_owned();
            let limit = "2 and more".to_owned();
            #[expect(clippy::cast_precision_loss, reason = "0 or 1")]
            let value = points.len() as f64;
            return Err(Error::OutOfRange { item: "number of points".into(), value, limit, hint });
        };
        let legs: Vec<(&Pvi, &Pvi)> = points.iter().zip(points.iter().skip(1)).collect();
        let gradients: Result<Vec<f64>> =
            legs.iter().map(|leg| gradient_ratio(leg.0, leg.1)).collect();
        let gradients = gradients?;
        let mut elements = Vec::with_capacity(points.len() * 2);
        // What the curve before takes of the grade.
        let mut taken_m = 0.0;
        let after = gradients.iter().skip(1).map(Some).chain([None]);
        for ((&(point, next), &gradient_ratio), after_ratio) in
            legs.iter().zip(&gradients).zip(after)
        {
            let curve = match after_ratio {
                Some(&after_ratio) => curve(next, gradient_ratio, after_ratio)?,
                None => None,
            };
            let before_m = curve.as_ref().map_or(0.0, |curve| curve.before_m);
            let left_m = next.distance_m - point.distance_m - taken_m - before_m;
            if left_m < -GONE_M {
                return Err(overlap(point, next, left_m));
            }
            if left_m > GONE_M {
                elements.push(VerticalElement::grade(left_m, gradient_ratio)?);
            }
            taken_m = 0.0;
            if let (Some(curve), Some(&after_ratio)) = (curve, after_ratio) {
                let length_m = curve.before_m + curve.after_m;
                let Curve { shape, after_m, .. } = curve;
                elements.push(VerticalElement::new(shape, length_m, gradient_ratio, after_ratio)?);
                taken_m = after_m;
            }
        }
        let ends = [Some(first), points.last()];
        let rounded = ends.into_iter().flatten().find(|point| point.rounding != Rounding::None);
        match rounded {
            Some(point) => Err(at_an_end(point)),
            None => Self::new(first.distance_m, first.height_m, elements),
        }
    }
}

/// A grade that two curves leave no more of is none: rounding of distances.
const GONE_M: f64 = 1e-9;

fn gradient_ratio(point: &Pvi, next: &Pvi) -> Result<f64> {
    let run_m = next.distance_m - point.distance_m;
    let item = || format!("distance_m from the point at {} to the next", point.distance_m);
    within(item, run_m, (1e-6, super::limits::MOST_LENGTH_M), "points go forwards")?;
    Ok((next.height_m - point.height_m) / run_m)
}

fn curve(point: &Pvi, before_ratio: f64, after_ratio: f64) -> Result<Option<Curve>> {
    let (shape, radius_m) = match point.rounding {
        Rounding::None => return Ok(None),
        Rounding::Parabola { radius_m } => (VerticalShape::Parabola, radius_m),
        Rounding::Circle { radius_m } => (VerticalShape::Circle, radius_m),
    };
    let item = || format!("radius_m at {} m", point.distance_m);
    within(item, radius_m, (1e-3, 1e9), "radii are positive, for sags and crests alike")?;
    let (before_m, after_m) = match shape {
        VerticalShape::Parabola => {
            let half_m = 0.5 * radius_m * (after_ratio - before_ratio).abs();
            (half_m, half_m)
        }
        VerticalShape::Circle => {
            let (before_rad, after_rad) = (before_ratio.atan(), after_ratio.atan());
            let along_m = radius_m * (0.5 * (after_rad - before_rad).abs()).tan();
            (along_m * before_rad.cos(), along_m * after_rad.cos())
        }
    };
    // Grades that hardly differ need no curve.
    Ok((before_m + after_m > GONE_M).then_some(Curve { before_m, after_m, shape }))
}

fn overlap(point: &Pvi, next: &Pvi, left_m: f64) -> Error {
    let (from_m, to_m) = (point.distance_m, next.distance_m);
    Error::OutOfRange {
        item: format!("length_m that the curves leave of the grade from {from_m} to {to_m} m"),
        value: left_m,
        limit: "0 and more".to_owned(),
        hint: "choose a smaller radius at one of its ends".to_owned(),
    }
}

fn at_an_end(point: &Pvi) -> Error {
    Error::OutOfRange {
        item: "distance_m of a rounding at an end of the profile".to_owned(),
        value: point.distance_m,
        limit: "points between the first and the last".to_owned(),
        hint: "write none there: no second grade meets it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(radius_m: f64, rounding: fn(f64) -> Rounding) -> Result<Profile> {
        let point = |distance_m, height_m, rounding| Pvi { distance_m, height_m, rounding };
        Profile::through(&[
            point(0.0, 100.0, Rounding::None),
            point(1000.0, 110.0, rounding(radius_m)),
            point(2000.0, 100.0, rounding(radius_m)),
            point(3000.0, 110.0, Rounding::None),
        ])
    }

    #[test]
    fn curves_that_just_touch_and_curves_that_overlap() {
        let parabola = |radius_m| Rounding::Parabola { radius_m };
        // 20 permille of 50,000 m are 1000 m, half of that on either side: nothing is left between.
        let touching = profile(50_000.0, parabola).unwrap();
        assert_eq!(touching.elements().len(), 4);
        assert!((touching.at(3000.0).unwrap().height_m - 110.0).abs() < 1e-9);
        let text = profile(51_000.0, parabola).unwrap_err().to_string();
        assert!(text.contains("from 1000 to 2000 m = -20"), "{text}");
    }

    #[test]
    fn radii_and_points_that_are_none_are_refused() {
        let circle = |radius_m| Rounding::Circle { radius_m };
        for bad in [0.0, -5000.0, f64::NAN, f64::INFINITY] {
            assert!(profile(bad, circle).is_err(), "{bad}");
        }
        let end = |distance_m, rounding| Pvi { distance_m, height_m: 0.0, rounding };
        let plain = end(0.0, Rounding::None);
        assert!(Profile::through(&[plain]).is_err());
        assert!(Profile::through(&[plain, plain]).is_err());
        assert!(Profile::through(&[plain, end(f64::NAN, Rounding::None)]).is_err());
        assert!(Profile::through(&[plain, end(100.0, circle(1000.0))]).is_err());
    }
}
