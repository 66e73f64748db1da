//! The profile of a line: heights by horizontal distance.

use super::look_up::LookUp;
use super::sum::Sum;
use super::{Level, VerticalElement, limits};
use crate::error::{Error, Result, within};

/// The profile of a line: grades and vertical curves in a row, by horizontal distance, which is
/// distance along the plan.
///
/// # Example
///
/// 10 permille up, then down, with a crest of 10,000 m: the curve is R times the change of the
/// gradient long, 200 m, and its top lies L^2 / 8R = 0.5 m below the meeting of the grades.
///
/// ```
/// use railcorridor::geometry::{Profile, Pvi, Rounding};
///
/// let profile = Profile::through(&[
///     Pvi { distance_m: 0.0, height_m: 900.0, rounding: Rounding::None },
///     Pvi { distance_m: 1000.0, height_m: 910.0, rounding: Rounding::Parabola { radius_m: 10_000.0 } },
///     Pvi { distance_m: 2000.0, height_m: 900.0, rounding: Rounding::None },
/// ])?;
/// let top = profile.at(1000.0)?;
/// assert!((top.height_m - 909.5).abs() < 1e-9 && top.gradient_ratio.abs() < 1e-15);
/// assert!((profile.at(900.0)?.height_m - 909.0).abs() < 1e-9); // where the curve begins
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Profile {
    from_m: f64,
    elements: Vec<VerticalElement>,
    /// Where each element begins, from the beginning of the profile, and the end.
    starts_m: Vec<f64>,
    /// The heights there.
    heights_m: Vec<f64>,
    look_up: LookUp,
}

impl Profile {
    /// Higher than any mountain, deeper than any sea.
    const MOST_HEIGHT_M: f64 = 1e5;

    /// Elements in a row from a distance and a height.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there is no element, or the distance or the height at the beginning
    /// is no number of a railway.
    pub fn new(distance_m: f64, height_m: f64, elements: Vec<VerticalElement>) -> Result<Self> {
        let reach = (-limits::MOST_LENGTH_M, limits::MOST_LENGTH_M);
        within(|| "distance_m of the start".to_owned(), distance_m, reach, "give metres")?;
        let range = (-Self::MOST_HEIGHT_M, Self::MOST_HEIGHT_M);
        within(|| "height_m of the start".to_owned(), height_m, range, "give metres")?;
        let (mut at_m, mut top_m) = (Sum::default(), Sum::new(height_m));
        let (mut starts_m, mut heights_m) = (vec![0.0], vec![height_m]);
        for element in &elements {
            at_m = at_m.plus(element.length_m());
            top_m = top_m.plus(element.level(element.length_m()).height_m);
            starts_m.push(at_m.value());
            heights_m.push(top_m.value());
        }
        let item = || "length_m of the profile".to_owned();
        let range = (f64::MIN_POSITIVE, limits::MOST_LENGTH_M);
        within(item, at_m.value(), range, "give one element or more")?;
        let begins = starts_m.get(..elements.len()).unwrap_or_default();
        let look_up = LookUp::new(begins, at_m.value());
        Ok(Self { from_m: distance_m, elements, starts_m, heights_m, look_up })
    }

    /// The distance where it begins.
    #[must_use]
    pub fn start_m(&self) -> f64 {
        self.from_m
    }

    /// The distance where it ends.
    #[must_use]
    pub fn end_m(&self) -> f64 {
        self.from_m + self.length_m()
    }

    /// Its horizontal length.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.starts_m.last().copied().unwrap_or_default()
    }

    /// The distances where its elements begin and end.
    pub fn joints_m(&self) -> impl Iterator<Item = f64> {
        self.starts_m.iter().map(|start_m| self.from_m + start_m)
    }

    /// Its elements in order.
    #[must_use]
    pub fn elements(&self) -> &[VerticalElement] {
        &self.elements
    }

    /// Height and gradient at a distance; at a kink the gradient ahead.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the distance is not on the profile.
    pub fn at(&self, distance_m: f64) -> Result<Level> {
        let (number, within_m) = self.place(distance_m)?;
        let element = self.elements.get(number).ok_or_else(|| self.off(distance_m))?;
        let level = element.level(within_m);
        let base_m = self.heights_m.get(number).copied().unwrap_or_default();
        Ok(Level { height_m: base_m + level.height_m, ..level })
    }

    /// The length between two distances measured along the slope: that of the rails in space, if
    /// the distances are those of the plan.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a distance is not on the profile.
    ///
    /// # Example
    ///
    /// A kilometre of 30 permille is 0.45 m longer in space than in plan:
    ///
    /// ```
    /// use railcorridor::geometry::{Profile, VerticalElement};
    ///
    /// let profile = Profile::new(0.0, 0.0, vec![VerticalElement::grade(1000.0, 0.03)?])?;
    /// assert!((profile.slope_length_m(0.0, 1000.0)? - 1000.45).abs() < 0.001);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn slope_length_m(&self, from_m: f64, to_m: f64) -> Result<f64> {
        let (first, from_within_m) = self.place(from_m)?;
        let (last, to_within_m) = self.place(to_m)?;
        if first > last || (first == last && from_within_m > to_within_m) {
            return self.slope_length_m(to_m, from_m).map(|length_m| -length_m);
        }
        let mut length_m = Sum::default();
        let between = self.elements.get(first..=last).unwrap_or_default();
        for (number, element) in (first..).zip(between) {
            let end_m = if number == last { to_within_m } else { element.length_m() };
            length_m = length_m.plus(element.slope_length_m(end_m));
            if number == first {
                length_m = length_m.plus(-element.slope_length_m(from_within_m));
            }
        }
        Ok(length_m.value())
    }

    /// The element at a distance, and the distance within it.
    fn place(&self, distance_m: f64) -> Result<(usize, f64)> {
        let along_m = distance_m - self.from_m;
        if limits::distance(along_m, self.length_m()).is_err() {
            return Err(self.off(distance_m));
        }
        let number = self.look_up.place(along_m);
        Ok((number, along_m - self.starts_m.get(number).copied().unwrap_or_default()))
    }

    fn off(&self, distance_m: f64) -> Error {
        Error::OutOfRange {
            item: "distance_m on the profile".to_owned(),
            value: distance_m,
            limit: format!("{} to {}", self.from_m, self.end_m()),
            hint: "let the profile reach as far as the plan".to_owned(),
        }
    }
}
