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
use super::guide::Guide;
use super::level_price::{saturated, weighted as weighted_at};
use super::level_table::{LANES, Lanes};
use super::levels::{ByLevel, COST_BITS, LEVEL, Levels};
use super::moves::{FIRST_KNIGHT, KIND, Move, Moves, STEPS, between, mean_metre, move_cost};
use super::pages::{UNKNOWN, crossing_units, weighted};
use super::pair_costs::{Frictions, Pair, PairCosts, plain_units};
use super::queue::Queue;

/// Nothing known of the ground, among heights: so far below all others that no gradient reaches it, nor
/// the mean of it and another.
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
    guide: Guide,
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
        let guide = Guide::new(ground, moves, start);
        let cols = ground.cols();
        let known = ByCell::new(ground.rows() * cols, 4 * cols + 3, Known::NOTHING);
        let least = guide.left((end / cols, end % cols));
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
            guide,
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
            let at = at as usize;
            if self.is_settled(at) {
                continue;
            }
            self.prefetch_next();
            let arch = self.arch;
            arch.dispatch(Settling { bound: self, at });
        }
        self.cost(cell)
    }

    /// Brings near what is known round the cell that is settled next.
    #[inline(always)]
    fn prefetch_next(&self) {
        let Some(cell) = self.queue.soon(0) else { return };
        let (cell, cols) = (cell as usize, self.ground.cols());
        self.known.prefetch(cell);
        for rows in [cols, 2 * cols] {
            self.known.prefetch(cell.wrapping_add(rows));
            self.known.prefetch(cell.wrapping_sub(rows));
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
        let to = self.settled(at, self.known.get(at)?);
        let around = self.around(&to);
        let one = self.moves.of_row(to.row).get(number)?;
        let cost = if number < FIRST_KNIGHT {
            self.step::<false>(&to, number, one, &around)
        } else {
            self.step::<true>(&to, number, one, &around)
        };
        (cost != UNKNOWN).then_some(cost)
    }

    /// A cell by what is known of it.
    #[inline(always)]
    fn settled(&self, at: usize, Known { cost, twice }: Known) -> Settled {
        let cols = self.ground.cols();
        Settled { at, row: at / cols, col: at % cols, cost, ground: twice >> 1 }
    }

    /// Makes the cost of a cell final, and the moves into it known to its neighbours.
    #[inline(always)]
    fn settle(&mut self, at: usize) {
        let Some(known) = self.known.get_mut(at) else { return };
        let before = *known;
        known.twice |= 1;
        self.make_around(at);
        let to = self.settled(at, before);
        let around = self.around(&to);
        let moves = self.moves.of_row(to.row);
        let mut dearer = 0;
        for (number, one) in moves.iter().enumerate() {
            // What a neighbour costs by a move at least.
            let least =
                to.cost.saturating_add(if self.is_plain { plain_units(one.units) } else { 0 });
            dearer |= u32::from(around.known[number].cost > least) << number;
        }
        let knights = dearer >> FIRST_KNIGHT << FIRST_KNIGHT;
        self.tell::<false>(&to, &around, dearer ^ knights);
        self.tell::<true>(&to, &around, knights);
    }

    /// What is known of the neighbours of a cell.
    #[inline(always)]
    fn around(&self, to: &Settled) -> Around {
        let cols = self.ground.cols();
        let mut known = [Known::NOWHERE; 16];
        let strips = self.moves.all_from(to.row, to.col).and_then(|_| {
            let (of, first) = (&self.known, to.at.wrapping_sub(2 * cols + 2));
            Some([
                of.strip::<5>(first)?,
                of.strip(first + cols)?,
                of.strip(first + 2 * cols)?,
                of.strip(first + 3 * cols)?,
                of.strip(first + 4 * cols)?,
            ])
        });
        match strips {
            Some(strips) => {
                for (known, (down, right)) in known.iter_mut().zip(STEPS) {
                    *known = strips[(down + 2).cast_unsigned() as usize]
                        [(right + 2).cast_unsigned() as usize];
                }
            }
            None => {
                for (number, cell, _) in self.moves.from(to.at) {
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
        let moves = self.moves.of_row(to.row);
        let mut numbers = numbers;
        while numbers != 0 {
            let number = numbers.trailing_zeros() as usize & 15;
            numbers &= numbers - 1;
            let step = self.step::<IS_KNIGHT>(to, number, &moves[number], around);
            let through = to.cost.saturating_add(step);
            let known = around.known[number];
            if through >= known.cost || known.is_final() {
                continue;
            }
            let left = self.guide.left(self.moves.place(to.row, to.col, number));
            let from = self.moves.to(to.at, number);
            if let (Some(known), Ok(state)) = (self.known.get_mut(from), u32::try_from(from)) {
                known.cost = through;
                self.queue.push(through.saturating_add(left), state);
            }
        }
    }

    /// Least cost of the twin of a move that leads out of a cell, with what it crosses; the twin enters
    /// the cell. [`UNKNOWN`] if a cell is closed or if no heights fit the gradient.
    #[inline(always)]
    fn step<const IS_KNIGHT: bool>(
        &mut self,
        to: &Settled,
        number: usize,
        one: &Move,
        around: &Around,
    ) -> u32 {
        let ground = |number: usize| around.known[number & 15].twice >> 1;
        let half_way = match between(number) {
            Some([a, b]) if IS_KNIGHT => {
                let above = i32::midpoint(ground(a), ground(b)) - to.ground;
                if !self.is_charged_between && is_void(above) {
                    return UNKNOWN;
                }
                self.is_charged_between.then_some(above)
            }
            _ => None,
        };
        let Move { units, reach, .. } = *one;
        let rise = ground(number) - to.ground;
        let pair = Pair { rise, half_way, kind: KIND[number & 15], units, reach };
        match &mut self.pairs {
            Some(pairs) if self.is_plain => pairs.plain(&pair),
            _ => self.weighted(to, number, &pair),
        }
    }

    /// The same where a metre does not cost the same everywhere, or levels are not counted from the ground.
    #[inline(never)]
    fn weighted(&mut self, to: &Settled, number: usize, pair: &Pair) -> u32 {
        let friction = |number: usize| self.ground.friction(self.moves.to(to.at, number));
        let entered = self.ground.friction(to.at);
        let passed = match between(number) {
            Some([a, b]) if pair.half_way.is_some() => {
                Some(u32::midpoint(friction(a), friction(b)))
            }
            _ => None,
        };
        let cost = match &mut self.pairs {
            Some(pairs) => {
                let left = friction(number);
                pairs.weighted(pair, &Frictions { left, entered, passed })
            }
            None if is_void(pair.rise) || pair.half_way.is_some_and(is_void) => UNKNOWN,
            None => {
                let least = |above: i32, friction: u32| {
                    weighted(self.levels.least_metre(to.ground + above), friction)
                };
                let passed = pair.half_way.zip(passed);
                let passed = passed.map(|(above, friction)| least(above, friction));
                move_cost(pair.units, mean_metre(least(0, entered), passed))
            }
        };
        // The twin of the move leads here, past the same cells.
        let from = self.moves.to(to.at, number);
        cost.saturating_add(crossing_units(self.ground, from, number ^ 1))
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

/// Whether a height above that of a cell, or a mean of two, is that of a place of which nothing is known.
fn is_void(above: i32) -> bool {
    above < VOID / 4
}

/// A cell whose cost is final.
struct Settled {
    at: usize,
    row: usize,
    col: usize,
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
