//! Relief as light and height, for pictures.

use super::Grid;
use crate::geodesy::LonLat;

/// A window of a grid as rows of samples, for a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Shade {
    /// Columns of the picture.
    pub width_px: usize,
    /// Rows of the picture.
    pub height_px: usize,
    /// Heights, row by row from the north-west; NaN where nothing is known.
    pub heights_m: Vec<f32>,
    /// Light, 0 dark to 1 bright, row by row.
    pub light_ratio: Vec<f32>,
}

/// Samples the grid between two corners, evenly in longitude and latitude, with the light of a
/// sun in the north-west, 45 degrees high.
///
/// Slope and light as of Horn (1981), Hill shading and the reflectance map, Proc. IEEE 69; the
/// relief is raised so that plains show their form too.
#[must_use]
pub fn shade(
    grid: &Grid,
    north_west: LonLat,
    south_east: LonLat,
    width_px: usize,
    height_px: usize,
) -> Shade {
    const RAISED: f32 = 6.0;
    const METRES_PER_DEG: f64 = 111_320.0;
    #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
    let share = |at: usize, of: usize| (at as f64 + 0.5) / of as f64;
    let lat_deg = |row: usize| {
        north_west.lat_deg + (south_east.lat_deg - north_west.lat_deg) * share(row, height_px)
    };
    let lon_deg = |col: usize| {
        north_west.lon_deg + (south_east.lon_deg - north_west.lon_deg) * share(col, width_px)
    };
    let mut heights_m = Vec::with_capacity(width_px * height_px);
    for row in 0..height_px {
        for col in 0..width_px {
            let place = LonLat { lon_deg: lon_deg(col), lat_deg: lat_deg(row) };
            #[expect(clippy::cast_possible_truncation, reason = "a height")]
            heights_m.push(grid.height_at_m(place).map_or(f32::NAN, |height_m| height_m as f32));
        }
    }
    let at =
        |row: usize, col: usize| heights_m.get(row * width_px + col).copied().unwrap_or(f32::NAN);
    let mut light_ratio = Vec::with_capacity(heights_m.len());
    for row in 0..height_px {
        let dy_m = (lat_deg(0) - lat_deg(1)).abs() * METRES_PER_DEG;
        let dx_m =
            (lon_deg(1) - lon_deg(0)).abs() * METRES_PER_DEG * lat_deg(row).to_radians().cos();
        for col in 0..width_px {
            let (n, s) = (row.saturating_sub(1), (row + 1).min(height_px - 1));
            let (w, e) = (col.saturating_sub(1), (col + 1).min(width_px - 1));
            #[expect(clippy::cast_possible_truncation, reason = "a slope")]
            let slope = |rise_m: f32, run_m: f64| RAISED * rise_m / (2.0 * run_m) as f32;
            let (east, north) =
                (slope(at(row, e) - at(row, w), dx_m), slope(at(n, col) - at(s, col), dy_m));
            // Normal (-east, -north, 1) against the sun (-1, 1, sqrt 2) / 2.
            let light = (east - north + std::f32::consts::SQRT_2)
                / (2.0 * (east * east + north * north + 1.0).sqrt());
            light_ratio.push(if light.is_nan() { 0.7 } else { light.clamp(0.0, 1.0) });
        }
    }
    Shade { width_px, height_px, heights_m, light_ratio }
}
