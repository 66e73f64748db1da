//! What a move into a cell costs at each height that the rails may have there.

use super::levels::{CLOSED, COST_BITS, Levels};
use super::moves::{between, mean_metre, move_cost};
use super::pages::{Exits, UNKNOWN, Weights, weighted};

/// One move out of a cell, made ready for all heights at which it may end.
pub(super) struct Entering<'a> {
    levels: &'a Levels,
    units: u32,
    /// Ground and friction of the cell entered.
    entered: (i32, u32),
    /// The same of the two cells between the ends of a knight move, if they are paid for.
    between: Option<[(i32, u32); 2]>,
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
        let cell = |number: usize| {
            let ground = exits.ground.get(number).copied().unwrap_or_default();
            let friction = weights.and_then(|weights| weights.friction.get(number)).copied();
            (ground, friction.unwrap_or(1 << COST_BITS))
        };
        let between = match between(number) {
            Some([a, b]) if is_charged_between => Some([cell(a), cell(b)]),
            _ => None,
        };
        let crossing = weights.and_then(|weights| weights.crossing.get(number)).copied();
        let crossing = crossing.unwrap_or(0);
        Self {
            levels,
            units,
            entered: cell(number),
            between,
            crossing,
            is_plain: weights.is_none(),
        }
    }

    /// No height costs less than this.
    #[inline]
    pub(super) fn least(&self) -> u32 {
        if self.is_plain {
            return self.units;
        }
        let sides = self.between.map(|[a, b]| [a.1, b.1]);
        move_cost(self.units, mean_metre(self.entered.1, sides)).saturating_add(self.crossing)
    }

    /// Cost of entering at a height of the rails, but for climbing; [`UNKNOWN`] if they run too
    /// deep or too high in a cell between.
    #[inline]
    pub(super) fn cost(&self, height: i32) -> u32 {
        let metre = |(ground, friction): (i32, u32)| {
            let metre = self.levels.metre(height - ground);
            if self.is_plain || metre == CLOSED { metre } else { weighted(metre, friction) }
        };
        let entered = metre(self.entered);
        let sides = self.between.map(|[a, b]| [metre(a), metre(b)]);
        if entered == CLOSED || sides.is_some_and(|sides| sides.contains(&CLOSED)) {
            return UNKNOWN;
        }
        move_cost(self.units, mean_metre(entered, sides)).saturating_add(self.crossing)
    }
}

/// Cost of entering a cell at a height of the rails by the twin of a move out of it, but for
/// climbing and crossing; [`UNKNOWN`] if they run too deep or too high there or in a cell between.
#[inline]
pub(super) fn back_cost(
    levels: &Levels,
    (exits, weights): (&Exits, Option<&Weights>),
    (ground, friction): (i32, u32),
    (number, units): (usize, u32),
    height: i32,
    is_charged_between: bool,
) -> u32 {
    let metre = |ground: i32, friction: u32| {
        let metre = levels.metre(height - ground);
        (metre != CLOSED).then(|| weighted(metre, friction))
    };
    let side = |number: usize| {
        let friction = weights.and_then(|weights| weights.friction.get(number)).copied();
        metre(*exits.ground.get(number)?, friction.unwrap_or(1 << COST_BITS))
    };
    let Some(entered) = metre(ground, friction) else { return UNKNOWN };
    let sides = match between(number).filter(|_| is_charged_between) {
        Some([a, b]) => match (side(a), side(b)) {
            (Some(a), Some(b)) => Some([a, b]),
            _ => return UNKNOWN,
        },
        None => None,
    };
    move_cost(units, mean_metre(entered, sides))
}
