//! A plan with few machines: who has which one when, who waits, and what that does to the openings.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod plain;

use jiff::civil::Date;
use plain::joined_plain;
use railcorridor::model::{Certainty, Study};
use railcorridor::report::{machines_json, machines_tables};
use railcorridor::route::{Options, search};
use railcorridor::stages::{
    Machine, Plan, PlanOptions, RailheadChoice, SegmentQuantities, WorkRates, gains,
    plan_of_quantities, quantities_of_routes,
};
use railcorridor::terrain::plane;

/// A plain of 121 km; rails arrive at its first end, and are offered at the other.
fn study_and_quantities() -> (Study, Vec<SegmentQuantities>) {
    let grid = plane(11, 121, 1_000.0, 2.0, 0.0).unwrap();
    let study = joined_plain(&grid);
    let routes = search(&study, &grid, &Options::default()).unwrap();
    let quantities = quantities_of_routes(&routes, &grid, &choice(&[])).unwrap();
    (study, quantities)
}

fn choice(machines: &[(&str, u32)]) -> PlanOptions {
    let machine = |(work, count): &(&str, u32)| Machine {
        id: format!("{work}-machine"),
        name: format!("{work} machines"),
        work: (*work).into(),
        count: *count,
        state: Certainty::Assumed,
        reason: "a test".into(),
    };
    PlanOptions {
        machines: machines.iter().map(machine).collect(),
        railheads: vec![RailheadChoice { station: "c".into(), open: None }],
        ..PlanOptions::new("2026-01-31".parse().unwrap())
    }
}

fn planned(machines: &[(&str, u32)]) -> Plan {
    let (study, quantities) = study_and_quantities();
    plan_of_quantities(&study, &quantities, &choice(machines)).unwrap()
}

/// First and last day of each activity of a kind of work, by the network alone.
fn works(plan: &Plan, work: &str) -> Vec<(Date, Date)> {
    let compiled = plan.network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let own = plan.items.iter().enumerate().filter(|(_, item)| item.work == work);
    own.map(|(place, _)| (dates.early_start(place), dates.early_finish(place))).collect()
}

/// How many of them are at work on the day on which most are.
fn most_at_once(works: &[(Date, Date)]) -> usize {
    let on = |day: Date| works.iter().filter(move |(first, last)| (*first..=*last).contains(&day));
    works.iter().map(|(first, _)| on(*first).count()).max().unwrap_or(0)
}

fn opening(plan: &Plan) -> Date {
    plan.network.compile().unwrap().dates().unwrap().finish()
}

#[test]
fn no_more_machines_work_than_there_are() {
    let free = planned(&[]);
    assert!(free.machines.is_none());
    assert_eq!(most_at_once(&works(&free, "track")), 2, "one front from each end");
    assert!(most_at_once(&works(&free, "earthworks")) > 3);
    let few = planned(&[("track", 1), ("earthworks", 3), ("ballast", 1)]);
    for (work, count) in [("track", 1), ("earthworks", 3), ("ballast", 1)] {
        assert_eq!(most_at_once(&works(&few, work)), count, "{work}");
    }
    assert!(opening(&few) > opening(&free));
    // Enough of all changes nothing but what is told of it.
    let enough = planned(&[("track", 2), ("earthworks", 20), ("ballast", 2)]);
    assert_eq!(enough.network, free.network);
    let told = enough.machines.unwrap();
    assert!(told.waits.is_empty() && told.gap_ratio == 0.0, "{told:?}");
    assert!(told.openings.iter().all(|one| one.limited == one.unlimited));
}

#[test]
fn turns_waits_and_openings_are_those_of_the_network() {
    let plan = planned(&[("track", 1), ("earthworks", 2)]);
    let compiled = plan.network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let told = plan.machines.as_ref().unwrap();
    let of_track = plan.items.iter().filter(|item| item.work == "track").count();
    let turns = told.turns.iter().filter(|turn| turn.machine == 0).count();
    assert_eq!(turns, of_track);
    for turn in &told.turns {
        assert_eq!(turn.start, dates.early_start(turn.activity));
        assert_eq!(turn.finish, dates.early_finish(turn.activity));
        assert!((1..=2).contains(&turn.unit));
    }
    assert!(!told.waits.is_empty());
    for wait in &told.waits {
        assert!(wait.days > 0 && wait.day < dates.early_start(wait.activity));
        let machine = &told.machines[wait.machine];
        assert_eq!(plan.items[wait.activity].work, machine.work);
        assert_eq!(wait.held_by.len(), machine.count as usize, "all of them are at work");
        for other in &wait.held_by {
            assert!(dates.early_finish(*other) < dates.early_start(wait.activity));
        }
    }
    for one in &told.openings {
        assert_eq!(one.limited, dates.early_finish(one.activity));
    }
    let last = told.openings.iter().map(|one| one.limited).max().unwrap();
    assert!(told.least_finish <= last);
    assert!(plan.assumptions.iter().any(|one| one.subject == "track machines"));
}

#[test]
fn tables_and_json_tell_the_same() {
    let (study, quantities) = study_and_quantities();
    let plan = plan_of_quantities(&study, &quantities, &choice(&[("track", 1)])).unwrap();
    let tables = machines_tables(&study, &plan);
    let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
    assert_eq!(ids, ["machine_openings", "machines", "machine_waits"]);
    let text: String = tables.iter().map(|table| table.text(100)).collect();
    assert!(text.contains("track machines 1") && text.contains("1 of 1"), "{text}");
    let told = plan.machines.as_ref().unwrap();
    let json = machines_json(&plan);
    assert_eq!(json["turns"].as_array().unwrap().len(), told.turns.len());
    assert_eq!(json["turns"][0]["machine"], "track-machine");
    assert_eq!(json["waits"].as_array().unwrap().len(), told.waits.len());
    assert_eq!(json["openings"][0]["segment"], "ab");
    let none = planned(&[]);
    assert!(machines_tables(&study, &none).is_empty() && machines_json(&none).is_null());
}

#[test]
fn one_more_machine_is_a_change_of_its_own() {
    let (study, quantities) = study_and_quantities();
    let gains = gains(&study, &quantities, &choice(&[("track", 1), ("culverts", 50)])).unwrap();
    let more = gains.iter().find(|gain| gain.what == "2 track machines instead of 1").unwrap();
    assert!(more.earlier_days > 0, "{gains:?}");
    // Nobody waits for the fiftieth.
    assert!(!gains.iter().any(|gain| gain.what.contains("culverts machines")), "{gains:?}");
}

#[test]
#[cfg(feature = "parallel")]
fn threads_do_not_change_the_plan() {
    let (study, quantities) = study_and_quantities();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let choice = choice(&[("track", 1), ("earthworks", 2), ("clearance", 1)]);
        pool.install(|| {
            let plan = plan_of_quantities(&study, &quantities, &choice).unwrap();
            (machines_json(&plan).to_string(), format!("{:?}", plan.network))
        })
    };
    let one = on(1);
    assert!(one == on(2) && one == on(4));
}

#[test]
fn what_cannot_be_is_refused() {
    let (study, quantities) = study_and_quantities();
    let problem = |choice: &PlanOptions| {
        plan_of_quantities(&study, &quantities, choice).unwrap_err().to_string()
    };
    assert!(problem(&choice(&[("track", 0)])).contains("count of track-machine = 0"));
    assert!(problem(&choice(&[("track", 40_000)])).contains("1 to 32767"));
    assert!(problem(&choice(&[("trams", 1)])).contains("trams"));
    assert!(problem(&choice(&[("track", 1), ("track", 2)])).contains("is there twice"));
}

#[test]
fn every_machine_of_the_rates_serves_a_work() {
    let rates = WorkRates::builtin();
    assert!(rates.machine.len() >= 6);
    let options = PlanOptions { machines: rates.machine.clone(), ..choice(&[]) };
    let (study, quantities) = study_and_quantities();
    plan_of_quantities(&study, &quantities, &options).unwrap();
    assert!(rates.machine.iter().all(|one| !one.reason.is_empty()));
}
