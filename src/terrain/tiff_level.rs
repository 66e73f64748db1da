//! The pictures in a GeoTIFF: the heights themselves, and overviews.

use std::io::{Read, Seek};

use tiff::ColorType;
use tiff::decoder::Decoder;
use tiff::tags::Tag;

use super::frame::Frame;
use super::geo_keys::frame;
use super::geotiff::broken;
use crate::error::Result;

/// Tiles and strips with more cells than this are refused: they cannot be read in parts.
const LARGEST_CHUNK_CELLS: u64 = 1 << 26;

/// No compression of TIFF packs more cells than this into a byte (deflate 1,032, LZW about 1,400).
const MOST_CELLS_PER_BYTE: u64 = 2_000;

/// More pictures in a file than this are not looked at; a terrain halved to nothing has 17.
const MOST_IMAGES: usize = 32;

/// `NewSubfileType` of a picture that is another at lower resolution (TIFF 6.0, section 8).
const REDUCED: u32 = 1;

/// The picture itself, or an overview.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    /// Its number in the file.
    pub(super) image: usize,
    pub(super) frame: Frame,
    pub(super) chunk_rows: usize,
    pub(super) chunk_cols: usize,
}

/// The heights themselves, then the overviews; whatever else the file holds, or cannot be read, is
/// left out.
pub(super) fn levels<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    name: &str,
    length_bytes: u64,
) -> Result<Vec<Level>> {
    let (rows, cols, chunk_rows, chunk_cols) = sizes(decoder, name, length_bytes)?;
    let whole = frame(decoder, name, rows, cols)?;
    let mut levels = vec![Level { image: 0, frame: whole, chunk_rows, chunk_cols }];
    for image in 1..=MOST_IMAGES {
        if !decoder.more_images() || decoder.next_image().is_err() {
            break;
        }
        let kind = decoder.find_tag_unsigned::<u32>(Tag::NewSubfileType);
        if kind.ok().flatten() != Some(REDUCED) {
            continue;
        }
        let Ok((rows, cols, chunk_rows, chunk_cols)) = sizes(decoder, name, length_bytes) else {
            continue;
        };
        if rows <= whole.rows && cols <= whole.cols && rows > 1 && cols > 1 {
            let frame = whole.resized(rows, cols);
            levels.push(Level { image, frame, chunk_rows, chunk_cols });
        }
    }
    Ok(levels)
}

/// Rows and columns of the picture at hand, and of its tiles or strips.
fn sizes<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    name: &str,
    length_bytes: u64,
) -> Result<(usize, usize, usize, usize)> {
    let tiff_error = |error: tiff::TiffError| broken(name, &error);
    let (cols, rows) = decoder.dimensions().map_err(tiff_error)?;
    let (chunk_cols, chunk_rows) = decoder.chunk_dimensions();
    let product = |a: u32, b: u32| u64::from(a) * u64::from(b);
    let claimed_cells = product(cols, rows);
    if claimed_cells / MOST_CELLS_PER_BYTE > length_bytes {
        let problem = format!("claims {claimed_cells} cells in {length_bytes} bytes");
        return Err(broken(name, &problem));
    }
    let chunk_rows = chunk_rows.min(rows);
    let chunk_cells = product(chunk_cols, chunk_rows);
    if !(1..=LARGEST_CHUNK_CELLS).contains(&chunk_cells) {
        return Err(broken(name, &format!("has tiles or strips of {chunk_cells} cells")));
    }
    match decoder.colortype().map_err(tiff_error)? {
        ColorType::Gray(_) => {}
        other => return Err(broken(name, &format!("holds {other:?}, not one height a cell"))),
    }
    Ok((rows as usize, cols as usize, chunk_rows as usize, chunk_cols as usize))
}
