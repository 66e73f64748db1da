//! Terrain from GeoTIFF files on a grid of longitude and latitude, whole or by windows.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::Range;

use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

use super::Grid;
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// More cells than this are not read at once.
pub const LARGEST_GRID_CELLS: u64 = 100_000_000;

/// Tiles and strips with more cells than this are refused: they cannot be read in parts.
const LARGEST_CHUNK_CELLS: u64 = 1 << 26;

/// No compression of TIFF packs more cells than this into a byte (deflate 1,032, LZW about 1,400).
const MOST_CELLS_PER_BYTE: u64 = 2_000;

/// Heights that the earth does not have, deeper than the deepest sea or above every peak, metres.
const ON_EARTH_M: std::ops::RangeInclusive<f32> = -12_000.0..=9_000.0;

/// `GTModelTypeGeoKey` of the GeoTIFF standard (OGC 19-008r4, 7.1.1.1) and its value for longitude
/// and latitude.
const MODEL_TYPE_KEY: u16 = 1024;
const GEOGRAPHIC: u16 = 2;

/// `GTRasterTypeGeoKey` (OGC 19-008r4, 7.1.1.2) and its value for heights that lie at points; else
/// they fill an area.
const RASTER_TYPE_KEY: u16 = 1025;
const PIXEL_IS_POINT: u16 = 2;

/// Reads a whole GeoTIFF on longitude and latitude; `name` stands for the file in errors.
///
/// # Errors
/// As [`GeoTiff::open`] and [`GeoTiff::window`].
pub fn read_geotiff(bytes: &[u8], name: &str) -> Result<Grid> {
    let mut file = GeoTiff::open(Cursor::new(bytes), name)?;
    file.window(0..file.rows(), 0..file.cols())
}

/// An open GeoTIFF whose heights are read by windows, tile by tile or strip by strip.
#[derive(Debug)]
pub struct GeoTiff<R: Read + Seek> {
    name: String,
    decoder: Decoder<R>,
    rows: usize,
    cols: usize,
    chunk_rows: usize,
    chunk_cols: usize,
    north_west: LonLat,
    step_lon_deg: f64,
    step_lat_deg: f64,
    void_m: Option<f32>,
}

impl<R: Read + Seek> GeoTiff<R> {
    /// Reads what the file says about itself, no height yet; `name` stands for it in errors.
    ///
    /// # Errors
    /// [`Error::Terrain`] if the file is broken, claims more than it can hold, has no place on
    /// earth or is projected.
    pub fn open(mut reader: R, name: &str) -> Result<Self> {
        let length_bytes =
            reader.seek(SeekFrom::End(0)).and_then(|end| reader.rewind().map(|()| end));
        let length_bytes = length_bytes.map_err(|error| broken(name, &error))?;
        let tiff_error = |error: tiff::TiffError| broken(name, &error);
        let mut limits = Limits::default();
        limits.decoding_buffer_size = 1 << 29;
        limits.intermediate_buffer_size = 1 << 29;
        let mut decoder = Decoder::new(reader).map_err(tiff_error)?.with_limits(limits);
        let (cols, rows) = decoder.dimensions().map_err(tiff_error)?;
        let (chunk_cols, chunk_rows) = decoder.chunk_dimensions();
        let product = |a: u32, b: u32| u64::from(a) * u64::from(b);
        let claimed_cells = product(cols, rows);
        if claimed_cells / MOST_CELLS_PER_BYTE > length_bytes {
            let problem = format!("claims {claimed_cells} cells in {length_bytes} bytes");
            return Err(broken(name, &problem));
        }
        let chunk_cells = product(chunk_cols, chunk_rows.min(rows));
        if !(1..=LARGEST_CHUNK_CELLS).contains(&chunk_cells) {
            return Err(broken(name, &format!("has tiles or strips of {chunk_cells} cells")));
        }
        match decoder.colortype().map_err(tiff_error)? {
            ColorType::Gray(_) => {}
            other => return Err(broken(name, &format!("holds {other:?}, not one height a cell"))),
        }
        let (north_west, step_lon_deg, step_lat_deg) = place(&mut decoder, name)?;
        let void_m = decoder.get_tag_ascii_string(Tag::GdalNodata).ok();
        let void_m = void_m.and_then(|text| text.trim_matches(['\0', ' ']).parse().ok());
        Ok(Self {
            name: name.to_owned(),
            decoder,
            rows: rows as usize,
            cols: cols as usize,
            chunk_rows: chunk_rows.min(rows) as usize,
            chunk_cols: chunk_cols as usize,
            north_west,
            step_lon_deg,
            step_lat_deg,
            void_m,
        })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// The place of the first node, in the north-west.
    pub fn north_west(&self) -> LonLat {
        self.north_west
    }

    /// Step between columns, degrees.
    pub fn step_lon_deg(&self) -> f64 {
        self.step_lon_deg
    }

    /// Step between rows, degrees.
    pub fn step_lat_deg(&self) -> f64 {
        self.step_lat_deg
    }

    /// Memory that decoding needs beside the window, bytes: the largest tile or strip, twice.
    pub fn working_bytes(&self) -> u64 {
        2 * 8 * self.chunk_rows as u64 * self.chunk_cols as u64
    }

    /// The heights of some rows and columns; only the tiles that they touch are read.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`LARGEST_GRID_CELLS`]; [`Error::Terrain`] if the window leaves the
    /// file or the file is broken there; [`Error::OutOfRange`] below 2 x 2 nodes.
    pub fn window(&mut self, rows: Range<usize>, cols: Range<usize>) -> Result<Grid> {
        let cells = rows.len() as u64 * cols.len() as u64;
        if cells > LARGEST_GRID_CELLS {
            return Err(Error::Limit {
                item: format!("terrain {}", self.name),
                needed: format!("{cells} cells"),
                limit: format!("{LARGEST_GRID_CELLS} cells"),
                hint: "read a window, or cut the file to the corridor".to_owned(),
            });
        }
        if rows.end > self.rows || cols.end > self.cols {
            let problem =
                format!("has {} x {} cells, not {rows:?} x {cols:?}", self.rows, self.cols);
            return Err(broken(&self.name, &problem));
        }
        let mut heights_m = vec![f32::NAN; rows.len() * cols.len()];
        for down in rows.start / self.chunk_rows..rows.end.div_ceil(self.chunk_rows) {
            for across in cols.start / self.chunk_cols..cols.end.div_ceil(self.chunk_cols) {
                self.copy_chunk(down, across, &rows, &cols, &mut heights_m)?;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^32 rows")]
        let north_west = LonLat {
            lon_deg: self.north_west.lon_deg + cols.start as f64 * self.step_lon_deg,
            lat_deg: self.north_west.lat_deg - rows.start as f64 * self.step_lat_deg,
        };
        Grid::new(cols.len(), north_west, self.step_lon_deg, self.step_lat_deg, heights_m)
    }

    /// Copies what a window takes of one tile or strip.
    fn copy_chunk(
        &mut self,
        down: usize,
        across: usize,
        rows: &Range<usize>,
        cols: &Range<usize>,
        heights_m: &mut [f32],
    ) -> Result<()> {
        let index = down * self.cols.div_ceil(self.chunk_cols) + across;
        let index = u32::try_from(index).map_err(|error| broken(&self.name, &error))?;
        let samples = self.decoder.read_chunk(index).map_err(|error| broken(&self.name, &error))?;
        let samples = heights(samples).ok_or_else(|| broken(&self.name, &"holds no heights"))?;
        let (top, left) = (down * self.chunk_rows, across * self.chunk_cols);
        // The last tiles of a row and of a column are cut to the picture by the decoder.
        let width = self.chunk_cols.min(self.cols - left);
        if samples.len() < width * self.chunk_rows.min(self.rows - top) {
            return Err(broken(&self.name, &format!("tile or strip {index} is too short")));
        }
        let taken = left.max(cols.start)..(left + width).min(cols.end);
        for (row, line) in (top..).zip(samples.chunks_exact(width)) {
            if !rows.contains(&row) {
                continue;
            }
            let start = (row - rows.start) * cols.len() + taken.start - cols.start;
            let from = line.get(taken.start - left..taken.end - left).unwrap_or_default();
            let to = heights_m.get_mut(start..start + from.len()).unwrap_or_default();
            for (to_m, &from_m) in to.iter_mut().zip(from) {
                let known = ON_EARTH_M.contains(&from_m) && Some(from_m) != self.void_m;
                *to_m = if known { from_m } else { f32::NAN };
            }
        }
        Ok(())
    }
}

/// An error that names the file.
fn broken(name: &str, problem: &dyn std::fmt::Display) -> Error {
    Error::Terrain {
        file: name.to_owned(),
        problem: problem.to_string(),
        hint: "a GeoTIFF of heights on longitude and latitude (EPSG:4326) is needed".to_owned(),
    }
}

/// The place of the first node and the steps, degrees.
fn place<R: Read + Seek>(decoder: &mut Decoder<R>, name: &str) -> Result<(LonLat, f64, f64)> {
    let keys = decoder.get_tag_u16_vec(Tag::GeoKeyDirectoryTag).unwrap_or_default();
    let key = |id: u16| {
        keys.chunks_exact(4).skip(1).find_map(|key| match *key {
            [found, 0, _, value] if found == id => Some(value),
            _ => None,
        })
    };
    if key(MODEL_TYPE_KEY).is_some_and(|model| model != GEOGRAPHIC) {
        return Err(broken(name, &"is projected"));
    }
    let mut numbers = |tag| decoder.get_tag_f64_vec(tag).unwrap_or_default();
    let (scale, tie) = (numbers(Tag::ModelPixelScaleTag), numbers(Tag::ModelTiepointTag));
    let matrix = numbers(Tag::ModelTransformationTag);
    let (x, y, step_lon_deg, step_lat_deg) = match (&scale[..], &tie[..], &matrix[..]) {
        (&[dx, dy, ..], &[i, j, _, x, y, ..], _) => (x - i * dx, y + j * dy, dx, dy),
        (_, _, &[dx, 0.0, _, x, 0.0, minus_dy, _, y, ..]) => (x, y, dx, -minus_dy),
        _ => return Err(broken(name, &"has no scale and tie point, or is turned")),
    };
    // The tie point names a corner of a pixel (area) or its node (point): half a cell between.
    let half = if key(RASTER_TYPE_KEY) == Some(PIXEL_IS_POINT) { 0.0 } else { 0.5 };
    let north_west = LonLat::new(x + half * step_lon_deg, y - half * step_lat_deg)
        .map_err(|error| broken(name, &error))?;
    Ok((north_west, step_lon_deg, step_lat_deg))
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

#[cfg(test)]
mod tests {
    use super::*;

    const TILED: &[u8] = include_bytes!("../../tests/reference/terrain/deflate_p2_tiled.tif");
    const STRIPS: &[u8] = include_bytes!("../../tests/reference/terrain/be.tif");

    #[test]
    fn a_window_holds_what_the_whole_holds() {
        for bytes in [TILED, STRIPS] {
            let whole = read_geotiff(bytes, "whole").unwrap();
            let mut file = GeoTiff::open(Cursor::new(bytes), "window").unwrap();
            for (rows, cols) in [(250..260, 500..530), (0..2, 0..2), (800..901, 700..961)] {
                let window = file.window(rows.clone(), cols.clone()).unwrap();
                let north_west = whole.place(rows.start, cols.start);
                assert!((window.place(0, 0).lon_deg - north_west.lon_deg).abs() < 1e-12);
                assert!((window.place(0, 0).lat_deg - north_west.lat_deg).abs() < 1e-12);
                for (r, row) in rows.clone().enumerate() {
                    for (c, col) in cols.clone().enumerate() {
                        assert_eq!(window.height_m(r, c), whole.height_m(row, col));
                    }
                }
            }
            assert!(file.window(0..902, 0..2).is_err());
            assert!(file.window(5..6, 0..2).is_err());
        }
    }

    /// A 3 x 2 file, its raster type, and a void that it names.
    fn small(raster_type: u16, model: u16, tie: [f64; 6]) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).unwrap();
        let mut image = encoder.new_image::<tiff::encoder::colortype::Gray32Float>(3, 2).unwrap();
        let tags = image.encoder();
        tags.write_tag(Tag::ModelPixelScaleTag, &[0.5, 0.25, 0.0][..]).unwrap();
        tags.write_tag(Tag::ModelTiepointTag, &tie[..]).unwrap();
        let keys = [1, 1, 0, 2, MODEL_TYPE_KEY, 0, 1, model, RASTER_TYPE_KEY, 0, 1, raster_type];
        tags.write_tag(Tag::GeoKeyDirectoryTag, &keys[..]).unwrap();
        tags.write_tag(Tag::GdalNodata, "-7").unwrap();
        image.write_data(&[1.0, -7.0, 3.0, f32::INFINITY, -3.4e38, 6.0]).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn voids_are_voids() {
        let grid = read_geotiff(&small(2, 2, [0.0, 0.0, 0.0, 60.0, 37.0, 0.0]), "small").unwrap();
        let known = [Some(1.0), None, Some(3.0), None, None, Some(6.0)];
        for (cell, height_m) in known.into_iter().enumerate() {
            assert_eq!(grid.height_m(cell / 3, cell % 3), height_m);
        }
    }

    #[test]
    fn a_point_is_a_node_and_an_area_has_it_in_the_middle() {
        let point = small(2, 2, [0.0, 0.0, 0.0, 60.0, 37.0, 0.0]);
        let area = small(1, 2, [0.0, 0.0, 0.0, 59.75, 37.125, 0.0]);
        let tied_elsewhere = small(1, 2, [1.0, 1.0, 0.0, 60.25, 36.875, 0.0]);
        for bytes in [point, area, tied_elsewhere] {
            let place = read_geotiff(&bytes, "small").unwrap().place(0, 0);
            assert_eq!((place.lon_deg, place.lat_deg), (60.0, 37.0));
        }
        assert!(read_geotiff(&small(2, 1, [0.0, 0.0, 0.0, 60.0, 37.0, 0.0]), "plane").is_err());
        assert!(read_geotiff(&small(2, 2, [0.0, 0.0, 0.0, 5e5, 4e6, 0.0]), "far").is_err());
    }
}
