//! A plan along a guide: where its tangents meet, and with which radii, at the least cost.

mod choose;
mod contradiction;
mod gates;
mod kept_out;
mod legs;
mod refine;

pub use choose::{PlanChoice, choose_plan};
pub(super) use kept_out::FORBIDDEN_USD_PER_M;

use super::{CurveClass, PlaneZones};
use crate::error::{Result, within};
use crate::geodesy::Coord;

/// A place of the line that a plan follows, and the height of its rails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GuidePoint {
    /// Where.
    pub coord: Coord,
    /// The height of the rails as far as it is known.
    pub level_m: f64,
    /// The length of line that rails need to come here from the point before, as steep as they may
    /// be; 0 for the first.
    pub needs_m: f64,
}

impl GuidePoint {
    /// A point after another, where only the gradient that rails may have is known.
    ///
    /// ```
    /// use railcorridor::design::GuidePoint;
    /// use railcorridor::geodesy::Coord;
    ///
    /// let at = |e_m| Coord { e_m, n_m: 0.0 };
    /// let first = GuidePoint::after(None, at(0.0), 100.0, 10.0);
    /// let next = GuidePoint::after(Some(&first), at(2000.0), 115.0, 10.0);
    /// // Fifteen metres at ten permille take a kilometre and a half.
    /// assert!((next.needs_m - 1500.0).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn after(
        before: Option<&Self>,
        coord: Coord,
        level_m: f64,
        gradient_permille: f64,
    ) -> Self {
        let rise_m = before.map_or(0.0, |before| (level_m - before.level_m).abs());
        Self { coord, level_m, needs_m: 1000.0 * rise_m / gradient_permille }
    }
}

/// A place that a plan must pass on a tangent, or the direction of one of its ends.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanPass {
    /// What it is called where something is wrong with it.
    pub name: String,
    /// The number of the guide point that stands there.
    pub point: usize,
    /// The direction of the line there, in the plane from east anticlockwise as in a
    /// [`Pose`](crate::geometry::Pose); any if absent, but at the ends of the line it is needed.
    pub bearing_rad: Option<f64>,
}

/// What a metre of line costs at a place and a height; nothing where none may be built.
pub type PlaceCost<'a> = dyn Fn(Coord, f64) -> Option<f64> + Sync + 'a;

/// The search for a plan.
pub struct PlanProblem<'a> {
    /// The line to follow, from the first place to the last; both are kept.
    pub guide: Vec<GuidePoint>,
    /// How far beside a guide point tangents may meet, to the left; 0 is always tried.
    pub offsets_m: Vec<f64>,
    /// The radii to choose from, largest first.
    pub curves: Vec<CurveClass>,
    /// The least length of a tangent between two curves.
    pub least_straight_m: f64,
    /// The least length of an arc between its transitions.
    pub least_arc_m: f64,
    /// Straight track from either end on: half of a station.
    pub end_straight_m: [f64; 2],
    /// The gradient that rails may have, permille.
    pub gradient_permille: f64,
    /// What a metre of line costs.
    pub cost_usd_per_m: &'a PlaceCost<'a>,
    /// What a metre of level line costs: crossings of rivers among the zones are charged by so many
    /// metres of it.
    pub level_usd_per_m: f64,
    /// What a curve costs for each radian that it turns: the work that its resistance takes.
    pub turn_usd_per_rad: f64,
    /// The height that the resistance of a curve takes for each radian that it turns: 0.7 m at
    /// 700 / R permille, whatever the radius. 0 if the guide's levels hold what curves take and
    /// save; then neither is counted.
    pub curve_m_per_rad: f64,
    /// What a metre of height costs for which a tangent is too short: the line that it would take
    /// to climb it, and more, so that a line that must climb is not pulled straight.
    pub lift_usd_per_m: f64,
    /// How far apart costs are taken along a tangent.
    pub sample_m: f64,
    /// Ground that the line must not enter, or where a metre costs more or less, and rivers; none if
    /// absent.
    pub zones: Option<&'a PlaneZones>,
    /// Places that the plan must pass, and directions of its ends, in the order of the guide. A
    /// place lies on a straight of the least length at least; an end on its own.
    pub passes: Vec<PlanPass>,
}

impl PlanProblem<'_> {
    fn check(&self) -> Result<()> {
        #[expect(clippy::cast_precision_loss, reason = "counts, for a check")]
        let count = self.guide.len() as f64;
        within(|| "number of guide points".to_owned(), count, (2.0, 1e6), "give both ends")?;
        for (number, point) in self.guide.iter().enumerate() {
            let numbers = [point.coord.e_m, point.coord.n_m, point.level_m, point.needs_m];
            for value in numbers {
                let item = || format!("coordinates in metres of guide point {number}");
                within(item, value, (-1e8, 1e8), "give metres in a plane")?;
            }
        }
        for (number, pair) in self.guide.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            let item = || format!("distance in metres from guide point {number} to the next");
            within(item, a.coord.distance_m(b.coord), (0.1, 1e7), "give points apart")?;
        }
        let item = || "number of curve classes".to_owned();
        #[expect(clippy::cast_precision_loss, reason = "counts, for a check")]
        let classes = self.curves.len() as f64;
        within(item, classes, (1.0, 1000.0), "give a radius at least")?;
        for (name, value, least) in [
            ("least_straight_m", self.least_straight_m, 0.0),
            ("least_arc_m", self.least_arc_m, 0.0),
            ("end_straight_m", self.end_straight_m[0].min(self.end_straight_m[1]), 0.0),
            ("gradient_permille", self.gradient_permille, 1e-3),
            ("level_usd_per_m", self.level_usd_per_m, 0.0),
            ("turn_usd_per_rad", self.turn_usd_per_rad, 0.0),
            ("curve_m_per_rad", self.curve_m_per_rad, 0.0),
            ("lift_usd_per_m", self.lift_usd_per_m, 0.0),
            ("sample_m", self.sample_m, 1.0),
        ] {
            within(|| name.to_owned(), value, (least, 1e9), "give a number of a railway")?;
        }
        self.check_passes()?;
        let item = || "number of offsets".to_owned();
        #[expect(clippy::cast_precision_loss, reason = "counts, for a check")]
        let offsets = self.offsets_m.len() as f64;
        within(item, offsets, (0.0, 32.0), "a few on either side are enough")
    }

    fn check_passes(&self) -> Result<()> {
        #[expect(clippy::cast_precision_loss, reason = "counts, for a check")]
        let number = |point: usize| point as f64;
        let last = self.guide.len() - 1;
        let mut least = 0.0;
        for pass in &self.passes {
            let item = || format!("guide point of {}", pass.name);
            let hint = "give places to pass in the order of the guide, each at a point of its own";
            within(item, number(pass.point), (least, number(last)), hint)?;
            least = number(pass.point) + 1.0;
            let is_end = pass.point == 0 || pass.point == last;
            let or = if is_end { f64::NAN } else { 0.0 };
            let item = || format!("bearing_rad of {}", pass.name);
            within(
                item,
                pass.bearing_rad.unwrap_or(or),
                (-100.0, 100.0),
                "give radians from east",
            )?;
        }
        Ok(())
    }

    /// The same problem along another guide.
    fn along(&self, guide: Vec<GuidePoint>, passes: Vec<PlanPass>) -> Self {
        Self {
            guide,
            passes,
            offsets_m: self.offsets_m.clone(),
            curves: self.curves.clone(),
            ..*self
        }
    }
}
