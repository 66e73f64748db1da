//! One file of a mosaic: known by its frames, opened only while it is read.

use std::fs::File;
#[cfg(feature = "turgundi")]
use std::io::Cursor;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::frame::Frame;
use super::geotiff::GeoTiff;
use super::hgt;
use crate::error::{Error, Result};

/// Where the bytes of a file are.
#[derive(Debug, Clone)]
pub(super) enum Source {
    GeoTiff(PathBuf),
    Hgt(PathBuf),
    /// Embedded in the library.
    #[cfg(feature = "turgundi")]
    Builtin(&'static str, &'static [u8]),
}

/// A file and what it says about itself.
#[derive(Debug, Clone)]
pub(super) struct MosaicFile {
    source: Source,
    /// Of the heights themselves, then of the overviews.
    pub(super) frames: Vec<Frame>,
    /// Rows and columns of a tile or strip at each level.
    pub(super) chunks: Vec<(usize, usize)>,
    /// Memory that decoding needs, bytes.
    pub(super) working_bytes: u64,
}

/// Bytes on disk or in memory.
#[derive(Debug)]
enum Bytes {
    Disk(BufReader<File>),
    #[cfg(feature = "turgundi")]
    Memory(Cursor<&'static [u8]>),
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Disk(file) => file.read(buffer),
            #[cfg(feature = "turgundi")]
            Self::Memory(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Bytes {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        match self {
            Self::Disk(file) => file.seek(to),
            #[cfg(feature = "turgundi")]
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

impl MosaicFile {
    /// Reads what the file says about itself, no height yet.
    pub(super) fn new(source: Source) -> Result<Self> {
        if let Source::Hgt(path) = &source {
            let length_bytes =
                std::fs::metadata(path).map_err(|error| Error::read(path, error))?.len();
            let frame = hgt::frame(&path.display().to_string(), length_bytes)?;
            return Ok(Self {
                frames: vec![frame],
                chunks: vec![(1, frame.cols)],
                working_bytes: 2 * frame.cols as u64,
                source,
            });
        }
        let mut file = open(&source)?;
        let frames = file.frames();
        let (mut chunks, mut working_bytes) = (Vec::new(), 0);
        for level in 0..frames.len() {
            file.take_level(level)?;
            chunks.push(file.chunk());
            working_bytes = working_bytes.max(file.working_bytes());
        }
        Ok(Self { source, frames, chunks, working_bytes })
    }

    /// Its path, or the name of what is embedded.
    pub(super) fn name(&self) -> String {
        match &self.source {
            Source::GeoTiff(path) | Source::Hgt(path) => path.display().to_string(),
            #[cfg(feature = "turgundi")]
            Source::Builtin(name, _) => (*name).to_owned(),
        }
    }

    /// The heights of some rows and columns of a level, row by row; NaN where nothing is known.
    pub(super) fn heights_m(
        &self,
        level: usize,
        rows: Range<usize>,
        cols: Range<usize>,
    ) -> Result<Vec<f32>> {
        if let Source::Hgt(path) = &self.source {
            let side = self.frames.first().map_or(0, |frame| frame.cols);
            let mut file = File::open(path).map_err(|error| Error::read(path, error))?;
            return hgt::heights_m(&mut file, side, rows, cols)
                .map_err(|error| Error::read(path, error));
        }
        let mut file = open(&self.source)?;
        file.take_level(level)?;
        file.heights_m(rows, cols)
    }
}

fn open(source: &Source) -> Result<GeoTiff<Bytes>> {
    match source {
        Source::GeoTiff(path) | Source::Hgt(path) => {
            let file = File::open(path).map_err(|error| Error::read(path, error))?;
            GeoTiff::open(Bytes::Disk(BufReader::new(file)), &path.display().to_string())
        }
        #[cfg(feature = "turgundi")]
        Source::Builtin(name, bytes) => GeoTiff::open(Bytes::Memory(Cursor::new(*bytes)), name),
    }
}

/// The sources that a name stands for: a built-in terrain, a file, or all of a folder, by name.
pub(super) fn sources(name: &str) -> Result<Vec<Source>> {
    match name {
        #[cfg(feature = "turgundi")]
        "builtin:globe-30s" => {
            Ok(vec![Source::Builtin("builtin:globe-30s", super::builtin::GLOBE_30S)])
        }
        _ if name.starts_with("builtin:") => Err(Error::Unknown {
            what: "built-in terrain",
            name: name.to_owned(),
            hint: "there is builtin:globe-30s, with the feature turgundi".to_owned(),
        }),
        _ => {
            let path = Path::new(name);
            if !path.is_dir() {
                return Ok(vec![of_path(path).unwrap_or(Source::GeoTiff(path.to_path_buf()))]);
            }
            let entries = std::fs::read_dir(path).map_err(|error| Error::read(path, error))?;
            let mut paths = Vec::new();
            for entry in entries {
                paths.push(entry.map_err(|error| Error::read(path, error))?.path());
            }
            paths.sort();
            Ok(paths.iter().filter_map(|path| of_path(path)).collect())
        }
    }
}

/// A file whose name ends as a terrain's does.
fn of_path(path: &Path) -> Option<Source> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "tif" | "tiff" => Some(Source::GeoTiff(path.to_path_buf())),
        "hgt" => Some(Source::Hgt(path.to_path_buf())),
        _ => None,
    }
}
