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
mod flat;
mod flood;
mod frame;
mod geo_keys;
mod geotiff;
mod grid;
mod hgt;
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
mod zone;
mod zone_raster;
mod zone_rule;

#[cfg(feature = "turgundi")]
pub use builtin::globe_30s;
pub use crossing::{CROSSING_MOVES, Crossing};
pub use flat::{FlatArea, flat_areas};
pub use frame::Bounds;
pub use geotiff::{GeoTiff, LARGEST_GRID_CELLS, read_geotiff};
pub use grid::Grid;
pub use hgt::read_hgt;
pub use map_feature::{MapFeature, open_geojson, read_geojson};
pub use measure::TerrainClass;
pub use mosaic::Mosaic;
pub use polygon::Polygon;
pub use shade::{Shade, shade};
pub use stream::{Drainage, Stream};
pub use synthetic::{cone, plane, ridge_with_saddle, waves};
pub use zone::{River, Zone, ZoneShape, read_zones};
pub use zone_raster::{FixedPoint, Hazard, ZoneRaster, hazard_lengths_m};
pub use zone_rule::{
    CrossingClass, LEAST_FACTOR_RATIO, MOST_FACTOR_RATIO, ZoneKind, ZoneRule, crossing_cost_m,
};

use crate::error::{Error, Result};

/// Memory that [`open`] takes for a folder at most, bytes.
const FOLDER_MEMORY_BYTES: u64 = 1 << 30;

/// Reads a terrain by the name that a study gives it: `builtin:globe-30s` (feature `turgundi`), a
/// GeoTIFF or `.hgt` file, or a folder of them.
///
/// For a part of a large terrain, or several names, see [`Mosaic`].
///
/// # Errors
/// [`Error::Unknown`] for a built-in name that is none, [`Error::Io`], and the errors of
/// [`read_geotiff`], [`read_hgt`], and [`Mosaic::window`] within 1 GB.
pub fn open(name: &str) -> Result<Grid> {
    match name {
        #[cfg(feature = "turgundi")]
        "builtin:globe-30s" => globe_30s(),
        _ if name.starts_with("builtin:") => Err(Error::Unknown {
            what: "built-in terrain",
            name: name.to_owned(),
            hint: "there is builtin:globe-30s, with the feature turgundi".to_owned(),
        }),
        _ => {
            let path = std::path::Path::new(name);
            if path.is_dir() {
                let mosaic = Mosaic::open(&[name])?;
                return mosaic.window(mosaic.bounds(), None, FOLDER_MEMORY_BYTES);
            }
            let bytes = std::fs::read(path).map_err(|error| Error::read(path, error))?;
            match path.extension() {
                Some(ending) if ending.eq_ignore_ascii_case("hgt") => read_hgt(&bytes, name),
                _ => read_geotiff(&bytes, name),
            }
        }
    }
}
