//! A place on the ellipsoid.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Longitude and latitude on WGS 84, degrees.
///
/// ```
/// use railcorridor::geodesy::LonLat;
///
/// let herat = LonLat::new(62.19967, 34.34817)?;
/// assert_eq!(herat.lat_deg, 34.34817);
/// assert!(LonLat::new(34.3, 162.2).is_err());
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct LonLat {
    /// Degrees east, -180 to 180.
    pub lon_deg: f64,
    /// Degrees north, -90 to 90.
    pub lat_deg: f64,
}

impl LonLat {
    /// A place, checked.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless the longitude is within 180 and the latitude within 90
    /// degrees.
    pub fn new(lon_deg: f64, lat_deg: f64) -> Result<Self> {
        within("lon_deg", lon_deg, 180.0)?;
        within("lat_deg", lat_deg, 90.0)?;
        Ok(Self { lon_deg, lat_deg })
    }
}

fn within(item: &str, value: f64, limit: f64) -> Result<()> {
    if value.abs() <= limit {
        return Ok(());
    }
    Err(Error::OutOfRange {
        item: item.to_owned(),
        value,
        limit: format!("{} to {limit}", -limit),
        hint: "degrees, longitude first; are they swapped?".to_owned(),
    })
}
