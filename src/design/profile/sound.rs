//! Whether a problem can be read at all.

use super::problem::{CostSet, HeightCost, ProfileProblem};
use crate::error::{Error, Result, within};

/// No line on earth is as long, nor a height as great.
const MOST_M: f64 = 1e8;
const MOST_HEIGHT_M: f64 = 1e5;

/// Refuses numbers that are none, lists that do not fit together, and what cannot be an answer.
pub(super) fn check(problem: &ProfileProblem) -> Result<()> {
    lists(problem)?;
    let at = |station: usize| {
        format!("at {} m", problem.distances_m.get(station).copied().unwrap_or(f64::NAN))
    };
    let mut before_m = f64::NEG_INFINITY;
    for (station, &distance_m) in problem.distances_m.iter().enumerate() {
        let item = || format!("distance_m of station {station}");
        within(item, distance_m, (-MOST_M, MOST_M), "give metres along the plan")?;
        let item = || format!("step_m to station {station}, {}", at(station));
        within(item, distance_m - before_m, (1e-3, f64::INFINITY), "let the stations go forwards")?;
        before_m = distance_m;
    }
    for (station, &ground_m) in problem.ground_m.iter().enumerate() {
        let hint = "fill the void in the terrain first";
        within(|| format!("ground_m {}", at(station)), ground_m, HEIGHTS_M, hint)?;
    }
    for (number, set) in problem.cost_sets.iter().enumerate() {
        cost_set(number, set)?;
    }
    for (station, &radius_m) in problem.radius_m.iter().enumerate() {
        let hint = "give a positive radius in metres";
        within(|| format!("radius_m {}", at(station)), radius_m, (1e-3, 1e9), hint)?;
    }
    for (station, range) in problem.gradients.iter().enumerate() {
        let item = |name: &str| format!("{name} after the station {}", at(station));
        let hint = "give permille, falling below 0, the least not above the most";
        within(|| item("least_permille"), range.least_permille, (-1000.0, 1000.0), hint)?;
        let range_permille = (range.least_permille, 1000.0);
        within(|| item("most_permille"), range.most_permille, range_permille, hint)?;
    }
    for limit in &problem.levels {
        let last = problem.distances_m.len() - 1;
        within(
            || format!("station of the level limit \"{}\"", limit.reason),
            count(limit.station),
            (0.0, count(last)),
            "count stations from 0",
        )?;
        let item = || format!("level_m of \"{}\" {}", limit.reason, at(limit.station));
        within(item, limit.level_m, HEIGHTS_M, "give metres above the sea")?;
    }
    if let Some(rise) = &problem.rise {
        let hint = "give dollars for a metre of rise, and permille";
        within(|| "usd_per_m of rises".to_owned(), rise.usd_per_m, (0.0, 1e9), hint)?;
        within(|| "free_permille of rises".to_owned(), rise.free_permille, (0.0, 1e3), hint)?;
    }
    for (name, length_m) in [
        ("least_bridge_m", problem.least_bridge_m),
        ("least_tunnel_m", problem.least_tunnel_m),
        ("least_break_distance_m", problem.least_break_distance_m),
        ("least_even_m", problem.least_even_m),
    ] {
        within(|| name.to_owned(), length_m, (0.0, MOST_M), "give metres")?;
    }
    Ok(())
}

const HEIGHTS_M: (f64, f64) = (-MOST_HEIGHT_M, MOST_HEIGHT_M);

#[expect(clippy::cast_precision_loss, reason = "counts of a list, far below 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}

/// Lists have one entry a station, or a station fewer.
fn lists(problem: &ProfileProblem) -> Result<()> {
    let stations = problem.distances_m.len();
    let hint = "give the beginning and the end of the line at least";
    within(|| "number of stations".to_owned(), count(stations), (2.0, 1e8), hint)?;
    for (name, length, right) in [
        ("ground_m", problem.ground_m.len(), stations),
        ("cost_set", problem.cost_set.len(), stations),
        ("radius_m", problem.radius_m.len(), stations),
        ("gradients", problem.gradients.len(), stations - 1),
    ] {
        let hint = "give one a station; of gradients, one a pair of stations";
        let right = (count(right), count(right));
        within(|| format!("number of {name}"), count(length), right, hint)?;
    }
    let sets = problem.cost_sets.len();
    for (station, &set) in problem.cost_set.iter().enumerate() {
        if set >= sets {
            return Err(Error::OutOfRange {
                item: format!("cost_set of station {station}"),
                value: count(set),
                limit: format!("the {sets} sets, counted from 0"),
                hint: "give the number of a set".to_owned(),
            });
        }
    }
    Ok(())
}

fn cost_set(number: usize, set: &CostSet) -> Result<()> {
    let hint = "give one way to build at least";
    let item = || format!("number of ways of cost set {number}");
    within(item, count(set.ways.len()), (1.0, 1e3), hint)?;
    set.ways.iter().try_for_each(|way| height_cost(number, way))
}

fn height_cost(number: usize, way: &HeightCost) -> Result<()> {
    let of = format!("of {} in cost set {number}", way.works.word());
    let item = || format!("number of points {of}");
    within(item, count(way.points.len()), (1.0, 1e5), "give its cost at one height at least")?;
    let mut before_m = f64::NEG_INFINITY;
    for point in &way.points {
        let item = || format!("height_m {of}");
        within(item, point.height_m, HEIGHTS_M, "give metres above the ground")?;
        let item = || format!("step_m to the height {} m {of}", point.height_m);
        let step_m = point.height_m - before_m;
        within(item, step_m, (1e-6, f64::INFINITY), "let heights rise from point to point")?;
        before_m = point.height_m;
        let item = || format!("cost_usd_per_m at {} m {of}", point.height_m);
        within(item, point.cost_usd_per_m, (0.0, 1e12), "give dollars a metre, not negative")?;
    }
    Ok(())
}
