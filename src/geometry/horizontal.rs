//! The plan of a line: a chain of elements, each of which goes on where the one before ends.

use super::fitting::{Fitting, Joint};
use super::panel::{Local, Panel};
use super::{Element, Pose, boxes::Boxes, limits, look_up::LookUp};
use crate::error::{Error, Result, within};
use crate::geodesy::Coord;

/// The plan of a line: elements joined without a kink, by distance from its beginning.
///
/// Each element is cut into panels with one polynomial of the eleventh degree each, fitted to
/// the exact curve to 1e-15 of the panel's length, about origins of their own. So a place costs the
/// same on a tangent as on a Viennese bend, and is exact to the last digit of its coordinates.
///
/// # Example
///
/// A tangent of 100 m, a quarter of a circle of 200 m to the left, a tangent of 100 m:
///
/// ```
/// use std::f64::consts::PI;
///
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Arc, Horizontal, Tangent};
///
/// let start = Coord { e_m: 500_000.0, n_m: 3_900_000.0 };
/// let elements = vec![
///     Tangent::new(100.0)?.into(),
///     Arc::new(100.0 * PI, 200.0)?.into(),
///     Tangent::new(100.0)?.into(),
/// ];
/// let line = Horizontal::new(start, 0.0, elements)?; // eastwards
/// assert!((line.length_m() - 514.159).abs() < 0.001);
/// let end = line.at(line.length_m())?;
/// assert!((end.coord.e_m - 500_300.0).abs() < 1e-9 && (end.coord.n_m - 3_900_300.0).abs() < 1e-9);
/// assert!((end.bearing_rad - 0.5 * PI).abs() < 1e-12);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Horizontal {
    start: Coord,
    bearing_rad: f64,
    elements: Vec<Element>,
    /// Where each element begins, and the end.
    from_m: Vec<f64>,
    pub(super) panels: Vec<Panel>,
    look_up: LookUp,
    pub(super) boxes: Boxes,
    /// Where it ends, from where it begins.
    pub(super) end: [f64; 2],
    /// The largest distance that still counts as on it.
    reach_m: f64,
}

impl Horizontal {
    /// More than 500,000 km of sharp curves; half a gigabyte.
    const MOST_PANELS: usize = 1_000_000;

    /// A chain of elements from a place in a bearing.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there is no element, the place or the bearing is not finite, or
    /// the line is longer than 10,000 km; [`Error::Limit`] if it turns so much that it would take
    /// more than a million panels.
    ///
    /// # Complexity
    ///
    /// Linear in the elements: about 5 us a transition.
    pub fn new(start: Coord, bearing_rad: f64, elements: Vec<Element>) -> Result<Self> {
        limits::coord("start.", start, "give metres on a plane")?;
        limits::bearing("bearing_rad of the start", bearing_rad)?;
        let (panels, from_m) = panels(bearing_rad, &elements)?;
        let length_m = from_m.last().copied().unwrap_or_default();
        let begins_m: Vec<f64> = panels.iter().map(Panel::start_m).collect();
        let look_up = LookUp::new(&begins_m, length_m);
        let boxes = Boxes::new(&panels);
        let end = panels.last().map_or([0.0; 4], |panel| panel.at(length_m));
        let end = [end[0], end[1]];
        let reach_m = length_m + limits::BEYOND_END_M;
        Ok(Self { reach_m, start, bearing_rad, elements, from_m, panels, look_up, boxes, end })
    }

    /// Where it begins.
    #[must_use]
    pub fn start(&self) -> Coord {
        self.start
    }

    /// In which bearing it begins.
    #[must_use]
    pub fn start_bearing_rad(&self) -> f64 {
        self.bearing_rad
    }

    /// Its length, that of all its elements.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.from_m.last().copied().unwrap_or_default()
    }

    /// Its elements in order.
    #[must_use]
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// All that it turns, to either hand: the sum over its elements.
    #[must_use]
    pub fn turn_rad(&self) -> f64 {
        self.elements.iter().map(|element| element.turn_rad().abs()).sum()
    }

    /// The distances where elements begin, and at last where the line ends.
    #[must_use]
    pub fn joints_m(&self) -> &[f64] {
        &self.from_m
    }

    /// Its elements, each with where it begins and ends.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (&Element, (f64, f64))> {
        let ends_m = self.from_m.iter().skip(1);
        self.elements.iter().zip(self.from_m.iter().copied().zip(ends_m.copied()))
    }

    /// The pose at a distance.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the distance is not on the line; a micrometre beyond an end is.
    ///
    /// # Complexity
    ///
    /// Constant on average: a table leads to the panel, so the number of elements costs nothing.
    #[inline]
    pub fn at(&self, distance_m: f64) -> Result<Pose> {
        // Below 0 and for what is no number the bits are more than those of any length.
        if distance_m.to_bits() <= self.reach_m.to_bits()
            && let Some(place) = self.look_up.soon(distance_m)
            && let Some(panel) = self.panels.get(place)
        {
            return Ok(self.pose(panel.at(distance_m)));
        }
        self.at_rim(distance_m)
    }

    /// The pose where many panels are short, and hardly before the beginning; why there is none.
    #[cold]
    #[inline(never)]
    fn at_rim(&self, distance_m: f64) -> Result<Pose> {
        limits::distance(distance_m, self.length_m())?;
        let panel = self.panel_at(distance_m).ok_or_else(no_element)?;
        Ok(self.pose(panel.at(distance_m)))
    }

    /// The number of the element at a distance, counted from 0; at a joint the one that begins
    /// there.
    ///
    /// # Errors
    ///
    /// As [`at`](Self::at).
    pub fn element_number(&self, distance_m: f64) -> Result<usize> {
        limits::distance(distance_m, self.length_m())?;
        let last = self.elements.len().saturating_sub(1);
        let begun = self.from_m.partition_point(|&from_m| from_m <= distance_m);
        Ok(begun.saturating_sub(1).min(last))
    }

    /// The panel at a distance.
    #[inline]
    pub(super) fn panel_at(&self, distance_m: f64) -> Option<&Panel> {
        self.panels.get(self.look_up.place(distance_m))
    }

    /// The panel at a distance, with where it and the next one begin; the line's end ends the last.
    pub(super) fn panel_about(&self, distance_m: f64) -> Option<(&Panel, (f64, f64))> {
        let place = self.look_up.place(distance_m);
        Some((self.panels.get(place)?, self.look_up.range_m(place, self.length_m())))
    }

    /// From the panel's numbers to the plane.
    #[inline]
    pub(super) fn pose(&self, [e_m, n_m, bearing_rad, curvature_per_m]: Local) -> Pose {
        let coord = Coord { e_m: self.start.e_m + e_m, n_m: self.start.n_m + n_m };
        Pose { coord, bearing_rad, curvature_per_m }
    }
}

fn panels(bearing_rad: f64, elements: &[Element]) -> Result<(Vec<Panel>, Vec<f64>)> {
    if elements.is_empty() {
        return Err(no_element());
    }
    let (fitting, mut joint) = (Fitting::new(), Joint::new(bearing_rad));
    let (mut panels, mut from_m) = (Vec::with_capacity(elements.len() * 2), vec![0.0]);
    for (number, element) in elements.iter().enumerate() {
        fitting.append(element, &mut joint, &mut panels);
        from_m.push(joint.distance_m());
        if panels.len() > Horizontal::MOST_PANELS {
            return Err(Error::Limit {
                item: format!("the plan up to element {number}"),
                needed: format!("{} panels", panels.len()),
                limit: format!("{} panels", Horizontal::MOST_PANELS),
                hint: "divide the line, or check its radii".to_owned(),
            });
        }
    }
    let range = (0.0, limits::MOST_LENGTH_M);
    let item = || "length_m of the line".to_owned();
    within(item, joint.distance_m(), range, "divide the line")?;
    Ok((panels, from_m))
}

#[cold]
pub(super) fn no_element() -> Error {
    Error::OutOfRange {
        item: "number of elements".to_owned(),
        value: 0.0,
        limit: "1 and more".to_owned(),
        hint: "a line begins with a tangent, an arc or a transition".to_owned(),
    }
}
