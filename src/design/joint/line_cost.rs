//! What a line costs, section by section along it.

use serde::Serialize;

use super::{EarthVolume, Formation, Ground, LinePrices};
use crate::error::{Error, Result, within};
use crate::geometry::Alignment;

/// What a line costs, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LineCost {
    /// All together.
    pub total_usd: f64,
    /// Cutting, filling, borrowing and dumping.
    pub earthwork_usd: f64,
    /// Land.
    pub land_usd: f64,
    /// Clearing.
    pub clearing_usd: f64,
    /// Building by length.
    pub track_usd: f64,
    /// Upkeep by length.
    pub upkeep_usd: f64,
    /// What is cut and filled.
    pub volume: EarthVolume,
    /// Its length in plan.
    pub length_m: f64,
    /// Sections with a slope that does not meet the ground within reach.
    pub open_sections: usize,
}

/// The cost of a line, from sections in the middle of steps of equal length.
///
/// # Errors
///
/// [`Error::OutOfRange`] if a price or a measure of the formation is none, the step is not a
/// centimetre to a kilometre, the line has no profile, or the ground is not known everywhere on it;
/// [`Error::Limit`] for more than a million sections.
///
/// # Complexity
///
/// Linear in length over step: about 10 places of the ground a section.
///
/// # Example
///
/// A kilometre on level ground, 10 m wide, at 4 a square metre of land and 500 a metre of line:
///
/// ```
/// use railcorridor::design::{EarthPrices, Formation, Ground, GroundPoint, LinePrices, line_cost};
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Profile, Tangent, VerticalElement};
///
/// struct Level;
/// impl Ground for Level {
///     fn at(&self, _: Coord) -> GroundPoint {
///         GroundPoint { height_m: 934.0, slope_e_ratio: 0.0, slope_n_ratio: 0.0 }
///     }
/// }
/// let start = Coord { e_m: 0.0, n_m: 0.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(1000.0)?.into()])?;
/// let profile = Profile::new(0.0, 934.0, vec![VerticalElement::grade(1000.0, 0.0)?])?;
/// let line = Alignment::new(plan, Some(profile), None)?;
/// let formation = Formation {
///     half_width_m: 5.0, cut_rise_ratio: 1.0, fill_rise_ratio: 0.5, reach_m: 25.0, soil_depth_m: 3.0,
/// };
/// let earth = EarthPrices {
///     rock_usd_per_m3: 5.0, soil_usd_per_m3: 2.0, rock_usable_ratio: 1.0, soil_usable_ratio: 0.8,
///     fill_usd_per_m3: 1.1, borrow_usd_per_m3: 4.5, waste_usd_per_m3: 2.0,
///     rock_waste_ratio: 0.0, soil_waste_ratio: 0.0, unused_waste_ratio: 1.4,
/// };
/// let prices = LinePrices {
///     earth, land_usd_per_m2: 4.0, land_margin_m: 0.0, clearing_usd_per_m2: 0.0,
///     track_usd_per_m: 500.0, upkeep_usd_per_m: 0.0,
/// };
/// let cost = line_cost(&Level, &formation, &prices, &line, 10.0)?;
/// assert!((cost.total_usd - (40_000.0 + 500_000.0)).abs() < 1e-6);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn line_cost(
    ground: &impl Ground,
    formation: &Formation,
    prices: &LinePrices,
    line: &Alignment,
    step_m: f64,
) -> Result<LineCost> {
    formation.checked()?;
    prices.checked()?;
    within(|| "step_m".to_owned(), step_m, (0.01, 1e3), "give metres between sections")?;
    let length_m = line.horizontal().length_m();
    let steps = step_count(length_m, step_m)?;
    let step_m = length_m / f64::from(steps);
    let mut cost = LineCost {
        total_usd: 0.0,
        earthwork_usd: 0.0,
        land_usd: 0.0,
        clearing_usd: 0.0,
        track_usd: 0.0,
        upkeep_usd: 0.0,
        volume: EarthVolume::default(),
        length_m,
        open_sections: 0,
    };
    for step in 0..steps {
        let at = line.at((f64::from(step) + 0.5) * step_m)?;
        let Some(level) = at.level else { return Err(no_profile()) };
        let pose = at.pose;
        let section = formation.section(ground, pose.coord, pose.bearing_rad, level.height_m);
        let along_m = step_m * level.gradient_ratio.hypot(1.0);
        cost.volume.fill_m3 += section.fill_m2 * step_m;
        cost.volume.rock_m3 += section.rock_m2 * step_m;
        cost.volume.soil_m3 += section.soil_m2 * step_m;
        cost.land_usd += (section.width_m + prices.land_margin_m) * prices.land_usd_per_m2 * step_m;
        cost.clearing_usd += section.width_m * prices.clearing_usd_per_m2 * along_m;
        cost.track_usd += prices.track_usd_per_m * along_m;
        cost.upkeep_usd += prices.upkeep_usd_per_m * along_m;
        cost.open_sections += usize::from(!(section.slope_width_m <= formation.reach_m));
    }
    cost.earthwork_usd = prices.earth.cost_usd(&cost.volume);
    cost.total_usd =
        cost.earthwork_usd + cost.land_usd + cost.clearing_usd + cost.track_usd + cost.upkeep_usd;
    let hint = "let the line keep to known ground";
    within(|| "total_usd".to_owned(), cost.total_usd, (f64::MIN, f64::MAX), hint)?;
    Ok(cost)
}

/// Sections at most.
const MOST_SECTIONS: f64 = 1e6;

/// How many steps of about the size given a length has.
pub(super) fn step_count(length_m: f64, step_m: f64) -> Result<u32> {
    let steps = (length_m / step_m).round().max(1.0);
    if !(steps <= MOST_SECTIONS) {
        return Err(Error::Limit {
            item: "the cost of a line".to_owned(),
            needed: format!("{steps} sections"),
            limit: format!("{MOST_SECTIONS} sections"),
            hint: "give a longer step, or a shorter piece of the line".to_owned(),
        });
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to a million")]
    Ok(steps as u32)
}

fn no_profile() -> Error {
    Error::OutOfRange {
        item: "number of profiles of the line".to_owned(),
        value: 0.0,
        limit: "1".to_owned(),
        hint: "give the line a profile: earthwork hangs on heights".to_owned(),
    }
}
