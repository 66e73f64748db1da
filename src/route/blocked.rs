//! Why there is no way: the saddle that stands in it, and what would open it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use super::search::{cell, ground};
use super::{Ground, LevelOptions, LevelPath, Options, Progress, level_search_watched};
use crate::error::{Error, Result};
use crate::model::Study;
use crate::terrain::Grid;
use crate::unit::grouped;

/// The steepest gradient that is looked at, permille: the limit of [`LevelOptions`].
const STEEPEST_PERMILLE: u32 = 200;

/// A search for a gradient that opens the way is given up after so many states, some ten seconds.
const MOST_STATES: usize = 20_000_000;

/// What stands between two cells that no way under a gradient joins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blockage {
    /// The cell that stands in the way: the higher end of the move that is too steep on the
    /// gentlest way; `None` where closed cells part the ends.
    pub saddle: Option<(usize, usize)>,
    /// The least gradient in whole permille under which there is a way; `None` if there is none up
    /// to 200, or if it was not found in bounded time.
    pub opening_permille: Option<f64>,
    /// Rails must be allowed to run at least so far below the ground for a way under the gradient
    /// given, metres; `None` if that is not what is missing.
    pub opening_below_ground_m: Option<f64>,
}

/// What stands between two cells that [`level_search`](super::level_search) found no way between.
///
/// A move is open to rails between `above_ground_m` over and `below_ground_m` under the ground if
/// its ground rises no more than both together and what the gradient gives: the gentlest way is
/// the one whose worst move needs the least gradient (a bottleneck path, Pollack 1960). That least
/// gradient is a bound, since levels are apart; whole permilles from there up are tried by the
/// search itself.
///
/// # Complexity
/// One look at the moves of each cell in order of a heap, then a search for each gradient tried:
/// mostly one, sixteen at most, each ended after 20 million states.
///
/// # Errors
/// As [`level_search`](super::level_search), but for [`Error::NoRoute`].
///
/// ```
/// use railcorridor::route::{Ground, LevelOptions, blockage};
///
/// // A wall of 900 m, two rows thick, with a saddle of 30 m; rails keep within 5 m of the ground.
/// let (rows, cols) = (20, 11);
/// let mut heights = vec![0.0_f32; rows * cols];
/// for cell in 9 * cols..11 * cols {
///     heights[cell] = if cell % cols == 4 { 30.0 } else { 900.0 };
/// }
/// let ground = Ground::new(cols, vec![1e3; rows], vec![1e3; rows - 1], heights)?;
/// let options = LevelOptions {
///     gradient_permille: 5.0,
///     above_ground_m: 5.0,
///     below_ground_m: 5.0,
///     ..LevelOptions::default()
/// };
/// let found = blockage(&ground, (0, 5), (19, 5), &options)?;
/// // From 5 m over the plain to 5 m under the saddle, 20 m in a diagonal move of 1,414 m: 14.1.
/// assert_eq!(found.opening_permille, Some(15.0));
/// assert_eq!(ground.height_m(found.saddle.unwrap().0, found.saddle.unwrap().1), Some(30.0));
/// // Or at least 30 m less 5 over the plain, less 11.18 m that 5 permille climb in a knight move.
/// assert!((found.opening_below_ground_m.unwrap() - 13.82).abs() < 0.01);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn blockage(
    ground: &Ground,
    from: (usize, usize),
    to: (usize, usize),
    options: &LevelOptions,
) -> Result<Blockage> {
    options.check()?;
    let window_m = options.above_ground_m + options.below_ground_m;
    let gentlest = bottleneck(ground, from, to, options, |rise_m, length_m| {
        (rise_m - window_m) / length_m * 1e3
    });
    let Some(gentlest) = gentlest else {
        return Ok(Blockage { saddle: None, opening_permille: None, opening_below_ground_m: None });
    };
    let ratio = options.gradient_permille / 1e3;
    let shallowest = bottleneck(ground, from, to, options, |rise_m, length_m| {
        rise_m - options.above_ground_m - ratio * length_m
    });
    let shallowest_m = shallowest.map(|shallowest| shallowest.needed);
    let opening = opening(ground, (from, to), options, gentlest.needed)?;
    let is_too_steep = gentlest.needed > options.gradient_permille;
    let highest = |opening: &(u32, LevelPath)| highest_steep(ground, options, &opening.1);
    let saddle = match &opening {
        Some(opening) if !is_too_steep => highest(opening),
        _ => Some(gentlest.at),
    };
    Ok(Blockage {
        saddle,
        opening_permille: opening.map(|(permille, _)| f64::from(permille)),
        opening_below_ground_m: shallowest_m.filter(|depth_m| *depth_m > options.below_ground_m),
    })
}

/// The error of a search with the saddle that stands in the way and what would open it, if it says
/// that there is no way between two stations; any other error as it is.
///
/// [`Error::NoRoute`] as the searches return it names no saddle, since to find it takes longer than
/// to see that there is no way.
#[must_use]
pub fn explained(error: Error, study: &Study, grid: &Grid, options: &Options) -> Error {
    let Error::NoRoute { from, to, .. } = &error else { return error };
    let found = || -> Result<Option<Error>> {
        let (Some(start), Some(end)) = (study.station(from), study.station(to)) else {
            return Ok(None);
        };
        let (start, end) = (cell(grid, start)?, cell(grid, end)?);
        let found = blockage(&ground(study, grid, options)?, start, end, &options.levels)?;
        let highest_m = [start, end].map(|(row, col)| grid.height_m(row, col).unwrap_or_default());
        let highest_m = highest_m[0].max(highest_m[1]);
        let (problem, hint) = words(&found, grid, &options.levels, highest_m);
        Ok(Some(Error::NoRoute { from: from.clone(), to: to.clone(), problem, hint }))
    };
    // Whatever hinders the explanation, the first error still holds.
    found().ok().flatten().unwrap_or(error)
}

/// What stands in the way, and what would open it; only ground above both ends is a saddle.
fn words(
    found: &Blockage,
    grid: &Grid,
    levels: &LevelOptions,
    higher_end_m: f64,
) -> (String, String) {
    let asked = levels.gradient_permille;
    let Some((row, col)) = found.saddle else {
        let problem = "voids, closed cells or the edge of the terrain part them".to_owned();
        return (problem, "give a terrain that joins them, or open a zone".to_owned());
    };
    let height_m = grid.height_m(row, col).unwrap_or_default();
    let what = if height_m > higher_end_m { "saddle" } else { "ground" };
    let height = grouped(height_m, 0);
    let place = grid.place(row, col).words();
    let problem =
        format!("nothing under {asked} permille gets over the {what} of {height} m at {place}");
    let deeper = found.opening_below_ground_m.map(|depth_m| {
        let allowed = grouped(levels.below_ground_m, 0);
        format!(
            "rails at least {} m below the ground ({allowed} m allowed)",
            grouped(depth_m.ceil(), 0)
        )
    });
    let hint = match (found.opening_permille, deeper) {
        (Some(permille), None) => format!("{permille} permille would open it"),
        (Some(permille), Some(deeper)) => {
            format!("{permille} permille would open it, or {deeper}")
        }
        (None, Some(deeper)) => format!("it takes {deeper}, or a gradient that was not found"),
        (None, None) => "allow a steeper gradient, deeper cuts or higher bridges".to_owned(),
    };
    (problem, hint)
}

/// The worst move of the best way.
struct Worst {
    needed: f64,
    /// Its end whose ground is the higher one.
    at: (usize, usize),
}

/// The way whose worst move needs the least, by what a move of so much rise and length needs;
/// `None` if closed cells part the ends.
fn bottleneck(
    ground: &Ground,
    from: (usize, usize),
    to: (usize, usize),
    options: &LevelOptions,
    needed: impl Fn(f64, f64) -> f64,
) -> Option<Worst> {
    let cells = ground.cells();
    let (start, end) = (cells.index(from)?, cells.index(to)?);
    let is_open = |(row, col): (usize, usize)| ground.height_m(row, col).is_some();
    let mut least = vec![f32::INFINITY; cells.count()];
    let mut worst = vec![start; cells.count()];
    let mut heap = BinaryHeap::new();
    *least.get_mut(start)? = 0.0;
    // The bits of numbers that are not negative are in their order.
    heap.push(Reverse((0_u32, start)));
    while let Some(Reverse((bits, index))) = heap.pop() {
        let so_far = f32::from_bits(bits);
        if index == end {
            let cell = *worst.get(end)?;
            let at = (cell / cells.cols(), cell % cells.cols());
            return Some(Worst { needed: f64::from(so_far), at });
        }
        if so_far > *least.get(index)? {
            continue;
        }
        let here = (index / cells.cols(), index % cells.cols());
        let height_m = ground.height_m(here.0, here.1)?;
        for step in options.neighbours.steps() {
            let Some(step) =
                cells.step(here, *step).filter(|step| is_free(step.from, step.to, is_open))
            else {
                continue;
            };
            let (Some(there_m), Some(there)) =
                (ground.height_m(step.to.0, step.to.1), cells.index(step.to))
            else {
                continue;
            };
            #[expect(clippy::cast_possible_truncation, reason = "a bound; the search is exact")]
            let own = needed((there_m - height_m).abs(), step.length_m).max(0.0) as f32;
            let known = least.get_mut(there)?;
            if own.max(so_far) < *known {
                *known = own.max(so_far);
                let higher = if there_m > height_m { there } else { index };
                let before = *worst.get(index)?;
                *worst.get_mut(there)? = if own > so_far { higher } else { before };
                heap.push(Reverse((known.to_bits(), there)));
            }
        }
    }
    None
}

/// Whether a move squeezes past no closed cell, as the search sees it.
fn is_free(
    from: (usize, usize),
    to: (usize, usize),
    is_open: impl Fn((usize, usize)) -> bool,
) -> bool {
    let (row, col) = (from.0.midpoint(to.0), from.1.midpoint(to.1));
    match (from.0.abs_diff(to.0), from.1.abs_diff(to.1)) {
        (2, 1) => is_open((row, from.1)) && is_open((row, to.1)),
        (1, 2) => is_open((from.0, col)) && is_open((to.0, col)),
        (1, 1) => is_open((from.0, to.1)) || is_open((to.0, from.1)),
        _ => true,
    }
}

/// The least whole gradient with a way, and the way.
fn opening(
    ground: &Ground,
    ends: ((usize, usize), (usize, usize)),
    options: &LevelOptions,
    bound_permille: f64,
) -> Result<Option<(u32, LevelPath)>> {
    // The bound was found in short floating point.
    let least_permille =
        (bound_permille - 1e-4).ceil().max(options.gradient_permille.floor() + 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let mut low = least_permille as u32;
    let mut step = 0;
    // Up in steps that double, until there is a way.
    let (mut high, mut path) = loop {
        let tried = low.saturating_add(step).min(STEEPEST_PERMILLE);
        if low > STEEPEST_PERMILLE {
            return Ok(None);
        }
        match way(ground, ends, options, tried)? {
            Tried::Open(path) => break (tried, path),
            Tried::Unknown => return Ok(None),
            Tried::Closed => (low, step) = (tried + 1, (2 * step).max(1)),
        }
    };
    // Down again by halves: nothing below `low`, a way at `high`.
    while low < high {
        let middle = low.midpoint(high);
        match way(ground, ends, options, middle)? {
            Tried::Open(flatter) => (high, path) = (middle, flatter),
            Tried::Closed => low = middle + 1,
            Tried::Unknown => return Ok(None),
        }
    }
    Ok(Some((high, path)))
}

/// What came of a search at a gradient.
enum Tried {
    Open(LevelPath),
    Closed,
    Unknown,
}

/// Any way under a gradient.
fn way(
    ground: &Ground,
    (from, to): ((usize, usize), (usize, usize)),
    options: &LevelOptions,
    permille: u32,
) -> Result<Tried> {
    let options = LevelOptions { gradient_permille: permille.into(), ..options.clone() };
    let mut watch = |progress: &Progress| {
        if progress.best_m.is_some() || progress.settled_count > MOST_STATES {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    match level_search_watched(ground, from, to, &options, &mut watch) {
        Ok(path) => Ok(Tried::Open(path)),
        Err(Error::NoRoute { .. }) => Ok(Tried::Closed),
        Err(Error::Stopped { .. } | Error::Limit { .. }) => Ok(Tried::Unknown),
        Err(error) => Err(error),
    }
}

/// The highest ground of a way at moves that are steeper than the gradient.
fn highest_steep(
    ground: &Ground,
    options: &LevelOptions,
    path: &LevelPath,
) -> Option<(usize, usize)> {
    let pairs = path.nodes.iter().zip(path.nodes.iter().skip(1));
    let steep = pairs.filter(|(a, b)| {
        let length_m = ground.length_m((a.row, a.col), (b.row, b.col));
        (b.height_m - a.height_m).abs() > options.gradient_permille / 1e3 * length_m
    });
    let nodes = steep.flat_map(|(a, b)| [a, b]);
    nodes.max_by(|a, b| a.ground_m.total_cmp(&b.ground_m)).map(|node| (node.row, node.col))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Neighbours;

    const ROWS: usize = 20;
    const COLS: usize = 21;

    /// Plain of 0 m in cells of 1 km with a wall in rows 9 and 10, open at some columns.
    fn walled(gaps: &[(usize, f32)]) -> Ground {
        let height = |cell: usize| {
            let gap = gaps.iter().find(|(col, _)| *col == cell % COLS);
            let is_wall = (9..11).contains(&(cell / COLS));
            if is_wall { gap.map_or(900.0, |(_, height_m)| *height_m) } else { 0.0 }
        };
        let heights = (0..ROWS * COLS).map(height).collect();
        Ground::new(COLS, vec![1e3; ROWS], vec![1e3; ROWS - 1], heights).unwrap()
    }

    fn near_ground(gradient_permille: f64, neighbours: Neighbours) -> LevelOptions {
        LevelOptions {
            gradient_permille,
            neighbours,
            above_ground_m: 5.0,
            below_ground_m: 5.0,
            ..LevelOptions::default()
        }
    }

    #[test]
    fn the_lowest_of_two_saddles_opens_first() {
        // (60 - 10) / 1,414 m = 35.4 permille by a corner, (60 - 10) / 2,236 m = 22.4 by a knight
        // move; the gap of 80 m, nearer, would take 49.5 and more.
        let ground = walled(&[(2, 60.0), (3, 60.0), (4, 60.0), (10, 80.0)]);
        for (neighbours, permille) in [(Neighbours::Eight, 36.0), (Neighbours::Sixteen, 23.0)] {
            let options = near_ground(12.5, neighbours);
            let found = blockage(&ground, (0, 10), (19, 10), &options).unwrap();
            assert_eq!(found.opening_permille, Some(permille));
            let (row, col) = found.saddle.unwrap();
            assert!((9..11).contains(&row) && (2..=4).contains(&col), "{found:?}");
        }
    }

    #[test]
    fn what_no_gradient_opens_takes_a_tunnel() {
        // (900 - 10) / 2,236 m = 398 permille. Under 20 permille: 900 - 5 - 44.72 m deep.
        let options = near_ground(20.0, Neighbours::Sixteen);
        let found = blockage(&walled(&[]), (0, 10), (19, 10), &options).unwrap();
        assert_eq!(found.opening_permille, None);
        assert!((found.opening_below_ground_m.unwrap() - 850.28).abs() < 0.01, "{found:?}");
    }

    #[test]
    fn closed_cells_have_no_saddle() {
        let friction: Vec<f32> = (0..ROWS * COLS)
            .map(|cell| if cell / COLS == 9 { f32::INFINITY } else { 1.0 })
            .collect();
        let ground = walled(&[(3, 0.0)]).with_friction(&friction).unwrap();
        let options = near_ground(20.0, Neighbours::Sixteen);
        let found = blockage(&ground, (0, 10), (19, 10), &options).unwrap();
        assert_eq!((found.saddle, found.opening_permille), (None, None));
    }

    #[test]
    fn a_level_line_is_opened_by_the_slope_of_the_ground() {
        // A step of 2 m between two plains; nothing is too deep, but a level line ends 2 m too low.
        let heights = (0..ROWS * COLS).map(|cell| [0.0, 2.0][usize::from(cell / COLS > 9)]);
        let ground =
            Ground::new(COLS, vec![1e3; ROWS], vec![1e3; ROWS - 1], heights.collect()).unwrap();
        let options = LevelOptions { gradient_permille: 0.0, ..LevelOptions::default() };
        let found = blockage(&ground, (0, 10), (19, 10), &options).unwrap();
        assert_eq!(found.opening_permille, Some(1.0));
        assert_eq!(found.opening_below_ground_m, None);
        assert!(found.saddle.is_some());
    }
}
