//! Terrain from SRTM `.hgt` tiles.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use super::Grid;
use super::frame::Frame;
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// Nodes along one side of a tile of one degree: 3 arc-seconds, or 1.
const SIDES: [usize; 2] = [1201, 3601];

/// The value that stands where nothing is known.
const VOID: i16 = -32_768;

/// Reads an SRTM tile; its place comes from its name, such as `N34E062.hgt`.
///
/// A tile holds rows from north to south of big-endian 16-bit heights in metres; its outer rows
/// and columns lie on the whole degrees and are shared with the tiles beside it (SRTM
/// documentation, USGS, section 3.0). The name is that of the south-west corner.
///
/// # Errors
/// [`Error::Terrain`] if the name is no corner or the size is not 1201 x 1201 or 3601 x 3601.
///
/// ```
/// let bytes = vec![0; 2 * 1201 * 1201];
/// let tile = railcorridor::terrain::read_hgt(&bytes, "S01E062.hgt")?;
/// assert_eq!((tile.place(0, 0).lon_deg, tile.place(0, 0).lat_deg), (62.0, 0.0));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn read_hgt(bytes: &[u8], name: &str) -> Result<Grid> {
    let frame = frame(name, bytes.len() as u64)?;
    let heights_m = bytes.chunks_exact(2).map(height_m).collect();
    let (lon_deg, lat_deg) = (frame.step_lon_deg, frame.step_lat_deg);
    Grid::new(frame.cols, frame.north_west(), lon_deg, lat_deg, heights_m)
}

/// Where the nodes of a tile lie, by its name and its length.
pub(super) fn frame(name: &str, length_bytes: u64) -> Result<Frame> {
    let broken = |problem: String, hint: &str| Error::Terrain {
        file: name.to_owned(),
        problem,
        hint: hint.to_owned(),
    };
    let corner = corner(name).ok_or_else(|| {
        broken("its name is not that of a tile".to_owned(), "name it by its corner: N34E062.hgt")
    })?;
    let fits = |side: &usize| (2 * side * side) as u64 == length_bytes;
    let side = SIDES.into_iter().find(fits).ok_or_else(|| {
        let hint = "2,884,802 bytes (3 arc-seconds) or 25,934,402 bytes (1 arc-second) are needed";
        broken(format!("has {length_bytes} bytes"), hint)
    })?;
    #[expect(clippy::cast_precision_loss, reason = "3600 at most")]
    let step_deg = 1.0 / (side - 1) as f64;
    Ok(Frame {
        west_deg: corner.lon_deg,
        north_deg: corner.lat_deg + 1.0,
        step_lon_deg: step_deg,
        step_lat_deg: step_deg,
        rows: side,
        cols: side,
    })
}

/// The heights of some rows and columns of a tile; NaN where nothing is known.
pub(super) fn heights_m<R: Read + Seek>(
    file: &mut R,
    side: usize,
    rows: Range<usize>,
    cols: Range<usize>,
) -> std::io::Result<Vec<f32>> {
    let mut heights_m = Vec::with_capacity(rows.len() * cols.len());
    let mut line = vec![0; 2 * cols.len()];
    for row in rows {
        file.seek(SeekFrom::Start(2 * (row * side + cols.start) as u64))?;
        file.read_exact(&mut line)?;
        heights_m.extend(line.chunks_exact(2).map(height_m));
    }
    Ok(heights_m)
}

fn height_m(pair: &[u8]) -> f32 {
    match *pair {
        [high, low] => match i16::from_be_bytes([high, low]) {
            VOID => f32::NAN,
            height_m => f32::from(height_m),
        },
        _ => f32::NAN,
    }
}

/// The south-west corner that a name such as `N34E062.hgt` or `s01w003.SRTMGL1.hgt` says.
pub(super) fn corner(name: &str) -> Option<LonLat> {
    let name = name.rsplit(['/', '\\']).next()?;
    let part = |at: usize, letters: [char; 2], digits: usize, most: u16| {
        let letter = name.get(at..=at)?.chars().next()?.to_ascii_uppercase();
        let digits = name.get(at + 1..at + 1 + digits)?;
        let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        let value = digits.parse::<u16>().ok().filter(|&value| all_digits && value <= most)?;
        let sign = letters.iter().position(|&other| other == letter)?;
        Some(if sign == 0 { f64::from(value) } else { -f64::from(value) })
    };
    let (lat_deg, lon_deg) = (part(0, ['N', 'S'], 2, 90)?, part(3, ['E', 'W'], 3, 180)?);
    let ends = name.get(7..).is_none_or(|rest| rest.is_empty() || rest.starts_with('.'));
    (ends && lat_deg < 90.0 && lon_deg < 180.0).then_some(LonLat { lon_deg, lat_deg })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Heights that say their row and column, with a void at the first node.
    fn tile(side: usize) -> Vec<u8> {
        let node = |i: usize| {
            let (row, col) = (i / side, i % side);
            if i == 0 { VOID } else { i16::try_from(8 * (row % 1000) + col % 8).unwrap() }
        };
        (0..side * side).flat_map(|i| node(i).to_be_bytes()).collect()
    }

    #[test]
    fn both_sizes_lie_where_their_name_says() {
        for side in SIDES {
            let grid = read_hgt(&tile(side), "tiles/N34E062.hgt").unwrap();
            assert_eq!((grid.rows(), grid.cols()), (side, side));
            let south_east = grid.place(side - 1, side - 1);
            assert!((south_east.lon_deg - 63.0).abs() < 1e-12);
            assert!((south_east.lat_deg - 34.0).abs() < 1e-12);
            assert_eq!(grid.height_m(0, 0), None);
            assert_eq!(grid.height_m(7, 3), Some(59.0));
        }
    }

    #[test]
    fn names_and_sizes_that_are_none_are_refused() {
        for name in ["x", "N34", "N34E62.hgt", "N91E062.hgt", "N34E181.hgt", "É4E062.hgt", ""] {
            assert!(read_hgt(&tile(1201), name).is_err(), "{name}");
        }
        assert!(read_hgt(&tile(1201)[..100], "N34E062.hgt").is_err());
        assert!(read_hgt(&[], "N34E062.hgt").is_err());
        let south_west = corner("s01w003.SRTMGL1.hgt").unwrap();
        assert_eq!((south_west.lon_deg, south_west.lat_deg), (-3.0, -1.0));
    }
}
