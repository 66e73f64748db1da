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
use super::levels::{CLOSED, COST_BITS, Levels};
use super::moves::{Move, Moves, Side, UNITS_PER_M, between, half_way, mean_metre, move_cost};
use super::pages::{UNKNOWN, crossing_units, weighted};
use super::queue::Queue;

/// Not asked for yet, among heights.
const UNASKED: i32 = i32::MIN / 2;

/// Nothing known of the ground, among heights.
const VOID: i32 = UNASKED + 1;

/// What is known of a cell.
#[derive(Clone, Copy)]
struct Known {
    /// From it to the end.
    cost: u32,
    /// Twice the height of its ground in parts, or twice [`UNASKED`] or [`VOID`]; one more where the
    /// cost is final.
    twice: i32,
}

impl Known {
    const NOTHING: Self = Self { cost: UNKNOWN, twice: 2 * UNASKED };

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
    /// Heights of levels above the ground, from the lowest up, with the cost of a metre; none where
    /// levels are not counted from the ground, and each cell is taken at its cheapest one.
    depths: Vec<(i32, u32)>,
    is_plain: bool,
    /// The length that each move pays for in the cell that it leaves: half of the shortest that
    /// any move pays for in the cell that it enters.
    half: u32,
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
        let mut known = ByCell::new(ground.rows() * ground.cols(), Known::NOTHING);
        let least = straight.left(end);
        let mut queue = Queue::new(least, 14);
        if let (Some(known), Ok(end)) = (known.get_mut(end), u32::try_from(end)) {
            known.cost = 0;
            queue.push(least, end);
        }
        let metre = |depth: i32| (depth, levels.metre(depth));
        let depths: Vec<_> = levels.depths().into_iter().flatten().map(metre).collect();
        let half =
            if depths.is_empty() { 0 } else { moves.shortest_entering(is_charged_between) / 2 };
        Self {
            ground,
            levels,
            moves,
            is_charged_between,
            straight,
            queue,
            known,
            depths,
            is_plain: ground.is_plain(),
            half,
        }
    }

    /// Least cost from a cell to the end; [`UNKNOWN`] if there is no way.
    pub(super) fn left_from(&mut self, cell: usize) -> u32 {
        while cell < self.known.len() && !self.is_settled(cell) {
            let Some((_, at)) = self.queue.pop() else { break };
            self.settle(at as usize);
        }
        self.cost(cell)
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
                let (_, _, one) = moves.from(to).find(|(back, ..)| *back == number ^ 1)?;
                let own = self.side(to);
                let step = self.step((to, own), number ^ 1, one, UNKNOWN)?;
                let crossing = crossing_units(self.ground, at, number);
                let through = there.checked_add(crossing)?.checked_add(step)?;
                (through == left).then_some((to, there))
            });
            (at, left) = next?;
            cells.push(at);
        }
        Some(cells)
    }

    fn settle(&mut self, at: usize) {
        let Some(known) = self.known.get_mut(at).filter(|known| !known.is_final()) else { return };
        known.twice |= 1;
        let cost = known.cost;
        let own = self.side(at);
        let moves = self.moves;
        for (number, from, one) in moves.from(at) {
            let Some(known) = self.known.get(from).filter(|known| !known.is_final()) else {
                continue;
            };
            // The twin of the move leads here, past the same cells.
            let crossing = crossing_units(self.ground, from, number ^ 1);
            let so_far = cost.saturating_add(crossing);
            let useful = known.cost.saturating_sub(so_far);
            let Some(step) = self.step((at, own), number, one, useful) else { continue };
            let through = so_far.saturating_add(step);
            if let (Some(known), Ok(state)) = (self.known.get_mut(from), u32::try_from(from))
                && through < known.cost
            {
                known.cost = through;
                self.queue.push(through.saturating_add(self.straight.left(from)), state);
            }
        }
    }

    /// Least cost of the twin of a move that leads out of a cell; the twin enters it. `None` if a
    /// cell is closed, if no heights fit the gradient, or if it costs too much to be of use.
    fn step(
        &mut self,
        (at, own): (usize, Side),
        number: usize,
        one: &Move,
        useful: u32,
    ) -> Option<u32> {
        if self.is_plain && one.units > useful.saturating_add(ROUNDED_UNITS) {
            return None;
        }
        let left = self.open_side(self.moves.to(at, number))?;
        let passed = match between(number) {
            Some(beside) => {
                let [a, b] = beside.map(|number| self.moves.to(at, number));
                let passed = half_way(self.open_side(a)?, self.open_side(b)?);
                self.is_charged_between.then_some(passed)
            }
            None => None,
        };
        if self.depths.is_empty() {
            let least = |side: Side| weighted(self.levels.least_metre(side.ground), side.friction);
            return Some(move_cost(one.units, mean_metre(least(own), passed.map(least))));
        }
        self.least_pair(left, own, passed, one, useful)
    }

    /// Least cost of a move from a cell into a cell over all pairs of heights within its reach, if
    /// it is of use.
    fn least_pair(
        &self,
        left: Side,
        entered: Side,
        passed: Option<Side>,
        one: &Move,
        useful: u32,
    ) -> Option<u32> {
        let units = u64::from(one.units);
        // Halves of the length, by where they are paid for.
        let of_left = 2 * u64::from(self.half);
        let (of_entered, of_passed) =
            if passed.is_some() { (units, units) } else { (2 * units, 0) };
        let level = |side: Side| u64::from(side.friction);
        // What level ground costs; depths come on top.
        let least = of_entered * level(entered) + of_passed * passed.map_or(0, level);
        let beyond_use = (u64::from(useful) + u64::from(ROUNDED_UNITS) + 1) << HALVES_BITS;
        let beyond_use = beyond_use.checked_sub(least).filter(|depths| *depths > 0)?;
        let deep = |metre: u32, side: Side, halves: u64| {
            let metre = match metre {
                CLOSED => return TOO_DEEP,
                metre if self.is_plain => metre,
                metre => weighted(metre, side.friction),
            };
            halves * (u64::from(metre) - level(side))
        };
        // Above the ground entered: where the rails may run at the ground left, and the ground passed.
        let beside = left.ground - entered.ground;
        let (low, high) = (beside - one.reach, beside + one.reach);
        let half_way = passed.map_or(0, |passed| passed.ground - entered.ground);
        // What the other two pay for a depth of the one entered.
        let others = |depth: i32| {
            let off = (depth - high).max(0) + (depth - low).min(0);
            let of_left = if off == 0 { 0 } else { deep(self.levels.metre(off), left, of_left) };
            let passed = passed.map(|passed| (self.levels.metre(depth - half_way), passed));
            (of_left, passed.map_or(0, |(metre, passed)| deep(metre, passed, of_passed)))
        };
        // Each way from the midst of where they cost least, until those that it leads away from
        // cost too much.
        let cheapest = 0.clamp(low, high);
        let midst = i32::midpoint(cheapest.min(half_way).min(0), cheapest.max(half_way).max(0));
        let (below, above) = self.depths.split_at(self.levels.rank_at_depth(midst));
        let entered = |metre: u32| deep(metre, entered, of_entered - of_left);
        let mut best = beyond_use;
        let paid = |is_away: bool, cost: u64| if is_away { cost } else { 0 };
        for &(depth, metre) in above {
            let entered = entered(metre);
            let mut away = paid(depth >= 0, entered);
            if away >= best {
                break;
            }
            let (left, passed) = others(depth);
            best = best.min(entered + left + passed);
            away += paid(depth >= high, left) + paid(depth >= half_way, passed);
            if away >= best {
                break;
            }
        }
        for &(depth, metre) in below.iter().rev() {
            let (left, passed) = others(depth);
            let mut away = paid(depth <= low, left) + paid(depth <= half_way, passed);
            if away >= best {
                break;
            }
            let entered = entered(metre);
            best = best.min(entered + left + passed);
            away += paid(depth <= 0, entered);
            if away >= best {
                break;
            }
        }
        if best == beyond_use {
            return None;
        }
        let units = ((least + best) >> HALVES_BITS).saturating_sub(ROUNDED_UNITS.into());
        Some(u32::try_from(units).unwrap_or(UNKNOWN))
    }

    /// A cell, unless it is closed.
    #[inline]
    fn open_side(&mut self, cell: usize) -> Option<Side> {
        let side = self.side(cell);
        (side.ground != VOID).then_some(side)
    }

    #[inline]
    fn side(&mut self, cell: usize) -> Side {
        let friction = self.ground.friction(cell);
        let Some(known) = self.known.get_mut(cell) else {
            return Side { ground: VOID, friction };
        };
        if known.twice >> 1 == UNASKED {
            let cols = self.ground.cols();
            let height_m = self.ground.height_m(cell / cols, cell % cols);
            let height = height_m.map_or(VOID, |height_m| self.levels.parts(height_m));
            known.twice = (2 * height) | (known.twice & 1);
        }
        Side { ground: known.twice >> 1, friction }
    }

    pub(super) fn bytes(&self) -> usize {
        self.known.bytes() + self.queue.bytes()
    }

    /// Bytes that each cell of the ground takes.
    pub(super) const BYTES_OF_CELL: usize = size_of::<Known>();
}

/// Fixed point of halves of a length times the cost of a metre.
const HALVES_BITS: u32 = COST_BITS + 1;

/// More than any depth costs.
const TOO_DEEP: u64 = 1 << 60;

/// Units by which rounded costs of a move and its two ends may differ from exact ones.
const ROUNDED_UNITS: u32 = 2;

/// The straight way to a cell, over cells as small as the smallest and as cheap as the cheapest.
struct Straight {
    row: usize,
    col: usize,
    cols: usize,
    /// Units of cost of a row and of a column.
    down: f64,
    right: f64,
}

impl Straight {
    fn new(ground: &Ground, moves: &Moves, cell: usize) -> Self {
        let (dx_m, dy_m) = ground.cells().least_m();
        // Less by eight units a move, so that no rounding turns the order of states round.
        let rounded = 8.0 / f64::from(moves.shortest().max(8));
        let units = UNITS_PER_M * (ground.least_friction_ratio() - rounded).max(0.0);
        let cols = ground.cols();
        Self { row: cell / cols, col: cell % cols, cols, down: dy_m * units, right: dx_m * units }
    }

    fn left(&self, cell: usize) -> u32 {
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 cells")]
        let apart = |a: usize, b: usize| a.abs_diff(b) as f64;
        let down = apart(cell / self.cols, self.row) * self.down;
        let right = apart(cell % self.cols, self.col) * self.right;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let units = (down * down + right * right).sqrt() as u32;
        units
    }
}
