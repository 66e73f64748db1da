//! The band of cells by way of which a line costs little more than the best.

use super::Surface;
use super::refusal::cut_off;
use crate::error::{Error, Result};

/// What the cheapest way between two places by way of each cell costs.
///
/// `S = f(s) + f(t)`: the cost from the start to a cell and from there to the end (the corridor of
/// cost-distance tools). Where many cells lie within a few per cent of the best, a single line
/// says little. Made by [`CostGraph::corridor`](super::CostGraph::corridor), or from two surfaces
/// that serve many pairs of places:
///
/// ```
/// use railcorridor::route::{Cells, Corridor, CostGraph, MoveCosts, Neighbours};
///
/// // Five columns of 100 m, with a row below that costs twice as much.
/// let ratios = vec![1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0];
/// let costs = MoveCosts::friction(Cells::even(2, 5, 100.0, 100.0)?, ratios)?;
/// let graph = CostGraph::new(costs, Neighbours::Eight)?;
/// let corridor = Corridor::new(&graph.surface((0, 0))?, &graph.surface_to((0, 4))?)?;
/// assert_eq!(corridor.best_m(), 400.0);
/// // Down and up again on two diagonals instead of two rows: 200 x 1.5 x (sqrt 2) for 200.
/// let by_way = 1.0 + (300.0 * 2_f64.sqrt() - 200.0) / 400.0;
/// assert!((corridor.cost_ratio((1, 2)).unwrap() - by_way).abs() < 1e-5);
/// assert_eq!(corridor.count_within(0.01), 5);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Corridor {
    cols: usize,
    best_m: f64,
    /// Infinite where no way leads.
    ratios: Vec<f32>,
}

impl Corridor {
    /// The corridor between the root of a surface and that of one that leads to its own.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for surfaces of grids that differ in size, [`Error::NoRoute`] if no
    /// way leads from one root to the other.
    pub fn new(from: &Surface<'_, '_>, to: &Surface<'_, '_>) -> Result<Self> {
        let (cells, others) = (from.graph().costs().cells(), to.graph().costs().cells());
        if (cells.rows(), cells.cols()) != (others.rows(), others.cols()) {
            #[expect(clippy::cast_precision_loss, reason = "a count, for a message")]
            return Err(Error::OutOfRange {
                item: "number of cells".to_owned(),
                value: others.count() as f64,
                limit: format!("{} rows and {} columns", cells.rows(), cells.cols()),
                hint: "both surfaces must come from one graph".to_owned(),
            });
        }
        let best_m = from.cost_m(to.root()).ok_or_else(|| cut_off(from.root(), to.root()))?;
        let ratio = |index: usize| {
            let cell = (index / cells.cols(), index % cells.cols());
            let sum_m = from.cost_m(cell).zip(to.cost_m(cell)).map(|(a_m, b_m)| a_m + b_m);
            match sum_m {
                // From a place to itself.
                Some(sum_m) if sum_m <= best_m => 1.0,
                Some(sum_m) => {
                    #[expect(clippy::cast_possible_truncation, reason = "seven digits of it")]
                    let ratio = (sum_m / best_m) as f32;
                    ratio
                }
                None => f32::INFINITY,
            }
        };
        Ok(Self { cols: cells.cols(), best_m, ratios: (0..cells.count()).map(ratio).collect() })
    }

    /// Cost of the best way, metres of level line.
    #[must_use]
    pub fn best_m(&self) -> f64 {
        self.best_m
    }

    /// Cost by way of a cell over that of the best; `None` outside and where no way leads.
    #[must_use]
    pub fn cost_ratio(&self, (row, col): (usize, usize)) -> Option<f64> {
        let ratio = (col < self.cols).then(|| self.ratios.get(row * self.cols + col)).flatten()?;
        ratio.is_finite().then_some(f64::from(*ratio))
    }

    /// All ratios, row by row; infinite where no way leads.
    #[must_use]
    pub fn all_cost_ratio(&self) -> &[f32] {
        &self.ratios
    }

    /// Cells by way of which a line costs at most `1 + extra_share` of the best.
    pub fn within(&self, extra_share: f64) -> impl Iterator<Item = (usize, usize)> + '_ {
        let near = move |(_, ratio): &(usize, &f32)| f64::from(**ratio) <= 1.0 + extra_share;
        let cell = |(index, _): (usize, &f32)| (index / self.cols, index % self.cols);
        self.ratios.iter().enumerate().filter(near).map(cell)
    }

    /// How many such cells there are.
    #[must_use]
    pub fn count_within(&self, extra_share: f64) -> usize {
        self.within(extra_share).count()
    }
}
