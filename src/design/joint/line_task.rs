//! What a line is to do: its ends, its section, its prices, its limits.

use serde::{Deserialize, Serialize};

use super::{Formation, LineLimits, LinePrices};
use crate::error::{Result, within};
use crate::geodesy::Coord;

/// Where a line begins or ends; its bearing there is free.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineEnd {
    /// The place.
    pub coord: Coord,
    /// The height of the line there.
    pub height_m: f64,
}

/// A line to be designed: from where to where, how it lies in the ground, at which prices, under
/// which limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineTask {
    /// Where it begins.
    pub from: LineEnd,
    /// Where it ends.
    pub to: LineEnd,
    /// Its section.
    pub formation: Formation,
    /// Its prices.
    pub prices: LinePrices,
    /// Its limits.
    pub limits: LineLimits,
}

/// Variables grow with the length, and work with their square and more: longer lines go by windows.
const MOST_M: f64 = 1e5;

impl LineTask {
    pub(super) fn checked(&self) -> Result<()> {
        self.formation.checked()?;
        self.prices.checked()?;
        self.limits.checked()?;
        for (name, end) in [("from", &self.from), ("to", &self.to)] {
            for (value, part) in
                [(end.coord.e_m, "e_m"), (end.coord.n_m, "n_m"), (end.height_m, "height_m")]
            {
                within(|| format!("{name}.{part}"), value, (-1e9, 1e9), "give metres")?;
            }
        }
        let distance_m = self.from.coord.distance_m(self.to.coord);
        let hint = "give ends apart, and long lines in pieces";
        within(|| "distance_m of the ends".to_owned(), distance_m, (1.0, MOST_M), hint)
    }
}
