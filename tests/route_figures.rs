//! Figures of routes on synthetic ground, against numbers that a hand can check.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use railcorridor::Error;
use railcorridor::geodesy::LonLat;
use railcorridor::model::{Segment, Station, Study};
use railcorridor::route::{
    ForecastOptions, LevelOptions, Options, SegmentRoute, TunnelPolicy, forecast, search,
};
use railcorridor::terrain::{Grid, TerrainClass, Zone, ZoneKind, ZoneRule};

const COLS: usize = 61;
const ROWS: usize = 21;

/// A step of 0.01 degrees on the equator, metres: 6,378,137 x pi / 18,000.
const DX_M: f64 = 1_113.194_907_9;

/// Row 10 lies on the equator.
fn grid(height_m: impl Fn(usize, usize) -> f32) -> Grid {
    let heights = (0..ROWS * COLS).map(|cell| height_m(cell / COLS, cell % COLS)).collect();
    Grid::new(COLS, LonLat::new(60.0, 0.1).unwrap(), 0.01, 0.01, heights).unwrap()
}

/// A line along the equator from column 5 to column 55 through columns between.
fn study(via: &[u32]) -> Study {
    let station = |col: u32| Station {
        id: format!("c{col}"),
        lon_deg: 60.0 + 0.01 * f64::from(col),
        ..Station::default()
    };
    let segment = Segment {
        id: "line".into(),
        from: "c5".into(),
        to: "c55".into(),
        via: via.iter().map(|col| format!("c{col}")).collect(),
        ..Segment::default()
    };
    let cols = [5, 55].into_iter().chain(via.iter().copied());
    Study { stations: cols.map(station).collect(), segments: vec![segment], ..Study::default() }
}

fn route(grid: &Grid, via: &[u32], options: Options) -> SegmentRoute {
    let options = Options { through_places: true, ..options };
    search(&study(via), grid, &options).unwrap().remove(0)
}

fn near(a: f64, b: f64, most: f64) -> bool {
    (a - b).abs() <= most
}

#[test]
fn a_ridge_is_pierced_by_one_tunnel() {
    // A wall 400 m high over all rows, two cells thick: too steep to climb at 15 permille.
    let grid = grid(|_, col| if (30..32).contains(&col) { 500.0 } else { 100.0 });
    let levels = LevelOptions { gradient_permille: 15.0, ..LevelOptions::default() };
    let route = route(&grid, &[], Options { levels, ..Options::default() });
    let figures = &route.figures;
    assert!(near(route.length_m, 50.0 * DX_M, 0.1), "{}", route.length_m);
    assert_eq!((figures.tunnels.count, figures.bridges.count), (1, 0));
    assert!(near(figures.tunnels.length_m, 2.0 * DX_M, 0.1), "{:?}", figures.tunnels);
    assert_eq!(figures.tunnels.length_m, route.tunnel_m);
    assert_eq!(figures.tunnels.longest_m, route.tunnel_m);
    assert_eq!(figures.terrain.structures_m, route.tunnel_m);
    // Two points lie deep: half a piece before, one between, half a piece after.
    let deep = figures.depths[0];
    assert_eq!(deep.to_m, Some(-100.0));
    assert!(near(deep.length_m, 2.0 * DX_M, 0.1), "{deep:?}");
    let depths: f64 = figures.depths.iter().map(|class| class.length_m).sum();
    assert!(near(depths, route.length_m, 1e-6));
    assert!(figures.turning_deg_per_km < 1e-6);
}

#[test]
fn a_slope_has_its_gradient_terrain_and_cost() {
    // 20 m a cell to the east: 18 permille, rolling. By TOML 1.1 to 2.3 million a kilometre.
    let grid = grid(|_, col| 20.0 * f32::from(u8::try_from(col).unwrap()));
    let levels = LevelOptions { gradient_permille: 20.0, ..LevelOptions::default() };
    let route = route(&grid, &[], Options { levels, ..Options::default() });
    let figures = &route.figures;
    assert!(near(route.climb_m, 1_000.0, 1.0), "{}", route.climb_m);
    assert!(near(figures.terrain.mean_slope_permille, 20_000.0 / DX_M, 1e-6));
    assert_eq!(figures.terrain.class(), TerrainClass::Rolling);
    assert!(near(figures.terrain.rolling_m, route.length_m, 1e-6));
    let at_15_and_18: f64 = figures.gradients[5..7].iter().map(|class| class.rising_m).sum();
    assert!(at_15_and_18 > 0.95 * route.length_m, "{:?}", figures.gradients);
    let km = figures.built_length.expected_m / 1e3;
    assert!(near(figures.cost.low_musd, 1.1 * km, 1e-9), "{:?}", figures.cost);
    assert!(near(figures.cost.high_musd, 2.3 * km, 1e-9), "{:?}", figures.cost);
}

#[test]
fn crossings_are_counted_once_each() {
    let flat = grid(|_, _| 100.0);
    // Two rivers from north to south at 500 m each: one between columns, one through nodes.
    let line = |col: usize, east: f64| {
        let at = |row: usize| {
            let node = flat.place(row, col);
            LonLat { lon_deg: node.lon_deg + east * flat.step_lon_deg(), ..node }
        };
        vec![at(0), at(ROWS - 1)]
    };
    let rule =
        ZoneRule { kind: ZoneKind::River, crossing_cost_m: Some(500.0), ..ZoneRule::default() };
    let river = |id: &str, line| Zone::of_line(id, &rule, line).unwrap();
    let zones = vec![river("west", line(20, 0.3)), river("east", line(40, 0.0))];
    let with = route(&flat, &[], Options { zones, ..Options::default() });
    let without = route(&flat, &[], Options::default());
    assert_eq!((with.figures.crossings, without.figures.crossings), (2, 0));
    assert!(near(with.cost_m - without.cost_m, 1_000.0, 0.1), "{}", with.cost_m);
}

#[test]
fn a_line_without_tunnels_does_not_pass_the_ridge() {
    let grid = grid(|_, col| if (30..32).contains(&col) { 500.0 } else { 100.0 });
    let levels = TunnelPolicy::None
        .applied(&LevelOptions { gradient_permille: 15.0, ..LevelOptions::default() });
    let found = search(&study(&[]), &grid, &Options { levels, ..Options::default() });
    assert!(matches!(found, Err(Error::NoRoute { .. })), "{found:?}");
}

#[test]
fn places_add_a_stretch_each() {
    let flat = grid(|_, _| 100.0);
    let one = route(&flat, &[], Options::default()).figures.built_length;
    let three = route(&flat, &[20, 40], Options::default()).figures.built_length;
    assert!(near(one.expected_m, 1.087 * 50.0 * DX_M + 2_000.0, 0.5), "{one:?}");
    assert!(near(three.expected_m, one.expected_m + 4_000.0, 0.5), "{three:?}");
    // Only the ends: 3.4 % more, and the way through the places is not searched.
    let options = Options { through_places: false, ..Options::default() };
    let ends = search(&study(&[20, 40]), &flat, &options).unwrap().remove(0).figures.built_length;
    assert!(near(ends.expected_m, 1.034 * 1.087 * 50.0 * DX_M + 2_000.0, 0.5), "{ends:?}");
    assert!(ends.high_m / ends.expected_m > one.high_m / one.expected_m);
}

#[test]
fn a_forecast_leaves_out_gradients_without_a_way() {
    // 20 m a cell to the east, 18 permille: a level line does not get there.
    let grid = grid(|_, col| 20.0 * f32::from(u8::try_from(col).unwrap()));
    let try_all = |tried: &[f64]| {
        let tried_gradients_permille = tried.to_vec();
        let options = ForecastOptions { tried_gradients_permille, ..ForecastOptions::default() };
        forecast(&study(&[]), &grid, &options)
    };
    let line = try_all(&[0.0, 20.0]).unwrap().remove(0);
    assert_eq!(line.gradient_permille, 20.0);
    let levels = LevelOptions { gradient_permille: 20.0, ..LevelOptions::default() };
    let known = route(&grid, &[], Options { levels, ..Options::default() });
    let difference_m = line.built_length.expected_m - known.figures.built_length.expected_m;
    assert!(near(difference_m, 0.0, 1e-3), "{difference_m}");
    assert!(matches!(try_all(&[0.0]), Err(Error::NoRoute { .. })));
    assert!(matches!(try_all(&[]), Err(Error::OutOfRange { .. })));
}

#[test]
fn a_given_gradient_is_taken() {
    let flat = grid(|_, _| 100.0);
    let options =
        ForecastOptions { ruling_gradient_permille: Some(12.5), ..ForecastOptions::default() };
    let line = forecast(&study(&[]), &flat, &options).unwrap().remove(0);
    assert_eq!(line.gradient_permille, 12.5);
    let figures = serde_json::to_value(&line.route.figures).unwrap();
    assert_eq!(figures["built_length"]["expected_m"], line.built_length.expected_m);
    assert_eq!(figures["tunnels"]["count"], 0);
    assert_eq!(figures["depths"][0]["from_m"], serde_json::Value::Null);
}
