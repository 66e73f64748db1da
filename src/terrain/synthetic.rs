//! Surfaces whose answers are known, for tests and comparisons.
//!
//! All lie about the place 0, 0 with steps that are `step_m` long there; the rows farthest away
//! are shorter by the cosine of their latitude (1.5e-4 for a grid 220 km high).

use super::Grid;
use crate::error::{Error, Result};
use crate::geodesy::{Ellipsoid, LonLat};

/// A plane that rises by a gradient to the east and to the north; 0 m at its south-west node.
///
/// # Errors
/// As [`Grid::new`].
///
/// ```
/// let grid = railcorridor::terrain::plane(3, 3, 100.0, 10.0, 20.0)?;
/// assert_eq!(grid.height_m(0, 2), Some(2.0 * 1.0 + 2.0 * 2.0));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn plane(
    rows: usize,
    cols: usize,
    step_m: f64,
    east_permille: f64,
    north_permille: f64,
) -> Result<Grid> {
    surface(rows, cols, step_m, |row, col| {
        let north_m = (float(rows) - 1.0 - row) * step_m;
        (east_permille * col * step_m + north_permille * north_m) / 1000.0
    })
}

/// A ridge from west to east through the middle row, `crest_m` high, falling to 0 m at the north
/// and south edges, with a saddle of `saddle_m` at the middle column.
///
/// The crest falls to the saddle over a quarter of the columns either way, evenly; the lowest way
/// over the ridge therefore climbs `saddle_m`.
///
/// # Errors
/// As [`Grid::new`].
pub fn ridge_with_saddle(
    rows: usize,
    cols: usize,
    step_m: f64,
    crest_m: f64,
    saddle_m: f64,
) -> Result<Grid> {
    let (middle_row, middle_col) = (float(rows / 2), float(cols / 2));
    surface(rows, cols, step_m, |row, col| {
        let along = ((col - middle_col).abs() / (float(cols) / 4.0)).min(1.0);
        let across = 1.0 - (row - middle_row).abs() / middle_row;
        (saddle_m + (crest_m - saddle_m) * along) * across.max(0.0)
    })
}

/// Waves: z = 1000 + 400 sin(2 pi i / 1024) cos(2 pi j / 768) + 150 sin(2 pi (i + 2 j) / 311)
/// + 60 sin(2 pi (3 i - j) / 97), row i, column j.
///
/// # Errors
/// As [`Grid::new`].
pub fn waves(rows: usize, cols: usize, step_m: f64) -> Result<Grid> {
    let turn = |part: f64| std::f64::consts::TAU * part;
    surface(rows, cols, step_m, |i, j| {
        1000.0
            + 400.0 * turn(i / 1024.0).sin() * turn(j / 768.0).cos()
            + 150.0 * turn((i + 2.0 * j) / 311.0).sin()
            + 60.0 * turn((3.0 * i - j) / 97.0).sin()
    })
}

/// A cone whose top, `top_m` high, stands on the middle node and whose sides fall by
/// `side_permille` without end.
///
/// # Errors
/// As [`Grid::new`].
pub fn cone(rows: usize, cols: usize, step_m: f64, top_m: f64, side_permille: f64) -> Result<Grid> {
    let (middle_row, middle_col) = (float(rows / 2), float(cols / 2));
    surface(rows, cols, step_m, |row, col| {
        top_m - side_permille / 1000.0 * step_m * (row - middle_row).hypot(col - middle_col)
    })
}

/// A grid of a height for each row and column.
fn surface(
    rows: usize,
    cols: usize,
    step_m: f64,
    height_m: impl Fn(f64, f64) -> f64,
) -> Result<Grid> {
    let cells = rows as u128 * cols as u128;
    if cells > u128::from(super::LARGEST_GRID_CELLS) {
        return Err(Error::Limit {
            item: "surface".to_owned(),
            needed: format!("{cells} cells"),
            limit: format!("{} cells", super::LARGEST_GRID_CELLS),
            hint: "take fewer rows or columns".to_owned(),
        });
    }
    let mut heights_m = Vec::with_capacity(rows * cols);
    for row in 0..rows {
        for col in 0..cols {
            #[expect(clippy::cast_possible_truncation, reason = "a height")]
            heights_m.push(height_m(float(row), float(col)) as f32);
        }
    }
    // Radii of the equator and of the meridian there, a and a (1 - e^2).
    let earth = Ellipsoid::WGS84;
    let equator_m = earth.equatorial_radius_m;
    let meridian_m = equator_m * (1.0 - earth.eccentricity_squared_ratio());
    let step_lon_deg = (step_m / equator_m).to_degrees();
    let step_lat_deg = (step_m / meridian_m).to_degrees();
    let half = |count: usize| (float(count) - 1.0) / 2.0;
    let north_west = LonLat::new(-half(cols) * step_lon_deg, half(rows) * step_lat_deg)?;
    Grid::new(cols, north_west, step_lon_deg, step_lat_deg, heights_m)
}

#[expect(clippy::cast_precision_loss, reason = "rows and columns of a grid in memory")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_as_long_as_asked() {
        let grid = waves(401, 301, 30.0).unwrap();
        assert!((grid.dx_m(200) - 30.0).abs() < 1e-9);
        assert!((grid.dy_m(200) - 30.0).abs() < 1e-9);
        assert_eq!(grid.height_m(0, 0), Some(1000.0));
        let expected = 1000.0 + 150.0 * (std::f64::consts::TAU * 2.0 / 311.0).sin()
            - 60.0 * (std::f64::consts::TAU / 97.0).sin();
        assert!((grid.height_m(0, 1).unwrap() - expected).abs() < 1e-3);
    }

    #[test]
    fn the_surfaces_are_what_they_say() {
        let slope = plane(50, 50, 900.0, 12.0, -5.0).unwrap();
        assert!((slope.slope_permille(25, 25).unwrap() - 13.0).abs() < 1e-3);
        let top = cone(51, 51, 100.0, 3000.0, 100.0).unwrap();
        assert_eq!(top.height_m(25, 25), Some(3000.0));
        assert_eq!(top.height_m(28, 29), Some(2950.0));
        let ridge = ridge_with_saddle(41, 81, 500.0, 900.0, 300.0).unwrap();
        assert_eq!(ridge.height_m(20, 40), Some(300.0));
        assert_eq!(ridge.height_m(20, 0), Some(900.0));
        assert_eq!((ridge.height_m(0, 40), ridge.height_m(40, 0)), (Some(0.0), Some(0.0)));
        let lowest = (0..81).filter_map(|col| ridge.height_m(20, col)).min_by(f64::total_cmp);
        assert_eq!(lowest, Some(300.0));
    }

    #[test]
    fn what_cannot_be_built_is_refused() {
        assert!(waves(1, 1, 30.0).is_err());
        assert!(waves(usize::MAX, usize::MAX, 30.0).is_err());
        assert!(waves(10, 10, f64::NAN).is_err());
        assert!(waves(10, 10, -1.0).is_err());
        assert!(waves(10, 10, 1e9).is_err());
    }
}
