//! Plans over level ground, held against zones by the polygons themselves.
#![allow(dead_code, reason = "each test uses a part")]

use railcorridor::design::{
    CurveClass, GuidePoint, PlanChoice, PlanProblem, PlaneZones, choose_plan,
};
use railcorridor::geodesy::{Coord, LonLat, UtmZone};
use railcorridor::terrain::{Polygon, Zone, ZoneKind, ZoneRule};

/// What a metre of line costs in these tests.
pub const USD_PER_M: f64 = 600.0;

/// The plane, and the place in it that tests count from: near Herat.
pub fn plane() -> (UtmZone, Coord) {
    let zone = UtmZone::new(41, railcorridor::geodesy::Hemisphere::North).unwrap();
    (zone, Coord { e_m: 420_000.0, n_m: 3_800_000.0 })
}

/// A place so far east and north of where tests count from.
pub fn at(e_m: f64, n_m: f64) -> Coord {
    let (_, origin) = plane();
    Coord { e_m: origin.e_m + e_m, n_m: origin.n_m + n_m }
}

/// The polygon with these corners.
pub fn area(corners: &[(f64, f64)]) -> Polygon {
    let (zone, _) = plane();
    let ring = corners.iter().chain(corners.first());
    let ring: Vec<LonLat> = ring.map(|&(e_m, n_m)| zone.inverse(at(e_m, n_m)).unwrap()).collect();
    Polygon::new(ring, Vec::new()).unwrap()
}

/// The box between two corners.
pub fn block([west, south]: [f64; 2], [east, north]: [f64; 2]) -> Polygon {
    area(&[(west, south), (east, south), (east, north), (west, north)])
}

pub fn zone(id: &str, kind: ZoneKind, factor_ratio: Option<f64>, areas: Vec<Polygon>) -> Zone {
    Zone::of_polygons(id, &ZoneRule { kind, factor_ratio, ..ZoneRule::default() }, areas).unwrap()
}

pub fn forbidden(areas: Vec<Polygon>) -> Zone {
    zone("yard", ZoneKind::Forbidden, None, areas)
}

/// Curves of these radii at 120 km/h, with transitions of 100 m.
pub fn curves(radii_m: &[f64]) -> Vec<CurveClass> {
    let class = |radius_m: &f64| CurveClass {
        radius_m: *radius_m,
        speed_kmh: 120.0,
        cant_m: 0.1,
        transition_m: 100.0,
    };
    radii_m.iter().map(class).collect()
}

/// A guide through these places.
pub fn guide(places: &[(f64, f64)]) -> Vec<GuidePoint> {
    places.iter().map(|&(e_m, n_m)| GuidePoint::after(None, at(e_m, n_m), 100.0, 10.0)).collect()
}

/// A guide due east, a point each kilometre.
pub fn east(km: u32) -> Vec<GuidePoint> {
    let places: Vec<(f64, f64)> = (0..=km).map(|km| (1000.0 * f64::from(km), 0.0)).collect();
    guide(&places)
}

/// A search over level ground where metres of line are all that costs.
pub fn level<'a>(
    guide: Vec<GuidePoint>,
    radii_m: &[f64],
    zones: Option<&'a PlaneZones>,
) -> PlanProblem<'a> {
    PlanProblem {
        guide,
        offsets_m: vec![-600.0, -400.0, -200.0, 200.0, 400.0, 600.0],
        curves: curves(radii_m),
        least_straight_m: 100.0,
        least_arc_m: 50.0,
        end_straight_m: [500.0, 500.0],
        gradient_permille: 10.0,
        cost_usd_per_m: &|_, _| Some(USD_PER_M),
        level_usd_per_m: USD_PER_M,
        turn_usd_per_rad: 0.0,
        curve_m_per_rad: 0.0,
        lift_usd_per_m: 0.0,
        sample_m: 250.0,
        zones,
        passes: Vec::new(),
    }
}

/// Zones about a guide.
pub fn on_plane(zones: &[Zone], guide: &[GuidePoint]) -> PlaneZones {
    let about: Vec<Coord> = guide.iter().map(|point| point.coord).collect();
    PlaneZones::new(zones, &plane().0, &about, 12_000.0).unwrap()
}

/// The cheapest plan among zones, from east to west.
pub fn among(zones: &[Zone], guide: Vec<GuidePoint>, radii_m: &[f64]) -> PlanChoice {
    let on_plane = on_plane(zones, &guide);
    choose_plan(&level(guide, radii_m, Some(&on_plane))).unwrap()
}

/// Metres of a plan inside of some polygons, by places half a metre apart in longitude and latitude.
pub fn inside_m(plan: &PlanChoice, areas: &[Polygon]) -> f64 {
    let line = plan.horizontal().unwrap();
    let (zone, _) = plane();
    let steps = (2.0 * line.length_m()).floor();
    let mut number = 0.0;
    let mut sum_m = 0.0;
    while number <= steps {
        let coord = line.at(0.5 * number).unwrap().coord;
        let place = zone.inverse(coord).unwrap();
        if areas.iter().any(|area| area.contains(place)) {
            sum_m += 0.5;
        }
        number += 1.0;
    }
    sum_m
}
