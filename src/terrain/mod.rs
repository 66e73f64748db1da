//! Heights by place: grids read from GeoTIFF and SRTM files.
//!
//! A [`Grid`] holds a value at each node of longitude and latitude; what a file calls a pixel's
//! corner or centre is settled when it is read.

#[cfg(feature = "turgundi")]
mod builtin;
mod flood;
mod geotiff;
mod grid;
mod hgt;
mod measure;
mod shade;
mod stream;
mod synthetic;

#[cfg(feature = "turgundi")]
pub use builtin::globe_30s;
pub use geotiff::{GeoTiff, LARGEST_GRID_CELLS, read_geotiff};
pub use grid::Grid;
pub use hgt::read_hgt;
pub use measure::TerrainClass;
pub use shade::{Shade, shade};
pub use stream::{Drainage, Stream};
pub use synthetic::{cone, plane, ridge_with_saddle, waves};

use crate::error::{Error, Result};

/// Reads a terrain by the name that a study gives it: `builtin:globe-30s` (feature `turgundi`), or
/// a GeoTIFF or `.hgt` file.
///
/// # Errors
/// [`Error::Unknown`] for a built-in name that is none, [`Error::Io`], and the errors of
/// [`read_geotiff`] and [`read_hgt`].
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
            let bytes = std::fs::read(path).map_err(|error| Error::read(path, error))?;
            match path.extension() {
                Some(ending) if ending.eq_ignore_ascii_case("hgt") => read_hgt(&bytes, name),
                _ => read_geotiff(&bytes, name),
            }
        }
    }
}
