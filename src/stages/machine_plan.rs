//! A plan whose works wait for machines: who has which one when.

use jiff::civil;
use serde::Serialize;

use super::Machine;
use super::plan::{Assumption, ItemKind, Plan, PlanOptions};
use crate::error::Result;
use crate::schedule::{Demand, LevellingOptions, Resource, ResourcePlan};

/// How many schedules are made to find a good order; fewer where none can be better. Plans that are
/// compared with one another are made by the dozen, so each must be quick.
const SCHEDULES: u64 = 1_000;

/// Who has which machine when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MachinePlan {
    /// What there is.
    pub machines: Vec<Machine>,
    /// The jobs of each, one after the other.
    pub turns: Vec<MachineTurn>,
    /// Who waits, in the order of the network.
    pub waits: Vec<MachineWait>,
    /// Each opening, as early as if there were enough of all machines, and as it is.
    pub openings: Vec<OpeningMoved>,
    /// A day before which no order of works can have all finished.
    pub least_finish: civil::Date,
    /// By how much of the least duration the finish is later; 0 if none can be earlier.
    pub gap_ratio: f64,
    /// How many schedules were made.
    pub schedule_count: u64,
}

/// A machine at a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MachineTurn {
    /// Which machine, by its place in the list.
    pub machine: usize,
    /// Which of them, from 1.
    pub unit: usize,
    /// The activity, by its place in the network.
    pub activity: usize,
    /// The first day.
    pub start: civil::Date,
    /// The last day.
    pub finish: civil::Date,
}

/// An activity that waits for a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MachineWait {
    /// The activity, by its place in the network.
    pub activity: usize,
    /// The machine, by its place in the list.
    pub machine: usize,
    /// Working days that it waits.
    pub days: i32,
    /// The day on which it would have to work to start a day earlier, and cannot.
    pub day: civil::Date,
    /// Who has the machines on that day, by places in the network.
    pub held_by: Vec<usize>,
}

/// An opening with and without what machines there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OpeningMoved {
    /// The activity, by its place in the network.
    pub activity: usize,
    /// With as many machines as are asked for.
    pub unlimited: civil::Date,
    /// With those that there are.
    pub limited: civil::Date,
}

/// The same choice with no more fronts of track than there are machines to lay them; `None` if that is
/// what it has.
pub(super) fn most_at_once(options: &PlanOptions) -> Option<PlanOptions> {
    let of_track =
        options.machines.iter().filter(|one| one.work == "track" || one.work == "ballast");
    let track_crews = of_track.map(|one| one.count as usize).min()?;
    (track_crews < options.track_crews).then(|| PlanOptions { track_crews, ..options.clone() })
}

/// A plan in which works wait for machines; of two, with as many fronts as before and with as many
/// as there are machines, that which is done first.
pub(super) fn levelled(
    plan: Plan,
    machines: &[Machine],
    fewer: Option<PlanOptions>,
    of: impl Fn(&PlanOptions) -> Result<Plan>,
) -> Result<Plan> {
    let unlimited = openings(&plan)?;
    let mut best = one_levelled(plan, machines, &unlimited)?;
    if let Some(fewer) = fewer {
        let other = one_levelled(of(&fewer)?, machines, &unlimited)?;
        if finish(&other) < finish(&best) {
            best = other;
        }
    }
    best.assumptions.extend(machines.iter().map(|machine| Assumption {
        subject: machine.name.clone(),
        value: format!("{} for the whole line", machine.count),
        state: machine.state,
        reason: machine.reason.clone(),
    }));
    Ok(best)
}

fn finish(plan: &Plan) -> Option<civil::Date> {
    let openings = plan.machines.iter().flat_map(|machines| &machines.openings);
    openings.map(|one| one.limited).max()
}

/// Each opening with its day, by segment.
fn openings(plan: &Plan) -> Result<Vec<(String, civil::Date)>> {
    let compiled = plan.network.compile()?;
    let dates = compiled.dates()?;
    let places = plan.items.iter().enumerate();
    let own = places.filter(|(_, item)| item.kind == ItemKind::Opening);
    Ok(own.map(|(place, item)| (item.segment.clone(), dates.early_finish(place))).collect())
}

fn one_levelled(
    mut plan: Plan,
    machines: &[Machine],
    unlimited: &[(String, civil::Date)],
) -> Result<Plan> {
    let mut resources = ResourcePlan::default();
    for machine in machines {
        resources.resources.push(Resource {
            name: machine.name.clone(),
            ..Resource::new(&machine.id, machine.count)
        });
        let own = plan.items.iter().filter(|item| item.is_of_lot() && item.work == machine.work);
        resources.demands.extend(own.map(|item| Demand::new(&item.activity, &machine.id, 1)));
    }
    let compiled = plan.network.compile()?;
    let options = LevellingOptions { schedules: SCHEDULES, ..LevellingOptions::default() };
    let levelled = compiled.level(&resources, &options)?;
    let turn = |turn: &crate::schedule::Turn| MachineTurn {
        machine: turn.resource,
        unit: turn.unit + 1,
        activity: turn.activity,
        start: levelled.start_of(turn.activity),
        finish: levelled.finish_of(turn.activity),
    };
    let waits = (0..plan.items.len()).filter_map(|activity| {
        let wait = levelled.wait(activity)?;
        let machine = *wait.resources.first()?;
        Some(MachineWait {
            activity,
            machine,
            days: wait.days,
            day: wait.day,
            held_by: wait.held_by,
        })
    });
    let moved = plan.items.iter().enumerate().filter_map(|(activity, item)| {
        let is_it = item.kind == ItemKind::Opening;
        let own = unlimited.iter().find(|(segment, _)| is_it && *segment == item.segment)?;
        Some(OpeningMoved { activity, unlimited: own.1, limited: levelled.finish_of(activity) })
    });
    let found = MachinePlan {
        machines: machines.to_vec(),
        turns: levelled.turns().iter().map(turn).collect(),
        waits: waits.collect(),
        openings: moved.collect(),
        least_finish: levelled.least_finish(),
        gap_ratio: levelled.gap_ratio(),
        schedule_count: levelled.schedules(),
    };
    let links = levelled.hand_overs();
    plan.network.links.extend(links);
    plan.machines = Some(found);
    Ok(plan)
}
