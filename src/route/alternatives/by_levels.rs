//! Alternatives over cells and height levels.

use super::by_cells::if_any;
use super::ways::{Cell, Ways};
use super::{Alternative, AlternativeOptions, select};
use crate::error::Result;
use crate::route::level_path::recost;
use crate::route::level_search::level_search_until;
use crate::route::levels::Levels;
use crate::route::{
    Cells, Ground, IsOver, LevelOptions, LevelPath, Neighbours, Node, Pass, passes,
};

/// Least step between levels while candidates are looked for, metres.
const QUICK_STEP_M: f64 = 4.0;

/// The dearest metre of the guide over cells alone, about that of a tunnel.
const DEAREST_GUIDE_RATIO: f64 = 6.0;

/// Ways for a railway from a cell to a cell that really differ, the best first.
///
/// Each one is the answer of a [`level_search`](crate::route::level_search) at the options given,
/// the best over all the ground and the others over a band of it, so that its cost is its true
/// cost. The certificate of an alternative speaks of that band.
///
/// # Errors
/// Those of [`level_search`](crate::route::level_search), and
/// [`OutOfRange`](crate::Error::OutOfRange) for an option without sense.
///
/// ```
/// use railcorridor::route::{AlternativeOptions, Ground, LevelOptions, level_alternatives};
///
/// // A wall of 900 m, two rows thick, with a gap at either end.
/// let (rows, cols) = (21, 31);
/// let mut heights = vec![0.0_f32; rows * cols];
/// for cell in 10 * cols..12 * cols {
///     heights[cell] = if [4, 24].contains(&(cell % cols)) { 40.0 } else { 900.0 };
/// }
/// let ground = Ground::new(cols, vec![1e3; rows], vec![1e3; rows - 1], heights)?;
/// let options = AlternativeOptions { dearer_share: 0.6, ..AlternativeOptions::default() };
/// let levels = LevelOptions { gradient_permille: 25.0, ..LevelOptions::default() };
/// let ways = level_alternatives(&ground, (0, 10), (20, 10), &levels, &options)?;
/// // The nearer gap, six columns off, is the best; the farther one, fourteen off, comes next.
/// let gaps: Vec<usize> = ways
///     .iter()
///     .filter_map(|one| one.way.nodes.iter().find(|node| node.row == 10).map(|node| node.col))
///     .collect();
/// assert_eq!(gaps, [4, 24]);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn level_alternatives(
    ground: &Ground,
    from: (usize, usize),
    to: (usize, usize),
    levels: &LevelOptions,
    options: &AlternativeOptions,
) -> Result<Vec<Alternative<LevelPath>>> {
    let passes = passes(ground, options.pass_depth_m);
    let ends = (from, to);
    let ways = LevelWays { ground, ends, levels, passes: &passes, is_over: &|| false };
    select::alternatives(&ways, options)
}

/// Ways over cells and levels between two cells.
pub(super) struct LevelWays<'a> {
    pub(super) ground: &'a Ground,
    pub(super) ends: (Cell, Cell),
    pub(super) levels: &'a LevelOptions,
    pub(super) passes: &'a [Pass],
    pub(super) is_over: &'a IsOver<'a>,
}

impl LevelWays<'_> {
    fn search(
        &self,
        ground: &Ground,
        ends: (Cell, Cell),
        levels: &LevelOptions,
    ) -> Result<Option<LevelPath>> {
        if_any(level_search_until(ground, ends, levels, self.is_over))
    }
}

impl Ways for LevelWays<'_> {
    type Way = LevelPath;

    fn grid(&self) -> &Cells {
        self.ground.cells()
    }

    fn cheapest(&self, open: Option<&[f32]>) -> Result<Option<LevelPath>> {
        let search = |ground: &Ground| self.search(ground, self.ends, self.levels);
        open.map_or_else(|| search(self.ground), |open| search(&self.ground.scaled(open)))
    }

    fn quick(&self, factor_ratio: &[f32]) -> Result<Option<Vec<Cell>>> {
        let level_step_m = self.levels.level_step_m.max(QUICK_STEP_M);
        let levels = LevelOptions { level_step_m, ..self.levels.clone() };
        let ground = self.ground.scaled(factor_ratio);
        let path = self.search(&ground, self.ends, &levels)?;
        Ok(path.map(|path| self.cells(&path)))
    }

    fn ends(&self) -> (Cell, Cell) {
        self.ends
    }

    fn cells(&self, way: &LevelPath) -> Vec<Cell> {
        way.nodes.iter().map(|node| (node.row, node.col)).collect()
    }

    fn cost_m(&self, way: &LevelPath) -> f64 {
        way.certificate.cost_m
    }

    /// Searched on ground that lies as high as the rails where the part begins and ends, so that
    /// every way between those two heights is compared.
    fn shortcut(
        &self,
        way: &LevelPath,
        (first, last): (usize, usize),
        tolerance_share: f64,
    ) -> Result<Option<Vec<Cell>>> {
        // Stations have a gradient of their own, which no part between them has.
        let (first, last) = (first.max(1), last.min(way.nodes.len().saturating_sub(2)));
        let part: &[Node] = way.nodes.get(first..=last).unwrap_or_default();
        let (Some(start), Some(end)) = (part.first(), part.last()) else { return Ok(None) };
        let (from, to) = ((start.row, start.col), (end.row, end.col));
        let ground = self.ground.clone().with_height(from, start.height_m);
        let ground = ground.with_height(to, end.height_m);
        let levels = LevelOptions { station_length_m: 0.0, ..self.levels.clone() };
        let (_, own_m) = recost(&ground, &Levels::new(&levels, &ground), &levels, part);
        let Some(other) = self.search(&ground, (from, to), &levels)? else { return Ok(None) };
        if other.certificate.recost_m >= own_m * (1.0 - tolerance_share) {
            return Ok(None);
        }
        let cells = self.cells(way);
        let inner = self.cells(&other);
        let (before, after) = (cells.iter().take(first), cells.iter().skip(last + 1));
        Ok(Some(before.chain(&inner).chain(after).copied().collect()))
    }

    /// A metre costs more where the ground is steeper than the rails may be: the length that it
    /// would take to climb it.
    fn guide_ratios(&self) -> Vec<f64> {
        let (rows, cols) = (self.ground.rows(), self.ground.cols());
        let ruling_ratio = (self.levels.gradient_permille / 1e3).max(1e-6);
        let ratio = |cell: usize| {
            let (row, col) = (cell / cols, cell % cols);
            let height_m = self.ground.height_m(row, col)?;
            let slope = |down: isize, right: isize| {
                let beside = (row.checked_add_signed(down)?, col.checked_add_signed(right)?);
                let rise_m = (self.ground.height_m(beside.0, beside.1)? - height_m).abs();
                Some(rise_m / self.ground.length_m((row, col), beside))
            };
            let steepest = [slope(-1, 0), slope(1, 0), slope(0, -1), slope(0, 1)]
                .into_iter()
                .flatten()
                .fold(0.0, f64::max);
            let factor = f64::from(self.ground.friction(cell)) / 2_f64.powi(20);
            Some(factor * (steepest / ruling_ratio).clamp(1.0, DEAREST_GUIDE_RATIO))
        };
        (0..rows * cols).map(|cell| ratio(cell).unwrap_or(f64::INFINITY)).collect()
    }

    fn guide_neighbours(&self) -> Neighbours {
        Neighbours::Sixteen
    }

    fn passes(&self) -> &[Pass] {
        self.passes
    }

    fn summit(&self, route: &[Cell]) -> Option<Cell> {
        let height = |cell: &Cell| self.ground.height_m(cell.0, cell.1).unwrap_or(f64::NAN);
        route.iter().copied().max_by(|a, b| height(a).total_cmp(&height(b)))
    }
}
