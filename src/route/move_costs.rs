//! What a move from a cell to a neighbour costs.

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
        Ok(Self { cells, by: By::Single(friction_ratio), span })
    }

    /// As [`friction`](Self::friction), with all digits of a cost.
    ///
    /// # Errors
    /// As [`friction`](Self::friction).
    pub fn friction_f64(cells: Cells, friction_ratio: Vec<f64>) -> Result<Self> {
        let span = span(&cells, friction_ratio.iter().copied())?;
        Ok(Self { cells, by: By::Double(friction_ratio), span })
    }

    /// Costs move by move, in metres of level line; `None` forbids a move. Up may cost other than
    /// down.
    pub fn by_step(cells: Cells, cost_m: impl Fn(&Step) -> Option<f64> + Send + Sync + 'a) -> Self {
        Self { cells, by: By::Step(Box::new(cost_m)), span: Span::default() }
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
        if down.abs() == 1
            && right.abs() == 1
            && ratio(down, 0).is_none()
            && ratio(0, right).is_none()
        {
            return None;
        }
        let mut mean = 0.0;
        for (rows, cols, weight) in samples(down, right) {
            mean += weight * ratio(rows, cols)?;
        }
        Some(mean * step.length_m)
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

    /// Costs of a metre written into a padded list.
    pub(super) fn write_ratios(&self, slots: &mut [f32], padded: &Padded) {
        let cols = self.cells.cols();
        for row in 0..self.cells.rows() {
            let first = padded.node((row, 0)).unwrap_or_default() as usize;
            let (cells, nodes) = (row * cols..(row + 1) * cols, first..first + cols);
            let Some(slots) = slots.get_mut(nodes) else { continue };
            match &self.by {
                By::Single(ratios) => {
                    slots.copy_from_slice(ratios.get(cells).unwrap_or_default());
                }
                By::Double(ratios) => {
                    for (slot, ratio) in slots.iter_mut().zip(ratios.get(cells).unwrap_or_default())
                    {
                        #[expect(
                            clippy::cast_possible_truncation,
                            reason = "all digits of a float"
                        )]
                        let ratio = *ratio as f32;
                        *slot = ratio;
                    }
                }
                By::Step(_) => {}
            }
        }
    }

    /// What open cells cost, if costs go by cells.
    pub(super) fn span(&self) -> Option<Span> {
        self.is_friction().then_some(self.span)
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
        if !(ratio > 0.0) {
            let (row, col) = (index / cells.cols(), index % cells.cols());
            return wrong(format!("friction at row {row}, column {col}"), ratio, "more than 0");
        }
        if ratio == f64::INFINITY {
            span.gaps = true;
            continue;
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
    (0..=count)
        .flat_map(move |place| {
            #[expect(clippy::cast_precision_loss, reason = "up to three")]
            let (part, all) = (place as f64, count as f64);
            let weight = if place == 0 || place == count { 0.5 / all } else { 1.0 / all };
            #[expect(clippy::cast_precision_loss, reason = "up to three")]
            let (rows, cols) = (down as f64 * part / all, right as f64 * part / all);
            let sides = |at: f64| {
                #[expect(clippy::cast_possible_truncation, reason = "up to three")]
                let low = at.floor() as isize;
                [(low, 1.0 - (at - at.floor())), (low + 1, at - at.floor())]
            };
            let (rows, cols) = (sides(rows), sides(cols));
            rows.into_iter().flat_map(move |(row, of_row)| {
                cols.into_iter().map(move |(col, of_col)| (row, col, weight * of_row * of_col))
            })
        })
        .filter(|(.., weight)| *weight > 1e-9)
}
