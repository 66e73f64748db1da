//! Terrain from GeoTIFF files on a grid of longitude and latitude.

use std::io::Cursor;

use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

use super::Grid;
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// More cells than this are not read at once.
pub const LARGEST_GRID_CELLS: u64 = 100_000_000;

/// `GTRasterTypeGeoKey` of the GeoTIFF standard (OGC 19-008r4, 7.1.1.2).
const RASTER_TYPE_KEY: u16 = 1025;

/// The value of that key which says that heights lie at points; else they fill an area.
const PIXEL_IS_POINT: u16 = 2;

/// `GTModelTypeGeoKey`, whose value 2 means longitude and latitude.
const MODEL_TYPE_KEY: u16 = 1024;

/// Reads a GeoTIFF on longitude and latitude; `name` stands for the file in errors.
///
/// Memory is bounded by [`LARGEST_GRID_CELLS`] before anything is decoded.
///
/// # Errors
/// [`Error::Terrain`] if the file is broken, has no place on earth or is projected;
/// [`Error::Limit`] if it is too large.
pub fn read_geotiff(bytes: &[u8], name: &str) -> Result<Grid> {
    let broken = |problem: String| Error::Terrain {
        file: name.to_owned(),
        problem,
        hint: "a GeoTIFF of heights on longitude and latitude (EPSG:4326) is needed".to_owned(),
    };
    let tiff_error = |error: tiff::TiffError| broken(error.to_string());
    let mut limits = Limits::default();
    limits.decoding_buffer_size = 1 << 30;
    limits.ifd_value_size = 1 << 20;
    limits.intermediate_buffer_size = 1 << 28;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(tiff_error)?.with_limits(limits);
    let (cols, rows) = decoder.dimensions().map_err(tiff_error)?;
    let cells = u64::from(cols) * u64::from(rows);
    if cells > LARGEST_GRID_CELLS {
        return Err(Error::Limit {
            item: format!("terrain {name}"),
            needed: format!("{cells} cells"),
            limit: format!("{LARGEST_GRID_CELLS} cells"),
            hint: "cut the file to the corridor".to_owned(),
        });
    }
    // A file that claims far more than it holds is refused before memory is taken for it.
    if cells / 20_000 > bytes.len() as u64 {
        return Err(broken(format!("{cells} cells are claimed in {} bytes", bytes.len())));
    }
    let scale = decoder.get_tag_f64_vec(Tag::ModelPixelScaleTag).map_err(tiff_error)?;
    let tie = decoder.get_tag_f64_vec(Tag::ModelTiepointTag).map_err(tiff_error)?;
    let keys = decoder.get_tag_u16_vec(Tag::GeoKeyDirectoryTag).unwrap_or_default();
    let key = |id: u16| keys.chunks_exact(4).skip(1).find(|key| key[0] == id).map(|key| key[3]);
    if key(MODEL_TYPE_KEY).is_some_and(|model| model != 2) {
        return Err(broken("is projected".to_owned()));
    }
    let (&[step_lon_deg, step_lat_deg, ..], &[i, j, _, x, y, ..]) = (&scale[..], &tie[..]) else {
        return Err(broken("has no scale or no tie point".to_owned()));
    };
    // The tie point names a corner of a pixel (area) or its node (point): half a cell between.
    let half = if key(RASTER_TYPE_KEY) == Some(PIXEL_IS_POINT) { 0.0 } else { 0.5 };
    let lon_deg = x + (half - i) * step_lon_deg;
    let lat_deg = y - (half - j) * step_lat_deg;
    let north_west = LonLat::new(lon_deg, lat_deg)?;
    let void = decoder.get_tag_ascii_string(Tag::GdalNodata).ok();
    let void = void.and_then(|text| text.trim().trim_end_matches('\0').parse::<f32>().ok());
    let mut heights_m = heights(decoder.read_image().map_err(tiff_error)?)
        .ok_or_else(|| broken("holds no heights".to_owned()))?;
    for height_m in &mut heights_m {
        if !height_m.is_finite() || Some(*height_m) == void {
            *height_m = f32::NAN;
        }
    }
    Grid::new(cols as usize, north_west, step_lon_deg, step_lat_deg, heights_m)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "heights of the earth have fewer than 24 bits"
)]
fn heights(samples: DecodingResult) -> Option<Vec<f32>> {
    Some(match samples {
        DecodingResult::U8(values) => values.into_iter().map(f32::from).collect(),
        DecodingResult::I8(values) => values.into_iter().map(f32::from).collect(),
        DecodingResult::U16(values) => values.into_iter().map(f32::from).collect(),
        DecodingResult::I16(values) => values.into_iter().map(f32::from).collect(),
        DecodingResult::U32(values) => values.into_iter().map(|value| value as f32).collect(),
        DecodingResult::I32(values) => values.into_iter().map(|value| value as f32).collect(),
        DecodingResult::F32(values) => values,
        DecodingResult::F64(values) => values.into_iter().map(|value| value as f32).collect(),
        _ => return None,
    })
}
