//! What a railway is paid for by: the items of a cost breakdown, each with its unit.

use serde::{Deserialize, Serialize};

/// The groups of a cost breakdown, after those of the International Cost Management Standard
/// (ICMS 3) as they serve a railway: acquisition, construction, and what is reckoned on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CostGroup {
    /// The land, and making it safe and reachable.
    Site,
    /// Cut, fill and their haul.
    Earthworks,
    /// Culverts, bridges and tunnels.
    Structures,
    /// Track, turnouts and ballast.
    Track,
    /// Stations, loops and where gauges meet.
    Stations,
    /// Signalling, telecom and power.
    Systems,
    /// Engineering, the owner's own costs, contingency.
    OnTop,
}

impl CostGroup {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 7] = [
        Self::Site,
        Self::Earthworks,
        Self::Structures,
        Self::Track,
        Self::Stations,
        Self::Systems,
        Self::OnTop,
    ];

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Site => "Land and access",
            Self::Earthworks => "Earthworks",
            Self::Structures => "Structures",
            Self::Track => "Track",
            Self::Stations => "Stations",
            Self::Systems => "Signalling, telecom, power",
            Self::OnTop => "Engineering, owner, contingency",
        }
    }
}

/// An item of a cost breakdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CostItem {
    /// The strip that the line covers, m2.
    Land,
    /// Clearing of mines and unexploded shells, roads of access, camps, km of line.
    Clearance,
    /// Cutting soil, m3 in place.
    CutSoil,
    /// Cutting rock, m3 in place.
    CutRock,
    /// Placing and compacting a fill, m3.
    Fill,
    /// Winning what a fill lacks from beside the line, m3.
    Borrow,
    /// Leaving what no fill needs beside the line, m3.
    Waste,
    /// Carrying earth along the line, m3 km.
    Haul,
    /// A culvert.
    Culvert,
    /// A bridge however low it is, m of line.
    Bridge,
    /// What each metre of its height adds, m2 of its side.
    BridgeHeight,
    /// A tunnel for one track, m of line.
    Tunnel,
    /// Rails, sleepers, fastenings, ballast and laying, km of track.
    Track,
    /// A turnout.
    Turnout,
    /// A station or crossing loop without its track and turnouts.
    Station,
    /// Where wagons or goods pass from gauge to gauge.
    BreakOfGauge,
    /// Signalling and telecom, km of line.
    Signalling,
    /// Supply of power for all but traction, km of line.
    Power,
    /// Survey, design and supervision, percent of all above.
    Engineering,
    /// The owner's own costs, percent of all above.
    Owner,
    /// What is not known yet, percent of all above.
    Contingency,
}

impl CostItem {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 21] = [
        Self::Land,
        Self::Clearance,
        Self::CutSoil,
        Self::CutRock,
        Self::Fill,
        Self::Borrow,
        Self::Waste,
        Self::Haul,
        Self::Culvert,
        Self::Bridge,
        Self::BridgeHeight,
        Self::Tunnel,
        Self::Track,
        Self::Turnout,
        Self::Station,
        Self::BreakOfGauge,
        Self::Signalling,
        Self::Power,
        Self::Engineering,
        Self::Owner,
        Self::Contingency,
    ];

    /// Its name, as in files: `cut-soil`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// What one of it is: `m3`, `km`, `percent`.
    #[must_use]
    pub fn unit(self) -> &'static str {
        self.row().1
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.row().2
    }

    /// The group that it belongs to.
    #[must_use]
    pub fn group(self) -> CostGroup {
        self.row().3
    }

    fn row(self) -> (&'static str, &'static str, &'static str, CostGroup) {
        use CostGroup::{Earthworks, OnTop, Site, Stations, Structures, Systems, Track};
        match self {
            Self::Land => ("land", "m2", "Land", Site),
            Self::Clearance => ("clearance", "km", "Mine clearance and access", Site),
            Self::CutSoil => ("cut-soil", "m3", "Cut in soil", Earthworks),
            Self::CutRock => ("cut-rock", "m3", "Cut in rock", Earthworks),
            Self::Fill => ("fill", "m3", "Fill placed", Earthworks),
            Self::Borrow => ("borrow", "m3", "Borrow", Earthworks),
            Self::Waste => ("waste", "m3", "Spoil", Earthworks),
            Self::Haul => ("haul", "m3 km", "Haul along the line", Earthworks),
            Self::Culvert => ("culvert", "each", "Culverts", Structures),
            Self::Bridge => ("bridge", "m", "Bridges", Structures),
            Self::BridgeHeight => ("bridge-height", "m2", "Height of bridges", Structures),
            Self::Tunnel => ("tunnel", "m", "Tunnels", Structures),
            Self::Track => ("track", "km", "Track", Track),
            Self::Turnout => ("turnout", "each", "Turnouts", Track),
            Self::Station => ("station", "each", "Stations and loops", Stations),
            Self::BreakOfGauge => ("break-of-gauge", "each", "Breaks of gauge", Stations),
            Self::Signalling => ("signalling", "km", "Signalling and telecom", Systems),
            Self::Power => ("power", "km", "Power supply", Systems),
            Self::Engineering => ("engineering", "percent", "Engineering", OnTop),
            Self::Owner => ("owner", "percent", "Owner's costs", OnTop),
            Self::Contingency => ("contingency", "percent", "Contingency", OnTop),
        }
    }

    /// Whether it is a share of all the others.
    #[must_use]
    pub fn is_share(self) -> bool {
        self.group() == CostGroup::OnTop
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_files_and_every_item_is_listed() {
        for item in CostItem::ALL {
            let json = serde_json::to_value(item).unwrap();
            assert_eq!(json.as_str(), Some(item.id()));
            assert_eq!(item.is_share(), item.unit() == "percent");
        }
        assert!(CostItem::ALL.is_sorted());
        assert!(CostItem::ALL.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
