//! Searches over cells alone against explicit graphs in forty digits.

use railcorridor::route::{
    Cells, CostGraph, Ground, MoveCosts, Neighbours, TurnRule, TurningSearch,
};
use serde_json::Value;

use super::json::{cell, count, list, number, numbers};
use super::{CaseFile, Kind, Report};

/// Costs by cells, the same in all directions.
pub const ISOTROPIC: Kind =
    Kind { name: "isotropic", json_kinds: &["isotropic"], files: &[], run: isotropic };

/// A gradient limit with rails locked to the ground.
pub const ON_GROUND: Kind = Kind {
    name: "locked-to-ground",
    json_kinds: &["hard_grade_limit_on_ground"],
    files: &[],
    run: on_ground,
};

/// Cells and headings.
pub const TURN_LIMITED: Kind =
    Kind { name: "turn-limited", json_kinds: &["turn_limited"], files: &[], run: turn_limited };

/// What the references state.
const LIMIT_RATIO: f64 = 1e-9;

pub fn neighbours(value: &Value) -> Result<Neighbours, String> {
    match value.as_u64().or_else(|| value.as_str()?.parse().ok()) {
        Some(8) => Ok(Neighbours::Eight),
        Some(16) => Ok(Neighbours::Sixteen),
        Some(32) => Ok(Neighbours::ThirtyTwo),
        _ => Err(format!("{value} neighbours")),
    }
}

fn isotropic(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let from = cell(&case["from"])?;
    if let Some(list) = case["expect"].as_array() {
        // Level ground, as large as the ends ask.
        for (place, expect) in (1..).zip(list) {
            let to = cell(&expect["to"])?;
            let side = to.0.max(to.1) + 1;
            let cells =
                Cells::even(side, side, number(&case["cell"][1])?, number(&case["cell"][0])?)
                    .map_err(|error| error.to_string())?;
            let costs = MoveCosts::friction_f64(cells, vec![1.0; side * side]);
            let costs = costs.map_err(|error| error.to_string())?;
            one(report, place, costs, neighbours(&expect["neighbours"])?, from, to, expect)?;
        }
        return Ok(());
    }
    let to = cell(&case["to"])?;
    if case["edge"].as_str().is_some_and(|rule| rule.contains("*5 straight, *7 diagonal")) {
        return one(report, 1, whole_edges(&case)?, Neighbours::Eight, from, to, &case["expect"]);
    }
    for (place, (key, expect)) in (1..).zip(case["expect"].as_object().ok_or("no expect")?) {
        let expect =
            if expect.is_object() { expect.clone() } else { serde_json::json!({"cost": expect}) };
        let number = neighbours(&Value::from(key.as_str()))?;
        one(report, place, by_cells(&case)?, number, from, to, &expect)?;
    }
    Ok(())
}

fn by_cells(case: &Value) -> Result<MoveCosts<'static>, String> {
    let (rows, cols) = (count(&case["rows"])?, count(&case["cols"])?);
    let mut ratios = Vec::new();
    match case["friction"].as_array() {
        Some(list) => {
            for row in list {
                ratios.extend(numbers(row)?);
            }
        }
        None => ratios.resize(rows * cols, number(&case["friction"])?),
    }
    for closed in case["blocked"].as_array().into_iter().flatten() {
        let (row, col) = cell(closed)?;
        *ratios.get_mut(row * cols + col).ok_or("blocked cell outside")? = f64::INFINITY;
    }
    let cells = Cells::even(rows, cols, number(&case["dx"])?, number(&case["dy"])?);
    let costs = cells.and_then(|cells| MoveCosts::friction_f64(cells, ratios));
    costs.map_err(|error| error.to_string())
}

/// Edges of whole cost: five times both ends along rows and columns, seven times across.
fn whole_edges(case: &Value) -> Result<MoveCosts<'static>, String> {
    let (rows, cols) = (count(&case["rows"])?, count(&case["cols"])?);
    let mut ratios = Vec::new();
    for row in list(&case["friction"])? {
        ratios.extend(numbers(row)?);
    }
    let cells = Cells::even(rows, cols, 1.0, 1.0).map_err(|error| error.to_string())?;
    Ok(MoveCosts::by_step(cells, move |step| {
        let ratio = |(row, col): (usize, usize)| ratios.get(row * cols + col).copied();
        let across = step.from.0 != step.to.0 && step.from.1 != step.to.1;
        Some((ratio(step.from)? + ratio(step.to)?) * if across { 7.0 } else { 5.0 })
    }))
}

fn one(
    report: &mut Report,
    place: usize,
    costs: MoveCosts<'_>,
    neighbours: Neighbours,
    from: (usize, usize),
    to: (usize, usize),
    expect: &Value,
) -> Result<(), String> {
    let graph = CostGraph::new(costs, neighbours).map_err(|error| error.to_string())?;
    let way = graph.way(from, to).map_err(|error| error.to_string())?;
    report.case("cost, ratio", place, way.cost_m / number(&expect["cost"])? - 1.0, LIMIT_RATIO);
    report.case("recost, ratio", place, way.searched_m / way.cost_m - 1.0, 1e-6);
    let surface = graph.surface(from).map_err(|error| error.to_string())?;
    let spread_m = surface.cost_m(to).unwrap_or(f64::NAN);
    report.case("surface against way, m", place, spread_m - way.searched_m, 0.0);
    if let Some(sum) = expect.get("sum_over_all_cells") {
        let found: f64 = surface.costs_m().iter().sum();
        report.case("sum of all cells, ratio", place, found / number(sum)? - 1.0, LIMIT_RATIO);
    }
    Ok(())
}

fn on_ground(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let (plane, expect) = (&case["plane"], &case["expect"]);
    let (rows, cols) = (count(&plane["rows"])?, count(&plane["cols"])?);
    let (size_m, rise) = (number(&plane["cell"])?, number(&plane["rise_per_m_along_rows"])?);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a small plane"
    )]
    let heights = (0..rows * cols).map(|index| ((index / cols) as f64 * size_m * rise) as f32);
    let ground = Ground::new(cols, vec![size_m; rows], vec![size_m; rows - 1], heights.collect());
    let ground = ground.map_err(|error| error.to_string())?;
    let (from, to) = (cell(&case["from"])?, cell(&case["to"])?);
    let number_of = neighbours(&case["neighbours"])?;
    let length_m = |gradient_permille: f64| {
        let costs = MoveCosts::locked_to_ground(&ground, gradient_permille);
        CostGraph::new(costs, number_of).and_then(|graph| graph.way(from, to))
    };
    let limit_permille = number(&case["limit"])? * 1e3;
    let met = length_m(limit_permille).map_err(|error| error.to_string())?;
    report.case("length, ratio", 1, met.cost_m / number(&expect["length"])? - 1.0, LIMIT_RATIO);
    let straight = length_m(rise * 1.001e3).map_err(|error| error.to_string())?;
    let straight_m = number(&expect["straight_when_limit>slope"])?;
    report.case("length, ratio", 2, straight.cost_m / straight_m - 1.0, LIMIT_RATIO);
    let found = f64::from(u8::from(length_m(limit_permille * 0.999).is_ok()));
    report.case("ways under too low a limit", 3, found, 0.0);
    Ok(())
}

fn turn_limited(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let (rows, cols) = (count(&case["rows"])?, count(&case["cols"])?);
    let size_m = number(&case["cell"])?;
    let cells = Cells::even(rows, cols, size_m, size_m).map_err(|error| error.to_string())?;
    let ratios = vec![number(&case["friction"])?; rows * cols];
    let costs = MoveCosts::friction_f64(cells, ratios).map_err(|error| error.to_string())?;
    let (from, to) = (cell(&case["from"])?, cell(&case["to"])?);
    let heading = |value: &Value| -> Result<(i8, i8), String> {
        let part = |value: &Value| {
            value.as_i64().and_then(|part| i8::try_from(part).ok()).ok_or("no heading")
        };
        Ok((part(&value[0])?, part(&value[1])?))
    };
    for (place, expect) in (1..).zip(list(&case["expect"])?) {
        let most = u8::try_from(count(&expect["tmax"])?).map_err(|error| error.to_string())?;
        let search = TurningSearch {
            rule: TurnRule::Headings(most),
            heading_cost_m: number(&expect["cost_per_step"])?,
            heading_in: Some(heading(&case["heading_in"])?),
            heading_out: Some(heading(&case["heading_out"])?),
        };
        match search.way(&costs, from, to) {
            Ok(way) => {
                let cost = number(&expect["cost"])?;
                report.case("cost, ratio", place, way.cost_m / cost - 1.0, LIMIT_RATIO);
                report.case("recost, ratio", place, way.searched_m / way.cost_m - 1.0, 1e-6);
            }
            Err(error) => report.fail(place, &error.to_string()),
        }
    }
    Ok(())
}
