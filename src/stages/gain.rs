//! What another choice would do to the opening.

use jiff::civil;

use super::plan::{PlanOptions, gauge_mm, plan_of_quantities};
use super::railhead_order::brings_rails;
use super::{Machine, Plan, Quantities, RailheadChoice, SegmentQuantities, WorkRates};
use crate::error::Result;
use crate::model::{Connection, Study};
use crate::schedule::days_between;

/// Track that a machine lays in a day, metres: 1,500 to 2,000 are published of the one in India
/// (thehindubusinessline.com).
const MACHINE_M_PER_DAY: f64 = 1_500.0;

/// One change of a plan and what comes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Gain {
    /// What is changed, everything else being as it was.
    pub what: String,
    /// When the last line opens, at likely times.
    pub opening: civil::Date,
    /// By how many days that is earlier than as planned.
    pub earlier_days: i32,
}

/// What each of some changes would do to the last opening: rails that arrive at more stations,
/// faster crews, more of them, one more of each machine that somebody waits for, decisions taken in
/// their shortest time, and all of that at once.
///
/// Each is a plan of its own, made anew and computed at likely times, so what two changes bring
/// together is not the sum of both. The first is the plan as it is.
///
/// # Errors
/// As [`plan_of_quantities`].
pub fn gains(
    study: &Study,
    quantities: &[SegmentQuantities],
    options: &PlanOptions,
) -> Result<Vec<Gain>> {
    let opening = |options: &PlanOptions| -> Result<civil::Date> {
        finish(&plan_of_quantities(study, quantities, options)?)
    };
    let as_planned = plan_of_quantities(study, quantities, options)?;
    let first = finish(&as_planned)?;
    let mut found = vec![Gain { what: "as planned".into(), opening: first, earlier_days: 0 }];
    let mut try_with = |what: String, options: &PlanOptions| -> Result<()> {
        let opening = opening(options)?;
        let earlier_days = days_between(opening, first);
        found.push(Gain { what, opening, earlier_days });
        Ok(())
    };
    let mut all = options.clone();
    for station in ends(study, quantities) {
        let has_rails =
            |line: &Connection| line.at == station && brings_rails(line, gauge_mm(study));
        let is_offered = options.railheads.iter().any(|choice| choice.station == station);
        if is_offered || study.connections.iter().any(has_rails) {
            continue;
        }
        let choice = RailheadChoice { station: station.clone(), open: None };
        let mut one = options.clone();
        one.railheads.push(choice.clone());
        all.railheads.push(choice);
        // Segments that branch have no such choice.
        match try_with(format!("rails arrive at {} too", study.subject_name(&station)), &one) {
            Err(crate::Error::Unknown { what: "railhead", .. }) => {
                all.railheads.clone_from(&options.railheads);
                break;
            }
            done => done?,
        }
    }
    if all.railheads.len() > options.railheads.len() + 1 {
        try_with("rails arrive at all of these".into(), &all)?;
    }
    let fast = with_machines(&options.rates);
    try_with(
        format!("track and ballast at {MACHINE_M_PER_DAY} m a day"),
        &PlanOptions { rates: fast.clone(), ..options.clone() },
    )?;
    let (earthworks_crews, clearance_crews) =
        (2 * options.earthworks_crews, 2 * options.clearance_crews);
    let crews = PlanOptions { earthworks_crews, clearance_crews, ..options.clone() };
    try_with("twice the crews of earthworks, culverts and clearance".into(), &crews)?;
    let mut machines = options.machines.clone();
    for (place, machine) in options.machines.iter().enumerate() {
        if !as_planned.machines.iter().any(|own| own.waits.iter().any(|one| one.machine == place)) {
            continue;
        }
        let more = with_one_more(&options.machines, place);
        try_with(
            format!("{} {} instead of {}", machine.count + 1, machine.name, machine.count),
            &PlanOptions { machines: more, ..options.clone() },
        )?;
        machines = with_one_more(&machines, place);
    }
    let quick = with_quick_decisions(&options.rates);
    let decided = PlanOptions { rates: quick, ..options.clone() };
    try_with("studies, money and tenders in their shortest time".into(), &decided)?;
    let rates = with_quick_decisions(&fast);
    let whole = PlanOptions { rates, earthworks_crews, clearance_crews, machines, ..all };
    try_with("all of that together".into(), &whole)?;
    Ok(found)
}

/// The day of the last opening at likely times.
fn finish(plan: &Plan) -> Result<civil::Date> {
    Ok(plan.network.compile()?.dates()?.finish())
}

fn with_one_more(machines: &[Machine], place: usize) -> Vec<Machine> {
    let mut more = machines.to_vec();
    if let Some(machine) = more.get_mut(place) {
        machine.count += 1;
    }
    more
}

/// Stations at which segments with quantities end, in the order of the study.
fn ends(study: &Study, quantities: &[SegmentQuantities]) -> Vec<String> {
    let mut ends: Vec<String> = Vec::new();
    for segment in &study.segments {
        if !quantities.iter().any(|own| own.segment == segment.id) {
            continue;
        }
        for station in [&segment.from, &segment.to] {
            if !ends.contains(station) {
                ends.push(station.clone());
            }
        }
    }
    ends
}

fn with_machines(rates: &WorkRates) -> WorkRates {
    let mut fast = rates.clone();
    for rate in &mut fast.work {
        if rate.id == "track" || rate.id == "ballast" {
            rate.per_day = Quantities::of_line(MACHINE_M_PER_DAY);
        }
    }
    fast
}

fn with_quick_decisions(rates: &WorkRates) -> WorkRates {
    let mut quick = rates.clone();
    for one in &mut quick.preparation {
        one.likely_months *= one.low_ratio;
    }
    quick
}
