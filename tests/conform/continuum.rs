//! Searches against closed forms of the plane, within what a lattice must lose.

use railcorridor::route::{
    Cells, CostGraph, CostModel, Ground, LevelOptions, MoveCosts, Neighbours, level_search,
};
use serde_json::Value;

use super::json::{list, number};
use super::{CaseFile, Kind, Report};

/// A gradient limit on an inclined plane: development `rise / gradient`.
pub const GRADE_LIMIT: Kind = Kind {
    name: "grade-limit-continuum",
    json_kinds: &["grade_limit_continuum"],
    files: &[],
    run: grade_limit,
};

/// A ridge to be pierced or gone round.
pub const STRUCTURE_CHOICE: Kind = Kind {
    name: "structure-choice",
    json_kinds: &["structure_choice"],
    files: &[],
    run: structure_choice,
};

/// Two media and their law of refraction.
pub const TWO_MEDIA: Kind = Kind {
    name: "two-media-continuum",
    json_kinds: &["continuum_two_media"],
    files: &[],
    run: two_media,
};

/// How much too long a way of sixteen headings can be: 1 / cos of half the widest sector.
const LOSS_16: f64 = 0.027_486_3;
/// As much for thirty-two headings.
const LOSS_32: f64 = 0.013_081_5;

fn cases(file: &CaseFile) -> Result<Vec<Value>, String> {
    let case = file.json()?;
    Ok(list(&case["expect"])?.to_vec())
}

/// By how much a value leaves a range, as a ratio.
fn outside(value: f64, low: f64, high: f64) -> f64 {
    (low / value - 1.0).max(value / high - 1.0).max(0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few hundred cells"
)]
fn grade_limit(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    for (place, case) in (1..).zip(cases(file)?) {
        let (x_m, y_m) = (number(&case["X"])?, number(&case["Y"])?);
        let (slope, gradient) = (number(&case["s"])?, number(&case["g"])?);
        // Fifty cells, and half as much room around as the way is long.
        let size_m = x_m.max(y_m) / 50.0;
        let (across, up) = ((x_m / size_m).round() as usize, (y_m / size_m).round() as usize);
        let margin = 25;
        let (rows, cols) = (up + 2 * margin, across + 2 * margin);
        let height = |index: usize| ((index / cols) as f64 * size_m * slope) as f32;
        let ground = Ground::new(
            cols,
            vec![size_m; rows],
            vec![size_m; rows - 1],
            (0..rows * cols).map(height).collect(),
        );
        let ground = ground.map_err(|error| error.to_string())?;
        // Levels of which the whole rise is a multiple, four to a cell's rise or a few more.
        let rise_m = slope * y_m;
        let level_step_m = rise_m / (rise_m / (gradient * size_m / 4.0)).ceil();
        let free = CostModel {
            fill_ratio_per_m: 0.0,
            fill_ratio_per_m2: 0.0,
            viaduct_ratio_per_m: 0.0,
            bridge_ratio: 0.0,
            cut_ratio_per_m: 0.0,
            cut_ratio_per_m2: 0.0,
            tunnel_ratio: 0.0,
        };
        let options = LevelOptions {
            gradient_permille: gradient * 1e3,
            level_step_m,
            above_ground_m: 32.0 * level_step_m,
            below_ground_m: 32.0 * level_step_m,
            cost: free,
            ..LevelOptions::default()
        };
        let (from, to) = ((margin, margin), (margin + up, margin + across));
        match level_search(&ground, from, to, &options) {
            Ok(path) => {
                let least_m = number(&case["L"])?;
                let most_m = least_m * (1.0 + LOSS_16) + 2.0 * size_m;
                let error = outside(path.length_m, least_m, most_m);
                report.case("outside of lattice's band, ratio", place, error, 1e-9);
            }
            Err(error) => report.fail(place, &error.to_string()),
        }
    }
    Ok(())
}

/// The ridge is a line that no move crosses above its end, but for one tunnel.
fn structure_choice(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    for (place, case) in (1..).zip(cases(file)?) {
        let part = |key: &str| number(&case[key]);
        let (apart_m, reach_m) = (part("D")?, part("W")?);
        let (tunnel_m, ratio) = (part("T")?, part("ct")?);
        let size_m = 200.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred cells"
        )]
        let cells = |length_m: f64| (length_m / size_m).round() as usize;
        let (rows, cols, row) = (cells(reach_m) + 20, cells(apart_m) + 1, 10);
        let ways = |tunnel: bool| {
            // The ridge stands in the middle column, from the top to the end of its reach.
            let middle = (cols - 1) / 2;
            let end = row + cells(reach_m);
            let grid = Cells::even(rows, cols, size_m, size_m)?;
            let costs = MoveCosts::by_step(grid, move |step| {
                let straight = step.from.0 == row && step.to.0 == row;
                if crosses(step.from, step.to, middle, end) {
                    // Half of the tunnel on either side of the middle.
                    let extra_m = tunnel_m * (ratio - 1.0) / 2.0;
                    return (tunnel && straight).then_some(step.length_m + extra_m);
                }
                Some(step.length_m)
            });
            CostGraph::new(costs, Neighbours::ThirtyTwo)?.way((row, 0), (row, cols - 1))
        };
        let round_m = ways(false).map_err(|error| error.to_string())?.cost_m;
        let best_m = ways(true).map_err(|error| error.to_string())?.cost_m;
        let (around_m, through_m) = (part("around")?, part("through")?);
        let most_m = around_m * (1.0 + LOSS_32) + 2.0 * size_m;
        report.case(
            "round, outside of band, ratio",
            place,
            outside(round_m, around_m, most_m),
            1e-9,
        );
        let through = (best_m / through_m - 1.0).abs() < 1e-9;
        let wanted = case["choose"].as_str() == Some("through");
        report.case("wrong choices", place, f64::from(u8::from(through != wanted)), 0.0);
    }
    Ok(())
}

/// Whether a move touches the ridge in a column above its end: ends there or passes through.
fn crosses(from: (usize, usize), to: (usize, usize), middle: usize, end: usize) -> bool {
    let (west, east) = if from.1 <= to.1 { (from, to) } else { (to, from) };
    if west.1 == east.1 {
        return west.1 == middle && from.0.min(to.0) < end;
    }
    if west.1 > middle || east.1 < middle {
        return false;
    }
    // Where the move meets the column, in rows times its width.
    let width = east.1 - west.1;
    let at = west.0 * (east.1 - middle) + east.0 * (middle - west.1);
    at < end * width
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few hundred cells"
)]
fn two_media(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    for (place, case) in (1..).zip(cases(file)?) {
        let part = |key: &str| number(&case[key]);
        let (above_m, below_m, along_m) = (part("a")?, part("b")?, part("Lx")?);
        let (first, second) = (part("n1")?, part("n2")?);
        // The border runs midway between two rows; row heights fit the distances to it.
        let dx_m = along_m / 200.0;
        let rows = |depth_m: f64| (depth_m / dx_m).round() as usize;
        let (upper, lower) = (rows(above_m), rows(below_m));
        let (upper_m, lower_m) = (above_m / (upper as f64 + 0.5), below_m / (lower as f64 + 0.5));
        let mut dy_m = vec![upper_m; upper];
        dy_m.push((upper_m + lower_m) / 2.0);
        dy_m.extend(vec![lower_m; lower]);
        let (count, cols) = (upper + lower + 2, 201);
        let ratio = |index: usize| if index / cols <= upper { first } else { second };
        let ratios = (0..count * cols).map(ratio).collect();
        let way = Cells::new(cols, vec![dx_m; count], dy_m, count * cols)
            .and_then(|cells| MoveCosts::friction_f64(cells, ratios))
            .and_then(|costs| CostGraph::new(costs, Neighbours::Sixteen))
            .and_then(|graph| graph.way((0, 0), (count - 1, cols - 1)));
        let cost_m = way.map_err(|error| error.to_string())?.cost_m;
        let best_m = part("optimum")?;
        // Cells here are square to 2 %, which turns the widest sector by less than 0.1 %.
        let most_m = best_m * (1.0 + LOSS_16 + 0.001) + second * 2.0 * dx_m;
        let error = outside(cost_m, best_m * 0.999, most_m);
        report.case("outside of lattice's band, ratio", place, error, 1e-9);
    }
    Ok(())
}
