//! Machines and crews of which there are only so many for the whole line.

use serde::{Deserialize, Serialize};

use super::WorkRates;
use crate::error::{Error, Result, within};
use crate::model::Certainty;
use crate::schedule::MAX_UNITS;

/// A machine, or a crew with its machines, of which there are only so many at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// Its id: `track-layer`.
    pub id: String,
    /// What a reader calls all of them: `track layers`.
    pub name: String,
    /// The kind of work that each lot of needs one of them, as rates name it.
    pub work: String,
    /// How many there are for all segments together.
    pub count: u32,
    /// Whether it was published.
    pub state: Certainty,
    /// What it rests on.
    pub reason: String,
}

/// Refuses machines for what is no work, of which there are none, and two of one id.
pub(super) fn check_machines(machines: &[Machine], rates: &WorkRates) -> Result<()> {
    for (place, machine) in machines.iter().enumerate() {
        rates.work(&machine.work)?;
        within(
            || format!("count of {}", machine.id),
            f64::from(machine.count),
            (1.0, f64::from(MAX_UNITS)),
            "a plan that has none of a machine never ends",
        )?;
        if machines.iter().take(place).any(|other| other.id == machine.id) {
            return Err(Error::Schedule {
                item: format!("machine {}", machine.id),
                problem: "is there twice".to_owned(),
                hint: "give each an id of its own".to_owned(),
            });
        }
    }
    Ok(())
}
