//! Terrain out of many files, read by windows.

use std::ops::Range;

use super::frame::{Frame, NOWHERE};
use super::mosaic_file::{MosaicFile, sources};
use super::resample::{Patch, fill, reach};
use super::{Bounds, Grid, LARGEST_GRID_CELLS};
use crate::error::{Error, Result};

/// Nodes of a file that are held at once while a window is filled, if memory allows.
const MOST_PATCH_CELLS: u64 = 1 << 24;

/// Fewer would read each tile again and again.
const LEAST_PATCH_CELLS: u64 = 1 << 16;

/// Bytes for each node of a patch: as the file gives it, as its neighbours join it, and as much
/// again for margins and what the allocator keeps (measured: 12 at most).
const PATCH_BYTES: u64 = 16;

/// Terrain out of many files: GeoTIFF and SRTM, of any steps, tiles side by side or one above
/// another.
///
/// Opening reads only what the files say about themselves. Heights are read by
/// [`window`](Self::window), block by block, so that memory is bounded whatever the files hold.
///
/// Files that lie on one lattice, such as the tiles of SRTM, are joined before anything is
/// interpolated, so that no seam shows. Where files overlap, the first in the list counts; its
/// voids are filled from those after it. A lattice takes the place of its first file.
///
/// # Example
///
/// ```no_run
/// use railcorridor::{geodesy::LonLat, terrain::{Bounds, Mosaic}};
///
/// // SRTM tiles first, and under their voids and beyond them one coarser file.
/// let mosaic = Mosaic::open(&["tiles", "globe.tif"])?;
/// let bounds = Bounds::new(LonLat::new(61.5, 34.0)?, LonLat::new(63.0, 35.5)?)?;
/// let grid = mosaic.window(bounds, None, 512 << 20)?;
/// println!("{} x {} nodes", grid.rows(), grid.cols());
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Mosaic {
    layers: Vec<Layer>,
}

/// Files on one lattice.
#[derive(Debug, Clone)]
struct Layer {
    files: Vec<MosaicFile>,
}

/// A layer at one level of detail: its files with where each begins.
struct View<'a> {
    frame: Frame,
    level: usize,
    files: Vec<(&'a MosaicFile, (i64, i64))>,
}

impl Mosaic {
    /// Opens files by the names that a study gives: `builtin:globe-30s` (feature `turgundi`), a
    /// GeoTIFF or `.hgt` file, or a folder of them (its files in the order of their names).
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Unknown`], and [`Error::Terrain`] for the first file that is refused
    /// and if there is none.
    pub fn open<S: AsRef<str>>(names: &[S]) -> Result<Self> {
        let mut layers: Vec<Layer> = Vec::new();
        for name in names {
            for source in sources(name.as_ref())? {
                let file = MosaicFile::new(source)?;
                let on_lattice = |layer: &&mut Layer| {
                    let (own, new) = (layer.files.first(), file.frames.first());
                    own.and_then(|own| own.frames.first()?.whole_steps_to(new?)).is_some()
                };
                match layers.iter_mut().find(on_lattice) {
                    Some(layer) => layer.files.push(file),
                    None => layers.push(Layer { files: vec![file] }),
                }
            }
        }
        if layers.is_empty() {
            let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
            return Err(Error::Terrain {
                file: names.join(", "),
                problem: "holds no terrain".to_owned(),
                hint: "name GeoTIFF (.tif, .tiff) or SRTM (.hgt) files, or a folder of them"
                    .to_owned(),
            });
        }
        Ok(Self { layers })
    }

    /// Number of files.
    #[must_use]
    pub fn files(&self) -> usize {
        self.layers.iter().map(|layer| layer.files.len()).sum()
    }

    /// The least box about all nodes.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let frames = self.layers.iter().map(|layer| Bounds::of_frame(&layer.view(0).frame));
        let nowhere = Bounds { west_deg: 0.0, south_deg: 0.0, east_deg: 0.0, north_deg: 0.0 };
        frames.reduce(Bounds::joined).unwrap_or(nowhere)
    }

    /// The finest step between rows, degrees.
    #[must_use]
    pub fn finest_step_deg(&self) -> f64 {
        self.finest().step_lat_deg
    }

    /// The heights within some bounds, on the finest lattice or on one of `step_deg` between rows.
    ///
    /// The lattice is that of the finest file; its nodes are copied. Coarser files are interpolated
    /// between four nodes. If a coarser step is asked for, each node gets the mean over its cell,
    /// from overviews where the files hold fitting ones; half of the cell must be known. The window
    /// ends at the last nodes of the mosaic.
    ///
    /// # Errors
    /// [`Error::Limit`] before anything is read if the window needs more memory than
    /// `largest_memory_bytes`, or more than [`LARGEST_GRID_CELLS`], with the step that would fit;
    /// [`Error::Terrain`] if the bounds lie off the mosaic or a file is broken;
    /// [`Error::OutOfRange`] for a window of less than 2 x 2 nodes or a step that is none.
    pub fn window(
        &self,
        bounds: Bounds,
        step_deg: Option<f64>,
        largest_memory_bytes: u64,
    ) -> Result<Grid> {
        let target = self.target(bounds, step_deg)?;
        let patch_cells = self.check_memory(&target, largest_memory_bytes)?;
        let mut heights_m = vec![f32::NAN; target.rows * target.cols];
        for layer in &self.layers {
            let view = layer.view_for(&target);
            view.fill(&target, &mut heights_m, patch_cells)?;
        }
        let (lon_deg, lat_deg) = (target.step_lon_deg, target.step_lat_deg);
        Grid::new(target.cols, target.north_west(), lon_deg, lat_deg, heights_m)
    }

    /// The frame of the finest layer.
    fn finest(&self) -> Frame {
        let frames = self.layers.iter().map(|layer| layer.view(0).frame);
        let finest = frames.min_by(|a, b| a.step_lat_deg.total_cmp(&b.step_lat_deg));
        finest.unwrap_or(NOWHERE)
    }

    /// The nodes of a window.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the bounds of the earth, and checked by memory"
    )]
    fn target(&self, bounds: Bounds, step_deg: Option<f64>) -> Result<Frame> {
        let finest = self.finest();
        let within = bounds.common(self.bounds()).ok_or_else(|| {
            let b = self.bounds();
            Error::Terrain {
                file: "mosaic".to_owned(),
                problem: "the window lies off the terrain".to_owned(),
                hint: format!(
                    "the terrain spans {} to {} E, {} to {} N",
                    b.west_deg, b.east_deg, b.south_deg, b.north_deg
                ),
            }
        })?;
        let ratio = step_deg.map_or(1.0, |step_deg| step_deg / finest.step_lat_deg);
        if !(ratio > 0.01 && finest.step_lat_deg * ratio <= 10.0) {
            return Err(Error::OutOfRange {
                item: "step_deg".to_owned(),
                value: step_deg.unwrap_or_default(),
                limit: format!("{} to 10", 0.01 * finest.step_lat_deg),
                hint: "a step between rows, in degrees: 1/120 is 30 arc-seconds".to_owned(),
            });
        }
        let (lon_deg, lat_deg) = (finest.step_lon_deg * ratio, finest.step_lat_deg * ratio);
        // The first and the last node on the lattice that still lie within.
        let left = ((within.west_deg - finest.west_deg) / lon_deg - 1e-6).ceil();
        let right = ((within.east_deg - finest.west_deg) / lon_deg + 1e-6).floor();
        let top = ((finest.north_deg - within.north_deg) / lat_deg - 1e-6).ceil();
        let bottom = ((finest.north_deg - within.south_deg) / lat_deg + 1e-6).floor();
        Ok(Frame {
            west_deg: finest.west_deg + left * lon_deg,
            north_deg: finest.north_deg - top * lat_deg,
            step_lon_deg: lon_deg,
            step_lat_deg: lat_deg,
            rows: (bottom - top + 1.0).max(0.0) as usize,
            cols: (right - left + 1.0).max(0.0) as usize,
        })
    }

    /// How many nodes a patch may have.
    fn check_memory(&self, target: &Frame, largest_memory_bytes: u64) -> Result<u64> {
        let cells = target.rows as u64 * target.cols as u64;
        let files = self.layers.iter().flat_map(|layer| &layer.files);
        let working_bytes = files.map(|file| file.working_bytes).max().unwrap_or_default();
        let fixed_bytes = 4 * cells + working_bytes;
        let needed_bytes = fixed_bytes + PATCH_BYTES * LEAST_PATCH_CELLS;
        if cells <= LARGEST_GRID_CELLS && needed_bytes <= largest_memory_bytes {
            let left = (largest_memory_bytes - fixed_bytes) / PATCH_BYTES;
            return Ok(left.min(MOST_PATCH_CELLS));
        }
        let room = largest_memory_bytes.saturating_sub(needed_bytes - 4 * cells) / 4;
        let room = room.min(LARGEST_GRID_CELLS);
        #[expect(clippy::cast_precision_loss, reason = "for a message")]
        let hint = if room > 4 {
            let coarser = (cells as f64 / room as f64).sqrt() * target.step_lat_deg;
            format!(
                "ask for a step of {:.4} degrees, a smaller window, or more memory",
                coarser * 1.01
            )
        } else {
            format!("its tiles alone need {working_bytes} bytes; give more memory")
        };
        Err(Error::Limit {
            item: format!("a window of {} x {} nodes", target.rows, target.cols),
            needed: format!("{needed_bytes} bytes"),
            limit: format!("{} bytes", largest_memory_bytes.min(4 * LARGEST_GRID_CELLS)),
            hint,
        })
    }
}

impl Layer {
    /// All files at a level; the frame holds them all.
    fn view(&self, level: usize) -> View<'_> {
        let frames = || self.files.iter().filter_map(|file| Some((file, *file.frames.get(level)?)));
        let mut joined: Option<Frame> = None;
        for (_, frame) in frames() {
            joined = Some(match joined {
                None => frame,
                Some(all) => match all.whole_steps_to(&frame) {
                    Some(steps) => all.joined(&frame, steps),
                    None => all,
                },
            });
        }
        let frame = joined.unwrap_or(NOWHERE);
        let files =
            frames().filter_map(|(file, own)| Some((file, frame.whole_steps_to(&own)?))).collect();
        View { frame, level, files }
    }

    /// The coarsest level that is still no coarser than the target.
    fn view_for(&self, target: &Frame) -> View<'_> {
        let levels = self.files.iter().map(|file| file.frames.len()).min().unwrap_or(1);
        let whole = self.view(0);
        let fits = |view: &View<'_>| {
            view.frame.step_lat_deg <= target.step_lat_deg * (1.0 + 1e-6)
                && view.frame.step_lon_deg <= target.step_lon_deg * (1.0 + 1e-6)
                && view.files.len() == self.files.len()
        };
        let overviews = (1..levels).map(|level| self.view(level)).filter(fits);
        overviews.fold(whole, |best, view| {
            if view.frame.step_lat_deg > best.frame.step_lat_deg { view } else { best }
        })
    }
}

impl View<'_> {
    /// Fills what is still unknown of the target, block by block.
    fn fill(&self, target: &Frame, heights_m: &mut [f32], patch_cells: u64) -> Result<()> {
        let (row, col) = self.frame.to(target);
        let down = target.step_lat_deg / self.frame.step_lat_deg;
        let right = target.step_lon_deg / self.frame.step_lon_deg;
        let (chunk_rows, chunk_cols) = self.chunk();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a side of some thousand nodes"
        )]
        let side = (patch_cells as f64).sqrt() as usize;
        // Rows first: strips as wide as the file leave few rows, tiles as many as columns.
        let cols = cuts(col, right, target.cols, chunk_cols, side.max(chunk_cols.min(side * 8)));
        let widest = cols.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(1);
        let rows_left = usize::try_from(patch_cells).unwrap_or(usize::MAX)
            / reach(0.0, right, widest, usize::MAX).len().max(1);
        let rows = cuts(row, down, target.rows, chunk_rows, rows_left);
        for (top, bottom) in rows.iter().zip(rows.iter().skip(1)) {
            for (left, right) in cols.iter().zip(cols.iter().skip(1)) {
                self.fill_block(target, heights_m, *top..*bottom, *left..*right)?;
            }
        }
        Ok(())
    }

    fn chunk(&self) -> (usize, usize) {
        let first = self.files.first().and_then(|(file, _)| file.chunks.get(self.level));
        first.copied().unwrap_or((1, 1))
    }

    fn fill_block(
        &self,
        target: &Frame,
        heights_m: &mut [f32],
        rows: Range<usize>,
        cols: Range<usize>,
    ) -> Result<()> {
        let block = target.part(&rows, &cols);
        let mut own_m = Vec::with_capacity(block.rows * block.cols);
        for row in rows.clone() {
            let line = row * target.cols + cols.start..row * target.cols + cols.end;
            own_m.extend_from_slice(heights_m.get(line).unwrap_or_default());
        }
        if !own_m.iter().any(|height_m| height_m.is_nan()) {
            return Ok(());
        }
        let (row, col) = self.frame.to(&block);
        let down = block.step_lat_deg / self.frame.step_lat_deg;
        let right = block.step_lon_deg / self.frame.step_lon_deg;
        let own_rows = reach(row, down, block.rows, self.frame.rows);
        let own_cols = reach(col, right, block.cols, self.frame.cols);
        if own_rows.is_empty() || own_cols.is_empty() {
            return Ok(());
        }
        let Some(patch_m) = self.read(&own_rows, &own_cols)? else { return Ok(()) };
        let frame = self.frame.part(&own_rows, &own_cols);
        fill(&block, &mut own_m, &Patch { frame, heights_m: &patch_m });
        for (row, line) in rows.zip(own_m.chunks_exact(block.cols.max(1))) {
            let at = row * target.cols + cols.start..row * target.cols + cols.end;
            if let Some(to) = heights_m.get_mut(at) {
                to.copy_from_slice(line);
            }
        }
        Ok(())
    }

    /// Joins what the files hold of some rows and columns; `None` if no file reaches there.
    fn read(&self, rows: &Range<usize>, cols: &Range<usize>) -> Result<Option<Vec<f32>>> {
        let mut joined: Option<Vec<f32>> = None;
        for (file, (down, right)) in &self.files {
            let Some(frame) = file.frames.get(self.level) else { continue };
            let of_rows = overlap(rows, *down, frame.rows);
            let of_cols = overlap(cols, *right, frame.cols);
            let (Some((own_rows, top)), Some((own_cols, left))) = (of_rows, of_cols) else {
                continue;
            };
            let width = own_cols.len();
            let heights_m = file.heights_m(self.level, own_rows, own_cols)?;
            let joined = joined.get_or_insert_with(|| vec![f32::NAN; rows.len() * cols.len()]);
            for (row, line) in (top..).zip(heights_m.chunks_exact(width)) {
                let start = row * cols.len() + left;
                let to = joined.get_mut(start..start + width).unwrap_or_default();
                for (to_m, from_m) in to.iter_mut().zip(line) {
                    if to_m.is_nan() {
                        *to_m = *from_m;
                    }
                }
            }
        }
        Ok(joined)
    }
}

/// What a file that begins so many steps on has of a range: its own range, and where that begins
/// in the one asked for.
fn overlap(range: &Range<usize>, steps: i64, count: usize) -> Option<(Range<usize>, usize)> {
    let start = i64::try_from(range.start).ok()?.checked_sub(steps)?.max(0);
    let end = i64::try_from(range.end).ok()?.checked_sub(steps)?.min(i64::try_from(count).ok()?);
    let first = usize::try_from(start.checked_add(steps)?).ok()?.checked_sub(range.start)?;
    (start < end).then_some((usize::try_from(start).ok()?..usize::try_from(end).ok()?, first))
}

/// Where to cut the nodes of a target into blocks, so that none takes more than `most` of the
/// source and each begins with a new tile or strip.
fn cuts(at: f64, ratio: f64, count: usize, chunk: usize, most: usize) -> Vec<usize> {
    let mut cuts = vec![0];
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "fewer than 2^52 nodes"
    )]
    while let Some(&first) = cuts.last()
        && first < count
    {
        let longest = ((most as f64 / ratio) as usize).max(1);
        let mut next = first.saturating_add(longest).min(count);
        // The last border of tiles within the block.
        let border = (at + ratio * next as f64).max(0.0) / chunk.max(1) as f64;
        let aligned = ((border.floor() * chunk.max(1) as f64 - at) / ratio).ceil();
        if next < count && aligned > first as f64 {
            next = next.min(aligned as usize);
        }
        cuts.push(next);
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_begin_with_tiles_and_hold_no_more_than_allowed() {
        for (at, ratio, count, chunk, most) in [
            (0.0, 1.0, 1000, 256, 600),
            (-3.5, 7.0, 90, 16, 100),
            (2.25, 0.4, 333, 64, 50),
            (0.0, 1.0, 9, 1, 1),
        ] {
            let cuts = cuts(at, ratio, count, chunk, most);
            assert_eq!((cuts[0], *cuts.last().unwrap()), (0, count));
            assert!(cuts.is_sorted_by(|a, b| a < b));
            for pair in cuts.windows(2) {
                let taken = (pair[1] - pair[0]) as f64 * ratio;
                assert!(taken <= (most as f64).max(ratio) + 1e-9, "{cuts:?}");
            }
        }
        assert_eq!(cuts(0.0, 1.0, 1000, 256, 600), [0, 512, 1000]);
        assert_eq!(cuts(0.0, 1.0, 0, 256, 600), [0]);
    }

    #[test]
    fn what_a_file_has_of_a_range() {
        assert_eq!(overlap(&(10..20), 15, 100), Some((0..5, 5)));
        assert_eq!(overlap(&(10..20), -5, 100), Some((15..25, 0)));
        assert_eq!(overlap(&(10..20), -5, 17), Some((15..17, 0)));
        assert_eq!(overlap(&(10..20), 20, 100), None);
        assert_eq!(overlap(&(10..20), i64::MIN, 100), None);
    }
}
