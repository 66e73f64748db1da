//! A plane fitted to one corridor.

use super::{LonLat, TransverseMercator};
use crate::{Error, Result};

/// A transverse Mercator zone whose meridian and scale suit one corridor best.
///
/// Lengths on a plane differ from those on the ellipsoid; a UTM zone shortens them by 0.4 m a
/// kilometre at its middle whether a corridor needs that or not. Here the central meridian is the
/// one about which the largest scale along the corridor is least, and the scale on it is chosen so
/// that the largest shortening equals the largest lengthening: with k the largest scale for a
/// true central meridian, k0 = 2 / (1 + k) and the distortion is (k - 1) / (k + 1).
///
/// # Example
///
/// From Turgundi to Spin Boldak, 4.1 degrees of longitude, UTM zone 41 distorts lengths up to
/// 0.9 m a kilometre, the zone of its own 0.24 m:
///
/// ```
/// use railcorridor::geodesy::{LocalZone, LonLat, UtmZone};
///
/// let corridor = [(62.283, 35.250), (62.2, 34.348), (65.72, 31.62), (66.4, 31.0)];
/// let corridor = corridor.map(|(lon_deg, lat_deg)| LonLat { lon_deg, lat_deg });
/// let zone = LocalZone::along(&corridor)?;
/// assert!((zone.projection.central_meridian_deg() - 64.25).abs() < 0.1);
/// assert!((zone.distortion_ppm - 239.0).abs() < 1.0); // millimetres a kilometre
///
/// let utm = UtmZone::from_epsg(32641)?;
/// let at_spin_boldak = utm.projection().grid_factors(corridor[3])?;
/// assert!((at_spin_boldak.scale_ratio - 1.000_9).abs() < 1e-5);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LocalZone {
    /// The projection: false easting 500 km, false northing 0, or 10 000 km if any of the
    /// corridor lies south of the equator.
    pub projection: TransverseMercator,
    /// The largest distortion of a length along the corridor, either way, in parts per million,
    /// which are millimetres a kilometre.
    pub distortion_ppm: f64,
}

impl LocalZone {
    /// Steps of the search for the meridian; each shrinks the range to 0.618 of it, so that 45
    /// leave 4e-10 of the corridor's width.
    const STEPS: usize = 45;

    /// The best zone for a line through places in order.
    ///
    /// The line between the places counts too: wherever it crosses the central meridian the
    /// scale is k0, even if no place lies there.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there is no place, or the line reaches over 17 degrees of
    /// longitude: no one zone holds it.
    ///
    /// # Complexity
    ///
    /// 45 times the scale at every place.
    pub fn along(places: &[LonLat]) -> Result<Self> {
        let (west_deg, east_deg) = longitudes_deg(places)?;
        // A place on the edge must not be refused for the rounding of the meridian.
        let reach_deg = TransverseMercator::MAX_FROM_MERIDIAN_DEG - 1e-9;
        let width_deg = east_deg - west_deg;
        if !(width_deg <= 2.0 * reach_deg) {
            return Err(Error::OutOfRange {
                item: "width of the corridor in degrees of longitude".to_owned(),
                value: width_deg,
                limit: "0 to 17".to_owned(),
                hint: "divide the corridor into zones".to_owned(),
            });
        }
        let (meridian_deg, largest_ratio) = best_meridian(
            places,
            west_deg.max(east_deg - reach_deg),
            east_deg.min(west_deg + reach_deg),
        )?;
        let south = places.iter().any(|place| place.lat_deg < 0.0);
        let false_northing_m = if south { 10_000_000.0 } else { 0.0 };
        Ok(Self {
            projection: TransverseMercator::new(
                whole_turn_deg(meridian_deg),
                2.0 / (1.0 + largest_ratio),
                500_000.0,
                false_northing_m,
            )?,
            distortion_ppm: (largest_ratio - 1.0) / (largest_ratio + 1.0) * 1e6,
        })
    }
}

/// The western and the eastern end of a line; beyond 180 where it crosses the date line.
fn longitudes_deg(places: &[LonLat]) -> Result<(f64, f64)> {
    let Some(first) = places.first() else {
        return Err(Error::OutOfRange {
            item: "number of places".to_owned(),
            value: 0.0,
            limit: "1 or more".to_owned(),
            hint: "give the places of the corridor".to_owned(),
        });
    };
    let mut range_deg = (first.lon_deg, first.lon_deg);
    let mut here_deg = first.lon_deg;
    for place in places {
        LonLat::new(place.lon_deg, place.lat_deg)?;
        // From place to place the short way round, so that the date line is no border.
        here_deg += place.east_of_deg(whole_turn_deg(here_deg));
        range_deg = (range_deg.0.min(here_deg), range_deg.1.max(here_deg));
    }
    Ok(range_deg)
}

/// A longitude counted past the date line, brought back to -180 to 180.
fn whole_turn_deg(lon_deg: f64) -> f64 {
    lon_deg - 360.0 * (lon_deg / 360.0).round()
}

/// The meridian between two about which the largest scale over the places is least, and that
/// scale. Scale grows with the distance from the meridian, so the largest falls, then rises, and
/// the golden section (Kiefer 1953) finds its least.
fn best_meridian(places: &[LonLat], west_deg: f64, east_deg: f64) -> Result<(f64, f64)> {
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (west_deg, east_deg);
    let mut left = high - golden * (high - low);
    let mut right = low + golden * (high - low);
    let mut at_left = largest_scale_ratio(places, left)?;
    let mut at_right = largest_scale_ratio(places, right)?;
    for _ in 0..LocalZone::STEPS {
        if at_left <= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = largest_scale_ratio(places, left)?;
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = largest_scale_ratio(places, right)?;
        }
    }
    let meridian_deg = 0.5 * (low + high);
    Ok((meridian_deg, largest_scale_ratio(places, meridian_deg)?))
}

/// The largest scale over the places about a meridian of true scale.
fn largest_scale_ratio(places: &[LonLat], meridian_deg: f64) -> Result<f64> {
    let projection = TransverseMercator::new(whole_turn_deg(meridian_deg), 1.0, 0.0, 0.0)?;
    let mut largest_ratio = 1.0_f64;
    for &place in places {
        largest_ratio = largest_ratio.max(projection.grid_factors(place)?.scale_ratio);
    }
    Ok(largest_ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(places: &[(f64, f64)]) -> Vec<LonLat> {
        let place = |&(lon_deg, lat_deg)| LonLat::new(lon_deg, lat_deg).unwrap();
        places.iter().map(place).collect()
    }

    #[test]
    fn symmetric_ends_share_the_middle() {
        let zone = LocalZone::along(&line(&[(60.0, 33.0), (66.0, 33.0)])).unwrap();
        assert!((zone.projection.central_meridian_deg() - 63.0).abs() < 1e-6);
        let ends = [60.0, 66.0].map(|lon_deg| LonLat { lon_deg, lat_deg: 33.0 });
        for end in ends {
            let factors = zone.projection.grid_factors(end).unwrap();
            let off_ppm = (factors.scale_ratio - 1.0) * 1e6;
            assert!((off_ppm - zone.distortion_ppm).abs() < 1e-6);
        }
        let middle_ppm = (zone.projection.central_scale_ratio() - 1.0) * 1e6;
        assert!((middle_ppm + zone.distortion_ppm).abs() < 1e-6);
    }

    #[test]
    fn no_other_meridian_is_better() {
        let corridor = line(&[(62.283, 35.25), (62.2, 34.35), (65.72, 31.62), (66.4, 31.0)]);
        let best = LocalZone::along(&corridor).unwrap();
        let found_ratio =
            largest_scale_ratio(&corridor, best.projection.central_meridian_deg()).unwrap();
        for step in 0..=400 {
            let meridian_deg = 62.2 + f64::from(step) * (66.4 - 62.2) / 400.0;
            assert!(largest_scale_ratio(&corridor, meridian_deg).unwrap() >= found_ratio - 1e-12);
        }
    }

    #[test]
    fn a_meridian_and_a_single_place_are_not_distorted() {
        for places in [&[(62.0, 34.0)][..], &[(62.0, 30.0), (62.0, 36.0)][..]] {
            let zone = LocalZone::along(&line(places)).unwrap();
            assert!(zone.distortion_ppm < 1e-9);
            assert!((zone.projection.central_meridian_deg() - 62.0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_widest_corridor_and_one_too_wide() {
        let widest = line(&[(50.1, 0.0), (67.099_999, 50.0)]);
        assert!(LocalZone::along(&widest).is_ok());
        assert!(LocalZone::along(&line(&[(50.0, 0.0), (67.1, 0.0)])).is_err());
        assert!(LocalZone::along(&[]).is_err());
    }

    #[test]
    fn the_date_line_is_no_border() {
        let zone = LocalZone::along(&line(&[(179.0, -17.0), (-179.0, -18.0)])).unwrap();
        assert!(zone.projection.central_meridian_deg().abs() > 179.0);
        assert!(zone.distortion_ppm < 100.0);
        assert!(zone.projection.proj_string().contains("+y_0=10000000"));
    }
}
