//! Whole designs that must pass: zones, directions of existing lines, fixed points and their levels.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ops::ControlFlow;

use railcorridor::Result;
use railcorridor::Severity;
use railcorridor::design::{DesignOptions, TieIn, Track, design, designs};
use railcorridor::geodesy::{LonLat, UtmZone, distance_m, geodesic};
use railcorridor::model::{Segment, Standard, Station, Study};
use railcorridor::route::{LevelOptions, Options, search};
use railcorridor::terrain::{Grid, MapFeature, Polygon, Zone, ZoneKind, ZoneRule, plane};

/// Where the stations lie, well off the nodes of the terrain.
const WEST: LonLat = LonLat { lon_deg: 2.853, lat_deg: 0.004 };
const EAST: LonLat = LonLat { lon_deg: 3.149, lat_deg: 0.061 };

/// A slope about 3 degrees east on the equator, in the middle of zone 31, that rises by a permille
/// to the east.
fn slope() -> Grid {
    let around_zero = plane(41, 61, 900.0, 1.0, 0.0).unwrap();
    let origin = around_zero.place(0, 0);
    let step_deg = around_zero.place(0, 1).lon_deg - origin.lon_deg;
    let north_deg = origin.lat_deg - around_zero.place(1, 0).lat_deg;
    let heights_m = (0..41 * 61).map(|cell: u32| 0.9 * f64::from(cell % 61)).map(|m| m as f32);
    let origin = LonLat { lon_deg: origin.lon_deg + 3.0, ..origin };
    Grid::new(61, origin, step_deg, north_deg, heights_m.collect()).unwrap()
}

fn study(from_bearing_deg: Option<f64>, to_bearing_deg: Option<f64>) -> Study {
    let station = |id: &str, at: LonLat| Station {
        id: id.to_owned(),
        lon_deg: at.lon_deg,
        lat_deg: at.lat_deg,
        ..Station::default()
    };
    let segment = Segment {
        id: "line".to_owned(),
        from: "west".to_owned(),
        to: "east".to_owned(),
        from_bearing_deg,
        to_bearing_deg,
        ..Segment::default()
    };
    let stations = vec![station("west", WEST), station("east", EAST)];
    Study { stations, segments: vec![segment], ..Study::default() }
}

fn designed(study: &Study, zones: Vec<Zone>) -> Result<Track> {
    designed_to(study, zones, 1.0)
}

/// The line along a share of the cheapest way, from its beginning.
fn designed_to(study: &Study, zones: Vec<Zone>, share: f64) -> Result<Track> {
    let standard = Standard::builtin_called("1520-mixed-120").unwrap();
    // What must be passed is passed in every round.
    let options = DesignOptions { rounds: 2, ..DesignOptions::of_standard(standard)? };
    let levels = LevelOptions {
        gradient_permille: options.search_gradient_permille(),
        least_radius_m: options.least_radius_m,
        ..LevelOptions::default()
    };
    let grid = slope();
    let asked = Options { levels, zones: zones.clone(), ..Options::default() };
    let mut route = search(study, &grid, &asked)?.remove(0);
    route.points.truncate((share * route.points.len() as f64) as usize);
    let options = DesignOptions { zones, tie_ins: TieIn::of_study(study), ..options };
    design(&route, &grid, None, &options, &|_| ControlFlow::Continue(()))
}

/// Both halves of the cheapest way, each with its own line; the search knows none of the zones.
fn designed_in_halves(zones: Vec<Zone>) -> Vec<Track> {
    let standard = Standard::builtin_called("1520-mixed-120").unwrap();
    let plain = DesignOptions::of_standard(standard).unwrap();
    let options = DesignOptions { rounds: 1, zones, ..plain };
    let grid = slope();
    let all = search(&study(None, None), &grid, &Options::default()).unwrap().remove(0);
    let half = all.points.len() / 2;
    let (mut west, mut east) = (all.clone(), all);
    west.points.truncate(half + 1);
    east.points.drain(..half);
    designs(&[west, east], &grid, None, &options, &|_, _| ControlFlow::Continue(())).unwrap()
}

#[test]
fn a_fixed_point_that_no_way_passes_is_told_with_its_distance() {
    // 0.05 degrees or 5.5 km south of the way's western half, and one beyond the terrain.
    let [mine, sea] =
        [(2.9, -0.05), (40.0, 0.0)].map(|(lon_deg, lat_deg)| LonLat { lon_deg, lat_deg });
    let zones = vec![point("mine", mine, None, None), point("sea", sea, None, None)];
    let tracks = designed_in_halves(zones);
    let told = |track: &Track| {
        let missed = track.findings.iter().filter(|of| of.rule == "fixed-point-missed");
        missed.cloned().collect::<Vec<_>>()
    };
    let (west, east) = (told(&tracks[0]), told(&tracks[1]));
    assert_eq!((west.len(), east.len()), (1, 1), "{west:?} {east:?}");
    assert!(west[0].message.contains("fixed point mine"), "{west:?}");
    assert!(east[0].message.contains("fixed point sea"), "{east:?}");
    // Measured along geodesics, metre by metre of ten along the line.
    let steps = (tracks[0].length_m() / 10.0).floor() as u32;
    let off_m = |step: u32| distance_m(place(&tracks[0], 10.0 * f64::from(step)), mine);
    let least_m = (0..=steps).map(off_m).fold(f64::INFINITY, f64::min);
    let told_m: f64 = west[0].value.split(' ').next().unwrap().parse().unwrap();
    assert!(least_m > 4_000.0 && (told_m - least_m).abs() < 5e-4 * least_m, "{told_m} {least_m}");
    // The line ends at 3.149 degrees, 36.851 degrees of 111.32 km from the other.
    let told_m: f64 = east[0].value.split(' ').next().unwrap().parse().unwrap();
    assert!((told_m - 36.851 * 111_320.0).abs() < 10_000.0, "{told_m}");
}

fn zone(id: &str, kind: ZoneKind, factor_ratio: Option<f64>, polygon: Polygon) -> Zone {
    let rule = ZoneRule { kind, factor_ratio, ..ZoneRule::default() };
    Zone::of_polygons(id, &rule, vec![polygon]).unwrap()
}

fn area([west, south]: [f64; 2], [east, north]: [f64; 2]) -> Polygon {
    let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    let ring = ring.map(|(lon_deg, lat_deg)| LonLat { lon_deg, lat_deg });
    Polygon::new(ring.to_vec(), Vec::new()).unwrap()
}

fn point(id: &str, at: LonLat, bearing_deg: Option<f64>, level_m: Option<f64>) -> Zone {
    let rule = ZoneRule { kind: ZoneKind::FixedPoint, bearing_deg, level_m, ..ZoneRule::default() };
    Zone::new(id, &rule, vec![MapFeature { points: vec![at], ..MapFeature::default() }]).unwrap()
}

/// A place of the line, out of its plane.
fn place(track: &Track, distance_m: f64) -> LonLat {
    let zone = UtmZone::from_epsg(track.line.epsg.unwrap()).unwrap();
    let coord = track.line.alignment.horizontal().at(distance_m).unwrap().coord;
    zone.inverse(coord).unwrap()
}

/// The direction from one place of the line to another as geodesics have it, from true north.
fn azimuth_deg(track: &Track, from_m: f64, to_m: f64) -> f64 {
    geodesic(place(track, from_m), place(track, to_m)).azimuth_from_deg.rem_euclid(360.0)
}

fn apart_deg(a: f64, b: f64) -> f64 {
    ((a - b + 180.0).rem_euclid(360.0) - 180.0).abs()
}

#[test]
fn a_design_keeps_all_that_it_must_pass() {
    let yard = area([2.92, -0.03], [2.95, 0.035]);
    let marsh = area([3.0, -0.1], [3.06, 0.03]);
    let ford = LonLat { lon_deg: 3.0823, lat_deg: 0.0507 };
    let zones = vec![
        zone("yard", ZoneKind::Forbidden, None, yard.clone()),
        zone("marsh", ZoneKind::Avoid, Some(4.0), marsh.clone()),
        point("ford", ford, Some(95.0), Some(41.25)),
    ];
    let track = designed(&study(Some(130.0), Some(20.0)), zones).unwrap();
    let end_m = track.length_m();
    // Nothing is broken: neither the standard nor what was asked for beside it.
    let errors: Vec<_> = track.all_findings().filter(|of| of.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    // Both ends lie at the stations, in the directions that are given: azimuths of geodesics along
    // the straights of half a station.
    assert!(distance_m(place(&track, 0.0), WEST) < 1e-3);
    assert!(distance_m(place(&track, end_m), EAST) < 1e-3);
    for [from_m, to_m] in [[0.0, 50.0], [0.0, 500.0]] {
        let deg = azimuth_deg(&track, from_m, to_m);
        assert!(apart_deg(deg, 130.0) < 1e-3, "{deg}");
        let deg = azimuth_deg(&track, end_m - to_m, end_m - from_m);
        assert!(apart_deg(deg, 20.0) < 1e-3, "{deg}");
    }
    // The ford is passed at its level, on a straight, in its direction.
    let plan = track.line.alignment.horizontal();
    let zone = UtmZone::from_epsg(track.line.epsg.unwrap()).unwrap();
    let foot = plan.nearest(zone.forward(ford).unwrap()).unwrap();
    assert!(foot.offset_m.abs() < 1e-3, "{foot:?}");
    assert!(plan.at(foot.distance_m).unwrap().curvature_per_m.abs() < 1e-12);
    let deg = azimuth_deg(&track, foot.distance_m - 20.0, foot.distance_m + 20.0);
    assert!(apart_deg(deg, 95.0) < 1e-3, "{deg}");
    let level_m = track.line.alignment.profile().unwrap().at(foot.distance_m).unwrap().height_m;
    assert!((level_m - 41.25).abs() < 1e-3, "{level_m}");
    // No place of the axis lies in the yard; the marsh is gone round, as the way beside it is free.
    let steps = (end_m / 2.0).floor() as u32;
    let places: Vec<LonLat> =
        (0..=steps).map(|step| place(&track, 2.0 * f64::from(step))).collect();
    assert!(!places.iter().any(|at| yard.contains(*at)));
    assert!(!places.iter().any(|at| marsh.contains(*at)));
}

#[test]
fn a_direction_into_forbidden_ground_is_a_finding() {
    // A wall right across the station's own straight to the south, just outside of its cell.
    let wall = area([2.80, -0.006], [2.90, -0.0045]);
    let mut study = study(Some(180.0), None);
    study.stations[0].lat_deg = -0.0038;
    let track = designed(&study, vec![zone("wall", ZoneKind::Forbidden, None, wall)]).unwrap();
    assert!(apart_deg(azimuth_deg(&track, 0.0, 500.0), 180.0) < 1e-3);
    let entered: Vec<_> =
        track.all_findings().filter(|of| of.rule == "forbidden-zone-entered").collect();
    assert!(!entered.is_empty());
    assert!(entered.iter().all(|of| of.severity == Severity::Error && of.message.contains("wall")));
    // From -0.0038 to -0.0045 degrees are 7 ten-thousandths of 110.574 km: 77.4 m of line.
    assert!((entered[0].chainage_m.unwrap() - 77.4).abs() < 0.1, "{entered:?}");
}

#[test]
fn a_way_that_ends_elsewhere_has_no_direction_there() {
    let track = designed_to(&study(Some(120.0), Some(20.0)), Vec::new(), 0.5).unwrap();
    let end_m = track.length_m();
    assert!(apart_deg(azimuth_deg(&track, 0.0, 500.0), 120.0) < 1e-3);
    // Half of the way ends about 16 km from the other station, and there no line turns to 20 degrees.
    assert!(distance_m(place(&track, end_m), EAST) > 10_000.0);
    assert!(apart_deg(azimuth_deg(&track, end_m - 500.0, end_m), 20.0) > 10.0);
}

#[test]
fn what_contradicts_itself_is_named() {
    let refused = |zones: Vec<Zone>| designed(&study(None, None), zones).unwrap_err().to_string();
    // Two fixed points 250 m apart, northwards through one and southwards through the other.
    let ford = LonLat { lon_deg: 3.0, lat_deg: 0.03 };
    let gap = LonLat { lon_deg: 3.00225, lat_deg: 0.03 };
    let words =
        refused(vec![point("ford", ford, Some(0.0), None), point("gap", gap, Some(180.0), None)]);
    for part in ["fixed point ford", "fixed point gap", "180.0 degrees apart", "m apart"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    // Levels 60 m apart, 2.2 km from one another: no gradient of the standard climbs that.
    let far = LonLat { lon_deg: 3.02, lat_deg: 0.034 };
    let words =
        refused(vec![point("ford", ford, None, Some(40.0)), point("far", far, None, Some(100.0))]);
    for part in ["fixed point ford", "fixed point far"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    // What is none of a direction or height is refused as it is read.
    let rule = |bearing_deg, level_m| ZoneRule {
        kind: ZoneKind::FixedPoint,
        bearing_deg,
        level_m,
        ..ZoneRule::default()
    };
    for (rule, part) in [
        (rule(Some(720.0), None), "bearing_deg = 720 is outside 0 to 360"),
        (rule(Some(f64::NAN), None), "bearing_deg"),
        (rule(None, Some(1e5)), "level_m = 100000 is outside"),
        (ZoneRule { kind: ZoneKind::Forbidden, ..rule(Some(1.0), None) }, "bearing_deg"),
    ] {
        let words = rule.check().unwrap_err().to_string();
        assert!(words.contains(part), "{part}: {words}");
    }
    let tied = study(Some(f64::NAN), None);
    let words = designed(&tied, Vec::new()).unwrap_err().to_string();
    assert!(words.contains("bearing_deg"), "{words}");
}
