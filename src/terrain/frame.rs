//! Where the nodes of a grid lie.

use std::ops::Range;

use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// Two lattices whose nodes lie nearer than this, in steps, are one.
const SAME_STEPS: f64 = 1e-3;

/// The nodes of a file: the first one, in the north-west, the steps, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) west_deg: f64,
    pub(super) north_deg: f64,
    pub(super) step_lon_deg: f64,
    pub(super) step_lat_deg: f64,
    pub(super) rows: usize,
    pub(super) cols: usize,
}

/// No nodes at all.
pub(super) const NOWHERE: Frame =
    Frame { west_deg: 0.0, north_deg: 0.0, step_lon_deg: 1.0, step_lat_deg: 1.0, rows: 0, cols: 0 };

#[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 rows")]
impl Frame {
    pub(super) fn east_deg(&self) -> f64 {
        self.west_deg + (self.cols.saturating_sub(1)) as f64 * self.step_lon_deg
    }

    pub(super) fn south_deg(&self) -> f64 {
        self.north_deg - (self.rows.saturating_sub(1)) as f64 * self.step_lat_deg
    }

    pub(super) fn north_west(&self) -> LonLat {
        LonLat { lon_deg: self.west_deg, lat_deg: self.north_deg }
    }

    /// The same area in fewer or more cells: the outer borders of the cells stay.
    pub(super) fn resized(&self, rows: usize, cols: usize) -> Self {
        let step_lon_deg = self.step_lon_deg * self.cols as f64 / cols as f64;
        let step_lat_deg = self.step_lat_deg * self.rows as f64 / rows as f64;
        Self {
            west_deg: self.west_deg + 0.5 * (step_lon_deg - self.step_lon_deg),
            north_deg: self.north_deg - 0.5 * (step_lat_deg - self.step_lat_deg),
            step_lon_deg,
            step_lat_deg,
            rows,
            cols,
        }
    }

    /// The frame of some of its rows and columns.
    pub(super) fn part(&self, rows: &Range<usize>, cols: &Range<usize>) -> Self {
        Self {
            west_deg: self.west_deg + cols.start as f64 * self.step_lon_deg,
            north_deg: self.north_deg - rows.start as f64 * self.step_lat_deg,
            rows: rows.len(),
            cols: cols.len(),
            ..*self
        }
    }

    /// Rows down and columns right from the first node of this frame to that of another.
    pub(super) fn to(&self, other: &Self) -> (f64, f64) {
        (
            (self.north_deg - other.north_deg) / self.step_lat_deg,
            (other.west_deg - self.west_deg) / self.step_lon_deg,
        )
    }

    /// As [`to`](Self::to) in whole steps, if both lie on one lattice.
    pub(super) fn whole_steps_to(&self, other: &Self) -> Option<(i64, i64)> {
        let drift = |own_deg: f64, other_deg: f64, count: usize| {
            (other_deg / own_deg - 1.0).abs() * count as f64
        };
        let (rows, cols) = self.to(other);
        let on = |steps: f64| (steps - steps.round()).abs() < SAME_STEPS;
        let same = drift(self.step_lon_deg, other.step_lon_deg, other.cols) < SAME_STEPS
            && drift(self.step_lat_deg, other.step_lat_deg, other.rows) < SAME_STEPS
            && on(rows)
            && on(cols);
        #[expect(clippy::cast_possible_truncation, reason = "steps on the earth")]
        same.then_some((rows.round() as i64, cols.round() as i64))
    }

    /// The least frame on this lattice that holds both, which lie so many whole steps apart.
    pub(super) fn joined(&self, other: &Self, (rows, cols): (i64, i64)) -> Self {
        let (top, left) = (rows.min(0), cols.min(0));
        let far = |own: usize, from: i64, count: usize| {
            (own as i64).max(from.saturating_add(count as i64))
        };
        let (bottom, right) = (far(self.rows, rows, other.rows), far(self.cols, cols, other.cols));
        Self {
            west_deg: self.west_deg + left as f64 * self.step_lon_deg,
            north_deg: self.north_deg - top as f64 * self.step_lat_deg,
            rows: usize::try_from(bottom - top).unwrap_or_default(),
            cols: usize::try_from(right - left).unwrap_or_default(),
            ..*self
        }
    }
}

/// A box of longitude and latitude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Its west side, degrees east.
    pub west_deg: f64,
    /// Its south side, degrees north.
    pub south_deg: f64,
    /// Its east side, degrees east.
    pub east_deg: f64,
    /// Its north side, degrees north.
    pub north_deg: f64,
}

/// The box about no place at all.
pub(super) const NO_PLACE: Bounds =
    Bounds { west_deg: 0.0, south_deg: 0.0, east_deg: 0.0, north_deg: 0.0 };

impl Bounds {
    /// A box from its south-west and north-east corners.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if it is empty or runs across the antimeridian, which no window may.
    ///
    /// ```
    /// use railcorridor::{geodesy::LonLat, terrain::Bounds};
    ///
    /// let bounds = Bounds::new(LonLat::new(61.0, 30.5)?, LonLat::new(67.0, 35.5)?)?;
    /// assert_eq!(bounds.east_deg - bounds.west_deg, 6.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn new(south_west: LonLat, north_east: LonLat) -> Result<Self> {
        let south_west = LonLat::new(south_west.lon_deg, south_west.lat_deg)?;
        let north_east = LonLat::new(north_east.lon_deg, north_east.lat_deg)?;
        let wrong = |item: &str, value: f64, least: f64, hint: &str| Error::OutOfRange {
            item: item.to_owned(),
            value,
            limit: format!("{least} to the edge of the map"),
            hint: hint.to_owned(),
        };
        if !(north_east.lon_deg > south_west.lon_deg) {
            let hint = "east of its west side; take two windows where it crosses 180 degrees";
            return Err(wrong("east_deg", north_east.lon_deg, south_west.lon_deg, hint));
        }
        if !(north_east.lat_deg > south_west.lat_deg) {
            let hint = "north of its south side";
            return Err(wrong("north_deg", north_east.lat_deg, south_west.lat_deg, hint));
        }
        Ok(Self {
            west_deg: south_west.lon_deg,
            south_deg: south_west.lat_deg,
            east_deg: north_east.lon_deg,
            north_deg: north_east.lat_deg,
        })
    }

    pub(super) fn of_frame(frame: &Frame) -> Self {
        Self {
            west_deg: frame.west_deg,
            south_deg: frame.south_deg(),
            east_deg: frame.east_deg(),
            north_deg: frame.north_deg,
        }
    }

    /// The least box about some places.
    pub(super) fn about(places: &[LonLat]) -> Self {
        let of = |place: &LonLat| Self {
            west_deg: place.lon_deg,
            south_deg: place.lat_deg,
            east_deg: place.lon_deg,
            north_deg: place.lat_deg,
        };
        places.iter().map(of).reduce(Self::joined).unwrap_or(NO_PLACE)
    }

    /// The least box that holds both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self {
            west_deg: self.west_deg.min(other.west_deg),
            south_deg: self.south_deg.min(other.south_deg),
            east_deg: self.east_deg.max(other.east_deg),
            north_deg: self.north_deg.max(other.north_deg),
        }
    }

    /// Whether it holds all of another.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.joined(other) == self
    }

    /// What both hold; `None` if they lie apart.
    pub(super) fn common(self, other: Self) -> Option<Self> {
        let both = Self {
            west_deg: self.west_deg.max(other.west_deg),
            south_deg: self.south_deg.max(other.south_deg),
            east_deg: self.east_deg.min(other.east_deg),
            north_deg: self.north_deg.min(other.north_deg),
        };
        (both.west_deg < both.east_deg && both.south_deg < both.north_deg).then_some(both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILE: Frame = Frame {
        west_deg: 62.0,
        north_deg: 35.0,
        step_lon_deg: 1.0 / 1200.0,
        step_lat_deg: 1.0 / 1200.0,
        rows: 1201,
        cols: 1201,
    };

    #[test]
    fn tiles_of_one_lattice_join() {
        let east = Frame { west_deg: 63.0, north_deg: 34.0, ..TILE };
        assert_eq!(TILE.whole_steps_to(&east), Some((1200, 1200)));
        let both = TILE.joined(&east, (1200, 1200));
        assert_eq!((both.rows, both.cols), (2401, 2401));
        let back = east.joined(&TILE, (-1200, -1200));
        assert!((back.west_deg - 62.0).abs() < 1e-12 && (back.north_deg - 35.0).abs() < 1e-12);
        assert_eq!((back.rows, back.cols), (2401, 2401));
        let shifted = Frame { west_deg: 63.0002, ..east };
        assert_eq!(TILE.whole_steps_to(&shifted), None);
        let finer = Frame { step_lon_deg: 1.0 / 3600.0, ..east };
        assert_eq!(TILE.whole_steps_to(&finer), None);
    }

    #[test]
    fn an_overview_keeps_the_borders() {
        let half = TILE.resized(601, 601);
        let edge_deg = |frame: &Frame| frame.west_deg - 0.5 * frame.step_lon_deg;
        assert!((edge_deg(&half) - edge_deg(&TILE)).abs() < 1e-12);
        let far_deg = |frame: &Frame| frame.south_deg() - 0.5 * frame.step_lat_deg;
        assert!((far_deg(&half) - far_deg(&TILE)).abs() < 1e-12);
    }

    #[test]
    fn boxes_that_are_none_are_refused() {
        let at = |lon_deg, lat_deg| LonLat { lon_deg, lat_deg };
        let pacific = Bounds::new(at(179.0, 0.0), at(-179.0, 1.0)).unwrap_err().to_string();
        assert!(pacific.contains("crosses 180 degrees"), "{pacific}");
        assert!(Bounds::new(at(60.0, 31.0), at(61.0, 30.0)).is_err());
        assert!(Bounds::new(at(60.0, f64::NAN), at(61.0, 30.0)).is_err());
        assert!(Bounds::new(at(60.0, 30.0), at(60.0, 31.0)).is_err());
    }
}
