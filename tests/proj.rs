//! Our projections against PROJ; needs the feature `proj`.

#![cfg(feature = "proj")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use railcorridor::geodesy::{LonLat, Projection, Utm};

#[test]
fn utm_agrees_with_proj_at_2000_points() {
    let ours = Utm::new(41, true).unwrap();
    let theirs = Projection::new("EPSG:32641").unwrap();
    for i in 0..2_000_u32 {
        // A low-discrepancy walk over the zone and its neighbours.
        let (u, v) =
            ((f64::from(i) * 0.754_877_666).fract(), (f64::from(i) * 0.569_840_291).fract());
        let place = LonLat::new(57.0 + 12.0 * u, -0.5 + 84.0 * v).unwrap();
        let (a, b) = (ours.forward(place).unwrap(), theirs.forward(place).unwrap());
        assert!((a.e_m - b.e_m).hypot(a.n_m - b.n_m) <= 1e-6, "{place:?}: {a:?} {b:?}");
        let back = theirs.inverse(a).unwrap();
        assert!((back.lon_deg - place.lon_deg).abs() < 1e-11, "{place:?}: {back:?}");
    }
}

#[test]
fn a_projection_that_is_none_is_an_error() {
    for name in ["EPSG:999999", "", "+proj=nonsense", "\0"] {
        let error = Projection::new(name).err().unwrap().to_string();
        assert!(error.contains("write an EPSG code"), "{error}");
    }
}

#[test]
fn a_proj_string_works() {
    let stereographic = Projection::new("+proj=stere +lat_0=34 +lon_0=62 +datum=WGS84").unwrap();
    let origin = stereographic.forward(LonLat::new(62.0, 34.0).unwrap()).unwrap();
    assert!(origin.e_m.abs() < 1e-6 && origin.n_m.abs() < 1e-6);
}
