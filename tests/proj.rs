//! Our projections against PROJ; needs the feature `proj`.

#![cfg(feature = "proj")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use railcorridor::geodesy::{
    Coord, Crs, Hemisphere, LocalZone, LonLat, TransverseMercator, UtmZone, distance_m,
};

/// 2,000 places over the range of the projection, spread evenly by two irrational steps.
fn places(meridian_deg: f64) -> impl Iterator<Item = LonLat> {
    (0..2000_u32).map(move |i| {
        let [u, v] = [0.754_877_666, 0.569_840_291].map(|step| (f64::from(i) * step).fract());
        LonLat::new(meridian_deg - 8.5 + 17.0 * u, -84.0 + 168.0 * v).unwrap()
    })
}

fn worst_m(ours: &TransverseMercator, theirs: &Crs, meridian_deg: f64) -> (f64, f64) {
    let mut worst_m = (0.0_f64, 0.0_f64);
    for place in places(meridian_deg) {
        let coord = theirs.forward(place).unwrap();
        worst_m.0 = worst_m.0.max(ours.forward(place).unwrap().distance_m(coord));
        let back = theirs.inverse(coord).unwrap();
        worst_m.1 = worst_m.1.max(distance_m(back, place));
    }
    worst_m
}

#[test]
fn utm_41_north_equals_ours() {
    let ours = UtmZone::new(41, Hemisphere::North).unwrap();
    for name in ["EPSG:32641", "32641", "+proj=utm +zone=41 +datum=WGS84"] {
        let theirs = Crs::new(name).unwrap();
        let (forward_m, back_m) = worst_m(ours.projection(), &theirs, 63.0);
        assert!(forward_m <= 1e-6, "{name}: {forward_m} m");
        assert!(back_m <= 1e-6, "{name}: {back_m} m");
    }
}

#[test]
fn a_local_zone_tells_proj_what_it_is() {
    let ends = [(62.283, 35.25), (66.4, 31.0)];
    let corridor = ends.map(|(lon_deg, lat_deg)| LonLat { lon_deg, lat_deg });
    let ours = LocalZone::along(&corridor).unwrap().projection;
    let theirs = Crs::new(&ours.proj_string()).unwrap();
    let (forward_m, _) = worst_m(&ours, &theirs, ours.central_meridian_deg());
    assert!(forward_m <= 1e-6, "{forward_m} m");
}

#[test]
fn a_soviet_grid_has_a_datum_shift() {
    // Pulkovo 1942, Gauss-Krueger zone 11: some hundred metres from WGS 84 on the ground.
    let crs = Crs::new("EPSG:28411").unwrap();
    let herat = LonLat::new(62.19967, 34.34817).unwrap();
    let coord = crs.forward(herat).unwrap();
    assert!((11_000_000.0..12_000_000.0).contains(&coord.e_m), "{coord:?}");
    assert!(distance_m(crs.inverse(coord).unwrap(), herat) < 0.01);
}

#[test]
fn refuses_in_our_own_words() {
    for (name, word) in [
        ("EPSG:1", "does not know"),
        ("no such grid", "does not know"),
        ("", "does not know"),
        ("nul\0byte", "does not know"),
        ("EPSG:4326", "Geographic"),
        ("EPSG:4978", "Geodetic"),
        ("EPSG:2263", "foot"),
    ] {
        let error = Crs::new(name).unwrap_err().to_string();
        assert!(error.contains(word), "{name}: {error}");
        assert!(error.contains("EPSG:32641"), "{name}: {error}");
    }
}

#[test]
fn refuses_a_point_that_it_cannot_do() {
    let crs = Crs::new("EPSG:32641").unwrap();
    let nowhere = Coord { e_m: f64::INFINITY, n_m: 0.0 };
    assert!(crs.inverse(nowhere).is_err());
}
