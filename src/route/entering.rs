//! What a move into a cell costs at each height that the rails may have there.

use super::levels::{CLOSED, LEVEL, Levels};
use super::moves::{Side, between, half_way, mean_metre, move_cost};
use super::pages::{Exits, UNKNOWN, Weights, weighted};

/// One move out of a cell, made ready for all heights at which it may end.
pub(super) struct Entering<'a> {
    levels: &'a Levels,
    units: u32,
    entered: Side,
    /// What a knight move passes half-way, if that is paid for.
    half_way: Option<Side>,
    crossing: u32,
    is_plain: bool,
}

impl<'a> Entering<'a> {
    #[inline]
    pub(super) fn new(
        levels: &'a Levels,
        exits: &Exits,
        weights: Option<&Weights>,
        number: usize,
        units: u32,
        is_charged_between: bool,
    ) -> Self {
        let side = |number: usize| Side {
            ground: exits.ground.get(number).copied().unwrap_or_default(),
            friction: weights
                .and_then(|weights| weights.friction.get(number))
                .copied()
                .unwrap_or(LEVEL),
        };
        let crossing = weights.and_then(|weights| weights.crossing.get(number)).copied();
        Self {
            levels,
            units,
            entered: side(number),
            half_way: between(number)
                .filter(|_| is_charged_between)
                .map(|[a, b]| half_way(side(a), side(b))),
            crossing: crossing.unwrap_or(0),
            is_plain: weights.is_none(),
        }
    }

    /// The twin of the move, which enters the cell that it leaves; nothing that it crosses is
    /// counted.
    #[inline]
    pub(super) fn back(self, own: Side) -> Self {
        Self { entered: own, crossing: 0, ..self }
    }

    /// The cell entered, and what is passed half-way if that is paid for.
    #[cfg(test)]
    pub(super) fn sides(&self) -> (Side, Option<Side>) {
        (self.entered, self.half_way)
    }

    /// Cost of entering at a height of the rails, but for climbing; [`UNKNOWN`] if they run too
    /// deep or too high in the cell or half-way there.
    #[inline]
    pub(super) fn cost(&self, height: i32) -> u32 {
        let metre = |side: Side| match self.levels.metre(height - side.ground) {
            CLOSED => CLOSED,
            metre if self.is_plain => metre,
            metre => weighted(metre, side.friction),
        };
        let (entered, half_way) = (metre(self.entered), self.half_way.map(metre));
        if entered == CLOSED || half_way == Some(CLOSED) {
            return UNKNOWN;
        }
        move_cost(self.units, mean_metre(entered, half_way)).saturating_add(self.crossing)
    }
}
