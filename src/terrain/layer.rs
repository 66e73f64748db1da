//! Files of a mosaic that lie on one lattice, read block by block.

use std::ops::Range;

use super::frame::{Frame, NOWHERE};
use super::mosaic_file::MosaicFile;
use super::resample::{Patch, fill, reach};
use crate::error::Result;

/// Files on one lattice.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) files: Vec<MosaicFile>,
}

/// A layer at one level of detail: its files with where each begins.
pub(super) struct View<'a> {
    pub(super) frame: Frame,
    level: usize,
    files: Vec<(&'a MosaicFile, (i64, i64))>,
}

impl Layer {
    /// All files at a level; the frame holds them all.
    pub(super) fn view(&self, level: usize) -> View<'_> {
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
    pub(super) fn view_for(&self, target: &Frame) -> View<'_> {
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
    pub(super) fn fill(
        &self,
        target: &Frame,
        heights_m: &mut [f32],
        patch_cells: u64,
    ) -> Result<()> {
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
