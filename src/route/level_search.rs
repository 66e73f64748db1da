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
use super::curves::Curves;
use super::heading_search::HeadingSearch;
use super::heading_table::bytes_of_headings;
use super::level_least::LeastCosts;
use super::level_path::{found, path};
use super::level_states::{End, Search};
use super::level_table::BYTES_OF_CELL;
use super::levels::Levels;
use super::metre_rows::MetreRows;
use super::moves::{Moves, UNITS_PER_M};
use super::pages::{UNKNOWN, bytes_of_page};
use super::pair_costs::PairCosts;
use super::{Ground, LevelOptions, LevelPath};
use crate::error::{Error, Result};

/// How far from the cheapest way over cells a first way is looked for, in cells.
const BAND_CELLS: usize = 4;

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
    level_search_until(ground, (from, to), options, &|| false)
}

/// As [`level_search`], with a watch that is shown the progress now and then and may stop it.
///
/// First a way is searched in a band of cells round the cheapest way over cells alone. If the exact
/// search after it is stopped, that way is the answer, and its certificate says how far from
/// optimal it may be.
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
    let quick = match task.band() {
        Some((band, least_m)) => {
            // What is known of the band says nothing of the ground beside it.
            let mut watch =
                |progress: &Progress| watch(&Progress { lower_bound_m: least_m, ..*progress });
            let (quick, stopped) = Task { ground: &band, ..task }.run(None, &mut watch)?;
            if stopped.is_some() {
                return Err(nothing());
            }
            quick
        }
        None => return Err(task.no_route()),
    };
    let most = quick.as_ref().map(|path| path.certificate.cost_m);
    let (exact, stopped) = task.run(most, watch)?;
    match (exact, quick, stopped) {
        (Some(exact), ..) => Ok(exact),
        (None, Some(mut quick), Some(lower_bound_m)) => {
            quick.certificate.lower_bound_m = lower_bound_m.min(quick.certificate.cost_m);
            Ok(quick)
        }
        (None, None, Some(_)) => Err(nothing()),
        (None, _, None) => Err(task.no_route()),
    }
}

/// Whether a job is to end with what it has.
pub type IsOver<'a> = dyn Fn() -> bool + Sync + 'a;

/// As [`level_search`], until it is over.
///
/// # Errors
/// As [`level_search`], and [`Error::Stopped`] if it is over before the way is found.
pub(super) fn level_search_until(
    ground: &Ground,
    (from, to): ((usize, usize), (usize, usize)),
    options: &LevelOptions,
    is_over: &IsOver<'_>,
) -> Result<LevelPath> {
    if is_over() {
        return Err(nothing());
    }
    let task = Task::new(ground, from, to, options)?;
    let go_on = |is_over| if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let (path, stopped) = task.run(None, &mut |_| go_on(is_over()))?;
    path.ok_or_else(|| if stopped.is_some() { nothing() } else { task.no_route() })
}

/// The most memory that a search over a ground may take, if it touches every cell and level,
/// bytes; most searches touch a hundredth to a fifth.
///
/// # Errors
/// [`Error::OutOfRange`] for options without sense.
///
/// ```
/// use railcorridor::route::{Ground, LevelOptions, largest_memory_bytes};
///
/// let ground = Ground::new(100, vec![900.0; 100], vec![900.0; 99], vec![0.0; 10_000])?;
/// let plain = LevelOptions::default();
/// let curved = LevelOptions { least_radius_m: 300.0, ..LevelOptions::default() };
/// // Sixteen headings of a cell hold more than ten times what the cell alone does.
/// let [plain, curved] = [plain, curved].map(|options| largest_memory_bytes(&ground, &options));
/// assert!(curved? > 8 * plain?);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn largest_memory_bytes(ground: &Ground, options: &LevelOptions) -> Result<usize> {
    options.check()?;
    let cells = ground.rows() * ground.cols();
    let levels = Levels::new(options, ground);
    let count = levels.count();
    let headings = if options.has_curves() {
        bytes_of_headings(count, Curves::new(ground.cells(), options, &levels)?.most)
    } else {
        0
    };
    let bytes = fixed_bytes() + bytes_of_page(ground.is_plain()) + BYTES_OF_CELL + headings;
    let of_rows = LeastCosts::bytes_of(ground.rows()) + MetreRows::BYTES + PairCosts::BYTES;
    Ok(cells.saturating_mul(bytes).saturating_add(of_rows))
}

/// The most bytes of a cell by what a search keeps of the terrain.
const fn fixed_bytes() -> usize {
    4 + Bound::BYTES_OF_CELL
}

/// It was stopped too early.
fn nothing() -> Error {
    Error::Stopped { item: "search over height levels".to_owned() }
}

/// One search: checked ends and options.
#[derive(Clone, Copy)]
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
                needed: format!("up to {needed} bytes for the cells alone"),
                limit: format!("{} bytes", options.largest_memory_bytes),
                hint: "cut the terrain to the corridor or take a coarser one".to_owned(),
            });
        }
        let (start, end) = (cell(ground, "from", from)?, cell(ground, "to", to)?);
        Ok(Self { ground, options, start, end, from, to })
    }

    /// The ground near the cheapest way over cells alone, and what any way costs at least, metres;
    /// `None` if there is none.
    fn band(&self) -> Option<(Ground, f64)> {
        let Self { ground, options, .. } = *self;
        let levels = Levels::new(options, ground);
        let moves = Moves::new(ground.cells(), options, &levels);
        let ends = (self.start, self.end);
        let mut bound = Bound::new(ground, &levels, &moves, options.charge_between, ends);
        let (rows, cols) = (ground.rows(), ground.cols());
        let mut open = vec![f32::INFINITY; rows * cols];
        for cell in bound.way_from(self.start)? {
            let (row, col) = (cell / cols, cell % cols);
            let beside = |place: usize, count: usize| {
                place.saturating_sub(BAND_CELLS)..(place + BAND_CELLS + 1).min(count)
            };
            for row in beside(row, rows) {
                let beside = beside(col, cols);
                let cells = row * cols + beside.start..row * cols + beside.end;
                open.get_mut(cells)?.fill(1.0);
            }
        }
        let least_m = f64::from(bound.left_from(self.start)) / UNITS_PER_M;
        Some((ground.scaled(&open), least_m))
    }

    fn run(
        &self,
        most_m: Option<f64>,
        watch: &mut impl FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<Outcome> {
        let Self { ground, options, .. } = *self;
        let levels = Levels::new(options, ground);
        let moves = Moves::new(ground.cells(), options, &levels);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let most = most_m.map_or(UNKNOWN - 1, |most_m| (most_m * UNITS_PER_M).round() as u32);
        let ends = (self.start, self.end);
        let search = Search::new(ground, options, &levels, &moves, ends, most);
        let Some(mut search) = search else { return Ok((None, None)) };
        if options.has_curves() {
            let curves = Curves::new(ground.cells(), options, &levels)?;
            let mut search = HeadingSearch::new(search, curves);
            let end = search.run(watch)?;
            return outcome(&end, || Some(path(&search.guide, &search.found()?)));
        }
        let end = search.run(watch)?;
        outcome(&end, || Some(path(&search, &found(&search)?)))
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

/// What a search came to by how it ended.
fn outcome(end: &End, path: impl FnOnce() -> Option<LevelPath>) -> Result<Outcome> {
    match end {
        End::Reached => path().map(|path| (Some(path), None)).ok_or_else(|| Error::NoRoute {
            from: "the start".to_owned(),
            to: "the end".to_owned(),
            problem: "the way cannot be walked back".to_owned(),
            hint: "please report this with the study".to_owned(),
        }),
        End::Exhausted => Ok((None, None)),
        End::Stopped { key } => Ok((None, Some(f64::from(*key) / UNITS_PER_M))),
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
