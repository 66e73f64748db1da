//! Ways, alternatives and figures as a reader sees them, on ground whose answers a hand can check.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use railcorridor::geodesy::LonLat;
use railcorridor::model::Study;
use railcorridor::report::{self, Report};
use railcorridor::route::{
    AlternativeOptions, LegAlternatives, LevelOptions, Options, SegmentRoute, alternatives,
    explained, search, sensitivity,
};
use railcorridor::status::{self, Status};
use railcorridor::terrain::Grid;

const ROWS: usize = 31;
const COLS: usize = 61;

/// Cells of 0.01 degrees; row 15 lies on the equator.
fn grid(height_m: impl Fn(usize, usize) -> f32) -> Grid {
    let heights = (0..ROWS * COLS).map(|cell| height_m(cell / COLS, cell % COLS)).collect();
    Grid::new(COLS, LonLat::new(60.0, 0.15).unwrap(), 0.01, 0.01, heights).unwrap()
}

/// A wall of 900 m along the equator, two rows thick, with three gaps of 60 m.
fn wall() -> Grid {
    grid(|row, col| match (row, col) {
        (15..=16, 10 | 30 | 52) => 60.0,
        (15..=16, _) => 900.0,
        _ => 0.0,
    })
}

/// From station to station, each a name, a column and a row.
fn study(ends: [(&str, f64, f64); 2]) -> Study {
    let mut text = "format = 1\nname = \"A line\"\nkept_to = 2026-01-31\n".to_owned();
    for (id, (name, col, row)) in ["a", "b"].iter().zip(ends) {
        let (lon, lat) = (60.0 + 0.01 * col, 0.15 - 0.01 * row);
        text.push_str(&format!(
            "[[station]]\nid = \"{id}\"\nname = '''{name}'''\nlon_deg = {lon}\nlat_deg = {lat}\n"
        ));
    }
    text.push_str("[[segment]]\nid = \"a-b\"\nfrom = \"a\"\nto = \"b\"\n");
    Study::from_toml_str(&text).unwrap()
}

fn over_the_wall(name: &str) -> Study {
    study([(name, 26.0, 0.0), ("South", 26.0, 30.0)])
}

fn assessed(study: &Study) -> Status {
    status::assess(study, "2026-01-31".parse().unwrap()).unwrap()
}

fn at(gradient_permille: f64) -> Options {
    let levels = LevelOptions { gradient_permille, ..LevelOptions::default() };
    Options { levels, ..Options::default() }
}

fn found(study: &Study) -> (AlternativeOptions, Vec<LegAlternatives>, Vec<SegmentRoute>) {
    let choice = AlternativeOptions { dearer_share: 1.5, ..AlternativeOptions::default() };
    let legs = alternatives(study, &wall(), &at(20.0), &choice).unwrap();
    let routes = search(study, &wall(), &at(20.0)).unwrap();
    (choice, legs, routes)
}

#[test]
fn each_way_stands_in_the_table_with_its_pass() {
    let study = over_the_wall("North");
    let (choice, legs, _) = found(&study);
    let table = report::alternatives_table(&study, &legs, &choice, 20.0);
    let column = |place: usize| -> Vec<&str> {
        table.rows.iter().map(|row| row[place].text.as_str()).collect()
    };
    assert_eq!(column(0), ["North-South"; 3]);
    assert_eq!(column(1), ["1", "2", "3"]);
    assert!(column(2).iter().all(|name| name.contains("saddle 60 m")), "{:?}", column(2));
    // The gap four columns east of the line, those 16 west and 26 east: 60.30, 60.10, 60.52.
    for (pass, east) in column(3).iter().zip(["60.300 E", "60.100 E", "60.520 E"]) {
        assert!(pass.starts_with("60 m, 0.0") && pass.ends_with(east), "{pass}");
    }
    assert_eq!((column(6)[0], column(8)[0]), ("1.00", "0"));
    let ratios: Vec<f64> = column(6).iter().map(|ratio| ratio.parse().unwrap()).collect();
    assert!(ratios.is_sorted() && ratios[1] > 1.01, "{ratios:?}");
}

#[test]
fn each_way_is_a_line_for_other_programs() {
    let study = over_the_wall("North");
    let (_, legs, _) = found(&study);
    let lines = report::alternatives_geojson(&study, &legs);
    let features = lines["features"].as_array().unwrap();
    for (place, (feature, way)) in features.iter().zip(&legs[0].ways).enumerate() {
        let properties = &feature["properties"];
        assert_eq!(properties["rank"], place + 1);
        assert_eq!(properties["name"], way.name);
        assert_eq!(properties["leg"], "North-South");
        assert_eq!(properties["pass"]["height_m"], 60.0);
        let points = feature["geometry"]["coordinates"].as_array().unwrap();
        assert_eq!(points.len(), way.route.points.len());
    }
    assert_eq!(features.len(), 3);
    let json = report::alternatives_json(&study, &legs);
    let best = &json[0]["ways"][0];
    assert_eq!(best["detour_ratio"], 1.0);
    assert_eq!(best["certificates"][0]["is_proven"], true);
    assert_eq!(best["figures"]["tunnels"]["count"], 0);
    assert_eq!(best["length_m"], legs[0].ways[0].route.length_m);
}

fn page(study: &Study) -> String {
    let status = assessed(study);
    let (choice, legs, routes) = found(study);
    let legs_by_gradient = sensitivity(study, &wall(), &at(20.0), &[15.0, 20.0]).unwrap();
    let grid = wall();
    let report = Report::new(study, &status).terrain(&grid).routes(20.0, &routes);
    report.alternatives(20.0, choice, &legs).sensitivity(&legs_by_gradient).html()
}

#[test]
fn the_page_draws_each_way_in_its_own_stroke_with_rank_and_name() {
    let study = over_the_wall("North");
    let (_, legs, _) = found(&study);
    let html = page(&study);
    let xml = html.strip_prefix("<!DOCTYPE html>\n").unwrap();
    let document = roxmltree::Document::parse(xml).unwrap();
    let maps: Vec<_> = document.descendants().filter(|node| node.has_tag_name("svg")).collect();
    assert_eq!(maps.len(), 2, "the corridor and its one leg");
    let texts = |map: &roxmltree::Node<'_, '_>| -> Vec<String> {
        let texts = map.descendants().filter(|node| node.has_tag_name("text"));
        texts.filter_map(|node| Some(node.text()?.to_owned())).collect()
    };
    for map in &maps {
        // Once on the map, once in the legend.
        for class in ["way way-1", "way way-2", "way way-3"] {
            let lines = map.descendants().filter(|node| node.attribute("class") == Some(class));
            assert_eq!(lines.count(), 2, "{class}");
        }
    }
    let words = texts(&maps[1]);
    let description = maps[1].descendants().find(|node| node.has_tag_name("desc")).unwrap();
    for (place, way) in legs[0].ways.iter().enumerate() {
        let rest = &way.name[1..];
        assert!(words.iter().any(|text| text.ends_with(rest)), "{rest} in {words:?}");
        assert!(words.contains(&(place + 1).to_string()), "{words:?}");
        assert!(description.text().unwrap().contains(rest));
    }
    for id in ["routes", "alternatives", "sweep", "chosen-ways", "route-figures"] {
        let sections = document.descendants().filter(|node| node.attribute("id") == Some(id));
        assert_eq!(sections.count(), 1, "{id}");
    }
    let mut ids: Vec<&str> =
        document.descendants().filter_map(|node| node.attribute("id")).collect();
    let links = document.descendants().filter_map(|node| node.attribute("href")?.strip_prefix('#'));
    let dead: Vec<&str> = links.filter(|link| !ids.contains(link)).collect();
    assert!(dead.is_empty(), "{dead:?}");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is used twice");
}

#[test]
fn names_never_become_markup() {
    for evil in ["<script>alert(1)</script>", "\" onload=\"alert(1)", "]]><b>&amp;"] {
        let html = page(&over_the_wall(evil));
        let xml = html.strip_prefix("<!DOCTYPE html>\n").unwrap();
        let document = roxmltree::Document::parse(xml).unwrap();
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(!["script", "b"].contains(&node.tag_name().name()), "{evil}");
            assert!(node.attributes().all(|one| !one.name().starts_with("on")), "{evil}");
        }
    }
}

#[test]
fn gradients_of_one_way_are_one_row_and_none_is_told() {
    let study = over_the_wall("North");
    // Rails within 5 m of the ground need 50 m in a diagonal move of hypot(1,106, 1,113) m: 31.9.
    // A knight move would run through the wall beside the gap.
    let mut options = at(20.0);
    options.levels.above_ground_m = 5.0;
    options.levels.below_ground_m = 5.0;
    let legs = sensitivity(&study, &wall(), &options, &[40.0, 5.0, 32.0, 35.0]).unwrap();
    let sweep = report::sweep_table(&study, &legs);
    assert_eq!(sweep.rows.len(), 4);
    assert_eq!(
        sweep.rows[0].iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(),
        ["5", "no way", "no way"]
    );
    let chosen = report::chosen_ways_table(&study, &legs);
    let column = |place: usize| -> Vec<&str> {
        chosen.rows.iter().map(|row| row[place].text.as_str()).collect()
    };
    assert_eq!(column(1), ["5", "32-40"]);
    assert!(column(2)[0] == "no way" && column(2)[1].ends_with("saddle 60 m"), "{:?}", column(2));
    let json = report::sensitivity_json(&study, &legs);
    assert!(json[0]["rows"][0]["route"].is_null());
    assert_eq!(json[0]["rows"][1]["pass"]["height_m"], 60.0);
}

#[test]
fn a_blocked_saddle_is_named_with_what_opens_it() {
    let study = over_the_wall("North");
    let mut options = at(5.0);
    options.levels.above_ground_m = 5.0;
    options.levels.below_ground_m = 5.0;
    let error = search(&study, &wall(), &options).unwrap_err();
    let words = explained(error, &study, &wall(), &options).to_string();
    // (60 - 10) / 1,569 m = 31.9 permille; or 60 - 5 - 12.38 m = 42.62 m deep by a knight move.
    assert!(words.starts_with("no route from a to b: nothing under 5 permille"), "{words}");
    assert!(words.contains("over the saddle of 60 m at 0.0"), "{words}");
    assert!(words.contains("32 permille would open it"), "{words}");
    assert!(words.contains("at least 43 m below the ground (5 m allowed)"), "{words}");
    let opened = Options {
        levels: LevelOptions { gradient_permille: 32.0, ..options.levels.clone() },
        ..options.clone()
    };
    assert!(search(&study, &wall(), &opened).is_ok());
    // Any other error stays as it is.
    let steep = search(&study, &wall(), &at(f64::NAN)).unwrap_err();
    let words = steep.to_string();
    assert_eq!(explained(steep, &study, &wall(), &at(f64::NAN)).to_string(), words);
    // Voids over all columns leave no saddle to name.
    let parted = grid(|row, _| if row == 20 { f32::NAN } else { 0.0 });
    let error = search(&study, &parted, &at(20.0)).unwrap_err();
    let words = explained(error, &study, &parted, &at(20.0)).to_string();
    assert!(words.contains("part them") && !words.contains("saddle"), "{words}");
}

/// Compares with a file under `tests/golden`; `UPDATE=1 cargo test` renews it.
fn golden(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    let path = path.display();
    assert!(wanted == text, "{path} differs; look at the change, then UPDATE=1 cargo test");
}

#[test]
fn figures_are_as_they_were_looked_at() {
    // From west to east, 50 cells of 1,113 m, under a ridge of 416 m, two cells thick: a level of it lies at 100 m.
    let ridge = grid(|_, col| if (30..32).contains(&col) { 516.0 } else { 100.0 });
    let study = study([("West", 5.0, 15.0), ("East", 55.0, 15.0)]);
    let status = assessed(&study);
    // What climbs costs, so that no deeper level is as cheap.
    let mut options = at(15.0);
    options.levels.climb_ratio = 1.0;
    let routes = search(&study, &ridge, &options).unwrap();
    let mut tables = vec![report::routes_table(&study, &status, &routes, 15.0)];
    tables.extend(report::route_figures_tables(&study, &routes));
    let text: Vec<String> = tables.iter().map(report::Table::markdown).collect();
    // How many states it takes is the search's own matter.
    let text = text.join("\n");
    let lines = text.lines().filter(|line| !line.contains("States settled"));
    golden("route_figures.md", &lines.map(|line| format!("{line}\n")).collect::<String>());
    golden("routes.txt", &tables[0].text(100));
}
