//! Places on the ellipsoid and on a plane: geodesics, transverse Mercator, UTM and local zones.
//!
//! A [`LonLat`] is a place on the WGS 84 ellipsoid, a [`Coord`] a place on a projected plane.
//! Lengths between places are geodesics ([`distance_m`], [`polyline_length_m`]); a plane for
//! drawing and designing is a [`UtmZone`], or a [`LocalZone`] fitted to one corridor, which
//! distorts lengths less. Both are a [`TransverseMercator`] with chosen constants. With the
//! feature `proj`, `Crs` takes every other system that the PROJ library knows.
//!
//! # Example
//!
//! The first segment of the corridor from Turgundi, as the crow flies and on the plane:
//!
//! ```
//! use railcorridor::geodesy::{LonLat, UtmZone, distance_m};
//!
//! let turgundi = LonLat::new(62.283, 35.250)?;
//! let herat = LonLat::new(62.19967, 34.34817)?;
//! assert_eq!((distance_m(turgundi, herat) / 1000.0 * 10.0).round() / 10.0, 100.3);
//!
//! let zone = UtmZone::of(turgundi)?;
//! assert_eq!(zone.epsg(), 32641);
//! let (from, to) = (zone.forward(turgundi)?, zone.forward(herat)?);
//! assert!((from.distance_m(to) / 100_336.4 - 0.99966).abs() < 1e-5); // the scale of the zone
//! # Ok::<(), railcorridor::Error>(())
//! ```

mod coord;
mod ellipsoid;
mod geodesic;
mod krueger;
mod lon_lat;
#[cfg(feature = "proj")]
mod proj;
mod transverse_mercator;
mod utm;
mod zone;

pub use coord::Coord;
pub use ellipsoid::Ellipsoid;
pub use geodesic::{Geodesic, destination, distance_m, geodesic, polyline_length_m};
pub use lon_lat::LonLat;
#[cfg(feature = "proj")]
pub use proj::Crs;
pub use transverse_mercator::{GridFactors, TransverseMercator};
pub use utm::{Hemisphere, UtmZone};
pub use zone::LocalZone;
