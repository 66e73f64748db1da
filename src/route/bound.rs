//! The cheapest way to the end over cells alone, each at its cheapest level.

use super::level_search::{mean_metre, units};
use super::moves::{Move, Moves, between};
use super::pages::{UNKNOWN, move_cost};
use super::queue::Queue;
use super::{Ground, LevelOptions};

/// A lower bound of what is left to the end, found backwards from it and only as far as asked.
pub(super) struct Bound<'a> {
    ground: &'a Ground,
    moves: &'a Moves,
    options: &'a LevelOptions,
    queue: Queue,
    /// Least cost of a metre by cell; 0 where it was not asked for yet.
    least: Vec<u32>,
    to_go: Vec<u32>,
    settled: Vec<bool>,
}

impl<'a> Bound<'a> {
    pub(super) fn new(
        ground: &'a Ground,
        moves: &'a Moves,
        options: &'a LevelOptions,
        end: usize,
    ) -> Self {
        let cells = ground.rows() * ground.cols();
        let mut to_go = vec![UNKNOWN; cells];
        let mut queue = Queue::new(16);
        if let (Some(slot), Ok(end)) = (to_go.get_mut(end), u32::try_from(end)) {
            *slot = 0;
            queue.push(0, end);
        }
        Self {
            ground,
            moves,
            options,
            queue,
            least: vec![0; cells],
            to_go,
            settled: vec![false; cells],
        }
    }

    /// Least cost from a cell to the end; [`UNKNOWN`] if there is no way.
    pub(super) fn left_from(&mut self, cell: usize) -> u32 {
        while self.settled.get(cell) == Some(&false) {
            let Some((cost, to)) = self.queue.pop() else { break };
            self.settle(to as usize, cost);
        }
        self.to_go.get(cell).copied().unwrap_or(UNKNOWN)
    }

    fn settle(&mut self, to: usize, cost: u32) {
        match self.settled.get_mut(to) {
            Some(settled) if !*settled => *settled = true,
            _ => return,
        }
        let moves = self.moves;
        let mut least = [UNKNOWN; 16];
        for (number, from, _) in moves.from(to) {
            if let Some(slot) = least.get_mut(number) {
                *slot = self.least(from);
            }
        }
        let entered = self.least(to);
        for (number, from, one) in moves.from(to) {
            let Some(step) = self.step(entered, &least, number, one) else { continue };
            let through = cost.saturating_add(step);
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
            Some([a, b]) if self.options.charge_between => Some([known(a)?, known(b)?]),
            _ => None,
        };
        Some(move_cost(units(one.length_m), mean_metre(entered, sides)))
    }

    fn least(&mut self, cell: usize) -> u32 {
        let Some(slot) = self.least.get_mut(cell) else { return UNKNOWN };
        if *slot == 0 {
            let cols = self.ground.cols();
            let height_m = self.ground.height_m(cell / cols, cell % cols);
            *slot = height_m.map_or(UNKNOWN, |ground_m| self.options.least_metre(ground_m));
        }
        *slot
    }

    pub(super) fn bytes(&self) -> usize {
        self.to_go.len() * 9
    }
}
