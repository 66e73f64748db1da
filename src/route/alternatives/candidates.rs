//! Ways that may be alternatives.
//!
//! Chains are ways of the search itself, found one after another with those before made dearer or
//! with their summits closed. Guides are ways over cells alone, by way of a pass, by way of a cell
//! whose way is good (the least sums of the costs from both ends), or with the ways before made
//! dearer. Each is then searched exactly in a band round it, and again round what was found where
//! that comes near the band's edge, so that no penalty enters a cost.

use super::AlternativeOptions;
use super::by_cells::if_any;
use super::overlap::Plan;
use super::ways::{Cell, Ways};
use crate::error::{Error, Result};
use crate::parallel::{both, each};
use crate::route::{CostGraph, MoveCosts, Surface};

/// Half the width of the band round a candidate, in distances that count as beside.
const BAND: f64 = 2.5;

/// How far apart via cells lie, in the same.
const VIA_APART: f64 = 3.0;

/// Radius of the ground closed round a summit, in the same.
const SUMMIT: f64 = 4.0;

/// How much dearer a metre beside a way gets with each way found there.
const PENALTY: f32 = 1.5;

/// How many times a candidate is searched again round what was found.
const ROUNDS: usize = 3;

/// Guides by passes, at most.
const BY_PASS: usize = 12;

/// Guides by via cells, at most.
const BY_VIA: usize = 6;

/// Guides found one after another, each with those before made dearer.
const DEARER: usize = 4;

/// Ways of the search itself found one after another, with those before made dearer or with their
/// summits closed; at least so many, and more if more ways are asked for.
const IN_CHAIN: usize = 3;

/// Candidates that share more than this with one before them are left out, as are guides.
const SAME_SHARE: f64 = 0.7;

/// How far beyond the limits a candidate may be before it is searched again.
const SLACK_SHARE: f64 = 0.1;

/// All candidates with their true costs, in the order of their finding.
pub(super) fn candidates<W: Ways>(
    ways: &W,
    plan: &Plan,
    options: &AlternativeOptions,
    best: &[Cell],
    best_m: f64,
) -> Result<Vec<W::Way>> {
    let (chained, guided) = both(
        || chains(ways, plan, options, best),
        || {
            let ratios = ways.guide_ratios();
            let through = guides(ways, plan, options, &ratios, best)?;
            Ok::<_, Error>([through, dearer_guides(ways, plan, options, ratios, best)?].concat())
        },
    );
    let mut routes: Vec<Vec<Cell>> = Vec::new();
    // Chains are ways of the search itself: they go before guides that lead the same way.
    for route in chained?.into_iter().chain(guided?) {
        let is_known =
            |known: &[Cell]| plan.shared_share(&route, known, options.beside_m) > SAME_SHARE;
        if !is_known(best) && !routes.iter().any(|known| is_known(known)) {
            routes.push(route);
        }
    }
    let limits = Limits { best, most_m: best_m * (1.0 + options.dearer_share + SLACK_SHARE) };
    let found = each(&routes, |route| refine(ways, plan, options, &limits, route));
    let found: Result<Vec<Option<W::Way>>> = found.into_iter().map(in_time).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// What was found before the time was over.
pub(super) fn in_time<T>(found: Result<Option<T>>) -> Result<Option<T>> {
    match found {
        Err(Error::Stopped { .. }) => Ok(None),
        other => other,
    }
}

/// What no candidate may exceed.
pub(super) struct Limits<'a> {
    pub(super) best: &'a [Cell],
    pub(super) most_m: f64,
}

/// The cheapest way in a band round a chain of cells, followed where it leads; `None` if it leads
/// too far beyond the limits.
pub(super) fn refine<W: Ways>(
    ways: &W,
    plan: &Plan,
    options: &AlternativeOptions,
    limits: &Limits<'_>,
    route: &[Cell],
) -> Result<Option<W::Way>> {
    let half_m = BAND * options.beside_m;
    let mut route = route.to_vec();
    let mut found: Option<W::Way> = None;
    for _ in 0..ROUNDS {
        let band = plan.band(&route, half_m, 1.0, f32::INFINITY);
        let Some(way) = ways.cheapest(Some(&band))? else { break };
        let cells = ways.cells(&way);
        let most_share = options.shared_share + SLACK_SHARE;
        if ways.cost_m(&way) > limits.most_m
            || plan.shared_share(&cells, limits.best, options.beside_m) > most_share
        {
            return Ok(None);
        }
        // A way well inside of the band would be found again.
        let apart_m = plan.apart_m(&cells, &route).into_iter().fold(0.0, f64::max);
        found = Some(way);
        route = cells;
        if apart_m <= half_m - options.beside_m {
            break;
        }
    }
    Ok(found)
}

/// Ways over cells alone by way of passes and of cells that lie on good ways.
fn guides<W: Ways>(
    ways: &W,
    plan: &Plan,
    options: &AlternativeOptions,
    ratios: &[f64],
    best: &[Cell],
) -> Result<Vec<Vec<Cell>>> {
    let graph = graph(ways, ratios.to_vec())?;
    let (from, to) = ways.ends();
    let (out, back) = both(|| graph.surface(from), || graph.surface(to));
    let guide = Guide { out: out?, back: back? };
    let Some(least_m) = guide.sum_m(to) else { return Ok(Vec::new()) };
    // The guide is no more than that: it may judge a way worse than it is.
    let most_m = least_m * (1.0 + 2.0 * options.dearer_share);
    let mut routes = Vec::new();
    let by_pass: Vec<Cell> = ways.passes().iter().map(|pass| pass.cell).collect();
    let mut by_pass = guide.in_order(by_pass, most_m);
    by_pass.truncate(4 * BY_PASS);
    let mut taken: Vec<Vec<Cell>> = vec![best.to_vec()];
    for (_, cell) in by_pass {
        let Some(route) = guide.route(cell) else { continue };
        let is_known =
            |known: &Vec<Cell>| plan.shared_share(&route, known, options.beside_m) > SAME_SHARE;
        if !taken.iter().any(is_known) {
            taken.push(route.clone());
            routes.push(route);
            if routes.len() == BY_PASS {
                break;
            }
        }
    }
    routes.extend(by_via(ways, plan, options, &guide, best, most_m));
    Ok(routes)
}

/// Ways by way of the cells with the least sums, each apart from the ways before it.
fn by_via<W: Ways>(
    ways: &W,
    plan: &Plan,
    options: &AlternativeOptions,
    guide: &Guide<'_>,
    best: &[Cell],
    most_m: f64,
) -> Vec<Vec<Cell>> {
    let (rows, cols) = (ways.grid().rows(), ways.grid().cols());
    let cells = (0..rows).flat_map(|row| (0..cols).map(move |col| (row, col)));
    let mut taken = plan.band(best, VIA_APART * options.beside_m, 1.0, 0.0);
    let mut routes = Vec::new();
    for (_, cell) in guide.in_order(cells, most_m) {
        if taken.get(cell.0 * cols + cell.1) != Some(&0.0) {
            continue;
        }
        let Some(route) = guide.route(cell) else { continue };
        plan.along(&route, VIA_APART * options.beside_m, |cell| {
            if let Some(slot) = taken.get_mut(cell) {
                *slot = 1.0;
            }
        });
        routes.push(route);
        if routes.len() == BY_VIA {
            break;
        }
    }
    routes
}

/// Least costs over cells alone from both ends.
struct Guide<'g> {
    out: Surface<'g, 'static>,
    back: Surface<'g, 'static>,
}

impl Guide<'_> {
    fn sum_m(&self, cell: Cell) -> Option<f64> {
        Some(self.out.cost_m(cell)? + self.back.cost_m(cell)?)
    }

    /// Cells by their sums, least first.
    fn in_order(&self, cells: impl IntoIterator<Item = Cell>, most_m: f64) -> Vec<(f64, Cell)> {
        let sum = |cell: Cell| Some((self.sum_m(cell).filter(|sum_m| *sum_m <= most_m)?, cell));
        let mut cells: Vec<(f64, Cell)> = cells.into_iter().filter_map(sum).collect();
        cells.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        cells
    }

    /// The way through a cell.
    fn route(&self, cell: Cell) -> Option<Vec<Cell>> {
        let mut route = self.out.way_to(cell)?.cells;
        route.extend(self.back.way_to(cell)?.cells.iter().rev().skip(1));
        Some(route)
    }
}

/// The graph of a guide.
fn graph<W: Ways>(ways: &W, ratios: Vec<f64>) -> Result<CostGraph<'static>> {
    let costs = MoveCosts::friction_f64(ways.grid().clone(), ratios)?;
    CostGraph::new(costs, ways.guide_neighbours())
}

/// Ways over cells alone found one after another, with a metre beside those before made dearer.
fn dearer_guides<W: Ways>(
    ways: &W,
    plan: &Plan,
    options: &AlternativeOptions,
    mut ratios: Vec<f64>,
    best: &[Cell],
) -> Result<Vec<Vec<Cell>>> {
    let mut routes: Vec<Vec<Cell>> = Vec::new();
    let (from, to) = ways.ends();
    for _ in 0..DEARER {
        let route = routes.last().map_or(best, Vec::as_slice);
        let beside = plan.band(route, options.beside_m, PENALTY, 1.0);
        for (ratio, penalty) in ratios.iter_mut().zip(&beside) {
            *ratio *= f64::from(*penalty);
        }
        let Some(way) = if_any(graph(ways, ratios.clone())?.way(from, to))? else { break };
        routes.push(way.cells);
    }
    Ok(routes)
}

/// Ways of the search itself found one after another, with those before made dearer, and others
/// with the ground round the summits of those before closed.
fn chains<W: Ways>(
    ways: &W,
    plan: &Plan,
    options: &AlternativeOptions,
    best: &[Cell],
) -> Result<Vec<Vec<Cell>>> {
    let beside = |factors: &mut [f32], route: &[Cell]| {
        let band = plan.band(route, options.beside_m, PENALTY, 1.0);
        for (factor, penalty) in factors.iter_mut().zip(&band) {
            *factor *= *penalty;
        }
        true
    };
    let (from, to) = ways.ends();
    let summit = |factors: &mut [f32], route: &[Cell]| {
        let Some(summit) = ways.summit(route) else { return false };
        // The ends stay open.
        let clear_m = plan.distance_m(summit, from).min(plan.distance_m(summit, to));
        let radius_m = (SUMMIT * options.beside_m).min(clear_m - options.beside_m);
        plan.around(summit, radius_m.max(0.0), |cell| {
            if let Some(slot) = factors.get_mut(cell) {
                *slot = f32::INFINITY;
            }
        });
        radius_m > 0.0
    };
    let count = IN_CHAIN.max(options.count.saturating_sub(1));
    let (dearer, closed) =
        both(|| chain(ways, count, best, beside), || chain(ways, count, best, summit));
    Ok([dearer?, closed?].concat())
}

/// Ways found one after another, each on what a change has made of the ground for those before.
fn chain<W: Ways>(
    ways: &W,
    count: usize,
    best: &[Cell],
    change: impl Fn(&mut [f32], &[Cell]) -> bool,
) -> Result<Vec<Vec<Cell>>> {
    let mut factors = vec![1.0_f32; ways.grid().count()];
    let mut routes: Vec<Vec<Cell>> = Vec::new();
    for _ in 0..count {
        if !change(&mut factors, routes.last().map_or(best, Vec::as_slice)) {
            break;
        }
        let Some(route) = in_time(ways.quick(&factors))? else { break };
        routes.push(route);
    }
    Ok(routes)
}
