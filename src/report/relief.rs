//! The relief behind a map.

use super::png;
use crate::geodesy::LonLat;
use crate::terrain::{Grid, shade};

/// Tints from plain to peak: height in metres and colour; pale, so that lines stand out.
const TINTS: &[(f32, [f32; 3])] = &[
    (300.0, [226.0, 232.0, 214.0]),
    (700.0, [237.0, 234.0, 214.0]),
    (1000.0, [240.0, 229.0, 204.0]),
    (1400.0, [232.0, 214.0, 186.0]),
    (1900.0, [219.0, 196.0, 168.0]),
    (2600.0, [205.0, 186.0, 167.0]),
    (3600.0, [235.0, 232.0, 230.0]),
];

/// Steps of the tints and of the light; 7 x 12 colours keep the picture small.
const LIGHTS: u8 = 12;

/// The relief between two corners as a `data:` address of this many pixels.
pub(super) fn data_address(
    grid: &Grid,
    north_west: LonLat,
    south_east: LonLat,
    (width_px, height_px): (usize, usize),
) -> Option<String> {
    let shade = shade(grid, north_west, south_east, width_px, height_px);
    let mut palette = Vec::new();
    for (_, tint) in TINTS {
        for light in 0..LIGHTS {
            let light = 0.62 + 0.5 * f32::from(light) / f32::from(LIGHTS - 1);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 255"
            )]
            palette.push(tint.map(|part| (part * light).clamp(0.0, 255.0) as u8));
        }
    }
    let pixel = |(height_m, light): (&f32, &f32)| {
        let tint = TINTS.iter().rposition(|(from_m, _)| height_m >= from_m).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 11")]
        let light = (light * f32::from(LIGHTS - 1)).round() as usize;
        u8::try_from(tint * usize::from(LIGHTS) + light).unwrap_or_default()
    };
    let pixels: Vec<u8> = shade.heights_m.iter().zip(&shade.light_ratio).map(pixel).collect();
    png::data_address(width_px, height_px, &palette, &pixels)
}
