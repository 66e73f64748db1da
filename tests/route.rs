//! The search over height levels: against an exhaustive one, and by what must always hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BinaryHeap;

use arbtest::arbitrary::Unstructured;
use arbtest::arbtest;
use railcorridor::route::{Ground, LevelOptions, Neighbours, Remainder, level_search};

const COLS: usize = 7;

const ROWS: usize = 6;

const CELL_M: (f64, f64) = (777.0, 924.0);

fn random_ground(u: &mut Unstructured<'_>) -> arbtest::arbitrary::Result<Vec<f32>> {
    let mut heights = Vec::new();
    for _ in 0..ROWS * COLS {
        let void = u.ratio(1_u8, 12_u8)?;
        heights.push(if void { f32::NAN } else { f32::from(u.int_in_range(0..=90_u8)?) });
    }
    Ok(heights)
}

fn ground(heights: &[f32]) -> Ground {
    let dy = vec![CELL_M.1; ROWS - 1];
    Ground::new(COLS, vec![CELL_M.0; ROWS], dy, heights.to_vec()).unwrap()
}

fn options(u: &mut Unstructured<'_>) -> arbtest::arbitrary::Result<LevelOptions> {
    Ok(LevelOptions {
        gradient_permille: f64::from(u.int_in_range(4..=40_u8)?),
        level_step_m: 4.0,
        window_levels: 32,
        above_ground_m: 40.0,
        neighbours: *u.choose(&[Neighbours::Eight, Neighbours::Sixteen])?,
        remainder: Remainder::Floored,
        charge_between: u.arbitrary()?,
        ..LevelOptions::default()
    })
}

/// The cheapest cost by a plain search in floating point over all states, written apart.
fn exhaustive(heights: &[f32], to: (usize, usize), options: &LevelOptions) -> Option<f64> {
    let at = |row: i64, col: i64| -> Option<f64> {
        let inside = (0..ROWS as i64).contains(&row) && (0..COLS as i64).contains(&col);
        let height = inside.then(|| heights[row as usize * COLS + col as usize])?;
        (!height.is_nan()).then_some(f64::from(height))
    };
    let window = |ground: f64| {
        let top = ((ground + 40.0) / 4.0).floor() as i64;
        (top - 31, top)
    };
    let nearest = |ground: f64| (ground / 4.0 + 0.5).floor() as i64;
    let metre = |row: i64, col: i64, level: i64| {
        let ground = at(row, col)?;
        let (low, high) = window(ground);
        Some(options.cost.metre_ratio(level.clamp(low, high) as f64 * 4.0 - ground))
    };
    let start = (0, 0, nearest(at(0, 0)?));
    let end = (to.0 as i64, to.1 as i64, nearest(at(to.0 as i64, to.1 as i64)?));
    let mut best = std::collections::BTreeMap::from([(start, 0.0)]);
    let mut open = BinaryHeap::from([(std::cmp::Reverse(ordered(0.0)), start)]);
    while let Some((std::cmp::Reverse(cost), state)) = open.pop() {
        let cost = f64::from_bits(cost);
        if cost > best[&state] {
            continue;
        }
        if state == end {
            return Some(cost);
        }
        let (row, col, level) = state;
        for down in -2..=2_i64 {
            for right in -2..=2_i64 {
                let (a, b) = (down.abs().max(right.abs()), down.abs().min(right.abs()));
                let knight = (a, b) == (2, 1);
                let allowed = a == 1 || (knight && options.neighbours == Neighbours::Sixteen);
                let Some(ground) = at(row + down, col + right).filter(|_| allowed) else {
                    continue;
                };
                let length = (right as f64 * CELL_M.0).hypot(down as f64 * CELL_M.1);
                let reach = (options.gradient_permille / 1e3 * length / 4.0).floor() as i64;
                let (low, high) = window(ground);
                for next in (level - reach).max(low)..=(level + reach).min(high) {
                    let mut ratio = metre(row + down, col + right, next).unwrap();
                    if knight && options.charge_between {
                        let near = metre(row + down / 2, col + right / 2, next);
                        let far = metre(row + down - down / 2, col + right - right / 2, next);
                        let (Some(near), Some(far)) = (near, far) else { continue };
                        ratio = 0.5 * ratio + 0.25 * (near + far);
                    }
                    let (target, through) =
                        ((row + down, col + right, next), cost + length * ratio);
                    if best.get(&target).is_none_or(|known| through < *known) {
                        best.insert(target, through);
                        open.push((std::cmp::Reverse(ordered(through)), target));
                    }
                }
            }
        }
    }
    None
}

/// Positive floats in the order of their bits.
fn ordered(cost: f64) -> u64 {
    cost.to_bits()
}

#[test]
fn it_is_as_cheap_as_an_exhaustive_search() {
    arbtest(|u| {
        let heights = random_ground(u)?;
        let options = options(u)?;
        let to = (u.int_in_range(0..=ROWS - 1)?, u.int_in_range(0..=COLS - 1)?);
        let found = level_search(&ground(&heights), (0, 0), to, &options);
        match (found, exhaustive(&heights, to, &options)) {
            (Ok(path), Some(cost)) => {
                let certificate = path.certificate;
                assert!(
                    (certificate.recost_m - cost).abs() <= 2e-6 * cost,
                    "{certificate:?} {cost}"
                );
                assert!((certificate.cost_m - cost).abs() <= 2e-6 * cost.max(1.0));
            }
            (Err(_), None) => {}
            (found, cost) => panic!("{found:?} against {cost:?}"),
        }
        Ok(())
    })
    .budget_ms(4_000);
}

#[test]
fn backwards_costs_the_same_but_for_the_ends() {
    // On level ground a cost belongs to the move alone.
    let flat = ground(&[50.0; ROWS * COLS]);
    let options = LevelOptions::default();
    let there = level_search(&flat, (0, 0), (5, 6), &options).unwrap();
    let back = level_search(&flat, (5, 6), (0, 0), &options).unwrap();
    assert_eq!(there.certificate.cost_m, back.certificate.cost_m);
}

#[test]
fn a_looser_gradient_never_costs_more() {
    arbtest(|u| {
        let heights = random_ground(u)?;
        let tight = options(u)?;
        let loose =
            LevelOptions { gradient_permille: tight.gradient_permille + 5.0, ..tight.clone() };
        let ground = ground(&heights);
        let cost =
            |options| level_search(&ground, (0, 0), (5, 6), options).map(|p| p.certificate.cost_m);
        if let Ok(tight) = cost(&tight) {
            assert!(cost(&loose).unwrap() <= tight);
        }
        Ok(())
    })
    .budget_ms(2_000);
}

#[test]
fn a_carried_remainder_exceeds_no_straight_run_by_a_level() {
    // A ramp of 9.6 permille eastwards under a limit of 9.7: 7.5 m a cell, in levels of 4 m.
    let ramp: Vec<f32> = (0..40_u8).map(|col| f32::from(col) * 7.4592).collect();
    let ground = Ground::new(40, vec![777.0], Vec::new(), ramp).unwrap();
    let enough = LevelOptions {
        gradient_permille: 9.7,
        neighbours: Neighbours::Eight,
        ..LevelOptions::default()
    };
    let path = level_search(&ground, (0, 0), (0, 39), &enough).unwrap();
    assert_eq!(path.nodes.len(), 40, "it has to run back and forth");
    for (place, a) in path.nodes.iter().enumerate() {
        for b in path.nodes.iter().skip(place + 1) {
            #[expect(clippy::cast_precision_loss, reason = "40 cells")]
            let run_m = (b.col - a.col) as f64 * 777.0;
            let over_m = (b.height_m - a.height_m).abs() - 9.7e-3 * run_m;
            assert!(over_m <= 4.0, "{over_m} m over in {run_m} m");
        }
    }
}

#[test]
fn bad_ends_and_options_are_told() {
    let flat = ground(&[50.0; ROWS * COLS]);
    let search =
        |from, to, options: &LevelOptions| level_search(&flat, from, to, options).map(|_| ());
    let good = LevelOptions::default();
    assert!(
        search((0, 0), (9, 9), &good).unwrap_err().to_string().contains("outside of the terrain")
    );
    for bad in [
        LevelOptions { gradient_permille: f64::NAN, ..good.clone() },
        LevelOptions { gradient_permille: -1.0, ..good.clone() },
        LevelOptions { level_step_m: 0.0, ..good.clone() },
        LevelOptions { window_levels: 65, ..good.clone() },
    ] {
        assert!(search((0, 0), (1, 1), &bad).is_err(), "{bad:?}");
    }
    let small = LevelOptions { largest_memory_bytes: 100, ..good.clone() };
    assert!(search((0, 0), (5, 6), &small).unwrap_err().to_string().contains("limit is 100 bytes"));
    let one = Ground::new(1, vec![777.0], Vec::new(), vec![5.0]).unwrap();
    assert_eq!(level_search(&one, (0, 0), (0, 0), &good).unwrap().length_m, 0.0);
}
