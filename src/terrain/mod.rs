//! Heights by place: grids read from GeoTIFF and SRTM files, what the water does on them, and
//! zones laid on them.
//!
//! A [`Grid`] holds a value at each node of longitude and latitude; what a file calls a pixel's
//! corner or centre is settled when it is read. A [`Mosaic`] joins many files, of any size, and
//! gives a grid of a window of them. A [`Zone`] comes from GeoJSON or from a study; a
//! [`ZoneRaster`] says what zones do to the cells of a grid and to the moves between them.

#[cfg(feature = "turgundi")]
mod builtin;
mod coverage;
mod crossing;
mod feature_collection;
mod fixed_point;
mod flat;
mod flood;
mod frame;
mod geo_keys;
mod geotiff;
mod grid;
mod hazard_length;
mod hgt;
mod layer;
mod line_piece;
mod lzw;
mod map_feature;
mod measure;
mod mosaic;
mod mosaic_file;
mod outline;
mod polygon;
mod resample;
mod shade;
mod sides;
mod stream;
mod synthetic;
mod tiff_level;
mod union;
mod zone;
mod zone_file;
mod zone_raster;
mod zone_rule;

#[cfg(feature = "turgundi")]
pub use builtin::globe_30s;
pub use crossing::Crossing;
pub use fixed_point::FixedPoint;
pub use flat::{FlatArea, flat_areas};
pub use frame::Bounds;
pub use geotiff::{GeoTiff, LARGEST_GRID_CELLS, read_geotiff};
pub use grid::Grid;
pub use hazard_length::{HazardLength, hazard_lengths};
pub use hgt::read_hgt;
pub use map_feature::{MapFeature, open_geojson, read_geojson};
pub use measure::TerrainClass;
pub use mosaic::Mosaic;
pub use polygon::Polygon;
pub use shade::{Shade, shade};
pub use stream::{Drainage, Stream};
pub use synthetic::{cone, plane, ridge_with_saddle, waves};
pub use zone::{River, Zone, ZoneShape};
pub use zone_file::{open_zones, read_zones};
pub use zone_raster::ZoneRaster;
pub use zone_rule::{
    CrossingClass, LEAST_FACTOR_RATIO, MOST_FACTOR_RATIO, ZoneKind, ZoneRule, crossing_cost_m,
    river_bed_m,
};

use crate::error::Result;

/// Memory that [`open`] takes at most, bytes.
const OPEN_MEMORY_BYTES: u64 = 1 << 30;

/// Reads a whole terrain by the name that a study gives it: `builtin:globe-30s` (feature
/// `turgundi`), a GeoTIFF or `.hgt` file, or a folder of them.
///
/// For a part of a large terrain, or several names, see [`Mosaic`].
///
/// # Errors
/// Those of [`Mosaic::open`], and of [`Mosaic::window`] within 1 GB.
pub fn open(name: &str) -> Result<Grid> {
    let mosaic = Mosaic::open(&[name])?;
    mosaic.window(mosaic.bounds(), None, OPEN_MEMORY_BYTES)
}
