//! Searches over cells and height levels against explicit graphs.

use railcorridor::route::{
    CostModel, Ground, LevelLattice, LevelOptions, LevelPath, Neighbours, level_search,
};

use super::json::{count, number, numbers};
use super::{CaseFile, Kind, Report};

/// Stations in a row, found by Bellman-Ford.
pub const LEVEL_SEARCH_1D: Kind =
    Kind { name: "level-search-1d", json_kinds: &["level_search_1d"], files: &[], run: line };

/// Cells of a real terrain, found by Dijkstra on the explicit graph.
pub const LEVEL_SEARCH_GRID: Kind =
    Kind { name: "level-search-grid", json_kinds: &["level_search_grid"], files: &[], run: grid };

/// What the reference states.
const LIMIT_RATIO: f64 = 1e-9;

#[expect(clippy::cast_possible_truncation, reason = "heights of a reference case")]
fn ground(cols: usize, dx_m: f64, dy_m: f64, heights: &[f64]) -> Result<Ground, String> {
    let rows = heights.len() / cols.max(1);
    let heights = heights.iter().map(|height| *height as f32).collect();
    let dy = vec![dy_m; rows.saturating_sub(1)];
    Ground::new(cols, vec![dx_m; rows], dy, heights).map_err(|error| error.to_string())
}

fn compare(report: &mut Report, place: usize, path: &LevelPath, cost: f64) {
    let certificate = path.certificate;
    report.case("cost, ratio", place, certificate.recost_m / cost - 1.0, LIMIT_RATIO);
    let difference = certificate.cost_m / certificate.recost_m - 1.0;
    report.case("recost, ratio", place, difference, 1e-6);
}

fn line(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let heights = numbers(&case["ground_levels"])?;
    let (step_m, costs) = (number(&case["step_m"])?, &case["cost_per_m"]);
    let options = LevelOptions {
        gradient_permille: number(&case["max_level_change_per_step"])? / step_m * 1e3,
        level_step_m: 1.0,
        lattice: LevelLattice::Multiples { levels: 40 },
        above_ground_m: number(&case["max_level"])?,
        neighbours: Neighbours::Eight,
        charge_between: false,
        cost: CostModel {
            fill_ratio_per_m: number(&costs["fill_per_level"])?,
            fill_ratio_per_m2: 0.0,
            viaduct_ratio_per_m: 1e4,
            bridge_ratio: 3e3,
            cut_ratio_per_m: number(&costs["cut_per_level"])?,
            cut_ratio_per_m2: 0.0,
            tunnel_ratio: number(&costs["tunnel_cap"])?,
        },
        ..LevelOptions::default()
    };
    let ground = ground(heights.len(), step_m, step_m, &heights)?;
    let end = (0, heights.len().saturating_sub(1));
    let path = level_search(&ground, (0, 0), end, &options).map_err(|error| error.to_string())?;
    compare(report, 1, &path, number(&case["expect"]["cost"])?);
    Ok(())
}

fn grid(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let rows = case["ground_m"].as_array().ok_or("no ground_m")?;
    let mut heights = Vec::new();
    for row in rows {
        heights.extend(numbers(row)?);
    }
    let cols = count(&case["cols"])?;
    let ground = ground(cols, number(&case["dx"])?, number(&case["dy"])?, &heights)?;
    let end = |key: &str| Ok::<_, String>((count(&case[key][0])?, count(&case[key][1])?));
    let (from, to) = (end("from")?, end("to")?);
    for (place, expect) in (1..).zip(case["expect"].as_array().ok_or("no expect")?) {
        let options = LevelOptions {
            gradient_permille: number(&expect["max_grade"])? * 1e3,
            level_step_m: number(&expect["level_step_m"])?,
            lattice: LevelLattice::Multiples { levels: count(&case["levels_per_cell"])? },
            above_ground_m: number(&expect["top_above_ground_m"])?,
            neighbours: match count(&expect["neighbours"])? {
                8 => Neighbours::Eight,
                _ => Neighbours::Sixteen,
            },
            charge_between: false,
            ..LevelOptions::default()
        };
        match level_search(&ground, from, to, &options) {
            Ok(path) => compare(report, place, &path, number(&expect["cost"])?),
            Err(error) => report.fail(place, &error.to_string()),
        }
    }
    Ok(())
}
