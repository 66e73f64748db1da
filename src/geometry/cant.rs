//! The cant of a line: by how much one rail lies above the other.

use serde::{Deserialize, Serialize};

use super::look_up::LookUp;
use super::{Ramp, limits};
use crate::error::{Error, Result, within};

/// A place where a ramp of cant begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CantPoint {
    /// Distance along the plan.
    pub distance_m: f64,
    /// The right rail less the left one, so positive in a curve to the left.
    pub cant_m: f64,
    /// The shape in which the cant passes to that of the next point.
    pub ramp: Ramp,
}

/// The cant at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Banking {
    /// The right rail less the left one.
    pub cant_m: f64,
    /// The change of cant a metre of the line: 1/400 = 0.0025 is a common limit.
    pub twist_ratio: f64,
}

/// What a train at one speed finds at one place; all lengths are differences of rail heights,
/// positive in a curve to the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// The cant with which nothing pulls to either side.
    pub equilibrium_m: f64,
    /// The cant that the track has.
    pub applied_m: f64,
    /// What the track lacks to the equilibrium, never negative: it pulls outwards.
    pub deficiency_m: f64,
    /// What the track has above the equilibrium, never negative: it pulls inwards.
    pub excess_m: f64,
}

/// The cant of a line by distance along it.
///
/// # Example
///
/// A ramp of 100 mm over 80 m, straight, is a twist of 1 : 800:
///
/// ```
/// use railcorridor::geometry::{Cant, CantPoint, Ramp};
///
/// let point = |distance_m, cant_m| CantPoint { distance_m, cant_m, ramp: Ramp::Clothoid };
/// let cant = Cant::new(1.5, vec![point(0.0, 0.0), point(80.0, 0.1), point(200.0, 0.1)])?;
/// let half_way = cant.at(40.0)?;
/// assert_eq!((half_way.cant_m, half_way.twist_ratio), (0.05, 0.1 / 80.0));
/// assert_eq!(cant.at(150.0)?.cant_m, 0.1);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Cant {
    rail_head_distance_m: f64,
    points: Vec<CantPoint>,
    look_up: LookUp,
}

/// Standard gravity, m/s2 (Third General Conference on Weights and Measures, 1901).
pub(crate) const GRAVITY_MPS2: f64 = 9.806_65;

impl Cant {
    /// A cant that passes from point to point.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there are fewer than two points, they do not go forwards, a cant is
    /// not -0.5 to 0.5 m, or the distance between the rail heads not 0.3 to 3 m.
    pub fn new(rail_head_distance_m: f64, points: Vec<CantPoint>) -> Result<Self> {
        limits::rail_head_distance(rail_head_distance_m)?;
        let reach = (-limits::MOST_LENGTH_M, limits::MOST_LENGTH_M);
        for point in &points {
            within(|| "distance_m of a cant".to_owned(), point.distance_m, reach, "give metres")?;
            let item = || format!("cant_m at {} m", point.distance_m);
            within(item, point.cant_m, (-0.5, 0.5), "cants are given in metres: 0.1, not 100")?;
        }
        for (point, next) in points.iter().zip(points.iter().skip(1)) {
            let item = || format!("distance in metres from the cant at {} m on", point.distance_m);
            let range = (1e-6, limits::MOST_LENGTH_M);
            within(item, next.distance_m - point.distance_m, range, "points go forwards")?;
        }
        let (Some(first), Some(_)) = (points.first(), points.get(1)) else {
            return Err(Error::OutOfRange {
                item: "number of cant points".to_owned(),
                value: if points.is_empty() { 0.0 } else { 1.0 },
                limit: "2 and more".to_owned(),
                hint: "give the beginning and the end of the line".to_owned(),
            });
        };
        let mut begins_m: Vec<f64> =
            points.iter().map(|point| point.distance_m - first.distance_m).collect();
        let end_m = begins_m.pop().unwrap_or_default();
        let look_up = LookUp::new(&begins_m, end_m);
        Ok(Self { rail_head_distance_m, points, look_up })
    }

    /// Between the middles of the rail heads.
    #[must_use]
    pub fn rail_head_distance_m(&self) -> f64 {
        self.rail_head_distance_m
    }

    /// The distance of the first point.
    #[must_use]
    pub fn start_m(&self) -> f64 {
        self.points.first().map_or(0.0, |point| point.distance_m)
    }

    /// The distance of the last point.
    #[must_use]
    pub fn end_m(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point.distance_m)
    }

    /// Where ramps begin and end.
    #[must_use]
    pub fn points(&self) -> &[CantPoint] {
        &self.points
    }

    /// The cant at a distance.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the distance lies before the first point or behind the last.
    pub fn at(&self, distance_m: f64) -> Result<Banking> {
        let (start_m, end_m) = (self.start_m(), self.end_m());
        let slack_m = limits::BEYOND_END_M;
        let item = || "distance_m on the cant".to_owned();
        let hint = "let the cant reach as far as the plan";
        within(item, distance_m, (start_m - slack_m, end_m + slack_m), hint)?;
        let number = self.look_up.place(distance_m - start_m);
        let (Some(from), Some(to)) = (self.points.get(number), self.points.get(number + 1)) else {
            return Ok(Banking { cant_m: 0.0, twist_ratio: 0.0 }); // two points and more
        };
        let length_m = to.distance_m - from.distance_m;
        let share = ((distance_m - from.distance_m) / length_m).clamp(0.0, 1.0);
        let change_m = to.cant_m - from.cant_m;
        Ok(Banking {
            cant_m: from.ramp.between(from.cant_m, to.cant_m, share),
            twist_ratio: change_m / length_m * from.ramp.slope_ratio(share),
        })
    }

    /// What a train finds at a distance where the line has a curvature.
    ///
    /// The equilibrium is b v^2 k / g, with b the distance of the rail heads: the rule of all
    /// standards, which takes the sine of the slope for its tangent.
    ///
    /// # Errors
    ///
    /// As [`at`](Self::at); and if the speed is not 0 to 1,000 km/h.
    ///
    /// # Example
    ///
    /// 11.8 V^2 / R mm on 1435 mm: at 120 km/h in 1000 m that is 170 mm, so 100 mm of cant lack 70.
    ///
    /// ```
    /// use railcorridor::geometry::{Cant, CantPoint, Ramp};
    ///
    /// let point = |distance_m, cant_m| CantPoint { distance_m, cant_m, ramp: Ramp::Clothoid };
    /// let cant = Cant::new(1.5, vec![point(0.0, 0.1), point(200.0, 0.1)])?;
    /// let balance = cant.balance(100.0, 1.0 / 1000.0, 120.0)?;
    /// assert!((balance.equilibrium_m - 0.170).abs() < 5e-4);
    /// assert!((balance.deficiency_m - 0.070).abs() < 5e-4);
    /// assert_eq!(balance.excess_m, 0.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn balance(
        &self,
        distance_m: f64,
        curvature_per_m: f64,
        speed_kmh: f64,
    ) -> Result<Balance> {
        within(|| "speed_kmh".to_owned(), speed_kmh, (0.0, 1000.0), "give kilometres an hour")?;
        limits::curvature(curvature_per_m)?;
        let applied_m = self.at(distance_m)?.cant_m;
        let speed_mps = speed_kmh / 3.6;
        let equilibrium_m =
            self.rail_head_distance_m * speed_mps * speed_mps * curvature_per_m / GRAVITY_MPS2;
        // Outwards is to the right of a curve to the left; on a tangent no side is outwards, and
        // all cant is excess.
        let lacking_m = if curvature_per_m == 0.0 {
            -applied_m.abs()
        } else {
            (equilibrium_m - applied_m) * curvature_per_m.signum()
        };
        Ok(Balance {
            equilibrium_m,
            applied_m,
            deficiency_m: lacking_m.max(0.0),
            excess_m: (-lacking_m).max(0.0),
        })
    }
}

/// The constant c of the equilibrium cant c V^2 / R in millimetres, with V in km/h and R in metres:
/// b / (12.96 g) times 1000.
///
/// # Example
///
/// ```
/// use railcorridor::geometry::cant_constant_mm;
///
/// assert!((cant_constant_mm(1.5) - 11.80).abs() < 0.005); // 1435 mm
/// assert!((cant_constant_mm(1.6) - 12.59).abs() < 0.005); // 1520 mm
/// assert!((cant_constant_mm(1.75) - 13.77).abs() < 0.005); // 1676 mm
/// ```
#[must_use]
pub fn cant_constant_mm(rail_head_distance_m: f64) -> f64 {
    rail_head_distance_m * 1e3 / (12.96 * GRAVITY_MPS2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(distance_m: f64, cant_m: f64) -> CantPoint {
        CantPoint { distance_m, cant_m, ramp: Ramp::Bloss }
    }

    #[test]
    fn a_curve_to_the_right_is_its_mirror() {
        let left = Cant::new(1.5, vec![point(0.0, 0.06), point(100.0, 0.12)]).unwrap();
        let right = Cant::new(1.5, vec![point(0.0, -0.06), point(100.0, -0.12)]).unwrap();
        for speed_kmh in [20.0, 80.0, 160.0] {
            let a = left.balance(40.0, 0.001, speed_kmh).unwrap();
            let b = right.balance(40.0, -0.001, speed_kmh).unwrap();
            assert_eq!((a.deficiency_m, a.excess_m), (b.deficiency_m, b.excess_m));
            assert!(a.deficiency_m == 0.0 || a.excess_m == 0.0);
            assert_eq!(a.equilibrium_m, -b.equilibrium_m);
        }
        assert_eq!(right.balance(0.0, 0.0, 100.0).unwrap().excess_m, 0.06);
    }

    #[test]
    fn what_is_no_cant_is_refused() {
        let bad = |points| Cant::new(1.5, points).is_err();
        assert!(bad(vec![]));
        assert!(bad(vec![point(0.0, 0.1)]));
        assert!(bad(vec![point(0.0, 0.1), point(0.0, 0.1)]));
        assert!(bad(vec![point(0.0, 0.1), point(f64::NAN, 0.1)]));
        assert!(bad(vec![point(0.0, 100.0), point(10.0, 100.0)]));
        assert!(Cant::new(1435.0, vec![point(0.0, 0.1), point(1.0, 0.1)]).is_err());
        let cant = Cant::new(1.5, vec![point(10.0, 0.1), point(20.0, 0.0)]).unwrap();
        assert!(cant.at(9.0).is_err() && cant.at(21.0).is_err() && cant.at(f64::NAN).is_err());
        assert!(cant.balance(15.0, 0.001, f64::NAN).is_err());
        assert_eq!(cant.at(20.0).unwrap().cant_m, 0.0);
    }
}
