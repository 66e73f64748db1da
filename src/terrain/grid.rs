//! Heights on a grid of longitude and latitude.

use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// Heights at the nodes of a grid; row 0 lies in the north, column 0 in the west.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    rows: usize,
    cols: usize,
    north_west: LonLat,
    step_lon_deg: f64,
    step_lat_deg: f64,
    /// NaN where nothing is known.
    heights_m: Vec<f32>,
    /// What it was read from.
    name: String,
}

impl Grid {
    /// A grid of `cols` columns whose first node lies at `north_west`; NaN marks a void.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless there are 2 x 2 nodes at least, in whole rows, and the steps
    /// are positive and keep the grid on the earth.
    pub fn new(
        cols: usize,
        north_west: LonLat,
        step_lon_deg: f64,
        step_lat_deg: f64,
        heights_m: Vec<f32>,
    ) -> Result<Self> {
        let wrong = |item: &str, value: f64, limit: &str| Error::OutOfRange {
            item: item.to_owned(),
            value,
            limit: limit.to_owned(),
            hint: "a grid has rows from north to south, columns from west to east".to_owned(),
        };
        #[expect(clippy::cast_precision_loss, reason = "a count, for a message and an extent")]
        let float = |count: usize| count as f64;
        let rows = heights_m.len().checked_div(cols).unwrap_or_default();
        if rows < 2 || cols < 2 || rows * cols != heights_m.len() {
            return Err(wrong(
                "number of heights",
                float(heights_m.len()),
                "whole rows, 2 x 2 and more",
            ));
        }
        for (item, step_deg) in [("step_lon_deg", step_lon_deg), ("step_lat_deg", step_lat_deg)] {
            if !(step_deg > 0.0 && step_deg <= 10.0) {
                return Err(wrong(item, step_deg, "0 to 10"));
            }
        }
        let south_deg = north_west.lat_deg - float(rows - 1) * step_lat_deg;
        let width_deg = float(cols - 1) * step_lon_deg;
        if !(south_deg >= -90.0 - 1e-9 && width_deg <= 360.0 + 1e-9) {
            return Err(wrong("extent", south_deg, "the earth"));
        }
        let east_deg = north_west.lon_deg + width_deg;
        if !(north_west.lon_deg >= -180.0 - 1e-9 && east_deg <= 180.0 + 1e-9) {
            return Err(Error::OutOfRange {
                item: "east_deg of the grid".to_owned(),
                value: east_deg,
                limit: "-180 to 180".to_owned(),
                hint: "a terrain across the antimeridian: cut it in two at 180 degrees".to_owned(),
            });
        }
        let name = String::new();
        Ok(Self { rows, cols, north_west, step_lon_deg, step_lat_deg, heights_m, name })
    }

    /// The same grid, told what it was read from: a file, or a name such as `builtin:globe-30s`.
    ///
    /// ```
    /// use railcorridor::geodesy::LonLat;
    /// use railcorridor::terrain::Grid;
    ///
    /// let grid = Grid::new(2, LonLat::new(62.0, 35.0)?, 0.1, 0.1, vec![900.0; 4])?;
    /// assert_eq!(grid.name(), "");
    /// assert_eq!(grid.named("pass.tif").name(), "pass.tif");
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// What it was read from, for legends; empty if nobody said.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    #[must_use]
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// All heights, row by row, metres; NaN where nothing is known.
    #[must_use]
    pub fn heights_m(&self) -> &[f32] {
        &self.heights_m
    }

    /// Step between columns, degrees.
    #[must_use]
    pub fn step_lon_deg(&self) -> f64 {
        self.step_lon_deg
    }

    /// Step between rows, degrees.
    #[must_use]
    pub fn step_lat_deg(&self) -> f64 {
        self.step_lat_deg
    }

    /// The place of a node.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 rows")]
    pub fn place(&self, row: usize, col: usize) -> LonLat {
        LonLat {
            lon_deg: self.north_west.lon_deg + col as f64 * self.step_lon_deg,
            lat_deg: self.north_west.lat_deg - row as f64 * self.step_lat_deg,
        }
    }

    /// The height of a node, metres; `None` outside the grid and where nothing is known.
    #[must_use]
    pub fn height_m(&self, row: usize, col: usize) -> Option<f64> {
        let inside = row < self.rows && col < self.cols;
        let height_m = inside.then(|| self.heights_m.get(row * self.cols + col)).flatten()?;
        (!height_m.is_nan()).then_some(f64::from(*height_m))
    }

    /// Row and column of a place, as fractions; the node is at the whole numbers.
    #[must_use]
    pub fn row_col_cells(&self, place: LonLat) -> (f64, f64) {
        let row = (self.north_west.lat_deg - place.lat_deg) / self.step_lat_deg;
        let col = (place.lon_deg - self.north_west.lon_deg) / self.step_lon_deg;
        (row, col)
    }

    /// Row and column of the node nearest to a place; `None` more than half a step off the grid.
    #[must_use]
    pub fn nearest(&self, place: LonLat) -> Option<(usize, usize)> {
        let (row, col) = self.row_col_cells(place);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast out of range saturates"
        )]
        let (near_row, near_col) = (row.round().max(0.0) as usize, col.round().max(0.0) as usize);
        let inside = row >= -0.5 && col >= -0.5 && near_row < self.rows && near_col < self.cols;
        inside.then_some((near_row, near_col))
    }

    /// The height of a place between its four nodes, metres, bilinear; `None` outside the grid
    /// and beside voids.
    #[must_use]
    pub fn height_at_m(&self, place: LonLat) -> Option<f64> {
        let (row, col) = self.row_col_cells(place);
        self.height_between_m(row, col)
    }

    /// The height between four nodes, by row and column as fractions.
    pub(crate) fn height_between_m(&self, row: f64, col: f64) -> Option<f64> {
        // Rounding may put a place on the edge just outside of it.
        const SLACK: f64 = 1e-9;
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 rows")]
        let (last_row, last_col) = ((self.rows - 1) as f64, (self.cols - 1) as f64);
        let inside = (-SLACK..=last_row + SLACK).contains(&row)
            && (-SLACK..=last_col + SLACK).contains(&col);
        if !inside {
            return None;
        }
        let (row, col) = (row.clamp(0.0, last_row), col.clamp(0.0, last_col));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "inside the grid"
        )]
        let (r, c) = ((row as usize).min(self.rows - 2), (col as usize).min(self.cols - 2));
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 rows")]
        let (v, u) = (row - r as f64, col - c as f64);
        let mix = |a: f64, b: f64, share: f64| a + (b - a) * share;
        let north = mix(self.height_m(r, c)?, self.height_m(r, c + 1)?, u);
        let south = mix(self.height_m(r + 1, c)?, self.height_m(r + 1, c + 1)?, u);
        Some(mix(north, south, v))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Grid {
        let corner = LonLat { lon_deg: 60.0, lat_deg: 37.0 };
        Grid::new(2, corner, 0.5, 0.25, vec![0.0, 10.0, 20.0, 50.0]).unwrap()
    }

    #[test]
    fn heights_lie_at_the_nodes() {
        let grid = small();
        for (row, col, height_m) in [(0, 0, 0.0), (0, 1, 10.0), (1, 0, 20.0), (1, 1, 50.0)] {
            assert_eq!(grid.height_at_m(grid.place(row, col)), Some(height_m));
        }
        let middle = LonLat { lon_deg: 60.25, lat_deg: 36.875 };
        assert_eq!(grid.height_at_m(middle), Some(20.0));
        assert_eq!(grid.height_at_m(LonLat { lon_deg: 59.99, lat_deg: 36.9 }), None);
    }

    #[test]
    fn the_nearest_node_is_half_a_step_away_at_most() {
        let nearest = |lon_deg, lat_deg| small().nearest(LonLat { lon_deg, lat_deg });
        assert_eq!(nearest(60.2, 36.9), Some((0, 0)));
        assert_eq!(nearest(60.3, 36.8), Some((1, 1)));
        assert_eq!(nearest(59.76, 37.12), Some((0, 0)));
        for (lon_deg, lat_deg) in [(59.74, 37.0), (60.76, 37.0), (60.0, 37.13), (60.0, 36.6)] {
            assert_eq!(nearest(lon_deg, lat_deg), None);
        }
        assert_eq!(nearest(f64::NAN, 36.9), None);
        assert_eq!(nearest(60.2, f64::INFINITY), None);
    }

    #[test]
    fn what_is_no_grid_is_refused() {
        let corner = LonLat { lon_deg: 60.0, lat_deg: 37.0 };
        assert!(Grid::new(2, corner, 0.5, 0.25, vec![0.0; 3]).is_err());
        assert!(Grid::new(0, corner, 0.5, 0.25, Vec::new()).is_err());
        assert!(Grid::new(2, corner, 0.0, 0.25, vec![0.0; 4]).is_err());
        assert!(Grid::new(2, corner, f64::NAN, 0.25, vec![0.0; 4]).is_err());
        let pacific = Grid::new(2, LonLat { lon_deg: 179.0, lat_deg: 0.0 }, 2.0, 1.0, vec![0.0; 4]);
        assert!(pacific.unwrap_err().to_string().contains("antimeridian"));
        let nowhere = LonLat { lon_deg: f64::NAN, lat_deg: 0.0 };
        assert!(Grid::new(2, nowhere, 2.0, 1.0, vec![0.0; 4]).is_err());
        assert!(
            Grid::new(2, LonLat { lon_deg: 0.0, lat_deg: -89.9 }, 1.0, 1.0, vec![0.0; 4]).is_err()
        );
    }
}
