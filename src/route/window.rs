//! How much of a terrain a search needs.

use super::stops::stops;
use super::{Options, SegmentRoute};
use crate::error::{Error, Result};
use crate::geodesy::{LonLat, distance_m};
use crate::model::{Station, Study};
use crate::terrain::{Bounds, LEAST_FACTOR_RATIO, ZoneShape};

/// Metres in a degree of latitude at the equator, where there are fewest, and of longitude there;
/// farther north a degree of longitude has no fewer than this times the cosine of its latitude
/// (WGS 84, rounded down).
const LAT_DEGREE_M: f64 = 110_574.0;
const LON_DEGREE_M: f64 = 111_319.0;

/// How far the nodes of a way may lie beside it: two cells of 30 arc-seconds, metres.
const BESIDE_M: f64 = 2_000.0;

/// Ground about each leg that is taken in any case, metres.
const LEAST_REACH_M: f64 = 10_000.0;

/// Nearer to a pole than this, no box of longitude and latitude holds the ways; degrees.
const MOST_LAT_DEG: f64 = 85.0;

/// The box about all ways between the stops of a study that are no longer than so many times the
/// straight line; what a mosaic must give for a search.
///
/// A way of a length `l` lies within `l / 2` of the middle of its ends; 2 km more are taken, since
/// nodes lie beside it. Whether that was enough says [`needed_detour_ratio`].
///
/// # Errors
/// [`Error::OutOfRange`] for a ratio that is not 1 to 100, for stations near a pole, off the earth,
/// or with the antimeridian between them, and for a study without a segment.
///
/// ```
/// use railcorridor::model::{Segment, Station, Study};
/// use railcorridor::route::{Options, search_bounds};
///
/// let at = |id: &str, lon_deg| Station { id: id.into(), lon_deg, ..Station::default() };
/// let segment =
///     Segment { id: "s".into(), from: "a".into(), to: "b".into(), ..Segment::default() };
/// let study = Study {
///     stations: vec![at("a", 60.0), at("b", 61.0)],
///     segments: vec![segment],
///     ..Study::default()
/// };
/// // Twice the straight line of one degree: one degree about the middle, and 2 km.
/// let bounds = search_bounds(&study, &Options::default(), 2.0)?;
/// assert!((bounds.west_deg - 59.5).abs() < 0.03 && (bounds.north_deg - 1.0).abs() < 0.03);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn search_bounds(study: &Study, options: &Options, detour_ratio: f64) -> Result<Bounds> {
    if !(1.0..=100.0).contains(&detour_ratio) {
        return Err(Error::OutOfRange {
            item: "detour_ratio".to_owned(),
            value: detour_ratio,
            limit: "1 to 100".to_owned(),
            hint: "length of the longest way to be looked at, by the straight line".to_owned(),
        });
    }
    let mut bounds: Option<Bounds> = None;
    for stops in stops(study, options) {
        for (from, to) in stops.legs() {
            let own = about_leg(from, to, detour_ratio)?;
            bounds = Some(bounds.map_or(own, |bounds| bounds.joined(own)));
        }
    }
    bounds.ok_or_else(|| Error::OutOfRange {
        item: "number of segments of the study".to_owned(),
        value: 0.0,
        limit: "1 and more".to_owned(),
        hint: "a search needs a segment between two stations".to_owned(),
    })
}

/// The longest way, by its straight line, that might be cheaper than those found: if bounds were
/// taken for less, ways that leave them were not looked at.
///
/// A metre costs a metre of level line at least, or what preferred zones make of it.
#[must_use]
pub fn needed_detour_ratio(study: &Study, options: &Options, routes: &[SegmentRoute]) -> f64 {
    let preferred = options.zones.iter().filter_map(|zone| match zone.shape() {
        ZoneShape::Factor { factor_ratio, .. } if *factor_ratio < 1.0 => Some(*factor_ratio),
        _ => None,
    });
    // Zones may overlap.
    let least_ratio = preferred.product::<f64>().max(LEAST_FACTOR_RATIO);
    let mut needed = 1.0_f64;
    for stops in stops(study, options) {
        let Some(route) = routes.iter().find(|route| route.segment == stops.segment.id) else {
            continue;
        };
        for ((from, to), certificate) in stops.legs().zip(&route.certificates) {
            let straight_m = distance_m(place(from), place(to)).max(1.0);
            needed = needed.max(certificate.cost_m / least_ratio / straight_m);
        }
    }
    needed
}

fn about_leg(from: &Station, to: &Station, detour_ratio: f64) -> Result<Bounds> {
    let a = LonLat::new(from.lon_deg, from.lat_deg)?;
    let b = LonLat::new(to.lon_deg, to.lat_deg)?;
    if (a.lon_deg - b.lon_deg).abs() > 180.0 {
        return Err(Error::OutOfRange {
            item: format!("lon_deg of station {}", to.id),
            value: to.lon_deg,
            limit: format!("the side of the antimeridian on which {} lies", from.id),
            hint: "no terrain runs across 180 degrees here: cut the line in two there".to_owned(),
        });
    }
    let reach_m = (0.5 * detour_ratio * distance_m(a, b) + BESIDE_M).max(LEAST_REACH_M);
    let reach_lat_deg = reach_m / LAT_DEGREE_M;
    let (lon_deg, lat_deg) = (0.5 * (a.lon_deg + b.lon_deg), 0.5 * (a.lat_deg + b.lat_deg));
    let farthest_deg = lat_deg.abs() + reach_lat_deg;
    if farthest_deg > MOST_LAT_DEG {
        return Err(Error::OutOfRange {
            item: "farthest lat_deg of the ways".to_owned(),
            value: farthest_deg,
            limit: format!("-{MOST_LAT_DEG} to {MOST_LAT_DEG}"),
            hint: "take stations farther from the pole, or nearer to each other".to_owned(),
        });
    }
    let reach_lon_deg = reach_m / (LON_DEGREE_M * farthest_deg.to_radians().cos());
    let corner = |sign: f64| LonLat {
        lon_deg: (lon_deg + sign * reach_lon_deg).clamp(-180.0, 180.0),
        lat_deg: lat_deg + sign * reach_lat_deg,
    };
    Bounds::new(corner(-1.0), corner(1.0))
}

fn place(station: &Station) -> LonLat {
    LonLat { lon_deg: station.lon_deg, lat_deg: station.lat_deg }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Segment;

    fn study(ends: [(f64, f64); 2]) -> Study {
        let station = |(id, (lon_deg, lat_deg)): (&str, (f64, f64))| Station {
            id: id.into(),
            lon_deg,
            lat_deg,
            ..Station::default()
        };
        Study {
            stations: ["a", "b"].into_iter().zip(ends).map(station).collect(),
            segments: vec![Segment {
                id: "s".into(),
                from: "a".into(),
                to: "b".into(),
                ..Segment::default()
            }],
            ..Study::default()
        }
    }

    #[test]
    fn every_place_on_a_way_so_long_lies_within() {
        let ratio = 1.5;
        let ends = [(60.0, 40.0), (63.0, 45.0)];
        let bounds = search_bounds(&study(ends), &Options::default(), ratio).unwrap();
        let at = |(lon_deg, lat_deg): (f64, f64)| LonLat { lon_deg, lat_deg };
        let straight_m = distance_m(at(ends[0]), at(ends[1]));
        for east in -40..40 {
            for north in -40..40 {
                let place = at((61.5 + f64::from(east) / 5.0, 42.5 + f64::from(north) / 5.0));
                let way_m = distance_m(at(ends[0]), place) + distance_m(place, at(ends[1]));
                let inside = (bounds.west_deg..=bounds.east_deg).contains(&place.lon_deg)
                    && (bounds.south_deg..=bounds.north_deg).contains(&place.lat_deg);
                assert!(inside || way_m > ratio * straight_m, "{place:?}");
            }
        }
    }

    #[test]
    fn what_no_box_holds_is_refused() {
        let message = |ends, ratio| {
            search_bounds(&study(ends), &Options::default(), ratio).unwrap_err().to_string()
        };
        let near = [(60.0, 40.0), (61.0, 40.0)];
        assert!(message([(179.5, 40.0), (-179.5, 40.0)], 2.0).contains("antimeridian"));
        assert!(message([(60.0, 84.0), (61.0, 84.9)], 2.0).contains("pole"));
        assert!(message([(60.0, 40.0), (f64::NAN, 40.0)], 2.0).contains("lon_deg"));
        for ratio in [0.5, f64::NAN, 1e3] {
            assert!(message(near, ratio).contains("detour_ratio"));
        }
        assert!(search_bounds(&study(near), &Options::default(), 1.0).is_ok());
        let none = search_bounds(&Study::default(), &Options::default(), 2.0).unwrap_err();
        assert!(none.to_string().contains("needs a segment"));
    }
}
