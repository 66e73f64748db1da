//! The terrain as a line in a plane meets it.

use crate::error::{Result, within};
use crate::geodesy::{Coord, UtmZone};
use crate::terrain::{Grid, TerrainClass};

/// From node to node of the lattice on which rows and columns of the terrain are known exactly.
/// Between its nodes they are taken as linear: half of the square of 2 km over the radius of the
/// earth, a quarter of that in the middle, is 0.08 m, which no terrain resolves.
const MESH_M: f64 = 2000.0;

/// More than any corridor needs: 4,000 by 4,000 nodes.
const MOST_NODES: f64 = 1.6e7;

/// Heights and classes of a terrain by the coordinates of a plane.
#[derive(Debug, Clone)]
pub struct PlaneGround<'a> {
    grid: &'a Grid,
    corner: Coord,
    cols: usize,
    /// Row and column of the terrain at each node, row by row from the south.
    places: Vec<(f64, f64)>,
    /// The class of the ground at each node of the terrain.
    classes: Vec<TerrainClass>,
}

impl<'a> PlaneGround<'a> {
    /// The terrain about some places, with a margin round them.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if the places are so far apart that no
    /// plane holds them.
    ///
    /// # Example
    ///
    /// ```
    /// use railcorridor::design::PlaneGround;
    /// use railcorridor::geodesy::{LonLat, UtmZone};
    /// use railcorridor::terrain::Grid;
    ///
    /// // A slope that rises by 100 m for each degree to the east.
    /// let heights = [0.0, 100.0, 200.0, 0.0, 100.0, 200.0, 0.0, 100.0, 200.0];
    /// let grid = Grid::new(3, LonLat::new(62.0, 35.0)?, 1.0, 1.0, heights.to_vec())?;
    /// let place = LonLat::new(63.25, 34.5)?;
    /// let zone = UtmZone::of(place)?;
    /// let at = zone.forward(place)?;
    /// let ground = PlaneGround::new(&grid, &zone, &[at], 10_000.0)?;
    /// assert!((ground.height_m(at).unwrap() - 125.0).abs() < 1e-3);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn new(grid: &'a Grid, zone: &UtmZone, about: &[Coord], margin_m: f64) -> Result<Self> {
        let around = |least: bool, of: fn(&Coord) -> f64| {
            let all = about.iter().map(of);
            if least {
                all.fold(f64::INFINITY, f64::min)
            } else {
                all.fold(f64::NEG_INFINITY, f64::max)
            }
        };
        let margin_m = margin_m + MESH_M;
        let low = Coord {
            e_m: around(true, |at| at.e_m) - margin_m,
            n_m: around(true, |at| at.n_m) - margin_m,
        };
        let high = Coord {
            e_m: around(false, |at| at.e_m) + margin_m,
            n_m: around(false, |at| at.n_m) + margin_m,
        };
        let [wide, tall] = [high.e_m - low.e_m, high.n_m - low.n_m]
            .map(|length_m| (length_m / MESH_M).ceil() + 1.0);
        let item = || "cells of 2 km of the plane about the line".to_owned();
        within(item, wide * tall, (4.0, MOST_NODES), "cut the line into shorter segments")?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked above"
        )]
        let (cols, rows) = (wide as usize, tall as usize);
        let mut places = Vec::with_capacity(cols * rows);
        for row in 0..rows {
            for col in 0..cols {
                #[expect(clippy::cast_precision_loss, reason = "small counts")]
                let (row, col) = (row as f64, col as f64);
                let at = Coord { e_m: low.e_m + col * MESH_M, n_m: low.n_m + row * MESH_M };
                let place = zone.inverse(at);
                places.push(place.map_or((f64::NAN, f64::NAN), |place| grid.row_col_cells(place)));
            }
        }
        let cells = (0..grid.rows()).flat_map(|row| (0..grid.cols()).map(move |col| (row, col)));
        let class = |(row, col)| grid.terrain_class(row, col).unwrap_or(TerrainClass::Flat);
        Ok(Self { grid, corner: low, cols, places, classes: cells.map(class).collect() })
    }

    /// Row and column of the terrain, as fractions.
    fn row_col(&self, at: Coord) -> Option<(f64, f64)> {
        let (u, v) = ((at.e_m - self.corner.e_m) / MESH_M, (at.n_m - self.corner.n_m) / MESH_M);
        if !(u >= 0.0 && v >= 0.0) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative; a cast out of range saturates"
        )]
        let (col, row) = (u as usize, v as usize);
        if col + 1 >= self.cols {
            return None;
        }
        let south = row * self.cols + col;
        let [a, b] = self.places.get(south..south + 2)? else { return None };
        let [c, d] = self.places.get(south + self.cols..south + self.cols + 2)? else {
            return None;
        };
        let (u, v) = (u.fract(), v.fract());
        let mix = |a: f64, b: f64, c: f64, d: f64| {
            let (low, high) = (a + (b - a) * u, c + (d - c) * u);
            low + (high - low) * v
        };
        Some((mix(a.0, b.0, c.0, d.0), mix(a.1, b.1, c.1, d.1)))
    }

    /// The height of the ground, between the four nodes of the terrain; `None` off the terrain and
    /// beside voids.
    #[must_use]
    pub fn height_m(&self, at: Coord) -> Option<f64> {
        let (row, col) = self.row_col(at)?;
        self.grid.height_between_m(row, col)
    }

    /// The class of the ground at the nearest node; flat where none is known.
    #[must_use]
    pub fn class(&self, at: Coord) -> TerrainClass {
        self.row_col(at).map_or(TerrainClass::Flat, |(row, col)| self.class_near(row, col))
    }

    /// Height and class together, as [`height_m`](Self::height_m) and [`class`](Self::class) tell
    /// them.
    pub(super) fn height_and_class(&self, at: Coord) -> Option<(f64, TerrainClass)> {
        let (row, col) = self.row_col(at)?;
        Some((self.grid.height_between_m(row, col)?, self.class_near(row, col)))
    }

    fn class_near(&self, row: f64, col: f64) -> TerrainClass {
        let node = self.node_near(row, col).map(|(row, col)| row * self.grid.cols() + col);
        node.and_then(|node| self.classes.get(node)).copied().unwrap_or(TerrainClass::Flat)
    }

    /// Node of the terrain nearest to a place.
    #[must_use]
    pub fn node(&self, at: Coord) -> Option<(usize, usize)> {
        let (row, col) = self.row_col(at)?;
        self.node_near(row, col)
    }

    fn node_near(&self, row: f64, col: f64) -> Option<(usize, usize)> {
        if !(row >= -0.5 && col >= -0.5) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative after rounding"
        )]
        let (row, col) = (row.round().max(0.0) as usize, col.round().max(0.0) as usize);
        (row < self.grid.rows() && col < self.grid.cols()).then_some((row, col))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;

    #[test]
    fn heights_are_those_of_the_terrain_to_millimetres() {
        let grid = crate::terrain::waves(61, 61, 900.0).unwrap();
        let zone = UtmZone::of(LonLat { lon_deg: 0.1, lat_deg: 0.1 }).unwrap();
        let place = |share: f64| LonLat {
            lon_deg: 0.2 - 0.4 * share,
            lat_deg: 0.19 - 0.37 * share * share,
        };
        let places: Vec<LonLat> = (0..50).map(|n| place(f64::from(n) / 50.0)).collect();
        let coords: Vec<Coord> = places.iter().map(|place| zone.forward(*place).unwrap()).collect();
        let ground = PlaneGround::new(&grid, &zone, &coords, 1000.0).unwrap();
        for (place, at) in places.iter().zip(&coords) {
            let (exact_m, found_m) =
                (grid.height_at_m(*place).unwrap(), ground.height_m(*at).unwrap());
            assert!((exact_m - found_m).abs() < 0.05, "{exact_m} {found_m}");
            assert_eq!(ground.node(*at), grid.nearest(*place));
        }
        let far = Coord { e_m: 0.0, n_m: 0.0 };
        assert_eq!((ground.height_m(far), ground.class(far)), (None, TerrainClass::Flat));
    }
}
