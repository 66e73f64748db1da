//! What runs on a line: one TOML file of formulas, locomotives, wagons and trains for a gauge.

use std::path::Path;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::read::{self, Document as _};
use super::{
    AdhesionLaw, Name, Rails, ResistanceLaw, Resistances, ShoeBrake, Sourced, WagonResistance,
    nearest,
};
use crate::error::{Error, Result};

/// A locomotive, all its sections together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locomotive {
    /// Its id: `2te25km`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Its axles.
    pub axles: u32,
    /// Its mass.
    pub mass_t: Sourced,
    /// Over the couplers.
    pub length_m: Sourced,
    /// The power of its engines.
    pub engine_kw: Sourced,
    /// The share of that which gets to the wheels.
    pub wheel_ratio: Sourced,
    /// Its pull at rest.
    pub start_kn: Sourced,
    /// The pull that it can keep up.
    pub continuous_kn: Sourced,
    /// The speed of that.
    pub continuous_kmh: Sourced,
    /// It may not run faster.
    pub speed_max_kmh: Sourced,
    /// Id of its law of adhesion.
    pub adhesion: String,
    /// Measured pull by speed, kilometres an hour and kilonewtons, in place of the pull at rest;
    /// between them straight, and never above what its power gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effort_kmh_kn: Vec<[f64; 2]>,
    /// Fuel for a kilowatt-hour at the wheels.
    pub fuel_litres_per_kwh: Sourced,
    /// Fuel of idling engines, all sections.
    pub idle_litres_per_h: Sourced,
}

/// A wagon.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wagon {
    /// Its id: `gondola`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Its axles.
    pub axles: u32,
    /// Empty.
    pub tare_t: Sourced,
    /// What it carries at most.
    pub payload_t: Sourced,
    /// Over the couplers.
    pub length_m: Sourced,
    /// How it rolls, if by a law of its own; by that of loaded or empty wagons if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resistance: Option<WagonResistance>,
}

impl Wagon {
    /// How it rolls, if by a law of its own.
    ///
    /// ```
    /// use railcorridor::model::{Rails, RollingStock};
    ///
    /// let stock = RollingStock::builtin();
    /// assert!(stock.wagon("gondola")?.own_law(Rails::Jointed).is_none());
    /// let coach = stock.wagon("coach")?.own_law(Rails::Jointed).unwrap();
    /// // 0.7 + (8 + 18 + 30) / 14 = 4.7
    /// assert!((coach.n_per_kn(100.0, 14.0) - 4.7).abs() < 1e-12);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn own_law(&self, rails: Rails) -> Option<&ResistanceLaw> {
        self.resistance.as_ref().map(|own| own.on(rails))
    }
}

/// So many locomotives of a kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocomotiveGroup {
    /// Id of the locomotive.
    pub id: String,
    /// How many.
    pub count: u32,
}

/// So many wagons of a kind, loaded alike.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WagonGroup {
    /// Id of the wagon.
    pub id: String,
    /// How many.
    pub count: u32,
    /// The share of their payload that they carry.
    pub load_ratio: f64,
}

/// A train: locomotives and wagons.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainSet {
    /// Its id: `te33a-gondola`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// What pulls.
    pub locomotives: Vec<LocomotiveGroup>,
    /// What is pulled.
    #[serde(default)]
    pub wagons: Vec<WagonGroup>,
    /// Id of its brake.
    pub brake: String,
    /// How fast it loses speed in service, as a driver brakes, gradients included.
    pub braking_mps2: Sourced,
    /// It may not run faster; its locomotives set limits of their own.
    pub speed_max_kmh: Sourced,
    /// How many times a minute counts that it is late, beside a freight train's; once if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_weight: Option<Sourced>,
}

/// All that runs on a gauge.
///
/// ```
/// use railcorridor::model::{RollingStock, ValueState};
///
/// let stock = RollingStock::builtin();
/// let loco = stock.locomotive("2te25km")?;
/// assert_eq!((loco.continuous_kn.value, loco.continuous_kn.state), (647.0, ValueState::Read));
/// assert_eq!(stock.train("te33a-gondola")?.wagons[0].count, 30);
/// assert!(stock.wagon("gondala").unwrap_err().to_string().contains("did you mean \"gondola\"?"));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RollingStock {
    /// Version of the file's format: [`FORMAT`](super::FORMAT).
    #[serde(default)]
    pub format: u32,
    /// Its id: `1520`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// What a reader must know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Between the inner sides of the rails.
    pub gauge_mm: u32,
    /// Mass that wheels which turn add, as a factor of a train's mass.
    pub rotating_mass_ratio: Sourced,
    /// How hard it rolls.
    pub resistance: Resistances,
    /// Laws of adhesion.
    #[serde(rename = "adhesion", default)]
    pub adhesions: Vec<AdhesionLaw>,
    /// Brakes.
    #[serde(rename = "brake", default)]
    pub brakes: Vec<ShoeBrake>,
    /// Locomotives.
    #[serde(rename = "locomotive", default)]
    pub locomotives: Vec<Locomotive>,
    /// Wagons.
    #[serde(rename = "wagon", default)]
    pub wagons: Vec<Wagon>,
    /// Trains of them.
    #[serde(rename = "train", default)]
    pub trains: Vec<TrainSet>,
}

impl RollingStock {
    /// What comes with the crate, for 1520 mm, from `data/trains`.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<RollingStock> = LazyLock::new(|| {
            // A test reads the file; one that cannot be read would hold no train.
            let text = include_str!("../../data/trains/1520.toml");
            RollingStock::from_toml_str(text).unwrap_or_default()
        });
        &BUILTIN
    }

    /// Reads a file of rolling stock.
    ///
    /// # Errors
    /// [`Error::Io`] if the file cannot be read, [`Error::Limit`] if it is far too long,
    /// [`Error::Study`] with all problems and their places if it is not right.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        read::file(path.as_ref())
    }

    /// Reads the text of a file of rolling stock.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems and their places.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        read::text(text, None)
    }

    /// Holds what was built in Rust against the rules of the file.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems.
    pub fn check(&self) -> Result<()> {
        self.checked()
    }

    /// The locomotive with an id.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none; it names the nearest, or all. So do those below.
    pub fn locomotive(&self, id: &str) -> Result<&Locomotive> {
        called("locomotive", &self.locomotives, id, |locomotive| &locomotive.id)
    }

    /// The wagon with an id.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none.
    pub fn wagon(&self, id: &str) -> Result<&Wagon> {
        called("wagon", &self.wagons, id, |wagon| &wagon.id)
    }

    /// The train with an id.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none.
    pub fn train(&self, id: &str) -> Result<&TrainSet> {
        called("train", &self.trains, id, |train| &train.id)
    }

    /// The law of adhesion with an id.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none.
    pub fn adhesion(&self, id: &str) -> Result<&AdhesionLaw> {
        called("law of adhesion", &self.adhesions, id, |law| &law.id)
    }

    /// The brake with an id.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none.
    pub fn brake(&self, id: &str) -> Result<&ShoeBrake> {
        called("brake", &self.brakes, id, |brake| &brake.id)
    }
}

fn called<'a, T>(
    what: &'static str,
    all: &'a [T],
    name: &str,
    id: impl Fn(&T) -> &String,
) -> Result<&'a T> {
    all.iter().find(|one| id(one) == name).ok_or_else(|| {
        let known = || all.iter().map(|one| id(one).as_str());
        let hint = match nearest(name, known()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
        };
        Error::Unknown { what, name: name.to_owned(), hint }
    })
}
