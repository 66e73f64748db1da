//! Cell sizes, slope, relief and the class of terrain.

use super::Grid;
use crate::geodesy::Ellipsoid;

/// How hard the ground is for a line, by its slope over one cell all round.
///
/// The bounds are those by which the ground along the corridor was counted; they suit cells of
/// about 1 km, since finer cells show steeper ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TerrainClass {
    /// Below 10 permille: the line lies as it likes.
    Flat,
    /// 10 to 30 permille: steeper than most ruling gradients, with cut and fill.
    Rolling,
    /// 30 to 60 permille: the line seeks its way.
    Hilly,
    /// 60 permille and more: loops, bridges and tunnels.
    Mountain,
}

impl TerrainClass {
    /// The class of a slope of the ground, permille.
    #[must_use]
    pub fn of_slope(slope_permille: f64) -> Self {
        match slope_permille {
            slope if slope < 10.0 => Self::Flat,
            slope if slope < 30.0 => Self::Rolling,
            slope if slope < 60.0 => Self::Hilly,
            _ => Self::Mountain,
        }
    }
}

impl Grid {
    /// Length of one step to the east at a row, metres: N cos(lat) x step, where
    /// N = a / sqrt(1 - e^2 sin^2 lat) is the radius of the prime vertical.
    ///
    /// ```
    /// use railcorridor::{geodesy::LonLat, terrain::Grid};
    ///
    /// let at_equator = LonLat { lon_deg: 0.0, lat_deg: 0.0 };
    /// let grid = Grid::new(2, at_equator, 1.0, 1.0, vec![0.0; 4])?;
    /// assert!((grid.dx_m(0) - 111_319.491).abs() < 0.001); // pi a / 180
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn dx_m(&self, row: usize) -> f64 {
        let lat_rad = self.place(row, 0).lat_deg.to_radians();
        let radius_m = Ellipsoid::WGS84.equatorial_radius_m / bulge(lat_rad).sqrt();
        radius_m * lat_rad.cos() * self.step_lon_deg().to_radians()
    }

    /// Length of one step to the south about a row, metres: M x step, where
    /// M = a (1 - e^2) / (1 - e^2 sin^2 lat)^(3/2) is the radius of the meridian.
    #[must_use]
    pub fn dy_m(&self, row: usize) -> f64 {
        let earth = Ellipsoid::WGS84;
        let around = bulge(self.place(row, 0).lat_deg.to_radians());
        let pole_ratio = 1.0 - earth.eccentricity_squared_ratio();
        let radius_m = earth.equatorial_radius_m * pole_ratio / (around * around.sqrt());
        radius_m * self.step_lat_deg().to_radians()
    }

    /// Area of the cell about each node of a row, km2: dx x dy.
    #[must_use]
    pub fn cell_km2(&self, row: usize) -> f64 {
        self.dx_m(row) * self.dy_m(row) / 1e6
    }

    /// Slope of the ground to the east and to the north at a node, permille; `None` at the edge
    /// and beside voids.
    ///
    /// Horn (1981), Hill shading and the reflectance map, Proc. IEEE 69(1): differences over two
    /// cells, the middle line counted twice.
    #[must_use]
    pub fn rise_permille(&self, row: usize, col: usize) -> Option<(f64, f64)> {
        let (north, west) = (row.checked_sub(1)?, col.checked_sub(1)?);
        let (south, east) = (row + 1, col + 1);
        let line = |cells: [(usize, usize); 3]| {
            let [first, middle, last] = cells.map(|(row, col)| self.height_m(row, col));
            Some(first? + 2.0 * middle? + last?)
        };
        let to_east = line([(north, east), (row, east), (south, east)])?
            - line([(north, west), (row, west), (south, west)])?;
        let to_north = line([(north, west), (north, col), (north, east)])?
            - line([(south, west), (south, col), (south, east)])?;
        let permille = |rise_m: f64, step_m: f64| 1000.0 * rise_m / (8.0 * step_m);
        Some((permille(to_east, self.dx_m(row)), permille(to_north, self.dy_m(row))))
    }

    /// Slope of the ground at a node in its steepest direction, permille; `None` at the edge and
    /// beside voids.
    #[must_use]
    pub fn slope_permille(&self, row: usize, col: usize) -> Option<f64> {
        let (east_permille, north_permille) = self.rise_permille(row, col)?;
        Some(east_permille.hypot(north_permille))
    }

    /// The class of terrain at a node; `None` at the edge and beside voids.
    #[must_use]
    pub fn terrain_class(&self, row: usize, col: usize) -> Option<TerrainClass> {
        self.slope_permille(row, col).map(TerrainClass::of_slope)
    }

    /// Highest less lowest node within some rows and columns of a node, metres, over the nodes
    /// that are known; `None` if none is.
    #[must_use]
    pub fn relief_m(&self, row: usize, col: usize, radius: usize) -> Option<f64> {
        let about = |at: usize, of: usize| {
            at.saturating_sub(radius)..at.saturating_add(radius).saturating_add(1).min(of)
        };
        let (rows, cols) = (about(row, self.rows()), about(col, self.cols()));
        let heights_m =
            rows.flat_map(|row| cols.clone().filter_map(move |col| self.height_m(row, col)));
        let (low_m, high_m) = heights_m.fold((f64::INFINITY, f64::NEG_INFINITY), |range, h_m| {
            (range.0.min(h_m), range.1.max(h_m))
        });
        (low_m <= high_m).then_some(high_m - low_m)
    }
}

/// 1 - e^2 sin^2 lat.
fn bulge(lat_rad: f64) -> f64 {
    1.0 - Ellipsoid::WGS84.eccentricity_squared_ratio() * lat_rad.sin().powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{LonLat, distance_m};

    fn grid(f: impl Fn(f64, f64) -> f64) -> Grid {
        let corner = LonLat { lon_deg: 60.0, lat_deg: 37.0 };
        let cells = (0..20).flat_map(|row| (0..30).map(move |col| (row, col)));
        #[expect(clippy::cast_possible_truncation, reason = "a height")]
        let heights_m = cells.map(|(row, col)| f(f64::from(row), f64::from(col)) as f32).collect();
        Grid::new(30, corner, 1.0 / 120.0, 1.0 / 120.0, heights_m).unwrap()
    }

    #[test]
    fn steps_are_geodesics() {
        let grid = grid(|_, _| 0.0);
        for row in [1, 10, 18] {
            let here = grid.place(row, 10);
            let east_m = distance_m(here, grid.place(row, 11));
            let south_m = distance_m(grid.place(row - 1, 10), grid.place(row + 1, 10)) / 2.0;
            assert!((grid.dx_m(row) - east_m).abs() < 1e-4, "{}", grid.dx_m(row) - east_m);
            assert!((grid.dy_m(row) - south_m).abs() < 1e-4, "{}", grid.dy_m(row) - south_m);
        }
    }

    #[test]
    fn a_plane_has_its_slope() {
        // 3 m per column and 4 m per row, down to the south.
        let grid = grid(|row, col| 3.0 * col - 4.0 * row);
        let (dx_m, dy_m) = (grid.dx_m(7), grid.dy_m(7));
        let (east, north) = grid.rise_permille(7, 9).unwrap();
        assert!((east - 3000.0 / dx_m).abs() < 1e-9 && (north - 4000.0 / dy_m).abs() < 1e-9);
        let slope = grid.slope_permille(7, 9).unwrap();
        assert!((slope - (3.0 / dx_m).hypot(4.0 / dy_m) * 1000.0).abs() < 1e-9);
        assert_eq!(grid.slope_permille(0, 9), None);
        assert_eq!(grid.slope_permille(7, 29), None);
        assert_eq!(grid.terrain_class(7, 9), Some(TerrainClass::Flat));
        // Two columns and two rows either way: 4 x 3 + 4 x 4.
        assert_eq!(grid.relief_m(7, 9, 2), Some(28.0));
        assert_eq!(grid.relief_m(0, 0, 1), Some(7.0));
        assert_eq!(grid.relief_m(500, 0, 1), None);
    }

    #[test]
    fn classes_rise_with_the_slope() {
        let classes = [9.9, 10.0, 30.0, 60.0].map(TerrainClass::of_slope);
        use TerrainClass::{Flat, Hilly, Mountain, Rolling};
        assert_eq!(classes, [Flat, Rolling, Hilly, Mountain]);
        let voids = grid(|row, _| if row == 5.0 { f64::NAN } else { 0.0 });
        assert_eq!(voids.slope_permille(6, 9), None);
        assert_eq!(voids.slope_permille(7, 9), Some(0.0));
    }
}
