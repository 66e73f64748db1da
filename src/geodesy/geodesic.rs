//! Shortest lines on the ellipsoid.

use geographiclib_rs::{DirectGeodesic, Geodesic as Solver, InverseGeodesic};

use super::{LonLat, lon_lat::wrap_deg};
use crate::{Error, Result};

/// The shortest line between two places on the WGS 84 ellipsoid.
///
/// Solved by the method of Karney, "Algorithms for geodesics", Journal of Geodesy 87 (2013),
/// 43-55, which also converges for places nearly opposite to each other; good to 15 nm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geodesic {
    /// Its length.
    pub length_m: f64,
    /// Direction at the first place, clockwise from north, from -180 to 180.
    pub azimuth_from_deg: f64,
    /// Direction at the second place, in the same sense: onwards, not back.
    pub azimuth_to_deg: f64,
}

/// The geodesic between two places, with its directions at both.
///
/// # Example
///
/// Along the equator it runs due east; a degree there is 111.32 km:
///
/// ```
/// use railcorridor::geodesy::{LonLat, geodesic};
///
/// let line = geodesic(LonLat::new(61.0, 0.0)?, LonLat::new(62.0, 0.0)?);
/// assert_eq!((line.azimuth_from_deg, line.azimuth_to_deg), (90.0, 90.0));
/// assert!((line.length_m - 111_319.491).abs() < 0.001);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn geodesic(from: LonLat, to: LonLat) -> Geodesic {
    let (length_m, azimuth_from_deg, azimuth_to_deg, _) =
        Solver::wgs84().inverse(from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg);
    Geodesic { length_m, azimuth_from_deg, azimuth_to_deg }
}

/// The length of the geodesic between two places.
///
/// # Example
///
/// From the equator to the pole, the length that the metre was made from:
///
/// ```
/// use railcorridor::geodesy::{LonLat, distance_m};
///
/// let quarter_meridian_m = distance_m(LonLat::new(62.0, 0.0)?, LonLat::new(62.0, 90.0)?);
/// assert!((quarter_meridian_m - 10_001_965.729).abs() < 0.001);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    Solver::wgs84().inverse(from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg)
}

/// The place at a distance along the geodesic that leaves in a direction.
///
/// A negative distance goes backwards.
///
/// # Errors
///
/// [`Error::OutOfRange`] if the direction or the distance is not finite.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::{LonLat, destination};
///
/// let place = destination(LonLat::new(62.0, 0.0)?, 0.0, 10_001_965.729)?; // due north
/// assert!((place.lat_deg - 90.0).abs() < 1e-7);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn destination(from: LonLat, azimuth_deg: f64, distance_m: f64) -> Result<LonLat> {
    for (item, value) in [("azimuth_deg", azimuth_deg), ("distance_m", distance_m)] {
        if !value.is_finite() {
            return Err(Error::OutOfRange {
                item: item.to_owned(),
                value,
                limit: "the finite numbers".to_owned(),
                hint: "give a number".to_owned(),
            });
        }
    }
    let (lat_deg, lon_deg) =
        Solver::wgs84().direct(from.lat_deg, from.lon_deg, azimuth_deg, distance_m);
    LonLat::new(wrap_deg(lon_deg), lat_deg)
}

/// The length of a line through places in order, each joined to the next by a geodesic.
///
/// Zero for fewer than two places.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::{LonLat, polyline_length_m};
///
/// let equator = [61.0, 61.5, 62.0].map(|lon_deg| LonLat { lon_deg, lat_deg: 0.0 });
/// assert!((polyline_length_m(&equator) - 111_319.491).abs() < 0.001);
/// ```
pub fn polyline_length_m(places: &[LonLat]) -> f64 {
    let legs = places.iter().zip(places.iter().skip(1));
    legs.map(|(&from, &to)| distance_m(from, to)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(lon_deg: f64, lat_deg: f64) -> LonLat {
        LonLat::new(lon_deg, lat_deg).unwrap()
    }

    #[test]
    fn places_opposite_to_each_other() {
        // Over the pole: half a meridian, the shortest way on a flattened ellipsoid.
        let antipodes = geodesic(place(62.0, 0.0), place(-118.0, 0.0));
        assert!((antipodes.length_m - 20_003_931.459).abs() < 0.001);
        // The nearly antipodal line of Karney (2013), section 5, table 4.
        let hard = geodesic(place(0.0, -30.0), place(179.8, 29.9));
        assert!((hard.length_m - 19_989_832.827_610).abs() < 1e-6);
        assert!((hard.azimuth_from_deg - 161.890_524_736_33).abs() < 1e-10);
    }

    #[test]
    fn no_length_between_a_place_and_itself() {
        let here = place(62.0, 35.0);
        assert_eq!(distance_m(here, here), 0.0);
        assert_eq!(polyline_length_m(&[]), 0.0);
        assert_eq!(polyline_length_m(&[here]), 0.0);
    }

    #[test]
    fn destination_crosses_the_date_line_and_refuses_nonsense() {
        let west = destination(place(179.9, 0.0), 90.0, 50_000.0).unwrap();
        assert!(west.lon_deg < -179.0);
        assert!(destination(west, f64::NAN, 1.0).is_err());
        assert!(destination(west, 0.0, f64::INFINITY).is_err());
    }
}
