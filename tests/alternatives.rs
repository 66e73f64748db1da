//! Alternatives and sensitivity: the rules that what is kept must obey, and the same bytes on
//! however many threads.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicUsize, Ordering};

use chance::property;
use railcorridor::model::{Segment, Station, Study};
use railcorridor::route::{
    Alternative, AlternativeOptions, Cells, Ground, LegAlternatives, LevelOptions, LevelPath,
    Neighbours, Options, alternatives, alternatives_until, cell_alternatives, level_alternatives,
    level_search, passes, sensitivity, sensitivity_until,
};
use railcorridor::terrain::{Grid, waves};

const ROWS: usize = 24;
const COLS: usize = 30;

/// Hills of a few hundred metres.
fn ground(seed: u32) -> Ground {
    let height = |index: usize| {
        let (row, col) = ((index / COLS) as f32, (index % COLS) as f32);
        let turn = seed as f32 * 0.7;
        250.0
            + 120.0 * (row * 0.5 + turn).sin() * (col * 0.4 + 2.0 * turn).cos()
            + 60.0 * (row * 0.9 - col * 0.7 + turn).sin()
    };
    let heights = (0..ROWS * COLS).map(height).collect();
    Ground::new(COLS, vec![777.0; ROWS], vec![924.0; ROWS - 1], heights).unwrap()
}

fn cells(path: &LevelPath) -> Vec<(usize, usize)> {
    path.nodes.iter().map(|node| (node.row, node.col)).collect()
}

/// Length of a way within a distance of the cells of another, as a share: computed afresh, from
/// points every tenth of a move.
fn shared_share(ground: &Ground, way: &[(usize, usize)], other: &[(usize, usize)], m: f64) -> f64 {
    let points = |way: &[(usize, usize)]| -> Vec<(f64, f64)> {
        let moves = way.windows(2).flat_map(|ends| {
            let [(row, col), (to_row, to_col)] = [ends[0], ends[1]];
            (0..10).map(move |part| {
                let part = f64::from(part) / 10.0;
                let along = |a: usize, b: usize| a as f64 + part * (b as f64 - a as f64);
                (along(col, to_col) * 777.0, along(row, to_row) * 924.0)
            })
        });
        moves.collect()
    };
    let (own, other) = (points(way), points(other));
    let near = |at: &(f64, f64)| other.iter().any(|to| (at.0 - to.0).hypot(at.1 - to.1) <= m);
    let weights = way.windows(2).flat_map(|ends| {
        let step_m = ground.length_m(ends[0], ends[1]) / 10.0;
        (0..10).map(move |_| step_m)
    });
    let (mut shared_m, mut length_m) = (0.0, 0.0);
    for (at, step_m) in own.iter().zip(weights) {
        length_m += step_m;
        shared_m += if near(at) { step_m } else { 0.0 };
    }
    shared_m / length_m
}

fn obeys(ground: &Ground, found: &[Alternative<LevelPath>], options: &AlternativeOptions) {
    let best_m = found[0].way.certificate.cost_m;
    assert!(found.len() <= options.count);
    assert_eq!((found[0].shared_share, found[0].detour_ratio), (0.0, 1.0));
    for (place, one) in found.iter().enumerate() {
        let certificate = one.way.certificate;
        assert!((certificate.recost_m / certificate.cost_m - 1.0).abs() < 1e-6);
        assert!(certificate.cost_m <= best_m * (1.0 + options.dearer_share));
        assert!((one.detour_ratio - certificate.cost_m / best_m).abs() < 1e-12);
        assert!(cells(&one.way).contains(&one.via));
        for better in &found[..place] {
            assert!(better.way.certificate.cost_m <= certificate.cost_m);
            // A move at the border of "beside" counts by half in the one, by tenths in the other.
            let share =
                shared_share(ground, &cells(&one.way), &cells(&better.way), options.beside_m);
            assert!(share <= options.shared_share + 0.1, "{share}");
            assert!(one.shared_share <= options.shared_share);
        }
    }
}

#[test]
fn what_is_kept_obeys_the_rules() {
    property(|u| {
        let ground = ground(u.int_in_range(0..=40)?);
        let options = AlternativeOptions {
            dearer_share: f64::from(u.int_in_range(1..=6_u8)?) / 10.0,
            shared_share: f64::from(u.int_in_range(2..=5_u8)?) / 10.0,
            ..AlternativeOptions::default()
        };
        let gradient_permille = f64::from(u.int_in_range(12..=30_u8)?);
        let levels =
            LevelOptions { gradient_permille, level_step_m: 4.0, ..LevelOptions::default() };
        let (from, to) = ((2, 2), (ROWS - 3, COLS - 3));
        let Ok(best) = level_search(&ground, from, to, &levels) else { return Ok(()) };
        let found = level_alternatives(&ground, from, to, &levels, &options).unwrap();
        assert_eq!(found[0].way, best);
        obeys(&ground, &found, &options);
        Ok(())
    })
    .budget_ms(2_500);
}

/// A wall with three gaps has three ways, whatever else is tried.
#[test]
fn each_gap_of_a_wall_has_its_way() {
    let (rows, cols) = (31, 61);
    let mut heights = vec![0.0_f32; rows * cols];
    // Two rows, so that no knight's move leads under it.
    for (row, col) in (15..=16).flat_map(|row| (0..cols).map(move |col| (row, col))) {
        heights[row * cols + col] = if [10, 30, 52].contains(&col) { 30.0 } else { 900.0 };
    }
    let ground = Ground::new(cols, vec![777.0; rows], vec![924.0; rows - 1], heights).unwrap();
    let options = AlternativeOptions { dearer_share: 1.5, ..AlternativeOptions::default() };
    let levels = LevelOptions { gradient_permille: 20.0, ..LevelOptions::default() };
    let found = level_alternatives(&ground, (0, 26), (30, 26), &levels, &options).unwrap();
    obeys(&ground, &found, &options);
    let gaps: Vec<usize> = found
        .iter()
        .filter_map(|one| one.way.nodes.iter().find(|node| node.row == 15))
        .map(|node| node.col)
        .collect();
    assert_eq!(gaps, [30, 10, 52]);
}

/// The part of an alternative round its via cell is a cheapest way between its ends.
#[test]
fn what_is_kept_is_locally_the_cheapest() {
    let cells = Cells::even(ROWS, COLS, 777.0, 924.0).unwrap();
    let mut tested = 0;
    for seed in 1..40_u32 {
        // Costs of a metre from 1 to 8, by a multiplicative hash.
        let hash = |at: u32| (at * 97 + seed * 7_919).wrapping_mul(2_654_435_761) >> 29;
        let friction: Vec<f64> =
            (0..(ROWS * COLS) as u32).map(|at| f64::from(1 + hash(at))).collect();
        let options = AlternativeOptions { dearer_share: 0.5, ..AlternativeOptions::default() };
        let ends = ((2, 2), (ROWS - 3, COLS - 3));
        let search = |ends, options: &AlternativeOptions| {
            cell_alternatives(&cells, &friction, Neighbours::Sixteen, ends, options).unwrap()
        };
        let found = search(ends, &options);
        let best_m = found[0].way.length_m;
        for one in &found[1..] {
            let way = &one.way.cells;
            let via = way.iter().position(|cell| *cell == one.via).unwrap();
            let mut ends = (via, via);
            let reach_m = 0.5 * options.local_share * best_m;
            let length_m = |part: &[(usize, usize)]| {
                part.windows(2).map(|m| cells.length_m(m[0], m[1])).sum::<f64>()
            };
            while ends.0 > 0 && length_m(&way[ends.0 - 1..=via]) <= reach_m {
                ends.0 -= 1;
            }
            while ends.1 + 1 < way.len() && length_m(&way[via..=ends.1 + 1]) <= reach_m {
                ends.1 += 1;
            }
            let only = AlternativeOptions { count: 1, ..options };
            let cheapest = &search((way[ends.0], way[ends.1]), &only)[0].way;
            // The cost of the part is that of the whole with all other cells closed.
            let mut closed = vec![f64::INFINITY; ROWS * COLS];
            for (row, col) in &way[ends.0..=ends.1] {
                for at in around(*row, *col) {
                    closed[at] = friction[at];
                }
            }
            let own = cell_alternatives(
                &cells,
                &closed,
                Neighbours::Sixteen,
                (way[ends.0], way[ends.1]),
                &only,
            );
            assert!(own.unwrap()[0].way.cost_m <= cheapest.cost_m * 1.002);
            tested += 1;
        }
    }
    assert!(tested > 0, "no alternative was tested");
}

/// A cell and those that touch it, for the cells between a knight move's ends.
fn around(row: usize, col: usize) -> impl Iterator<Item = usize> {
    let rows = row.saturating_sub(1)..=(row + 1).min(ROWS - 1);
    let cols = move || col.saturating_sub(1)..=(col + 1).min(COLS - 1);
    rows.flat_map(move |row| cols().map(move |col| row * COLS + col))
}

#[test]
fn passes_are_lower_than_what_they_part() {
    for seed in 0..20 {
        let ground = ground(seed);
        let found = passes(&ground, 30.0);
        assert!(found.windows(2).all(|pair| pair[0].height_m >= pair[1].height_m));
        for pass in &found {
            let (row, col) = pass.cell;
            assert_eq!(ground.height_m(row, col), Some(pass.height_m));
            assert!(pass.depth_m >= 30.0);
        }
        // A smaller depth finds the same ones and more.
        let all = passes(&ground, 1.0);
        assert!(found.iter().all(|pass| all.contains(pass)));
    }
}

fn small_study() -> (Study, Grid) {
    let grid = waves(90, 90, 700.0).unwrap();
    let station = |id: &str, row, col| {
        let at = grid.place(row, col);
        Station {
            id: id.into(),
            name: id.into(),
            lon_deg: at.lon_deg,
            lat_deg: at.lat_deg,
            ..Station::default()
        }
    };
    let study = Study {
        stations: vec![station("a", 8, 10), station("b", 80, 75), station("c", 50, 12)],
        segments: vec![Segment {
            id: "a-b".into(),
            from: "a".into(),
            to: "b".into(),
            ..Segment::default()
        }],
        ..Study::default()
    };
    (study, grid)
}

#[cfg(feature = "parallel")]
#[test]
fn one_thread_and_many_give_the_same() {
    let (study, grid) = small_study();
    let options = Options::default();
    let all = || {
        let ways = alternatives(&study, &grid, &options, &AlternativeOptions::default()).unwrap();
        let sweep = sensitivity(&study, &grid, &options, &[8.0, 12.0, 18.0, 25.0]).unwrap();
        format!("{ways:?} {sweep:?}")
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(all)
    };
    assert!(on(1) == on(4), "results differ");
}

#[test]
fn a_sweep_is_as_good_as_a_search_for_each_gradient() {
    let (study, grid) = small_study();
    let options = Options::default();
    let gradients = [25.0, 30.0, 10.0, 12.0, 15.0, 28.0, 40.0, 60.0];
    let legs = sensitivity(&study, &grid, &options, &gradients).unwrap();
    assert_eq!(legs.len(), 1);
    let rows = &legs[0].rows;
    assert!(rows.windows(2).all(|pair| pair[0].gradient_permille < pair[1].gradient_permille));
    let only = AlternativeOptions { count: 1, ..AlternativeOptions::default() };
    for row in rows {
        let levels =
            LevelOptions { gradient_permille: row.gradient_permille, ..LevelOptions::default() };
        let options = Options { levels, ..Options::default() };
        let best = alternatives(&study, &grid, &options, &only);
        let cost_m = best.ok().map(|legs| legs[0].ways[0].route.cost_m);
        assert_eq!(row.route.as_ref().map(|route| route.cost_m), cost_m);
        let steepest = row.route.as_ref().map_or(0.0, |route| route.steepest_permille);
        // Over the ellipsoid lengths differ a little from those over the cells.
        assert!(steepest <= row.gradient_permille * 1.01);
    }
    let costs_m: Vec<f64> =
        rows.iter().filter_map(|row| Some(row.route.as_ref()?.cost_m)).collect();
    assert!(costs_m.windows(2).all(|pair| pair[0] >= pair[1]), "{costs_m:?}");
    // Ground with slopes up to 32 permille: from there on a steeper gradient changes little.
    assert!(rows.iter().any(|row| row.is_unchanged), "{costs_m:?}");
}

#[test]
fn what_is_over_early_has_only_what_was_found_by_then() {
    let (study, grid) = small_study();
    let (options, choice) = (Options::default(), AlternativeOptions::default());
    let all = alternatives(&study, &grid, &options, &choice).unwrap();
    let gradients = [8.0, 12.0, 18.0, 25.0];
    let swept = sensitivity(&study, &grid, &options, &gradients).unwrap();
    let (mut found, mut rows) = (0, 0);
    for most in (0..30).chain([1_000]) {
        let asked = AtomicUsize::new(0);
        let is_over = || asked.fetch_add(1, Ordering::Relaxed) >= most;
        let legs = alternatives_until(&study, &grid, &options, &choice, &is_over).unwrap();
        // The best comes first; others only if nothing is cheaper where they differ.
        let names = |legs: &[LegAlternatives]| -> Vec<String> {
            legs[0].ways.iter().map(|way| way.name.clone()).collect()
        };
        let early = names(&legs);
        assert!(most > 0 || early.is_empty(), "{early:?}");
        assert!(most == 0 || early.first() == names(&all).first(), "{early:?}");
        assert!(legs[0].was_stopped || early == names(&all));
        found = found.max(early.len());
        asked.store(0, Ordering::Relaxed);
        let legs = sensitivity_until(&study, &grid, &options, &gradients, &is_over).unwrap();
        for (row, all) in legs[0].rows.iter().zip(&swept[0].rows) {
            assert!(row.was_stopped && row.route.is_none() || row.route == all.route);
        }
        rows = rows.max(legs[0].rows.iter().filter(|row| !row.was_stopped).count());
    }
    assert_eq!((found, rows), (all[0].ways.len(), gradients.len()), "never done");
}

#[test]
fn options_without_sense_are_told() {
    let (study, grid) = small_study();
    for bad in [
        AlternativeOptions { dearer_share: f64::NAN, ..AlternativeOptions::default() },
        AlternativeOptions { shared_share: 1.5, ..AlternativeOptions::default() },
        AlternativeOptions { beside_m: -1.0, ..AlternativeOptions::default() },
        AlternativeOptions { local_share: -0.1, ..AlternativeOptions::default() },
        AlternativeOptions { pass_depth_m: f64::INFINITY, ..AlternativeOptions::default() },
    ] {
        let problem = alternatives(&study, &grid, &Options::default(), &bad).unwrap_err();
        assert!(problem.to_string().contains("see AlternativeOptions"), "{problem}");
    }
    let none = AlternativeOptions { count: 0, ..AlternativeOptions::default() };
    assert!(alternatives(&study, &grid, &Options::default(), &none).unwrap()[0].ways.is_empty());
    assert!(sensitivity(&study, &grid, &Options::default(), &[f64::NAN]).is_err());
}

/// The saddles of the Paropamisus between Turgundi and Herat, as measured on the same terrain by
/// other means: 1,526 m straight on and 1,457 m in the west.
#[cfg(feature = "turgundi")]
#[test]
fn the_saddles_before_herat_are_found_and_named() {
    let grid = railcorridor::terrain::globe_30s().unwrap();
    let found = passes(&Ground::of_grid(&grid).unwrap(), 50.0);
    for (lat_deg, lon_deg, height_m) in [(34.708, 62.117, 1_526.0), (34.775, 61.825, 1_457.0)] {
        let is_it = |pass: &&railcorridor::route::Pass| {
            let at = grid.place(pass.cell.0, pass.cell.1);
            (at.lat_deg - lat_deg).abs() < 1e-3 && (at.lon_deg - lon_deg).abs() < 1e-3
        };
        assert_eq!(found.iter().find(is_it).map(|pass| pass.height_m), Some(height_m));
    }
    let mut study = Study::turgundi().unwrap();
    study.segments.truncate(1);
    let legs = sensitivity(&study, &grid, &Options::default(), &[6.0, 18.0]).unwrap();
    let names: Vec<&str> = legs[0].rows.iter().map(|row| row.name.as_str()).collect();
    // At 6 permille the long way round by the west, which never climbs to either.
    assert_eq!(names, ["western summit 1,143 m", "direct saddle 1,526 m"]);
}
