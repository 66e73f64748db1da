//! The way out of a finished search, and its cost once more by other code.

use super::level_states::Search;
use super::level_table::State;
use super::levels::{DEAREST_RATIO, Levels};
use super::moves::{UNITS_PER_M, number_of};
use super::pages::UNKNOWN;
use super::{Certificate, Ground, LevelOptions};

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

/// What a search over levels alone found.
pub(super) fn found(search: &Search<'_>) -> Option<Found> {
    Some(Found {
        states: states(search)?,
        cost: search.cost(search.last)?,
        settled_count: search.settled_count,
        memory_bytes: search.bytes(),
    })
}

/// Walks back from the last state: the cost of each step is met exactly, since costs are whole.
fn states(search: &Search<'_>) -> Option<Vec<State>> {
    let mut states = vec![search.last];
    let mut at = search.last;
    while at != search.first {
        at = before(search, at)?;
        states.push(at);
    }
    states.reverse();
    Some(states)
}

/// What a search found, whichever it was.
pub(super) struct Found {
    pub(super) states: Vec<State>,
    pub(super) cost: u32,
    pub(super) settled_count: usize,
    pub(super) memory_bytes: usize,
}

/// The way through some states, with its certificate.
pub(super) fn path(search: &Search<'_>, found: &Found) -> LevelPath {
    let (ground, pages, levels) = (search.ground, &search.pages, search.levels);
    let node = |(page, level): &State| {
        let head = pages.heads.get(*page)?;
        let cell = head.cell as usize;
        let (row, col) = (cell / ground.cols(), cell % ground.cols());
        let height_m = levels.height_m(levels.lowest(head.ground) + levels.offset(*level));
        Some(Node { row, col, height_m, ground_m: ground.height_m(row, col)? })
    };
    let nodes: Vec<Node> = found.states.iter().filter_map(node).collect();
    let cost_m = f64::from(found.cost) / UNITS_PER_M;
    let (length_m, recost_m) = recost(ground, levels, search.options, &nodes);
    LevelPath {
        nodes,
        length_m,
        certificate: Certificate {
            cost_m,
            // The end was the next of all open states, each with a bound that is never too high.
            lower_bound_m: cost_m,
            recost_m,
            settled_count: found.settled_count,
            touched_cells: pages.heads.len(),
            memory_bytes: found.memory_bytes,
        },
    }
}

/// The first state, by move and level, from which this one was reached at its cost.
fn before(search: &Search<'_>, state: State) -> Option<State> {
    let (ground, pages) = (search.ground, &search.pages);
    let cost = search.cost(state)?;
    let cell = pages.heads.get(state.0)?.cell as usize;
    let (row, col) = (cell / ground.cols(), cell % ground.cols());
    for (number, &(down, right)) in search.options.neighbours.steps().iter().enumerate() {
        // The move that leads here, from where it begins.
        let from = row
            .checked_add_signed(-isize::from(down))
            .zip(col.checked_add_signed(-isize::from(right)))
            .and_then(|from| ground.cells().index(from));
        let Some(index) = from.and_then(|from| pages.index_of(from)) else { continue };
        for level in 0..search.levels.count() {
            let Some(step) = search.step((index, level), number, state) else { continue };
            let so_far = search.cost((index, level)).filter(|cost| *cost != UNKNOWN);
            if so_far.and_then(|so_far| so_far.checked_add(step)) == Some(cost) {
                return Some((index, level));
            }
        }
    }
    None
}

/// Length and cost of a way in floating point, from the cost model itself.
pub(super) fn recost(
    ground: &Ground,
    levels: &Levels,
    options: &LevelOptions,
    nodes: &[Node],
) -> (f64, f64) {
    let (mut length_m, mut cost_m) = (0.0, 0.0);
    for (a, b) in nodes.iter().zip(nodes.iter().skip(1)) {
        let step_m = ground.length_m((a.row, a.col), (b.row, b.col));
        let side = |row: usize, col: usize| {
            let ground_parts = levels.parts(ground.height_m(row, col)?);
            let friction = f64::from(ground.friction(row * ground.cols() + col)) / 2_f64.powi(20);
            Some((ground_parts, friction))
        };
        // The cost of a metre at the height of the rails at the move's end.
        let metre = |(ground_parts, friction): (i32, f64)| {
            let above = levels.parts(b.height_m) - ground_parts;
            (friction * levels.metre_ratio(&options.cost, above)).min(DEAREST_RATIO)
        };
        let mut ratio = side(b.row, b.col).map_or(f64::NAN, metre);
        let (down, right) =
            (b.row.cast_signed() - a.row.cast_signed(), b.col.cast_signed() - a.col.cast_signed());
        if options.charge_between && down.abs() + right.abs() == 3 {
            let beside = |rows: isize, cols: isize| {
                side(a.row.checked_add_signed(rows)?, a.col.checked_add_signed(cols)?)
            };
            let near = beside(down / 2, right / 2);
            let far = beside(down - down / 2, right - right / 2);
            // The line runs midway between the two.
            let half_way = near.zip(far).map_or(f64::NAN, |(near, far)| {
                metre(((near.0 + far.0) / 2, 0.5 * (near.1 + far.1)))
            });
            ratio = 0.5 * (ratio + half_way);
        }
        let number = number_of(down, right).unwrap_or_default();
        length_m += step_m;
        cost_m += step_m * ratio
            + ground.crossing_m(a.row * ground.cols() + a.col, number)
            + options.climb_ratio * (b.height_m - a.height_m).max(0.0);
    }
    (length_m, cost_m)
}
