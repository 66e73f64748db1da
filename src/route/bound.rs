//! The cheapest way to the end over cells alone: a lower bound of what is left of a way over levels.
//!
//! Each cell at its cheapest level would be a weak bound, since the ground itself costs nothing
//! more than its length. But two cells whose ground differs by more than the gradient allows cannot
//! both have the rails at the ground. So every move counts what the depths of any two heights within
//! its reach cost together at least, or those of the cell entered and of the cells that it runs
//! between, whichever is more ([`PairCosts`]). A depth is then shared by two moves: the one out of
//! the cell pays for [`Bound::owed`], a fixed part that is the same for all moves, and the one into
//! the cell for the rest. What is left from a height in a cell is the bound of the cell less the
//! part that the way has paid for on entering.

use super::Ground;
use super::by_cell::ByCell;
use super::level_price::{saturated, weighted as weighted_at};
use super::level_table::{LANES, Lanes};
use super::levels::{ByLevel, COST_BITS, LEVEL, Levels};
use super::moves::{
    FIRST_KNIGHT, KIND, Move, Moves, STEPS, UNITS_PER_M, between, mean_metre, move_cost,
};
use super::pages::{UNKNOWN, crossing_units, weighted};
use super::pair_costs::{Frictions, Pair, PairCosts, plain_units};
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

    /// Of what is no cell: nothing makes it cheaper.
    const NOWHERE: Self = Self { cost: 0, twice: 2 * VOID };

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
    owed_by_level: Option<Box<ByLevel<u32>>>,
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
        let half = pairs.as_ref().map_or(0, PairCosts::half);
        let metres = levels.metres().filter(|_| ground.is_plain());
        let owed = metres.map(|metres| Box::new(metres.map(|metre| owed_on(half, metre, LEVEL))));
        let mut bound = Self {
            ground,
            levels,
            moves,
            is_charged_between,
            straight,
            queue,
            known,
            half,
            owed_by_level: owed,
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

    /// What the bound of a cell counts for depths that a way has paid for on entering it, by level, where
    /// that is the same in every cell.
    #[inline(always)]
    pub(super) fn owed_by_level(&self) -> Option<&ByLevel<u32>> {
        self.owed_by_level.as_deref()
    }

    /// The same of a level by the cost of its metre.
    #[inline]
    pub(super) fn owed(&self, metre: u32, friction: u32) -> u32 {
        let metre = if self.is_plain { metre } else { weighted(metre, friction) };
        owed_on(self.half, metre, friction)
    }

    /// The same of eight levels.
    #[inline(always)]
    pub(super) fn owed_at(&self, metres: &Lanes, friction: u32) -> Lanes {
        let metres = if self.is_plain { *metres } else { weighted_at(metres, friction) };
        let mut owed = [0; LANES];
        for (owed, metre) in owed.iter_mut().zip(metres) {
            *owed = owed_on(self.half, metre, friction);
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
                let through = there.checked_add(self.step_into(to, number ^ 1)?)?;
                (through == left).then_some((to, there))
            });
            (at, left) = next?;
            cells.push(at);
        }
        Some(cells)
    }

    /// Least cost of the twin of a move that leads out of a cell; the twin enters it.
    fn step_into(&mut self, at: usize, number: usize) -> Option<u32> {
        let Known { cost, twice } = self.known.get(at)?;
        let to = Settled { at, cost, ground: twice >> 1 };
        let around = self.around(at);
        let one = self.moves.of_row(at / self.ground.cols()).get(number)?;
        if number < FIRST_KNIGHT {
            self.step::<false>(&to, number, one, &around)
        } else {
            self.step::<true>(&to, number, one, &around)
        }
    }

    /// Makes the cost of a cell final, and the moves into it known to its neighbours.
    #[inline(always)]
    fn settle(&mut self, at: usize) {
        let Some(known) = self.known.get_mut(at).filter(|known| !known.is_final()) else { return };
        let Known { cost, twice } = *known;
        known.twice |= 1;
        self.make_around(at);
        let around = self.around(at);
        let moves = self.moves.of_row(at / self.ground.cols());
        let mut dearer = 0;
        for (number, one) in moves.iter().enumerate() {
            // What a neighbour costs by a move at least.
            let least = cost.saturating_add(if self.is_plain { plain_units(one.units) } else { 0 });
            dearer |= u32::from(around.known[number].cost > least) << number;
        }
        let settled = Settled { at, cost, ground: twice >> 1 };
        let knights = dearer >> FIRST_KNIGHT << FIRST_KNIGHT;
        self.tell::<false>(&settled, &around, dearer ^ knights);
        self.tell::<true>(&settled, &around, knights);
    }

    /// What is known of the neighbours of a cell.
    #[inline(always)]
    fn around(&self, at: usize) -> Around {
        let cols = self.ground.cols();
        let mut known = [Known::NOWHERE; 16];
        let strips = self.moves.all_from(at / cols, at % cols).and_then(|_| {
            let strip =
                |down: usize| self.known.strip::<5>((at + down * cols).wrapping_sub(2 * cols + 2));
            Some([strip(0)?, strip(1)?, strip(2)?, strip(3)?, strip(4)?])
        });
        match strips {
            Some(strips) => {
                for (known, (down, right)) in known.iter_mut().zip(STEPS) {
                    *known = strips[(down + 2).cast_unsigned() as usize]
                        [(right + 2).cast_unsigned() as usize];
                }
            }
            None => {
                for (number, cell, _) in self.moves.from(at) {
                    known[number] = self.known.get(cell).unwrap_or(Known::NOWHERE);
                }
            }
        }
        Around { known }
    }

    /// Makes the moves into a cell known to the neighbours that they lead out of, by the numbers of the
    /// twins as bits: all of them knight moves, or none.
    #[inline(always)]
    fn tell<const IS_KNIGHT: bool>(&mut self, to: &Settled, around: &Around, numbers: u32) {
        let cols = self.ground.cols();
        let (row, col) = (to.at / cols, to.at % cols);
        let moves = self.moves.of_row(row);
        let mut numbers = numbers;
        while numbers != 0 {
            let number = numbers.trailing_zeros() as usize & 15;
            numbers &= numbers - 1;
            let step = self.step::<IS_KNIGHT>(to, number, &moves[number], around);
            let through = to.cost.saturating_add(step.unwrap_or(UNKNOWN));
            let known = around.known[number];
            if through >= known.cost || known.is_final() {
                continue;
            }
            let left = self.straight.left(self.moves.place(row, col, number));
            let from = self.moves.to(to.at, number);
            if let (Some(known), Ok(state)) = (self.known.get_mut(from), u32::try_from(from)) {
                known.cost = through;
                self.queue.push(through.saturating_add(left), state);
            }
        }
    }

    /// Least cost of the twin of a move that leads out of a cell, with what it crosses; the twin enters
    /// the cell. `None` if a cell is closed or if no heights fit the gradient.
    #[inline(always)]
    fn step<const IS_KNIGHT: bool>(
        &mut self,
        to: &Settled,
        number: usize,
        one: &Move,
        around: &Around,
    ) -> Option<u32> {
        let ground = |number: usize| {
            let ground = around.known[number & 15].twice >> 1;
            (ground != VOID).then_some(ground)
        };
        let left = ground(number)?;
        let passed = match between(number) {
            Some([a, b]) if IS_KNIGHT => Some(i32::midpoint(ground(a)?, ground(b)?)),
            _ => None,
        };
        let passed = passed.filter(|_| self.is_charged_between);
        let Move { units, reach, .. } = *one;
        let rise = left - to.ground;
        let half_way = passed.map(|passed| passed - to.ground);
        let pair = Pair { rise, half_way, kind: KIND[number & 15], units, reach };
        let cost = match &mut self.pairs {
            Some(pairs) if self.is_plain => pairs.plain(&pair),
            _ => self.weighted(to, number, &pair, passed)?,
        };
        (cost != UNKNOWN).then_some(cost)
    }

    /// The same where a metre does not cost the same everywhere, or levels are not counted from the ground.
    #[inline(never)]
    fn weighted(
        &mut self,
        to: &Settled,
        number: usize,
        pair: &Pair,
        passed: Option<i32>,
    ) -> Option<u32> {
        let friction = |number: usize| self.ground.friction(self.moves.to(to.at, number));
        let entered = self.ground.friction(to.at);
        let of_passed = match between(number) {
            Some([a, b]) if passed.is_some() => Some(u32::midpoint(friction(a), friction(b))),
            _ => None,
        };
        let cost = match &mut self.pairs {
            Some(pairs) => {
                let left = friction(number);
                pairs.weighted(pair, &Frictions { left, entered, passed: of_passed })
            }
            None => {
                let least = |ground: i32, friction: u32| {
                    weighted(self.levels.least_metre(ground), friction)
                };
                let passed =
                    passed.zip(of_passed).map(|(ground, friction)| least(ground, friction));
                move_cost(pair.units, mean_metre(least(to.ground, entered), passed))
            }
        };
        // The twin of the move leads here, past the same cells.
        let from = self.moves.to(to.at, number);
        let crossing = crossing_units(self.ground, from, number ^ 1);
        (cost != UNKNOWN).then_some(cost.saturating_add(crossing))
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

/// What so many units of length cost by a metre beyond those of level ground.
#[inline(always)]
fn owed_on(half: u32, metre: u32, friction: u32) -> u32 {
    saturated((u64::from(half) * u64::from(metre.saturating_sub(friction))) >> COST_BITS)
}

/// A cell whose cost is final.
struct Settled {
    at: usize,
    cost: u32,
    /// Height of its ground in parts.
    ground: i32,
}

/// What is known of the neighbours of a cell, by the move to them.
struct Around {
    known: [Known; 16],
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
