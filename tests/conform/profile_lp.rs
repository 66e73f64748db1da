//! Cases of cheapest profiles: levels at stations under limits of gradient and radius, whose cost is
//! linear in cut and fill.

use railcorridor::design::{
    CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule, ProfileProblem, Works,
    profile_bound,
};
use serde_json::Value;

use super::json::{list, number, numbers};
use super::{CaseFile, Kind, Report};

/// Linear programmes of profiles.
pub const CHEAPEST: Kind = Kind {
    name: "cheapest profiles",
    json_kinds: &[],
    files: &[("alignment", "vertical_lp.json"), ("alignment", "vertical_lp_large.json")],
    run: cheapest,
};

/// Deeper and higher than any line of the cases goes.
const FAR_M: f64 = 500.0;

fn cheapest(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    for (place, case) in (1..).zip(list(&cases)?) {
        let (step_m, most) = (number(&case["ds"])?, number(&case["max_grade"])?);
        let radius_m = number(&case["min_vertical_radius"])?;
        let optimum_usd = number(&case["optimal_cost"])?;
        let bound = profile_bound(&problem(case)?).map_err(|error| error.to_string())?;
        let cost = bound.cost_usd / optimum_usd - 1.0;
        report.case("cost, relative", place, cost, 1e-9);
        report.case("bound, relative", place, bound.bound_usd / optimum_usd - 1.0, 1e-8);
        let over = (bound.bound_usd - bound.cost_usd.min(optimum_usd)) / optimum_usd;
        report.case("bound above the cost, relative", place, over.max(0.0), 1e-12);
        let levels_m = &bound.levels_m;
        let rises_m = levels_m.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        let rise_m = rises_m.fold(0.0, f64::max);
        let breach_m = (rise_m - most * step_m).max(0.0);
        report.case("breach of a gradient, m", place, breach_m, 1e-9);
        let bends_m = levels_m.windows(3).map(|three| (three[0] - 2.0 * three[1] + three[2]).abs());
        let bend_m = bends_m.fold(0.0, f64::max);
        let breach_m = (bend_m - step_m * step_m / radius_m).max(0.0);
        report.case("breach of a radius, m", place, breach_m, 1e-9);
    }
    Ok(())
}

fn problem(case: &Value) -> Result<ProfileProblem, String> {
    let ground_m = numbers(&case["ground"])?;
    let stations = ground_m.len();
    let per_m = |name: &str| Ok::<f64, String>(number(&case[name])? * number(&case["width"])?);
    let (cut, fill) = (per_m("cost_cut")?, per_m("cost_fill")?);
    let points = [(-FAR_M, FAR_M * cut), (0.0, 0.0), (FAR_M, FAR_M * fill)];
    let points = points.map(|(height_m, cost_usd_per_m)| CostPoint { height_m, cost_usd_per_m });
    let way = HeightCost { works: Works::Earthworks, points: points.to_vec() };
    let step_m = number(&case["ds"])?;
    let mut levels = Vec::new();
    if case["start_fixed_to_ground"].as_bool() == Some(true) {
        let level_m = *ground_m.first().ok_or("no ground")?;
        let reason = "start on the ground".to_owned();
        levels.push(LevelLimit { station: 0, rule: LevelRule::Exactly, level_m, reason });
    }
    Ok(ProfileProblem {
        distances_m: (0..stations).map(|station| station as f64 * step_m).collect(),
        ground_m,
        cost_set: vec![0; stations],
        cost_sets: vec![CostSet { ways: vec![way] }],
        gradients: vec![GradientRange::both(1e3 * number(&case["max_grade"])?); stations - 1],
        radius_m: vec![number(&case["min_vertical_radius"])?; stations],
        levels,
        ..ProfileProblem::default()
    })
}
