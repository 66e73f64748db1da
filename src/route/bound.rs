//! The cheapest way to the end over cells alone: a lower bound of what is left of a way over levels.
//!
//! Each cell at its cheapest level would be a weak bound, since the ground itself costs nothing
//! more than its length. But two cells whose ground differs by more than the gradient allows cannot
//! both have the rails at the ground. So every move counts the least that any two heights within
//! its reach cost together, with the depth in the cells that it runs between. A depth is then
//! shared by two moves: the one out of the cell pays for [`Bound::owed`], a fixed part that is the
//! same for all moves, and the one into the cell for the rest. What is left from a height in a cell
//! is the bound of the cell less the part that the way has paid for on entering.

use super::Ground;
use super::by_cell::ByCell;
use super::level_price::{saturated, weighted as weighted_at};
use super::level_table::{LANES, Lanes};
use super::levels::{COST_BITS, Levels};
use super::moves::{
    FIRST_KNIGHT, Move, Moves, Side, UNITS_PER_M, between, half_way, mean_metre, move_cost,
};
use super::pages::{UNKNOWN, crossing_units, weighted};
use super::pair_costs::{Pair, PairCosts, plain_units};
use super::queue::Queue;

/// Nothing known of the ground, among heights.
const VOID: i32 = i32::MIN / 2;

/// What is known of a cell.
#[derive(Clone, Copy)]
struct Known {
    /// From it to the end.
    cost: u32,
    /// Twice the height of its ground in parts, or twice [`VOID`]; one more where the cost is final.
    twice: i32,
}

impl Known {
    const NOTHING: Self = Self { cost: UNKNOWN, twice: 2 * VOID };

    #[inline]
    fn is_final(self) -> bool {
        self.twice & 1 == 1
    }
}

/// Least costs to the end, found backwards from it and only as far as asked.
pub(super) struct Bound<'a> {
    ground: &'a Ground,
    levels: &'a Levels,
    moves: &'a Moves,
    is_charged_between: bool,
    /// Towards the start: what any way there costs at least.
    straight: Straight,
    queue: Queue,
    known: ByCell<Known>,
    /// What moves cost; `None` where levels are not counted from the ground: each cell is taken at its
    /// cheapest one.
    pairs: Option<PairCosts<'a>>,
    is_plain: bool,
    /// The length that each move pays for in the cell that it leaves, in units.
    half: u32,
    /// What the machine has to compare several heights at once.
    arch: pulp::Arch,
}

impl<'a> Bound<'a> {
    pub(super) fn new(
        ground: &'a Ground,
        levels: &'a Levels,
        moves: &'a Moves,
        is_charged_between: bool,
        (start, end): (usize, usize),
    ) -> Self {
        let straight = Straight::new(ground, moves, start);
        let cols = ground.cols();
        let known = ByCell::new(ground.rows() * cols, 4 * cols + 3, Known::NOTHING);
        let least = straight.left((end / cols, end % cols));
        let queue = Queue::new(least, 14);
        let pairs = PairCosts::new(levels, moves, is_charged_between);
        let mut bound = Self {
            ground,
            levels,
            moves,
            is_charged_between,
            straight,
            queue,
            known,
            half: pairs.as_ref().map_or(0, PairCosts::half),
            pairs,
            is_plain: ground.is_plain(),
            arch: pulp::Arch::new(),
        };
        bound.make_around(end);
        if let (Some(known), Ok(state)) = (bound.known.get_mut(end), u32::try_from(end)) {
            known.cost = 0;
            bound.queue.push(least, state);
        }
        bound
    }

    /// Least cost from a cell to the end; [`UNKNOWN`] if there is no way.
    pub(super) fn left_from(&mut self, cell: usize) -> u32 {
        while cell < self.known.len() && !self.is_settled(cell) {
            let Some((_, at)) = self.queue.pop() else { break };
            self.prefetch_next();
            let arch = self.arch;
            arch.dispatch(Settling { bound: self, at: at as usize });
        }
        self.cost(cell)
    }

    /// Brings near what is known round the cell that is settled next.
    #[inline(always)]
    fn prefetch_next(&self) {
        let Some(cell) = self.queue.soon(0) else { return };
        let (cell, cols) = (cell as usize, self.ground.cols());
        for first in [0, cols, 2 * cols] {
            self.known.prefetch(cell.wrapping_add(first));
            self.known.prefetch(cell.wrapping_sub(first));
        }
    }

    fn cost(&self, cell: usize) -> u32 {
        self.known.get(cell).map_or(UNKNOWN, |known| known.cost)
    }

    fn is_settled(&self, cell: usize) -> bool {
        self.known.get(cell).is_some_and(Known::is_final)
    }

    /// What the bound of a cell counts for a depth that a way has paid for on entering it.
    #[inline]
    pub(super) fn owed(&self, metre: u32, friction: u32) -> u32 {
        let metre = if self.is_plain { metre } else { weighted(metre, friction) };
        let depth = u64::from(metre.saturating_sub(friction));
        u32::try_from((u64::from(self.half) * depth) >> COST_BITS).unwrap_or(UNKNOWN)
    }

    /// The same of eight depths.
    #[inline(always)]
    pub(super) fn owed_at(&self, metres: &Lanes, friction: u32) -> Lanes {
        let metres = if self.is_plain { *metres } else { weighted_at(metres, friction) };
        let mut owed = [0; LANES];
        for (owed, metre) in owed.iter_mut().zip(metres) {
            let depth = u64::from(metre.saturating_sub(friction));
            *owed = saturated((u64::from(self.half) * depth) >> COST_BITS);
        }
        owed
    }

    /// The cells of a cheapest way from a cell to the end; `None` if there is none.
    pub(super) fn way_from(&mut self, cell: usize) -> Option<Vec<usize>> {
        let mut left = self.left_from(cell);
        let mut cells = vec![cell];
        let mut at = cell;
        while left > 0 {
            let moves = self.moves;
            let next = moves.from(at).find_map(|(number, to, _)| {
                let there = self.cost(to);
                if !self.is_settled(to) || there >= left {
                    return None;
                }
                let step = self.step_into(to, number ^ 1)?;
                let crossing = crossing_units(self.ground, at, number);
                let through = there.checked_add(crossing)?.checked_add(step)?;
                (through == left).then_some((to, there))
            });
            (at, left) = next?;
            cells.push(at);
        }
        Some(cells)
    }

    /// Least cost of the twin of a move that leads out of a cell, as it was when the cell became final.
    fn step_into(&mut self, at: usize, number: usize) -> Option<u32> {
        let mut around = Around::new(at);
        let moves = self.moves;
        for (number, cell, _) in moves.from(at) {
            around.see(number, self.known.get(cell)?, UNKNOWN);
        }
        let ground = self.known.get(at)?.twice >> 1;
        let own = Side { ground, friction: self.ground.friction(at) };
        let one = moves.of_row(at / self.ground.cols()).get(number)?;
        if number < FIRST_KNIGHT {
            self.step::<false>(own, number, one, &around)
        } else {
            self.step::<true>(own, number, one, &around)
        }
    }

    /// Makes the cost of a cell final, and the moves into it known to its neighbours.
    #[inline(always)]
    fn settle(&mut self, at: usize) {
        let Some(known) = self.known.get_mut(at).filter(|known| !known.is_final()) else { return };
        let Known { cost, twice } = *known;
        known.twice |= 1;
        self.make_around(at);
        let own = Side { ground: twice >> 1, friction: self.ground.friction(at) };
        let cols = self.ground.cols();
        let (row, col) = (at / cols, at % cols);
        let (all, moves, is_plain) = (self.moves, self.moves.of_row(row), self.is_plain);
        // What a neighbour costs by a move at least.
        let least = |number: usize| {
            let units = if is_plain { plain_units(moves[number & 15].units) } else { 0 };
            cost.saturating_add(units)
        };
        let mut around = Around::new(at);
        match all.all_from(row, col) {
            Some(offsets) => {
                for (number, offset) in offsets.iter().enumerate() {
                    let Some(known) = self.known.get(at.wrapping_add_signed(*offset)) else {
                        continue;
                    };
                    around.see(number, known, least(number));
                }
            }
            None => {
                for (number, cell, _) in all.from(at) {
                    let Some(known) = self.known.get(cell) else { continue };
                    around.see(number, known, least(number));
                }
            }
        }
        let settled = Settled { at, row, col, cost, own };
        let knights = around.dearer >> FIRST_KNIGHT << FIRST_KNIGHT;
        self.tell::<false>(&settled, &around, around.dearer ^ knights);
        self.tell::<true>(&settled, &around, knights);
    }

    /// Makes the moves into a cell known to the neighbours that they lead out of, by the numbers of the
    /// twins as bits: all of them knight moves, or none.
    #[inline(always)]
    fn tell<const IS_KNIGHT: bool>(&mut self, to: &Settled, around: &Around, numbers: u32) {
        let moves = self.moves.of_row(to.row);
        let mut numbers = numbers;
        while numbers != 0 {
            let number = numbers.trailing_zeros() as usize & 15;
            numbers &= numbers - 1;
            let step = self.step::<IS_KNIGHT>(to.own, number, &moves[number], around);
            let Some(step) = step else { continue };
            let from = self.moves.to(to.at, number);
            // The twin of the move leads here, past the same cells.
            let crossing = crossing_units(self.ground, from, number ^ 1);
            let through = to.cost.saturating_add(step).saturating_add(crossing);
            let left = self.straight.left(self.moves.place(to.row, to.col, number));
            if let (Some(known), Ok(state)) = (self.known.get_mut(from), u32::try_from(from))
                && through < known.cost
                && !known.is_final()
            {
                known.cost = through;
                self.queue.push(through.saturating_add(left), state);
            }
        }
    }

    /// Least cost of the twin of a move that leads out of a cell; the twin enters it. `None` if a
    /// cell is closed or if no heights fit the gradient.
    #[inline(always)]
    fn step<const IS_KNIGHT: bool>(
        &mut self,
        own: Side,
        number: usize,
        one: &Move,
        around: &Around,
    ) -> Option<u32> {
        let side = |number: usize| {
            let ground = around.twice[number & 15] >> 1;
            let friction = self.ground.friction(self.moves.to(around.at, number));
            (ground != VOID).then_some(Side { ground, friction })
        };
        let left = side(number)?;
        let passed = match between(number) {
            Some([a, b]) if IS_KNIGHT => {
                let passed = half_way(side(a)?, side(b)?);
                self.is_charged_between.then_some(passed)
            }
            _ => None,
        };
        let Some(pairs) = &mut self.pairs else {
            let least = |side: Side| weighted(self.levels.least_metre(side.ground), side.friction);
            return Some(move_cost(one.units, mean_metre(least(own), passed.map(least))));
        };
        let Move { units, reach, .. } = *one;
        let cost = pairs.least(&Pair { left, entered: own, passed, units, reach });
        (cost != UNKNOWN).then_some(cost)
    }

    /// Makes what is known of a cell and of its neighbours, with their heights.
    #[inline(always)]
    fn make_around(&mut self, cell: usize) {
        let (levels, beside) = (self.levels, 2 * self.ground.cols() + 1);
        let last = (cell + beside).min(self.known.len() - 1);
        self.known.make([cell.saturating_sub(beside), last], self.ground.heights_m(), |height_m| {
            let height = levels.parts((*height_m).into());
            Known { cost: UNKNOWN, twice: 2 * if height_m.is_nan() { VOID } else { height } }
        });
    }

    pub(super) fn bytes(&self) -> usize {
        let pairs = self.pairs.as_ref().map_or(0, |_| PairCosts::BYTES);
        self.known.bytes() + self.queue.bytes() + pairs
    }

    /// Bytes that each cell of the ground takes.
    pub(super) const BYTES_OF_CELL: usize = size_of::<Known>();
}

/// A cell whose cost is final.
struct Settled {
    at: usize,
    row: usize,
    col: usize,
    cost: u32,
    own: Side,
}

/// The neighbours of a cell.
struct Around {
    at: usize,
    /// By the move to them, as [`Known`] has it; those that are none are void.
    twice: [i32; 16],
    /// As bits: those that cost more, as far as is known, than a move may make them.
    dearer: u32,
}

impl Around {
    #[inline(always)]
    fn new(at: usize) -> Self {
        Self { at, twice: [2 * VOID; 16], dearer: 0 }
    }

    /// Notes what is known of a neighbour, which costs so much at least by the move.
    #[inline(always)]
    fn see(&mut self, number: usize, known: Known, least: u32) {
        self.twice[number & 15] = known.twice;
        self.dearer |= u32::from(known.cost > least) << (number & 15);
    }
}

/// The settling of a cell: a type of its own, since a closure would not be built for wide registers.
struct Settling<'a, 'b> {
    bound: &'a mut Bound<'b>,
    at: usize,
}

impl pulp::NullaryFnOnce for Settling<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.bound.settle(self.at);
    }
}

/// The straight way to a cell, over cells as small as the smallest and as cheap as the cheapest.
struct Straight {
    row: usize,
    col: usize,
    /// Units of cost of a row and of a column.
    down: f64,
    right: f64,
}

impl Straight {
    fn new(ground: &Ground, moves: &Moves, cell: usize) -> Self {
        let (dx_m, dy_m) = ground.cells().least_m();
        // Less by eight units a move and four in a million of its length, which is more than what
        // pairs of heights cost is rounded down by, so that nothing turns the order of cells round.
        let rounded = 8.0 / f64::from(moves.shortest().max(8)) + 4e-6;
        let units = UNITS_PER_M * (ground.least_friction_ratio() - rounded).max(0.0);
        let cols = ground.cols();
        Self { row: cell / cols, col: cell % cols, down: dy_m * units, right: dx_m * units }
    }

    fn left(&self, (row, col): (usize, usize)) -> u32 {
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
        let apart = |a: usize, b: usize| a.abs_diff(b) as f64;
        let down = apart(row, self.row) * self.down;
        let right = apart(col, self.col) * self.right;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let units = (down * down + right * right).sqrt() as u32;
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::LevelOptions;

    #[test]
    fn all_machines_find_the_same() {
        for ground in &crate::route::ground::hills() {
            let options = LevelOptions::default();
            let levels = Levels::new(&options, ground);
            let moves = Moves::new(ground.cells(), &options, &levels);
            let costs = [pulp::Arch::new(), pulp::Arch::Scalar].map(|arch| {
                let bound = Bound::new(ground, &levels, &moves, true, (21, 378));
                let mut bound = Bound { arch, ..bound };
                (0..400).map(|cell| bound.left_from(cell)).collect::<Vec<u32>>()
            });
            assert_eq!(costs[0], costs[1]);
            assert!(costs[0].iter().all(|cost| *cost < UNKNOWN));
        }
    }
}
