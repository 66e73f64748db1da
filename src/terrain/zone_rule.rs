//! How zones are to be taken: their kinds, factors and crossing costs.

use serde::{Deserialize, Serialize};

use super::polygon::wrong;
use crate::error::Result;

/// The least that a metre may cost, however much a zone is preferred, in metres of level line.
///
/// The bound keeps searches quick and stops a road bed or an old embankment from drawing the line
/// across half a country.
pub const LEAST_FACTOR_RATIO: f64 = 0.2;

/// The most that a metre in one zone may cost, in metres of level line; dearer is forbidden.
pub const MOST_FACTOR_RATIO: f64 = 1_000.0;

/// Heights of railways on earth, metres.
const LEVELS_M: (f64, f64) = (-500.0, 9_000.0);

/// The dearest crossing, metres of level line.
pub(super) const DEAREST_CROSSING_M: f64 = 1e6;

/// What a zone does to a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneKind {
    /// No line may enter.
    #[default]
    Forbidden,
    /// A metre costs more.
    Avoid,
    /// A metre costs less.
    Prefer,
    /// A metre costs more, and the metres within are reported by zone.
    Geohazard,
    /// A line, charged once where it is crossed: rivers, canals, roads.
    River,
    /// A point that the line must pass.
    FixedPoint,
}

/// What is crossed, with what that costs if nothing better is known.
///
/// The costs are assumptions of a first study: bridges of 20, 150 and 450 m at seven metres of
/// level line a metre, a culvert, a road bridge, a flyover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CrossingClass {
    /// A brook or a wadi: 150 m.
    Stream,
    /// A river: 1,000 m.
    River,
    /// A great river: 3,000 m.
    LargeRiver,
    /// A canal: 300 m.
    Canal,
    /// A road: 200 m.
    Road,
    /// Another railway: 500 m.
    Railway,
}

impl CrossingClass {
    /// The cost of a crossing, metres of level line.
    #[must_use]
    pub fn cost_m(self) -> f64 {
        match self {
            Self::Stream => 150.0,
            Self::River => 1_000.0,
            Self::LargeRiver => 3_000.0,
            Self::Canal => 300.0,
            Self::Road => 200.0,
            Self::Railway => 500.0,
        }
    }
}

/// Metres of bed for each square kilometre to the power 0.4 that drains to it.
const BED_M: f64 = 5.0;

/// Metres of level line that a metre of bridge costs.
const BRIDGE_M: f64 = 7.0;

/// How wide the bed of a river is by its drainage area: 5 A^0.4 metres, A in km2.
///
/// That beds widen with the square root of the flow is Leopold and Maddock (1953), USGS
/// Professional Paper 252, p. 16; that the flow grows with A^0.8 and the factor are assumptions of a
/// first study.
///
/// ```
/// let bed_m = railcorridor::terrain::river_bed_m(1_000.0);
/// assert!((bed_m - 5.0 * 15.849).abs() < 0.001); // 1000^0.4 = 15.849
/// ```
#[must_use]
pub fn river_bed_m(drainage_area_km2: f64) -> f64 {
    BED_M * drainage_area_km2.max(0.0).powf(0.4)
}

/// What crossing a river costs by its drainage area, metres of level line.
///
/// 7 x 5 A^0.4, A in km2: a [bed](river_bed_m) of 5 A^0.4 metres, bridged at seven metres of level
/// line a metre, an assumption too.
///
/// ```
/// let cost_m = railcorridor::terrain::crossing_cost_m(1_000.0);
/// assert_eq!(cost_m.round(), 555.0); // 35 x 1000^0.4 = 35 x 15.85
/// ```
#[must_use]
pub fn crossing_cost_m(drainage_area_km2: f64) -> f64 {
    BRIDGE_M * BED_M * drainage_area_km2.max(0.0).powf(0.4)
}

/// How a zone is to be taken: its kind with the figure that the kind needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct ZoneRule {
    /// What it does.
    #[serde(rename = "kind")]
    pub kind: ZoneKind,
    /// What a metre within costs in metres outside: 1 to 1,000 to avoid and for geohazards, 0.2 to
    /// 1 to prefer.
    #[serde(default)]
    pub factor_ratio: Option<f64>,
    /// What crossing it costs, metres of level line.
    #[serde(default)]
    pub crossing_cost_m: Option<f64>,
    /// The class of what is crossed, if no cost is given.
    #[serde(default)]
    pub crossing_class: Option<CrossingClass>,
    /// The drainage area of the river, if neither is given, km2.
    #[serde(default)]
    pub drainage_area_km2: Option<f64>,
    /// The direction of the line at a fixed point, degrees clockwise from true north: that of the
    /// segment from its beginning to its end.
    #[serde(default)]
    pub bearing_deg: Option<f64>,
    /// The height of the formation at a fixed point, metres.
    #[serde(default)]
    pub level_m: Option<f64>,
}

impl ZoneRule {
    /// Checks that the figures suit the kind.
    ///
    /// # Errors
    /// [`Error::Zone`](crate::Error::Zone) for a missing, needless, or impossible factor or cost.
    pub fn check(&self) -> Result<()> {
        use ZoneKind::{Avoid, Geohazard, Prefer, River};
        let limits = match self.kind {
            Avoid | Geohazard => Some((1.0, MOST_FACTOR_RATIO)),
            Prefer => Some((LEAST_FACTOR_RATIO, 1.0)),
            _ => None,
        };
        match (limits, self.factor_ratio) {
            (Some((low, high)), Some(factor)) if !(low..=high).contains(&factor) => {
                let hint = match self.kind {
                    Prefer => "below 1 a zone is preferred; to keep out of it, avoid or forbid it",
                    _ => "above 1 a zone is avoided; kind = \"forbidden\" closes it",
                };
                return Err(wrong(
                    format!("factor_ratio = {factor} is outside {low} to {high}"),
                    hint,
                ));
            }
            (Some((low, high)), None) => {
                let hint = format!("add factor_ratio = {low} to {high}");
                return Err(wrong("has no factor_ratio", &hint));
            }
            (None, Some(_)) => {
                let hint = "only zones to avoid or prefer and geohazards have one";
                return Err(wrong("has a factor_ratio, which its kind does not use", hint));
            }
            _ => {}
        }
        let figures = [
            ("crossing_cost_m", self.crossing_cost_m, DEAREST_CROSSING_M),
            ("drainage_area_km2", self.drainage_area_km2, 1e7),
        ];
        let given = figures.iter().any(|(_, figure, _)| figure.is_some());
        if self.kind != River && (given || self.crossing_class.is_some()) {
            let hint = "only rivers, roads and the like (kind = \"river\") are crossed";
            return Err(wrong("has a crossing cost, which its kind does not use", hint));
        }
        for (name, figure, most) in figures {
            if let Some(figure) = figure
                && !(0.0..=most).contains(&figure)
            {
                let problem = format!("{name} = {figure} is outside 0 to {most}");
                return Err(wrong(problem, "0 makes a crossing free"));
            }
        }
        self.check_point()
    }

    /// Checks what only fixed points have.
    fn check_point(&self) -> Result<()> {
        let figures = [
            ("bearing_deg", self.bearing_deg, (0.0, 360.0), "degrees clockwise from true north"),
            ("level_m", self.level_m, LEVELS_M, "metres above the sea"),
        ];
        for (name, figure, (low, high), hint) in figures {
            let Some(figure) = figure else { continue };
            if self.kind != ZoneKind::FixedPoint {
                let hint = "only fixed points (kind = \"fixed-point\") have one";
                return Err(wrong(format!("has a {name}, which its kind does not use"), hint));
            }
            if !(low..=high).contains(&figure) {
                return Err(wrong(format!("{name} = {figure} is outside {low} to {high}"), hint));
            }
        }
        Ok(())
    }

    /// The cost of a crossing that the rule gives, metres of level line.
    pub(super) fn cost_m(&self) -> Option<f64> {
        self.crossing_cost_m
            .or(self.crossing_class.map(CrossingClass::cost_m))
            .or(self.drainage_area_km2.map(crossing_cost_m))
    }
}
