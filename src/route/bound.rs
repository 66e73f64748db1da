//! The cheapest way to the end over cells alone, each at its cheapest level.

use super::Ground;
use super::levels::Levels;
use super::moves::{Move, Moves, between, mean_metre, move_cost};
use super::pages::{UNKNOWN, crossing_units, weighted};
use super::queue::Queue;

/// A lower bound of what is left to the end, found backwards from it and only as far as asked.
pub(super) struct Bound<'a> {
    ground: &'a Ground,
    levels: &'a Levels,
    is_charged_between: bool,
    queue: Queue,
    /// Least cost of a metre by cell; 0 where it was not asked for yet.
    least: Vec<u32>,
    to_go: Vec<u32>,
    settled: Vec<bool>,
}

impl<'a> Bound<'a> {
    pub(super) fn new(
        ground: &'a Ground,
        levels: &'a Levels,
        is_charged_between: bool,
        end: usize,
    ) -> Self {
        let cells = ground.rows() * ground.cols();
        let mut to_go = vec![UNKNOWN; cells];
        let mut queue = Queue::new(0, 14);
        if let (Some(slot), Ok(end)) = (to_go.get_mut(end), u32::try_from(end)) {
            *slot = 0;
            queue.push(0, end);
        }
        Self {
            ground,
            levels,
            is_charged_between,
            queue,
            least: vec![0; cells],
            to_go,
            settled: vec![false; cells],
        }
    }

    /// Least cost from a cell to the end; [`UNKNOWN`] if there is no way.
    pub(super) fn left_from(&mut self, cell: usize, moves: &Moves) -> u32 {
        while self.settled.get(cell) == Some(&false) {
            let Some((cost, to)) = self.queue.pop() else { break };
            self.settle(to as usize, cost, moves);
        }
        self.to_go.get(cell).copied().unwrap_or(UNKNOWN)
    }

    fn settle(&mut self, to: usize, cost: u32, moves: &Moves) {
        match self.settled.get_mut(to) {
            Some(settled) if !*settled => *settled = true,
            _ => return,
        }
        let mut least = [UNKNOWN; 16];
        for (number, from, _) in moves.from(to) {
            if let Some(slot) = least.get_mut(number) {
                *slot = self.least(from);
            }
        }
        let entered = self.least(to);
        for (number, from, one) in moves.from(to) {
            let Some(step) = self.step(entered, &least, number, one) else { continue };
            // The twin of the move leads here.
            let crossing = crossing_units(self.ground, from, number ^ 1);
            let through = cost.saturating_add(step).saturating_add(crossing);
            if let (Some(slot), Ok(state)) = (self.to_go.get_mut(from), u32::try_from(from))
                && through < *slot
            {
                *slot = through;
                self.queue.push(through, state);
            }
        }
    }

    /// Least cost of the twin of a move that leads out of a cell; the twin enters it.
    fn step(&self, entered: u32, least: &[u32; 16], number: usize, one: &Move) -> Option<u32> {
        let known = |number: usize| least.get(number).copied().filter(|least| *least != UNKNOWN);
        known(number)?;
        let sides = match between(number) {
            Some([a, b]) => {
                let sides = [known(a)?, known(b)?];
                self.is_charged_between.then_some(sides)
            }
            None => None,
        };
        Some(move_cost(one.units, mean_metre(entered, sides)))
    }

    fn least(&mut self, cell: usize) -> u32 {
        let Some(slot) = self.least.get_mut(cell) else { return UNKNOWN };
        if *slot == 0 {
            let cols = self.ground.cols();
            let height_m = self.ground.height_m(cell / cols, cell % cols);
            *slot = height_m.map_or(UNKNOWN, |ground_m| {
                let ground = self.levels.parts(ground_m);
                weighted(self.levels.least_metre(ground), self.ground.friction(cell))
            });
        }
        *slot
    }

    pub(super) fn bytes(&self) -> usize {
        self.to_go.len() * 9 + self.queue.bytes()
    }
}
