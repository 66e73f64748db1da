//! Edges of the cells' graph where costs go move by move.

use super::labels::{CLOSED, Graph};
use super::padded::Padded;
use super::{MoveCosts, Neighbours};

/// Costs move by move.
pub(super) struct Priced<'a, const N: usize> {
    costs: &'a MoveCosts<'a>,
    padded: Padded,
    steps: &'static [(i8, i8)],
    units_per_m: f64,
}

impl<'a, const N: usize> Priced<'a, N> {
    pub(super) fn new(
        costs: &'a MoveCosts<'a>,
        padded: Padded,
        neighbours: Neighbours,
        units_per_m: f64,
    ) -> Self {
        Self { costs, padded, steps: neighbours.steps(), units_per_m }
    }
}

impl<const N: usize> Graph<N> for Priced<'_, N> {
    fn edges(&self, node: u32) -> [u32; N] {
        let mut costs = [CLOSED; N];
        let from = self.padded.cell(node);
        for (cost, step) in costs.iter_mut().zip(self.steps) {
            let step = self.costs.cells().step(from, *step);
            let Some(cost_m) = step.and_then(|step| self.costs.step_m(&step)) else { continue };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates"
            )]
            let units = (cost_m * self.units_per_m).round().min(f64::from(CLOSED)) as u32;
            *cost = units;
        }
        costs
    }

    fn head(&self, node: u32, number: usize) -> u32 {
        let (down, right) = self.steps.get(number).copied().unwrap_or_default();
        node.wrapping_add(self.padded.offset(down.into(), right.into()))
    }

    fn tail(&self, node: u32, which: usize) -> (u32, usize) {
        let (down, right) = self.steps.get(which).copied().unwrap_or_default();
        (node.wrapping_sub(self.padded.offset(down.into(), right.into())), which)
    }
}
