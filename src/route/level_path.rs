//! The way out of a finished search, and its cost once more by other code.

use super::level_search::{Finished, State, mean_metre, units};
use super::moves::{Move, Moves, UNITS_PER_M, between};
use super::pages::{Pages, UNKNOWN, move_cost};
use super::{Certificate, Ground, LevelOptions};
use crate::error::{Error, Result};

/// A cell of a way with the height of the rails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Row of the cell.
    pub row: usize,
    /// Column of the cell.
    pub col: usize,
    /// Height of the rails, metres.
    pub height_m: f64,
    /// Height of the ground, metres.
    pub ground_m: f64,
}

/// A way over cells and heights.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelPath {
    /// From the start to the end.
    pub nodes: Vec<Node>,
    /// Its length over the cells, metres.
    pub length_m: f64,
    /// Why it is the cheapest.
    pub certificate: Certificate,
}

/// Walks back from the last state: the cost of each step is met exactly, since costs are whole.
pub(super) fn recover(
    ground: &Ground,
    finished: Finished<'_>,
    moves: &Moves,
    options: &LevelOptions,
    first: State,
    last: State,
) -> Result<LevelPath> {
    let Finished { pages, settled_count, memory_bytes } = finished;
    let mut states = vec![last];
    let mut at = last;
    while at != first {
        at = before(&pages, moves, options, at).ok_or_else(|| Error::NoRoute {
            from: "the start".to_owned(),
            to: "the end".to_owned(),
            problem: "the way cannot be walked back".to_owned(),
            hint: "please report this with the study".to_owned(),
        })?;
        states.push(at);
    }
    states.reverse();
    let node = |(index, level): &State| {
        let page = pages.get(*index)?;
        let cell = page.cell as usize;
        let (row, col) = (cell / ground.cols(), cell % ground.cols());
        let level = pages.head(*index)?.lowest + i32::try_from(*level).ok()?;
        let height_m = f64::from(level) * options.level_step_m;
        Some(Node { row, col, height_m, ground_m: ground.height_m(row, col)? })
    };
    let nodes: Vec<Node> = states.iter().filter_map(node).collect();
    let cost_units = pages.get(last.0).and_then(|page| page.cost.get(last.1)).copied();
    let cost_m = f64::from(cost_units.unwrap_or(UNKNOWN)) / UNITS_PER_M;
    let (length_m, recost_m) = recost(ground, options, &nodes);
    Ok(LevelPath {
        nodes,
        length_m,
        certificate: Certificate {
            cost_m,
            // The end was the next of all open states, each with a bound that is never too high.
            lower_bound_m: cost_m,
            recost_m,
            settled_count,
            touched_cells: pages.len(),
            memory_bytes,
        },
    })
}

/// The first state, by move and level, from which this one was reached at its cost.
fn before(pages: &Pages<'_>, moves: &Moves, options: &LevelOptions, state: State) -> Option<State> {
    let (page, head) = (pages.get(state.0)?, pages.head(state.0)?);
    let height = head.lowest + i32::try_from(state.1).ok()?;
    let cost = *page.cost.get(state.1)?;
    for (number, from, one) in moves.from(page.cell as usize) {
        let Some(index) = pages.index_of(from) else { continue };
        let (other, other_head) = (pages.get(index)?, pages.head(index)?);
        let Some(step) = entering(pages, moves, options, state, number, one) else { continue };
        let reach = i32::from(*other.reach.get(number ^ 1)?);
        for change in -reach..=reach {
            let Ok(level) = usize::try_from(height + change - other_head.lowest) else { continue };
            let settled = level < options.window_levels && other_head.closed >> level & 1 == 1;
            if settled && other.cost.get(level)?.checked_add(step) == Some(cost) {
                return Some((index, level));
            }
        }
    }
    None
}

/// Cost of entering a level of a cell by the twin of a move that leads out of it.
fn entering(
    pages: &Pages<'_>,
    moves: &Moves,
    options: &LevelOptions,
    (index, level): State,
    number: usize,
    one: &Move,
) -> Option<u32> {
    let page = pages.get(index)?;
    let height = pages.head(index)?.lowest + i32::try_from(level).ok()?;
    let beside = |side: usize| {
        let (_, cell, _) = moves.from(page.cell as usize).find(|(number, ..)| *number == side)?;
        pages.metre_at(pages.index_of(cell)?, height)
    };
    let sides = match between(number) {
        Some([a, b]) if options.charge_between => Some([beside(a)?, beside(b)?]),
        _ => None,
    };
    Some(move_cost(units(one.length_m), mean_metre(*page.metre.get(level)?, sides)))
}

/// Length and cost of a way in floating point, from the cost model itself.
fn recost(ground: &Ground, options: &LevelOptions, nodes: &[Node]) -> (f64, f64) {
    let (mut length_m, mut cost_m) = (0.0, 0.0);
    for (a, b) in nodes.iter().zip(nodes.iter().skip(1)) {
        let step_m = ground.length_m((a.row, a.col), (b.row, b.col));
        let mut ratio = options.cost.metre_ratio(b.height_m - b.ground_m);
        if options.charge_between
            && let Some(sides) = sides(ground, options, a, b)
        {
            ratio = 0.5 * ratio + 0.25 * (sides[0] + sides[1]);
        }
        length_m += step_m;
        cost_m += step_m * ratio;
    }
    (length_m, cost_m)
}

/// Cost of a metre in the two cells between the ends of a knight move.
fn sides(ground: &Ground, options: &LevelOptions, a: &Node, b: &Node) -> Option<[f64; 2]> {
    let (down, right) =
        (b.row.cast_signed() - a.row.cast_signed(), b.col.cast_signed() - a.col.cast_signed());
    if down.abs() + right.abs() != 3 {
        return None;
    }
    let at = |rows: isize, cols: isize| {
        let (row, col) = (a.row.checked_add_signed(rows)?, a.col.checked_add_signed(cols)?);
        let ground_m = ground.height_m(row, col)?;
        // Beyond a cell's window the dearest level counts, as in the search.
        let step_m = options.level_step_m;
        let lowest_m = f64::from(options.lowest_level(ground_m)) * step_m;
        #[expect(clippy::cast_precision_loss, reason = "up to 64")]
        let highest_m = lowest_m + (options.window_levels - 1) as f64 * step_m;
        Some(options.cost.metre_ratio(b.height_m.clamp(lowest_m, highest_m) - ground_m))
    };
    Some([at(down / 2, right / 2)?, at(down - down / 2, right - right / 2)?])
}
