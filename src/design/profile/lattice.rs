//! Levels cut into cells: the cheapest way from cell to cell, which no profile can undercut.

use super::cells::{Cells, cells};
use super::problem::ProfileProblem;
use super::reach::{Levels, rise_m};
use super::window::least_within;

/// Cells, about; more would cost more time than they save.
const CELLS: f64 = 6e6;

/// Cells in the range that the line may rise or fall to the next place.
const STEPS: f64 = 16.0;

/// What each metre of level is to cost beyond works, above or below a level of reference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tilt<'a> {
    pub(super) usd_per_m: &'a [f64],
    pub(super) levels_m: &'a [f64],
    pub(super) share: f64,
}

/// The cheapest way over the cells.
#[derive(Debug, Clone)]
pub(super) struct CellWay {
    /// What it costs, tilted: no levels under the limits of levels and gradients cost less.
    pub(super) usd: f64,
    /// A level in the cell of each station.
    pub(super) levels_m: Vec<f64>,
}

/// The cheapest way over cells of levels, whatever the radii.
///
/// Stations next to one another make a group, whose place is a station in its middle. A cell costs
/// what its cheapest level does at the place, and at the other stations what the cheapest level that
/// can be reached from the cell does; the line passes from cell to cell if any of its levels can.
/// So all that is rounded is rounded in favour of the line, and the least sum is a bound.
pub(super) fn cheapest_way(problem: &ProfileProblem, reach: &[Levels], tilt: Tilt<'_>) -> CellWay {
    let lattice = Lattice::new(problem, reach);
    let weights_m = problem.weights_m();
    let mut froms: Vec<Vec<u32>> = Vec::with_capacity(lattice.groups.len());
    let mut best: Vec<f64> = Vec::new();
    let mut before: Option<&Group> = None;
    for group in &lattice.groups {
        let (mut sums, from) = match before {
            Some(before) => {
                let offset = group.cells.lowest - before.cells.lowest;
                least_within(&best, group.cells.count, offset, group.rise)
            }
            None => (vec![0.0; group.cells.count], Vec::new()),
        };
        for station in group.from..group.to {
            let weight_m = weights_m.get(station).copied().unwrap_or_default();
            lattice.charge(problem, reach, (group, station, weight_m), tilt, &mut sums);
        }
        best = sums;
        froms.push(from);
        before = Some(group);
    }
    let least = best.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1));
    let (mut cell, usd) = least.map_or((0, f64::INFINITY), |(cell, usd)| (cell, *usd));
    let mut places = Vec::with_capacity(froms.len());
    for (group, from) in lattice.groups.iter().zip(&froms).rev() {
        let levels = reach.get(group.place).copied().unwrap_or(Levels { low_m: 0.0, high_m: 0.0 });
        let middle_m = (group.cells.number(cell) + 0.5) * lattice.step_m;
        places.push((group.place, middle_m.clamp(levels.low_m, levels.high_m)));
        cell = from.get(cell).map_or(0, |cell| *cell as usize);
    }
    places.reverse();
    CellWay { usd, levels_m: between(problem, &places) }
}

/// Stations whose levels hang together.
struct Group {
    from: usize,
    to: usize,
    /// The station in its middle.
    place: usize,
    cells: Cells,
    /// By how many cells the line may rise from the place before, at least and at most.
    rise: [f64; 2],
}

struct Lattice {
    step_m: f64,
    groups: Vec<Group>,
}

impl Lattice {
    fn new(problem: &ProfileProblem, reach: &[Levels]) -> Self {
        let [group_m, step_m] = sizes(problem, reach);
        let at_m = |station: usize| problem.distances_m.get(station).copied().unwrap_or_default();
        let mut groups: Vec<Group> = Vec::new();
        let mut from = 0;
        while from < reach.len() {
            let ahead = problem.distances_m.get(from..).unwrap_or_default();
            let end_m = at_m(from) + group_m - 1e-6;
            let to = from + ahead.partition_point(|at_m| *at_m < end_m).max(1);
            let place = match (from, to == reach.len()) {
                (0, _) => 0,
                (_, true) => to - 1,
                _ => usize::midpoint(from, to - 1),
            };
            let before = groups.last().map_or(place, |group| group.place);
            let cells = Cells::over(reach.get(place), step_m);
            let rise = rise(problem, before, place, step_m);
            groups.push(Group { from, to, place, cells, rise });
            from = to;
        }
        Self { step_m, groups }
    }

    /// Adds what a station costs to each cell of its group.
    fn charge(
        &self,
        problem: &ProfileProblem,
        reach: &[Levels],
        (group, station, weight_m): (&Group, usize, f64),
        tilt: Tilt<'_>,
        sums: &mut [f64],
    ) {
        let own = Cells::over(reach.get(station), self.step_m);
        let costs = cells(problem, reach, (station, weight_m), tilt, (own, self.step_m));
        if station == group.place {
            sums.iter_mut().zip(costs).for_each(|(sum, cost)| *sum += cost);
            return;
        }
        // From a level of the group's cell to the station, forwards or backwards.
        let rise = if station < group.place {
            rise(problem, station, group.place, self.step_m)
        } else {
            let [least, most] = rise(problem, group.place, station, self.step_m);
            [-most, -least]
        };
        let offset = group.cells.lowest - own.lowest;
        let (costs, _) = least_within(&costs, group.cells.count, offset, rise);
        sums.iter_mut().zip(costs).for_each(|(sum, cost)| *sum += cost);
    }
}

/// How long a group and how high a cell is.
#[expect(clippy::cast_precision_loss, reason = "counts of a list, far below 2^53")]
fn sizes(problem: &ProfileProblem, reach: &[Levels]) -> [f64; 2] {
    let count = reach.len() as f64;
    let first_m = problem.distances_m.first().copied().unwrap_or_default();
    let length_m = problem.distances_m.last().copied().unwrap_or_default() - first_m;
    let height_m = reach.iter().map(|levels| levels.high_m - levels.low_m).sum::<f64>() / count;
    let ranges = problem.gradients.iter().map(|range| range.most_permille - range.least_permille);
    let range = (1e-3 * ranges.sum::<f64>() / (count - 1.0)).max(1e-6);
    let far_m = (STEPS * length_m * height_m / (range * CELLS)).sqrt();
    let group_m = far_m.max(length_m / (count - 1.0));
    let step_m = (range * group_m / STEPS).max(length_m / group_m * height_m / CELLS).max(1e-3);
    [group_m, step_m]
}

/// By how many cells the line may rise between two stations, from any level of one cell to any of
/// another.
fn rise(problem: &ProfileProblem, from: usize, to: usize, step_m: f64) -> [f64; 2] {
    let mut rise = [0.0; 2];
    for station in from..to {
        let [down_m, up_m] = rise_m(problem, station);
        rise = [rise[0] + down_m, rise[1] + up_m];
    }
    // A cell more on either side, less what only edges would touch.
    [(rise[0] / step_m - 1.0 - TOUCH).ceil(), (rise[1] / step_m + 1.0 + TOUCH).floor()]
}

/// Edges of cells are known to this share of a cell.
const TOUCH: f64 = 1e-6;

/// Levels of all stations out of those of some.
fn between(problem: &ProfileProblem, places: &[(usize, f64)]) -> Vec<f64> {
    let at_m = |station: usize| problem.distances_m.get(station).copied().unwrap_or_default();
    let mut rest = places;
    let level = |station: usize| {
        while let [_, (next, _), _, ..] = rest {
            if *next >= station {
                break;
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        match rest {
            [(from, from_m), (to, to_m), ..] => {
                let share = (at_m(station) - at_m(*from)) / (at_m(*to) - at_m(*from));
                from_m + share * (to_m - from_m)
            }
            [(_, level_m)] => *level_m,
            [] => 0.0,
        }
    };
    (0..problem.distances_m.len()).map(level).collect()
}
