//! The cheapest way over cells and height levels, proven.
//!
//! A state is a cell and a level; a move enters a neighbour at any level that the gradient allows
//! and costs its length times the cost of a metre there. Shortest paths by A* (Hart, Nilsson,
//! Raphael 1968) with an exact lower bound: the cheapest way over the cells alone, each at its
//! cheapest level, found backwards from the end. All costs are integers, so that the answer is
//! the same on every machine, and the bound is consistent to the last unit: the first time that
//! the end is settled, its way is optimal.

use std::ops::ControlFlow;

use super::bound::Bound;
use super::entering::Entering;
use super::level_options::LevelOptions;
use super::levels::Levels;
use super::moves::{Moves, UNITS_PER_M};
use super::pages::{NONE, Pages, UNKNOWN};
use super::queue::Queue;
use super::{Ground, LevelLattice, LevelPath, level_path};
use crate::error::{Error, Result};

/// Settled states between two looks at the watch.
const BETWEEN_LOOKS: usize = 1 << 15;

/// Bits of a state's number that name its level.
const LEVEL_BITS: u32 = 6;
const LEVELS: u32 = 1 << LEVEL_BITS;

/// How much wider apart the levels of the first, quick search lie.
const COARSE: i32 = 4;

/// How far a search has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// No way costs less than this, in metres of level line, as far as is known now.
    pub lower_bound_m: f64,
    /// Cost of the best way found so far, in metres of level line.
    pub best_m: Option<f64>,
    /// States whose cost was settled.
    pub settled_count: usize,
    /// Memory of the search, bytes.
    pub memory_bytes: usize,
}

/// The cheapest way from a cell to a cell, at the ground's level at both.
///
/// # Complexity
/// Grows with the states whose way costs less than the optimum by the bound: about with the area
/// of the band of cells that are nearly as good, times the levels of a cell that a gradient can
/// reach.
///
/// # Errors
/// [`Error::OutOfRange`] for options without sense or ends outside of the ground,
/// [`Error::NoRoute`] if there is no way, [`Error::Limit`] if it would take too much memory.
///
/// ```
/// use railcorridor::route::{Ground, LevelOptions, level_search};
///
/// // A wall of 30 m on a plain of 500 m cells, under 20 permille: the way is eight cells long.
/// let mut heights = vec![100.0_f32; 9];
/// heights[4] = 130.0;
/// let ground = Ground::new(9, vec![500.0], Vec::new(), heights)?;
/// let options = LevelOptions { gradient_permille: 20.0, ..LevelOptions::default() };
/// let path = level_search(&ground, (0, 0), (0, 8), &options)?;
/// assert_eq!(path.length_m, 4_000.0);
/// assert!(path.nodes[4].height_m > 110.0 && path.nodes[4].height_m < 130.0);
/// assert!(path.certificate.is_proven());
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn level_search(
    ground: &Ground,
    from: (usize, usize),
    to: (usize, usize),
    options: &LevelOptions,
) -> Result<LevelPath> {
    let task = Task::new(ground, from, to, options)?;
    let (path, _) = task.run(1, None, &mut |_| ControlFlow::Continue(()))?;
    path.ok_or_else(|| task.no_route())
}

/// As [`level_search`], with a watch that is shown the progress now and then and may stop it.
///
/// First a quick search over levels four times as far apart finds a way (levels from the ground
/// only); if the second, exact one
/// is stopped, that way is the answer, and its certificate says how far from optimal it may be.
///
/// # Errors
/// As [`level_search`], and [`Error::Stopped`] if the watch stops it before any way was found.
pub fn level_search_watched(
    ground: &Ground,
    from: (usize, usize),
    to: (usize, usize),
    options: &LevelOptions,
    watch: &mut impl FnMut(&Progress) -> ControlFlow<()>,
) -> Result<LevelPath> {
    let task = Task::new(ground, from, to, options)?;
    let (quick, stopped) = task.run(COARSE, None, watch)?;
    let nothing = || Error::Stopped { item: "search over height levels".to_owned() };
    if stopped.is_some() {
        return Err(nothing());
    }
    if let LevelLattice::Multiples { .. } = options.lattice {
        // These levels are never wider apart: the quick search was the exact one.
        return quick.ok_or_else(|| task.no_route());
    }
    let most = quick.as_ref().map(|path| path.certificate.cost_m);
    let (exact, stopped) = task.run(1, most, watch)?;
    match (exact, quick, stopped) {
        (Some(exact), ..) => Ok(exact),
        (None, Some(mut quick), Some(lower_bound_m)) => {
            quick.certificate.lower_bound_m = lower_bound_m.min(quick.certificate.cost_m);
            Ok(quick)
        }
        (None, None, Some(_)) => Err(nothing()),
        // Coarser levels may lie deeper, and a way there may be the only one.
        (None, Some(quick), None) => Ok(quick),
        (None, None, None) => Err(task.no_route()),
    }
}

/// The most memory that a search over a ground may take, if it touches every cell and level,
/// bytes; most searches touch a hundredth to a fifth.
///
/// # Errors
/// [`Error::OutOfRange`] for options without sense.
pub fn largest_memory_bytes(ground: &Ground, options: &LevelOptions) -> Result<usize> {
    options.check()?;
    let cells = ground.rows() * ground.cols();
    let levels = Levels::new(options, 1).count();
    let bytes = fixed_bytes() + super::pages::bytes_of_page(levels, ground.is_plain());
    Ok(cells.saturating_mul(bytes))
}

/// Bytes of a cell that every search takes.
const fn fixed_bytes() -> usize {
    4 + 9
}

/// One search: checked ends and options.
struct Task<'a> {
    ground: &'a Ground,
    options: &'a LevelOptions,
    start: usize,
    end: usize,
    from: (usize, usize),
    to: (usize, usize),
}

/// A way if there is one, and the lower bound at which the watch stopped the search if it did.
type Outcome = (Option<LevelPath>, Option<f64>);

impl<'a> Task<'a> {
    fn new(
        ground: &'a Ground,
        from: (usize, usize),
        to: (usize, usize),
        options: &'a LevelOptions,
    ) -> Result<Self> {
        options.check()?;
        let needed = ground.rows().saturating_mul(ground.cols()).saturating_mul(fixed_bytes());
        if needed > options.largest_memory_bytes {
            return Err(Error::Limit {
                item: "search over height levels".to_owned(),
                needed: format!("{needed} bytes before it starts"),
                limit: format!("{} bytes", options.largest_memory_bytes),
                hint: "cut the terrain to the corridor or take a coarser one".to_owned(),
            });
        }
        let (start, end) = (cell(ground, "from", from)?, cell(ground, "to", to)?);
        Ok(Self { ground, options, start, end, from, to })
    }

    fn run(
        &self,
        coarse: i32,
        most_m: Option<f64>,
        watch: &mut impl FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<Outcome> {
        let Self { ground, options, .. } = *self;
        let levels = Levels::new(options, coarse);
        let moves = Moves::new(ground.cells(), options, &levels);
        let mut bound = Bound::new(ground, &levels, options.charge_between, self.end);
        let mut pages = Pages::new(ground, &levels);
        // The ends have the first pages.
        let first = pages.index(self.start, &moves, &mut bound);
        let last = pages.index(self.end, &moves, &mut bound);
        let (Some(first), Some(last)) = (first, last) else { return Ok((None, None)) };
        pages.stations = if first == last { 1 } else { 2 };
        let level = |index: usize| levels.at_ground(pages.heads.get(index)?.ground);
        let (Some(start), Some(end)) = (level(first), level(last)) else { return Ok((None, None)) };
        let least = pages.heads.get(first).map_or(UNKNOWN, |head| head.to_go);
        if least == UNKNOWN {
            return Ok((None, None));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let most = most_m.map_or(UNKNOWN - 1, |most_m| (most_m * UNITS_PER_M).round() as u32);
        let mut search = Search {
            levels: &levels,
            moves: &moves,
            options,
            bound,
            pages,
            queue: Queue::new(least, 14),
            climb: climb_units(options, &levels),
            most,
            settled_count: 0,
        };
        let (first, last) = ((first, start), (last, end));
        match search.run(first, last, least, watch)? {
            End::Reached => Ok((Some(level_path::recover(ground, &search, first, last)?), None)),
            End::Exhausted => Ok((None, None)),
            End::Stopped { key } => Ok((None, Some(f64::from(key) / UNITS_PER_M))),
        }
    }

    fn no_route(&self) -> Error {
        Error::NoRoute {
            from: format!("row {}, column {}", self.from.0, self.from.1),
            to: format!("row {}, column {}", self.to.0, self.to.1),
            problem: format!(
                "nothing under {} permille reaches it",
                self.options.gradient_permille
            ),
            hint: "allow a steeper gradient, deeper cuts or higher bridges".to_owned(),
        }
    }
}

fn cell(ground: &Ground, item: &str, (row, col): (usize, usize)) -> Result<usize> {
    if ground.height_m(row, col).is_some() {
        return Ok(row * ground.cols() + col);
    }
    #[expect(clippy::cast_precision_loss, reason = "a cell, for a message")]
    Err(Error::OutOfRange {
        item: format!("{item} (row {row}, column {col})"),
        value: row as f64,
        limit: format!("{} rows and {} columns of open ground", ground.rows(), ground.cols()),
        hint: "the place lies outside of the terrain, in a void or in a closed zone".to_owned(),
    })
}

/// What a part of a level step upwards costs, in units times 2^16.
fn climb_units(options: &LevelOptions, levels: &Levels) -> u64 {
    let units = options.climb_ratio * levels.height_m(1) * UNITS_PER_M * 65_536.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    let units = units.round() as u64;
    units
}

/// How a search ended.
enum End {
    /// The last state is settled.
    Reached,
    /// No state is left.
    Exhausted,
    /// The watch stopped it; no way costs less than this key.
    Stopped { key: u32 },
}

/// A page and a level of it.
pub(super) type State = (usize, usize);

pub(super) struct Search<'a> {
    pub(super) levels: &'a Levels,
    pub(super) moves: &'a Moves,
    pub(super) options: &'a LevelOptions,
    bound: Bound<'a>,
    pub(super) pages: Pages<'a>,
    queue: Queue,
    climb: u64,
    /// States beyond this cost are of no use.
    most: u32,
    pub(super) settled_count: usize,
}

impl Search<'_> {
    /// Settles states until the last.
    fn run(
        &mut self,
        first: State,
        last: State,
        least: u32,
        watch: &mut impl FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<End> {
        let stride = self.levels.count();
        if let Some(slot) = self.pages.costs.get_mut(first.0 * stride + first.1) {
            *slot = least;
            self.queue.push(least, state_number(first));
        }
        while let Some((key, number)) = self.queue.pop() {
            let (index, level) =
                ((number >> LEVEL_BITS) as usize, (number & (LEVELS - 1)) as usize);
            if self.pages.cost(index, level) != Some(key) {
                continue;
            }
            if (index, level) == last {
                return Ok(End::Reached);
            }
            let Some(number) = self.pages.expand(index, self.moves, &mut self.bound) else {
                continue;
            };
            let Some(exits) = self.pages.exits.get_mut(number) else { continue };
            if exits.settled >> level & 1 == 1 {
                continue;
            }
            exits.settled |= 1 << level;
            self.settled_count += 1;
            self.relax(index, number, level, key);
            if self.settled_count.is_multiple_of(BETWEEN_LOOKS) {
                self.check_memory()?;
                if watch(&self.progress(key)).is_break() {
                    return Ok(End::Stopped { key });
                }
            }
        }
        Ok(End::Exhausted)
    }

    /// Enters the neighbours of a state at all levels that no cheaper level of its cell reaches.
    fn relax(&mut self, index: usize, number: usize, level: usize, key: u32) {
        let (levels, charged) = (self.levels, self.options.charge_between);
        let Pages { heads, exits, weights, costs, .. } = &mut self.pages;
        let (Some(head), Some(exits)) = (heads.get(index), exits.get_mut(number)) else { return };
        let weights = weights.get(number);
        let height = levels.lowest(head.ground) + levels.offset(level);
        let moves = self.moves.of_row(exits.row as usize);
        for (number, one) in moves.iter().enumerate() {
            let next = exits.next[number];
            if next == NONE {
                continue;
            }
            let is_station = exits.stations >> number & 1 == 1;
            let reach = if is_station { one.station_reach } else { one.reach };
            let above = height - exits.lowest[number];
            let mut open = levels.between(above - reach, above + reach) & !exits.covered[number];
            if open == 0 {
                continue;
            }
            // Where climbing costs, a dearer but higher level may reach what lies above cheaper.
            let dearer = if self.climb == 0 { 0 } else { !levels.between(0, above) };
            exits.covered[number] |= open & !dearer;
            let first = next as usize * levels.count();
            let Some(known) = costs.get_mut(first..first + levels.count()) else { continue };
            let entering = Entering::new(levels, exits, weights, number, one.units, charged);
            let so_far = key.wrapping_add_signed(exits.farther[number]);
            let least = so_far.saturating_add(entering.least());
            while open != 0 {
                let entered = open.trailing_zeros() as usize;
                open &= open - 1;
                let Some(cost) = known.get_mut(entered).filter(|cost| least < **cost) else {
                    continue;
                };
                let to = exits.lowest[number] + levels.offset(entered);
                let climb = climb_cost(self.climb, to - height);
                let through = so_far.saturating_add(entering.cost(to)).saturating_add(climb);
                if through < *cost && through <= self.most {
                    *cost = through;
                    self.queue.push(through, next << LEVEL_BITS | entered as u32);
                }
            }
        }
    }

    /// Cost of a move out of a page into a height of its neighbour, if the gradient allows it.
    pub(super) fn step(
        &self,
        (index, level): State,
        number: usize,
        (next, entered): State,
    ) -> Option<u32> {
        let (place, exits) = self.pages.exits_of(index)?;
        if *exits.next.get(number)? as usize != next {
            return None;
        }
        let head = self.pages.heads.get(index)?;
        let from = self.levels.lowest(head.ground) + self.levels.offset(level);
        let to = exits.lowest.get(number)? + self.levels.offset(entered);
        let one = self.moves.of_row(exits.row as usize).get(number)?;
        let is_station = exits.stations >> number & 1 == 1;
        let reach = if is_station { one.station_reach } else { one.reach };
        if (to - from).abs() > reach {
            return None;
        }
        let (weights, charged) = (self.pages.weights.get(place), self.options.charge_between);
        let entering = Entering::new(self.levels, exits, weights, number, one.units, charged);
        Some(entering.cost(to).saturating_add(climb_cost(self.climb, to - from)))
    }

    fn progress(&self, key: u32) -> Progress {
        Progress {
            lower_bound_m: f64::from(key) / UNITS_PER_M,
            best_m: (self.most < UNKNOWN - 1).then(|| f64::from(self.most) / UNITS_PER_M),
            settled_count: self.settled_count,
            memory_bytes: self.bytes(),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.pages.bytes() + self.bound.bytes() + self.queue.bytes()
    }

    fn check_memory(&self) -> Result<()> {
        let bytes = self.bytes();
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
}

#[inline]
fn climb_cost(climb: u64, rise: i32) -> u32 {
    let rise = u64::try_from(rise).unwrap_or(0);
    u32::try_from((rise * climb) >> 16).unwrap_or(u32::MAX)
}

fn state_number((index, level): State) -> u32 {
    u32::try_from(index << LEVEL_BITS | level).unwrap_or(u32::MAX)
}
