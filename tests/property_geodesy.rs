//! What must hold for geodesics and projections at any place.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::geodesy::{
    Coord, LonLat, TransverseMercator, UtmZone, destination, distance_m, geodesic,
    polyline_length_m,
};

/// The solver is good to 15 nm (Karney 2013); two answers may differ by twice that.
const GEODESIC_M: f64 = 3e-8;

/// A number between two, in steps of 2^-32 of their distance, both ends included.
fn between(u: &mut Unstructured, low: f64, high: f64) -> Result<f64> {
    let share = f64::from(u.arbitrary::<u32>()?) / f64::from(u32::MAX);
    Ok((low + (high - low) * share).clamp(low, high))
}

fn place(u: &mut Unstructured) -> Result<LonLat> {
    place_within(u, (-180.0, 180.0), 90.0)
}

fn place_within(u: &mut Unstructured, lon_deg: (f64, f64), lat_deg: f64) -> Result<LonLat> {
    let lon_deg = between(u, lon_deg.0, lon_deg.1)?;
    Ok(LonLat::new(lon_deg, between(u, -lat_deg, lat_deg)?).expect("in range"))
}

#[test]
fn distance_is_the_same_both_ways() {
    property(|u| {
        let (a, b) = (place(u)?, place(u)?);
        let (there_m, back_m) = (distance_m(a, b), distance_m(b, a));
        assert!((there_m - back_m).abs() <= GEODESIC_M, "{a:?} {b:?}");
        assert!((geodesic(a, b).length_m - there_m).abs() <= GEODESIC_M);
        // No two places are farther apart than half a meridian.
        assert!((0.0..=20_003_931.459).contains(&there_m));
        Ok(())
    });
}

#[test]
fn a_way_round_is_not_shorter() {
    property(|u| {
        let (a, b, c) = (place(u)?, place(u)?, place(u)?);
        let direct_m = distance_m(a, c);
        assert!(direct_m <= polyline_length_m(&[a, b, c]) + GEODESIC_M);
        Ok(())
    });
}

#[test]
fn a_destination_lies_where_it_was_sent() {
    property(|u| {
        let (from, azimuth_deg) = (place(u)?, between(u, -180.0, 180.0)?);
        // Below the distance at which a geodesic can stop being the shortest line.
        let length_m = between(u, 0.0, 19_900_000.0)?;
        let to = destination(from, azimuth_deg, length_m).expect("finite");
        assert!((distance_m(from, to) - length_m).abs() <= GEODESIC_M);
        let line = geodesic(from, to);
        let again = destination(from, line.azimuth_from_deg, line.length_m).expect("finite");
        assert!(distance_m(again, to) <= 2.0 * GEODESIC_M, "{from:?} {to:?}");
        Ok(())
    });
}

#[test]
fn a_place_comes_back_from_the_grid() {
    property(|u| {
        let meridian_deg = between(u, -180.0, 180.0)?;
        let scale_ratio = between(u, 0.9, 1.1)?;
        let grid = TransverseMercator::new(meridian_deg, scale_ratio, 500_000.0, 0.0)
            .expect("a sound grid");
        let east_deg = between(u, -8.499_999, 8.499_999)?;
        let lon_deg = (meridian_deg + east_deg + 540.0).rem_euclid(360.0) - 180.0;
        let here = LonLat::new(lon_deg, between(u, -90.0, 90.0)?).expect("in range");
        let there = grid.forward(here).expect("within reach");
        let back = grid.inverse(there).expect("its own image");
        assert!(distance_m(here, back) <= 1e-8, "{here:?} {back:?}");
        Ok(())
    });
}

#[test]
fn any_number_gives_a_place_or_an_error() {
    property(|u| {
        let grid = TransverseMercator::new(63.0, 0.9996, 500_000.0, 0.0).expect("UTM 41");
        let [lon_deg, lat_deg, e_m, n_m] = u.arbitrary::<[f64; 4]>()?;
        if let Ok(coord) = grid.forward(LonLat { lon_deg, lat_deg }) {
            assert!(coord.e_m.is_finite() && coord.n_m.is_finite());
        }
        let near = Coord { e_m: e_m % 2e6, n_m: n_m % 2e7 };
        for coord in [Coord { e_m, n_m }, near] {
            if let Ok(there) = grid.inverse(coord) {
                let back = grid.forward(there).expect("within reach");
                assert!(back.distance_m(coord) <= 1e-8, "{coord:?} {back:?}");
            }
        }
        Ok(())
    });
}

/// The length on the ellipsoid of a straight line on the grid, by Simpson's rule over 1 / scale.
fn ellipsoidal_length_m(zone: &UtmZone, from: Coord, to: Coord) -> f64 {
    let at = |share: f64| {
        let coord = Coord {
            e_m: from.e_m + share * (to.e_m - from.e_m),
            n_m: from.n_m + share * (to.n_m - from.n_m),
        };
        let place = zone.inverse(coord).expect("within reach");
        let factors = zone.projection().grid_factors(place);
        1.0 / factors.expect("within reach").scale_ratio
    };
    from.distance_m(to) * (at(0.0) + 4.0 * at(0.5) + at(1.0)) / 6.0
}

#[test]
fn neighbour_zones_agree_on_the_geodesic() {
    property(|u| {
        let west = UtmZone::from_epsg(32_641).expect("UTM 41");
        let east = UtmZone::from_epsg(32_642).expect("UTM 42");
        // About their common border, 66 E.
        let a = place_within(u, (65.0, 67.0), 75.0)?;
        let b = destination(a, between(u, -180.0, 180.0)?, between(u, 1.0, 10_000.0)?);
        let b = b.expect("finite");
        let length_m = distance_m(a, b);
        for zone in [&west, &east] {
            let [from, to] = [a, b].map(|place| zone.forward(place).expect("within reach"));
            // The geodesic bends on the grid by E / R^2, 1.1e-8 a metre at 4 deg from the
            // meridian, so that the straight line is longer by L^3 / 24 times its square: 5e-6 m.
            let grid_m = ellipsoidal_length_m(zone, from, to);
            assert!((grid_m - length_m).abs() <= 1e-5, "{zone:?} {a:?} {b:?}: {grid_m}");
        }
        Ok(())
    });
}
