//! Places on the ellipsoid and on a plane: geodesics, transverse Mercator, UTM and local zones.
//!
//! All on WGS 84. Distances on the ellipsoid come from [`distance_m`]; a plane to draw and to
//! compute on comes from [`Utm`], or from a [`LocalZone`] laid along a corridor so that it
//! distorts least. Any other system needs the feature `proj`.

mod coord;
mod ellipsoid;
mod geodesic;
mod lon_lat;
#[cfg(feature = "proj")]
mod proj;
mod transverse_mercator;
mod utm;
mod zone;

pub use coord::Coord;
pub use ellipsoid::Ellipsoid;
pub use geodesic::{azimuth_deg, destination, distance_m, length_m, point_at};
pub use lon_lat::LonLat;
#[cfg(feature = "proj")]
pub use proj::Projection;
pub use transverse_mercator::{MAX_FROM_MERIDIAN_DEG, Projected, TransverseMercator};
pub use utm::{MAX_UTM_LAT_DEG, Utm};
pub use zone::LocalZone;
