//! The search over height levels: against an exhaustive one, and by what must always hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small grids")]
#![allow(clippy::cast_precision_loss, reason = "small grids")]

use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use chance::arbitrary::Unstructured;
use chance::property;
use railcorridor::route::{
    Ground, LevelLattice, LevelOptions, LevelPath, Neighbours, largest_memory_bytes, level_search,
    level_search_watched,
};
use railcorridor::terrain::Crossing;

const COLS: usize = 7;

const ROWS: usize = 6;

const CELL_M: (f64, f64) = (777.0, 924.0);

fn random_ground(u: &mut Unstructured<'_>) -> chance::arbitrary::Result<Vec<f32>> {
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

fn options(u: &mut Unstructured<'_>) -> chance::arbitrary::Result<LevelOptions> {
    Ok(LevelOptions {
        gradient_permille: f64::from(u.int_in_range(4..=40_u8)?),
        level_step_m: 4.0,
        lattice: *u.choose(&[LevelLattice::FromGround, LevelLattice::Multiples { levels: 32 }])?,
        above_ground_m: 40.0,
        below_ground_m: 84.0,
        neighbours: *u.choose(&[Neighbours::Eight, Neighbours::Sixteen])?,
        charge_between: u.arbitrary()?,
        climb_ratio: f64::from(u.int_in_range(0..=1_u8)?) * 30.0,
        station_length_m: f64::from(u.int_in_range(0..=2_u8)?) * 400.0,
        ..LevelOptions::default()
    })
}

/// Heights that rails may have over ground of whole metres.
fn heights(ground: i64, options: &LevelOptions) -> Vec<i64> {
    if options.lattice == LevelLattice::FromGround {
        let above = (1..=8).map(|step| 4 * step).chain([40]);
        let below = (1..=8).map(|step| -4 * step).chain([-40, -48, -56, -64, -80]);
        let all = above.chain(below).chain([0]).map(|height| ground + height);
        return all.collect();
    }
    let top = (ground + 40).div_euclid(4) * 4;
    (0..32).map(|step| top - 4 * step).collect()
}

/// What lies on the ground beside its height.
struct Land {
    friction: Vec<f32>,
    crossings: Vec<Crossing>,
}

impl Land {
    fn random(u: &mut Unstructured<'_>) -> chance::arbitrary::Result<Self> {
        let mut land = Self { friction: vec![1.0; ROWS * COLS], crossings: Vec::new() };
        if u.arbitrary()? {
            for friction in &mut land.friction {
                *friction = *u.choose(&[0.5, 1.0, 1.0, 2.5])?;
            }
            for _ in 0..u.int_in_range(0..=4_u8)? {
                let from = (u.int_in_range(0..=ROWS - 1)?, u.int_in_range(0..=COLS - 1)?);
                let step =
                    *u.choose(&[(0, 1), (0, -1), (1, 0), (1, 1), (-1, 1), (1, 2), (2, -1)])?;
                land.crossings.push(Crossing { from, step, cost_m: 700.0, crossed_share: 1.0 });
            }
        }
        Ok(land)
    }

    fn on(&self, ground: Ground) -> Ground {
        let is_plain = self.crossings.is_empty() && self.friction.iter().all(|one| *one == 1.0);
        if is_plain {
            return ground;
        }
        ground.with_friction(&self.friction).unwrap().with_crossings(&self.crossings).unwrap()
    }

    fn crossing_m(&self, from: (i64, i64), step: (i64, i64)) -> f64 {
        let is_this = |one: &&Crossing| {
            let own = (one.from.0 as i64, one.from.1 as i64);
            (own, (i64::from(one.step.0), i64::from(one.step.1))) == (from, step)
        };
        self.crossings.iter().find(is_this).map_or(0.0, |one| one.cost_m)
    }
}

/// The cheapest cost by a plain search in floating point over all states, written apart.
fn exhaustive(
    terrain: &[f32],
    land: &Land,
    to: (usize, usize),
    options: &LevelOptions,
) -> Option<f64> {
    let at = |(row, col): (i64, i64)| -> Option<i64> {
        let inside = (0..ROWS as i64).contains(&row) && (0..COLS as i64).contains(&col);
        let height = inside.then(|| terrain[row as usize * COLS + col as usize])?;
        (!height.is_nan()).then_some(height as i64)
    };
    // Ground in half metres, of which the mean of two is a whole number, and friction.
    let side = |cell: (i64, i64)| {
        let friction = land.friction[cell.0 as usize * COLS + cell.1 as usize];
        Some((2 * at(cell)?, f64::from(friction)))
    };
    let metre = |(ground, friction): (i64, f64), height: i64| {
        // No deeper and no higher than the levels of a cell with this ground.
        let levels = heights(0, options).into_iter();
        let depth = height * 2 - ground;
        let fits = match options.lattice {
            LevelLattice::FromGround => {
                let (low, high) = levels.fold((0, 0), |(a, b), at| (at.min(a), at.max(b)));
                (2 * low..=2 * high).contains(&depth)
            }
            LevelLattice::Multiples { .. } => {
                let top = (ground + 2 * 40).div_euclid(8) * 8;
                (top - 31 * 8..=top).contains(&(height * 2))
            }
        };
        fits.then(|| friction * options.cost.metre_ratio(depth as f64 / 2.0))
    };
    let nearest = |ground: i64| match options.lattice {
        LevelLattice::FromGround => ground,
        LevelLattice::Multiples { .. } => (ground + 2).div_euclid(4) * 4,
    };
    let to = (to.0 as i64, to.1 as i64);
    let start = ((0, 0), nearest(at((0, 0))?));
    let end = (to, nearest(at(to)?));
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
        let ((row, col), height) = state;
        for (down, right) in (-2..=2_i64).flat_map(|d| (-2..=2_i64).map(move |r| (d, r))) {
            let (a, b) = (down.abs().max(right.abs()), down.abs().min(right.abs()));
            let knight = (a, b) == (2, 1);
            let allowed = a == 1 || (knight && options.neighbours == Neighbours::Sixteen);
            let entered = (row + down, col + right);
            let Some(ground) = at(entered).filter(|_| allowed) else { continue };
            let beside = [
                (row + down / 2, col + right / 2),
                (row + down - down / 2, col + right - right / 2),
            ];
            if knight && beside.iter().any(|cell| at(*cell).is_none()) {
                continue;
            }
            let corners = [(row + down, col), (row, col + right)];
            if (a, b) == (1, 1) && corners.iter().all(|cell| at(*cell).is_none()) {
                continue;
            }
            let length = (right as f64 * CELL_M.0).hypot(down as f64 * CELL_M.1);
            let at_station =
                [(row, col), entered].iter().any(|cell| *cell == (0, 0) || *cell == to);
            let yard = if at_station { options.station_length_m.min(length) } else { 0.0 };
            let ruling = options.gradient_permille;
            let rise = (ruling.min(2.5) * yard + ruling * (length - yard)) / 1e3;
            for next in heights(ground, options) {
                // Half metres, rounded down.
                if (next - height).abs() as f64 * 2.0 > (rise * 2.0 + 1e-6).floor() {
                    continue;
                }
                let Some(mut ratio) = side(entered).and_then(|side| metre(side, next)) else {
                    continue;
                };
                if knight && options.charge_between {
                    // The line runs midway between the two.
                    let [Some(a), Some(b)] = beside.map(side) else { continue };
                    let half_way = ((a.0 + b.0) / 2, 0.5 * (a.1 + b.1));
                    let Some(half_way) = metre(half_way, next) else { continue };
                    ratio = 0.5 * (ratio + half_way);
                }
                let climb = options.climb_ratio * (next - height).max(0) as f64;
                let crossing = land.crossing_m((row, col), (down, right));
                let through = cost + length * ratio + climb + crossing;
                let target = (entered, next);
                if best.get(&target).is_none_or(|known| through < *known) {
                    best.insert(target, through);
                    open.push((std::cmp::Reverse(ordered(through)), target));
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
    property(|u| {
        let heights = random_ground(u)?;
        let (options, land) = (options(u)?, Land::random(u)?);
        let to = (u.int_in_range(0..=ROWS - 1)?, u.int_in_range(0..=COLS - 1)?);
        let found = level_search(&land.on(ground(&heights)), (0, 0), to, &options);
        match (found, exhaustive(&heights, &land, to, &options)) {
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
    .budget_ms(2_500);
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
    property(|u| {
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
    .budget_ms(1_000);
}

/// No two points of a way lie farther apart in height than the gradient allows between them.
#[test]
fn no_run_exceeds_the_gradient() {
    // A ramp of 9.6 permille eastwards under a limit of 9.7: 7.5 m a cell, in levels of 4 m.
    let ramp: Vec<f32> = (0..40_u8).map(|col| f32::from(col) * 7.4592).collect();
    let ground = Ground::new(40, vec![777.0], Vec::new(), ramp).unwrap();
    for lattice in [LevelLattice::FromGround, LevelLattice::Multiples { levels: 60 }] {
        let enough = LevelOptions {
            gradient_permille: 9.7,
            level_step_m: 4.0,
            neighbours: Neighbours::Eight,
            lattice,
            ..LevelOptions::default()
        };
        let path = level_search(&ground, (0, 0), (0, 39), &enough).unwrap();
        for (a, b) in path.nodes.iter().zip(path.nodes.iter().skip(1)) {
            let over_m = (b.height_m - a.height_m).abs() - 9.7e-3 * 777.0;
            assert!(over_m <= 1e-6, "{over_m} m over");
        }
        // Levels from the ground follow the ramp; whole multiples have to run back and forth.
        let straight = path.nodes.len() == 40;
        assert_eq!(straight, lattice == LevelLattice::FromGround);
    }
}

#[test]
fn finer_levels_never_cost_more() {
    property(|u| {
        // Even heights, so that the mean of two is a whole number of parts with both steps.
        let even: Vec<f32> = random_ground(u)?.iter().map(|height| 2.0 * height).collect();
        let ground = ground(&even);
        let coarse = LevelOptions { lattice: LevelLattice::FromGround, ..options(u)? };
        let fine = LevelOptions { level_step_m: 2.0, ..coarse.clone() };
        let cost = |options| level_search(&ground, (0, 0), (5, 6), options);
        if let Ok(coarse) = cost(&coarse) {
            // Both round their heights and costs, each to parts of its own.
            let fine = cost(&fine).unwrap().certificate.cost_m;
            assert!(fine <= coarse.certificate.cost_m + 0.02, "{fine} {coarse:?}");
        }
        Ok(())
    })
    .budget_ms(1_000);
}

#[test]
fn a_closed_cell_or_a_dearer_one_never_lowers_the_cost() {
    property(|u| {
        let (heights, options) = (random_ground(u)?, options(u)?);
        let (row, col) = (u.int_in_range(0..=ROWS - 1)?, u.int_in_range(0..=COLS - 1)?);
        let mut friction = vec![1.0; ROWS * COLS];
        friction[row * COLS + col] = *u.choose(&[f32::INFINITY, 5.0])?;
        let cost = |ground: &Ground| {
            let path = level_search(ground, (0, 0), (5, 6), &options);
            path.map_or(f64::INFINITY, |path| {
                let certificate = path.certificate;
                assert!((certificate.recost_m / certificate.cost_m - 1.0).abs() < 1e-6);
                certificate.cost_m
            })
        };
        let plain = cost(&ground(&heights));
        let dearer = cost(&ground(&heights).with_friction(&friction).unwrap());
        assert!(dearer >= plain - 1e-6, "{dearer} {plain}");
        // Twice the cost of every metre is twice the cost, where climbing is free.
        if options.climb_ratio == 0.0 && plain.is_finite() {
            let twice = cost(&ground(&heights).with_friction(&[2.0; ROWS * COLS]).unwrap());
            assert!((twice / plain - 2.0).abs() < 1e-5, "{twice} {plain}");
        }
        Ok(())
    })
    .budget_ms(1_000);
}

#[test]
fn a_transposed_ground_costs_the_same() {
    property(|u| {
        let (heights, options) = (random_ground(u)?, options(u)?);
        let turned: Vec<f32> =
            (0..ROWS * COLS).map(|at| heights[(at % ROWS) * COLS + at / ROWS]).collect();
        let turned =
            Ground::new(ROWS, vec![CELL_M.1; COLS], vec![CELL_M.0; COLS - 1], turned).unwrap();
        let cost = |ground: &Ground, to| {
            level_search(ground, (0, 0), to, &options).ok().map(|path| path.certificate.cost_m)
        };
        assert_eq!(cost(&ground(&heights), (5, 6)), cost(&turned, (6, 5)));
        Ok(())
    })
    .budget_ms(1_000);
}

/// No knight move slips under a wall that is too high for a tunnel, or over a gorge too deep for a
/// bridge, between its ends.
#[test]
fn no_move_passes_below_or_above_the_levels_of_a_cell_between() {
    for height in [900.0, -900.0] {
        let mut heights = vec![0.0_f32; 9 * 9];
        heights[4 * 9..5 * 9].fill(height);
        let ground = Ground::new(9, vec![777.0; 9], vec![924.0; 8], heights).unwrap();
        let options = LevelOptions { gradient_permille: 15.0, ..LevelOptions::default() };
        let found = level_search(&ground, (0, 4), (8, 4), &options);
        assert!(found.unwrap_err().to_string().contains("permille"), "{height}");
        let eight = LevelOptions { neighbours: Neighbours::Eight, ..options };
        assert!(level_search(&ground, (0, 4), (8, 4), &eight).is_err(), "{height}");
    }
}

#[test]
fn a_river_is_paid_for_once_where_it_is_crossed() {
    // A river between columns 2 and 3: every move from one side to the other crosses it.
    let steps = [(0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (-2, 1)];
    let mut crossings = Vec::new();
    for (row, col) in (0..ROWS).flat_map(|row| (0..COLS).map(move |col| (row, col))) {
        for step in steps {
            if (col as i64) <= 2 && col as i64 + i64::from(step.1) >= 3 {
                crossings.push(Crossing {
                    from: (row, col),
                    step,
                    cost_m: 1_000.0,
                    crossed_share: 1.0,
                });
            }
        }
    }
    let flat = ground(&[50.0; ROWS * COLS]);
    let options = LevelOptions::default();
    let dry = level_search(&flat, (0, 0), (5, 6), &options).unwrap().certificate.cost_m;
    let flat = flat.with_crossings(&crossings).unwrap();
    let wet = level_search(&flat, (0, 0), (5, 6), &options).unwrap().certificate;
    assert!((wet.cost_m - dry - 1_000.0).abs() < 1e-6, "{wet:?} {dry}");
    assert!((wet.recost_m / wet.cost_m - 1.0).abs() < 1e-6);
}

#[test]
fn a_watch_may_stop_a_search_and_gets_the_best_so_far() {
    // Rough ground, large enough for several looks at the watch.
    let heights: Vec<f32> = (0..150 * 150_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 16) as f32 / 65_536.0 * 120.0)
        .collect();
    let ground = Ground::new(150, vec![777.0; 150], vec![924.0; 149], heights).unwrap();
    let (from, to, options) = ((0, 0), (149, 149), LevelOptions::default());
    let exact = level_search(&ground, from, to, &options).unwrap();
    let cheapest_m = exact.certificate.cost_m;
    let whole = level_search_watched(&ground, from, to, &options, &mut |progress| {
        // No bound on the way is above the cheapest, whatever is searched just then.
        assert!(progress.lower_bound_m <= cheapest_m, "{progress:?}");
        assert!(progress.best_m.is_none_or(|best_m| best_m >= cheapest_m), "{progress:?}");
        ControlFlow::Continue(())
    });
    assert_eq!(whole.unwrap().certificate.cost_m, exact.certificate.cost_m);
    let mut looks = Vec::new();
    let stopped = level_search_watched(&ground, from, to, &options, &mut |progress| {
        looks.push(*progress);
        if progress.best_m.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let certificate = stopped.unwrap().certificate;
    assert!(!certificate.is_proven() && certificate.gap_share() > 0.0, "{certificate:?}");
    assert!(certificate.lower_bound_m <= exact.certificate.cost_m);
    assert!(certificate.cost_m >= exact.certificate.cost_m);
    let lattice = LevelLattice::Multiples { levels: 60 };
    let multiples = LevelOptions { lattice, level_step_m: 4.0, ..options.clone() };
    let cost = |path: railcorridor::Result<LevelPath>| path.unwrap().certificate.cost_m;
    let watched =
        level_search_watched(&ground, from, to, &multiples, &mut |_| ControlFlow::Continue(()));
    assert_eq!(cost(watched), cost(level_search(&ground, from, to, &multiples)));
    let at_once =
        level_search_watched(&ground, from, to, &options, &mut |_| ControlFlow::Break(()));
    assert!(at_once.unwrap_err().to_string().contains("was stopped"));
    let quick = looks.iter().filter(|look| look.best_m.is_none());
    assert!(quick.map(|look| look.settled_count).is_sorted());
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
        LevelOptions { lattice: LevelLattice::Multiples { levels: 65 }, ..good.clone() },
        LevelOptions { lattice: LevelLattice::Multiples { levels: usize::MAX }, ..good.clone() },
    ] {
        assert!(search((0, 0), (1, 1), &bad).is_err(), "{bad:?}");
        assert!(largest_memory_bytes(&flat, &bad).is_err(), "{bad:?}");
    }
    let small = LevelOptions { largest_memory_bytes: 100, ..good.clone() };
    assert!(search((0, 0), (5, 6), &small).unwrap_err().to_string().contains("limit is 100 bytes"));
    let one = Ground::new(1, vec![777.0], Vec::new(), vec![5.0]).unwrap();
    assert_eq!(level_search(&one, (0, 0), (0, 0), &good).unwrap().length_m, 0.0);
}
