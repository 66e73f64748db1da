//! How hard a train is pulled, by its speed.

use crate::error::{Error, Result, within};

/// Stronger than all locomotives of the world together.
const MOST_FORCE_N: f64 = 1e12;

/// Less is none, in newtons or watts.
const LEAST: f64 = 1e-3;

/// The pull by speed: pieces on which it is `constant + slope v + power / v`, never rising.
///
/// ```
/// use railcorridor::operation::Effort;
///
/// let effort = Effort::limits(440_000.0, 2_700_000.0)?;
/// assert_eq!(effort.force_n(5.0), 440_000.0);
/// assert_eq!(effort.force_n(20.0), 135_000.0); // 2.7 MW at 20 m/s
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Effort {
    pieces: Vec<Pull>,
    /// The pull on curves of less than a radius, by falling radius; empty if curves change nothing.
    curves: Vec<CurvePull>,
}

/// The pull on curves of less than a radius.
#[derive(Debug, Clone, PartialEq)]
struct CurvePull {
    below_radius_m: f64,
    pieces: Vec<Pull>,
}

/// The pull over a range of speeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pull {
    /// Its speeds, m/s; the last piece ends at infinity.
    pub from_mps: f64,
    pub to_mps: f64,
    pub constant_n: f64,
    pub slope_n_s_per_m: f64,
    pub power_w: f64,
}

impl Pull {
    /// Nothing, at any speed.
    pub const NONE: Self = Self {
        from_mps: 0.0,
        to_mps: f64::INFINITY,
        constant_n: 0.0,
        slope_n_s_per_m: 0.0,
        power_w: 0.0,
    };

    /// The force at a speed that may be 0.
    pub(super) fn at_any(&self, speed_mps: f64) -> f64 {
        let by_power = if self.power_w > 0.0 { self.power_w / speed_mps } else { 0.0 };
        self.constant_n + self.slope_n_s_per_m * speed_mps + by_power
    }
}

impl Effort {
    /// A greatest force, and a power at the wheels, which may be infinite.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if one is no number above 0, or the force is infinite.
    pub fn limits(force_n: f64, power_w: f64) -> Result<Self> {
        Self::curve(&[[0.0, force_n]], power_w)
    }

    /// A curve through points of speed (m/s) and force (N), straight between them and level beyond
    /// their ends, never above what a power at the wheels gives; that may be infinite.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if a number is none, is negative, or the forces rise or the speeds do
    /// not, and if there is no force or no power at all.
    pub fn curve(points_mps_n: &[[f64; 2]], power_w: f64) -> Result<Self> {
        let hint = "give the power at the wheels in watts, more than 0";
        within(|| "power_w".to_owned(), power_w, (LEAST, f64::INFINITY), hint)?;
        let mut before = [-1.0, MOST_FORCE_N];
        for (number, &[speed_mps, force_n]) in points_mps_n.iter().enumerate() {
            let item = |what: &str| format!("{what} of point {number} of a curve of pulls");
            let [last_mps, last_n] = before;
            let hint = "give speeds that rise, from 0 on";
            within(|| item("speed_mps"), speed_mps, (last_mps.next_up().max(0.0), 1e3), hint)?;
            let hint = "give pulls in newtons that do not rise with the speed, none below 0";
            within(|| item("force_n"), force_n, (0.0, last_n), hint)?;
            before = [speed_mps, force_n];
        }
        let first = points_mps_n.first().map_or(0.0, |[_, force_n]| *force_n);
        let hint = "a train needs a pull: give newtons";
        within(|| "greatest force_n".to_owned(), first, (LEAST, MOST_FORCE_N), hint)?;
        let mut pieces = Vec::new();
        let mut from = [0.0, first];
        for &to in points_mps_n {
            line(&mut pieces, from, to, power_w);
            from = to;
        }
        let [_, force_n] = from;
        line(&mut pieces, from, [f64::INFINITY, force_n], power_w);
        Ok(Self { pieces, curves: Vec::new() })
    }

    /// Both together: two locomotives, or a helper.
    ///
    /// ```
    /// use railcorridor::operation::Effort;
    ///
    /// let one = Effort::limits(400e3, 2.4e6)?;
    /// let both = one.plus(&Effort::limits(300e3, 3e6)?);
    /// assert_eq!(both.force_n(8.0), 600e3); // 2.4 MW / 8 m/s, and 300 kN
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut radii_m: Vec<f64> =
            self.curves.iter().chain(&other.curves).map(|curve| curve.below_radius_m).collect();
        radii_m.sort_unstable_by(|a, b| b.total_cmp(a));
        radii_m.dedup();
        let curve = |below_radius_m: f64| {
            // Just inside: the curve itself has all of the pull that is above.
            let [a, b] =
                [self, other].map(|one| one.pieces_on(one.grip(below_radius_m.next_down())));
            CurvePull { below_radius_m, pieces: sum(a, b) }
        };
        Self {
            pieces: sum(&self.pieces, &other.pieces),
            curves: radii_m.into_iter().map(curve).collect(),
        }
    }

    /// The same pull on straight track and wide curves, and others on curves of less than the radii
    /// that are given beside them.
    ///
    /// ```
    /// use railcorridor::operation::Effort;
    ///
    /// let pull = |kn: f64| Effort::limits(1e3 * kn, 2e6);
    /// let effort = pull(400.0)?.in_curves(vec![(300.0, pull(320.0)?), (800.0, pull(380.0)?)]);
    /// let [straight, wide, sharp, sharper] =
    ///     [f64::INFINITY, 800.0, 500.0, 250.0].map(|radius_m| effort.force_in_curve_n(1.0, radius_m));
    /// assert_eq!([straight, wide, sharp, sharper], [400e3, 400e3, 380e3, 320e3]);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn in_curves(mut self, mut pulls_below_m: Vec<(f64, Self)>) -> Self {
        pulls_below_m.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let curve =
            |(below_radius_m, pull): (f64, Self)| CurvePull { below_radius_m, pieces: pull.pieces };
        self.curves = pulls_below_m.into_iter().map(curve).collect();
        self
    }

    /// The force at a speed in a curve; an infinite radius is straight track.
    #[must_use]
    pub fn force_in_curve_n(&self, speed_mps: f64, radius_m: f64) -> f64 {
        self.pull_on(self.grip(radius_m), speed_mps).at_any(speed_mps)
    }

    /// Which of its pulls holds in a curve: 0 is that of straight track.
    pub(super) fn grip(&self, radius_m: f64) -> usize {
        self.curves.partition_point(|curve| radius_m < curve.below_radius_m)
    }

    /// How many pulls it has besides that of straight track.
    pub(super) fn curve_pulls(&self) -> usize {
        self.curves.len()
    }

    fn pieces_on(&self, grip: usize) -> &[Pull] {
        let curve = grip.checked_sub(1).and_then(|place| self.curves.get(place));
        curve.map_or(&self.pieces, |curve| &curve.pieces)
    }

    /// The force at a speed from 0 on.
    #[must_use]
    pub fn force_n(&self, speed_mps: f64) -> f64 {
        self.pull(speed_mps).at_any(speed_mps)
    }

    /// The piece of a speed on straight track; of two that meet there the faster one.
    pub(super) fn pull(&self, speed_mps: f64) -> Pull {
        piece(&self.pieces, speed_mps)
    }

    /// As [`pull`](Self::pull), in a curve.
    #[inline]
    pub(super) fn pull_on(&self, grip: usize, speed_mps: f64) -> Pull {
        piece(self.pieces_on(grip), speed_mps)
    }

    /// The piece below a speed; of two that meet there the slower one.
    pub(super) fn pull_below(&self, grip: usize, speed_mps: f64) -> Pull {
        let pieces = self.pieces_on(grip);
        let number = pieces.partition_point(|piece| piece.to_mps < speed_mps);
        pieces.get(number).or(pieces.last()).copied().unwrap_or(Pull::NONE)
    }
}

fn piece(pieces: &[Pull], speed_mps: f64) -> Pull {
    let number = pieces.partition_point(|piece| piece.to_mps <= speed_mps);
    pieces.get(number).or(pieces.last()).copied().unwrap_or(Pull::NONE)
}

/// Both pulls together.
fn sum(one: &[Pull], other: &[Pull]) -> Vec<Pull> {
    let mut joints: Vec<f64> = one.iter().chain(other).map(|piece| piece.to_mps).collect();
    joints.sort_unstable_by(f64::total_cmp);
    joints.dedup();
    let (mut pieces, mut from_mps) = (Vec::new(), 0.0);
    for to_mps in joints {
        let inside_mps = inside(from_mps, to_mps);
        let [a, b] = [one, other].map(|pieces| piece(pieces, inside_mps));
        pieces.push(Pull {
            from_mps,
            to_mps,
            constant_n: a.constant_n + b.constant_n,
            slope_n_s_per_m: a.slope_n_s_per_m + b.slope_n_s_per_m,
            power_w: a.power_w + b.power_w,
        });
        from_mps = to_mps;
    }
    pieces
}

/// A speed between two, of which the second may be infinite.
fn inside(from_mps: f64, to_mps: f64) -> f64 {
    if to_mps.is_finite() { 0.5 * (from_mps + to_mps) } else { 2.0 * from_mps + 1.0 }
}

/// A straight piece of a curve, cut where the power gives less.
fn line(pieces: &mut Vec<Pull>, from: [f64; 2], to: [f64; 2], power_w: f64) {
    let ([from_mps, from_n], [to_mps, to_n]) = (from, to);
    if !(to_mps > from_mps) {
        return;
    }
    let slope = if to_mps.is_finite() { (to_n - from_n) / (to_mps - from_mps) } else { 0.0 };
    let constant_n = from_n - slope * from_mps;
    // constant + slope v = power / v.
    let mut cuts_mps = vec![to_mps];
    if power_w.is_finite() {
        let root = (constant_n * constant_n + 4.0 * slope * power_w).sqrt();
        // Both roots without cancellation; not a number where there are none.
        let near_mps = 2.0 * power_w / (constant_n + root);
        let far_mps = if slope == 0.0 { f64::NAN } else { -(constant_n + root) / (2.0 * slope) };
        cuts_mps.extend([near_mps, far_mps].into_iter().filter(|v| *v > from_mps && *v < to_mps));
    }
    cuts_mps.sort_unstable_by(f64::total_cmp);
    let mut begin_mps = from_mps;
    for end_mps in cuts_mps {
        let middle_mps = inside(begin_mps, end_mps);
        let by_power = power_w / middle_mps < constant_n + slope * middle_mps;
        pieces.push(Pull {
            from_mps: begin_mps,
            to_mps: end_mps,
            constant_n: if by_power { 0.0 } else { constant_n },
            slope_n_s_per_m: if by_power { 0.0 } else { slope },
            power_w: if by_power { power_w } else { 0.0 },
        });
        begin_mps = end_mps;
    }
}

/// What an error says of a pull that is missing.
pub(super) fn no_pull(item: &str) -> Error {
    Error::OutOfRange {
        item: item.to_owned(),
        value: 0.0,
        limit: "more than 0".to_owned(),
        hint: "give the train a locomotive".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_cut_where_the_power_gives_less() {
        let points = [[0.0, 400e3], [10.0, 300e3], [30.0, 100e3]];
        let effort = Effort::curve(&points, 2e6).unwrap();
        for speed_mps in [0.0, 2.0, 5.0, 6.5, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0] {
            let straight = match speed_mps {
                v if v <= 10.0 => 400e3 - 10e3 * v,
                v if v <= 30.0 => 400e3 - 10e3 * v,
                _ => 100e3,
            };
            let expected = f64::min(straight, 2e6 / speed_mps);
            assert!((effort.force_n(speed_mps) - expected).abs() < 1e-6, "{speed_mps}");
        }
    }

    #[test]
    fn what_is_no_pull_is_refused() {
        for (points, power_w) in [
            (&[[0.0, 0.0]][..], 1e6),
            (&[], 1e6),
            (&[[0.0, 1e5]], 0.0),
            (&[[0.0, 1e5]], f64::NAN),
            (&[[0.0, f64::NAN]], 1e6),
            (&[[0.0, -1.0]], 1e6),
            (&[[0.0, f64::INFINITY]], 1e6),
            (&[[0.0, 1e5], [5.0, 2e5]], 1e6),
            (&[[5.0, 1e5], [5.0, 1e4]], 1e6),
            (&[[f64::NAN, 1e5]], 1e6),
            (&[[0.0, 1e5], [5.0, -1.0]], 1e6),
        ] {
            assert!(Effort::curve(points, power_w).is_err(), "{points:?} {power_w}");
        }
    }
}
