//! What must hold for searches over cells and headings.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::route::{Cells, CostGraph, MoveCosts, Neighbours, TurnRule, TurningSearch, Way};

/// Small square cells, some of them closed, two ends, and headings to begin and end with.
#[derive(Debug, Clone)]
struct Case {
    cols: usize,
    ratios: Vec<f32>,
    from: (usize, usize),
    to: (usize, usize),
    search: TurningSearch,
}

fn any_heading(u: &mut Unstructured) -> Result<Option<(i8, i8)>> {
    let headings = [(0, 1), (-1, 0), (1, 1), (1, -2), (-2, -1)];
    Ok(if u.arbitrary()? { Some(*u.choose(&headings)?) } else { None })
}

impl Case {
    fn any(u: &mut Unstructured) -> Result<Self> {
        let (rows, cols) = (u.int_in_range(2..=9_usize)?, u.int_in_range(2..=9_usize)?);
        let mut ratios = Vec::new();
        for _ in 0..rows * cols {
            let ratio = f32::from(u.int_in_range(64..=255_u8)?) / 64.0;
            ratios.push(if u.ratio(1, 6)? { f32::INFINITY } else { ratio });
        }
        let mut end = || Ok((u.int_in_range(0..=rows - 1)?, u.int_in_range(0..=cols - 1)?));
        let (from, to) = (end()?, end()?);
        for (row, col) in [from, to] {
            ratios[row * cols + col] = 1.0;
        }
        let search = TurningSearch {
            rule: TurnRule::Headings(u.int_in_range(1..=8)?),
            heading_cost_m: f64::from(u.int_in_range(0..=300_u16)?),
            heading_in: any_heading(u)?,
            heading_out: any_heading(u)?,
        };
        Ok(Self { cols, ratios, from, to, search })
    }

    fn costs(&self) -> MoveCosts<'static> {
        let cells = Cells::even(self.ratios.len() / self.cols, self.cols, 100.0, 100.0).unwrap();
        MoveCosts::friction(cells, self.ratios.clone()).unwrap()
    }

    fn way(&self) -> Option<Way> {
        self.search.way(&self.costs(), self.from, self.to).ok()
    }
}

/// What no way costs is more than any.
fn cost_m(way: Option<Way>) -> f64 {
    way.map_or(f64::INFINITY, |way| way.cost_m)
}

fn same(a_m: f64, b_m: f64) {
    assert!(a_m == b_m || (a_m - b_m).abs() <= 1e-5 * a_m.max(1.0), "{a_m} against {b_m}");
}

#[test]
fn back_and_transposed_ways_cost_the_same() {
    property(|u| {
        let case = Case::any(u)?;
        let there_m = cost_m(case.way());
        // The heading in is that of a move before the first, the one out that of the last move.
        let mut free = case.clone();
        (free.search.heading_in, free.search.heading_out) = (None, None);
        let free_m = cost_m(free.way());
        (free.from, free.to) = (case.to, case.from);
        same(free_m, cost_m(free.way()));

        let (rows, cols) = (case.ratios.len() / case.cols, case.cols);
        let mut turned = case.clone();
        turned.cols = rows;
        turned.ratios =
            (0..rows * cols).map(|at| case.ratios[at % rows * cols + at / rows]).collect();
        (turned.from, turned.to) = ((case.from.1, case.from.0), (case.to.1, case.to.0));
        let swapped = |(down, right): (i8, i8)| (right, down);
        turned.search.heading_in = case.search.heading_in.map(swapped);
        turned.search.heading_out = case.search.heading_out.map(swapped);
        same(there_m, cost_m(turned.way()));
        Ok(())
    });
}

#[test]
fn closed_cells_and_tighter_turns_never_lower_the_cost() {
    property(|u| {
        let case = Case::any(u)?;
        let open_m = cost_m(case.way());
        let mut fewer = case.clone();
        let closed = u.int_in_range(0..=case.ratios.len() - 1)?;
        if ![case.from, case.to].contains(&(closed / case.cols, closed % case.cols)) {
            fewer.ratios[closed] = f32::INFINITY;
            assert!(cost_m(fewer.way()) >= open_m * (1.0 - 1e-6), "{case:?}");
        }
        let TurnRule::Headings(most) = case.search.rule else { return Ok(()) };
        let mut tighter = case.clone();
        tighter.search.rule = TurnRule::Headings(most - 1);
        assert!(cost_m(tighter.way()) >= open_m * (1.0 - 1e-6), "{case:?}");
        Ok(())
    });
}

#[test]
fn free_turns_cost_what_cells_alone_do() {
    property(|u| {
        let mut case = Case::any(u)?;
        case.search.rule = TurnRule::Headings(8);
        case.search.heading_cost_m = 0.0;
        (case.search.heading_in, case.search.heading_out) = (None, None);
        let graph = CostGraph::new(case.costs(), Neighbours::Sixteen).unwrap();
        same(cost_m(case.way()), cost_m(graph.way(case.from, case.to).ok()));
        Ok(())
    });
}

#[test]
fn costs_that_the_search_does_not_know_are_refused() {
    let cells = || Cells::even(3, 3, 100.0, 100.0).unwrap();
    let level = || MoveCosts::friction(cells(), vec![1.0; 9]).unwrap();
    let search = TurningSearch {
        rule: TurnRule::Headings(2),
        heading_cost_m: 10.0,
        heading_in: None,
        heading_out: None,
    };
    let refusal = |search: TurningSearch, costs: MoveCosts| {
        search.way(&costs, (0, 0), (2, 2)).unwrap_err().to_string()
    };
    assert!(search.way(&level(), (0, 0), (2, 2)).is_ok());
    let climbing = level().with_climb(vec![0.0; 9], 8.0, 2.0).unwrap();
    assert!(refusal(search, climbing).contains("climb"));
    let by_step = MoveCosts::by_step(cells(), |step| Some(step.length_m));
    assert!(refusal(search, by_step).contains("costs by cells"));
    for heading_cost_m in [-1.0, f64::NAN, f64::INFINITY] {
        let search = TurningSearch { heading_cost_m, ..search };
        assert!(refusal(search, level()).contains("heading_cost_m"));
    }
    let search = TurningSearch { heading_in: Some((3, 1)), ..search };
    assert!(refusal(search, level()).contains("sixteen moves"));
}
