//! The sixty zones of the Universal Transverse Mercator grid.

use super::{Coord, LonLat, TransverseMercator};
use crate::{Error, Result};

/// Half of the globe, for the false northing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hemisphere {
    /// Northings count from the equator: EPSG 326xx.
    North,
    /// Northings count from 10 000 km south of the equator: EPSG 327xx.
    South,
}

/// One zone of UTM, on WGS 84.
///
/// A transverse Mercator projection about the meridian 6 zone - 183 degrees, with scale 0.9996 on
/// it and false easting 500 km (NGA.SIG.0012, 2014, chapter 7). A place may lie outside its zone,
/// as corridors do, as far as [`TransverseMercator`] allows.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::{LonLat, UtmZone};
///
/// let zone = UtmZone::of(LonLat::new(62.19967, 34.34817)?)?; // Herat
/// assert_eq!((zone.number(), zone.epsg()), (41, 32641));
/// let meridian = LonLat::new(63.0, 34.0)?;
/// assert_eq!(zone.forward(meridian)?.e_m, 500_000.0);
/// assert_eq!(zone.projection().grid_factors(meridian)?.scale_ratio, 0.9996);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct UtmZone {
    number: u8,
    hemisphere: Hemisphere,
    projection: TransverseMercator,
}

impl UtmZone {
    /// Latitude beyond which UTM is not used; the polar grid takes its place.
    pub const MAX_LAT_DEG: f64 = 84.0;

    /// A zone by its number, 1 to 60.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there is no such zone.
    pub fn new(number: u8, hemisphere: Hemisphere) -> Result<Self> {
        if !(1..=60).contains(&number) {
            return Err(Error::OutOfRange {
                item: "UTM zone".to_owned(),
                value: f64::from(number),
                limit: "1 to 60".to_owned(),
                hint: "zone 1 begins at 180 W, zone 41 spans 60 to 66 E".to_owned(),
            });
        }
        let false_northing_m = match hemisphere {
            Hemisphere::North => 0.0,
            Hemisphere::South => 10_000_000.0,
        };
        let meridian_deg = 6.0 * f64::from(number) - 183.0;
        Ok(Self {
            number,
            hemisphere,
            projection: TransverseMercator::new(meridian_deg, 0.9996, 500_000.0, false_northing_m)?,
        })
    }

    /// The zone in which a place lies, with the wider zones of Norway and Svalbard.
    ///
    /// A place on the border of two zones belongs to the eastern one, on the equator to the
    /// northern.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the latitude is beyond 84 degrees.
    pub fn of(place: LonLat) -> Result<Self> {
        check_lat(place)?;
        let LonLat { lon_deg, lat_deg } = place;
        // 180 E is 180 W. The cast saturates, so that a wild longitude is refused by `new`.
        let number = (((lon_deg + 180.0) / 6.0).floor() as u8 % 60).saturating_add(1);
        let number = if (56.0..64.0).contains(&lat_deg) && (3.0..12.0).contains(&lon_deg) {
            32
        } else if lat_deg >= 72.0 && (0.0..42.0).contains(&lon_deg) {
            match lon_deg {
                ..9.0 => 31,
                ..21.0 => 33,
                ..33.0 => 35,
                _ => 37,
            }
        } else {
            number
        };
        let hemisphere = if lat_deg < 0.0 { Hemisphere::South } else { Hemisphere::North };
        Self::new(number, hemisphere)
    }

    /// The zone with an EPSG code, 32601 to 32660 or 32701 to 32760.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] for any other code.
    pub fn from_epsg(code: u32) -> Result<Self> {
        let (hemisphere, number) = match code {
            32_601..=32_660 => (Hemisphere::North, code - 32_600),
            32_701..=32_760 => (Hemisphere::South, code - 32_700),
            _ => (Hemisphere::North, 0),
        };
        match u8::try_from(number) {
            Ok(number @ 1..) => Self::new(number, hemisphere),
            _ => Err(Error::Unknown {
                what: "UTM zone",
                name: format!("EPSG:{code}"),
                hint: "EPSG:32601 to 32660 are north, 32701 to 32760 south of the equator"
                    .to_owned(),
            }),
        }
    }

    /// Its number, 1 to 60.
    pub fn number(&self) -> u8 {
        self.number
    }

    /// Its half of the globe.
    pub fn hemisphere(&self) -> Hemisphere {
        self.hemisphere
    }

    /// Its EPSG code.
    pub fn epsg(&self) -> u32 {
        let base = match self.hemisphere {
            Hemisphere::North => 32_600,
            Hemisphere::South => 32_700,
        };
        base + u32::from(self.number)
    }

    /// Its projection, for convergence and scale.
    pub fn projection(&self) -> &TransverseMercator {
        &self.projection
    }

    /// The place on the grid of this zone.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the latitude is beyond 84 degrees or the place too far from the
    /// central meridian.
    pub fn forward(&self, place: LonLat) -> Result<Coord> {
        check_lat(place)?;
        self.projection.forward(place)
    }

    /// The place on the ellipsoid.
    ///
    /// # Errors
    ///
    /// As [`forward`](Self::forward).
    pub fn inverse(&self, coord: Coord) -> Result<LonLat> {
        let place = self.projection.inverse(coord)?;
        check_lat(place)?;
        Ok(place)
    }
}

/// Refuses latitudes where UTM is not used, and those that are not numbers.
fn check_lat(place: LonLat) -> Result<()> {
    let limit_deg = UtmZone::MAX_LAT_DEG;
    // Coordinates at the limit must come back in spite of rounding.
    if place.lat_deg.abs() <= limit_deg + 1e-12 {
        return Ok(());
    }
    Err(Error::OutOfRange {
        item: "lat_deg".to_owned(),
        value: place.lat_deg,
        limit: format!("-{limit_deg} to {limit_deg}, where UTM is used"),
        hint: "use a TransverseMercator of your own nearer to the pole".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone_of(lon_deg: f64, lat_deg: f64) -> Option<u32> {
        let place = LonLat::new(lon_deg, lat_deg).unwrap();
        UtmZone::of(place).ok().map(|zone| zone.epsg())
    }

    #[test]
    fn zones_of_places() {
        assert_eq!(zone_of(62.2, 34.3), Some(32_641));
        assert_eq!(zone_of(66.0, 31.6), Some(32_642)); // on the border: the eastern zone
        assert_eq!(zone_of(-180.0, 0.0), Some(32_601));
        assert_eq!(zone_of(180.0, -1.0), Some(32_701));
        assert_eq!(zone_of(151.2, -33.9), Some(32_756));
        assert_eq!(zone_of(179.999_999, -84.0), Some(32_760));
        assert_eq!(zone_of(0.0, 84.1), None);
        assert_eq!(zone_of(0.0, -90.0), None);
    }

    #[test]
    fn wider_zones_of_the_north() {
        assert_eq!(zone_of(5.3, 60.4), Some(32_632)); // Bergen
        assert_eq!(zone_of(2.9, 60.4), Some(32_631));
        assert_eq!(zone_of(5.3, 64.0), Some(32_631));
        assert_eq!(zone_of(15.6, 78.2), Some(32_633)); // Longyearbyen
        assert_eq!(zone_of(8.9, 78.2), Some(32_631));
        assert_eq!(zone_of(21.0, 78.2), Some(32_635));
        assert_eq!(zone_of(41.9, 78.2), Some(32_637));
    }

    #[test]
    fn codes_there_and_back() {
        for code in (32_601..=32_660).chain(32_701..=32_760) {
            assert_eq!(UtmZone::from_epsg(code).unwrap().epsg(), code);
        }
        for code in [0, 4326, 32_600, 32_661, 32_700, 32_761, u32::MAX] {
            assert!(UtmZone::from_epsg(code).is_err());
        }
        assert!(UtmZone::new(0, Hemisphere::North).is_err());
        assert!(UtmZone::new(61, Hemisphere::North).is_err());
    }

    #[test]
    fn polar_places_are_refused_both_ways() {
        let zone = UtmZone::new(41, Hemisphere::North).unwrap();
        let at = |lat_deg| LonLat::new(63.0, lat_deg).unwrap();
        let limit = zone.forward(at(84.0)).unwrap();
        assert!(zone.inverse(limit).is_ok());
        assert!(zone.forward(at(84.001)).is_err());
        let beyond = zone.projection().forward(at(84.001)).unwrap();
        assert!(zone.inverse(beyond).is_err());
    }

    #[test]
    fn the_south_counts_from_ten_thousand_kilometres() {
        let place = LonLat::new(63.0, 0.0).unwrap();
        let south = UtmZone::new(41, Hemisphere::South).unwrap();
        assert_eq!(south.forward(place).unwrap().n_m, 10_000_000.0);
    }
}
