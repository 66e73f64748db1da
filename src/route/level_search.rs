//! The cheapest way over cells and height levels, proven.
//!
//! A state is a cell and a level; a move enters a neighbour at any level that the gradient allows
//! and costs its length times the cost of a metre there. Shortest paths by A* (Hart, Nilsson,
//! Raphael 1968) with an exact lower bound: the cheapest way over the cells alone, each at its
//! cheapest level, found backwards from the end. All costs are integers, so that the answer is
//! the same on every machine, and the bound is consistent to the last unit: the first time that
//! the end is settled, its way is optimal.

use super::bound::Bound;
use super::moves::{Moves, UNITS_PER_M, between};
use super::pages::{Exit, Head, MOST_LEVELS, NONE, Pages, UNKNOWN, move_cost};
use super::queue::Queue;
use super::{CostModel, Ground, LevelPath, Neighbours, level_path};
use crate::error::{Error, Result};

/// What becomes of the part of a level that a move's gradient leaves over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Remainder {
    /// It is lost: every move is rounded down. Simple, but ways come out too long.
    Floored,
    /// It is carried along straight runs, so that no run exceeds the gradient by a whole level.
    #[default]
    Carried,
}

/// What a search may do and what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelOptions {
    /// Ruling gradient, permille.
    pub gradient_permille: f64,
    /// Height between two levels, metres.
    pub level_step_m: f64,
    /// Levels of a cell, up to 64.
    pub window_levels: usize,
    /// Height of the highest level above the ground, metres; the others lie below it.
    pub above_ground_m: f64,
    /// Neighbours of a cell.
    pub neighbours: Neighbours,
    /// What becomes of parts of levels.
    pub remainder: Remainder,
    /// Whether the cells between a knight move's ends are paid for too.
    pub charge_between: bool,
    /// What a metre costs.
    pub cost: CostModel,
    /// The search stops with an error before it holds more, bytes.
    pub largest_memory_bytes: usize,
}

impl Default for LevelOptions {
    fn default() -> Self {
        Self {
            gradient_permille: 18.0,
            level_step_m: 4.0,
            window_levels: MOST_LEVELS,
            above_ground_m: 60.0,
            neighbours: Neighbours::Sixteen,
            remainder: Remainder::Carried,
            charge_between: true,
            cost: CostModel::default(),
            largest_memory_bytes: 2_000_000_000,
        }
    }
}

/// Why a way is the cheapest, and what that took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    /// Cost of the way as searched, in metres of level line.
    pub cost_m: f64,
    /// No way over these cells and levels can cost less than this, in metres of level line; equal
    /// to the cost but for rounding: the way is optimal.
    pub lower_bound_m: f64,
    /// Cost of the way once more, by other code in floating point, in metres of level line.
    pub recost_m: f64,
    /// States whose cost was settled.
    pub settled_count: usize,
    /// Cells that were touched.
    pub touched_cells: usize,
    /// Memory of the search, bytes.
    pub memory_bytes: usize,
}

/// The cheapest way from a cell to a cell, at the ground's level at both.
///
/// # Errors
/// [`Error::OutOfRange`] for options without sense or ends outside of the ground,
/// [`Error::NoRoute`] if there is no way, [`Error::Limit`] if it would take too much memory.
pub fn level_search(
    ground: &Ground,
    from: (usize, usize),
    to: (usize, usize),
    options: &LevelOptions,
) -> Result<LevelPath> {
    check(options)?;
    let (start, end) = (cell(ground, "from", from)?, cell(ground, "to", to)?);
    let moves = Moves::new(ground, options.neighbours);
    let mut search = Search {
        moves: &moves,
        options,
        bound: Bound::new(ground, &moves, options, end),
        pages: Pages::new(ground, options),
        queue: Queue::new(16),
        settled_count: 0,
    };
    let no_route = || Error::NoRoute {
        from: format!("row {}, column {}", from.0, from.1),
        to: format!("row {}, column {}", to.0, to.1),
        problem: format!("nothing under {} permille reaches it", options.gradient_permille),
        hint: "allow a steeper gradient, deeper cuts or higher bridges".to_owned(),
    };
    let first = search.level_of_ground(ground, start).ok_or_else(no_route)?;
    let last = search.level_of_ground(ground, end).ok_or_else(no_route)?;
    search.run(first, last)?.ok_or_else(no_route)?;
    level_path::recover(ground, search.finish(), &moves, options, first, last)
}

fn check(options: &LevelOptions) -> Result<()> {
    let range = |item: &str, value: f64, low: f64, high: f64| {
        if (low..=high).contains(&value) {
            return Ok(());
        }
        Err(Error::OutOfRange {
            item: item.to_owned(),
            value,
            limit: format!("{low} to {high}"),
            hint: "see LevelOptions".to_owned(),
        })
    };
    range("gradient_permille", options.gradient_permille, 0.0, 200.0)?;
    range("level_step_m", options.level_step_m, 0.1, 100.0)?;
    range("above_ground_m", options.above_ground_m, 0.0, 5_000.0)?;
    #[expect(clippy::cast_precision_loss, reason = "a count, for a message")]
    range("window_levels", options.window_levels as f64, 1.0, 64.0)?;
    let sound = if options.cost.is_sound() { 0.0 } else { f64::NAN };
    range("cost", sound, 0.0, 1e4)
}

fn cell(ground: &Ground, item: &str, (row, col): (usize, usize)) -> Result<usize> {
    if ground.height_m(row, col).is_some() {
        return Ok(row * ground.cols() + col);
    }
    #[expect(clippy::cast_precision_loss, reason = "a cell, for a message")]
    Err(Error::OutOfRange {
        item: format!("{item} (row {row}, column {col})"),
        value: row as f64,
        limit: format!("{} rows and {} columns of known ground", ground.rows(), ground.cols()),
        hint: "the place lies outside of the terrain or in a void".to_owned(),
    })
}

/// Lengths in whole units.
pub(super) fn units(length_m: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell's size")]
    let units = (length_m * UNITS_PER_M).round().min(f64::from(u32::MAX)) as u32;
    units
}

/// The mean cost of a metre of a move: half in the cell entered, the rest in those between.
pub(super) fn mean_metre(entered: u32, between: Option<[u32; 2]>) -> u32 {
    let Some([a, b]) = between else { return entered };
    let sum = 2 * u64::from(entered) + u64::from(a) + u64::from(b);
    u32::try_from((sum + 2) / 4).unwrap_or(u32::MAX)
}

struct Search<'a> {
    moves: &'a Moves,
    options: &'a LevelOptions,
    bound: Bound<'a>,
    pages: Pages<'a>,
    queue: Queue,
    settled_count: usize,
}

/// What a search leaves behind.
pub(super) struct Finished<'a> {
    pub(super) pages: Pages<'a>,
    pub(super) settled_count: usize,
    pub(super) memory_bytes: usize,
}

/// A page and a level of it.
pub(super) type State = (usize, usize);

impl<'a> Search<'a> {
    /// The level nearest to the ground of a cell, half up.
    fn level_of_ground(&mut self, ground: &Ground, cell: usize) -> Option<State> {
        let index = self.pages.index(cell, self.moves, &mut self.bound)?;
        let ground_m = ground.height_m(cell / ground.cols(), cell % ground.cols())?;
        #[expect(clippy::cast_possible_truncation, reason = "heights are of this earth")]
        let nearest = (ground_m / self.options.level_step_m + 0.5).floor() as i32;
        let level = usize::try_from(nearest - self.pages.head(index)?.lowest).ok()?;
        (level < self.options.window_levels).then_some((index, level))
    }

    /// Settles states until the last; `None` if it cannot be reached.
    fn run(&mut self, first: State, last: State) -> Result<Option<()>> {
        if let Some(slot) = self.pages.get_mut(first.0).and_then(|page| page.cost.get_mut(first.1))
        {
            *slot = 0;
            self.queue.push(0, state_number(first));
        }
        while let Some((_, number)) = self.queue.pop() {
            let (index, level) = (number as usize / MOST_LEVELS, number as usize % MOST_LEVELS);
            let Some(head) = self.pages.head_mut(index) else { continue };
            if head.closed >> level & 1 == 1 {
                continue;
            }
            head.closed |= 1 << level;
            let height = head.lowest + i32::try_from(level).unwrap_or_default();
            self.settled_count += 1;
            if (index, level) == last {
                return Ok(Some(()));
            }
            if self.exits(index).is_some() {
                self.relax(index, level, height);
            }
            self.check_memory()?;
        }
        Ok(None)
    }

    /// Makes the pages of the neighbours, once.
    fn exits(&mut self, index: usize) -> Option<()> {
        let page = self.pages.get(index)?;
        if page.exits.is_some() {
            return Some(());
        }
        let nowhere = Exit { page: NONE, lowest: 0, length: 0, sides: None };
        let mut exits = [nowhere; 16];
        for (number, to, one) in self.moves.from(page.cell as usize) {
            let Some(known) = self.pages.index(to, self.moves, &mut self.bound) else { continue };
            let head = self.pages.head(known)?;
            if head.to_go != UNKNOWN {
                *exits.get_mut(number)? = Exit {
                    page: u32::try_from(known).ok()?,
                    lowest: head.lowest,
                    length: units(one.length_m),
                    sides: None,
                };
            }
        }
        if self.options.charge_between {
            for number in 0..exits.len() {
                let Some(sides) = between(number) else { continue };
                let sides = sides.map(|side| exits.get(side).map_or(NONE, |exit| exit.page));
                let exit = exits.get_mut(number)?;
                exit.sides = Some(sides);
                if sides.contains(&NONE) {
                    exit.page = NONE;
                }
            }
        }
        self.pages.get_mut(index)?.exits = Some(exits);
        Some(())
    }

    fn relax(&mut self, index: usize, level: usize, height: i32) {
        let last = i32::try_from(self.options.window_levels).unwrap_or(64) - 1;
        let mut open = [0_u64; 16];
        let Some(page) = self.pages.get_mut(index) else { return };
        let (Some(exits), cost) = (page.exits, page.cost[level]) else { return };
        // First what this page alone can tell: which levels no cheaper level of it has reached.
        for (number, exit) in exits.iter().enumerate() {
            let reach = i32::from(page.reach[number]);
            let low = (height - reach - exit.lowest).max(0);
            let high = (height + reach - exit.lowest).min(last);
            if exit.page == NONE || low > high {
                continue;
            }
            let mask = (u64::MAX >> (63 - (high - low))) << low;
            open[number] = mask & !page.covered[number];
            page.covered[number] |= mask;
        }
        for (exit, levels) in exits.iter().zip(open) {
            if levels != 0 {
                self.enter(exit, levels, cost);
            }
        }
    }

    fn enter(&mut self, exit: &Exit, levels: u64, cost: u32) {
        let entered = exit.page as usize;
        let Some(&Head { lowest, to_go, closed }) = self.pages.head(entered) else { return };
        let mut levels = levels & !closed;
        while levels != 0 {
            let level = levels.trailing_zeros() as usize;
            levels &= levels - 1;
            let height = lowest + i32::try_from(level).unwrap_or_default();
            let beside = |side: u32| self.pages.metre_at(side as usize, height).unwrap_or(UNKNOWN);
            let sides = exit.sides.map(|[a, b]| [beside(a), beside(b)]);
            let Some(page) = self.pages.get_mut(entered) else { return };
            let through =
                cost.saturating_add(move_cost(exit.length, mean_metre(page.metre[level], sides)));
            if through < page.cost[level] {
                page.cost[level] = through;
                self.queue.push(through.saturating_add(to_go), state_number((entered, level)));
            }
        }
    }

    fn check_memory(&self) -> Result<()> {
        let bytes = self.pages.bytes() + self.bound.bytes();
        if bytes <= self.options.largest_memory_bytes {
            return Ok(());
        }
        Err(Error::Limit {
            item: "search over height levels".to_owned(),
            needed: format!("more than {bytes} bytes"),
            limit: format!("{} bytes", self.options.largest_memory_bytes),
            hint: "search leg by leg through places, or with fewer levels".to_owned(),
        })
    }

    fn finish(self) -> Finished<'a> {
        let memory_bytes = self.pages.bytes() + self.bound.bytes();
        Finished { pages: self.pages, settled_count: self.settled_count, memory_bytes }
    }
}

fn state_number((index, level): State) -> u32 {
    u32::try_from(index * MOST_LEVELS + level).unwrap_or(u32::MAX)
}
