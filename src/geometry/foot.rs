//! Where a place lies beside a line: its distance along it and its offset.

use serde::{Deserialize, Serialize};

use super::boxes::View;
use super::horizontal::no_element;
use super::panel::{Local, Panel};
use super::piece::Place;
use super::{Horizontal, Pose, limits};
use crate::error::{Result, within};
use crate::geodesy::Coord;

/// The foot of a perpendicular from a place to a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Foot {
    /// Distance along the line.
    pub distance_m: f64,
    /// How far beside the line the place lies, positive to the left.
    pub offset_m: f64,
    /// How far the place lies before the beginning of the line, negative, or behind its end; 0 if
    /// it has a perpendicular.
    pub beyond_m: f64,
    /// Whether the place lies beyond the centre of curvature, where no distance along the line is
    /// its own: the foot is the farthest place nearby, and not the nearest.
    pub is_beyond_centre: bool,
    /// The line there.
    pub pose: Pose,
}

/// All of a piece is equally far to this, as from the centre of an arc.
const EVEN_M: f64 = 1e-7;

/// How often a piece is halved in search of its feet.
const MOST_HALVINGS: u32 = 12;

/// A place on a panel and the line as seen from there.
#[derive(Clone, Copy)]
struct Sight {
    /// The distance along the line, and what the panel says there.
    at_m: f64,
    line: Local,
    /// How far ahead and how far to the left the place lies: the first is 0 at a foot.
    ahead_m: f64,
    left_m: f64,
    /// How the first changes with the distance, -1 + k left: positive beyond the centre.
    change_ratio: f64,
}

/// The nearest place so far, as a square of its distance.
struct Best {
    sight: Option<Sight>,
    off_m2: f64,
}

impl Best {
    fn hold(&mut self, sight: Sight) {
        let off_m2 = sight.ahead_m * sight.ahead_m + sight.left_m * sight.left_m;
        if off_m2 < self.off_m2 {
            *self = Self { sight: Some(sight), off_m2 };
        }
    }
}

impl Horizontal {
    /// The place of the line that is nearest to a place.
    ///
    /// Exact, on the curve itself. Newton's method moves by ahead / (1 - k left) along the line,
    /// where it is certain to have one foot; elsewhere the piece is halved first. Where several
    /// are equally near, as from the centre of an arc, one of them is given.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if the place is not finite.
    ///
    /// # Complexity
    ///
    /// Logarithmic in the number of elements.
    ///
    /// # Example
    ///
    /// Ten metres outside of the middle of a quarter circle to the left, so to its right:
    ///
    /// ```
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Arc, Horizontal};
    ///
    /// let start = Coord { e_m: 0.0, n_m: 0.0 };
    /// let quarter = Arc::new(150.0 * std::f64::consts::PI, 300.0)?;
    /// let line = Horizontal::new(start, 0.0, vec![quarter.into()])?;
    /// let middle = line.at(75.0 * std::f64::consts::PI)?;
    /// let foot = line.nearest(middle.beside(-10.0))?;
    /// assert!((foot.distance_m - 75.0 * std::f64::consts::PI).abs() < 1e-9);
    /// assert!((foot.offset_m + 10.0).abs() < 1e-9);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn nearest(&self, coord: Coord) -> Result<Foot> {
        let place = self.place_of(coord)?;
        let ends = [([0.0, 0.0], 0.0), (self.end, self.length_m())];
        let off_m2 = ends.map(|([e_m, n_m], _)| {
            let off = [place[0] - e_m, place[1] - n_m];
            off[0] * off[0] + off[1] * off[1]
        });
        let mut best = Best { sight: None, off_m2: f64::INFINITY };
        let mut nearest_m = off_m2[0].min(off_m2[1]).sqrt();
        // Pieces that may hold the nearest place are only noted first: most are ruled out by others
        // before their feet are searched.
        let mut noted: [Option<View>; 8] = [None; 8];
        let mut count = 0;
        self.boxes.near(place, nearest_m, |view| {
            nearest_m = nearest_m.min(view.most_m);
            if let Some(slot) = noted.get_mut(count) {
                *slot = Some(view);
                count += 1;
            } else {
                self.search(&view, place, &mut |sight, _| best.hold(sight));
            }
            nearest_m
        });
        for view in noted.iter().flatten() {
            if view.least_m <= nearest_m.min(best.off_m2.sqrt()) {
                self.search(view, place, &mut |sight, _| best.hold(sight));
            }
        }
        for ((_, at_m), off_m2) in ends.into_iter().zip(off_m2) {
            if off_m2 < best.off_m2
                && let Some(panel) = self.panel_at(at_m)
            {
                best.hold(Search { panel, place }.look(at_m));
            }
        }
        best.sight.map(|sight| self.foot(sight)).ok_or_else(no_element)
    }

    /// All feet of perpendiculars no longer than a distance, in the order of the line.
    ///
    /// Loops and hairpins have several; among them are those where the place lies beyond the
    /// centre of curvature, which are marked. A place before the beginning or behind the end has
    /// none.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if the place is not finite, or the distance
    /// not 0 or more.
    ///
    /// # Example
    ///
    /// Between the two tracks of a hairpin there is a foot on either side:
    ///
    /// ```
    /// use std::f64::consts::PI;
    ///
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Arc, Horizontal, Tangent};
    ///
    /// let start = Coord { e_m: 0.0, n_m: 0.0 };
    /// let (out, back) = (Tangent::new(1000.0)?, Tangent::new(1000.0)?);
    /// let turn = Arc::new(200.0 * PI, 200.0)?;
    /// let line = Horizontal::new(start, 0.0, vec![out.into(), turn.into(), back.into()])?;
    /// let feet = line.feet_within(Coord { e_m: 400.0, n_m: 150.0 }, 300.0)?;
    /// assert_eq!(feet.len(), 2);
    /// assert!((feet[0].offset_m - 150.0).abs() < 1e-9 && (feet[1].offset_m - 250.0).abs() < 1e-9);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn feet_within(&self, coord: Coord, within_m: f64) -> Result<Vec<Foot>> {
        let place = self.place_of(coord)?;
        within(|| "within_m".to_owned(), within_m, (0.0, f64::MAX), "give metres")?;
        let mut found: Vec<Sight> = Vec::new();
        self.boxes.near(place, within_m, |view| {
            self.search(&view, place, &mut |sight, is_foot| {
                if is_foot && sight.left_m.abs() <= within_m {
                    found.push(sight);
                }
            });
            within_m
        });
        found.sort_by(|a, b| a.at_m.total_cmp(&b.at_m));
        // Both pieces of a joint find a foot that lies on it.
        found.dedup_by(|later, earlier| later.at_m - earlier.at_m <= 1e-6);
        Ok(found.into_iter().map(|sight| self.foot(sight)).collect())
    }

    /// Tells feet on a piece, and ends of it towards which the distance falls; true for feet.
    fn search(&self, view: &View, place: Place, tell: &mut impl FnMut(Sight, bool)) {
        let span = self.boxes.span_m(view).zip(self.panels.get(view.panel as usize));
        if let Some(((ends_m, about_m), panel)) = span {
            Search { panel, place }.feet(ends_m, about_m, MOST_HALVINGS, tell);
        }
    }

    fn place_of(&self, coord: Coord) -> Result<Place> {
        limits::coord("", coord, "give metres on the plane of the line")?;
        let start = self.start();
        Ok([coord.e_m - start.e_m, coord.n_m - start.n_m])
    }

    fn foot(&self, sight: Sight) -> Foot {
        // Between the ends what is nearest lies at a right angle.
        let is_beyond = sight.ahead_m.abs() > EVEN_M;
        Foot {
            distance_m: sight.at_m.clamp(0.0, self.length_m()),
            offset_m: sight.left_m,
            beyond_m: if is_beyond { sight.ahead_m } else { 0.0 },
            is_beyond_centre: sight.change_ratio > 0.0,
            pose: self.pose(sight.line),
        }
    }
}

/// The search for the feet of one place on one panel.
struct Search<'a> {
    panel: &'a Panel,
    place: Place,
}

impl Search<'_> {
    #[inline]
    fn look(&self, at_m: f64) -> Sight {
        let line = self.panel.at(at_m);
        let [e_m, n_m, bearing_rad, curvature_per_m] = line;
        let off = [self.place[0] - e_m, self.place[1] - n_m];
        let (sine, cosine) = bearing_rad.sin_cos();
        let left_m = off[1] * cosine - off[0] * sine;
        Sight {
            at_m,
            line,
            ahead_m: off[0] * cosine + off[1] * sine,
            left_m,
            change_ratio: curvature_per_m * left_m - 1.0,
        }
    }

    /// Tells feet between two distances, and ends towards which the distance falls; true for feet.
    fn feet(
        &self,
        (from_m, to_m): (f64, f64),
        about_m: f64,
        halvings: u32,
        tell: &mut impl FnMut(Sight, bool),
    ) {
        let about = self.look(about_m);
        // As far as either end lies off.
        let reach_m = (about_m - from_m).max(to_m - about_m);
        // How fast `ahead` and its change can change: it is -1 + k left, whose derivative is
        // k' left - k^2 ahead, and nothing here is farther away than `far`.
        let far_m = about.ahead_m.abs() + about.left_m.abs() + reach_m;
        let (bend, sharp) = (self.panel.most_curvature_per_m, self.panel.most_sharpness_per_m2);
        let mut ahead_m = far_m;
        let mut bend_per_m = 0.0;
        for _ in 0..3 {
            bend_per_m = sharp * far_m + bend * bend * ahead_m;
            let most_m =
                about.ahead_m.abs() + reach_m * (about.change_ratio.abs() + reach_m * bend_per_m);
            ahead_m = ahead_m.min(most_m);
        }
        let change_m = reach_m * (about.change_ratio.abs() + 0.5 * reach_m * bend_per_m);
        if about.ahead_m.abs() > change_m * (1.0 + 1e-9) + EVEN_M {
            return;
        }
        if about.change_ratio.abs() > reach_m * bend_per_m {
            self.newton(about, (from_m, to_m), bend_per_m, tell);
        } else if ahead_m <= EVEN_M || halvings == 0 {
            tell(about, about.ahead_m.abs() <= EVEN_M);
        } else {
            let middle_m = 0.5 * (from_m + to_m);
            for (from_m, to_m) in [(from_m, middle_m), (middle_m, to_m)] {
                self.feet((from_m, to_m), 0.5 * (from_m + to_m), halvings - 1, tell);
            }
        }
    }

    /// The one foot where `ahead` only falls or only rises, or the end that it would lie beyond.
    fn newton(
        &self,
        about: Sight,
        (from_m, to_m): (f64, f64),
        bend_per_m: f64,
        tell: &mut impl FnMut(Sight, bool),
    ) {
        let mut sight = about;
        for _ in 0..30 {
            let step_m = -sight.ahead_m / sight.change_ratio;
            let next_m = (sight.at_m + step_m).clamp(from_m, to_m);
            let moved_m = next_m - sight.at_m;
            if moved_m == 0.0 || !moved_m.is_finite() {
                break;
            }
            let ratio = sight.change_ratio.abs();
            sight = self.look(next_m);
            // What is left is no more than half the square of the move by what bends `ahead`.
            if moved_m * moved_m * bend_per_m < 1e-10 * ratio {
                break;
            }
        }
        let is_foot = sight.ahead_m.abs() <= EVEN_M;
        if is_foot || sight.change_ratio < 0.0 {
            tell(sight, is_foot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Arc, Tangent};

    fn at(e_m: f64, n_m: f64) -> Coord {
        Coord { e_m, n_m }
    }

    #[test]
    fn places_beyond_the_ends_are_told_apart() {
        // Lengths that do not add up to round numbers.
        let parts = [0.1, 0.7, 33.3].map(|m| Tangent::new(m).unwrap().into());
        let line = Horizontal::new(at(0.0, 0.0), 0.0, parts.to_vec()).unwrap();
        let behind = line.nearest(at(line.length_m() + 3.0, 4.0)).unwrap();
        assert_eq!(behind.distance_m, line.length_m());
        assert!((behind.beyond_m - 3.0).abs() < 1e-9 && (behind.offset_m - 4.0).abs() < 1e-9);
        let before = line.nearest(at(-3.0, -4.0)).unwrap();
        assert_eq!(before.distance_m, 0.0);
        assert!((before.beyond_m + 3.0).abs() < 1e-9 && (before.offset_m + 4.0).abs() < 1e-9);
        assert!(line.feet_within(at(-3.0, 0.0), 10.0).unwrap().is_empty());
        assert_eq!(line.feet_within(at(0.1, 1.0), 10.0).unwrap().len(), 1); // on a joint, once
        assert!(line.nearest(at(f64::NAN, 0.0)).is_err());
        assert!(line.feet_within(at(0.0, 0.0), f64::NAN).is_err());
    }

    #[test]
    fn at_the_centre_and_beyond_it() {
        let half = Arc::new(300.0 * std::f64::consts::PI, 300.0).unwrap();
        let line = Horizontal::new(at(0.0, 0.0), 0.0, vec![half.into()]).unwrap();
        let centre = line.nearest(at(0.0, 300.0)).unwrap();
        assert!((centre.offset_m.hypot(centre.beyond_m) - 300.0).abs() < 1e-9);
        // 100 m west of the centre: the place opposite is the farthest, both ends are nearest.
        let west = at(-100.0, 300.0);
        let feet = line.feet_within(west, 1000.0).unwrap();
        assert_eq!(feet.len(), 1);
        assert!(feet[0].is_beyond_centre && (feet[0].offset_m - 400.0).abs() < 1e-9);
        let nearest = line.nearest(west).unwrap();
        assert!((nearest.pose.coord.distance_m(west) - 300.0_f64.hypot(100.0)).abs() < 1e-9);
    }
}
