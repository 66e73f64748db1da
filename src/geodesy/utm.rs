//! Universal transverse Mercator zones.

use super::{Coord, LonLat, Projected, TransverseMercator};
use crate::error::{Error, Result};

/// UTM ends here; the poles have a projection of their own.
pub const MAX_UTM_LAT_DEG: f64 = 84.0;

/// A UTM zone of WGS 84.
///
/// ```
/// use railcorridor::geodesy::{LonLat, Utm};
///
/// let herat = LonLat::new(62.19967, 34.34817)?;
/// let zone = Utm::of(herat)?;
/// assert_eq!((zone.zone(), zone.epsg()), (41, 32641));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Utm {
    zone: u8,
    north: bool,
    plane: TransverseMercator,
}

impl Utm {
    /// Zone 1 to 60, northern or southern.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for another zone.
    pub fn new(zone: u8, north: bool) -> Result<Self> {
        if !(1..=60).contains(&zone) {
            return Err(Error::OutOfRange {
                item: "UTM zone".to_owned(),
                value: f64::from(zone),
                limit: "1 to 60".to_owned(),
                hint: "the corridor Turgundi-Spin Boldak lies in 41 and 42".to_owned(),
            });
        }
        let false_northing_m = if north { 0.0 } else { 10_000_000.0 };
        let central_meridian_deg = f64::from(zone) * 6.0 - 183.0;
        let plane =
            TransverseMercator::new(central_meridian_deg, 0.9996, 500_000.0, false_northing_m);
        Ok(Self { zone, north, plane })
    }

    /// The zone in which a place lies, without the exceptions of Norway and Svalbard.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] beyond [`MAX_UTM_LAT_DEG`].
    pub fn of(place: LonLat) -> Result<Self> {
        let LonLat { lon_deg, lat_deg } = within(place)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 60")]
        let zone = ((lon_deg + 180.0) / 6.0).floor().clamp(0.0, 59.0) as u8 + 1;
        Self::new(zone, lat_deg >= 0.0)
    }

    /// Number of the zone.
    #[must_use]
    pub fn zone(&self) -> u8 {
        self.zone
    }

    /// Its EPSG code.
    #[must_use]
    pub fn epsg(&self) -> u32 {
        u32::from(self.zone) + if self.north { 32_600 } else { 32_700 }
    }

    /// From the ellipsoid to the plane.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] beyond [`MAX_UTM_LAT_DEG`] or too far from the zone's meridian.
    pub fn forward(&self, place: LonLat) -> Result<Coord> {
        self.plane.forward(within(place)?)
    }

    /// From the ellipsoid to the plane, with convergence and scale.
    ///
    /// # Errors
    /// As [`forward`](Self::forward).
    pub fn project(&self, place: LonLat) -> Result<Projected> {
        self.plane.project(within(place)?)
    }

    /// From the plane to the ellipsoid.
    ///
    /// # Errors
    /// As [`forward`](Self::forward).
    pub fn inverse(&self, coord: Coord) -> Result<LonLat> {
        within(self.plane.inverse(coord)?)
    }
}

fn within(place: LonLat) -> Result<LonLat> {
    if place.lat_deg.abs() <= MAX_UTM_LAT_DEG {
        return Ok(place);
    }
    Err(Error::OutOfRange {
        item: "lat_deg".to_owned(),
        value: place.lat_deg,
        limit: format!("-{MAX_UTM_LAT_DEG} to {MAX_UTM_LAT_DEG}"),
        hint: "UTM ends there".to_owned(),
    })
}
