//! Zones in the search: closed, dearer and cheaper ground, hazards by length, rivers charged once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::cast_precision_loss, reason = "small grids")]

use chance::arbitrary::{Result as Drawn, Unstructured};
use railcorridor::Error;
use railcorridor::geodesy::LonLat;
use railcorridor::model::{Segment, Station, Study};
use railcorridor::route::{AlternativeOptions, Options, SegmentRoute};
use railcorridor::route::{ForecastOptions, LevelOptions, needed_detour_ratio, search_bounds};
use railcorridor::route::{alternatives, forecast, search, sensitivity};
use railcorridor::terrain::{Grid, MapFeature, Polygon, Zone, ZoneKind, ZoneRule, read_zones};

const ROWS: usize = 21;
const COLS: usize = 31;
const STEP_DEG: f64 = 0.01;

/// A plain on the equator whose cells are squares of 1.1 km, within half a percent.
fn plain() -> Grid {
    Grid::new(COLS, at(0.0, 0.0), STEP_DEG, STEP_DEG, vec![100.0; ROWS * COLS]).unwrap()
}

/// The place at a row and column of the grid.
fn at(row: f64, col: f64) -> LonLat {
    LonLat { lon_deg: 60.0 + STEP_DEG * col, lat_deg: 0.1 - STEP_DEG * row }
}

/// A study of one segment between two nodes.
fn study(from: (usize, usize), to: (usize, usize)) -> Study {
    let station = |id: &str, (row, col): (usize, usize)| {
        let LonLat { lon_deg, lat_deg } = at(row as f64, col as f64);
        Station { id: id.into(), name: id.into(), lon_deg, lat_deg, ..Station::default() }
    };
    let segment =
        Segment { id: "line".into(), from: "a".into(), to: "b".into(), ..Segment::default() };
    Study {
        stations: vec![station("a", from), station("b", to)],
        segments: vec![segment],
        ..Study::default()
    }
}

const WEST: (usize, usize) = (10, 2);
const EAST: (usize, usize) = (10, 28);

/// The box from one row and column to another.
fn area(top: f64, left: f64, bottom: f64, right: f64) -> Polygon {
    let ring = [(top, left), (top, right), (bottom, right), (bottom, left), (top, left)];
    Polygon::new(ring.iter().map(|&(row, col)| at(row, col)).collect(), Vec::new()).unwrap()
}

fn zone(id: &str, kind: ZoneKind, factor_ratio: Option<f64>, polygons: Vec<Polygon>) -> Zone {
    let rule = ZoneRule { kind, factor_ratio, ..ZoneRule::default() };
    Zone::of_polygons(id, &rule, polygons).unwrap()
}

fn forbidden(id: &str, polygons: Vec<Polygon>) -> Zone {
    zone(id, ZoneKind::Forbidden, None, polygons)
}

fn river(line: Vec<LonLat>) -> Zone {
    let rule =
        ZoneRule { kind: ZoneKind::River, crossing_cost_m: Some(700.0), ..ZoneRule::default() };
    Zone::of_line("river", &rule, line).unwrap()
}

fn found(study: &Study, zones: Vec<Zone>) -> Result<SegmentRoute, Error> {
    let options = Options { zones, ..Options::default() };
    search(study, &plain(), &options).map(|mut routes| routes.remove(0))
}

fn best(zones: Vec<Zone>) -> SegmentRoute {
    found(&study(WEST, EAST), zones).unwrap()
}

/// Whether a route sets foot in a box of rows and columns.
fn enters(route: &SegmentRoute, top: f64, left: f64, bottom: f64, right: f64) -> bool {
    route.points.iter().any(|point| area(top, left, bottom, right).contains(point.place))
}

#[test]
fn a_forbidden_wall_is_gone_round_and_a_preferred_band_draws_the_way() {
    let straight = best(Vec::new());
    let wall = best(vec![forbidden("wall", vec![area(4.6, 14.6, 20.9, 15.4)])]);
    assert!(!enters(&wall, 4.6, 14.6, 20.9, 15.4));
    assert!(enters(&wall, 3.5, 14.6, 4.5, 15.4), "the way turns the wall's north end");
    assert!(wall.cost_m > straight.cost_m + 1_000.0);
    // At 0.3 a metre, 5 rows north: worth the way there and back.
    let band = vec![area(4.5, 4.5, 5.5, 25.5)];
    let drawn = best(vec![zone("road", ZoneKind::Prefer, Some(0.3), band)]);
    assert!(enters(&drawn, 4.6, 12.0, 5.4, 18.0));
    assert!(drawn.cost_m < 0.75 * straight.cost_m && drawn.length_m > straight.length_m);
    // And a little dearer ground all over the middle is avoided only if that costs less.
    let marsh = |factor| {
        vec![zone("marsh", ZoneKind::Avoid, Some(factor), vec![area(8.5, 10.5, 11.5, 20.5)])]
    };
    let (through, round) = (best(marsh(1.01)), best(marsh(5.0)));
    assert!(enters(&through, 8.5, 10.5, 11.5, 20.5));
    assert!(!enters(&round, 8.5, 10.5, 11.5, 20.5));
}

#[test]
fn hazards_are_totalled_by_zone() {
    let slide = area(-0.5, 9.5, 20.5, 13.5);
    let flood = area(-0.5, 12.5, 20.5, 14.5);
    let zones = vec![
        zone("slide", ZoneKind::Geohazard, Some(1.2), vec![slide]),
        zone("flood", ZoneKind::Geohazard, Some(1.0), vec![flood]),
        zone("elsewhere", ZoneKind::Geohazard, Some(2.0), vec![area(0.5, 0.5, 1.5, 1.5)]),
    ];
    let (route, straight) = (best(zones), best(Vec::new()));
    let cell_m = straight.length_m / 26.0;
    for (hazard, (id, cells)) in
        route.figures.hazards.iter().zip([("slide", 4.0), ("flood", 2.0), ("elsewhere", 0.0)])
    {
        assert_eq!(hazard.zone, id);
        assert!((hazard.length_m - cells * cell_m).abs() < 1.0, "{hazard:?}");
    }
    assert_eq!(route.figures.hazards.len(), 3);
    // Four cells at 1.2; that the flood's factor is 1 leaves its ground as it is.
    assert!((route.cost_m - straight.cost_m - 0.2 * 4.0 * cell_m).abs() < 1.0);
    assert!(straight.figures.hazards.is_empty());
}

/// What crossing the river adds to the way: it runs from edge to edge, so no way goes round it.
#[test]
fn a_river_is_charged_once_whatever_its_angle_and_bends() {
    let crossed_once = |line: Vec<LonLat>| {
        let (with, without) = (best(vec![river(line.clone())]), best(Vec::new()));
        assert!((with.cost_m - without.cost_m - 700.0).abs() < 0.1, "{line:?}: {}", with.cost_m);
        assert_eq!(with.figures.crossings, 1, "{line:?}");
    };
    // Through nodes, between them, along diagonals and in bends along rows and columns.
    crossed_once(vec![at(-3.0, 15.0), at(24.0, 15.0)]);
    crossed_once(vec![at(-3.0, 15.5), at(24.0, 15.5)]);
    crossed_once(vec![at(-3.0, 2.0), at(24.0, 29.0)]);
    crossed_once(vec![at(-3.0, 9.0), at(6.0, 9.0), at(6.0, 20.0), at(14.0, 12.0), at(24.0, 12.0)]);
    chance::property(|u| {
        let turn = |u: &mut Unstructured<'_>| Ok(f64::from(u.int_in_range(16..=104)?) / 4.0);
        crossed_once(vec![at(-3.0, turn(u)?), at(24.0, turn(u)?)]);
        Ok(())
    })
    .budget_ms(3_000);
}

/// A box of whole and half cells that leaves both stations open.
fn any_box(u: &mut Unstructured<'_>) -> Drawn<Polygon> {
    let (top, left) = (u.int_in_range(0..=17)?, u.int_in_range(4..=22)?);
    let (tall, wide) = (u.int_in_range(1..=8)?, u.int_in_range(1..=8)?);
    let (top, left) = (f64::from(top) + 0.1, f64::from(left) + 0.1);
    Ok(area(top, left, top + f64::from(tall) / 2.0, (left + f64::from(wide) / 2.0).min(26.4)))
}

#[test]
fn more_forbidden_or_dearer_ground_never_lowers_the_cost() {
    let cost_m = |zones: Vec<Zone>| match found(&study(WEST, EAST), zones) {
        Ok(route) => {
            assert!(route.certificates.iter().all(|certificate| certificate.is_proven()));
            route.cost_m
        }
        Err(Error::NoRoute { .. }) => f64::INFINITY,
        Err(error) => panic!("{error}"),
    };
    chance::property(|u| {
        let mut zones = Vec::new();
        let mut before_m = cost_m(Vec::new());
        for number in 0..3 {
            let (kind, factor) = match u.int_in_range(0..=2)? {
                0 => (ZoneKind::Forbidden, None),
                1 => (ZoneKind::Avoid, Some(f64::from(u.int_in_range(1..=900)?))),
                _ => (ZoneKind::Geohazard, Some(1.0 + f64::from(u.int_in_range(0..=9)?) / 10.0)),
            };
            zones.push(zone(&format!("z{number}"), kind, factor, vec![any_box(u)?]));
            let after_m = cost_m(zones.clone());
            assert!(after_m >= before_m, "{before_m} {after_m} {zones:?}");
            before_m = after_m;
        }
        let preferred = zone("p", ZoneKind::Prefer, Some(0.5), vec![any_box(u)?]);
        assert!(cost_m([zones, vec![preferred]].concat()) <= before_m);
        Ok(())
    })
    .budget_ms(4_000);
}

#[test]
fn no_way_sets_foot_in_forbidden_ground() {
    chance::property(|u| {
        let boxes: Vec<Polygon> = (0..5).map(|_| any_box(u)).collect::<Drawn<_>>()?;
        let Ok(route) = found(&study(WEST, EAST), vec![forbidden("mines", boxes.clone())]) else {
            return Ok(());
        };
        for (a, b) in route.points.iter().zip(route.points.iter().skip(1)) {
            let inside: f64 = boxes.iter().map(|one| one.inside_share(a.place, b.place)).sum();
            assert!(inside < 1e-9, "{a:?} {b:?}");
        }
        Ok(())
    })
    .budget_ms(3_000);
}

#[test]
fn a_wall_without_a_gap_is_named() {
    let zones = vec![forbidden("border", vec![area(-0.4, 14.9, 20.4, 15.1)])];
    let error = found(&study(WEST, EAST), zones).unwrap_err().to_string();
    assert!(error.starts_with("no route from a to b: "), "{error}");
    assert!(error.ends_with("or open a forbidden zone: border"), "{error}");
}

#[test]
fn a_place_in_a_forbidden_zone_is_named_with_it() {
    let yard = || {
        vec![
            forbidden("field", vec![area(0.0, 0.0, 1.0, 1.0)]),
            forbidden("yard", vec![area(9.0, 27.0, 11.0, 29.0)]),
        ]
    };
    let error = found(&study(WEST, EAST), yard()).unwrap_err().to_string();
    let place = at(10.0, 28.0);
    let words = format!(
        "zone yard: is forbidden, and touches the cell of b [{}, {}]",
        place.lon_deg, place.lat_deg
    );
    assert!(error.starts_with(&words), "{error}");
    let options = ForecastOptions {
        search: Options { zones: yard(), ..Options::default() },
        ..ForecastOptions::default()
    };
    let error = forecast(&study(WEST, EAST), &plain(), &options).unwrap_err().to_string();
    assert!(error.starts_with(&words), "{error}");
    let choice = AlternativeOptions::default();
    let error = alternatives(&study(WEST, EAST), &plain(), &options.search, &choice).unwrap_err();
    assert!(error.to_string().starts_with(&words), "{error}");
    let error = sensitivity(&study(WEST, EAST), &plain(), &options.search, &[9.0]).unwrap_err();
    assert!(error.to_string().starts_with(&words), "{error}");
}

#[test]
fn fixed_points_are_passed_in_order() {
    let points = vec![at(3.0, 20.0), at(17.0, 8.0)];
    let rule = ZoneRule { kind: ZoneKind::FixedPoint, ..ZoneRule::default() };
    let features = vec![MapFeature { points: points.clone(), ..MapFeature::default() }];
    let ford = Zone::new("ford", &rule, features).unwrap();
    let route = best(vec![ford.clone()]);
    let passes = |place: &LonLat| {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        route.points.iter().position(|p| {
            near(p.place.lon_deg, place.lon_deg) && near(p.place.lat_deg, place.lat_deg)
        })
    };
    let (north_east, south_west) = (passes(&points[0]).unwrap(), passes(&points[1]).unwrap());
    assert!(south_west < north_east);
    assert_eq!(route.certificates.len(), 3);
    let straight = best(Vec::new());
    assert!(route.length_m > straight.length_m && route.certificates.iter().all(|c| c.is_proven()));
    let options = Options { zones: vec![ford], ..Options::default() };
    let choice = AlternativeOptions::default();
    let legs = alternatives(&study(WEST, EAST), &plain(), &options, &choice).unwrap();
    let cost_m: f64 = legs.iter().map(|leg| leg.ways[0].route.cost_m).sum();
    assert!((cost_m - route.cost_m).abs() < 1e-6 && legs.len() == 3, "{cost_m} {route:?}");
    let ends: Vec<&str> = legs.iter().map(|leg| leg.to.as_str()).collect();
    assert_eq!(ends, ["ford", "ford", "b"]);
}

#[test]
fn zones_of_the_study_must_be_laid() {
    let mut study = study(WEST, EAST);
    study.zones = vec![railcorridor::model::Zone {
        id: "mines".into(),
        kind: ZoneKind::Forbidden,
        polygon_deg: vec![[60.14, 0.05], [60.16, 0.05], [60.16, 0.0], [60.14, 0.0], [60.14, 0.05]],
        ..railcorridor::model::Zone::default()
    }];
    let error = found(&study, Vec::new()).unwrap_err().to_string();
    assert!(error.starts_with("zone mines: is a zone of the study, but not laid"), "{error}");
    let zones = study.zones_on_terrain(std::path::Path::new(".")).unwrap();
    let free = best(Vec::new());
    assert!(found(&study, zones).unwrap().cost_m > free.cost_m);
}

#[test]
fn zones_of_a_map_bear_on_the_search_as_those_made_here() {
    let text = br#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": "wall", "kind": "forbidden"},
         "geometry": {"type": "Polygon", "coordinates":
            [[[60.146, 0.054], [60.154, 0.054], [60.154, -0.109], [60.146, -0.109], [60.146, 0.054]]]}},
        {"type": "Feature", "properties": {"id": "river", "kind": "river", "crossing_class": "canal"},
         "geometry": {"type": "LineString", "coordinates": [[60.2, 0.2], [60.2, -0.2]]}}]}"#;
    let read = best(read_zones(text, "zones.geojson").unwrap());
    let wall = forbidden("wall", vec![area(4.6, 14.6, 20.9, 15.4)]);
    let made = best(vec![wall]);
    assert!((read.cost_m - made.cost_m - 300.0).abs() < 0.1);
    assert_eq!(read.figures.crossings, 1);
}

#[test]
fn zones_bear_on_ways_that_climb_too() {
    // Hills, and a gradient that needs cuts: the certificate's second cost agrees with the first.
    let height = |cell: usize| {
        let (row, col) = ((cell / COLS) as f64, (cell % COLS) as f64);
        (150.0 + 60.0 * (row / 3.0).sin() * (col / 4.0).cos()) as f32
    };
    let grid =
        Grid::new(COLS, at(0.0, 0.0), STEP_DEG, STEP_DEG, (0..ROWS * COLS).map(height).collect())
            .unwrap();
    let zones = vec![
        forbidden("mines", vec![area(6.0, 10.0, 12.0, 12.0)]),
        zone("road", ZoneKind::Prefer, Some(0.4), vec![area(13.2, 3.7, 15.9, 25.1)]),
        zone("slide", ZoneKind::Geohazard, Some(1.7), vec![area(11.1, 17.3, 19.2, 19.8)]),
        river(vec![at(-3.0, 21.0), at(9.0, 21.0), at(24.0, 22.5)]),
    ];
    let levels = LevelOptions { gradient_permille: 12.0, ..LevelOptions::default() };
    let options = Options { levels, zones, ..Options::default() };
    let route = search(&study(WEST, EAST), &grid, &options).unwrap().remove(0);
    for certificate in &route.certificates {
        assert!(certificate.is_proven());
        assert!((certificate.recost_m / certificate.cost_m - 1.0).abs() < 1e-6);
    }
    assert!(route.figures.hazards[0].length_m > 0.0);
    assert_eq!(route.figures.crossings, 1);
}

#[test]
fn as_much_ground_is_needed_as_a_cheaper_way_could_reach() {
    let study = study(WEST, EAST);
    let needed = |zones: Vec<Zone>, route: &SegmentRoute| {
        let options = Options { zones, ..Options::default() };
        let needed = needed_detour_ratio(&study, &options, std::slice::from_ref(route));
        let bounds = search_bounds(&study, &options, needed).unwrap();
        for point in &route.points {
            let place = point.place;
            assert!((bounds.west_deg..=bounds.east_deg).contains(&place.lon_deg), "{place:?}");
            assert!((bounds.south_deg..=bounds.north_deg).contains(&place.lat_deg), "{place:?}");
        }
        needed
    };
    // A straight level line needs no more; where half a metre's price can be had, twice as much.
    let straight = best(Vec::new());
    assert!((needed(Vec::new(), &straight) - 1.0).abs() < 1e-3);
    let road = vec![zone("road", ZoneKind::Prefer, Some(0.5), vec![area(0.0, 0.0, 1.0, 1.0)])];
    assert!((needed(road.clone(), &best(road)) - 2.0).abs() < 2e-3);
    chance::property(|u| {
        let walls: Vec<Polygon> = (0..4).map(|_| any_box(u)).collect::<Drawn<_>>()?;
        let road = zone("road", ZoneKind::Prefer, Some(0.3), vec![any_box(u)?]);
        let zones = vec![forbidden("walls", walls), road];
        if let Ok(route) = found(&study, zones.clone()) {
            needed(zones, &route);
        }
        Ok(())
    })
    .budget_ms(2_000);
}
