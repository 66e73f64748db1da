//! Terrain out of many files, read by windows.

use super::frame::{Frame, NO_PLACE, NOWHERE};
use super::layer::Layer;
use super::mosaic_file::{MosaicFile, sources};
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
        let mosaic = Self { layers };
        let Bounds { west_deg, south_deg, east_deg, north_deg } = mosaic.bounds();
        if !(west_deg < east_deg && south_deg < north_deg) {
            let Frame { rows, cols, .. } = mosaic.finest();
            return Err(Error::Terrain {
                file: mosaic.name(),
                problem: format!("has {rows} x {cols} nodes"),
                hint: "2 x 2 and more make a terrain".to_owned(),
            });
        }
        Ok(mosaic)
    }

    /// What it is called in errors: its first file, and how many more.
    fn name(&self) -> String {
        let first = self.layers.first().and_then(|layer| layer.files.first());
        let first = first.map(MosaicFile::name).unwrap_or_default();
        match self.files() {
            0 | 1 => first,
            2 => format!("{first} and another"),
            files => format!("{first} and {} others", files - 1),
        }
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
        frames.reduce(Bounds::joined).unwrap_or(NO_PLACE)
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
        let grid = Grid::new(target.cols, target.north_west(), lon_deg, lat_deg, heights_m)?;
        Ok(grid.named(self.name()))
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
                file: self.name(),
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
