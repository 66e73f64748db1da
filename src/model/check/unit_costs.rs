//! The rules of a file of rates: units that fit, one rate an item, ground that can be built on.

use std::collections::BTreeSet;

use super::{ids, values};
use crate::model::problem::{Problem, shown};
use crate::model::{FORMAT, UnitCost, UnitCosts};

/// All problems of a file of rates.
pub(in crate::model) fn problems(costs: &UnitCosts, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |path: &str, message: String, hint: &str| {
        problems.push(Problem::new(path, "unit costs", message, hint));
    };
    if costs.format != FORMAT {
        let hint = format!("this version reads format = {FORMAT}");
        add("format", format!("format = {} is not known", costs.format), &hint);
    }
    if costs.name.en.trim().is_empty() {
        add("name", "name is empty".to_owned(), "say whose rates these are");
    }
    if costs.rates.is_empty() && lost_ids.is_empty() {
        let hint = "add [[rate]] tables with item, rate, unit, low_ratio, high_ratio and source";
        add("name", "unit costs need at least one rate".to_owned(), hint);
    }
    if !(1900..=2200).contains(&costs.price_year) {
        let message = format!("price_year = {} is outside 1900 to 2200", costs.price_year);
        add("price_year", message, "give the year whose prices these are");
    }
    ground(&mut problems, costs);
    let before = problems.len();
    ids::shape_and_unique(&mut problems, std::iter::once(("unit costs", 0, costs.id.as_str())));
    for problem in problems.iter_mut().skip(before) {
        problem.path = "id".to_owned();
    }
    let mut known = BTreeSet::new();
    for (place, rate) in costs.rates.iter().enumerate() {
        if !known.insert(rate.item) {
            let message = format!("{} has a rate twice", rate.item.id());
            let path = format!("rate[{place}].item");
            problems.push(Problem::new(path, "unit costs", message, "give one rate an item"));
        }
        check_rate(&mut problems, place, rate);
    }
    values::check(&mut problems, costs, "unit costs");
    problems
}

fn ground(problems: &mut Vec<Problem>, costs: &UnitCosts) {
    let ground = &costs.ground;
    for (key, value, (low, high), hint) in [
        ("formation_width_m", ground.formation_width_m, (1.0, 200.0), "about 7 for one track"),
        ("fill_slope_ratio", ground.fill_slope_ratio, (0.0, 20.0), "1.5 is one metre in 1.5"),
        ("cut_slope_ratio", ground.cut_slope_ratio, (0.0, 20.0), "1 is one metre in one"),
        ("margin_m", ground.margin_m, (0.0, 1000.0), "give metres, both sides together"),
        ("fill_of_cut_ratio", ground.fill_of_cut_ratio, (0.1, 2.0), "about 0.9"),
        ("most_fill_m", ground.most_fill_m, (0.5, 200.0), "give metres"),
        ("most_cut_m", ground.most_cut_m, (0.5, 500.0), "give metres"),
        ("least_bridge_height_m", ground.least_bridge_height_m, (0.0, 100.0), "give metres"),
        (
            "most_bridge_height_m",
            ground.most_bridge_height_m,
            (ground.least_bridge_height_m, 500.0),
            "not below least_bridge_height_m",
        ),
        ("least_bridge_m", ground.least_bridge_m, (0.0, 1e4), "give metres"),
        ("least_tunnel_depth_m", ground.least_tunnel_depth_m, (0.0, 500.0), "give metres"),
        ("least_tunnel_m", ground.least_tunnel_m, (0.0, 1e4), "give metres"),
        ("culverts_per_km", ground.culverts_per_km, (0.0, 100.0), "about one"),
        ("least_bridged_km2", ground.least_bridged_km2, (0.1, 1e7), "about 50"),
        ("bridge_clearance_m", ground.bridge_clearance_m, (0.0, 100.0), "give metres"),
    ] {
        if value.is_finite() && !(low..=high).contains(&value) {
            let message = format!("{key} = {value} is outside {low} to {high}");
            problems.push(Problem::new(format!("ground.{key}"), "unit costs", message, hint));
        }
    }
    for share in ground.rock_ratio {
        if share.is_finite() && !(0.0..=1.0).contains(&share) {
            let message = format!("rock_ratio has {share}, outside 0 to 1");
            let hint = "give four shares: flat, rolling, hilly, mountains";
            problems.push(Problem::new("ground.rock_ratio", "unit costs", message, hint));
        }
    }
}

fn check_rate(problems: &mut Vec<Problem>, place: usize, rate: &UnitCost) {
    let item = format!("rate of {}", rate.item.id());
    let mut add = |key: &str, message: String, hint: &str| {
        problems.push(Problem::new(format!("rate[{place}].{key}"), item.clone(), message, hint));
    };
    let unit = rate.item.unit();
    if rate.unit != unit {
        let message = format!("unit = \"{}\" is not that of the item", shown(&rate.unit));
        add("unit", message, &format!("give the rate for one {unit}"));
    }
    if rate.source.trim().is_empty() {
        add("source", "source is empty".to_owned(), "say where the rate comes from");
    }
    let most = if rate.item.is_share() { 1000.0 } else { 1e9 };
    for (key, value, (low, high)) in [
        ("rate", rate.rate, (0.0, most)),
        ("low_ratio", rate.low_ratio, (0.0, 1.0)),
        ("high_ratio", rate.high_ratio, (1.0, 100.0)),
    ] {
        if value.is_finite() && !(low..=high).contains(&value) {
            add(key, format!("{key} = {value} is outside {low} to {high}"), "mind the unit");
        }
    }
}
