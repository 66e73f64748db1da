//! What a plan over designed lines costs: every dollar of the bill once, in its place and its year, and
//! as uncertain as the bill is.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod oblique;

use std::ops::ControlFlow;

use railcorridor::design::{DesignOptions, Track, design};
use railcorridor::model::{CostItem, Date, Standard, Study, UnitCosts};
use railcorridor::report::{costs_table, spending_table};
use railcorridor::schedule::{RiskOptions, simulate};
use railcorridor::stages::{
    ItemKind, Plan, PlanOptions, SegmentCosts, SegmentQuantities, WorkRates, plan_of_quantities,
};
use railcorridor::terrain::ridge_with_saddle;

fn options(costs: UnitCosts) -> DesignOptions {
    let standard = Standard::builtin_called("1520-mixed-120").unwrap();
    DesignOptions {
        rounds: 2,
        loop_spacing_m: 8_000.0,
        costs,
        ..DesignOptions::of_standard(standard).unwrap()
    }
}

/// A line over a ridge, with a tunnel or a deep cut.
fn track(options: &DesignOptions) -> Track {
    let grid = ridge_with_saddle(41, 41, 900.0, 300.0, 200.0).unwrap();
    let route = oblique::way(&grid, ENDS_DEG, options);
    design(&route, &grid, None, options, &|_| ControlFlow::Continue(())).unwrap()
}

/// The ends of that line.
const ENDS_DEG: [f64; 2] = [0.07, 0.1];

fn study() -> Study {
    oblique::study(ENDS_DEG)
}

fn planned(track: &Track, rates: WorkRates) -> Plan {
    let day: Date = "2026-01-31".parse().unwrap();
    let options = PlanOptions { longest_lot_m: 6_000.0, rates, ..PlanOptions::new(day) };
    plan_of_quantities(&study(), &[SegmentQuantities::of_track(track)], &options).unwrap()
}

fn is_one(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

#[test]
fn every_dollar_of_the_bill_is_paid_once() {
    let track = track(&options(UnitCosts::builtin().unwrap()));
    let plan = planned(&track, WorkRates::builtin().clone());
    let lots = &plan.lots[0].lots;
    assert!(lots.len() > 2, "{}", lots.len());
    let sum = |of: fn(&railcorridor::stages::Quantities) -> f64| -> f64 {
        lots.iter().map(|lot| of(&lot.amounts)).sum()
    };
    // What is built.
    assert!(is_one(sum(|of| of.earth_m3), track.earth.cut_m3 + track.earth.fill_m3));
    assert!(is_one(sum(|of| of.bridge_m), track.bill.amount(CostItem::Bridge)));
    assert!(is_one(sum(|of| of.tunnel_m), track.bill.amount(CostItem::Tunnel)));
    assert!(is_one(sum(|of| of.culvert_count), track.bill.amount(CostItem::Culvert)));
    assert!(is_one(sum(|of| of.station_count), track.bill.amount(CostItem::Station)));
    assert!(is_one(sum(|of| of.turnout_count), track.bill.amount(CostItem::Turnout)));
    // What it costs.
    let of_kind = |kind: ItemKind| -> f64 {
        plan.items.iter().filter(|item| item.kind == kind).map(|item| item.cost_usd).sum()
    };
    let item_usd =
        |item| track.bill.items.iter().find(|one| one.item == item).map_or(0.0, |one| one.usd);
    assert!(is_one(of_kind(ItemKind::Works), track.bill.works_usd()));
    assert!(is_one(of_kind(ItemKind::Preparation), item_usd(CostItem::Engineering)));
    let all_usd = track.bill.total_usd() - item_usd(CostItem::Contingency);
    assert!(is_one(plan.cost_usd(), all_usd), "{} {all_usd}", plan.cost_usd());
    // Year by year it is the same, but for what tables round.
    let compiled = plan.network.compile().unwrap();
    let table = spending_table(&study(), &plan, &compiled.dates().unwrap());
    let all = table.columns.iter().position(|column| column.title == "All").unwrap();
    let musd: f64 =
        table.rows.iter().map(|row| row[all].text.replace(',', "").parse::<f64>().unwrap()).sum();
    assert!((musd - all_usd / 1e6).abs() <= 0.05 * table.rows.len() as f64, "{musd} {all_usd}");
    assert_eq!(table.rows.last().unwrap().last().unwrap().text, "100");
}

#[test]
fn costs_that_are_none_are_refused() {
    let track = track(&options(UnitCosts::builtin().unwrap()));
    let day: Date = "2026-01-31".parse().unwrap();
    let refused = |spoil: fn(&mut SegmentCosts)| {
        let mut quantities = SegmentQuantities::of_track(&track);
        spoil(quantities.costs.as_mut().unwrap());
        let plan = plan_of_quantities(&study(), &[quantities], &PlanOptions::new(day));
        plan.unwrap_err().to_string()
    };
    let problem = refused(|costs| costs.ranges[0].cost_usd = f64::NAN);
    assert!(problem.contains("cost_usd of land among the costs of s"), "{problem}");
    let problem = refused(|costs| costs.ranges[0].to_m = 1e9);
    assert!(problem.contains("to_m of land"), "{problem}");
    let problem = refused(|costs| costs.spreads[0].values_usd[3] = -1.0);
    assert!(problem.contains("values_usd of land"), "{problem}");
    let mut rates = WorkRates::builtin().clone();
    rates.payment.as_mut().unwrap().by_day_ratio = 1.5;
    let options = PlanOptions { rates, ..PlanOptions::new(day) };
    let plan = plan_of_quantities(&study(), &[SegmentQuantities::of_track(&track)], &options);
    assert!(plan.unwrap_err().to_string().contains("by_day_ratio"));
}

#[test]
fn a_plan_whose_time_is_sure_costs_what_its_bill_may() {
    // Nothing on top, nothing by the day, every duration as it is likely.
    let mut costs = UnitCosts::builtin().unwrap();
    for rate in costs.rates.iter_mut().filter(|rate| rate.item.is_share()) {
        rate.rate = 0.0;
    }
    let track = track(&options(costs));
    let mut rates = WorkRates::builtin().clone();
    rates.payment = None;
    for work in &mut rates.work {
        (work.low_ratio, work.high_ratio) = (1.0, 1.0);
    }
    for stage in &mut rates.preparation {
        (stage.low_ratio, stage.high_ratio) = (1.0, 1.0);
    }
    let plan = planned(&track, rates);
    let compiled = plan.network.compile().unwrap();
    let outcome = simulate(&compiled, &plan.risk, &RiskOptions::default()).unwrap();
    let found = outcome.cost_usd.unwrap();
    // The bill draws its rates by other code. There a ground that is dearer makes all of its items
    // dearer at once, here each by itself, so that highs and lows lie a little closer.
    let of_bill = track.quantiles_usd(&[0.1, 0.5, 0.8, 0.9]);
    for (found_usd, bill_usd) in [found.p10, found.p50, found.p80, found.p90].iter().zip(of_bill) {
        assert!((found_usd / bill_usd - 1.0).abs() < 0.05, "{found_usd} {bill_usd}");
    }
}

#[test]
fn a_later_opening_costs_more() {
    let track = track(&options(UnitCosts::builtin().unwrap()));
    let plan = planned(&track, WorkRates::builtin().clone());
    let compiled = plan.network.compile().unwrap();
    let options = RiskOptions { iterations: 20_000, seed: 1 };
    let outcome = simulate(&compiled, &plan.risk, &options).unwrap();
    let cost_usd = outcome.cost_usd.unwrap();
    let both = outcome.joint_share(outcome.finish.days.p80, cost_usd.p80);
    // About as if time and money were independent, which is 0.64, or more; less than either alone.
    assert!(both > 0.62 && both < 0.8, "{both}");
    let table = costs_table(&plan, &outcome);
    let rows: Vec<&str> = table.rows.iter().map(|row| row[0].text.as_str()).collect();
    assert_eq!(rows[..5], ["As planned", "P10", "P50", "P80", "P90"]);
    // A plan without costs has nothing to say.
    let mut plain = SegmentQuantities::of_track(&track);
    plain.costs = None;
    let day: Date = "2026-01-31".parse().unwrap();
    let plain = plan_of_quantities(&study(), &[plain], &PlanOptions::new(day)).unwrap();
    let compiled = plain.network.compile().unwrap();
    let outcome = simulate(&compiled, &plain.risk, &options).unwrap();
    assert!(outcome.cost_usd.is_none() && costs_table(&plain, &outcome).rows.is_empty());
    assert!(spending_table(&study(), &plain, &compiled.dates().unwrap()).rows.is_empty());
}
