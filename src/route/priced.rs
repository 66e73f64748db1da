//! Edges of the cells' graph where costs go move by move.

use super::MoveCosts;
use super::labels::{CLOSED, Graph, Look, Node};
use super::moves::STEPS;
use super::padded::Padded;

/// Costs move by move.
pub(super) struct Priced<'a, const N: usize> {
    costs: &'a MoveCosts<'a>,
    padded: Padded,
    units_per_m: f64,
    /// Whether all moves are made the other way.
    reversed: bool,
}

impl<'a, const N: usize> Priced<'a, N> {
    pub(super) fn new(
        costs: &'a MoveCosts<'a>,
        padded: Padded,
        units_per_m: f64,
        reversed: bool,
    ) -> Self {
        Self { costs, padded, units_per_m, reversed }
    }
}

impl<const N: usize> Graph<N> for Priced<'_, N> {
    type Label = Node;

    fn look(&self, nodes: &[Node], node: u32) -> Look<N> {
        let mut edges = [CLOSED; N];
        let from = self.padded.cell(node);
        for (cost, step) in edges.iter_mut().zip(STEPS) {
            let step = self.costs.cells().step(from, step);
            let step = step.map(|step| if self.reversed { step.reversed() } else { step });
            let Some(cost_m) = step.and_then(|step| self.costs.step_m(&step)) else { continue };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates"
            )]
            let units = (cost_m * self.units_per_m).round().min(f64::from(CLOSED)) as u32;
            *cost = units;
        }
        let known = std::array::from_fn(|number| {
            nodes.get(self.head(node, number) as usize).map_or(0, |there| there.cost)
        });
        Look { edges, known }
    }

    fn head(&self, node: u32, number: usize) -> u32 {
        self.padded.head(node, number)
    }

    fn tail(&self, node: u32, which: usize) -> (u32, usize) {
        (self.padded.tail(node, which), which)
    }
}
