//! A plane of its own for a corridor.

use super::{Coord, LonLat, Projected, TransverseMercator};
use crate::error::{Error, Result};

/// A transverse Mercator plane whose meridian and scale suit given places best.
///
/// The meridian lies in the middle; the scale on it is lowered so that the greatest lengthening
/// at the edges equals the shortening in the middle. UTM distorts by 400 ppm on its meridian;
/// a corridor 100 km wide needs 15.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalZone {
    plane: TransverseMercator,
    distortion_ppm: f64,
}

impl LocalZone {
    /// The plane along the given places. Origin: the meridian, and the equator.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if they span more than 17 degrees of longitude, or there are none.
    pub fn along(places: &[LonLat]) -> Result<Self> {
        let lons = || places.iter().map(|place| place.lon_deg);
        let (west, east) =
            (lons().fold(f64::INFINITY, f64::min), lons().fold(-f64::INFINITY, f64::max));
        if places.is_empty() {
            return Err(Error::OutOfRange {
                item: "places".to_owned(),
                value: 0.0,
                limit: "1 and more".to_owned(),
                hint: "give the stations of the corridor".to_owned(),
            });
        }
        let meridian_deg = 0.5 * (west + east);
        let unit = TransverseMercator::new(meridian_deg, 1.0, 0.0, 0.0);
        let mut widest: f64 = 1.0;
        for place in places {
            widest = widest.max(unit.project(*place)?.scale_ratio);
        }
        // On the meridian the unit plane has scale 1, at the edges `widest`.
        let scale_ratio = 2.0 / (1.0 + widest);
        Ok(Self {
            plane: TransverseMercator::new(meridian_deg, scale_ratio, 0.0, 0.0),
            distortion_ppm: (1.0 - scale_ratio) * 1e6,
        })
    }

    /// The greatest error of a length over the places, parts per million.
    #[must_use]
    pub fn distortion_ppm(&self) -> f64 {
        self.distortion_ppm
    }

    /// From the ellipsoid to the plane.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] too far from the meridian.
    pub fn forward(&self, place: LonLat) -> Result<Coord> {
        self.plane.forward(place)
    }

    /// From the ellipsoid to the plane, with convergence and scale.
    ///
    /// # Errors
    /// As [`forward`](Self::forward).
    pub fn project(&self, place: LonLat) -> Result<Projected> {
        self.plane.project(place)
    }

    /// From the plane to the ellipsoid.
    ///
    /// # Errors
    /// As [`forward`](Self::forward).
    pub fn inverse(&self, coord: Coord) -> Result<LonLat> {
        self.plane.inverse(coord)
    }
}
