//! The plan that the arguments ask for, which several commands show.

use railcorridor::model::{Certainty, Date, Study};
use railcorridor::route::SegmentRoute;
use railcorridor::schedule::RiskOptions;
use railcorridor::stages::{
    Gain, Machine, Plan, PlanOptions, Quantities, SegmentQuantities, WorkRates, gains,
    plan_of_quantities, quantities_of_routes,
};
use railcorridor::status::Status;

use crate::arguments::{MachineCount, PlanChoice, Search, Show};
use crate::output::Failure;
use crate::watch::Watch;
use crate::{commands, design, ground, route};

/// A study with the way of each segment, and what its plan may choose.
pub struct Planning {
    pub study: Study,
    pub status: Status,
    pub routes: Vec<SegmentRoute>,
    pub options: PlanOptions,
    quantities: Vec<SegmentQuantities>,
}

impl Planning {
    /// Searches for the ways: what takes time.
    pub fn new(choice: &PlanChoice, search: &Search, show: &Show) -> Result<Self, Failure> {
        // What is wrong with the arguments is told before the search.
        let machines = if choice.level || !choice.machines.is_empty() {
            machines(WorkRates::builtin(), &choice.machines)?
        } else {
            Vec::new()
        };
        if choice.designed && search.alternatives.is_some() {
            let words = "--designed plans the cheapest ways; leave out --alternatives";
            return Err(Failure::usage(words));
        }
        let (study, status) = commands::assess(show)?;
        let asked = route::asked(&study, search, show)?;
        let (grid, routes) =
            ground::search(&study, search, &asked, &Watch::new(search.time_limit)?)?;
        let mut options = PlanOptions {
            longest_lot_m: choice.lot * 1e3,
            earthworks_crews: choice.crews,
            track_crews: choice.track_crews,
            machines,
            railheads: choice.railheads.iter().map(|one| one.0.clone()).collect(),
            cost: asked.levels.cost,
            ..PlanOptions::new(status.day)
        };
        if let Some(track_m_per_day) = choice.track {
            lay_at(&mut options.rates, track_m_per_day);
        }
        let quantities = if choice.designed {
            designed(&study, choice, search, show)?
        } else {
            quantities_of_routes(&routes, &grid, &options)?
        };
        Ok(Self { study, status, routes, options, quantities })
    }

    /// The plan as of a day, over the ways found.
    pub fn plan(&self, day: Date) -> Result<Plan, Failure> {
        let options = PlanOptions { day, ..self.options.clone() };
        Ok(plan_of_quantities(&self.study, &self.quantities, &options)?)
    }

    /// What other choices would bring.
    pub fn gains(&self) -> Result<Vec<Gain>, Failure> {
        Ok(gains(&self.study, &self.quantities, &self.options)?)
    }
}

/// What lines take and cost as they would be built.
fn designed(
    study: &Study,
    choice: &PlanChoice,
    search: &Search,
    show: &Show,
) -> Result<Vec<SegmentQuantities>, Failure> {
    let gradients = [route::gradient(study, search)?];
    let (_, designs) = design::by_gradient(study, &choice.design(), search, show, &gradients)?;
    for track in designs.iter().map(|design| &design.track).filter(|track| track.was_stopped) {
        anstream::eprintln!("note: {}: stopped; planned on the best so far", track.segment);
    }
    Ok(designs.iter().map(|design| SegmentQuantities::of_track(&design.track)).collect())
}

impl PlanChoice {
    pub fn risk(&self) -> RiskOptions {
        RiskOptions { iterations: self.iterations, seed: self.seed }
    }
}

/// The machines of the rates, some with counts that were asked for.
fn machines(rates: &WorkRates, asked: &[MachineCount]) -> Result<Vec<Machine>, Failure> {
    let mut machines = rates.machine.clone();
    for MachineCount { id, count } in asked {
        let Some(machine) = machines.iter_mut().find(|machine| machine.id == *id) else {
            let known: Vec<&str> = rates.machine.iter().map(|one| one.id.as_str()).collect();
            let known = known.join(", ");
            return Err(Failure::usage(&format!("no machine {id}; known are {known}")));
        };
        machine.count = *count;
        machine.state = Certainty::Assumed;
        machine.reason = "asked for".to_owned();
    }
    Ok(machines)
}

/// Track at a rate that was asked for, on any ground.
fn lay_at(rates: &mut WorkRates, track_m_per_day: f64) {
    for rate in rates.work.iter_mut().filter(|rate| rate.id == "track") {
        rate.per_day = Quantities::of_line(track_m_per_day);
        rate.state = Certainty::Assumed;
        rate.reason = "asked for".to_owned();
    }
}
