//! What must hold for costs and ways over any cells.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::Error;
use railcorridor::route::{Cells, Corridor, CostGraph, MoveCosts, Neighbours, Way, Workspace};

/// Small cells of any size, some of them closed, and two open ones among them.
#[derive(Debug, Clone)]
struct Case {
    cols: usize,
    size_m: (f64, f64),
    ratios: Vec<f64>,
    heights_m: Vec<f32>,
    neighbours: Neighbours,
    from: (usize, usize),
    to: (usize, usize),
}

impl Case {
    fn any(u: &mut Unstructured) -> Result<Self> {
        let (rows, cols) = (u.int_in_range(2..=9)?, u.int_in_range(2..=9)?);
        let mut ratios = Vec::new();
        let mut heights_m = Vec::new();
        // From even ground, where a bound leads the search, to very uneven.
        let spread = f64::from(u.int_in_range(0..=400)?) / 100.0;
        for _ in 0..rows * cols {
            let closed = u.ratio(1, 5)?;
            let ratio = 1.0 + spread * f64::from(u.int_in_range(0..=1000)?) / 1000.0;
            ratios.push(if closed { f64::INFINITY } else { ratio });
            #[expect(clippy::cast_precision_loss, reason = "a small number")]
            heights_m.push(u.int_in_range(0..=100)? as f32);
        }
        let (from, to) =
            (u.int_in_range(0..=ratios.len() - 1)?, u.int_in_range(0..=ratios.len() - 1)?);
        for end in [from, to] {
            ratios[end] = 1.5;
        }
        let size = |u: &mut Unstructured| Ok(f64::from(u.int_in_range(50..=150)?));
        Ok(Self {
            cols,
            size_m: (size(u)?, size(u)?),
            ratios,
            heights_m,
            neighbours: *u.choose(&[
                Neighbours::Eight,
                Neighbours::Sixteen,
                Neighbours::ThirtyTwo,
            ])?,
            from: (from / cols, from % cols),
            to: (to / cols, to % cols),
        })
    }

    fn rows(&self) -> usize {
        self.ratios.len() / self.cols
    }

    fn costs(&self) -> MoveCosts<'static> {
        let cells = Cells::even(self.rows(), self.cols, self.size_m.0, self.size_m.1).unwrap();
        MoveCosts::friction_f64(cells, self.ratios.clone()).unwrap()
    }

    fn level(&self) -> CostGraph<'static> {
        CostGraph::new(self.costs(), self.neighbours).unwrap()
    }

    /// Up costs more than down.
    fn climbing(&self) -> CostGraph<'static> {
        let costs = self.costs().with_climb(self.heights_m.clone(), 8.0, 2.5).unwrap();
        CostGraph::new(costs, self.neighbours).unwrap()
    }

    /// The same costs, asked for move by move.
    fn priced<'a>(&self, costs: &'a MoveCosts<'a>) -> CostGraph<'a> {
        let by_step = MoveCosts::by_step(costs.cells().clone(), |step| costs.step_m(step));
        CostGraph::new(by_step, self.neighbours).unwrap()
    }

    fn way(&self, graph: &CostGraph) -> Option<Way> {
        graph.way(self.from, self.to).ok()
    }
}

/// Whole units are far finer than this.
fn near(a_m: f64, b_m: f64) {
    assert!((a_m - b_m).abs() <= 1e-5 * a_m.abs().max(1.0), "{a_m} against {b_m}");
}

/// One search's answer found by another: exactly, unless one of them had to take coarser units to
/// reach its farthest cell.
fn same(a_m: Option<f64>, b_m: Option<f64>) {
    assert_eq!(a_m.is_some(), b_m.is_some());
    let (a_m, b_m) = (a_m.unwrap_or_default(), b_m.unwrap_or_default());
    assert!((a_m - b_m).abs() <= 2e-7 * a_m, "{a_m} against {b_m}");
}

#[test]
fn a_bound_all_cells_and_the_other_way_give_one_cost() {
    property(|u| {
        let case = Case::any(u)?;
        for graph in [case.level(), case.climbing()] {
            let way = case.way(&graph);
            let spread = graph.surface(case.from).unwrap();
            let back = graph.surface_to(case.to).unwrap();
            let there_m = spread.cost_m(case.to);
            same(there_m, way.as_ref().map(|way| way.searched_m));
            same(there_m, back.cost_m(case.from));
            // What is summed up in floating point is what was searched.
            for way in [way, spread.way_to(case.to), back.way_to(case.from)].iter().flatten() {
                near(way.cost_m, way.searched_m);
                assert_eq!((way.cells[0], *way.cells.last().unwrap()), (case.from, case.to));
            }
            let sums_m = spread.costs_m();
            for (index, sum_m) in sums_m.iter().enumerate() {
                let cost_m = spread.cost_m((index / case.cols, index % case.cols));
                assert_eq!(cost_m.is_none(), sum_m.is_nan());
                near(cost_m.unwrap_or(0.0), if sum_m.is_nan() { 0.0 } else { *sum_m });
            }
        }
        Ok(())
    });
}

#[test]
fn costs_by_cells_are_those_asked_for_move_by_move() {
    property(|u| {
        let case = Case::any(u)?;
        let climbing = case.climbing();
        for (graph, costs) in [
            (&case.level(), case.costs()),
            (&climbing, { case.costs().with_climb(case.heights_m.clone(), 8.0, 2.5).unwrap() }),
        ] {
            let priced = case.priced(&costs);
            match (case.way(graph), case.way(&priced)) {
                (Some(way), Some(same)) => near(way.cost_m, same.cost_m),
                (way, same) => assert_eq!(way.is_some(), same.is_some(), "{case:?}"),
            }
            let (there, same) = match (graph.surface_to(case.to), priced.surface_to(case.to)) {
                (Ok(there), Ok(same)) => (there, same),
                // Costs that differ by more than whole numbers hold are refused, by either.
                (Err(Error::Limit { .. }), _) | (_, Err(Error::Limit { .. })) => continue,
                (there, same) => panic!("{:?} {:?} {case:?}", there.err(), same.err()),
            };
            let cost_m = there.cost_m(case.from);
            assert_eq!(cost_m.is_some(), same.cost_m(case.from).is_some());
            near(cost_m.unwrap_or(0.0), same.cost_m(case.from).unwrap_or(0.0));
        }
        Ok(())
    });
}

#[test]
fn closing_a_cell_never_lowers_the_cost() {
    property(|u| {
        let case = Case::any(u)?;
        let mut fewer = case.clone();
        let closed = u.int_in_range(0..=case.ratios.len() - 1)?;
        let cell = (closed / case.cols, closed % case.cols);
        if cell == case.from || cell == case.to {
            return Ok(());
        }
        fewer.ratios[closed] = f64::INFINITY;
        let (open, shut) = (case.way(&case.level()), fewer.way(&fewer.level()));
        if let Some(shut) = shut {
            assert!(shut.cost_m >= open.unwrap().cost_m * (1.0 - 1e-6));
            assert!(!shut.cells.contains(&cell));
        }
        Ok(())
    });
}

#[test]
fn costs_scale_with_friction_and_turn_with_the_cells() {
    property(|u| {
        let case = Case::any(u)?;
        let Some(way) = case.way(&case.level()) else { return Ok(()) };
        let factor = f64::from(u.int_in_range(1..=10_000)?) / 100.0;
        let mut scaled = case.clone();
        scaled.ratios.iter_mut().for_each(|ratio| *ratio *= factor);
        near(way.cost_m * factor, scaled.way(&scaled.level()).unwrap().cost_m);

        let mut turned = case.clone();
        let (rows, cols) = (case.rows(), case.cols);
        turned.cols = rows;
        turned.ratios =
            (0..rows * cols).map(|at| case.ratios[at % rows * cols + at / rows]).collect();
        turned.size_m = (case.size_m.1, case.size_m.0);
        turned.from = (case.from.1, case.from.0);
        turned.to = (case.to.1, case.to.0);
        near(way.cost_m, turned.way(&turned.level()).unwrap().cost_m);
        Ok(())
    });
}

#[test]
fn the_corridor_is_level_along_the_best_way() {
    property(|u| {
        let case = Case::any(u)?;
        for graph in [case.level(), case.climbing()] {
            let Some(way) = case.way(&graph) else { continue };
            let corridor = graph.corridor(case.from, case.to).unwrap();
            same(Some(corridor.best_m()), Some(way.searched_m));
            for cell in &way.cells {
                assert_eq!(corridor.cost_ratio(*cell), Some(1.0));
            }
            assert!(corridor.all_cost_ratio().iter().all(|ratio| *ratio >= 1.0));
            let counts: Vec<usize> =
                [0.0, 0.01, 0.02, 0.05, 1e9].map(|share| corridor.count_within(share)).to_vec();
            assert!(counts.is_sorted() && counts[0] >= way.cells.len().min(2));
            let reached = graph.surface(case.from).unwrap();
            let back = graph.surface_to(case.to).unwrap();
            assert_eq!(Corridor::new(&reached, &back).unwrap(), corridor);
        }
        Ok(())
    });
}

#[test]
fn a_taut_way_obeys_the_limits_and_is_never_dearer() {
    property(|u| {
        let case = Case::any(u)?;
        for graph in [case.level(), case.climbing()] {
            let Some(way) = case.way(&graph) else { continue };
            let short = graph.shortened(&way);
            assert!(short.cost_m <= way.cost_m);
            assert_eq!((short.cells[0], short.cells.last()), (case.from, Some(&case.to)));
            let mut sum_m = 0.0;
            for pair in short.cells.windows(2) {
                sum_m += line_m(&case, &graph, pair[0], pair[1]);
            }
            near(sum_m, short.cost_m);
        }
        Ok(())
    });
}

/// Cost of a straight line, all cells along which must be open.
fn line_m(case: &Case, graph: &CostGraph, from: (usize, usize), to: (usize, usize)) -> f64 {
    let cells = graph.costs().cells();
    let step = railcorridor::route::Step { from, to, length_m: cells.length_m(from, to) };
    let count = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
    for place in 0..=count {
        let at = |a: usize, b: usize| (a * (count - place) + b * place) as f64 / count as f64;
        let (row, col) = (at(from.0, to.0), at(from.1, to.1));
        for (row, col) in [(row.floor(), col.floor()), (row.ceil(), col.ceil())] {
            assert!(case.ratios[row as usize * case.cols + col as usize].is_finite());
        }
    }
    graph.costs().step_m(&step).unwrap()
}

#[test]
fn a_workspace_forgets_what_it_searched() {
    property(|u| {
        let case = Case::any(u)?;
        let graph = case.level();
        let mut workspace = Workspace::new(&graph);
        for _ in 0..6 {
            // Other ends each time: what an earlier search left behind would show.
            let mut end =
                || Ok((u.int_in_range(0..=case.rows() - 1)?, u.int_in_range(0..=case.cols - 1)?));
            let (from, to) = (end()?, end()?);
            let first = workspace.way(from, to).ok();
            assert_eq!(first, graph.way(from, to).ok(), "{case:?}");
            let back = workspace.way(to, from).ok();
            same(back.map(|way| way.searched_m), first.map(|way| way.searched_m));
        }
        Ok(())
    });
}

#[test]
fn no_way_slips_through_corners_or_jumps_a_wall() {
    for neighbours in [Neighbours::Eight, Neighbours::Sixteen, Neighbours::ThirtyTwo] {
        // A wall down the middle, and one that runs down diagonally, its cells touching by corners.
        let upright = |row: usize, col: usize| col == 6 && row < 12;
        let slanted = |row: usize, col: usize| row + 1 == col;
        for (name, wall) in [("upright", upright as fn(usize, usize) -> bool), ("slanted", slanted)]
        {
            let mut ratios: Vec<f64> = (0..144)
                .map(|index| if wall(index / 12, index % 12) { f64::INFINITY } else { 1.0 })
                .collect();
            let costs = |ratios: &[f64]| {
                let cells = Cells::even(12, 12, 100.0, 100.0).unwrap();
                CostGraph::new(MoveCosts::friction_f64(cells, ratios.to_vec()).unwrap(), neighbours)
            };
            let closed = costs(&ratios).unwrap().way((11, 0), (0, 11));
            assert!(closed.is_err(), "{name} {neighbours:?}: {closed:?}");
            // With one cell open the way leads through it, and so does the taut one.
            let gap = if name == "upright" { (3, 6) } else { (5, 6) };
            ratios[gap.0 * 12 + gap.1] = 1.0;
            let graph = costs(&ratios).unwrap();
            let way = graph.way((11, 0), (0, 11)).unwrap();
            assert!(way.cells.contains(&gap), "{name} {neighbours:?}: {way:?}");
            let short = graph.shortened(&way);
            assert!(short.cost_m <= way.cost_m && short.cells.len() >= 2);
        }
    }
}

/// The worst that ways over level ground are too long by, over all directions.
fn elongation(neighbours: Neighbours, size_m: (f64, f64)) -> (f64, f64) {
    let (rows, cols) = (61, 73);
    let cells = Cells::even(rows, cols, size_m.0, size_m.1).unwrap();
    let costs = MoveCosts::friction(cells, vec![1.0; rows * cols]).unwrap();
    let graph = CostGraph::new(costs, neighbours).unwrap();
    let surface = graph.surface((0, 0)).unwrap();
    let (mut worst, mut worst_taut) = (0.0_f64, 0.0_f64);
    let ends = (0..rows).map(|row| (row, cols - 1)).chain((0..cols).map(|col| (rows - 1, col)));
    for end in ends {
        let straight_m = graph.costs().cells().length_m((0, 0), end);
        let way = surface.way_to(end).unwrap();
        worst = worst.max(way.length_m / straight_m - 1.0);
        worst_taut = worst_taut.max(graph.shortened(&way).length_m / straight_m - 1.0);
    }
    (worst * 100.0, worst_taut * 100.0)
}

#[test]
fn ways_are_as_much_too_long_as_stated_and_taut_ones_straight() {
    // 1 / cos of half the widest angle between two moves, less 1, per cent.
    for (neighbours, square, oblong) in [
        (Neighbours::Eight, 8.24, 10.31),
        (Neighbours::Sixteen, 2.75, 3.71),
        (Neighbours::ThirtyTwo, 1.31, 1.81),
    ] {
        for (size_m, stated) in [((100.0, 100.0), square), ((777.0, 924.0), oblong)] {
            let (worst, taut) = elongation(neighbours, size_m);
            assert!(worst <= stated + 0.006 && worst > 0.98 * stated, "{neighbours:?} {worst}");
            assert!(taut < 1e-6, "{neighbours:?}: {taut} % too long after shortening");
        }
    }
}
