//! Terrain from GeoTIFF files on a grid of longitude and latitude, whole or by windows.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::Range;

use tiff::decoder::{ChunkType, Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

use super::Grid;
use super::frame::Frame;
use super::lzw::{self, Chunk};
use super::tiff_level::{Level, levels};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// More cells than this are not read at once.
pub const LARGEST_GRID_CELLS: u64 = 100_000_000;

/// Heights that the earth does not have, deeper than the deepest sea or above every peak, metres.
const ON_EARTH_M: std::ops::RangeInclusive<f32> = -12_000.0..=9_000.0;

/// Reads a whole GeoTIFF on longitude and latitude; `name` stands for the file in errors.
///
/// # Errors
/// As [`GeoTiff::open`] and [`GeoTiff::window`].
pub fn read_geotiff(bytes: &[u8], name: &str) -> Result<Grid> {
    let mut file = GeoTiff::open(Cursor::new(bytes), name)?;
    Ok(file.window(0..file.rows(), 0..file.cols())?.named(name))
}

/// An open GeoTIFF whose heights are read by windows, tile by tile or strip by strip.
///
/// Overviews, coarser pictures of the same ground that many files hold, are levels above 0; a file
/// stands at level 0 until [`take_level`](Self::take_level) is called.
#[derive(Debug)]
pub struct GeoTiff<R: Read + Seek> {
    name: String,
    decoder: Decoder<R>,
    levels: Vec<Level>,
    at: Level,
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
        let void_m = decoder.get_tag_ascii_string(Tag::GdalNodata).ok();
        let void_m = void_m.and_then(|text| text.trim_matches(['\0', ' ']).parse().ok());
        let levels = levels(&mut decoder, name, length_bytes)?;
        let at = *levels.first().ok_or_else(|| broken(name, &"holds no picture"))?;
        let mut file = Self { name: name.to_owned(), decoder, levels, at, void_m };
        file.take_level(0)?;
        Ok(file)
    }

    /// Number of levels: 1, and one for each overview.
    pub fn levels(&self) -> usize {
        self.levels.len()
    }

    /// Goes to a level: 0 for the heights themselves, or an overview.
    ///
    /// # Errors
    /// [`Error::Terrain`] if there is no such level, or it cannot be read.
    pub fn take_level(&mut self, level: usize) -> Result<()> {
        let count = self.levels.len();
        let none = || broken(&self.name, &format!("has {count} levels, no level {level}"));
        let at = *self.levels.get(level).ok_or_else(none)?;
        self.decoder.seek_to_image(at.image).map_err(|error| broken(&self.name, &error))?;
        self.at = at;
        Ok(())
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.at.frame.rows
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.at.frame.cols
    }

    /// The place of the first node, in the north-west.
    pub fn north_west(&self) -> LonLat {
        self.at.frame.north_west()
    }

    /// Step between columns, degrees.
    pub fn step_lon_deg(&self) -> f64 {
        self.at.frame.step_lon_deg
    }

    /// Step between rows, degrees.
    pub fn step_lat_deg(&self) -> f64 {
        self.at.frame.step_lat_deg
    }

    /// Memory that decoding needs beside the window, bytes: the largest tile or strip, twice.
    pub fn working_bytes(&self) -> u64 {
        2 * 8 * self.at.chunk_rows as u64 * self.at.chunk_cols as u64
    }

    /// The frames of all levels.
    pub(super) fn frames(&self) -> Vec<Frame> {
        self.levels.iter().map(|level| level.frame).collect()
    }

    /// Rows and columns of a tile or strip.
    pub(super) fn chunk(&self) -> (usize, usize) {
        (self.at.chunk_rows, self.at.chunk_cols)
    }

    /// The heights of some rows and columns; only the tiles that they touch are read.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`LARGEST_GRID_CELLS`]; [`Error::Terrain`] if the window leaves the
    /// file or the file is broken there; [`Error::OutOfRange`] below 2 x 2 nodes.
    pub fn window(&mut self, rows: Range<usize>, cols: Range<usize>) -> Result<Grid> {
        let frame = self.at.frame;
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^32 rows")]
        let north_west = LonLat {
            lon_deg: frame.west_deg + cols.start as f64 * frame.step_lon_deg,
            lat_deg: frame.north_deg - rows.start as f64 * frame.step_lat_deg,
        };
        let width = cols.len();
        let heights_m = self.heights_m(rows, cols)?;
        Grid::new(width, north_west, frame.step_lon_deg, frame.step_lat_deg, heights_m)
    }

    /// The heights of a window, row by row; NaN where nothing is known.
    pub(super) fn heights_m(&mut self, rows: Range<usize>, cols: Range<usize>) -> Result<Vec<f32>> {
        let cells = rows.len() as u64 * cols.len() as u64;
        if cells > LARGEST_GRID_CELLS {
            return Err(Error::Limit {
                item: format!("terrain {}", self.name),
                needed: format!("{cells} cells"),
                limit: format!("{LARGEST_GRID_CELLS} cells"),
                hint: "read a window, or cut the file to the corridor".to_owned(),
            });
        }
        let (all_rows, all_cols) = (self.rows(), self.cols());
        if rows.end > all_rows || cols.end > all_cols {
            let problem = format!("has {all_rows} x {all_cols} cells, not {rows:?} x {cols:?}");
            return Err(broken(&self.name, &problem));
        }
        let (chunk_rows, chunk_cols) = self.chunk();
        let mut heights_m = vec![f32::NAN; rows.len() * cols.len()];
        for down in rows.start / chunk_rows..rows.end.div_ceil(chunk_rows) {
            for across in cols.start / chunk_cols..cols.end.div_ceil(chunk_cols) {
                self.copy_chunk(down, across, &rows, &cols, &mut heights_m)?;
            }
        }
        Ok(heights_m)
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
        let (chunk_rows, chunk_cols) = self.chunk();
        let index = down * self.cols().div_ceil(chunk_cols) + across;
        let index = u32::try_from(index).map_err(|error| broken(&self.name, &error))?;
        let (top, left) = (down * chunk_rows, across * chunk_cols);
        // The last tiles of a row and of a column are cut to the picture by the decoder.
        let width = chunk_cols.min(self.cols() - left);
        let height = chunk_rows.min(self.rows() - top);
        let samples = match self.decoder.read_chunk(index) {
            Ok(samples) => heights(samples),
            Err(error) => {
                let stored = match self.decoder.get_chunk_type() {
                    ChunkType::Strip => (height, chunk_cols),
                    ChunkType::Tile => (chunk_rows, chunk_cols),
                };
                let chunk = Chunk { index: index as usize, stored, inside: (height, width) };
                let again = lzw::heights_m(&mut self.decoder, &chunk);
                Some(again.ok_or_else(|| broken(&self.name, &error))?)
            }
        };
        let samples = samples.ok_or_else(|| broken(&self.name, &"holds no heights"))?;
        if samples.len() < width * height {
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
pub(super) fn broken(name: &str, problem: &dyn std::fmt::Display) -> Error {
    Error::Terrain {
        file: name.to_owned(),
        problem: problem.to_string(),
        hint: "a GeoTIFF of heights on longitude and latitude (EPSG:4326) is needed".to_owned(),
    }
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
    use crate::terrain::geo_keys::{MODEL_TYPE_KEY, RASTER_TYPE_KEY};

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
