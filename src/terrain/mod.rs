//! Heights by place: grids read from GeoTIFF files.
//!
//! A [`Grid`] holds a value at each node of longitude and latitude; what a file calls a pixel's
//! corner or centre is settled when it is read.

#[cfg(feature = "turgundi")]
mod builtin;
mod geotiff;
mod grid;
mod shade;

#[cfg(feature = "turgundi")]
pub use builtin::globe_30s;
pub use geotiff::{LARGEST_GRID_CELLS, read_geotiff};
pub use grid::Grid;
pub use shade::{Shade, shade};
