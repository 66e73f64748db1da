//! Moves between cells with their costs, made ready for many searches.

use super::goal::Goal;
use super::isotropic::{Isotropic, Towards};
use super::labels::{Buckets, CLOSED, Ended, Graph, Labels};
use super::padded::Padded;
use super::priced::Priced;
use super::range::Range;
use super::{MoveCosts, Neighbours, Surface, Way};
use crate::error::{Error, Result};

/// Costs of moves, checked and brought to whole units once, for any number of searches.
///
/// Memory: 4 bytes a cell beside the costs; a search takes 5 bytes a cell more.
pub struct CostGraph<'a> {
    costs: MoveCosts<'a>,
    neighbours: Neighbours,
    padded: Padded,
    range: Range,
    moves: Moves,
}

/// Costs of moves in whole units, by number of neighbours.
enum Moves {
    Eight(Isotropic<8, 3>),
    Sixteen(Isotropic<16, 5>),
    ThirtyTwo(Isotropic<32, 7>),
    /// Asked for one by one.
    Priced,
}

/// What a search found.
pub(super) struct Found {
    pub(super) labels: Labels,
    pub(super) units_per_m: f64,
    pub(super) settled_count: usize,
}

impl<'a> CostGraph<'a> {
    /// Makes the moves ready.
    ///
    /// # Errors
    /// [`Error::Limit`] from 2^31 cells.
    pub fn new(costs: MoveCosts<'a>, neighbours: Neighbours) -> Result<Self> {
        let padded = Padded::new(costs.cells(), neighbours)?;
        let range = Range::of(&costs, neighbours);
        let units_per_m = range.finest_units_per_m(costs.cells());
        let moves = moves(&costs, neighbours, &padded, units_per_m);
        Ok(Self { costs, neighbours, padded, range, moves })
    }

    /// The costs.
    #[must_use]
    pub fn costs(&self) -> &MoveCosts<'a> {
        &self.costs
    }

    /// Neighbours of a cell.
    #[must_use]
    pub fn neighbours(&self) -> Neighbours {
        self.neighbours
    }

    /// Spreads from a cell to all that can be reached.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a start that is outside or closed, [`Error::Limit`] if costs are
    /// too uneven for whole numbers.
    pub fn surface(&self, from: (usize, usize)) -> Result<Surface<'_, 'a>> {
        Ok(Surface::new(self, self.spread(from, None)?))
    }

    /// The cheapest way from a cell to another.
    ///
    /// By a bound towards the end (A*) where most cells cost little more than the cheapest one,
    /// else by spreading until the end is reached (Dijkstra); both give the same cost.
    ///
    /// # Errors
    /// As [`surface`](Self::surface), and [`Error::NoRoute`] if no way leads there.
    pub fn way(&self, from: (usize, usize), to: (usize, usize)) -> Result<Way> {
        Surface::new(self, self.spread(from, Some(to))?).way_to(to).ok_or_else(|| Error::NoRoute {
            from: format!("row {}, column {}", from.0, from.1),
            to: format!("row {}, column {}", to.0, to.1),
            problem: "closed cells or forbidden moves lie between on every way".to_owned(),
            hint: "open a cell, or allow steeper moves".to_owned(),
        })
    }

    pub(super) fn padded(&self) -> &Padded {
        &self.padded
    }

    fn spread(&self, from: (usize, usize), to: Option<(usize, usize)>) -> Result<Found> {
        let first = [self.open("from", from)?];
        let last: Vec<u32> = to.map(|to| self.open("to", to)).transpose()?.into_iter().collect();
        let mut units_per_m = self.range.finest_units_per_m(self.costs.cells());
        let mut labels = Labels::new(0, false);
        let mut coarser;
        let mut moves = &self.moves;
        // Two rounds are rare, twenty would be beyond all numbers.
        for round in 0..20 {
            let (cheapest, dearest) = self.range.units(units_per_m);
            if dearest < CLOSED / 2 {
                // What is not kept is found again by the moves at hand, which must cost something.
                let keeps_entries = round > 0 || cheapest == 0 || matches!(moves, Moves::Priced);
                labels.renew(self.padded.nodes(), keeps_entries);
                let buckets = Buckets::new(cheapest, dearest);
                let goal = to.filter(|_| self.costs.span().is_some() && self.range.is_even());
                let goal = goal.map(|to| {
                    let cells = self.costs.cells();
                    Goal::new(&self.range, cells, self.padded, self.neighbours, to, units_per_m)
                });
                let ended = match moves {
                    Moves::Eight(graph) => {
                        towards(&mut labels, graph, goal, buckets, &first, &last)
                    }
                    Moves::Sixteen(graph) => {
                        towards(&mut labels, graph, goal, buckets, &first, &last)
                    }
                    Moves::ThirtyTwo(graph) => {
                        towards(&mut labels, graph, goal, buckets, &first, &last)
                    }
                    Moves::Priced => {
                        self.spread_priced(&mut labels, units_per_m, buckets, &first, &last)
                    }
                };
                if ended.in_range {
                    return Ok(Found { labels, units_per_m, settled_count: ended.settled_count });
                }
            }
            units_per_m /= 16.0;
            coarser = self::moves(&self.costs, self.neighbours, &self.padded, units_per_m);
            moves = &coarser;
        }
        Err(Error::Limit {
            item: "surface".to_owned(),
            needed: "costs that differ by more than a factor of 10^9".to_owned(),
            limit: "whole numbers of 31 bits".to_owned(),
            hint: "close cells by infinity instead of a very high cost".to_owned(),
        })
    }

    fn spread_priced(
        &self,
        labels: &mut Labels,
        units_per_m: f64,
        buckets: Buckets,
        first: &[u32],
        last: &[u32],
    ) -> Ended {
        let (costs, padded, neighbours) = (&self.costs, self.padded, self.neighbours);
        match neighbours {
            Neighbours::Eight => {
                let graph = Priced::<8>::new(costs, padded, neighbours, units_per_m);
                labels.spread(&graph, buckets, first, last)
            }
            Neighbours::Sixteen => {
                let graph = Priced::<16>::new(costs, padded, neighbours, units_per_m);
                labels.spread(&graph, buckets, first, last)
            }
            Neighbours::ThirtyTwo => {
                let graph = Priced::<32>::new(costs, padded, neighbours, units_per_m);
                labels.spread(&graph, buckets, first, last)
            }
        }
    }

    /// The cell before one on the way that a search found.
    pub(super) fn before(&self, found: &Found, cell: (usize, usize)) -> Option<(usize, usize)> {
        let node = self.padded.node(cell)?;
        let labels = &found.labels;
        let before = match &self.moves {
            Moves::Eight(graph) => labels.before(graph, node),
            Moves::Sixteen(graph) => labels.before(graph, node),
            Moves::ThirtyTwo(graph) => labels.before(graph, node),
            Moves::Priced => labels.before(
                &Priced::<32>::new(&self.costs, self.padded, Neighbours::ThirtyTwo, 1.0),
                node,
            ),
        };
        before.map(|before| self.padded.cell(before))
    }

    /// The node of a cell that may be entered.
    fn open(&self, item: &str, cell: (usize, usize)) -> Result<u32> {
        let closed = self.costs.span().is_some() && self.costs.friction_ratio(cell).is_none();
        if let Some(node) = self.padded.node(cell).filter(|_| !closed) {
            return Ok(node);
        }
        let (rows, cols) = (self.costs.cells().rows(), self.costs.cells().cols());
        #[expect(clippy::cast_precision_loss, reason = "a cell, for a message")]
        Err(Error::OutOfRange {
            item: format!("{item} (row {}, column {})", cell.0, cell.1),
            value: cell.0 as f64,
            limit: format!("an open cell of {rows} rows and {cols} columns"),
            hint: "the place lies outside of the cells, or its cell is closed".to_owned(),
        })
    }
}

fn moves(
    costs: &MoveCosts<'_>,
    neighbours: Neighbours,
    padded: &Padded,
    units_per_m: f64,
) -> Moves {
    match neighbours {
        _ if costs.span().is_none() => Moves::Priced,
        Neighbours::Eight => Moves::Eight(Isotropic::new(costs, padded, neighbours, units_per_m)),
        Neighbours::Sixteen => {
            Moves::Sixteen(Isotropic::new(costs, padded, neighbours, units_per_m))
        }
        Neighbours::ThirtyTwo => {
            Moves::ThirtyTwo(Isotropic::new(costs, padded, neighbours, units_per_m))
        }
    }
}

fn towards<const N: usize>(
    labels: &mut Labels,
    graph: &impl Graph<N>,
    goal: Option<Goal>,
    buckets: Buckets,
    first: &[u32],
    last: &[u32],
) -> Ended {
    match goal {
        Some(goal) => labels.spread(&Towards { graph, goal }, buckets, first, last),
        None => labels.spread(graph, buckets, first, last),
    }
}
