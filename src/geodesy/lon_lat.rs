//! A place on the ellipsoid.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// A place on the WGS 84 ellipsoid: longitude, then latitude.
///
/// Longitude comes first everywhere in this library, as x does before y. Reading one from a file
/// (serde) makes the same checks as [`LonLat::new`].
///
/// # Units
///
/// Degrees; east and north positive.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::LonLat;
///
/// let herat = LonLat::new(62.19967, 34.34817)?;
/// assert_eq!(herat.lat_deg, 34.34817);
/// assert!(LonLat::new(34.34817, 162.19967).is_err()); // no such latitude
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct LonLat {
    /// Longitude, from -180 to 180, east positive.
    pub lon_deg: f64,
    /// Geodetic latitude, from -90 to 90, north positive.
    pub lat_deg: f64,
}

impl LonLat {
    /// A place, if it lies on the Earth.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a value is not finite, the longitude lies outside -180 to 180 or
    /// the latitude outside -90 to 90.
    pub fn new(lon_deg: f64, lat_deg: f64) -> Result<Self> {
        check_deg("lon_deg", lon_deg, 180)?;
        check_deg("lat_deg", lat_deg, 90)?;
        Ok(Self { lon_deg, lat_deg })
    }

    /// The place as people read it, to three digits of a degree (111 m): latitude first.
    ///
    /// ```
    /// use railcorridor::geodesy::LonLat;
    ///
    /// assert_eq!(LonLat::new(62.19967, -34.34817)?.words(), "34.348 S 62.200 E");
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn words(self) -> String {
        let (north, east) = (self.lat_deg >= 0.0, self.lon_deg >= 0.0);
        format!(
            "{:.3} {} {:.3} {}",
            self.lat_deg.abs(),
            if north { 'N' } else { 'S' },
            self.lon_deg.abs(),
            if east { 'E' } else { 'W' }
        )
    }

    /// Difference of longitude from a meridian, the short way round, from -180 to 180.
    pub(super) fn east_of_deg(self, meridian_deg: f64) -> f64 {
        wrap_deg(self.lon_deg - meridian_deg)
    }
}

/// A longitude or a difference of two, brought back to -180 to 180.
pub(super) fn wrap_deg(lon_deg: f64) -> f64 {
    if lon_deg > 180.0 {
        lon_deg - 360.0
    } else if lon_deg < -180.0 {
        lon_deg + 360.0
    } else {
        lon_deg
    }
}

/// Refuses an angle that is not finite or larger than `limit_deg` either way.
fn check_deg(item: &str, value: f64, limit_deg: u8) -> Result<()> {
    // Not a number is in no range, so it is refused here too.
    if value.abs() <= f64::from(limit_deg) {
        return Ok(());
    }
    Err(Error::OutOfRange {
        item: item.to_owned(),
        value,
        limit: format!("-{limit_deg} to {limit_deg}"),
        hint: "give decimal degrees, longitude first, then latitude".to_owned(),
    })
}

/// The same fields as they stand in a file, before the checks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    lon_deg: f64,
    lat_deg: f64,
}

impl TryFrom<Unchecked> for LonLat {
    type Error = Error;

    fn try_from(place: Unchecked) -> Result<Self> {
        Self::new(place.lon_deg, place.lat_deg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_not_on_earth() {
        for (lon_deg, lat_deg) in [
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
            (f64::INFINITY, 0.0),
            (180.000_001, 0.0),
            (0.0, -90.000_001),
            (1e308, 1e308),
        ] {
            assert!(LonLat::new(lon_deg, lat_deg).is_err(), "{lon_deg} {lat_deg}");
        }
        assert!(LonLat::new(-180.0, 90.0).is_ok());
    }

    #[test]
    fn reading_makes_the_same_checks() {
        let read = |text: &str| serde_json::from_str::<LonLat>(text);
        let herat = LonLat::new(62.2, 34.3).unwrap();
        let text = serde_json::to_string(&herat).unwrap();
        assert_eq!(text, r#"{"lon_deg":62.2,"lat_deg":34.3}"#);
        assert_eq!(read(&text).unwrap(), herat);
        let error = read(r#"{"lon_deg":34.3,"lat_deg":162.2}"#).unwrap_err();
        assert!(error.to_string().contains("lat_deg = 162.2"), "{error}");
        assert!(read(r#"{"lon_deg":34.3}"#).is_err());
    }

    #[test]
    fn differences_go_the_short_way_round() {
        let place = LonLat::new(-179.0, 0.0).unwrap();
        assert_eq!(place.east_of_deg(177.0), 4.0);
        assert_eq!(LonLat::new(179.0, 0.0).unwrap().east_of_deg(-177.0), -4.0);
    }
}
