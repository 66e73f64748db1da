//! The search over headings: against an exhaustive one, and by what must always hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small grids")]
#![allow(clippy::cast_precision_loss, reason = "small grids")]

use std::collections::{BinaryHeap, HashMap};
use std::ops::ControlFlow;

use chance::arbitrary::Unstructured;
use chance::property;
use railcorridor::route::{Ground, LevelOptions, Neighbours, level_search, level_search_watched};

const COLS: usize = 5;

const ROWS: usize = 4;

fn random(u: &mut Unstructured<'_>) -> chance::arbitrary::Result<(Vec<f32>, LevelOptions, f64)> {
    let mut heights = Vec::new();
    for _ in 0..ROWS * COLS {
        let void = u.ratio(1_u8, 10_u8)?;
        heights.push(if void { f32::NAN } else { f32::from(u.int_in_range(0..=30_u8)?) });
    }
    let options = LevelOptions {
        gradient_permille: f64::from(u.int_in_range(8..=30_u8)?),
        level_step_m: 4.0,
        above_ground_m: 12.0,
        below_ground_m: 16.0,
        neighbours: *u.choose(&[Neighbours::Eight, Neighbours::Sixteen])?,
        climb_ratio: f64::from(u.int_in_range(0..=1_u8)?) * 30.0,
        least_radius_m: *u.choose(&[0.0, 200.0, 300.0, 500.0, 900.0])?,
        compensation_permille_m: *u.choose(&[0.0, 700.0, 3_000.0])?,
        ..LevelOptions::default()
    };
    // Cells of about a kilometre, and cells in which a curve takes several moves.
    Ok((heights, options, *u.choose(&[1.0, 0.4])?))
}

fn ground(heights: &[f32], scale: f64) -> Ground {
    let (dx, dy) = (vec![777.0 * scale; ROWS], vec![924.0 * scale; ROWS - 1]);
    Ground::new(COLS, dx, dy, heights.to_vec()).unwrap()
}

type Step = (i64, i64);

/// A cell with the height of the rails, the move that leaves it, and the half moves of its run
/// that are free for a curve.
type State = ((i64, i64), i64, Step, i64);

/// The cheapest cost by a plain search in floating point backwards over all states, written apart.
struct Exhaustive<'a> {
    heights: &'a [f32],
    options: &'a LevelOptions,
    scale: f64,
}

impl Exhaustive<'_> {
    fn at(&self, (row, col): (i64, i64)) -> Option<i64> {
        let inside = (0..ROWS as i64).contains(&row) && (0..COLS as i64).contains(&col);
        let height = inside.then(|| self.heights[row as usize * COLS + col as usize])?;
        (!height.is_nan()).then_some(height as i64)
    }

    fn vector(&self, (down, right): Step) -> (f64, f64) {
        (right as f64 * 777.0 * self.scale, down as f64 * 924.0 * self.scale)
    }

    fn length(&self, step: Step) -> f64 {
        let (x, y) = self.vector(step);
        x.hypot(y)
    }

    /// Half moves before and after, and the rise lost, in metres; `None` if it has no room.
    fn curve(&self, before: Step, after: Step) -> Option<(i64, i64, f64)> {
        let (a, b) = (self.vector(before), self.vector(after));
        let cos = (a.0 * b.0 + a.1 * b.1) / (self.length(before) * self.length(after));
        let angle = cos.clamp(-1.0, 1.0).acos();
        let tangent = self.options.least_radius_m * (angle / 2.0).tan();
        let halves = |step| (tangent / (self.length(step) / 2.0) - 1e-9).ceil() as i64;
        let (first, second) = (halves(before), halves(after));
        let fits = angle < 1.571 && first <= 8 && second <= 8;
        fits.then_some((first, second, self.options.compensation_permille_m / 1e3 * angle))
    }

    /// Ratio of a metre of a move into a cell at a height, with what it passes half-way.
    fn ratio(&self, from: (i64, i64), (down, right): Step, height: i64) -> Option<f64> {
        let metre = |ground: f64| {
            let depth = height as f64 - ground;
            (-16.0..=12.0).contains(&depth).then(|| self.options.cost.metre_ratio(depth))
        };
        let entered = metre(self.at((from.0 + down, from.1 + right))? as f64)?;
        if down.abs() + right.abs() < 3 {
            return Some(entered);
        }
        // The line runs midway between two cells.
        let near = self.at((from.0 + down / 2, from.1 + right / 2))?;
        let far = self.at((from.0 + down - down / 2, from.1 + right - right / 2))?;
        Some(0.5 * (entered + metre(0.5 * (near + far) as f64)?))
    }

    /// Moves into a cell from open ground, past open corners.
    fn moves_into(&self, cell: (i64, i64)) -> Vec<Step> {
        let all = (-2..=2_i64).flat_map(|down| (-2..=2_i64).map(move |right| (down, right)));
        all.filter(|&(down, right)| {
            let (a, b) = (down.abs().max(right.abs()), down.abs().min(right.abs()));
            let knight = (a, b) == (2, 1);
            let allowed = a == 1 || (knight && self.options.neighbours == Neighbours::Sixteen);
            let from = (cell.0 - down, cell.1 - right);
            let open = |cell| self.at(cell).is_some();
            let past = match (a, b) {
                (1, 1) => open((from.0 + down, from.1)) || open((from.0, from.1 + right)),
                (2, 1) => {
                    open((from.0 + down / 2, from.1 + right / 2))
                        && open((from.0 + down - down / 2, from.1 + right - right / 2))
                }
                _ => true,
            };
            allowed && open(from) && past
        })
        .collect()
    }

    fn cost(&self, start: (i64, i64), end: (i64, i64)) -> Option<f64> {
        let (first, last) = (self.at(start)?, self.at(end)?);
        let mut best: HashMap<State, f64> = HashMap::new();
        let mut open = BinaryHeap::new();
        let mut settle = vec![(end, last, None, 0.0)];
        while let Some((cell, height, leaving, cost)) = settle.pop() {
            for step in self.moves_into(cell) {
                let from = (cell.0 - step.0, cell.1 - step.1);
                let Some(ratio) = self.ratio(from, step, height) else { continue };
                let (free, lost) = match leaving {
                    None => (2, 0.0),
                    Some((same, free)) if same == step => (free + 2, 0.0),
                    Some((after, free)) => {
                        let Some((taken, owed, lost)) =
                            self.curve(step, after).map(|c| (c.0, c.1, c.2))
                        else {
                            continue;
                        };
                        if free < owed {
                            continue;
                        }
                        (2 - taken, lost)
                    }
                };
                let length = self.length(step);
                // Sixteenths of a metre: the gradient rounded down, the loss up.
                let reach = (self.options.gradient_permille / 1e3 * length * 16.0 + 1e-6).floor();
                let reach = reach - (lost * 16.0 - 1e-6).ceil();
                let ground = self.at(from)?;
                for depth in [-16, -12, -8, -4, 0, 4, 8, 12] {
                    let low = ground + depth;
                    if (height - low).abs() as f64 * 16.0 > reach {
                        continue;
                    }
                    let climb = self.options.climb_ratio * (height - low).max(0) as f64;
                    let through = cost + length * ratio + climb;
                    let state = (from, low, step, free.min(16));
                    if best.get(&state).is_none_or(|known| through < *known) {
                        best.insert(state, through);
                        open.push((std::cmp::Reverse(through.to_bits()), state));
                    }
                }
            }
            let (std::cmp::Reverse(cost), (cell, height, step, free)) = loop {
                let next = open.pop()?;
                if f64::from_bits(next.0.0) <= best[&next.1] {
                    break next;
                }
            };
            let cost = f64::from_bits(cost);
            if cell == start && height == first && free >= 0 {
                return Some(cost);
            }
            settle.push((cell, height, Some((step, free)), cost));
        }
        None
    }
}

#[test]
fn curves_cost_as_much_as_an_exhaustive_search_says() {
    let mut found_ways = 0;
    property(|u| {
        let (heights, options, scale) = random(u)?;
        let end = (u.int_in_range(0..=ROWS - 1)?, u.int_in_range(0..=COLS - 1)?);
        if end == (0, 0) || (options.least_radius_m, options.compensation_permille_m) == (0.0, 0.0)
        {
            return Ok(());
        }
        let found = level_search(&ground(&heights, scale), (0, 0), end, &options);
        let exhaustive = Exhaustive { heights: &heights, options: &options, scale };
        match (found, exhaustive.cost((0, 0), (end.0 as i64, end.1 as i64))) {
            (Ok(path), Some(cost)) => {
                let certificate = path.certificate;
                let off =
                    (certificate.cost_m - cost).abs().max((certificate.recost_m - cost).abs());
                assert!(off <= 2e-6 * cost, "{certificate:?} {cost}");
                found_ways += 1;
            }
            (Err(_), None) => {}
            (found, cost) => panic!("{found:?} against {cost:?}"),
        }
        Ok(())
    })
    .budget_ms(4_000);
    assert!(found_ways > 20, "{found_ways}");
}

#[test]
fn a_smaller_radius_and_less_resistance_never_cost_more() {
    property(|u| {
        let (heights, tight, scale) = random(u)?;
        let ground = ground(&heights, scale);
        let cost = |options: &LevelOptions| {
            level_search(&ground, (0, 0), (3, 4), options).map(|path| path.certificate.cost_m)
        };
        let Ok(tight_m) = cost(&tight) else { return Ok(()) };
        let wide = LevelOptions { least_radius_m: 0.7 * tight.least_radius_m, ..tight.clone() };
        let light = LevelOptions { compensation_permille_m: 0.0, ..tight.clone() };
        let free = LevelOptions { least_radius_m: 0.0, ..light.clone() };
        for looser in [wide, light, free] {
            let looser_m = cost(&looser).unwrap();
            assert!(looser_m <= tight_m, "{looser_m} {tight_m} {looser:?}");
        }
        Ok(())
    })
    .budget_ms(1_500);
}

/// Turning back on a slope takes room: the radius decides how wide.
#[test]
fn no_way_turns_back_on_the_spot() {
    let flat = Ground::new(30, vec![100.0; 30], vec![100.0; 29], vec![50.0; 900]).unwrap();
    for (least_radius_m, compensation_permille_m) in [(150.0, 0.0), (300.0, 700.0)] {
        let options =
            LevelOptions { least_radius_m, compensation_permille_m, ..LevelOptions::default() };
        // Two cells down and one right of a straight line: only bends with room are there.
        let path = level_search(&flat, (10, 2), (12, 27), &options).unwrap();
        assert!(path.certificate.is_proven());
        let steps: Vec<(f64, f64)> = path
            .nodes
            .windows(2)
            .map(|two| {
                let step = |a: usize, b: usize| b as f64 - a as f64;
                (step(two[0].row, two[1].row), step(two[0].col, two[1].col))
            })
            .collect();
        let mut runs: Vec<((f64, f64), f64)> = Vec::new();
        for step in steps {
            match runs.last_mut().filter(|run| run.0 == step) {
                Some(run) => run.1 += 100.0 * step.0.hypot(step.1),
                None => runs.push((step, 100.0 * step.0.hypot(step.1))),
            }
        }
        let tangent = |a: (f64, f64), b: (f64, f64)| {
            let angle = (a.0 * b.1 - a.1 * b.0).atan2(a.0 * b.0 + a.1 * b.1).abs();
            least_radius_m * (angle / 2.0).tan()
        };
        for (place, (step, length_m)) in runs.iter().enumerate() {
            let before = place.checked_sub(1).map_or(0.0, |before| tangent(runs[before].0, *step));
            let after = runs.get(place + 1).map_or(0.0, |after| tangent(*step, after.0));
            assert!(before + after <= length_m + 1e-6, "{runs:?}");
        }
        assert!(runs.len() > 1, "{runs:?}");
    }
}

#[test]
fn a_watch_sees_a_search_with_curves_too() {
    let heights: Vec<f32> = (0..120 * 120_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 16) as f32 / 65_536.0 * 120.0)
        .collect();
    let ground = Ground::new(120, vec![777.0; 120], vec![924.0; 119], heights).unwrap();
    let options = LevelOptions {
        least_radius_m: 300.0,
        compensation_permille_m: 700.0,
        ..LevelOptions::default()
    };
    let exact = level_search(&ground, (0, 0), (119, 119), &options).unwrap();
    let mut looks = 0;
    let watched = level_search_watched(&ground, (0, 0), (119, 119), &options, &mut |_| {
        looks += 1;
        ControlFlow::Continue(())
    });
    assert_eq!(watched.unwrap().certificate.cost_m, exact.certificate.cost_m);
    assert!(looks > 1);
    let stopped = level_search_watched(&ground, (0, 0), (119, 119), &options, &mut |progress| {
        if progress.best_m.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let certificate = stopped.unwrap().certificate;
    assert!(certificate.lower_bound_m <= exact.certificate.cost_m);
    assert!(certificate.cost_m >= exact.certificate.cost_m);
}
