//! What a move from a cell to a neighbour costs.

use super::climb::Climb;
use super::padded::Padded;
use super::{Cells, Ground};
use crate::error::{Error, Result};

/// A straight move between two cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Row and column where it begins.
    pub from: (usize, usize),
    /// Row and column where it ends.
    pub to: (usize, usize),
    /// Its length, metres.
    pub length_m: f64,
}

impl Step {
    /// The same move the other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { from: self.to, to: self.from, ..self }
    }
}

/// Costs of all moves over some cells: by what a metre costs in each cell, or move by move.
pub struct MoveCosts<'a> {
    cells: Cells,
    by: By<'a>,
    span: Span,
    climb: Option<Climb>,
}

/// What open cells cost.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) cheapest_ratio: f64,
    pub(super) dearest_ratio: f64,
    pub(super) mean_ratio: f64,
    /// Whether some cells are closed.
    pub(super) gaps: bool,
}

type StepCost<'a> = Box<dyn Fn(&Step) -> Option<f64> + Send + Sync + 'a>;

enum By<'a> {
    Single(Vec<f32>),
    Double(Vec<f64>),
    Step(StepCost<'a>),
}

impl<'a> MoveCosts<'a> {
    /// Costs by cells, each with the cost of a metre in it; infinity closes a cell.
    ///
    /// A move costs its length times the mean along it: the cells are sampled at every row (or
    /// column, if it leads farther that way) and weighted linearly between, so that no move jumps
    /// over a cell. For a knight move that is the mean of its two ends and the two cells between.
    /// No move passes a closed cell, nor slips between two that touch by their corners.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if a cell's cost is zero, negative or not a number, or if there are
    /// not as many as cells.
    pub fn friction(cells: Cells, friction_ratio: Vec<f32>) -> Result<Self> {
        let span = span(&cells, friction_ratio.iter().map(|ratio| f64::from(*ratio)))?;
        Ok(Self { cells, by: By::Single(friction_ratio), span, climb: None })
    }

    /// As [`friction`](Self::friction), with all digits of a cost.
    ///
    /// # Errors
    /// As [`friction`](Self::friction).
    pub fn friction_f64(cells: Cells, friction_ratio: Vec<f64>) -> Result<Self> {
        let span = span(&cells, friction_ratio.iter().copied())?;
        Ok(Self { cells, by: By::Double(friction_ratio), span, climb: None })
    }

    /// Adds what height costs: so many metres of level line for each metre up and for each down.
    ///
    /// Heights are those of the cells, row by row, NaN where a cell is closed; along a move they
    /// run straight between the same samples as its friction. Rails leave the ground, so this is
    /// for paths and roads, or for a first picture: see [`level_search`](super::level_search).
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for heights that are not as many as cells or beyond 100 km, for
    /// negative ratios, and for costs move by move, which know their heights themselves.
    ///
    /// ```
    /// use railcorridor::route::{Cells, CostGraph, MoveCosts, Neighbours};
    ///
    /// // Over a hump of 30 m between two cells of 100 m: up at 10 m a metre, down at 2 m.
    /// let cells = Cells::even(1, 3, 100.0, 100.0)?;
    /// let costs = MoveCosts::friction(cells, vec![1.0; 3])?;
    /// let costs = costs.with_climb(vec![0.0, 30.0, 20.0], 10.0, 2.0)?;
    /// let graph = CostGraph::new(costs, Neighbours::Eight)?;
    /// assert_eq!(graph.way((0, 0), (0, 2))?.cost_m, 200.0 + 30.0 * 10.0 + 10.0 * 2.0);
    /// assert_eq!(graph.way((0, 2), (0, 0))?.cost_m, 200.0 + 10.0 * 10.0 + 30.0 * 2.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn with_climb(
        mut self,
        heights_m: Vec<f32>,
        up_ratio: f64,
        down_ratio: f64,
    ) -> Result<Self> {
        let climb = Climb::new(&self.cells, heights_m, up_ratio, down_ratio)?;
        let unknown = climb.heights_m.iter().map(|height_m| height_m.is_nan());
        self.span.gaps |= unknown.clone().any(|unknown| unknown);
        match &mut self.by {
            By::Single(ratios) => {
                ratios
                    .iter_mut()
                    .zip(unknown)
                    .filter(|(_, unknown)| *unknown)
                    .for_each(|(ratio, _)| *ratio = f32::INFINITY);
            }
            By::Double(ratios) => {
                ratios
                    .iter_mut()
                    .zip(unknown)
                    .filter(|(_, unknown)| *unknown)
                    .for_each(|(ratio, _)| *ratio = f64::INFINITY);
            }
            By::Step(_) => {
                return Err(Error::OutOfRange {
                    item: "up_ratio".to_owned(),
                    value: up_ratio,
                    limit: "costs by cells".to_owned(),
                    hint: "costs move by move may hold the climb themselves".to_owned(),
                });
            }
        }
        self.climb = Some(climb);
        Ok(self)
    }

    /// Costs move by move, in metres of level line; `None` forbids a move. Up may cost other than
    /// down.
    pub fn by_step(cells: Cells, cost_m: impl Fn(&Step) -> Option<f64> + Send + Sync + 'a) -> Self {
        Self { cells, by: By::Step(Box::new(cost_m)), span: Span::default(), climb: None }
    }

    /// Lengths of the moves that keep to a gradient with rails locked to the ground.
    ///
    /// What most tools offer, and wrong for a railway, whose rails leave the ground in cuts and on
    /// fills: see [`level_search`](super::level_search). Moves that meet the limit to 1e-12 count
    /// as within.
    #[must_use]
    pub fn locked_to_ground(ground: &'a Ground, gradient_permille: f64) -> Self {
        let limit_ratio = gradient_permille / 1e3 * (1.0 + 1e-12);
        Self::by_step(ground.cells().clone(), move |step| {
            let low_m = ground.height_m(step.from.0, step.from.1)?;
            let rise_m = ground.height_m(step.to.0, step.to.1)? - low_m;
            (rise_m.abs() <= limit_ratio * step.length_m).then_some(step.length_m)
        })
    }

    /// The cells.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// What a move costs, metres of level line; `None` if it cannot be made.
    ///
    /// Costs by cells hold for straight lines of any length.
    #[must_use]
    pub fn step_m(&self, step: &Step) -> Option<f64> {
        if let By::Step(cost_m) = &self.by {
            return cost_m(step).filter(|cost_m| cost_m.is_finite() && *cost_m >= 0.0);
        }
        let down = step.to.0.cast_signed() - step.from.0.cast_signed();
        let right = step.to.1.cast_signed() - step.from.1.cast_signed();
        let ratio = |rows: isize, cols: isize| {
            let at = |start: usize, by: isize| start.checked_add_signed(by);
            self.friction_ratio((at(step.from.0, rows)?, at(step.from.1, cols)?))
        };
        let diagonals = if down.abs() == right.abs() { down.abs() } else { 0 };
        let slips = |place: isize| {
            let (rows, cols) = (down.signum() * place, right.signum() * place);
            ratio(rows + down.signum(), cols).is_none()
                && ratio(rows, cols + right.signum()).is_none()
        };
        if self.span.gaps && (0..diagonals).any(slips) {
            return None;
        }
        let mut mean = 0.0;
        for (rows, cols, weight) in samples(down, right) {
            mean += weight * ratio(rows, cols)?;
        }
        Some(mean * step.length_m + self.climb_m(step.from, down, right))
    }

    /// Length and cost of straight lines from cell to cell, metres and metres of level line;
    /// `None` if one of them cannot be made.
    pub(super) fn along_m(&self, cells: &[(usize, usize)]) -> Option<(f64, f64)> {
        let (mut length_m, mut cost_m) = (0.0, 0.0);
        for (from, to) in cells.iter().zip(cells.iter().skip(1)) {
            let step = self.cells.straight(*from, *to);
            length_m += step.length_m;
            cost_m += self.step_m(&step)?;
        }
        Some((length_m, cost_m))
    }

    /// What the heights along a line cost, metres of level line.
    fn climb_m(&self, from: (usize, usize), down: isize, right: isize) -> f64 {
        let Some(climb) = &self.climb else { return 0.0 };
        let height_m = |rows: isize, cols: isize| {
            let cell = (from.0.checked_add_signed(rows)?, from.1.checked_add_signed(cols)?);
            climb.heights_m.get(self.cells.index(cell)?).copied().map(f64::from)
        };
        let count = down.abs().max(right.abs()).max(1);
        climb.cost_m((0..=count).map(|place| {
            let near = sample(down, right, place, count);
            near.map(|(rows, cols, weight)| weight * height_m(rows, cols).unwrap_or_default()).sum()
        }))
    }

    /// What a metre costs in a cell; `None` if it is closed or outside or if costs go by moves.
    #[must_use]
    pub fn friction_ratio(&self, cell: (usize, usize)) -> Option<f64> {
        let index = self.cells.index(cell)?;
        let ratio = match &self.by {
            By::Single(ratios) => f64::from(*ratios.get(index)?),
            By::Double(ratios) => *ratios.get(index)?,
            By::Step(_) => return None,
        };
        ratio.is_finite().then_some(ratio)
    }

    /// By node something made of what a metre costs there, with a rim of closed cells.
    pub(super) fn padded<T: Copy>(
        &self,
        padded: &Padded,
        closed: T,
        of_ratio: impl Fn(f32) -> T,
    ) -> Vec<T> {
        match &self.by {
            By::Single(ratios) => padded.laid(closed, ratios.iter().map(|ratio| of_ratio(*ratio))),
            By::Double(ratios) => {
                #[expect(clippy::cast_possible_truncation, reason = "24 bits of it")]
                let cells = ratios.iter().map(|ratio| of_ratio(*ratio as f32));
                padded.laid(closed, cells)
            }
            By::Step(_) => vec![closed; padded.nodes()],
        }
    }

    /// What open cells cost, if costs go by cells.
    pub(super) fn span(&self) -> Option<Span> {
        self.is_friction().then_some(self.span)
    }

    /// What height costs, if it does.
    pub(super) fn climb(&self) -> Option<&Climb> {
        self.climb.as_ref()
    }

    /// Whether costs go by cells.
    pub(super) fn is_friction(&self) -> bool {
        !matches!(self.by, By::Step(_))
    }
}

fn span(cells: &Cells, ratios: impl ExactSizeIterator<Item = f64>) -> Result<Span> {
    let wrong = |item: String, value: f64, limit: &str| {
        let hint = "a metre costs more than nothing; infinity closes a cell".to_owned();
        Err(Error::OutOfRange { item, value, limit: limit.to_owned(), hint })
    };
    if ratios.len() != cells.count() {
        #[expect(clippy::cast_precision_loss, reason = "a count, for a message")]
        return wrong("number of cells".to_owned(), ratios.len() as f64, "rows x columns");
    }
    let mut span = Span { cheapest_ratio: f64::INFINITY, ..Span::default() };
    let (mut sum, mut open) = (0.0, 0_u32);
    for (index, ratio) in ratios.enumerate() {
        if ratio == f64::INFINITY {
            span.gaps = true;
            continue;
        }
        if !(1e-30..=1e30).contains(&ratio) {
            let (row, col) = (index / cells.cols(), index % cells.cols());
            let limit = if ratio > 0.0 { "1e-30 to 1e30" } else { "more than 0" };
            return wrong(format!("friction at row {row}, column {col}"), ratio, limit);
        }
        span.cheapest_ratio = span.cheapest_ratio.min(ratio);
        span.dearest_ratio = span.dearest_ratio.max(ratio);
        (sum, open) = (sum + ratio, open + 1);
    }
    span.mean_ratio = if open > 0 { sum / f64::from(open) } else { 1.0 };
    Ok(span)
}

/// Cells along a move, as rows down and columns right of its start, each with its weight.
///
/// The trapezium rule over whole rows or columns, whichever the move has more of; between two
/// cells linear.
pub(super) fn samples(down: isize, right: isize) -> impl Iterator<Item = (isize, isize, f64)> {
    let count = down.abs().max(right.abs()).max(1);
    (0..=count).flat_map(move |place| {
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
        let share = if place == 0 || place == count { 0.5 } else { 1.0 } / count as f64;
        sample(down, right, place, count).map(move |(row, col, weight)| (row, col, share * weight))
    })
}

/// The cells on either side of a place along a move, each with its weight.
fn sample(
    down: isize,
    right: isize,
    place: isize,
    count: isize,
) -> impl Iterator<Item = (isize, isize, f64)> {
    let sides = |way: isize| {
        let low = (way * place).div_euclid(count);
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
        let share = (way * place).rem_euclid(count) as f64 / count as f64;
        [(low, 1.0 - share), (low + 1, share)]
    };
    let (rows, cols) = (sides(down), sides(right));
    rows.into_iter()
        .flat_map(move |(row, of_row)| {
            cols.into_iter().map(move |(col, of_col)| (row, col, of_row * of_col))
        })
        .filter(|(.., weight)| *weight > 0.0)
}
