//! What things cost: one TOML file of rates, each with where it comes from.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::read::{self, Document as _};
use super::{CostItem, Name};
use crate::error::Result;

/// Where a rate comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RateState {
    /// Published, of this line or one like it.
    Published,
    /// Derived from something published by a computation that is named.
    Derived,
    /// Assumed: nobody has published it.
    #[default]
    Assumed,
}

impl RateState {
    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Derived => "derived",
            Self::Assumed => "assumed",
        }
    }
}

/// What one of an item costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitCost {
    /// Of what.
    pub item: CostItem,
    /// The rate: dollars for one of its unit, or percent.
    pub rate: f64,
    /// Its unit, that of the item.
    pub unit: String,
    /// The rate that it hardly falls below, as a share of it: of ten such, one does.
    pub low_ratio: f64,
    /// The rate that it hardly exceeds, as a share of it: of ten such, one does.
    pub high_ratio: f64,
    /// Where it comes from.
    #[serde(default)]
    pub state: RateState,
    /// The source, or why so much is assumed.
    pub source: String,
}

/// How the ground is cut and filled, what it is made of, and how far either may go.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundRules {
    /// Width of the formation of one track, ditches included.
    pub formation_width_m: f64,
    /// How far a fill's side runs out for each metre of its height.
    pub fill_slope_ratio: f64,
    /// How far a cut's side runs out for each metre of its depth.
    pub cut_slope_ratio: f64,
    /// Land beside the toes of both sides, together.
    pub margin_m: f64,
    /// Share of a cut that is rock, on flat, rolling and hilly ground and in mountains.
    pub rock_ratio: [f64; 4],
    /// Cubic metres of fill that a cubic metre of cut makes.
    pub fill_of_cut_ratio: f64,
    /// The highest fill that is trusted to stand.
    pub most_fill_m: f64,
    /// The deepest cut that is trusted to stand.
    pub most_cut_m: f64,
    /// A bridge is not lower.
    pub least_bridge_height_m: f64,
    /// A bridge is not higher.
    pub most_bridge_height_m: f64,
    /// A bridge is not shorter.
    pub least_bridge_m: f64,
    /// Ground that a tunnel needs above its formation.
    pub least_tunnel_depth_m: f64,
    /// A tunnel is not shorter.
    pub least_tunnel_m: f64,
    /// Culverts a kilometre of open line, for water that no terrain shows.
    pub culverts_per_km: f64,
    /// Streams that drain so much have a bridge, km2; smaller ones have the culverts.
    pub least_bridged_km2: f64,
    /// How far rails lie above the bed of a stream that has a bridge.
    pub bridge_clearance_m: f64,
}

/// What a railway costs, piece by piece.
///
/// ```
/// use railcorridor::model::{CostItem, UnitCosts};
///
/// let costs = UnitCosts::builtin()?;
/// assert_eq!(costs.rate(CostItem::Tunnel), 12_000.0); // dollars a metre
/// assert_eq!(costs.get(CostItem::Tunnel).map(|rate| rate.unit.as_str()), Some("m"));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitCosts {
    /// Version of the file's format: [`FORMAT`](super::FORMAT).
    pub format: u32,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// What a reader must know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The year whose prices these are.
    pub price_year: u32,
    /// How the ground is cut and filled.
    pub ground: GroundRules,
    /// The rates, one an item; what has none costs nothing.
    #[serde(rename = "rate")]
    pub rates: Vec<UnitCost>,
}

impl UnitCosts {
    /// The rates that come with the crate, `data/costs/regional.toml`.
    ///
    /// # Errors
    /// None: a test reads the file.
    pub fn builtin() -> Result<Self> {
        Self::from_toml_str(include_str!("../../data/costs/regional.toml"))
    }

    /// Reads a file of rates.
    ///
    /// # Errors
    /// [`Error::Io`](crate::Error::Io) if the file cannot be read,
    /// [`Error::Limit`](crate::Error::Limit) if it is far too long,
    /// [`Error::Study`](crate::Error::Study) with all problems and their places if it is not right.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        read::file(path.as_ref())
    }

    /// Reads the text of a file of rates.
    ///
    /// # Errors
    /// [`Error::Study`](crate::Error::Study) with all problems and their places.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        read::text(text, None)
    }

    /// Holds rates that were built in Rust against the rules of the file.
    ///
    /// # Errors
    /// [`Error::Study`](crate::Error::Study) with all problems.
    pub fn check(&self) -> Result<()> {
        self.checked()
    }

    /// What is known of an item's rate.
    #[must_use]
    pub fn get(&self, item: CostItem) -> Option<&UnitCost> {
        self.rates.iter().find(|rate| rate.item == item)
    }

    /// What one of an item costs, or the percentage; 0 for what has no rate.
    #[must_use]
    pub fn rate(&self, item: CostItem) -> f64 {
        self.get(item).map_or(0.0, |rate| rate.rate)
    }

    /// What a dollar of works comes to with all that is reckoned on top.
    ///
    /// ```
    /// use railcorridor::model::UnitCosts;
    ///
    /// // 8 % engineering, 4 % owner, 15 % contingency.
    /// assert!((UnitCosts::builtin()?.on_top_ratio() - 1.27).abs() < 1e-12);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn on_top_ratio(&self) -> f64 {
        let shares = CostItem::ALL.into_iter().filter(|item| item.is_share());
        1.0 + shares.map(|item| self.rate(item) / 100.0).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rates_have_every_item_and_a_source() {
        let costs = UnitCosts::builtin().unwrap();
        for item in CostItem::ALL {
            assert!(costs.get(item).is_some_and(|rate| !rate.source.is_empty()), "{item:?}");
        }
    }

    #[test]
    fn slips_are_told_with_their_places() {
        let text = include_str!("../../data/costs/regional.toml");
        for (from, to, expected) in [
            ("unit = \"m2\"", "unit = \"km\"", "give the rate for one m2"),
            ("low_ratio = 0.5", "low_ratio = 1.5", "outside 0 to 1"),
            ("rate = 12000", "rate = -1", "outside 0 to"),
            ("item = \"tunnel\"", "item = \"tunel\"", "tunnel"),
            ("item = \"tunnel\"", "item = \"bridge\"", "twice"),
            ("format = 1", "format = 2", "format = 2 is not known"),
            ("most_cut_m = ", "most_cut_m = -", "most_cut_m"),
            ("fill_slope_ratio = ", "fill_slope_ratio = 9", "fill_slope_ratio"),
        ] {
            let slipped = text.replacen(from, to, 1);
            assert_ne!(slipped, text, "{from}");
            let problem = UnitCosts::from_toml_str(&slipped).unwrap_err().to_string();
            assert!(
                problem.contains(expected) && problem.contains("line") | problem.contains("-->"),
                "{problem}"
            );
        }
    }
}
