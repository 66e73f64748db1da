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
use super::levels::{CLOSED, COST_BITS, Levels};
use super::moves::{Move, Moves, Side, UNITS_PER_M, between, half_way, mean_metre, move_cost};
use super::pages::{UNKNOWN, crossing_units, weighted};
use super::queue::Queue;

/// Not asked for yet, among heights.
const UNASKED: i32 = i32::MIN;

/// Nothing known of the ground, among heights.
const VOID: i32 = i32::MAX;

/// What is known of a cell.
#[derive(Clone, Copy)]
struct Known {
    cost: u32,
    /// Height of the ground in parts, or [`UNASKED`] or [`VOID`].
    height: i32,
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
    known: Vec<Known>,
    settled: Vec<bool>,
    /// Heights of levels from the ground up, and those below it, the nearest first, with the cost of
    /// a metre; none where levels are not counted from the ground, and each cell is taken at its
    /// cheapest one.
    depths: [Vec<(i32, u32)>; 2],
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
        let cells = ground.rows() * ground.cols();
        let straight = Straight::new(ground, moves, start);
        let mut known = vec![Known { cost: UNKNOWN, height: UNASKED }; cells];
        let least = straight.left(end);
        let mut queue = Queue::new(least, 14);
        if let (Some(slot), Ok(end)) = (known.get_mut(end), u32::try_from(end)) {
            slot.cost = 0;
            queue.push(least, end);
        }
        let (above, mut below): (Vec<i32>, Vec<i32>) =
            levels.depths().into_iter().flatten().partition(|depth| *depth >= 0);
        below.reverse();
        let half =
            if above.is_empty() { 0 } else { moves.shortest_entering(is_charged_between) / 2 };
        let metre = |depth: i32| (depth, levels.metre(depth));
        let depths = [above, below].map(|depths| depths.into_iter().map(metre).collect());
        Self {
            ground,
            levels,
            moves,
            is_charged_between,
            straight,
            queue,
            known,
            settled: vec![false; cells],
            depths,
            is_plain: ground.is_plain(),
            half,
        }
    }

    /// Least cost from a cell to the end; [`UNKNOWN`] if there is no way.
    pub(super) fn left_from(&mut self, cell: usize) -> u32 {
        while self.settled.get(cell) == Some(&false) {
            let Some((_, at)) = self.queue.pop() else { break };
            self.settle(at as usize);
        }
        self.cost(cell)
    }

    fn cost(&self, cell: usize) -> u32 {
        self.known.get(cell).map_or(UNKNOWN, |known| known.cost)
    }

    /// What the bound of a cell counts for a depth that a way has paid for on entering it.
    #[inline]
    pub(super) fn owed(&self, metre: u32, friction: u32) -> u32 {
        let depth = u64::from(weighted(metre, friction).saturating_sub(friction));
        u32::try_from((u64::from(self.half) * depth) >> COST_BITS).unwrap_or(UNKNOWN)
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
                if self.settled.get(to) != Some(&true) || there >= left {
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
        match self.settled.get_mut(at) {
            Some(settled) if !*settled => *settled = true,
            _ => return,
        }
        let cost = self.cost(at);
        let own = self.side(at);
        let moves = self.moves;
        for (number, from, one) in moves.from(at) {
            if self.settled.get(from) == Some(&true) {
                continue;
            }
            let known = self.known.get(from).map_or(0, |known| known.cost);
            // The twin of the move leads here, past the same cells.
            let crossing = crossing_units(self.ground, from, number ^ 1);
            let so_far = cost.saturating_add(crossing);
            let useful = known.saturating_sub(so_far);
            let Some(step) = self.step((at, own), number, one, useful) else { continue };
            let through = so_far.saturating_add(step);
            if let (Some(slot), Ok(state)) = (self.known.get_mut(from), u32::try_from(from))
                && through < slot.cost
            {
                slot.cost = through;
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
        if self.depths[0].is_empty() {
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
        let (of_entered, of_passed) =
            if passed.is_some() { (units, units) } else { (2 * units, 0) };
        let of_left = 2 * u64::from(self.half);
        let weigh = |metre: u32, side: Side| {
            u64::from(if self.is_plain { metre } else { weighted(metre, side.friction) })
        };
        let level = |side: Side| u64::from(side.friction);
        // What level ground costs, but for the entered cell's depth and those beyond it.
        let least_passed = of_passed * passed.map_or(0, level);
        let least = of_entered * level(entered) + least_passed;
        let beyond_use = (u64::from(useful) + u64::from(ROUNDED_UNITS) + 1) << HALVES_BITS;
        if least >= beyond_use {
            return None;
        }
        // The depth at which each of the others is cheapest; beyond both, all only cost more.
        let cheapest = |side: Side, reach: i32| {
            let beside = side.ground - entered.ground;
            0.clamp(beside - reach, beside + reach)
        };
        let [a, b] = [cheapest(left, one.reach), passed.map_or(0, |passed| cheapest(passed, 0))];
        let mut best = beyond_use;
        for (side, depths) in [1, -1].into_iter().zip(&self.depths) {
            let farthest = (side * a).max(side * b);
            let mut is_beyond = side < 0 && farthest <= 0;
            for &(depth, metre) in depths {
                if is_beyond || best <= least {
                    break;
                }
                is_beyond = side * depth >= farthest;
                let there = weigh(metre, entered);
                let mut sum = of_entered * there - of_left * (there - level(entered));
                if sum + least_passed >= best {
                    break;
                }
                let height = entered.ground + depth;
                // The nearest to its ground that the gradient reaches.
                let above = height - left.ground;
                let nearest = 0.clamp(above - one.reach, above + one.reach);
                let metre = self.levels.metre(nearest);
                if metre == CLOSED {
                    continue;
                }
                sum += of_left * (weigh(metre, left) - level(left));
                if let Some(passed) = passed {
                    let metre = self.levels.metre(height - passed.ground);
                    if metre == CLOSED {
                        continue;
                    }
                    sum += of_passed * weigh(metre, passed);
                }
                best = best.min(sum);
            }
        }
        if best == beyond_use {
            return None;
        }
        let units = (best >> HALVES_BITS).saturating_sub(ROUNDED_UNITS.into());
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
        let Some(Known { height, .. }) = self.known.get_mut(cell) else {
            return Side { ground: VOID, friction };
        };
        if *height == UNASKED {
            let cols = self.ground.cols();
            let height_m = self.ground.height_m(cell / cols, cell % cols);
            *height = height_m.map_or(VOID, |height_m| self.levels.parts(height_m));
        }
        Side { ground: *height, friction }
    }

    pub(super) fn bytes(&self) -> usize {
        self.known.len() * Self::BYTES_OF_CELL + self.queue.bytes()
    }

    /// Bytes that each cell of the ground takes.
    pub(super) const BYTES_OF_CELL: usize = 9;
}

/// Fixed point of halves of a length times the cost of a metre.
const HALVES_BITS: u32 = COST_BITS + 1;

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
